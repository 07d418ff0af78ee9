//! `Scan` and `ScanTask`: an experiment in the page's hands, and a task of it in a worker's.

use super::canvas::on_canvas;
use super::object;
use super::types::{Notice, ThemeObject, notes};
use crate::link::{self as run_link, file_name};
use crate::params::{Dynamics, SEED_MAX};
use crate::plot::Theme;
use crate::run::simulation::Budget;
use crate::scan::figures::{Figure, Picture};
use crate::scan::file;
use crate::scan::file::csv::{self, Decimal};
use crate::scan::plan::Plan;
use crate::scan::plan::{Experiment, Spec, link};
use crate::scan::results::Results;
use crate::scan::results::shares::{self, Share};
use crate::scan::task::Task;
use crate::scan::task::outcome::summed;
use crate::{notation, words};
use serde::Serialize;
use std::cell::OnceCell;
use std::fmt::Display;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

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
struct ExperimentReading {
    kind: &'static str,
    link: String,
    seed_given: bool,
    notices: Vec<Notice>,
    notes: String,
    settings: Vec<Setting>,
}

#[derive(Serialize)]
struct Setting {
    key: &'static str,
    value: String,
    choices: &'static [&'static str],
}

#[derive(Serialize)]
struct TaskInfo {
    id: usize,
    point: usize,
    replica: u32,
    after: Option<usize>,
    name: String,
    link: String,
}

#[derive(Serialize)]
struct PointProgress {
    point: usize,
    name: String,
    share: f64,
    state: &'static str,
    value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ScanProgress {
    share: f64,
    done: usize,
    tasks: usize,
    complete: bool,
    known: usize,
    events: f64,
    attempts: f64,
    events_text: String,
    points: Vec<PointProgress>,
}

#[derive(Serialize)]
struct TableRow {
    point: usize,
    cells: Vec<String>,
}

#[derive(Serialize)]
struct ResultsTable {
    caption: String,
    columns: Vec<String>,
    rows: Vec<TableRow>,
}

#[derive(Serialize)]
struct FindingText {
    subject: String,
    text: String,
}

#[derive(Serialize)]
struct PictureInfo {
    name: &'static str,
    title: &'static str,
}

/// Reads the query string of an experiment; draws a seed if it has none.
#[wasm_bindgen(js_name = readExperiment)]
pub fn read_experiment(query: &str) -> ExperimentReadingObject {
    let mut reading = link::read(query);
    let mut notices: Vec<Notice> = reading.errors.iter().map(Notice::from).collect();
    if !reading.seed_given {
        match getrandom::u64() {
            Ok(word) => reading.experiment.base.seed = word & SEED_MAX,
            Err(_) => notices.push(Notice::without_seed()),
        }
    }
    let e = &reading.experiment;
    object(&ExperimentReading {
        kind: e.kind.key(),
        link: link::write(e),
        seed_given: reading.seed_given,
        notices,
        notes: notes(&reading.notes),
        settings: link::settings(e)
            .into_iter()
            .map(|(key, value, choices)| Setting {
                key,
                value,
                choices,
            })
            .collect(),
    })
}

/// The experiment of a good link.
fn experiment(text: &str) -> Result<Experiment, JsError> {
    let reading = link::read(text);
    match reading.errors.first() {
        None => Ok(reading.experiment),
        Some(error) => Err(sentence(error)),
    }
}

fn sentence(error: impl Display) -> JsError {
    JsError::new(&error.to_string())
}

/// The name, without an ending, of a file that belongs to the run or the experiment of a query
/// string.
#[wasm_bindgen(js_name = fileStem)]
pub fn file_stem(query: &str) -> String {
    file_name::stem(&if run_link::is_experiment(query) {
        link::write(&link::read(query).experiment)
    } else {
        run_link::write(&run_link::read(query).params)
    })
}

/// The colours of `Scan.svg`, for pictures on a canvas that are meant for print.
#[wasm_bindgen(js_name = printTheme)]
pub fn print_theme() -> ThemeObject {
    object(&Theme::default())
}

/// An experiment and what is known of its results.
#[wasm_bindgen]
pub struct Scan {
    results: Results,
    figure: OnceCell<Figure>,
    share: Option<Share>,
}

#[wasm_bindgen]
impl Scan {
    /// An experiment of which nothing is known yet. Throws an Error if the link is not good.
    #[wasm_bindgen(constructor)]
    pub fn new(link: &str) -> Result<Scan, JsError> {
        Ok(Scan {
            results: Results::new(experiment(link)?),
            figure: OnceCell::new(),
            share: None,
        })
    }

