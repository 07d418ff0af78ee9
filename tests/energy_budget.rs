//! The energy budget: laws of the exact solutions, what a run says where a part of it does not exist,
//! and that two ways to a number lead to the same. That runs reach the exact values is for
//! exact_solutions.rs to say, that errors cover for coverage.rs, that every moment balances for
//! balances.rs.

use crate::terminal;
use serde_json::Value;
use uphill::link;
use uphill::master_equation::Stationary;
use uphill::params::{Boundary, Params, Reservoirs};
use uphill::run::budget::EnergyBudget;
use uphill::run::simulation::{Budget, Simulation};
use uphill::scan::file;
use uphill::scan::file::csv::{self, Decimal};
use uphill::scan::plan::link as experiments;
use uphill::scan::results::Results;
use uphill::scan::task::Task;

use Boundary::{Fixed, Shifted};
use Reservoirs::{Balanced, On};

fn open(size: (u32, u32), beta: f64, boundary: Boundary, m: (f64, f64)) -> Params {
    Params {
        lx: size.0,
        ly: size.1,
        beta,
        boundary,
        m_left: m.0,
        m_right: m.1,
        ..Params::default()
    }
}

fn solved(params: &Params) -> Stationary {
    Stationary::of(params).expect("the balance equations are solved")
}

/// 2 Ly J (h′₊ − h′₋).
fn climbed(params: &Params, exact: &Stationary) -> f64 {
    let fields = libm::atanh(params.m_right) - libm::atanh(params.m_left);
    2.0 * f64::from(params.ly) * exact.current() * fields
}

/// Entropy production, a sum over all pairs of a move and its reverse, is what heat and current say,
/// and not negative; so no more than the heat's entropy can lift spins uphill.
#[test]
fn entropy_production_follows_from_heat_and_current() {
    let lattices = [
        ((2, 3), Fixed),
        ((4, 3), Fixed),
        ((3, 4), Fixed),
        ((3, 4), Shifted(2)),
        ((2, 5), Shifted(2)),
        ((2, 6), Shifted(2)),
        ((2, 6), Shifted(3)),
    ];
    for (size, boundary) in lattices {
        for beta in [0.0, 0.3, 0.8] {
            for m in [(-0.9, 0.9), (-0.99, 0.99), (0.5, 0.5), (0.9, -0.2)] {
                for reservoirs in [On, Balanced] {
                    let params = Params {
                        reservoirs,
                        ..open(size, beta, boundary, m)
                    };
                    let exact = solved(&params);
                    let power: f64 = exact.power().iter().sum();
                    let heat = match reservoirs {
                        Balanced => exact.heat() - power,
                        _ => exact.heat(),
                    };
                    let produced = exact.entropy_production();
                    let said = beta * heat - climbed(&params, &exact);
                    assert!(
                        (produced - said).abs() < 1e-9,
                        "{params:?}: {produced}, {said}"
                    );
                    assert!(produced > -1e-12, "{params:?}: {produced}");
                    if params.has_energy() {
                        assert!((power - exact.heat()).abs() < 1e-10, "{params:?}");
                    }
                    if beta > 0.0 && reservoirs == On && exact.heat() > 1e-9 {
                        assert!(exact.efficiency() <= 1.0, "{params:?}");
                    }
                }
            }
        }
    }
}

/// Where outer spins do not look back no energy is shared: heat is another than power.
#[test]
fn one_way_walls_have_another_heat() {
    let exact = solved(&open((2, 5), 0.8, Shifted(2), (-0.9, 0.9)));
    let power: f64 = exact.power().iter().sum();
    assert!(
        (power - exact.heat()).abs() > 1e-4,
        "{power} {}",
        exact.heat()
    );
}

fn measured(query: &str, time: f64) -> (Simulation, EnergyBudget) {
    let reading = link::read(query);
    assert_eq!(reading.errors, []);
    let mut run = Simulation::new(&reading.params).expect("the link is good");
    run.advance(time, Budget::UNLIMITED);
    let budget = run.budget();
    (run, budget)
}

/// η = 1 − Σ̇/(β·heat), and power and heat differ by what H has changed.
#[test]
fn the_parts_fit_together() {
    for query in [
        "L=8&beta=0.5&m=0.9&seed=1",
        "L=6&beta=0.4&m=0.8&bc=shifted&shift=2&seed=2",
    ] {
        let (run, budget) = measured(query, 3e4);
        let beta = run.params().beta;
        let of = |estimate: &uphill::measure::Estimate| estimate.mean.expect("a mean");
        let (heat, produced) = (of(&budget.heat), of(&budget.entropy_production));
        let efficiency = of(&budget.efficiency);
        assert!((efficiency - 1.0 + produced / (beta * heat)).abs() < 1e-12);
        assert!((of(&budget.left) + of(&budget.right) - of(&budget.power)).abs() < 1e-12);
        let counted = run.paid().expect("it is of this version");
        let work: i64 = counted.work.iter().sum();
        assert_eq!(of(&budget.count), work as f64 / 3e4);
        let given = run.heat().expect("it is of this version") - work;
        assert!((heat - of(&budget.power) - given as f64 / 3e4).abs() < 1e-12);
        for estimate in [&budget.power, &budget.heat, &budget.entropy_production] {
            assert!(estimate.error.is_some_and(|error| error > 0.0), "{query}");
        }
        assert!(budget.efficiency.error.is_some_and(|error| error > 0.0));
        assert!(budget.disagreement.is_some_and(|z| z.abs() < 5.0));
    }
}

