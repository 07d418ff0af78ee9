//! The objects that cross between the engine and the page, in Rust and in TypeScript.

use crate::measure::Estimate as Measured;
use crate::measure::state::State;
use crate::params::{self, Invalid};
use crate::run::report::{Direction, Report, SIGNIFICANT};
use crate::run::simulation::Simulation;
use crate::{link, notation, words};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
/** All that determines a run. */
export interface Params {
  lx: number; ly: number; beta: number; mRight: number; mLeft: number;
  boundary: "fixed" | "shifted";
  /** 0 unless the boundary is shifted. */
  shift: number;
  reservoirs: boolean; dynamics: "kinetic" | "metropolis";
  initial: "step" | "random" | "plus" | "minus" | "stripe";
  /** 0 unless the initial datum is a stripe. */
  width: number;
  seed: number;
}
/** A complaint about one key of a link: key, value, what is allowed, and all as a sentence. */
export interface Notice { key: string; value: string; allowed: string; message: string }
/** What a link says; `link` is its canonical form. Where a key is bad its default stands in; notes say what was passed over, which is no fault, each in a line. */
export interface LinkReading { params: Params; seedGiven: boolean; link: string; notices: Notice[]; notes: string }
/** Exact results; tOverTc is null at infinite temperature. */
export interface Theory { betaC: number; tOverTc: number | null; mBeta: number; tOverTcText: string; mBetaText: string }
/** A mean over time with one standard deviation, or the reason why there is none. */
export interface Estimate { mean: number | null; error: number | null; reason: string | null; text: string }
/** How the phases are arranged, told by where the column magnetization changes its sign. */
export type State = "step" | "one bump" | "one bump, mirrored" | "two bumps" | "other";
/** A column, from 1, and its magnetization. */
export interface Bump { x: number; m: number; text: string }
/** What has been measured up to now; times in units of the simulated clock. */
export interface Observables {
  time: number; timeText: string; span: number; spanText: string; since: number;
  events: number; attempts: number; eventsText: string; attemptsText: string;
  /** Whether no move comes any more: the run has ended, and the verdict says why. */
  frozen: boolean; altered: boolean;
  /** Whether spins were painted, when first, and that in words, which are empty for none. */
  painted: boolean; paintedAt: number | null; paintedText: string;
  /** What was painted: pluses, less those painted over, and Σ of their columns, x = 1…Lx. */
  paintedPluses: number; paintedMoment: number;
  current: Estimate; count: Estimate; left: number | null; right: number | null;
  leftText: string; rightText: string;
  /** How many standard deviations the count is from the rates of the same run. */
  disagreementText: string;
  fromLastColumn: Estimate; lastColumn: Estimate; firstColumn: Estimate; mEq: Estimate;
  energy: Estimate; profile: number[];
  /** How the phases are arranged: in the spins as they are now, and in the time average. */
  state: State; profileState: State;
  /** The peak of the time-averaged profile, where that has a bump; of a mirrored one, its image. */
  bump: Bump | null;
  sigmas: number | null; sigmasText: string;
  direction: "uphill" | "downhill" | null; progress: number; verdict: string;
}
/** Colours "#rrggbb", device pixels per CSS pixel, CSS font family, text size in CSS pixels. */
export interface Theme {
  paper: string; ink: string; faint: string; grid: string;
  uphill: string; downhill: string; plus: string; minus: string; second: string;
  scale: number; font: string; size: number;
}
/** The plotting area in device pixels, and the ranges of its axes. */
export interface PlotFrame { left: number; top: number; right: number; bottom: number; x0: number; x1: number; y0: number; y1: number }
/** What a pointer reads off a plot: the marked point in device pixels, and its values. */
export interface Readout { x: number; y: number; text: string }
/** Where the lattice stands in its canvas, in device pixels. */
export interface LatticeInner { left: number; top: number; right: number; bottom: number; reservoir: number; gap: number }
"##;

