//! What crosses between the engine and the page for a scan, in Rust and in TypeScript.

use crate::scan::plan::Kind;
use crate::web::types::{Notice, unions};
use konst::string::{str_concat, str_join};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

unions! {
    /// What is computed.
    "ExperimentKind" = Kind::KEYS;
}

/// What the link of an experiment says. Where a key is bad its default stands in.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct ExperimentReading {
    #[tsify(type = "ExperimentKind")]
    pub kind: &'static str,
    /// The canonical form.
    pub link: String,
    pub seed_given: bool,
    pub notices: Vec<Notice>,
    /// What was passed over, which is no fault, each in a line.
    pub notes: String,
    /// The keys that have a meaning for it.
    pub settings: Vec<Setting>,
}

/// A key that has a meaning for the experiment.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Setting {
    pub key: &'static str,
    /// Its value as it can be typed.
    pub value: String,
    /// What can be chosen; nothing where it is typed freely.
    pub choices: &'static [&'static str],
}

/// One replica of one point.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct TaskInfo {
    pub id: usize,
    pub point: usize,
    pub replica: u32,
    /// The task whose outcome it starts from.
    pub after: Option<usize>,
    pub name: String,
    pub link: String,
}

/// How far a point is.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct PointProgress {
    pub point: usize,
    pub name: String,
    /// From 0 to 1.
    pub share: f64,
    /// Its state in words.
    pub state: &'static str,
    /// What is measured, with its error, in words.
    pub value: String,
}

/// How far an experiment is. Counts include the relaxation.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct ScanProgress {
    pub share: f64,
    /// Tasks that have ended.
    pub done: usize,
    pub tasks: usize,
    pub complete: bool,
    pub known: usize,
    pub events: f64,
    pub attempts: f64,
    pub events_text: String,
    pub points: Vec<PointProgress>,
}

/// A row of a table.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct TableRow {
    pub point: usize,
    pub cells: Vec<String>,
}

/// The results as a table.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct ResultsTable {
    pub caption: String,
    pub columns: Vec<String>,
    pub rows: Vec<TableRow>,
}

/// A statement about the whole experiment.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Finding {
    pub subject: String,
    pub text: String,
}

/// A picture that can be drawn or exported.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct PictureInfo {
    pub name: &'static str,
    pub title: &'static str,
}
