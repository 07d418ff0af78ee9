//! Where J vanishes, from coarse scans: the truth lies within one and two errors at least as
//! often as a normal variable would, however few points there are and wherever they lie.
//!
//! J of small lattices comes from the master equation, solved at Chebyshev's points of m₊ and
//! interpolated between them; the truth is the zero of that curve. A scan has 2 to 10 points,
//! anywhere or at equal steps in a random range about the zero, narrow or wide, with random errors.
//! Scans of few points, and such as have most of them on one side of the zero, are held against
//! the truth by themselves, too. Scans that show no change of sign give no result and are counted
//! beside the others.
//!
//! The errors hold what is known of the shape as well as the scatter, so that their shares are
//! above those of a normal variable; none may be below by more than two percentage points and
//! three binomial standard deviations.

use crate::shares::{NORMAL, OFF, SIGMAS, in_parallel};
use crate::synthetic::{exact, normal};
use crate::validation;
use serde::Serialize;
use std::collections::BTreeMap;
use std::f64::consts::PI;
use uphill::fit::Point;
use uphill::fit::crossing::{Located, locate};
use uphill::fit::shapes::Basis;
use uphill::master_equation::Stationary;
use uphill::params::{Boundary, Params};
use uphill::random::Stream;
use uphill::run::simulation::Budget;
use uphill::scan::figures::current_curve::CurrentCurve;
use uphill::scan::plan::link;
use uphill::scan::results::Results;
use uphill::scan::task::Task;

/// The curves J(m₊): lattice, β, walls, and the smallest m₊.
const CURVES: [(u32, u32, f64, Boundary, f64); 9] = [
    (4, 3, 0.8, Boundary::Fixed, 0.7),
    (4, 3, 1.0, Boundary::Fixed, 0.9),
    (4, 3, 0.5, Boundary::Fixed, 0.5),
    (4, 3, 0.7, Boundary::Shifted(1), 0.5),
    (6, 2, 0.8, Boundary::Fixed, 0.6),
    (6, 2, 1.0, Boundary::Fixed, 0.9),
    (4, 2, 1.0, Boundary::Shifted(1), 0.9),
    (4, 3, 0.6, Boundary::Fixed, 0.5),
    (6, 2, 0.6, Boundary::Fixed, 0.3),
];
/// Points at which each is solved.
const NODES: usize = 32;

/// J between −m₊ and m₊.
struct Curve {
    about: String,
    least: f64,
    nodes: Vec<(f64, f64)>,
    zero: f64,
}

fn params((lx, ly): (u32, u32), beta: f64, boundary: Boundary, m: f64) -> Params {
    Params {
        lx,
        ly,
        beta,
        m_left: -m,
        m_right: m,
        boundary,
        ..Params::default()
    }
}

fn current(params: &Params) -> f64 {
    let solved = Stationary::of(params);
    solved.expect("the balance equations are solved").current()
}

