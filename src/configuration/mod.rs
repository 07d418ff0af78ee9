//! A configuration: the spins, the exchanges that they allow, and the end columns
//! sorted by spin. The moves of the model change it in O(1).

pub mod bonds;
pub mod brush;
pub(crate) mod ends;
pub(crate) mod hop;
pub(crate) mod key;
pub(crate) mod patch;
pub(crate) mod transition;

use crate::lattice::{Bond, Lattice, Side};
use crate::params::Params;
use crate::random::Stream;
use crate::rates::family_of;
use bonds::Bonds;
use brush::{Brush, Change};
use ends::EndColumn;
use hop::Hops;
use key::{Key, Shape, is_up};
use patch::Patches;
use transition::Transitions;

/// The spins with all that the dynamics need to know of them.
#[derive(Clone, Debug)]
pub struct Configuration {
    lattice: Lattice,
    bonds: Bonds,
    ends: [EndColumn; 2],
    patches: Patches,
    transitions: Transitions,
    /// Known at once, where the lattice has room for them.
    hops: Option<Hops>,
    paths: Paths,
}

/// How often each way through the event loop was gone, so that a test can tell which it has
/// tested. They lead to the same end; which is gone is no part of a run's state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// Exchanges.
    pub exchanges: u64,
    /// Other changes of the lattice: flips, and what a flip or an exchange is to a site that
    /// has the spin as its outer neighbour.
    pub others: u64,
    /// Changes whose transition was not at hand and had to be worked out.
    pub worked_out: u64,
    /// Exchanges that were hops of a lone spin, known as such at once.
    pub lone: u64,
    /// Exchanges whose patch goes on over the lattice's edge in y.
    pub across_edge: u64,
    /// Exchanges that changed neither rates nor energy nor end columns.
    pub silent: u64,
}

/// What an exchange has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exchanged {
    pub effect: Effect,
    /// The family of the exchange.
    pub family: usize,
    /// 1 if a plus went right or up, −1 if left or down.
    pub direction: i32,
}

