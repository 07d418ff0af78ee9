//! What a change does to the lists of bonds: looked up, not computed anew.
//!
//! Which bonds enter, leave or change a class depends on the spins of the patch alone, and few
//! patches make most of the moves: at L = 40, β = 1 in the step the last 8192 leave out one in
//! sixty. So what a change does is worked out once, and kept under the spins of its patch.
//! What is kept is a function of these spins, so that it never matters what has been kept before.

use crate::exchange::{States, digit};
use crate::patch::{BONDS, Patch, Shape, matters};
use crate::rates::FAMILIES;
use crate::window::{BEFORE, CENTRE, WIDTH, place};

/// Classes of rates: 1, e^{−4β}, e^{−8β}, e^{−12β}.
pub const CLASSES: usize = 4;
/// Sorts of bonds that can exchange: by the family of the exchange, and whether it costs energy.
pub(crate) const SORTS: usize = 2 * FAMILIES;

/// What a transition is known by: the spins that matter, the shape of the change, and how its
/// column stands to the ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(u64);

/// Where a key has the shape, and where the column's distances from the ends.
const SHAPE: u32 = 56;
const COLUMN: u32 = 60;

impl Key {
    /// Equal to no key of a change.
    const NEVER: Key = Key(u64::MAX);
    /// Places of a window that matter for no change; what else a key has stands there.
    pub const TAG: u64 = 7 << SHAPE | 15 << COLUMN;

    /// Columns from which on it does not matter how many more there are on the left, on the right.
    const FAR: [u32; 2] = [2, 3];

    /// What a key has for a column with so many on its left and on its right.
    pub const fn column(left: u32, right: u32) -> u64 {
        let [left, right] = [min(left, Key::FAR[0]), min(right, Key::FAR[1])];
        ((4 * left + right) as u64) << COLUMN
    }

    /// The key of a change in a column with the spins that matter.
    #[inline(always)]
    pub const fn new(shape: Shape, column: u64, spins: u64) -> Self {
        Key(spins | column | (shape as u64) << SHAPE)
    }

    /// The column of a site that is far from both ends.
    pub const FAR_COLUMN: u64 = Key::column(Key::FAR[0], Key::FAR[1]);

    /// Whether all bonds of the patch are the lattice's.
    #[inline(always)]
    pub fn is_far(self) -> bool {
        self.0 >> COLUMN == Key::FAR_COLUMN >> COLUMN
    }

    /// The spins that matter for an exchange, 1 where they are unlike those two columns to the left
    /// of its first site.
    #[inline(always)]
    pub fn rare_spins(window: u64, shape: Shape) -> u64 {
        let up = window >> const { place(-2, 0) } & 1;
        (window ^ up.wrapping_neg()) & matters(shape)
    }

    /// The window around the change; spins that do not matter may be anything.
    fn window(self) -> u64 {
        self.0
    }

    /// The places of the left or lower sites of the bonds that there are: vertical ones,
    /// horizontal ones.
    fn existing(self) -> [u64; 2] {
        let [left, right] = [self.0 >> (COLUMN + 2), self.0 >> COLUMN & 3].map(|n| n as u32);
        let first = if left < Key::FAR[0] { BEFORE - left } else { 0 };
        let last = if right < Key::FAR[1] {
            BEFORE + right
        } else {
            WIDTH - 1
        };
        let from = u64::MAX << (WIDTH * first);
        let below = |column: u32| !(u64::MAX << (WIDTH * column - 1) << 1);
        [from & below(last + 1), from & below(last)]
    }

    /// A number of `bits` bits that differs for most keys.
    #[inline(always)]
    fn hash(self, bits: u32) -> usize {
        // An odd multiplier of random bits; the product's highest bits depend on the whole key.
        let mixed = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> (64 - bits)) as usize
    }
}

const fn min(one: u32, other: u32) -> u32 {
    if one < other { one } else { other }
}

/// Most that a transition asks of the lists: every bond leaves a class and enters another, but
/// for the six between a spin that turns over and one that stays, which have unlike spins either
/// before or afterwards.
const OPERATIONS: usize = 2 * BONDS - 6;
/// Room for them in a line of the cache.
const ROOM: usize = 44;