#[wasm_bindgen]
extern "C" {
    /// `Params` of the page.
    #[wasm_bindgen(typescript_type = "Params")]
    pub type ParamsObject;
    /// `LinkReading` of the page.
    #[wasm_bindgen(typescript_type = "LinkReading")]
    pub type LinkReadingObject;
    /// `Theory` of the page.
    #[wasm_bindgen(typescript_type = "Theory")]
    pub type TheoryObject;
    /// `Observables` of the page.
    #[wasm_bindgen(typescript_type = "Observables")]
    pub type ObservablesObject;
    /// `Theme` of the page.
    #[wasm_bindgen(typescript_type = "Theme")]
    pub type ThemeObject;
    /// `PlotFrame` of the page.
    #[wasm_bindgen(typescript_type = "PlotFrame")]
    pub type PlotFrameObject;
    /// `Readout` of the page, or undefined.
    #[wasm_bindgen(typescript_type = "Readout | undefined")]
    pub type ReadoutObject;
    /// `LatticeInner` of the page.
    #[wasm_bindgen(typescript_type = "LatticeInner")]
    pub type LatticeInnerObject;
    /// Why a run paused.
    #[wasm_bindgen(typescript_type = "\"budget\" | \"until\" | \"frozen\" | \"unresolved\"")]
    pub type StopObject;
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    lx: f64,
    ly: f64,
    beta: f64,
    m_right: f64,
    m_left: f64,
    boundary: String,
    shift: f64,
    reservoirs: bool,
    dynamics: String,
    initial: String,
    width: f64,
    seed: f64,
}

impl From<&params::Params> for Params {
    fn from(p: &params::Params) -> Self {
        Params {
            lx: p.lx.into(),
            ly: p.ly.into(),
            beta: p.beta,
            m_right: p.m_right,
            m_left: p.m_left,
            boundary: p.boundary.key().to_owned(),
            shift: p.boundary.shift().unwrap_or(0).into(),
            reservoirs: p.reservoirs,
            dynamics: p.dynamics.key().to_owned(),
            initial: p.initial.key().to_owned(),
            width: p.initial.width().unwrap_or(0).into(),
            seed: p.seed as f64,
        }
    }
}

impl Params {
    /// The run that the page asks for. It is read as a link, so that both have the
    /// same rules and the same complaints.
    pub fn read(&self) -> Result<params::Params, Vec<Invalid>> {
        let mut words = vec![
            format!("Lx={}&Ly={}&beta={}", self.lx, self.ly, self.beta),
            format!("m={}&mL={}&seed={}", self.m_right, self.m_left, self.seed),
            format!(
                "bc={}&dyn={}&init={}",
                self.boundary, self.dynamics, self.initial
            ),
            format!("res={}", if self.reservoirs { "on" } else { "off" }),
        ];
        if self.boundary == "shifted" {
            words.push(format!("shift={}", self.shift));
        }
        if self.initial == "stripe" {
            words.push(format!("width={}", self.width));
        }
        let reading = link::read(&words.join("&"));
        if reading.errors.is_empty() {
            Ok(reading.params)
        } else {
            Err(reading.errors)
        }
    }
}

#[derive(Serialize)]
pub struct Notice {
    key: String,
    value: String,
    allowed: String,
    message: String,
}

impl Notice {
    /// No seed was given, and none can be drawn.
    pub fn without_seed() -> Self {
        let allowed = words::links::SEED_NOT_DRAWN;
        Notice::from(&Invalid::new("seed", "", allowed))
    }
}

