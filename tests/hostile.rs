//! Hostile input: links, result files and checkpoints that somebody has made or damaged on
//! purpose. Whatever it is, it is answered soon, in little memory, and with words or with
//! something that is allowed; nothing of it is shown as a number that is none.
#![allow(unsafe_code)]

mod scans;
mod untrusted;

use proptest::prelude::*;
use serde_json::Value;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use untrusted::{is_read, is_read_again, is_restored, is_shown_clean, plan, resealed};
use uphill::link;
use uphill::run::simulation::{Budget, Simulation};
use uphill::scan::file;
use uphill::scan::plan::Plan;
use uphill::scan::task::Task;
use uphill::scan::task::checkpoint::Checkpoint;

/// Counts what a thread holds of memory, and the most that it has held.
struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // Not while the thread is being taken down.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = MOST.try_with(|most| most.set(most.get().max(held.get())));
    });
}

// SAFETY: the system's allocator does the work; only sums are kept beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: as promised by whoever calls.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: as promised by whoever calls.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How long one case may take: the JSON reader is not optimized in tests.
const LONGEST: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1000 } else { 100 });
/// Memory that one case may take beside its input, in bytes.
const MOST_MEMORY: isize = 48 << 20;

/// How often a slow case is given another chance: the machine does other work, but not every time.
const CHANCES: u32 = 10;

/// Runs a case by the clock and by its memory.
fn measured<T>(case: impl Fn() -> T) -> T {
    for chance in 1..=CHANCES {
        let held = HELD.get();
        MOST.set(held);
        let began = Instant::now();
        let answer = case();
        let (took, most) = (began.elapsed(), MOST.get() - held);
        assert!(most <= MOST_MEMORY, "{most} bytes of memory");
        if took <= LONGEST {
            return answer;
        }
        assert!(chance < CHANCES, "it took {took:?}");
    }
    unreachable!("the last chance is taken or lost")
}

/// Cases of a property: more where there is time.
fn cases(few: u32) -> ProptestConfig {
    let long = std::env::var_os("UPHILL_LONG").is_some();
    ProptestConfig {
        cases: if long { few * 10 } else { few },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

const RESULTS: [&str; 5] = [
    include_str!("old/0.5.0/current.json"),
    include_str!("old/0.5.0/states.json"),
    include_str!("old/0.5.0/equilibrium.json"),
    include_str!("old/0.5.0/relation.json"),
    include_str!("old/0.5.0/exact.json"),
];

static VALUES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    // As they are written today, with all that a task may say.
    let read = |text: &&str| {
        let results = file::read(text).expect("a result of old");
        serde_json::from_str(&file::json(&results)).expect("a result is JSON")
    };
    // And one that adds points to itself, which have not begun.
    let added = scans::results(
        "exp=current&L=6&beta=0.6&ms=0.2:0.8:0.1&err=0.01&errc=1e-3&seed=1",
        |results, point, replica| {
            let m = results.points()[point].params.m_right;
            let j = scans::measured(0.1 * (0.53 - m), 1e-3);
            (point < 7).then(|| scans::outcome((6, 6), replica, None, j))
        },
    );
    assert!(!added.plan().added().is_empty());
    let added = serde_json::from_str(&file::json(&added)).expect("a result is JSON");
    RESULTS.iter().map(read).chain([added]).collect()
});

/// What somebody may have written in place of a number, a word or a list.
fn junk() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<f64>()
            .prop_map(|x| serde_json::Number::from_f64(x).map_or(Value::Null, Value::Number)),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(Value::from(1e308)),
        Just(Value::from(-1e308)),
        Just(Value::from(5e-324)),
        Just(Value::from(0)),
        Just(Value::from(u64::MAX)),
        Just(Value::Null),
        Just(Value::Bool(true)),
        Just(Value::from("<img src=x onerror=alert(1)>")),
        Just(Value::from("</script><script>alert(1)</script>")),
        Just(Value::from("x".repeat(100_000))),
        Just(Value::Array(vec![Value::from(1e300); 300])),
        Just(Value::Object(serde_json::Map::new())),
    ]
}

/// The number of values in a tree of JSON.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(all) => all.iter().map(size).sum(),
        Value::Object(all) => all.values().map(size).sum(),
        _ => 0,
    }
}

