//! An error bar is one standard deviation of what it stands beside: over thousands of
//! short runs of small lattices, the reported squared error has the mean of the squared
//! scatter, and the exact mean lies within one and two of them as often as it should.
//!
//! The currents are anticorrelated, so that short blocks overestimate their errors; the
//! magnetization and the energy below the critical temperature are slow, so that short
//! blocks underestimate theirs.

use crate::significance::Replicas;
use crate::validation::{self, Coverage, Series};
use uphill::master_equation::Stationary;
use uphill::measure::Estimate;
use uphill::measure::blocking::{Blocking, Unknown};
use uphill::params::{Boundary, Dynamics, Params, Reservoirs};
use uphill::random::Stream;
use uphill::run::report::Report;
use uphill::run::simulation::{Budget, Simulation};

const RUNS: u64 = 1000;
/// The largest share of the runs that may be without an error: were it larger, those
/// that have one would be a selection.
const MISSING: f64 = 0.02;
/// How far the mean squared error may be from the variance, beyond the statistics.
const BIAS: f64 = 0.05;
/// How far the shares of runs within one and two errors may be from those of a normal
/// variable, beyond the statistics.
const COVERAGE_BIAS: f64 = 0.02;
/// Statistical standard deviations allowed.
const SIGMAS: f64 = 3.0;

/// Many short runs of one lattice.
struct Trial {
    /// Its name among the records.
    name: &'static str,
    params: Params,
    relaxation: f64,
    measurement: f64,
}

impl Trial {
    fn reports(&self) -> impl Iterator<Item = Report> {
        (0..RUNS).map(|seed| {
            let params = Params {
                seed,
                ..self.params.clone()
            };
            let mut run = Simulation::of_small_lattice(&params).expect("valid parameters");
            run.advance(self.relaxation, Budget::UNLIMITED);
            run.measure_afresh();
            run.advance(self.relaxation + self.measurement, Budget::UNLIMITED);
            run.report()
        })
    }

    /// Holds the errors of the named quantities against their scatter.
    fn check(&self, quantities: &[Quantity]) {
        let exact = Stationary::of(&self.params).expect("the balance equations are solved");
        let mut tallies: Vec<Tally> = quantities
            .iter()
            .map(|quantity| Tally::new((quantity.exact)(&exact)))
            .collect();
        for report in self.reports() {
            for (quantity, tally) in quantities.iter().zip(&mut tallies) {
                tally.add((quantity.estimate)(&report));
            }
        }
        let coverage = |(quantity, tally): (&Quantity, &Tally)| tally.coverage(quantity.name);
        let found = Series {
            about: format!(
                "{}, {}",
                validation::lattice(&self.params),
                validation::dynamics(self.params.dynamics)
            ),
            rows: quantities.iter().zip(&tallies).map(coverage).collect(),
        };
        validation::leave(&format!("error-bars-{}", self.name), found);
        for (quantity, tally) in quantities.iter().zip(&tallies) {
            tally.check(&format!("{}, {:?}", quantity.name, self.params));
        }
    }
}

/// An estimate of the report and what it estimates.
struct Quantity {
    name: &'static str,
    estimate: fn(&Report) -> &Estimate,
    exact: fn(&Stationary) -> f64,
}

const CURRENT: Quantity = Quantity {
    name: "J by rates",
    estimate: |report| &report.current,
    exact: Stationary::current,
};
const COUNT: Quantity = Quantity {
    name: "J by count",
    estimate: |report| &report.count,
    exact: Stationary::current,
};
const FROM_LAST_COLUMN: Quantity = Quantity {
    name: "J of last column",
    estimate: |report| &report.from_last_column,
    exact: Stationary::current,
};
const FIRST_COLUMN: Quantity = Quantity {
    name: "first column",
    estimate: |report| &report.first_column,
    exact: |stationary| stationary.profile()[0],
};
const M_EQ: Quantity = Quantity {
    name: "m_eq",
    estimate: |report| &report.m_eq,
    exact: |stationary| {
        let profile = stationary.profile();
        (profile[profile.len() - 1] - profile[0]) / 2.0
    },
};
const ENERGY: Quantity = Quantity {
    name: "energy",
    estimate: |report| &report.energy,
    exact: Stationary::energy,
};

