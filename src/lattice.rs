//! The spins, each with which of its neighbours differ from it.
//!
//! One byte a site: bit 0 is 1 for σ = +1, bits 1 to 4 tell which of the site's four
//! energy neighbours (outer ones included) are unlike it. So whatever turns a spin
//! over toggles the same bits, be the neighbours what they may. Sites run column by
//! column, and two columns of padding on either side let the neighbourhood of a
//! bond be addressed without asking where the lattice ends. Padding has bit 5 set.

use crate::params::{Boundary, Initial, Params};
use crate::random::Stream;

/// Columns of padding on either side.
const PADDING: u32 = 2;
/// Bit 0 of a site's byte: the spin is up.
pub(crate) const UP: u8 = 1;
/// The neighbour on the right is unlike.
pub(crate) const RIGHT: u8 = 2;
/// The neighbour on the left is unlike.
pub(crate) const LEFT: u8 = 4;
/// The neighbour above is unlike.
pub(crate) const UPPER: u8 = 8;
/// The neighbour below is unlike.
pub(crate) const DOWN: u8 = 16;
/// Any of them.
pub(crate) const UNLIKE: u8 = RIGHT | LEFT | UPPER | DOWN;
/// Marks a site of the padding.
pub(crate) const OUTSIDE: u8 = 32;
/// Site bytes are smaller than this.
pub(crate) const CODES: usize = 64;

/// An end column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Column 1, at the reservoir m₋.
    Left,
    /// Column Lx, at the reservoir m₊.
    Right,
}

impl Side {
    /// The bit of its sites that tells of their outer neighbour.
    pub(crate) fn outer(self) -> u8 {
        match self {
            Side::Left => LEFT,
            Side::Right => RIGHT,
        }
    }
}

/// The spins of a lattice of Lx columns and Ly rows.
#[derive(Clone, Debug)]
pub struct Lattice {
    lx: u32,
    ly: u32,
    boundary: Boundary,
    codes: Vec<u8>,
    /// Row of every site, padding included.
    row_of: Vec<u16>,
    /// Column of every site, 0 for x = 1; meaningless in the padding.
    column_of: Vec<u16>,
    /// Σ_y σ(x, y) of every column.
    column_sums: Vec<i32>,
    /// Sites of the end columns that are unlike their outer neighbour.
    unlike_outer: i64,
    plus: u32,
}

impl Lattice {
    /// The initial datum of `params`; `stream` places the spins of a random one.
    pub fn new(params: &Params, stream: &mut Stream) -> Self {
        let (lx, ly) = (params.lx, params.ly);
        let up = match params.initial {
            Initial::Step => columns(lx, ly, |x| 2 * (x + 1) > lx),
            Initial::Plus => columns(lx, ly, |_| true),
            Initial::Minus => columns(lx, ly, |_| false),
            Initial::Stripe(width) => {
                let first = (lx - width) / 2;
                columns(lx, ly, |x| (first..first + width).contains(&x))
            }
            Initial::Random => {
                let mut up = vec![false; (lx * ly) as usize];
                // Fisher–Yates from a half-filled lattice.
                up[..(lx * ly / 2) as usize].fill(true);
                for last in (1..lx * ly).rev() {
                    up.swap(last as usize, stream.below(last + 1) as usize);
                }
                up
            }
        };
        Lattice::from_spins(lx, ly, params.boundary, &up)
    }

