//! Metropolis: one of the M possible moves at random, performed with probability
//! equal to its rate; an attempt takes the time 1/M.

use super::{Budget, Stop, System};
use crate::configuration::bonds::Bonds;
use crate::lattice::{Bond, Side};
use crate::rates::end_class;

/// The moves in the order of their numbers: vertical bonds, horizontal bonds, left flips, right flips.
#[derive(Clone, Copy, Debug)]
struct Moves {
    vertical: u32,
    horizontal: u32,
    flips: u32,
    rows: u32,
    /// 2³²/Ly, rounded up, for the number of columns below a site's number in place of a division:
    /// exact for all sites of the largest lattice.
    columns: u64,
}

impl Moves {
    /// The bond of a site to its right or upper neighbour; sites are numbered column by column.
    #[inline(always)]
    fn bond(&self, site: u32, horizontal: bool) -> Bond {
        let x = ((u64::from(site) * self.columns) >> 32) as u32;
        Bond {
            x,
            y: site - x * self.rows,
            horizontal,
        }
    }
}

impl System {
    fn moves(&self) -> Moves {
        let lattice = self.configuration.lattice();
        let (lx, ly) = (lattice.lx(), lattice.ly());
        let reservoirs = self.rates.flip.iter().any(|&rate| rate > 0.0);
        Moves {
            vertical: lx * ly,
            horizontal: (lx - 1) * ly,
            flips: if reservoirs { ly } else { 0 },
            rows: ly,
            columns: (1u64 << 32).div_ceil(ly.into()),
        }
    }

    /// Whether no move is possible: all spins are equal, and they cannot flip.
    pub(crate) fn is_frozen(&self) -> bool {
        let lattice = self.configuration.lattice();
        if !lattice.is_uniform() {
            return false;
        }
        let channels = if lattice.plus() == 0 { [1, 3] } else { [0, 2] };
        channels
            .iter()
            .all(|&channel| self.rates.flip[channel] == 0.0)
    }

    /// Whether as many attempts were made as the clock can tell apart.
    pub(crate) fn is_beyond_counting(&self) -> bool {
        self.counters.attempts >= MOST_ATTEMPTS
    }

    /// Advances to the time `until`; the clock stands at an attempt's time or at an earlier `until`.
    #[inline(never)]
    pub(crate) fn advance_metropolis(&mut self, until: f64, budget: Budget) -> Stop {
        let moves = self.moves();
        let total = moves.vertical + moves.horizontal + 2 * moves.flips;
        let per_time = f64::from(total);
        if self.is_frozen() {
            return Stop::Frozen;
        }
        if self.is_beyond_counting() {
            return Stop::Unresolved;
        }
        let first = self.counters.attempts;
        let last = attempts_until(until, per_time);
        let end = last
            .min(first.saturating_add(budget.attempts))
            .min(MOST_ATTEMPTS);
        let mut left = budget.events;
        while self.counters.attempts < end {
            if left == 0 {
                return Stop::Budget;
            }
            self.counters.attempts += 1;
            let before = self.counters.events;
            self.attempt(&moves, total, per_time);
            if self.counters.events > before {
                left -= 1;
                if self.is_frozen() {
                    return Stop::Frozen;
                }
            }
        }
        if end == last {
            self.time = until;
            return Stop::Until;
        }
        self.time = end as f64 / per_time;
        if self.is_beyond_counting() {
            Stop::Unresolved
        } else {
            Stop::Budget
        }
    }

    #[inline]
    fn attempt(&mut self, moves: &Moves, total: u32, per_time: f64) {
        let number = self.stream.below(total);
        let exchanges = moves.vertical + moves.horizontal;
        if number < exchanges {
            let horizontal = number >= moves.vertical;
            let site = if horizontal {
                number - moves.vertical
            } else {
                number
            };
            let bond = moves.bond(site, horizontal);
            let lattice = self.configuration.lattice();
            if !lattice.is_unlike(bond) {
                return;
            }
            if let Some(exchange) = Bonds::exchange(lattice, bond)
                && (exchange.class == 0 || self.stream.unit() < self.rates.exchange[exchange.class])
            {
                self.exchange_apart(bond, self.counters.attempts as f64 / per_time);
            }
        } else {
            let y = (number - exchanges) % moves.flips;
            let side = if number - exchanges < moves.flips {
                Side::Left
            } else {
                Side::Right
            };
            let lattice = self.configuration.lattice();
            let x = if side == Side::Left {
                0
            } else {
                lattice.lx() - 1
            };
            let up = lattice.is_up(x, y);
            let rate = match &self.rates.balanced {
                None => self.rates.flip[2 * side as usize + usize::from(!up)],
                Some(rates) => {
                    let unlike = lattice.unlike_around(x as usize, y as usize);
                    rates[side as usize].flip[end_class(up, unlike)]
                }
            };
            if self.stream.unit() < rate {
                self.flip(side, y, self.counters.attempts as f64 / per_time);
            }
        }
    }
}

/// Attempts beyond which the clock could not tell one from the next: 2⁵³.
const MOST_ATTEMPTS: u64 = 1 << 53;

/// How many attempts, each 1/`per_time` after the one before, come by `until`.
fn attempts_until(until: f64, per_time: f64) -> u64 {
    if until * per_time >= MOST_ATTEMPTS as f64 {
        return u64::MAX;
    }
    // The product may be off by its rounding.
    let mut attempts = (until * per_time) as u64;
    while attempts > 0 && attempts as f64 / per_time > until {
        attempts -= 1;
    }
    while (attempts + 1) as f64 / per_time <= until {
        attempts += 1;
    }
    attempts
}
