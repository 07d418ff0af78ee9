//! Results as files that can be read back: JSON.

use super::encoding;
use super::link;
use super::outcome::{Measured, Outcome};
use super::results::{Group, Results};
use super::shares::{Part, Share};
use crate::link::VERSION;
use crate::words;
use serde::{Deserialize, Serialize};
use std::fmt;

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
            FileError::TooLarge(bytes) => f.write_str(&words::results::too_large(bytes, LARGEST)),
            FileError::Foreign(why) => f.write_str(&words::results::foreign(why)),
            FileError::OtherVersion(version) => {
                f.write_str(&words::results::other_format(version, VERSION))
            }
            FileError::Damaged(what) => f.write_str(&words::results::damaged(what)),
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
    /// Of the tasks, where the file is a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    share: Option<String>,
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
    written(results, None)
}

/// The same of a share of the tasks, to be merged with the others.
pub fn part(results: &Results, share: Share) -> String {
    written(results, Some(share))
}

fn written(results: &Results, share: Option<Share>) -> String {
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
        share: share.map(|share| share.to_string()),
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
    read_part("", text).map(|part| part.results)
}

/// The results of a file with the share that it is of; `name` is the file's.
///
/// # Errors
/// As [`read`].
pub fn read_part(name: &str, text: &str) -> Result<Part, FileError> {
    read_bytes(name, text.as_bytes())
}

/// The same of the bytes of a file, in any encoding that is [read](encoding).
///
/// # Errors
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Part, FileError> {
    if bytes.len() > LARGEST {
        return Err(FileError::TooLarge(bytes.len()));
    }
    let text = &*encoding::text(bytes).map_err(FileError::Foreign)?;
    let head: Head =
        serde_json::from_str(text).map_err(|error| FileError::Foreign(error.to_string()))?;
    if head.format != FORMAT {
        return Err(FileError::Foreign(
            words::results::ANOTHER_FORMAT.to_owned(),
        ));
    }
    if head.v != VERSION {
        let version: String = head.v.to_string().chars().take(40).collect();
        return Err(FileError::OtherVersion(version));
    }
    let file: File =
        serde_json::from_str(text).map_err(|error| FileError::Damaged(error.to_string()))?;
    let reading = link::read(&file.link);
    if let Some(error) = reading.errors.first() {
        return Err(FileError::Damaged(words::results::its_link(error)));
    }
    // Before anything is made: a few words may ask for very many tasks.
    let (asked, given) = (reading.experiment.task_count(), file.tasks.len());
    if asked != given {
        let what = words::results::other_tasks(given, asked);
        return Err(FileError::Damaged(what));
    }
    let mut results = Results::new(reading.experiment);
    for (task, outcome) in file.tasks.into_iter().enumerate() {
        if let Some(outcome) = outcome {
            results.take(task, outcome).map_err(FileError::Damaged)?;
        }
    }
    results.came_from(file.engine.chars().take(40).collect());
    let share = file.share.map(|text| text.parse::<Share>()).transpose();
    Ok(Part {
        name: name.to_owned(),
        share: share.map_err(|error| FileError::Damaged(words::results::its_share(error)))?,
        results,
    })
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
    postcard::from_bytes(bytes).map_err(|_| words::results::NO_OUTCOME.to_owned())
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
