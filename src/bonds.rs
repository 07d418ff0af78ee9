//! Which exchanges are possible, listed by the class of their rate.
//!
//! Every site owns two bonds: 2·site to its upper, 2·site + 1 to its right
//! neighbour. The *state* of a bond tells the class of its rate and which end is
//! plus; the bonds of a class stand in a list, so that one of them can be drawn
//! at once and moved between lists in O(1).

use crate::lattice::{CODES, Lattice, UP};
use crate::rates::{class_of, delta_h};
use unchecked::{at, at_mut};

/// Classes of rates: 1, e^{−4β}, e^{−8β}, e^{−12β}.
pub const CLASSES: usize = 4;
/// The bond cannot exchange: its spins are equal, or one of them is outside.
const IDLE: u8 = 0;
/// States 4…7: horizontal with plus on the left, by class.
const RIGHTWARD: u8 = 4;
/// States 8…11: horizontal with plus on the right.
const LEFTWARD: u8 = 8;
/// States 12…15: vertical.
const VERTICAL: u8 = 12;
const STATES: usize = 16;

/// The state of a bond by the bytes of its two sites, first + 32·second.
type Table = [u8; CODES * CODES];
static HORIZONTAL_STATES: Table = table(RIGHTWARD, LEFTWARD);
static VERTICAL_STATES: Table = table(VERTICAL, VERTICAL);

const fn table(first_plus: u8, second_plus: u8) -> Table {
    let mut states = [IDLE; CODES * CODES];
    let mut first = 0;
    // Only bytes of the lattice proper: a spin and a count of 0…4.
    while first < 10 {
        let mut second = 0;
        while second < 10 {
            if (first ^ second) & 1 == 1 {
                let spin = 2 * (first & 1) - 1;
                let h_first = 2 * (first >> 1) - 4;
                let h_second = 2 * (second >> 1) - 4;
                let class = class_of(delta_h(spin, h_first, h_second)) as u8;
                let base = if spin == 1 { first_plus } else { second_plus };
                states[(first + CODES as i32 * second) as usize] = base + class;
            }
            second += 1;
        }
        first += 1;
    }
    states
}

/// The class of a bond that can exchange, by its state.
#[inline(always)]
fn class_of_state(state: u8) -> usize {
    usize::from(state) % CLASSES
}

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

/// The two sites of a bond.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    pub first: usize,
    pub second: usize,
    pub horizontal: bool,
}

/// The bonds by the class of their exchange.
#[derive(Clone, Debug)]
pub struct Bonds {
    state: Vec<u8>,
    /// Where a listed bond stands in the list of its class.
    place: Vec<u32>,
    /// The lists of the classes, one behind the other, each with room for every bond.
    lists: Vec<u32>,
    length: [u32; CLASSES],
    /// How many horizontal bonds are in each state.
    count: [i32; STATES],
}

impl Bonds {
    /// The bonds of a lattice, listed in the order of their numbers.
    pub fn new(lattice: &Lattice) -> Self {
        let bonds = 2 * lattice.codes().len();
        let mut all = Bonds {
            state: vec![IDLE; bonds],
            place: vec![0; bonds],
            lists: vec![0; CLASSES * bonds],
            length: [0; CLASSES],
            count: [0; STATES],
        };
        all.count[usize::from(IDLE)] = (bonds / 2) as i32;
        for x in 0..lattice.lx() {
            for y in 0..lattice.ly() {
                let site = lattice.site(x, y);
                all.refresh_vertical(lattice, site, lattice.rows_around(site).up);
                all.refresh_horizontal(lattice, site);
            }
        }
        all
    }

    /// The bonds of a class that can exchange now.
    #[inline]
    pub fn list(&self, class: usize) -> &[u32] {
        &self.lists[self.start(class)..][..self.length[class] as usize]
    }

    /// Where the list of a class begins.
    #[inline(always)]
    fn start(&self, class: usize) -> usize {
        class * self.state.len()
    }

    /// How many bonds of a class can exchange now.
    #[inline]
    pub(crate) fn number(&self, class: usize) -> u32 {
        self.length[class]
    }

    /// The class of a bond's exchange, none if its spins are equal.
    #[inline]
    pub(crate) fn class(&self, bond: u32) -> Option<usize> {
        let state = self.state[bond as usize];
        (state != IDLE).then_some(class_of_state(state))
    }

    /// The sites of a bond.
    #[inline]
    pub(crate) fn ends(lattice: &Lattice, bond: u32) -> Ends {
        let first = (bond / 2) as usize;
        let horizontal = bond % 2 == 1;
        let to = if horizontal {
            lattice.right()
        } else {
            lattice.rows_around(first).up
        };
        Ends {
            first,
            second: first.wrapping_add_signed(to as isize),
            horizontal,
        }
    }

