//! What is measured while a run goes on, each mean over simulated time.
//!
//! Sums change at events only, where they also take in the sample times since the
//! event before, and reading never alters anything: so what is measured does not
//! depend on how a run is cut into pieces.

pub mod blocking;
pub mod budget;
pub(crate) mod column_currents;
pub(crate) mod columns;
pub mod counters;
pub mod current;
mod estimate;
pub mod long_run;
pub mod profile;
#[cfg(feature = "experiments")]
pub(crate) mod regimes;
pub mod replicas;
pub mod rounds;
pub mod series;
#[cfg(feature = "experiments")]
pub mod sign;
pub mod state;
pub mod student;
pub mod uncertainty;

use crate::notation::plain;
use crate::rates::FAMILIES;
use crate::words::measure as words;
use blocking::{Blocking, Unknown};
use budget::{Budget, Held, Paid};
use column_currents::ColumnCurrents;
use columns::ColumnBlocks;
use counters::{Counters, Crossings};
use current::Estimator;
pub use estimate::Estimate;
use profile::Profile;
use serde::{Deserialize, Serialize};
use series::{Sample, Series};
use uncertainty::Uncertainty;

/// Length of the first blocks and of the first steps of the series, in time units,
/// unless the clock is so late that it could not tell them apart.
const FIRST_STEP: f64 = 1.0;
/// Shortest step in units of the clock's reading.
const FINEST_STEP: f64 = 1.0 / (1u64 << 40) as f64;

/// Quantities that are integrated: the rates' part of [`current`], Σ_y σ of both end columns,
/// and H.
const INTEGRANDS: usize = 4;

/// Quantities that are blocked, and their places in a block: J by the estimator of [`current`] and
/// by counting alone, both summed over the horizontal bonds, Σ_y σ of the end columns and half
/// their difference, and H.
const RATE: usize = 0;
const COUNT: usize = 1;
const FIRST: usize = 2;
const LAST: usize = 3;
const ENDS: usize = 4;
const ENERGY: usize = 5;
/// What the estimator is fitted to: the parts of the exchanges and of both reservoirs.
const PARTS: usize = 6;
const BLOCKED: usize = PARTS + 3;

/// What is integrated over time: what a configuration holds while no move happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Integrands<'a> {
    /// ∑_f (1 − θ_f) dF_f/dt of [`current`]; Σ_y σ(1, y); Σ_y σ(Lx, y); H.
    pub values: [f64; INTEGRANDS],
    /// Σ_y σ(x, y) of all columns.
    pub columns: &'a [i32],
    /// Counts since t = 0.
    pub counters: &'a Counters,
}

/// The sums of one measurement, from its start on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    start: f64,
    /// Up to here the present block's integrals reach.
    time: f64,
    /// What is blocked, summed over the completed blocks.
    total: [f64; BLOCKED],
    /// Integrals over the present block, up to `time`.
    within: [f64; INTEGRANDS],
    /// Counts at the start.
    counters: Counters,
    /// Q by family at the last end of a block, and I_L and I_R.
    crossings: Crossings,
    flown: [i64; 2],
    estimator: Estimator,
    blocking: Blocking,
    series: Series,
    profile: Profile,
    /// When the next block or sample is due; 0 until `pass_samples` has told.
    due: f64,
    /// Saved apart from the rest, since older runs are without.
    #[serde(skip)]
    budget: Option<Budget>,
}

impl Integrands<'_> {
    /// H.
    fn energy(&self) -> i64 {
        self.values[3] as i64
    }
}

impl Measurement {
    /// A measurement that begins at time `start`, on a lattice whose columns have the sums of spins
    /// `columns`.
    pub(crate) fn new(
        start: f64,
        counters: Counters,
        columns: &[i32],
        estimator: Estimator,
        budget: (i64, bool, Held),
    ) -> Self {
        let (energy, balanced, held) = budget;
        let mut step = FIRST_STEP;
        while step < start * FINEST_STEP {
            step *= 2.0;
        }
        Measurement {
            start,
            time: start,
            total: [0.0; BLOCKED],
            within: [0.0; INTEGRANDS],
            counters,
            crossings: counters.crossings,
            flown: counters.flown(),
            estimator,
            blocking: Blocking::new(BLOCKED, step),
            series: Series::new(step),
            profile: Profile::new(columns, start, step),
            due: 0.0,
            budget: Some(Budget::new(start, step, energy, balanced, held)),
        }
    }

