//! Results as files: JSON that can be read back, and CSV for other programs.

use super::link;
use super::outcome::{Measured, Outcome};
use super::results::{Group, Results};
use crate::link::VERSION;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// What every result file says that it is.
const FORMAT: &str = "uphill result";
/// Largest file that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// Why a result file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is larger than 64 MiB.
    TooLarge(usize),
    /// It is no JSON, or not of a result.
    Foreign(String),
    /// A later version of the format.
    OtherVersion(String),
    /// Its parts do not fit together.
    Damaged(String),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileError::TooLarge(bytes) => write!(
                f,
                "this file has {bytes} bytes: allowed is a result of at most {LARGEST}"
            ),
            FileError::Foreign(why) => write!(f, "this is not a result of Uphill: {why}"),
            FileError::OtherVersion(version) => write!(
                f,
                "this result has format {version}; this page reads format {VERSION}"
            ),
            FileError::Damaged(what) => write!(f, "this result is damaged: {what}"),
        }
    }
}

impl std::error::Error for FileError {}

/// What is read first: enough to tell what the file is.
#[derive(Deserialize)]
struct Head {
    format: String,
    v: serde_json::Value,
}

#[derive(Serialize, Deserialize)]
struct File<'a> {
    format: &'a str,
    v: u32,
    engine: String,
    link: String,
    complete: bool,
    /// In words, for whoever opens the file; not read back.
    #[serde(default, skip_deserializing)]
    findings: Vec<Words>,
    /// For other programs; not read back.
    #[serde(default, skip_deserializing)]
    points: Vec<PointOut>,
    /// By number of the task.
    tasks: Vec<Option<Outcome>>,
}

#[derive(Default, Serialize)]
struct Words {
    subject: String,
    text: String,
}

#[derive(Default, Serialize)]
struct PointOut {
    link: String,
    groups: Vec<GroupOut>,
}

#[derive(Serialize)]
struct GroupOut {
    state: Option<crate::measure::state::State>,
    replicas: u32,
    mirrored: u32,
    ended: u32,
    capped: u32,
    changes: u64,
    span: f64,
    events: u64,
    current: Measured,
    count: Measured,
    first_column: Measured,
    last_column: Measured,
    m_eq: Measured,
    energy: Measured,
    profile: Vec<f64>,
}

/// The results as JSON. What the tasks have found stands in `tasks`; the rest follows from it.
pub fn json(results: &Results) -> String {
    let points = (0..results.points().len()).map(|point| PointOut {
        link: crate::link::write(&results.points()[point].params),
        groups: results
            .groups(point)
            .into_iter()
            .map(GroupOut::from)
            .collect(),
    });
    let file = File {
        format: FORMAT,
        v: VERSION,
        engine: results.engine().to_owned(),
        link: link::write(results.experiment()),
        complete: results.is_complete(),
        findings: results
            .findings()
            .into_iter()
            .map(|finding| Words {
                subject: finding.subject,
                text: finding.text,
            })
            .collect(),
        points: points.collect(),
        tasks: results.outcomes().to_vec(),
    };
    let mut text =
        serde_json::to_string(&file).expect("results have no part that cannot be written");
    text.push('\n');
    text
}

/// The results of a file.
///
/// # Errors
/// Says in words why the file cannot be read.
pub fn read(text: &str) -> Result<Results, FileError> {
    if text.len() > LARGEST {
        return Err(FileError::TooLarge(text.len()));
    }
    let head: Head =
        serde_json::from_str(text).map_err(|error| FileError::Foreign(error.to_string()))?;
    if head.format != FORMAT {
        return Err(FileError::Foreign("its format is another".to_owned()));
    }
    if head.v != VERSION {
        let version: String = head.v.to_string().chars().take(40).collect();
        return Err(FileError::OtherVersion(version));
    }
    let file: File =
        serde_json::from_str(text).map_err(|error| FileError::Damaged(error.to_string()))?;
    let reading = link::read(&file.link);
    if let Some(error) = reading.errors.first() {
        return Err(FileError::Damaged(format!("its link: {error}")));
    }
    // Before anything is made: a few words may ask for very many tasks.
    let (asked, given) = (reading.experiment.task_count(), file.tasks.len());
    if asked != given {
        let words = format!("{given} tasks, where its link has {asked}");
        return Err(FileError::Damaged(words));
    }
    let mut results = Results::new(reading.experiment);
    for (task, outcome) in file.tasks.into_iter().enumerate() {
        if let Some(outcome) = outcome {
            results.take(task, outcome).map_err(FileError::Damaged)?;
        }
    }
    results.came_from(file.engine.chars().take(40).collect());
    Ok(results)
}

/// An outcome as bytes, to be handed on within one version of the engine.
pub fn outcome_bytes(outcome: &Outcome) -> Vec<u8> {
    postcard::to_allocvec(outcome).expect("an outcome has no part that cannot be written")
}

/// The outcome of bytes.
///
/// # Errors
/// If they are none.
pub fn outcome(bytes: &[u8]) -> Result<Outcome, String> {
    postcard::from_bytes(bytes).map_err(|_| "these bytes are no outcome of a task".to_owned())
}

