//! The records that the tests leave: `tests/validation/` in Rust, `tests/browser/record.js`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Both dynamics beside the exact solutions.
pub const EXACT: [&str; 2] = ["exact-kinetic", "exact-metropolis"];
/// Error bars with the stopping rule in force.
pub const COVERAGE: [&str; 10] = [
    "coverage-autoregressions",
    "coverage-anticorrelated-currents",
    "coverage-metropolis-runs",
    "coverage-shifted-square",
    "coverage-slow-energies",
    "coverage-rare-excursions",
    "coverage-weighed-reservoirs",
    "coverage-energy-budget",
    "coverage-energy-budget-metropolis",
    "coverage-energy-budget-control",
];
/// Error bars of runs of given length.
pub const ERROR_BARS: [&str; 4] = [
    "error-bars-anticorrelated-currents",
    "error-bars-metropolis-runs",
    "error-bars-slow-energies",
    "error-bars-slow-magnetizations",
];
/// Zeros of J from coarse scans.
pub const ZEROS: [&str; 2] = ["zeros-exact", "zeros-simulated"];
/// The pinned runs, natively and in the browsers.
pub const DIGESTS: [&str; 3] = ["digests-native", "digests-chromium", "digests-firefox"];
/// The same in WebKit, which is not tested everywhere.
pub const WEBKIT: &str = "digests-webkit";
/// The paper's numbers.
pub const PAPER: &str = "paper";
/// The quick benchmark.
pub const BENCH: &str = "bench";

/// The test that leaves a record.
fn maker(name: &str) -> &'static str {
    match name.split('-').next() {
        Some("exact") => "cargo test --test suite exact_solutions::",
        Some("coverage") => "cargo test --test suite coverage::",
        Some("zeros") => "cargo test --test suite zeros::",
        Some("error") => "cargo test --test suite error_bars::",
        Some("digests") if name == DIGESTS[0] => "cargo test --test suite digests::",
        Some("digests") => "node --test tests/browser/engine.test.js",
        Some("paper") => "cargo test --test suite paper::",
        _ => "node tests/browser/bench.js --quick",
    }
}

/// What one dynamics gave.
#[derive(Deserialize)]
pub struct Exact {
    pub dynamics: String,
    /// Independent runs of each lattice.
    pub runs: u64,
    pub comparisons: Vec<Comparison>,
}

#[derive(Deserialize)]
pub struct Comparison {
    pub lattice: String,
    pub quantity: String,
    pub exact: String,
    pub measured: String,
    pub z: f64,
}

/// The error bars of one kind of run.
#[derive(Deserialize)]
pub struct Series {
    pub about: String,
    pub rows: Vec<Coverage>,
}

#[derive(Deserialize)]
pub struct Coverage {
    pub what: String,
    /// Error bars that were held against the truth.
    pub results: f64,
    /// Shares of them within one and two error bars.
    pub within: [f64; 2],
    /// error²/variance − 1.
    pub bias: f64,
}

/// Zeros of J from coarse scans beside the true ones.
#[derive(Deserialize)]
pub struct Zeros {
    pub about: String,
    /// Scans that show no change of sign.
    pub unknown: f64,
    pub rows: Vec<ZeroCoverage>,
}

#[derive(Deserialize)]
pub struct ZeroCoverage {
    pub what: String,
    pub results: f64,
    /// Shares of them within one and two errors, or in the interval.
    pub within: [f64; 2],
    /// The larger error in units of that from the scatter.
    pub widening: f64,
}

/// The pinned runs on one host.
#[derive(Deserialize)]
pub struct Digests {
    pub host: String,
    pub runs: Vec<Pinned>,
}

#[derive(Deserialize)]
pub struct Pinned {
    pub link: String,
    pub events: u64,
    /// One for each way in which the run was carried out.
    pub digests: Vec<String>,
}

/// A number of the paper beside ours.
#[derive(Deserialize)]
pub struct Beside {
    pub what: String,
    pub paper: String,
    pub ours: String,
    /// None where a distance means nothing.
    pub z: Option<f64>,
    pub remark: String,
    /// Links of scans, empty where there is none.
    pub quick: String,
    pub full: String,
}

