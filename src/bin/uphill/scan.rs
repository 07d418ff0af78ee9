//! `uphill scan`: carries an experiment out on all cores.

use crate::checkpoint::{path_of, read, write};
use crate::failure::{Failure, drawn_seed};
use crate::output::{Output, in_folder, in_the_way, is_folder, is_free};
use crate::{asked, plot, table};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use uphill::notation;
use uphill::run::checkpoint::ENGINE;
use uphill::run::simulation::Budget;
use uphill::scan::figures::Figure;
use uphill::scan::file;
use uphill::scan::plan::link::ExperimentLink;
use uphill::scan::plan::{Experiment, Plan, link};
use uphill::scan::results::Results;
use uphill::scan::results::shares::{Share, file_stem};
use uphill::scan::task::Task;
use uphill::scan::task::checkpoint::Checkpoint;

/// How long a task is advanced before another may take its turn.
const SLICE: Duration = Duration::from_millis(700);
/// Moves between two looks at the clock.
const PIECE: Budget = Budget {
    events: 100_000,
    attempts: 4_000_000,
};
/// Positions of the progress bar.
const POSITIONS: u64 = 10_000;

/// An experiment, and where its result goes.
#[derive(Args)]
pub struct Scan {
    /// The link of an experiment, or its query string such as 'exp=current&err=1e-6&seed=1'.
    link: String,
    /// Where the result goes: a name, or a folder for a file of the name that the page gives it;
    /// while the scan runs, its checkpoint stands beside it. - for standard output, and then
    /// without a checkpoint.
    #[arg(short, long, default_value = ".")]
    output: PathBuf,
    /// Threads; as many as there are cores if not given.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Computes share k of n only, written k/n, into a part for `uphill merge`.
    #[arg(long, value_name = "K/N")]
    shard: Option<Share>,
    /// Seconds between two checkpoints: what a kill costs at most, but for the slice under way.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=3600))]
    save_every: u16,
}

/// What the threads share.
struct Shared {
    results: Results,
    /// The tasks that have begun and are not being advanced.
    tasks: Vec<Option<Task>>,
    /// Full states of the tasks, as of the last time that they were put down; beyond the tasks
    /// that there are, those of a checkpoint, for points that may be added yet.
    states: Vec<Vec<u8>>,
    busy: Vec<usize>,
    /// Which tasks belong to this share.
    own: Vec<bool>,
    /// What of a checkpoint could not be used.
    refused: Vec<String>,
    trouble: Option<String>,
    /// Moves performed by this process.
    events: u64,
}

