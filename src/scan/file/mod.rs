//! Results as files that can be read back: JSON.

pub mod csv;
pub mod encoding;
mod parameters;

use crate::measure::state::State;
use crate::run::checkpoint::ENGINE;
use crate::scan::figures::Figure;
use crate::scan::figures::m_star::Matching;
use crate::scan::figures::map::Map;
use crate::scan::plan::added::Added;
use crate::scan::plan::{Experiment, Kind, Plan, link};
use crate::scan::results::shares::{Part, Share};
use crate::scan::results::{Group, Results};
use crate::scan::task::outcome::{
    Budgeted, IntegratedCurrent, Measured, Outcome, Passage, SingleColumns, Status, Visited,
};
use crate::theory::m_beta;
use crate::words;
use parameters::{NamedOutcome, Parameters};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What every result file says that it is.
const FORMAT: &str = "uphill result";
/// The format that is written; all before it are read. In format 1, of the versions up to 0.5.0,
/// tasks and points do not name their parameters.
const FORMAT_VERSION: u32 = 2;
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
                f.write_str(&words::results::other_format(version, FORMAT_VERSION))
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

/// A result file as it is written: JSON, UTF-8, one object. A value that is not known, or has no
/// meaning where it stands, is null. Times are simulated, in units in which a move of rate 1
/// happens once; errors are one standard deviation.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ResultFile"))]
struct Written {
    /// Always `uphill result`.
    format: String,
    /// The version of the format: 1, or 2 since tasks and points name their parameters.
    v: u32,
    /// The version of the engine that found the outcomes.
    engine: String,
    /// The canonical link of the experiment: all that determines it.
    link: String,
    /// Which share of the tasks the file has, such as `2/3`; absent in a result of all tasks.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
    /// Whether every replica has ended.
    complete: bool,
    /// The points that were added to those of the link, by stages; absent where none were.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    added: Vec<Vec<Added>>,
    /// What can be said of the whole, in words; not read back.
    findings: Vec<Statement>,
    /// What was found of one phase alone, for every β; absent where that was not asked for, and not
    /// read back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    matching: Vec<Matched>,
    /// The points with their replicas put together, in the order of the experiment, those that
    /// were added last; not read back, since they follow from the tasks.
    points: Vec<NamedPoint>,
    /// What each task, one replica of one point, has found; null where it has not begun or belongs
    /// to another share. The first replicas of all points come first, in the order of the points,
    /// then the second ones; then in the same way those of each stage of added points.
    tasks: Vec<Option<NamedOutcome>>,
}

/// What is read of a file: the rest follows from it.
#[derive(Deserialize)]
struct Read {
    engine: String,
    link: String,
    #[serde(default)]
    share: Option<String>,
    #[serde(default)]
    added: Vec<Vec<Added>>,
    tasks: Vec<Option<NamedOutcome>>,
}

/// A statement about the whole experiment.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Statement {
    /// What it is about.
    subject: String,
    /// What is said of it.
    text: String,
}

/// What both reservoirs must ask for to feed one phase alone as at coexistence.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Matched {
    /// Inverse temperature in units of the coupling.
    beta: f64,
    /// m*; null while it is not known.
    m_star: Option<f64>,
    /// One standard deviation of m*, of all parts.
    m_star_err: Option<f64>,
    /// m_β, the spontaneous magnetization of the infinite lattice.
    m_beta: f64,
    /// Columns that were left out at each end of the lattice.
    left_out: Option<u32>,
    /// The part of the error from the scatter.
    scatter: Option<f64>,
    /// The part of the error from what the columns beside the reservoirs may do to the others.
    layer: Option<f64>,
    /// The part of the error from the shape of the curve.
    bend: Option<f64>,
}

/// A point: its parameters, and what was found of it, state by state.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NamedPoint {
    #[serde(flatten)]
    parameters: Parameters,
    /// Of a map, `uphill`, `downhill`, `not-significant`, or `no-gradient` where m₊ = m₋; absent before
    /// it has ended, and elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    sign: Option<&'static str>,
    /// Of a map, how many σ of a normal variable J is from 0, in the state that was measured longest;
    /// absent without an error, and elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    significance: Option<f64>,
    /// The states in which its replicas were measured, the longest measured first.
    groups: Vec<Grouped>,
    /// The states that the replicas went through, all together; absent but where they are what is
    /// measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Visited"))]
    regimes: Option<Visited>,
}

