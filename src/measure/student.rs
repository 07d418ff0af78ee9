//! Student's t: by how much an error bar widens when the variance is itself estimated.

/// How many estimated standard errors cover as much of Student's t of `freedom` degrees
/// of freedom as `sigmas` known ones cover of a normal variable.
///
/// The expansion of Cornish and Fisher in 1/`freedom`: with one σ exact to 10⁻³ from
/// 2 degrees of freedom on and to 10⁻⁵ from 5 on, with two to 2·10⁻³ from 6 on.
///
/// # Example
/// ```
/// use uphill::measure::student::widened;
/// assert!((widened(1.0, 10.0) - 1.0526).abs() < 1e-4);
/// assert!((widened(2.0, 10.0) - 2.2837).abs() < 1e-3);
/// assert_eq!(widened(2.0, f64::INFINITY), 2.0);
/// ```
pub fn widened(sigmas: f64, freedom: f64) -> f64 {
    let z = sigmas;
    let y = z * z;
    let first = (y + 1.0) / 4.0;
    let second = ((5.0 * y + 16.0) * y + 3.0) / 96.0;
    let third = (((3.0 * y + 19.0) * y + 17.0) * y - 15.0) / 384.0;
    z * (1.0 + (first + (second + third / freedom) / freedom) / freedom)
}

/// The normal variable as improbable as `t` estimated standard errors, to 0.01 in the
/// range of use (D. L. Wallace, Ann. Math. Stat. 30, 1121, 1959).
pub fn normal(t: f64, freedom: f64) -> f64 {
    let stretch = (8.0 * freedom + 1.0) / (8.0 * freedom + 3.0);
    let score = stretch * (freedom * libm::log1p(t * t / freedom)).sqrt();
    if t < 0.0 { -score } else { score }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quantiles of Student's t at the coverage of one and of two normal σ, from
    /// numerical integration of its density.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        let one = [(2.0, 1.3213), (5.0, 1.1105), (20.0, 1.0256)];
        for (freedom, quantile) in one {
            assert!(
                (widened(1.0, freedom) - quantile).abs() < 1.1e-3,
                "{freedom}"
            );
            assert!((normal(quantile, freedom) - 1.0).abs() < 0.02, "{freedom}");
        }
        let two = [(10.0, 2.2837), (20.0, 2.1330), (50.0, 2.0513)];
        for (freedom, quantile) in two {
            assert!((widened(2.0, freedom) - quantile).abs() < 3e-4, "{freedom}");
            assert!((normal(quantile, freedom) - 2.0).abs() < 0.01, "{freedom}");
        }
        assert_eq!(normal(-1.0, 7.0), -normal(1.0, 7.0));
    }
}
