//! What has been measured in the course of time: J_t and the running mean of J.

use super::simulation::Simulation;

/// Q at a time since the measurement began.
pub(crate) struct Crossed {
    pub time: f64,
    pub crossings: i64,
}

/// The mean of J up to a time since the measurement began, per horizontal bond.
pub(crate) struct Mean {
    pub time: f64,
    pub mean: f64,
    /// One standard deviation, infinite while it is not known.
    pub error: f64,
}

impl Simulation {
    /// Q since the measurement began, from its first step on, the present moment last.
    pub(crate) fn crossed(&self) -> impl Iterator<Item = Crossed> {
        let series = self.series();
        let past = series
            .points()
            .iter()
            .enumerate()
            .map(|(i, point)| Crossed {
                time: (i + 1) as f64 * series.step(),
                crossings: point.crossings,
            });
        past.chain([Crossed {
            time: self.measured_span(),
            crossings: self.measured_crossings(),
        }])
    }

    /// The running mean of J with its error, the present moment last.
    pub(crate) fn running_mean(&self) -> impl Iterator<Item = Mean> {
        let series = self.series();
        let bonds = self.params().horizontal_bonds();
        let past = series
            .points()
            .iter()
            .enumerate()
            .map(move |(i, point)| Mean {
                time: (i + 1) as f64 * series.step(),
                mean: point.rate_mean / bonds,
                error: point.rate_error / bonds,
            });
        let current = self.report().current;
        past.chain(current.mean.map(|mean| Mean {
            time: self.measured_span(),
            mean,
            error: current.error.unwrap_or(f64::INFINITY),
        }))
    }
}
