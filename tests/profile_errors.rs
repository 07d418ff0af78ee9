//! The errors of the profile: the exact magnetization of every column lies within one and two error
//! bars as often as it should, for both dynamics, and so does the linear profile of β = 0.
//!
//! Every comparison is of a column of many runs, and allows for what tests/shares/mod.rs says.

use crate::shares::{Shares, in_parallel};
use uphill::master_equation::Stationary;
use uphill::params::{Boundary, Dynamics, Params};
use uphill::run::simulation::{Budget, Simulation};

/// Runs of a comparison.
const RUNS: u64 = 400;
/// Time before the measurement: the 4×4 lattices keep e^(−t/300) of the step at most.
const RELAXATION: f64 = 1000.0;
/// Measured time.
const TIME: f64 = 4096.0;
/// The largest share of runs without an error.
const MISSING: f64 = 0.03;

fn of_size(size: u32, beta: f64, m: [f64; 2], dynamics: Dynamics) -> Params {
    Params {
        lx: size,
        ly: size,
        beta,
        m_left: m[0],
        m_right: m[1],
        boundary: Boundary::Fixed,
        dynamics,
        ..Params::default()
    }
}

fn check(params: &Params, exact: &[f64]) {
    let reports = in_parallel(RUNS, |seed| {
        let params = Params {
            seed,
            ..params.clone()
        };
        let mut run = Simulation::new(&params).expect("good parameters");
        run.advance(RELAXATION, Budget::UNLIMITED);
        run.measure_afresh();
        run.advance(RELAXATION + TIME, Budget::UNLIMITED);
        run.report()
    });
    let mut complaints = Vec::new();
    for (x, exact) in exact.iter().enumerate() {
        let mut shares = Shares::default();
        for report in &reports {
            if let Some(error) = report.profile_errors[x] {
                shares.add(report.profile[x] - exact, error, error);
            }
        }
        let what = format!("m({}), {params:?}", x + 1);
        complaints.extend(shares.complaints(&what));
        let missing = 1.0 - shares.results() / RUNS as f64;
        if missing > MISSING {
            complaints.push(format!("{what}: {missing} without an error"));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn check_exactly(beta: f64, m: [f64; 2], dynamics: Dynamics) {
    let params = of_size(4, beta, m, dynamics);
    let exact = Stationary::of(&params).expect("a small lattice");
    check(&params, &exact.profile());
}

#[test]
fn of_kinetic_runs() {
    check_exactly(0.3, [-0.6, 0.6], Dynamics::Kinetic);
}

#[test]
fn of_metropolis_runs() {
    check_exactly(0.3, [-0.6, 0.6], Dynamics::Metropolis);
}

#[test]
fn of_unequal_reservoirs() {
    check_exactly(0.3, [-0.2, 0.8], Dynamics::Kinetic);
}

/// Without interaction ⟨σ⟩ obeys a lattice Laplace equation, with the reservoirs at 0 and Lx + 1.
#[test]
fn of_a_linear_profile() {
    let m = [-0.7, 0.5];
    let exact: Vec<f64> = (1..=4)
        .map(|x| m[0] + (m[1] - m[0]) * f64::from(x) / 5.0)
        .collect();
    for dynamics in [Dynamics::Kinetic, Dynamics::Metropolis] {
        check(&of_size(4, 0.0, m, dynamics), &exact);
    }
}

/// A run goes on with its blocks as if it had not been saved, painted or not.
#[test]
fn of_a_saved_run() {
    let mut run = Simulation::new(&of_size(8, 0.1, [-0.6, 0.6], Dynamics::Kinetic)).expect("good");
    run.advance(2000.0, Budget::UNLIMITED);
    run.paint(3, 3, 2, 1).expect("it is allowed");
    run.advance(5000.0, Budget::UNLIMITED);
    let mut restored = Simulation::restore(&run.save()).expect("it was saved");
    for run in [&mut run, &mut restored] {
        run.advance(12_000.0, Budget::UNLIMITED);
    }
    assert!(run.report().profile_errors.iter().all(Option::is_some));
    assert_eq!(run.report(), restored.report());
    assert_eq!(run.save(), restored.save());
}

/// What the page says where there is none.
#[test]
fn of_none_there_is_a_reason() {
    let mut run = Simulation::new(&of_size(8, 0.4, [-0.6, 0.6], Dynamics::Kinetic)).expect("good");
    run.advance(100.0, Budget::UNLIMITED);
    let report = run.report();
    assert!(report.profile_errors.iter().all(Option::is_none));
    assert!(
        report
            .profile_reason
            .expect("a reason")
            .contains("512 time units")
    );
}
