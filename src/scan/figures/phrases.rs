//! How findings say things: σ, χ², p-values, lists of points.

pub use crate::fit::MISFIT;
use crate::fit::sided::Sided;
use crate::fit::{Quality, chi_squared};
use crate::notation::{NOTHING, plain, signed, ten_to};
use crate::scan::task::outcome::Measured;
use crate::words::phrases as words;

/// A p-value below which only that is said.
const TINY: f64 = 1e-12;
/// Items of a list that are named one by one.
const MOST_NAMED: usize = 8;

/// p = 0.31.
pub fn p_value(p: f64) -> String {
    if p < TINY {
        return "p < 10⁻¹²".to_owned();
    }
    // Two digits, but no more decimals than a probability near 1 deserves.
    let text = if p > 0.1 { signed(p, 2) } else { plain(p, 2) };
    format!("p = {text}")
}

/// χ²/dof = 3.2/5, p = 0.67; and what that means where it is a misfit.
pub fn quality(quality: &Quality) -> String {
    match quality.p_value() {
        Some(p) => chi(quality.chi_squared, quality.freedom, p),
        None => words::NO_FREEDOM.to_owned(),
    }
}

/// χ²/dof = 3.2/5, p = 0.67.
pub fn chi(chi_squared: f64, freedom: usize, p: f64) -> String {
    format!("χ²/dof = {}/{freedom}, {}", short(chi_squared), p_value(p))
}

/// χ², its degrees of freedom and p, of distances in units of their errors.
pub fn chi_of(sigmas: &[f64]) -> (f64, usize, f64) {
    let chi_squared = sigmas.iter().map(|z| z * z).sum();
    let p = chi_squared::tail(chi_squared, sigmas.len());
    (chi_squared, sigmas.len(), p)
}

/// A number with one decimal where it is small, such as a distance in σ or a χ².
pub fn short(x: f64) -> String {
    if x.abs() >= 1e4 {
        plain(x, 2)
    } else if x.abs() >= 99.95 {
        signed(x, 0)
    } else {
        signed(x, 1)
    }
}

/// A signed number of σ: +1.2.
pub fn sigmas(z: f64) -> String {
    let distance = short(z);
    let is_above = z > 0.0 && distance.contains(|digit: char| ('1'..='9').contains(&digit));
    if is_above {
        format!("+{distance}")
    } else {
        distance
    }
}

/// "1.7 σ above it", for a value with an error beside a reference without.
pub fn apart(value: f64, error: f64, reference: f64) -> String {
    beside(Sided::even(value, error), reference)
}

/// The same by the error on the side of the reference.
pub fn beside(value: Sided, reference: f64) -> String {
    let z = value.sigmas(reference).unwrap_or(0.0);
    let distance = short(z.abs());
    if z < 0.0 {
        words::below_it(distance)
    } else {
        words::above_it(distance)
    }
}

/// Magnetizations with as many decimals as the finest of them has.
#[derive(Clone, Copy, Debug)]
pub struct Decimals(usize);

impl Decimals {
    /// Of a list of values.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let decimals = |m: f64| m.to_string().split_once('.').map_or(0, |(_, d)| d.len());
        Decimals(values.map(decimals).max().unwrap_or(0).min(12))
    }

    /// One of them.
    pub fn text(self, m: f64) -> String {
        signed(m, self.0)
    }
}

/// "a, b and c", the first eight of them.
pub fn list(items: &[String]) -> String {
    let named = &items[..items.len().min(MOST_NAMED)];
    match (named, items.len() - named.len()) {
        ([], _) => NOTHING.to_owned(),
        ([one], 0) => one.clone(),
        ([first @ .., last], 0) => words::and(first.join(", "), last),
        (named, more) => words::and_more(named.join(", "), more),
    }
}

/// Mean and positive error of what was measured, if it has both.
pub fn known(measured: &Measured) -> Option<(f64, f64)> {
    Some((measured.mean?, measured.error.filter(|error| *error > 0.0)?))
}

/// 10ⁿ-rounded time: 4.2·10⁶.
pub fn time(t: f64) -> String {
    if t < ten_to(4) {
        plain(t, 4)
    } else {
        plain(t, 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_have_a_sign_unless_they_are_0() {
        for (z, text) in [
            (1.23, "+1.2"),
            (-1.23, "−1.2"),
            (0.04, "0.0"),
            (-0.04, "0.0"),
            (0.06, "+0.1"),
            (2e5, "+2.0·10⁵"),
        ] {
            assert_eq!(sigmas(z), text);
        }
    }
}