/// Carries an experiment out, or goes on with it.
pub fn scan(arguments: &Scan) -> Result<(), Failure> {
    let mut reading = asked(arguments)?;
    if is_folder(&arguments.output) && !reading.seed_given {
        // The name has the seed in it, so that no checkpoint can be found which might tell it.
        reading.experiment.base.seed = drawn_seed()?;
        reading.seed_given = true;
        let link = link::write(&reading.experiment);
        eprintln!("A seed is drawn; interrupted, the scan goes on with '{link}'.");
    }
    let path = in_folder(&arguments.output, || {
        format!("{}.json", file_stem(&reading.experiment, arguments.shard))
    })?;
    let output = Output::new(&path, &[])?;
    let (plan, saved) = plan(reading, output.file())?;
    if holds(&output, plan.experiment(), arguments.shard)? {
        println!("{} holds this result already.", output.name());
        return Ok(());
    }
    let own = own(arguments.shard, &plan)?;
    if let Some(saved) = &saved
        && (saved.tasks.iter().zip(&own)).any(|(state, own)| !own && !state.is_empty())
    {
        return Err(Failure::Asked(vec![format!(
            "{} is the checkpoint of another share, or of all. Remove it, or name another output.",
            path_of(&path).display()
        )]));
    }
    let shared = shared(&plan, saved, own);
    // A place that cannot be written to is known before the work, not after.
    match output.file() {
        Some(file) => write(file, &checkpoint(&shared))
            .map_err(|error| Failure::file("written", &path_of(file), error))?,
        None => eprintln!(
            "{} keeps no checkpoint: interrupted, the scan begins anew.",
            output.name()
        ),
    }
    let threads = arguments.threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    let shared = Mutex::new(shared);
    let turn = Condvar::new();
    let bar = progress_bar();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| work(&shared, &turn)))
            .collect();
        let save_every = Duration::from_secs(arguments.save_every.into());
        let mut last = Instant::now();
        let began = Instant::now();
        while workers.iter().any(|worker| !worker.is_finished()) {
            std::thread::sleep(Duration::from_millis(200));
            let refused = std::mem::take(&mut lock(&shared).refused);
            for line in refused {
                bar.suspend(|| eprintln!("{line}"));
            }
            show(&bar, &lock(&shared), began);
            if let Some(file) = output.file()
                && last.elapsed() >= save_every
            {
                let present = checkpoint(&lock(&shared));
                if let Err(error) = write(file, &present) {
                    let path = path_of(file);
                    bar.println(format!(
                        "{} cannot be written: {error}. The scan goes on; if it is interrupted, it goes on from the last checkpoint.",
                        path.display()
                    ));
                }
                last = Instant::now();
            }
        }
    });
    bar.finish_and_clear();
    let shared = shared
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for line in &shared.refused {
        eprintln!("{line}");
    }
    if let Some(trouble) = shared.trouble {
        return Err(Failure::System(trouble));
    }
    if !shared.is_done() {
        return Err(Failure::System(
            "A thread ended unexpectedly; the same command goes on from the last checkpoint."
                .to_owned(),
        ));
    }
    let text = match arguments.shard {
        None => file::json(&shared.results),
        Some(share) => file::part(&shared.results, share),
    };
    if let Err(error) = output.write(text.as_bytes()) {
        let mut words = format!("{} cannot be written: {error}.", output.name());
        // Best effort: the result exists in memory only, and this brings it back at once.
        if let Some(file) = output.file()
            && write(file, &checkpoint(&shared)).is_ok()
        {
            words += &format!(
                " The checkpoint {} is complete; the same command writes the result when there is room.",
                path_of(file).display()
            );
        }
        return Err(Failure::System(words));
    }
    if let Some(file) = output.file() {
        // A checkpoint that stays behind does no harm.
        let _ = std::fs::remove_file(path_of(file));
    }
    print(&shared.results, &output);
    Ok(())
}

impl Shared {
    /// Makes room for the tasks that the plan has gained, and takes their states in where a
    /// checkpoint has any; that may end the last of them, and so add more.
    fn admit(&mut self) {
        while self.tasks.len() < self.results.tasks().len() {
            let number = self.tasks.len();
            self.tasks.push(None);
            if self.own.len() == number {
                self.own.push(true);
            }
            if self.states.len() == number {
                self.states.push(Vec::new());
            }
            if self.own[number] && !self.states[number].is_empty() {
                self.restore(number);
            }
        }
    }

    fn restore(&mut self, number: usize) {
        let plan = self.results.plan().clone();
        let spec = &plan.tasks()[number];
        let taken = Task::restore(&plan, spec, &self.states[number])
            .map_err(|error| error.to_string())
            .and_then(|task| {
                self.results.take(number, task.outcome())?;
                Ok(task)
            });
        match taken {
            Ok(task) => self.tasks[number] = Some(task),
            Err(error) => {
                self.states[number] = Vec::new();
                let name = plan.points()[spec.point].label(plan.experiment().kind);
                let replica = spec.replica + 1;
                let line = format!("{name}, replica {replica}: {error}; it starts anew.");
                self.refused.push(line);
            }
        }
    }

    /// How many of the own tasks have ended, and how many there are.
    fn done(&self) -> (usize, usize) {
        let all = self.own.iter().filter(|&&own| own).count();
        // Others are neither begun nor taken from a checkpoint here.
        (self.results.ended(), all)
    }