    /// The clock at its start.
    pub fn start(&self) -> f64 {
        self.start
    }

    /// The counts at its start.
    pub(crate) fn counters_at_start(&self) -> Counters {
        self.counters
    }

    /// The weights in J of what the reservoirs bring and take, as they are now; see [`current`].
    pub(crate) fn reservoir_weights(&self) -> [f64; 2] {
        self.estimator.reservoirs()
    }

    /// The variance of what has crossed since the start, less what the estimator says of it.
    pub(crate) fn variation(&self, counters: &Counters) -> f64 {
        let hops = difference(counters.hops, self.counters.hops, u64::wrapping_sub);
        self.estimator.variation(hops, counters)
    }

    /// J_t and the running mean of J.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// The profile's sums.
    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// How well the mean of Σ_y σ(x, y) is known of column `x`, or why it is not.
    pub(crate) fn column(
        &self,
        x: usize,
        integrands: &Integrands,
        now: f64,
    ) -> Result<Uncertainty, String> {
        match self.profile.uncertainty(x) {
            Some(known) => known.map_err(|unknown| self.reason(unknown, integrands, now)),
            None => Err(words::OLD_PROFILE.to_owned()),
        }
    }

    /// The sum of the columns' means of Σ_y σ(x, y), each times its weight.
    #[cfg(feature = "experiments")]
    pub(crate) fn sum_of_columns(
        &self,
        weights: &[f64],
        integrands: &Integrands,
        now: f64,
    ) -> Estimate {
        let means = self.profile.means(integrands.columns, now);
        if means.is_empty() {
            return Estimate::missing(words::NO_TIME.said());
        }
        let mean = means.iter().zip(weights).map(|(m, w)| m * w).sum();
        let (known, reason) = match self.profile.uncertainty_of_sum(weights) {
            Some(Ok(known)) => (Some(known), None),
            Some(Err(unknown)) => (None, Some(self.reason(unknown, integrands, now))),
            None => (None, Some(words::OLD_PROFILE.to_owned())),
        };
        Estimate::of(Some(mean), known, reason)
    }

    /// The integrals since the start: of the columns' Σ_y σ, and of J by the better estimator,
    /// summed over the horizontal bonds.
    #[cfg(feature = "experiments")]
    pub(crate) fn integrals(&self, integrands: &Integrands, now: f64) -> (Vec<f64>, f64) {
        let mut columns = self.profile.means(integrands.columns, now);
        for mean in &mut columns {
            *mean *= now - self.start;
        }
        (columns, self.sums(integrands, now)[RATE])
    }

    /// The blocks of the profile, to be saved beside the rest: none of a run that was saved before
    /// there were any.
    pub(crate) fn column_blocks(&self) -> Option<&ColumnBlocks> {
        self.profile.blocks.as_ref()
    }

    /// Takes the blocks of the profile that were saved beside the rest.
    pub(crate) fn take_column_blocks(&mut self, blocks: ColumnBlocks) {
        self.profile.blocks = Some(blocks);
    }

    /// What crosses between the columns: none of a run that was saved before this was kept.
    pub(crate) fn column_currents(&self) -> Option<&ColumnCurrents> {
        self.profile.currents.as_ref()
    }

    /// Takes what was saved of it beside the rest.
    pub(crate) fn take_column_currents(&mut self, currents: Option<ColumnCurrents>) {
        self.profile.currents = currents;
    }

    /// The energy budget: none of a run that was saved before there was one.
    pub(crate) fn budget(&self) -> Option<&Budget> {
        self.budget.as_ref()
    }

