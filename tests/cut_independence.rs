//! However a run is cut into pieces, by events or by time, saved and restored,
//! read in between or not: trajectory and sums are the same, bit for bit.

use uphill::link;
use uphill::run::checkpoint::{ENGINE, RestoreError};
use uphill::run::simulation::{Budget, Simulation, Stop};

const LINKS: [&str; 8] = [
    "seed=1&L=12&beta=0.5&m=0.7",
    "seed=2&Lx=9&Ly=16&beta=0.8&m=0.9&mL=0.1&bc=shifted&shift=1",
    "seed=3&L=10&beta=0.6&res=off&init=random",
    "seed=4&L=12&beta=0.5&m=0.7&dyn=metropolis",
    "seed=5&Lx=20&Ly=6&beta=1&m=0.98&bc=shifted&dyn=metropolis&init=stripe",
    "seed=6&m=0.9995",
    "seed=7&L=12&beta=0.5&m=0.7&res=balanced&bc=shifted",
    "seed=8&Lx=10&Ly=9&beta=0.6&m=1&mL=0.3&res=balanced&dyn=metropolis",
];

fn start(text: &str) -> Simulation {
    let reading = link::read(text);
    assert_eq!(reading.errors, []);
    Simulation::new(&reading.params).expect("the link is good")
}

/// All that a run is and has measured.
fn all(run: &Simulation) -> (u64, Vec<u8>) {
    (run.digest(), run.save())
}

#[test]
fn pieces_by_events() {
    for text in LINKS {
        let mut whole = start(text);
        whole.advance(f64::INFINITY, Budget::events(30_000));
        for piece in [1, 7, 1000] {
            let mut run = start(text);
            while run.events() < 30_000 {
                let left = 30_000 - run.events();
                run.advance(f64::INFINITY, Budget::events(left.min(piece)));
                if run.events().is_multiple_of(9) && piece > 1 {
                    run.report();
                }
            }
            assert!(all(&run) == all(&whole), "{text} in pieces of {piece}");
        }
    }
}

#[test]
fn pieces_by_time() {
    for text in LINKS {
        let mut whole = start(text);
        assert_eq!(whole.advance(3000.0, Budget::UNLIMITED), Stop::Until);
        let mut run = start(text);
        let mut piece = 0.001;
        while run.time() < 3000.0 {
            run.advance((run.time() + piece).min(3000.0), Budget::UNLIMITED);
            piece = (piece * 1.7) % 11.3 + 0.0003;
            run.report();
        }
        assert!(all(&run) == all(&whole), "{text}");
        assert_eq!(run.time(), 3000.0);
    }
}

#[test]
fn saving_and_restoring_at_any_moment() {
    for text in LINKS {
        let mut whole = start(text);
        whole.advance(f64::INFINITY, Budget::events(20_000));
        let mut run = start(text);
        for piece in [1, 2, 300, 5, 7000, 1, 2691] {
            run.advance(f64::INFINITY, Budget::events(piece));
            run.advance(run.time() + 0.37, Budget::events(1));
            run = Simulation::restore(&run.save()).expect("what was saved can be restored");
        }
        let left = 20_000 - run.events();
        run.advance(f64::INFINITY, Budget::events(left));
        assert!(all(&run) == all(&whole), "{text}");
    }
}

/// A run with a bump drawn at t = 100: the same however it is cut, saved and restored.
#[test]
fn what_is_painted_survives() {
    for text in LINKS {
        let painted = |run: &mut Simulation| {
            run.paint(6, 1, 2, 1).expect("it is on the lattice")
                + run.paint(2, 3, 1, -1).expect("it is on the lattice")
        };
        let mut whole = start(text);
        whole.advance(100.0, Budget::UNLIMITED);
        assert!(painted(&mut whole) > 0, "{text}");
        assert_eq!(whole.measured_span(), 0.0, "{text}");
        let painted_then = whole.painted();
        whole.advance(400.0, Budget::UNLIMITED);

        let mut run = start(text);
        run.advance(100.0, Budget::UNLIMITED);
        painted(&mut run);
        while run.time() < 400.0 {
            run = Simulation::restore(&run.save()).expect("what was saved can be restored");
            run.advance((run.time() + 71.3).min(400.0), Budget::UNLIMITED);
        }
        assert!(all(&run) == all(&whole), "{text}");
        assert_eq!(run.painted(), painted_then, "{text}");
        assert_eq!(run.report().painted, painted_then, "{text}");
        assert_eq!(painted_then.map(|painted| painted.time), Some(100.0));
        assert!(run.is_altered() && run.configuration().is_consistent());
        assert_eq!(start(text).report().painted, None);
    }
}

#[test]
fn painting_what_is_there_changes_nothing() {
    let mut run = start(LINKS[0]);
    run.advance(100.0, Budget::UNLIMITED);
    let before = all(&run);
    let spin = run.spin(4, 4);
    assert_eq!(run.paint(4, 4, 0, spin), Ok(0));
    assert!(run.paint(12, 4, 0, spin).is_err());
    assert!(run.paint(4, 4, 0, 0).is_err());
    assert!(all(&run) == before);
    assert_eq!(run.painted(), None);
}

