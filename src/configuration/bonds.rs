//! Which exchanges are possible, listed by the class of their rate.
//!
//! Every site owns two bonds: 2·site to its upper, 2·site + 1 to its right neighbour, where sites
//! are numbered column by column with a power of two for each, so that a number tells where it is
//! without a division. The bonds of a class stand in a list, so that one of them can be drawn at
//! once and moved between lists in O(1).

use super::patch::{self, Offsets};
use super::transition::{Transition, USUALLY};
use crate::lattice::exchange::Exchange;
use crate::lattice::{Bond, Lattice};
use crate::rates::{CLASSES, SORTS};
use std::mem::MaybeUninit;
use unchecked::{at, at_mut};

/// Indexing without bounds checks, which would cost an event a sixth of its time.
mod unchecked {
    /// The element at an index.
    ///
    /// # Safety
    /// `index` is less than the length of `slice`.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    pub(super) unsafe fn at<T: Copy>(slice: &[T], index: usize) -> T {
        debug_assert!(index < slice.len());
        // SAFETY: the caller's promise.
        unsafe { *slice.get_unchecked(index) }
    }

    /// The element at an index, to be changed.
    ///
    /// # Safety
    /// `index` is less than the length of `slice`.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    pub(super) unsafe fn at_mut<T>(slice: &mut [T], index: usize) -> &mut T {
        debug_assert!(index < slice.len());
        // SAFETY: the caller's promise.
        unsafe { slice.get_unchecked_mut(index) }
    }
}

/// The bonds by the class of their exchange.
#[derive(Clone, Debug)]
pub struct Bonds {
    lx: u32,
    ly: u32,
    /// Binary digits of a row in a bond's number.
    digits: u32,
    /// Where a listed bond stands in `lists`.
    place: Vec<u32>,
    /// The lists of the classes, interleaved: place n of a class's list is CLASSES·n + class.
    lists: Vec<u32>,
    length: [u32; CLASSES],
    /// Horizontal bonds that would move a plus to the right, less those that would move one to
    /// the left, by sort.
    excess: [i32; SORTS],
}

/// Columns before the first one in the numbers of bonds that are saved.
const SAVED_PADDING: u32 = 2;

impl Bonds {
    /// The bonds of a lattice, listed in the order of their numbers.
    pub fn new(lattice: &Lattice) -> Self {
        let (lx, ly) = (lattice.lx(), lattice.ly());
        let digits = Bonds::digits(ly);
        let numbers = (2 * lx as usize) << digits;
        let mut all = Bonds {
            lx,
            ly,
            digits,
            place: vec![0; numbers],
            lists: vec![0; CLASSES * numbers],
            length: [0; CLASSES],
            excess: [0; SORTS],
        };
        for bond in all.all() {
            if let Some(exchange) = Bonds::exchange(lattice, bond) {
                all.insert(all.number_of(bond) as usize, exchange.class);
                if bond.horizontal {
                    all.excess[exchange.sort] += exchange.direction;
                }
            }
        }
        all
    }

    /// Binary digits of the numbers of `ly` rows.
    pub(crate) fn digits(ly: u32) -> u32 {
        ly.next_power_of_two().trailing_zeros()
    }

    /// All bonds of the lattice, in the order of their numbers.
    fn all(&self) -> impl Iterator<Item = Bond> + use<> {
        let (lx, ly) = (self.lx, self.ly);
        let sites = (0..lx).flat_map(move |x| (0..ly).map(move |y| (x, y)));
        let both =
            sites.flat_map(|(x, y)| [false, true].map(|horizontal| Bond { x, y, horizontal }));
        both.filter(move |bond| !bond.horizontal || bond.x + 1 < lx)
    }

    /// The number of a site's first bond, the one to the site above.
    #[inline(always)]
    pub(crate) fn first_of(&self, x: usize, y: usize) -> u32 {
        2 * ((x as u32) << self.digits | y as u32)
    }

