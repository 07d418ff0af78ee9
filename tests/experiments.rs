//! An experiment gives the same bytes however it is carried out: whatever the order of its
//! tasks, the cuts, the saves in between, and whether it was refined from a coarser one.
//! Its link leads back to it, and its files are read back whole or refused in words.

use crate::schema;
use proptest::prelude::*;
use uphill::measure::state::State;
use uphill::run::simulation::Budget;
use uphill::scan::file;
use uphill::scan::file::csv::{self, Decimal};
use uphill::scan::plan::{Experiment, Kind, Plan, link};
use uphill::scan::results::Results;
use uphill::scan::task::Task;
use uphill::scan::task::outcome::{Outcome, Status};

/// Small scans of every kind, of seconds at most.
const SMALL: [&str; 6] = [
    "exp=current&L=8&beta=0.6&ms=0.5,0.8,0.95&err=0.002&relax=200&cap=20000&seed=1",
    "exp=current&L=8&beta=0.8&ms=0.9,0.95,0.99&err=0.002&relax=200&cap=5000&from=down&dyn=metropolis&seed=2",
    "exp=states&L=12&ms=0.9,0.999&err=0.001&relax=500&cap=20000&bc=shifted&seed=3",
    "exp=equilibrium&Ls=8:12:2&errm=0.001&relax=200&cap=20000&seed=4",
    "exp=relation&Ls=8&betas=1&err=0.0005&errm=0.001&relax=200&cap=10000&reps=1&seed=5",
    "exp=exact&ms=0.5&betas=0.44&err=0.002&relax=100&cap=20000&seed=6",
];

fn experiment(text: &str) -> Experiment {
    let reading = link::read(text);
    assert_eq!(reading.errors, [], "{text}");
    reading.experiment
}

/// How an experiment is carried out.
struct How {
    /// Moves that a task is advanced by before another takes its turn.
    piece: u64,
    /// Whether the last task that can go on is advanced, rather than the first.
    backwards: bool,
    /// Whether a task is saved and restored between its pieces.
    saved: bool,
}

const PLAIN: How = How {
    piece: u64::MAX,
    backwards: false,
    saved: false,
};

/// Carries an experiment out, from what saved tasks there are.
fn carried_out(e: &Experiment, how: &How, states: &mut Vec<Vec<u8>>) -> Results {
    let mut results = Results::new(e.clone());
    let mut plan = results.plan().clone();
    let specs = plan.tasks();
    states.resize(states.len().max(specs.len()), Vec::new());
    let mut tasks: Vec<Option<Task>> = Vec::new();
    for (number, state) in states.iter().enumerate() {
        let task = (!state.is_empty())
            .then(|| Task::restore(&plan, &specs[number], state).expect("it was saved"));
        if let Some(task) = &task {
            results
                .take(number, task.outcome())
                .expect("its own outcome");
        }
        tasks.push(task);
    }
    while !results.is_complete() {
        // Points may have been added.
        plan = results.plan().clone();
        let specs = plan.tasks();
        tasks.resize_with(specs.len(), || None);
        states.resize(specs.len(), Vec::new());
        let can_go_on: Vec<usize> = (0..specs.len())
            .filter(|&number| {
                let ended = |task: usize| {
                    let outcome = results.outcomes()[task].as_ref();
                    outcome.is_some_and(|outcome| outcome.status.is_final())
                };
                !ended(number) && specs[number].after.is_none_or(ended)
            })
            .collect();
        let number = if how.backwards {
            can_go_on[can_go_on.len() - 1]
        } else {
            can_go_on[0]
        };
        let spec = &specs[number];
        let mut task = tasks[number].take().unwrap_or_else(|| {
            let before = spec
                .after
                .and_then(|after| results.outcomes()[after].as_ref());
            Task::new(&plan, spec, before).expect("the task can start")
        });
        task.advance(Budget {
            events: how.piece,
            attempts: how.piece.saturating_mul(20),
        });
        results
            .take(number, task.outcome())
            .expect("its own outcome");
        states[number] = task.save();
        tasks[number] = Some(if how.saved {
            Task::restore(&plan, spec, &states[number]).expect("it was saved just now")
        } else {
            task
        });
    }
    results
}

