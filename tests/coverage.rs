//! Error bars with the stopping rule in force: a measurement ends at the first round at
//! which its error is at most a target, and yet the truth lies within one and two error
//! bars as often as it should, whether the series is anticorrelated, uncorrelated or slow.
//!
//! Each comparison allows two percentage points and three binomial standard deviations.
//! The seeds are fixed; with others, a program whose shares are off by one point fails
//! once in 10 000 of the comparisons of 2000 runs, of which there are about 300.

use crate::shares::{OFF, SIGMAS, Shares, in_parallel};
use crate::validation::{self, Coverage, Series};
use uphill::master_equation::Stationary;
use uphill::measure::blocking::Blocking;
use uphill::measure::replicas::{Combined, Replica};
use uphill::measure::rounds::{Decision, Rounds};
use uphill::params::{Boundary, Dynamics, Params, Reservoirs};
use uphill::random::Stream;
use uphill::run::budget::EnergyBudget;
use uphill::run::report::Report;
use uphill::run::simulation::{Budget, Simulation};

/// The normal variable that is exceeded once in 20 times.
const ONE_IN_20: f64 = 1.645;

/// What was known when a rule ended the measurement.
struct Ended {
    replica: Replica,
    error: f64,
}

/// Several stopping rules that watch the same series, each until it ends.
struct Watch {
    rules: Vec<Rounds>,
    ended: Vec<Option<Ended>>,
    capped: bool,
}

impl Watch {
    fn new(rules: &[Rounds]) -> Self {
        Watch {
            rules: rules.to_vec(),
            ended: rules.iter().map(|_| None).collect(),
            capped: false,
        }
    }

    fn is_over(&self) -> bool {
        self.capped || self.ended.iter().all(Option::is_some)
    }

    fn look(&mut self, round: u32, error: Option<f64>, replica: Option<Replica>) {
        for (rule, ended) in self.rules.iter().zip(&mut self.ended) {
            if ended.is_some() {
                continue;
            }
            match rule.decide(round, error) {
                Decision::Reached => {
                    let replica = replica.expect("an error is known");
                    let error = error.expect("an error is known");
                    *ended = Some(Ended { replica, error });
                }
                Decision::Capped => self.capped = true,
                Decision::Continue => {}
            }
        }
    }
}

fn coverage(what: &str, shares: &Shares) -> Coverage {
    Coverage {
        what: what.to_owned(),
        results: shares.results(),
        within: shares.within(),
        bias: shares.bias(),
    }
}

/// Complaints about the shares of every rule, alone and two replicas combined, which are also
/// added to what was found.
fn compare(
    what: &str,
    exact: f64,
    names: &[String],
    watches: &[&Watch],
    found: &mut Vec<Coverage>,
) -> Vec<String> {
    let mut complaints = Vec::new();
    let capped = watches.iter().filter(|watch| watch.capped).count();
    // What has no result would make those that have one a selection.
    if capped > 0 {
        complaints.push(format!("{what}: {capped} reached the cap"));
    }
    for (rule, name) in names.iter().enumerate() {
        let ended: Vec<&Ended> = watches
            .iter()
            .filter_map(|watch| watch.ended[rule].as_ref())
            .collect();
        let mut alone = Shares::default();
        for Ended { replica, error } in &ended {
            alone.add(replica.mean - exact, *error, replica.variance.sqrt());
        }
        let spans: f64 = ended.iter().map(|ended| ended.replica.span).sum();
        let name = format!("{what}, {name}, t = {:.0}", spans / ended.len() as f64);
        complaints.extend(alone.complaints(&name));
        found.push(coverage(&name, &alone));

        let mut together = Shares::default();
        let mut apart = 0.0;
        for pair in ended.chunks_exact(2) {
            let both = Combined::of(&[pair[0].replica, pair[1].replica]).expect("two replicas");
            together.add(both.mean - exact, both.error(), both.standard_error());
            let disagreement = both.disagreement().expect("two replicas");
            apart += f64::from(u8::from(disagreement > ONE_IN_20));
        }
        let of_two = format!("{name}, two replicas");
        complaints.extend(together.complaints(&of_two));
        found.push(coverage(&of_two, &together));
        let pairs = together.results();
        let share = apart / pairs;
        let bound = OFF + SIGMAS * (0.05 * 0.95 / pairs).sqrt();
        if (share - 0.05).abs() > bound {
            complaints.push(format!(
                "{name}: {share} of the pairs disagree, not 1 in 20"
            ));
        }
    }
    complaints
}

fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// x_i = φ x_{i−1} + noise, of mean zero.
struct Autoregression {
    phi: f64,
    x: f64,
    stream: Stream,
}

