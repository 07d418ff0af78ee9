//! The estimator of J: the rates of the exchanges, with what has crossed as a control.
//!
//! Of the exchanges over horizontal bonds of one family f, let F be the integral over time of the
//! rates of those that would move a plus to the right, less of those that would move one to the
//! left, and Q the number of those that were made, with the same signs. Q − F is a martingale
//! from 0 on: its mean is 0 at every time, in whatever state. So
//!
//!   ∑_f F_f + θ_f (Q_f − F_f)
//!
//! has the mean of the whole Q, for any fixed numbers θ_f. All 1 they make it Q, all 0 the rate
//! estimator, whose variance is several times less where spins wander in the phases. But what the
//! rates will be depends on what has crossed, so that F is correlated with Q − F: θ takes back what
//! can be foreseen. What moves at an edge soon moves back, and is better counted (θ near 1).

use crate::rates::FAMILIES;
use crate::transition::SORTS;

/// θ by family of exchange; multiples of 2⁻⁵, so that their sums are exact.
///
/// Chosen once, by regression over blocks of long runs at L = 40, β = 1, for which the best ones
/// are [0.10, 0.96, −0.76, −3.0] in the step at m₊ = 0.9995 and [0.19, 0.90, −0.36, −1.9] with two
/// bumps at 0.998. Against the rates alone they take error² down by 1.56 and 1.80 there, by 2.8
/// at 0.92, 3.1 at 0.5, 1.15 to 1.2 with one bump, 1.3 and 1.1 at 0.9999 and 1, by 1.7 at L = 16
/// and 1.8 at L = 56, and at m₊ = 0.9995 by 1.2, 1.8 and 4 at β = 0.5, 0.6 and 1.5. Near the
/// critical point smaller ones would do better: at L = 20, β = 0.5 error² is where it was (0.96 at
/// m₊ = 0.6, 1.08 at 0.9), and at L = 16, β = 0.44, m₊ = 0.6 it is up by 1.4.
const THETA: [f64; FAMILIES] = [0.15625, 0.90625, -0.5, -2.0];

/// Plus spins that crossed horizontal bonds to the right, less those to the left, by family of
/// exchange.
pub type Crossings = [i64; FAMILIES];

/// By sort of bond its rate times 1 − θ, given the rates of the classes 1, e^{−4β}, e^{−8β},
/// e^{−12β}.
pub(crate) fn weights(rates: [f64; 4]) -> [f64; SORTS] {
    std::array::from_fn(|sort| {
        let family = sort / 2;
        // What costs energy in a family costs 4, but for the steep ones: 8 and 12.
        let class = if sort % 2 == 0 { 0 } else { family.max(1) };
        rates[class] * (1.0 - THETA[family])
    })
}

/// d/dt of ∑_f (1 − θ_f) F_f in a configuration with the given rightward excess of bonds.
#[inline(always)]
pub(crate) fn rated(excess: [i32; SORTS], weights: &[f64; SORTS]) -> f64 {
    let mut sum = 0.0;
    for (number, weight) in excess.into_iter().zip(weights) {
        sum += f64::from(number) * weight;
    }
    sum
}

/// ∑_f θ_f Q_f between two counts.
pub(crate) fn counted(now: &Crossings, since: &Crossings) -> f64 {
    let crossed = now.iter().zip(since).map(|(now, since)| now - since);
    crossed
        .zip(THETA)
        .map(|(number, theta)| theta * number as f64)
        .sum()
}

/// The variance of what Q is more than the estimator's sum, ∑_f (1 − θ_f)(Q_f − F_f), given how
/// often a plus has hopped: the quadratic variation of Q_f − F_f is the number of its hops.
pub(crate) fn variation(hops: [u64; FAMILIES]) -> f64 {
    hops.iter()
        .zip(THETA)
        .map(|(&hops, theta)| (1.0 - theta) * (1.0 - theta) * hops as f64)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::{class_of, delta_h_of_unlike, family_of};

    /// A bond of rate w adds 1 to the estimator within a time 1/w in the mean, whatever parts of
    /// it come from its rate and from its exchange.
    #[test]
    fn rates_and_counts_of_every_exchange_add_up_to_one() {
        let rates = [1.0, 0.5, 0.25, 0.125];
        for (i, j) in (1..=4).flat_map(|i| (1..=4).map(move |j| (i, j))) {
            let (class, family) = (class_of(delta_h_of_unlike(i, j)), family_of(i, j));
            let (mut excess, mut crossed) = ([0; SORTS], [0; FAMILIES]);
            excess[2 * family + usize::from(class > 0)] = 1;
            crossed[family] = 1;
            let rated = rated(excess, &weights(rates)) / rates[class];
            let counted = counted(&crossed, &[0; FAMILIES]);
            assert_eq!(rated + counted, 1.0, "{i}, {j}");
        }
    }

    #[test]
    fn sums_of_counts_are_exact() {
        for theta in THETA {
            assert_eq!((theta * 32.0).fract(), 0.0);
        }
    }
}
