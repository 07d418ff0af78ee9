//! What the bonds of a window are: which can exchange, at which rate, and which way.

use crate::transition::CLASSES;
use crate::window::{CENTRE, WIDTH};

/// In place of a class: the bond cannot exchange, for its spins are equal or it is none of the
/// lattice's.
const IDLE: usize = CLASSES;

/// What the bonds of one orientation are, for all places of a window at once; a bond stands at
/// the place of its left or lower site. Bits are 0 where it cannot exchange.
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
    /// Those of the bonds between each place and the one `step` further.
    #[inline(always)]
    fn new(window: u64, neighbours: [u64; 3], step: u32) -> Self {
        let i = neighbours;
        let j = neighbours.map(|digit| digit >> step);
        let unlike = window ^ window >> step;
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
            up: window & unlike,
        }
    }

    /// Those of vertical and of horizontal bonds.
    #[inline(always)]
    pub fn both(window: u64) -> [Self; 2] {
        let neighbours = unlike_neighbours(window);
        [1, WIDTH].map(|step| States::new(window, neighbours, step))
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

    /// The class of the bond at a place, or [`IDLE`].
    #[inline(always)]
    pub fn class(&self, place: u32) -> usize {
        let class = digit(self.class[0], place) | digit(self.class[1], place) << 1;
        class + IDLE * (digit(self.unlike, place) ^ 1)
    }

    /// The family of the exchange of the bond at a place.
    #[inline(always)]
    pub fn family(&self, place: u32) -> usize {
        digit(self.family[0], place) | digit(self.family[1], place) << 1
    }

    /// The sort of the bond at a place.
    #[inline(always)]
    pub fn sort(&self, place: u32) -> usize {
        2 * self.family(place) + digit(self.class[0] | self.class[1], place)
    }

    /// 1 where the bond at a place would move a plus right or up, −1 where left or down, else 0.
    #[inline(always)]
    pub fn direction(&self, place: u32) -> i64 {
        2 * digit(self.up, place) as i64 - digit(self.unlike, place) as i64
    }
}

#[inline(always)]
pub(crate) fn digit(digits: u64, place: u32) -> usize {
    (digits >> (place % 64) & 1) as usize
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
        let step = if horizontal { WIDTH } else { 1 };
        let states = States::new(window, unlike_neighbours(window), step);
        (digit(states.unlike, CENTRE) == 1).then(|| Exchange {
            class: states.class(CENTRE),
            sort: states.sort(CENTRE),
            direction: states.direction(CENTRE) as i32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use crate::rates::{class_of, delta_h_of_unlike, family_of};
    use crate::window::place;

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
