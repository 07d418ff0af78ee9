//! A run: parameters, a configuration on its way through time, and its measurement.

use super::report::Report;
use crate::configuration::Configuration;
use crate::configuration::brush::{Brush, Painted};
use crate::digest::Digest;
use crate::dynamics::System;
pub use crate::dynamics::{Budget, Stop};
use crate::measure::budget::Paid;
use crate::measure::counters::Counters;
use crate::measure::series::Series;
use crate::params::{Dynamics, Invalid, Params, SIZE_MAX};

/// A run of the model.
///
/// The same parameters give the same trajectory and the same sums, bit for bit,
/// however [`advance`](Self::advance) is cut into pieces.
///
/// # Example
/// ```
/// use uphill::params::Params;
/// use uphill::run::simulation::{Budget, Simulation, Stop};
/// let mut run = Simulation::new(&Params { seed: 1, ..Params::default() }).unwrap();
/// assert_eq!(run.advance(1000.0, Budget::UNLIMITED), Stop::Until);
/// assert_eq!(run.time(), 1000.0);
/// let report = run.report();
/// assert!(report.energy.mean.unwrap() < -1.8);
/// ```
#[derive(Clone, Debug)]
pub struct Simulation {
    pub(crate) params: Params,
    /// m₊, m₋ or β were changed on the way.
    pub(crate) altered: bool,
    pub(crate) painted: Option<Painted>,
    pub(crate) system: System,
    /// When the next event comes, for kinetic Monte Carlo; infinite if none can.
    pub(crate) next_event: f64,
}

impl Simulation {
    /// A run at t = 0, Lx and Ly from 4 to 512.
    ///
    /// # Errors
    /// Names every parameter that is not allowed.
    pub fn new(params: &Params) -> Result<Self, Vec<Invalid>> {
        params.validate()?;
        Ok(Simulation::at_start(params))
    }

    /// As [`new`](Self::new), but for lattices from 2×3 on, small enough that their
    /// master equation can be solved exactly and compared with.
    ///
    /// # Errors
    /// Names every parameter that is not allowed.
    pub fn of_small_lattice(params: &Params) -> Result<Self, Vec<Invalid>> {
        let mut invalid = params.invalid_values();
        for (key, size, least) in [("Lx", params.lx, 2), ("Ly", params.ly, 3)] {
            if !(least..=SIZE_MAX).contains(&size) {
                let allowed = crate::words::links::whole_number(least, SIZE_MAX);
                invalid.push(Invalid::new(key, size, allowed));
            }
        }
        if invalid.is_empty() {
            Ok(Simulation::at_start(params))
        } else {
            Err(invalid)
        }
    }

    /// As [`new`](Self::new), but with another stream of the same seed and, where they are
    /// given, other spins at t = 0: `up[x·Ly + y]` tells whether (x+1, y+1) is plus.
    #[cfg(feature = "experiments")]
    pub(crate) fn of_task(
        params: &Params,
        stream: u64,
        up: Option<&[bool]>,
    ) -> Result<Self, Vec<Invalid>> {
        params.validate()?;
        Ok(Simulation::started(params, stream, up))
    }

    fn at_start(params: &Params) -> Self {
        Simulation::started(params, 0, None)
    }

    fn started(params: &Params, stream: u64, up: Option<&[bool]>) -> Self {
        let mut run = Simulation {
            params: params.clone(),
            altered: false,
            painted: None,
            system: System::new(params, stream, up),
            next_event: 0.0,
        };
        run.draw_next_event();
        run
    }

    fn draw_next_event(&mut self) {
        if self.params.dynamics == Dynamics::Kinetic {
            self.next_event = self.system.draw_next_event();
        }
    }

    /// Runs on until the clock reads `until` or the budget is used up, whichever is first.
    ///
    /// Where the budget ends it, the clock stands at the last event (or attempt).
    /// A time that has passed already changes nothing.
    pub fn advance(&mut self, until: f64, budget: Budget) -> Stop {
        if until <= self.system.time {
            return Stop::Until;
        }
        match self.params.dynamics {
            Dynamics::Kinetic => self
                .system
                .advance_kinetic(&mut self.next_event, until, budget),
            Dynamics::Metropolis => self.system.advance_metropolis(until, budget),
        }
    }

