//! The state that the moves keep up to date equals the one rebuilt from the spins:
//! spins, local fields, classes of bonds, their lists, end columns, energy.

use proptest::prelude::*;
use uphill::params::{Boundary, Dynamics, Initial, Params, Reservoirs};
use uphill::run::simulation::{Budget, Simulation};

/// H from the spins alone, bond by bond.
fn energy(run: &Simulation) -> i64 {
    let Params {
        lx, ly, boundary, ..
    } = *run.params();
    let spin = |x: u32, y: u32| i64::from(run.spin(x, y % ly));
    let mut bonds = 0;
    for y in 0..ly {
        for x in 0..lx {
            bonds += spin(x, y) * spin(x, y + 1);
            if x + 1 < lx {
                bonds += spin(x, y) * spin(x + 1, y);
            }
        }
    }
    for y in 0..ly {
        match boundary {
            Boundary::Fixed => bonds += spin(lx - 1, y) - spin(0, y),
            // Half a lattice away both sites of a pair read each other: one pair.
            Boundary::Shifted(s) if 2 * s == ly && y >= s => {}
            Boundary::Shifted(s) => {
                bonds += spin(0, y) * spin(0, y + s) + spin(lx - 1, y) * spin(lx - 1, y + s);
            }
        }
    }
    -bonds
}

fn small_params() -> impl Strategy<Value = Params> {
    let sizes = (2u32..=9, 3u32..=9);
    let numbers = (0.0f64..=1.5, -1.0f64..=1.0, -1.0f64..=1.0);
    let choices = (any::<bool>(), any::<bool>(), any::<u32>(), 0u64..1000);
    let numbers = (numbers, 0usize..3);
    (sizes, numbers, choices).prop_map(
        |((lx, ly), ((beta, m_right, m_left), reservoirs), (shifted, kinetic, s, seed))| Params {
            lx,
            ly,
            beta,
            m_right,
            m_left,
            boundary: if shifted {
                Boundary::Shifted(1 + s % (ly - 1))
            } else {
                Boundary::Fixed
            },
            dynamics: if kinetic {
                Dynamics::Kinetic
            } else {
                Dynamics::Metropolis
            },
            reservoirs: Reservoirs::ALL[reservoirs],
            initial: Initial::Random,
            seed,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn random_moves_keep_the_state_right(params in small_params()) {
        let mut run = Simulation::of_small_lattice(&params).expect("the parameters are allowed");
        for _ in 0..60 {
            run.advance(f64::INFINITY, Budget { events: 1, attempts: 10_000 });
            prop_assert!(run.configuration().is_consistent(), "after {} events", run.events());
            prop_assert_eq!(run.energy(), energy(&run));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn so_do_paintings(params in small_params(), touches in prop::collection::vec(
        (0u32..9, 0u32..9, 0u32..4, any::<bool>(), 0u64..20), 1..20,
    )) {
        let mut run = Simulation::of_small_lattice(&params).expect("the parameters are allowed");
        for (x, y, radius, up, events) in touches {
            let spin = if up { 1 } else { -1 };
            let before = run.sites();
            let (x, y) = (x % params.lx, y % params.ly);
            let turned = run.paint(x, y, radius, spin).expect("it is on the lattice");
            prop_assert_eq!(run.spin(x, y), spin);
            let differ = before.iter().zip(run.sites()).filter(|&(&old, new)| old != new);
            prop_assert_eq!(differ.count(), turned as usize);
            for _ in 0..=events {
                prop_assert!(run.configuration().is_consistent(), "after {} events", run.events());
                prop_assert_eq!(run.energy(), energy(&run));
                run.advance(f64::INFINITY, Budget { events: 1, attempts: 10_000 });
            }
        }
    }
}

#[test]
fn every_shift_on_thin_lattices() {
    for (lx, ly) in [(40, 4), (4, 40), (4, 4), (5, 7)] {
        for s in 1..ly {
            let params = Params {
                lx,
                ly,
                beta: 0.4,
                m_right: 0.3,
                m_left: -0.6,
                boundary: Boundary::Shifted(s),
                seed: s.into(),
                ..Params::default()
            };
            let mut run = Simulation::new(&params).expect("the parameters are allowed");
            for _ in 0..50 {
                run.advance(f64::INFINITY, Budget::events(37));
                assert!(run.configuration().is_consistent(), "{lx}x{ly}, shift {s}");
                assert_eq!(run.energy(), energy(&run), "{lx}x{ly}, shift {s}");
            }
        }
    }
}