    /// An experiment whose outcomes an engine of another version has found, to be taken in. Throws
    /// an Error if the link is not good.
    #[wasm_bindgen(js_name = foundBy)]
    pub fn found_by(link: &str, engine: &str) -> Result<Scan, JsError> {
        let mut scan = Scan::new(link)?;
        scan.results.came_from(engine.chars().take(40).collect());
        Ok(scan)
    }

    /// The results of the bytes of a file. Throws an Error that says why it cannot be read.
    pub fn load(bytes: &[u8]) -> Result<Scan, JsError> {
        let part = file::read_bytes("", bytes).map_err(sentence)?;
        Ok(Scan {
            results: part.results,
            figure: OnceCell::new(),
            share: part.share,
        })
    }

    /// Which share of the tasks the file has that this was loaded from, such as "2/3"; empty for a
    /// result of all tasks.
    #[wasm_bindgen(getter)]
    pub fn share(&self) -> String {
        self.share.map_or(String::new(), |share| share.to_string())
    }

    /// The canonical link, without "?".
    #[wasm_bindgen(getter)]
    pub fn link(&self) -> String {
        link::write(self.results.experiment())
    }

    /// The name of its files, without an ending; no other scan shares it.
    #[wasm_bindgen(getter, js_name = fileStem)]
    pub fn file_stem(&self) -> String {
        shares::file_stem(self.results.experiment(), self.share)
    }

    /// The kind of the experiment.
    #[wasm_bindgen(getter)]
    pub fn kind(&self) -> String {
        self.results.experiment().kind.key().to_owned()
    }

    /// The version of the engine that found the results: with another, they cannot be refined.
    #[wasm_bindgen(getter)]
    pub fn engine(&self) -> String {
        self.results.engine().to_owned()
    }

    /// The points that were added to those of the link, for `ScanPlan`.
    #[wasm_bindgen(getter)]
    pub fn added(&self) -> String {
        file::added_text(self.results.plan())
    }

    /// How many tasks there are; more may come when the last of them has ended.
    #[wasm_bindgen(getter, js_name = taskCount)]
    pub fn task_count(&self) -> usize {
        self.results.tasks().len()
    }

    /// Experiments with equal identities share their checkpoints: 16 hexadecimal digits.
    #[wasm_bindgen(getter)]
    pub fn identity(&self) -> String {
        format!("{:016x}", self.results.experiment().identity())
    }

    /// The tasks, by their numbers.
    pub fn tasks(&self) -> TaskInfosObject {
        let points = self.results.points();
        let kind = self.results.experiment().kind;
        let info = |(id, task): (usize, &Spec)| TaskInfo {
            id,
            point: task.point,
            replica: task.replica,
            after: task.after,
            name: points[task.point].label(kind),
            link: run_link::write(&points[task.point].params),
        };
        let all: Vec<TaskInfo> = self.results.tasks().iter().enumerate().map(info).collect();
        object(&all)
    }

    /// Takes in what a task has found up to now. Throws an Error if it cannot be its outcome.
    pub fn take(&mut self, task: usize, outcome: &[u8]) -> Result<(), JsError> {
        let outcome = file::outcome(outcome).map_err(sentence)?;
        self.figure.take();
        self.results.take(task, outcome).map_err(sentence)
    }

    /// What is known of a task, or undefined.
    pub fn outcome(&self, task: usize) -> Option<Vec<u8>> {
        let outcome = self.results.outcomes().get(task)?.as_ref()?;
        Some(file::outcome_bytes(outcome))
    }

