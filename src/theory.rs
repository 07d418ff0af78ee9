//! Exact results for the infinite two-dimensional Ising model.

use libm::{atan2, cos, cosh, exp, log, pow, sin, sinh, sqrt, tanh};
use std::f64::consts::PI;

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

/// Step of the quadrature in [`m_wall`]; half of it changes the result by less than 10⁻¹³.
const STEP: f64 = 1.0 / 64.0;
/// Steps on either side, beyond which the weights are below 10⁻²⁴.
const STEPS: i32 = 230;

/// The magnetization of the first column beside a wall of + spins, of a half plane: exact, to some
/// 10⁻¹³ for every β from 0 to 10, β_c included.
///
/// It is what a fixed wall makes of the end column, and larger than m_β. With a surface field as
/// strong as the coupling it is the boundary magnetization of B. M. McCoy and T. T. Wu, Phys. Rev.
/// 162, 436 (1967), and follows as theirs does. Wall and column form a bond of coupling K₀, by which
/// the free energy is differentiated; K₀ = β. The transfer matrix across the columns,
/// V^½ W V^½ with V = e^{β Σ σᶻσᶻ} and W = e^{β* Σ σˣ}, sinh 2β sinh 2β* = 1, is in fermions of momenta
/// ±θ a matrix of two rows for each θ, with V = e^{2β(−τᶻ cos θ + τˣ sin θ)} and W = e^{2β* τᶻ}. Let f_θ be
/// V^½ times its dominant eigenvector and w_θ = (sin θ/2, cos θ/2) the wall; then
///
/// m = coth 2β − 1/(π sinh 2β) ∫₀^π ⟨w_θ|τᶻ e^{2β* τᶻ}|f_θ⟩/⟨w_θ|e^{2β* τᶻ}|f_θ⟩ dθ.
///
/// The integral is done with θ = π/(1 + e^{−π sinh t}), whose steps crowd at the ends, where the
/// integrand is sharp at β_c.
///
/// # Example
/// ```
/// use uphill::theory::{m_beta, m_wall};
/// assert!((m_wall(1.0) - 0.9992903081).abs() < 1e-10);
/// assert!(m_wall(1.0) > m_beta(1.0));
/// ```
pub fn m_wall(beta: f64) -> f64 {
    if beta <= 0.0 {
        return 0.0;
    }
    let ratio = |theta: f64| {
        let t = tanh(beta);
        // W, and e^{2β* τᶻ}, but for a factor.
        let decay = t * t;
        let (sine, cosine) = (t * sin(theta), t * cos(theta));
        // V^½ but for a factor: [[a, c], [c, d]].
        let (a, c, d) = (1.0 - cosine, sine, 1.0 + cosine);
        let matrix = (
            a * a + decay * c * c,
            c * (a + decay * d),
            c * c + decay * d * d,
        );
        let angle = atan2(2.0 * matrix.1, matrix.0 - matrix.2) / 2.0;
        let (up, down) = (cos(angle), sin(angle));
        let first = sin(theta / 2.0) * (a * up + c * down);
        let second = decay * cos(theta / 2.0) * (c * up + d * down);
        (first - second) / (first + second)
    };
    let mut integral = 0.0;
    for step in -STEPS..=STEPS {
        let t = f64::from(step) * STEP;
        let u = PI / 2.0 * sinh(t);
        let theta = PI / (1.0 + exp(-2.0 * u));
        let weight = PI * PI / 4.0 * cosh(t) / (cosh(u) * cosh(u));
        integral += STEP * weight * ratio(theta);
    }
    let double = sinh(2.0 * beta);
    cosh(2.0 * beta) / double - integral / (PI * double)
}

/// The lowest order of a matching magnetization: 1 − 2e^{−8β}, the density of lone spins in a phase
/// at coexistence. A column whose spins flip at rate 1 in all leaves no bound pairs, so that these
/// are all that a reservoir feeds; the next order is e^{−12β}.
pub fn m_lone(beta: f64) -> f64 {
    1.0 - 2.0 * exp(-8.0 * beta)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At low temperature 1 − 2e^{−8β}(1 + 3e^{−4β} + …) beside a wall, 1 − 2e^{−8β}(1 + 4e^{−4β} + …)
    /// far from it.
    #[test]
    fn low_temperature() {
        for beta in [1.2, 1.5, 1.8, 2.0] {
            let (lone, pair) = (2.0 * exp(-8.0 * beta), exp(-4.0 * beta));
            // Of the next order e^{−8β} the coefficients are below 40.
            let next = lone * (40.0 * pair * pair) + 1e-14;
            for (m, bound) in [(m_wall(beta), 3.0), (m_beta(beta), 4.0)] {
                let off = 1.0 - m - lone * (1.0 + bound * pair);
                assert!(off.abs() < next, "β = {beta}, {bound}: {off:e} {next:e}");
            }
            assert_eq!(m_lone(beta), 1.0 - lone);
        }
    }

    #[test]
    fn it_grows_from_nothing_to_order() {
        assert_eq!(m_wall(0.0), 0.0);
        // To lowest order a spin beside a wall has tanh β of it.
        assert!((m_wall(1e-3) - 1e-3).abs() < 1e-5);
        let all: Vec<f64> = (1..=200).map(|i| m_wall(0.05 * f64::from(i))).collect();
        assert!(all.windows(2).all(|pair| pair[0] <= pair[1] + 1e-15));
        assert!(all.iter().all(|m| (0.0..=1.0 + 1e-15).contains(m)));
    }
}
