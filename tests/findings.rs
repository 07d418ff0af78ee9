//! What the figures' experiments say of results that were made by hand.

use crate::scans::{
    self, measured, normal, nothing, outcome, passage, results, said, without_error,
};
use uphill::measure::state::State;
use uphill::scan::figures::current_curve::CurrentCurve;
use uphill::scan::figures::{Figure, equilibrium, relation};
use uphill::scan::results::Results;
use uphill::scan::task::outcome::Status;
use uphill::theory::m_beta;

const LATTICE: (u32, u32) = (40, 40);
const ZERO: f64 = 0.99932;
const SLOPE: f64 = -0.0225;

fn m(results: &Results, point: usize) -> f64 {
    results.points()[point].params.m_right
}

fn number(point: usize, replica: u32) -> u64 {
    100 * point as u64 + u64::from(replica)
}

/// A scan of which the points down to 0.9989 are in the step, with J = 0 at `ZERO`; below,
/// one bump and then two.
fn scan(link: &str) -> Results {
    results(link, |results, point, replica| {
        let m = m(results, point);
        let noise = 1e-7 * normal(number(point, replica));
        let (state, j) = match m {
            m if m > 0.99885 => (State::Step, SLOPE * (m - ZERO)),
            m if m > 0.99865 => (State::Bump, 8e-6),
            _ => (State::TwoBumps, 2e-6),
        };
        let state = match (state, replica % 2) {
            (State::Bump, 1) => State::MirrorBump,
            (state, _) => state,
        };
        Some(outcome(
            LATTICE,
            replica,
            Some(state),
            measured(j + noise, 1e-7),
        ))
    })
}

#[test]
fn m_crit_is_recovered_from_the_step_alone() {
    for reps in [1, 2, 4] {
        let results = scan(&format!("exp=current&reps={reps}"));
        let scan = CurrentCurve::whole(&results);
        let zero = scan.zero.as_ref().expect("J vanishes");
        let crossing = zero.crossing().expect("there are points enough");
        assert!(
            (crossing.x - ZERO).abs() < 4.0 * crossing.error,
            "{crossing:?}"
        );
        assert!(crossing.error < 4e-6);
        for &used in &zero.used {
            assert_eq!(scan.points[used].group.state, Some(State::Step));
        }
        assert_eq!(zero.jackknife.is_ok(), reps >= 3);
        if let Ok(jackknife) = &zero.jackknife {
            assert!(jackknife.error < 10.0 * crossing.error);
        }
        let text = said(&results, "m_crit");
        assert!(text.contains("0.9993"), "{text}");
        assert!(
            text.contains("The paper has 0.99931, without an error"),
            "{text}"
        );
        assert!(text.contains("m_β = 0.999276"), "{text}");
        assert!(text.contains("χ²/dof"), "{text}");
    }
}

#[test]
fn the_curve_vanishes_at_m_crit_and_follows_the_points() {
    let results = scan("exp=current");
    let scan = CurrentCurve::whole(&results);
    let zero = scan.zero.expect("J vanishes");
    let crossing = zero.crossing().expect("there are points enough");
    let curve = zero.curve.as_ref().expect("of a crossing");
    let (value, error) = curve.at(crossing.x);
    assert!(value.abs() < 1e-3 * error, "{value} {error}");
    // The error of m_crit is that of the curve over its slope.
    let along = error / crossing.slope.abs();
    assert!((along / crossing.error - 1.0).abs() < 1e-3);
}

