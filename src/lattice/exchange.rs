//! What the bonds of a window are: which can exchange, at which rate, and which way.

use super::window::{CENTRE, WIDTH};

/// What a horizontal bond is turned by, from the place of its left site to its number: between the
/// vertical ones of a patch, which have their places themselves, four columns and rows further.
const TURN: u32 = 4 * WIDTH + 4;

/// The number of a bond in a window, from 0 to 63, given the place of its left or lower site.
/// Those of a patch are different; of the bonds further out a horizontal and a vertical one may
/// have the same.
pub(crate) const fn numbered(place: u32, horizontal: bool) -> u32 {
    if horizontal {
        (place + TURN) % 64
    } else {
        place
    }
}

/// Some bonds of a window, by their numbers: vertical and horizontal ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Among {
    pub vertical: u64,
    pub horizontal: u64,
}

impl Among {
    /// What stands at the places of their left or lower sites, by their numbers.
    #[inline(always)]
    fn pick(self, vertical: u64, horizontal: u64) -> u64 {
        vertical & self.vertical | horizontal.rotate_left(TURN) & self.horizontal
    }
}

/// What some bonds of a window are, for all of them at once, a bond standing at its number. Bits
/// are 0 where it cannot exchange.
#[derive(Clone, Copy)]
pub(crate) struct States {
    /// It can exchange: its spins are unlike.
    unlike: u64,
    /// Binary digits of its class, and of the family of its exchange.
    class: [u64; 2],
    family: [u64; 2],
    /// Its left or lower spin is up.
    up: u64,
}

/// How many of the four neighbours are unlike the spin at each place of a window, in binary
/// digits, the lowest first. Meaningless at the window's edge.
fn unlike_neighbours(window: u64) -> [u64; 3] {
    let upper = window ^ window >> 1;
    let right = window ^ window >> WIDTH;
    let (lower, left) = (upper << 1, right << WIDTH);
    let (one, two) = (upper ^ lower, upper & lower);
    let (other_one, other_two) = (right ^ left, right & left);
    let carry = one & other_one;
    [
        one ^ other_one,
        two ^ other_two ^ carry,
        two & other_two | carry & (two ^ other_two),
    ]
}

impl States {
    /// Those of some bonds of a window.
    #[inline(always)]
    pub fn new(window: u64, among: Among) -> Self {
        let neighbours = unlike_neighbours(window);
        let i = neighbours.map(|digit| among.pick(digit, digit));
        let j = neighbours.map(|digit| among.pick(digit >> 1, digit >> WIDTH));
        let unlike = among.pick(window ^ window >> 1, window ^ window >> WIDTH);
        // i + j, from 2 to 8 where the spins are unlike; ΔH = 20 − 4(i + j).
        let carry = i[0] & j[0];
        let more = i[1] & j[1] | carry & (i[1] ^ j[1]);
        let sum = [
            i[0] ^ j[0],
            i[1] ^ j[1] ^ carry,
            i[2] ^ j[2] ^ more,
            i[2] & j[2] | more & (i[2] ^ j[2]),
        ];
        // The class is 5 − (i + j), or 0 if that is negative.
        let at_most_three = !(sum[3] | sum[2]);
        let class = [
            !(sum[3] | sum[0]) & (sum[2] ^ sum[1]),
            at_most_three & sum[1],
        ];
        // The steep ones are families 2 and 3; of the others those of family 1 have i and j
        // of 2 or 3. See `rates::family_of`.
        let steep = at_most_three | sum[3] | sum[2] & sum[1] & sum[0];
        let steepest = at_most_three & !sum[0] | sum[3];
        let edge = i[1] & j[1];
        let family = [steep & steepest | !steep & edge, steep];
        States {
            unlike,
            class: class.map(|digit| digit & unlike),
            family: family.map(|digit| digit & unlike),
            up: among.pick(window, window) & unlike,
        }
    }

    /// The bonds of a class.
    #[inline(always)]
    pub fn of_class(&self, class: usize) -> u64 {
        let digit = |n: usize| self.class[n] ^ if class >> n & 1 == 1 { 0 } else { u64::MAX };
        self.unlike & digit(0) & digit(1)
    }

