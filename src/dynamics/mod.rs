//! The dynamics: how the Poisson clocks of the moves are realised.
//!
//! [`kinetic`] and [`metropolis`] choose the moves; what a move does to the
//! configuration, the counters and the measurement is the same for both and
//! stands here.

pub(crate) mod kinetic;
pub(crate) mod metropolis;

use crate::bonds::Bond;
use crate::configuration::{Configuration, Effect};
use crate::lattice::{Lattice, Side};
use crate::measure::current::{self, Crossings, Estimator};
use crate::measure::{Held, Measurement};
use crate::params::Params;
use crate::random::Stream;
use crate::rates::{FAMILIES, Rates};
use serde::{Deserialize, Serialize};

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

/// Counts since t = 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Q by family of exchange: plus spins that crossed a horizontal bond to the right, less those
    /// to the left.
    pub crossings: Crossings,
    /// Horizontal exchanges by family, either way.
    pub hops: [u64; FAMILIES],
    /// Flips by the left and by the right reservoir, either way.
    pub flips: [u64; 2],
    /// I_L: plus spins injected by the left reservoir, less those removed.
    pub injected: i64,
    /// I_R: plus spins removed by the right reservoir, less those injected.
    pub removed: i64,
    /// Moves performed.
    pub events: u64,
    /// Moves attempted.
    pub attempts: u64,
}

impl Counters {
    /// Q.
    pub fn crossed(&self) -> i64 {
        self.crossings.iter().sum()
    }

    /// I_L and I_R.
    pub(crate) fn flown(&self) -> [i64; 2] {
        [self.injected, self.removed]
    }
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
            Some(up) => Configuration::of(Lattice::from_spins(
                params.lx,
                params.ly,
                params.boundary,
                up,
            )),
        };
        let counters = Counters::default();
        let measurement = measurement(params, 0.0, counters, [0.0; 2]);
        System {
            configuration,
            rates: rates_of(params),
            stream,
            time: 0.0,
            counters,
            measurement,
        }
    }

    /// What the configuration holds until the next move.
    #[inline(always)]
    pub fn held(&self) -> Held<'_> {
        held(&self.configuration, &self.rates, &self.counters)
    }

    /// Begins a new measurement now, with what J's estimator has learnt of the reservoirs, unless
    /// that is to be `forgotten`.
    pub fn measure_afresh(&mut self, params: &Params, forgotten: bool) {
        let known = self.measurement.reservoir_weights();
        let known = if forgotten { [0.0; 2] } else { known };
        self.measurement = measurement(params, self.time, self.counters, known);
    }

    /// Exchanges the spins of a bond at time `at`.
    #[inline(always)]
    pub fn exchange(&mut self, bond: Bond, at: f64) -> Effect {
        if self.measurement.is_due(at) {
            let held = held(&self.configuration, &self.rates, &self.counters);
            self.measurement.hold(&held, at);
        }
        // While nothing but positions change, what is held goes on.
        let (measurement, rates) = (&mut self.measurement, &self.rates);
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
        self.counters.events += 1;
        self.time = at;
        done.effect
    }

    /// Flips the spin in row `y` of an end column at time `at`.
    #[inline]
    pub fn flip(&mut self, side: Side, y: u32, at: f64) {
        let held = held(&self.configuration, &self.rates, &self.counters);
        self.measurement.hold(&held, at);
        let spin = self.configuration.flip(side, y);
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
fn held<'a>(configuration: &Configuration, rates: &Rates, counters: &'a Counters) -> Held<'a> {
    let sums = configuration.lattice().column_sums();
    let excess = configuration.bonds().rightward_excess();
    let (first, last) = (sums[0], sums[sums.len() - 1]);
    Held {
        values: [
            current::rated(excess, &rates.current),
            f64::from(first),
            f64::from(last),
            configuration.energy() as f64,
        ],
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
    rates: &Rates,
    counters: &Counters,
) {
    measurement.hold(&held(configuration, rates, counters), now);
}

/// A measurement that begins at time `start` with the given weights of the reservoirs in J.
fn measurement(params: &Params, start: f64, counters: Counters, known: [f64; 2]) -> Measurement {
    let lx = params.lx as usize;
    // A reservoir at m leaves its column alone, in the mean, where the mean spin is m.
    let balanced = [params.m_left, params.m_right].map(|m| m * f64::from(params.ly));
    let balanced = params.reservoirs.then_some(balanced);
    let estimator = Estimator::new(lx, params.beta, balanced, known, &counters);
    Measurement::new(start, counters, lx, estimator)
}

/// The rates that `params` ask for.
pub(crate) fn rates_of(params: &Params) -> Rates {
    let reservoirs = params.reservoirs.then_some((params.m_left, params.m_right));
    Rates::new(params.beta, reservoirs)
}