#[test]
fn the_way_does_not_matter() {
    for text in SMALL {
        let e = experiment(text);
        let plain = file::json(&carried_out(&e, &PLAIN, &mut Vec::new()));
        for (piece, backwards, saved) in [(1000, true, false), (7777, false, true)] {
            let how = How {
                piece,
                backwards,
                saved,
            };
            let other = file::json(&carried_out(&e, &how, &mut Vec::new()));
            assert!(plain == other, "{text} in pieces of {piece}");
        }
    }
}

/// A coarse scan that is refined ends where a fine one does.
#[test]
fn refining_goes_the_same_way() {
    let fine = Experiment {
        error: 4e-4,
        cap: 80_000.0,
        ..experiment(SMALL[0])
    };
    let coarse = Experiment {
        error: 8.0 * fine.error,
        cap: fine.cap / 8.0,
        ..fine.clone()
    };
    let mut states = Vec::new();
    carried_out(&coarse, &PLAIN, &mut states);
    let refined = carried_out(&fine, &PLAIN, &mut states);
    let direct = carried_out(&fine, &PLAIN, &mut Vec::new());
    assert!(file::json(&refined) == file::json(&direct));
    // The other way round the saved tasks have come too far.
    let coarse = Plan::new(coarse);
    let refusals = coarse.tasks().iter().zip(&states).filter(|(spec, state)| {
        let refused = Task::restore(&coarse, spec, state).err();
        refused.is_some_and(|error| error.to_string().contains("farther"))
    });
    assert!(refusals.count() > 0);
}

/// Points are found by their own parameters: a scan of fewer points gives the same ones.
#[test]
fn a_point_does_not_depend_on_the_others() {
    let all = carried_out(&experiment(SMALL[0]), &PLAIN, &mut Vec::new());
    let text = SMALL[0].replace("0.5,0.8,0.95", "0.8");
    let one = carried_out(&experiment(&text), &PLAIN, &mut Vec::new());
    assert_eq!(
        all.of_point(1).collect::<Vec<_>>(),
        one.of_point(0).collect::<Vec<_>>()
    );
}

#[test]
fn every_point_says_how_it_ended() {
    let results = carried_out(&experiment(SMALL[0]), &PLAIN, &mut Vec::new());
    for outcome in results.outcomes().iter().flatten() {
        let reached = outcome
            .current
            .error
            .is_some_and(|error| error <= 0.002 * 2f64.sqrt());
        match outcome.status {
            Status::Reached => assert!(reached),
            Status::Capped => assert!(outcome.time >= 20_000.0 && !reached),
            other => panic!("{other:?}"),
        }
    }
}

/// At L = 12, β = 1 and m₊ = 0.99 the step does not last, and what is measured is of one
/// state: the measurement began anew after every change.
#[test]
fn a_change_of_state_is_told_and_not_averaged_over() {
    let e = experiment("exp=current&L=12&ms=0.99&err=1e-9&relax=2000&cap=400000&reps=2&seed=1");
    let results = carried_out(&e, &PLAIN, &mut Vec::new());
    let mut changed = 0;
    for outcome in results.outcomes().iter().flatten() {
        changed += outcome.changes;
        for passage in &outcome.passages {
            assert!(passage.from < passage.until);
        }
        if outcome.changes > 0 {
            // The relaxation after the last change is not measured either.
            assert!(outcome.span < outcome.time - 2.0 * 2000.0, "{outcome:?}");
        } else {
            assert_eq!(outcome.span, outcome.time - 2000.0);
        }
    }
    assert!(
        changed > 0,
        "no replica has left its state: a test of nothing"
    );
}

