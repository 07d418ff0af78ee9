//! Results made by hand: outcomes with given values, as tasks would have found them.
#![allow(dead_code)]

use uphill::measure::state::State;
use uphill::run::simulation::Budget;
use uphill::scan::figures::Figure;
use uphill::scan::plan::{Experiment, link};
use uphill::scan::results::Results;
use uphill::scan::task::Task;
use uphill::scan::task::outcome::{
    InState, IntegratedCurrent, Measured, Outcome, Passage, Status, Visited,
};

/// The experiment of a link that must be right.
pub fn experiment(text: &str) -> Experiment {
    let reading = link::read(text);
    assert_eq!(reading.errors, [], "{text}");
    reading.experiment
}

/// Carries an experiment out in pieces of so many moves, the last of the tasks that can go on
/// first or the first of them, each saved and restored after every piece if so wanted.
pub fn carried_out(e: &Experiment, piece: u64, backwards: bool, saved: bool) -> Results {
    let mut results = Results::new(e.clone());
    let mut tasks: Vec<Option<Task>> = Vec::new();
    while !results.is_complete() {
        let plan = results.plan().clone();
        tasks.resize_with(plan.tasks().len(), || None);
        let mut open = (0..tasks.len()).filter(|&task| !results.has_ended(task));
        let number = if backwards {
            open.next_back()
        } else {
            open.next()
        };
        let number = number.expect("the scan is not complete");
        let spec = &plan.tasks()[number];
        let mut task = tasks[number]
            .take()
            .unwrap_or_else(|| Task::new(&plan, spec, None).expect("it can start"));
        task.advance(Budget::events(piece));
        if saved {
            task = Task::restore(&plan, spec, &task.save()).expect("it was saved");
        }
        results.take(number, task.outcome()).expect("it is sound");
        tasks[number] = Some(task);
    }
    results
}

/// A mean with an error.
pub fn measured(mean: f64, error: f64) -> Measured {
    Measured {
        mean: Some(mean),
        error: Some(error),
        standard_error: Some(error),
        freedom: Some(1e6),
        reason: None,
    }
}

/// Nothing measured.
pub fn nothing() -> Measured {
    Measured {
        reason: Some("the start still weighs".to_owned()),
        ..Measured::default()
    }
}

/// A mean whose error is not known.
pub fn without_error(mean: f64) -> Measured {
    Measured {
        mean: Some(mean),
        reason: Some("too short for an error".to_owned()),
        ..Measured::default()
    }
}

/// The profile of a state on so many columns, with plateaus at ±m.
pub fn profile(state: State, columns: usize, m: f64) -> Vec<f64> {
    let sign = |x: usize| {
        let share = (x as f64 + 0.5) / columns as f64;
        let at = |share: f64| share < 1.0 / columns as f64;
        match state {
            State::Step => share > 0.5,
            State::Bump => !at(share),
            State::MirrorBump => at(1.0 - share),
            State::TwoBumps => (!at(share) && share < 0.5) || at(1.0 - share),
            State::Other | State::FourBumps | State::SideBySide => true,
        }
    };
    (0..columns)
        .map(|x| if sign(x) { m } else { 0.0 - m })
        .collect()
}

/// An ended outcome of a lattice in a state, with J as given and all else in keeping.
pub fn outcome(lattice: (u32, u32), replica: u32, state: Option<State>, j: Measured) -> Outcome {
    let (lx, ly) = lattice;
    let sites = (lx * ly) as usize;
    let m = 0.9993;
    let spins: String = {
        let shape = profile(state.unwrap_or(State::Step), lx as usize, 1.0);
        let up: Vec<bool> = (0..sites).map(|i| shape[i / ly as usize] > 0.0).collect();
        up.chunks(4)
            .map(|four| {
                let bits = four.iter().enumerate();
                let digit = bits.fold(0, |sum, (i, &up)| sum | u32::from(up) << i);
                char::from_digit(digit, 16).unwrap()
            })
            .collect()
    };
    let mean = j.mean.unwrap_or(0.0);
    Outcome {
        replica,
        status: Status::Reached,
        state,
        changes: 0,
        passages: Vec::new(),
        time: 1.1e6,
        span: 1e6,
        events: 4_000_000,
        attempts: 4_000_000,
        current: j.clone(),
        count: j,
        disagreement: Some(0.3),
        left: Some(mean),
        right: Some(mean),
        first_column: measured(0.0 - m, 1e-5),
        last_column: measured(m, 1e-5),
        m_eq: measured(m, 1e-5),
        energy: measured(-1.99, 1e-5),
        exact: None,
        profile: profile(state.unwrap_or(State::Step), lx as usize, m),
        integrated: IntegratedCurrent {
            step: 1e4,
            values: (1..=100)
                .map(|i| (mean * 1e4 * f64::from(i)).clamp(-1e18, 1e18))
                .collect(),
        },
        spins,
        digest: "0123456789abcdef".to_owned(),
        budget: None,
        columns: None,
        bulk: Vec::new(),
        regimes: None,
    }
}

/// A state that was left.
pub fn passage(state: State, until: f64, value: Measured) -> Passage {
    Passage {
        state,
        from: 1e5,
        until,
        measured: value,
    }
}

/// The results of an experiment whose tasks have found what `of` says of their point and replica.
pub fn results(text: &str, of: impl Fn(&Results, usize, u32) -> Option<Outcome>) -> Results {
    let mut results = Results::new(experiment(text));
    let tasks = results.tasks().to_vec();
    for (task, spec) in tasks.iter().enumerate() {
        if let Some(outcome) = of(&results, spec.point, spec.replica) {
            results.take(task, outcome).unwrap();
        }
    }
    results
}

/// A deviate of the standard normal distribution, for a number.
pub fn normal(number: u64) -> f64 {
    // Irwin and Hall, with the generator SplitMix64: good to some per cent.
    (0..12u64).fold(-6.0, |sum, i| {
        let x = (number * 12 + i + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        sum + ((x ^ (x >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    })
}

/// What is said about a subject.
pub fn said(results: &Results, subject: &str) -> String {
    let findings = Figure::of(results).findings(results);
    let found = findings.iter().find(|finding| finding.subject == subject);
    match found {
        Some(finding) => finding.text.clone(),
        None => panic!("nothing is said of {subject}: {findings:?}"),
    }
}

/// A run that went through up to four states, by a number, with J as in `j` in each.
pub fn visited(number: u64, j: &Measured) -> Visited {
    let several = 1 + number % 4;
    let first = number as usize % State::ALL.len();
    let mut states: Vec<State> = (0..several as usize)
        .map(|i| State::ALL[(first + i) % State::ALL.len()])
        .collect();
    states.sort();
    let span = 1e6;
    let part = 1.0 / several as f64;
    let known = |mean: f64| match j.error {
        Some(_) => measured(mean, 0.1 * mean),
        None => without_error(mean),
    };
    let in_state = |state| InState {
        state,
        span: part * span,
        visits: 1 + number % 9,
        share: known(part),
        current: j.clone(),
    };
    let changes = several - 1 + number % 3;
    Visited {
        step: 8e3,
        span,
        changes,
        between: match changes {
            0 => nothing(),
            n => known(span / n as f64),
        },
        interfaces: known(1.0 + several as f64),
        states: states.into_iter().map(in_state).collect(),
    }
}