/// What a change of the configuration has left as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// All rates, the energy and the end columns: nothing has changed but where spins are.
    Silent,
    /// Nothing of that: rates are to be summed anew.
    RatesChanged,
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
        let (lx, ly) = (lattice.lx(), lattice.ly());
        let patches = Patches::new(lx, ly, Bonds::digits(ly));
        Configuration {
            lattice,
            bonds,
            ends,
            hops: Hops::new(&patches, ly),
            patches,
            transitions: Transitions::new(),
            paths: Paths::default(),
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

    /// Exchanges the unlike spins of a bond. Where that changes rates, `before` is called first,
    /// with the configuration as it still is.
    #[inline(always)]
    pub(crate) fn exchange(&mut self, bond: Bond, before: impl FnOnce(&Self)) -> Exchanged {
        debug_assert!(
            Bonds::exchange(&self.lattice, bond).is_some(),
            "an exchange of equal spins"
        );
        // Before the ways part, which cannot be foreseen.
        let window = self.lattice.window(bond.x as usize, bond.y as usize);
        if bond.horizontal {
            self.exchange_along(Shape::Horizontal, bond, window, before)
        } else {
            self.exchange_along(Shape::Vertical, bond, window, before)
        }
    }

    #[inline(always)]
    fn exchange_along(
        &mut self,
        shape: Shape,
        bond: Bond,
        window: u64,
        before: impl FnOnce(&Self),
    ) -> Exchanged {
        let horizontal = shape == Shape::Horizontal;
        let (x, y) = (bond.x as usize, bond.y as usize);
        let zone = self.lattice.row_zone(y);
        self.paths.exchanges += 1;
        self.paths.across_edge += u64::from(zone != 0);
        let inner = self.lattice.is_inner(x, horizontal);
        let key = self.patches.key(shape, x, window);
        let offsets = self.patches.offsets(zone, shape);
        let first = self.bonds.first_of(x, y);
        let lone = self
            .hops
            .as_ref()
            .and_then(|hops| hops.find(key, window, shape));
        let (effect, family) = if let Some(replaced) = lone {
            self.paths.lone += 1;
            self.bonds.replace(replaced, first, offsets);
            (Effect::Silent, const { family_of(4, 1) })
        } else {
            let slot = self.find(shape, key);
            let offsets = self.patches.offsets(zone, shape);
            let transition = self.transitions.cached(slot);
            let family = transition.family();
            if inner && transition.is_silent() {
                self.paths.silent += 1;
                self.bonds.replace_all(transition, first, offsets);
                (Effect::Silent, family)
            } else {
                before(self);
                let transition = self.transitions.cached(slot);
                self.bonds.apply(transition, first, offsets);
                (Effect::RatesChanged, family)
            }
        };
        let direction = if is_up(window) { 1 } else { -1 };
        self.lattice.exchange(bond, direction);
        if !inner {
            self.turned_at_end(bond);
        }
        Exchanged {
            effect,
            family,
            direction,
        }
    }

    /// The slot of the cached transition of a change.
    #[inline(always)]
    fn find(&mut self, shape: Shape, key: Key) -> usize {
        self.transitions.find(key, || {
            self.paths.worked_out += 1;
            self.patches.of(shape)
        })
    }

    /// How often each way through the event loop was gone.
    pub fn paths(&self) -> Paths {
        self.paths
    }

    /// Brings what is known of the end columns up to date after an exchange that may reach them.
    #[inline(never)]
    fn turned_at_end(&mut self, bond: Bond) {
        let (x, y) = (bond.x as usize, bond.y as usize);
        let second = if bond.horizontal {
            (x + 1, y)
        } else {
            (x, self.lattice.above(y))
        };
        let turned = [(x, y), second].map(|(x, y)| self.lattice.side(x).map(|side| (side, y)));
        for (side, y) in turned.into_iter().flatten() {
            self.turned_in(side, y);
        }
        // Last, since the reader may be the other one of the two.
        for (side, y) in turned.into_iter().flatten() {
            self.read_by_another(side, y);
        }
    }

    /// Brings what is known of an end column up to date after a spin in it has been turned over.
    #[inline]
    fn turned_in(&mut self, side: Side, y: usize) {
        self.ends[side as usize].turn(y as u32);
        self.lattice.count_outer(side, y);
    }

    /// Tells the site that has a spin of an end column as its outer neighbour of its turn.
    #[inline]
    fn read_by_another(&mut self, side: Side, y: usize) {
        if let Some(reader) = self.lattice.reader(y) {
            let shape = match side {
                Side::Left => Shape::LeftOuter,
                Side::Right => Shape::RightOuter,
            };
            self.change_bonds(shape, self.lattice.column_of(side), reader);
            self.lattice.turn_outer(side, reader);
        }
    }

    /// Has the lists of bonds as they are after a change that is still to come.
    fn change_bonds(&mut self, shape: Shape, x: usize, y: usize) {
        self.paths.others += 1;
        let key = self.patches.key(shape, x, self.lattice.window(x, y));
        let slot = self.find(shape, key);
        let offsets = self.patches.offsets(self.lattice.row_zone(y), shape);
        let first = self.bonds.first_of(x, y);
        self.bonds
            .apply(self.transitions.cached(slot), first, offsets);
    }

    /// Flips the spin in row `y` of an end column; returns its new value.
    #[inline]
    pub(crate) fn flip(&mut self, side: Side, y: u32) -> i32 {
        self.turn(self.lattice.column_of(side), y as usize, Some(side))
    }

    /// Turns a spin over, which stands in the end column `side` if in any; returns its new value.
    #[inline]
    fn turn(&mut self, x: usize, y: usize, side: Option<Side>) -> i32 {
        self.change_bonds(Shape::Flip, x, y);
        let spin = self.lattice.turn(x, y);
        if let Some(side) = side {
            self.turned_in(side, y);
            self.read_by_another(side, y);
        }
        spin
    }

    /// Gives the sites of a brush its spin.
    pub(crate) fn paint(&mut self, brush: Brush) -> Change {
        let mut change = Change::default();
        for (x, y) in brush.sites(self.lattice.lx(), self.lattice.ly()) {
            if (self.lattice.spin(x, y) == 1) != brush.up {
                let side = self.lattice.side(x as usize);
                let spin = i64::from(self.turn(x as usize, y as usize, side));
                change.pluses += spin;
                change.moment += spin * (i64::from(x) + 1);
            }
        }
        change
    }

    /// H of the configuration: lattice bonds, and walls or outer pairs (each once).
    #[inline]
    pub fn energy(&self) -> i64 {
        let (lx, ly) = (i64::from(self.lattice.lx()), i64::from(self.lattice.ly()));
        let bonds = (lx - 1) * ly + lx * ly;
        2 * i64::from(self.bonds.unlike()) - bonds + self.lattice.outer_energy()
    }

    /// The orders of the lists, which the future of a run depends on.
    pub(crate) fn orders(&self) -> ([Vec<u32>; 4], [&[u32]; 2]) {
        (
            self.bonds.order(),
            [self.ends[0].order(), self.ends[1].order()],
        )
    }

    /// Puts the lists into a saved order; false if it does not fit the spins.
    pub(crate) fn reorder(&mut self, bonds: &[Vec<u32>; 4], ends: &[Vec<u32>; 2]) -> bool {
        self.bonds.reorder(&self.lattice, bonds)
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
        let up: Vec<bool> = self.lattice.sites().iter().map(|&up| up == 1).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Boundary;
    use crate::rates::CLASSES;

    /// The hop of a lone spin that is known at once does the same as one that is looked up, the
    /// order of the lists included; so what is shown of small lattices, which have no room for
    /// it, holds for all.
    #[test]
    fn lone_hops_are_like_any_others() {
        let mut stream = Stream::new(11, 0);
        // Miri takes a thousand times as long.
        let moves = if cfg!(miri) { 400 } else { 20_000 };
        for boundary in [Boundary::Fixed, Boundary::Shifted(3)] {
            let up: Vec<bool> = (0..16 * 14).map(|_| stream.below(24) == 0).collect();
            let mut quick = Configuration::of(Lattice::from_spins(16, 14, boundary, &up));
            let mut plain = quick.clone();
            plain.hops = None;
            for _ in 0..moves {
                let (bonds, kind) = (quick.bonds(), stream.below(CLASSES as u32) as usize);
                if bonds.number(kind) > 0 {
                    let bond = bonds.listed(kind, stream.below(bonds.number(kind)));
                    let done = [&mut quick, &mut plain].map(|each| each.exchange(bond, |_| {}));
                    assert_eq!(done[0], done[1]);
                    assert_eq!(quick.orders(), plain.orders());
                    assert!(quick.lattice.agrees_with(&plain.lattice));
                }
            }
            assert!(quick.paths().lone > moves / 200, "{:?}", quick.paths());
            assert_eq!(plain.paths().lone, 0);
        }
    }
}
