//! Which exchanges are possible, listed by the class of their rate.
//!
//! Every site owns two bonds: 2·site to its upper, 2·site + 1 to its right
//! neighbour. The *state* of a bond tells the class of its rate and which end is
//! plus; the bonds of a class stand in a list, so that one of them can be drawn
//! at once and moved between lists in O(1).

use crate::lattice::{CODES, Lattice, UP};
use crate::rates::{class_of, delta_h};

/// Classes of rates: 1, e^{−4β}, e^{−8β}, e^{−12β}.
pub const CLASSES: usize = 4;
/// The bond cannot exchange: its spins are equal, or one of them is outside.
const IDLE: u8 = 0;
/// States 1…4: horizontal with plus on the left, by class.
const RIGHTWARD: u8 = 1;
/// States 5…8: horizontal with plus on the right.
const LEFTWARD: u8 = 5;
/// States 9…12: vertical.
const VERTICAL: u8 = 9;
const STATES: usize = 13;
/// In place of a class for bonds that cannot exchange.
const NO_CLASS: usize = CLASSES;

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

/// The class of a bond in a given state, or `NO_CLASS`.
const CLASS_OF_STATE: [usize; STATES] = {
    let mut classes = [NO_CLASS; STATES];
    let mut state = 1;
    while state < STATES {
        classes[state] = (state - 1) % CLASSES;
        state += 1;
    }
    classes
};

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
    lists: [Vec<u32>; CLASSES],
    /// How many bonds are in each state.
    count: [i32; STATES],
}

impl Bonds {
    /// The bonds of a lattice, listed in the order of their numbers.
    pub fn new(lattice: &Lattice) -> Self {
        let bonds = 2 * lattice.codes().len();
        let lattice_bonds = (2 * lattice.lx() * lattice.ly()) as usize;
        let mut all = Bonds {
            state: vec![IDLE; bonds],
            place: vec![0; bonds],
            // Room for every bond: no list ever grows while the lattice runs.
            lists: std::array::from_fn(|_| Vec::with_capacity(lattice_bonds)),
            count: [0; STATES],
        };
        all.count[usize::from(IDLE)] = bonds as i32;
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
        &self.lists[class]
    }

    /// How many bonds of a class can exchange now.
    #[inline]
    pub(crate) fn number(&self, class: usize) -> u32 {
        self.lists[class].len() as u32
    }

    /// The class of a bond's exchange, none if its spins are equal.
    #[inline]
    pub(crate) fn class(&self, bond: u32) -> Option<usize> {
        let class = CLASS_OF_STATE[usize::from(self.state[bond as usize])];
        (class != NO_CLASS).then_some(class)
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
        self.lists.iter().map(|list| list.len() as u32).sum()
    }

    /// Reads the bond of `site` to its upper neighbour, `up` sites away, afresh.
    #[inline(always)]
    fn refresh_vertical(&mut self, lattice: &Lattice, site: usize, up: i32) {
        let codes = lattice.codes();
        let above = site.wrapping_add_signed(up as isize);
        let state = VERTICAL_STATES[pair(codes[site], codes[above])];
        self.set(2 * site, state);
    }

    /// Reads the bond of `site` to its right neighbour afresh.
    #[inline(always)]
    fn refresh_horizontal(&mut self, lattice: &Lattice, site: usize) {
        let codes = lattice.codes();
        let beside = site.wrapping_add_signed(lattice.right() as isize);
        let state = HORIZONTAL_STATES[pair(codes[site], codes[beside])];
        self.set(2 * site + 1, state);
    }

    #[inline(always)]
    fn set(&mut self, bond: usize, state: u8) {
        let old = self.state[bond];
        if old == state {
            return;
        }
        self.state[bond] = state;
        self.count[usize::from(old)] -= 1;
        self.count[usize::from(state)] += 1;
        let (from, to) = (
            CLASS_OF_STATE[usize::from(old)],
            CLASS_OF_STATE[usize::from(state)],
        );
        if from == to {
            return;
        }
        if from != NO_CLASS {
            let place = self.place[bond];
            let list = &mut self.lists[from];
            list.swap_remove(place as usize);
            if let Some(&moved) = list.get(place as usize) {
                self.place[moved as usize] = place;
            }
        }
        if to != NO_CLASS {
            self.place[bond] = self.lists[to].len() as u32;
            self.lists[to].push(bond as u32);
        }
    }