#[test]
fn measuring_afresh_leaves_the_trajectory_alone() {
    for text in LINKS {
        let mut plain = start(text);
        plain.advance(500.0, Budget::UNLIMITED);
        let mut run = start(text);
        run.advance(123.4, Budget::UNLIMITED);
        run.measure_afresh();
        run.advance(500.0, Budget::UNLIMITED);
        assert_eq!(run.digest(), plain.digest(), "{text}");
        assert!((run.measured_span() - 376.6).abs() < 1e-9);
    }
}

#[test]
fn damaged_and_foreign_checkpoints_are_refused() {
    let mut run = start(LINKS[0]);
    run.advance(100.0, Budget::UNLIMITED);
    let saved = run.save();
    assert_eq!(
        Simulation::restore(b"something else").unwrap_err(),
        RestoreError::Foreign
    );
    assert_eq!(Simulation::restore(&[]).unwrap_err(), RestoreError::Foreign);
    for length in 0..saved.len() {
        assert!(Simulation::restore(&saved[..length]).is_err());
    }
    for at in (0..saved.len()).step_by(3) {
        let mut changed = saved.clone();
        changed[at] ^= 0x10;
        assert!(Simulation::restore(&changed).is_err(), "byte {at}");
    }
    let mut other = saved;
    other[9] = b'9';
    let refusal = Simulation::restore(&other).unwrap_err();
    assert!(matches!(&refusal, RestoreError::OtherVersion(version) if version.starts_with('9')));
    assert!(
        refusal
            .to_string()
            .contains(&format!("saved by engine 9{}", &ENGINE[1..]))
    );
}

#[test]
fn a_total_rate_of_zero_ends_the_run() {
    for dynamics in ["kinetic", "metropolis"] {
        for text in [
            "init=plus&res=off",
            "init=minus&res=off",
            "init=plus&m=1&mL=1",
        ] {
            let mut run = start(&format!("{text}&seed=1&dyn={dynamics}"));
            assert_eq!(run.advance(10.0, Budget::UNLIMITED), Stop::Frozen);
            assert!(run.is_frozen());
            assert_eq!(run.time(), 0.0);
        }
        // Reservoirs at +1 fill the lattice, and then nothing moves any more.
        let mut run = start(&format!(
            "L=4&m=1&mL=1&beta=0.2&init=random&seed=1&dyn={dynamics}"
        ));
        assert_eq!(run.advance(1e9, Budget::UNLIMITED), Stop::Frozen);
        assert!(run.time() > 0.0 && run.time() < 1e9);
        assert_eq!(run.configuration().lattice().plus(), 16);
    }
}

#[test]
fn an_astronomical_residence_time_is_one_step() {
    const FLAT: &str = "beta=10&res=off&seed=1";
    let mut whole = start(FLAT);
    whole.advance(f64::INFINITY, Budget::events(1));
    assert!(whole.time() > 1e48, "the flat interface stays that long");
    let m_eq = |run: &Simulation| run.report().m_eq.mean.expect("time was measured");
    assert!((m_eq(&whole) - 1.0).abs() < 1e-12);
    assert!(whole.series().points().len() <= 4096);

    let mut run = start(FLAT);
    for part in 1..64 {
        run.advance(whole.time() * f64::from(part) / 64.0, Budget::UNLIMITED);
        assert_eq!(run.events(), 0);
        assert!((m_eq(&run) - 1.0).abs() < 1e-12);
    }
    run.advance(f64::INFINITY, Budget::events(1));
    assert!(all(&run) == all(&whole));
}

/// One move at t = 2·10¹⁸, and then moves that follow it sooner than the clock can tell.
#[test]
fn a_run_ends_where_its_clock_can_tell_no_move_from_the_next() {
    const LATE: &str = "m=1&beta=4&seed=1";
    let mut whole = start(LATE);
    assert_eq!(whole.advance(1e300, Budget::UNLIMITED), Stop::Unresolved);
    assert!(whole.is_unresolved() && !whole.is_frozen());
    assert!(whole.time() > 1e15 && whole.events() < 10);
    let mut run = start(LATE);
    let mut stops = 0;
    while run.advance(1e300, Budget::events(1)) == Stop::Budget {
        run = Simulation::restore(&run.save()).expect("it was saved");
        stops += 1;
        assert!(stops < 10);
    }
    assert!(all(&run) == all(&whole));
    assert_eq!(run.advance(1e300, Budget::events(1)), Stop::Unresolved);
    assert!(all(&run) == all(&whole));
    // At another temperature there may be longer times again, or none.
    run.set_beta(0.1).expect("it is allowed");
    assert_eq!(run.advance(1e300, Budget::events(1000)), Stop::Unresolved);
}
