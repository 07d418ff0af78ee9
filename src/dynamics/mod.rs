//! The dynamics: how the Poisson clocks of the moves are realised.
//!
//! [`kinetic`] and [`metropolis`] choose the moves; what a move does to the
//! configuration, the counters and the measurement is the same for both and
//! stands here.

pub(crate) mod kinetic;
pub(crate) mod metropolis;
pub(crate) mod version;

use crate::configuration::{Configuration, Effect};
use crate::lattice::{Bond, Lattice, Side};
use crate::measure::budget::Held;
use crate::measure::counters::Counters;
use crate::measure::current::{Estimator, SortRates};
use crate::measure::{Integrands, Measurement};
use crate::params::{Params, Reservoirs};
use crate::random::Stream;
use crate::rates::Rates;

/// How far to advance at most, besides a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Moves performed.
    pub events: u64,
    /// Moves attempted; the same as performed for kinetic Monte Carlo.
    pub attempts: u64,
}

impl Budget {
    /// No limit but the time.
    pub const UNLIMITED: Budget = Budget {
        events: u64::MAX,
        attempts: u64::MAX,
    };

    /// So many moves performed.
    pub const fn events(events: u64) -> Self {
        Budget {
            events,
            attempts: u64::MAX,
        }
    }
}

/// Why a run paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    target_arch = "wasm32",
    derive(serde::Serialize, tsify::Tsify),
    serde(rename_all = "lowercase")
)]
pub enum Stop {
    /// The budget is used up.
    Budget,
    /// The time is reached.
    Until,
    /// No move is possible: the total rate is 0, and the run has ended.
    Frozen,
    /// The residence times are below the resolution of the clock, which would stand still while
    /// spins move: the run has ended.
    Unresolved,
}

/// The smallest step that the clock can make at a time, 0 or later.
fn resolution(time: f64) -> f64 {
    f64::from_bits(time.to_bits() + 1) - time
}

/// A configuration on its way through time.
#[derive(Clone, Debug)]
pub(crate) struct System {
    pub configuration: Configuration,
    pub rates: Rates,
    /// The rates of all flips at balanced reservoirs, + → − and − → + on the left and on the right.
    pub flip_weights: [f64; 4],
    /// By which the bonds enter the estimator of J.
    pub sort_rates: SortRates,
    pub stream: Stream,
    pub time: f64,
    pub counters: Counters,
    pub measurement: Measurement,
}

impl System {
    /// The system at t = 0 with the given stream of its seed; `up` in place of its initial datum.
    pub fn new(params: &Params, stream: u64, up: Option<&[bool]>) -> Self {
        let mut stream = Stream::new(params.seed, stream);
        let configuration = match up {
            None => Configuration::new(params, &mut stream),
            Some(up) => {
                let lattice = Lattice::from_spins(params.lx, params.ly, params.boundary, up);
                Configuration::between(params.reservoirs, lattice)
            }
        };
        let counters = Counters::default();
        let (rates, sort_rates) = rates_of(params);
        let (flip_weights, held) = ends_of(&configuration, &rates);
        let budget = (configuration.energy(), held);
        let columns = configuration.lattice().column_sums();
        let measurement = measurement(params, columns, 0.0, counters, [0.0; 2], budget);
        System {
            configuration,
            rates,
            flip_weights,
            sort_rates,
            stream,
            time: 0.0,
            counters,
            measurement,
        }
    }

    /// What the configuration holds until the next move.
    #[inline(always)]
    pub fn integrands(&self) -> Integrands<'_> {
        integrands(&self.configuration, &self.sort_rates, &self.counters)
    }

    /// Goes on with the rates that `params` ask for.
    pub fn set_rates(&mut self, params: &Params) {
        (self.rates, self.sort_rates) = rates_of(params);
        self.flip_weights = ends_of(&self.configuration, &self.rates).0;
    }

    /// Takes in that spins of the end columns, or beside them, have turned over at time `at`.
    #[inline(never)]
    fn ends_changed(&mut self, at: f64) {
        if self.rates.balanced.is_some() {
            self.balanced_ends_changed(at);
            return;
        }
        let stray = self.configuration.take_stray();
        if let Some(budget) = self.measurement.budget_mut() {
            budget.change_power(powers(&self.configuration, &self.rates), stray, at);
        }
    }

    #[inline(never)]
    fn balanced_ends_changed(&mut self, at: f64) {
        let (weights, held) = ends_of(&self.configuration, &self.rates);
        self.flip_weights = weights;
        let stray = self.configuration.take_stray();
        if let Some(budget) = self.measurement.budget_mut() {
            budget.change(held, stray, at);
        }
    }

    /// Begins a new measurement now, with what J's estimator has learnt of the reservoirs, unless
    /// that is to be `forgotten`.
    pub fn measure_afresh(&mut self, params: &Params, forgotten: bool) {
        let known = self.measurement.reservoir_weights();
        let known = if forgotten { [0.0; 2] } else { known };
        let (weights, held) = ends_of(&self.configuration, &self.rates);
        // Spins may have been painted.
        self.flip_weights = weights;
        self.configuration.take_stray();
        let budget = (self.configuration.energy(), held);
        let columns = self.configuration.lattice().column_sums();
        self.measurement = measurement(params, columns, self.time, self.counters, known, budget);
    }

    /// Exchanges the spins of a bond at time `at`.
    #[inline(always)]
    pub fn exchange(&mut self, bond: Bond, at: f64) -> Effect {
        if self.measurement.is_due(at) {
            let integrands = integrands(&self.configuration, &self.sort_rates, &self.counters);
            self.measurement.hold(&integrands, at);
        }
        // While nothing but positions change, what is held goes on.
        let (measurement, rates) = (&mut self.measurement, &self.sort_rates);
        let counters = &self.counters;
        let done = self.configuration.exchange(bond, |before| {
            hold_until(at, measurement, before, rates, counters);
        });
        if bond.horizontal {
            self.counters.crossings[done.family] += i64::from(done.direction);
            self.counters.hops[done.family] += 1;
            let profile = self.measurement.profile_mut();
            profile.cross(bond.x as usize, 2 * done.direction, at);
        }
        if done.near_end {
            self.ends_changed(at);
        }
        self.counters.events += 1;
        self.time = at;
        done.effect
    }

    /// The same once for all that is not the innermost loop, where it would stand again and again.
    #[inline(never)]
    pub fn exchange_apart(&mut self, bond: Bond, at: f64) -> Effect {
        self.exchange(bond, at)
    }

    /// Flips the spin in row `y` of an end column at time `at`.
    #[inline]
    pub fn flip(&mut self, side: Side, y: u32, at: f64) {
        let integrands = integrands(&self.configuration, &self.sort_rates, &self.counters);
        self.measurement.hold(&integrands, at);
        let (spin, delta_h) = self.configuration.flip(side, y);
        if let Some(budget) = self.measurement.budget_mut() {
            budget.pay(side as usize, delta_h);
        }
        self.ends_changed(at);
        let x = match side {
            Side::Left => {
                self.counters.injected += i64::from(spin);
                0
            }
            Side::Right => {
                self.counters.removed -= i64::from(spin);
                self.configuration.lattice().lx() as usize - 1
            }
        };
        self.counters.flips[side as usize] += 1;
        self.measurement.profile_mut().change(x, 2 * spin, at);
        self.counters.events += 1;
        self.time = at;
    }
}

