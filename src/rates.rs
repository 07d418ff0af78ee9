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
    pub flip: [f64; 4],
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
        Rates { exchange, flip }
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