    /// Takes the energy budget that was saved beside the rest.
    pub(crate) fn take_budget(&mut self, budget: Budget) {
        self.budget = Some(budget);
    }

    /// For recording what the reservoirs pay and the end columns hold.
    #[inline]
    pub(crate) fn budget_mut(&mut self) -> Option<&mut Budget> {
        self.budget.as_mut()
    }

    /// For recording the change of a column.
    #[inline]
    pub(crate) fn profile_mut(&mut self) -> &mut Profile {
        &mut self.profile
    }

    /// Whether sample times have passed by the time `until`.
    #[inline(always)]
    pub(crate) fn is_due(&self, until: f64) -> bool {
        self.due <= until
    }

    /// Takes in that the configuration stays as it is until an event at `until`.
    #[inline]
    pub(crate) fn hold(&mut self, integrands: &Integrands, until: f64) {
        if self.due <= until {
            self.pass_samples(integrands, until);
        }
        let span = until - self.time;
        for (sum, value) in self.within.iter_mut().zip(integrands.values) {
            *sum += value * span;
        }
        self.time = until;
    }

    /// Takes in the sample times up to `until`, the configuration staying as it is.
    #[cold]
    fn pass_samples(&mut self, integrands: &Integrands, until: f64) {
        self.series.make_room(self.start, until);
        loop {
            let sample = self.series.due(self.start);
            self.pass_blocks(integrands, until.min(sample));
            if sample > until {
                break;
            }
            let crossed = integrands.counters.crossed() - self.counters.crossed();
            self.series.push(Sample {
                crossings: crossed,
                rate_mean: self.sums(integrands, sample)[RATE] / (sample - self.start),
                rate_error: self.rate_error(sample),
            });
        }
        let block = self.blocking.due(self.start);
        self.due = block.min(self.series.due(self.start));
    }

    /// The error of the running mean at a sample time. Between two looks it falls as
    /// the square root of the time.
    fn rate_error(&self, sample: f64) -> f64 {
        let step = self.series.step();
        if self.blocking.is_at_look(self.start, sample, step) {
            return self.blocking.error(RATE).unwrap_or(f64::INFINITY);
        }
        let points = self.series.points();
        let spans = points.len() as f64 * step / (sample - self.start);
        points
            .last()
            .map_or(f64::INFINITY, |last| last.rate_error * spans.sqrt())
    }

    /// Completes the blocks that end by `until`; however many, in O(log) steps.
    fn pass_blocks(&mut self, integrands: &Integrands, until: f64) {
        loop {
            let due = self.blocking.due(self.start);
            if due > until {
                return;
            }
            let step = self.blocking.step();
            let sums = self.present(integrands, due);
            self.take_in(&sums.map(|sum| sum / step), 1);
            self.within = [0.0; INTEGRANDS];
            self.crossings = integrands.counters.crossings;
            self.flown = integrands.counters.flown();
            self.time = due;
            self.estimator
                .fit(&self.blocking, PARTS, integrands.counters, &self.counters);
            self.profile.end_blocks(integrands.columns, due);
            if let Some(budget) = &mut self.budget {
                budget.end_blocks(integrands.energy(), due);
            }

            let step = self.blocking.step();
            let more = ((until - due) / step).min(self.blocking.room() as f64) as u64;
            if more > 0 {
                let excess = self.budget.as_ref().and_then(Budget::excess_held);
                let values = integrands.values;
                let block = self.block(values, excess, [0; FAMILIES], [0; 2], 1.0);
                self.take_in(&block, more);
                self.time = due + more as f64 * step;
                self.profile.end_blocks(integrands.columns, self.time);
                if let Some(budget) = &mut self.budget {
                    budget.leap(more, self.time);
                }
            }
        }
    }

    /// Takes in `n` equal blocks.
    fn take_in(&mut self, block: &[f64; BLOCKED], n: u64) {
        let span = self.blocking.step() * n as f64;
        for (total, mean) in self.total.iter_mut().zip(block) {
            *total += mean * span;
        }
        self.blocking.push(block, n);
    }

