//! An error bar is one standard deviation of what it stands beside: over thousands of
//! short runs of small lattices, the reported squared error has the mean of the squared
//! scatter, and the exact mean lies within one and two of them as often as it should.
//!
//! The currents are anticorrelated, so that short blocks overestimate their errors; the
//! magnetization and the energy below the critical temperature are slow, so that short
//! blocks underestimate theirs.

mod master_equation;

use master_equation::{Replicas, Stationary};
use uphill::measure::Estimate;
use uphill::params::{Boundary, Dynamics, Params};
use uphill::report::Report;
use uphill::simulation::{Budget, Simulation};

const RUNS: u64 = 2000;
/// How far the mean squared error may be from the variance, beyond the statistics.
const BIAS: f64 = 0.05;
/// How far the shares of runs within one and two errors may be from those of a normal
/// variable, beyond the statistics.
const COVERAGE_BIAS: f64 = 0.025;
/// Statistical standard deviations allowed.
const SIGMAS: f64 = 3.0;

/// Many short runs of one lattice.
struct Trial {
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
        let exact = Stationary::of(&self.params);
        let mut tallies: Vec<Tally> = quantities
            .iter()
            .map(|quantity| Tally::new((quantity.exact)(&exact)))
            .collect();
        for report in self.reports() {
            for (quantity, tally) in quantities.iter().zip(&mut tallies) {
                tally.add(quantity.name, (quantity.estimate)(&report));
            }
        }
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
    within_one: f64,
    within_two: f64,
}

impl Tally {
    fn new(exact: f64) -> Self {
        Self {
            exact,
            means: Replicas::default(),
            squares: Replicas::default(),
            within_one: 0.0,
            within_two: 0.0,
        }
    }

    fn add(&mut self, name: &str, estimate: &Estimate) {
        let mean = estimate.mean.expect("a run has a mean");
        let error = estimate
            .error
            .unwrap_or_else(|| panic!("{name} has no error: {:?}", estimate.reason));
        self.means.add(mean);
        self.squares.add(error * error);
        let share = 1.0 / RUNS as f64;
        let distance = (mean - self.exact).abs() / error;
        self.within_one += if distance < 1.0 { share } else { 0.0 };
        self.within_two += if distance < 2.0 { share } else { 0.0 };
    }

    fn check(&self, what: &str) {
        let bias = self.squares.mean() / self.means.variance() - 1.0;
        println!(
            "{what}: error²/variance − 1 = {bias:+.3}, within 1 σ {:.3}, 2 σ {:.3}, z = {:.1}",
            self.within_one,
            self.within_two,
            self.means.score(self.exact)
        );
        // The variance of so many normal variables scatters by √(2/n).
        let scatter = (2.0 / RUNS as f64).sqrt();
        assert!(bias.abs() < BIAS + SIGMAS * scatter, "{what}: {bias}");
        for (share, normal) in [(self.within_one, 0.6827), (self.within_two, 0.9545)] {
            let scatter = (normal * (1.0 - normal) / RUNS as f64).sqrt();
            let allowed = COVERAGE_BIAS + SIGMAS * scatter;
            assert!((share - normal).abs() < allowed, "{what}: {share} within");
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
        params: lattice((4, 4), 0.44, 0.6, Boundary::Fixed, Dynamics::Kinetic),
        relaxation: 100.0,
        measurement: 3000.0,
    }
    .check(&[CURRENT, COUNT, FROM_LAST_COLUMN, FIRST_COLUMN, ENERGY]);
}

#[test]
fn of_metropolis_runs() {
    Trial {
        params: lattice((3, 5), 0.3, 0.8, Boundary::Shifted(1), Dynamics::Metropolis),
        relaxation: 100.0,
        measurement: 3000.0,
    }
    .check(&[CURRENT, COUNT, FROM_LAST_COLUMN, FIRST_COLUMN, ENERGY]);
}

/// At β = 0.8 the interface between the phases is slow, and so are the energy and the
/// ends when no reservoir hurries them.
#[test]
fn of_slow_magnetizations() {
    let mut params = lattice((4, 4), 0.8, 0.0, Boundary::Shifted(1), Dynamics::Kinetic);
    params.reservoirs = false;
    Trial {
        params,
        relaxation: 500.0,
        measurement: 20_000.0,
    }
    .check(&[M_EQ, ENERGY]);
}

#[test]
fn of_slow_energies() {
    Trial {
        params: lattice((4, 4), 0.8, 0.9, Boundary::Fixed, Dynamics::Kinetic),
        relaxation: 500.0,
        measurement: 20_000.0,
    }
    .check(&[CURRENT, COUNT, ENERGY]);
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