/// A bump that continues the line of the step must not be taken for it.
#[test]
fn states_are_never_mixed() {
    let results = results("exp=current", |results, point, replica| {
        let m = m(results, point);
        let state = if replica == 0 {
            State::Step
        } else {
            State::Bump
        };
        let j = match state {
            State::Step => SLOPE * (m - ZERO),
            _ => SLOPE * (m - 0.9985),
        };
        Some(outcome(LATTICE, replica, Some(state), measured(j, 1e-7)))
    });
    let scan = CurrentCurve::whole(&results);
    assert_eq!(scan.points.len(), 52);
    assert!(
        scan.points
            .iter()
            .all(|reading| reading.group.replicas == 1)
    );
    let zero = scan.zero.expect("the step's J vanishes");
    assert!((zero.value() - ZERO).abs() < 1e-8);
    // Two states at every point: no error stands without its state.
    assert!(scan.points.iter().all(|reading| reading.conditional));
    let text = said(&results, "jump of J");
    assert!(text.contains("At one m₊ in two states"), "{text}");
}

#[test]
fn jumps_are_found_with_their_size() {
    let results = scan("exp=current");
    let text = said(&results, "jump of J");
    assert!(text.contains("the state changes 2 times"), "{text}");
    assert!(
        text.contains("from two bumps at 0.9986 to one bump at 0.9987"),
        "{text}"
    );
    assert!(
        text.contains("from one bump at 0.9988 to step at 0.9989"),
        "{text}"
    );
    let size = text.split("J changes by ").nth(1).expect("a size is said");
    let (value, errors) = size.split_once("(+").expect("with two errors");
    let value: f64 = value.parse().expect("it is a number");
    assert!((value - 6.0).abs() < 4.0 * 0.1, "{text}");
    // 10⁻⁷ from J at both points, as much from the slopes, and what these happen to be.
    let (errors, _) = errors.split_once(")·10⁻⁶").expect("in units of 10⁻⁶");
    let (above, below) = errors.split_once("/−").expect("with two errors");
    for error in [above, below] {
        let error: u32 = error.parse().expect("it is a number");
        assert!((14..=35).contains(&error), "{text}");
    }
    assert!(text.contains("near m₊ = 0.9987"), "{text}");
}

/// What J changes by itself between two points is no jump: its error says so on that side.
#[test]
fn a_jump_knows_the_slope_beside_it() {
    let text = said(&scan("exp=current"), "jump of J");
    let last = "to step at 0.9989 J changes by ";
    let size = text.split(last).nth(1).expect("a size is said");
    let (value, errors) = size.split_once("(+").expect("with two errors");
    let (above, below) = errors.split_once("/−").expect("with two errors");
    let below = below.split(')').next().expect("a bracket");
    let digits = value.split_once('.').map_or(0, |(_, digits)| digits.len());
    let unit: f64 = format!("1e-{digits}").parse().expect("a power of ten");
    let number = |text: &str| text.parse::<f64>().expect("it is a number");
    // J would fall by 2.25 in the gap, so that the jump is up to so much more.
    assert!((number(value) - 1.45).abs() < 0.5, "{text}");
    assert!((number(above) * unit - 2.25).abs() < 0.5, "{text}");
    assert!(number(below) * unit < 0.4, "{text}");

    let alone = results("exp=current&ms=0.9986,0.999", |results, point, replica| {
        let (state, j) = match m(results, point) {
            m if m < 0.9988 => (State::TwoBumps, 2e-6),
            _ => (State::Step, 7e-6),
        };
        Some(outcome(LATTICE, replica, Some(state), measured(j, 1e-7)))
    });
    let text = said(&alone, "jump of J");
    assert!(
        text.contains("by the jump and the slope of J together"),
        "{text}"
    );
}

#[test]
fn mirror_images_are_one_state() {
    let results = scan("exp=current");
    let table = Figure::of(&results).table(&results);
    let row = table.rows.iter().find(|row| row.cells[0] == "0.9987");
    let row = row.expect("the point has a row");
    assert_eq!(row.cells[1], "one bump (2 replicas, mirrored 1 of 2)");
    assert_eq!(table.rows.len(), 26);
    assert!(
        row.cells
            .iter()
            .any(|cell| cell.contains("conditional on the state"))
    );
    let above = table.rows.iter().find(|row| row.cells[0] == "0.9999");
    let above = above.expect("the point has a row");
    assert!(above.cells.iter().all(|cell| !cell.contains("conditional")));
    for row in &table.rows {
        assert_eq!(row.cells.len(), table.columns.len());
    }
}

