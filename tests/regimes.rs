//! The states that a run goes through, exp=regimes, against what must hold of them.

use crate::scans::{self, carried_out, experiment};
use crate::schema;
use uphill::measure::state::State;
use uphill::scan::figures::Figure;
use uphill::scan::file;
use uphill::scan::file::csv::{self, Decimal};
use uphill::scan::plan::{Goal, Kind, Plan, link};
use uphill::scan::results::Results;
use uphill::scan::task::outcome::{Outcome, Visited};

/// A lattice so small and warm that states come and go; the cap is a whole number of looks.
fn small(more: &str) -> String {
    format!("exp=regimes&L=8&beta=0.55&ms=0.9&err=1e-9&relax=320&{more}")
}

fn whole(text: &str) -> Results {
    carried_out(&experiment(text), u64::MAX, false, false)
}

fn of(outcome: &Outcome) -> &Visited {
    outcome.regimes.as_ref().expect("its states were told")
}

/// Time, current and visits of the states add up to those of the whole run, exactly.
#[test]
fn states_add_up_to_the_run() {
    let results = whole(&small("cap=64000&reps=12&seed=3"));
    let mut decided = 0;
    for outcome in results.of_point(0) {
        let visited = of(outcome);
        let sum = |of: &dyn Fn(&uphill::scan::task::outcome::InState) -> f64| -> f64 {
            visited.states.iter().map(of).sum()
        };
        assert!((sum(&|one| one.share.mean.expect("a share")) - 1.0).abs() < 1e-12);
        assert!((sum(&|one| one.span) - visited.span).abs() < 1e-6);
        assert_eq!(sum(&|one| one.visits as f64) as u64, visited.changes + 1);
        assert!(
            visited.states.len() > 1 && visited.changes > 0,
            "{visited:?}"
        );
        if visited.span == outcome.span {
            decided += 1;
            let crossed = sum(&|one| one.span * one.current.mean.expect("it was there"));
            let all = outcome.current.mean.expect("J") * outcome.span;
            assert!(
                (crossed - all).abs() < 1e-9 * (1.0 + all.abs()),
                "{crossed} {all}"
            );
        } else {
            // The last look has left it in doubt.
            assert_eq!(visited.span + visited.step, outcome.span);
        }
    }
    assert!(decided > 3, "{decided}");
    // And the replicas together.
    let together = results.visited(0).expect("they were told");
    let spans: f64 = results.of_point(0).map(|outcome| of(outcome).span).sum();
    assert_eq!(together.span, spans);
    let share: f64 = together
        .states
        .iter()
        .filter_map(|one| one.share.mean)
        .sum();
    assert!((share - 1.0).abs() < 1e-12);
}

/// Between opposite reservoirs a bump and its mirror image are as frequent, and carry the same J.
/// Three comparisons at four errors of the replicas' scatter: one in 5000 by chance.
#[test]
fn mirror_images_are_alike() {
    let results = whole(&small("cap=64000&reps=64&seed=8"));
    let differences = |of: &dyn Fn(&Visited, State) -> Option<f64>| -> Vec<f64> {
        let each = results.of_point(0).filter_map(|outcome| {
            let visited = outcome.regimes.as_ref()?;
            Some(of(visited, State::Bump)? - of(visited, State::MirrorBump)?)
        });
        each.collect()
    };
    let share = |all: &Visited, state| Some(all.in_state(state).map_or(0.0, |one| one.span));
    let visits =
        |all: &Visited, state| Some(all.in_state(state).map_or(0.0, |one| one.visits as f64));
    let current = |all: &Visited, state| all.in_state(state)?.current.mean;
    let all: [(&str, Vec<f64>); 3] = [
        ("share", differences(&share)),
        ("visits", differences(&visits)),
        ("J", differences(&current)),
    ];
    for (name, all) in all {
        let n = all.len() as f64;
        assert!(n >= 30.0, "{name}: {n} replicas have both");
        let mean = all.iter().sum::<f64>() / n;
        let squares: f64 = all.iter().map(|x| (x - mean) * (x - mean)).sum();
        let z = mean / (squares / (n * (n - 1.0))).sqrt();
        println!("{name}: {z:.2} σ");
        assert!(z.abs() < 4.0, "{name}: {z:.1} σ");
    }
}

/// At β = 0 the profile is a straight line, exactly, whose middle half has less than half of the
/// largest magnetization: the phases, if there were any, are side by side. J there is that of the
/// exclusion process. Two comparisons at four errors.
#[test]
fn without_coupling_the_line_is_told_and_its_current_exact() {
    for (lx, m) in [(8, 0.8), (12, 1.0)] {
        let link = format!("exp=regimes&L={lx}&beta=0&ms={m}&err=1e-9&relax=5000&cap=1e5&seed=2");
        let results = whole(&link);
        let visited = results.visited(0).expect("it was told");
        let one = visited.in_state(State::SideBySide).expect("it was there");
        assert_eq!(one.share.mean, Some(1.0), "{visited:?}");
        assert_eq!((visited.changes, one.visits), (0, 2));
        let exact = -m / f64::from(lx + 1);
        let (j, error) = (
            one.current.mean.expect("J"),
            one.current.error.expect("its error"),
        );
        println!("J = {j:.6} ± {error:.6}, exact {exact:.6}");
        assert!((j - exact).abs() < 4.0 * error && error < 0.01 * exact.abs());
        // No interface is counted, and no change has been.
        assert_eq!(visited.interfaces.mean, None);
        assert_eq!(visited.between.mean, None);
        assert!(visited.between.reason.is_some());
    }
}