    /// Where the class is another.
    #[inline(always)]
    pub fn other_class(&self, other: &Self) -> u64 {
        (self.unlike ^ other.unlike)
            | (self.class[0] ^ other.class[0])
            | (self.class[1] ^ other.class[1])
    }

    /// Where anything is another.
    #[inline(always)]
    pub fn differ(&self, other: &Self) -> u64 {
        self.other_class(other)
            | (self.family[0] ^ other.family[0])
            | (self.family[1] ^ other.family[1])
            | (self.up ^ other.up)
    }

    /// The class of a bond that can exchange.
    #[inline(always)]
    pub fn class(&self, bond: u32) -> usize {
        digit(self.class[0], bond) | digit(self.class[1], bond) << 1
    }

    /// The family of the exchange of a bond.
    #[inline(always)]
    pub fn family(&self, bond: u32) -> usize {
        digit(self.family[0], bond) | digit(self.family[1], bond) << 1
    }

    /// The sort of a bond.
    #[inline(always)]
    pub fn sort(&self, bond: u32) -> usize {
        2 * self.family(bond) + digit(self.class[0] | self.class[1], bond)
    }

    /// 1 where a bond would move a plus right or up, −1 where left or down, else 0.
    #[inline(always)]
    pub fn direction(&self, bond: u32) -> i64 {
        2 * digit(self.up, bond) as i64 - digit(self.unlike, bond) as i64
    }
}

#[inline(always)]
pub(crate) fn digit(digits: u64, number: u32) -> usize {
    (digits >> (number % 64) & 1) as usize
}

/// What the bond of a window's site to its right or upper neighbour is, if it can exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exchange {
    /// The class of its rate.
    pub class: usize,
    /// Its sort.
    pub sort: usize,
    /// 1 if it would move a plus right or up, −1 if left or down.
    pub direction: i32,
}

impl Exchange {
    /// That over the horizontal or the vertical bond.
    #[inline]
    pub fn of(window: u64, horizontal: bool) -> Option<Self> {
        let bond = numbered(CENTRE, horizontal);
        let mut among = Among::default();
        if horizontal {
            among.horizontal = 1 << bond;
        } else {
            among.vertical = 1 << bond;
        }
        let states = States::new(window, among);
        (digit(states.unlike, bond) == 1).then(|| Exchange {
            class: states.class(bond),
            sort: states.sort(bond),
            direction: states.direction(bond) as i32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lattice::window::place;
    use crate::random::Stream;
    use crate::rates::{class_of, delta_h_of_unlike, family_of};

    /// What is worked out for all bonds of a window at once is what the rates say of each.
    #[test]
    fn states_are_those_of_the_rates() {
        let mut stream = Stream::new(3, 0);
        for n in 0..4000 {
            // From few spins of one kind to as many.
            let mut window = stream.word();
            for _ in 0..n % 4 {
                window &= stream.word();
            }
            let spin = |dx: i32, dy: i32| window >> place(dx, dy) & 1;
            let unlike = |dx: i32, dy: i32| {
                let all = [(1, 0), (-1, 0), (0, 1), (0, -1)];
                let other = |&&(x, y): &&(i32, i32)| spin(dx + x, dy + y) != spin(dx, dy);
                all.iter().filter(other).count() as u32
            };
            for horizontal in [false, true] {
                let (dx, dy) = if horizontal { (1, 0) } else { (0, 1) };
                let expected = (spin(0, 0) != spin(dx, dy)).then(|| {
                    let (i, j) = (unlike(0, 0), unlike(dx, dy));
                    let class = class_of(delta_h_of_unlike(i, j));
                    Exchange {
                        class,
                        sort: 2 * family_of(i, j) + usize::from(class > 0),
                        direction: if spin(0, 0) == 1 { 1 } else { -1 },
                    }
                });
                assert_eq!(Exchange::of(window, horizontal), expected, "{window:#x}");
            }
        }
    }
}
