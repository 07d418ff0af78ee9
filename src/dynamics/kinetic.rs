//! Kinetic Monte Carlo: every event is a move, drawn with probability proportional
//! to its rate, after an exponentially distributed residence time.

use super::{Budget, Stop, System};
use crate::bonds::CLASSES;
use crate::lattice::Side;

/// Kinds of move: four classes of exchange, then the flips + → − and − → + of the left and
/// of the right end.
const KINDS: usize = CLASSES + 4;

/// The total rate of every kind of move, and of all.
#[derive(Clone, Copy, Debug)]
struct Weights {
    of: [f64; KINDS],
    total: f64,
}

impl System {
    #[inline(always)]
    fn weights(&self) -> Weights {
        let bonds = self.configuration.bonds();
        let mut of = [0.0; KINDS];
        for (class, weight) in of[..CLASSES].iter_mut().enumerate() {
            *weight = f64::from(bonds.number(class)) * self.rates.exchange[class];
        }
        for (number, side) in [Side::Left, Side::Right].into_iter().enumerate() {
            let [plus, minus] = self.configuration.end(side).numbers();
            let at = 2 * number;
            of[CLASSES + at] = f64::from(plus) * self.rates.flip[at];
            of[CLASSES + at + 1] = f64::from(minus) * self.rates.flip[at + 1];
        }
        let total = of.iter().sum();
        Weights { of, total }
    }

    /// When the next event comes, drawn anew; infinite when no move is possible.
    ///
    /// The clocks are memoryless, so this may be done at any time at which the rates change.
    pub(crate) fn draw_next_event(&mut self) -> f64 {
        self.next_event(self.weights().total)
    }

    #[inline(always)]
    fn next_event(&mut self, total: f64) -> f64 {
        if total > 0.0 {
            self.time + self.stream.exponential() / total
        } else {
            f64::INFINITY
        }
    }

    /// Draws the kind of move by its weight.
    #[inline(always)]
    fn draw_kind(&mut self, weights: &Weights) -> usize {
        let mut at = self.stream.unit() * weights.total;
        // What rounding leaves over falls to the last possible kind.
        let mut drawn = 0;
        for (kind, &weight) in weights.of.iter().enumerate() {
            if weight > 0.0 {
                drawn = kind;
                if at < weight {
                    break;
                }
                at -= weight;
            }
        }
        drawn
    }

    /// Advances to the time `until`, the next event being due at `next`, which is kept up to date.
    pub(crate) fn advance_kinetic(&mut self, next: &mut f64, until: f64, budget: Budget) -> Stop {
        let mut left = budget.events.min(budget.attempts);
        let mut weights = self.weights();
        loop {
            if *next == f64::INFINITY {
                return Stop::Frozen;
            }
            if *next > until {
                self.time = until;
                return Stop::Until;
            }
            if left == 0 {
                return Stop::Budget;
            }
            left -= 1;
            self.perform(&weights, *next);
            weights = self.weights();
            *next = self.next_event(weights.total);
        }
    }

    #[inline]
    fn perform(&mut self, weights: &Weights, at: f64) {
        let kind = self.draw_kind(weights);
        self.counters.attempts += 1;
        if kind < CLASSES {
            let list = self.configuration.bonds().list(kind);
            let bond = list[self.stream.below(list.len() as u32) as usize];
            self.exchange(bond, at);
        } else {
            let side = if kind < CLASSES + 2 {
                Side::Left
            } else {
                Side::Right
            };
            let end = self.configuration.end(side);
            let rows = if kind.is_multiple_of(2) {
                end.plus()
            } else {
                end.minus()
            };
            let y = rows[self.stream.below(rows.len() as u32) as usize];
            self.flip(side, y, at);
        }
    }
}
