//! J between neighbouring columns: it is what has crossed there, and its error bars cover.

use crate::scans::{carried_out, experiment};
use uphill::params::{Boundary, Dynamics, Params};
use uphill::run::report::Report;
use uphill::run::simulation::{Budget, Simulation};
use uphill::scan::figures::Picture;
use uphill::scan::results::Results;
use uphill::scan::task::outcome::SingleColumns;

fn measured(params: &Params, relax: f64, until: f64) -> Report {
    let mut run = Simulation::of_small_lattice(params).expect("allowed");
    run.advance(relax, Budget::UNLIMITED);
    run.measure_afresh();
    run.advance(relax + until, Budget::UNLIMITED);
    run.report()
}

/// The ends are what the reservoirs bring and take, and the mean of all between is the count.
#[test]
fn they_are_what_has_crossed() {
    for dynamics in [Dynamics::Kinetic, Dynamics::Metropolis] {
        for (beta, boundary) in [(0.3, Boundary::Fixed), (0.8, Boundary::Shifted(2))] {
            let params = Params {
                lx: 7,
                ly: 6,
                beta,
                boundary,
                dynamics,
                m_right: 0.7,
                m_left: -0.4,
                seed: 3,
                ..Params::default()
            };
            let report = measured(&params, 50.0, 3000.0);
            let currents = &report.column_currents;
            assert_eq!(currents.len(), 8);
            assert_eq!(Some(currents[0]), report.left);
            assert_eq!(Some(currents[7]), report.right);
            let mean = currents[1..7].iter().sum::<f64>() / 6.0;
            let count = report.count.mean.expect("a mean");
            assert!((mean - count).abs() < 1e-14, "{mean} {count}");
            assert!(report.column_current_errors.iter().all(Option::is_some));
        }
    }
}

/// They are told as soon as time has passed, with an error only once one is known.
#[test]
fn without_time_there_are_none() {
    let params = Params {
        seed: 1,
        ..Params::default()
    };
    let mut run = Simulation::new(&params).expect("allowed");
    assert!(run.report().column_currents.is_empty());
    run.advance(2.0, Budget::UNLIMITED);
    let report = run.report();
    assert_eq!(report.column_currents.len(), 41);
    assert!(report.column_current_errors.iter().all(Option::is_none));
}

/// At β = 0 the current between any two columns is −(m₊ − m₋)/(2(Lx+1)), exactly (the exclusion
/// process), from the stationary state on. The error bars may be too wide in a short run, where what
/// is bounded counts: at least 95.45 % are within two, less three standard deviations of the
/// share over runs, of which the columns of one have much in common.
#[test]
fn their_errors_cover() {
    const RUNS: u64 = 150;
    for (lx, ly, dynamics, until) in [
        (6, 5, Dynamics::Kinetic, 2e3),
        (8, 4, Dynamics::Metropolis, 4e3),
    ] {
        let params = |seed| Params {
            lx,
            ly,
            beta: 0.0,
            m_right: 0.6,
            m_left: -0.6,
            dynamics,
            seed,
            ..Params::default()
        };
        let exact = -1.2 / (2.0 * f64::from(lx + 1));
        let (mut within, mut known) = (vec![0u32; lx as usize + 1], 0);
        let mut wide = 0.0;
        for seed in 1..=RUNS {
            let report = measured(&params(seed), 200.0, until);
            let errors: Option<Vec<f64>> = report.column_current_errors.iter().copied().collect();
            let Some(errors) = errors else { continue };
            known += 1;
            for (x, error) in errors.iter().enumerate() {
                within[x] += u32::from((report.column_currents[x] - exact).abs() <= 2.0 * error);
            }
            wide += errors[3] / report.count.error.expect("an error");
        }
        assert!(known > RUNS * 9 / 10, "{known}");
        let least = known as f64 * 0.9545 - 3.0 * (known as f64 * 0.9545 * 0.0455).sqrt();
        for (x, &within) in within.iter().enumerate() {
            assert!(f64::from(within) >= least, "x = {x}: {within} of {known}");
        }
        // And they are no wider than they have to be: what is bounded is a part of it in the end.
        assert!(wide / (known as f64) < 2.5, "{}", wide / known as f64);
    }
}

/// Where the state is not steady they are not one: from the step at m₊ = 1, β = 0, the middle
/// flows while the ends wait.
#[test]
fn they_show_what_is_not_steady() {
    let params = Params {
        lx: 40,
        ly: 40,
        beta: 0.0,
        m_right: 1.0,
        m_left: -1.0,
        seed: 1,
        ..Params::default()
    };
    let mut run = Simulation::new(&params).expect("allowed");
    run.advance(30.0, Budget::UNLIMITED);
    let currents = run.report().column_currents;
    assert!(
        currents[20] < 10.0 * currents[3] && currents[20] < -0.05,
        "{currents:?}"
    );
}

fn carried(text: &str) -> Results {
    carried_out(&experiment(text), u64::MAX, false, false)
}

/// Fig. 3 has them of every replica, with the errors of the profile, and together by measured time;
/// other experiments are without.
#[test]
fn fig_3_has_them() {
    let found =
        carried("exp=states&L=8&ms=0.9&beta=0.3&err=0.00001&relax=200&cap=1e5&reps=2&seed=4");
    let height = |results: &Results| Picture::States.aspect(results, 52.0);
    let begun = Results::new(found.experiment().clone());
    assert_eq!(height(&begun), height(&found), "the page would squeeze it");
    let all: Vec<_> = found.of_point(0).collect();
    for outcome in &all {
        let columns = outcome.columns.as_ref().expect("they are wanted");
        assert_eq!(columns.current.len(), 9);
        assert_eq!(Some(columns.current[0]), outcome.left);
        assert_eq!(Some(columns.current[8]), outcome.right);
        assert!(columns.profile_err.iter().all(Option::is_some));
    }
    for group in found.groups(0) {
        let columns = group.columns.expect("every replica has them");
        let [low, high] = [f64::min, f64::max].map(|extreme| {
            let currents = all
                .iter()
                .filter_map(|o| Some(o.columns.as_ref()?.current[4]));
            currents.reduce(extreme).expect("there are replicas")
        });
        assert!((low..=high).contains(&columns.current[4]));
    }
    let other = carried("exp=current&L=8&ms=0.9&beta=0.5&err=0.01&relax=200&cap=2e4&reps=1&seed=4");
    assert!(other.of_point(0).all(|outcome| outcome.columns.is_none()));
}

#[test]
fn replicas_are_put_together_by_measured_time() {
    let one = |current: [f64; 3], error| SingleColumns {
        profile_err: vec![Some(error), None],
        current: current.to_vec(),
        current_err: current.map(|_| Some(error)).to_vec(),
    };
    let pair = [
        (one([1.0, 2.0, 3.0], 0.3), 3.0),
        (one([5.0, 6.0, 7.0], 0.4), 1.0),
    ];
    let both = SingleColumns::combined(&pair).expect("they are alike");
    assert_eq!(both.current, [2.0, 3.0, 4.0]);
    // √((0.3·3/4)² + (0.4/4)²)
    let error = both.current_err[1].expect("both have one");
    assert!((error - 0.246_221_445_044_9).abs() < 1e-12, "{error}");
    assert_eq!(both.profile_err[1], None);
    assert_eq!(
        one([1.0, 2.0, 3.0], 0.1).mirrored().current,
        [3.0, 2.0, 1.0]
    );
    assert_eq!(SingleColumns::combined(&[]), None);
}
