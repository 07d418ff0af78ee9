//! Where a measured quantity passes through zero: m_crit from J(m₊).
//!
//! A parabola is fitted to the points about the change of sign, and its root taken.
//!
//! **Window.** The points are split where their signs change, so that those on the wrong
//! side weigh least, Σ (y/error)². Up to [`REACH`] places on each side make the window.
//! If χ² there has a p-value under [`MISFIT`], the next narrower window with at least
//! [`PLACES_OF_PARABOLA`] places is tried; the narrowest with a crossing is kept
//! whatever its χ².
//!
//! **Order.** From four places on a parabola, below that a line. χ² does not decide this:
//! a line kept because its misfit is not yet significant is biased by up to an error or two.
//!
//! **Bias.** If the parabola is right, χ² and the fitted parameters are independent, so
//! that a window chosen by its χ² has the same distribution of roots as one that was given;
//! a narrower one is then taken once in a hundred. What was tried and not kept is
//! in [`Crossing::rejected`].

use super::least_squares::{Fit, Model, fit};
use super::{Point, Quality, SIGNIFICANT, Unfit, enough_places, in_range};
use libm::sqrt;

/// Places on each side of the change of sign that are used at most.
pub const REACH: usize = 4;
/// Places without which no parabola is fitted.
pub const PLACES_OF_PARABOLA: usize = 4;
/// A p-value below which a narrower window is tried.
pub const MISFIT: f64 = 0.01;
/// A point on the wrong side of the crossing by more errors than this contradicts it.
pub const CONTRADICTION: f64 = 4.0;

/// The polynomial that is fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Two parameters.
    Line,
    /// Three parameters.
    Parabola,
}

/// A crossing of zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Where the fit is zero.
    pub x: f64,
    /// Its error, σ(fit at x)/|slope|.
    pub error: f64,
    /// dy/dx there.
    pub slope: f64,
    /// The error of the slope.
    pub slope_error: f64,
    /// The polynomial.
    pub order: Order,
    /// The points that it was fitted to: their places in the given list.
    pub used: Vec<usize>,
    /// Smallest and largest x of those points.
    pub window: (f64, f64),
    /// χ² of the fit.
    pub quality: Quality,
    /// Whether the crossing lies outside the window, by no more than one step of the points.
    pub extrapolated: bool,
    /// The wider windows that were tried before, which the parabola does not describe.
    pub rejected: Vec<Rejected>,
}

/// A window that was not kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rejected {
    /// Its smallest and largest x.
    pub window: (f64, f64),
    /// χ² of the fit.
    pub quality: Quality,
}

/// Finds the crossing; window and order are chosen as the module's page says.
///
/// # Errors
/// Where the points do not show a single crossing, inside them or within one step.
///
/// # Example
/// ```
/// use uphill::fit::{Point, crossing};
/// let points: Vec<Point> = (0..6)
///     .map(|i| 0.9990 + 1e-4 * f64::from(i))
///     .map(|x| Point { x, y: -0.03 * (x - 0.9993), error: 1e-7 })
///     .collect();
/// let found = crossing::locate(&points).unwrap();
/// assert!((found.x - 0.9993).abs() < 1e-9);
/// assert!(found.error < 3e-6);
/// ```
pub fn locate(points: &[Point]) -> Result<Crossing, Unfit> {
    let split = Split::of(points)?;
    let mut kept: Option<Crossing> = None;
    let mut rejected = Vec::new();
    let mut failure = Unfit::NoCrossing;
    for (window, order) in split.windows().into_iter().rev() {
        match within(points, window, order, split.centre()) {
            Err(reason) => failure = reason,
            Ok(found) => {
                let fits = found.quality.p_value().is_none_or(|p| p >= MISFIT);
                if let Some(wider) = kept.replace(found) {
                    rejected.push(Rejected {
                        window: wider.window,
                        quality: wider.quality,
                    });
                }
                if fits {
                    break;
                }
            }
        }
    }
    let kept = kept.ok_or(failure)?;
    Ok(Crossing { rejected, ..kept })
}

