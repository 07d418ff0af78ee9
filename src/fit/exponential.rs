//! An exponential approach to a limit: m_eq(L) = m_β + a e^(−bL).

use super::least_squares::{Fit, Model, fit};
use super::{Point, Quality, SIGNIFICANT, Unfit, enough_places, in_range};
use libm::{exp, sqrt};

/// Decay lengths that are tried for a start, in units of the range of x: 2⁶, 2⁵, …, 2⁻⁸.
const STARTS: std::ops::RangeInclusive<i32> = -6..=8;

/// y = limit + a e^(−bx), fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Approach {
    /// The limit.
    pub limit: f64,
    /// Its error; none where the limit was given.
    pub limit_error: Option<f64>,
    /// a, in units of y.
    pub amplitude: f64,
    /// The error of a.
    pub amplitude_error: f64,
    /// b, per unit of x, positive.
    pub rate: f64,
    /// The error of b.
    pub rate_error: f64,
    /// The correlation of a and b.
    pub correlation: f64,
    /// χ² of the fit.
    pub quality: Quality,
}

impl Approach {
    /// The fit at `x`.
    pub fn at(&self, x: f64) -> f64 {
        self.limit + self.amplitude * exp(-self.rate * x)
    }
}

/// Fits a and b, the limit being known.
///
/// # Errors
/// Where the points do not show a distance from the limit that decays.
///
/// # Example
/// ```
/// use uphill::fit::{Point, exponential};
/// let limit = uphill::theory::m_beta(1.0);
/// let points: Vec<Point> = (5..=20)
///     .map(|i| 2.0 * f64::from(i))
///     .map(|x| Point { x, y: limit + 0.00153 * libm::exp(-0.0996 * x), error: 1e-6 })
///     .collect();
/// let found = exponential::approach(&points, limit).unwrap();
/// assert!((found.amplitude - 0.00153).abs() < 1e-9);
/// assert!((found.rate - 0.0996).abs() < 1e-7);
/// ```
pub fn approach(points: &[Point], limit: f64) -> Result<Approach, Unfit> {
    let frame = Frame::of(points, 2)?;
    in_range(limit)?;
    let scaled = frame.scaled(points, limit)?;
    let (_, amplitude, rate) = start(&scaled, Some(0.0))?;
    let found = fit(&scaled, &Decay, [amplitude, rate])?;
    frame.result(limit, found, SIGNIFICANT)
}

/// Fits the limit as well, to be compared with the one that theory gives.
///
/// # Errors
/// As [`approach`].
pub fn free(points: &[Point]) -> Result<Approach, Unfit> {
    free_from(points, SIGNIFICANT)
}

/// The same where distance and rate are so many errors from zero.
fn free_from(points: &[Point], significant: f64) -> Result<Approach, Unfit> {
    let frame = Frame::of(points, 3)?;
    // Off a value of their own size, so that small distances keep their digits.
    let offset = points[0].y;
    let scaled = frame.scaled(points, offset)?;
    let (limit, amplitude, rate) = start(&scaled, None)?;
    let found = fit(&scaled, &Decay, [amplitude, rate, limit])?;
    frame.result(offset, found, significant)
}

/// The limit and its error if the approach is not exponential but a power of x, limit + a x^(−c),
/// fitted; none where that does not describe the points as well, by a p-value under `misfit`.
pub fn limit_by_power(points: &[Point], misfit: f64) -> Option<(f64, f64)> {
    // A power of x decays exponentially in its logarithm.
    let of_logarithm: Vec<Point> = points
        .iter()
        .map(|point| Point {
            x: libm::log(point.x),
            ..*point
        })
        .collect();
    // However little certain its exponent is, it says where else the limit may be.
    let found = free_from(&of_logarithm, 0.0).ok()?;
    let fits = found.quality.p_value().is_some_and(|p| p >= misfit);
    fits.then_some((found.limit, found.limit_error?))
}

/// x = first + width·u.
struct Frame {
    first: f64,
    width: f64,
}

impl Frame {
    fn of(points: &[Point], needed: usize) -> Result<Self, Unfit> {
        let places = enough_places(points, needed)?;
        let first = places[0];
        Ok(Frame {
            first,
            width: in_range(places[places.len() - 1] - first)?,
        })
    }

