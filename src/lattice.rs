//! The spins, each with its number of plus neighbours.
//!
//! One byte a site: bit 0 is 1 for σ = +1, bits 1 to 3 count the plus spins among
//! the site's four energy neighbours (outer ones included). Sites run column by
//! column, and two columns of padding on either side let the neighbourhood of a
//! bond be addressed without asking where the lattice ends. Padding has bit 4 set.

use crate::params::{Boundary, Initial, Params};
use crate::random::Stream;

/// Columns of padding on either side.
const PADDING: u32 = 2;
/// Bit 0 of a site's byte: the spin is up.
pub(crate) const UP: u8 = 1;
/// One plus neighbour in a site's byte.
const NEIGHBOUR: u8 = 2;
/// Marks a site of the padding.
const OUTSIDE: u8 = 16;
/// Site bytes are smaller than this.
pub(crate) const CODES: usize = 32;

/// An end column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Column 1, at the reservoir m₋.
    Left,
    /// Column Lx, at the reservoir m₊.
    Right,
}

/// Offsets from a site to the sites of its own column near by, y being periodic.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rows {
    pub up: i32,
    pub up2: i32,
    pub down: i32,
    pub down2: i32,
}

/// The spins of a lattice of Lx columns and Ly rows with their local fields.
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
    rows: Vec<Rows>,
    /// Σ_y σ(x, y) of every column.
    column_sums: Vec<i32>,
    /// Unlike outer pairs, both ends together; none with fixed walls.
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
        let rows = (0..n)
            .map(|y| Rows {
                up: (y + 1) % n - y,
                up2: (y + 2) % n - y,
                down: (y + n - 1) % n - y,
                down2: (y + 2 * n - 2) % n - y,
            })
            .collect();
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
            rows,
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
                lattice.codes[last] += NEIGHBOUR;
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

    #[inline]
    pub(crate) fn rows_around(&self, site: usize) -> Rows {
        self.rows[usize::from(self.row_of[site])]
    }

    /// Offset from a site to its neighbour on the right.
    #[inline]
    pub(crate) fn right(&self) -> i32 {
        self.ly as i32
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

    /// Whether a pair of neighbours, the right or upper one last, stays clear of the end columns.
    #[inline]
    pub(crate) fn are_inner(&self, first: usize, second: usize) -> bool {
        let ly = self.ly as usize;
        first >= (PADDING + 1) as usize * ly && second < (PADDING + self.lx - 1) as usize * ly
    }

    /// Exchanges the unlike spins of an inner pair, and keeps fields and sums in step.
    #[inline]
    pub(crate) fn exchange_inner(&mut self, first: usize, second: usize, horizontal: bool) {
        // What the first spin gains is what the second one loses.
        let spin = self.spin_at(second);
        self.turn_code(first, spin);
        self.turn_code(second, -spin);
        if horizontal {
            let column = self.column(first);
            self.column_sums[column] += 2 * spin;
            self.column_sums[column + 1] -= 2 * spin;
        }
    }

    /// Turns the spin of a site over to `spin`, and tells its four neighbours.
    #[inline(always)]
    fn turn_code(&mut self, site: usize, spin: i32) {
        let rows = self.rows_around(site);
        self.codes[site] ^= UP;
        // Adding 2 or its complement keeps the spin bit of the neighbour.
        let change = NEIGHBOUR.wrapping_mul(spin as u8);
        for offset in [rows.up, rows.down, self.right(), -self.right()] {
            let neighbour = &mut self.codes[site.wrapping_add_signed(offset as isize)];
            *neighbour = neighbour.wrapping_add(change);
        }
    }

    /// Turns the spin of a site over, and keeps fields and sums in step.
    #[inline]
    pub(crate) fn turn(&mut self, site: usize) {
        let spin = -self.spin_at(site);
        self.turn_code(site, spin);
        let change = NEIGHBOUR.wrapping_mul(spin as u8);
        let column = self.column(site);
        self.plus = self.plus.wrapping_add_signed(spin);
        self.column_sums[column] += 2 * spin;
        if let Boundary::Shifted(s) = self.boundary
            && self.side(site).is_some()
        {
            let reader = self.shifted(site, s);
            let read = self.shifted(site, self.ly - s);
            self.codes[reader] = self.codes[reader].wrapping_add(change);
            self.unlike_outer -= i64::from(self.spin_at(site) * self.spin_at(read));
            if reader != read {
                self.unlike_outer -= i64::from(self.spin_at(site) * self.spin_at(reader));
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
        match self.boundary {
            Boundary::Fixed => {
                i64::from(self.column_sums[0]) - i64::from(self.column_sums[self.lx as usize - 1])
            }
            Boundary::Shifted(s) => {
                let pairs = i64::from(if 2 * s == self.ly {
                    self.ly
                } else {
                    2 * self.ly
                });
                2 * self.unlike_outer - pairs
            }
        }
    }
}

fn columns(lx: u32, ly: u32, up: impl Fn(u32) -> bool) -> Vec<bool> {
    (0..lx * ly).map(|site| up(site / ly)).collect()
}
