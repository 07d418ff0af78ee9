//! Weighted least squares with known errors: m_crit, and m_eq against L.
//!
//! A fit takes the errors of its points as they are. Its own errors follow from
//! them alone, and χ² is shown beside them: a misfit is never made up for by wider
//! errors. What cannot be told from the points is an [`Unfit`] with the reason.
//!
//! 1. [`crossing::locate`] finds where a quantity passes through zero: m_crit from J(m₊), and
//!    [`shapes`] how far it may be off since the curve is known at the points alone;
//! 2. [`exponential::approach`] fits m_β + a e^(−bL) to m_eq(L);
//! 3. [`jackknife::jackknife`] checks either error against the scatter of replicas;
//! 4. [`least_squares::fit`] is what they stand on, for any [`least_squares::Model`].
//!
//! The same points give the same bits on every machine, natively and in the browser:
//! nothing but + − · / √ and `libm` takes part.

pub mod chi_squared;
pub mod crossing;
pub mod exponential;
pub mod jackknife;
pub mod least_squares;
pub mod shapes;
pub mod sided;

use crate::notation::{plain, with_error};
use crate::order;
use crate::words::fits as words;
use std::fmt;

/// How many of its own errors a slope, an amplitude or a rate must be away from zero
/// before an error that is propagated through it is given. At five, Fieller's exact
/// interval for a ratio is less than a tenth wider than the propagated one at 2 σ.
pub const SIGNIFICANT: f64 = 5.0;

/// A p-value below which a form does not describe its points.
pub const MISFIT: f64 = 0.01;

/// A measured value with a known error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Where it was measured: m₊, or L.
    pub x: f64,
    /// What was measured: J, or m_eq.
    pub y: f64,
    /// One standard deviation of `y`, positive.
    pub error: f64,
}

/// How well a fit describes its points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Σ ((y − fit)/error)².
    pub chi_squared: f64,
    /// Points less parameters.
    pub freedom: usize,
}

impl Quality {
    /// χ² per degree of freedom; none where no freedom is left.
    pub fn reduced(&self) -> Option<f64> {
        (self.freedom > 0).then(|| self.chi_squared / self.freedom as f64)
    }

    /// Whether its form describes the points, as far as that can be tested.
    pub fn is_good(&self) -> bool {
        self.p_value().is_none_or(|p| p >= MISFIT)
    }

    /// The probability of so large a χ² or a larger one if the model is right; none
    /// where no freedom is left, since such a fit passes through its points whatever they are.
    pub fn p_value(&self) -> Option<f64> {
        (self.freedom > 0).then(|| chi_squared::tail(self.chi_squared, self.freedom))
    }
}

/// Why a fit gives no result.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// A coordinate is not a number, or an error is not positive.
    BadPoint {
        /// Its place in the list.
        index: usize,
        /// The point.
        point: Point,
    },
    /// Fewer places x than the fit has parameters.
    TooFew {
        /// Different x that it takes.
        needed: usize,
        /// Different x that there are.
        given: usize,
    },
    /// Numbers beyond what the arithmetic holds.
    OutOfRange,
    /// The points leave a combination of the parameters open.
    Undetermined,
    /// The iteration did not reach the minimum of χ².
    NotConverged,
    /// The fit does not pass through zero at the points.
    NoCrossing,
    /// The points lie on one side of the crossing.
    NotEnclosed,
    /// The points change sign more than once, beyond doubt.
    SeveralCrossings {
        /// Where a point has the wrong sign for a single crossing.
        x: f64,
    },
    /// The slope at zero could itself be zero.
    FlatCrossing {
        /// The slope there.
        slope: f64,
        /// Its error.
        error: f64,
    },
    /// The distance from the limit could be zero.
    NoAmplitude {
        /// Distance from the limit at the smallest x.
        distance: f64,
        /// Its error.
        error: f64,
    },
    /// The distance from the limit could be constant, or growing.
    NoDecay {
        /// The rate b.
        rate: f64,
        /// Its error.
        error: f64,
    },
    /// Fewer replicas than a jackknife takes.
    TooFewReplicas {
        /// How many it takes.
        needed: usize,
        /// How many there are.
        given: usize,
    },
    /// The fit without one of the replicas failed.
    WithoutReplica {
        /// The replica that was left out.
        index: usize,
        /// Why the fit failed.
        reason: Box<Unfit>,
    },
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl Unfit {
    fn words(&self) -> String {
        match self {
            Unfit::BadPoint { index, point } => {
                words::bad_point(index + 1, point.x, point.y, point.error)
            }
            Unfit::TooFew { needed, given: 0 } => words::no_points(needed),
            Unfit::TooFew { needed, given: 1 } => words::one_point(needed),
            Unfit::TooFew { needed, given } => words::too_few_points(needed, given),
            Unfit::OutOfRange => words::OUT_OF_RANGE.to_owned(),
            Unfit::Undetermined => words::UNDETERMINED.to_owned(),
            Unfit::NotConverged => words::NOT_CONVERGED.to_owned(),
            Unfit::NoCrossing => words::NO_CROSSING.to_owned(),
            Unfit::NotEnclosed => words::NOT_ENCLOSED.to_owned(),
            Unfit::SeveralCrossings { x } => {
                words::several_crossings(plain(*x, 6), crossing::CONTRADICTION)
            }
            Unfit::FlatCrossing { slope, error } => {
                words::flat_crossing(with_error(*slope, *error), SIGNIFICANT)
            }
            Unfit::NoAmplitude { distance, error } => {
                words::no_amplitude(with_error(*distance, *error), SIGNIFICANT)
            }
            Unfit::NoDecay { rate, error } => {
                words::no_decay(with_error(*rate, *error), SIGNIFICANT)
            }
            Unfit::TooFewReplicas { needed, given: 1 } => words::one_replica(needed),
            Unfit::TooFewReplicas { needed, given } => words::too_few_replicas(needed, given),
            Unfit::WithoutReplica { index, reason } => words::without_replica(index + 1, reason),
        }
    }
}

impl std::error::Error for Unfit {}

/// Makes sure that every point is one.
fn check(points: &[Point]) -> Result<(), Unfit> {
    let bad = points.iter().position(|point| {
        !(point.x.is_finite() && point.y.is_finite() && point.error.is_finite())
            || point.error <= 0.0
    });
    match bad {
        Some(index) => Err(Unfit::BadPoint {
            index,
            point: points[index],
        }),
        None => Ok(()),
    }
}

/// The different x of the points, ascending.
fn places(points: &[Point]) -> Vec<f64> {
    let all: Vec<f64> = points.iter().map(|point| point.x).collect();
    let ascending = order::ascending(&all).into_iter();
    let mut places: Vec<f64> = ascending.map(|place| all[place]).collect();
    // Compared as numbers: 0 and −0 are one place.
    places.dedup_by(|a, b| a == b);
    places
}

/// The different x of the points, ascending, if there are enough.
fn enough_places(points: &[Point], needed: usize) -> Result<Vec<f64>, Unfit> {
    check(points)?;
    let places = places(points);
    if places.len() < needed {
        return Err(Unfit::TooFew {
            needed,
            given: places.len(),
        });
    }
    Ok(places)
}

/// A number that the arithmetic could hold.
fn in_range(number: f64) -> Result<f64, Unfit> {
    if number.is_finite() {
        Ok(number)
    } else {
        Err(Unfit::OutOfRange)
    }
}