/// With walls that look one way the step is not stationary, and at β = 0.5 it is soon lost.
#[test]
fn a_lost_step_is_reported() {
    let e =
        experiment("exp=equilibrium&Ls=8&beta=0.5&bc=shifted&errm=1e-9&relax=100&cap=1e6&seed=1");
    let results = carried_out(&e, &PLAIN, &mut Vec::new());
    let lost = |status| matches!(status, Status::Lost);
    let outcomes: Vec<_> = results.outcomes().iter().flatten().collect();
    assert!(outcomes.iter().any(|outcome| lost(outcome.status)));
    for outcome in outcomes {
        assert_eq!(
            lost(outcome.status),
            outcome.changes > 0 || outcome.state != Some(State::Step)
        );
    }
}

#[test]
fn files_are_read_back_to_the_byte() {
    for text in SMALL {
        let e = experiment(text);
        for results in [
            Results::new(e.clone()),
            carried_out(&e, &PLAIN, &mut Vec::new()),
        ] {
            let json = file::json(&results);
            let back = file::read(&json).expect("our own file");
            schema::check(&json);
            assert!(file::json(&back) == json, "{text}");
            assert_eq!(
                csv::write(&back, Decimal::Point),
                csv::write(&results, Decimal::Point)
            );
            assert!(!json.contains("NaN") && !csv::write(&results, Decimal::Point).contains("NaN"));
        }
    }
}

#[test]
fn other_files_are_refused_in_words() {
    let e = experiment(SMALL[5]);
    let json = file::json(&carried_out(&e, &PLAIN, &mut Vec::new()));
    for (text, words) in [
        (String::new(), "not a result"),
        ("{}".to_owned(), "not a result"),
        ("[1, 2]".to_owned(), "not a result"),
        (json[..json.len() / 2].to_owned(), "not a result"),
        (
            json.replace("uphill result", "downhill result"),
            "not a result",
        ),
        (json.replacen("\"v\":2", "\"v\":3", 1), "format 3"),
        (json.replacen("exp=exact", "exp=exalt", 1), "exp=exalt"),
        (json.replacen("ms=0.5", "ms=0.5,0.6", 1), "tasks"),
        (
            json.replacen("\"status\":\"", "\"status\":\"x", 1),
            "damaged",
        ),
        (
            json.replacen("\"mean\":", "\"mean\":1e999,\"x\":", 1),
            "damaged",
        ),
    ] {
        // What does not count stands in the parts that are not read back.
        let at = text.find("\"tasks\"").map_or(0, |at| at.min(40));
        match file::read(&text) {
            Err(error) => assert!(error.to_string().contains(words), "{error}: not {words}"),
            Ok(_) => assert!(at > 0 && words == "damaged", "{words}"),
        }
    }
}

/// A task that is said to be of another point than its place gives it is a file mixed up.
#[test]
fn tasks_that_name_another_point_are_refused() {
    let json = file::json(&carried_out(&experiment(SMALL[0]), &PLAIN, &mut Vec::new()));
    let first = json.find("\"tasks\":").expect("it has tasks");
    for (given, other, named) in [
        ("\"Lx\":8", "\"Lx\":9", "task 0 is said to have Lx = 9"),
        (
            "\"m_plus\":0.8",
            "\"m_plus\":0.7",
            "task 1 is said to have m_plus = 0.7",
        ),
        (
            "\"res\":\"on\"",
            "\"res\":\"off\"",
            "task 0 is said to have res = \"off\"",
        ),
        ("&m=0.8&", "&m=0.95&", "task 1 is said to have link"),
        ("\"beta\":0.6", "\"beta\":\"hot\"", "damaged"),
        ("\"beta\":0.6", "\"betta\":0.6", "betta"),
    ] {
        let (before, tasks) = json.split_at(first);
        assert!(tasks.contains(given), "{given}");
        let mixed = format!("{before}{}", tasks.replacen(given, other, 1));
        let error = file::read(&mixed).expect_err(other).to_string();
        assert!(error.contains(named), "{error}");
    }
    // What is left out is not contradicted, and a whole number is a real one, too.
    let (before, tasks) = json.split_at(first);
    let bare = tasks.replace("\"beta\":0.6,", "").replace("\"Lx\":8,", "");
    let results = file::read(&format!("{before}{bare}")).expect("it opens");
    assert!(file::json(&results) == json);
}