    /// What is blocked, summed over the present block up to `now`.
    fn present(&self, integrands: &Integrands, now: f64) -> [f64; BLOCKED] {
        let mut integrals = self.within;
        for (sum, value) in integrals.iter_mut().zip(integrands.values) {
            *sum += value * (now - self.time);
        }
        let crossed = difference(
            integrands.counters.crossings,
            self.crossings,
            i64::wrapping_sub,
        );
        let flown = difference(integrands.counters.flown(), self.flown, i64::wrapping_sub);
        let span = now - self.blocking.began(self.start);
        let excess = self.budget.as_ref().and_then(|budget| budget.excess(now));
        self.block(integrals, excess, crossed, flown, span)
    }

    /// What is blocked, summed since the start.
    fn sums(&self, integrands: &Integrands, now: f64) -> [f64; BLOCKED] {
        let mut sums = self.present(integrands, now);
        for (sum, total) in sums.iter_mut().zip(self.total) {
            *sum += total;
        }
        sums
    }

    /// What is blocked, from what was integrated and what has been counted within a span.
    fn block(
        &self,
        integrals: [f64; INTEGRANDS],
        excess: Option<[f64; 2]>,
        crossed: Crossings,
        flown: [i64; 2],
        span: f64,
    ) -> [f64; BLOCKED] {
        let [rated, first, last, energy] = integrals;
        let count: i64 = crossed.iter().sum();
        let (crossed, flown) = (crossed.map(|n| n as f64), flown.map(|n| n as f64));
        let ends = excess.unwrap_or([first, last]);
        let parts = (self.estimator).parts(rated, ends, crossed, flown, span);
        let mut block = [0.0; BLOCKED];
        block[RATE] = self.estimator.estimate(&parts);
        block[COUNT] = count as f64;
        block[FIRST] = first;
        block[LAST] = last;
        block[ENDS] = (last - first) / 2.0;
        block[ENERGY] = energy;
        block[PARTS] = parts.exchanges;
        block[PARTS + 1..].copy_from_slice(&parts.reservoirs);
        block
    }

    /// Mean and error at the clock `now` of the held quantity at `index`.
    fn estimate(&self, index: usize, integrands: &Integrands, now: f64) -> Estimate {
        let span = now - self.start;
        if span <= 0.0 {
            return Estimate::missing(words::NO_TIME.said());
        }
        let (known, reason) = match self.blocking.uncertainty(index) {
            Ok(known) => (Some(known), None),
            Err(unknown) => (None, Some(self.reason(unknown, integrands, now))),
        };
        Estimate::of(
            Some(self.sums(integrands, now)[index] / span),
            known,
            reason,
        )
    }

    /// Mean and error at the clock `now` of a sum over the parts of the energy budget and what crosses
    /// the horizontal bonds by the better estimator, from the blocks of that sum.
    pub(crate) fn combined(
        &self,
        weights: [f64; budget::BLOCKED],
        current: f64,
        integrands: &Integrands,
        now: f64,
    ) -> Estimate {
        let Some(budget) = &self.budget else {
            return Estimate::missing(crate::words::budget::OLD.said());
        };
        let span = now - self.start;
        if span <= 0.0 {
            return Estimate::missing(words::NO_TIME.said());
        }
        let crossing = self.blocking.blocks(RATE);
        let block = |n: usize| {
            let part = |(i, weight): (usize, &f64)| weight * budget.blocking.blocks(i)[n];
            weights.iter().enumerate().map(part).sum::<f64>() + current * crossing[n]
        };
        let blocks: Vec<f64> = (0..crossing.len()).map(block).collect();
        let (known, reason) = match self.blocking.uncertainty_of(&blocks) {
            Ok(known) => (Some(known), None),
            Err(unknown) => (None, Some(self.reason(unknown, integrands, now))),
        };
        let parts = weights
            .iter()
            .zip(budget.sums(integrands.energy(), now))
            .map(|(weight, sum)| weight * sum)
            .sum::<f64>();
        let crossed = match current {
            0.0 => 0.0,
            current => current * self.sums(integrands, now)[RATE],
        };
        Estimate::of(Some((parts + crossed) / span), known, reason)
    }

