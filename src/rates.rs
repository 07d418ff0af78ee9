//! Rates of the moves: the classes of ΔH of an exchange, and the flips at the reservoirs.

/// Classes of exchange, by their rate: 1, e^{−4β}, e^{−8β}, e^{−12β}.
pub const CLASSES: usize = 4;

/// Rates of the four classes of exchange: 1 for ΔH ≤ 0, then e^{−4β}, e^{−8β}, e^{−12β}.
///
/// ΔH of an exchange of unlike neighbours is one of −12, −8, …, 12, so there are no others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// By class of exchange.
    pub exchange: [f64; CLASSES],
    /// Of + → − and − → + in column 1, then of + → − and − → + in column Lx; zero without reservoirs.
    /// Balanced reservoirs have other ones, but 0 just where these are.
    pub flip: [f64; 4],
    /// What Σ_y σh and Σ_y h of column 1 weigh in Σ rate·ΔH of its flips, then those of column Lx;
    /// zero without reservoirs, and of no use at balanced ones.
    pub power: [[f64; 2]; 2],
    /// Of the flips at balanced reservoirs, left and right.
    pub balanced: Option<[BalancedRates; 2]>,
}

/// What an end site can be to its flip: its spin, and how many of its four energy neighbours are
/// unlike it.
pub const END_CLASSES: usize = 10;

/// The class of an end site with a spin that is `up` or not and so many unlike neighbours.
pub const fn end_class(up: bool, unlike: u32) -> usize {
    unlike as usize + if up { 0 } else { END_CLASSES / 2 }
}

/// ΔH of flipping an end site of a class, 2σh.
pub const fn end_delta_h(class: usize) -> i32 {
    8 - 4 * (class % (END_CLASSES / 2)) as i32
}

/// By class of end site.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BalancedRates {
    /// The rate of its flip, (1 − σ tanh(βh + artanh m))/2.
    pub flip: [f64; END_CLASSES],
    /// That times ΔH of the flip.
    pub power: [f64; END_CLASSES],
}

impl BalancedRates {
    fn new(beta: f64, m: f64) -> Self {
        let flip = std::array::from_fn(|class| {
            let spin = if class < END_CLASSES / 2 { 1.0 } else { -1.0 };
            let (to, fro) = (1.0 - spin * m, 1.0 + spin * m);
            // e^{2σ artanh m} is fro/to, which may be infinite.
            to / (to + fro * libm::exp(beta * f64::from(end_delta_h(class))))
        });
        let power = std::array::from_fn(|class| flip[class] * f64::from(end_delta_h(class)));
        BalancedRates { flip, power }
    }

    /// The rates of all flips + → − and − → + of a column with so many sites of each class.
    #[inline]
    pub fn weights(&self, numbers: [u32; END_CLASSES]) -> [f64; 2] {
        [0, END_CLASSES / 2].map(|first| {
            let spin = first..first + END_CLASSES / 2;
            spin.map(|class| f64::from(numbers[class]) * self.flip[class])
                .sum()
        })
    }

    /// Σ rate·ΔH over the flips of a column with so many sites of each class.
    #[inline]
    pub fn power(&self, numbers: [u32; END_CLASSES]) -> f64 {
        let numbers = numbers.into_iter().zip(self.power);
        numbers
            .map(|(number, power)| f64::from(number) * power)
            .sum()
    }
}

impl Rates {
    /// The rates at inverse temperature `beta`, with reservoirs of magnetization
    /// (`left`, `right`) or none. A spin σ at a reservoir m flips at rate (1 − σm)/2.
    pub fn new(beta: f64, reservoirs: Option<(f64, f64)>) -> Self {
        let exchange = [0.0, 4.0, 8.0, 12.0].map(|delta_h| libm::exp(-beta * delta_h));
        let flip = reservoirs.map_or([0.0; 4], |(left, right)| {
            [
                (1.0 - left) / 2.0,
                (1.0 + left) / 2.0,
                (1.0 - right) / 2.0,
                (1.0 + right) / 2.0,
            ]
        });
        // ΔH = 2σh at rate (1 − σm)/2.
        let power = reservoirs.map_or([[0.0; 2]; 2], |(left, right)| {
            [left, right].map(|m| [1.0, -m])
        });
        Rates {
            exchange,
            flip,
            power,
            balanced: None,
        }
    }

