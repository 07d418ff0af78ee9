//! The two balances, exactly and at every moment: pluses come and go through the
//! reservoirs only, ΔN₊ = I_L − I_R, and a plus that moves a column to the right adds one
//! to the moment, Δ(Σ xη) = Q + I_L − Lx·I_R; what is painted by hand is accounted for in both.
//!
//! And that of the energy: ΔH = work of the flips + ΔH of the exchanges.

use proptest::prelude::*;
use uphill::params::{Boundary, Dynamics, Initial, Params, Reservoirs};
use uphill::run::simulation::{Budget, Simulation};

/// What is done to a run between two looks at it.
#[derive(Clone, Copy, Debug)]
enum Step {
    Moves {
        events: u64,
        attempts: u64,
    },
    Time(f64),
    MeasureAfresh,
    Paint {
        x: u32,
        y: u32,
        radius: u32,
        spin: i32,
    },
}

impl Step {
    fn take(self, run: &mut Simulation) {
        match self {
            Self::Moves { events, attempts } => {
                run.advance(f64::INFINITY, Budget { events, attempts });
            }
            Self::Time(time) => {
                run.advance(run.time() + time, Budget::UNLIMITED);
            }
            Self::MeasureAfresh => run.measure_afresh(),
            Self::Paint { x, y, radius, spin } => {
                let (x, y) = (x % run.params().lx, y % run.params().ly);
                run.paint(x, y, radius, spin).expect("it is on the lattice");
            }
        }
    }
}

/// The pluses on the lattice and the sum of their columns, x = 1…Lx.
fn pluses_and_moment(run: &Simulation, params: &Params) -> (i64, i64) {
    let mut pluses = 0;
    let mut moment = 0;
    for x in 0..params.lx {
        for y in 0..params.ly {
            if run.spin(x, y) == 1 {
                pluses += 1;
                moment += i64::from(x) + 1;
            }
        }
    }
    (pluses, moment)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        5 => (1..2000_u64, 1..50_000_u64)
            .prop_map(|(events, attempts)| Step::Moves { events, attempts }),
        3 => (1e-6..3.0).prop_map(Step::Time),
        1 => Just(Step::MeasureAfresh),
        2 => (0..40_u32, 0..40_u32, 0..50_u32, prop::bool::ANY).prop_map(|(x, y, radius, up)| {
            let spin = if up { 1 } else { -1 };
            Step::Paint { x, y, radius: radius % 8 + radius / 40 * radius, spin }
        }),
    ];
    prop::collection::vec(step, 1..40)
}

