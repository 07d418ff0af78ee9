//! Metropolis and kinetic Monte Carlo realise the same process: at L = 40, where no exact
//! solution reaches, they agree in the current, the profile and the energy.
//!
//! β = 0.6 and m = 0.5, where every site moves: there both have power. The lattice still
//! coarsens while it is measured, and fills; that does no harm, for the two agree in law at
//! every time, not in the steady state only.

use crate::significance::{Replicas, normal_of_student, p_value};
use uphill::params::{Dynamics, Params};
use uphill::run::report::Report;
use uphill::run::simulation::{Budget, Simulation};

/// Independent runs of each dynamics.
const RUNS: u64 = 24;
const RELAXATION: f64 = 1000.0;
const MEASUREMENT: f64 = 4000.0;
/// The probability that correct dynamics fail, had the seeds not been fixed.
const FALSE_ALARM: f64 = 1e-3;

/// What is compared, by name. A bump to the left of the interface is the mirror image of
/// a bump to its right, (x, σ) → (Lx+1−x, −σ): the profile is compared in the half that
/// the mirror leaves as it is, for a mean over runs with either would mix them up.
fn quantities(report: &Report) -> Vec<(String, f64)> {
    let mut quantities = vec![
        ("J by rates".into(), report.current.mean),
        ("J by count".into(), report.count.mean),
        ("J injected".into(), report.left),
        ("J removed".into(), report.right),
        ("energy".into(), report.energy.mean),
    ];
    let profile = &report.profile;
    let mirrored = profile.iter().rev();
    let halves = profile.iter().zip(mirrored).take(profile.len() / 2);
    for (x, (m, mirror)) in (1..).zip(halves) {
        quantities.push((format!("m({x})"), Some((m - mirror) / 2.0)));
    }
    quantities
        .into_iter()
        .map(|(name, value)| (name, value.expect("a run has a mean")))
        .collect()
}

fn measure(dynamics: Dynamics, seed: u64) -> Vec<(String, f64)> {
    let params = Params {
        lx: 40,
        ly: 40,
        beta: 0.6,
        m_left: -0.5,
        m_right: 0.5,
        dynamics,
        seed,
        ..Params::default()
    };
    let mut run = Simulation::new(&params).expect("valid parameters");
    run.advance(RELAXATION, Budget::UNLIMITED);
    run.measure_afresh();
    run.advance(RELAXATION + MEASUREMENT, Budget::UNLIMITED);
    let paths = run.configuration().paths();
    let ways = [
        paths.lone,
        paths.silent,
        paths.worked_out,
        paths.across_edge,
    ];
    assert!(ways.iter().all(|&times| times > 0), "{paths:?}");
    quantities(&run.report())
}

/// The runs of one dynamics, by quantity.
fn runs(dynamics: Dynamics) -> Vec<(String, Replicas)> {
    let mut table: Vec<(String, Replicas)> = Vec::new();
    for seed in 0..RUNS {
        for (n, (name, value)) in measure(dynamics, seed).into_iter().enumerate() {
            if seed == 0 {
                table.push((name, Replicas::default()));
            }
            table[n].1.add(value);
        }
    }
    table
}

#[test]
fn at_size_40() {
    let (kinetic, metropolis) = std::thread::scope(|scope| {
        let metropolis = scope.spawn(|| runs(Dynamics::Metropolis));
        let kinetic = runs(Dynamics::Kinetic);
        (
            kinetic,
            metropolis.join().expect("the other dynamics runs too"),
        )
    });
    let limit = FALSE_ALARM / kinetic.len() as f64;
    for ((name, kinetic), (_, metropolis)) in kinetic.iter().zip(&metropolis) {
        let error = libm::hypot(kinetic.error(), metropolis.error());
        let (k, m) = (kinetic.mean(), metropolis.mean());
        let freedom = 2.0 * (RUNS as f64 - 1.0);
        let p = p_value(normal_of_student((k - m) / error, freedom));
        let line = format!("{name}: kinetic {k:.7}, Metropolis {m:.7}, ± {error:.7}, p = {p:.2e}");
        println!("{line}");
        assert!(p > limit, "{line}");
    }
}