/// A benchmark, quick or whole.
#[derive(Deserialize)]
pub struct Bench {
    pub machine: String,
    pub browsers: Vec<String>,
    /// The machine's load average before.
    pub load: f64,
    pub rounds: u64,
    pub kernels: Vec<Kernel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kernel {
    pub link: String,
    pub metropolis: bool,
    pub hosts: Vec<HostFigures>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HostFigures {
    pub host: String,
    pub time_per_second: f64,
    pub events_per_second: f64,
    pub ns_per_event: f64,
    pub attempts_per_second: f64,
    pub rounds: Vec<Round>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Round {
    pub time_per_second: f64,
}

#[derive(Deserialize)]
struct Record<T> {
    engine: String,
    /// Seconds since 1970.
    made: u64,
    found: T,
}

/// The whole benchmark's file, which is a result with the same head.
#[derive(Deserialize)]
struct WholeBench {
    engine: String,
    made: u64,
    #[serde(flatten)]
    found: Bench,
}

/// What cannot be shown, or not as of now.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub record: String,
    pub why: String,
}

/// All records that are there and of this engine, and what is wrong with the others.
#[derive(Default)]
pub struct Records {
    pub exact: Vec<Exact>,
    pub coverage: Vec<Series>,
    pub error_bars: Vec<Series>,
    pub zeros: Vec<Zeros>,
    pub digests: Vec<Digests>,
    /// None where WebKit was not tested.
    pub webkit: Option<Digests>,
    pub paper: Option<Vec<Beside>>,
    pub bench: Option<Bench>,
    /// The last whole benchmark, where it is of this engine.
    pub whole_bench: Option<Bench>,
    /// When the last of them was made, in seconds since 1970.
    pub made: Option<u64>,
    pub problems: Vec<Problem>,
}

impl Records {
    /// Of a target folder. `source` is when a source of the engine last changed: what is older
    /// was found by an engine that is no more.
    pub fn read(target: &Path, engine: &str, source: u64) -> Self {
        let mut records = Records::default();
        let mut reader = Reader {
            target,
            engine,
            source,
            made: None,
            problems: Vec::new(),
        };
        records.exact = reader.all(&EXACT);
        records.coverage = reader.all(&COVERAGE);
        records.error_bars = reader.all(&ERROR_BARS);
        records.zeros = reader.all(&ZEROS);
        records.digests = reader.all(&DIGESTS);
        records.webkit = reader.one_if_made(WEBKIT);
        records.paper = reader.one(PAPER);
        records.bench = reader.one(BENCH);
        records.whole_bench = reader.whole_bench();
        records.made = reader.made;
        records.problems = reader.problems;
        records
    }

    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.made.is_none()
    }

    /// What is missing or stale, a line each, with the command that makes it.
    pub fn complaints(&self) -> Vec<String> {
        let line = |problem: &Problem| {
            let (name, why) = (&problem.record, &problem.why);
            format!("{name}: {why}; it is made by {}", maker(name))
        };
        self.problems.iter().map(line).collect()
    }
}

struct Reader<'a> {
    target: &'a Path,
    engine: &'a str,
    source: u64,
    made: Option<u64>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn all<T: DeserializeOwned>(&mut self, names: &[&str]) -> Vec<T> {
        names.iter().filter_map(|name| self.one(name)).collect()
    }

    /// A record that need not be there; one that is there has to be good.
    fn one_if_made<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        self.path(name).exists().then(|| self.one(name)).flatten()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.target.join("validation").join(format!("{name}.json"))
    }

    fn one<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let read = match fs::read_to_string(self.path(name)) {
            Ok(text) => serde_json::from_str::<Record<T>>(&text)
                .map_err(|error| format!("damaged ({error})")),
            Err(error) if error.kind() == ErrorKind::NotFound => Err("missing".to_owned()),
            Err(error) => Err(format!("it cannot be read ({error})")),
        };
        let current = read.and_then(|record| {
            self.is_current(&record.engine, record.made)?;
            Ok(record)
        });
        match current {
            Ok(record) => {
                self.made = self.made.max(Some(record.made));
                Some(record.found)
            }
            Err(why) => {
                self.problems.push(Problem {
                    record: name.to_owned(),
                    why,
                });
                None
            }
        }
    }

    fn is_current(&self, engine: &str, made: u64) -> Result<(), String> {
        if engine != self.engine {
            let engine: String = engine.chars().take(40).collect();
            return Err(format!("it is of engine {engine}, not {}", self.engine));
        }
        if made < self.source {
            return Err("it is older than the engine’s sources".to_owned());
        }
        Ok(())
    }

    /// Nobody has to make it, so nothing is said of one that cannot be shown.
    fn whole_bench(&self) -> Option<Bench> {
        let text = fs::read_to_string(self.target.join("bench.json")).ok()?;
        let whole: WholeBench = serde_json::from_str(&text).ok()?;
        self.is_current(&whole.engine, whole.made).ok()?;
        Some(whole.found)
    }
}

