//! What a run shows as files: `uphill run --integrated`, `--mean`, `--profile` and `--lattice`.

use crate::terminal::{Folder, succeeded, uphill, words};
use std::fs;
use uphill::link;
use uphill::notation::csv::Decimal;
use uphill::plot::curves;
use uphill::run::simulation::{Budget, Simulation};
use uphill::run::table::{self, Curve};

const LINK: &str = "L=12&m=0.9&beta=0.8&seed=4";

fn run_to(link: &str, until: f64) -> Simulation {
    let mut run = Simulation::new(&link::read(link).params).expect("a good link");
    run.advance(until, Budget::UNLIMITED);
    run
}

/// The rows of a table, without its comments and names.
fn rows(table: &str) -> Vec<Vec<&str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .skip(1)
        .map(|line| line.split(',').collect())
        .collect()
}

fn number(cell: &str) -> f64 {
    cell.parse().expect("a number")
}

#[test]
fn the_command_writes_each_part_by_the_end_of_its_name() {
    let folder = Folder::new("run_files");
    let name = |name: &str| {
        folder
            .file(name)
            .to_str()
            .expect("a path of letters")
            .to_owned()
    };
    let files = [
        ("--integrated", "i.csv"),
        ("--mean", "m.svg"),
        ("--profile", "p.png"),
        ("--lattice", "l.txt"),
    ];
    let mut arguments = vec!["run".to_owned(), LINK.to_owned(), "--until=9000".to_owned()];
    for (option, file) in files {
        arguments.extend([option.to_owned(), name(file)]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    succeeded(&uphill(&arguments).output().expect("the command starts"));
    let read = |file: &str| fs::read(name(file)).expect("it was written");
    let run = run_to(LINK, 9000.0);
    let table = table::write(Curve::IntegratedCurrent, &[&run], Decimal::Point);
    assert_eq!(read("i.csv"), table.as_bytes());
    let svg = curves::svg(Curve::RunningMean, &[&run]).expect("a picture");
    assert_eq!(read("m.svg"), svg.as_bytes());
    assert!(read("p.png").starts_with(b"\x89PNG"));
    assert_eq!(read("l.txt"), table::spins(&[&run]).as_bytes());

    // Its own files are replaced, others are not; and what goes to standard output is all of it.
    succeeded(&uphill(&arguments).output().expect("the command starts"));
    fs::write(name("l.txt"), "mine").expect("it can be written");
    let refused = uphill(&arguments).output().expect("the command starts");
    assert!(
        words(&refused).contains("is no text of spins of Uphill"),
        "{}",
        words(&refused)
    );
    let shown = uphill(&["run", LINK, "--until", "9000", "--integrated", "-"]);
    let shown = { shown }.output().expect("the command starts");
    assert_eq!(shown.stdout, table.as_bytes());
    let comma = uphill(&[
        "run",
        LINK,
        "--until",
        "9000",
        "--mean",
        "-",
        "--decimal",
        "comma",
    ]);
    let comma = String::from_utf8({ comma }.output().expect("it starts").stdout).expect("text");
    assert!(comma.contains("run;t;J;J_err\n1;4,0;0,00"), "{comma}");
}

#[test]
fn the_curves_are_those_of_the_report() {
    let run = run_to(LINK, 9000.0);
    let report = run.report();
    let bonds = run.params().horizontal_bonds();
    let text = table::write(Curve::IntegratedCurrent, &[&run], Decimal::Point);
    for row in rows(&text) {
        assert!(
            (number(row[3]) - number(row[2]) / bonds).abs() < 1e-12,
            "{row:?}"
        );
    }
    assert_eq!(
        rows(&text).last().map(|row| number(row[2])),
        Some(run.crossings() as f64)
    );
    let text = table::write(Curve::RunningMean, &[&run], Decimal::Point);
    let last = rows(&text).pop().expect("a row");
    assert_eq!(
        (number(last[1]), Some(number(last[2]))),
        (9000.0, report.current.mean)
    );
    let text = table::write(Curve::Profile, &[&run], Decimal::Point);
    let columns = rows(&text);
    assert_eq!(columns.len(), 12);
    for (row, m) in columns.iter().zip(&report.profile) {
        assert_eq!(number(row[2]), *m);
    }
    assert_eq!(columns[0][3].parse().ok(), report.first_column.error);
    assert_eq!(columns[11][3].parse().ok(), report.last_column.error);
}

#[test]
fn two_runs_are_both_in_a_file_and_a_changed_one_says_so() {
    let (mut first, second) = (run_to(LINK, 2000.0), run_to("L=12&m=0.5&seed=4", 2000.0));
    first.set_beta(0.7).expect("it is allowed");
    first.advance(3000.0, Budget::UNLIMITED);
    for curve in Curve::ALL {
        let table = table::write(curve, &[&first, &second], Decimal::Point);
        assert!(
            table.contains("# run 1: changed while running: not reproducible from this link\n")
        );
        assert!(
            table.contains("# run 2: link ?v=1&L=12&m=0.5&seed=4\n"),
            "{table}"
        );
        assert!(rows(&table).iter().any(|row| row[0] == "2"));
        let svg = curves::svg(curve, &[&first, &second]).expect("a picture");
        let drawn = roxmltree::Document::parse(&svg).expect("it is XML");
        let said = drawn.descendants().filter(|node| node.has_tag_name("text"));
        let said: Vec<_> = said.filter_map(|node| node.text()).collect();
        assert!(
            said.contains(&"changed while running: not reproducible from its link"),
            "{said:?}"
        );
        assert_eq!(
            said.contains(&"m₊ = 0.5"),
            curve != Curve::IntegratedCurrent,
            "{said:?}"
        );
    }
    let unchanged = curves::svg(Curve::Profile, &[&second]).expect("a picture");
    assert!(!unchanged.contains("changed while running"));
    let spins = table::spins(&[&first, &second]);
    assert!(table::is_spins(&spins));
    let lattices: Vec<&str> = spins
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert_eq!(lattices.len(), 24);
    let sign = |x: u32, y: u32| lattices[12 + 11 - y as usize].as_bytes()[x as usize];
    assert!((0..12).all(|x| (0..12).all(|y| (sign(x, y) == b'+') == (second.spin(x, y) > 0))));
}