    /// Whether all own tasks have ended.
    fn is_done(&self) -> bool {
        let (ended, all) = self.done();
        ended == all
    }
}

/// The tasks that belong to a share, or all.
fn own(share: Option<Share>, plan: &Plan) -> Result<Vec<bool>, Failure> {
    let Some(share) = share else {
        return Ok(vec![true; plan.tasks().len()]);
    };
    share
        .tasks(plan)
        .map_err(|error| Failure::Asked(vec![error]))
}

/// What the link asks for.
fn asked(arguments: &Scan) -> Result<ExperimentLink, Failure> {
    let reading = asked::reading(&arguments.link)?;
    if arguments.shard.is_some() && !reading.seed_given {
        return Err(Failure::Asked(vec![
            "seed: a share needs it in the link, such as &seed=1, since all shares must have the same".to_owned(),
        ]));
    }
    Ok(reading)
}

/// The plan of what is asked for, with the checkpoint that there is of it beside a file.
fn plan(
    reading: ExperimentLink,
    file: Option<&Path>,
) -> Result<(Arc<Plan>, Option<Checkpoint>), Failure> {
    let mut experiment = reading.experiment;
    let saved = match file {
        Some(file) => read(file)?.map(|saved| (saved, path_of(file))),
        None => None,
    };
    if !reading.seed_given {
        // A link without a seed goes on with the seed that was drawn for it.
        experiment.base.seed = match &saved {
            Some((saved, _)) => link::read(saved.link()).experiment.base.seed,
            None => drawn_seed()?,
        };
    }
    let plan = Arc::new(Plan::new(experiment));
    match saved {
        Some((saved, path)) if !saved.is_of(&plan) => Err(Failure::Asked(vec![format!(
            "{} is the checkpoint of another experiment, {}. Remove it, or name another output.",
            path.display(),
            saved.link()
        )])),
        saved => Ok((plan, saved.map(|(saved, _)| saved))),
    }
}

/// Whether the output is the result, or the share of it, already; another file is never
/// overwritten, nor is a result of another experiment.
pub fn holds(
    output: &Output,
    experiment: &Experiment,
    share: Option<Share>,
) -> Result<bool, Failure> {
    let Some(path) = output.file() else {
        return Ok(false);
    };
    if is_free(path)? {
        return Ok(false);
    }
    let refuse = |why: &str| Err(in_the_way(path, why));
    let Ok(part) = plot::read_part(path) else {
        return refuse("and is no result of Uphill");
    };
    let results = part.results;
    if link::write(results.experiment()) != link::write(experiment) {
        return refuse(&format!(
            "and holds the result of {}",
            link::write(results.experiment())
        ));
    }
    if results.engine() != ENGINE {
        return refuse(&format!("and was found by engine {}", results.engine()));
    }
    match (part.share, share) {
        // A part is written when its share is done.
        (its, asked) if its == asked => Ok(asked.is_some() || results.is_complete()),
        (Some(its), _) => refuse(&format!("and is share {its}")),
        (None, _) => refuse("and is a whole result, no share"),
    }
}

/// Carries out what is open of results, on all cores.
pub fn finished(results: Results) -> Result<Results, Failure> {
    if results.is_complete() {
        return Ok(results);
    }
    let mut shared = Shared {
        own: vec![true; results.tasks().len()],
        results,
        tasks: Vec::new(),
        states: Vec::new(),
        busy: Vec::new(),
        refused: Vec::new(),
        trouble: None,
        events: 0,
    };
    shared.admit();
    let (shared, turn) = (Mutex::new(shared), Condvar::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| work(&shared, &turn));
        }
    });
    let shared = shared
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    match shared.trouble {
        Some(trouble) => Err(Failure::System(trouble)),
        None => Ok(shared.results),
    }
}

