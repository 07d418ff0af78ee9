//! What holds of tasks however they are cut, saved and passed over.

use super::*;
use crate::scan::plan::link;

fn task(text: &str) -> (Plan, Task) {
    let reading = link::read(text);
    assert_eq!(reading.errors, []);
    let plan = Plan::new(reading.experiment);
    let task = Task::new(&plan, &plan.tasks()[0], None).expect("it can start");
    (plan, task)
}

/// As [`Task::advance`], but every look is made.
fn look_by_look(task: &mut Task) -> u64 {
    let mut stops = 0;
    while !task.status().is_final() {
        match task.run.advance(task.next_stop(), Budget::UNLIMITED) {
            Stop::Until => task.stop(),
            stop => panic!("{stop:?}"),
        }
        stops += 1;
    }
    stops
}

/// Spans in which nothing moves, of very many looks and between moves; of equilibrium, too;
/// and one in which the state changes before the stillness.
#[test]
fn still_looks_passed_are_as_looks_made() {
    for text in [
        "exp=current&L=8&beta=10&ms=1&cap=3e6&err=1e-12&relax=1&reps=1&seed=1",
        "exp=current&L=8&beta=1.9&ms=1&cap=3e6&err=1e-12&reps=1&seed=2",
        "exp=current&L=10&beta=2&ms=0.99999&cap=2e6&err=1e-12&relax=777&reps=1&seed=3",
        "exp=equilibrium&Ls=9&beta=10&cap=3e6&errm=1e-12&relax=1&reps=1&seed=4",
    ] {
        let (_, mut passed) = task(text);
        let mut made = passed.clone();
        assert!(passed.advance(Budget::UNLIMITED), "{text}");
        assert!(look_by_look(&mut made) > 500, "{text}");
        assert!(passed.progress == made.progress, "{text}");
        assert!(passed.save() == made.save(), "{text}");
    }
}

/// A budget of one move lets one thing be decided: so are the decisions counted.
#[test]
fn a_span_without_moves_takes_few_decisions() {
    for text in [
        "exp=current&L=8&beta=10&ms=1&cap=1e15&err=1e-12&relax=1&reps=1&seed=1",
        "exp=current&L=8&beta=10&ms=1&cap=1e15&err=1e-12&relax=1e15&reps=1&seed=1",
        "exp=equilibrium&Ls=512&beta=10&cap=1e15&errm=1e-12&relax=1&reps=1&seed=1",
        "exp=current&L=4&beta=10&ms=1&cap=1e15&err=1e-12&relax=1&reps=1&seed=1",
        "exp=regimes&L=8&beta=10&ms=1&cap=1e15&err=1e-12&relax=1&reps=1&seed=1",
    ] {
        let (plan, mut whole) = task(text);
        let mut cut = whole.clone();
        let mut calls = 1;
        while !cut.advance(Budget::events(1)) {
            if calls % 100 == 0 {
                cut = Task::restore(&plan, &plan.tasks()[0], &cut.save()).expect("its own");
            }
            calls += 1;
            assert!(calls < 10_000, "{text}");
        }
        assert!(whole.advance(Budget::UNLIMITED));
        assert!(cut.save() == whole.save(), "{text}: {calls} calls");
        assert_eq!(whole.status(), Status::Capped);
    }
}

#[test]
fn looks_and_rounds_of_another_clock_are_refused() {
    let (plan, mut task) = task("exp=current&L=8&beta=0.6&ms=0.5&err=1e-9&relax=50&seed=1");
    task.advance(Budget::events(100_000));
    assert_eq!(task.status(), Status::Measuring);
    let refused = |change: fn(&mut Progress)| {
        let mut other = task.clone();
        change(&mut other.progress);
        Task::restore(&plan, &plan.tasks()[0], &other.save()).is_err()
    };
    assert!(!refused(|_| {}));
    assert!(refused(|progress| progress.looks = u64::MAX));
    assert!(refused(|progress| progress.looks += 1));
    assert!(refused(|progress| progress.looks = 0));
    assert!(refused(|progress| progress.round = u32::MAX));
    assert!(refused(|progress| progress.round = 0));
    for relaxed in [-1e300, 1e300, f64::NAN, f64::INFINITY] {
        let mut other = task.clone();
        other.progress.relaxed = relaxed;
        let restored = Task::restore(&plan, &plan.tasks()[0], &other.save());
        assert!(restored.is_err(), "{relaxed}");
    }
}

