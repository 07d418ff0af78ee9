//! The fits find what is there, a misfit shows, and what cannot be told is said in words.

use crate::synthetic::*;
use proptest::prelude::*;
use uphill::fit::crossing::{self, Bracket, Crossing, Located, Order};
use uphill::fit::exponential::{self, Approach};
use uphill::fit::jackknife::jackknife;
use uphill::fit::least_squares::{self, Model};
use uphill::fit::shapes::Basis;
use uphill::fit::{Point, Unfit};
use uphill::random::Stream;
use uphill::theory::m_beta;

#[test]
fn points_without_noise_give_the_parameters_back() {
    for curvature in [0.0, CURVATURE, -CURVATURE] {
        let j = |m: f64| SLOPE * (m - 0.99931) + curvature * (m - 0.99931) * (m - 0.99931);
        let places: Vec<f64> = (0..10).map(|i| 0.9989 + STEP * f64::from(i)).collect();
        let found = at(&exact(&places, j, |_| 1e-7)).unwrap();
        assert!((found.x - 0.99931).abs() < 1e-12, "{found:?}");
        assert!((found.slope / SLOPE - 1.0).abs() < 1e-7, "{found:?}");
        assert_eq!(found.used, [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(found.order, Order::Parabola);
        assert_eq!(found.quality.freedom, 5);
        assert!(found.quality.chi_squared < 1e-12 && found.rejected.is_empty());
        assert_eq!(found.shapes.basis, Basis::Cubic);
        assert!(found.error_low().max(found.error_high()) < 1.2 * found.error);
    }
    let points = exact(&sizes(), m_eq, error_of_m_eq);
    for found in [
        exponential::approach(&points, m_beta(1.0)).unwrap(),
        exponential::free(&points).unwrap(),
    ] {
        assert!((found.amplitude / A - 1.0).abs() < 1e-6, "{found:?}");
        assert!((found.rate / B - 1.0).abs() < 1e-6, "{found:?}");
        assert!((found.limit - m_beta(1.0)).abs() < 1e-10, "{found:?}");
        assert!(found.quality.chi_squared < 1e-9);
        assert!((found.at(20.0) - m_eq(20.0)).abs() < 1e-9);
        assert!(found.correlation > 0.5 && found.correlation < 1.0);
    }
}

/// A limit rests on the form: a power of L that fits as well has another one, and one that does
/// not fit says nothing.
#[test]
fn a_limit_by_another_form() {
    let power = |l: f64| 0.9992 + 0.01 / (l * l);
    let loose = exact(&sizes(), power, |_| 1e-6);
    let (limit, _) = exponential::limit_by_power(&loose, 0.01).expect("it is one");
    assert!((limit - 0.9992).abs() < 1e-7, "{limit}");
    let exponential_points = exact(&sizes(), m_eq, |_| 1e-7);
    assert_eq!(exponential::limit_by_power(&exponential_points, 0.01), None);
}

/// A model that is linear, for which the solution can be written down.
struct Line;

impl Model<2> for Line {
    fn value(&self, x: f64, [level, slope]: &[f64; 2]) -> f64 {
        level + slope * x
    }
    fn gradient(&self, x: f64, _: &[f64; 2]) -> [f64; 2] {
        [1.0, x]
    }
}

#[test]
fn a_line_agrees_with_the_closed_formulae() {
    let mut stream = Stream::new(22, 0);
    let places: Vec<f64> = (0..7).map(f64::from).collect();
    let points = measured(&places, |x| 2.0 - x, |x| 0.1 + 0.05 * x, &mut stream);
    let sum =
        |of: fn(&Point) -> f64| -> f64 { points.iter().map(|p| of(p) / p.error / p.error).sum() };
    let (s, sx, sy) = (sum(|_| 1.0), sum(|p| p.x), sum(|p| p.y));
    let (sxx, sxy) = (sum(|p| p.x * p.x), sum(|p| p.x * p.y));
    let determinant = s * sxx - sx * sx;
    let fit = least_squares::fit(&points, &Line, [0.0, 0.0]).unwrap();
    for (found, expected) in [
        (fit.parameters[0], (sxx * sy - sx * sxy) / determinant),
        (fit.parameters[1], (s * sxy - sx * sy) / determinant),
        (fit.covariance[0][0], sxx / determinant),
        (fit.covariance[0][1], -sx / determinant),
        (fit.covariance[1][1], s / determinant),
    ] {
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} {expected}");
    }
}

/// A wrong model is told by its p-value, and its errors are what they would be were it right.
#[test]
fn misfit_shows_and_widens_nothing() {
    let power_law = |l: f64| m_beta(1.0) + 0.02 / (l * l);
    let found = exponential::approach(&exact(&sizes(), power_law, |_| 3e-6), m_beta(1.0)).unwrap();
    assert!(found.quality.p_value().unwrap() < 1e-6, "{found:?}");

    let places: Vec<f64> = (0..9).map(f64::from).collect();
    let right = exact(&places, |x| 4.2 - x, |_| 0.01);
    let wrong = exact(
        &places,
        |x| 4.2 - x + 0.05 * (x - 4.0) * (x - 4.0),
        |_| 0.01,
    );
    let fit = |points: &[Point]| least_squares::fit(points, &Line, [1.0, 1.0]).unwrap();
    assert!(fit(&wrong).quality.p_value().unwrap() < 1e-6);
    for (a, b) in [(0, 0), (0, 1), (1, 1)] {
        let ratio = fit(&wrong).covariance[a][b] / fit(&right).covariance[a][b];
        assert!((ratio - 1.0).abs() < 1e-12);
    }
}

/// Points beyond a jump of J are not described by a parabola: a window without them is
/// taken, and the one with them is named.
#[test]
fn a_window_that_does_not_fit_is_left_and_named() {
    let j = |m: f64| SLOPE * (m - 0.99925) - if m < 0.99895 { 3e-6 } else { 0.0 };
    let places: Vec<f64> = (0..9).map(|i| 0.9989 + STEP * f64::from(i)).collect();
    let points = exact(&places, j, |_| 1e-7);
    let found = at(&points).unwrap();
    assert_eq!(found.window, (places[1], places[6]));
    assert_eq!(found.rejected.len(), 1);
    assert_eq!(found.rejected[0].window, (places[0], places[7]));
    assert!(found.rejected[0].quality.p_value().unwrap() < 1e-6);
    assert!((found.x - 0.99925).abs() < 1e-10);

    // Points that no window makes fit are fitted all the same, and their χ² stands.
    let jagged: Vec<Point> = points
        .iter()
        .enumerate()
        .map(|(i, point)| Point {
            y: point.y + if i % 2 == 0 { 1e-6 } else { -1e-6 },
            ..*point
        })
        .collect();
    let found = at(&jagged).unwrap();
    assert!(found.quality.p_value().unwrap() < 1e-6);
    assert_eq!(found.rejected.len(), 2);
}

/// Where J is beyond the points nobody has measured.
#[test]
fn a_crossing_lies_between_points() {
    let of = |truth: f64| {
        let j = move |m: f64| SLOPE * (m - truth);
        let places: Vec<f64> = (0..5).map(|i| 0.9994 + STEP * f64::from(i)).collect();
        crossing::locate(&exact(&places, j, |_| 1e-7))
    };
    assert_eq!(of(0.99933), Err(Unfit::NotEnclosed));
    assert!(of(0.99943).is_ok());
    assert_eq!(of(0.99985), Err(Unfit::NotEnclosed));
}

/// J of 16×16 sites at β = 1 as coarse scans have it, whose zero a fine one puts at 0.99932(1).
#[test]
fn coarse_points_do_not_pretend() {
    const FINE: f64 = 0.99932;
    let three = [
        point(0.996, 1.94e-4, 1.0e-5),
        point(0.998, 7.2e-5, 9e-6),
        point(1.0, -7.3e-6, 1.1e-6),
    ];
    let interval = Bracket {
        from: 0.998,
        to: 1.0,
        ends: (0.998, 1.0),
        alone: true,
    };
    assert!(interval.from < FINE && FINE < interval.to);
    assert_eq!(crossing::locate(&three), Ok(Located::Between(interval)));
    // Nor where J levels off behind its zero, and its line is straight up to there: 4×4 sites at
    // β = 0.6, whose zero the master equation has at 0.9698.
    let straight = [
        point(0.5, 2.70e-2, 8e-4),
        point(0.75, 1.32e-2, 7e-4),
        point(1.0, -6.9e-4, 6e-5),
    ];
    match crossing::locate(&straight) {
        Ok(Located::Between(Bracket { from, to, .. })) => assert_eq!((from, to), (0.75, 1.0)),
        other => panic!("{other:?}"),
    }

    let two = [point(0.998, 7.4e-5, 3e-6), three[2]];
    assert_eq!(crossing::locate(&two), Ok(Located::Between(interval)));
    // An end whose sign is not certain does not bound it.
    let doubtful = [point(0.998, 7.4e-5, 3e-6), point(1.0, -1e-6, 1.1e-6)];
    match crossing::locate(&doubtful) {
        Ok(Located::Between(Bracket { from, to, .. })) => {
            assert_eq!(from, 0.998);
            // 2 σ are 1.2·10⁻⁶ more than J, at a slope of −7.5·10⁻⁵ in 0.002.
            assert!((to - 1.0 - 1.2e-6 / 3.75e-2).abs() < 1e-9, "{to}");
        }
        other => panic!("{other:?}"),
    }
}

/// With a place alone on one side no shape is told, however many there are on the other. Ends are
/// places whose signs are certain.
#[test]
fn one_place_on_a_side_gives_an_interval() {
    let of = |ys: &[f64]| {
        let places = (0..).map(f64::from);
        let points: Vec<Point> = places.zip(ys).map(|(x, &y)| point(x, y, 0.1)).collect();
        match crossing::locate(&points) {
            Ok(Located::Between(bracket)) => bracket,
            other => panic!("{other:?}"),
        }
    };
    let all = [5.0, 4.0, 3.0, 2.0, 1.0, -1.0];
    for first in 0..5 {
        let last = 5.0 - first as f64;
        let found = of(&all[first..]);
        assert_eq!((found.from, found.to), (last - 1.0, last));
        let mirrored: Vec<f64> = all[first..].iter().rev().copied().collect();
        let found = of(&mirrored);
        assert_eq!((found.from, found.to), (0.0, 1.0));
    }
    // Two that may have either sign are passed over, and one on the wrong side, too.
    let found = of(&[3.0, 2.0, 0.1, 0.15, -1.0]);
    assert_eq!((found.from, found.to, found.ends), (1.0, 4.0, (3.0, 4.0)));
    assert!(found.alone);
    let found = of(&[3.0, 2.0, -0.1, 0.15, -1.0]);
    assert_eq!((found.from, found.to, found.ends), (1.0, 4.0, (3.0, 4.0)));
}

/// What bounds a curve that bends one way: the line across the gap and the neighbours' lines.
#[test]
fn the_bend_bounds_the_zero() {
    let of = |ys: &[f64]| {
        let places = (0..).map(f64::from);
        let points: Vec<Point> = places.zip(ys).map(|(x, &y)| point(x, y, 1e-6)).collect();
        let found = at(&points).unwrap();
        let Crossing { x, shapes, .. } = found;
        assert_eq!(shapes.basis, Basis::Bend);
        (x - shapes.below, x + shapes.above)
    };
    for (ys, from, to) in [
        // Convex: across the gap 1.5, from the left 1 + 1/3, from behind 2 − 1/0.5 at most.
        (&[4.0, 1.0, -1.0, -1.5][..], 1.0 + 1.0 / 3.0, 1.5),
        // Its mirror image is concave.
        (&[1.5, 1.0, -1.0, -4.0], 1.5, 2.0 - 1.0 / 3.0),
        // An inflexion: the lines from both sides are steeper.
        (&[4.0, 1.0, -1.0, -4.0], 1.0 + 1.0 / 3.0, 2.0 - 1.0 / 3.0),
        // Behind it the curve rises again: nothing from there.
        (&[4.0, 1.0, -1.0, -0.5], 1.0 + 1.0 / 3.0, 1.5),
    ] {
        let (low, high) = of(ys);
        assert!(
            (low - from).abs() < 1e-5 && (high - to).abs() < 1e-5,
            "{ys:?}: {low} {high}"
        );
    }
}

fn point(x: f64, y: f64, error: f64) -> Point {
    Point { x, y, error }
}

/// What each fit says of points that tell nothing, in words.
#[test]
fn what_cannot_be_told_is_said() {
    let locate = |points: &[Point]| crossing::locate(points).unwrap_err().to_string();
    let approach = |points: &[Point]| {
        let found = exponential::approach(points, 0.0).unwrap_err();
        found.to_string()
    };
    let one = [point(0.9993, 1e-6, 1e-7)];
    for (found, words) in [
        (
            locate(&[]),
            "too few points: it takes 2 different x, and there are none",
        ),
        (
            locate(&one),
            "too few points: it takes 2 different x, and there is 1",
        ),
        (
            approach(&[one[0], one[0]]),
            "too few points: it takes 2 different x, and there is 1",
        ),
        (
            locate(&[one[0], point(0.9994, -1.0, 0.0)]),
            "point 2 is no measured value: x = 0.9994, y = -1, error = 0; all must be finite and the error positive",
        ),
        (
            approach(&[point(f64::NAN, 1.0, 1.0)]),
            "point 1 is no measured value: x = NaN, y = 1, error = 1; all must be finite and the error positive",
        ),
        (
            locate(&[
                point(1.0, 5.0, 1.0),
                point(2.0, 6.0, 1.0),
                point(3.0, 7.0, 1.0),
            ]),
            "no crossing found: the values do not change their sign at the points",
        ),
        (
            locate(&[1.0, -1.0, 1.0, -1.0].map(|y| point(2.0 + y, y, 1.0))),
            "no crossing found: the slope at zero, 1.0(5), is less than 5 σ from zero",
        ),
        (
            locate(&[
                point(1.0, 9.0, 1.0),
                point(2.0, -9.0, 1.0),
                point(3.0, 9.0, 1.0),
            ]),
            "no single crossing: the points change sign more than once, at 3.00000 by more than 4 σ",
        ),
        (
            approach(&[1.0, 2.0, 3.0, 4.0].map(|x| point(x, 0.1, 1.0))),
            "cannot be told: the distance from the limit",
        ),
        (
            approach(&[1.0, 2.0, 3.0, 4.0].map(|x| point(x, 50.0, 1.0))),
            "cannot be told: the rate",
        ),
        (
            approach(&[1.0, 2.0, 3.0, 4.0].map(|x| point(x, 50.0 * x * x, 1.0))),
            "cannot be told: the rate",
        ),
        (
            locate(&[point(1.0, 1e300, 1e-300), point(2.0, -1e300, 1e-300)]),
            "the values are too large or too small to compute with",
        ),
        (
            jackknife(&[1.0, 2.0], |_| Ok(1.0)).unwrap_err().to_string(),
            "no jackknife error: it takes 3 replicas, and there are 2",
        ),
        (
            jackknife(&[1.0, 2.0, 3.0], |kept| match kept.len() {
                3 => Ok(1.0),
                _ => Err(Unfit::NoCrossing),
            })
            .unwrap_err()
            .to_string(),
            "no jackknife error: without replica 1, no crossing found",
        ),
    ] {
        assert!(found.starts_with(words), "{found}\n{words}");
    }
}

/// A coordinate or an error: an ordinary one, a small whole number, or anything.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -1.0..1.0,
        4 => (-3i8..4).prop_map(f64::from),
        1 => prop::num::f64::ANY,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Whatever comes in, what comes out is finite or words.
    #[test]
    fn results_are_finite_or_words(
        numbers in prop::collection::vec((number(), number(), number()), 0..12),
        limit in number(),
        positive in any::<bool>(),
    ) {
        let points: Vec<Point> = numbers
            .into_iter()
            .map(|(x, y, error)| point(x, y, if positive { error.abs() + 1e-3 } else { error }))
            .collect();
        match crossing::locate(&points) {
            Ok(Located::At(found)) => {
                let (low, high) = (found.error_low(), found.error_high());
                let Crossing { x, error, slope, slope_error, quality, used, bracket, .. } = found;
                let all = [x, error, low, high, slope, slope_error, quality.chi_squared];
                prop_assert!(all.iter().all(|x| x.is_finite()), "{all:?}");
                prop_assert!(error >= 0.0 && low >= error && high >= error);
                prop_assert!(bracket.0 < bracket.1 && used.len() <= points.len());
            }
            Ok(Located::Between(Bracket { from, to, ends, .. })) => {
                prop_assert!(from.is_finite() && to.is_finite());
                prop_assert!(from <= ends.0 && ends.0 < ends.1 && ends.1 <= to);
            }
            Err(reason) => prop_assert!(!reason.to_string().is_empty()),
        }
        for found in [exponential::approach(&points, limit), exponential::free(&points)] {
            match found {
                Ok(Approach { limit, amplitude, amplitude_error, rate, rate_error, correlation, quality, .. }) => {
                    let all = [limit, amplitude, amplitude_error, rate, rate_error, correlation, quality.chi_squared];
                    prop_assert!(all.iter().all(|x| x.is_finite()), "{all:?}");
                }
                Err(reason) => prop_assert!(!reason.to_string().is_empty()),
            }
        }
    }
}

/// Pins the bits, which are the same in WebAssembly.
#[test]
fn value_stability() {
    let mut stream = Stream::new(25, 0);
    let (_, points) = TEN_POINTS.measure(&mut stream);
    let crossing = at(&points).unwrap();
    let places = sizes();
    let points: Vec<Point> = places
        .iter()
        .map(|&l| point(l, m_eq(l) + 1e-5 * (stream.unit() - 0.5), error_of_m_eq(l)))
        .collect();
    let approach = exponential::approach(&points, m_beta(1.0)).unwrap();
    let free = exponential::free(&points).unwrap();
    let pinned = [
        4607176905580826832,
        4521026732578285028,
        4564718966637002580,
        4565137723029636357,
        4607175883421245717,
        4607180602765539614,
    ];
    let found = [
        crossing.x,
        crossing.error,
        approach.amplitude,
        approach.rate_error,
        free.limit,
        free.quality.p_value().unwrap(),
    ];
    assert_eq!(found.map(f64::to_bits), pinned, "{found:?}");
}
