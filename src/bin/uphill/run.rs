//! `uphill run`: runs a link and prints what it measured.

use crate::asked;
use crate::failure::Failure;
use crate::output::{Kind, Output};
use crate::taken::Taken;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;
use uphill::measure::Estimate;
use uphill::params::Params;
use uphill::plot::snapshot;
use uphill::run::checkpoint::ENGINE;
use uphill::run::report::{Direction, Report};
use uphill::run::simulation::{Budget, Simulation, Stop};
use uphill::{link, notation};

/// Attempts between two looks at the progress bar.
const PIECE: Budget = Budget {
    events: 200_000,
    attempts: 5_000_000,
};

/// A link, and how long to follow it.
#[derive(Args)]
pub struct Run {
    /// A link, or its query string such as 'm=0.9995&seed=1'.
    #[arg(required_unless_present = "load")]
    link: Option<String>,
    /// Goes on with a run that was saved, by --save or by the page, instead of a link.
    #[arg(long, conflicts_with_all = ["link", "relax"])]
    load: Option<PathBuf>,
    /// Saves the run as it is at the end, for --load and for the page.
    #[arg(long)]
    save: Option<PathBuf>,
    /// Simulated time before the measurement begins.
    #[arg(long, default_value_t = 0.0, value_parser = time)]
    relax: f64,
    /// Simulated time at which the run ends, the relaxation included.
    #[arg(long, value_parser = time)]
    until: f64,
    /// Prints one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    taken: Taken,
}

/// A simulated time.
pub fn time(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(time) if time.is_finite() && time >= 0.0 => Ok(time),
        _ => Err("allowed is a number of time units, 0 or more".to_owned()),
    }
}

/// Runs a link and prints what it measured.
pub fn run(arguments: &Run) -> Result<(), Failure> {
    let &Run {
        relax, until, json, ..
    } = arguments;
    if relax > until {
        return Err(Failure::Asked(vec![format!(
            "relax={relax}: allowed is a time up to until={until}"
        )]));
    }
    let output = match &arguments.save {
        None => None,
        Some(path) => Some(Output::new(path, &[])?.of_kind(Kind::Run)?),
    };
    let places = arguments.taken.places()?;
    let progress = progress_bar(until);
    let (mut run, mut stop) = match (&arguments.load, &arguments.link) {
        (Some(path), _) => (loaded(path, until)?, Stop::Budget),
        (None, link) => {
            let mut run = start(&asked::run(link.as_deref().unwrap_or_default())?)?;
            let stop = advance(&mut run, relax, &progress);
            run.measure_afresh();
            (run, stop)
        }
    };
    let before = run.counters();
    let began = Instant::now();
    let ends = [Stop::Frozen, Stop::Unresolved];
    if !ends.contains(&stop) {
        stop = advance(&mut run, until, &progress);
    }
    let seconds = began.elapsed().as_secs_f64();
    progress.finish_and_clear();
    let counters = run.counters();
    let outcome = Outcome {
        events: counters.events - before.events,
        attempts: counters.attempts - before.attempts,
        seconds,
        stop,
        report: run.report(),
    };
    let text = if json {
        outcome.json(&run).to_string()
    } else {
        outcome.text(&run)
    };
    places.write(&run)?;
    let mut taken = places.take_standard();
    if let Some(output) = output {
        output.write_or_fail(&run.save())?;
        taken |= output.is_standard();
    }
    if taken {
        eprintln!("{text}");
        return Ok(());
    }
    // A reader that has gone away is no failure of the run.
    let _ = writeln!(std::io::stdout(), "{text}");
    Ok(())
}

/// A run at t = 0, or what is wrong with its parameters.
pub fn start(params: &Params) -> Result<Simulation, Failure> {
    Simulation::new(params).map_err(|invalid| Failure::asked(&invalid))
}

/// The run of a file, which must not be beyond the time that is asked for.
fn loaded(path: &Path, until: f64) -> Result<Simulation, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::file("read", path, error))?;
    let name = path.display();
    let run = Simulation::restore(&bytes)
        .map_err(|error| Failure::Asked(vec![format!("{name}: {error}")]))?;
    if run.time() > until {
        let time = run.time();
        return Err(Failure::Asked(vec![format!(
            "until={until}: allowed is a time from {time} on, where the run of {name} is"
        )]));
    }
    Ok(run)
}

/// Shown on a terminal only, and only for runs that take their time.
pub fn progress_bar(until: f64) -> ProgressBar {
    let bar = ProgressBar::new(until.min(u64::MAX as f64) as u64);
    let template = "{bar:40} {percent:>3} %  {elapsed} gone, {eta} to go  {msg}";
    bar.set_style(ProgressStyle::with_template(template).expect("the template is well-formed"));
    bar
}

/// Runs to a time, or as far as it goes.
pub fn advance(run: &mut Simulation, until: f64, progress: &ProgressBar) -> Stop {
    loop {
        let stop = run.advance(until, PIECE);
        progress.set_position(run.time() as u64);
        progress.set_message(format!("J = {}", run.report().current.text()));
        if stop != Stop::Budget {
            return stop;
        }
    }
}

struct Outcome {
    events: u64,
    attempts: u64,
    seconds: f64,
    stop: Stop,
    report: Report,
}