    fn scaled(&self, points: &[Point], offset: f64) -> Result<Vec<Point>, Unfit> {
        points
            .iter()
            .map(|point| {
                Ok(Point {
                    x: (point.x - self.first) / self.width,
                    y: in_range(point.y - offset)?,
                    error: point.error,
                })
            })
            .collect()
    }

    /// The parameters of the page from those of the fit: the distance at the first
    /// point, the rate over the range, and the limit less `offset` if it is free.
    fn result<const P: usize>(
        &self,
        offset: f64,
        fit: Fit<P>,
        significant: f64,
    ) -> Result<Approach, Unfit> {
        let distance = fit.parameters[0];
        let rate = in_range(fit.parameters[1] / self.width)?;
        let rate_error = in_range(fit.error(1) / self.width)?;
        if distance.abs() < significant * fit.error(0) {
            return Err(Unfit::NoAmplitude {
                distance,
                error: fit.error(0),
            });
        }
        if rate < significant * rate_error {
            return Err(Unfit::NoDecay {
                rate,
                error: rate_error,
            });
        }
        // a = distance·e^(b·first)
        let growth = in_range(exp(rate * self.first))?;
        let amplitude = in_range(distance * growth)?;
        let mut of_amplitude = [0.0; P];
        of_amplitude[0] = growth;
        of_amplitude[1] = in_range(self.first / self.width * amplitude)?;
        let amplitude_error = in_range(fit.error_along(&of_amplitude))?;
        let covariance = (of_amplitude[0] * fit.covariance[0][1]
            + of_amplitude[1] * fit.covariance[1][1])
            / self.width;
        let limit = fit.parameters.get(2).copied();
        Ok(Approach {
            limit: in_range(offset + limit.unwrap_or(0.0))?,
            limit_error: limit.map(|_| fit.error(2)),
            amplitude,
            amplitude_error,
            rate,
            rate_error,
            correlation: in_range(covariance / amplitude_error / rate_error)?,
            quality: fit.quality,
        })
    }
}

/// Parameters distance, rate and, if free, limit.
struct Decay;

impl<const P: usize> Model<P> for Decay {
    fn value(&self, u: f64, parameters: &[f64; P]) -> f64 {
        let limit = parameters.get(2).copied().unwrap_or(0.0);
        limit + parameters[0] * exp(-parameters[1] * u)
    }

    fn gradient(&self, u: f64, parameters: &[f64; P]) -> [f64; P] {
        let decay = exp(-parameters[1] * u);
        std::array::from_fn(|i| match i {
            0 => decay,
            1 => -u * parameters[0] * decay,
            _ => 1.0,
        })
    }
}

/// Limit, distance at u = 0 and rate where χ² is smallest among some rates; given the
/// rate the other two follow from linear least squares.
fn start(points: &[Point], limit: Option<f64>) -> Result<(f64, f64, f64), Unfit> {
    let finest = points
        .iter()
        .map(|point| point.error)
        .fold(f64::INFINITY, f64::min);
    let weight = |point: &Point| (finest / point.error) * (finest / point.error);
    let sum = |of: &dyn Fn(&Point) -> f64| -> f64 {
        points.iter().map(|point| weight(point) * of(point)).sum()
    };
    let weights = sum(&|_| 1.0);
    let mut best: Option<(f64, (f64, f64, f64))> = None;
    for power in STARTS {
        let rate = libm::ldexp(1.0, power);
        let decay = |point: &Point| exp(-rate * point.x);
        let (level, height) = match limit {
            Some(limit) => (0.0, limit),
            None => (sum(&decay) / weights, sum(&|point| point.y) / weights),
        };
        let square = sum(&|point| (decay(point) - level) * (decay(point) - level));
        let distance = sum(&|point| (decay(point) - level) * (point.y - height)) / square;
        let limit = height - distance * level;
        let misfit = |point: &Point| point.y - limit - distance * decay(point);
        let squares = sqrt(sum(&|point| {
            (misfit(point) / finest) * (misfit(point) / finest)
        }));
        if squares.is_finite() && best.as_ref().is_none_or(|(least, _)| squares < *least) {
            best = Some((squares, (limit, distance, rate)));
        }
    }
    best.map(|(_, parameters)| parameters)
        .ok_or(Unfit::OutOfRange)
}