/// The replicas of a point that were measured in one state, mirror images together where the
/// reservoirs are opposite or off: a row of the table.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Grouped {
    /// The state; null while it is not known, or where the lattice is too small for states.
    state: Option<crate::measure::state::State>,
    /// Number of replicas in that state.
    replicas: u32,
    /// Those of them that were its mirror image (x, σ) → (Lx+1−x, −σ), and were mapped.
    mirrored: u32,
    /// Those of them that have ended.
    ended: u32,
    /// Those of them that ended at the cap, before the error was as small as asked.
    capped: u32,
    /// Changes of state before the measurement, which then began anew.
    changes: u64,
    /// Measured simulated time, over all replicas.
    span: f64,
    /// Moves performed, over all replicas, the relaxation included.
    events: u64,
    /// J, the current per horizontal bond and unit time, positive to the right: from the rates of
    /// the exchanges with the crossings as control, the better estimator.
    current: Measured,
    /// J by counting the crossings alone.
    count: Measured,
    /// ⟨m(1)⟩, the mean magnetization per site of the first column.
    first_column: Measured,
    /// ⟨m(Lx)⟩, the mean magnetization per site of the last column.
    last_column: Measured,
    /// m_eq = (⟨m(Lx)⟩ − ⟨m(1)⟩)/2; without reservoirs only.
    m_eq: Measured,
    /// Energy per site in units of the coupling.
    energy: Measured,
    /// The energy budget of the whole lattice per unit time, conditional on the state. Since format 2.
    budget: Budgeted,
    /// The exact J of the point, where it was computed. Since format 2.
    exact: Option<f64>,
    /// ⟨m(x)⟩ for x = 1…Lx; empty if no time was measured.
    profile: Vec<f64>,
    /// Numbers of single columns; absent but with `states`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "SingleColumns"))]
    columns: Option<SingleColumns>,
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
    let points = results.points();
    let map = (results.experiment().kind == Kind::Map).then(|| Map::of(results));
    let tile = |number: usize| map.as_ref()?.tiles().get(number);
    let file = Written {
        format: FORMAT.to_owned(),
        v: FORMAT_VERSION,
        engine: results.engine().to_owned(),
        link: link::write(results.experiment()),
        share: share.map(|share| share.to_string()),
        complete: results.is_complete(),
        added: results.plan().added().to_vec(),
        findings: Figure::of(results)
            .findings(results)
            .into_iter()
            .map(|finding| Statement {
                subject: finding.subject,
                text: finding.text,
            })
            .collect(),
        matching: Matching::all(results).iter().map(Matched::from).collect(),
        points: points
            .iter()
            .enumerate()
            .map(|(number, point)| NamedPoint {
                parameters: Parameters::from(point),
                sign: tile(number).and_then(|tile| tile.sign.key()),
                significance: tile(number).and_then(|tile| tile.significance),
                groups: results
                    .groups(number)
                    .into_iter()
                    .map(Grouped::from)
                    .collect(),
                regimes: results.visited(number),
            })
            .collect(),
        tasks: results
            .tasks()
            .iter()
            .zip(results.outcomes())
            .map(|(task, outcome)| {
                outcome.clone().map(|outcome| NamedOutcome {
                    parameters: Parameters::from(&points[task.point]),
                    outcome,
                })
            })
            .collect(),
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
    let known = head.v.as_u64();
    if !known.is_some_and(|v| (1..=u64::from(FORMAT_VERSION)).contains(&v)) {
        let version: String = head.v.to_string().chars().take(40).collect();
        return Err(FileError::OtherVersion(version));
    }
    let file: Read =
        serde_json::from_str(text).map_err(|error| FileError::Damaged(error.to_string()))?;
    let reading = link::read(&file.link);
    if let Some(error) = reading.errors.first() {
        return Err(FileError::Damaged(words::results::its_link(error)));
    }
    // Before anything is made: a few words may ask for very many tasks.
    let added: usize = file.added.iter().map(Vec::len).sum();
    let replicas = reading.experiment.replicas as usize;
    let asked = reading.experiment.task_count() + added.saturating_mul(replicas);
    let given = file.tasks.len();
    if asked != given {
        let what = words::results::other_tasks(given, asked);
        return Err(FileError::Damaged(what));
    }
    let plan = Plan::with_added(reading.experiment, file.added)
        .ok_or_else(|| FileError::Damaged(words::results::ITS_ADDED_POINTS.to_owned()))?;
    let mut results = Results::of(plan.into());
    for (task, named) in file.tasks.into_iter().enumerate() {
        if let Some(named) = named {
            let point = &results.points()[results.tasks()[task].point];
            let agreed = named.parameters.agree_with(point);
            agreed.map_err(|what| FileError::Damaged(words::results::of_task(task, what)))?;
            results
                .put(task, named.outcome)
                .map_err(FileError::Damaged)?;
        }
    }
    // What another engine has found is not gone on with, nor a relation that was complete before m*
    // belonged to it.
    let before = results.experiment().kind == Kind::Relation && results.plan().added().is_empty();
    if file.engine == ENGINE && !before {
        results.go_on();
    }
    results.came_from(file.engine.chars().take(40).collect());
    let share = file.share.map(|text| text.parse::<Share>()).transpose();
    Ok(Part {
        name: name.to_owned(),
        share: share.map_err(|error| FileError::Damaged(words::results::its_share(error)))?,
        results,
    })
}

