//! A mean with its error, or the reason why it has none.

use super::uncertainty::Uncertainty;
use crate::notation;

/// A mean over time with one standard deviation, or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The mean; none where the quantity does not exist or no time was measured.
    pub mean: Option<f64>,
    /// The error bar: one standard deviation of the mean, widened so that it covers
    /// 68.3 % although it is itself estimated.
    pub error: Option<f64>,
    /// One standard deviation of the mean, as estimated.
    pub standard_error: Option<f64>,
    /// Degrees of freedom of `standard_error`.
    pub freedom: Option<f64>,
    /// Measured time per independent sample, in time units; see [`Uncertainty`].
    pub correlation_time: Option<f64>,
    /// Why a mean or an error is missing.
    pub reason: Option<String>,
}

impl Estimate {
    /// A quantity that does not exist in this run.
    pub fn missing(reason: &str) -> Self {
        Estimate::of(None, None, Some(reason.to_owned()))
    }

    pub(super) fn of(
        mean: Option<f64>,
        known: Option<Uncertainty>,
        reason: Option<String>,
    ) -> Self {
        Estimate {
            mean,
            error: known.map(|known| known.error()),
            standard_error: known.map(|known| known.standard_error()),
            freedom: known.map(|known| known.freedom),
            correlation_time: known.map(|known| known.correlation_time),
            reason,
        }
    }

    /// The estimate of `factor` times the quantity plus `offset`.
    pub fn scaled(&self, factor: f64, offset: f64) -> Self {
        Estimate {
            mean: self.mean.map(|mean| factor * mean + offset),
            error: self.error.map(|error| factor.abs() * error),
            standard_error: self.standard_error.map(|error| factor.abs() * error),
            freedom: self.freedom,
            correlation_time: self.correlation_time,
            reason: self.reason.clone(),
        }
    }

    /// |mean|/error.
    pub fn sigmas(&self) -> Option<f64> {
        Some(self.mean?.abs() / self.error?)
    }
    /// As it is shown: −3.79(4)·10⁻⁶.
    pub fn text(&self) -> String {
        notation::mean(self.mean, self.error)
    }
}
