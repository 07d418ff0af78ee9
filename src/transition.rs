//! What a change does to the lists of bonds: looked up, not computed anew.
//!
//! Which bonds enter, leave or change a class depends on the bytes of the patch
//! alone, and few patches make most of the moves: at L = 40, β = 1 in the step the
//! last 4096 leave out one in seventeen. So what a change does is worked out once,
//! and kept under the bytes of its patch. What is kept is a function of these bytes,
//! so that it never matters what has been kept before.

use crate::lattice::{CODES, OUTSIDE, UNLIKE, UP};
use crate::patch::{BONDS, Key, Patch, SITES};
use crate::rates::{FAMILIES, class_of, delta_h_of_unlike, family_of};

/// Classes of rates: 1, e^{−4β}, e^{−8β}, e^{−12β}.
pub const CLASSES: usize = 4;
/// In place of a class: the bond cannot exchange, for its spins are equal or one of them is outside.
pub(crate) const IDLE: u8 = CLASSES as u8;

/// Sorts of bonds that can exchange: by the family of the exchange, and whether it costs energy.
pub(crate) const SORTS: usize = 2 * FAMILIES;

/// In the state of a bond that can exchange: its first site is plus.
const FIRST_PLUS: u8 = 8;
/// In the state of a bond that can exchange: once for each number of its sort.
const SORT: u8 = 16;

/// The state of a bond by the bytes of its two sites, first + 64·second: its class and sort and
/// which end is plus, or [`IDLE`].
static STATES: [u8; CODES * CODES] = {
    let mut states = [IDLE; CODES * CODES];
    let mut pair = 0;
    while pair < CODES * CODES {
        let (first, second) = ((pair % CODES) as u8, (pair / CODES) as u8);
        let (i, j) = (
            (first & UNLIKE).count_ones(),
            (second & UNLIKE).count_ones(),
        );
        if (first | second) & OUTSIDE == 0 && (first ^ second) & UP != 0 && i > 0 && j > 0 {
            let class = class_of(delta_h_of_unlike(i, j)) as u8;
            let sort = 2 * family_of(i, j) as u8 + (class > 0) as u8;
            states[pair] = class + FIRST_PLUS * (first & UP) + SORT * sort;
        }
        pair += 1;
    }
    states
};

/// The state of the bond between sites of the given bytes.
#[inline]
fn state(first: u8, second: u8) -> u8 {
    STATES[(usize::from(first) + CODES * usize::from(second)) % (CODES * CODES)]
}

/// The sort of a bond that can exchange, between sites of the given bytes.
#[inline]
pub(crate) fn sort(first: u8, second: u8) -> usize {
    usize::from(state(first, second) / SORT)
}

/// The class of the bond between sites of the given bytes, or [`IDLE`].
#[inline]
pub(crate) fn class(first: u8, second: u8) -> u8 {
    state(first, second) % FIRST_PLUS
}

/// Most that a transition asks of the lists: every bond leaves a class and enters another.
const OPERATIONS: usize = 2 * BONDS;

/// In the nature of a transition: no rate changes.
const SILENT: u8 = 128;

/// What a change does to the lists of bonds. Bonds are named by their number less twice
/// the change's first site.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Transition {
    // In the order of use, so that most transitions are read from one line of the cache.
    key: Key,
    removed: u8,
    replaced: u8,
    inserted: u8,
    /// The family of the exchange, and [`SILENT`].
    nature: u8,
    /// How many horizontal bonds more there are that move a plus right rather than left, by
    /// sort.
    excess: [i8; SORTS],
    /// Bonds removed; pairs of a bond and the one that takes its place; bonds inserted, times
    /// [`CLASSES`], plus the class.
    operations: [i16; OPERATIONS],
}

impl Transition {
    const NEVER: Transition = Transition {
        key: Key::NEVER,
        excess: [0; SORTS],
        removed: 0,
        replaced: 0,
        inserted: 0,
        nature: 0,
        operations: [0; OPERATIONS],
    };