    /// Changes the reservoirs of the running system; the measurement begins anew.
    ///
    /// # Errors
    /// Names the value that is not allowed; the run then goes on unchanged.
    pub fn set_magnetizations(&mut self, right: f64, left: f64) -> Result<(), Vec<Invalid>> {
        self.alter(Params {
            m_right: right,
            m_left: left,
            ..self.params.clone()
        })
    }

    /// Changes β of the running system; the measurement begins anew.
    ///
    /// # Errors
    /// Names the value that is not allowed; the run then goes on unchanged.
    pub fn set_beta(&mut self, beta: f64) -> Result<(), Vec<Invalid>> {
        self.alter(Params {
            beta,
            ..self.params.clone()
        })
    }

    fn alter(&mut self, params: Params) -> Result<(), Vec<Invalid>> {
        params.validate()?;
        if params == self.params {
            return Ok(());
        }
        self.system.set_rates(&params);
        self.params = params;
        self.altered = true;
        self.draw_next_event();
        self.system.measure_afresh(&self.params, true);
        Ok(())
    }

    /// Sets all spins within `radius` of column `x` and row `y`, both from 0, to `spin`, ±1; the
    /// measurement begins anew. Distances are Euclidean in units of the lattice, so that a radius
    /// of 0 is the one site; along y they go the shorter way around, at the columns the brush is
    /// cut. Returns how many spins were turned over; if none, nothing has changed.
    ///
    /// # Errors
    /// Names the values that are not allowed; the run then goes on unchanged.
    ///
    /// # Example
    /// ```
    /// use uphill::params::Params;
    /// use uphill::run::simulation::Simulation;
    /// let mut run = Simulation::new(&Params::default()).unwrap();
    /// assert_eq!(run.paint(5, 0, 1, 1), Ok(5));
    /// assert_eq!(run.spin(5, 39), 1);
    /// assert_eq!(run.painted().unwrap().pluses, 5);
    /// ```
    pub fn paint(&mut self, x: u32, y: u32, radius: u32, spin: i32) -> Result<u32, Vec<Invalid>> {
        let [x, y, radius] = [x, y, radius].map(f64::from);
        let brush = Brush::new(&self.params, x, y, radius, spin.into())?;
        Ok(self.touch(brush))
    }

    /// Paints with a brush on this lattice; returns how many spins were turned over.
    pub(crate) fn touch(&mut self, brush: Brush) -> u32 {
        let change = self.system.configuration.paint(brush);
        let turned = change.pluses.unsigned_abs() as u32;
        if turned > 0 {
            let first = Painted::at(self.system.time);
            self.painted.get_or_insert(first).add(&change);
            // What balanced reservoirs make of the new spins is worked out anew, and then waited for.
            self.measure_afresh();
            self.draw_next_event();
        }
        turned
    }

    /// Begins the measurement anew; the trajectory stays as it is, and what J's estimator has
    /// learnt of it.
    pub fn measure_afresh(&mut self) {
        self.system.measure_afresh(&self.params, false);
    }

    /// The weights in J of what the left and the right reservoir bring and take, as they are now:
    /// see [`crate::measure::current`].
    pub fn reservoir_weights(&self) -> [f64; 2] {
        self.system.measurement.reservoir_weights()
    }

    /// The parameters, as they are now.
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// Whether parameters were changed or spins painted on the way, so that the run's link does
    /// not lead here.
    pub fn is_altered(&self) -> bool {
        self.altered || self.painted.is_some()
    }

    /// What was painted since t = 0, if anything.
    pub fn painted(&self) -> Option<Painted> {
        self.painted
    }

    /// The clock: simulated time since the initial datum. In one unit a move of
    /// rate 1 happens once on average.
    pub fn time(&self) -> f64 {
        self.system.time
    }

    /// Whether no move is possible any more.
    pub fn is_frozen(&self) -> bool {
        match self.params.dynamics {
            Dynamics::Kinetic => self.next_event == f64::INFINITY,
            Dynamics::Metropolis => self.system.is_frozen(),
        }
    }