/// Columns of the CSV file, and what they hold.
const COLUMNS: &[(&str, &str)] = &[
    ("Lx", "columns"),
    ("Ly", "rows"),
    ("beta", "inverse temperature in units of the coupling"),
    (
        "m_plus",
        "magnetization of the right reservoir; empty without reservoirs",
    ),
    (
        "m_minus",
        "magnetization of the left reservoir; empty without reservoirs",
    ),
    ("bc", "boundary: fixed, or shifted by so many rows"),
    ("dyn", "dynamics"),
    ("state", "state in which the row was measured"),
    ("replicas", "independent replicas in that state"),
    (
        "mirrored",
        "of them mirror images (x,s) -> (Lx+1-x,-s), mapped",
    ),
    ("ended", "of them ended"),
    (
        "capped",
        "of them ended at the cap before the target error was reached",
    ),
    (
        "changes",
        "changes of state before the measurement, which then began anew",
    ),
    (
        "t",
        "measured simulated time, all replicas; a move of rate 1 happens once in a unit",
    ),
    ("events", "moves performed, relaxation included"),
    (
        "J",
        "current per horizontal bond and unit time from the rates, positive to the right",
    ),
    (
        "J_err",
        "one standard deviation of J, conditional on the state",
    ),
    ("J_freedom", "degrees of freedom in which that is known"),
    ("J_count", "current by counting crossings"),
    ("J_count_err", "its standard deviation"),
    ("m_last", "mean magnetization of column Lx"),
    ("m_last_err", "its standard deviation"),
    ("m_first", "mean magnetization of column 1"),
    ("m_first_err", "its standard deviation"),
    ("m_eq", "(m_last - m_first)/2 without reservoirs"),
    ("m_eq_err", "its standard deviation"),
    ("energy", "energy per site in units of the coupling"),
    ("energy_err", "its standard deviation"),
];

/// The results as comma-separated values behind a commented header.
pub fn csv(results: &Results) -> String {
    let e = results.experiment();
    let mut text = String::new();
    let mut comment = |words: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# {words}");
    };
    comment("Uphill: the two-dimensional Ising model between two magnetization reservoirs");
    comment(&format!("engine {}, format {VERSION}", results.engine()));
    comment(&format!("link ?{}", link::write(e)));
    comment(&format!("seed {}", e.base.seed));
    comment(if results.is_complete() {
        "complete: every replica has ended"
    } else {
        "incomplete: some replicas have not ended"
    });
    comment(
        "Errors are one standard deviation, widened for Student's t where few blocks know them.",
    );
    comment("Empty cells: not measured, or no error is known.");
    for finding in results.findings() {
        comment(&format!("{}: {}", finding.subject, finding.text));
    }
    for (name, meaning) in COLUMNS {
        comment(&format!("column {name}: {meaning}"));
    }
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    text.push_str(&names.join(","));
    text.push('\n');
    for point in 0..results.points().len() {
        for group in results.groups(point) {
            text.push_str(&row(results, point, &group).join(","));
            text.push('\n');
        }
    }
    text
}

fn row(results: &Results, point: usize, group: &Group) -> Vec<String> {
    use crate::params::{Boundary, Dynamics};
    let p = &results.points()[point].params;
    let open = |value: f64| {
        if p.reservoirs {
            value.to_string()
        } else {
            String::new()
        }
    };
    let number = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:e}"));
    let mut cells = vec![
        p.lx.to_string(),
        p.ly.to_string(),
        p.beta.to_string(),
        open(p.m_right),
        open(p.m_left),
        match p.boundary {
            Boundary::Fixed => "fixed".to_owned(),
            Boundary::Shifted(s) => format!("shifted {s}"),
        },
        match p.dynamics {
            Dynamics::Kinetic => "kinetic".to_owned(),
            Dynamics::Metropolis => "metropolis".to_owned(),
        },
        group
            .state
            .map_or("", |state| state.name())
            .replace(',', ""),
        group.replicas.to_string(),
        group.mirrored.to_string(),
        group.ended.to_string(),
        group.capped.to_string(),
        group.changes.to_string(),
        group.span.to_string(),
        group.events.to_string(),
        number(group.current.mean),
        number(group.current.error),
        number(group.current.freedom),
    ];
    let rest = [
        &group.count,
        &group.last_column,
        &group.first_column,
        &group.m_eq,
        &group.energy,
    ];
    for measured in rest {
        cells.push(number(measured.mean));
        cells.push(number(measured.error));
    }
    cells
}

impl From<Group> for GroupOut {
    fn from(group: Group) -> Self {
        GroupOut {
            state: group.state,
            replicas: group.replicas,
            mirrored: group.mirrored,
            ended: group.ended,
            capped: group.capped,
            changes: group.changes,
            span: group.span,
            events: group.events,
            current: group.current,
            count: group.count,
            first_column: group.first_column,
            last_column: group.last_column,
            m_eq: group.m_eq,
            energy: group.energy,
            profile: group.profile,
        }
    }
}