    /// The same with balanced reservoirs.
    pub fn balanced(beta: f64, m: [f64; 2]) -> Self {
        Rates {
            balanced: Some(m.map(|m| BalancedRates::new(beta, m))),
            ..Rates::new(beta, Some((m[0], m[1])))
        }
    }
}

/// ΔH of exchanging the unlike spins σᵢ = `spin` and σⱼ = −σᵢ of a bond, given the
/// sums hᵢ and hⱼ of their four neighbours: 2σᵢ(hᵢ − hⱼ) + 4.
///
/// An outer neighbour in a shifted end column is a spectator, so its value before
/// the move counts, also when it takes part in the move.
pub const fn delta_h(spin: i32, h_i: i32, h_j: i32) -> i32 {
    2 * spin * (h_i - h_j) + 4
}

/// The class of an exchange with the given ΔH: the index of its rate.
pub const fn class_of(delta_h: i32) -> usize {
    if delta_h <= 0 {
        0
    } else {
        (delta_h / 4) as usize
    }
}

/// ΔH of exchanging unlike neighbours that are unlike `i` and `j` of their four neighbours,
/// each other included: σᵢhᵢ = 4 − 2i, so ΔH = 20 − 4(i + j).
pub const fn delta_h_of_unlike(i: u32, j: u32) -> i32 {
    delta_h(1, 4 - 2 * i as i32, 2 * j as i32 - 4)
}

/// Families of exchange; an exchange and its reverse belong to the same one.
pub const FAMILIES: usize = 4;

/// Sorts of bonds that can exchange: twice the family of the exchange, and 1 more if it costs
/// energy.
pub const SORTS: usize = 2 * FAMILIES;

/// The family of exchanging unlike neighbours that are unlike `i` and `j` of their four neighbours,
/// which afterwards are 5 − j and 5 − i: 2 and 3 are the steep ones, with |ΔH| = 8 and 12; of the
/// others, 0 are those with |i − j| ≥ 2, by which a single spin hops in a phase, leaves one or
/// joins one, and 1 those that move a spin at the edge of a phase.
pub const fn family_of(i: u32, j: u32) -> usize {
    let steepness = (i + j).abs_diff(5);
    if steepness >= 2 {
        steepness as usize
    } else if i.abs_diff(j) >= 2 {
        0
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// To rounding, at all temperatures and fields, the ends of their ranges included.
    #[test]
    fn balanced_flips_are_as_they_are_defined() {
        for beta in [0.0, 0.3, 1.0, 10.0] {
            for m in [-1.0, -0.999, -0.2, 0.0, 0.7, 1.0] {
                let rates = Rates::balanced(beta, [m, -m]).balanced.expect("they are");
                for (up, unlike) in [true, false]
                    .into_iter()
                    .flat_map(|up| (0..5).map(move |u| (up, u)))
                {
                    let class = end_class(up, unlike);
                    let (spin, h) = (
                        if up { 1.0 } else { -1.0 },
                        f64::from(4 - 2 * unlike as i32),
                    );
                    let field = beta * spin * h + libm::atanh(m);
                    let rate = (1.0 - spin * libm::tanh(field)) / 2.0;
                    assert!(
                        (rates[0].flip[class] - rate).abs() < 1e-15,
                        "{beta} {m} {class}"
                    );
                    assert_eq!(f64::from(end_delta_h(class)), 2.0 * h);
                    let mirror = end_class(!up, unlike);
                    assert_eq!(rates[0].flip[class], rates[1].flip[mirror]);
                }
                assert_eq!(
                    rates[0].flip.map(|rate| rate == 0.0),
                    std::array::from_fn(|class| m == if class < 5 { 1.0 } else { -1.0 })
                );
            }
        }
    }

    #[test]
    fn an_exchange_and_its_reverse_are_of_one_family() {
        for (i, j) in (1..=4).flat_map(|i| (1..=4).map(move |j| (i, j))) {
            let family = family_of(i, j);
            assert!(family < FAMILIES);
            assert_eq!(family, family_of(j, i));
            assert_eq!(family, family_of(5 - j, 5 - i));
        }
    }

    #[test]
    fn unlike_neighbours_tell_the_energy() {
        for (i, j) in (1..=4).flat_map(|i| (1..=4).map(move |j| (i, j))) {
            assert_eq!(delta_h_of_unlike(i, j), 20 - 4 * (i + j) as i32);
        }
    }
}