/// In the nature of a transition: no rate changes.
const SILENT: u8 = 128;
/// Bonds that are replaced in nearly all transitions, or fewer: then one is replaced by the same
/// again, which changes nothing, so that there is no branch by their number.
pub(crate) const USUALLY: usize = 5;
/// In an operation that inserts a bond: once for each number of the class.
const CLASS: u8 = 32;

/// What a change does to the lists of bonds, which are named by their numbers in its patch.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Transition {
    key: Key,
    removed: u8,
    replaced: u8,
    inserted: u8,
    /// The family of the exchange, and [`SILENT`].
    nature: u8,
    /// How many horizontal bonds more there are that move a plus right rather than left, by
    /// sort.
    excess: [i8; SORTS],
    /// Bonds removed; pairs of a bond and the one that takes its place; bonds inserted, plus
    /// [`CLASS`] times the class.
    operations: [u8; ROOM],
}

impl Transition {
    const NEVER: Transition = Transition {
        key: Key::NEVER,
        removed: 0,
        replaced: 0,
        inserted: 0,
        nature: 0,
        excess: [0; SORTS],
        operations: [0; ROOM],
    };

    /// Works out what the change of a patch with a given key does.
    ///
    /// With few branches that depend on the spins: far from order many patches are new, and a
    /// branch mispredicted costs as much as the work for a bond or two.
    #[inline(never)]
    pub fn new(key: Key, patch: &Patch) -> Self {
        let before = States::both(key.window());
        let after = States::both(key.window() ^ patch.turned);
        let existing = key.existing();
        let other_class = [0, 1].map(|n| before[n].other_class(&after[n]) & existing[n]);
        let mut changed = 0;
        for (n, bond) in patch.bonds().iter().enumerate() {
            let changes = other_class[usize::from(bond.horizontal)];
            changed |= digit(changes, bond.place.into()) << n;
        }
        let mut left = Sorted::new();
        let mut entered = Sorted::new();
        while changed != 0 {
            let n = changed.trailing_zeros() as usize;
            changed &= changed - 1;
            let (horizontal, place) = (patch.bond(n).horizontal, patch.bond(n).place);
            let of = |states: &[States; 2]| states[usize::from(horizontal)].class(place.into());
            left.push(of(&before), n as u8);
            entered.push(of(&after), n as u8);
        }
        let mut changed = before[1].differ(&after[1]) & existing[1] & patch.horizontal;
        // A byte with sign a sort, borrowing from the next.
        let mut excess = 0u64;
        while changed != 0 {
            let place = changed.trailing_zeros();
            changed &= changed - 1;
            let rightward = |states: &States| states.direction(place) << (8 * states.sort(place));
            excess = excess.wrapping_add_signed(rightward(&after[1]));
            excess = excess.wrapping_add_signed(-rightward(&before[1]));
        }
        let mut transition = Transition {
            key,
            ..Transition::NEVER
        };
        for sum in &mut transition.excess {
            *sum = excess as i8;
            excess = excess.wrapping_sub(i64::from(*sum) as u64) >> 8;
        }
        let mut asked = Asked::new();
        let mut inserted = 0;
        for class in 0..CLASSES {
            inserted += entered.number(class).saturating_sub(left.number(class));
            let both = left.number(class).min(entered.number(class));
            asked.put(left.from(class, both), left.number(class) - both, 0);
        }
        transition.removed = asked.number as u8;
        for class in 0..CLASSES {
            let both = left.number(class).min(entered.number(class));
            asked.put_pairs(left.from(class, 0), entered.from(class, 0), both);
        }
        let pairs = (asked.number - usize::from(transition.removed)) / 2;
        let lacking = USUALLY.saturating_sub(pairs);
        if pairs > 0 && asked.number + 2 * lacking + inserted <= ROOM {
            asked.repeat_pair(lacking);
        }
        transition.replaced = (asked.number as u8 - transition.removed) / 2;
        let without = asked.number;
        for class in 0..CLASSES {
            let both = left.number(class).min(entered.number(class));
            let number = entered.number(class) - both;
            asked.put(entered.from(class, both), number, CLASS * class as u8);
        }
        transition.inserted = (asked.number - without) as u8;
        if let Some(exchanged) = patch.exchanged {
            let bond = patch.bond(exchanged);
            let [old, new] = [&before, &after].map(|states| &states[usize::from(bond.horizontal)]);
            transition.nature = old.family(bond.place.into()) as u8;
            let alike = [transition.removed, transition.inserted] == [0; 2];
            if alike && transition.excess == [0; SORTS] && digit(old.other_class(new), CENTRE) == 0
            {
                transition.nature |= SILENT;
            }
        }
        transition
            .operations
            .copy_from_slice(&asked.operations[..ROOM]);
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

    /// Bonds that leave their class without another in their place.
    #[inline(always)]
    pub fn removed(&self) -> &[u8] {
        self.asked(0, self.removed)
    }

    /// Bonds that leave a class, each before the one that takes its place.
    #[inline(always)]
    pub fn replaced(&self) -> &[[u8; 2]] {
        self.asked(usize::from(self.removed), 2 * self.replaced)
            .as_chunks()
            .0
    }

    /// Bonds that enter a class beyond those, and that class.
    #[inline(always)]
    pub fn inserted(&self) -> impl Iterator<Item = (u8, usize)> {
        let from = usize::from(self.removed) + 2 * usize::from(self.replaced);
        let named = self.asked(from, self.inserted).iter();
        named.map(|&named| (named % CLASS, usize::from(named / CLASS) % CLASSES))
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn asked(&self, from: usize, number: u8) -> &[u8] {
        let to = from + usize::from(number);
        debug_assert!(to <= ROOM);
        // SAFETY: `new`, the only one to write the numbers, has asked for all of these.
        unsafe { self.operations.get_unchecked(from..to) }
    }
}

/// What is copied at once, whether or not it is so much.
const CHUNK: usize = 8;

/// Bonds by their class, idle ones last.
struct Sorted {
    bonds: [u8; (CLASSES + 1) * BONDS + CHUNK],
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

    #[inline(always)]
    fn push(&mut self, class: usize, bond: u8) {
        self.bonds[class * BONDS + self.number(class)] = bond;
        self.numbers += 1 << (8 * class);
    }

    #[inline(always)]
    fn number(&self, class: usize) -> usize {
        usize::from((self.numbers >> (8 * class)) as u8)
    }

    /// The bonds of a class from a place on, and whatever follows them.
    #[inline(always)]
    fn from(&self, class: usize, place: usize) -> &[u8] {
        &self.bonds[class * BONDS + place..]
    }
}

/// Operations as they are put together.
struct Asked {
    operations: [u8; OPERATIONS + 2 * CHUNK],
    number: usize,
}

impl Asked {
    fn new() -> Self {
        Asked {
            operations: [0; OPERATIONS + 2 * CHUNK],
            number: 0,
        }
    }

    /// Adds the first `number` bonds, each with something added to its number.
    #[inline(always)]
    fn put(&mut self, bonds: &[u8], number: usize, with: u8) {
        let mut done = 0;
        loop {
            let to = &mut self.operations[self.number + done..][..CHUNK];
            for (to, &bond) in to.iter_mut().zip(&bonds[done..][..CHUNK]) {
                *to = bond + with;
            }
            done += CHUNK;
            if done >= number {
                break;
            }
        }
        self.number += number;
    }

    /// Adds the last pair so many times more, at most [`USUALLY`].
    #[inline(always)]
    fn repeat_pair(&mut self, times: usize) {
        let pair = [
            self.operations[self.number - 2],
            self.operations[self.number - 1],
        ];
        let (pairs, _) = self.operations[self.number..][..2 * USUALLY].as_chunks_mut();
        pairs.fill(pair);
        self.number += 2 * times;
    }

    /// Adds the first `number` bonds of both, in turn.
    #[inline(always)]
    fn put_pairs(&mut self, from: &[u8], to: &[u8], number: usize) {
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

const _: () = assert!(OPERATIONS <= ROOM);
const _: () = assert!(BONDS <= CLASS as usize, "a bond is named beside a class");
const _: () = assert!(size_of::<Transition>() == 64, "a line of the cache");

/// Binary digits of the number of transitions that are kept.
const DIGITS: u32 = 13;

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
    pub fn find<'a>(&mut self, key: Key, patch: impl FnOnce() -> &'a Patch) -> usize {
        let slot = key.hash(DIGITS) % (1 << DIGITS);
        let kept = &mut self.kept[slot];
        if kept.key != key {
            *kept = Transition::new(key, patch());
        }
        slot
    }

    /// The transition kept at a place.
    #[inline(always)]
    pub fn kept(&self, slot: usize) -> &Transition {
        &self.kept[slot % (1 << DIGITS)]
    }
}
