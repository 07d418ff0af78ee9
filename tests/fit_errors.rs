//! The errors of the fits cover the truth as often as they say, and so do their p-values.
//!
//! Coverage: of 20 000 data sets each, the shares inside 1 σ and 2 σ must be within two
//! percentage points of 68.3 % and 95.4 %. The counts' own scatter is 0.33 and 0.15 points,
//! so that right errors fail by chance with a probability under 10⁻⁸ in each of the 32
//! comparisons. What other shapes add makes the shares of a whole error larger, never smaller. A data
//! set without a result counts as outside, except where no sign is seen to change.

use crate::synthetic::*;
use uphill::fit::crossing::{self, Bracket, Located};
use uphill::fit::jackknife::jackknife;
use uphill::fit::{Point, exponential};
use uphill::random::Stream;
use uphill::theory::m_beta;

const SETS: usize = 20_000;
/// D√n of Kolmogorov and Smirnov that uniform p-values exceed once in 10⁵.
const UNIFORM: f64 = 2.47;

/// How often the zeros of data sets are covered by their errors from the scatter, and by the
/// whole errors.
#[derive(Default)]
struct OfCrossings {
    scatter: Coverage,
    whole: Coverage,
    /// Σ of the larger whole error in units of that from the scatter.
    ratios: f64,
}

impl OfCrossings {
    /// Leaves out the few data sets in which no sign is seen to change, of which nothing is said.
    fn without_refused(&mut self) {
        for coverage in [&mut self.scatter, &mut self.whole] {
            assert!(coverage.refused < SETS / 15, "{}", coverage.refused);
            coverage.sets -= coverage.refused;
            coverage.refused = 0;
        }
    }
}

/// Finds the crossing in data sets of a grid.
fn crossings(grid: &Grid, task: u64) -> OfCrossings {
    let mut stream = Stream::new(20, task);
    let mut found = OfCrossings::default();
    for _ in 0..SETS {
        let (truth, points) = grid.measure(&mut stream);
        match crossing::locate(&points) {
            Ok(Located::At(one)) => {
                found.scatter.add(truth, Some((one.x, one.error)));
                let sided = one.sided();
                found.whole.add(truth, Some((one.x, sided.towards(truth))));
                found.ratios += sided.larger() / one.error;
            }
            Ok(Located::Between(Bracket { from, to, .. })) => {
                found.whole.add_interval(truth, from, to);
            }
            Err(_) => {
                found.scatter.add(truth, None);
                found.whole.add(truth, None);
            }
        }
    }
    found
}

/// Where a parabola is right, the error from the scatter covers the truth as often as it says,
/// and the whole error is not much larger where the points can tell.
#[test]
fn coverage_of_m_crit() {
    for (task, (what, before, after, curvature, error, most)) in [
        ("line, 5 + 5 points", 5, 5, 0.0, 1e-7, 1.1),
        ("parabola, 5 + 5 points", 5, 5, CURVATURE, 1e-7, 1.1),
        ("parabola, 3 + 3 points", 3, 3, CURVATURE, 1e-7, 1.2),
        ("parabola, 2 + 4 points", 2, 4, CURVATURE, 1e-7, 2.0),
        (
            "parabola, 6 + 2 points, coarse",
            6,
            2,
            -CURVATURE,
            2e-7,
            2.5,
        ),
        ("parabola, 5 + 5 points, fine", 5, 5, CURVATURE, 1e-8, 1.1),
    ]
    .into_iter()
    .enumerate()
    {
        let grid = Grid {
            before,
            after,
            curvature,
            error,
        };
        let mut found = crossings(&grid, task as u64);
        found.without_refused();
        found.scatter.check(&format!("{what}, scatter"));
        found.whole.check_at_least(what);
        let ratio = found.ratios / SETS as f64;
        println!("{what}: whole/scatter = {ratio:.2}");
        assert!(ratio < most, "{what}: {ratio}");
    }
}

/// Few points, or such as hardly show a slope: the whole error is what there is.
#[test]
fn coverage_of_m_crit_where_little_is_known() {
    for (task, (what, before, after, curvature, error)) in [
        ("parabola, 2 + 2 points", 2, 2, -CURVATURE, 1e-7),
        ("line, 2 + 1 points", 2, 1, 0.0, 1e-7),
        ("parabola, 1 + 4 points", 1, 4, CURVATURE, 1e-7),
        ("line, 1 + 1 points", 1, 1, 0.0, 1e-7),
        (
            "parabola, 6 + 2 points, at the limit",
            6,
            2,
            -CURVATURE,
            4e-7,
        ),
        ("parabola, 6 + 1 points", 6, 1, -CURVATURE, 2e-7),
    ]
    .into_iter()
    .enumerate()
    {
        let grid = Grid {
            before,
            after,
            curvature,
            error,
        };
        let mut found = crossings(&grid, 20 + task as u64);
        found.without_refused();
        found.whole.check_at_least(what);
    }
}