/// Means and errors of one quantity over the runs.
struct Tally {
    exact: f64,
    means: Replicas,
    squares: Replicas,
    missing: u64,
    within_one: u64,
    within_two: u64,
}

impl Tally {
    fn new(exact: f64) -> Self {
        Self {
            exact,
            means: Replicas::default(),
            squares: Replicas::default(),
            missing: 0,
            within_one: 0,
            within_two: 0,
        }
    }

    fn add(&mut self, estimate: &Estimate) {
        let mean = estimate.mean.expect("a run has a mean");
        self.means.add(mean);
        let Some(error) = estimate.error else {
            self.missing += 1;
            return;
        };
        let standard_error = estimate.standard_error.expect("it belongs to the error");
        self.squares.add(standard_error * standard_error);
        let distance = (mean - self.exact).abs() / error;
        self.within_one += u64::from(distance < 1.0);
        self.within_two += u64::from(distance < 2.0);
    }

    fn coverage(&self, quantity: &str) -> Coverage {
        let results = self.squares.count();
        Coverage {
            what: quantity.to_owned(),
            results,
            within: [self.within_one, self.within_two].map(|n| n as f64 / results),
            bias: self.squares.mean() / self.means.variance() - 1.0,
        }
    }

    fn check(&self, what: &str) {
        let missing = self.missing as f64 / RUNS as f64;
        let Coverage {
            bias,
            within: shares,
            ..
        } = self.coverage(what);
        println!(
            "{what}: error²/variance − 1 = {bias:+.3}, within 1 and 2 σ {shares:.4?}, \
             mean off by {:+.1} σ, {missing} without error",
            self.means.score(self.exact)
        );
        assert!(
            missing <= MISSING,
            "{what}: {missing} of the runs have no error"
        );
        // The variance of n normal variables scatters by √(2/n) of itself.
        let scatter = (2.0 / RUNS as f64).sqrt();
        assert!(
            bias.abs() < BIAS + SIGMAS * scatter,
            "{what}: error²/variance − 1 = {bias}"
        );
        for (share, normal) in shares.into_iter().zip([0.6827, 0.9545_f64]) {
            let scatter = (normal * (1.0 - normal) / RUNS as f64).sqrt();
            let off = share - normal;
            assert!(
                off.abs() < COVERAGE_BIAS + SIGMAS * scatter,
                "{what}: {share}, not {normal}"
            );
        }
    }
}

fn lattice(size: (u32, u32), beta: f64, m: f64, boundary: Boundary, dynamics: Dynamics) -> Params {
    Params {
        lx: size.0,
        ly: size.1,
        beta,
        m_left: -m,
        m_right: m,
        boundary,
        dynamics,
        ..Params::default()
    }
}

#[test]
fn of_anticorrelated_currents() {
    Trial {
        name: "anticorrelated-currents",
        params: lattice((3, 3), 0.44, 0.6, Boundary::Fixed, Dynamics::Kinetic),
        relaxation: 100.0,
        measurement: 4096.0,
    }
    .check(&[CURRENT, COUNT, FROM_LAST_COLUMN, FIRST_COLUMN, ENERGY]);
}

#[test]
fn of_metropolis_runs() {
    Trial {
        name: "metropolis-runs",
        params: lattice((3, 3), 0.3, 0.8, Boundary::Shifted(1), Dynamics::Metropolis),
        relaxation: 100.0,
        measurement: 4096.0,
    }
    .check(&[CURRENT, COUNT, FROM_LAST_COLUMN, FIRST_COLUMN, ENERGY]);
}

/// At β = 1 the interface between the phases takes 30 time units to move, while the
/// current forgets within one.
#[test]
fn of_slow_energies() {
    Trial {
        name: "slow-energies",
        params: lattice((3, 3), 1.0, 0.9, Boundary::Fixed, Dynamics::Kinetic),
        relaxation: 500.0,
        measurement: 16_384.0,
    }
    .check(&[CURRENT, COUNT, FROM_LAST_COLUMN, FIRST_COLUMN, ENERGY]);
}

