//! What released versions have written opens for ever: links, and result files, whatever the
//! engine has become since; saved runs as long as trajectories are the same. The files under `tests/old` are only ever added to.

use crate::schema;
use std::fs;
use std::path::PathBuf;
use uphill::link;
use uphill::run::checkpoint::{ENGINE, RestoreError};
use uphill::run::simulation::{Budget, Simulation};
use uphill::scan::file;
use uphill::scan::file::csv::{self, Decimal};
use uphill::scan::plan::link as experiments;

/// Every version that was released, and the present one.
const VERSIONS: [&str; 5] = ["0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0"];

fn folder(version: &str) -> PathBuf {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests");
    tests.join("old").join(version)
}

/// The links of a file, and the canonical form of each.
fn links(version: &str, name: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(folder(version).join(name)).expect("the file of links");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.rsplit_once("->"));
    let pairs: Vec<(String, String)> = pairs
        .map(|(link, canonical)| (link.trim().to_owned(), canonical.trim().to_owned()))
        .collect();
    assert!(pairs.len() >= 8, "{version}/{name} has lost its links");
    pairs
}

#[test]
fn there_are_files_of_the_present_version() {
    assert!(VERSIONS.contains(&ENGINE));
    let kept = fs::read_dir(folder("").parent().expect("a folder").join("old"));
    assert_eq!(kept.expect("the folder").count(), VERSIONS.len());
}

#[test]
fn links_mean_what_they_meant() {
    for version in VERSIONS {
        for (text, canonical) in links(version, "links.txt") {
            let reading = link::read(&text);
            assert_eq!(reading.errors, [], "{version}: {text}");
            assert_eq!(link::write(&reading.params), canonical, "{version}: {text}");
        }
        for (text, canonical) in links(version, "experiments.txt") {
            let reading = experiments::read(&text);
            assert_eq!(reading.errors, [], "{version}: {text}");
            let written = experiments::write(&reading.experiment);
            assert_eq!(written, canonical, "{version}: {text}");
        }
    }
}

/// Tasks without what names their point, which there is since format 2.
fn without_parameters(tasks: &serde_json::Value) -> serde_json::Value {
    const PARAMETERS: [&str; 10] = [
        "Lx", "Ly", "beta", "m_plus", "m_minus", "res", "bc", "shift", "dyn", "link",
    ];
    let mut tasks = tasks.clone();
    for task in tasks.as_array_mut().expect("a list") {
        let task = task.as_object_mut().expect("a task");
        task.retain(|name, _| !PARAMETERS.contains(&name.as_str()));
    }
    tasks
}

#[test]
fn results_open_with_all_that_they_hold() {
    for version in VERSIONS {
        let mut kinds = Vec::new();
        for entry in fs::read_dir(folder(version)).expect("the folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|end| end != "json") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a result");
            let results = file::read(&text).unwrap_or_else(|why| panic!("{path:?}: {why}"));
            schema::check(&text);
            schema::check(&file::json(&results));
            assert_eq!(results.engine(), version, "{path:?}");
            assert!(results.is_complete(), "{path:?}");
            // What the tasks have found stays as it was written, and so does who found it.
            let raw = |text: &str| {
                let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
                [
                    without_parameters(&value["tasks"]),
                    value["link"].clone(),
                    value["engine"].clone(),
                ]
            };
            assert!(raw(&file::json(&results)) == raw(&text), "{path:?}");
            assert!(
                csv::write(&results, Decimal::Point).lines().count() > 5,
                "{path:?}"
            );
            kinds.push(results.experiment().kind.key());
        }
        kinds.sort_unstable();
        assert_eq!(
            kinds,
            ["current", "equilibrium", "exact", "relation", "states"],
            "{version}"
        );
    }
}

/// A run that was saved, by version, and its digest at t = 1500: the first before there was a
/// brush, all before the profile had errors.
const SAVED: [(&str, u64); 4] = [
    ("0.2.0", 0x3bd4_1789_6464_8f97),
    ("0.3.0", 0xfe50_81f5_dfac_07d9),
    ("0.4.0", 0xfe50_81f5_dfac_07d9),
    ("0.5.0", 0x5c70_7b1b_bc73_7d74),
];

#[test]
fn a_saved_run_goes_on_or_is_refused_by_name() {
    assert!(SAVED.iter().any(|&(version, _)| version == ENGINE));
    for (version, digest) in SAVED {
        let bytes = fs::read(folder(version).join("run.checkpoint")).expect("the saved run");
        let restored = Simulation::restore(&bytes);
        if version != ENGINE {
            let refusal = restored.expect_err("it is of another version");
            assert_eq!(refusal, RestoreError::OtherVersion(version.to_owned()));
            continue;
        }
        let mut run = restored.expect("it is of this version");
        assert!(run.save() == bytes, "it is written as it was");
        assert_eq!(run.painted(), None);
        run.advance(1500.0, Budget::UNLIMITED);
        assert_eq!(run.digest(), digest);
        // Of the inner columns it has kept nothing from which an error could be had, until it is measured
        // afresh.
        let reason = run.report().profile_reason.expect("a reason");
        assert!(reason.contains("measure afresh"), "{reason}");
        run.measure_afresh();
        run.advance(1501.0, Budget::UNLIMITED);
        let reason = run.report().profile_reason.expect("a reason");
        assert!(!reason.contains("measure afresh"), "{reason}");
        assert!(run.save() != bytes && Simulation::restore(&run.save()).is_ok());
    }
}
