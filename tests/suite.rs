//! The tests of the engine and of the command as one program, because each program is linked with
//! the whole engine. `hostile.rs` is a program of its own: it counts what is allocated.

// What they share.
mod overlaps;
mod scans;
mod schema;
mod shares;
mod significance;
mod synthetic;
mod terminal;
mod validation;

// The tests.
mod balanced_reservoirs;
mod balances;
mod bracketing;
mod column_currents;
mod coverage;
mod csv;
mod cut_independence;
mod digests;
mod direction;
mod energy_budget;
mod error_bars;
mod exact_solutions;
mod exclusion;
mod experiments;
mod file_names;
mod finding_errors;
mod findings;
mod fit_errors;
mod fits;
mod floors;
mod forecast;
mod gibbs;
mod incremental_state;
mod labels;
mod links;
mod map;
mod master_equation;
mod matching;
mod merge_command;
mod old;
mod output_files;
mod paper;
mod plot_command;
mod plots;
mod profile_errors;
mod reasons;
mod regimes;
mod run_files;
mod scan_command;
mod sizes;
mod snapshot_command;
mod two_dynamics_agree;
mod wall;
mod words;
mod zeros;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A file that is not named here would never be run.
#[test]
fn every_file_is_named() {
    let names = |text: &str| -> BTreeSet<String> {
        let lines = text.lines();
        let named = lines.filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
        named.map(str::to_owned).collect()
    };
    let mut named = names(include_str!("suite.rs"));
    named.extend(["hostile", "suite"].map(str::to_owned));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for entry in fs::read_dir(folder).expect("the folder of the tests") {
        let path = entry.expect("an entry of it").path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path
                .file_stem()
                .and_then(|name| name.to_str())
                .expect("a name");
            assert!(
                named.contains(name),
                "tests/{name}.rs is not run: name it in tests/suite.rs"
            );
        }
    }
}