impl Autoregression {
    fn stationary(phi: f64, seed: u64) -> Self {
        let stream = Stream::new(seed, 0);
        let mut series = Autoregression {
            phi,
            x: 0.0,
            stream,
        };
        let memory = 1.0 / (1.0 - phi.abs());
        (0..(12.0 * memory) as u32).for_each(|_| {
            series.next();
        });
        series
    }

    fn next(&mut self) -> f64 {
        self.x = self.phi * self.x + (self.stream.unit() - 0.5);
        self.x
    }

    /// n times the variance of the mean of n → ∞ values.
    fn long_run_variance(phi: f64) -> f64 {
        1.0 / (12.0 * (1.0 - phi) * (1.0 - phi))
    }
}

/// A series of values in blocks, one value a time unit.
struct Record {
    blocking: Blocking,
    sum: f64,
    within: f64,
    in_block: u64,
    values: u64,
}

impl Record {
    fn new() -> Self {
        Record {
            blocking: Blocking::new(1, 1.0),
            sum: 0.0,
            within: 0.0,
            in_block: 0,
            values: 0,
        }
    }

    fn add(&mut self, value: f64) {
        self.sum += value;
        self.within += value;
        self.in_block += 1;
        self.values += 1;
        let step = self.blocking.step();
        if self.in_block as f64 == step {
            self.blocking.push(&[self.within / step], 1);
            (self.within, self.in_block) = (0.0, 0);
        }
    }
}

fn watch_autoregression(phi: f64, seed: u64, rules: &[Rounds]) -> Watch {
    let mut series = Autoregression::stationary(phi, seed);
    let mut record = Record::new();
    let mut watch = Watch::new(rules);
    let mut round = 0;
    while !watch.is_over() {
        while record.values < rules[0].end(round) {
            record.add(series.next());
        }
        let known = record.blocking.uncertainty(0).ok();
        let span = record.values as f64;
        let replica = known.map(|known| Replica {
            span,
            mean: record.sum / span,
            variance: known.variance,
            freedom: known.freedom,
        });
        watch.look(round, known.map(|known| known.error()), replica);
        round += 1;
    }
    watch
}

#[test]
fn of_autoregressions() {
    const SERIES: u64 = 4000;
    let (mut complaints, mut found) = (Vec::new(), Vec::new());
    for phi in [-0.9, -0.5, 0.0, 0.5, 0.9, 0.97, 0.99] {
        let memory: f64 = (1.0 + phi) / (1.0 - phi);
        let variance = Autoregression::long_run_variance(phi);
        let lengths = [4000.0, 150.0 * memory, 300.0 * memory];
        let lengths: Vec<f64> = lengths
            .into_iter()
            .filter(|&length| length >= (100.0 * memory).max(3000.0))
            .collect();
        let mut rules = vec![Rounds::new(f64::INFINITY, 1 << 20)];
        rules.extend(
            lengths
                .iter()
                .map(|&length| Rounds::new((variance / length).sqrt(), 1 << 20)),
        );
        let mut names = vec!["first error".to_owned()];
        names.extend(lengths.iter().map(|length| format!("error of {length:.0}")));
        let watches = in_parallel(SERIES, |seed| watch_autoregression(phi, seed, &rules));
        let watches: Vec<&Watch> = watches.iter().collect();
        let what = format!("φ = {}", phi.to_string().replace('-', "−"));
        complaints.extend(compare(&what, 0.0, &names, &watches, &mut found));
    }
    let found = Series {
        about: "autoregressions x = φ x + noise".to_owned(),
        rows: found,
    };
    validation::leave("coverage-autoregressions", found);
    assert_none(&complaints);
}

/// What a run has measured.
struct Seen {
    report: Report,
    budget: EnergyBudget,
}

impl Seen {
    fn of(run: &Simulation) -> Self {
        Seen {
            report: run.report(),
            budget: run.budget(),
        }
    }
}

/// An estimate of the report or of the energy budget and what it estimates.
struct Quantity {
    name: &'static str,
    replica: fn(&Seen) -> (Option<f64>, Option<Replica>),
    exact: fn(&Stationary) -> f64,
}

macro_rules! quantity {
    ($name:literal, $field:ident, $exact:expr) => {
        Quantity {
            name: $name,
            replica: |seen| {
                let estimate = &seen.report.$field;
                (estimate.error, Replica::of(estimate, seen.report.span))
            },
            exact: $exact,
        }
    };
}

/// The same of the energy budget.
macro_rules! energy {
    ($name:literal, $field:ident, $exact:expr) => {
        Quantity {
            name: $name,
            replica: |seen| {
                let estimate = &seen.budget.$field;
                (estimate.error, Replica::of(estimate, seen.report.span))
            },
            exact: $exact,
        }
    };
}

