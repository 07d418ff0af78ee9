//! What a change does to the lists of bonds: looked up, not computed anew.
//!
//! Which bonds enter, leave or change a class depends on the spins of the patch alone, and few
//! patches make most of the moves: at L = 40, β = 1 in the step the last 8192 leave out one in
//! sixty. So what a change does is worked out once, and cached under the spins of its patch.
//! What is cached is a function of these spins, so that it never matters what was cached before.

use super::key::Key;
use super::patch::{BONDS, Patch};
use crate::lattice::exchange::{Among, States, digit};
use crate::rates::{CLASSES, FAMILIES, SORTS};

/// Most that a transition asks of the lists: every bond leaves a class and enters another, but
/// for the six between a spin that turns over and one that stays, which have unlike spins either
/// before or afterwards.
const OPERATIONS: usize = 2 * BONDS - 6;
/// Room for them in a line of the cache.
const ROOM: usize = 42;

/// In the nature of a transition: no rate changes.
const SILENT: u8 = 128;
/// Bonds that are replaced in nearly all transitions, or fewer: then one is replaced by the same
/// again, which changes nothing, so that there is no branch by their number.
pub(crate) const USUALLY: usize = 5;
/// In the name of a bond that is inserted: once for each number of the class.
const CLASS: u8 = 64;

/// What a change does to the lists of bonds, which are named by their numbers in the window.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Transition {
    key: Key,
    replaced: u8,
    removed: u8,
    inserted: u8,
    /// The family of the exchange, and [`SILENT`].
    nature: u8,
    /// How many horizontal bonds more there are that move a plus right rather than left, by
    /// sort.
    excess: [i8; SORTS],
    /// By how much Σ_y σh of the end columns changes.
    alignment: [i8; 2],
    /// Pairs of a bond and the one that takes its place; bonds removed; bonds inserted, plus
    /// [`CLASS`] times the class.
    operations: [u8; ROOM],
}

impl Transition {
    const NEVER: Transition = Transition {
        key: Key::NEVER,
        replaced: 0,
        removed: 0,
        inserted: 0,
        nature: 0,
        excess: [0; SORTS],
        alignment: [0; 2],
        operations: [0; ROOM],
    };

    /// Works out what the change of a patch with a given key does.
    #[inline(never)]
    pub fn new(key: Key, patch: &Patch) -> Self {
        let existing = patch.existing(key);
        let before = States::new(key.window(), existing);
        let after = States::new(key.window() ^ patch.turned, existing);
        let mut transition = Transition {
            key,
            ..Transition::NEVER
        };
        let (mut removed, mut inserted) = (0, 0);
        let mut pairs = 0;
        for class in 0..CLASSES {
            let [was, is] = [&before, &after].map(|states| states.of_class(class));
            let (mut left, mut entered) = (was & !is, is & !was);
            while left != 0 && entered != 0 {
                transition.operations[2 * pairs] = next(&mut left);
                transition.operations[2 * pairs + 1] = next(&mut entered);
                pairs += 1;
            }
            removed |= left;
            inserted |= entered;
        }
        let single = (removed.count_ones() + inserted.count_ones()) as usize;
        if (1..USUALLY).contains(&pairs) && 2 * USUALLY + single <= ROOM {
            let (all, _) = transition.operations.as_chunks_mut();
            let last: [u8; 2] = all[pairs - 1];
            all[pairs..USUALLY].fill(last);
            pairs = USUALLY;
        }
        transition.replaced = pairs as u8;
        let mut number = 2 * pairs;
        while removed != 0 {
            transition.operations[number] = next(&mut removed);
            number += 1;
        }
        transition.removed = (number - 2 * pairs) as u8;
        while inserted != 0 {
            let bond = next(&mut inserted);
            transition.operations[number] = bond + CLASS * after.class(bond.into()) as u8;
            number += 1;
        }
        transition.inserted = (number - 2 * pairs) as u8 - transition.removed;
        transition.excess = excess(&before, &after, existing);
        transition.alignment = patch.alignment(key);
        if let Some(exchanged) = patch.exchanged {
            transition.nature = before.family(exchanged) as u8;
            let alike = [transition.removed, transition.inserted] == [0; 2];
            let as_before = digit(before.other_class(&after), exchanged) == 0;
            if alike && as_before && transition.excess == [0; SORTS] {
                transition.nature |= SILENT;
            }
        }
        transition
    }

