//! The engine against the master equation: both dynamics reach the stationary state of
//! lattices of up to 16 sites that is solved for exactly, in the current by every
//! estimator, in the profile and in the energy.
//!
//! At β = 0 the exclusion process is exact at any size, and takes their place there.
//!
//! Every quantity is measured in independent runs of equal length, so that its
//! standard error is that of their scatter and owes nothing to the engine's own error
//! bars. The solver itself is tested in master_equation.rs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::exclusion;
use crate::significance::{Replicas, normal_of_chi_squared, p_value};
use crate::validation::{self, lattice as place};
use serde::Serialize;
use uphill::configuration::Paths;
use uphill::master_equation::{SmallLattice, Stationary, configuration};
use uphill::notation;
use uphill::params::{Boundary, Dynamics, Params, Reservoirs};
use uphill::run::budget::EnergyBudget;
use uphill::run::report::Report;
use uphill::run::simulation::{Budget, Simulation};

use Boundary::{Fixed, Shifted};

/// Independent runs of one lattice.
const RUNS: u64 = 32;
/// Relaxation in units of the measured time. Propagated exactly from the step, the
/// slowest of the lattices keeps a share e^(−t/300) of it and is given 10,000.
const RELAXATION: f64 = 0.2;
/// The probability that a correct engine fails one test of many comparisons, had the
/// seeds not been fixed.
const FALSE_ALARM: f64 = 1e-3;
/// The largest relative error of a mean current that is not zero.
const POWER: f64 = 0.01;

/// A lattice and how long each of its runs is measured.
struct Case {
    params: Params,
    time: f64,
}

fn open(size: (u32, u32), beta: f64, boundary: Boundary, m: (f64, f64), time: f64) -> Case {
    Case {
        params: Params {
            lx: size.0,
            ly: size.1,
            beta,
            m_left: m.0,
            m_right: m.1,
            boundary,
            ..Params::default()
        },
        time,
    }
}

fn closed(size: (u32, u32), beta: f64, boundary: Boundary, time: f64) -> Case {
    let mut case = open(size, beta, boundary, (0.0, 0.0), time);
    case.params.reservoirs = Reservoirs::Off;
    case
}

fn balanced(size: (u32, u32), beta: f64, boundary: Boundary, m: (f64, f64), time: f64) -> Case {
    let mut case = open(size, beta, boundary, m, time);
    case.params.reservoirs = Reservoirs::Balanced;
    case
}

/// Every β, shift and kind of reservoir for which a wrong reading of the model would
/// show: the outer spin is a neighbour for s = 1 and s = Ly − 1, and looks back for
/// s = Ly/2.
fn cases() -> Vec<Case> {
    vec![
        open((4, 4), 0.0, Fixed, (-0.6, 0.6), 2e3),
        open((3, 5), 0.0, Shifted(2), (-0.8, 0.3), 2e3),
        open((4, 3), 0.2, Fixed, (-0.9, 0.9), 5e3),
        open((2, 8), 0.2, Shifted(4), (0.5, 0.5), 5e3),
        open((5, 3), 0.2, Shifted(1), (0.9, -0.4), 5e3),
        open((4, 4), 0.44, Shifted(1), (0.2, 0.9), 2e4),
        open((5, 3), 0.44, Fixed, (-1.0, 1.0), 5e4),
        open((3, 4), 0.44, Shifted(3), (0.7, 0.2), 2e4),
        open((2, 7), 0.44, Shifted(2), (-0.5, 1.0), 5e3),
        open((2, 3), 0.6, Fixed, (-0.3, 0.3), 2e4),
        open((4, 4), 0.6, Fixed, (-0.9, 0.9), 3e4),
        open((4, 4), 0.6, Shifted(2), (-0.8, 0.8), 2e4),
        open((2, 8), 0.6, Shifted(3), (-0.9, 0.5), 5e3),
        open((3, 5), 0.6, Fixed, (0.4, 0.4), 5e3),
        open((4, 4), 0.8, Shifted(1), (-0.7, 0.7), 2e4),
        open((5, 3), 0.8, Shifted(2), (-0.8, 0.8), 2e4),
        open((3, 5), 0.8, Fixed, (-0.9, 0.9), 2e4),
        open((4, 4), 1.0, Fixed, (-0.9, 0.9), 2e4),
        open((4, 4), 1.0, Shifted(3), (-0.9, 0.9), 2e4),
        balanced((4, 4), 0.0, Shifted(1), (-0.6, 0.6), 2e3),
        balanced((4, 4), 0.3, Fixed, (-0.9, 0.9), 1e4),
        balanced((5, 3), 0.44, Fixed, (-1.0, 1.0), 5e4),
        balanced((3, 5), 0.44, Shifted(1), (0.5, 0.5), 1e4),
        balanced((2, 7), 0.44, Shifted(2), (-0.5, 1.0), 5e3),
        balanced((4, 4), 0.6, Fixed, (0.4, 0.4), 2e4),
        balanced((4, 4), 0.4, Shifted(2), (-0.8, 0.8), 2e4),
        balanced((2, 8), 0.5, Shifted(4), (-0.9, 0.3), 1e4),
        closed((4, 4), 0.6, Fixed, 2e4),
        closed((3, 5), 0.44, Shifted(1), 2e4),
        closed((2, 8), 0.6, Shifted(3), 2e4),
    ]
}

