//! Scans that add points by themselves until m_crit is as certain as asked.

use crate::scans::{self, carried_out, experiment};
use crate::terminal;
use proptest::prelude::*;
use std::fs;
use uphill::master_equation::Stationary;
use uphill::params::Params;
use uphill::random::Stream;
use uphill::run::simulation::Budget;
use uphill::scan::figures::bracketing::Next;
use uphill::scan::figures::current_curve::CurrentCurve;
use uphill::scan::file;
use uphill::scan::plan::added::{Added, MOST_ADDED, MOST_STAGES};
use uphill::scan::plan::{Kind, Plan, link};
use uphill::scan::results::Results;
use uphill::scan::results::shares::Share;
use uphill::scan::task::Task;
use uphill::scan::task::checkpoint::Checkpoint;

/// Of a lattice that is solved exactly, and of one that has states.
const SMALL: [&str; 2] = [
    "exp=current&L=4&beta=0.6&ms=0.5:1:0.25&err=0.001&errc=0.004&relax=200&cap=1e6&seed=1",
    "exp=current&L=8&beta=0.7&ms=0.8,1&err=0.001&errc=0.02&relax=300&cap=1e6&seed=3",
];

fn whole(text: &str) -> Results {
    carried_out(&experiment(text), u64::MAX, false, false)
}

fn zero(results: &Results) -> (f64, f64) {
    let scan = CurrentCurve::whole(results);
    let zero = scan.zero.expect("J changes its sign");
    (zero.value(), zero.uncertainty())
}

#[test]
fn the_way_does_not_matter() {
    for text in SMALL {
        let plain = whole(text);
        assert!(!plain.plan().added().is_empty(), "{text}");
        let json = file::json(&plain);
        for (piece, backwards, saved) in [(70_001, true, false), (200_003, false, true)] {
            let other = carried_out(&experiment(text), piece, backwards, saved);
            assert!(file::json(&other) == json, "{text} in pieces of {piece}");
        }
    }
}

/// In the terminal, from the start on one thread and on three; and from a checkpoint that has all
/// tasks but some of the last stage, as a scan leaves it that is killed there.
#[test]
fn the_terminal_finds_the_same_and_goes_on_in_any_stage() {
    let text = SMALL[0];
    let folder = terminal::Folder::new("bracketing");
    let whole = whole(text);
    let json = file::json(&whole);
    for threads in ["1", "3"] {
        let output = folder.file(threads);
        terminal::succeeded(&terminal::scan(text, &output, threads));
        assert!(
            fs::read_to_string(output).expect("a result") == json,
            "{threads} threads"
        );
    }
    let plan = whole.plan();
    let states = plan.tasks().iter().map(|spec| {
        let mut task = Task::new(plan, spec, None).expect("it can start");
        let last = spec.point + 1 == plan.points().len();
        task.advance(if last {
            Budget::events(500)
        } else {
            Budget::UNLIMITED
        });
        task.save()
    });
    let mut states: Vec<Vec<u8>> = states.collect();
    states.last_mut().expect("a task").clear();
    let checkpoint = Checkpoint::new(plan, states);
    let output = folder.file("cut");
    fs::write(folder.file("cut.partial"), checkpoint.write()).expect("there is room");
    let done = terminal::scan(text, &output, "2");
    terminal::succeeded(&done);
    assert!(!terminal::words(&done).contains("anew"));
    assert!(fs::read_to_string(output).expect("a result") == json);
}