    /// The integrals since the measurement began: of the columns' Σ_y σ, and of J by the better
    /// estimator, summed over the horizontal bonds.
    #[cfg(feature = "experiments")]
    pub(crate) fn integrals(&self) -> (Vec<f64>, f64) {
        let system = &self.system;
        let integrands = system.integrands();
        system.measurement.integrals(&integrands, system.time)
    }

    /// The clock up to which no move comes: for Metropolis, whose next one nobody knows, the
    /// present.
    #[cfg(feature = "experiments")]
    pub(crate) fn still_until(&self) -> f64 {
        match self.params.dynamics {
            Dynamics::Kinetic => self.next_event,
            Dynamics::Metropolis => self.time(),
        }
    }

    /// Whether the residence times are below the resolution of the clock, at which a run ends.
    pub fn is_unresolved(&self) -> bool {
        match self.params.dynamics {
            Dynamics::Kinetic => self.system.is_unresolved(self.next_event),
            Dynamics::Metropolis => self.system.is_beyond_counting(),
        }
    }

    /// Counts since t = 0.
    pub fn counters(&self) -> Counters {
        self.system.counters
    }

    /// Moves performed since t = 0.
    pub fn events(&self) -> u64 {
        self.system.counters.events
    }

    /// Moves attempted since t = 0; for kinetic Monte Carlo those performed.
    pub fn attempts(&self) -> u64 {
        self.system.counters.attempts
    }

    /// Q since t = 0.
    pub fn crossings(&self) -> i64 {
        self.system.counters.crossed()
    }

    /// I_L since t = 0.
    pub fn injected(&self) -> i64 {
        self.system.counters.injected
    }

    /// I_R since t = 0.
    pub fn removed(&self) -> i64 {
        self.system.counters.removed
    }

    /// The spins and what is kept in step with them.
    pub fn configuration(&self) -> &Configuration {
        &self.system.configuration
    }

    /// One byte a site, (x, y) at x·Ly + y from 0: 1 for σ = +1, else 0.
    pub fn sites(&self) -> Vec<u8> {
        self.configuration().lattice().sites()
    }

    /// The spin in column `x` and row `y`, both from 0.
    pub fn spin(&self, x: u32, y: u32) -> i32 {
        self.configuration().lattice().spin(x, y)
    }

    /// H of the present configuration.
    pub fn energy(&self) -> i64 {
        self.configuration().energy()
    }

    /// What the flips of the reservoirs have cost since the measurement began; none of a run that was
    /// saved by a version that did not count it.
    pub fn paid(&self) -> Option<Paid> {
        self.system.measurement.paid()
    }

    /// −Σ ΔH of the exchanges since the measurement began, which went to the bath as heat; none of
    /// such a run.
    pub fn heat(&self) -> Option<i64> {
        self.system.measurement.heat(self.energy())
    }

    /// J_t and the running mean of J since the measurement began.
    pub fn series(&self) -> &Series {
        self.system.measurement.series()
    }

    /// Simulated time since the measurement began.
    pub fn measured_span(&self) -> f64 {
        self.system.time - self.system.measurement.start()
    }

    /// Q since the measurement began.
    pub fn measured_crossings(&self) -> i64 {
        self.crossings() - self.system.measurement.counters_at_start().crossed()
    }

    /// What has been measured, up to now.
    pub fn report(&self) -> Report {
        Report::of(&self.system, &self.params, self.painted, self.is_frozen())
    }

    /// A fingerprint of spins, counters, generator and clock: equal for equal runs.
    pub fn digest(&self) -> u64 {
        let system = &self.system;
        let mut digest = Digest::new();
        digest.bytes(&self.sites());
        let Counters {
            crossings: _,
            hops,
            flips: _,
            injected,
            removed,
            events,
            attempts,
        } = system.counters;
        for count in [
            system.counters.crossed() as u64,
            hops.iter().sum(),
            injected as u64,
            removed as u64,
            events,
            attempts,
        ] {
            digest.word(count);
        }
        for word in system.stream.words() {
            digest.word(word);
        }
        digest.word(system.time.to_bits());
        digest.word(self.next_event.to_bits());
        digest.value()
    }
}
