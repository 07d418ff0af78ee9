//! A configuration: the spins, the exchanges that they allow, and the end columns
//! sorted by spin. The moves of the model change it in O(1).

use crate::bonds::{Bonds, Ends};
use crate::lattice::{Lattice, Side};
use crate::params::Params;
use crate::random::Stream;

/// The rows of an end column, the plus spins first, so that a plus or a minus can be drawn at once.
#[derive(Clone, Debug)]
pub(crate) struct EndColumn {
    rows: Vec<u32>,
    place: Vec<u32>,
    plus: u32,
}

impl EndColumn {
    fn new(lattice: &Lattice, side: Side) -> Self {
        let ly = lattice.ly();
        let mut column = EndColumn {
            rows: (0..ly).collect(),
            place: (0..ly).collect(),
            plus: 0,
        };
        for y in 0..ly {
            if lattice.spin(column_of(lattice, side), y) == 1 {
                column.turn(y);
            }
        }
        column
    }

    /// Moves row `y` to the other part.
    #[inline]
    fn turn(&mut self, y: u32) {
        let place = self.place[y as usize];
        // A plus trades places with the last plus, a minus with the first minus.
        let border = if place < self.plus {
            self.plus -= 1;
            self.plus
        } else {
            self.plus += 1;
            self.plus - 1
        };
        let other = self.rows[border as usize];
        self.rows.swap(place as usize, border as usize);
        self.place[y as usize] = border;
        self.place[other as usize] = place;
    }

    /// How many plus and how many minus spins there are.
    #[inline]
    pub fn numbers(&self) -> [u32; 2] {
        [self.plus, self.rows.len() as u32 - self.plus]
    }

    /// Rows with a plus spin.
    #[inline]
    pub fn plus(&self) -> &[u32] {
        &self.rows[..self.plus as usize]
    }

    /// Rows with a minus spin.
    #[inline]
    pub fn minus(&self) -> &[u32] {
        &self.rows[self.plus as usize..]
    }

    pub fn order(&self) -> &[u32] {
        &self.rows
    }

    /// Puts the rows into a saved order; false if it does not sort these spins.
    fn reorder(&mut self, order: &[u32]) -> bool {
        let mut sorted = (order.to_vec(), self.rows.clone());
        let plus = self.plus as usize;
        if order.len() != self.rows.len() {
            return false;
        }
        for rows in [&mut sorted.0, &mut sorted.1] {
            rows[..plus].sort_unstable();
            rows[plus..].sort_unstable();
        }
        if sorted.0 != sorted.1 {
            return false;
        }
        self.rows.copy_from_slice(order);
        for (place, &y) in order.iter().enumerate() {
            self.place[y as usize] = place as u32;
        }
        true
    }
}

fn column_of(lattice: &Lattice, side: Side) -> u32 {
    match side {
        Side::Left => 0,
        Side::Right => lattice.lx() - 1,
    }
}

/// The spins with all that the dynamics need to know of them.
#[derive(Clone, Debug)]
pub struct Configuration {
    lattice: Lattice,
    bonds: Bonds,
    ends: [EndColumn; 2],
}

/// How plus spins moved in an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exchanged {
    /// Within column `x`.
    Vertically,
    /// From column `x` to `x`+1 (`right`) or back; `x` from 0.
    Horizontally {
        /// The left one of the two columns.
        x: usize,
        /// Whether the plus went to the right.
        right: bool,
    },
}

impl Configuration {
    /// The initial datum of `params`.
    pub fn new(params: &Params, stream: &mut Stream) -> Self {
        Configuration::of(Lattice::new(params, stream))
    }

    /// The configuration of a given lattice, every list in its natural order.
    pub fn of(lattice: Lattice) -> Self {
        let bonds = Bonds::new(&lattice);
        let ends = [Side::Left, Side::Right].map(|side| EndColumn::new(&lattice, side));
        Configuration {
            lattice,
            bonds,
            ends,
        }
    }

    /// The spins.
    pub fn lattice(&self) -> &Lattice {
        &self.lattice
    }

    /// The possible exchanges.
    pub fn bonds(&self) -> &Bonds {
        &self.bonds
    }

