//! Tables for other programs: a column has one type in every file, whatever reads it, and a
//! table with decimal commas says the same as one with points.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use uphill::link;
use uphill::scan::file;
use uphill::scan::file::csv::{self, Decimal};
use uphill::scan::results::Results;

/// What a cell can be taken for by a program that has to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Whole,
    Real,
    Text,
}

fn type_of(cell: &str) -> Type {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
    let (number, power) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let is_power = digits(power.strip_prefix('-').unwrap_or(power));
    if digits(cell) {
        Type::Whole
    } else if is_power
        && number
            .split_once('.')
            .is_some_and(|(a, b)| digits(a) && digits(b))
    {
        Type::Real
    } else {
        Type::Text
    }
}

/// Every result that was kept of any version, of every kind.
fn kept() -> Vec<Results> {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old");
    let folders = fs::read_dir(old).expect("the folder");
    let files = folders.flat_map(|folder| {
        let path = folder.expect("an entry").path();
        fs::read_dir(path).expect("a folder")
    });
    let paths = files.map(|file| file.expect("an entry").path());
    let results: Vec<Results> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| file::read(&fs::read_to_string(path).expect("a result")).expect("it opens"))
        .collect();
    assert!(results.len() >= 25, "{}", results.len());
    results
}

/// The lines of a table without its comments, in cells.
fn cells<'a>(table: &'a str, separator: &'a str) -> Vec<Vec<&'a str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split(separator).collect()).collect()
}

#[test]
fn a_column_has_one_type_in_every_file() {
    let mut types: BTreeMap<String, Type> = BTreeMap::new();
    for results in kept() {
        let table = csv::write(&results, Decimal::Point);
        let rows = cells(&table, ",");
        let (names, rows) = rows.split_first().expect("a line of names");
        assert!(!rows.is_empty());
        for row in rows {
            assert_eq!(row.len(), names.len());
            for (name, cell) in names.iter().zip(row) {
                if cell.is_empty() {
                    continue;
                }
                let kind = type_of(cell);
                let usual = *types.entry((*name).to_owned()).or_insert(kind);
                assert_eq!(kind, usual, "{name}: {cell}");
                if kind == Type::Text {
                    assert!(!cell.contains(['"', ';', '\r']), "{name}: {cell}");
                    assert!(!cell.starts_with(['=', '+', '-', '@']), "{name}: {cell}");
                }
            }
        }
    }
    let of = |kind: Type| -> Vec<&str> {
        let names = types.iter().filter(|(_, own)| **own == kind);
        names.map(|(name, _)| name.as_str()).collect()
    };
    assert_eq!(
        of(Type::Whole),
        [
            "Lx", "Ly", "capped", "changes", "ended", "events", "mirrored", "replicas", "shift"
        ]
    );
    assert_eq!(of(Type::Text), ["bc", "dyn", "link", "res", "state"]);
}

#[test]
fn a_table_with_commas_says_the_same() {
    for results in kept() {
        let point = csv::write(&results, Decimal::Point);
        let comma = csv::write(&results, Decimal::Comma);
        let (point, comma) = (cells(&point, ","), cells(&comma, ";"));
        assert_eq!(point.len(), comma.len());
        for (point, comma) in point.iter().flatten().zip(comma.iter().flatten()) {
            match type_of(point) {
                Type::Real => assert_eq!(point.replace('.', ","), **comma),
                Type::Whole | Type::Text => assert_eq!(point, comma),
            }
        }
    }
}

#[test]
fn rows_name_their_run_and_their_state_as_json_does() {
    for results in kept() {
        let table = csv::write(&results, Decimal::Point);
        let rows = cells(&table, ",");
        let column = |name: &str| rows[0].iter().position(|own| *own == name).expect(name);
        let json: serde_json::Value =
            serde_json::from_str(&file::json(&results)).expect("our own file");
        let points = json["points"].as_array().expect("points");
        let groups = points.iter().flat_map(|point| {
            let groups = point["groups"].as_array().expect("groups").iter();
            groups.map(move |group| (point, group))
        });
        let mut rows_of = rows[1..].iter();
        for (point, group) in groups {
            let row = rows_of.next().expect("a row for every group");
            assert_eq!(row[column("state")], group["state"].as_str().unwrap_or(""));
            assert_eq!(Some(row[column("link")]), point["link"].as_str());
            let run = link::read(row[column("link")]);
            assert_eq!(run.errors, []);
            assert_eq!(row[column("Lx")], run.params.lx.to_string());
            assert_eq!(row[column("beta")].parse(), Ok(run.params.beta));
            if run.params.reservoirs.flip() {
                assert_eq!(row[column("m_plus")].parse(), Ok(run.params.m_right));
                assert_eq!(row[column("m_minus")].parse(), Ok(run.params.m_left));
            } else {
                assert_eq!((row[column("m_plus")], row[column("res")]), ("", "off"));
            }
        }
        assert!(rows_of.next().is_none());
    }
}
