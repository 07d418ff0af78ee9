//! m*(β) as `exp=match` has measured it, to be drawn beside what other experiments find.

use crate::theory::m_lone;
use libm::{exp, log};

/// β, m* and one standard deviation of it, by
/// `uphill scan 'exp=match&betas=B&errm=E&seed=1'` (24×24, engine 0.5.0), in five minutes of one core:
///
/// | B | 0.55 | 0.6 | 0.65 | 0.7 | 0.75 | 0.8 | 0.85 | 0.9 | 0.95 |
/// |---|---|---|---|---|---|---|---|---|---|
/// | E | 1.5e-4 | 1e-4 | 5e-5 | 3e-5 | 2e-5 | 1.2e-5 | 1e-5 | 8e-6 | 6e-6 |
///
/// at β = 0.5, where a phase beside its reservoirs takes more room, with `L=48&errm=4e-4` (twenty-four
/// columns gave 0.9566(3), with a replica lost), and at β = 1 with `errm=1e-6`, as in docs/relation.md.
pub const MEASURED: [(f64, f64, f64); 11] = [
    (0.5, 0.95708, 2.1e-4),
    (0.55, 0.97287, 1.0e-4),
    (0.6, 0.98235, 8.5e-5),
    (0.65, 0.988447, 3.7e-5),
    (0.7, 0.992324, 2.6e-5),
    (0.75, 0.994949, 1.8e-5),
    (0.8, 0.9966153, 9.8e-6),
    (0.85, 0.9977469, 9.6e-6),
    (0.9, 0.9984948, 6.6e-6),
    (0.95, 0.9989964, 5.5e-6),
    (1.0, 0.999328, 1.0e-6),
];

/// m* at a β.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// m*.
    pub value: f64,
    /// One standard deviation: of the larger of the two values that it lies between.
    pub error: f64,
}

/// m* between the β at which it was measured, by straight lines through −ln(1 − m*) less that of lone
/// spins alone, 8β − ln 2, which is nearly all of it; none outside of them.
///
/// # Example
/// ```
/// use uphill::scan::figures::measured_m_star;
/// assert_eq!(measured_m_star::at(0.7).map(|known| known.value), Some(0.992324));
/// assert_eq!(measured_m_star::at(0.49), None);
/// ```
pub fn at(beta: f64) -> Option<Known> {
    let place = MEASURED
        .windows(2)
        .find(|pair| (pair[0].0..=pair[1].0).contains(&beta))?;
    let [(from, below, its_error), (to, above, error)] = [place[0], place[1]];
    if let Some(&(_, value, error)) = place.iter().find(|known| known.0 == beta) {
        return Some(Known { value, error });
    }
    let excess = |beta: f64, m: f64| log((1.0 - m) / (1.0 - m_lone(beta)));
    let share = (beta - from) / (to - from);
    let between = excess(from, below) * (1.0 - share) + excess(to, above) * share;
    Some(Known {
        value: 1.0 - (1.0 - m_lone(beta)) * exp(between),
        error: its_error.max(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::m_beta;

    #[test]
    fn m_star_rises_smoothly_between_what_was_measured_and_lies_above_the_bulk() {
        let mut before = 0.0;
        for i in 0..=500 {
            let beta = 0.5 + 0.001 * f64::from(i);
            let m = at(beta.min(1.0)).expect("it is known").value;
            assert!(m > before && m > m_beta(beta) && m < 1.0, "{beta} {m}");
            before = m;
        }
        assert_eq!(at(1.01), None);
        assert_eq!(at(0.4999), None);
    }

    /// Left out of the table each is where those next to it would have it, within a tenth of 1 − m*.
    #[test]
    fn what_was_measured_agrees_with_its_neighbours() {
        for three in MEASURED.windows(3) {
            let excess = |known: (f64, f64, f64)| log((1.0 - known.1) / (1.0 - m_lone(known.0)));
            let between = (excess(three[0]) + excess(three[2])) / 2.0;
            assert!((between - excess(three[1])).abs() < 0.1, "{three:?}");
        }
    }
}
