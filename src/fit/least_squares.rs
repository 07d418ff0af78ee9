//! The minimum of χ² and the covariance of its parameters.
//!
//! Levenberg's and Marquardt's method, by the crate of that name, a port of MINPACK.

use super::{Point, Quality, Unfit, enough_places, in_range};
use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt, TerminationReason};
use nalgebra::{Cholesky, DMatrix, DVector, Dyn, U1, VecStorage};

/// Smallest square of a column's part that the others do not contain, in units of the
/// column: below, the covariance would be rounding to more than 10⁻⁶.
const INDEPENDENT: f64 = 1e-10;
/// Largest fall of χ² still to be had, in units of χ² or of 1, at which the minimum
/// is reached: the parameters are then within 10⁻³ of an error.
const REACHED: f64 = 1e-6;

/// A function of x with `P` parameters.
pub trait Model<const P: usize> {
    /// Its value at `x`.
    fn value(&self, x: f64, parameters: &[f64; P]) -> f64;
    /// Its derivatives with respect to the parameters at `x`.
    fn gradient(&self, x: f64, parameters: &[f64; P]) -> [f64; P];
}

/// The polynomial p₀ + p₁u + p₂u² + … of as many powers as there are parameters.
#[derive(Clone, Copy, Debug)]
pub struct Powers;

impl<const P: usize> Model<P> for Powers {
    fn value(&self, u: f64, parameters: &[f64; P]) -> f64 {
        parameters.iter().rev().fold(0.0, |sum, p| sum * u + p)
    }

    fn gradient(&self, u: f64, _: &[f64; P]) -> [f64; P] {
        let mut power = 1.0;
        std::array::from_fn(|_| {
            let present = power;
            power *= u;
            present
        })
    }
}

/// Parameters with their covariance.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit<const P: usize> {
    /// Where χ² is smallest.
    pub parameters: [f64; P],
    /// (JᵀWJ)⁻¹ there, with the points' errors as they are given.
    pub covariance: [[f64; P]; P],
    /// χ² there.
    pub quality: Quality,
}

impl<const P: usize> Fit<P> {
    /// The error of Σ directionᵢ parameterᵢ.
    pub fn error_along(&self, direction: &[f64; P]) -> f64 {
        let mut variance = 0.0;
        for (row, a) in self.covariance.iter().zip(direction) {
            for (element, b) in row.iter().zip(direction) {
                variance += a * element * b;
            }
        }
        libm::sqrt(variance.max(0.0))
    }

    /// The error of a parameter.
    pub fn error(&self, parameter: usize) -> f64 {
        libm::sqrt(self.covariance[parameter][parameter])
    }
}

/// Fits a model to points, from the given start.
///
/// # Errors
/// Where the points are no numbers, too few or too large, leave the parameters open,
/// or the iteration does not arrive. All that is returned is finite.
pub fn fit<const P: usize>(
    points: &[Point],
    model: &dyn Model<P>,
    start: [f64; P],
) -> Result<Fit<P>, Unfit> {
    enough_places(points, P)?;
    let array = |parameters: &[f64]| std::array::from_fn(|i| parameters[i]);
    let minimum = minimum(Problem {
        points,
        value: &|x, parameters| model.value(x, &array(parameters)),
        gradient: &|x, parameters| model.gradient(x, &array(parameters)).to_vec(),
        parameters: DVector::from_column_slice(&start),
    })?;
    Ok(Fit {
        parameters: array(minimum.parameters.as_slice()),
        covariance: std::array::from_fn(|i| std::array::from_fn(|j| minimum.covariance[(i, j)])),
        quality: Quality {
            chi_squared: minimum.chi_squared,
            freedom: points.len() - P,
        },
    })
}

/// A fit of any number of parameters.
struct Minimum {
    parameters: DVector<f64>,
    covariance: DMatrix<f64>,
    chi_squared: f64,
}