/// Lattices of the paper's size, at β = 0.
fn exclusion_cases() -> Vec<Case> {
    vec![
        open((40, 12), 0.0, Fixed, (-0.9, 0.9), 1000.0),
        open((40, 10), 0.0, Shifted(2), (-0.2, 1.0), 1000.0),
    ]
}

/// Relaxation of those, in units of Lx²: of what dies out slowest, e^(−π²·1.2) is left, 10⁻⁵.
const EXCLUSION_RELAXATION: f64 = 1.2;

/// The named quantities of one lattice.
type Values = BTreeMap<String, f64>;

/// The cases and their exact solutions, found once for all tests.
static SOLVED: LazyLock<Vec<(Case, Values)>> = LazyLock::new(|| {
    let small = cases().into_iter().map(|case| {
        let values = exact_values(&case.params);
        (case, values)
    });
    let large = exclusion_cases().into_iter().map(|case| {
        let values = exclusion_values(&case.params);
        (case, values)
    });
    small.chain(large).collect()
});

fn columns(values: &mut Values, profile: &[f64]) {
    for (x, &m) in (1..).zip(profile) {
        values.insert(format!("m({x})"), m);
    }
}

/// Whether the entropy production follows from the heat.
fn has_entropy(params: &Params) -> bool {
    let beside = matches!(params.boundary, Shifted(s) if s == 1 || s + 1 == params.ly);
    params.reservoirs.flip() && !beside && params.m_left.abs() < 1.0 && params.m_right.abs() < 1.0
}

fn exact_values(params: &Params) -> Values {
    let stationary = Stationary::of(params).expect("the balance equations are solved");
    let profile = stationary.profile();
    let (first, last) = (profile[0], profile[profile.len() - 1]);
    let mut values = Values::new();
    columns(&mut values, &profile);
    let mut insert = |name: &str, value| values.insert(name.into(), value);
    insert("first column", first);
    insert("last column", last);
    insert("energy", stationary.energy());
    insert("J by rates", stationary.current());
    insert("J by count", stationary.current());
    if params.reservoirs.flip() {
        insert("J injected", stationary.injected());
        insert("J removed", stationary.removed());
    }
    if params.reservoirs.flip() {
        let [left, right] = stationary.power();
        insert("power of the left", left);
        insert("power of the right", right);
        insert("power", left + right);
        insert("power by count", left + right);
    }
    if params.reservoirs.flip() || !params.has_energy() {
        insert("heat", stationary.heat());
    }
    if has_entropy(params) {
        insert("entropy production", stationary.entropy_production());
    }
    if params.reservoirs == Reservoirs::On {
        insert("J of first column", (params.m_left - first) / 2.0);
        insert("J of last column", (last - params.m_right) / 2.0);
    }
    values
}