/// The crossing of a polynomial of given order through all the points.
///
/// # Errors
/// As [`locate`].
pub fn through(points: &[Point], order: Order) -> Result<Crossing, Unfit> {
    let split = Split::of(points)?;
    let window = (split.places[0], split.places[split.places.len() - 1]);
    within(points, window, order, split.centre())
}

impl Crossing {
    /// The crossing of other points by the same polynomial over the same window,
    /// as a jackknife needs it.
    ///
    /// # Errors
    /// As [`locate`].
    pub fn again(&self, points: &[Point]) -> Result<Crossing, Unfit> {
        let split = Split::of(points)?;
        within(points, self.window, self.order, split.centre())
    }
}

/// Where the sign changes.
struct Split {
    /// The different x, ascending.
    places: Vec<f64>,
    /// How many of them lie before the change.
    rank: usize,
}

impl Split {
    fn of(points: &[Point]) -> Result<Self, Unfit> {
        let places = enough_places(points, 2)?;
        let mut significance = Vec::with_capacity(places.len());
        for &place in &places {
            significance.push(in_range(mean_significance(points, place))?);
        }
        let n = places.len();
        // Where one cost is no lower than another the change lies between points, then
        // beside those closest to zero, then to the left.
        let mut best: Option<((f64, bool, f64), usize, f64)> = None;
        for rank in 0..=n {
            for falling in [1.0, -1.0] {
                let wrong = |i: usize| {
                    let sign = if i < rank { falling } else { -falling };
                    (-sign * significance[i]).max(0.0)
                };
                let cost: f64 = (0..n).map(|i| wrong(i) * wrong(i)).sum();
                let beside = match rank {
                    0 => significance[0].abs(),
                    rank if rank == n => significance[n - 1].abs(),
                    rank => significance[rank - 1].abs().min(significance[rank].abs()),
                };
                let key = (cost, rank == 0 || rank == n, beside);
                if best.as_ref().is_none_or(|(least, ..)| key < *least) {
                    best = Some((key, rank, falling));
                }
            }
        }
        let (_, rank, falling) = best.ok_or(Unfit::OutOfRange)?;
        for (i, &x) in places.iter().enumerate() {
            let sign = if i < rank { falling } else { -falling };
            if -sign * significance[i] > CONTRADICTION {
                return Err(Unfit::SeveralCrossings { x });
            }
        }
        Ok(Split { places, rank })
    }

    /// The windows to be tried, from the narrowest on, each with its polynomial.
    fn windows(&self) -> Vec<((f64, f64), Order)> {
        let mut windows = Vec::new();
        for reach in 2..=REACH {
            let first = self.rank.saturating_sub(reach);
            let last = (self.rank + reach).min(self.places.len()) - 1;
            let window = (self.places[first], self.places[last]);
            if last - first + 1 >= PLACES_OF_PARABOLA {
                windows.push((window, Order::Parabola));
            } else if reach == REACH {
                windows.push((window, Order::Line));
            }
        }
        windows.dedup();
        windows
    }

    /// The middle of the gap where the sign changes, or the end beyond which it does.
    fn centre(&self) -> f64 {
        let last = self.places.len() - 1;
        match self.rank {
            0 => self.places[0],
            rank if rank > last => self.places[last],
            rank => self.places[rank - 1] / 2.0 + self.places[rank] / 2.0,
        }
    }
}

/// The weighted mean of the points at one place, in units of its error.
fn mean_significance(points: &[Point], place: f64) -> f64 {
    let here = || points.iter().filter(|point| point.x == place);
    let finest = here()
        .map(|point| point.error)
        .fold(f64::INFINITY, f64::min);
    let (mut weights, mut sum) = (0.0, 0.0);
    for point in here() {
        let weight = finest / point.error;
        weights += weight * weight;
        sum += weight * (point.y / point.error);
    }
    sum / sqrt(weights)
}

/// p₀ + p₁u + p₂u², or without its last term.
struct Polynomial;

impl<const P: usize> Model<P> for Polynomial {
    fn value(&self, u: f64, parameters: &[f64; P]) -> f64 {
        parameters.iter().rev().fold(0.0, |sum, p| sum * u + p)
    }