#[test]
fn changes_of_state_are_told_with_their_times() {
    let results = results(
        "exp=current&ms=0.999:0.9998:0.0001",
        |results, point, replica| {
            let m = m(results, point);
            let mut found = outcome(
                LATTICE,
                replica,
                Some(State::Step),
                measured(SLOPE * (m - ZERO), 1e-7),
            );
            if point == 0 {
                found.state = Some(State::Bump);
                found.changes = 1;
                found.passages = vec![passage(State::Step, 4.25e5, measured(7e-6, 1e-6))];
            }
            Some(found)
        },
    );
    let text = said(&results, "changes of state");
    assert!(text.contains("2 replicas"), "{text}");
    assert!(
        text.contains("m₊ = 0.9990: from the step to one bump at t = 4.2·10⁵"),
        "{text}"
    );
    let table = Figure::of(&results).table(&results);
    assert!(
        table.rows[0]
            .cells
            .contains(&"changed 2 times before".to_owned()),
        "{table:?}"
    );
}

/// A passage that was not seen is not told.
#[test]
fn changes_of_state_beyond_those_kept_are_counted() {
    let told = |changes: u32| {
        let results = results("exp=current&ms=0.999&reps=1", |_, _, replica| {
            let j = measured(1e-6, 1e-7);
            let mut found = outcome(LATTICE, replica, Some(State::TwoBumps), j.clone());
            found.changes = changes;
            found.passages = (0..16.min(changes))
                .map(|i| {
                    let state = if i % 2 == 0 { State::Step } else { State::Bump };
                    passage(state, 1e6 * f64::from(i + 1), j.clone())
                })
                .collect();
            Some(found)
        });
        said(&results, "changes of state")
    };
    let whole = told(16);
    assert!(
        whole.contains("from one bump to two bumps at t = 1.6·10⁷"),
        "{whole}"
    );
    assert!(!whole.contains("not kept"), "{whole}");
    let cut = told(214);
    assert!(!cut.contains("to two bumps"), "{cut}");
    assert!(!cut.contains("1.6·10⁷"), "{cut}");
    assert!(
        cut.contains("of the 214 changes of one replica these are the first 15, what came after them is not kept, and now it is in two bumps"),
        "{cut}"
    );
}

#[test]
fn replicas_that_disagree_are_named() {
    let spread = |far: f64| {
        results("exp=current", |results, point, replica| {
            let m = m(results, point);
            let off = far * (f64::from(replica) - 0.5) * 1e-7;
            let j = measured(SLOPE * (m - ZERO) + off, 1e-7);
            Some(outcome(LATTICE, replica, Some(State::Step), j))
        })
    };
    assert!(said(&spread(1.0), "replicas").contains("agree"));
    assert!(said(&spread(8.0), "replicas").contains("differ by more than their errors allow"));
}

#[test]
fn without_errors_nothing_is_claimed() {
    let results = results("exp=current", |_, _, replica| {
        Some(outcome(
            LATTICE,
            replica,
            Some(State::Step),
            without_error(1e-6),
        ))
    });
    let text = said(&results, "m_crit");
    assert!(
        text.contains("cannot be told: no point in the step has an error yet"),
        "{text}"
    );
    // One point is in the step: the others have values, too, but do not count.
    let one = scan("exp=current&ms=0.9986,0.9987,0.9993");
    let text = said(&one, "m_crit");
    assert!(
        text.contains(
            "too few points: it takes 2 different x, and there is 1 (only the points in the step count)"
        ),
        "{text}"
    );
    let alone = scan("exp=current&ms=0.9993");
    assert!(!said(&alone, "m_crit").contains("step count"));
    let none = scans::results("exp=current", |_, _, _| None);
    assert!(said(&none, "J").contains("Nothing is measured yet"));
    assert!(Figure::of(&none).table(&none).rows.is_empty());
}