    #[inline]
    pub(crate) fn end(&self, side: Side) -> &EndColumn {
        &self.ends[side as usize]
    }

    /// Exchanges the unlike spins of a bond.
    #[inline]
    pub(crate) fn exchange(&mut self, bond: u32) -> Exchanged {
        debug_assert!(
            self.bonds.class(bond).is_some(),
            "an exchange of equal spins"
        );
        let Ends {
            first,
            second,
            horizontal,
        } = Bonds::ends(&self.lattice, bond);
        let inner = self.lattice.are_inner(first, second);
        if inner {
            self.lattice.exchange_inner(first, second, horizontal);
        } else {
            self.turn(first);
            self.turn(second);
        }
        if horizontal {
            self.bonds.refresh_around_horizontal(&self.lattice, first);
        } else {
            self.bonds.refresh_around_vertical(&self.lattice, first);
        }
        if !inner {
            for site in [first, second] {
                if let Some(reader) = self.lattice.reader(site) {
                    self.bonds.refresh_site(&self.lattice, reader);
                }
            }
        }
        if horizontal {
            Exchanged::Horizontally {
                x: self.lattice.column(first),
                right: self.lattice.spin_at(second) == 1,
            }
        } else {
            Exchanged::Vertically
        }
    }

    /// Flips the spin in row `y` of an end column; returns its new value.
    #[inline]
    pub(crate) fn flip(&mut self, side: Side, y: u32) -> i32 {
        let site = self.lattice.site(column_of(&self.lattice, side), y);
        self.turn(site);
        let rows = self.lattice.rows_around(site);
        let column = self.lattice.right();
        for offset in [0, rows.up, rows.down, column, -column] {
            let near = site.wrapping_add_signed(offset as isize);
            self.bonds.refresh_site(&self.lattice, near);
        }
        if let Some(reader) = self.lattice.reader(site) {
            self.bonds.refresh_site(&self.lattice, reader);
        }
        self.lattice.spin_at(site)
    }

    #[inline]
    fn turn(&mut self, site: usize) {
        self.lattice.turn(site);
        if let Some(side) = self.lattice.side(site) {
            self.ends[side as usize].turn(self.lattice.row(site));
        }
    }

    /// H of the configuration: lattice bonds, and walls or outer pairs (each once).
    #[inline]
    pub fn energy(&self) -> i64 {
        let (lx, ly) = (i64::from(self.lattice.lx()), i64::from(self.lattice.ly()));
        let bonds = (lx - 1) * ly + lx * ly;
        2 * i64::from(self.bonds.unlike()) - bonds + self.lattice.outer_energy()
    }

    /// The orders of the lists, which the future of a run depends on.
    pub(crate) fn orders(&self) -> ([&[u32]; 4], [&[u32]; 2]) {
        (
            self.bonds.order(),
            [self.ends[0].order(), self.ends[1].order()],
        )
    }

    /// Puts the lists into a saved order; false if it does not fit the spins.
    pub(crate) fn reorder(&mut self, bonds: &[Vec<u32>; 4], ends: &[Vec<u32>; 2]) -> bool {
        self.bonds.reorder(bonds)
            && self
                .ends
                .iter_mut()
                .zip(ends)
                .all(|(end, order)| end.reorder(order))
    }

    /// Whether all that is kept in step equals what the spins alone give.
    ///
    /// Costs O(Lx·Ly); for tests.
    pub fn is_consistent(&self) -> bool {
        let (lx, ly) = (self.lattice.lx(), self.lattice.ly());
        let up: Vec<bool> = self
            .lattice
            .sites()
            .iter()
            .map(|code| code & 1 == 1)
            .collect();
        let fresh = Configuration::of(Lattice::from_spins(lx, ly, self.lattice.boundary(), &up));
        let ends = [Side::Left, Side::Right].into_iter().all(|side| {
            let sorted = |configuration: &Configuration| {
                let mut plus = configuration.end(side).plus().to_vec();
                plus.sort_unstable();
                plus
            };
            sorted(self) == sorted(&fresh)
        });
        ends && self.lattice.agrees_with(&fresh.lattice)
            && self.bonds.agree_with(&self.lattice)
            && self.energy() == fresh.energy()
    }
}
