//! The patch of the lattice that a change can reach, and how it is read and turned over.
//!
//! A change toggles some bits of the sites' bytes, always the same ones relative to
//! its first site; which bonds change their class, and how, follows from the bytes of
//! those sites and of their neighbours alone. These are the patch: 18 sites for an
//! exchange.

mod key;
mod shape;

pub(crate) use key::Key;
pub(crate) use shape::{BONDS, SITES, Shape, changed};

use crate::hop::Hops;
use crate::lattice::Lattice;
use shape::{DIRECTIONS, NONE, OFFSETS, SHAPES, TOGGLES, index, word};

/// A bond of a patch: its sites' places there, and its number less twice the first site.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PatchBond {
    pub first: u8,
    pub second: u8,
    pub horizontal: bool,
    pub offset: i16,
}

/// A patch where its rows stand in a given way to the lattice's edge in y, over which they
/// go on: on lattices of few rows a site may then have several places in it.
#[derive(Clone, Debug)]
pub(crate) struct Patch {
    offsets: [i32; SITES],
    sites: usize,
    /// What the change toggles in the byte of each place's site, by whatever place.
    toggles: [u8; SITES],
    /// Offsets of the sites whose bytes are toggled, and what is toggled.
    turned: Vec<(i32, u8)>,
    bonds: [PatchBond; 32],
    number: usize,
}

impl Patch {
    fn new(shape: Shape, lattice: &Lattice, y: u32) -> Self {
        let (ly, y) = (lattice.ly() as i32, y as i32);
        let places = &OFFSETS[shape as usize];
        let sites = places.iter().filter(|&&place| place != NONE).count();
        let mut offsets = [0; SITES];
        for (offset, (column, row)) in offsets.iter_mut().zip(&places[..sites]) {
            *offset = column * ly + (y + row).rem_euclid(ly) - y;
        }
        let mut toggles = [0; SITES];
        for place in 0..sites {
            for (other, bits) in TOGGLES[shape as usize].iter().enumerate().take(sites) {
                if offsets[other] == offsets[place] {
                    toggles[place] ^= bits;
                }
            }
        }
        let mut bonds = [PatchBond::default(); 32];
        let mut number = 0;
        for place in (0..sites).filter(|&place| TOGGLES[shape as usize][place] != 0) {
            let (column, row) = places[place];
            for (dx, dy, _) in DIRECTIONS {
                let other = index(places, column + dx, row + dy);
                let forward = dx + dy > 0;
                let (first, second) = if forward {
                    (place, other)
                } else {
                    (other, place)
                };
                let horizontal = dx != 0;
                let offset = (2 * offsets[first] + i32::from(horizontal)) as i16;
                if bonds[..number].iter().all(|bond| bond.offset != offset) {
                    bonds[number] = PatchBond {
                        first: first as u8,
                        second: second as u8,
                        horizontal,
                        offset,
                    };
                    number += 1;
                }
            }
        }
        let bits = offsets.into_iter().zip(TOGGLES[shape as usize]);
        Patch {
            offsets,
            sites,
            toggles,
            turned: bits.take(sites).filter(|&(_, bits)| bits != 0).collect(),
            bonds,
            number,
        }
    }

    /// The bonds whose class may change.
    pub fn bonds(&self) -> &[PatchBond] {
        &self.bonds[..self.number]
    }

    /// One of them.
    #[inline(always)]
    pub fn bond(&self, number: usize) -> &PatchBond {
        &self.bonds[number % 32]
    }

    /// The bytes of the patch after the change.
    pub fn after(&self, codes: [u8; SITES]) -> [u8; SITES] {
        std::array::from_fn(|place| codes[place] ^ self.toggles[place])
    }
}

/// The patches of a lattice.
#[derive(Clone, Debug)]
pub(crate) struct Patches {
    /// By how the rows stand to the edge, then by shape.
    patches: Vec<[Patch; SHAPES]>,
    /// The row of `patches` for every site.
    rows: Vec<u8>,
    /// That of the sites whose patch meets no edge, if there are such.
    middle: u8,
    columns: isize,
    sites: std::ops::Range<usize>,
}

/// Rows that a patch reaches below and above its first site.
const BELOW: u32 = 2;
const ABOVE: u32 = 3;

impl Patches {
    pub fn new(lattice: &Lattice) -> Self {
        let ly = lattice.ly();
        // The rows below, those above, and one that stands for all between.
        let mut patches = Vec::new();
        let mut of_row = Vec::new();
        let mut middle = u8::MAX;
        for y in 0..ly {
            let inside = y >= BELOW && y + ABOVE < ly;
            if !inside || middle == u8::MAX {
                if inside {
                    middle = patches.len() as u8;
                }
                patches.push([
                    Patch::new(Shape::Vertical, lattice, y),
                    Patch::new(Shape::Horizontal, lattice, y),
                    Patch::new(Shape::Flip, lattice, y),
                    Patch::new(Shape::LeftOuter, lattice, y),
                    Patch::new(Shape::RightOuter, lattice, y),
                ]);
            }
            of_row.push(if inside {
                middle
            } else {
                patches.len() as u8 - 1
            });
        }
        let total = lattice.codes().len();
        let first = lattice.site(0, 0);
        Patches {
            patches,
            rows: (0..total).map(|site| of_row[site % ly as usize]).collect(),
            middle,
            columns: ly as isize,
            sites: first..first + (lattice.lx() * ly) as usize,
        }
    }

    /// The hops of lone spins where the patch meets no edge, if there are such places.
    pub fn hops(&self) -> Option<[Hops; 2]> {
        let patches = self.patches.get(usize::from(self.middle))?;
        Some(
            [Shape::Vertical, Shape::Horizontal]
                .map(|shape| Hops::new(shape, &patches[shape as usize], self.middle)),
        )
    }

