//! The energy budget: what the reservoirs put in, and what goes to the bath as heat.
//!
//! A flip of an end spin σ whose four energy neighbours add up to h costs ΔH = 2σh. The power of a
//! reservoir is what its flips cost per unit time: counted, or as the time average of Σ rate·ΔH
//! over its column. What is counted less the integral of the rates is a martingale, so that both
//! have one mean in whatever state. Heat is −Σ ΔH of the exchanges. Where there is a function H
//! of the spins whose differences the moves pay for, at every moment
//!
//!   heat = work of the flips − (H now − H at the start)
//!
//! so that no exchange has to be looked at. With outer neighbours that do not look back there is
//! none: a spin of an end column that turns over changes the bond of its reader, too, which nobody
//! pays for. What this adds up to is counted, and added to the right.

use super::blocking::Blocking;
use serde::{Deserialize, Serialize};

/// Quantities that are blocked, each per unit time: the work of the left and of the right reservoir
/// counted, the same by the rates, and what heat is more than work.
pub(super) const BLOCKED: usize = 5;

/// What the end columns hold until a spin in them or beside them turns over: Σ rate·ΔH over the
/// flips, left and right, and what balanced reservoirs have Σ_y σ more than they ask for, −2
/// and 2 times the rates at which they bring and take pluses.
pub(crate) type Held = [f64; 4];

/// What is counted in a measurement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// ΔH of the flips of the left and of the right reservoir.
    pub work: [i64; 2],
    /// Σ ΔH² of the flips of each.
    pub squares: [u64; 2],
    /// By how much H has changed more than all moves have cost; 0 where H is a function of the
    /// spins.
    pub stray: i64,
}

/// The energy budget of a measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Budget {
    /// Whether the reservoirs are balanced.
    balanced: bool,
    held: Held,
    /// Up to here the present block's integrals reach.
    time: f64,
    /// Integrals over the present block, up to `time`.
    within: Held,
    /// What was counted since the start, and until the present block began.
    paid: Paid,
    before: Paid,
    /// H at the start, and when the present block began.
    energies: [i64; 2],
    /// What is blocked, summed over the completed blocks.
    total: [f64; BLOCKED],
    pub(super) blocking: Blocking,
}

impl Budget {
    /// Of a measurement that begins at `start` with first blocks of length `step`.
    pub fn new(start: f64, step: f64, energy: i64, balanced: bool, held: Held) -> Self {
        Budget {
            balanced,
            held,
            time: start,
            within: [0.0; 4],
            paid: Paid::default(),
            before: Paid::default(),
            energies: [energy; 2],
            total: [0.0; BLOCKED],
            blocking: Blocking::new(BLOCKED, step),
        }
    }

    /// What is held is another from `now` on.
    #[inline]
    pub fn change(&mut self, held: Held, stray: i64, now: f64) {
        let span = now - self.time;
        for (sum, value) in self.within.iter_mut().zip(self.held) {
            *sum += value * span;
        }
        self.held = held;
        self.time = now;
        self.paid.stray += stray;
    }

    /// The same of reservoirs that know no energy, of which nothing but the powers is held.
    #[inline]
    pub fn change_power(&mut self, [left, right]: [f64; 2], stray: i64, now: f64) {
        let span = now - self.time;
        self.within[0] += self.held[0] * span;
        self.within[1] += self.held[1] * span;
        self.held[0] = left;
        self.held[1] = right;
        self.time = now;
        self.paid.stray += stray;
    }

    /// A reservoir, 0 or 1, has flipped a spin at the cost of `delta_h`.
    #[inline]
    pub fn pay(&mut self, side: usize, delta_h: i32) {
        self.paid.work[side] += i64::from(delta_h);
        self.paid.squares[side] += u64::from(delta_h.unsigned_abs().pow(2));
    }

    pub fn paid(&self) -> Paid {
        self.paid
    }

    /// −Σ ΔH of the exchanges since the start, H being `energy` now.
    pub fn heat(&self, energy: i64) -> i64 {
        self.released(self.energies[0], Paid::default(), energy)
            + self.paid.work.iter().sum::<i64>()
    }

    /// What heat has been more than work since H was `from`.
    fn released(&self, from: i64, before: Paid, energy: i64) -> i64 {
        from - energy + self.paid.stray - before.stray
    }

    /// What is integrated, over the present block up to `now`.
    fn integrals(&self, now: f64) -> Held {
        let span = now - self.time;
        std::array::from_fn(|i| self.within[i] + self.held[i] * span)
    }

    /// What balanced reservoirs have Σ_y σ more than they ask for, integrated over the present block
    /// up to `now`; none of others.
    pub fn excess(&self, now: f64) -> Option<[f64; 2]> {
        let [_, _, left, right] = self.integrals(now);
        self.balanced.then_some([left, right])
    }

    /// The same of a time of length 1 in which nothing happens.
    pub fn excess_held(&self) -> Option<[f64; 2]> {
        self.balanced.then_some([self.held[2], self.held[3]])
    }

    /// What is blocked, summed over the present block up to `now`.
    fn present(&self, energy: i64, now: f64) -> [f64; BLOCKED] {
        let [left, right, ..] = self.integrals(now);
        let work = |side: usize| (self.paid.work[side] - self.before.work[side]) as f64;
        let released = self.released(self.energies[1], self.before, energy);
        [work(0), work(1), left, right, released as f64]
    }

    /// What is blocked, summed since the start.
    pub fn sums(&self, energy: i64, now: f64) -> [f64; BLOCKED] {
        let mut sums = self.present(energy, now);
        for (sum, total) in sums.iter_mut().zip(self.total) {
            *sum += total;
        }
        sums
    }

    /// Ends the present block at `due`, H having been `energy`, and `more` in which nothing happens.
    pub fn end_blocks(&mut self, energy: i64, due: f64) {
        let step = self.blocking.step();
        let sums = self.present(energy, due);
        self.take_in(sums.map(|sum| sum / step), 1);
        self.within = [0.0; 4];
        self.before = self.paid;
        self.energies[1] = energy;
        self.time = due;
    }

    /// Takes in `more` blocks from the end of one to `until` in which nothing happens.
    pub fn leap(&mut self, more: u64, until: f64) {
        let [left, right, ..] = self.held;
        self.take_in([0.0, 0.0, left, right, 0.0], more);
        self.time = until;
    }

    fn take_in(&mut self, block: [f64; BLOCKED], n: u64) {
        let span = self.blocking.step() * n as f64;
        for (total, mean) in self.total.iter_mut().zip(block) {
            *total += mean * span;
        }
        self.blocking.push(&block, n);
    }

    /// Whether the sums could be those of a measurement from `start` to `now`, whose other blocks are
    /// as given.
    pub fn is_sound(&self, blocks: &Blocking, start: f64, now: f64) -> bool {
        let sums = self.total.iter().chain(&self.within).chain(&self.held);
        self.time >= start
            && self.time <= now
            && sums.into_iter().all(|sum| sum.is_finite())
            && self.blocking.is_sound(BLOCKED)
            && self.blocking.step() == blocks.step()
            && self.blocking.blocks(0).len() == blocks.blocks(0).len()
    }
}