/// Where a function that falls through zero is zero.
fn zero(j: impl Fn(f64) -> f64, (mut low, mut high): (f64, f64), steps: u32) -> f64 {
    assert!(j(low) > 0.0 && j(high) < 0.0);
    for _ in 0..steps {
        let middle = low / 2.0 + high / 2.0;
        if j(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

impl Curve {
    fn of((lx, ly, beta, boundary, least): (u32, u32, f64, Boundary, f64)) -> Self {
        let j = |m: f64| current(&params((lx, ly), beta, boundary, m));
        let node = |i: usize| {
            let along = (1.0 + libm::cos(PI * i as f64 / (NODES - 1) as f64)) / 2.0;
            let m = least + (1.0 - least) * along;
            (m, j(m))
        };
        let walls = match boundary {
            Boundary::Fixed => "fixed walls".to_owned(),
            Boundary::Shifted(s) => format!("walls shifted by {s}"),
        };
        let mut curve = Curve {
            about: format!("{lx}×{ly}, β = {beta}, {walls}"),
            least,
            nodes: (0..NODES).map(node).collect(),
            zero: 0.0,
        };
        let largest = curve.at(least).abs();
        for along in [0.17, 0.53, 0.81, 0.93] {
            let m = least + (1.0 - least) * along;
            assert!(
                (curve.at(m) - j(m)).abs() < 1e-3 * largest,
                "{}",
                curve.about
            );
        }
        curve.zero = zero(|m| curve.at(m), (least, 1.0), 60);
        curve
    }

    /// The interpolated J, by the barycentric formula.
    fn at(&self, m: f64) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (i, &(node, value)) in self.nodes.iter().enumerate() {
            if m == node {
                return value;
            }
            let sign = if i % 2 == 0 { 1.0 } else { -1.0 };
            let end = i == 0 || i == self.nodes.len() - 1;
            let weight = sign * if end { 0.5 } else { 1.0 } / (m - node);
            sum += weight * value;
            weights += weight;
        }
        sum / weights
    }

    /// A coarse scan.
    fn measured(&self, count: usize, stream: &mut Stream) -> Vec<Point> {
        let ms = list(self.least, self.zero, count, stream);
        let largest = ms.iter().map(|&m| self.at(m).abs()).fold(0.0, f64::max);
        let error = 0.3 * largest * libm::exp(-5.0 * stream.unit());
        exact(&ms, |m| self.at(m), |_| error)
            .into_iter()
            .map(|point| {
                let error = point.error * libm::exp(stream.unit() - 0.5);
                let y = point.y + error * normal(stream);
                Point { y, error, ..point }
            })
            .collect()
    }
}

/// So many m₊ about a zero, anywhere or at equal steps.
fn list(least: f64, zero: f64, count: usize, stream: &mut Stream) -> Vec<f64> {
    let to = match stream.unit() < 0.5 {
        true => 1.0,
        false => zero + (1.0 - zero) * stream.unit(),
    };
    let narrowed = match stream.unit() < 0.5 {
        true => libm::exp(-4.0 * stream.unit()),
        false => 1.0,
    };
    let from = zero - (zero - least) * narrowed * stream.unit();
    let even = stream.unit() < 0.5;
    let mut ms: Vec<f64> = (0..count)
        .map(|i| match even {
            true => i as f64 / (count - 1) as f64,
            false => stream.unit(),
        })
        .map(|along| from + (to - from) * along)
        .collect();
    ms.sort_by(f64::total_cmp);
    ms
}

/// Zeros held against the truth, of one kind.
#[derive(Clone, Default, Serialize)]
struct Row {
    what: String,
    /// How many there were.
    results: f64,
    /// Shares of them within one and two errors, or within the interval.
    within: [f64; 2],
    /// The larger error, or half the interval, in units of the error from the scatter: the
    /// geometric mean; 0 for intervals.
    widening: f64,
}

impl Row {
    fn add(&mut self, inside: [bool; 2], widening: f64) {
        self.results += 1.0;
        for (within, inside) in self.within.iter_mut().zip(inside) {
            *within += f64::from(u8::from(inside));
        }
        self.widening += libm::log(widening);
    }

    fn finished(mut self, what: &str) -> Self {
        self.what = what.to_owned();
        self.within = self.within.map(|within| within / self.results);
        self.widening = libm::exp(self.widening / self.results);
        println!(
            "{what}: {:.1} % and {:.1} % of {}, error/scatter {:.2}",
            100.0 * self.within[0],
            100.0 * self.within[1],
            self.results,
            self.widening
        );
        self
    }

    /// Complaints about shares that are too small.
    fn complaints(&self) -> Vec<String> {
        let pairs = self.within.into_iter().zip(NORMAL);
        pairs
            .filter(|(share, normal)| {
                let scatter = libm::sqrt(normal * (1.0 - normal) / self.results);
                share.is_nan() || *share < normal - OFF - SIGMAS * scatter
            })
            .map(|(share, normal)| format!("{}: {share:.4}, less than {normal}", self.what))
            .collect()
    }
}

/// The kinds of results of scans.
#[derive(Clone, Default)]
struct Rows {
    all: Row,
    cubic: Row,
    bend: Row,
    interval: Row,
    /// Scans that show no change of sign.
    unknown: f64,
}

impl Rows {
    fn add(&mut self, truth: f64, found: Option<&Located>) {
        match found {
            None => self.unknown += 1.0,
            Some(Located::Between(bracket)) => {
                let inside = (bracket.from..=bracket.to).contains(&truth);
                self.interval.add([inside; 2], 1.0);
                self.all.add([inside; 2], 1.0);
            }
            Some(Located::At(found)) => {
                let sided = found.sided();
                let (off, error) = ((found.x - truth).abs(), sided.towards(truth));
                let inside = [off <= error, off <= 2.0 * error];
                let widening = sided.larger() / found.error;
                let kind = match found.shapes.basis {
                    Basis::Cubic => &mut self.cubic,
                    Basis::Bend => &mut self.bend,
                };
                kind.add(inside, widening);
                self.all.add(inside, widening);
            }
        }
    }

    fn finished(self) -> Vec<Row> {
        println!("no change of sign in {}", self.unknown);
        vec![
            self.all.finished("all"),
            self.cubic.finished("a cubic tests the parabola"),
            self.bend.finished("the bend of the points"),
            self.interval.finished("intervals"),
        ]
    }
}

/// What is left for the validation page.
#[derive(Serialize)]
struct Zeros {
    about: String,
    /// Scans that show no change of sign.
    unknown: f64,
    rows: Vec<Row>,
}

fn leave(name: &str, about: String, found: Rows) {
    let unknown = found.unknown;
    let rows = found.finished();
    let complaints: Vec<String> = rows.iter().flat_map(Row::complaints).collect();
    validation::leave(
        &format!("zeros-{name}"),
        Zeros {
            about,
            unknown,
            rows,
        },
    );
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn of_exact_currents() {
    let scans: u32 = match std::env::var_os("UPHILL_LONG") {
        Some(_) => 20_000,
        None => 2000,
    };
    let curves = in_parallel_of(&CURVES, Curve::of);
    let mut found = Rows::default();
    let mut kinds: BTreeMap<&str, Rows> = BTreeMap::new();
    for (task, curve) in (0..).zip(&curves) {
        let mut stream = Stream::new(31, task);
        let mut own = Rows::default();
        for _ in 0..scans {
            let count = 2 + (9.0 * stream.unit()) as usize;
            let points = curve.measured(count, &mut stream);
            let located = locate(&points).ok();
            let behind = points.iter().filter(|point| point.x > curve.zero).count();
            for (kind, is_one) in [
                ("three points", count == 3),
                ("four or five points", count == 4 || count == 5),
                ("one point behind the zero", behind == 1),
                ("one point before the zero", count - behind == 1),
            ] {
                if is_one {
                    let kind = kinds.entry(kind).or_default();
                    kind.add(curve.zero, located.as_ref());
                }
            }
            own.add(curve.zero, located.as_ref());
            found.add(curve.zero, located.as_ref());
        }
        println!("{}, zero {:.6}", curve.about, curve.zero);
        let complaints = own.all.finished(&curve.about).complaints();
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
    for (kind, rows) in kinds {
        let complaints = rows.all.finished(kind).complaints();
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
    let about = format!("exact J of {} lattices with normal errors", curves.len());
    leave("exact", about, found);
}

/// One job for each, on two threads.
fn in_parallel_of<I: Copy + Sync, T: Send>(items: &[I], job: impl Fn(I) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let (first, second) = items.split_at(items.len() / 2);
        let job = &job;
        let first = scope.spawn(move || first.iter().map(|&item| job(item)).collect::<Vec<T>>());
        let second: Vec<T> = second.iter().map(|&item| job(item)).collect();
        let mut all = first.join().expect("the other half has finished");
        all.extend(second);
        all
    })
}

/// Simulated scans, with the errors that they give themselves.
#[test]
fn of_simulated_scans() {
    const BETA: f64 = 0.5;
    let scans: u64 = match std::env::var_os("UPHILL_LONG") {
        Some(_) => 3000,
        None => 200,
    };
    let j = |m: f64| current(&params((4, 4), BETA, Boundary::Fixed, m));
    // To 2·10⁻⁵, the finest error being some 10⁻³.
    let truth = zero(j, (0.92, 0.93), 9);
    let zeros = in_parallel(scans, |seed| {
        let mut stream = Stream::new(seed, 32);
        let count = 2 + (6.0 * stream.unit()) as usize;
        let ms: Vec<String> = list(0.5, truth, count, &mut stream)
            .into_iter()
            .map(|m| format!("{m:.4}"))
            .collect();
        let error = 1e-3 * libm::exp(-2.0 * stream.unit());
        let text = format!(
            "exp=current&L=4&beta={BETA}&ms={}&err={error:.2e}&relax=200&cap=1e6&seed={seed}",
            ms.join(",")
        );
        let results = carried_out(&text);
        let scan = CurrentCurve::whole(&results);
        scan.zero.ok().map(|zero| zero.located)
    });
    let mut found = Rows::default();
    for zero in &zeros {
        found.add(truth, zero.as_ref());
    }
    let about = format!("simulated scans of 4×4 sites, β = {BETA}, fixed walls");
    leave("simulated", about, found);
}

/// Carries a scan out.
fn carried_out(text: &str) -> Results {
    let reading = link::read(text);
    assert_eq!(reading.errors, [], "{text}");
    let mut results = Results::new(reading.experiment);
    let plan = results.plan().clone();
    for (number, spec) in plan.tasks().iter().enumerate() {
        let mut task = Task::new(&plan, spec, None).expect("it starts");
        while !task.outcome().status.is_final() {
            task.advance(Budget::UNLIMITED);
        }
        let outcome = task.outcome();
        results.take(number, outcome).expect("its own outcome");
    }
    results
}
