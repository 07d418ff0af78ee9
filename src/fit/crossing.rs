//! Where a measured quantity passes through zero: m_crit from J(m₊).
//!
//! A parabola is fitted to the points about the change of sign, and its root taken; what other
//! shapes through the same points would give is part of the error: see [`super::shapes`].
//!
//! **Window.** The places are split where their signs change, so that those on the wrong
//! side weigh least, Σ (y/error)². The change must lie between two places: none is looked for
//! beyond the points, where J may bend as it likes. Up to [`REACH`] places on each side make the
//! window. If χ² there has a p-value under [`MISFIT`](super::MISFIT), the next narrower window is
//! tried; the narrowest with a crossing is kept whatever its χ². Where no parabola has one, the
//! line between the two places beside the change stands in.
//!
//! **Two places on each side.** Where there is one on a side, alone beside the change, no point
//! tells how the curve bends there: a polynomial that passes through all of them may be far off,
//! as where J levels off towards saturation behind its zero. Then the places say between what the
//! quantity vanishes, not where: [`Located::Between`]. So do two whose distance is too uncertain
//! for a slope, if their signs are certain.
//!
//! **Order.** χ² does not decide between line and parabola: a line kept because its misfit is
//! not yet significant is biased by up to an error or two.
//!
//! **Bias.** If the parabola is right, χ² and the fitted parameters are independent, so
//! that a window chosen by its χ² has the same distribution of roots as one that was given;
//! a narrower one is then taken once in a hundred. What was tried and not kept is
//! in [`Crossing::rejected`].

use super::least_squares::{Fit, Model, fit};
use super::shapes::{self, Shapes};
use super::sided::Sided;
use super::{Point, Quality, SIGNIFICANT, Unfit, enough_places, in_range};
use libm::sqrt;

/// Places on each side of the change of sign that are used at most.
pub const REACH: usize = 4;
/// Places on each side of the change without which only an interval is known.
pub const PLACES_ON_A_SIDE: usize = 2;
/// A point on the wrong side of the crossing by more errors than this contradicts it.
pub const CONTRADICTION: f64 = 4.0;
/// Errors from zero on from which the sign of a place is certain.
pub const CERTAIN: f64 = 2.0;

/// What the points say of the place of a zero.
#[derive(Clone, Debug, PartialEq)]
pub enum Located {
    /// Where it is, with errors.
    At(Crossing),
    /// Only between what.
    Between(Bracket),
}

/// An interval with a zero, and nothing to tell where in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bracket {
    /// Its lower end.
    pub from: f64,
    /// Its upper end.
    pub to: f64,
    /// The two places beside the change of sign. `from` and `to` are the nearest of which the sign
    /// is certain, these or such as lie behind them. Where there is none on a side, it is the end
    /// here, and beyond it what [`CERTAIN`] errors move a line to the nearest on the other side.
    pub ends: (f64, f64),
    /// Whether one of them is alone on its side.
    pub alone: bool,
}

/// The polynomial that is fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Two parameters: between the two places beside the change of sign.
    Line,
    /// Three parameters.
    Parabola,
}

/// A crossing of zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Where the fit is zero.
    pub x: f64,
    /// The error from the scatter of the points, σ(fit at x)/|slope|.
    pub error: f64,
    /// What other shapes add to it.
    pub shapes: Shapes,
    /// The two places beside the change of sign.
    pub bracket: (f64, f64),
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
/// Where the points do not show a single crossing between them.
///
/// # Example
/// ```
/// use uphill::fit::{Point, crossing};
/// let points: Vec<Point> = (0..6)
///     .map(|i| 0.9990 + 1e-4 * f64::from(i))
///     .map(|x| Point { x, y: -0.03 * (x - 0.99925), error: 1e-7 })
///     .collect();
/// let crossing::Located::At(found) = crossing::locate(&points).unwrap() else {
///     unreachable!("six points tell more than an interval");
/// };
/// assert!((found.x - 0.99925).abs() < 1e-9);
/// assert!(found.error_low() < 3e-6 && found.error_high() < 3e-6);
/// let alone = crossing::locate(&points[..4]);
/// assert!(matches!(alone, Ok(crossing::Located::Between(_))));
/// ```
pub fn locate(points: &[Point]) -> Result<Located, Unfit> {
    let split = Split::of(points)?;
    let (before, after) = split.beside().ok_or(Unfit::NotEnclosed)?;
    if split.is_alone() {
        return split.bracket().map(Located::Between);
    }
    let Some(best) = best_parabola(points, &split) else {
        return match line(points, &split) {
            Err(_) if certain(before) && certain(after) => split.bracket().map(Located::Between),
            line => line.map(Located::At),
        };
    };
    let used: Vec<Point> = best.used.iter().map(|&i| points[i]).collect();
    let cubic = best
        .quality
        .is_good()
        .then(|| shapes::cubic(&used, best.x, best.error))
        .flatten();
    let (x, shapes) = match cubic {
        Some(shapes) => (best.x, shapes),
        None => split.bent(best.x)?,
    };
    Ok(Located::At(Crossing { x, shapes, ..best }))
}

