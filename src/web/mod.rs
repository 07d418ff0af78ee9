//! The engine as the page sees it: typed objects across wasm-bindgen, and nothing else.

mod canvas;
#[cfg(feature = "experiments")]
mod columns;
#[cfg(feature = "experiments")]
mod medium;
#[cfg(feature = "experiments")]
mod scan;
mod simulator;
#[cfg(feature = "experiments")]
mod snapshot;
#[cfg(feature = "experiments")]
mod taken;
mod types;

use crate::link::query::{Query, Role};
use crate::measure::state::State;
use crate::notation::{self, numeral};
use crate::params::SEED_MAX;
use crate::run::checkpoint::ENGINE;
use crate::{link, theory, words};
use serde::Serialize;
use std::panic::PanicHookInfo;
use tsify::{Ts, Tsify};
use types::{LinkReading, Notice, Params, Theory};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, EventTarget};

/// Name of the event that tells the page of a panic; its detail is the message.
const PANIC_EVENT: &str = "uphill-panic";

#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(report_panic));
}

/// Hands the message of a panic to the page before the instance stops.
fn report_panic(info: &PanicHookInfo) {
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_str(&info.to_string()));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(PANIC_EVENT, &init) {
        let global: EventTarget = js_sys::global().unchecked_into();
        // Where nobody can listen there is nobody to tell.
        let _ = global.dispatch_event(&event);
    }
}

/// A typed object for the page.
fn object<T: Serialize + Tsify>(value: &T) -> Ts<T> {
    value.into_ts().expect("plain structures can always cross")
}

/// Has the engine speak another language than English from now on: lines in pairs, an English text
/// and what is said for it.
#[wasm_bindgen(js_name = setWords)]
pub fn set_words(lines: String) {
    words::set(lines);
}

/// What an engine has said in English, as the one of a scan's worker does, in the language of this one.
#[cfg(feature = "experiments")]
#[wasm_bindgen(js_name = saidAgain)]
pub fn said_again(english: String) -> String {
    words::again(english)
}

/// Reads a query string or an address; draws a seed if it has none.
#[wasm_bindgen(js_name = readLink)]
pub fn read_link(query: &str) -> Ts<LinkReading> {
    let mut reading = link::read(query);
    let mut notices: Vec<Notice> = reading.errors.iter().map(Notice::from).collect();
    if !reading.seed_given {
        match getrandom::u64() {
            Ok(word) => reading.params.seed = word & SEED_MAX,
            Err(_) => notices.push(Notice::without_seed()),
        }
    }
    object(&LinkReading {
        link: link::write(&reading.params),
        params: Params::from(&reading.params),
        seed_given: reading.seed_given,
        notices,
        notes: types::notes(&reading.notes),
    })
}

/// The query in a text, without what is of the page alone.
#[wasm_bindgen(js_name = queryOf)]
pub fn query_of(text: &str) -> String {
    Query::read(text).without_page()
}

/// The values that a text has for a key of the page alone, such as embed or theme; each ends its line.
#[wasm_bindgen(js_name = pageValues)]
pub fn page_values(text: &str, key: &str) -> String {
    let mut lines = String::new();
    for part in Query::read(text).of(Role::Page) {
        if part.key == key {
            lines.push_str(&part.value);
            lines.push('\n');
        }
    }
    lines
}

/// The number that somebody has typed, by the rules of the link, or NaN.
#[wasm_bindgen(js_name = numberIn)]
pub fn number_in(text: &str) -> f64 {
    numeral::real(text).unwrap_or(f64::NAN)
}

/// Whether a query string asks for an experiment rather than for a run.
#[wasm_bindgen(js_name = isExperiment)]
pub fn is_experiment(query: &str) -> bool {
    link::is_experiment(query)
}

/// Exact results at inverse temperature `beta`.
#[wasm_bindgen(js_name = theory)]
pub fn exact_results(beta: f64) -> Ts<Theory> {
    let t_over_tc = (beta > 0.0).then(|| theory::beta_c() / beta);
    let m_beta = theory::m_beta(beta);
    object(&Theory {
        beta_c: theory::beta_c(),
        t_over_tc,
        m_beta,
        t_over_tc_text: t_over_tc.map_or("∞".to_owned(), |t| notation::plain(t, 3)),
        m_beta_text: if m_beta == 0.0 {
            "0".to_owned()
        } else {
            notation::signed(m_beta, 6)
        },
    })
}

/// A state in words; throws an Error for what is none.
#[wasm_bindgen(js_name = stateText)]
pub fn state_text(
    #[wasm_bindgen(unchecked_param_type = "State")] key: &str,
) -> Result<String, JsError> {
    let state = State::ALL.into_iter().find(|state| state.key() == key);
    state
        .map(|state| state.name().to_owned())
        .ok_or_else(|| JsError::new(key))
}

/// Version of the package, which may rise with a colour.
#[wasm_bindgen(js_name = packageVersion)]
pub fn package_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Version of the engine: equal versions give equal trajectories.
#[wasm_bindgen(js_name = engineVersion)]
pub fn engine_version() -> String {
    ENGINE.to_owned()
}