    /// Whether a task has ended.
    #[wasm_bindgen(js_name = hasEnded)]
    pub fn has_ended(&self, task: usize) -> bool {
        self.results.has_ended(task)
    }

    /// The task to advance next while those of `busy` are advanced elsewhere, or undefined.
    pub fn next(&self, busy: &[u32]) -> Option<usize> {
        let busy: Vec<usize> = busy.iter().map(|&task| task as usize).collect();
        self.results.next_task(&busy)
    }

    /// How far it is.
    pub fn progress(&self) -> ScanProgressObject {
        let results = &self.results;
        let known: Vec<_> = results.outcomes().iter().flatten().collect();
        let tasks = results.tasks().len();
        let events = summed(known.iter().map(|outcome| outcome.events));
        let attempts = summed(known.iter().map(|outcome| outcome.attempts));
        let shares: Vec<f64> = (0..tasks).map(|task| results.share_done(task)).collect();
        let replicas = results.experiment().replicas;
        let of_point = |point: usize| -> PointProgress {
            let own = (0..replicas).map(|replica| shares[results.plan().task_of(point, replica)]);
            let group = results.groups(point).into_iter().next();
            let measured = group.as_ref().map(|group| {
                if results.points()[point].params.reservoirs {
                    &group.current
                } else {
                    &group.m_eq
                }
            });
            PointProgress {
                point,
                name: results.points()[point].label(results.experiment().kind),
                share: own.sum::<f64>() / f64::from(replicas),
                state: group
                    .as_ref()
                    .and_then(|g| g.state)
                    .map_or("", |s| s.name()),
                value: measured.map_or(notation::NOTHING.to_owned(), |m| m.text()),
            }
        };
        object(&ScanProgress {
            share: shares.iter().sum::<f64>() / tasks.max(1) as f64,
            done: results.ended(),
            tasks,
            complete: results.is_complete(),
            known: known.len(),
            events: events as f64,
            attempts: attempts as f64,
            events_text: notation::whole(events),
            points: (0..results.points().len()).map(of_point).collect(),
        })
    }

    /// The table of the results up to now.
    pub fn table(&self) -> ResultsTableObject {
        let table = self.figure().table(&self.results);
        object(&ResultsTable {
            caption: table.caption,
            columns: table.columns,
            rows: table
                .rows
                .into_iter()
                .map(|row| TableRow {
                    point: row.point,
                    cells: row.cells,
                })
                .collect(),
        })
    }

    /// What can be said up to now.
    pub fn findings(&self) -> FindingsObject {
        let findings: Vec<FindingText> = self
            .figure()
            .findings(&self.results)
            .into_iter()
            .map(|finding| FindingText {
                subject: finding.subject,
                text: finding.text,
            })
            .collect();
        object(&findings)
    }

    /// The pictures that can be drawn, the main one first.
    pub fn pictures(&self) -> PictureInfosObject {
        let pictures: Vec<PictureInfo> = Picture::of(self.results.experiment().kind)
            .iter()
            .map(|picture| PictureInfo {
                name: picture.name(),
                title: picture.title(),
            })
            .collect();
        object(&pictures)
    }

    /// Height of a picture in units of its width, where that is so many text sizes.
    pub fn aspect(&self, picture: &str, ems: f64) -> Result<f64, JsError> {
        Ok(self.picture(picture)?.aspect(&self.results, ems))
    }

    /// Draws a picture; `chosen` are points picked by hand, such as those whose J_t is shown.
    pub fn draw(
        &self,
        picture: &str,
        canvas: HtmlCanvasElement,
        theme: ThemeObject,
        chosen: &[u32],
    ) -> Result<MarkersObject, JsError> {
        let picture = self.picture(picture)?;
        let chosen: Vec<usize> = chosen.iter().map(|&point| point as usize).collect();
        let markers = on_canvas(canvas, theme, |area, theme| {
            self.figure()
                .draw(area, theme, &self.results, picture, &chosen)
        })?;
        Ok(object(&markers))
    }

