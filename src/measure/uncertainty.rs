//! How uncertain a time average is, or why that is not known.

use super::student;

/// Why there is no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Fewer than [`FEWEST`](super::long_run::FEWEST) blocks.
    TooFew,
    /// Fewer than [`SAMPLES`](super::long_run::SAMPLES) correlation times.
    Correlated,
    /// Long stretches of blocks that still depend on one another, or that do not tell a variance.
    Dependent,
    /// Almost all of the scatter comes from a few blocks.
    Rare,
    /// Early and late parts differ by more than chance: not yet stationary.
    Drifting,
    /// All blocks are equal.
    Constant,
}

/// How well a mean is known, and how well that.
///
/// # Example
/// ```
/// use uphill::measure::uncertainty::Uncertainty;
/// let few = Uncertainty { variance: 4.0, freedom: 10.0, correlation_time: 1.0, samples: 100.0 };
/// assert_eq!(few.standard_error(), 2.0);
/// assert!((few.error() - 2.105).abs() < 1e-3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uncertainty {
    /// Variance of the mean, in the square of its unit.
    pub variance: f64,
    /// Degrees of freedom of that variance: its relative variance is 2/`freedom`.
    pub freedom: f64,
    /// Measured time per independent sample, in time units: 1 + 2 Σ ρ_k blocks, of the
    /// shortest blocks and their correlations ρ_k. What is correlated for less than a
    /// block counts as one; less than a block means anticorrelated.
    pub correlation_time: f64,
    /// How many independent blocks would know the mean as well: the measured time over
    /// `correlation_time`.
    pub samples: f64,
}

impl Uncertainty {
    /// The square root of the variance.
    pub fn standard_error(&self) -> f64 {
        self.variance.sqrt()
    }

    /// The error bar: the standard error widened so that it covers 68.3 %.
    pub fn error(&self) -> f64 {
        self.error_of(1.0)
    }

    /// The bar that covers as much as `sigmas` do of a normal variable.
    pub fn error_of(&self, sigmas: f64) -> f64 {
        self.standard_error() * student::widened(sigmas, self.freedom)
    }
}
