//! The distribution of χ².

use libm::{erfc, exp, lgamma, log, sqrt};

/// The probability that χ² of `freedom` > 0 degrees of freedom is at least `chi_squared` ≥ 0:
/// the regularised upper incomplete gamma function Q(freedom/2, χ²/2), by its finite
/// series (Abramowitz and Stegun 26.4.4 and 26.4.5), to some 10⁻¹² for up to 1000
/// degrees of freedom.
///
/// # Example
/// ```
/// use uphill::fit::chi_squared::tail;
/// assert!((tail(1.0, 1) - 0.317311).abs() < 1e-6);
/// assert!((tail(18.307, 10) - 0.05).abs() < 1e-6);
/// ```
pub fn tail(chi_squared: f64, freedom: usize) -> f64 {
    let half = chi_squared / 2.0;
    if half <= 0.0 {
        return 1.0;
    }
    if half == f64::INFINITY {
        return 0.0;
    }
    // Q(s + 1, h) = Q(s, h) + h^s e^(−h)/Γ(s + 1)
    let (start, mut sum) = match freedom % 2 {
        0 => (0.0, 0.0),
        _ => (0.5, erfc(sqrt(half))),
    };
    let logarithm = log(half);
    for j in 0..freedom / 2 {
        let power = start + j as f64;
        sum += exp(power * logarithm - half - lgamma(power + 1.0));
    }
    sum.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of the tables in Abramowitz and Stegun, and of scipy.stats.chi2.sf.
    #[test]
    fn known_values() {
        for (chi_squared, freedom, expected) in [
            (3.841458820694124, 1, 0.05),
            (5.991464547107979, 2, 0.05),
            (7.814727903251179, 3, 0.05),
            (124.34211340400407, 100, 0.05),
            (0.0, 3, 1.0),
            (f64::INFINITY, 3, 0.0),
        ] {
            let found = tail(chi_squared, freedom);
            assert!((found - expected).abs() < 1e-12, "{chi_squared} {found}");
        }
        // Where e^(−χ²/2) alone would underflow.
        assert!((tail(2000.0, 2000) - 0.4958).abs() < 1e-3);
    }
}