    /// The patch that a key was read from.
    pub fn of(&self, key: &Key) -> &Patch {
        &self.patches[usize::from(key.rows())][key.shape()]
    }

    /// Reads the bytes of the patch around `first`.
    ///
    /// # Panics
    /// Panics if `first`, or the site beside it of a horizontal exchange, is not the lattice's.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    pub fn read(&self, lattice: &Lattice, shape: Shape, first: usize) -> Key {
        let beside = match shape {
            Shape::Horizontal => self.columns as usize,
            _ => 0,
        };
        assert!(first >= self.sites.start && first + beside < self.sites.end);
        let codes = lattice.codes();
        debug_assert_eq!(codes.len(), self.rows.len());
        // SAFETY: `first` is a site of the lattice, and `rows` has all of them.
        let rows = unsafe { *self.rows.get_unchecked(first) };
        if rows != self.middle || !matches!(shape, Shape::Vertical | Shape::Horizontal) {
            return self.gather(codes, shape, rows, first);
        }
        // SAFETY: the patch meets no edge in y: it is made of runs of consecutive bytes within
        // two columns of its one or two, which are the lattice's; there are two columns of
        // padding on either side. A word begins two rows below and ends five above, in the
        // same column or the next one.
        let read = |columns: isize, row: isize, bytes: usize| unsafe {
            let from = first.wrapping_add_signed(columns * self.columns + row);
            debug_assert!(from + bytes.next_power_of_two() <= codes.len());
            let from = codes.as_ptr().add(from);
            let word = match bytes {
                1 => u64::from(from.read()),
                2 => u64::from(u16::from_le(from.cast::<u16>().read_unaligned())),
                3 | 4 => u64::from(u32::from_le(from.cast::<u32>().read_unaligned())),
                _ => u64::from_le(from.cast::<u64>().read_unaligned()),
            };
            word & (u64::MAX >> (64 - 8 * bytes))
        };
        Key::new(
            shape,
            rows,
            match shape {
                Shape::Vertical => [
                    read(0, -2, 6) | read(-2, 0, 2) << 48,
                    read(-1, -1, 4) | read(1, -1, 4) << 32,
                    read(2, 0, 2),
                ],
                _ => [
                    read(0, -2, 5) | read(-1, -1, 3) << 40,
                    read(1, -2, 5) | read(2, -1, 3) << 40,
                    read(-2, 0, 1) | read(3, 0, 1) << 8,
                ],
            },
        )
    }

    /// Whether a key is that of a patch that goes on over the edge in y.
    #[inline(always)]
    pub fn is_across_edge(&self, key: &Key) -> bool {
        key.rows() != self.middle
    }

    #[inline(never)]
    fn gather(&self, codes: &[u8], shape: Shape, rows: u8, first: usize) -> Key {
        let patch = &self.patches[usize::from(rows)][shape as usize];
        let mut bytes = [0; 24];
        for (byte, &offset) in bytes.iter_mut().zip(&patch.offsets[..patch.sites]) {
            *byte = codes[first.wrapping_add_signed(offset as isize)];
        }
        Key::of_bytes(shape, rows, bytes)
    }

    /// Carries the change out in the bytes of the patch around `first`, whose key is `key`.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    pub fn toggle(&self, codes: &mut [u8], shape: Shape, first: usize, key: &Key) {
        let rows = key.rows();
        if rows != self.middle || !matches!(shape, Shape::Vertical | Shape::Horizontal) {
            return self.scatter(codes, shape, rows, first);
        }
        // SAFETY: as for `read`, which has seen `first`.
        let mut turn = |columns: isize, row: isize, bytes: usize, bits: u64| unsafe {
            let from = first.wrapping_add_signed(columns * self.columns + row);
            debug_assert!(from + bytes <= codes.len());
            let from = codes.as_mut_ptr().add(from);
            match bytes {
                1 => *from ^= bits as u8,
                4 => {
                    let to = from.cast::<u32>();
                    to.write_unaligned(to.read_unaligned() ^ (bits as u32).to_le());
                }
                _ => {
                    let to = from.cast::<u64>();
                    to.write_unaligned(to.read_unaligned() ^ bits.to_le());
                }
            }
        };
        match shape {
            Shape::Vertical => {
                turn(0, -1, 4, const { word(Shape::Vertical, 1, 5) });
                turn(-1, -1, 4, const { word(Shape::Vertical, 8, 12) });
                turn(1, -1, 4, const { word(Shape::Vertical, 12, 16) });
            }
            _ => {
                turn(0, -1, 4, const { word(Shape::Horizontal, 1, 4) });
                turn(1, -1, 4, const { word(Shape::Horizontal, 9, 12) });
                turn(-1, 0, 1, const { word(Shape::Horizontal, 6, 7) });
                turn(2, 0, 1, const { word(Shape::Horizontal, 14, 15) });
            }
        }
    }

    #[inline(never)]
    fn scatter(&self, codes: &mut [u8], shape: Shape, rows: u8, first: usize) {
        for &(offset, bits) in &self.patches[usize::from(rows)][shape as usize].turned {
            codes[first.wrapping_add_signed(offset as isize)] ^= bits;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exchange_reaches_23_bonds_and_a_flip_16() {
        let lattice = Lattice::from_spins(8, 8, crate::params::Boundary::Fixed, &[false; 64]);
        let bonds = |shape| Patch::new(shape, &lattice, 4).bonds().len();
        assert_eq!(bonds(Shape::Vertical), BONDS);
        assert_eq!(bonds(Shape::Horizontal), BONDS);
        assert_eq!(bonds(Shape::Flip), 16);
        assert_eq!(bonds(Shape::LeftOuter), 4);
    }
}
