//! `Scan`: an experiment in the page's hands.

mod task;
mod types;

use crate::link::{self as run_link, file_name};
use crate::params::SEED_MAX;
use crate::plot::Theme;
use crate::scan::figures::marker::Marker;
use crate::scan::figures::{Figure, Picture};
use crate::scan::file;
use crate::scan::file::csv::{self, Decimal};
use crate::scan::plan::{Experiment, Spec, link};
use crate::scan::results::Results;
use crate::scan::results::shares::{self, Share};
use crate::scan::task::outcome::summed;
use crate::web::canvas::on_canvas;
use crate::web::medium::Medium;
use crate::web::object;
use crate::web::types::{Notice, notes};
use crate::{notation, words};
use std::cell::OnceCell;
use std::fmt::Display;
use tsify::Ts;
use types::{
    ExperimentReading, Finding, PictureInfo, PointProgress, ResultsTable, ScanProgress, Setting,
    TableRow, TaskInfo,
};
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// Reads the query string of an experiment; draws a seed if it has none.
#[wasm_bindgen(js_name = readExperiment)]
pub fn read_experiment(query: &str) -> Ts<ExperimentReading> {
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
pub fn print_theme() -> Ts<Theme> {
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

    /// Whether points may be added to those of the link by what is found.
    #[wasm_bindgen(getter, js_name = addsPoints)]
    pub fn adds_points(&self) -> bool {
        self.results.experiment().adds_points()
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
    pub fn tasks(&self) -> Vec<Ts<TaskInfo>> {
        let points = self.results.points();
        let kind = self.results.experiment().kind;
        let info = |(id, task): (usize, &Spec)| {
            object(&TaskInfo {
                id,
                point: task.point,
                replica: task.replica,
                after: task.after,
                name: points[task.point].label(kind),
                link: run_link::write(&points[task.point].params),
            })
        };
        self.results.tasks().iter().enumerate().map(info).collect()
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
    pub fn progress(&self) -> Ts<ScanProgress> {
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
                if results.points()[point].params.reservoirs.flip() {
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
    pub fn table(&self) -> Ts<ResultsTable> {
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
    pub fn findings(&self) -> Vec<Ts<Finding>> {
        let findings = self.figure().findings(&self.results).into_iter();
        let crossing = findings.map(|finding| {
            object(&Finding {
                subject: finding.subject,
                text: finding.text,
            })
        });
        crossing.collect()
    }

    /// The pictures that can be drawn, the main one first.
    pub fn pictures(&self) -> Vec<Ts<PictureInfo>> {
        let info = |picture: &Picture| {
            object(&PictureInfo {
                name: picture.name(),
                title: picture.title(),
            })
        };
        let pictures = Picture::of(self.results.experiment().kind);
        pictures.iter().map(info).collect()
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
        theme: Ts<Theme>,
        chosen: &[u32],
    ) -> Result<Vec<Ts<Marker>>, JsError> {
        let picture = self.picture(picture)?;
        let chosen: Vec<usize> = chosen.iter().map(|&point| point as usize).collect();
        let markers = on_canvas(canvas, theme, |area, theme| {
            self.figure()
                .draw(area, theme, &self.results, picture, &chosen)
        })?;
        Ok(markers.iter().map(object).collect())
    }

    /// A picture as SVG, dark on white, for print.
    pub fn svg(&self, picture: &str, chosen: &[u32]) -> Result<String, JsError> {
        let picture = self.picture(picture)?;
        let chosen: Vec<usize> = chosen.iter().map(|&point| point as usize).collect();
        let (theme, mut text) = (Theme::default(), String::new());
        let drawn = (&theme, picture, chosen.as_slice());
        self.figure()
            .draw_svg(drawn, &self.results, &mut text, Medium::Svg)
            .map_err(sentence)?;
        Ok(text)
    }

    /// The results as a table with a commented header; `decimal` is "point", for commas between
    /// the values, or "comma", for semicolons. Throws an Error for any other.
    pub fn csv(&self, decimal: &str) -> Result<String, JsError> {
        let decimal =
            Decimal::of(decimal).ok_or_else(|| sentence(words::results::no_decimal(decimal)))?;
        Ok(words::in_english(|| csv::write(&self.results, decimal)))
    }

    /// The results, whole, as JSON: what `load` reads.
    pub fn json(&self) -> String {
        words::in_english(|| file::json(&self.results))
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
