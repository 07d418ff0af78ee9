//! What other shapes through the same points say of the place of a zero.
//!
//! The points have errors, and between them the curve is anybody's guess: both make the error of
//! a crossing, and only the first is known to a fit. Two answers, by what the points can test:
//!
//! **A cubic**, where the parabola is tested: at [`PLACES_OF_TEST`] places or more a parabola
//! that fits is held against the next order. σ₃ being the cubic's own error, σ₂ the parabola's
//! and d the distance of their roots, the truth may be off by √(σ₃² − σ₂²) on either side, and by
//! d besides on that of the cubic's root. (σ₃² − σ₂² is the variance of d where the parabola is
//! right, as that of an efficient estimate beside a less efficient one: J. A. Hausman,
//! Econometrica 46, 1251, 1978.) Of smooth and fine data that is a few per cent of the error. A
//! line that fits as well adds nothing: it is a parabola, and lies within the parabola's error.
//! A cubic that is not determined, σ₃ > [`DETERMINED`] σ₂, tests nothing.
//!
//! **The bend**, everywhere else: at four places, where no parabola fits, or no cubic
//! can be told. Let c be the zero of the line between the two places beside the change of sign, l
//! and r those of the lines through the two places before and behind it, extended into the gap.
//! A curve that bends one way only, convex or concave, lies between the line across the gap and
//! the extended ones, so that its zero lies between c and the nearer of l and r. If l and r lie
//! on different sides of c, the curve has an inflexion nearby, and all between l and r is open.
//! Nothing is open beyond the gap. Line, parabola, cubic and monotone interpolation all lie
//! within. The whole way to either end counts as one standard deviation: it is the truth that
//! is known to lie within, so that errors of this kind cover more than 68 %.

use super::least_squares::{Fit, Model, fit};
use super::{Point, enough_places};
use libm::sqrt;

/// Places from which on a parabola is tested by a cubic.
pub const PLACES_OF_TEST: usize = 5;
/// The error of the cubic's root in units of the parabola's up to which it is determined.
pub const DETERMINED: f64 = 2.0;
/// Steps of Newton's method, far more than it takes.
const STEPS: usize = 60;

/// How far a root may be off, since the shape of the curve is not known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shapes {
    /// Towards smaller x, not negative.
    pub below: f64,
    /// Towards larger x, not negative.
    pub above: f64,
    /// What they rest on.
    pub basis: Basis,
}

/// What the errors from the shape rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The cubic through the same points.
    Cubic,
    /// The lines through neighbouring places, which a curve that bends one way keeps to.
    Bend,
}

impl Shapes {
    pub(super) fn bend(below: f64, above: f64) -> Self {
        Shapes {
            below,
            above,
            basis: Basis::Bend,
        }
    }
}

/// What a cubic through the points of a parabola says that fits them and has its root at `x`, known
/// within `error`; none where they do not test it.
pub(super) fn cubic(points: &[Point], x: f64, error: f64) -> Option<Shapes> {
    let (parabola, parabola_error) = (x, error);
    let places = enough_places(points, PLACES_OF_TEST).ok()?;
    let (first, last) = (places[0], places[places.len() - 1]);
    let width = last - first;
    let scaled: Vec<Point> = points
        .iter()
        .map(|point| Point {
            x: (point.x - parabola) / width,
            ..*point
        })
        .collect();
    // A start of the data's size, since the first step is bounded in its units.
    let size = points.iter().map(|point| point.y.abs()).fold(0.0, f64::max);
    let found = fit(&scaled, &Cubic, [size, 0.0, 0.0, 0.0]).ok()?;
    let (u, error) = root(&found)?;
    let (distance, error) = (width * u, width * error);
    let x = parabola + distance;
    let determined = error <= DETERMINED * parabola_error;
    if !(determined && found.quality.is_good() && (first..=last).contains(&x)) {
        return None;
    }
    let freer = sqrt((error * error - parabola_error * parabola_error).max(0.0));
    let farther = libm::hypot(freer, distance);
    let (below, above) = if distance < 0.0 {
        (farther, freer)
    } else {
        (freer, farther)
    };
    Some(Shapes {
        below,
        above,
        basis: Basis::Cubic,
    })
}

/// p₀ + p₁u + p₂u² + p₃u³.
struct Cubic;

impl Model<4> for Cubic {
    fn value(&self, u: f64, [p0, p1, p2, p3]: &[f64; 4]) -> f64 {
        p0 + u * (p1 + u * (p2 + u * p3))
    }

    fn gradient(&self, u: f64, _: &[f64; 4]) -> [f64; 4] {
        [1.0, u, u * u, u * u * u]
    }
}

/// The root that Newton's method reaches from 0, the parabola's, and its error.
fn root(fit: &Fit<4>) -> Option<(f64, f64)> {
    let [_, p1, p2, p3] = fit.parameters;
    let slope = |u: f64| p1 + u * (2.0 * p2 + u * 3.0 * p3);
    let mut u = 0.0;
    for _ in 0..STEPS {
        let step = Cubic.value(u, &fit.parameters) / slope(u);
        u -= step;
        if !u.is_finite() {
            return None;
        }
        if step.abs() < 1e-12 {
            let error = fit.error_along(&Cubic.gradient(u, &[0.0; 4])) / slope(u).abs();
            return error.is_finite().then_some((u, error));
        }
    }
    None
}

/// Between what the zero of a curve lies that bends as the places do; `rank` of them lie before the
/// change of sign, and there are at least two on each side.
pub(super) fn bend(places: &[Point], rank: usize) -> (f64, f64) {
    let (before, after) = (places[rank - 1], places[rank]);
    let across = zero(before, after);
    let within = |x: f64| x.clamp(before.x, after.x);
    let left = within(extended(places[rank - 2], before).unwrap_or(after.x));
    let right = within(extended(places[rank + 1], after).unwrap_or(before.x));
    if (left - across) * (right - across) < 0.0 {
        return (left.min(right), left.max(right));
    }
    let nearer = if (left - across).abs() < (right - across).abs() {
        left
    } else {
        right
    };
    (across.min(nearer), across.max(nearer))
}

/// Where the line between two places of different signs is zero.
fn zero(before: Point, after: Point) -> f64 {
    let share = before.y.abs() / (before.y.abs() + after.y.abs());
    if share.is_nan() {
        return before.x / 2.0 + after.x / 2.0;
    }
    before.x + share * (after.x - before.x)
}

/// Where the line from `far` through `near` is zero beyond `near`, if it is.
fn extended(far: Point, near: Point) -> Option<f64> {
    if near.y == 0.0 {
        return Some(near.x);
    }
    let growth = (near.y - far.y) / near.y;
    (growth < 0.0).then(|| near.x - (near.x - far.x) / growth)
}