    /// A picture as SVG, dark on white, for print.
    pub fn svg(&self, picture: &str, chosen: &[u32]) -> Result<String, JsError> {
        let picture = self.picture(picture)?;
        let chosen: Vec<usize> = chosen.iter().map(|&point| point as usize).collect();
        self.figure()
            .svg(&Theme::default(), &self.results, picture, &chosen)
            .map_err(sentence)
    }

    /// The results as a table with a commented header; `decimal` is "point", for commas between
    /// the values, or "comma", for semicolons. Throws an Error for any other.
    pub fn csv(&self, decimal: &str) -> Result<String, JsError> {
        let decimal =
            Decimal::of(decimal).ok_or_else(|| sentence(words::results::no_decimal(decimal)))?;
        Ok(csv::write(&self.results, decimal))
    }

    /// The results, whole, as JSON: what `load` reads.
    pub fn json(&self) -> String {
        file::json(&self.results)
    }

    /// Computed once, and anew when something has been taken in.
    fn figure(&self) -> &Figure {
        self.figure.get_or_init(|| Figure::of(&self.results))
    }

    fn picture(&self, name: &str) -> Result<Picture, JsError> {
        Picture::of(self.results.experiment().kind)
            .iter()
            .copied()
            .find(|picture| picture.name() == name)
            .ok_or_else(|| sentence(words::results::no_picture(name)))
    }
}

/// Attempts of Metropolis that take about as long as an event of kinetic Monte Carlo.
const ATTEMPTS_PER_EVENT: f64 = 20.0;

/// The plan of an experiment, in a worker's hands: made once for all of its tasks.
#[wasm_bindgen]
pub struct ScanPlan {
    plan: Plan,
}

#[wasm_bindgen]
impl ScanPlan {
    /// The plan of an experiment with what a `Scan` of it has `added`. Throws an Error if the link
    /// is not good.
    #[wasm_bindgen(constructor)]
    pub fn new(link: &str, added: &str) -> Result<ScanPlan, JsError> {
        let plan = file::plan(experiment(link)?, added).map_err(sentence)?;
        Ok(ScanPlan { plan })
    }
}

impl ScanPlan {
    fn spec(&self, task: usize) -> Result<&Spec, JsError> {
        let known = self.plan.tasks().get(task);
        known.ok_or_else(|| sentence(words::results::no_task(task)))
    }
}

/// One task of an experiment, in a worker's hands.
#[wasm_bindgen]
pub struct ScanTask {
    task: Task,
}

#[wasm_bindgen]
impl ScanTask {
    /// A task of an experiment at t = 0; `before` is the outcome of the task that it starts
    /// from, if it has one. Throws an Error that says why it cannot start.
    #[wasm_bindgen(constructor)]
    pub fn new(plan: &ScanPlan, task: usize, before: Option<Vec<u8>>) -> Result<ScanTask, JsError> {
        let spec = plan.spec(task)?;
        let before = match before {
            None => None,
            Some(bytes) => Some(file::outcome(&bytes).map_err(sentence)?),
        };
        let task = Task::new(&plan.plan, spec, before.as_ref()).map_err(sentence)?;
        Ok(ScanTask { task })
    }

    /// The task that was saved. Throws an Error that says why it cannot go on.
    pub fn restore(plan: &ScanPlan, task: usize, bytes: &[u8]) -> Result<ScanTask, JsError> {
        let spec = plan.spec(task)?;
        let task = Task::restore(&plan.plan, spec, bytes).map_err(sentence)?;
        Ok(ScanTask { task })
    }

    /// Runs at most `events` moves, or the attempts that take as long; whether it has ended.
    pub fn advance(&mut self, events: f64) -> bool {
        let attempts = match self.task.run().params().dynamics {
            Dynamics::Kinetic => u64::MAX,
            Dynamics::Metropolis => (events * ATTEMPTS_PER_EVENT) as u64,
        };
        self.task.advance(Budget {
            events: events as u64,
            attempts,
        })
    }

    /// What it has found up to now.
    pub fn outcome(&self) -> Vec<u8> {
        file::outcome_bytes(&self.task.outcome())
    }

    /// The full state.
    pub fn save(&self) -> Vec<u8> {
        self.task.save()
    }
}
