//! What tests have found, left as records for the validation page.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Serialize;
use uphill::params::{Boundary, Dynamics, Params, Reservoirs};
use uphill::run::checkpoint::ENGINE;

/// A record: which engine it is of, and when it was made.
#[derive(Serialize)]
struct Record<T> {
    engine: &'static str,
    /// Seconds since 1970.
    made: u64,
    found: T,
}

/// Leaves a record, in the place of one of the same name.
pub fn leave(name: &str, found: impl Serialize) {
    let made = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .expect("it is later than 1970")
        .as_secs();
    let record = Record {
        engine: ENGINE,
        made,
        found,
    };
    let text = serde_json::to_string_pretty(&record).expect("numbers and words");
    let folder = folder();
    fs::create_dir_all(&folder).expect("the folder of the records");
    let file = folder.join(format!("{name}.json"));
    // Beside it first: a record is there whole or not at all.
    let unfinished = file.with_extension("json.new");
    fs::write(&unfinished, text).expect("a record");
    fs::rename(&unfinished, &file).expect("a record in its place");
}

/// Beside the folder that cargo gives to tests, in whatever target folder it has.
fn folder() -> PathBuf {
    let of_tests = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = of_tests.parent().expect("a folder in the target folder");
    target.join("validation")
}

/// A lattice in words.
pub fn lattice(params: &Params) -> String {
    let signed = |m: f64| m.to_string().replace('-', "−");
    let (left, right) = (signed(params.m_left), signed(params.m_right));
    let ends = match params.reservoirs {
        Reservoirs::On => format!("m₋ = {left}, m₊ = {right}"),
        Reservoirs::Off => "no reservoirs".to_owned(),
        Reservoirs::Balanced => format!("balanced m₋ = {left}, m₊ = {right}"),
    };
    let walls = match params.boundary {
        Boundary::Fixed => "fixed walls".to_owned(),
        Boundary::Shifted(s) => format!("walls shifted by {s}"),
    };
    format!(
        "{}×{}, β = {}, {walls}, {ends}",
        params.lx, params.ly, params.beta
    )
}

/// A dynamics in a word.
pub fn dynamics(dynamics: Dynamics) -> &'static str {
    match dynamics {
        Dynamics::Kinetic => "kinetic",
        Dynamics::Metropolis => "Metropolis",
    }
}

/// The error bars of one kind of run, or of series made for the test.
#[derive(Serialize)]
pub struct Series {
    /// Which runs they are.
    pub about: String,
    /// Their quantities.
    pub rows: Vec<Coverage>,
}

/// How often the truth lay within the error bars of one quantity.
#[derive(Serialize)]
pub struct Coverage {
    /// Of what, and when the measurement ended.
    pub what: String,
    /// Error bars that were held against the truth.
    pub results: f64,
    /// Shares of them within one and two error bars.
    pub within: [f64; 2],
    /// error²/variance − 1.
    pub bias: f64,
}