    /// Whether it is an exchange that leaves the number of bonds of every class as it is, and
    /// thereby, away from the ends, all rates and the energy.
    #[inline(always)]
    pub fn is_silent(&self) -> bool {
        self.nature & SILENT != 0
    }

    /// The family of the exchange; 0 of any other change.
    #[inline(always)]
    pub fn family(&self) -> usize {
        usize::from(self.nature) % FAMILIES
    }

    /// The change of the rightward excess, by sort.
    #[inline(always)]
    pub fn excess(&self) -> [i8; SORTS] {
        self.excess
    }

    /// The change of Σ_y σh of the left and of the right end column.
    #[inline(always)]
    pub fn alignment(&self) -> [i8; 2] {
        self.alignment
    }

    /// Bonds that leave a class, each before the one that takes its place.
    #[inline(always)]
    pub fn replaced(&self) -> &[[u8; 2]] {
        self.operations(0, 2 * self.replaced).as_chunks().0
    }

    /// Bonds that leave their class without another in their place.
    #[inline(always)]
    pub fn removed(&self) -> &[u8] {
        self.operations(2 * usize::from(self.replaced), self.removed)
    }

    /// Bonds that enter a class beyond those, and that class.
    #[inline(always)]
    pub fn inserted(&self) -> impl Iterator<Item = (u8, usize)> {
        let from = 2 * usize::from(self.replaced) + usize::from(self.removed);
        let named = self.operations(from, self.inserted).iter();
        named.map(|&name| (name, usize::from(name / CLASS)))
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn operations(&self, from: usize, number: u8) -> &[u8] {
        let to = from + usize::from(number);
        debug_assert!(to <= ROOM);
        // SAFETY: `new`, the only one to write the numbers, has asked for all of these.
        unsafe { self.operations.get_unchecked(from..to) }
    }
}

/// Takes the lowest of some bonds away.
#[inline(always)]
fn next(bonds: &mut u64) -> u8 {
    let bond = bonds.trailing_zeros() as u8;
    *bonds &= *bonds - 1;
    bond
}

/// How many horizontal bonds more there are afterwards that move a plus right rather than left,
/// by sort.
#[inline(always)]
fn excess(before: &States, after: &States, existing: Among) -> [i8; SORTS] {
    let mut changed = before.differ(after) & existing.horizontal;
    // A byte with sign a sort, borrowing from the next.
    let mut sum = 0u64;
    while changed != 0 {
        let bond = next(&mut changed).into();
        let rightward = |states: &States| states.direction(bond) << (8 * states.sort(bond));
        sum = sum.wrapping_add_signed(rightward(after));
        sum = sum.wrapping_add_signed(-rightward(before));
    }
    std::array::from_fn(|_| {
        let lowest = sum as i8;
        sum = sum.wrapping_sub(i64::from(lowest) as u64) >> 8;
        lowest
    })
}

const _: () = assert!(OPERATIONS <= ROOM);
const _: () = assert!(64 <= CLASS, "a bond is named beside a class");
const _: () = assert!(size_of::<Transition>() == 64, "a line of the cache");

/// Binary digits of the number of transitions that are cached.
const DIGITS: u32 = 13;

/// The transitions met last, by their key.
#[derive(Clone, Debug)]
pub(crate) struct Transitions {
    cached: Box<[Transition; 1 << DIGITS]>,
}

impl Transitions {
    pub fn new() -> Self {
        let cached = vec![Transition::NEVER; 1 << DIGITS];
        Transitions {
            cached: cached
                .try_into()
                .expect("it is as long as it is said to be"),
        }
    }

    /// The slot of the transition of a patch; `patch` is asked for it where it is not cached yet.
    #[inline(always)]
    pub fn find<'a>(&mut self, key: Key, patch: impl FnOnce() -> &'a Patch) -> usize {
        let slot = key.hash(DIGITS) % (1 << DIGITS);
        let cached = &mut self.cached[slot];
        if cached.key != key {
            *cached = Transition::new(key, patch());
        }
        slot
    }

    /// The transition cached in a slot.
    #[inline(always)]
    pub fn cached(&self, slot: usize) -> &Transition {
        &self.cached[slot % (1 << DIGITS)]
    }
}