/// When a source of the engine last changed, in seconds since 1970.
pub fn newest_source(root: &Path) -> Result<u64> {
    let mut newest = 0;
    let mut open = vec![root.join("src"), root.join("Cargo.toml")];
    while let Some(path) = open.pop() {
        let context = || format!("{} cannot be read", path.display());
        let about = fs::metadata(&path).with_context(context)?;
        if about.is_dir() {
            for entry in fs::read_dir(&path).with_context(context)? {
                open.push(entry.with_context(context)?.path());
            }
        } else {
            let changed = about.modified().with_context(context)?;
            let since = changed.duration_since(UNIX_EPOCH).unwrap_or_default();
            newest = newest.max(since.as_secs());
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(files: &[(&str, &str)]) -> (tempfile::TempDir, Records) {
        let target = tempfile::tempdir().unwrap();
        fs::create_dir(target.path().join("validation")).unwrap();
        for (name, text) in files {
            let path = target
                .path()
                .join("validation")
                .join(format!("{name}.json"));
            fs::write(path, text).unwrap();
        }
        let records = Records::read(target.path(), "1.2.3", 1000);
        (target, records)
    }

    fn why<'a>(records: &'a Records, name: &str) -> Option<&'a str> {
        let problem = records.problems.iter().find(|one| one.record == name)?;
        Some(&problem.why)
    }

    #[test]
    fn a_missing_record_is_named_with_what_makes_it() {
        let (_target, records) = with(&[]);
        assert!(records.is_empty());
        let complaints = records.complaints();
        let all = EXACT.len() + COVERAGE.len() + ERROR_BARS.len() + ZEROS.len() + DIGESTS.len() + 2;
        assert_eq!(complaints.len(), all);
        let line =
            "digests-firefox: missing; it is made by node --test tests/browser/engine.test.js";
        assert!(complaints.iter().any(|each| each == line), "{complaints:?}");
    }

    #[test]
    fn a_record_of_webkit_need_not_be_there_but_has_to_be_good() {
        assert_eq!(why(&with(&[]).1, WEBKIT), None);
        let good = r#"{"engine":"1.2.3","made":1000,"found":{"host":"WebKit 2","runs":[]}}"#;
        let (_target, records) = with(&[(WEBKIT, good)]);
        assert_eq!(
            records.webkit.map(|found| found.host).as_deref(),
            Some("WebKit 2")
        );
        let (_target, records) = with(&[(WEBKIT, &good.replace("1000", "999"))]);
        assert!(records.webkit.is_none());
        assert_eq!(
            why(&records, WEBKIT),
            Some("it is older than the engine’s sources")
        );
    }

    #[test]
    fn a_whole_benchmark_is_shown_while_it_is_of_this_engine() {
        for (engine, shown) in [("1.2.3", true), ("1.2.2", false)] {
            let target = tempfile::tempdir().unwrap();
            let text = format!(
                r#"{{"engine":"{engine}","made":1000,"machine":"m","browsers":["b"],"load":0.5,"rounds":7,
                    "kernels":[{{"link":"m=1&seed=1","metropolis":false,"piece":1,"hosts":[{{"host":"native",
                    "timePerSecond":1.5,"eventsPerSecond":2,"nsPerEvent":3,"attemptsPerSecond":0,
                    "rounds":[{{"seconds":1,"timePerSecond":1.5}}]}}]}}],"ratios":[]}}"#
            );
            fs::write(target.path().join("bench.json"), text).unwrap();
            let records = Records::read(target.path(), "1.2.3", 1000);
            assert_eq!(records.whole_bench.is_some(), shown, "{engine}");
        }
    }

    #[test]
    fn a_stale_or_damaged_record_is_not_shown() {
        let (_target, records) = with(&[
            ("paper", r#"{"engine":"1.2.3","made":1000,"found":[]}"#),
            (
                "coverage-slow-energies",
                r#"{"engine":"1.2.3","made":999,"found":{"about":"","rows":[]}}"#,
            ),
            (
                "coverage-shifted-square",
                r#"{"engine":"1.2.2","made":2000,"found":{"about":"","rows":[]}}"#,
            ),
            ("bench", r#"{"engine":"1.2.3""#),
        ]);
        assert_eq!(why(&records, "paper"), None);
        assert!(records.paper.is_some() && records.coverage.is_empty());
        assert_eq!(records.made, Some(1000));
        let stale = why(&records, "coverage-slow-energies").unwrap();
        assert_eq!(stale, "it is older than the engine’s sources");
        let other = why(&records, "coverage-shifted-square").unwrap();
        assert_eq!(other, "it is of engine 1.2.2, not 1.2.3");
        assert!(why(&records, "bench").unwrap().starts_with("damaged"));
    }
}
