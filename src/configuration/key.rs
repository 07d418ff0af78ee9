//! What a change of the lattice is known by: its shape, the spins that matter for it, and how its
//! column stands to the ends.

use crate::lattice::window::{BEFORE, CENTRE, WIDTH, place};

/// Shapes of a change.
pub(crate) const SHAPES: usize = 5;

/// The shape of a change of the lattice: what it turns over, named by what its first site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The exchange over a vertical bond, from its lower site.
    Vertical,
    /// The exchange over a horizontal bond, from its left site.
    Horizontal,
    /// The flip of a spin.
    Flip,
    /// The outer neighbour of a site of column 1 turns over.
    LeftOuter,
    /// The outer neighbour of a site of column Lx turns over.
    RightOuter,
}

impl Shape {
    /// All of them, in the order of their numbers.
    pub const ALL: [Shape; SHAPES] = [
        Shape::Vertical,
        Shape::Horizontal,
        Shape::Flip,
        Shape::LeftOuter,
        Shape::RightOuter,
    ];

    /// The spins that it turns over, by columns and rows from the first site.
    pub const fn turned(self) -> &'static [(i32, i32)] {
        match self {
            Shape::Vertical => &[(0, 0), (0, 1)],
            Shape::Horizontal => &[(0, 0), (1, 0)],
            Shape::Flip => &[(0, 0)],
            Shape::LeftOuter => &[(-1, 0)],
            Shape::RightOuter => &[(1, 0)],
        }
    }

    /// The lattice's sites that it turns over or has with another number of unlike neighbours.
    /// Where rows are so few that a bond is met twice, the first one counts, and the trajectory of
    /// a run depends on it.
    #[rustfmt::skip]
    pub const fn touched(self) -> &'static [(i32, i32)] {
        match self {
            Shape::Vertical => &[(0, -1), (0, 0), (0, 1), (0, 2), (-1, 0), (-1, 1), (1, 0), (1, 1)],
            Shape::Horizontal => &[(0, -1), (0, 0), (0, 1), (-1, 0), (1, -1), (1, 0), (1, 1), (2, 0)],
            Shape::Flip => &[(0, -1), (0, 0), (0, 1), (-1, 0), (1, 0)],
            Shape::LeftOuter | Shape::RightOuter => &[(0, 0)],
        }
    }

    /// The spins of a window that matter: those at a distance of at most three.
    const fn matters(self) -> u64 {
        let mut mask = 0;
        let turned = self.turned();
        let (mut n, size) = (0, WIDTH as i32);
        while n < turned.len() {
            let mut at = 0;
            while at < size * size {
                let (dx, dy) = (at / size - BEFORE as i32, at % size - BEFORE as i32);
                let distance = (dx - turned[n].0).abs() + (dy - turned[n].1).abs();
                if distance <= 3 {
                    mask |= 1 << place(dx, dy);
                }
                at += 1;
            }
            n += 1;
        }
        mask
    }
}

/// The spins that matter, by shape.
static MATTERS: [u64; SHAPES] = {
    let mut masks = [0; SHAPES];
    let mut shape = 0;
    while shape < SHAPES {
        masks[shape] = Shape::ALL[shape].matters();
        // The key has other things there.
        assert!(masks[shape] & Key::TAG == 0);
        shape += 1;
    }
    masks
};

/// The places of a window whose spins matter for a change of a shape.
#[inline(always)]
pub(crate) fn matters(shape: Shape) -> u64 {
    MATTERS[shape as usize]
}

/// What a transition is known by: the spins that matter, the shape of the change, and how its
/// column stands to the ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(u64);

/// Where a key has the shape, and where the column's distances from the ends.
const SHAPE: u32 = 56;
const COLUMN: u32 = 60;

impl Key {
    /// Equal to no key of a change.
    pub const NEVER: Key = Key(u64::MAX);
    /// Places of a window that matter for no change; what else a key has stands there.
    pub const TAG: u64 = 7 << SHAPE | 15 << COLUMN;

    /// Columns from which on it does not matter how many more there are on the left, on the right.
    const FAR: [u32; 2] = [2, 3];

    /// What a key has for a column with so many on its left and on its right.
    pub const fn column(left: u32, right: u32) -> u64 {
        let [left, right] = [min(left, Key::FAR[0]), min(right, Key::FAR[1])];
        ((4 * left + right) as u64) << COLUMN
    }

    /// The key of a change in a column with the spins that matter.
    #[inline(always)]
    pub const fn new(shape: Shape, column: u64, spins: u64) -> Self {
        Key(spins | column | (shape as u64) << SHAPE)
    }

    /// The column of a site that is far from both ends.
    pub const FAR_COLUMN: u64 = Key::column(Key::FAR[0], Key::FAR[1]);

    /// Whether all bonds of the patch are the lattice's.
    #[inline(always)]
    pub fn is_far(self) -> bool {
        self.0 >> COLUMN == Key::FAR_COLUMN >> COLUMN
    }

    /// The spins that matter for an exchange, 1 where they are unlike those two columns to the left
    /// of its first site.
    #[inline(always)]
    pub fn rare_spins(window: u64, shape: Shape) -> u64 {
        let up = window >> const { place(-2, 0) } & 1;
        (window ^ up.wrapping_neg()) & matters(shape)
    }

    /// The window around the change; spins that do not matter may be anything.
    pub fn window(self) -> u64 {
        self.0
    }

    /// How the column stands to the ends, from 0 to 15.
    #[inline(always)]
    pub fn column_standing(self) -> usize {
        (self.0 >> COLUMN) as usize
    }

    /// Whether the lattice has the bonds of one orientation from the column `dx` columns to the
    /// right of one that stands to the ends as given.
    pub fn has_column(standing: usize, dx: i32, horizontal: bool) -> bool {
        let [left, right] = [(standing >> 2) as u32, standing as u32 & 3];
        let right_site = dx + i32::from(horizontal);
        (left >= Key::FAR[0] || -dx <= left as i32)
            && (right >= Key::FAR[1] || right_site <= right as i32)
    }

    /// How many columns to the right of the first site the end column of each side is; none of one
    /// that the change does not reach.
    pub fn ends(self) -> [Option<i32>; 2] {
        let standing = self.column_standing() as u32;
        let [left, right] = [standing >> 2, standing & 3];
        [
            (left < Key::FAR[0]).then_some(-(left as i32)),
            (right < Key::FAR[1]).then_some(right as i32),
        ]
    }

    /// A number of `bits` bits that differs for most keys.
    #[inline(always)]
    pub fn hash(self, bits: u32) -> usize {
        // An odd multiplier of random bits; the product's highest bits depend on the whole key.
        let mixed = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> (64 - bits)) as usize
    }
}

const fn min(one: u32, other: u32) -> u32 {
    if one < other { one } else { other }
}

/// Whether the spin of the window's site is up.
#[inline(always)]
pub(crate) fn is_up(window: u64) -> bool {
    window >> CENTRE & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_window_of_an_exchange_matters() {
        for shape in [Shape::Vertical, Shape::Horizontal] {
            assert_eq!(shape.matters().count_ones(), 32);
        }
        assert_eq!(Shape::Flip.matters().count_ones(), 25);
    }
}