fn params() -> impl Strategy<Value = Params> {
    let boundary = |ly| prop_oneof![Just(Boundary::Fixed), (1..ly).prop_map(Boundary::Shifted)];
    let initial = |lx| {
        prop_oneof![
            4 => Just(Initial::Step),
            2 => Just(Initial::Random),
            1 => Just(Initial::Plus),
            1 => Just(Initial::Minus),
            2 => (1..lx).prop_map(Initial::Stripe),
        ]
    };
    let magnetization = || prop_oneof![8 => -1.0..=1.0, 1 => Just(1.0), 1 => Just(-1.0)];
    let dynamics = prop_oneof![Just(Dynamics::Kinetic), Just(Dynamics::Metropolis)];
    let size = (4..=40_u32, 4..=40_u32);
    let rest = (
        0.0..3.0,
        magnetization(),
        magnetization(),
        prop_oneof![
            3 => Just(Reservoirs::On),
            1 => Just(Reservoirs::Off),
            2 => Just(Reservoirs::Balanced),
        ],
    );
    (size, dynamics, rest, 0..1_u64 << 53).prop_flat_map(move |(size, dynamics, rest, seed)| {
        let (lx, ly) = size;
        let (beta, m_left, m_right, reservoirs) = rest;
        (boundary(ly), initial(lx)).prop_map(move |(boundary, initial)| Params {
            lx,
            ly,
            beta,
            m_left,
            m_right,
            boundary,
            reservoirs,
            dynamics,
            initial,
            seed,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn hold_at_every_moment(params in params(), steps in steps()) {
        let mut run = Simulation::new(&params).expect("valid parameters");
        let (pluses, moment) = pluses_and_moment(&run, &params);
        for step in steps {
            step.take(&mut run);
            let (pluses_now, moment_now) = pluses_and_moment(&run, &params);
            let (injected, removed) = (run.injected(), run.removed());
            let painted = run.painted().map_or((0, 0), |painted| (painted.pluses, painted.moment));
            prop_assert_eq!(pluses_now - pluses, injected - removed + painted.0);
            prop_assert_eq!(
                moment_now - moment,
                run.crossings() + injected - i64::from(params.lx) * removed + painted.1
            );
            prop_assert!(params.reservoirs.flip() || (injected, removed) == (0, 0));
        }
    }
}

/// H without its outer part, and that part with the outer spins of `walls`, from spins x·Ly + y.
fn energies(params: &Params, up: &[u8], walls: &[u8]) -> (i64, i64) {
    let (lx, ly) = (params.lx, params.ly);
    let of = |spins: &[u8], x: u32, y: u32| 2 * i64::from(spins[(x * ly + y % ly) as usize]) - 1;
    let (mut bonds, mut outer) = (0, 0);
    for y in 0..ly {
        for x in 0..lx {
            bonds -= of(up, x, y) * of(up, x, y + 1);
            if x + 1 < lx {
                bonds -= of(up, x, y) * of(up, x + 1, y);
            }
        }
        let [left, right] = match params.boundary {
            Boundary::Fixed => [-1, 1],
            Boundary::Shifted(s) => [0, lx - 1].map(|x| of(walls, x, y + ly - s)),
        };
        outer -= of(up, 0, y) * left + of(up, lx - 1, y) * right;
    }
    (bonds, outer)
}

/// What a move costs: the outer spins keep the values that they have before it.
fn cost(params: &Params, before: &[u8], after: &[u8]) -> i64 {
    let (was, is) = (
        energies(params, before, before),
        energies(params, after, before),
    );
    is.0 + is.1 - was.0 - was.1
}

fn small_params() -> impl Strategy<Value = Params> {
    let numbers = (0.0..1.5, -1.0..=1.0, -1.0..=1.0, 0..2_usize, 0..1000_u64);
    let choices = (0..3_usize, prop::bool::ANY, 0..8_u32);
    ((2..=7_u32, 3..=7_u32), numbers, choices).prop_map(
        |((lx, ly), (beta, m_left, m_right, dynamics, seed), (reservoirs, shifted, s))| Params {
            lx,
            ly,
            beta,
            m_left,
            m_right,
            boundary: if shifted {
                Boundary::Shifted(1 + s % (ly - 1))
            } else {
                Boundary::Fixed
            },
            reservoirs: Reservoirs::ALL[reservoirs],
            dynamics: Dynamics::ALL[dynamics],
            initial: Initial::Random,
            seed,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Every move is seen from outside, and its cost is taken from the definition.
    #[test]
    fn energy_is_paid_for(params in small_params(), painted in prop::collection::vec(
        (0..7_u32, 0..7_u32, 0..3_u32, prop::bool::ANY, 0..60_u64), 1..6,
    )) {
        let mut run = Simulation::of_small_lattice(&params).expect("valid parameters");
        for (x, y, radius, up, events) in painted {
            let spin = if up { 1 } else { -1 };
            run.paint(x % params.lx, y % params.ly, radius, spin).expect("it is on the lattice");
            if events % 3 == 0 {
                run.measure_afresh();
            } else if events % 3 == 1 {
                run = Simulation::restore(&run.save()).unwrap_or(run);
            }
            let known = run.paid().expect("it is of this version");
            let (energy, heat) = (run.energy(), run.heat().expect("it is of this version"));
            let (mut work, mut squares, mut given) = (known.work, known.squares, heat);
            let mut stray = known.stray;
            for _ in 0..events {
                let (before, count) = (run.sites(), run.events());
                let was = run.energy();
                run.advance(f64::INFINITY, Budget { events: 1, attempts: 10_000 });
                if run.events() == count {
                    continue;
                }
                let after = run.sites();
                let paid = cost(&params, &before, &after);
                let turned: Vec<usize> =
                    (0..after.len()).filter(|&site| before[site] != after[site]).collect();
                if turned.len() == 1 {
                    let side = usize::from(turned[0] >= params.ly as usize);
                    work[side] += paid;
                    squares[side] += (paid * paid) as u64;
                } else {
                    given -= paid;
                }
                stray += run.energy() - was - paid;
                let now = run.paid().expect("it is of this version");
                prop_assert_eq!(now.work, work);
                prop_assert_eq!(now.squares, squares);
                prop_assert_eq!(run.heat(), Some(given));
                prop_assert_eq!(now.stray, stray);
                prop_assert!(run.configuration().is_consistent());
            }
            if params.has_energy() {
                prop_assert_eq!(stray, 0);
                let flips: i64 = (0..2).map(|side| work[side] - known.work[side]).sum();
                prop_assert_eq!(run.energy() - energy, flips - (given - heat));
            }
        }
    }
}
