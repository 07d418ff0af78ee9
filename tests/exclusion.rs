//! β = 0 is the exclusion process, exact at any size: the current, the profile, and how the current
//! fluctuates. Here are the exact values; exact_solutions.rs compares them with the engine where the
//! master equation is too large.

use uphill::params::Params;

/// ⟨m(x)⟩ = m₋ + (m₊ − m₋) x/(Lx+1), x = 1…Lx.
pub fn profile(params: &Params) -> Vec<f64> {
    let slope = (params.m_right - params.m_left) / f64::from(params.lx + 1);
    let column = |x| params.m_left + slope * f64::from(x);
    (1..=params.lx).map(column).collect()
}

/// J = −(m₊ − m₋)/(2(Lx+1)).
pub fn current(params: &Params) -> f64 {
    -(params.m_right - params.m_left) / (2.0 * f64::from(params.lx + 1))
}

/// The variance of Q̃ = (Q + I_L + I_R)/(Lx+1) per time and row, at every time.
///
/// The drift of Q̃ is the same whatever the spins are, so that Q̃ less its mean is a martingale, and
/// its variance the mean of Σ rates over the horizontal bonds and the flips, over (Lx+1)². What that
/// takes are the correlations of horizontal neighbours.
pub fn variance(params: &Params) -> f64 {
    let neighbours = Correlations::of(params);
    let mean = profile(params);
    let bond = |x: usize| (1.0 - neighbours.at(x, x + 1, 0)) / 2.0;
    let bonds: f64 = (0..mean.len() - 1).map(bond).sum();
    let flips =
        (1.0 - mean[0] * params.m_left) / 2.0 + (1.0 - mean[mean.len() - 1] * params.m_right) / 2.0;
    let width = f64::from(params.lx + 1);
    (bonds + flips) / (width * width)
}

/// ⟨σ(x, y) σ(x′, y + d)⟩ of any two sites, which solves closed equations: at β = 0 each spin of a pair
/// goes to any neighbour at rate 1, and an end spin is drawn anew at rate 1 in all.
struct Correlations {
    lx: usize,
    ly: usize,
    of: Vec<f64>,
}

impl Correlations {
    /// Relaxed, from the product of the means on, until nothing changes by more than 10⁻¹³.
    fn of(params: &Params) -> Self {
        let (lx, ly) = (params.lx as usize, params.ly as usize);
        let mean = profile(params);
        let place = |x: usize, other: usize, d: usize| (x * lx + other) * ly + d;
        let mut of = vec![0.0; lx * lx * ly];
        for x in 0..lx {
            for other in 0..lx {
                for d in 0..ly {
                    of[place(x, other, d)] = mean[x] * mean[other];
                }
            }
        }
        // Over-relaxed, with what is best for a square of side Lx.
        let omega = 2.0 / (1.0 + libm::sin(std::f64::consts::PI / (lx + 1) as f64));
        loop {
            let mut change: f64 = 0.0;
            for x in 0..lx {
                for other in 0..lx {
                    for d in 0..ly {
                        if x == other && d == 0 {
                            continue;
                        }
                        let (mut sum, mut rates) = (0.0, 0.0);
                        // Where one of the two goes; not to the other's site, which changes nothing.
                        let mut goes = |x: usize, other: usize, d: usize| {
                            if !(x == other && d == 0) {
                                sum += of[place(x, other, d)];
                                rates += 1.0;
                            }
                        };
                        for step in [1, ly - 1] {
                            goes(x, other, (d + step) % ly);
                            goes(x, other, (d + ly - step) % ly);
                        }
                        if x > 0 {
                            goes(x - 1, other, d);
                        }
                        if x + 1 < lx {
                            goes(x + 1, other, d);
                        }
                        if other > 0 {
                            goes(x, other - 1, d);
                        }
                        if other + 1 < lx {
                            goes(x, other + 1, d);
                        }
                        // A reservoir draws one of them.
                        for (one, two) in [(x, other), (other, x)] {
                            for (end, m) in [(0, params.m_left), (lx - 1, params.m_right)] {
                                if one == end {
                                    sum += m * mean[two];
                                    rates += 1.0;
                                }
                            }
                        }
                        let value = &mut of[place(x, other, d)];
                        let step = omega * (sum / rates - *value);
                        *value += step;
                        change = change.max(step.abs());
                    }
                }
            }
            if change < 1e-13 {
                return Correlations { lx, ly, of };
            }
        }
    }

    fn at(&self, x: usize, other: usize, d: usize) -> f64 {
        self.of[(x * self.lx + other) * self.ly + d]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uphill::master_equation::Stationary;
    use uphill::params::Boundary;

    fn of(lx: u32, ly: u32, m_left: f64, m_right: f64) -> Params {
        Params {
            lx,
            ly,
            beta: 0.0,
            m_left,
            m_right,
            boundary: Boundary::Fixed,
            ..Params::default()
        }
    }

    /// Where the master equation can be solved both agree.
    #[test]
    fn small_lattices_agree_with_the_master_equation() {
        for params in [of(4, 4, -0.6, 0.6), of(5, 3, -0.2, 0.9), of(2, 7, 0.3, 0.8)] {
            let solved = Stationary::of(&params).expect("it is solved");
            assert!((solved.current() - current(&params)).abs() < 1e-10);
            for (one, other) in solved.profile().iter().zip(profile(&params)) {
                assert!((one - other).abs() < 1e-10);
            }
        }
    }

    /// Of equal reservoirs nothing is correlated; of others the cylinder's κ₂ is a few per cent below
    /// that of a single chain, (1 − m₋m₊)/(2(N+1)) − (2N+1)(m₊ − m₋)²/(12(N+1)²).
    #[test]
    fn fluctuations_are_a_little_less_than_a_chains() {
        let chain = |params: &Params| {
            let n = f64::from(params.lx);
            let (left, right) = (params.m_left, params.m_right);
            (1.0 - left * right) / (2.0 * (n + 1.0))
                - (2.0 * n + 1.0) * (right - left) * (right - left) / (12.0 * (n + 1.0) * (n + 1.0))
        };
        let equal = of(12, 8, 0.4, 0.4);
        assert!((variance(&equal) / chain(&equal) - 1.0).abs() < 1e-9);
        let steep = of(12, 8, -0.9, 0.9);
        let ratio = variance(&steep) / chain(&steep);
        assert!((0.9..1.0).contains(&ratio), "{ratio}");
    }
}