impl From<&Invalid> for Notice {
    fn from(invalid: &Invalid) -> Self {
        Notice {
            key: invalid.key.clone(),
            value: invalid.value.clone(),
            allowed: invalid.allowed.clone(),
            message: invalid.to_string(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkReading {
    pub params: Params,
    pub seed_given: bool,
    pub link: String,
    pub notices: Vec<Notice>,
    pub notes: String,
}

/// The notes that are worth a word on the page, to which its own keys are nothing new.
pub fn notes(all: &[link::Note]) -> String {
    let mut lines = String::new();
    for note in all {
        if !matches!(note, link::Note::Page(_)) {
            lines.push_str(&note.to_string());
            lines.push('\n');
        }
    }
    lines
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Theory {
    pub beta_c: f64,
    pub t_over_tc: Option<f64>,
    pub m_beta: f64,
    pub t_over_tc_text: String,
    pub m_beta_text: String,
}

#[derive(Serialize)]
struct Estimate {
    mean: Option<f64>,
    error: Option<f64>,
    reason: Option<String>,
    text: String,
}

impl From<&Measured> for Estimate {
    fn from(measured: &Measured) -> Self {
        Estimate {
            mean: measured.mean,
            error: measured.error,
            reason: measured.reason.clone(),
            text: measured.text(),
        }
    }
}

#[derive(Serialize)]
struct Bump {
    x: usize,
    m: f64,
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Observables {
    time: f64,
    time_text: String,
    span: f64,
    span_text: String,
    since: f64,
    events: f64,
    attempts: f64,
    events_text: String,
    attempts_text: String,
    frozen: bool,
    altered: bool,
    painted: bool,
    painted_at: Option<f64>,
    painted_text: String,
    painted_pluses: f64,
    painted_moment: f64,
    current: Estimate,
    count: Estimate,
    left: Option<f64>,
    right: Option<f64>,
    left_text: String,
    right_text: String,
    disagreement_text: String,
    from_last_column: Estimate,
    last_column: Estimate,
    first_column: Estimate,
    m_eq: Estimate,
    energy: Estimate,
    profile: Vec<f64>,
    state: &'static str,
    profile_state: &'static str,
    bump: Option<Bump>,
    sigmas: Option<f64>,
    sigmas_text: String,
    direction: Option<&'static str>,
    progress: f64,
    verdict: String,
}

impl Observables {
    pub fn of(run: &Simulation) -> Self {
        let report = run.report();
        let flux =
            |j: Option<f64>| j.map_or(notation::NOTHING.to_owned(), |j| notation::plain(j, 3));
        let sigmas = report.current.sigmas();
        let lattice = run.configuration().lattice();
        let rows = f64::from(lattice.ly());
        let columns: Vec<f64> = lattice
            .column_sums()
            .iter()
            .map(|&sum| f64::from(sum) / rows)
            .collect();
        let in_profile = State::of(&report.profile);
        Observables {
            time: run.time(),
            time_text: notation::plain(run.time(), 3),
            span: report.span,
            span_text: notation::plain(report.span, 3),
            since: run.time() - report.span,
            events: run.events() as f64,
            attempts: run.attempts() as f64,
            events_text: notation::whole(run.events()),
            attempts_text: notation::whole(run.attempts()),
            frozen: run.is_frozen() || run.is_unresolved(),
            altered: run.is_altered(),
            painted: report.painted.is_some(),
            painted_at: report.painted.map(|painted| painted.time),
            painted_text: report
                .painted
                .map_or(String::new(), |painted| painted.to_string()),
            painted_pluses: report.painted.map_or(0.0, |painted| painted.pluses as f64),
            painted_moment: report.painted.map_or(0.0, |painted| painted.moment as f64),
            current: (&report.current).into(),
            count: (&report.count).into(),
            left: report.left,
            right: report.right,
            left_text: flux(report.left),
            right_text: flux(report.right),
            disagreement_text: report.disagreement.map_or(String::new(), |z| {
                words::lab::from_both(format_args!("{:.1}", z.abs()))
            }),
            from_last_column: (&report.from_last_column).into(),
            last_column: (&report.last_column).into(),
            first_column: (&report.first_column).into(),
            m_eq: (&report.m_eq).into(),
            energy: (&report.energy).into(),
            sigmas,
            sigmas_text: sigmas.map_or(notation::NOTHING.to_owned(), |s| format!("{s:.0} σ")),
            direction: report.direction.map(Direction::name),
            progress: sigmas
                .map_or(0.0, |s| (s / SIGNIFICANT) * (s / SIGNIFICANT))
                .min(report.span / report.settling)
                .min(1.0),
            verdict: verdict(run, &report),
            state: State::of(&columns).name(),
            profile_state: in_profile.name(),
            bump: in_profile.peak(&report.profile).map(|(x, m)| Bump {
                x,
                m,
                text: notation::plain(m, 5),
            }),
            profile: report.profile,
        }
    }
}

/// The result in a sentence.
fn verdict(run: &Simulation, report: &Report) -> String {
    let params = run.params();
    let (left, right) = (params.m_left, params.m_right);
    let text = if run.is_frozen() {
        words::lab::FROZEN.to_owned()
    } else if run.is_unresolved() {
        words::lab::UNRESOLVED.to_owned()
    } else if !params.reservoirs {
        words::lab::NO_CURRENT.to_owned()
    } else if left == right {
        words::lab::NO_HILL.to_owned()
    } else {
        let mean = report.current.mean.unwrap_or(0.0);
        let way = if mean > 0.0 {
            words::lab::drift_right(left, right)
        } else {
            words::lab::drift_left(right, left)
        };
        match report.direction {
            Some(Direction::Uphill) => words::lab::uphill(way),
            Some(Direction::Downhill) => words::lab::downhill(way),
            None if report.span < report.settling => {
                words::lab::too_early(notation::plain(report.settling, 3))
            }
            None => words::lab::NOT_SIGNIFICANT.to_owned(),
        }
    };
    text.replace('-', "−")
}