    /// Why an error is not known at the clock `now`, in words.
    fn reason(&self, unknown: Unknown, integrands: &Integrands, now: f64) -> String {
        match unknown {
            Unknown::TooFew => self.reason_of_few(integrands, now),
            Unknown::Correlated => words::too_few_correlation_times(long_run::SAMPLES),
            Unknown::Dependent => words::NOT_INDEPENDENT.to_owned(),
            Unknown::Rare => words::TOO_LITTLE_HAPPENED.to_owned(),
            Unknown::Drifting => words::DRIFTS.to_owned(),
            Unknown::Constant => words::all_the_same(whole_time(self.blocking.step())),
        }
    }

    /// Why there are few blocks: they are taken in at events, so that it may be for want of
    /// these and not of time.
    fn reason_of_few(&self, integrands: &Integrands, now: f64) -> String {
        let needed = blocking::FEWEST as f64 * self.blocking.step();
        if now - self.start < needed {
            words::too_few_blocks(whole_time(needed))
        } else if integrands.counters.events == self.counters.events {
            words::NO_MOVE.to_owned()
        } else {
            words::TOO_LITTLE_HAPPENED.to_owned()
        }
    }

    /// Plus spins that move to the right, less those to the left, per time: the estimator of
    /// [`current`].
    pub(crate) fn rate(&self, integrands: &Integrands, now: f64) -> Estimate {
        self.estimate(RATE, integrands, now)
    }

    /// Q per time.
    pub(crate) fn count(&self, integrands: &Integrands, now: f64) -> Estimate {
        self.estimate(COUNT, integrands, now)
    }

    /// Σ_y σ(1, y).
    pub(crate) fn first_column(&self, integrands: &Integrands, now: f64) -> Estimate {
        self.estimate(FIRST, integrands, now)
    }

    /// Σ_y σ(Lx, y).
    pub(crate) fn last_column(&self, integrands: &Integrands, now: f64) -> Estimate {
        self.estimate(LAST, integrands, now)
    }

    /// Σ_y (σ(Lx, y) − σ(1, y))/2.
    pub(crate) fn both_ends(&self, integrands: &Integrands, now: f64) -> Estimate {
        self.estimate(ENDS, integrands, now)
    }

    /// H.
    pub(crate) fn energy(&self, integrands: &Integrands, now: f64) -> Estimate {
        self.estimate(ENERGY, integrands, now)
    }

    /// What the moves have cost since the start.
    pub(crate) fn paid(&self) -> Option<Paid> {
        self.budget.as_ref().map(Budget::paid)
    }

    /// −Σ ΔH of the exchanges since the start.
    pub(crate) fn heat(&self, energy: i64) -> Option<i64> {
        self.budget.as_ref().map(|budget| budget.heat(energy))
    }

    /// Whether the sums could be those of a lattice of `lx` columns at time `now`.
    pub(crate) fn is_sound(&self, lx: usize, now: f64) -> bool {
        let sums = self.total.iter().chain(&self.within);
        self.start.is_finite()
            && self.due.is_finite()
            && self.start >= 0.0
            && self.start <= self.time
            && self.time <= now
            && sums.into_iter().all(|sum| sum.is_finite())
            && self.estimator.is_sound()
            && self.blocking.is_sound(BLOCKED)
            && self.series.is_sound()
            && self.profile.is_sound(lx, now)
            && (self.budget.iter()).all(|budget| budget.is_sound(&self.blocking, self.start, now))
    }
}

/// A whole number of time units, as short as it can be read.
fn whole_time(t: f64) -> String {
    if t < 1e5 { t.to_string() } else { plain(t, 2) }
}

/// By how much counts have grown.
fn difference<T: Copy, const N: usize>(now: [T; N], since: [T; N], less: fn(T, T) -> T) -> [T; N] {
    std::array::from_fn(|i| less(now[i], since[i]))
}