/// What is exact at β = 0.
fn exclusion_values(params: &Params) -> Values {
    let profile = exclusion::profile(params);
    let current = exclusion::current(params);
    let mut values = Values::new();
    columns(&mut values, &profile);
    let mut insert = |name: &str, value| values.insert(name.into(), value);
    insert("first column", profile[0]);
    insert("last column", profile[profile.len() - 1]);
    for name in ["J by rates", "J by count", "J injected", "J removed"] {
        insert(name, current);
    }
    insert("J of first column", current);
    insert("J of last column", current);
    insert(VARIANCE, exclusion::variance(params));
    values
}

/// That of the current, per time and row.
const VARIANCE: &str = "variance of the current";

/// It from the squares of what passes in each of successive units of time.
fn measured_variance(run: &mut Simulation, until: f64) -> f64 {
    let params = run.params().clone();
    let (width, rows) = (f64::from(params.lx + 1), f64::from(params.ly));
    let drift = exclusion::current(&params) * rows;
    let passed = |run: &Simulation| run.crossings() + run.injected() + run.removed();
    let (mut squares, mut steps, mut before) = (0.0, 0.0, passed(run));
    while run.time() < until {
        run.advance(run.time() + 1.0, Budget::UNLIMITED);
        let now = passed(run);
        let off = (now - before) as f64 / width - drift;
        squares += off * off;
        steps += 1.0;
        before = now;
    }
    squares / steps / rows
}

fn measured_values(params: &Params, report: &Report, budget: &EnergyBudget) -> Values {
    let first = report.first_column.mean.expect("a run has a mean");
    let last = report.last_column.mean.expect("a run has a mean");
    let mut values = Values::new();
    columns(&mut values, &report.profile);
    let mut insert = |name: &str, value: Option<f64>| {
        values.insert(name.into(), value.expect("a run has a mean"));
    };
    insert("first column", Some(first));
    insert("last column", Some(last));
    insert("energy", report.energy.mean);
    insert("J by rates", report.current.mean);
    insert("J by count", report.count.mean);
    if params.reservoirs.flip() {
        insert("J injected", report.left);
        insert("J removed", report.right);
    }
    if params.reservoirs.flip() {
        insert("power of the left", budget.left.mean);
        insert("power of the right", budget.right.mean);
        insert("power", budget.power.mean);
        insert("power by count", budget.count.mean);
    }
    if params.reservoirs.flip() || !params.has_energy() {
        insert("heat", budget.heat.mean);
    }
    if has_entropy(params) {
        insert("entropy production", budget.entropy_production.mean);
    }
    if params.reservoirs == Reservoirs::On {
        insert("J of first column", Some((params.m_left - first) / 2.0));
        insert("J of last column", report.from_last_column.mean);
    }
    values
}

/// One quantity of one lattice, measured and exact.
struct Comparison {
    place: String,
    quantity: String,
    measured: Replicas,
    exact: f64,
}

impl Comparison {
    fn score(&self) -> f64 {
        self.measured.score(self.exact)
    }

    fn line(&self) -> String {
        format!(
            "{}: {} = {:.9} ± {:.9}, exactly {:.9}, z = {:.2}",
            self.place,
            self.quantity,
            self.measured.mean(),
            self.measured.error(),
            self.exact,
            self.score(),
        )
    }
}