/// Without reservoirs only the walls pull the pluses to the right, over 15 time units; from
/// the ground state there are two excursions in 100 time units, with no error of J before
/// some hundreds of them.
#[test]
fn of_slow_magnetizations() {
    let mut params = lattice((2, 3), 0.44, 0.0, Boundary::Fixed, Dynamics::Kinetic);
    params.reservoirs = Reservoirs::Off;
    Trial {
        name: "slow-magnetizations",
        params,
        relaxation: 500.0,
        measurement: 200_000.0,
    }
    .check(&[CURRENT, M_EQ, ENERGY]);
}

/// A run that is too short for an error says so, rather than giving a wrong one.
#[test]
fn are_missing_from_short_runs() {
    for dynamics in [Dynamics::Kinetic, Dynamics::Metropolis] {
        let params = lattice((4, 4), 0.8, 0.9, Boundary::Fixed, dynamics);
        let mut run = Simulation::of_small_lattice(&params).expect("valid parameters");
        run.advance(50.0, Budget::UNLIMITED);
        let report = run.report();
        for estimate in [
            &report.current,
            &report.count,
            &report.last_column,
            &report.energy,
        ] {
            assert!(estimate.mean.is_some());
            assert_eq!(estimate.error, None);
            assert!(
                estimate
                    .reason
                    .as_ref()
                    .is_some_and(|reason| !reason.is_empty())
            );
        }
    }
}

/// Q − ∫ rate is a martingale whose quadratic variation is the number of hops, so the
/// report's distance between the two estimators is a normal variable.
#[test]
fn of_the_two_estimators_from_each_other() {
    for dynamics in [Dynamics::Kinetic, Dynamics::Metropolis] {
        let trial = Trial {
            name: "two-estimators",
            params: lattice((4, 4), 0.5, 0.7, Boundary::Fixed, dynamics),
            relaxation: 50.0,
            measurement: 1000.0,
        };
        let (mut distances, mut squares) = (Replicas::default(), Replicas::default());
        for report in trial.reports() {
            let distance = report.disagreement.expect("plus spins have hopped");
            distances.add(distance);
            squares.add(distance * distance);
        }
        let scores = [distances.score(0.0), squares.score(1.0)];
        println!("{dynamics:?}: mean and square off by {scores:.1?} σ");
        assert!(
            scores.iter().all(|score| score.abs() < SIGMAS + 1.0),
            "{dynamics:?}: {scores:?}"
        );
    }
}

/// 900 blocks of x_i = x_{i−1}/2 + noise, whose mean changes by so many standard errors in all.
fn with_a_drift(standard_errors: f64, seed: u64) -> Blocking {
    const BLOCKS: u32 = 900;
    let standard_error = 2.0 / (12.0 * f64::from(BLOCKS)).sqrt();
    let mut stream = Stream::new(seed, 0);
    let mut blocking = Blocking::new(1, 1.0);
    let mut x = 0.0;
    for i in 0..BLOCKS {
        x = x / 2.0 + stream.unit() - 0.5;
        let drift = standard_errors * f64::from(i) / f64::from(BLOCKS);
        blocking.push(&[x + drift * standard_error], 1);
    }
    blocking
}

/// A drift D is seen as D/√12 standard errors; the limit is 4 of them.
#[test]
fn are_missing_while_the_mean_drifts() {
    let drifting = |standard_errors: f64, seeds: u64| {
        let series = (0..seeds).map(|seed| with_a_drift(standard_errors, seed));
        let found = series.filter(|blocking| blocking.error(0) == Err(Unknown::Drifting));
        found.count()
    };
    for standard_errors in [30.0, 60.0, -120.0] {
        assert!(drifting(standard_errors, 100) >= 99, "{standard_errors}");
    }
    // A rate of 10⁻³ would give four; more than 12 once in 3000 times.
    assert!(drifting(0.0, 4000) <= 12);
}
