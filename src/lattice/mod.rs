//! The spins: a byte each for those who look on, bits for the event loop.

pub(crate) mod exchange;
pub(crate) mod window;

use crate::params::{Boundary, Initial, Params};
use crate::random::Stream;
use window::{CENTRE, WIDTH, Windows, place};

/// A bond between neighbours: from the site in column `x` and row `y`, both from 0, to the right or
/// up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bond {
    /// Column of its left or lower site.
    pub x: u32,
    /// Row of that site.
    pub y: u32,
    /// It leads to the right.
    pub horizontal: bool,
}

/// An end column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Column 1, at the reservoir m₋.
    Left,
    /// Column Lx, at the reservoir m₊.
    Right,
}

/// The spins of a lattice of Lx columns and Ly rows.
///
/// Columns and rows are counted from 0 here.
#[derive(Clone, Debug)]
pub struct Lattice {
    lx: u32,
    ly: u32,
    boundary: Boundary,
    /// The spins, and those that the end columns have for outer neighbours.
    windows: Windows,
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
        let mut lattice = Lattice {
            lx,
            ly,
            boundary,
            windows: Windows::new(lx, ly),
            column_sums: vec![-(ly as i32); lx as usize],
            unlike_outer: 0,
            plus: 0,
        };
        if boundary == Boundary::Fixed {
            for y in 0..ly as usize {
                lattice.windows.turn(lx as i32, y);
                lattice.unlike_outer += 1;
            }
        }
        for (site, _) in up.iter().enumerate().filter(|(_, up)| **up) {
            let (x, y) = (site / ly as usize, site % ly as usize);
            lattice.turn(x, y);
            if let Some(side) = lattice.side(x) {
                lattice.count_outer(side, y);
                if let Some(reader) = lattice.reader(y) {
                    lattice.turn_outer(side, reader);
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

    /// One byte a site, (x, y) at x·Ly + y from 0: 1 for σ = +1, else 0.
    pub fn sites(&self) -> Vec<u8> {
        let ly = self.ly as usize;
        let mut sites = vec![0; self.lx as usize * ly];
        for (x, column) in sites.chunks_exact_mut(ly).enumerate() {
            for (n, rows) in column.chunks_mut(WIDTH as usize).enumerate() {
                let up = self.windows.rows_from(x, WIDTH as usize * n);
                for (row, site) in rows.iter_mut().enumerate() {
                    *site = up >> row & 1;
                }
            }
        }
        sites
    }

    /// Whether the spin in column `x` and row `y`, both from 0, is +1.
    #[inline(always)]
    pub(crate) fn is_up(&self, x: u32, y: u32) -> bool {
        self.windows.is_up(x as i32, y as usize)
    }

    /// The spin in column `x` and row `y`, both from 0.
    pub fn spin(&self, x: u32, y: u32) -> i32 {
        2 * i32::from(self.is_up(x, y)) - 1
    }

    /// Whether the spins of a bond are unlike.
    #[inline(always)]
    pub(crate) fn is_unlike(&self, bond: Bond) -> bool {
        let (x, y) = (bond.x as usize, bond.y as usize);
        self.windows.is_unlike(x, y, bond.horizontal)
    }

    /// The spins around a site.
    #[inline(always)]
    pub(crate) fn window(&self, x: usize, y: usize) -> u64 {
        self.windows.read(x, y)
    }

    /// How many of the four energy neighbours of a site are unlike it.
    #[inline]
    pub(crate) fn unlike_around(&self, x: usize, y: usize) -> u32 {
        unlike_in(self.window(x, y))
    }

    /// How the window of a row stands to the lattice's edge in y.
    #[inline(always)]
    pub(crate) fn row_zone(&self, y: usize) -> usize {
        self.windows.zone(y)
    }

    /// The row above.
    #[inline]
    pub(crate) fn above(&self, y: usize) -> usize {
        if y + 1 == self.ly as usize { 0 } else { y + 1 }
    }

    /// The row below.
    #[inline]
    pub(crate) fn below(&self, y: usize) -> usize {
        if y == 0 { self.ly as usize - 1 } else { y - 1 }
    }

    /// The column of an end.
    #[inline]
    pub(crate) fn column_of(&self, side: Side) -> usize {
        match side {
            Side::Left => 0,
            Side::Right => self.lx as usize - 1,
        }
    }

    /// The end that a column is, if it is one.
    #[inline]
    pub(crate) fn side(&self, x: usize) -> Option<Side> {
        if x == 0 {
            Some(Side::Left)
        } else if x + 1 == self.lx as usize {
            Some(Side::Right)
        } else {
            None
        }
    }

    /// The row in which an end column has the spin of row `y` for its outer neighbour: y + s.
    #[inline]
    pub(crate) fn reader(&self, y: usize) -> Option<usize> {
        match self.boundary {
            Boundary::Fixed => None,
            Boundary::Shifted(s) => Some((y + s as usize) % self.ly as usize),
        }
    }

    /// Whether the outer neighbours do not look back, so that no function of the spins has the
    /// differences that the moves pay for.
    #[inline]
    pub(crate) fn is_one_way(&self) -> bool {
        matches!(self.boundary, Boundary::Shifted(s) if 2 * s != self.ly)
    }

    /// What the turn of the spin in row `y` of an end column, which is over, costs with its outer
    /// neighbour as it still is.
    #[inline]
    pub(crate) fn outer_cost(&self, side: Side, y: usize) -> i64 {
        let own = self.windows.is_up(self.column_of(side) as i32, y);
        if own == self.windows.is_up(self.outer_column(side), y) {
            -2
        } else {
            2
        }
    }

    /// Whether the exchange over the bond of a site in column `x` to its right or upper neighbour
    /// stays clear of the end columns.
    #[inline(always)]
    pub(crate) fn is_inner(&self, x: usize, horizontal: bool) -> bool {
        x > 0 && x + usize::from(horizontal) + 1 < self.lx as usize
    }

    /// Exchanges the unlike spins of a bond, of which the left or lower one is `spin`.
    #[inline(always)]
    pub(crate) fn exchange(&mut self, bond: Bond, spin: i32) {
        let (x, y) = (bond.x as usize, bond.y as usize);
        self.windows.turn_two(x, y, bond.horizontal);
        if bond.horizontal {
            self.column_sums[x] -= 2 * spin;
            self.column_sums[x + 1] += 2 * spin;
        }
    }

    /// Turns a spin over; returns its new value.
    #[inline]
    pub(crate) fn turn(&mut self, x: usize, y: usize) -> i32 {
        self.windows.turn(x as i32, y);
        let spin = self.spin(x as u32, y as u32);
        self.plus = self.plus.wrapping_add_signed(spin);
        self.column_sums[x] += 2 * spin;
        spin
    }

    /// Turns the outer neighbour of a site of an end column over.
    #[inline]
    pub(crate) fn turn_outer(&mut self, side: Side, y: usize) {
        self.windows.turn(self.outer_column(side), y);
        self.count_outer(side, y);
    }

    /// Keeps the number of unlike outer pairs in step with a turn of one of the spins of that of
    /// row `y`, which is over.
    #[inline]
    pub(crate) fn count_outer(&mut self, side: Side, y: usize) {
        let own = self.windows.is_up(self.column_of(side) as i32, y);
        if own == self.windows.is_up(self.outer_column(side), y) {
            self.unlike_outer -= 1;
        } else {
            self.unlike_outer += 1;
        }
    }

    fn outer_column(&self, side: Side) -> i32 {
        match side {
            Side::Left => -1,
            Side::Right => self.lx as i32,
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

    /// Whether spins, windows and sums are the same as another lattice's.
    pub(crate) fn agrees_with(&self, other: &Lattice) -> bool {
        let (lx, ly) = (self.lx as usize, self.ly as usize);
        let mut places = (0..lx).flat_map(|x| (0..ly).map(move |y| (x, y)));
        self.sites() == other.sites()
            && places.all(|(x, y)| self.window(x, y) == other.window(x, y))
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

/// How many of the four neighbours of a window's site are unlike it.
#[inline(always)]
pub(crate) fn unlike_in(window: u64) -> u32 {
    let unlike = |dx, dy| (window >> place(dx, dy) ^ window >> CENTRE) as u32 & 1;
    unlike(0, 1) + unlike(0, -1) + unlike(1, 0) + unlike(-1, 0)
}

fn columns(lx: u32, ly: u32, up: impl Fn(u32) -> bool) -> Vec<bool> {
    (0..lx * ly).map(|site| up(site / ly)).collect()
}