impl Outcome {
    fn text(&self, run: &Simulation) -> String {
        let report = &self.report;
        let mut lines = vec![
            format!("engine {ENGINE}   {}", link::write(run.params())),
            format!(
                "measured {} of simulated time up to t = {}, {} moves ({} attempts) in {:.2} s",
                notation::plain(report.span, 4),
                notation::plain(run.time(), 4),
                notation::whole(self.events),
                notation::whole(self.attempts),
                self.seconds
            ),
        ];
        let time = notation::plain(run.time(), 4);
        match self.stop {
            Stop::Frozen => lines.push(format!(
                "no move is possible any more: the run ended at t = {time}"
            )),
            Stop::Unresolved => lines.push(format!(
                "the clock cannot tell one move from the next any more: the run ended at t = {time}"
            )),
            Stop::Budget | Stop::Until => {}
        }
        let word = snapshot::word(run, report);
        lines.push(format!("J             {}   {word}", shown(&report.current)));
        let apart = report
            .disagreement
            .map_or(String::new(), |z| format!("   {:.1} σ from J", z.abs()));
        lines.push(format!("  by counting {}{apart}", shown(&report.count)));
        if let (Some(left), Some(right)) = (report.left, report.right) {
            lines.push(format!(
                "  at the ends {} (left)  {} (right)   off the count by a bounded number of spins",
                notation::plain(left, 4),
                notation::plain(right, 4)
            ));
        }
        if run.params().reservoirs.flip() {
            lines.push(format!(
                "  (⟨m(Lx)⟩−m₊)/2 = {}",
                shown(&report.from_last_column)
            ));
        } else {
            lines.push(format!("m_eq          {}", shown(&report.m_eq)));
        }
        lines.push(format!("⟨m(1)⟩        {}", shown(&report.first_column)));
        lines.push(format!("⟨m(Lx)⟩       {}", shown(&report.last_column)));
        lines.push(format!("energy/site   {}", shown(&report.energy)));
        lines.extend(budget_lines(run));
        lines.push(format!("digest        {:016x}", run.digest()));
        lines.join("\n")
    }

    fn json(&self, run: &Simulation) -> Value {
        let report = &self.report;
        let mut current = object(&report.current);
        current["count"] = json!(report.count.mean);
        current["left"] = json!(report.left);
        current["right"] = json!(report.right);
        current["direction"] = json!(report.direction.map(Direction::key));
        let budget = run.budget();
        let mut power = object(&budget.power);
        power["count"] = json!(budget.count.mean);
        power["left"] = object(&budget.left);
        power["right"] = object(&budget.right);
        let m_eq = if run.params().reservoirs.flip() {
            Value::Null
        } else {
            object(&report.m_eq)
        };
        json!({
            "v": link::VERSION,
            "engine": ENGINE,
            "params": params(run.params()),
            "link": link::write(run.params()),
            "time": report.span,
            "events": self.events,
            "attempts": self.attempts,
            "seconds": self.seconds,
            "frozen": self.stop == Stop::Frozen,
            "unresolved": self.stop == Stop::Unresolved,
            "current": current,
            "last_column": object(&report.last_column),
            "m_eq": m_eq,
            "profile": report.profile,
            "profile_errors": report.profile_errors,
            "profile_reason": report.profile_reason,
            "column_currents": report.column_currents,
            "column_current_errors": report.column_current_errors,
            "energy": object(&report.energy),
            "power": power,
            "heat": object(&budget.heat),
            "entropy_production": object(&budget.entropy_production),
            "efficiency": object(&budget.efficiency),
            "digest": format!("{:016x}", run.digest()),
        })
    }
}

/// The energy budget, of the whole lattice per unit time.
fn budget_lines(run: &Simulation) -> Vec<String> {
    let budget = run.budget();
    let mut lines = Vec::new();
    if run.params().reservoirs.flip() {
        lines.push(format!("power         {}", shown(&budget.power)));
        let apart = budget
            .disagreement
            .map_or(String::new(), |z| format!("   {:.1} σ from power", z.abs()));
        lines.push(format!("  by counting {}{apart}", shown(&budget.count)));
        lines.push(format!("  at the left {}", shown(&budget.left)));
        lines.push(format!("  and right   {}", shown(&budget.right)));
    }
    let one_way = match run.params().has_energy() {
        true => "",
        false => {
            "   (the outer spins do not look back: no function of the spins has these energies)"
        }
    };
    lines.push(format!("heat          {}{one_way}", shown(&budget.heat)));
    if run.params().reservoirs.flip() {
        lines.push(format!(
            "entropy prod. {}",
            shown(&budget.entropy_production)
        ));
        lines.push(format!("efficiency    {}", shown(&budget.efficiency)));
    }
    lines
}

/// An estimate with the reason why it has no error.
fn shown(estimate: &Estimate) -> String {
    let number = estimate.text();
    match &estimate.reason {
        Some(reason) => format!("{number}   ({reason})"),
        None => number,
    }
}

fn object(estimate: &Estimate) -> Value {
    let mut object = json!({ "mean": estimate.mean, "error": estimate.error });
    if let Some(reason) = &estimate.reason {
        object["reason"] = json!(reason);
    }
    object
}

fn params(params: &Params) -> Value {
    json!({
        "Lx": params.lx, "Ly": params.ly, "beta": params.beta,
        "m": params.m_right, "mL": params.m_left,
        "bc": params.boundary.key(), "shift": params.boundary.shift(), "res": params.reservoirs.key(),
        "dyn": params.dynamics.key(), "init": params.initial.key(),
        "width": params.initial.width(), "seed": params.seed,
    })
}
