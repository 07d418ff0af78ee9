//! The matching magnetization m*: one phase alone between reservoirs that ask for the same.

use crate::scans::{self, carried_out, experiment};
use crate::{schema, terminal};
use std::fs;
use uphill::scan::figures::bracketing::Next;
use uphill::scan::figures::m_star::Matching;
use uphill::scan::file;
use uphill::scan::file::csv::{self, Decimal};
use uphill::scan::plan::{Goal, Kind, Plan, link};
use uphill::scan::results::Results;
use uphill::scan::task::outcome::Status;
use uphill::theory::{m_beta, m_lone};

/// Of seconds: a phase alone, and a relation that ends with one.
const SMALL: [&str; 2] = [
    "exp=match&L=12&betas=0.7,0.8&errm=0.0002&relax=300&seed=1",
    "exp=relation&Ls=8&betas=0.8&err=0.0003&errm=0.001&relax=200&cap=2e6&reps=1&seed=5",
];

fn whole(text: &str) -> Results {
    carried_out(&experiment(text), u64::MAX, false, false)
}

fn star(results: &Results, beta: f64) -> (f64, f64) {
    let all = Matching::all(results);
    let one = all.iter().find(|one| one.beta == beta).expect("its β");
    one.known().expect("m* is known")
}

#[test]
fn the_way_does_not_matter() {
    for text in SMALL {
        let plain = whole(text);
        assert!(!plain.plan().added().is_empty(), "{text}");
        assert_eq!(plain.next_stage(), Some(Next::Reached), "{text}");
        let json = file::json(&plain);
        schema::check(&json);
        let back = file::read(&json).expect("it was written");
        assert!(file::json(&back) == json && back.is_complete());
        assert!(!json.contains("NaN"));
        for (piece, backwards, saved) in [(70_001, true, false), (200_003, false, true)] {
            let other = carried_out(&experiment(text), piece, backwards, saved);
            assert!(file::json(&other) == json, "{text} in pieces of {piece}");
        }
    }
}

#[test]
fn the_terminal_finds_the_same() {
    let folder = terminal::Folder::new("matching");
    let json = file::json(&whole(SMALL[0]));
    let output = folder.file("match.json");
    terminal::succeeded(&terminal::scan(SMALL[0], &output, "2"));
    assert!(fs::read_to_string(output).expect("a result") == json);
}

/// m* = 1 − 2e^{−8β} + O(e^{−12β}), an expansion that none of the engine knows; and m_β is not it.
/// What is asked for is reached. The coefficient of the next order is allowed to be 1 either way,
/// where that of m_β is −8; three comparisons at four errors, which chance alone would break once
/// in some thousand times.
#[test]
fn at_low_temperature_lone_spins_are_fed() {
    let text = "exp=match&betas=0.9,1,1.1&errm=6e-6&seed=1";
    let results = whole(text);
    assert_eq!(results.next_stage(), Some(Next::Reached));
    for (beta, apart) in [(0.9, 20.0), (1.0, 5.0), (1.1, 1.5)] {
        let (m, error) = star(&results, beta);
        println!(
            "β = {beta}: m* = {m:.7} ± {error:.1e}, lone {:.7}",
            m_lone(beta)
        );
        assert!(error <= 6e-6);
        let next = libm::exp(-12.0 * beta);
        assert!(
            (m - m_lone(beta)).abs() < next + 4.0 * error,
            "β = {beta}: {m} ± {error}"
        );
        assert!(
            (m - m_beta(beta)) / error > apart,
            "β = {beta}: {m} ± {error}"
        );
    }
}

/// Of many seeds the scatter of m* is what its errors say, or less, since they hold what the columns
/// beside the reservoirs may do, too: χ² about the mean of 24 values is above 45 once in 250 times
/// if they are right, and once in 10⁹ if they are too small by half.
#[test]
fn errors_cover_the_scatter_of_seeds() {
    let seeds = 24;
    let found: Vec<(f64, f64)> = (1..=seeds)
        .map(|seed| {
            let text = format!("exp=match&L=16&betas=0.8&errm=1e-4&relax=5000&seed={seed}");
            star(&whole(&text), 0.8)
        })
        .collect();
    let weight = |error: f64| 1.0 / (error * error);
    let weights: f64 = found.iter().map(|(_, error)| weight(*error)).sum();
    let mean = found
        .iter()
        .map(|(m, error)| m * weight(*error))
        .sum::<f64>()
        / weights;
    let chi_squared: f64 = found
        .iter()
        .map(|(m, e)| (m - mean) * (m - mean) * weight(*e))
        .sum();
    let within = found.iter().filter(|(m, e)| (m - mean).abs() < *e).count();
    println!(
        "χ² = {chi_squared:.1} of {seeds} values, {within} within their errors, mean {mean:.6}"
    );
    assert!(chi_squared < 45.0, "χ² = {chi_squared}");
    // Nor are they much too large: below 5 by chance once in 10⁵ times.
    assert!(chi_squared > 5.0, "χ² = {chi_squared}");
    assert!(within >= 12);
}