#[test]
fn small_lattices_have_no_states_but_a_zero() {
    let results = results(
        "exp=current&L=6&ms=0.9:1:0.02",
        |results, point, replica| {
            let m = m(results, point);
            Some(outcome(
                (6, 6),
                replica,
                None,
                measured(-0.1 * (m - 0.95), 1e-5),
            ))
        },
    );
    let scan = CurrentCurve::whole(&results);
    assert!((scan.zero.expect("J vanishes").value() - 0.95).abs() < 1e-6);
    assert!(scan.points.iter().all(|reading| !reading.conditional));
    assert!(said(&results, "jump of J").contains("too small for states"));
    assert!(!said(&results, "m_crit").contains("paper"));
}

#[test]
fn a_bump_is_read_off_its_profile() {
    let made = |reps: u32| {
        results(
            &format!("exp=states&reps={reps}"),
            |results, point, replica| {
                let two = m(results, point) == 0.998;
                let state = if two { State::TwoBumps } else { State::Step };
                let mut found = outcome(LATTICE, replica, Some(state), measured(2e-6, 1e-7));
                if two {
                    found.profile[9] = 0.99940 + 2e-5 * (f64::from(replica) - 0.5);
                }
                Some(found)
            },
        )
    };
    let text = said(&made(2), "m₊ = 0.9980");
    assert!(text.contains("highest at x = 10"), "{text}");
    // 1.84·10⁻⁵ by scatter; the parabola through a lone column 10⁻⁴ above its neighbours has 17/35
    // of that.
    assert!(text.contains("m_bump = 0.999400(+18/−55)"), "{text}");
    assert!(text.contains("The paper has 0.99940"), "{text}");
    let alone = said(&made(1), "m₊ = 0.9980");
    assert!(
        alone.contains("only one replica is in this state"),
        "{alone}"
    );
    assert!(said(&made(2), "m₊ = 0.9990").contains("this state has none"));
}

/// m_eq(L) = m_β + a e^(−bL) + misfit/L with errors of 10⁻⁶.
fn sizes(link: &str, misfit: f64) -> Results {
    results(link, |results, point, replica| {
        let l = results.points()[point].params.lx;
        let m = m_beta(1.0) + 0.0018 * libm::exp(-0.11 * f64::from(l)) + misfit / f64::from(l);
        let mut found = outcome((l, l), replica, Some(State::Step), nothing());
        found.m_eq = measured(m + 1e-6 * normal(number(point, replica)), 1e-6);
        Some(found)
    })
}

#[test]
fn the_exponential_is_recovered_and_a_misfit_is_said() {
    let good = sizes("exp=equilibrium", 0.0);
    let all = equilibrium::all(&good);
    let fit = equilibrium::fit(&good, &all).expect("it can be fitted");
    assert!((fit.amplitude - 0.0018).abs() < 4.0 * fit.amplitude_error);
    assert!((fit.rate - 0.11).abs() < 4.0 * fit.rate_error);
    assert!(said(&good, "fit").contains("the form fits at this precision"));
    assert!(said(&good, "the paper’s fit").contains("a = 0.00153 and b = 0.0996"));
    let bad = said(&sizes("exp=equilibrium", 2e-3), "fit");
    assert!(
        bad.contains("the form does not fit at this precision"),
        "{bad}"
    );
    let replicas = said(&sizes("exp=equilibrium&reps=4", 0.0), "fit");
    assert!(
        replicas.contains("Leaving out one of 4 replicas"),
        "{replicas}"
    );
}