    /// Reads all four bonds of a site afresh.
    pub(crate) fn refresh_site(&mut self, lattice: &Lattice, site: usize) {
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
        let r = lattice.rows_around(first);
        let column = lattice.right();
        let to_up2 = r.up2 - r.up;
        let at =
            |columns: i32, row: i32| first.wrapping_add_signed((columns * column + row) as isize);
        for columns in [0, 1] {
            self.refresh_vertical(lattice, at(columns, r.down2), r.down - r.down2);
            self.refresh_vertical(lattice, at(columns, r.down), -r.down);
            self.refresh_vertical(lattice, at(columns, 0), r.up);
            self.refresh_vertical(lattice, at(columns, r.up), to_up2);
        }
        for columns in [-1, 2] {
            self.refresh_vertical(lattice, at(columns, r.down), -r.down);
            self.refresh_vertical(lattice, at(columns, 0), r.up);
        }
        for columns in [-1, 0, 1] {
            self.refresh_horizontal(lattice, at(columns, r.down));
            self.refresh_horizontal(lattice, at(columns, 0));
            self.refresh_horizontal(lattice, at(columns, r.up));
        }
        self.refresh_horizontal(lattice, at(-2, 0));
        self.refresh_horizontal(lattice, at(2, 0));
    }

    /// Reads the 23 bonds around a vertical bond afresh after the exchange over it.
    #[inline]
    pub(crate) fn refresh_around_vertical(&mut self, lattice: &Lattice, first: usize) {
        let r = lattice.rows_around(first);
        let column = lattice.right();
        let to_up2 = r.up2 - r.up;
        let at =
            |columns: i32, row: i32| first.wrapping_add_signed((columns * column + row) as isize);
        // The bond above the upper neighbour of the pair reaches three rows up.
        let top = at(0, r.up2);
        let to_top = lattice.rows_around(top).up;
        self.refresh_vertical(lattice, at(0, r.down2), r.down - r.down2);
        self.refresh_vertical(lattice, top, to_top);
        for columns in [-1, 0, 1] {
            self.refresh_vertical(lattice, at(columns, r.down), -r.down);
            self.refresh_vertical(lattice, at(columns, 0), r.up);
            self.refresh_vertical(lattice, at(columns, r.up), to_up2);
        }
        for columns in [-2, -1, 0, 1] {
            self.refresh_horizontal(lattice, at(columns, 0));
            self.refresh_horizontal(lattice, at(columns, r.up));
        }
        for columns in [-1, 0] {
            self.refresh_horizontal(lattice, at(columns, r.down));
            self.refresh_horizontal(lattice, at(columns, r.up2));
        }
    }

    /// The lists in their present order, which the future of a run depends on.
    pub(crate) fn order(&self) -> &[Vec<u32>; CLASSES] {
        &self.lists
    }

    /// Puts the lists into a saved order; false if it does not hold these bonds.
    pub(crate) fn reorder(&mut self, order: &[Vec<u32>; CLASSES]) -> bool {
        for (class, (list, wanted)) in self.lists.iter_mut().zip(order).enumerate() {
            let mut seen = vec![false; self.state.len()];
            let same = list.len() == wanted.len()
                && wanted.iter().all(|&bond| {
                    let bond = bond as usize;
                    bond < seen.len()
                        && CLASS_OF_STATE[usize::from(self.state[bond])] == class
                        && !std::mem::replace(&mut seen[bond], true)
                });
            if !same {
                return false;
            }
            list.copy_from_slice(wanted);
            for (place, &bond) in wanted.iter().enumerate() {
                self.place[bond as usize] = place as u32;
            }
        }
        true
    }

    /// Whether every bond's state and list are those of the lattice.
    pub(crate) fn agree_with(&self, lattice: &Lattice) -> bool {
        let fresh = Bonds::new(lattice);
        let listed = self.lists.iter().enumerate().all(|(class, list)| {
            list.iter().enumerate().all(|(place, &bond)| {
                self.place[bond as usize] as usize == place && self.class(bond) == Some(class)
            })
        });
        listed && fresh.state == self.state && fresh.count == self.count
    }
}

#[inline(always)]
fn pair(first: u8, second: u8) -> usize {
    usize::from(first) + CODES * usize::from(second)
}

const _: () = assert!(UP == 1, "the tables read the spin from bit 0");