/// The runs of one lattice, and the ways through the event loop that they took.
fn measure(case: &Case, dynamics: Dynamics) -> (BTreeMap<String, Replicas>, Paths) {
    let mut paths = Paths::default();
    let mut replicas: BTreeMap<String, Replicas> = BTreeMap::new();
    for seed in 1..=RUNS {
        let params = Params {
            dynamics,
            seed,
            ..case.params.clone()
        };
        let mut run = Simulation::of_small_lattice(&params).expect("valid parameters");
        let is_large = params.lx * params.ly > 16;
        let relaxation = if is_large {
            EXCLUSION_RELAXATION * f64::from(params.lx * params.lx)
        } else {
            RELAXATION * case.time
        };
        run.advance(relaxation, Budget::UNLIMITED);
        run.measure_afresh();
        if is_large {
            let variance = measured_variance(&mut run, relaxation + case.time);
            replicas.entry(VARIANCE.into()).or_default().add(variance);
        }
        run.advance(relaxation + case.time, Budget::UNLIMITED);
        for (name, value) in measured_values(&params, &run.report(), &run.budget()) {
            replicas.entry(name).or_default().add(value);
        }
        let taken = run.configuration().paths();
        paths.others += taken.others;
        paths.worked_out += taken.worked_out;
        paths.exchanges += taken.exchanges;
        paths.across_edge += taken.across_edge;
        paths.lone += taken.lone;
        paths.silent += taken.silent;
    }
    (replicas, paths)
}

fn compare(dynamics: Dynamics) -> Vec<Comparison> {
    let of_case = |(case, exact): &(Case, Values)| -> Vec<Comparison> {
        let place = place(&case.params);
        let (measured, paths) = measure(case, dynamics);
        if case.params.lx * case.params.ly <= 16 {
            every_path_is_taken(&case.params, &paths);
        }
        measured
            .into_iter()
            .filter_map(|(quantity, measured)| {
                Some(Comparison {
                    place: place.clone(),
                    exact: *exact.get(&quantity)?,
                    quantity,
                    measured,
                })
            })
            .collect()
    };
    SOLVED.iter().flat_map(of_case).collect()
}

/// The fast ways through the event loop are those that are tested, wherever the lattice has them:
/// the bonds of a patch are in one piece where there are two rows below and two above.
fn every_path_is_taken(params: &Params, paths: &Paths) {
    let place = place(params);
    assert!(paths.worked_out > 0, "{place}: {paths:?}");
    assert!(
        paths.worked_out < paths.exchanges + paths.others,
        "{place}: {paths:?}"
    );
    assert!(paths.across_edge > 0, "{place}: {paths:?}");
    assert_eq!(
        paths.across_edge < paths.exchanges,
        params.ly >= 5,
        "{place}: {paths:?}"
    );
    // Two columns have none between them. Where the spins are half of either kind, it is rare.
    let rare = params.lx < 3 || !params.reservoirs.flip();
    assert!(rare || paths.silent > 0, "{place}: {paths:?}");
}

/// All comparisons of one dynamics, as the validation page has them.
#[derive(Serialize)]
struct Found {
    dynamics: &'static str,
    runs: u64,
    comparisons: Vec<Compared>,
}

#[derive(Serialize)]
struct Compared {
    lattice: String,
    quantity: String,
    exact: String,
    measured: String,
    z: f64,
}

fn leave(dynamics: Dynamics, comparisons: &[Comparison]) {
    let name = validation::dynamics(dynamics);
    let compared = |comparison: &Comparison| Compared {
        lattice: comparison.place.clone(),
        quantity: comparison.quantity.clone(),
        exact: exactly(comparison.exact),
        measured: notation::with_error(comparison.measured.mean(), comparison.measured.error()),
        z: comparison.score(),
    };
    let found = Found {
        dynamics: name,
        runs: RUNS,
        comparisons: comparisons.iter().map(compared).collect(),
    };
    validation::leave(&format!("exact-{}", name.to_lowercase()), found);
}

/// An exact value; what is zero by symmetry comes out of the solver as less than 10⁻¹².
fn exactly(value: f64) -> String {
    let zero = value.abs() < 1e-12;
    notation::plain(if zero { 0.0 } else { value }, 7)
}

