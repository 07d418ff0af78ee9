//! The exact solution of small lattices, which the engine is held against in
//! exact_solutions.rs, itself held against what is known in closed form.

use uphill::master_equation::{Move, SmallLattice, State, Stationary, configuration, spin};
use uphill::params::{Boundary, Initial, Params, Reservoirs};
use uphill::run::simulation::Simulation;

use Boundary::{Fixed, Shifted};

/// A lattice between reservoirs of magnetizations `m`, left and right.
fn open(size: (u32, u32), beta: f64, boundary: Boundary, m: (f64, f64)) -> Params {
    Params {
        lx: size.0,
        ly: size.1,
        beta,
        m_left: m.0,
        m_right: m.1,
        boundary,
        ..Params::default()
    }
}

/// One without reservoirs.
fn closed(size: (u32, u32), beta: f64, boundary: Boundary) -> Params {
    Params {
        reservoirs: Reservoirs::Off,
        ..open(size, beta, boundary, (0.0, 0.0))
    }
}

/// The solver works on orbits of translations; its solution balances every single state.
#[test]
fn exact_solution_balances_every_state() {
    for boundary in [Fixed, Shifted(1), Shifted(2)] {
        let params = open((3, 4), 0.6, boundary, (-0.9, 0.5));
        let stationary = Stationary::of(&params).expect("the balance equations are solved");
        let lattice = SmallLattice::new(&params);
        let mut sum = 0.0;
        for state in lattice.states() {
            let (mut lost, mut gained) = (0.0, 0.0);
            for &change in lattice.moves() {
                // Every move undoes itself.
                let other = lattice.after(state, change);
                lost += stationary.probability(state) * lattice.rate(state, change);
                gained += stationary.probability(other) * lattice.rate(other, change);
            }
            assert!((gained - lost).abs() < 1e-13, "{state:b}: {gained} {lost}");
            sum += stationary.probability(state);
        }
        assert!((sum - 1.0).abs() < 1e-12);
    }
}

/// The energy difference of an exchange, from energies, is 2σᵢ(hᵢ − hⱼ) + 4, with hᵢ the
/// sum of the four neighbours of i.
#[test]
fn energy_differences_follow_from_local_fields() {
    for (lx, ly) in [(2, 3), (3, 4), (2, 5)] {
        for boundary in std::iter::once(Fixed).chain((1..ly).map(Shifted)) {
            let params = open((lx, ly), 1.0, boundary, (0.0, 0.0));
            let lattice = SmallLattice::new(&params);
            for state in lattice.states() {
                for &change in lattice.moves() {
                    let Move::Exchange { first, second, .. } = change else {
                        continue;
                    };
                    let sigma = spin(state, first);
                    if sigma != spin(state, second) {
                        let [h, k] = [first, second].map(|i| local_field(&params, state, i));
                        let rate = lattice.rate(state, change);
                        let cost = (2 * sigma * (h - k) + 4).max(0);
                        assert_eq!(rate, libm::exp(-f64::from(cost)), "{boundary:?} {state:b}");
                    }
                }
            }
        }
    }
}

fn local_field(params: &Params, state: State, site: u32) -> i32 {
    let (lx, ly) = (params.lx, params.ly);
    let (x, y) = (site / ly, site % ly);
    let outer = |wall| match params.boundary {
        Fixed => wall,
        Shifted(s) => spin(state, x * ly + (y + ly - s) % ly),
    };
    let left = if x > 0 {
        spin(state, site - ly)
    } else {
        outer(-1)
    };
    let right = if x + 1 < lx {
        spin(state, site + ly)
    } else {
        outer(1)
    };
    left + right + spin(state, x * ly + (y + 1) % ly) + spin(state, x * ly + (y + ly - 1) % ly)
}

/// At β = 0 between equal reservoirs all spins are independent.
#[test]
fn equal_reservoirs_at_infinite_temperature_give_the_product_measure() {
    for m in [0.0, 0.3, -0.95] {
        let stationary = Stationary::of(&open((4, 3), 0.0, Fixed, (m, m)))
            .expect("the balance equations are solved");
        for state in 0..1 << 12 {
            let product: f64 = (0..12)
                .map(|site| (1.0 + m * f64::from(spin(state, site))) / 2.0)
                .product();
            assert!((stationary.probability(state) - product).abs() < 1e-13);
        }
        // 4·3 vertical and 3·3 horizontal bonds; the two walls cancel.
        assert!((stationary.energy() + 21.0 * m * m / 12.0).abs() < 1e-12);
    }
}

/// At β = 0 every spin exchanges with either neighbour at rate 1, and a reservoir moves
/// the mean spin of its column by m± − σ: as an exchange at rate 1 with a column 0 or
/// Lx + 1 of magnetization m± would. So the profile is the straight line between them.
#[test]
fn profile_at_infinite_temperature_is_straight() {
    for ((lx, ly), (left, right)) in [
        ((4, 4), (-0.6, 0.6)),
        ((5, 3), (0.2, 1.0)),
        ((2, 8), (-1.0, 0.5)),
    ] {
        let stationary = Stationary::of(&open((lx, ly), 0.0, Shifted(1), (left, right)))
            .expect("the balance equations are solved");
        let slope = (right - left) / f64::from(lx + 1);
        for (x, m) in (1..).zip(stationary.profile()) {
            assert!((m - left - slope * f64::from(x)).abs() < 1e-10);
        }
        assert!((stationary.current() + slope / 2.0).abs() < 1e-10);
    }
}

/// Without reservoirs the shifted boundary knows no sign: with as many pluses as minuses
/// every column's mean is 0, whatever stands for however long.
#[test]
fn shifted_walls_do_not_hold_the_step() {
    for shift in 1..4 {
        let stationary = Stationary::of(&closed((4, 4), 1.0, Shifted(shift)))
            .expect("the balance equations are solved");
        assert!(stationary.profile().iter().all(|m| m.abs() < 1e-10));
    }
}

/// A conserved sector keeps the magnetization of its initial datum.
#[test]
fn conserved_sector_keeps_its_magnetization() {
    for (initial, pluses) in [
        (Initial::Step, 9),
        (Initial::Random, 7),
        (Initial::Stripe(1), 3),
    ] {
        let mut params = closed((5, 3), 0.6, Fixed);
        params.initial = initial;
        let total: f64 = Stationary::of(&params)
            .expect("the balance equations are solved")
            .profile()
            .iter()
            .sum::<f64>()
            * 3.0;
        assert!((total - f64::from(2 * pluses - 15)).abs() < 1e-10);
        let run = Simulation::of_small_lattice(&params).expect("valid parameters");
        assert_eq!(configuration(&run.sites()).count_ones(), pluses as u32);
    }
}