    /// The lattice with the given spins; `up[x·Ly + y]` tells whether (x+1, y+1) is plus.
    pub fn from_spins(lx: u32, ly: u32, boundary: Boundary, up: &[bool]) -> Self {
        assert_eq!(up.len(), (lx * ly) as usize, "one spin a site");
        let n = ly as i32;
        let total = (lx + 2 * PADDING) * ly;
        let mut lattice = Lattice {
            lx,
            ly,
            boundary,
            codes: vec![OUTSIDE; total as usize],
            row_of: (0..total).map(|site| (site % ly) as u16).collect(),
            column_of: (0..total)
                .map(|site| (site / ly).wrapping_sub(PADDING) as u16)
                .collect(),
            column_sums: vec![-n; lx as usize],
            unlike_outer: 0,
            plus: 0,
        };
        for x in 0..lx {
            for y in 0..ly {
                let site = lattice.site(x, y);
                lattice.codes[site] = 0;
            }
        }
        if boundary == Boundary::Fixed {
            for y in 0..ly {
                let last = lattice.site(lx - 1, y);
                lattice.codes[last] |= RIGHT;
                lattice.unlike_outer += 1;
            }
        }
        for x in 0..lx {
            for y in 0..ly {
                if up[(x * ly + y) as usize] {
                    lattice.turn(lattice.site(x, y));
                }
            }
        }
        lattice
    }

    /// Columns.
    pub fn lx(&self) -> u32 {
        self.lx
    }

    /// Rows.
    pub fn ly(&self) -> u32 {
        self.ly
    }

    /// The site of column `x` and row `y`, both from 0.
    pub(crate) fn site(&self, x: u32, y: u32) -> usize {
        ((x + PADDING) * self.ly + y) as usize
    }

    /// The bytes of all sites, padding included.
    #[inline]
    pub(crate) fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// The bytes of all sites, to be changed with what depends on them.
    #[inline]
    pub(crate) fn codes_mut(&mut self) -> &mut [u8] {
        &mut self.codes
    }

    /// The bytes of the lattice's sites, (x, y) at x·Ly + y from 0; bit 0 is 1 for σ = +1.
    pub fn sites(&self) -> &[u8] {
        let first = self.site(0, 0);
        &self.codes[first..first + (self.lx * self.ly) as usize]
    }

    /// The spin in column `x` and row `y`, both from 0.
    pub fn spin(&self, x: u32, y: u32) -> i32 {
        self.spin_at(self.site(x, y))
    }

    #[inline]
    pub(crate) fn spin_at(&self, site: usize) -> i32 {
        2 * i32::from(self.codes[site] & UP) - 1
    }

    /// Row of a site, from 0.
    #[inline]
    pub(crate) fn row(&self, site: usize) -> u32 {
        u32::from(self.row_of[site])
    }

    /// Column of a site, from 0.
    #[inline]
    pub(crate) fn column(&self, site: usize) -> usize {
        usize::from(self.column_of[site])
    }

    /// The neighbour above.
    #[inline]
    pub(crate) fn above(&self, site: usize) -> usize {
        let y = self.row(site);
        if y + 1 == self.ly {
            site - y as usize
        } else {
            site + 1
        }
    }

    /// The neighbour below.
    #[inline]
    pub(crate) fn below(&self, site: usize) -> usize {
        if self.row(site) == 0 {
            site + self.ly as usize - 1
        } else {
            site - 1
        }
    }

    /// The neighbour on the right.
    #[inline]
    pub(crate) fn right(&self, site: usize) -> usize {
        site + self.ly as usize
    }

    /// The neighbour on the left.
    #[inline]
    pub(crate) fn left(&self, site: usize) -> usize {
        site - self.ly as usize
    }

    /// The end column that a site stands in, if it does.
    #[inline]
    pub(crate) fn side(&self, site: usize) -> Option<Side> {
        let column = site as u32;
        if column < (PADDING + 1) * self.ly {
            Some(Side::Left)
        } else if column >= (PADDING + self.lx - 1) * self.ly {
            Some(Side::Right)
        } else {
            None
        }
    }

    /// The site of the same column that reads `site` as its outer neighbour: y + s.
    #[inline]
    pub(crate) fn reader(&self, site: usize) -> Option<usize> {
        match self.boundary {
            Boundary::Fixed => None,
            Boundary::Shifted(s) => self.side(site).map(|_| self.shifted(site, s)),
        }
    }

