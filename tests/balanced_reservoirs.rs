//! Balanced reservoirs, the control experiment, solved exactly on small lattices: where H is a
//! function of the spins, one field on both sides leaves the system in equilibrium with it, and
//! between two the current goes down; at β = 0 they are the usual reservoirs.

use crate::scans::{carried_out, experiment};
use uphill::master_equation::{MasterEquation, Stationary};
use uphill::params::{Boundary, Dynamics, Initial, Params, Reservoirs};
use uphill::run::simulation::{Budget, Simulation, Stop};
use uphill::scan::figures::Figure;

use Boundary::{Fixed, Shifted};

fn balanced(size: (u32, u32), beta: f64, boundary: Boundary, m: (f64, f64)) -> Params {
    Params {
        lx: size.0,
        ly: size.1,
        beta,
        boundary,
        m_left: m.0,
        m_right: m.1,
        reservoirs: Reservoirs::Balanced,
        ..Params::default()
    }
}

/// Small lattices on which the moves pay for the differences of a function of the spins.
fn with_energy() -> Vec<((u32, u32), Boundary)> {
    vec![
        ((2, 3), Fixed),
        ((3, 3), Fixed),
        ((4, 3), Fixed),
        ((2, 5), Fixed),
        ((3, 4), Fixed),
        ((2, 4), Shifted(2)),
        ((3, 4), Shifted(2)),
        ((2, 6), Shifted(3)),
    ]
}

#[test]
fn one_field_on_both_sides_is_equilibrium() {
    for (size, boundary) in with_energy() {
        for (beta, m) in [(0.3, 0.0), (0.3, 0.6), (0.7, -0.9), (1.0, 0.2)] {
            let params = balanced(size, beta, boundary, (m, m));
            let equation = MasterEquation::new(&params);
            let gibbs = equation.gibbs();
            assert!(equation.imbalance(&gibbs) < 1e-12, "{params:?}");
            assert!(equation.irreversibility(&gibbs) < 1e-12, "{params:?}");
            let exact = Stationary::of(&params).expect("the balance equations are solved");
            for (found, expected) in exact.distribution().iter().zip(&gibbs) {
                assert!((found - expected).abs() < 1e-11, "{params:?}");
            }
            for nothing in [
                exact.current(),
                exact.heat(),
                exact.power()[0],
                exact.power()[1],
            ] {
                assert!(nothing.abs() < 1e-10, "{params:?}: {nothing}");
            }
        }
    }
}

/// With one-way outer neighbours it is not: there is no energy to be in equilibrium with.
#[test]
fn without_an_energy_it_is_not() {
    let params = balanced((3, 5), 0.44, Shifted(2), (0.4, 0.4));
    let equation = MasterEquation::new(&params);
    let exact = Stationary::of(&params).expect("the balance equations are solved");
    assert!(equation.irreversibility(exact.distribution()) > 1e-3);
}

/// Entropy production is −2 Ly J (h′₊ − h′₋), which is why the current never climbs.
#[test]
fn the_current_never_climbs() {
    for (size, boundary) in with_energy() {
        for beta in [0.0, 0.2, 0.44, 0.8, 1.2] {
            for m in [
                (-0.9, 0.9),
                (-0.3, 0.3),
                (0.9, 0.2),
                (-0.999, 0.5),
                (0.5, 0.7),
            ] {
                let params = balanced(size, beta, boundary, m);
                let exact = Stationary::of(&params).expect("the balance equations are solved");
                let fields = libm::atanh(m.1) - libm::atanh(m.0);
                let produced = -2.0 * f64::from(size.1) * exact.current() * fields;
                assert!(produced >= -1e-11, "{params:?}: {produced}");
                let from_rates = exact.entropy_production();
                let off = (produced - from_rates).abs();
                assert!(
                    off < 1e-9 * from_rates.max(0.1),
                    "{params:?}: {produced}, {from_rates}"
                );
                let [left, right] = exact.power();
                assert!((left + right - exact.heat()).abs() < 1e-9, "{params:?}");
            }
            // The limit.
            let params = balanced(size, beta, boundary, (-1.0, 1.0));
            let exact = Stationary::of(&params).expect("the balance equations are solved");
            assert!(exact.current() < 0.0, "{params:?}: {}", exact.current());
        }
    }
}

