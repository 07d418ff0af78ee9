//! `uphill plan`: what a scan will cost, from a pilot run of seconds a point.

use crate::failure::Failure;
use crate::{asked, table};
use clap::Args;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use uphill::notation;
use uphill::run::simulation::Budget;
use uphill::scan::plan::added::{MOST_ADDED, MOST_STAGES};
use uphill::scan::plan::{self, Spec, link};
use uphill::scan::task::Task;
use uphill::scan::task::forecast::{Forecast, Ground};

/// Moves between two looks at the clock.
const PIECE: Budget = Budget {
    events: 50_000,
    attempts: 2_000_000,
};
/// How many times the seconds of a point are given to one that has no error yet.
const PATIENCE: u32 = 5;
/// Hours that a share is to take: short enough to find a gap, long enough to be worth its start.
const SHARE_HOURS: f64 = 4.0;
const MIB: f64 = 1_048_576.0;

/// An experiment, and how long to look at it.
#[derive(Args)]
pub struct Plan {
    /// The link of an experiment, or its query string such as 'exp=current&err=1e-8&seed=1'.
    link: String,
    /// Seconds that each point is tried.
    #[arg(long, default_value_t = 3.0, value_parser = seconds)]
    seconds: f64,
    /// Threads of a share; the cores of the nodes, for what n is suggested.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1024))]
    threads: u32,
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.01..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("allowed is a number from 0.01 to 3600".to_owned()),
    }
}

/// What the pilot run of a point has shown.
struct Pilot {
    forecast: Forecast,
    /// Of one core, for one replica.
    seconds: f64,
    /// Bytes of its state.
    memory: usize,
}

/// Prints what an experiment will cost.
pub fn plan(arguments: &Plan) -> Result<(), Failure> {
    let whole = plan::Plan::new(asked::experiment(&arguments.link)?);
    let pilots = pilots(&whole, Duration::from_secs_f64(arguments.seconds))?;
    print(&whole, &pilots, arguments.threads);
    Ok(())
}

/// A pilot run of every point, on all cores.
fn pilots(plan: &plan::Plan, limit: Duration) -> Result<Vec<Pilot>, Failure> {
    let count = plan.points().len();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let found = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.min(count))
            .map(|_| {
                scope.spawn(|| {
                    let mut own = Vec::new();
                    loop {
                        let point = next.fetch_add(1, Ordering::Relaxed);
                        if point >= count {
                            return own;
                        }
                        own.push((point, pilot(plan, point, limit)));
                    }
                })
            })
            .collect();
        let joined = workers.into_iter().flat_map(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        let mut found: Vec<_> = joined.collect();
        found.sort_by_key(|(point, _)| *point);
        found
    });
    let pilots = found.into_iter().map(|(_, pilot)| pilot);
    pilots.collect::<Result<_, _>>().map_err(Failure::System)
}

/// The first replica of a point for a while, from the step if need be.
fn pilot(plan: &plan::Plan, point: usize, limit: Duration) -> Result<Pilot, String> {
    let spec = Spec {
        point,
        replica: 0,
        after: None,
    };
    let mut task = Task::new(plan, &spec, None)?;
    let (experiment, its) = (plan.experiment(), &plan.points()[point]);
    let began = Instant::now();
    while !task.advance(PIECE) && began.elapsed() < limit {}
    // One that has no error yet may get one soon.
    for _ in 1..PATIENCE {
        let unknown = |forecast: Forecast| forecast.ground == Ground::Cap;
        if Forecast::of(experiment, its, &task.outcome()).is_some_and(|f| !unknown(f)) {
            break;
        }
        let again = Instant::now();
        while !task.advance(PIECE) && again.elapsed() < limit {}
    }
    let took = began.elapsed().as_secs_f64();
    let outcome = task.outcome();
    let forecast = Forecast::of(experiment, its, &outcome)
        .ok_or_else(|| format!("{}: no move was made", its.label(experiment.kind)))?;
    Ok(Pilot {
        seconds: took * (forecast.time / outcome.time),
        memory: task.save().len(),
        forecast,
    })
}

fn print(plan: &plan::Plan, pilots: &[Pilot], threads: u32) {
    let experiment = plan.experiment();
    let replicas = f64::from(experiment.replicas);
    let ground = |ground| match ground {
        Ground::Ended => "ended",
        Ground::Error => "error",
        Ground::Cap => "at most: no error yet",
    };
    let mut rows = vec![
        [
            "point",
            "t of a replica",
            "moves of a replica",
            "core-hours",
            "from",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for (point, pilot) in plan.points().iter().zip(pilots) {
        rows.push(vec![
            point.label(experiment.kind),
            notation::plain(pilot.forecast.time, 3),
            notation::plain(pilot.forecast.moves, 3),
            notation::plain(pilot.seconds * replicas / 3600.0, 3),
            ground(pilot.forecast.ground).to_owned(),
        ]);
    }
    let mut lines = vec![format!("?{}", link::write(experiment))];
    lines.extend(table::lines(&rows));
    let hours = pilots.iter().map(|pilot| pilot.seconds).sum::<f64>() * replicas / 3600.0;
    let bounded = pilots
        .iter()
        .any(|pilot| pilot.forecast.ground == Ground::Cap);
    let most = if bounded { "at most " } else { "" };
    lines.push(format!(
        "In all: {most}{} core-hours of a machine like this one, {}.",
        notation::plain(hours, 3),
        match plan.tasks().len() {
            1 => "1 task".to_owned(),
            tasks => format!("{tasks} tasks"),
        }
    ));
    // A task is held as it runs and as it was last saved.
    let memory = 2.0 * replicas * pilots.iter().map(|pilot| pilot.memory as f64).sum::<f64>() / MIB;
    let chains = plan
        .tasks()
        .iter()
        .filter(|task| task.after.is_none())
        .count();
    let wanted = hours / (SHARE_HOURS * f64::from(threads));
    let adds = experiment.error_c.is_some();
    if adds {
        lines.push(format!(
            "Not counted are the points that errc adds between those where J changes its sign, at most {MOST_ADDED} in {MOST_STAGES} stages. Which they are depends on what all tasks find; no share knows that, so there is one for all.",
        ));
    }
    let shares = (wanted.ceil() as usize).clamp(1, if adds { 1 } else { chains });
    lines.push(format!(
        "Memory: {} MiB for all tasks, {} MiB a share.",
        notation::plain(memory, 2),
        notation::plain(memory / shares as f64, 2)
    ));
    lines.push(format!(
        "Suggested: {shares} {} of {} hours on {threads} {}.",
        if shares == 1 { "share" } else { "shares" },
        notation::plain(hours / shares as f64 / f64::from(threads), 2),
        if threads == 1 { "core" } else { "cores" }
    ));
    // A reader that has gone away is no failure.
    let _ = writeln!(std::io::stdout(), "{}", lines.join("\n"));
}
