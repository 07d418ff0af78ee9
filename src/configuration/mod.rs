//! A configuration: the spins, the exchanges that they allow, and the end columns
//! sorted by spin. The moves of the model change it in O(1).

pub mod bonds;
pub mod brush;
pub(crate) mod ends;
pub(crate) mod hop;
pub(crate) mod key;
pub(crate) mod patch;
pub(crate) mod transition;

use crate::lattice::{Bond, Lattice, Side, unlike_in};
use crate::params::{Boundary, Params, Reservoirs};
use crate::random::Stream;
use crate::rates::family_of;
use bonds::Bonds;
use brush::{Brush, Change};
use ends::{EndClasses, EndColumn};
use hop::Hops;
use key::{Key, Shape, is_up};
use patch::Patches;
use transition::{Transition, Transitions};

/// Both ends, in the order in which they are kept.
const SIDES: [Side; 2] = [Side::Left, Side::Right];

/// The spins with all that the dynamics need to know of them.
#[derive(Clone, Debug)]
pub struct Configuration {
    lattice: Lattice,
    bonds: Bonds,
    ends: [EndColumn; 2],
    /// What the end sites are to their flips, for balanced reservoirs.
    classes: Option<Box<[EndClasses; 2]>>,
    /// Σ_y σh of the end columns, h the sum of a site's four energy neighbours.
    alignment: [i32; 2],
    /// By how much H has changed more than the moves have paid for, since it was taken.
    stray: i64,
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
    /// Whether it may have changed spins or neighbours of an end column.
    pub near_end: bool,
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
        Configuration::between(params.reservoirs, Lattice::new(params, stream))
    }

    /// The configuration of a given lattice, with what its reservoirs need to know of it.
    pub(crate) fn between(reservoirs: Reservoirs, lattice: Lattice) -> Self {
        let mut configuration = Configuration::of(lattice);
        if reservoirs == Reservoirs::Balanced {
            let lattice = &configuration.lattice;
            let classes = SIDES.map(|side| EndClasses::new(lattice, side));
            configuration.classes = Some(Box::new(classes));
        }
        configuration
    }

    /// The configuration of a given lattice, every list in its natural order.
    pub fn of(lattice: Lattice) -> Self {
        let bonds = Bonds::new(&lattice);
        let ends = SIDES.map(|side| EndColumn::new(&lattice, side));
        let alignment = SIDES.map(|side| {
            let x = lattice.column_of(side);
            let rows = 0..lattice.ly() as usize;
            rows.map(|y| 4 - 2 * lattice.unlike_around(x, y) as i32)
                .sum()
        });
        let (lx, ly) = (lattice.lx(), lattice.ly());
        let patches = Patches::new(lx, ly, Bonds::digits(ly));
        Configuration {
            lattice,
            bonds,
            ends,
            classes: None,
            alignment,
            stray: 0,
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

    /// What the sites of the end columns are to their flips; kept for balanced reservoirs alone.
    #[inline]
    pub(crate) fn end_classes(&self) -> Option<&[EndClasses; 2]> {
        self.classes.as_deref()
    }

    /// Σ_y σh of the end columns, h the sum of a site's four energy neighbours.
    #[inline]
    pub(crate) fn alignment(&self) -> [i32; 2] {
        self.alignment
    }

    /// Σ_y h of the end columns.
    #[inline]
    pub(crate) fn fields(&self) -> [i32; 2] {
        let sums = self.lattice.column_sums();
        let (last, ly) = (sums.len() - 1, self.lattice.ly() as i32);
        let outer = match self.lattice.boundary() {
            Boundary::Fixed => [-ly, ly],
            Boundary::Shifted(_) => [sums[0], sums[last]],
        };
        [
            2 * sums[0] + sums[1] + outer[0],
            2 * sums[last] + sums[last - 1] + outer[1],
        ]
    }

    /// By how much H has changed more than the moves have paid for, since this was asked last: with
    /// one-way outer neighbours nobody pays for those of others.
    #[inline]
    pub(crate) fn take_stray(&mut self) -> i64 {
        std::mem::take(&mut self.stray)
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
        let mut near_end = false;
        let (mut effect, family) = if let Some(replaced) = lone {
            self.paths.lone += 1;
            self.bonds.replace(replaced, first, offsets);
            (Effect::Silent, const { family_of(4, 1) })
        } else {
            let slot = self.find(shape, key);
            let offsets = self.patches.offsets(zone, shape);
            let transition = self.transitions.cached(slot);
            let family = transition.family();
            if !key.is_far() {
                let aligned = align_near(&mut self.alignment, transition);
                // Where spins go along a column beside an end, it may not tell.
                near_end = aligned || horizontal || !inner || self.classes.is_some();
            }
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
        if near_end && self.classes.is_some() {
            self.sort_both(bond);
            effect = Effect::RatesChanged;
        }
        Exchanged {
            effect,
            family,
            direction,
            near_end,
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
        let turned = self
            .sites_of(bond)
            .map(|(x, y)| self.lattice.side(x).map(|side| (side, y)));
        self.turned_in_columns(turned);
    }

    /// The sites of a bond.
    fn sites_of(&self, bond: Bond) -> [(usize, usize); 2] {
        let (x, y) = (bond.x as usize, bond.y as usize);
        let second = if bond.horizontal {
            (x + 1, y)
        } else {
            (x, self.lattice.above(y))
        };
        [(x, y), second]
    }

    /// The same after a change that has turned some spins of end columns.
    #[inline]
    fn turned_in_columns<const N: usize>(&mut self, turned: [Option<(Side, usize)>; N]) {
        if self.lattice.is_one_way() {
            // As it was before, less what is paid for.
            self.stray -= self.lattice.outer_energy();
            for (side, y) in turned.into_iter().flatten() {
                self.stray -= self.lattice.outer_cost(side, y);
            }
        }
        for (side, y) in turned.into_iter().flatten() {
            self.turned_in(side, y);
        }
        // Last, since the reader may be the other one of the two.
        for (side, y) in turned.into_iter().flatten() {
            self.read_by_another(side, y);
        }
        if self.lattice.is_one_way() {
            self.stray += self.lattice.outer_energy();
        }
    }

    /// Sorts the end sites anew that have one of the spins of a bond, or one of them beside them.
    #[inline(never)]
    fn sort_both(&mut self, bond: Bond) {
        for (x, y) in self.sites_of(bond) {
            self.sort_around(x, y);
        }
    }

    /// Sorts the end sites anew that have a spin, or have it beside them.
    fn sort_around(&mut self, x: usize, y: usize) {
        let (lattice, Some(classes)) = (&self.lattice, &mut self.classes) else {
            return;
        };
        for (side, classes) in SIDES.into_iter().zip(classes.iter_mut()) {
            match x.abs_diff(lattice.column_of(side)) {
                0 => {
                    let reader = lattice.reader(y);
                    let below = lattice.below(y);
                    for y in [y, lattice.above(y), below].into_iter().chain(reader) {
                        classes.sort(lattice, side, y);
                    }
                }
                1 => classes.sort(lattice, side, y),
                _ => {}
            }
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

    /// Has the lists of bonds as they are after a change that is still to come; returns the window
    /// around it.
    fn change_bonds(&mut self, shape: Shape, x: usize, y: usize) -> u64 {
        self.paths.others += 1;
        let key = self.patches.key(shape, x, self.lattice.window(x, y));
        let slot = self.find(shape, key);
        let offsets = self.patches.offsets(self.lattice.row_zone(y), shape);
        let first = self.bonds.first_of(x, y);
        let transition = self.transitions.cached(slot);
        align(&mut self.alignment, transition);
        self.bonds.apply(transition, first, offsets);
        key.window()
    }

    /// Flips the spin in row `y` of an end column; returns its new value, and ΔH.
    #[inline]
    pub(crate) fn flip(&mut self, side: Side, y: u32) -> (i32, i32) {
        self.turn(self.lattice.column_of(side), y as usize, Some(side))
    }

    /// Turns a spin over, which stands in the end column `side` if in any; returns its new value,
    /// and ΔH.
    #[inline]
    fn turn(&mut self, x: usize, y: usize, side: Option<Side>) -> (i32, i32) {
        let window = self.change_bonds(Shape::Flip, x, y);
        let spin = self.lattice.turn(x, y);
        if let Some(side) = side {
            self.turned_in_columns([Some((side, y))]);
        }
        if self.classes.is_some() {
            self.sort_around(x, y);
        }
        (spin, 8 - 4 * unlike_in(window) as i32)
    }

    /// Gives the sites of a brush its spin.
    pub(crate) fn paint(&mut self, brush: Brush) -> Change {
        let mut change = Change::default();
        for (x, y) in brush.sites(self.lattice.lx(), self.lattice.ly()) {
            if (self.lattice.spin(x, y) == 1) != brush.up {
                let side = self.lattice.side(x as usize);
                let spin = i64::from(self.turn(x as usize, y as usize, side).0);
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
    pub(crate) fn orders(&self) -> ([Vec<u32>; 4], [Vec<u32>; 2]) {
        let ends = match &self.classes {
            None => [&self.ends[0], &self.ends[1]].map(|end| end.order().to_vec()),
            Some(classes) => [&classes[0], &classes[1]].map(EndClasses::order),
        };
        (self.bonds.order(), ends)
    }

    /// Puts the lists into a saved order; false if it does not fit the spins.
    pub(crate) fn reorder(&mut self, bonds: &[Vec<u32>; 4], ends: &[Vec<u32>; 2]) -> bool {
        self.bonds.reorder(&self.lattice, bonds)
            && match &mut self.classes {
                None => {
                    let mut pairs = self.ends.iter_mut().zip(ends);
                    pairs.all(|(end, order)| end.reorder(order))
                }
                Some(classes) => {
                    let mut pairs = classes.iter_mut().zip(ends);
                    pairs.all(|(classes, order)| classes.reorder(order))
                }
            }
    }

    /// Whether all that is kept in step equals what the spins alone give.
    ///
    /// Costs O(Lx·Ly); for tests.
    pub fn is_consistent(&self) -> bool {
        let (lx, ly) = (self.lattice.lx(), self.lattice.ly());
        let up: Vec<bool> = self.lattice.sites().iter().map(|&up| up == 1).collect();
        let fresh = Configuration::of(Lattice::from_spins(lx, ly, self.lattice.boundary(), &up));
        let classes = self.classes.iter().all(|classes| {
            let mut sides = SIDES.into_iter().zip(classes.iter());
            sides.all(|(side, classes)| classes.agrees_with(&self.lattice, side))
        });
        let ends = SIDES.into_iter().all(|side| {
            let sorted = |configuration: &Configuration| {
                let mut plus = configuration.end(side).plus().to_vec();
                plus.sort_unstable();
                plus
            };
            sorted(self) == sorted(&fresh)
        });
        ends && classes
            && self.alignment == fresh.alignment
            && self.lattice.agrees_with(&fresh.lattice)
            && self.bonds.agree_with(&self.lattice)
            && self.energy() == fresh.energy()
    }
}

/// Takes in what a transition changes of Σ_y σh of the end columns.
#[inline(always)]
fn align(sums: &mut [i32; 2], transition: &Transition) {
    for (sum, change) in sums.iter_mut().zip(transition.alignment()) {
        *sum += i32::from(change);
    }
}

/// The same of an exchange near an end; whether they change. Apart from the event loop, where it is
/// rare.
#[inline(never)]
fn align_near(sums: &mut [i32; 2], transition: &Transition) -> bool {
    align(sums, transition);
    transition.alignment() != [0; 2]
}

#[cfg(test)]
mod tests {
    use super::*;
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
