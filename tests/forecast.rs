//! What `uphill plan` foretells from a short run of each point, beside what the scan then takes.

use uphill::run::simulation::Budget;
use uphill::scan::plan::{Plan, link};
use uphill::scan::task::Task;
use uphill::scan::task::forecast::{Forecast, Ground};

/// By how much the forecast of a whole scan may be wrong.
const FACTOR: f64 = 1.5;
/// Moves of a pilot run, and how many times as many where there is no error yet, as in the command.
const PILOT: Budget = Budget {
    events: 2_000_000,
    attempts: u64::MAX,
};
const LONGEST: usize = 5;
const ALL: Budget = Budget {
    events: u64::MAX,
    attempts: u64::MAX,
};

#[test]
fn scans_take_what_was_foretold() {
    std::thread::scope(|scope| {
        for text in [
            "exp=current&L=12&beta=0.7&ms=0.8:0.98:0.03&err=5e-6&relax=3000&cap=1e8&reps=2&seed=3",
            "exp=current&L=20&beta=0.5&ms=0.3,0.6,0.9&err=1e-5&relax=500&cap=1e8&reps=2&seed=5",
            "exp=equilibrium&Ls=16,20&beta=1&errm=1e-5&cap=1e8&reps=2&seed=7",
        ] {
            scope.spawn(move || takes_what_was_foretold(text));
        }
    });
}

fn takes_what_was_foretold(text: &str) {
    let experiment = link::read(text).experiment;
    let plan = Plan::new(experiment);
    let (experiment, points) = (plan.experiment(), plan.points());
    let (mut foretold, mut taken, mut by_error) = (0.0, 0.0, 0);
    for spec in plan.tasks() {
        let mut task = Task::new(&plan, spec, None).expect("a task");
        // What the first replica shows stands for all.
        if spec.replica == 0 {
            let mut pilot = || {
                task.advance(PILOT);
                let outcome = task.outcome();
                Forecast::of(experiment, &points[spec.point], &outcome).expect("it has moved")
            };
            let mut forecast = pilot();
            for _ in 1..LONGEST {
                if forecast.ground == Ground::Cap {
                    forecast = pilot();
                }
            }
            by_error += usize::from(forecast.ground == Ground::Error);
            foretold += forecast.moves * f64::from(experiment.replicas);
        }
        assert!(task.advance(ALL));
        taken += task.outcome().events as f64;
    }
    let ratio: f64 = foretold / taken;
    println!("{text}: {ratio:.2} of {taken:.1e} moves, {by_error} points by their errors");
    assert!(by_error > 0, "{text}: nothing is foretold by an error");
    assert!((1.0 / FACTOR..FACTOR).contains(&ratio), "{text}: {ratio}");
}
