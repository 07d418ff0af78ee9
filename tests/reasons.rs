//! Why a mean has no error: what is said is true.

use crate::synthetic::normal;
use crate::terminal;
use uphill::link;
use uphill::measure::Estimate;
use uphill::measure::blocking::{Blocking, Unknown};
use uphill::random::Stream;
use uphill::run::simulation::{Budget, Simulation};

/// Where nothing happens, it is not for want of time that there is no error.
#[test]
fn runs_say_what_is_missing() {
    let reasons = |query: &str, until: f64| {
        let params = link::read(query).params;
        let mut run = Simulation::new(&params).expect("valid parameters");
        run.advance(until, Budget::UNLIMITED);
        let report = run.report();
        let events = run.events();
        let reason = |estimate: &Estimate| estimate.reason.clone().unwrap_or_default();
        let all = [&report.current, &report.count, &report.last_column];
        (events, all.map(reason))
    };
    let (events, silent) = reasons("L=8&beta=10&m=1&seed=1", 1e8);
    assert_eq!(events, 0);
    for reason in silent {
        assert_eq!(reason, "no error: no move has been made in this time");
    }
    let (_, short) = reasons("L=8&beta=10&m=1&seed=1", 500.0);
    for reason in short {
        assert_eq!(
            reason,
            "too short for an error: it takes 512 time units at least"
        );
    }
    // Metropolis makes no move, either, and attempts do not count.
    let (events, refused) = reasons("L=8&beta=10&m=1&seed=1&dyn=metropolis", 1e4);
    assert_eq!(events, 0);
    for reason in refused {
        assert_eq!(reason, "no error: no move has been made in this time");
    }
    // Some moves in the beginning, then silence; and some now and then.
    for (query, until) in [
        ("L=8&beta=10&m=1&init=stripe&seed=1", 1e8),
        ("L=8&beta=10&m=0.99999&seed=3", 2e4),
    ] {
        let (events, few) = reasons(query, until);
        assert!(events > 0);
        for reason in few {
            assert_eq!(
                reason, "too short for an error: too little has happened yet",
                "{query}"
            );
        }
    }
    // Moves at the left end alone leave the right one as it is, in every block.
    let (events, [_, _, last]) = reasons("L=8&beta=10&m=1&mL=-0.9&seed=1", 1e5);
    assert!(events > 10_000);
    assert_eq!(
        last,
        "no error: its averages over 128 time units are all the same"
    );
}

/// Averages over blocks, of which each kind of series has its own fault.
#[test]
fn series_are_told_what_is_wrong_with_them() {
    let of = |series: &dyn Fn(f64) -> f64| {
        let mut blocking = Blocking::new(1, 1.0);
        for i in 0..1023 {
            blocking.push(&[series(f64::from(i))], 1);
        }
        blocking.error(0)
    };
    assert_eq!(of(&|_| 0.3), Err(Unknown::Constant));
    let spike = |i: f64| f64::from(u8::from(i == 500.0 || i == 123.0));
    assert_eq!(of(&spike), Err(Unknown::Rare));
    let mut stream = Stream::new(5, 0);
    let noise: Vec<f64> = (0..1023).map(|_| normal(&mut stream)).collect();
    assert!(of(&|i| noise[i as usize]).is_ok());
    assert_eq!(
        of(&|i| noise[i as usize] + 0.01 * i),
        Err(Unknown::Drifting)
    );
    let mut slow = vec![0.0];
    for x in &noise {
        slow.push(0.97 * slow[slow.len() - 1] + x);
    }
    assert_eq!(of(&|i| slow[i as usize]), Err(Unknown::Correlated));
    // A wave of a tenth of the run: as many independent samples as one likes, but no scatter
    // of long stretches that tells of it.
    let wave = |i: f64| libm::sin(i * 0.06) + 0.01 * noise[i as usize];
    assert_eq!(of(&wave), Err(Unknown::Dependent));
}

/// Where nothing can move any more, no patience would help: every reason says so, and the terminal
/// when it was.
#[test]
fn frozen_runs_say_that_they_are() {
    const FROZEN: &str = "no move is possible any more";
    for dynamics in ["kinetic", "metropolis"] {
        for query in [
            "L=4&m=1&mL=1&beta=0.2&init=random&seed=1",
            "L=8&m=1&mL=1&init=plus&seed=1",
            "L=8&res=off&init=minus&seed=1",
        ] {
            let query = format!("{query}&dyn={dynamics}");
            let params = link::read(&query).params;
            let mut run = Simulation::new(&params).expect("valid parameters");
            run.advance(1e9, Budget::UNLIMITED);
            assert!(run.is_frozen(), "{query}");
            let report = run.report();
            let own = match params.reservoirs.flip() {
                true => &report.from_last_column,
                false => &report.m_eq,
            };
            for estimate in [
                &report.current,
                &report.count,
                &report.first_column,
                &report.last_column,
                &report.energy,
                own,
            ] {
                assert_eq!(estimate.reason.as_deref(), Some(FROZEN), "{query}");
            }
            let said = terminal::uphill(&["run", &query, "--until", "1e9"]).output();
            let said = said.expect("the command starts");
            terminal::succeeded(&said);
            let said = String::from_utf8(said.stdout).expect("words");
            let time = uphill::notation::plain(run.time(), 4);
            let ended = format!("{FROZEN}: the run ended at t = {time}");
            assert!(said.lines().any(|line| line == ended), "{said}");
            assert_eq!(said.contains("m_eq"), !params.reservoirs.flip(), "{said}");
            assert!(
                !said.contains("yet") && !said.contains("too short"),
                "{said}"
            );
        }
    }
}
