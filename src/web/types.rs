//! The objects that cross between the engine and the page, in Rust and in TypeScript.

use crate::measure::Estimate as Measured;
use crate::measure::state::State;
use crate::params::{self, Invalid};
use crate::run::report::{Direction, Report, SIGNIFICANT};
use crate::run::simulation::Simulation;
use crate::{link, notation, words};
use konst::string::{str_concat, str_join};
use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::prelude::*;

/// Declares in TypeScript a union of the keys that an enumeration of the engine has.
macro_rules! unions {
    ($($(#[doc = $about:literal])* $name:literal = $keys:expr;)*) => { $(const _: () = {
        #[wasm_bindgen(typescript_custom_section)]
        const UNION: &str = str_concat!(&[
            "/**", $($about,)* " */\nexport type ", $name, " = \"", str_join!("\" | \"", &$keys), "\";\n",
        ]);
    };)* };
}
#[cfg(feature = "experiments")]
pub(super) use unions;

unions! {
    /// What bounds the lattice above and below.
    "Boundary" = params::Boundary::KEYS;
    /// By what rule the run moves.
    "Dynamics" = params::Dynamics::KEYS;
    /// What flips the spins of the end columns.
    "Reservoirs" = params::Reservoirs::KEYS;
    /// The configuration at t = 0.
    "Initial" = params::Initial::KEYS;
    /// How the phases are arranged, told by where the column magnetization changes its sign.
    "State" = State::KEYS;
    /// Whether J goes from the smaller magnetization to the larger.
    "Direction" = Direction::KEYS;
}

/// All that determines a run.
#[derive(Serialize, Deserialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    /// Columns.
    lx: f64,
    /// Rows.
    ly: f64,
    /// Inverse temperature, in units of 1/J.
    beta: f64,
    /// m₊.
    m_right: f64,
    /// m₋.
    m_left: f64,
    #[tsify(type = "Boundary")]
    boundary: String,
    /// 0 unless the boundary is shifted.
    shift: f64,
    /// What flips the spins of the end columns, if anything does.
    #[tsify(type = "Reservoirs")]
    reservoirs: String,
    #[tsify(type = "Dynamics")]
    dynamics: String,
    #[tsify(type = "Initial")]
    initial: String,
    /// 0 unless the initial datum is a stripe.
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
            reservoirs: p.reservoirs.key().to_owned(),
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
            format!("res={}", self.reservoirs),
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

/// A complaint about one key of a link.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Notice {
    /// The key.
    key: String,
    /// What it was given.
    value: String,
    /// What it may be.
    allowed: String,
    /// All of it as a sentence.
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

/// What a link says. Where a key is bad its default stands in.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct LinkReading {
    pub params: Params,
    pub seed_given: bool,
    /// The canonical form.
    pub link: String,
    pub notices: Vec<Notice>,
    /// What was passed over, which is no fault, each in a line.
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

/// Exact results.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Theory {
    pub beta_c: f64,
    /// None at infinite temperature.
    pub t_over_tc: Option<f64>,
    pub m_beta: f64,
    pub t_over_tc_text: String,
    pub m_beta_text: String,
}

/// A mean over time with one standard deviation, or the reason why there is none.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Estimate {
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

/// A column, from 1, and its magnetization.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Bump {
    x: usize,
    m: f64,
    text: String,
}

/// What has been measured up to now; times in units of the simulated clock.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
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
    /// Whether no move comes any more: the run has ended, and the verdict says why.
    frozen: bool,
    altered: bool,
    /// Whether spins were painted.
    painted: bool,
    /// When they were first.
    painted_at: Option<f64>,
    /// That in words, which are empty for none.
    painted_text: String,
    /// Painted pluses, less those painted over.
    painted_pluses: f64,
    /// Σ of their columns, x = 1…Lx.
    painted_moment: f64,
    current: Estimate,
    count: Estimate,
    left: Option<f64>,
    right: Option<f64>,
    left_text: String,
    right_text: String,
    /// How many standard deviations the count is from the rates of the same run.
    disagreement_text: String,
    from_last_column: Estimate,
    last_column: Estimate,
    first_column: Estimate,
    m_eq: Estimate,
    energy: Estimate,
    /// The energy budget of the whole lattice per unit time.
    power: Estimate,
    power_count: Estimate,
    /// How many standard deviations the count is from power by both.
    power_apart_text: String,
    power_left: Estimate,
    power_right: Estimate,
    heat: Estimate,
    entropy_production: Estimate,
    efficiency: Estimate,
    /// It in a sentence.
    budget: String,
    profile: Vec<f64>,
    /// One standard deviation of each of them, or null.
    profile_errors: Vec<Option<f64>>,
    /// Why the first of those that are null is.
    profile_reason: Option<String>,
    /// J between neighbouring columns, from the left reservoir on into the right one.
    column_currents: Vec<f64>,
    /// Its errors.
    column_current_errors: Vec<Option<f64>>,
    /// How the phases are arranged in the spins as they are now, …
    #[tsify(type = "State")]
    state: &'static str,
    /// It in words.
    state_text: &'static str,
    /// … and in the time average.
    #[tsify(type = "State")]
    profile_state: &'static str,
    /// It in words.
    profile_state_text: &'static str,
    /// The peak of the time-averaged profile, where that has a bump; of a mirrored one, its image.
    bump: Option<Bump>,
    sigmas: Option<f64>,
    sigmas_text: String,
    /// None as long as it is not significant.
    #[tsify(type = "Direction | null")]
    direction: Option<&'static str>,
    /// How near J is to being significant, from 0 to 1.
    progress: f64,
    /// The result in a sentence.
    verdict: String,
}

impl Observables {
    pub fn of(run: &Simulation) -> Self {
        let (report, budget) = (run.report(), run.budget());
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
        let (state, in_profile) = (State::of(&columns), State::of(&report.profile));
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
            power: (&budget.power).into(),
            power_count: (&budget.count).into(),
            power_apart_text: budget.disagreement.map_or(String::new(), |z| {
                words::lab::from_power(format_args!("{:.1}", z.abs()))
            }),
            power_left: (&budget.left).into(),
            power_right: (&budget.right).into(),
            heat: (&budget.heat).into(),
            entropy_production: (&budget.entropy_production).into(),
            efficiency: (&budget.efficiency).into(),
            budget: budget.sentence(run.params()),
            sigmas,
            sigmas_text: sigmas.map_or(notation::NOTHING.to_owned(), |s| format!("{s:.0} σ")),
            direction: report.direction.map(Direction::key),
            progress: sigmas
                .map_or(0.0, |s| (s / SIGNIFICANT) * (s / SIGNIFICANT))
                .min(report.span / report.settling)
                .min(1.0),
            verdict: verdict(run, &report),
            state: state.key(),
            state_text: state.name(),
            profile_state: in_profile.key(),
            profile_state_text: in_profile.name(),
            bump: in_profile.peak(&report.profile).map(|(x, m)| Bump {
                x,
                m,
                text: notation::plain(m, 5),
            }),
            profile: report.profile,
            profile_errors: report.profile_errors,
            profile_reason: report.profile_reason,
            column_currents: report.column_currents,
            column_current_errors: report.column_current_errors,
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
    } else if !params.reservoirs.flip() {
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