/// m₊ at which the exact J of 4×4 sites vanishes.
fn exact_zero(params: &Params) -> f64 {
    let current = |m: f64| {
        let params = Params {
            m_right: m,
            m_left: -m,
            ..params.clone()
        };
        let stationary = Stationary::of(&params).expect("it is small");
        stationary.current()
    };
    let (mut low, mut high) = (0.5, 1.0);
    assert!(current(low) > 0.0 && current(high) < 0.0);
    for _ in 0..16 {
        let middle = (low + high) / 2.0;
        if current(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// By the master equation: of the scans of many seeds, all are as certain as asked, and none is
/// off by more than four times what it says, which one in some thousand may be by chance.
#[test]
fn what_is_asked_for_is_reached_and_true() {
    let asked = experiment(SMALL[0]);
    let truth = exact_zero(&asked.base);
    let wanted = asked.error_c.expect("it is in the link");
    let (mut within, seeds) = (0, 10);
    for seed in 1..=seeds {
        let mut e = asked.clone();
        e.base.seed = seed;
        let results = carried_out(&e, u64::MAX, false, false);
        let (m, uncertainty) = zero(&results);
        assert_eq!(results.next_stage(), Some(Next::Reached), "seed {seed}");
        assert!(uncertainty <= wanted, "seed {seed}: {uncertainty}");
        let off = (m - truth).abs() / uncertainty;
        println!("seed {seed}: {m:.5} ± {uncertainty:.5}, {off:.1} off {truth:.5}");
        assert!(
            off < 4.0,
            "seed {seed}: {m} ± {uncertainty} against {truth}"
        );
        within += u32::from(off < 1.0);
        let said = scans::said(&results, "errc");
        assert!(said.contains("reached, with"), "{said}");
        // Added points are few, and measured more finely than asked of the others.
        let added: Vec<_> = results.plan().added().iter().flatten().collect();
        assert!(!added.is_empty() && added.len() <= MOST_ADDED);
        assert!(added.iter().any(|added| added.err < asked.error));
    }
    // 7 of 10 are expected; fewer than 3 come twice in a thousand.
    assert!(within >= 3, "{within} of {seeds} within their errors");
}

#[test]
fn nothing_is_added_where_nothing_is_asked_for_or_to_go_by() {
    let plain = SMALL[0].replace("&errc=0.004", "");
    let results = whole(&plain);
    assert!(results.plan().added().is_empty() && results.next_stage().is_none());
    assert!(!file::json(&results).contains("added"));
    // All these have J > 0.
    let above = SMALL[0].replace("0.5:1:0.25", "0.4,0.5,0.6");
    let results = whole(&above);
    assert!(results.plan().added().is_empty());
    let said = scans::said(&results, "errc");
    assert!(said.contains("not reached, with no point added"), "{said}");
    // What is there already will do.
    let results = whole(&SMALL[0].replace("errc=0.004", "errc=0.5"));
    assert!(results.plan().added().is_empty());
    assert!(scans::said(&results, "errc").contains("reached by the points"));
}

/// A cap that lets no point come to its error: the scan says so after its last stage.
#[test]
fn what_cannot_be_reached_ends() {
    let text = "exp=current&L=4&beta=0.6&ms=0.5,1&err=0.001&errc=1e-9&relax=10&cap=3000&seed=1";
    let results = whole(text);
    assert!(results.is_complete());
    let added = results.plan().added();
    assert!(added.len() <= MOST_STAGES && added.iter().all(|stage| stage.len() <= 3));
    let said = scans::said(&results, "errc");
    assert!(said.contains("not reached"), "{said}");
    let decimals = |m: f64| m.to_string().len();
    assert!(added.iter().flatten().all(|added| decimals(added.m) <= 17));
}

#[test]
fn files_have_the_added_points_and_refuse_others() {
    let results = whole(SMALL[0]);
    let json = file::json(&results);
    let again = file::read(&json).expect("it was written");
    assert!(file::json(&again) == json);
    assert_eq!(again.plan(), results.plan());
    // Ended up to the first stage, it goes on with the second.
    let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let first = experiment(SMALL[0]).task_count();
    let mut cut = value.clone();
    cut["added"] = serde_json::json!([]);
    cut["tasks"].as_array_mut().expect("a list").truncate(first);
    let cut = file::read(&cut.to_string()).expect("it is whole up to there");
    assert_eq!(cut.plan().added(), &results.plan().added()[..1]);
    assert!(!cut.is_complete() && cut.next_task(&[]) == Some(first));
    for (place, by) in [
        ("/added/0/0/m", "1.5"),
        ("/added/0/0/m", "0.5"),
        ("/added/0/0/m", "null"),
        ("/added/0/0/m", "1e300"),
        ("/added/0/0/err", "0"),
        ("/added/0/0/err", "2"),
        ("/added/0/0/err", "-1"),
        ("/added/0", "[]"),
        ("/added", "[]"),
        ("/added", "7"),
        ("/link", "\"exp=current&L=4&beta=0.6&ms=0.5:1:0.25&seed=1\""),
    ] {
        let mut other = value.clone();
        *other.pointer_mut(place).expect("it is there") = serde_json::from_str(by).expect(by);
        let error = file::read(&other.to_string()).expect_err(place).to_string();
        assert!(error.contains("damaged"), "{place} = {by}: {error}");
    }
}

#[test]
fn checkpoints_are_shared_with_the_scan_without() {
    let [asked, plain] = [SMALL[0], &SMALL[0].replace("&errc=0.004", "")].map(experiment);
    assert_eq!(asked.identity(), plain.identity());
    let (plan, grown) = (Plan::new(asked), whole(SMALL[0]));
    let count = |plan: &Plan| vec![Vec::new(); plan.tasks().len()];
    assert!(Checkpoint::new(grown.plan(), count(grown.plan())).is_of(&plan));
    assert!(Checkpoint::new(&Plan::new(plain), count(&plan)).is_of(&plan));
}

#[test]
fn shares_and_chains_refuse() {
    let plan = Plan::new(experiment(SMALL[0]));
    let error = Share { number: 1, of: 2 }.tasks(&plan).unwrap_err();
    assert!(error.contains("errc"), "{error}");
    let reading = link::read("exp=current&from=up&errc=1e-5&seed=1");
    assert_eq!(reading.errors.len(), 1);
    assert!(reading.errors[0].to_string().contains("errc=0.00001"));
    assert_eq!(reading.experiment.error_c, None);
    for kind in Kind::ALL {
        assert_eq!(kind.has("errc"), kind == Kind::Current, "{kind:?}");
    }
}

/// J of an added or given point as somebody may find it: about a line that vanishes between the
/// points, or anything at all.
fn found(m: f64, seed: u64, junk: bool) -> (f64, f64) {
    let mut stream = Stream::new(seed ^ m.to_bits(), 0);
    let ten_to = |power: f64| libm::exp(power * std::f64::consts::LN_10);
    let error = ten_to(-9.0 * stream.unit());
    let off = 2.0 * stream.unit() - 1.0;
    if junk {
        (off * ten_to(-9.0 * stream.unit()), error)
    } else {
        (0.47 - m + 3.0 * off * error * 1e-3, error * 1e-3)
    }
}

/// Takes in what is found of every task, always one of those that are open, and looks at what is
/// added each time.
fn grown(
    text: &str,
    of: impl Fn(f64) -> (f64, f64),
    mut pick: impl FnMut(usize) -> usize,
) -> Results {
    let mut results = Results::new(experiment(text));
    let mut stages = 0;
    while !results.is_complete() {
        let open: Vec<usize> = (0..results.tasks().len())
            .filter(|&task| !results.has_ended(task))
            .collect();
        // What is proposed is open and at nobody's hands, as long as there is such a task.
        let task = open[pick(open.len())];
        let others: Vec<usize> = open.iter().copied().filter(|&one| one != task).collect();
        assert_eq!(results.next_task(&others), Some(task));
        assert_eq!(results.next_task(&open), None);
        let spec = results.tasks()[task];
        let (mean, error) = of(results.points()[spec.point].params.m_right);
        let outcome = scans::outcome((6, 6), spec.replica, None, scans::measured(mean, error));
        results.take(task, outcome).expect("it is sound");
        let added = results.plan().added();
        if added.len() > stages {
            assert_eq!(added.len(), stages + 1);
            stages += 1;
            let before = results.points().len() - added[stages - 1].len();
            let ms: Vec<f64> = results.points()[..before]
                .iter()
                .map(|point| point.params.m_right)
                .collect();
            enclosed(&ms, &of, &added[stages - 1]);
        }
    }
    results
}

/// Makes sure that points added beside others are new, apart, and between two that have J of
/// opposite signs beyond doubt, with none between these of which that is so.
fn enclosed(ms: &[f64], of: impl Fn(f64) -> (f64, f64), added: &[Added]) {
    let mut clear: Vec<(f64, bool)> = ms
        .iter()
        .map(|&m| (m, of(m)))
        .filter(|(_, (mean, error))| mean.abs() >= 2.5 * error)
        .map(|(m, (mean, _))| (m, mean > 0.0))
        .collect();
    clear.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut pairs = clear.windows(2).filter(|pair| pair[0].1 != pair[1].1);
    let within = |pair: &[(f64, bool)]| added.iter().all(|a| pair[0].0 < a.m && a.m < pair[1].0);
    assert!(pairs.any(within), "{added:?} among {clear:?}");
    assert!(added.iter().all(|one| !ms.contains(&one.m)), "{added:?}");
    assert!(added.len() < 2 || added[0].m != added[1].m, "{added:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever points found, what is added is inside what was asked for, new, and not too much.
    #[test]
    fn whatever_was_found_the_next_points_are_sound(
        currents in prop::collection::vec((-1.0f64..1.0, -12i32..2, -14i32..1), 7),
        errc in -12i32..0,
    ) {
        let text = format!("exp=current&L=6&ms=0.2:0.8:0.1&err=1&errc=1e{errc}&reps=1&seed=1");
        let results = scans::results(&text, |_, point, replica| {
            let (mean, size, error) = currents[point];
            let ten_to = |power: i32| format!("1e{power}").parse::<f64>().expect("a number");
            let j = scans::measured(mean * ten_to(size), ten_to(error));
            Some(scans::outcome((6, 6), replica, None, j))
        });
        let added: Vec<f64> = results.plan().added().iter().flatten().map(|a| a.m).collect();
        prop_assert!(added.len() <= 3);
        prop_assert!(added.iter().all(|m| *m > 0.2 && *m < 0.8), "{added:?}");
        prop_assert!(file::read(&file::json(&results)).is_ok());
    }

    /// Whatever is found, and in whatever order, the same points are added, always where the sign
    /// changes and never twice, and that comes to an end.
    #[test]
    fn whatever_is_found_the_scan_ends_and_the_order_does_not_matter(
        seed: u64,
        junk: bool,
        errc in -9i32..-1,
        count in 2u32..6,
    ) {
        let ms: Vec<String> = (0..count).map(|i| format!("{}", 0.1 + 0.15 * f64::from(i))).collect();
        let list = ms.join(",");
        let text = format!("exp=current&L=6&ms={list}&err=1&errc=1e{errc}&reps=1&seed=1");
        let of = |m: f64| found(m, seed, junk);
        let forwards = grown(&text, of, |_| 0);
        let mut stream = Stream::new(seed, 1);
        let anyhow = grown(&text, of, |open| (stream.unit() * open as f64) as usize);
        prop_assert_eq!(file::json(&forwards), file::json(&anyhow));
        prop_assert!(forwards.plan().added().len() <= MOST_STAGES);
        let ended = forwards.next_stage();
        prop_assert!(matches!(ended, Some(Next::Reached | Next::Unreached(_))), "{:?}", ended);
    }
}

/// The plan names the points of the link, and says what errc may add to them.
#[test]
fn the_plan_tells_of_what_may_be_added() {
    let plan = |text: &str| {
        let planned = terminal::uphill(&["plan", text, "--seconds", "0.01"]).output();
        let planned = planned.expect("the command starts");
        terminal::succeeded(&planned);
        String::from_utf8(planned.stdout).expect("words")
    };
    let asked = plan(SMALL[0]);
    let points: Vec<&str> = asked
        .lines()
        .filter(|line| line.starts_with("m₊ = "))
        .filter_map(|line| line.split_whitespace().nth(2))
        .collect();
    assert_eq!(points, ["0.5", "0.75", "1"], "{asked}");
    let most = format!("at most {MOST_ADDED} in {MOST_STAGES} stages");
    let tells = |text: &str| text.contains("errc adds") && text.contains(&most);
    assert!(tells(&asked), "{asked}");
    assert!(asked.contains("Suggested: 1 share "), "{asked}");
    let plain = plan(&SMALL[0].replace("&errc=0.004", ""));
    assert!(!plain.contains("errc"), "{plain}");
}
