//! The magnetization profile: a time average for every column.

use serde::{Deserialize, Serialize};

/// For every column the integral of Σ_y σ(x, y) over time, brought up to date only
/// when the column changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Profile {
    start: f64,
    columns: Vec<Column>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Column {
    integral: f64,
    since: f64,
}

impl Profile {
    pub fn new(lx: usize, start: f64) -> Self {
        Profile {
            start,
            columns: vec![
                Column {
                    integral: 0.0,
                    since: start
                };
                lx
            ],
        }
    }

    /// Column `x`, whose sum has been `sum`, changes at `now`.
    #[inline]
    pub fn change(&mut self, x: usize, sum: i32, now: f64) {
        let column = &mut self.columns[x];
        column.integral += f64::from(sum) * (now - column.since);
        column.since = now;
    }

    /// Time averages at the clock `now` of the columns' sums, which are `sums` at present;
    /// empty if no time has been measured.
    pub fn means(&self, sums: &[i32], now: f64) -> Vec<f64> {
        let span = now - self.start;
        if span <= 0.0 {
            return Vec::new();
        }
        let mean = |(column, &sum): (&Column, &i32)| {
            (column.integral + f64::from(sum) * (now - column.since)) / span
        };
        self.columns.iter().zip(sums).map(mean).collect()
    }

    pub fn is_sound(&self, lx: usize, now: f64) -> bool {
        self.columns.len() == lx
            && self.start.is_finite()
            && self.columns.iter().all(|column| {
                column.integral.is_finite() && (self.start..=now).contains(&column.since)
            })
    }
}