    /// Works out what the change of a patch with the bytes of `key` does.
    ///
    /// With few branches that depend on the bytes: far from order most patches are new, and a
    /// branch mispredicted costs as much as the work for a bond or two.
    #[inline(never)]
    pub fn new(key: Key, patch: &Patch) -> Self {
        let codes = key.codes();
        let [mut before, mut after] = [[0; 32]; 2];
        before[..SITES].copy_from_slice(&codes);
        after[..SITES].copy_from_slice(&patch.after(codes));
        let mut states = [[IDLE; 2]; 32];
        let mut changed = 0u32;
        for (n, bond) in patch.bonds().iter().enumerate() {
            let (first, second) = (usize::from(bond.first) % 32, usize::from(bond.second) % 32);
            let old = state(before[first], before[second]);
            let new = state(after[first], after[second]);
            states[n % 32] = [old, new];
            changed |= u32::from(old != new) << n;
        }
        let mut left = Sorted::new();
        let mut entered = Sorted::new();
        // A byte with sign a sort, borrowing from the next.
        let mut excess = 0u64;
        while changed != 0 {
            let n = changed.trailing_zeros() as usize;
            changed &= changed - 1;
            let bond = patch.bond(n);
            let [old, new] = states[n % 32];
            let [from, to] = [old % FIRST_PLUS, new % FIRST_PLUS];
            let rightward = |state: u8| {
                let right = i64::from(state / FIRST_PLUS % 2) * 2 - 1;
                (right * i64::from(state != IDLE)) << (8 * (state / SORT))
            };
            let change = rightward(new).wrapping_sub(rightward(old));
            excess = excess.wrapping_add_signed(change.wrapping_mul(bond.horizontal.into()));
            left.push(from, bond.offset, from != to);
            entered.push(to, bond.offset, from != to);
        }
        let mut transition = Transition {
            key,
            nature: key.exchanged().map_or(0, |[first, second]| {
                state(before[first], before[second]) / SORT / 2
            }),
            ..Transition::NEVER
        };
        for sum in &mut transition.excess {
            *sum = excess as i8;
            excess = excess.wrapping_sub(i64::from(*sum) as u64) >> 8;
        }
        let mut asked = Asked::new();
        for class in 0..CLASSES {
            let both = left.number(class).min(entered.number(class));
            asked.put(left.from(class, both), left.number(class) - both, |bond| {
                bond
            });
        }
        transition.removed = asked.number as u8;
        for class in 0..CLASSES {
            let both = left.number(class).min(entered.number(class));
            asked.put_pairs(left.from(class, 0), entered.from(class, 0), both);
        }
        transition.replaced = (asked.number as u8 - transition.removed) / 2;
        let without = asked.number;
        for class in 0..CLASSES {
            let both = left.number(class).min(entered.number(class));
            let number = entered.number(class) - both;
            asked.put(entered.from(class, both), number, |bond| {
                bond * CLASSES as i16 + class as i16
            });
        }
        transition.inserted = (asked.number - without) as u8;
        transition
            .operations
            .copy_from_slice(&asked.operations[..OPERATIONS]);
        let alike = [transition.removed, transition.inserted] == [0; 2];
        let silent = alike && transition.excess == [0; SORTS];
        transition.nature |= SILENT * u8::from(silent);
        transition
    }

    /// Whether it leaves the number of bonds of every class as it is, and thereby all rates
    /// and the energy.
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

    /// Bonds that leave their class without another in their place.
    #[inline(always)]
    pub fn removed(&self) -> &[i16] {
        self.asked(0, self.removed)
    }

    /// Bonds that leave a class, each before the one that takes its place.
    #[inline(always)]
    pub fn replaced(&self) -> &[[i16; 2]] {
        self.asked(usize::from(self.removed), 2 * self.replaced)
            .as_chunks()
            .0
    }

