//! The map of the sign of J over (m₊, β): when a sign is called, what is split, and that how it was
//! carried out does not matter.

use crate::scans::{self, carried_out, experiment, measured, outcome};
use crate::{schema, terminal};
use std::fs;
use uphill::master_equation::Stationary;
use uphill::measure::sign::{CALLED, FALSE_ALARMS};
use uphill::measure::state::State;
use uphill::params::Params;
use uphill::run::checkpoint::RestoreError;
use uphill::run::report::Direction::{self, Downhill, Uphill};
use uphill::run::simulation::Budget;
use uphill::scan::figures::bracketing::Next;
use uphill::scan::figures::m_star::Matching;
use uphill::scan::figures::map::{Map, Sign};
use uphill::scan::figures::measured_m_star::{self, MEASURED};
use uphill::scan::file;
use uphill::scan::file::csv::{self, Decimal};
use uphill::scan::plan::{Plan, link};
use uphill::scan::results::Results;
use uphill::scan::results::shares::Share;
use uphill::scan::task::Task;
use uphill::scan::task::outcome::{Outcome, Status};

/// Of a second: a map with both signs and no gradient, cells of which are split.
const SMALL: &str = "exp=map&L=8&ms=0:1:0.5&betas=0.2,0.6&moves=200000&seed=1";

fn whole(text: &str) -> Results {
    carried_out(&experiment(text), u64::MAX, false, false)
}

/// The sign of every point.
fn signs(results: &Results) -> Vec<Sign> {
    let map = Map::of(results);
    map.tiles().iter().map(|tile| tile.sign).collect()
}

fn ended(plan: &Plan, task: usize) -> Outcome {
    let mut task = Task::new(plan, &plan.tasks()[task], None).expect("it can start");
    assert!(task.advance(Budget::UNLIMITED));
    task.outcome()
}

#[test]
fn the_way_does_not_matter() {
    let plain = whole(SMALL);
    assert!(!plain.plan().added().is_empty());
    assert_eq!(plain.next_stage(), Some(Next::Reached));
    let json = file::json(&plain);
    schema::check(&json);
    let back = file::read(&json).expect("it was written");
    assert!(file::json(&back) == json && back.is_complete());
    assert!(!json.contains("NaN"));
    for (piece, backwards, saved) in [(7001, true, false), (20_003, false, true)] {
        let other = carried_out(&experiment(SMALL), piece, backwards, saved);
        assert!(file::json(&other) == json, "in pieces of {piece}");
    }
}

#[test]
fn the_terminal_finds_the_same() {
    let folder = terminal::Folder::new("map");
    let output = folder.file("map.json");
    terminal::succeeded(&terminal::scan(SMALL, &output, "2"));
    assert!(fs::read_to_string(output).expect("a result") == file::json(&whole(SMALL)));
}

/// A task that was saved, ended or not, goes on as far as it would have gone had more moves been
/// asked for at first; one that has gone too far is refused.
#[test]
fn a_task_with_more_moves_goes_on_as_if_it_had_had_them() {
    // J hardly differs from 0 there.
    let of = |moves: u32| {
        let text = format!("exp=map&L=8&ms=0.25&betas=0.7&moves={moves}&split=0&seed=3");
        Plan::new(experiment(&text))
    };
    let (few, many) = (of(20_000), of(300_000));
    let spec = &few.tasks()[0];
    let through = ended(&many, 0);
    assert_eq!(through.status, Status::Capped);
    for events in [1000, 30_000, u64::MAX] {
        let mut task = Task::new(&few, spec, None).expect("it can start");
        let ended = task.advance(Budget::events(events));
        assert_eq!(ended, events == u64::MAX);
        let mut more = Task::restore(&many, spec, &task.save()).expect("it was saved");
        assert!(!more.status().is_final());
        assert!(more.advance(Budget::UNLIMITED));
        assert_eq!(more.outcome(), through);
    }
    let mut task = Task::new(&many, spec, None).expect("it can start");
    task.advance(Budget::events(200_000));
    let refused = Task::restore(&few, spec, &task.save());
    assert!(matches!(refused, Err(RestoreError::Damaged(_))));
}

/// Under (x, σ) → (Lx+1−x, −σ) m₊ and m₋ change places and signs, and the walls stay: a map of m₊ < 0
/// is that of another gradient, and a current that runs up either of them is uphill. At |m₊| near 1
/// and high temperature spins run down the gradient, whichever it is.
#[test]
fn uphill_is_relative_to_the_gradient() {
    let results = whole("exp=map&L=8&ms=-0.9,0.9&betas=0,0.1&moves=1e6&split=0&seed=1");
    for (point, sign) in signs(&results).into_iter().enumerate() {
        assert_eq!(sign, Sign::Called(Downhill), "{point}");
        let j = results
            .of_point(point)
            .next()
            .and_then(|one| one.current.mean);
        let m = results.points()[point].params.m_right;
        assert!(j.expect("it is measured") * m < 0.0, "{point}");
    }
}

