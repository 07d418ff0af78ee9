//! Kinetic Monte Carlo: every event is a move, drawn with probability proportional
//! to its rate, after an exponentially distributed residence time.

use super::{Budget, Stop, System, resolution};
use crate::configuration::Effect;
use crate::lattice::Side;
use crate::random::Layers;
use crate::rates::{CLASSES, END_CLASSES};

/// Channels, by which a move can happen: four classes of exchange, then the flips + → − and − → + of the left and
/// of the right end.
const CHANNELS: usize = CLASSES + 4;

/// The total rate of every channel of move, and of all.
#[derive(Clone, Copy, Debug)]
struct Weights {
    of: [f64; CHANNELS],
    total: f64,
}

impl System {
    #[inline(always)]
    fn weights(&self) -> Weights {
        let bonds = self.configuration.bonds();
        let mut of = [0.0; CHANNELS];
        for (class, weight) in of[..CLASSES].iter_mut().enumerate() {
            *weight = f64::from(bonds.number(class)) * self.rates.exchange[class];
        }
        if self.rates.balanced.is_some() {
            of[CLASSES..].copy_from_slice(&self.flip_weights);
            return Weights { of, total: sum(of) };
        }
        for (number, side) in [Side::Left, Side::Right].into_iter().enumerate() {
            let [plus, minus] = self.configuration.end(side).numbers();
            let at = 2 * number;
            of[CLASSES + at] = f64::from(plus) * self.rates.flip[at];
            of[CLASSES + at + 1] = f64::from(minus) * self.rates.flip[at + 1];
        }
        Weights { of, total: sum(of) }
    }

    /// When the next event comes, drawn anew; infinite when no move is possible.
    ///
    /// The clocks are memoryless, so this may be done at any time at which the rates change.
    pub(crate) fn draw_next_event(&mut self) -> f64 {
        self.next_event(self.weights().total, Layers::get())
    }

    /// Whether the clock cannot tell the next event, due at `next`, from the present, nor could it
    /// in the mean. One residence time is as short now and then in any run.
    #[cold]
    pub(crate) fn is_unresolved(&self, next: f64) -> bool {
        next == self.time && self.weights().total * resolution(self.time) > 1.0
    }

    #[inline(always)]
    fn next_event(&mut self, total: f64, layers: &Layers) -> f64 {
        if total > 0.0 {
            self.time + self.stream.exponential(layers) / total
        } else {
            f64::INFINITY
        }
    }

    /// Advances to the time `until`, the next event being due at `next`, which is kept up to date.
    #[inline(never)]
    pub(crate) fn advance_kinetic(&mut self, next: &mut f64, until: f64, budget: Budget) -> Stop {
        let mut left = budget.events.min(budget.attempts);
        let mut weights = self.weights();
        let layers = Layers::get();
        // Below infinity, at which a next event that never comes is due.
        let last = until.min(f64::MAX);
        loop {
            if *next > last {
                if *next == f64::INFINITY {
                    return Stop::Frozen;
                }
                self.time = until;
                return Stop::Until;
            }
            if *next <= self.time && self.is_unresolved(*next) {
                return Stop::Unresolved;
            }
            if left == 0 {
                return Stop::Budget;
            }
            left -= 1;
            if self.perform(&weights, *next) == Effect::RatesChanged {
                weights = self.weights();
            }
            *next = self.next_event(weights.total, layers);
        }
    }

    /// Draws a move by its weight and makes it at time `at`.
    #[inline(always)]
    fn perform(&mut self, weights: &Weights, at: f64) -> Effect {
        self.counters.attempts += 1;
        let drawn = self.stream.unit() * weights.total;
        // The exchanges of rate 1 come first, nearly all of the moves; as they weigh one each,
        // the number drawn tells which it is.
        if drawn < weights.of[0] {
            let bond = self.configuration.bonds().listed(0, drawn as u32);
            self.exchange(bond, at)
        } else {
            self.perform_other(weights, drawn, at)
        }
    }

    #[inline(never)]
    fn perform_other(&mut self, weights: &Weights, drawn: f64, at: f64) -> Effect {
        let channel = weights.channel(drawn);
        if channel < CLASSES {
            let bonds = self.configuration.bonds();
            let bond = bonds.listed(channel, self.stream.below(bonds.number(channel)));
            return self.exchange_apart(bond, at);
        }
        let side = if channel < CLASSES + 2 {
            Side::Left
        } else {
            Side::Right
        };
        if let Some(y) = self.balanced_row(side, channel % 2, weights.of[channel]) {
            self.flip(side, y, at);
            return Effect::RatesChanged;
        }
        let end = self.configuration.end(side);
        let rows = if channel.is_multiple_of(2) {
            end.plus()
        } else {
            end.minus()
        };
        let y = rows[self.stream.below(rows.len() as u32) as usize];
        self.flip(side, y, at);
        Effect::RatesChanged
    }
}

impl System {
    /// The row of a flip of a spin, + for 0 and − for 1, at a balanced reservoir, drawn by their rates,
    /// which add up to `weight`; none at another one.
    fn balanced_row(&mut self, side: Side, spin: usize, weight: f64) -> Option<u32> {
        let classes = &self.configuration.end_classes()?[side as usize];
        let rates = &self.rates.balanced.as_ref()?[side as usize];
        let mut at = self.stream.unit() * weight;
        // What rounding leaves over falls to the last possible class.
        let mut drawn = None;
        let half = END_CLASSES / 2;
        for class in spin * half..(spin + 1) * half {
            let rows = classes.listed(class);
            let weight = rows.len() as f64 * rates.flip[class];
            if weight > 0.0 {
                drawn = Some(rows);
                if at < weight {
                    break;
                }
                at -= weight;
            }
        }
        let rows = drawn?;
        Some(rows[self.stream.below(rows.len() as u32) as usize])
    }
}

/// The sum of the weights of the channels, in pairs, since the next event waits for it. Written so
/// that it is no sum of vectors, which would cost the browsers 4 to 8 % of an event.
#[inline(always)]
fn sum(of: [f64; CHANNELS]) -> f64 {
    let [a, b, c, d, e, f, g, h] = of;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

impl Weights {
    /// The channel at which a number from 0 to the total falls.
    fn channel(&self, mut at: f64) -> usize {
        // What rounding leaves over falls to the last possible channel.
        let mut drawn = 0;
        for (channel, &weight) in self.of.iter().enumerate() {
            if weight > 0.0 {
                drawn = channel;
                if at < weight {
                    break;
                }
                at -= weight;
            }
        }
        drawn
    }
}