/// The points that were added to a plan, as a text to be handed on.
pub fn added_text(plan: &Plan) -> String {
    serde_json::to_string(plan.added()).expect("numbers can be written")
}

/// The plan of an experiment with added points, as [`added_text`] gave them.
///
/// # Errors
/// If they are none of it.
pub fn plan(experiment: Experiment, added: &str) -> Result<Plan, String> {
    serde_json::from_str(added)
        .ok()
        .and_then(|added| Plan::with_added(experiment, added))
        .ok_or_else(|| words::results::ITS_ADDED_POINTS.to_owned())
}

/// An outcome as bytes, which every later version reads: as it stands in a result file.
pub fn outcome_bytes(outcome: &Outcome) -> Vec<u8> {
    serde_json::to_vec(outcome).expect("an outcome has no part that cannot be written")
}

/// The outcome of bytes.
///
/// # Errors
/// If they are none.
pub fn outcome(bytes: &[u8]) -> Result<Outcome, String> {
    let read = match bytes {
        // By way of a text, as a file is read, which needs no more of the page's engine.
        [b'{', ..] => std::str::from_utf8(bytes)
            .ok()
            .and_then(|text| serde_json::from_str(text).ok()),
        // As they were stored up to engine 0.5.0; the first byte is the number of the replica.
        _ => match postcard::take_from_bytes(bytes) {
            Ok((stored, [])) => Some(Stored::into(stored)),
            _ => None,
        },
    };
    read.ok_or_else(|| words::results::NO_OUTCOME.to_owned())
}

/// What a task had found, as it was stored up to engine 0.5.0.
#[derive(Deserialize)]
struct Stored {
    replica: u32,
    status: Status,
    state: Option<State>,
    changes: u32,
    passages: Vec<Passage>,
    time: f64,
    span: f64,
    events: u64,
    attempts: u64,
    current: Measured,
    count: Measured,
    disagreement: Option<f64>,
    left: Option<f64>,
    right: Option<f64>,
    first_column: Measured,
    last_column: Measured,
    m_eq: Measured,
    energy: Measured,
    exact: Option<f64>,
    profile: Vec<f64>,
    integrated: IntegratedCurrent,
    spins: String,
    digest: String,
}

impl From<Stored> for Outcome {
    fn from(stored: Stored) -> Self {
        Outcome {
            replica: stored.replica,
            status: stored.status,
            state: stored.state,
            changes: stored.changes,
            passages: stored.passages,
            time: stored.time,
            span: stored.span,
            events: stored.events,
            attempts: stored.attempts,
            current: stored.current,
            count: stored.count,
            disagreement: stored.disagreement,
            left: stored.left,
            right: stored.right,
            first_column: stored.first_column,
            last_column: stored.last_column,
            m_eq: stored.m_eq,
            energy: stored.energy,
            exact: stored.exact,
            profile: stored.profile,
            integrated: stored.integrated,
            spins: stored.spins,
            digest: stored.digest,
            budget: None,
            bulk: Vec::new(),
            columns: None,
            regimes: None,
        }
    }
}