/// One piece of code for any number of parameters: the page has to load it.
fn minimum(problem: Problem) -> Result<Minimum, Unfit> {
    let (problem, report) = LevenbergMarquardt::new().minimize(problem);
    if matches!(
        report.termination,
        TerminationReason::User(_) | TerminationReason::Numerical(_)
    ) {
        return Err(Unfit::OutOfRange);
    }
    // The library stops for many reasons; what counts is how far the minimum still is.
    let residuals = problem.residuals().ok_or(Unfit::OutOfRange)?;
    let jacobian = problem.jacobian().ok_or(Unfit::OutOfRange)?;
    let chi_squared = in_range(residuals.norm_squared())?;
    let covariance = covariance(&jacobian)?;
    let slope = jacobian.tr_mul(&residuals);
    let fall = in_range(slope.dot(&(&covariance * &slope)))?;
    if fall > REACHED * chi_squared.max(1.0) {
        return Err(Unfit::NotConverged);
    }
    Ok(Minimum {
        parameters: problem.parameters,
        covariance,
        chi_squared,
    })
}

/// (JᵀJ)⁻¹.
fn covariance(jacobian: &DMatrix<f64>) -> Result<DMatrix<f64>, Unfit> {
    let count = jacobian.ncols();
    let mut scale = Vec::with_capacity(count);
    for column in jacobian.column_iter() {
        let length = in_range(column.norm())?;
        if length == 0.0 {
            return Err(Unfit::Undetermined);
        }
        scale.push(length);
    }
    // Of columns of length 1, so that the parameters' units do not matter.
    let overlap = DMatrix::from_fn(count, count, |i, j| {
        jacobian
            .column(i)
            .iter()
            .zip(jacobian.column(j).iter())
            .map(|(a, b)| (a / scale[i]) * (b / scale[j]))
            .sum()
    });
    let roots = Cholesky::new(overlap).ok_or(Unfit::Undetermined)?;
    if (0..count).any(|i| roots.l_dirty()[(i, i)] * roots.l_dirty()[(i, i)] < INDEPENDENT) {
        return Err(Unfit::Undetermined);
    }
    let mut inverse = roots.inverse();
    for i in 0..count {
        for j in 0..count {
            inverse[(i, j)] = in_range(inverse[(i, j)] / scale[i] / scale[j])?;
        }
    }
    if (0..count).all(|i| inverse[(i, i)] > 0.0) {
        Ok(inverse)
    } else {
        Err(Unfit::OutOfRange)
    }
}

/// A model's value at x under parameters.
type Value<'a> = &'a dyn Fn(f64, &[f64]) -> f64;
/// Its derivatives with respect to them.
type Gradient<'a> = &'a dyn Fn(f64, &[f64]) -> Vec<f64>;

/// The residuals (fit − y)/error, as the library asks for them.
struct Problem<'a> {
    points: &'a [Point],
    value: Value<'a>,
    gradient: Gradient<'a>,
    parameters: DVector<f64>,
}

impl LeastSquaresProblem<f64, Dyn, Dyn> for Problem<'_> {
    type ResidualStorage = VecStorage<f64, Dyn, U1>;
    type JacobianStorage = VecStorage<f64, Dyn, Dyn>;
    type ParameterStorage = VecStorage<f64, Dyn, U1>;

    fn set_params(&mut self, parameters: &DVector<f64>) {
        self.parameters.copy_from(parameters);
    }

    fn params(&self) -> DVector<f64> {
        self.parameters.clone()
    }

    fn residuals(&self) -> Option<DVector<f64>> {
        let parameters = self.parameters.as_slice();
        let residuals = DVector::from_iterator(
            self.points.len(),
            self.points
                .iter()
                .map(|point| ((self.value)(point.x, parameters) - point.y) / point.error),
        );
        residuals.iter().all(|r| r.is_finite()).then_some(residuals)
    }

    fn jacobian(&self) -> Option<DMatrix<f64>> {
        let parameters = self.parameters.as_slice();
        let mut jacobian = DMatrix::zeros(self.points.len(), parameters.len());
        for (row, point) in self.points.iter().enumerate() {
            let gradient = (self.gradient)(point.x, parameters);
            for (column, derivative) in gradient.iter().enumerate() {
                jacobian[(row, column)] = derivative / point.error;
            }
        }
        jacobian.iter().all(|d| d.is_finite()).then_some(jacobian)
    }
}
