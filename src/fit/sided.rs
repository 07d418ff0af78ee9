//! A value whose errors below and above it differ.

use crate::notation::with_errors;
use libm::hypot;

/// A value with one standard deviation on either side.
///
/// # Example
/// ```
/// use uphill::fit::sided::Sided;
/// let m = Sided { value: 0.99976, below: 5.8e-4, above: 9e-5 };
/// assert_eq!(m.text(), "0.99976(+9/−58)");
/// // 0.99931 lies below, where the error is the larger one.
/// assert!((m.sigmas(0.99931).unwrap() - 0.45 / 0.58).abs() < 1e-3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sided {
    /// The value.
    pub value: f64,
    /// How far below it the truth may be.
    pub below: f64,
    /// How far above it the truth may be.
    pub above: f64,
}

impl Sided {
    /// A value with the same error on both sides.
    pub fn even(value: f64, error: f64) -> Self {
        Sided {
            value,
            below: error,
            above: error,
        }
    }

    /// It, less an independent value without sides.
    pub fn less(self, value: f64, error: f64) -> Self {
        Sided {
            value: self.value - value,
            below: hypot(self.below, error),
            above: hypot(self.above, error),
        }
    }

    /// How far it is above a reference, in units of the error on the side of the reference.
    pub fn sigmas(self, reference: f64) -> Option<f64> {
        let error = self.towards(reference);
        (error > 0.0).then(|| (self.value - reference) / error)
    }

    /// The error on the side of a reference.
    pub fn towards(self, reference: f64) -> f64 {
        if reference < self.value {
            self.below
        } else {
            self.above
        }
    }

    /// The larger of the errors.
    pub fn larger(self) -> f64 {
        self.below.max(self.above)
    }

    /// 0.99976(+9/−58), or 0.99932(4) where the errors are the same as far as they are shown.
    pub fn text(self) -> String {
        with_errors(self.value, self.below, self.above)
    }
}