    /// Horizontal bonds by class that would move a plus to the right, less those
    /// that would move one to the left.
    #[inline]
    pub fn rightward_excess(&self) -> [i32; CLASSES] {
        std::array::from_fn(|class| {
            self.count[usize::from(RIGHTWARD) + class] - self.count[usize::from(LEFTWARD) + class]
        })
    }

    /// Bonds of the lattice with unlike spins.
    #[inline]
    pub fn unlike(&self) -> u32 {
        self.length.iter().sum()
    }

    /// Panics unless all sites of the columns from `left` before that of `site` to `right` behind
    /// it are the lattice's, and the bonds are those of such a lattice.
    #[inline(always)]
    fn check(&self, lattice: &Lattice, site: usize, left: usize, right: usize) {
        let (sites, ly) = (lattice.codes().len(), lattice.ly() as usize);
        assert!(self.state.len() == 2 * sites && site >= left * ly && site + right * ly < sites);
    }

    /// Reads the bond of `site` to its upper neighbour, `up` sites away, afresh.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn refresh_vertical(&mut self, lattice: &Lattice, site: usize, up: i32) {
        let codes = lattice.codes();
        let above = site.wrapping_add_signed(up as isize);
        // SAFETY: `site` and its neighbour in its own column are the lattice's, as `check` has seen.
        let pair = unsafe { pair(at(codes, site), at(codes, above)) };
        let state = VERTICAL_STATES[pair];
        self.set(2 * site, state);
    }

    /// Reads the bond of `site` to its right neighbour afresh.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn refresh_horizontal(&mut self, lattice: &Lattice, site: usize) {
        let codes = lattice.codes();
        let beside = site.wrapping_add_signed(lattice.right() as isize);
        // SAFETY: the columns of `site` and of its neighbour are the lattice's, as `check` has seen.
        let pair = unsafe { pair(at(codes, site), at(codes, beside)) };
        let state = HORIZONTAL_STATES[pair];
        self.set(2 * site + 1, state);
    }

    /// As `refresh_vertical`, for a bond whose spins are what they were.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn review_vertical(&mut self, lattice: &Lattice, site: usize, up: i32) {
        // SAFETY: `site` is the lattice's, as `check` has seen, and every site has two bonds.
        if unsafe { at(&self.state, 2 * site) } != IDLE {
            self.refresh_vertical(lattice, site, up);
        }
    }

    /// As `refresh_horizontal`, for a bond whose spins are what they were.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn review_horizontal(&mut self, lattice: &Lattice, site: usize) {
        // SAFETY: `site` is the lattice's, as `check` has seen, and every site has two bonds.
        if unsafe { at(&self.state, 2 * site + 1) } != IDLE {
            self.refresh_horizontal(lattice, site);
        }
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn set(&mut self, bond: usize, state: u8) {
        // SAFETY: `bond` is one of the two of a site of the lattice, as `check` has seen.
        let old = std::mem::replace(unsafe { at_mut(&mut self.state, bond) }, state);
        if old == state {
            return;
        }
        if bond % 2 == 1 {
            self.count[usize::from(old) % STATES] -= 1;
            self.count[usize::from(state) % STATES] += 1;
        }
        if old == IDLE {
            self.insert(bond, class_of_state(state));
        } else if state == IDLE {
            self.remove(bond, class_of_state(old));
        } else if class_of_state(old) != class_of_state(state) {
            self.remove(bond, class_of_state(old));
            self.insert(bond, class_of_state(state));
        }
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn insert(&mut self, bond: usize, class: usize) {
        let (start, place) = (self.start(class), self.length[class]);
        // SAFETY: `bond` is a bond, and was idle: its list has room for every bond once.
        unsafe {
            *at_mut(&mut self.lists, start + place as usize) = bond as u32;
            *at_mut(&mut self.place, bond) = place;
        }
        self.length[class] = place + 1;
    }

    /// Takes a bond off a list; the last one takes its place.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    fn remove(&mut self, bond: usize, class: usize) {
        let start = self.start(class);
        let last = self.length[class] - 1;
        self.length[class] = last;
        // SAFETY: `bond` is on the list, which is thus not empty; its place is below the length
        // of the list, and what is listed are bonds.
        unsafe {
            let place = at(&self.place, bond);
            let moved = at(&self.lists, start + last as usize);
            *at_mut(&mut self.lists, start + place as usize) = moved;
            *at_mut(&mut self.place, moved as usize) = place;
        }
    }

    /// Reads all four bonds of a site afresh.
    pub(crate) fn refresh_site(&mut self, lattice: &Lattice, site: usize) {
        self.check(lattice, site, 1, 1);
        let rows = lattice.rows_around(site);
        let below = site.wrapping_add_signed(rows.down as isize);
        self.refresh_vertical(lattice, site, rows.up);
        self.refresh_vertical(lattice, below, -rows.down);
        self.refresh_horizontal(lattice, site);
        self.refresh_horizontal(lattice, site.wrapping_add_signed(-lattice.right() as isize));
    }

    /// Reads the bonds around a horizontal bond afresh after the exchange over it:
    /// those of its two sites and of their six other neighbours, 23 in all.
    #[inline]
    pub(crate) fn refresh_around_horizontal(&mut self, lattice: &Lattice, first: usize) {
        self.check(lattice, first, 2, 3);
        let r = lattice.rows_around(first);
        let column = lattice.right();
        let to_up2 = r.up2 - r.up;
        let near =
            |columns: i32, row: i32| first.wrapping_add_signed((columns * column + row) as isize);
        for columns in [0, 1] {
            self.review_vertical(lattice, near(columns, r.down2), r.down - r.down2);
            self.refresh_vertical(lattice, near(columns, r.down), -r.down);
            self.refresh_vertical(lattice, near(columns, 0), r.up);
            self.review_vertical(lattice, near(columns, r.up), to_up2);
        }
        for columns in [-1, 2] {
            self.review_vertical(lattice, near(columns, r.down), -r.down);
            self.review_vertical(lattice, near(columns, 0), r.up);
        }
        for columns in [-1, 0, 1] {
            self.review_horizontal(lattice, near(columns, r.down));
            self.refresh_horizontal(lattice, near(columns, 0));
            self.review_horizontal(lattice, near(columns, r.up));
        }
        self.review_horizontal(lattice, near(-2, 0));
        self.review_horizontal(lattice, near(2, 0));
    }

    /// Reads the 23 bonds around a vertical bond afresh after the exchange over it.
    #[inline]
    pub(crate) fn refresh_around_vertical(&mut self, lattice: &Lattice, first: usize) {
        self.check(lattice, first, 2, 2);
        let r = lattice.rows_around(first);
        let column = lattice.right();
        let to_up2 = r.up2 - r.up;
        let near =
            |columns: i32, row: i32| first.wrapping_add_signed((columns * column + row) as isize);
        // The bond above the upper neighbour of the pair reaches three rows up.
        let top = near(0, r.up2);
        let to_top = lattice.rows_around(top).up;
        self.refresh_vertical(lattice, near(0, r.down2), r.down - r.down2);
        self.refresh_vertical(lattice, top, to_top);
        for columns in [-1, 0, 1] {
            for (row, up) in [(r.down, -r.down), (0, r.up), (r.up, to_up2)] {
                if columns == 0 {
                    self.refresh_vertical(lattice, near(columns, row), up);
                } else {
                    self.review_vertical(lattice, near(columns, row), up);
                }
            }
        }
        for columns in [-2, -1, 0, 1] {
            for row in [0, r.up] {
                if columns == -1 || columns == 0 {
                    self.refresh_horizontal(lattice, near(columns, row));
                } else {
                    self.review_horizontal(lattice, near(columns, row));
                }
            }
        }
        for columns in [-1, 0] {
            self.review_horizontal(lattice, near(columns, r.down));
            self.review_horizontal(lattice, near(columns, r.up2));
        }
    }

    /// The lists in their present order, which the future of a run depends on.
    pub(crate) fn order(&self) -> [&[u32]; CLASSES] {
        std::array::from_fn(|class| self.list(class))
    }

    /// Puts the lists into a saved order; false if it does not hold these bonds.
    pub(crate) fn reorder(&mut self, order: &[Vec<u32>; CLASSES]) -> bool {
        for (class, wanted) in order.iter().enumerate() {
            let mut seen = vec![false; self.state.len()];
            let same = self.number(class) as usize == wanted.len()
                && wanted.iter().all(|&bond| {
                    (bond as usize) < seen.len()
                        && self.class(bond) == Some(class)
                        && !std::mem::replace(&mut seen[bond as usize], true)
                });
            if !same {
                return false;
            }
            let start = self.start(class);
            self.lists[start..][..wanted.len()].copy_from_slice(wanted);
            for (place, &bond) in wanted.iter().enumerate() {
                self.place[bond as usize] = place as u32;
            }
        }
        true
    }

    /// Whether every bond's state and list are those of the lattice.
    pub(crate) fn agree_with(&self, lattice: &Lattice) -> bool {
        let fresh = Bonds::new(lattice);
        let listed = (0..CLASSES).all(|class| {
            self.list(class).iter().enumerate().all(|(place, &bond)| {
                self.place[bond as usize] as usize == place && self.class(bond) == Some(class)
            })
        });
        listed && fresh.state == self.state && fresh.count == self.count
    }
}

#[inline(always)]
fn pair(first: u8, second: u8) -> usize {
    (usize::from(first) + CODES * usize::from(second)) % (CODES * CODES)
}

const _: () = assert!(UP == 1, "the tables read the spin from bit 0");