/// A step that lasts: one state, one interface, no change, and the others never.
#[test]
fn a_state_that_lasts_is_alone() {
    let results = whole("exp=regimes&L=16&beta=1&ms=0.9995&err=1e-9&relax=5000&cap=2e5&seed=1");
    let visited = results.visited(0).expect("it was told");
    assert_eq!(visited.states.len(), 1);
    let step = visited.in_state(State::Step).expect("the step");
    assert_eq!((step.visits, visited.changes), (2, 0));
    assert_eq!(visited.interfaces.mean, Some(1.0));
    assert!(visited.in_state(State::TwoBumps).is_none());
    assert_eq!(step.share.error, None);
    assert!(
        step.share
            .reason
            .as_ref()
            .is_some_and(|why| why.contains("visits"))
    );
    let said = scans::said(&results, "chaotic");
    assert!(
        said.contains("chaotic at none") && said.contains("not at m₊ = 0.9995"),
        "{said}"
    );
}

/// In a warm small lattice the states change faster than they relax, which is what chaotic means.
#[test]
fn fast_changes_are_called_chaotic() {
    let results = whole(&small("cap=640000&reps=4&seed=4"));
    let visited = results.visited(0).expect("it was told");
    let (mean, error) = (
        visited.between.mean.expect("changes"),
        visited.between.error.expect("many changes"),
    );
    println!("{mean} ± {error} of {} changes", visited.changes);
    // 50 L².
    assert!((3200.0 - mean) / error > 3.0, "{mean} {error}");
    let said = scans::said(&results, "chaotic");
    assert!(said.contains("chaotic at m₊ = 0.9"), "{said}");
    // Changes of state are nearly independent: their number scatters as in a Poisson process, up to
    // a factor of two.
    let poisson = mean / (visited.changes as f64).sqrt();
    assert!((0.4..2.5).contains(&(error / poisson)), "{error} {poisson}");
}

#[test]
fn files_have_all_of_it_and_open_again() {
    let text = small("cap=32000&ms=0.5,0.9&reps=2&seed=1").replacen("&ms=0.9", "", 1);
    let results = whole(&text);
    let json = file::json(&results);
    schema::check(&json);
    let back = file::read(&json).expect("it was written");
    assert!(file::json(&back) == json && back.is_complete());
    assert!(!json.contains("NaN"));
    let cut = carried_out(&experiment(&text), 10_007, true, true);
    assert!(file::json(&cut) == json);

    let table = csv::write(&results, Decimal::Point);
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let names: Vec<&str> = lines.next().expect("names").split(',').collect();
    let at = |name: &str| names.iter().position(|its| *its == name).expect(name);
    let mut shares = 0.0;
    let mut rows = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), names.len());
        let state = cells[at("state")];
        assert_eq!(state.is_empty(), cells[at("share")].is_empty());
        assert!(state.is_empty() || State::KEYS.contains(&state));
        shares += cells[at("share")].parse::<f64>().unwrap_or(0.0);
        rows += 1;
    }
    assert!((shares - 2.0).abs() < 1e-12 && rows > 4, "{shares} {rows}");

    let rows = Figure::of(&results).table(&results).rows;
    assert!(rows.len() > 4 && rows.iter().all(|row| row.cells.len() == 9));
}

#[test]
fn points_are_as_said_and_others_are_refused() {
    let plan = Plan::new(experiment("exp=regimes&seed=1"));
    assert_eq!(plan.points().len(), 11);
    for point in plan.points() {
        assert!(point.goal == Goal::Regimes && point.params.lx == 40);
        assert_eq!(point.params.m_left, -point.params.m_right);
    }
    for text in [
        "exp=regimes&L=7&seed=1",
        "exp=regimes&from=up&seed=1",
        "exp=regimes&errc=1e-6&seed=1",
        "exp=regimes&betas=1&seed=1",
        "exp=regimes&ms=1.5&seed=1",
    ] {
        assert_eq!(link::read(text).errors.len(), 1, "{text}");
    }
    assert_eq!(Kind::Regimes.key(), "regimes");
    let json = file::json(&whole(&small("cap=3200&reps=1&seed=1")));
    let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    for (field, bad) in [
        ("step", "0"),
        ("span", "-1"),
        ("changes", "1e300"),
        ("more", "1"),
    ] {
        let mut other = value.clone();
        other["tasks"][0]["regimes"][field] = serde_json::from_str(bad).expect("a value");
        assert!(file::read(&other.to_string()).is_err(), "{field} = {bad}");
    }
}