/// What a configuration holds until the next move.
#[inline(always)]
fn integrands<'a>(
    configuration: &'a Configuration,
    rates: &SortRates,
    counters: &'a Counters,
) -> Integrands<'a> {
    let sums = configuration.lattice().column_sums();
    let excess = configuration.bonds().rightward_excess();
    let (first, last) = (sums[0], sums[sums.len() - 1]);
    Integrands {
        values: [
            rates.sum(excess),
            f64::from(first),
            f64::from(last),
            configuration.energy() as f64,
        ],
        columns: sums,
        counters,
    }
}

/// Measures what a configuration has held until now. Apart from the event loop, which then has
/// nothing to prepare for the events that do not need it.
#[inline(never)]
fn hold_until(
    now: f64,
    measurement: &mut Measurement,
    configuration: &Configuration,
    rates: &SortRates,
    counters: &Counters,
) {
    measurement.hold(&integrands(configuration, rates, counters), now);
}

/// The rates of all flips at balanced reservoirs, and what the end columns hold for the budget.
#[inline]
pub(crate) fn ends_of(configuration: &Configuration, rates: &Rates) -> ([f64; 4], Held) {
    match (configuration.end_classes(), &rates.balanced) {
        (Some(classes), Some(rates)) => {
            let numbers = [classes[0].numbers(), classes[1].numbers()];
            let [left, right] = [0, 1].map(|side: usize| rates[side].weights(numbers[side]));
            let power = |side: usize| rates[side].power(numbers[side]);
            // A flip to plus is what the column has too little of, by 2.
            let excess = |[down, up]: [f64; 2]| 2.0 * (down - up);
            let held = [power(0), power(1), excess(left), excess(right)];
            ([left[0], left[1], right[0], right[1]], held)
        }
        _ => {
            let [left, right] = powers(configuration, rates);
            ([0.0; 4], [left, right, 0.0, 0.0])
        }
    }
}

/// Σ rate·ΔH over the flips of each reservoir that knows no energy.
#[inline(always)]
fn powers(configuration: &Configuration, rates: &Rates) -> [f64; 2] {
    let (alignment, fields) = (configuration.alignment(), configuration.fields());
    [0, 1].map(|side| {
        let [aligned, field] = rates.power[side];
        aligned * f64::from(alignment[side]) + field * f64::from(fields[side])
    })
}

/// A measurement that begins at time `start` with the given sums of the columns, weights of the
/// reservoirs in J, H and what the end columns hold.
fn measurement(
    params: &Params,
    columns: &[i32],
    start: f64,
    counters: Counters,
    known: [f64; 2],
    (energy, held): (i64, Held),
) -> Measurement {
    let lx = params.lx as usize;
    // A reservoir at m leaves its column alone, in the mean, where the mean spin is m.
    let balanced = match params.reservoirs {
        Reservoirs::On => Some([params.m_left, params.m_right].map(|m| m * f64::from(params.ly))),
        Reservoirs::Off => None,
        // What the columns have more comes from the rates of the flips.
        Reservoirs::Balanced => Some([0.0; 2]),
    };
    let estimator = Estimator::new(lx, params.beta, balanced, known, &counters);
    let knows_energy = params.reservoirs == Reservoirs::Balanced;
    Measurement::new(
        start,
        counters,
        columns,
        estimator,
        (energy, knows_energy, held),
    )
}

/// The rates that `params` ask for, and those by which bonds enter the estimator of J.
pub(crate) fn rates_of(params: &Params) -> (Rates, SortRates) {
    let (left, right) = (params.m_left, params.m_right);
    let rates = match params.reservoirs {
        Reservoirs::On => Rates::new(params.beta, Some((left, right))),
        Reservoirs::Off => Rates::new(params.beta, None),
        Reservoirs::Balanced => Rates::balanced(params.beta, [left, right]),
    };
    let sort_rates = SortRates::new(params.beta, rates.exchange);
    (rates, sort_rates)
}