    fn gradient(&self, u: f64, _: &[f64; P]) -> [f64; P] {
        powers(u)
    }
}

/// 1, u, u², …
fn powers<const P: usize>(u: f64) -> [f64; P] {
    let mut power = 1.0;
    std::array::from_fn(|_| {
        let present = power;
        power *= u;
        present
    })
}

/// The crossing nearest to the centre of a polynomial through the points of a window.
fn within(
    points: &[Point],
    window: (f64, f64),
    order: Order,
    centre: f64,
) -> Result<Crossing, Unfit> {
    let used: Vec<usize> = (0..points.len())
        .filter(|&i| window.0 <= points[i].x && points[i].x <= window.1)
        .collect();
    let width = in_range((window.1 - centre).max(centre - window.0))?;
    let scaled: Vec<Point> = used
        .iter()
        .map(|&i| Point {
            x: (points[i].x - centre) / width,
            ..points[i]
        })
        .collect();
    let found = match order {
        Order::Line => root::<2>(&scaled),
        Order::Parabola => root::<3>(&scaled),
    };
    let (root, quality) = found.map_err(|reason| match reason {
        Unfit::FlatCrossing { slope, error } => Unfit::FlatCrossing {
            slope: slope / width,
            error: error / width,
        },
        reason => reason,
    })?;
    let x = in_range(centre + width * root.u)?;
    let places = enough_places(&scaled, 2)?;
    let (first, last) = (places[0], places[places.len() - 1]);
    let steps = (places[1] - first, last - places[places.len() - 2]);
    if root.u < first - steps.0 || root.u > last + steps.1 {
        return Err(Unfit::NoCrossing);
    }
    Ok(Crossing {
        x,
        error: in_range(width * root.error)?,
        slope: in_range(root.slope / width)?,
        slope_error: in_range(root.slope_error / width)?,
        order,
        used,
        window,
        quality,
        extrapolated: root.u < first || root.u > last,
        rejected: Vec::new(),
    })
}

/// A root in the scaled coordinate, with its error and the slope there.
struct Root {
    u: f64,
    error: f64,
    slope: f64,
    slope_error: f64,
}

fn root<const P: usize>(points: &[Point]) -> Result<(Root, Quality), Unfit> {
    // A start of the data's size, since the first step is bounded in its units.
    let size = points.iter().map(|point| point.y.abs()).fold(0.0, f64::max);
    let mut start = [0.0; P];
    start[0] = size;
    let fit: Fit<P> = fit(points, &Polynomial, start)?;
    let [p0, p1, p2] = std::array::from_fn(|i| fit.parameters.get(i).copied().unwrap_or(0.0));
    let discriminant = in_range(p1 * p1 - 4.0 * p0 * p2)?;
    if discriminant < 0.0 {
        return Err(Unfit::NoCrossing);
    }
    // The root next to the centre, without the difference of near numbers.
    let slope = sqrt(discriminant).copysign(p1);
    let at = |u: f64| -> ([f64; P], [f64; P]) {
        let powers = powers::<P>(u);
        let derivatives = std::array::from_fn(|i| {
            if i == 0 {
                0.0
            } else {
                i as f64 * powers[i - 1]
            }
        });
        (powers, derivatives)
    };
    let u = if p0 == 0.0 {
        0.0
    } else {
        -2.0 * p0 / (p1 + slope)
    };
    let flat = |u: f64| Unfit::FlatCrossing {
        slope,
        error: fit.error_along(&at(u).1),
    };
    if !u.is_finite() {
        return Err(flat(0.0));
    }
    let (values, derivatives) = at(u);
    let slope_error = in_range(fit.error_along(&derivatives))?;
    if slope.abs() < SIGNIFICANT * slope_error || slope == 0.0 {
        return Err(flat(u));
    }
    Ok((
        Root {
            u,
            error: in_range(fit.error_along(&values) / slope.abs())?,
            slope,
            slope_error,
        },
        fit.quality,
    ))
}