#[test]
fn coverage_of_amplitude_and_rate() {
    let mut stream = Stream::new(21, 0);
    let [mut a, mut b, mut free_a, mut free_b, mut free_limit] =
        std::array::from_fn(|_| Coverage::default());
    for _ in 0..SETS {
        let points = measured(&sizes(), m_eq, error_of_m_eq, &mut stream);
        let found = exponential::approach(&points, m_beta(1.0)).ok();
        a.add(A, found.as_ref().map(|f| (f.amplitude, f.amplitude_error)));
        b.add(B, found.as_ref().map(|f| (f.rate, f.rate_error)));
        let found = exponential::free(&points).ok();
        free_a.add(A, found.as_ref().map(|f| (f.amplitude, f.amplitude_error)));
        free_b.add(B, found.as_ref().map(|f| (f.rate, f.rate_error)));
        free_limit.add(
            m_beta(1.0),
            found.as_ref().and_then(|f| Some((f.limit, f.limit_error?))),
        );
    }
    a.check("a");
    b.check("b");
    free_a.check("a, limit free");
    free_b.check("b, limit free");
    free_limit.check("limit");
}

#[test]
fn p_values_of_right_models_are_uniform() {
    let mut stream = Stream::new(23, 0);
    let [mut of_crossing, mut of_approach, mut of_free] = [const { Vec::new() }; 3];
    for _ in 0..SETS {
        let (_, points) = TEN_POINTS.measure(&mut stream);
        let found = at(&points).unwrap();
        // The first window, before any choice.
        let first = found.rejected.first().map_or(found.quality, |r| r.quality);
        of_crossing.extend(first.p_value());
        let points = measured(&sizes(), m_eq, error_of_m_eq, &mut stream);
        let found = exponential::approach(&points, m_beta(1.0)).unwrap();
        of_approach.extend(found.quality.p_value());
        of_free.extend(exponential::free(&points).unwrap().quality.p_value());
    }
    for (what, p_values) in [
        ("crossing", of_crossing),
        ("approach", of_approach),
        ("free", of_free),
    ] {
        assert_eq!(p_values.len(), SETS);
        let distance = distance_from_uniform(p_values);
        println!("{what}: D√n = {distance:.2}");
        assert!(distance < UNIFORM, "{what}: {distance}");
    }
}

/// The means of the squared errors agree over 1000 sets of ten replicas: one squared
/// jackknife error scatters by a share of √(2/9), their mean by 1.5 %.
#[test]
fn jackknife_and_propagated_errors_agree() {
    let mut stream = Stream::new(24, 0);
    let mut ratios = [0.0; 3];
    for _ in 0..1000 {
        let (places, error) = (places_about(0.99933), |_: f64| 3e-7);
        let j = |m: f64| SLOPE * (m - 0.99933) + CURVATURE * (m - 0.99933) * (m - 0.99933);
        let replicas: Vec<Vec<Point>> = (0..10)
            .map(|_| measured(&places, j, error, &mut stream))
            .collect();
        let found = at(&replicas.concat()).unwrap();
        let again = jackknife(&replicas, |kept| found.again(&pooled(kept))).unwrap();
        assert_eq!(again.value, found.x);
        ratios[0] += (again.error / found.error) * (again.error / found.error);

        let replicas: Vec<Vec<Point>> = (0..10)
            .map(|_| measured(&sizes(), m_eq, |l| 3.0 * error_of_m_eq(l), &mut stream))
            .collect();
        let fit = |kept: &[&Vec<Point>]| exponential::approach(&pooled(kept), m_beta(1.0));
        let found = exponential::approach(&replicas.concat(), m_beta(1.0)).unwrap();
        let a = jackknife(&replicas, |kept| Ok(fit(kept)?.amplitude)).unwrap();
        let b = jackknife(&replicas, |kept| Ok(fit(kept)?.rate)).unwrap();
        ratios[1] += (a.error / found.amplitude_error) * (a.error / found.amplitude_error);
        ratios[2] += (b.error / found.rate_error) * (b.error / found.rate_error);
    }
    for ratio in ratios {
        println!("mean of the squared ratio: {:.3}", ratio / 1000.0);
        assert!((ratio / 1000.0 - 1.0).abs() < 0.06, "{}", ratio / 1000.0);
    }
}

fn places_about(centre: f64) -> Vec<f64> {
    (-4..4)
        .map(|i| centre + STEP * (f64::from(i) + 0.3))
        .collect()
}

fn pooled(replicas: &[&Vec<Point>]) -> Vec<Point> {
    replicas
        .iter()
        .flat_map(|points| points.iter().copied())
        .collect()
}
