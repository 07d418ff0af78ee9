//! The magnetization profile: a time average for every column.

use serde::{Deserialize, Serialize};

/// For every column the time average of Σ_y σ(x, y), from the times at which the sum changed:
/// its integral over time is the present sum for all of the time, less every change for the time
/// before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Profile {
    start: f64,
    /// For every column the sum of its changes, each times the span at which it happened.
    moments: Vec<f64>,
}

impl Profile {
    pub fn new(lx: usize, start: f64) -> Self {
        Profile {
            start,
            moments: vec![0.0; lx],
        }
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
    }
}