/// The state from which the threads begin.
fn shared(plan: &Arc<Plan>, saved: Option<Checkpoint>, own: Vec<bool>) -> Shared {
    let mut results = Results::of(plan.clone());
    results.leave(|task| !own[task]);
    let mut shared = Shared {
        results,
        tasks: Vec::new(),
        states: saved.map_or_else(Vec::new, |saved| saved.tasks),
        busy: Vec::new(),
        own,
        refused: Vec::new(),
        trouble: None,
        events: 0,
    };
    shared.admit();
    shared
}

fn checkpoint(shared: &Shared) -> Checkpoint {
    Checkpoint::new(shared.results.plan(), shared.states.clone())
}

/// A thread's work: a task for a slice of time, then the next.
fn work(shared: &Mutex<Shared>, turn: &Condvar) {
    let mut held = lock(shared);
    loop {
        if held.trouble.is_some() {
            return;
        }
        let Some(number) = held.results.next_task(&held.busy) else {
            if held.busy.is_empty() {
                return;
            }
            // What is being advanced elsewhere may free a task that waits for it.
            held = turn
                .wait_timeout(held, SLICE)
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .0;
            continue;
        };
        held.busy.push(number);
        let task = held.tasks[number].take();
        let plan = held.results.plan().clone();
        let spec = plan.tasks()[number];
        let before = spec
            .after
            .and_then(|after| held.results.outcomes()[after].clone());
        drop(held);
        let started = match task {
            Some(task) => Ok(task),
            None => Task::new(&plan, &spec, before.as_ref()),
        };
        let advanced = started.map(|mut task| {
            let events = task.run().events();
            let began = Instant::now();
            while !task.advance(PIECE) && began.elapsed() < SLICE {}
            let events = task.run().events() - events;
            (task.outcome(), task.save(), task, events)
        });
        held = lock(shared);
        held.busy.retain(|&busy| busy != number);
        let taken = advanced.and_then(|(outcome, state, task, events)| {
            held.results.take(number, outcome)?;
            held.states[number] = state;
            held.tasks[number] = Some(task);
            held.events += events;
            held.admit();
            Ok(())
        });
        if let Err(trouble) = taken {
            held.trouble = Some(trouble);
        }
        turn.notify_all();
    }
}

/// A thread that panicked has said so; what it shared is whole, since it changes it in one step.
fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Shown on a terminal only.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(POSITIONS);
    let template = "{bar:30} {percent:>3} %  {elapsed} gone  {msg}";
    bar.set_style(ProgressStyle::with_template(template).expect("the template is well-formed"));
    bar
}

fn show(bar: &ProgressBar, shared: &Shared, began: Instant) {
    let (done, tasks) = shared.done();
    let own = (0..shared.own.len()).filter(|&task| shared.own[task]);
    let sum: f64 = own.map(|task| shared.results.share_done(task)).sum();
    let share = sum / tasks.max(1) as f64;
    let seconds = began.elapsed().as_secs_f64();
    let rate = shared.events as f64 / seconds.max(1e-3);
    bar.set_position((share * POSITIONS as f64) as u64);
    bar.set_message(format!(
        "{done} of {tasks} replicas, {} moves/s",
        notation::plain(rate, 2)
    ));
}

/// Prints what was found.
pub fn print(results: &Results, output: &Output) {
    let mut lines = vec![format!("?{}", link::write(results.experiment()))];
    let figure = Figure::of(results);
    let found = figure.table(results);
    lines.push(found.caption.clone());
    let rows = std::iter::once(&found.columns).chain(found.rows.iter().map(|row| &row.cells));
    lines.extend(table::lines(&rows.cloned().collect::<Vec<_>>()));
    for finding in figure.findings(results) {
        lines.push(format!("{}: {}", finding.subject, finding.text));
    }
    lines.push(format!("The result is in {}.", output.name()));
    let text = lines.join("\n");
    // A reader that has gone away is no failure of the scan.
    let _ = if output.is_standard() {
        writeln!(std::io::stderr(), "{text}")
    } else {
        writeln!(std::io::stdout(), "{text}")
    };
}
