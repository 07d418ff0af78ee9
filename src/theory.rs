//! Exact results for the infinite two-dimensional Ising model.

use libm::{log, pow, sinh, sqrt};

/// Inverse critical temperature β_c = ln(1+√2)/2 (Onsager 1944), 0.440686….
pub fn beta_c() -> f64 {
    log(1.0 + sqrt(2.0)) / 2.0
}

/// Spontaneous magnetization m_β = (1 − sinh⁻⁴ 2β)^{1/8} for β > β_c, 0 otherwise (eq. 2 of the paper).
///
/// # Example
/// ```
/// assert!((uphill::theory::m_beta(1.0) - 0.999276).abs() < 5e-7);
/// assert_eq!(uphill::theory::m_beta(0.4), 0.0);
/// ```
pub fn m_beta(beta: f64) -> f64 {
    if beta <= beta_c() {
        return 0.0;
    }
    let s = sinh(2.0 * beta);
    pow(1.0 - pow(s, -4.0), 0.125)
}
