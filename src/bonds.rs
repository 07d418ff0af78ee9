//! Which exchanges are possible, listed by the class of their rate.
//!
//! Every site owns two bonds: 2·site to its upper, 2·site + 1 to its right
//! neighbour. The bonds of a class stand in a list, so that one of them can be drawn
//! at once and moved between lists in O(1).

use crate::lattice::{Lattice, UP};
pub use crate::transition::CLASSES;
use crate::transition::{IDLE, SORTS, Transition, class, sort};
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
    /// Where a listed bond stands in `lists`.
    place: Vec<u32>,
    /// The lists of the classes, interleaved: place n of a class's list is CLASSES·n + class.
    lists: Vec<u32>,
    length: [u32; CLASSES],
    /// Horizontal bonds that would move a plus to the right, less those that would move one to
    /// the left, by sort.
    excess: [i32; SORTS],
}

impl Bonds {
    /// The bonds of a lattice, listed in the order of their numbers.
    pub fn new(lattice: &Lattice) -> Self {
        let bonds = 2 * lattice.codes().len();
        let mut all = Bonds {
            place: vec![0; bonds],
            lists: vec![0; CLASSES * bonds],
            length: [0; CLASSES],
            excess: [0; SORTS],
        };
        for bond in Bonds::numbers(lattice) {
            let class = Bonds::state(lattice, bond);
            if class != IDLE {
                all.insert(bond as usize, usize::from(class));
                if bond % 2 == 1 {
                    let [first, second] =
                        Bonds::ends(lattice, bond).map(|site| lattice.codes()[site]);
                    all.excess[sort(first, second)] += 2 * i32::from(first & UP) - 1;
                }
            }
        }
        all
    }

    /// The numbers of the bonds that sites of the lattice own.
    fn numbers(lattice: &Lattice) -> std::ops::Range<u32> {
        let first = lattice.site(0, 0) as u32;
        2 * first..2 * (first + lattice.lx() * lattice.ly())
    }

    /// The class of a bond's exchange by the bytes of its sites, or IDLE.
    #[inline]
    fn state(lattice: &Lattice, bond: u32) -> u8 {
        let [first, second] = Bonds::ends(lattice, bond);
        class(lattice.codes()[first], lattice.codes()[second])
    }

    /// The bonds of a class that can exchange now, in the order of their list.
    pub fn list(&self, class: usize) -> impl ExactSizeIterator<Item = u32> {
        let length = self.length[class] as usize;
        self.lists
            .iter()
            .skip(class)
            .step_by(CLASSES)
            .take(length)
            .copied()
    }

    /// The bond at a place of the list of a class.
    ///
    /// # Panics
    /// Panics if the list is not so long.
    #[inline]
    #[expect(unsafe_code, reason = "the event loop")]
    pub(crate) fn listed(&self, class: usize, place: u32) -> u32 {
        assert!(place < self.length[class]);
        // SAFETY: the list reaches so far.
        unsafe { at(&self.lists, CLASSES * place as usize + class) }
    }

    /// How many bonds of a class can exchange now.
    #[inline]
    pub(crate) fn number(&self, class: usize) -> u32 {
        self.length[class]
    }

    /// The class of a bond's exchange, none if its spins are equal.
    #[inline]
    pub(crate) fn class(lattice: &Lattice, bond: u32) -> Option<usize> {
        let class = Bonds::state(lattice, bond);
        (class != IDLE).then_some(usize::from(class))
    }

    /// The sites of a bond: the left or lower one, then the other.
    #[inline]
    pub(crate) fn ends(lattice: &Lattice, bond: u32) -> [usize; 2] {
        let first = (bond / 2) as usize;
        let second = if bond % 2 == 1 {
            lattice.right(first)
        } else {
            lattice.above(first)
        };
        [first, second]
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

    /// Carries a transition out for a change whose first site is `first`.
    #[inline(always)]
    pub(crate) fn apply(&mut self, transition: &Transition, first: usize) {
        let bond = |offset: i16| (2 * first).wrapping_add_signed(isize::from(offset));
        for &offset in transition.removed() {
            self.remove(bond(offset));
        }
        self.replace(transition.replaced(), first);
        for (offset, class) in transition.inserted() {
            self.insert(bond(offset), class);
        }
        for (sum, change) in self.excess.iter_mut().zip(transition.excess()) {
            *sum += i32::from(change);
        }
    }

    /// Has bonds take the places of others; `replaced` is a transition's.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    pub(crate) fn replace(&mut self, replaced: &[[i16; 2]], first: usize) {
        let bond = |offset: i16| (2 * first).wrapping_add_signed(isize::from(offset));
        let mut places = [0; crate::patch::BONDS];
        // All are looked up before any is moved: a bond may leave one class and enter another.
        for (&[from, _], place) in replaced.iter().zip(&mut places) {
            // SAFETY: a transition names bonds of sites that the lattice has, by the bytes
            // around `first`, and those that leave a class are listed.
            *place = unsafe { at(&self.place, bond(from)) };
        }
        for (&[_, to], &place) in replaced.iter().zip(&places) {
            // SAFETY: as above.
            unsafe {
                *at_mut(&mut self.lists, place as usize) = bond(to) as u32;
                *at_mut(&mut self.place, bond(to)) = place;
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

    /// The lists in their present order, which the future of a run depends on.
    pub(crate) fn order(&self) -> [Vec<u32>; CLASSES] {
        std::array::from_fn(|class| self.list(class).collect())
    }

    /// Puts the lists into a saved order; false if it does not hold these bonds.
    pub(crate) fn reorder(&mut self, lattice: &Lattice, order: &[Vec<u32>; CLASSES]) -> bool {
        let numbers = Bonds::numbers(lattice);
        let mut seen = vec![false; self.place.len()];
        for (class, wanted) in order.iter().enumerate() {
            let same = self.number(class) as usize == wanted.len()
                && wanted.iter().all(|&bond| {
                    numbers.contains(&bond)
                        && Bonds::class(lattice, bond) == Some(class)
                        && !std::mem::replace(&mut seen[bond as usize], true)
                });
            if !same {
                return false;
            }
            for (n, &bond) in wanted.iter().enumerate() {
                let place = CLASSES * n + class;
                self.lists[place] = bond;
                self.place[bond as usize] = place as u32;
            }
        }
        true
    }

    /// Whether every bond's list is that of its class in the lattice.
    pub(crate) fn agree_with(&self, lattice: &Lattice) -> bool {
        let fresh = Bonds::new(lattice);
        let listed = (0..CLASSES).all(|class| {
            self.list(class).enumerate().all(|(n, bond)| {
                self.place[bond as usize] as usize == CLASSES * n + class
                    && Bonds::class(lattice, bond) == Some(class)
            })
        });
        listed && fresh.length == self.length && fresh.excess == self.excess
    }
}
