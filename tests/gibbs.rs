//! Without reservoirs the pluses are conserved, and where detailed balance holds, with
//! fixed walls and with shifted ones of s = Ly/2, the stationary state of their sector has
//! the Gibbs weights e^{−βH}. With any other shift it has not, for no detailed balance
//! holds.

use std::collections::BTreeMap;

use crate::significance::{Replicas, normal_of_chi_squared, p_value};
use uphill::master_equation::{MasterEquation, SmallLattice, State, Stationary, configuration};
use uphill::params::{Boundary, Dynamics, Initial, Params, Reservoirs};
use uphill::run::simulation::{Budget, Simulation};

use Boundary::{Fixed, Shifted};

/// The probability that a correct engine fails one comparison, had the seeds not been
/// fixed.
const FALSE_ALARM: f64 = 1e-4;
const BOTH: [Dynamics; 2] = [Dynamics::Kinetic, Dynamics::Metropolis];

fn sector(lx: u32, ly: u32, boundary: Boundary) -> Params {
    Params {
        lx,
        ly,
        beta: 0.2,
        boundary,
        reservoirs: Reservoirs::Off,
        initial: Initial::Random,
        ..Params::default()
    }
}

/// Sectors of 924 states, six pluses on twelve sites.
fn reversible_sectors() -> Vec<Params> {
    vec![
        sector(4, 3, Fixed),
        sector(3, 4, Fixed),
        sector(3, 4, Shifted(2)),
        sector(2, 6, Shifted(3)),
    ]
}

fn start(params: &Params, dynamics: Dynamics, seed: u64) -> Simulation {
    let params = Params {
        dynamics,
        seed,
        ..params.clone()
    };
    Simulation::of_small_lattice(&params).expect("valid parameters")
}

/// The Gibbs probability of each state of the sector.
fn gibbs_probabilities(params: &Params) -> BTreeMap<State, f64> {
    let lattice = SmallLattice::new(params);
    let weight = |state| libm::exp(-params.beta * f64::from(lattice.energy(state)));
    let sum: f64 = lattice.states().into_iter().map(weight).sum();
    let states = lattice.states().into_iter();
    states.map(|state| (state, weight(state) / sum)).collect()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(p, q)| (p - q).abs()).sum::<f64>() / 2.0
}

#[test]
fn gibbs_weights_solve_the_reversible_master_equation() {
    for params in reversible_sectors() {
        let equation = MasterEquation::new(&params);
        let gibbs = equation.gibbs();
        assert!(equation.imbalance(&gibbs) < 1e-13, "{params:?}");
        assert!(equation.irreversibility(&gibbs) < 1e-13, "{params:?}");
        assert!(
            distance(&gibbs, &equation.stationary().expect("they are solved")) < 1e-10,
            "{params:?}"
        );
    }
}

/// The walls that look one way keep probability flowing around: neither the Gibbs weights
/// nor any others are in detailed balance.
#[test]
fn gibbs_weights_do_not_solve_the_other_shifts() {
    for (ly, shift) in [(4, 1), (4, 3), (5, 2), (5, 1)] {
        let params = sector(3, ly, Shifted(shift));
        let stationary = Stationary::of(&params).expect("the balance equations are solved");
        let equation = stationary.equation();
        let gibbs = equation.gibbs();
        assert!(equation.imbalance(&gibbs) > 1e-2, "{params:?}");
        assert!(
            distance(&gibbs, stationary.distribution()) > 1e-2,
            "{params:?}"
        );
        let circulation = equation.irreversibility(stationary.distribution());
        assert!(circulation > 1e-3, "{params:?}");
    }
}

/// Energies of a smaller share are visited too seldom for a normal scatter.
const RARE: f64 = 1e-3;
/// Simulated time between two snapshots.
const SPACING: f64 = 50.0;
const SNAPSHOTS: u32 = 20_000;

/// From wherever one snapshot finds the lattice, the next finds it in the stationary
/// state, to one part in a thousand: χ² may take them for independent.
#[test]
fn snapshots_are_independent() {
    for params in reversible_sectors() {
        let equation = MasterEquation::new(&params);
        let gibbs = equation.gibbs();
        let lattice = SmallLattice::new(&params);
        let energy = |state: &State| lattice.energy(*state);
        let ends = [
            lattice.states().into_iter().min_by_key(energy),
            lattice.states().into_iter().max_by_key(energy),
        ];
        for state in ends.into_iter().flatten() {
            let later = equation.evolved(&equation.concentrated(state), SPACING);
            assert!(distance(&later, &gibbs) < 1e-3, "{params:?}");
        }
    }
}

