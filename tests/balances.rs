//! The two balances, exactly and at every moment: pluses come and go through the
//! reservoirs only, ΔN₊ = I_L − I_R, and a plus that moves a column to the right adds one
//! to the moment, Δ(Σ xη) = Q + I_L − Lx·I_R; what is painted by hand is accounted for in both.

use proptest::prelude::*;
use uphill::params::{Boundary, Dynamics, Initial, Params};
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
        prop::bool::weighted(0.8),
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
            prop_assert!(params.reservoirs || (injected, removed) == (0, 0));
        }
    }
}