/// The first move comes so late that the clock cannot tell it from the second.
#[test]
fn a_task_ends_where_its_clock_does() {
    let (_, mut task) =
        task("exp=current&L=8&beta=3.1&ms=1&cap=1e15&err=1e-12&relax=1e15&reps=1&seed=1");
    assert!(task.advance(Budget::UNLIMITED));
    assert_eq!(task.status(), Status::Unresolved);
    assert!(task.run().time() > 1e15 && task.run().time() < 2e15);
    let outcome = task.outcome();
    assert!(outcome.is_sound(8, 8));
    assert!(outcome.status.words().contains("clock"));
}

/// Looks that all show one state are taken in together, as if each had been made.
#[test]
fn still_regimes_passed_are_as_looks_made() {
    let (_, mut passed) =
        task("exp=regimes&L=8&beta=1.9&ms=1&cap=3e6&err=1e-12&relax=1&reps=1&seed=2");
    let mut made = passed.clone();
    assert!(passed.advance(Budget::UNLIMITED));
    assert!(look_by_look(&mut made) > 5000);
    let [passed, made] = [&passed, &made].map(|task| task.outcome());
    let [a, b] = [&passed, &made].map(|outcome| outcome.regimes.clone().expect("it looked"));
    assert_eq!((a.span, a.changes), (b.span, b.changes));
    for (a, b) in a.states.iter().zip(&b.states) {
        assert_eq!((a.state, a.span, a.visits), (b.state, b.span, b.visits));
        let [j, other] = [a, b].map(|one| one.current.mean.expect("it was there"));
        assert!((j - other).abs() <= 1e-9 * j.abs(), "{j} {other}");
    }
    assert_eq!(passed.digest, made.digest);
}

/// Bit for bit, though the task is saved and restored while a change of state is in doubt, too.
#[test]
fn regimes_are_the_same_however_they_are_cut_and_saved() {
    let (plan, mut whole) =
        task("exp=regimes&L=8&beta=0.55&ms=0.9&cap=3e5&err=1e-9&relax=100&reps=1&seed=5");
    let spec = &plan.tasks()[0];
    let mut cut = whole.clone();
    let mut in_doubt = 0;
    while !cut.advance(Budget::events(977)) {
        cut = Task::restore(&plan, spec, &cut.save()).expect("its own");
        let regimes = cut.progress.regimes.as_ref();
        in_doubt += usize::from(regimes.is_some_and(Regimes::is_in_doubt));
    }
    assert!(whole.advance(Budget::UNLIMITED));
    assert!(cut.save() == whole.save());
    let found = whole.outcome().regimes.expect("it looked");
    assert!(in_doubt > 5 && found.changes > 20, "{in_doubt} {found:?}");

    let refused = |change: fn(&mut Regimes)| {
        let mut other = whole.clone();
        change(other.progress.regimes.as_mut().expect("it looked"));
        Task::restore(&plan, spec, &other.save()).is_err()
    };
    assert!(!refused(|_| {}));
    assert!(refused(|regimes| *regimes = Regimes::new(regimes.step())));
    assert!(refused(|regimes| *regimes = Regimes::new(1.0)));
    assert!(refused(|regimes| {
        regimes.since(f64::NAN);
    }));
    let (other_plan, other) = task("exp=current&L=8&beta=0.55&ms=0.9&seed=5");
    assert!(Task::restore(&plan, spec, &other.save()).is_err());
    assert!(Task::restore(&other_plan, &other_plan.tasks()[0], &whole.save()).is_err());
}