const POWER: Quantity = energy!("power", power, |exact| exact.power().iter().sum());
const POWER_COUNT: Quantity = energy!("power by count", count, |exact| exact.power().iter().sum());
const LEFT: Quantity = energy!("power of the left", left, |exact| exact.power()[0]);
const RIGHT: Quantity = energy!("power of the right", right, |exact| exact.power()[1]);
const HEAT: Quantity = energy!("heat", heat, Stationary::heat);
const ENTROPY: Quantity = energy!(
    "entropy production",
    entropy_production,
    Stationary::entropy_production
);
const EFFICIENCY: Quantity = energy!("efficiency", efficiency, Stationary::efficiency);
const ENERGIES: [Quantity; 7] = [POWER, POWER_COUNT, LEFT, RIGHT, HEAT, ENTROPY, EFFICIENCY];

const CURRENT: Quantity = quantity!("J by rates", current, Stationary::current);
const COUNT: Quantity = quantity!("J by count", count, Stationary::current);
const FROM_LAST_COLUMN: Quantity =
    quantity!("J of last column", from_last_column, Stationary::current);
const FIRST_COLUMN: Quantity = quantity!("first column", first_column, |exact| exact.profile()[0]);
const M_EQ: Quantity = quantity!("m_eq", m_eq, |exact| {
    let profile = exact.profile();
    (profile[profile.len() - 1] - profile[0]) / 2.0
});
const ENERGY: Quantity = quantity!("energy", energy, Stationary::energy);

/// Many short runs of one lattice.
struct Trial {
    /// Its name among the records.
    name: &'static str,
    params: Params,
    relaxation: f64,
    /// About how long the runs are when their errors reach the targets.
    length: f64,
}

impl Trial {
    fn start(&self, seed: u64) -> Simulation {
        let params = Params {
            seed,
            ..self.params.clone()
        };
        let mut run = Simulation::of_small_lattice(&params).expect("valid parameters");
        run.advance(self.relaxation, Budget::UNLIMITED);
        run.measure_afresh();
        run
    }

    /// The errors of the quantities after the trial's length, from a few other runs.
    fn errors(&self, quantities: &[Quantity]) -> Vec<f64> {
        const RUNS: u64 = 24;
        let seen = in_parallel(RUNS, |seed| {
            let mut run = self.start(1 << 40 | seed);
            run.advance(self.relaxation + 2.0 * self.length, Budget::UNLIMITED);
            Seen::of(&run)
        });
        let of = |quantity: &Quantity| {
            let variances: Vec<f64> = seen
                .iter()
                .filter_map(|seen| (quantity.replica)(seen).1)
                .map(|replica| replica.variance)
                .collect();
            (2.0 * variances.iter().sum::<f64>() / variances.len() as f64).sqrt()
        };
        quantities.iter().map(of).collect()
    }

    fn watch(&self, seed: u64, quantities: &[Quantity], rules: &[Vec<Rounds>]) -> Vec<Watch> {
        let mut run = self.start(seed);
        let mut watches: Vec<Watch> = rules.iter().map(|rules| Watch::new(rules)).collect();
        let mut round = 0;
        while !watches.iter().all(Watch::is_over) {
            let end = rules[0][0].end(round) as f64;
            run.advance(self.relaxation + end, Budget::UNLIMITED);
            let seen = Seen::of(&run);
            for (watch, quantity) in watches.iter_mut().zip(quantities) {
                let (error, replica) = (quantity.replica)(&seen);
                watch.look(round, error, replica);
            }
            round += 1;
        }
        watches
    }

    /// Holds the first errors that are given, and those at a target, against the truth.
    fn check(&self, quantities: &[Quantity]) {
        self.check_rules(quantities, &["first error", "target"]);
    }

    /// Holds the errors at a target against the truth.
    fn check_targets(&self, quantities: &[Quantity]) {
        self.check_rules(quantities, &["target"]);
    }

    fn check_rules(&self, quantities: &[Quantity], names: &[&str]) {
        const RUNS: u64 = 2000;
        let exact = Stationary::of(&self.params).expect("the balance equations are solved");
        let cap = 64 * self.length as u64;
        let rules: Vec<Vec<Rounds>> = self
            .errors(quantities)
            .into_iter()
            .map(|error| {
                let target = |name: &&str| {
                    if **name == *"target" {
                        error
                    } else {
                        f64::INFINITY
                    }
                };
                names
                    .iter()
                    .map(|name| Rounds::new(target(name), cap))
                    .collect()
            })
            .collect();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let runs = in_parallel(RUNS, |seed| self.watch(seed, quantities, &rules));
        let (mut complaints, mut found) = (Vec::new(), Vec::new());
        for (i, quantity) in quantities.iter().enumerate() {
            let watches: Vec<&Watch> = runs.iter().map(|watches| &watches[i]).collect();
            let exact = (quantity.exact)(&exact);
            complaints.extend(compare(quantity.name, exact, &names, &watches, &mut found));
        }
        let found = Series {
            about: format!(
                "{}, {}",
                validation::lattice(&self.params),
                validation::dynamics(self.params.dynamics)
            ),
            rows: found,
        };
        validation::leave(&format!("coverage-{}", self.name), found);
        assert_none(&complaints);
    }
}