/// With m₊ = m₋ nothing is uphill: no move is made for it.
#[test]
fn without_a_gradient_nothing_is_computed() {
    for m in ["0", "-0"] {
        let results = whole(&format!("exp=map&ms={m}&betas=0.2,0.9&seed=1"));
        assert_eq!(signs(&results), [Sign::Level; 2]);
        assert_eq!(results.next_stage(), Some(Next::Reached));
        for point in 0..2 {
            let outcome = results.of_point(point).next().expect("it has ended");
            assert_eq!((outcome.status, outcome.events), (Status::Level, 0));
        }
        let table = csv::write(&results, Decimal::Point);
        assert_eq!(table.matches(",no-gradient,").count(), 2, "{table}");
    }
}

fn exact(m: f64, beta: f64) -> f64 {
    let params = Params {
        lx: 4,
        ly: 4,
        beta,
        m_right: m,
        m_left: -m,
        ..Params::default()
    };
    let stationary = Stationary::of(&params).expect("it is small");
    stationary.current()
}

/// m₊ at which J of the 4×4 lattice vanishes.
fn zero(beta: f64) -> f64 {
    let (mut low, mut high) = (0.2, 1.0);
    assert!(exact(low, beta) > 0.0 && exact(high, beta) < 0.0);
    while high - low > 1e-9 {
        let middle = (low + high) / 2.0;
        if exact(middle, beta) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Where the master equation has J = 0, a sign is called by chance alone: in at most 0.27 % of 320
/// replicas, 0.9 of them. Five or more come by chance once in 450 times.
#[test]
fn where_j_is_0_hardly_a_sign_is_called() {
    let m = zero(0.3);
    let mut called = 0;
    let mut rounds = 0.0;
    for seed in 1..=5 {
        let text = format!(
            "exp=map&L=4&ms={m}&betas=0.3&relax=400&moves=200000&split=0&reps=64&seed={seed}"
        );
        let results = whole(&text);
        for outcome in results.of_point(0) {
            called += u32::from(outcome.status == Status::Reached);
            rounds += 4.0 * libm::log2(outcome.span / 2048.0) + 1.0;
        }
    }
    let expected = 320.0 * FALSE_ALARMS;
    println!(
        "m₊ = {m}: {called} of 320, at most {expected:.1} expected, {:.1} rounds each",
        rounds / 320.0
    );
    assert!(called < 5, "{called}");
    assert!(rounds / 320.0 > 10.0);
}

/// Of 16 sites J is known exactly: where it is called the sign is the right one, and it is called
/// where J is large. A cell with the wrong sign would be found by chance once in 10⁴ times.
#[test]
fn signs_are_those_of_the_master_equation() {
    let results = whole("exp=map&L=4&ms=0.1:1:0.1&betas=0.1,0.3,0.5&moves=1e6&split=0&seed=2");
    let mut called = [0, 0];
    for tile in Map::of(&results).tiles() {
        let direction = Direction::of(exact(tile.m, tile.beta), 2.0 * tile.m);
        match tile.sign {
            Sign::Called(found) => {
                assert_eq!(Some(found), direction, "m₊ = {}, β = {}", tile.m, tile.beta);
                called[usize::from(found == Uphill)] += 1;
            }
            Sign::NotSignificant => {
                let j = exact(tile.m, tile.beta);
                assert!(j.abs() < 2e-3, "m₊ = {}, β = {}: {j}", tile.m, tile.beta);
            }
            other => panic!("{other:?}"),
        }
    }
    println!("{} downhill and {} uphill of 30", called[0], called[1]);
    assert!(called[0] >= 5 && called[1] >= 5);
}

/// One entry of the table of m* by another seed, in seconds: farther than four errors once in 16 000
/// times by chance.
#[test]
fn the_table_of_m_star_is_what_match_finds() {
    for beta in [0.9, 0.65] {
        let err = if beta == 0.9 { 2e-5 } else { 3e-4 };
        let results = whole(&format!("exp=match&betas={beta}&errm={err}&seed=77"));
        let found = Matching::all(&results)[0].known();
        let (value, error) = found.expect("m* is found");
        let table = measured_m_star::at(beta).expect("it is in the table");
        let both = libm::hypot(error, table.error);
        println!("β = {beta}: {value} ± {error} against {}", table.value);
        assert!((value - table.value).abs() < 4.0 * both);
    }
    assert!(MEASURED.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));
}

/// An outcome with so many σ of J.
fn with(sigmas: f64) -> Outcome {
    let status = match sigmas.abs() >= CALLED {
        true => Status::Reached,
        false => Status::Capped,
    };
    Outcome {
        status,
        ..outcome((8, 8), 0, Some(State::Step), measured(1e-4 * sigmas, 1e-4))
    }
}

/// A map whose rows are given as + for uphill, - for downhill and ? for neither, the lowest β first.
fn drawn(link: &str, rows: &[&str]) -> Results {
    let marks: Vec<char> = rows.iter().flat_map(|row| row.chars()).collect();
    let results = scans::results(link, |_, point, _| {
        let sigmas = match marks.get(point)? {
            '+' => 5.0,
            '-' => -5.0,
            '?' => 3.8,
            _ => return None,
        };
        Some(with(sigmas))
    });
    assert!(marks.len() <= results.points().len());
    results
}

/// Which cells of the link were split, in a picture as above: x for those that were.
fn split(results: &Results, columns: usize) -> Vec<String> {
    let map = Map::of(results);
    let rows = map.tiles().chunks(columns).take(3);
    let mark = |is_split: bool| if is_split { 'x' } else { '.' };
    rows.map(|row| row.iter().map(|tile| mark(tile.cell.is_split)).collect())
        .collect()
}

#[test]
fn cells_are_split_where_the_sign_changes() {
    let link = "exp=map&L=8&ms=0.1:0.5:0.1&betas=0.2:0.4:0.1&seed=1";
    for (rows, wanted) in [
        // Next to each other, above each other, across one without a sign, across a corner.
        (["+++--", "++---", "+?--?"], ["..xx.", ".xx..", ".x..."]),
        (["+++++", "?????", "-----"], [".....", "xxxxx", "....."]),
        (["+++++", "+++-+", "+++++"], ["...x.", "..xxx", "...x."]),
        // Farther apart, or nowhere.
        (["+??--", "+??--", "+??--"], [".....", ".....", "....."]),
        (["+++++", "+++++", "????+"], [".....", ".....", "....."]),
    ] {
        let results = drawn(link, &rows);
        assert_eq!(split(&results, 5), wanted, "{rows:?}");
        let xs = wanted.concat().matches('x').count();
        assert_eq!(results.points().len(), 15 + 4 * xs);
        let added = file::added_text(results.plan());
        assert_eq!(results.next_stage(), (xs == 0).then_some(Next::Reached));
        let plan = file::plan(experiment(link), &added).expect("its own");
        assert_eq!(&plan, &**results.plan());
        // What is left out of it, or not there, is no plan of this map.
        if xs > 0 {
            for (from, to) in [
                ("\"m\":", "\"m\":1"),
                ("\"beta\":0", "\"beta\":1"),
                ("[[", "[[],["),
            ] {
                let other = added.replacen(from, to, 1);
                assert!(file::plan(experiment(link), &other).is_err(), "{other}");
            }
        }
    }
    let whole = drawn("exp=map&L=8&ms=0.1,0.2&betas=0.2&split=0&seed=1", &["+-"]);
    assert_eq!(whole.next_stage(), Some(Next::Reached));
    assert_eq!(whole.points().len(), 2);
}

/// Nothing is split before all have ended, and no more than there is room for.
#[test]
fn splitting_waits_and_has_an_end() {
    let link = "exp=map&L=8&ms=0.1:0.5:0.1&betas=0.2&seed=1";
    assert_eq!(drawn(link, &["+-++."]).points().len(), 5);
    let link = "exp=map&L=8&ms=0.005:1:0.005&betas=0.1:0.9:0.1&split=4&seed=1";
    let row: String = (0..200)
        .map(|i| if i % 2 == 0 { '+' } else { '-' })
        .collect();
    let results = drawn(link, &[row.as_str(); 9]);
    assert_eq!(results.points().len(), 2000);
    assert_eq!(results.next_stage(), None);
}

/// A second stage splits what the first has made, and no more follow than were asked for.
#[test]
fn parts_are_split_again() {
    let link = "exp=map&L=8&ms=0.2:0.8:0.2&betas=0.3&split=2&seed=1";
    let mut results = drawn(link, &["++--"]);
    for stage in [1, 2] {
        assert_eq!(results.plan().added().len(), stage);
        let plan = results.plan().clone();
        for task in 0..plan.tasks().len() {
            if !results.has_ended(task) {
                let m = plan.points()[plan.tasks()[task].point].params.m_right;
                let sigmas = if m < 0.53 { 6.0 } else { -6.0 };
                results.take(task, with(sigmas)).expect("it is sound");
            }
        }
    }
    assert_eq!(results.plan().added().len(), 2);
    assert_eq!(results.next_stage(), Some(Next::Reached));
    let changes = Map::of(&results).changes();
    let nearest = changes
        .iter()
        .map(|change| change.between.1 - change.between.0);
    assert!(nearest.fold(1.0, f64::min) < 0.06);
    for change in &changes {
        assert!(change.between.0 < 0.53 && change.between.1 >= 0.53);
        assert_eq!((change.inner, change.outer()), (Uphill, Downhill));
    }
}

#[test]
fn findings_count_and_place_the_changes() {
    let link = "exp=map&L=8&ms=0.9,0.99,1&betas=0.4,0.7&split=0&seed=1";
    let results = drawn(link, &["+?-", "++-"]);
    let said = |subject: &str| scans::said(&results, subject);
    assert_eq!(
        said("sign of J"),
        "Of 6 cells: 3 uphill, 2 downhill and 1 not significant."
    );
    let warm = said("β = 0.4");
    assert!(
        warm.starts_with("The sign changes between m₊ = 0.9 and 1, uphill"),
        "{warm}"
    );
    assert!(warm.contains("below β_c"), "{warm}");
    let cold = said("β = 0.7");
    assert!(cold.contains("m₊ = 0.99 and 1"), "{cold}");
    assert!(
        cold.contains("m_β = 0.99016") && cold.contains("m* = 0.99232"),
        "{cold}"
    );
    assert!(
        said("m*").contains(
            "known: 1; of these between two cells on either side of m*: 1, on either side of m_β: 1"
        ),
        "{}",
        said("m*")
    );
    assert!(said("by chance").contains("0.27 %"));
    // m* lies elsewhere where the sign changes too soon.
    let results = drawn(link, &["+?-", "+--"]);
    let said = scans::said(&results, "m*");
    assert!(
        said.contains("either side of m*: 0,") && said.ends_with("Not around m*: β = 0.7."),
        "{said}"
    );
}

/// Shown σ are rounded down: none looks as if it were enough that is not.
#[test]
fn what_is_not_significant_does_not_look_so() {
    let link = "exp=map&L=8&ms=0.5&betas=0.3&split=0&seed=1";
    let results = scans::results(link, |_, _, _| Some(with(3.899)));
    let map = Map::of(&results);
    let row = &map.table(&results).rows[0];
    assert_eq!(row.cells[3..5], ["3.8", "not significant"]);
}

#[test]
fn links_are_canonical_and_bad_values_are_named() {
    let canonical = |text: &str| link::write(&experiment(text));
    assert_eq!(
        canonical("exp=map&seed=1&moves=4e6&split=1&reps=1&L=24&ms=0.05:1:0.05"),
        "v=1&exp=map&seed=1"
    );
    let text = "v=1&exp=map&ms=-1:1:0.1&L=16&moves=500000&split=3&reps=2&seed=1";
    assert_eq!(canonical(text), text);
    for (text, key) in [
        ("exp=map&split=5&seed=1", "split"),
        ("exp=map&split=0.5&seed=1", "split"),
        ("exp=map&moves=10&seed=1", "moves"),
        ("exp=map&cap=1e6&seed=1", "cap"),
        ("exp=map&err=1e-6&seed=1", "err"),
        ("exp=map&ms=1.1&seed=1", "ms"),
        ("exp=map&betas=-1&seed=1", "betas"),
        ("exp=map&ms=0:1:0.01&betas=0:1:0.02&seed=1", "exp"),
        ("exp=current&moves=1e6&seed=1", "moves"),
        ("exp=match&split=1&seed=1", "split"),
    ] {
        let errors = link::read(text).errors;
        assert_eq!(errors.len(), 1, "{text}: {errors:?}");
        assert_eq!(errors[0].key, key, "{text}");
    }
}

#[test]
fn shares_need_a_map_that_is_not_split() {
    let share = Share { number: 1, of: 2 };
    let tasks = |text: &str| share.tasks(&Plan::new(experiment(text)));
    let refused = tasks("exp=map&seed=1").expect_err("which cells follow is not known");
    assert!(refused.contains("split=0"), "{refused}");
    let own = tasks("exp=map&split=0&seed=1").expect("its share");
    assert_eq!(own.iter().filter(|&&own| own).count(), 140);
}