impl From<&Matching> for Matched {
    fn from(one: &Matching) -> Self {
        let star = one.star.as_ref().ok();
        Matched {
            beta: one.beta,
            m_star: star.map(|star| star.value),
            m_star_err: star.map(|star| star.error),
            m_beta: m_beta(one.beta),
            left_out: one.out,
            scatter: star.map(|star| star.scatter),
            layer: star.map(|star| star.layer),
            bend: star.map(|star| star.bend),
        }
    }
}

impl From<Group> for Grouped {
    fn from(group: Group) -> Self {
        Grouped {
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
            budget: group.budget,
            exact: group.exact,
            profile: group.profile,
            columns: group.columns,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::generate::SchemaSettings;
    use serde_json::{Value, json};
    use std::fs;
    use std::path::{Path, PathBuf};

    fn docs(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("docs")
            .join(name)
    }

    /// The schema of the types: of what is written, where files of format 1 may lack what is new.
    fn schema() -> Value {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        let mut schema = settings.into_generator().into_root_schema_for::<Written>();
        schema.insert(
            "$comment".to_owned(),
            json!("Generated from the types of the engine; docs/results.md describes it."),
        );
        let mut schema = schema.to_value();
        let newer = |name: &str, about: &Value| {
            let about = about["description"].as_str().unwrap_or("");
            about.contains("ince format 2") && name != "link"
        };
        leave_out(&mut schema, &newer);
        let named = &mut schema["$defs"]["NamedOutcome"]["required"];
        named
            .as_array_mut()
            .expect("a list")
            .retain(|name| name != "link");
        schema["properties"]["format"] = json!({ "const": FORMAT, "description": schema["properties"]["format"]["description"] });
        schema["properties"]["v"] = json!({ "enum": [1, FORMAT_VERSION], "description": schema["properties"]["v"]["description"] });
        schema
    }

    /// Makes fields optional, in every part of a schema.
    fn leave_out(part: &mut Value, newer: &dyn Fn(&str, &Value) -> bool) {
        if let Value::Object(fields) = part {
            let properties = fields.get("properties").cloned().unwrap_or_default();
            if let Some(Value::Array(required)) = fields.get_mut("required") {
                required.retain(|name| {
                    let name = name.as_str().unwrap_or("");
                    !newer(name, &properties[name])
                });
            }
            fields.values_mut().for_each(|part| leave_out(part, newer));
        } else if let Value::Array(parts) = part {
            parts.iter_mut().for_each(|part| leave_out(part, newer));
        }
    }

    #[test]
    fn the_schema_is_that_of_the_types() {
        let text = format!("{:#}\n", schema());
        let path = docs("results.schema.json");
        if std::env::var_os("UPHILL_WRITE").is_some() {
            fs::write(&path, &text).expect("the schema can be written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == text,
            "docs/results.schema.json is not what the types say: UPHILL_WRITE=1 cargo test --lib schema writes it anew"
        );
    }

    /// The names of all fields of a schema.
    fn names(part: &Value, found: &mut Vec<String>) {
        match part {
            Value::Object(fields) => {
                if let Some(Value::Object(properties)) = fields.get("properties") {
                    found.extend(properties.keys().cloned());
                }
                fields.values().for_each(|part| names(part, found));
            }
            Value::Array(parts) => parts.iter().for_each(|part| names(part, found)),
            _ => {}
        }
    }

    #[test]
    fn every_field_and_column_is_described() {
        let text = fs::read_to_string(docs("results.md")).expect("the description");
        let mut all = Vec::new();
        names(&schema(), &mut all);
        assert!(all.len() > 40, "{all:?}");
        all.extend(
            super::csv::COLUMNS
                .iter()
                .map(|(name, _)| (*name).to_owned()),
        );
        for name in all {
            let row = text
                .lines()
                .any(|line| line.starts_with('|') && line.contains(&format!("`{name}`")));
            assert!(row, "docs/results.md has no row for `{name}`");
        }
    }
}
