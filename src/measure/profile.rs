//! The magnetization profile: a time average for every column.

use super::column_currents::ColumnCurrents;
use super::columns::ColumnBlocks;
use super::uncertainty::{Uncertainty, Unknown};
use serde::{Deserialize, Serialize};

/// For every column the time average of Σ_y σ(x, y), from the times at which the sum changed:
/// its integral over time is the present sum for all of the time, less every change for the time
/// before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Profile {
    start: f64,
    /// For every column the sum of its changes, each times the span at which it happened.
    moments: Vec<f64>,
    /// What the errors are known by; saved apart from the rest, since older runs are without.
    #[serde(skip)]
    pub blocks: Option<ColumnBlocks>,
    /// What crosses between the columns; saved apart likewise.
    #[serde(skip)]
    pub currents: Option<ColumnCurrents>,
}

impl Profile {
    /// Of a measurement that begins at `start`, the columns' sums being `sums`, with first blocks of
    /// length `step`.
    pub fn new(sums: &[i32], start: f64, step: f64) -> Self {
        Profile {
            start,
            moments: vec![0.0; sums.len()],
            blocks: Some(ColumnBlocks::new(sums.len(), step)),
            currents: Some(ColumnCurrents::new(sums)),
        }
    }

    /// Ends the blocks up to `now`, the columns' sums having been `sums` since the last event.
    pub fn end_blocks(&mut self, sums: &[i32], now: f64) {
        let Some(blocks) = &mut self.blocks else {
            return;
        };
        loop {
            let due = blocks.due(self.start);
            if due > now {
                return;
            }
            let span = due - self.start;
            let integral = |(&sum, moment): (&i32, &f64)| f64::from(sum) * span - moment;
            blocks.end(sums.iter().zip(&self.moments).map(integral));
            if let Some(currents) = &mut self.currents {
                currents.look(sums);
            }
        }
    }

    /// How well the mean of a column is known; nothing where no blocks were kept.
    pub fn uncertainty(&self, x: usize) -> Option<Result<Uncertainty, Unknown>> {
        Some(self.blocks.as_ref()?.uncertainty(x))
    }

    /// How well a sum of the columns' means is known, each times its weight.
    #[cfg(feature = "experiments")]
    pub fn uncertainty_of_sum(&self, weights: &[f64]) -> Option<Result<Uncertainty, Unknown>> {
        Some(self.blocks.as_ref()?.uncertainty_of_sum(weights))
    }

    /// The sum of column `x` changes by `change` at `now`.
    #[inline]
    pub fn change(&mut self, x: usize, change: i32, now: f64) {
        self.moments[x] += f64::from(change) * (now - self.start);
    }

    /// A plus of weight `change` goes from column `x` to the next one at `now`; back if negative.
    #[inline]
    pub fn cross(&mut self, x: usize, change: i32, now: f64) {
        let moment = f64::from(change) * (now - self.start);
        let [from, to] = &mut self.moments[x..][..2] else {
            unreachable!("a slice of two")
        };
        *from -= moment;
        *to += moment;
    }

    /// Time averages at the clock `now` of the columns' sums, which are `sums` at present;
    /// empty if no time has been measured.
    pub fn means(&self, sums: &[i32], now: f64) -> Vec<f64> {
        let span = now - self.start;
        if span <= 0.0 {
            return Vec::new();
        }
        let mean = |(moment, &sum): (&f64, &i32)| f64::from(sum) - moment / span;
        self.moments.iter().zip(sums).map(mean).collect()
    }

    pub fn is_sound(&self, lx: usize, now: f64) -> bool {
        self.moments.len() == lx
            && self.start.is_finite()
            && self.start <= now
            && self.moments.iter().all(|moment| moment.is_finite())
            && self
                .blocks
                .as_ref()
                .is_none_or(|blocks| blocks.is_sound(lx) && blocks.due(self.start) > self.start)
            && self
                .currents
                .as_ref()
                .is_none_or(|currents| currents.is_sound(lx))
    }
}