/// Puts another value in place of the one with a number.
fn replace(value: &mut Value, at: &mut usize, by: &Value) {
    if *at == 0 {
        value.clone_from(by);
    }
    *at = at.wrapping_sub(1);
    if *at == usize::MAX {
        return;
    }
    let below: Vec<&mut Value> = match value {
        Value::Array(all) => all.iter_mut().collect(),
        Value::Object(all) => all.values_mut().collect(),
        _ => Vec::new(),
    };
    for each in below {
        if *at == usize::MAX {
            return;
        }
        replace(each, at, by);
    }
}

proptest! {
    #![proptest_config(cases(if cfg!(debug_assertions) { 5000 } else { 50_000 }))]

    #[test]
    fn links_of_junk(text in prop_oneof![
        "\\PC{0,120}",
        "[?&=#%+;,:.a-zA-Z0-9-]{0,200}",
        "((v|L|Lx|Ly|beta|m|mL|bc|shift|res|dyn|init|width|seed|exp|ms|Ls|betas|from|err|errm|relax|cap|reps)=(on|off|shifted|stripe|metropolis|current|relation|exact|4294967295|-1|1e308|1e-308|nan|inf|0:1:1e-9|4:512:1|0.01:10:0.01|%00|<script>|[-+0-9.eE:,]{0,20})&){0,12}",
    ]) {
        measured(|| is_read(&text));
    }
}