#[test]
fn a_lost_step_is_reported_and_only_what_came_before_is_used() {
    let results = results("exp=equilibrium&Ls=10:20:2", |results, point, replica| {
        let l = results.points()[point].params.lx;
        let m = m_beta(1.0) + 0.0018 * libm::exp(-0.11 * f64::from(l));
        let mut found = outcome((l, l), replica, Some(State::Step), nothing());
        found.m_eq = measured(m, 1e-6);
        if l == 10 && replica == 1 {
            found.status = Status::Lost;
            found.changes = 1;
            found.m_eq = nothing();
            found.passages = vec![passage(State::Step, 6e5, measured(m, 2e-6))];
        }
        if l == 12 {
            found.status = Status::Lost;
            found.state = Some(State::Other);
            found.m_eq = measured(0.1, 1e-6);
        }
        Some(found)
    });
    let all = equilibrium::all(&results);
    assert_eq!(
        (all[0].lost.len(), all[1].lost.len(), all[2].lost.len()),
        (1, 2, 0)
    );
    assert_eq!(all[0].span, 1e6 + 5e5);
    assert_eq!(all[1].known(), None);
    let text = said(&results, "lost steps");
    assert!(text.contains("L = 10: 1 of 2"), "{text}");
    assert!(text.contains("L = 12: 2 of 2"), "{text}");
    let fit = equilibrium::fit(&results, &all).expect("the rest can be fitted");
    assert!((fit.rate - 0.11).abs() < 4.0 * fit.rate_error);
}

/// Pairs whose m_crit and m_eq are `apart` from each other.
fn pairs(apart: f64) -> Results {
    results("exp=relation", |results, point, replica| {
        let params = &results.points()[point].params;
        let noise = normal(number(point, replica));
        let mut found = outcome(
            (params.lx, params.ly),
            replica,
            Some(State::Step),
            nothing(),
        );
        found.m_eq = measured(ZERO + 2e-6 * noise, 2e-6);
        if params.reservoirs.flip() {
            let j = SLOPE * (params.m_right - ZERO - apart) + 1e-7 * noise;
            found.current = measured(j, 1e-7);
        }
        Some(found)
    })
}

#[test]
fn the_relation_is_judged_by_its_chi_squared() {
    let same = pairs(0.0);
    assert_eq!(relation::pairs(&same).len(), 4);
    let text = said(&same, "m_crit = m_eq");
    assert!(
        text.contains("compatible with the data at this precision"),
        "{text}"
    );
    assert!(text.contains("/4, p ="), "{text}");
    let apart = said(&pairs(5e-5), "m_crit = m_eq");
    assert!(
        apart.contains("is not supported at this precision"),
        "{apart}"
    );
    assert!(apart.contains("Farther than 3 σ apart: L = 10"), "{apart}");
    for pair in relation::pairs(&same) {
        let difference = pair.difference().expect("both are known");
        assert!(difference.value.abs() < 4.0 * difference.larger());
    }
    let none = scans::results("exp=relation", |_, _, _| None);
    assert!(said(&none, "m_crit = m_eq").contains("cannot be tested yet"));
    assert_eq!(Figure::of(&none).table(&none).rows.len(), 4);
}

#[test]
fn both_dynamics_are_weighed_against_the_exact_current() {
    let off = |sigmas: f64| {
        results("exp=exact", |_, point, replica| {
            let j = 0.01 + 1e-4 * (normal(number(point, replica)) + sigmas);
            let mut found = outcome((4, 4), replica, None, measured(j, 1e-4));
            found.exact = (replica == 0).then_some(0.01);
            Some(found)
        })
    };
    let good = off(0.0);
    assert!(said(&good, "exact J").contains("agree with the exact ones at 18 points"));
    assert!(said(&good, "Metropolis").contains("/9"));
    let bad = said(&off(6.0), "exact J");
    assert!(bad.contains("do not agree"), "{bad}");
    assert!(said(&off(6.0), "far off").contains("kinetic Monte Carlo"));
}
