//! The names that the page's types allow are those that the engine gives: in TypeScript they stand
//! in src/web/, out of the reach of the compiler.

use std::fs;
use std::path::Path;
use uphill::measure::state::State;
use uphill::params::{Boundary, Dynamics, Initial};
use uphill::run::report::Direction;
use uphill::scan::plan::Kind;

/// The names of a union of strings that follows `before` in the declarations of a file.
fn union(file: &str, before: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/web")
        .join(file);
    let source = fs::read_to_string(path).expect("it can be read");
    let (_, after) = source.split_once(before).expect(before);
    let end = after.find([';', '\n']).expect("it ends");
    let names = after[..end].split('|').map(str::trim);
    let quoted = names.filter_map(|name| name.strip_prefix('"')?.strip_suffix('"'));
    quoted.map(str::to_owned).collect()
}

#[test]
fn the_page_has_the_names_of_the_engine() {
    let types = "types.rs";
    assert_eq!(union(types, "  boundary: "), Boundary::KEYS);
    assert_eq!(
        union(types, " dynamics: "),
        Dynamics::ALL.map(Dynamics::key)
    );
    assert_eq!(union(types, "  initial: "), Initial::KEYS);
    assert_eq!(union(types, "type State = "), State::ALL.map(State::name));
    let directions = [Direction::Uphill, Direction::Downhill].map(Direction::name);
    assert_eq!(union(types, "  direction: "), directions);
    let kinds = Kind::ALL.map(Kind::key);
    assert_eq!(union("scan/types.rs", "type ExperimentKind = "), kinds);
}