/// A schema that refuses nothing says nothing.
#[test]
fn the_schema_refuses_what_is_no_result() {
    let json = file::json(&carried_out(&experiment(SMALL[0]), &PLAIN, &mut Vec::new()));
    for (given, other) in [
        ("\"v\":2", "\"v\":3"),
        ("\"replica\":0", "\"replica\":\"0\""),
        ("\"status\":\"reached\"", "\"status\":\"done\""),
        ("\"digest\":", "\"digests\":"),
        ("\"Ly\":8", "\"Ly\":null"),
    ] {
        assert!(json.contains(given), "{given}");
        assert!(
            schema::complaint(&json.replacen(given, other, 1)).is_some(),
            "{other}"
        );
    }
}

#[test]
fn good_links_are_read_and_written_canonically() {
    for line in include_str!("links/good_experiments.txt").lines() {
        if let Some((text, canonical)) = line.split_once(" -> ") {
            assert_eq!(link::write(&experiment(text)), canonical, "{text}");
            assert_eq!(link::write(&experiment(canonical)), canonical);
        }
    }
}

#[test]
fn bad_links_are_named_and_the_default_stands_in() {
    for line in include_str!("links/bad_experiments.txt").lines() {
        if let Some((text, complaint)) = line.split_once(" -> ") {
            let reading = link::read(text);
            let complaints: Vec<String> = reading.errors.iter().map(ToString::to_string).collect();
            assert_eq!(complaints, [complaint], "{text}");
            let again = link::read(&link::write(&reading.experiment));
            assert_eq!(again.experiment, reading.experiment, "{text}");
        }
    }
}

proptest! {
    #[test]
    fn junk_is_answered_with_experiments_that_are_allowed(
        kind in "(current|states|equilibrium|relation|regimes|exact|)",
        key in "(v|ms|L|Lx|Ly|Ls|beta|betas|bc|shift|dyn|from|err|errm|relax|cap|reps|seed|x)",
        value in "[-+.0-9eE:,a-f]{0,16}",
    ) {
        let reading = link::read(&format!("exp={kind}&bc=shifted&{key}={value}"));
        let e = reading.experiment;
        let plan = Plan::new(e.clone());
        prop_assert_eq!(plan.points().len(), e.point_count());
        for point in plan.points() {
            prop_assert!(point.params.validate().is_ok(), "{:?}", point);
        }
        let again = link::read(&link::write(&e));
        prop_assert_eq!(&again.errors, &[]);
        prop_assert_eq!(again.experiment, e);
    }

    #[test]
    fn junk_files_are_refused(text in ".{0,200}") {
        prop_assert!(file::read(&text).is_err());
    }

    #[test]
    fn outcomes_are_read_back_as_they_were_and_as_they_were_stored(moves in 0u64..3000) {
        let plan = Plan::new(Experiment::new(Kind::Current));
        let mut task = Task::new(&plan, &plan.tasks()[0], None).expect("the task can start");
        task.advance(Budget::events(moves));
        let outcome = task.outcome();
        prop_assert_eq!(file::outcome(&file::outcome_bytes(&outcome)), Ok(outcome.clone()));
        // There was no energy budget then.
        let old = Outcome {
            budget: None,
            columns: None,
            ..outcome
        };
        let stored = postcard::to_allocvec(&old).expect("bytes");
        prop_assert_eq!(file::outcome(&stored), Ok(old));
    }

    #[test]
    fn damaged_outcomes_do_no_harm(at in 0usize..4000, byte: u8) {
        let plan = Plan::new(Experiment::new(Kind::Current));
        let mut task = Task::new(&plan, &plan.tasks()[0], None).expect("the task can start");
        task.advance(Budget::events(10));
        let mut bytes = file::outcome_bytes(&task.outcome());
        let at = at % bytes.len();
        bytes[at] ^= byte;
        if let Ok(outcome) = file::outcome(&bytes) {
            let mut results = Results::of(plan.into());
            if results.take(0, outcome).is_ok() {
                prop_assert!(file::read(&file::json(&results)).is_ok());
                let _ = results.next_task(&[]);
            }
        }
    }
}