    /// A bond's number.
    #[inline(always)]
    fn number_of(&self, bond: Bond) -> u32 {
        self.first_of(bond.x as usize, bond.y as usize) + u32::from(bond.horizontal)
    }

    /// The bond of a number.
    #[inline(always)]
    fn numbered(&self, number: u32) -> Bond {
        let rows = (1 << self.digits) - 1;
        Bond {
            x: number >> (self.digits + 1),
            y: number >> 1 & rows,
            horizontal: number % 2 == 1,
        }
    }

    /// The exchange over a bond of the lattice, none if its spins are equal.
    #[inline]
    pub(crate) fn exchange(lattice: &Lattice, bond: Bond) -> Option<Exchange> {
        debug_assert!(!bond.horizontal || bond.x + 1 < lattice.lx());
        let window = lattice.window(bond.x as usize, bond.y as usize);
        Exchange::of(window, bond.horizontal)
    }

    /// The bonds of a class that can exchange now, in the order of their list.
    pub fn list(&self, class: usize) -> impl ExactSizeIterator<Item = Bond> {
        let length = self.number(class) as usize;
        let listed = self.lists.iter().skip(class).step_by(CLASSES);
        listed.take(length).map(|&number| self.numbered(number))
    }

    /// The bond at a place of the list of a class.
    ///
    /// # Panics
    /// Panics if the list is not so long.
    #[inline]
    #[expect(unsafe_code, reason = "the event loop")]
    pub(crate) fn listed(&self, class: usize, place: u32) -> Bond {
        assert!(place < self.length[class]);
        // SAFETY: the list reaches so far.
        self.numbered(unsafe { at(&self.lists, CLASSES * place as usize + class) })
    }

    /// How many bonds of a class can exchange now.
    #[inline]
    pub(crate) fn number(&self, class: usize) -> u32 {
        self.length[class]
    }

    /// Horizontal bonds that would move a plus to the right, less those that would move one to
    /// the left, by sort: twice the family of the exchange, and 1 more if it costs energy.
    #[inline]
    pub fn rightward_excess(&self) -> [i32; SORTS] {
        self.excess
    }

    /// Bonds of the lattice with unlike spins.
    #[inline]
    pub fn unlike(&self) -> u32 {
        self.length.iter().sum()
    }

    /// Carries a transition out for a change whose patch has the bonds `offsets` beside `first`.
    #[inline(never)]
    pub(crate) fn apply(&mut self, transition: &Transition, first: u32, offsets: &Offsets) {
        for &bond in transition.removed() {
            self.remove(offsets.bond(first, bond) as usize);
        }
        self.replace_all(transition, first, offsets);
        for (bond, class) in transition.inserted() {
            self.insert(offsets.bond(first, bond) as usize, class);
        }
        for (sum, change) in self.excess.iter_mut().zip(transition.excess()) {
            *sum += i32::from(change);
        }
    }

    /// Carries a silent transition out, or those of the bonds replaced of any.
    #[inline(always)]
    pub(crate) fn replace_all(&mut self, transition: &Transition, first: u32, offsets: &Offsets) {
        let replaced = transition.replaced();
        match <&[_; USUALLY]>::try_from(replaced) {
            Ok(replaced) => self.replace(replaced, first, offsets),
            Err(_) => self.replace(replaced, first, offsets),
        }
    }