    /// Bonds that enter a class beyond those, and that class.
    #[inline(always)]
    pub fn inserted(&self) -> impl Iterator<Item = (i16, usize)> {
        let from = usize::from(self.removed) + 2 * usize::from(self.replaced);
        let named = self.asked(from, self.inserted).iter();
        named.map(|&named| (named >> 2, named as usize % CLASSES))
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn asked(&self, from: usize, number: u8) -> &[i16] {
        let to = from + usize::from(number);
        debug_assert!(to <= OPERATIONS);
        // SAFETY: `new`, the only one to write the numbers, has asked for all of these.
        unsafe { self.operations.get_unchecked(from..to) }
    }
}

/// What is copied at once, whether or not it is so much.
const CHUNK: usize = 8;

/// Bonds by their class, idle ones last.
struct Sorted {
    bonds: [i16; (CLASSES + 1) * BONDS + CHUNK],
    /// A byte a class.
    numbers: u64,
}

impl Sorted {
    fn new() -> Self {
        Sorted {
            bonds: [0; (CLASSES + 1) * BONDS + CHUNK],
            numbers: 0,
        }
    }

    /// Adds a bond, if it counts.
    #[inline(always)]
    fn push(&mut self, class: u8, bond: i16, counts: bool) {
        let place = usize::from(class) * BONDS + self.number(usize::from(class));
        self.bonds[place] = bond;
        self.numbers += u64::from(counts) << (8 * class);
    }

    #[inline(always)]
    fn number(&self, class: usize) -> usize {
        usize::from((self.numbers >> (8 * class)) as u8)
    }

    /// The bonds of a class from a place on, and whatever follows them.
    #[inline(always)]
    fn from(&self, class: usize, place: usize) -> &[i16] {
        &self.bonds[class * BONDS + place..]
    }
}

/// Operations as they are put together.
struct Asked {
    operations: [i16; OPERATIONS + 2 * CHUNK],
    number: usize,
}

impl Asked {
    fn new() -> Self {
        Asked {
            operations: [0; OPERATIONS + 2 * CHUNK],
            number: 0,
        }
    }

    /// Adds the first `number` bonds, as `named`.
    #[inline(always)]
    fn put(&mut self, bonds: &[i16], number: usize, named: impl Fn(i16) -> i16) {
        let mut done = 0;
        loop {
            let to = &mut self.operations[self.number + done..][..CHUNK];
            for (to, &bond) in to.iter_mut().zip(&bonds[done..][..CHUNK]) {
                *to = named(bond);
            }
            done += CHUNK;
            if done >= number {
                break;
            }
        }
        self.number += number;
    }

    /// Adds the first `number` bonds of both, in turn.
    #[inline(always)]
    fn put_pairs(&mut self, from: &[i16], to: &[i16], number: usize) {
        let mut done = 0;
        loop {
            let pairs = from[done..][..CHUNK].iter().zip(&to[done..][..CHUNK]);
            let into = &mut self.operations[self.number + 2 * done..][..2 * CHUNK];
            for (into, (&from, &to)) in into.as_chunks_mut().0.iter_mut().zip(pairs) {
                *into = [from, to];
            }
            done += CHUNK;
            if done >= number {
                break;
            }
        }
        self.number += 2 * number;
    }
}

const _: () = assert!(CLASSES == 4, "a shift by two takes the class off");
const _: () = assert!(size_of::<Transition>() == 128, "two lines of the cache");

/// Binary digits of the number of transitions that are kept.
const DIGITS: u32 = 12;

/// The transitions met last, by their key.
#[derive(Clone, Debug)]
pub(crate) struct Transitions {
    kept: Box<[Transition; 1 << DIGITS]>,
}

impl Transitions {
    pub fn new() -> Self {
        let kept = vec![Transition::NEVER; 1 << DIGITS];
        Transitions {
            kept: kept.try_into().expect("it is as long as it is said to be"),
        }
    }

    /// Where the transition of a patch is kept; `patch` is asked for it where it is not kept yet.
    #[inline(always)]
    pub fn find<'a>(&mut self, key: &Key, patch: impl FnOnce() -> &'a Patch) -> usize {
        let slot = key.hash(DIGITS) % (1 << DIGITS);
        let kept = &mut self.kept[slot];
        if kept.key != *key {
            *kept = Transition::new(*key, patch());
        }
        slot
    }

    /// The transition kept at a place.
    #[inline(always)]
    pub fn kept(&self, slot: usize) -> &Transition {
        &self.kept[slot % (1 << DIGITS)]
    }
}
