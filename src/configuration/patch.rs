//! The patch of the lattice that a change can reach: which spins around it tell what it does to
//! the bonds, and which bonds these are.
//!
//! A change turns one spin over or two, and the classes of all bonds of those sites and of their
//! neighbours follow from the spins at a distance of at most three: 32 of the 64 in the window of
//! an exchange.

use super::key::{Key, SHAPES, Shape, matters};
use crate::lattice::exchange::{Among, numbered};
use crate::lattice::window::{BEFORE, CENTRE, WIDTH, place, row_zone};

/// Most bonds whose class a change can alter.
pub(crate) const BONDS: usize = 23;
/// Numbers of the bonds of a window, and of columns as a key has them.
const NUMBERS: usize = 64;
const COLUMNS: usize = 16;

/// A bond of a patch: columns and rows from the first site to its left or lower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PatchBond {
    x: i32,
    y: i32,
    horizontal: bool,
}

impl PatchBond {
    fn number(self) -> u32 {
        numbered(place(self.x, self.y), self.horizontal)
    }
}

/// The patch of a shape of change. On lattices of few rows a site may have several places in
/// the window.
#[derive(Clone, Debug)]
pub(crate) struct Patch {
    /// The places of the spins that are turned over.
    pub turned: u64,
    bonds: Vec<PatchBond>,
    /// Those that the lattice has, by how the column of the first site stands to the ends.
    existing: [Among; COLUMNS],
    /// The number of the bond whose spins are exchanged, if the change is an exchange.
    pub exchanged: Option<u32>,
}

impl Patch {
    fn new(shape: Shape, ly: u32) -> Self {
        let same_row = |one: i32, other: i32| (one - other).rem_euclid(ly as i32) == 0;
        let rows = -(BEFORE as i32)..(WIDTH - BEFORE) as i32;
        let turned = shape.turned().iter().fold(0, |mask, &(column, row)| {
            let places = rows.clone().filter(|&other| same_row(row, other));
            // What is turned over twice stays; on three rows or more nothing is.
            places.fold(mask, |mask, row| mask ^ 1 << place(column, row))
        });
        let mut bonds: Vec<PatchBond> = Vec::new();
        for &(x, y) in shape.touched() {
            for (x, y, horizontal) in [
                (x, y, true),
                (x - 1, y, true),
                (x, y, false),
                (x, y - 1, false),
            ] {
                let same = |known: &PatchBond| {
                    (known.x, known.horizontal) == (x, horizontal) && same_row(known.y, y)
                };
                if !bonds.iter().any(same) {
                    bonds.push(PatchBond { x, y, horizontal });
                }
            }
        }
        let exchanged = match shape {
            Shape::Vertical => Some(numbered(CENTRE, false)),
            Shape::Horizontal => Some(numbered(CENTRE, true)),
            _ => None,
        };
        let existing = std::array::from_fn(|standing| {
            let numbers = |horizontal| {
                let there = bonds.iter().filter(|bond| {
                    bond.horizontal == horizontal && Key::has_column(standing, bond.x, horizontal)
                });
                there.fold(0, |numbers, bond| numbers | 1 << bond.number())
            };
            Among {
                vertical: numbers(false),
                horizontal: numbers(true),
            }
        });
        Patch {
            turned,
            bonds,
            existing,
            exchanged,
        }
    }

    /// By how much Σ_y σh of the left and of the right end column changes, h the sum of a site's
    /// four energy neighbours.
    ///
    /// A bond along y has both its sites in the column and counts twice there, one across once.
    #[inline(always)]
    pub fn alignment(&self, key: Key) -> [i8; 2] {
        if key.is_far() {
            return [0; 2];
        }
        let (before, after) = (key.window(), key.window() ^ self.turned);
        key.ends().map(|end| {
            let unlike = |window| end.map_or(0, |end| unlike_at_end(window, end));
            2 * (unlike(before) - unlike(after))
        })
    }

    /// The bonds whose class may change, those that the lattice has.
    #[inline(always)]
    pub fn existing(&self, key: Key) -> Among {
        self.existing[key.column_standing() % COLUMNS]
    }
}