impl Crossing {
    /// How far below `x` the truth may be, as one standard deviation.
    pub fn error_low(&self) -> f64 {
        libm::hypot(self.error, self.shapes.below)
    }

    /// How far above `x` the truth may be, as one standard deviation.
    pub fn error_high(&self) -> f64 {
        libm::hypot(self.error, self.shapes.above)
    }

    /// `x` with both errors.
    pub fn sided(&self) -> Sided {
        Sided {
            value: self.x,
            below: self.error_low(),
            above: self.error_high(),
        }
    }

    /// Where the same polynomial over the same window is zero for other points, as a jackknife
    /// needs it.
    ///
    /// # Errors
    /// Where it is not, or the points do not determine it.
    pub fn again(&self, points: &[Point]) -> Result<f64, Unfit> {
        let centre = self.bracket.0 / 2.0 + self.bracket.1 / 2.0;
        Ok(within(points, self.window, self.order, self.bracket, centre)?.x)
    }
}

/// The parabola of the widest window that it describes, or of the narrowest.
fn best_parabola(points: &[Point], split: &Split) -> Option<Crossing> {
    let mut kept: Option<Crossing> = None;
    let mut rejected = Vec::new();
    for window in split.windows().into_iter().rev() {
        let found = split.within(points, window, Order::Parabola);
        let Ok(found) = found else { continue };
        let fits = found.quality.is_good();
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
    Some(Crossing { rejected, ..kept? })
}

/// The line between the places beside the change.
fn line(points: &[Point], split: &Split) -> Result<Crossing, Unfit> {
    let (before, after) = split.beside().ok_or(Unfit::NotEnclosed)?;
    let found = split.within(points, (before.x, after.x), Order::Line)?;
    let (x, shapes) = split.bent(found.x)?;
    Ok(Crossing { x, shapes, ..found })
}

/// Whether a place is clearly not zero.
fn certain(place: Point) -> bool {
    place.y.abs() >= CERTAIN * place.error
}

/// Where the sign changes.
struct Split {
    /// The weighted means at the different x, ascending.
    places: Vec<Point>,
    /// How many of them lie before the change.
    rank: usize,
    /// The sign of y before it, as ±1.
    sign: f64,
}

impl Split {
    fn of(points: &[Point]) -> Result<Self, Unfit> {
        let mut places = Vec::new();
        for x in enough_places(points, 2)? {
            places.push(mean_at(points, x)?);
        }
        let mut significance = Vec::with_capacity(places.len());
        for place in &places {
            significance.push(in_range(place.y / place.error)?);
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
        for (i, place) in places.iter().enumerate() {
            let sign = if i < rank { falling } else { -falling };
            if -sign * significance[i] > CONTRADICTION {
                return Err(Unfit::SeveralCrossings { x: place.x });
            }
        }
        let sign = falling;
        Ok(Split { places, rank, sign })
    }

    /// The places beside the change, if there are some on both sides.
    fn beside(&self) -> Option<(Point, Point)> {
        let before = self.rank.checked_sub(1)?;
        Some((self.places[before], *self.places.get(self.rank)?))
    }

    /// Whether there is one place on a side.
    fn is_alone(&self) -> bool {
        self.rank.min(self.places.len() - self.rank) < PLACES_ON_A_SIDE
    }

    /// The interval in which the zero is, where places on both sides of it are known.
    fn bracket(&self) -> Result<Bracket, Unfit> {
        let (before, after) = self.beside().ok_or(Unfit::NotEnclosed)?;
        // y where its sign is as it should be on a side, and −y where it is not.
        let own = |place: Point, sign: f64| sign * self.sign * place.y;
        let is_end = |place: &&Point, sign: f64| own(**place, sign) >= CERTAIN * place.error;
        let (behind, ahead) = self.places.split_at(self.rank);
        let last = behind.iter().rev().find(|place| is_end(place, 1.0));
        let next = ahead.iter().find(|place| is_end(place, -1.0));
        // From as far as the signs are certain, a line has the surest slope.
        let (from, to) = (last.unwrap_or(&before), next.unwrap_or(&after));
        let slope = in_range((to.y - from.y) / (to.x - from.x))?;
        let error = in_range(libm::hypot(from.error, to.error) / (to.x - from.x))?;
        let beyond = |place: Point, sign: f64| {
            let fall = -self.sign * slope;
            if fall < SIGNIFICANT * error || fall == 0.0 {
                return Err(Unfit::FlatCrossing { slope, error });
            }
            in_range((CERTAIN * place.error - own(place, sign)) / fall)
        };
        let lower = || in_range(before.x - beyond(before, 1.0)?);
        let upper = || in_range(after.x + beyond(after, -1.0)?);
        Ok(Bracket {
            from: last.map_or_else(lower, |place| Ok(place.x))?,
            to: next.map_or_else(upper, |place| Ok(place.x))?,
            ends: (before.x, after.x),
            alone: self.is_alone(),
        })
    }

    /// The windows to be tried, from the narrowest on.
    fn windows(&self) -> Vec<(f64, f64)> {
        let mut windows = Vec::new();
        for reach in 2..=REACH {
            let first = self.rank.saturating_sub(reach);
            let last = (self.rank + reach).min(self.places.len()) - 1;
            windows.push((self.places[first].x, self.places[last].x));
        }
        windows.dedup();
        windows
    }

    fn within(
        &self,
        points: &[Point],
        window: (f64, f64),
        order: Order,
    ) -> Result<Crossing, Unfit> {
        let (before, after) = self.beside().ok_or(Unfit::NotEnclosed)?;
        let centre = before.x / 2.0 + after.x / 2.0;
        within(points, window, order, (before.x, after.x), centre)
    }

    /// A root moved to where the curvature of the places allows one, and how far it goes on from
    /// there.
    fn bent(&self, root: f64) -> Result<(f64, Shapes), Unfit> {
        let (low, high) = shapes::bend(&self.places, self.rank);
        let x = root.clamp(in_range(low)?, in_range(high)?);
        Ok((x, Shapes::bend(x - low, high - x)))
    }
}

/// The weighted mean of the points at one place.
fn mean_at(points: &[Point], x: f64) -> Result<Point, Unfit> {
    let here = || points.iter().filter(|point| point.x == x);
    let finest = here()
        .map(|point| point.error)
        .fold(f64::INFINITY, f64::min);
    let (mut weights, mut sum) = (0.0, 0.0);
    for point in here() {
        let weight = finest / point.error;
        weights += weight * weight;
        sum += weight * weight * point.y;
    }
    Ok(Point {
        x,
        y: in_range(sum / weights)?,
        error: finest / sqrt(weights),
    })
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

/// The crossing nearest to the centre of a polynomial through the points of a window, without
/// what other shapes add.
fn within(
    points: &[Point],
    window: (f64, f64),
    order: Order,
    bracket: (f64, f64),
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
    if x < window.0 || x > window.1 {
        return Err(Unfit::NoCrossing);
    }
    Ok(Crossing {
        x,
        error: in_range(width * root.error)?,
        shapes: Shapes::bend(0.0, 0.0),
        bracket,
        slope: in_range(root.slope / width)?,
        slope_error: in_range(root.slope_error / width)?,
        order,
        used,
        window,
        quality,
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