    /// The site `s` rows above, 0 ≤ s < Ly.
    fn shifted(&self, site: usize, s: u32) -> usize {
        let y = self.row(site);
        let to = (y + s) % self.ly;
        site + to as usize - y as usize
    }

    /// Whether the bond of `first` to its right or upper neighbour stays clear of the end columns.
    #[inline(always)]
    pub(crate) fn is_inner(&self, first: usize, horizontal: bool) -> bool {
        let ly = self.ly as usize;
        let from = (PADDING + 1) as usize * ly;
        let columns = self.lx as usize
            - if horizontal {
                3.min(self.lx as usize)
            } else {
                2
            };
        // Below the first inner column this wraps around.
        first.wrapping_sub(from) < columns * ly
    }

    /// Keeps the columns' sums in step with a plus that has moved from column `x` to the right
    /// (`spin` = 1) or back (−1).
    #[inline(always)]
    pub(crate) fn count_crossing(&mut self, x: usize, spin: i32) {
        self.column_sums[x] -= 2 * spin;
        self.column_sums[x + 1] += 2 * spin;
    }

    /// Keeps the sums in step with a spin that has been turned over.
    #[inline]
    pub(crate) fn count_turn(&mut self, site: usize) {
        let spin = self.spin_at(site);
        let column = self.column(site);
        self.plus = self.plus.wrapping_add_signed(spin);
        self.column_sums[column] += 2 * spin;
    }

    /// Keeps the number of unlike outer pairs in step with the outer bit of a site of an end
    /// column, which has been toggled.
    #[inline]
    pub(crate) fn count_outer(&mut self, site: usize, side: Side) {
        if self.codes[site] & side.outer() == 0 {
            self.unlike_outer -= 1;
        } else {
            self.unlike_outer += 1;
        }
    }

    /// Turns a spin over, with what its neighbours know of it.
    fn turn(&mut self, site: usize) {
        self.codes[site] ^= UP | UNLIKE;
        for (neighbour, sees) in [
            (self.right(site), LEFT),
            (self.left(site), RIGHT),
            (self.above(site), DOWN),
            (self.below(site), UPPER),
        ] {
            self.codes[neighbour] ^= sees;
        }
        self.count_turn(site);
        if let Some(side) = self.side(site) {
            self.count_outer(site, side);
            if let Some(reader) = self.reader(site) {
                self.codes[reader] ^= side.outer();
                self.count_outer(reader, side);
            }
        }
    }

    /// Number of plus spins.
    pub fn plus(&self) -> u32 {
        self.plus
    }

    /// Whether all spins are equal.
    pub fn is_uniform(&self) -> bool {
        self.plus == 0 || self.plus == self.lx * self.ly
    }

    /// Σ_y σ(x, y) for every column.
    pub fn column_sums(&self) -> &[i32] {
        &self.column_sums
    }

    /// The outer neighbours' reading.
    pub fn boundary(&self) -> Boundary {
        self.boundary
    }

    /// Whether spins, fields and sums are the same as another lattice's.
    pub(crate) fn agrees_with(&self, other: &Lattice) -> bool {
        self.sites() == other.sites()
            && self.column_sums == other.column_sums
            && (self.plus, self.unlike_outer) == (other.plus, other.unlike_outer)
    }

    /// The part of H that the walls or the shifted outer pairs bring in.
    ///
    /// Fixed: −Σ over the 2Ly bonds to the walls. Shifted: −Σ over the outer
    /// pairs, each once (Ly at an end, Ly/2 where s = Ly/2 makes them coincide).
    pub(crate) fn outer_energy(&self) -> i64 {
        // Where s = Ly/2 both sites of a pair read each other.
        let reads = match self.boundary {
            Boundary::Shifted(s) if 2 * s == self.ly => 2,
            _ => 1,
        };
        (2 * self.unlike_outer - 2 * i64::from(self.ly)) / reads
    }
}

fn columns(lx: u32, ly: u32, up: impl Fn(u32) -> bool) -> Vec<bool> {
    (0..lx * ly).map(|site| up(site / ly)).collect()
}
