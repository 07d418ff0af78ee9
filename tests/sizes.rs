//! The current against the size of the lattice.

use crate::scans::{carried_out, experiment, measured, nothing, outcome, results};
use uphill::measure::state::State;
use uphill::scan::figures::Figure;
use uphill::scan::plan::{Plan, link};
use uphill::scan::results::Results;

fn finding(results: &Results, subject: &str) -> String {
    let all = Figure::of(results).findings(results);
    let found = all.into_iter().find(|finding| finding.subject == subject);
    found.expect("it is said").text
}

/// (Lx + 1)·J of every row of the table, with its error, by what is written.
fn scaled(results: &Results) -> Vec<(f64, f64)> {
    let table = Figure::of(results).table(results);
    let rows = table.rows.iter();
    rows.map(|row| {
        let group = &results.groups(row.point)[0];
        let length = f64::from(results.points()[row.point].params.lx) + 1.0;
        let known = |value: Option<f64>| value.expect("it is measured") * length;
        (known(group.current.mean), known(group.current.error))
    })
    .collect()
}

/// Results in the step with (Lx + 1)·J = a + b/(Lx + 1) + c/(Lx + 1)² and these errors of J.
fn planted([a, b, c]: [f64; 3], error: f64) -> Results {
    results(
        "exp=sizes&Ls=16,32,64,128&ms=0.998&seed=1",
        |results, point, replica| {
            let params = &results.points()[point].params;
            let length = f64::from(params.lx) + 1.0;
            let j = (a + b / length + c / (length * length)) / length;
            let size = (params.lx, params.ly);
            let found = measured(j, error / length);
            Some(outcome(size, replica, Some(State::Step), found))
        },
    )
}

#[test]
fn every_size_has_the_error_that_its_length_asks_for() {
    let text = "exp=sizes&Ls=8,16,31&ms=-0.5,0.9&err=0.001&reps=1&seed=3";
    let plan = Plan::new(experiment(text));
    let places: Vec<(f64, u32, Option<f64>)> = plan
        .points()
        .iter()
        .map(|point| (point.params.m_right, point.params.lx, point.error))
        .collect();
    let of = |m: f64| {
        [
            (m, 8, 0.001 / 9.0),
            (m, 16, 0.001 / 17.0),
            (m, 31, 0.001 / 32.0),
        ]
    };
    let expected = [of(-0.5), of(0.9)].concat();
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(m, l, e)| (m, l, Some(e)))
        .collect();
    assert_eq!(places, expected);
    assert!(
        plan.points()
            .iter()
            .all(|point| point.params.m_left == -point.params.m_right)
    );
    assert_eq!(
        link::write(plan.experiment()),
        "v=1&exp=sizes&ms=-0.5,0.9&Ls=8,16,31&err=0.001&reps=1&seed=3"
    );
    for bad in [
        "L=40",
        "betas=1",
        "errm=1e-6",
        "errc=1e-6",
        "from=up",
        "shift=3",
    ] {
        assert_eq!(
            link::read(&format!("exp=sizes&{bad}&seed=1")).errors.len(),
            1,
            "{bad}"
        );
    }
}

/// What is put in comes out, with what follows from it in words.
#[test]
fn limits_are_those_that_were_put_in() {
    let uphill = finding(&planted([1.3e-3, -2e-3, 0.0], 1e-5), "m₊ = 0.998");
    assert!(
        uphill.contains("L = 128 (step), (Lx + 1)·J = 0.001284(7)"),
        "{uphill}"
    );
    assert!(uphill.contains("goes to a = 0.001300("), "{uphill}");
    assert!(uphill.contains("the current stays uphill"), "{uphill}");
    let downhill = finding(&planted([-1.3e-3, 0.0, 0.0], 1e-5), "m₊ = 0.998");
    assert!(
        downhill.contains("the current stays downhill"),
        "{downhill}"
    );
    let open = finding(&planted([1e-5, 1e-3, 0.0], 2e-5), "m₊ = 0.998");
    assert!(open.contains("do not tell whether it stays"), "{open}");
    // A curve that no a + b/(Lx + 1) follows is not extrapolated.
    let bent = finding(&planted([1.3e-3, 0.0, -0.4], 1e-6), "m₊ = 0.998");
    assert!(bent.contains("nothing follows for larger ones"), "{bent}");
}

#[test]
fn without_enough_sizes_there_is_no_limit() {
    let few = results(
        "exp=sizes&Ls=16,32&ms=0.998&seed=1",
        |results, point, replica| {
            let params = &results.points()[point].params;
            let found = measured(1e-4, 1e-6);
            Some(outcome(
                (params.lx, params.ly),
                replica,
                Some(State::Step),
                found,
            ))
        },
    );
    let text = finding(&few, "m₊ = 0.998");
    assert!(text.contains("Three sizes in one state"), "{text}");
    let none = results(
        "exp=sizes&Ls=16,32&ms=0.998&seed=1",
        |results, point, replica| {
            let params = &results.points()[point].params;
            Some(outcome((params.lx, params.ly), replica, None, nothing()))
        },
    );
    assert_eq!(finding(&none, "m₊ = 0.998"), "No J is measured yet.");
    // Sizes in different states are not put together.
    let mixed = results(
        "exp=sizes&Ls=16,32,64&ms=0.998&seed=1",
        |results, point, replica| {
            let params = &results.points()[point].params;
            let state = if params.lx == 64 {
                State::TwoBumps
            } else {
                State::Step
            };
            let found = measured(1e-4, 1e-6);
            Some(outcome((params.lx, params.ly), replica, Some(state), found))
        },
    );
    let text = finding(&mixed, "m₊ = 0.998");
    assert!(
        text.contains("L = 64 (two bumps)") && text.contains("Three sizes"),
        "{text}"
    );
}

/// At β = 0, the exclusion process, (Lx + 1)·J = −m₊ at every size: four comparisons and the limit
/// of a, each off by 4 σ once in 16 000.
#[test]
fn at_infinite_temperature_the_scaled_current_is_minus_m() {
    let text = "exp=sizes&Ls=4:7:1&ms=0.5&beta=0&err=0.004&relax=500&reps=1&seed=1";
    let found = carried_out(&experiment(text), u64::MAX, false, false);
    let all = scaled(&found);
    assert_eq!(all.len(), 4);
    for (j, error) in &all {
        assert!(
            *error <= 0.004 && ((j + 0.5) / error).abs() < 4.0,
            "{j} ± {error}"
        );
    }
    let text = finding(&found, "m₊ = 0.5");
    assert!(
        text.contains("over 4 sizes") && text.contains("stays downhill"),
        "{text}"
    );
}