/// A replica that has lost its phase counts as lost, and what it has measured is not used.
#[test]
fn a_lost_phase_is_told_and_left_out() {
    let results = whole(SMALL[0]);
    let mut value: serde_json::Value =
        serde_json::from_str(&file::json(&results)).expect("it is JSON");
    // The first replica of the first point.
    value["tasks"][0]["status"] = "lost".into();
    let results = file::read(&value.to_string()).expect("it is sound");
    let all = Matching::all(&results);
    assert_eq!(all[0].replicas()[3], 1);
    assert_eq!(all[1].replicas()[3], 0);
    let point = all[0].points.iter().find(|point| point.point == 0);
    let point = point.expect("the first point");
    let other = results
        .of_point(0)
        .find(|outcome| outcome.status != Status::Lost);
    let other = other.expect("the other replica");
    let bulk = other.bulk.iter().find(|bulk| Some(bulk.out) == all[0].out);
    assert_eq!(point.bulk.mean, bulk.expect("it is measured").mean.mean);
    assert_eq!(point.span, other.span);
    assert!(scans::said(&results, "m*, β = 0.7").contains("lost in 1 of"));
}

#[test]
fn tables_have_it_in_columns() {
    let results = whole(SMALL[0]);
    let table = csv::write(&results, Decimal::Point);
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let names: Vec<&str> = lines.next().expect("names").split(',').collect();
    let at = |name: &str| names.iter().position(|its| *its == name).expect(name);
    let mut rows = 0;
    for line in lines {
        let cells: Vec<f64> = line
            .split(',')
            .map(|cell| cell.parse().unwrap_or(f64::NAN))
            .collect();
        let beta = cells[at("beta")];
        let (m, error) = star(&results, beta);
        assert_eq!((cells[at("m_star")], cells[at("m_star_err")]), (m, error));
        assert_eq!(cells[at("m_beta")], m_beta(beta));
        assert!(cells[at("m_bulk")] < cells[at("m_plus")] && cells[at("m_bulk_err")] > 0.0);
        rows += 1;
    }
    assert_eq!(rows, results.points().len());
}

/// Points are of one phase, alone, and a file that says something else is refused.
#[test]
fn points_are_as_said_and_others_are_refused() {
    let plan = Plan::new(experiment("exp=match&L=12&betas=0.8&seed=1"));
    for point in plan.points() {
        let p = &point.params;
        assert!(point.goal == Goal::Bulk && p.validate().is_ok());
        assert!(p.m_left == p.m_right && p.boundary.shift() == Some(3) && p.lx == 12);
        let link = uphill::link::write(p);
        assert!(
            link.contains("init=plus") && link.contains("bc=shifted"),
            "{link}"
        );
    }
    let json = file::json(&whole(SMALL[0]));
    let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    for (field, bad) in [
        ("m", "1.5"),
        ("m", "-0.5"),
        ("err", "0"),
        ("beta", "0.9"),
        ("beta", "null"),
    ] {
        let mut other = value.clone();
        other["added"][0][0][field] = serde_json::from_str(bad).expect("a value");
        let refused = file::read(&other.to_string()).expect_err(bad).to_string();
        assert!(refused.contains("damaged"), "{field} = {bad}: {refused}");
    }
    for text in [
        "exp=match&betas=0.44&seed=1",
        "exp=match&betas=3.5&seed=1",
        "exp=match&L=7&seed=1",
        "exp=match&bc=fixed&seed=1",
        "exp=match&err=1e-3&seed=1",
    ] {
        assert_eq!(link::read(text).errors.len(), 1, "{text}");
    }
    assert_eq!(Kind::Match.key(), "match");
}