/// No comparison of all is less probable than the family of them allows.
fn none_is_improbable(comparisons: &[Comparison]) {
    let limit = FALSE_ALARM / comparisons.len() as f64;
    let wrong: Vec<String> = comparisons
        .iter()
        .filter(|comparison| p_value(comparison.score()) < limit)
        .map(Comparison::line)
        .collect();
    assert!(wrong.is_empty(), "p < {limit:e}:\n{}", wrong.join("\n"));
}

/// The squared scores of one quantity over all lattices, which are independent, sum up
/// to χ²: neither too far from the truth nor too close to it. This finds a bias that
/// is too small to show in any lattice alone.
fn scores_are_normal(comparisons: &[Comparison]) {
    let mut squares: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for comparison in comparisons.iter().filter(|c| !c.quantity.starts_with("m(")) {
        squares
            .entry(&comparison.quantity)
            .or_default()
            .push(comparison.score() * comparison.score());
    }
    let limit = FALSE_ALARM / squares.len() as f64;
    for (quantity, squares) in squares {
        let (sum, freedom) = (squares.iter().sum::<f64>(), squares.len() as f64);
        let p = p_value(normal_of_chi_squared(sum, freedom));
        println!("{quantity}: χ² = {sum:.1} for {freedom} lattices, p = {p:.3}");
        assert!(
            p > limit,
            "{quantity}: χ² = {sum:.1} for {freedom} lattices, p = {p:e}"
        );
    }
}

/// A comparison that could not fail would prove nothing.
fn currents_are_precise(comparisons: &[Comparison]) {
    let rough: Vec<String> = comparisons
        .iter()
        .filter(|comparison| comparison.quantity == "J by rates")
        .filter(|comparison| comparison.exact.abs() > 1e-12)
        .filter(|comparison| comparison.measured.error() > POWER * comparison.exact.abs())
        .map(Comparison::line)
        .collect();
    assert!(rough.is_empty(), "too rough:\n{}", rough.join("\n"));
}

fn reaches_the_exact_state(dynamics: Dynamics) {
    let comparisons = compare(dynamics);
    let least = comparisons
        .iter()
        .map(|comparison| p_value(comparison.score()))
        .fold(1.0, f64::min);
    println!("{} comparisons, least p = {least:.2e}", comparisons.len());
    leave(dynamics, &comparisons);
    currents_are_precise(&comparisons);
    scores_are_normal(&comparisons);
    none_is_improbable(&comparisons);
}

#[test]
fn kinetic_reaches_the_exact_state() {
    reaches_the_exact_state(Dynamics::Kinetic);
}

#[test]
fn metropolis_reaches_the_exact_state() {
    reaches_the_exact_state(Dynamics::Metropolis);
}

/// A configuration's energy is the same number for engine and solver, all along a run.
#[test]
fn energies_of_configurations_agree() {
    for case in cases() {
        let lattice = SmallLattice::new(&case.params);
        let mut run = Simulation::of_small_lattice(&case.params).expect("valid parameters");
        for _ in 0..200 {
            let energy = i64::from(lattice.energy(configuration(&run.sites())));
            assert_eq!(run.energy(), energy, "{}", place(&case.params));
            run.advance(f64::INFINITY, Budget::events(3));
        }
    }
}

/// Across any column pass as many pluses: the three counts of J agree, and are what the
/// end columns lack of their reservoirs, J = (⟨m(Lx)⟩ − m₊)/2 = (m₋ − ⟨m(1)⟩)/2.
#[test]
fn exact_currents_agree() {
    for (case, exact) in SOLVED.iter() {
        let current = exact["J by rates"];
        for (name, other) in exact.iter().filter(|(name, _)| name.starts_with('J')) {
            let place = place(&case.params);
            assert!(
                (other - current).abs() < 1e-10,
                "{place}: {name} {other}, not {current}"
            );
        }
    }
}