#[test]
fn without_energy_they_are_the_usual_ones() {
    for (size, boundary) in with_energy().into_iter().chain([((3, 5), Shifted(1))]) {
        for m in [(-0.9, 0.9), (0.2, 1.0), (-1.0, 1.0), (0.3, 0.3)] {
            let params = balanced(size, 0.0, boundary, m);
            let usual = Params {
                reservoirs: Reservoirs::On,
                ..params.clone()
            };
            let [one, other] = [params, usual]
                .map(|params| Stationary::of(&params).expect("the balance equations are solved"));
            for (one, other) in one.distribution().iter().zip(other.distribution()) {
                assert!((one - other).abs() < 1e-12);
            }
        }
    }
}

/// |m| = 1 leaves the spins that it wants for ever.
#[test]
fn the_limit_freezes_what_it_wants() {
    for text in ["kinetic", "metropolis"] {
        let query = format!("L=6&m=1&mL=1&res=balanced&init=plus&seed=1&dyn={text}");
        let params = uphill::link::read(&query).params;
        let mut run = Simulation::new(&params).expect("valid parameters");
        assert_eq!(run.advance(1e6, Budget::UNLIMITED), Stop::Frozen);
        // From elsewhere it gets there.
        let params = Params {
            initial: Initial::Minus,
            beta: 0.3,
            ..params
        };
        let mut run = Simulation::new(&params).expect("valid parameters");
        assert_eq!(run.advance(1e6, Budget::UNLIMITED), Stop::Frozen);
        assert_eq!(run.configuration().lattice().plus(), 36);
        let report = run.report();
        assert_eq!(report.from_last_column.mean, None);
        let reason = report.from_last_column.reason.expect("a reason");
        assert!(reason.contains("names a field"), "{reason}");
    }
}

/// A scan between them: with both dynamics and at two fields J is the exact one, which goes down,
/// and what kind of reservoirs it is of is said. Four comparisons, off by 4.5 σ once in 40 000.
#[test]
fn scans_are_of_them_if_so_asked() {
    let text = "exp=exact&ms=0.5,0.9&betas=0.44&res=balanced&err=0.0005&relax=200&cap=1e6&seed=2";
    let found = carried_out(&experiment(text), u64::MAX, false, false);
    let mut compared = 0;
    for (number, point) in found.points().iter().enumerate() {
        assert_eq!(point.params.reservoirs, Reservoirs::Balanced);
        let group = &found.groups(number)[0];
        let (j, error) = (group.current.mean.unwrap(), group.current.error.unwrap());
        let exact = group.exact.expect("16 sites are solved");
        assert!(exact < 0.0, "{exact}");
        assert!(
            ((j - exact) / error).abs() < 4.5,
            "{j} ± {error} for {exact}"
        );
        compared += 1;
    }
    assert_eq!(compared, 4);
    let said = Figure::of(&found).findings(&found);
    let of_them = |text: &str| text.starts_with("Balanced reservoirs, the control");
    assert!(said.iter().any(|finding| of_them(&finding.text)));
    let usual = carried_out(
        &experiment("exp=exact&ms=0.5&betas=0.44&cap=1000&relax=10&seed=2"),
        u64::MAX,
        false,
        false,
    );
    let said = Figure::of(&usual).findings(&usual);
    assert!(!said.iter().any(|finding| of_them(&finding.text)));
}

/// What is painted counts from the very next move on: between reservoirs that ask for minus alone a
/// lattice of minus is frozen.
#[test]
fn what_is_painted_counts_at_once() {
    for dynamics in [Dynamics::Kinetic, Dynamics::Metropolis] {
        let mut params = balanced((4, 4), 0.0, Fixed, (-1.0, -1.0));
        params.dynamics = dynamics;
        let mut run = Simulation::new(&params).expect("allowed");
        assert_eq!(run.advance(0.5, Budget::UNLIMITED), Stop::Until);
        run.paint(1, 1, 8, -1).expect("it is on the lattice");
        assert!(run.is_frozen(), "{dynamics:?}");
        assert_eq!(run.advance(f64::INFINITY, Budget::events(10)), Stop::Frozen);
    }
}