/// The places of numbers in a tree of JSON, as pointers (RFC 6901); of a long list only those
/// in the first and the last entry.
fn numbers(value: &Value, here: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(here.to_owned()),
        Value::Array(all) => {
            for (i, each) in all.iter().enumerate() {
                if all.len() <= 8 || i == 0 || i + 1 == all.len() {
                    numbers(each, &format!("{here}/{i}"), found);
                }
            }
        }
        Value::Object(all) => {
            for (key, each) in all {
                numbers(each, &format!("{here}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// Every kind of number at its worst: where one of them is read, and in all tasks at once.
#[test]
fn results_with_each_number_at_its_worst() {
    let worst = [
        5e-324, -5e-324, 1e-300, 1e-61, 1e-60, -1.0, 0.0, 0.5, 1e18, -1e18, 1e19, 1e154, 1e308,
        -1e308,
    ];
    let worst = worst.map(Value::from).into_iter().chain([
        Value::from(u64::MAX),
        Value::from(i64::MIN),
        Value::from(u32::MAX),
    ]);
    let worst: Vec<Value> = worst.collect();
    let (mut read, mut refused) = (0, 0);
    for whole in VALUES.iter() {
        let mut whole = whole.clone();
        if let Value::Object(all) = &mut whole {
            all.remove("findings");
            all.remove("points");
        }
        let mut places = Vec::new();
        numbers(&whole, "", &mut places);
        // The same place in every task.
        let mut kinds: Vec<Vec<String>> = Vec::new();
        let kind = |place: &str| -> String {
            let parts = place.split('/');
            parts
                .map(|part| {
                    if part.parse::<u32>().is_ok() {
                        "*"
                    } else {
                        part
                    }
                })
                .collect::<Vec<_>>()
                .join("/")
        };
        for place in places {
            match kinds.iter_mut().find(|same| kind(&same[0]) == kind(&place)) {
                Some(same) => same.push(place),
                None => kinds.push(vec![place]),
            }
        }
        for places in kinds {
            for worst in &worst {
                for changed in [&places[..1], &places[..]] {
                    let mut value = whole.clone();
                    for place in changed {
                        *value.pointer_mut(place).expect("it was found") = worst.clone();
                    }
                    let Ok(results) = file::read(&value.to_string()) else {
                        refused += 1;
                        continue;
                    };
                    read += 1;
                    if let Err(why) = is_shown_clean(&results) {
                        panic!("{worst} at {changed:?}: {why}");
                    }
                    if let Err(why) = is_read_again(&results) {
                        panic!("{worst} at {changed:?} is not read again: {why}");
                    }
                }
            }
        }
    }
    assert!(
        read > 500 && refused > 500,
        "{read} read, {refused} refused"
    );
}

proptest! {
    #![proptest_config(cases(if cfg!(debug_assertions) { 300 } else { 20_000 }))]

    #[test]
    fn results_with_a_value_of_somebody_else(
        which in 0usize..6, at in any::<prop::sample::Index>(), by in junk(),
        also in any::<prop::sample::Index>(), more in junk(), twice: bool,
    ) {
        let mut value = VALUES[which].clone();
        // What is read back: the head and the tasks.
        if let Value::Object(all) = &mut value {
            all.remove("findings");
            all.remove("points");
        }
        let mut place = at.index(size(&value));
        replace(&mut value, &mut place, &by);
        if twice {
            let mut place = also.index(size(&value));
            replace(&mut value, &mut place, &more);
        }
        let text = value.to_string();
        if let Ok(results) = measured(|| file::read(&text)) {
            measured(|| is_shown_clean(&results)).unwrap();
            is_read_again(&results).unwrap();
        }
    }

    #[test]
    fn results_with_damaged_bytes(
        which in 0usize..5, at in any::<prop::sample::Index>(), byte: u8, cut: bool,
    ) {
        let mut bytes = RESULTS[which].as_bytes().to_vec();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(results) = measured(|| file::read(&text)) {
            measured(|| is_shown_clean(&results)).unwrap();
        }
    }
}

/// An experiment; and saved a task of it, all of its tasks, a run, and the same run painted.
type Saved = (Plan, [Vec<u8>; 4]);

static SAVED: LazyLock<Saved> = LazyLock::new(|| {
    let plan = plan();
    let mut task = Task::new(&plan, &plan.tasks()[0], None).expect("it can start");
    task.advance(Budget::events(30_000));
    let state = task.save();
    let whole = Checkpoint::new(&plan, vec![state.clone(); 4]).write();
    let mut run = Simulation::new(&link::read("L=8&m=0.9&seed=1").params).expect("it can start");
    run.advance(500.0, Budget::UNLIMITED);
    let plain = run.save();
    run.paint(3, 7, 2, 1).expect("it is on the lattice");
    run.advance(600.0, Budget::UNLIMITED);
    (plan, [state, whole, plain, run.save()])
});

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn checkpoints_that_fit_their_checksum(
        which in 0usize..4, at in any::<prop::sample::Index>(),
        by in prop::collection::vec(any::<u8>(), 1..12), insert: bool,
    ) {
        let (plan, saved) = &*SAVED;
        let change = |state: &mut Vec<u8>| {
            let at = at.index(state.len());
            let end = if insert { at } else { (at + by.len()).min(state.len()) };
            state.splice(at..end, by.iter().copied());
        };
        let bytes = resealed(&saved[which], change).expect("a checkpoint");
        measured(|| is_restored(plan, &bytes));
    }

    #[test]
    fn checkpoints_of_junk(bytes in prop::collection::vec(any::<u8>(), 0..300), headed: bool) {
        let (plan, all) = &*SAVED;
        for saved in all {
            let sealed = resealed(saved, |state| state.clone_from(&bytes)).expect("a checkpoint");
            let bytes = if headed { &sealed } else { &bytes };
            measured(|| {
                assert!(Task::restore(plan, &plan.tasks()[0], bytes).is_err());
                assert!(Simulation::restore(bytes).is_err());
                let _ = Checkpoint::read(bytes);
            });
        }
    }
}

/// A few words that ask for very much.
#[test]
fn much_is_refused_before_it_is_made() {
    let ask = |link: &str| {
        format!(
            r#"{{"format":"uphill result","v":1,"engine":"0.5.0","link":"{link}","complete":false,"tasks":[null]}}"#
        )
    };
    for link in [
        "exp=current&Lx=4294967295&seed=1",
        "exp=current&ms=0:1:0.000000001&seed=1",
        "exp=current&ms=0.801:1:0.001&reps=64&L=512&seed=1",
        "exp=relation&Ls=4:13:1&betas=0.1:2:0.1&reps=64&seed=1",
        "exp=exact&ms=0.1:1:0.1&betas=0.01:1:0.01&reps=64&seed=1",
    ] {
        let text = ask(link);
        let error = measured(|| file::read(&text)).expect_err("it is refused");
        assert!(error.to_string().contains("damaged"), "{error}");
    }
    // Lists in lists in lists.
    let deep = format!(
        r#"{{"format":"uphill result","v":1,"tasks":{}"#,
        "[".repeat(1 << 20)
    );
    assert!(measured(|| file::read(&deep)).is_err());
    // A number that says how many bytes come, and none that come.
    let (_, [_, whole, run, _]) = &*SAVED;
    for saved in [whole, run] {
        let much = |state: &mut Vec<u8>| *state = vec![0xff, 0xff, 0xff, 0xff, 0x0f];
        let much = resealed(saved, much).expect("a checkpoint");
        assert!(measured(|| Checkpoint::read(&much)).is_err());
        assert!(measured(|| Simulation::restore(&much)).is_err());
    }
}
