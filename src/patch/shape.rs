//! The kinds of change: which sites their patches have, and which bits of them they toggle.

use crate::lattice::{DOWN, LEFT, RIGHT, UNLIKE, UP, UPPER};

/// Most sites of a patch.
pub(crate) const SITES: usize = 18;
/// Most bonds whose class a change can alter.
pub(crate) const BONDS: usize = 23;
/// Kinds of change.
pub(super) const SHAPES: usize = 5;

/// A kind of change of the lattice, named by what its first site is.
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

/// Columns and rows from the first site to each site of a patch, in the order of a key.
pub(super) type Offsets = [(i32, i32); SITES];

/// A place that no site of the shape takes.
pub(super) const NONE: (i32, i32) = (i32::MAX, 0);

#[rustfmt::skip]
pub(super) const OFFSETS: [Offsets; SHAPES] = [
    // Six rows of the bond's column, two of the second one to the left; four rows of
    // either column beside; two of the second one to the right.
    [(0, -2), (0, -1), (0, 0), (0, 1), (0, 2), (0, 3), (-2, 0), (-2, 1),
     (-1, -1), (-1, 0), (-1, 1), (-1, 2), (1, -1), (1, 0), (1, 1), (1, 2),
     (2, 0), (2, 1)],
    // Five rows of either column of the bond, three of the column beside it, and one more.
    [(0, -2), (0, -1), (0, 0), (0, 1), (0, 2), (-1, -1), (-1, 0), (-1, 1),
     (1, -2), (1, -1), (1, 0), (1, 1), (1, 2), (2, -1), (2, 0), (2, 1),
     (-2, 0), (3, 0)],
    [(0, -2), (0, -1), (0, 0), (0, 1), (0, 2), (-1, -1), (-1, 0), (-1, 1),
     (1, -1), (1, 0), (1, 1), (-2, 0), (2, 0), NONE, NONE, NONE, NONE, NONE],
    OUTER,
    OUTER,
];
#[rustfmt::skip]
const OUTER: Offsets = [(0, 0), (0, -1), (0, 1), (-1, 0), (1, 0),
     NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE];

/// A direction with the bit of a site that tells of its neighbour there.
pub(super) const DIRECTIONS: [(i32, i32, u8); 4] =
    [(1, 0, RIGHT), (-1, 0, LEFT), (0, 1, UPPER), (0, -1, DOWN)];

pub(super) const fn index(offsets: &Offsets, column: i32, row: i32) -> usize {
    let mut i = 0;
    while i < SITES {
        if offsets[i].0 == column && offsets[i].1 == row {
            return i;
        }
        i += 1;
    }
    panic!("no such site in the patch")
}

/// The bits that a change toggles in the bytes of its patch.
const fn toggles(shape: Shape) -> [u8; SITES] {
    let offsets = &OFFSETS[shape as usize];
    let mut bits = [0; SITES];
    let turned: &[(i32, i32)] = match shape {
        Shape::Vertical => &[(0, 0), (0, 1)],
        Shape::Horizontal => &[(0, 0), (1, 0)],
        Shape::Flip => &[(0, 0)],
        Shape::LeftOuter | Shape::RightOuter => &[],
    };
    let mut n = 0;
    while n < turned.len() {
        let (column, row) = turned[n];
        bits[index(offsets, column, row)] ^= UP | UNLIKE;
        let mut d = 0;
        while d < 4 {
            let (dx, dy, _) = DIRECTIONS[d];
            // The neighbour sees the site in the direction opposite, which stands beside it.
            bits[index(offsets, column + dx, row + dy)] ^= DIRECTIONS[d ^ 1].2;
            d += 1;
        }
        n += 1;
    }
    match shape {
        Shape::LeftOuter => bits[0] ^= LEFT,
        Shape::RightOuter => bits[0] ^= RIGHT,
        _ => {}
    }
    bits
}

pub(super) const TOGGLES: [[u8; SITES]; SHAPES] = [
    toggles(Shape::Vertical),
    toggles(Shape::Horizontal),
    toggles(Shape::Flip),
    toggles(Shape::LeftOuter),
    toggles(Shape::RightOuter),
];

/// Bytes `from`…`to` of a patch's toggles as a word, the first one lowest.
pub(super) const fn word(shape: Shape, from: usize, to: usize) -> u64 {
    let bits = TOGGLES[shape as usize];
    let mut word = 0;
    let mut i = from;
    while i < to {
        word |= (bits[i] as u64) << (8 * (i - from));
        i += 1;
    }
    word
}

/// The bytes of a patch that a change toggles, as a mask of a key's two words.
pub(crate) fn changed(shape: Shape) -> [u64; 2] {
    let byte = |place: usize| {
        if TOGGLES[shape as usize][place] == 0 {
            0
        } else {
            u8::MAX
        }
    };
    [0, 8].map(|from| u64::from_le_bytes(std::array::from_fn(|i| byte(from + i))))
}