    /// Has bonds take the places of others; `replaced` is a transition's.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    pub(crate) fn replace(&mut self, replaced: &[[u8; 2]], first: u32, offsets: &Offsets) {
        // Not filled with zeros first, which costs a browser 2 % of an event.
        let mut places = [const { MaybeUninit::uninit() }; patch::BONDS];
        // All are looked up before any is moved: a bond may leave one class and enter another.
        for (&[from, _], place) in replaced.iter().zip(&mut places) {
            // SAFETY: a transition names bonds that the lattice has, by the spins around its
            // first site, and those that leave a class are listed.
            place.write(unsafe { at(&self.place, offsets.bond(first, from) as usize) });
        }
        for (&[_, to], place) in replaced.iter().zip(&places) {
            let bond = offsets.bond(first, to);
            // SAFETY: as above, and as many places have been looked up.
            unsafe {
                let place = place.assume_init();
                *at_mut(&mut self.lists, place as usize) = bond;
                *at_mut(&mut self.place, bond as usize) = place;
            }
        }
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn insert(&mut self, bond: usize, class: usize) {
        let place = CLASSES * self.length[class] as usize + class;
        self.length[class] += 1;
        // SAFETY: `bond` is a bond and on no list, and each list has room for all of them.
        unsafe {
            *at_mut(&mut self.lists, place) = bond as u32;
            *at_mut(&mut self.place, bond) = place as u32;
        }
    }

    /// Takes a bond off its list; the last one takes its place.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn remove(&mut self, bond: usize) {
        // SAFETY: `bond` is a bond and listed, so that its list is not empty; what is listed
        // are bonds.
        unsafe {
            let place = at(&self.place, bond);
            let class = place as usize % CLASSES;
            let last = self.length[class].wrapping_sub(1);
            self.length[class] = last;
            let moved = at(&self.lists, CLASSES * last as usize + class);
            *at_mut(&mut self.lists, place as usize) = moved;
            *at_mut(&mut self.place, moved as usize) = place;
        }
    }

    /// The number of a bond in what is saved: column by column without gaps.
    fn saved(&self, bond: Bond) -> u32 {
        2 * ((bond.x + SAVED_PADDING) * self.ly + bond.y) + u32::from(bond.horizontal)
    }

    /// The bond of a saved number, if it is one.
    fn of_saved(&self, saved: u32) -> Option<Bond> {
        let bond = Bond {
            x: (saved / 2 / self.ly).checked_sub(SAVED_PADDING)?,
            y: saved / 2 % self.ly,
            horizontal: saved % 2 == 1,
        };
        (bond.x + u32::from(bond.horizontal) < self.lx).then_some(bond)
    }

    /// The lists in their present order, which the future of a run depends on, as they are saved.
    pub(crate) fn order(&self) -> [Vec<u32>; CLASSES] {
        std::array::from_fn(|class| self.list(class).map(|bond| self.saved(bond)).collect())
    }

    /// Puts the lists into a saved order; false if it does not hold these bonds.
    pub(crate) fn reorder(&mut self, lattice: &Lattice, order: &[Vec<u32>; CLASSES]) -> bool {
        let mut seen = vec![false; self.place.len()];
        for (class, wanted) in order.iter().enumerate() {
            if self.number(class) as usize != wanted.len() {
                return false;
            }
            for (n, &saved) in wanted.iter().enumerate() {
                let Some(bond) = self.of_saved(saved) else {
                    return false;
                };
                let number = self.number_of(bond);
                let its = Bonds::exchange(lattice, bond).map(|exchange| exchange.class);
                let again = std::mem::replace(&mut seen[number as usize], true);
                if its != Some(class) || again {
                    return false;
                }
                let place = CLASSES * n + class;
                self.lists[place] = number;
                self.place[number as usize] = place as u32;
            }
        }
        true
    }

    /// Whether every bond's list is that of its class in the lattice.
    pub(crate) fn agree_with(&self, lattice: &Lattice) -> bool {
        let fresh = Bonds::new(lattice);
        let listed = (0..CLASSES).all(|class| {
            self.list(class).enumerate().all(|(n, bond)| {
                let its = Bonds::exchange(lattice, bond).map(|exchange| exchange.class);
                let place = self.place[self.number_of(bond) as usize];
                place as usize == CLASSES * n + class && its == Some(class)
            })
        });
        listed && fresh.length == self.length && fresh.excess == self.excess
    }
}