/// Snapshots at equally spaced times, state by state.
#[test]
fn snapshots_have_gibbs_weights() {
    for params in reversible_sectors() {
        let expected = gibbs_probabilities(&params);
        for dynamics in BOTH {
            let counts = snapshots(&params, dynamics);
            let (chi_squared, freedom) = chi_squared(&expected, &counts);
            let p = p_value(normal_of_chi_squared(chi_squared, freedom));
            println!("χ² = {chi_squared:.1} for {freedom}, p = {p:.3}");
            assert!(
                p > FALSE_ALARM,
                "{dynamics:?}, {params:?}: χ² = {chi_squared:.1} for {freedom}, p = {p:e}"
            );
        }
    }
}

fn snapshots(params: &Params, dynamics: Dynamics) -> BTreeMap<State, u32> {
    let mut run = start(params, dynamics, 7);
    let mut counts = BTreeMap::new();
    for n in 1..=SNAPSHOTS {
        run.advance(SPACING * f64::from(n), Budget::UNLIMITED);
        *counts.entry(configuration(&run.sites())).or_insert(0) += 1;
    }
    counts
}

/// Pearson's χ² and its degrees of freedom. States are taken from the rarest on and
/// pooled until ten snapshots are expected of each pool.
fn chi_squared(expected: &BTreeMap<State, f64>, counts: &BTreeMap<State, u32>) -> (f64, f64) {
    assert!(counts.keys().all(|state| expected.contains_key(state)));
    let mut states: Vec<(&State, &f64)> = expected.iter().collect();
    states.sort_by(|a, b| a.1.total_cmp(b.1));
    let (mut sum, mut pools) = (0.0, 0.0);
    let (mut mean, mut count) = (0.0, 0.0);
    for (state, probability) in states {
        mean += probability * f64::from(SNAPSHOTS);
        count += f64::from(counts.get(state).copied().unwrap_or(0));
        if mean >= 10.0 {
            sum += (count - mean) * (count - mean) / mean;
            pools += 1.0;
            (mean, count) = (0.0, 0.0);
        }
    }
    (sum, pools - 1.0)
}

/// Each state weighs its residence time, for either dynamics: the shares of time spent at
/// each energy, event by event.
#[test]
fn residence_times_have_gibbs_weights() {
    for params in reversible_sectors() {
        let mut expected = shares_of_energies(&params, &gibbs_probabilities(&params));
        expected.retain(|_, share| *share > RARE);
        let limit = FALSE_ALARM / expected.len() as f64;
        for dynamics in BOTH {
            let mut shares: BTreeMap<i32, Replicas> = BTreeMap::new();
            for seed in 0..48 {
                let residence = residence_times(&mut start(&params, dynamics, seed));
                let measured = shares_of_energies(&params, &residence);
                for energy in expected.keys() {
                    let share = measured.get(energy).copied().unwrap_or(0.0);
                    shares.entry(*energy).or_default().add(share);
                }
            }
            for (energy, share) in shares {
                let p = p_value(share.score(expected[&energy]));
                assert!(
                    p > limit,
                    "{dynamics:?}, {params:?}, H = {energy}: {} ± {}, exactly {}, p = {p:e}",
                    share.mean(),
                    share.error(),
                    expected[&energy]
                );
            }
        }
    }
}

/// How long a run stays in each state, from the time that it is relaxed.
fn residence_times(run: &mut Simulation) -> BTreeMap<State, f64> {
    run.advance(2.0 * SPACING, Budget::UNLIMITED);
    let end = run.time() + 1000.0;
    let mut times = BTreeMap::new();
    while run.time() < end {
        let (state, since) = (configuration(&run.sites()), run.time());
        run.advance(end, Budget::events(1));
        *times.entry(state).or_insert(0.0) += run.time() - since;
    }
    times
}

/// The weights of all states by their energy, normalised.
fn shares_of_energies(params: &Params, weights: &BTreeMap<State, f64>) -> BTreeMap<i32, f64> {
    let lattice = SmallLattice::new(params);
    let sum: f64 = weights.values().sum();
    let mut shares = BTreeMap::new();
    for (&state, weight) in weights {
        *shares.entry(lattice.energy(state)).or_insert(0.0) += weight / sum;
    }
    shares
}
