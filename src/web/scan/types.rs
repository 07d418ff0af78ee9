//! What crosses between the engine and the page for a scan, in Rust and in TypeScript.

use crate::web::types::Notice;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
/** What the link of an experiment says; `link` is its canonical form. Where a key is bad its default stands in. */
export interface ExperimentReading { kind: ExperimentKind; link: string; seedGiven: boolean; notices: Notice[]; notes: string; settings: Setting[] }
export type ExperimentKind = "current" | "states" | "equilibrium" | "relation" | "exact";
/** A key that has a meaning for the experiment: its value as it can be typed, and what can be chosen (empty where it is typed freely). */
export interface Setting { key: string; value: string; choices: string[] }
/** One replica of one point; `after` is the task whose outcome it starts from. */
export interface TaskInfo { id: number; point: number; replica: number; after: number | null; name: string; link: string }
/** How far a point is; `share` from 0 to 1, `state` and `value` in words. */
export interface PointProgress { point: number; name: string; share: number; state: string; value: string }
/** How far an experiment is; `done` of `tasks` tasks have ended. Counts include the relaxation. */
export interface ScanProgress {
  share: number; done: number; tasks: number; complete: boolean; known: number; events: number; attempts: number;
  eventsText: string; points: PointProgress[];
}
export interface ResultsTable { caption: string; columns: string[]; rows: { point: number; cells: string[] }[] }
/** A statement about the whole experiment. */
export interface Finding { subject: string; text: string }
/** A picture that can be drawn or exported. */
export interface PictureInfo { name: string; title: string }
/** A point of a picture, in device pixels, to be read off or opened in the lab. */
export interface Marker { x: number; y: number; point: number; text: string }
"##;

#[wasm_bindgen]
extern "C" {
    /// `ExperimentReading` of the page.
    #[wasm_bindgen(typescript_type = "ExperimentReading")]
    pub type ExperimentReadingObject;
    /// `TaskInfo[]` of the page.
    #[wasm_bindgen(typescript_type = "TaskInfo[]")]
    pub type TaskInfosObject;
    /// `ScanProgress` of the page.
    #[wasm_bindgen(typescript_type = "ScanProgress")]
    pub type ScanProgressObject;
    /// `ResultsTable` of the page.
    #[wasm_bindgen(typescript_type = "ResultsTable")]
    pub type ResultsTableObject;
    /// `Finding[]` of the page.
    #[wasm_bindgen(typescript_type = "Finding[]")]
    pub type FindingsObject;
    /// `PictureInfo[]` of the page.
    #[wasm_bindgen(typescript_type = "PictureInfo[]")]
    pub type PictureInfosObject;
    /// `Marker[]` of the page.
    #[wasm_bindgen(typescript_type = "Marker[]")]
    pub type MarkersObject;
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExperimentReading {
    pub kind: &'static str,
    pub link: String,
    pub seed_given: bool,
    pub notices: Vec<Notice>,
    pub notes: String,
    pub settings: Vec<Setting>,
}

#[derive(Serialize)]
pub struct Setting {
    pub key: &'static str,
    pub value: String,
    pub choices: &'static [&'static str],
}

#[derive(Serialize)]
pub struct TaskInfo {
    pub id: usize,
    pub point: usize,
    pub replica: u32,
    pub after: Option<usize>,
    pub name: String,
    pub link: String,
}

#[derive(Serialize)]
pub struct PointProgress {
    pub point: usize,
    pub name: String,
    pub share: f64,
    pub state: &'static str,
    pub value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanProgress {
    pub share: f64,
    pub done: usize,
    pub tasks: usize,
    pub complete: bool,
    pub known: usize,
    pub events: f64,
    pub attempts: f64,
    pub events_text: String,
    pub points: Vec<PointProgress>,
}

#[derive(Serialize)]
pub struct TableRow {
    pub point: usize,
    pub cells: Vec<String>,
}

#[derive(Serialize)]
pub struct ResultsTable {
    pub caption: String,
    pub columns: Vec<String>,
    pub rows: Vec<TableRow>,
}

#[derive(Serialize)]
pub struct FindingText {
    pub subject: String,
    pub text: String,
}

#[derive(Serialize)]
pub struct PictureInfo {
    pub name: &'static str,
    pub title: &'static str,
}
