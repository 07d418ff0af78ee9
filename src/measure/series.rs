//! The current as a function of time, in bounded memory.

use serde::{Deserialize, Serialize};

/// Points that a series holds before it drops every second one.
pub const CAPACITY: usize = 4096;

/// The state of the current at a sample time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Q: plus spins that crossed a horizontal bond to the right, less those to the left, over all bonds.
    pub crossings: i64,
    /// Running mean of the rate estimator, summed over the horizontal bonds.
    pub rate_mean: f64,
    /// One standard deviation of `rate_mean`, infinite while it is not known.
    pub rate_error: f64,
}

/// Points at equal steps of time. When they are [`CAPACITY`], every second one
/// goes and the step doubles, so a series of 10⁹ time units is as long as one of 10⁴.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    step: f64,
    points: Vec<Sample>,
}

impl Series {
    pub(crate) fn new(step: f64) -> Self {
        Series {
            step,
            points: Vec::with_capacity(CAPACITY),
        }
    }

    /// Time between points. Point i belongs to the time (i+1)·step after the start.
    pub fn step(&self) -> f64 {
        self.step
    }

    /// The points, oldest first.
    pub fn points(&self) -> &[Sample] {
        &self.points
    }

    /// When the next point is due in a series that began at `start`.
    #[inline]
    pub(crate) fn due(&self, start: f64) -> f64 {
        start + (self.points.len() + 1) as f64 * self.step
    }

    /// Coarsens the series as far as pushing all points up to `until` would.
    pub(crate) fn make_room(&mut self, start: f64, until: f64) {
        while (until - start) / self.step >= (CAPACITY + 1) as f64 {
            self.coarsen();
        }
    }

    pub(crate) fn push(&mut self, point: Sample) {
        if self.points.len() < CAPACITY {
            self.points.push(point);
        }
        if self.points.len() == CAPACITY {
            self.coarsen();
        }
    }

    fn coarsen(&mut self) {
        let mut number = 0;
        self.points.retain(|_| {
            number += 1;
            number % 2 == 0
        });
        self.step *= 2.0;
    }

    pub(crate) fn is_sound(&self) -> bool {
        self.points.len() < CAPACITY
            && self.step.is_finite()
            && self.step > 0.0
            && self
                .points
                .iter()
                .all(|p| p.rate_mean.is_finite() && p.rate_error >= 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(crossings: i64) -> Sample {
        Sample {
            crossings,
            rate_mean: 0.0,
            rate_error: f64::INFINITY,
        }
    }

    #[test]
    fn points_stay_at_equal_steps_and_few() {
        let mut series = Series::new(1.0);
        for _ in 0..100_000 {
            let time = series.due(0.0);
            series.push(point(time as i64));
        }
        assert!(series.points().len() < CAPACITY);
        assert!(series.points().len() >= CAPACITY / 2);
        for (i, point) in series.points().iter().enumerate() {
            assert_eq!(point.crossings as f64, (i + 1) as f64 * series.step());
        }
    }

    #[test]
    fn one_leap_ends_where_many_steps_do() {
        let fill = |cuts: &[f64]| {
            let mut series = Series::new(1.0);
            for &until in cuts {
                series.make_room(0.0, until);
                while series.due(0.0) <= until {
                    series.push(point(series.due(0.0) as i64));
                }
            }
            series
        };
        for end in [1e3, 4095.0, 4096.0, 4097.5, 8191.0, 8192.0, 1e6, 1e9] {
            let many: Vec<f64> = (1..=3000).map(|i| end * f64::from(i) / 3000.0).collect();
            assert_eq!(fill(&[end]), fill(&many), "end {end}");
        }
        assert!(fill(&[1e50]).points().len() < CAPACITY);
    }
}