fn lattice(size: (u32, u32), beta: f64, m: f64, boundary: Boundary, dynamics: Dynamics) -> Params {
    Params {
        lx: size.0,
        ly: size.1,
        beta,
        m_left: -m,
        m_right: m,
        boundary,
        dynamics,
        ..Params::default()
    }
}

const WITH_RESERVOIRS: [Quantity; 5] = [CURRENT, COUNT, FROM_LAST_COLUMN, FIRST_COLUMN, ENERGY];

#[test]
fn of_anticorrelated_currents() {
    Trial {
        name: "anticorrelated-currents",
        params: lattice((3, 3), 0.44, 0.6, Boundary::Fixed, Dynamics::Kinetic),
        relaxation: 100.0,
        length: 3000.0,
    }
    .check(&WITH_RESERVOIRS);
}

#[test]
fn of_metropolis_runs() {
    Trial {
        name: "metropolis-runs",
        params: lattice((2, 4), 0.3, 0.8, Boundary::Shifted(1), Dynamics::Metropolis),
        relaxation: 100.0,
        length: 3000.0,
    }
    .check(&WITH_RESERVOIRS);
}

#[test]
fn of_a_shifted_square() {
    Trial {
        name: "shifted-square",
        params: lattice((4, 4), 0.6, 0.9, Boundary::Shifted(2), Dynamics::Kinetic),
        relaxation: 200.0,
        length: 4000.0,
    }
    .check(&WITH_RESERVOIRS);
}

/// At β = 1 the interface between the phases takes 30 time units to move, while the
/// current forgets within one.
#[test]
fn of_slow_energies() {
    Trial {
        name: "slow-energies",
        params: lattice((3, 3), 1.0, 0.9, Boundary::Fixed, Dynamics::Kinetic),
        relaxation: 500.0,
        length: 7000.0,
    }
    .check(&WITH_RESERVOIRS);
}

/// Walkers from the walls reach the interface: what the reservoirs bring is weighed in J, as soon
/// as two fifths of the measurement have shown how much.
#[test]
fn of_weighed_reservoirs() {
    let trial = Trial {
        name: "weighed-reservoirs",
        params: lattice((5, 3), 1.0, 0.97, Boundary::Fixed, Dynamics::Kinetic),
        relaxation: 500.0,
        length: 20000.0,
    };
    for seed in 0..20 {
        let mut run = trial.start(seed);
        assert_eq!(run.reservoir_weights(), [0.0; 2]);
        run.advance(trial.relaxation + trial.length, Budget::UNLIMITED);
        let [left, right] = run.reservoir_weights();
        assert!(
            left < 0.0 && right < 0.0,
            "{left}, {right} with seed {seed}"
        );
    }
    trial.check(&WITH_RESERVOIRS);
}

/// Without reservoirs only the walls pull the pluses to the right: about twice in 100 time
/// units some go astray for 15 of them. Mean and error are both low where few have, so no
/// error is given before some have; those runs that get one first have too large a one, by
/// selection, and only the targets are held against the truth here.
#[test]
fn of_rare_excursions() {
    let mut params = lattice((2, 3), 0.44, 0.0, Boundary::Fixed, Dynamics::Kinetic);
    params.reservoirs = Reservoirs::Off;
    Trial {
        name: "rare-excursions",
        params,
        relaxation: 500.0,
        length: 8000.0,
    }
    .check_targets(&[CURRENT, M_EQ, ENERGY]);
}

#[test]
fn of_energy_budgets() {
    Trial {
        name: "energy-budget",
        params: lattice((3, 3), 0.44, 0.6, Boundary::Fixed, Dynamics::Kinetic),
        relaxation: 100.0,
        length: 4000.0,
    }
    .check_targets(&ENERGIES);
}

#[test]
fn of_energy_budgets_of_metropolis() {
    Trial {
        name: "energy-budget-metropolis",
        params: lattice((4, 4), 0.6, 0.9, Boundary::Shifted(2), Dynamics::Metropolis),
        relaxation: 200.0,
        length: 6000.0,
    }
    .check_targets(&ENERGIES);
}

/// Without an energy, and between balanced reservoirs.
#[test]
fn of_energy_budgets_of_the_control() {
    let mut params = lattice((2, 5), 0.4, 0.7, Boundary::Shifted(2), Dynamics::Kinetic);
    params.reservoirs = Reservoirs::Balanced;
    Trial {
        name: "energy-budget-control",
        params,
        relaxation: 100.0,
        length: 4000.0,
    }
    .check_targets(&[POWER, LEFT, HEAT, ENTROPY, CURRENT]);
}
