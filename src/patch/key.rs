//! What a patch is known by.

use super::shape::{DIRECTIONS, OFFSETS, SITES, Shape, index};
use crate::lattice::{UNLIKE, UP};

/// The bytes of a patch, its shape, and how its rows stand to the lattice's edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub(crate) struct Key {
    low: u64,
    high: u64,
    rest: u32,
}

impl Key {
    /// Equal to no key of a patch.
    pub const NEVER: Key = Key {
        low: 0,
        high: 0,
        rest: u32::MAX,
    };

    #[inline(always)]
    pub(super) fn new(shape: Shape, rows: u8, [low, high, rest]: [u64; 3]) -> Self {
        let tag = (shape as u32) << 16 | u32::from(rows) << 24;
        Key {
            low,
            high,
            rest: rest as u32 | tag,
        }
    }

    /// The key of a patch with these bytes, of which those behind its sites are 0.
    pub(super) fn of_bytes(shape: Shape, rows: u8, bytes: [u8; 24]) -> Self {
        let (words, _) = bytes.as_chunks();
        let words = [0, 1, 2].map(|word| u64::from_le_bytes(words[word]));
        Key::new(shape, rows, words)
    }

    /// The keys of the exchange of a lone spin, which is the first or the second of the two.
    pub fn of_lone(shape: Shape, rows: u8, spin: u8) -> [Self; 2] {
        let places = &OFFSETS[shape as usize];
        let second = if shape == Shape::Vertical {
            (0, 1)
        } else {
            (1, 0)
        };
        [(0, 0), second].map(|lone| {
            let mut bytes = [spin ^ UP; 24];
            for (byte, place) in bytes.iter_mut().zip(places) {
                if *place == lone {
                    *byte = spin | UNLIKE;
                }
                for (dx, dy, bit) in DIRECTIONS {
                    if (place.0 + dx, place.1 + dy) == lone {
                        *byte |= bit;
                    }
                }
            }
            bytes[SITES..].fill(0);
            Key::of_bytes(shape, rows, bytes)
        })
    }

    /// The byte of the first site.
    #[inline(always)]
    pub fn first(&self, shape: Shape) -> u8 {
        let place = const { [index(&OFFSETS[0], 0, 0), index(&OFFSETS[1], 0, 0)] };
        (self.low >> (8 * place[shape as usize])) as u8
    }

    /// The places of the two sites whose spins are exchanged, if the change is an exchange.
    pub fn exchanged(&self) -> Option<[usize; 2]> {
        let places = &OFFSETS[self.shape()];
        let second = match self.shape() {
            shape if shape == Shape::Vertical as usize => (0, 1),
            shape if shape == Shape::Horizontal as usize => (1, 0),
            _ => return None,
        };
        Some([(0, 0), second].map(|(column, row)| index(places, column, row)))
    }

    /// Its two words where a mask is.
    #[inline(always)]
    pub fn masked(&self, mask: [u64; 2]) -> [u64; 2] {
        [self.low & mask[0], self.high & mask[1]]
    }

    /// The number of the shape.
    pub(super) fn shape(&self) -> usize {
        usize::from((self.rest >> 16) as u8)
    }

    /// How the rows stand to the lattice's edge.
    #[inline(always)]
    pub(super) fn rows(&self) -> u8 {
        (self.rest >> 24) as u8
    }

    /// The bytes of the patch.
    pub fn codes(&self) -> [u8; SITES] {
        let mut codes = [0; SITES];
        codes[..8].copy_from_slice(&self.low.to_le_bytes());
        codes[8..16].copy_from_slice(&self.high.to_le_bytes());
        codes[16..].copy_from_slice(&self.rest.to_le_bytes()[..2]);
        codes
    }

    /// A number of `bits` bits that differs for most keys.
    #[inline(always)]
    pub fn hash(&self, bits: u32) -> usize {
        // Odd multipliers of random bits; the product's highest bits depend on all of the words.
        let mixed = self.low.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ (self.high ^ u64::from(self.rest) << 38).wrapping_mul(0xd6e8_feb8_6659_fd93);
        (mixed.wrapping_mul(0xa24b_aed4_963e_e407) >> (64 - bits)) as usize
    }
}