/// Unlike bonds of a change's rows that a column has, `end` columns to the right of the first site:
/// twice those along y, once those across.
#[inline(always)]
fn unlike_at_end(window: u64, end: i32) -> i8 {
    // All bonds from the row below the first site to that above the second.
    const ALONG: u64 = 0b111 << (BEFORE - 1);
    const ACROSS: u64 = 0b11 << BEFORE;
    let column = |dx: i32| window >> (WIDTH as i32 * (end + dx + BEFORE as i32));
    let [left, own, right] = [column(-1), column(0), column(1)];
    let along = (own ^ own >> 1) & ALONG;
    let across = (own ^ left) & ACROSS | ((own ^ right) & ACROSS) << WIDTH;
    (2 * along.count_ones() + across.count_ones()) as i8
}

/// What to add to twice the number of a change's first site for the number of each bond of its
/// patch, by its number in the window.
#[derive(Clone, Debug)]
pub(crate) struct Offsets([i32; NUMBERS]);

impl Offsets {
    fn new(patch: &Patch, y: u32, ly: u32, digits: u32) -> Self {
        let mut offsets = [0; NUMBERS];
        for bond in &patch.bonds {
            let row = (y as i32 + bond.y).rem_euclid(ly as i32);
            offsets[bond.number() as usize] =
                2 * ((bond.x << digits) + row - y as i32) + i32::from(bond.horizontal);
        }
        Offsets(offsets)
    }

    /// The number in the lattice of a bond of the patch of a change whose first bond is `first`,
    /// by its name in a transition: the two bits above its number in the window may be anything.
    #[inline(always)]
    pub fn bond(&self, first: u32, name: u8) -> u32 {
        first.wrapping_add_signed(self.0[usize::from(name) % NUMBERS])
    }
}

/// The patches of a lattice.
#[derive(Clone, Debug)]
pub(crate) struct Patches {
    patches: [Patch; SHAPES],
    /// By how the row stands to the edge, then by shape.
    offsets: Vec<[Offsets; SHAPES]>,
    /// How each column stands to the ends, as a part of a key.
    columns: Vec<u64>,
}

impl Patches {
    /// Those of a lattice whose sites have 2^`digits` numbers a column.
    pub fn new(lx: u32, ly: u32, digits: u32) -> Self {
        let patches = Shape::ALL.map(|shape| Patch::new(shape, ly));
        let zones = usize::from((0..ly).map(|y| row_zone(y, ly)).max().unwrap_or(0)) + 1;
        let of_row =
            |y: u32| std::array::from_fn(|shape| Offsets::new(&patches[shape], y, ly, digits));
        let mut offsets = vec![of_row(0); zones];
        for y in 0..ly {
            offsets[usize::from(row_zone(y, ly))] = of_row(y);
        }
        Patches {
            offsets,
            columns: (0..lx).map(|x| Key::column(x, lx - 1 - x)).collect(),
            patches,
        }
    }

    /// The patch of a shape of change.
    pub fn of(&self, shape: Shape) -> &Patch {
        &self.patches[shape as usize]
    }

    /// The bonds of the patch of a change whose row stands to the edge so.
    #[inline(always)]
    pub fn offsets(&self, zone: usize, shape: Shape) -> &Offsets {
        &self.offsets[zone][shape as usize]
    }

    /// The key of a change at a site of column `x` with the given window.
    #[inline(always)]
    pub fn key(&self, shape: Shape, x: usize, window: u64) -> Key {
        Key::new(shape, self.columns[x], window & matters(shape))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exchange_reaches_23_bonds_and_a_flip_16() {
        let bonds = |shape| {
            let bonds = Patch::new(shape, 8).bonds;
            let mut numbers: Vec<u32> = bonds.iter().map(|bond| bond.number()).collect();
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers.len(), bonds.len(), "{shape:?}: two have one number");
            numbers.len()
        };
        assert_eq!(bonds(Shape::Vertical), BONDS);
        assert_eq!(bonds(Shape::Horizontal), BONDS);
        assert_eq!(bonds(Shape::Flip), 16);
        assert_eq!(bonds(Shape::LeftOuter), 4);
    }
}