/// What does not exist says why.
#[test]
fn what_is_missing_has_a_reason() {
    let reasons = |query: &str| {
        let (_, budget) = measured(query, 20.0);
        [
            budget.power,
            budget.heat,
            budget.entropy_production,
            budget.efficiency,
        ]
        .map(|estimate| match estimate.mean {
            None => estimate.reason.expect("a reason"),
            Some(_) => String::new(),
        })
    };
    let flips = "cannot be undone";
    for (query, expected) in [
        ("L=8&m=1&seed=1", ["", "", flips, flips]),
        ("L=8&m=0.9&mL=-1&seed=1", ["", "", flips, flips]),
        ("L=8&m=1&res=balanced&seed=1", ["", "", flips, flips]),
        (
            "L=8&res=off&seed=1",
            [
                "no reservoirs",
                "without reservoirs",
                "no reservoirs",
                "no reservoirs",
            ],
        ),
        (
            "L=8&res=off&bc=shifted&seed=1",
            ["no reservoirs", "", "no reservoirs", "no reservoirs"],
        ),
        (
            "L=8&m=0.9&bc=shifted&shift=1&seed=1",
            ["", "", "s is 1 or", "s is 1 or"],
        ),
        (
            "L=8&m=0.9&bc=shifted&shift=7&seed=1",
            ["", "", "s is 1 or", "s is 1 or"],
        ),
        ("L=8&m=0.9&beta=0&seed=1", ["", "", "", "β = 0"]),
        ("L=8&m=0.9&mL=0.9&seed=1", ["", "", "", "are equal"]),
        (
            "L=8&m=0.9&res=balanced&seed=1",
            ["", "", "", "nothing is pumped"],
        ),
        ("L=8&m=0.9&seed=1", ["", "", "", "not significant yet"]),
    ] {
        for (said, expected) in reasons(query).iter().zip(expected) {
            assert!(said.contains(expected), "{query}: {said}, not {expected}");
            assert_eq!(said.is_empty(), expected.is_empty(), "{query}: {said}");
        }
    }
}

/// The names and units of the terminal's JSON.
#[test]
fn the_terminal_says_it() {
    let query = "L=8&beta=0.5&m=0.9&seed=1";
    let said = terminal::uphill(&["run", query, "--until", "3e4", "--json"]).output();
    let said = said.expect("the command starts");
    terminal::succeeded(&said);
    let said: Value = serde_json::from_slice(&said.stdout).expect("JSON");
    let (_, budget) = measured(query, 3e4);
    for (name, estimate) in [
        ("/power", &budget.power),
        ("/power/left", &budget.left),
        ("/power/right", &budget.right),
        ("/heat", &budget.heat),
        ("/entropy_production", &budget.entropy_production),
        ("/efficiency", &budget.efficiency),
    ] {
        let part = said.pointer(name).expect("it is there");
        assert_eq!(part["mean"].as_f64(), estimate.mean, "{name}");
        assert_eq!(part["error"].as_f64(), estimate.error, "{name}");
    }
    assert_eq!(said["power"]["count"].as_f64(), budget.count.mean);
    let said = terminal::uphill(&["run", query, "--until", "3e4"]).output();
    let said = String::from_utf8(said.expect("the command starts").stdout).expect("words");
    for line in [
        format!("power         {}", budget.power.text()),
        format!("heat          {}", budget.heat.text()),
        format!("entropy prod. {}", budget.entropy_production.text()),
        format!("efficiency    {}", budget.efficiency.text()),
    ] {
        assert!(said.lines().any(|own| own == line), "{line}\n{said}");
    }
}

/// A scan has the budget of its runs, conditional on the state as J is, in its table and its file.
#[test]
fn scans_carry_it() {
    let reading = experiments::read("exp=current&L=8&beta=0.5&ms=0.9,1&err=1e-3&reps=1&seed=1");
    assert_eq!(reading.errors, []);
    let mut results = Results::new(reading.experiment);
    let plan = results.plan().clone();
    let mut found = Vec::new();
    for (number, spec) in plan.tasks().iter().enumerate() {
        let mut task = Task::new(&plan, spec, None).expect("the task can start");
        assert!(task.advance(Budget::UNLIMITED));
        found.push(task.run().budget());
        results.take(number, task.outcome()).expect("it fits");
    }
    let again = file::read(&file::json(&results)).expect("what was written is read");
    for results in [&results, &again] {
        for (point, own) in found.iter().enumerate() {
            let budget = &results.groups(point)[0].budget;
            let [power, left, right, heat, entropy, efficiency] = budget.parts();
            for (part, own) in [
                (power, &own.power),
                (left, &own.left),
                (right, &own.right),
                (heat, &own.heat),
                (entropy, &own.entropy_production),
                (efficiency, &own.efficiency),
            ] {
                assert_eq!(part.mean, own.mean);
                assert_eq!(part.error.is_some(), own.error.is_some());
            }
        }
        let reason = results.groups(1)[0].budget.efficiency.reason.clone();
        assert!(reason.is_some_and(|why| why.contains("cannot be undone")));
    }
    let table = csv::write(&results, Decimal::Point);
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split(',').collect())
        .collect();
    let column = |name| {
        rows[0]
            .iter()
            .position(|own| *own == name)
            .expect("a column")
    };
    let cell = |row: usize, name| rows[row][column(name)].parse::<f64>().ok();
    assert_eq!(cell(1, "heat"), found[0].heat.mean);
    assert_eq!(cell(1, "efficiency"), found[0].efficiency.mean);
    assert_eq!(cell(2, "power"), found[1].power.mean);
    assert_eq!(cell(2, "entropy_production"), None);
}
