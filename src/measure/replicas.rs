//! One mean from independent runs of the same system.

use super::Estimate;
use super::student;

/// What one run has measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Replica {
    /// Measured time.
    pub span: f64,
    /// The time average.
    pub mean: f64,
    /// Variance of `mean`.
    pub variance: f64,
    /// Degrees of freedom of `variance`.
    pub freedom: f64,
}

impl Replica {
    /// An estimate over `span` time units; none if its error is not known.
    pub fn of(estimate: &Estimate, span: f64) -> Option<Self> {
        let standard_error = estimate.standard_error?;
        Some(Replica {
            span,
            mean: estimate.mean?,
            variance: standard_error * standard_error,
            freedom: estimate.freedom?,
        })
    }
}

/// The mean over several runs.
///
/// # Example
/// ```
/// use uphill::measure::replicas::{Combined, Replica};
/// let run = |span, mean| Replica { span, mean, variance: 1.0 / span, freedom: 30.0 };
/// let both = Combined::of(&[run(100.0, 1.0), run(300.0, 1.2)]).unwrap();
/// assert!((both.mean - 1.15).abs() < 1e-12);
/// assert!((both.standard_error() - 0.05).abs() < 1e-12);
/// assert!((both.chi_squared - 3.0).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Combined {
    /// Measured time of all runs.
    pub span: f64,
    /// M = Σ w m, the weights w being the runs' shares of the time: weights by the
    /// estimated variances v would prefer the runs whose error is low by chance.
    pub mean: f64,
    /// V = Σ w² v.
    pub variance: f64,
    /// Degrees of freedom of the variance, by Welch and Satterthwaite:
    /// V²/Σ((w² v)²/freedom).
    pub freedom: f64,
    /// Σ w (m − M)²/V. If the runs agree, it over its `agreement_freedom` follows Fisher's F of
    /// `agreement_freedom` and `freedom` degrees of freedom.
    pub chi_squared: f64,
    /// The number of runs less one.
    pub agreement_freedom: f64,
}

impl Combined {
    /// The mean over `runs`, summed in their order; none without any.
    pub fn of(runs: &[Replica]) -> Option<Self> {
        if runs.is_empty() {
            return None;
        }
        let span: f64 = runs.iter().map(|run| run.span).sum();
        let mean = runs.iter().map(|run| run.span / span * run.mean).sum();
        let (mut variance, mut squares, mut scatter) = (0.0, 0.0, 0.0);
        for run in runs {
            let weight = run.span / span;
            let part = weight * weight * run.variance;
            variance += part;
            squares += part * part / run.freedom;
            scatter += weight * (run.mean - mean) * (run.mean - mean);
        }
        Some(Combined {
            span,
            mean,
            variance,
            freedom: variance * variance / squares,
            chi_squared: scatter / variance,
            agreement_freedom: (runs.len() - 1) as f64,
        })
    }

    /// The square root of the variance.
    pub fn standard_error(&self) -> f64 {
        self.variance.sqrt()
    }

    /// The error bar: the standard error widened so that it covers 68.3 %.
    pub fn error(&self) -> f64 {
        self.standard_error() * student::widened(1.0, self.freedom)
    }

    /// How many normal σ the runs are from agreeing with each other; large and positive
    /// if they do not. None for a single run. Paulson's approximation of F.
    pub fn disagreement(&self) -> Option<f64> {
        if self.agreement_freedom < 1.0 {
            return None;
        }
        let ratio = self.chi_squared / self.agreement_freedom;
        let (a, b) = (
            2.0 / (9.0 * self.agreement_freedom),
            2.0 / (9.0 * self.freedom),
        );
        let root = libm::cbrt(ratio);
        Some(((1.0 - b) * root - (1.0 - a)) / (b * root * root + a).sqrt())
    }
}
