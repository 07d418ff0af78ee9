//! The minimum of χ² and the covariance of its parameters.
//!
//! Levenberg's and Marquardt's method, by the crate of that name, a port of MINPACK.

use super::{Point, Quality, Unfit, enough_places, in_range};
use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt, TerminationReason};
use nalgebra::{Cholesky, Const, DVector, Dyn, OMatrix, SMatrix, SVector, VecStorage};

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
    let problem = Problem {
        points,
        model,
        parameters: start,
    };
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
    let fall = in_range(slope.dot(&(covariance * slope)))?;
    if fall > REACHED * chi_squared.max(1.0) {
        return Err(Unfit::NotConverged);
    }
    Ok(Fit {
        parameters: problem.parameters,
        covariance: std::array::from_fn(|i| std::array::from_fn(|j| covariance[(i, j)])),
        quality: Quality {
            chi_squared,
            freedom: points.len() - P,
        },
    })
}

/// (JᵀJ)⁻¹.
fn covariance<const P: usize>(
    jacobian: &OMatrix<f64, Dyn, Const<P>>,
) -> Result<SMatrix<f64, P, P>, Unfit> {
    let mut scale = [0.0; P];
    for (scale, column) in scale.iter_mut().zip(jacobian.column_iter()) {
        *scale = in_range(column.norm())?;
        if *scale == 0.0 {
            return Err(Unfit::Undetermined);
        }
    }
    // Of columns of length 1, so that the parameters' units do not matter.
    let overlap = SMatrix::<f64, P, P>::from_fn(|i, j| {
        jacobian
            .column(i)
            .iter()
            .zip(jacobian.column(j).iter())
            .map(|(a, b)| (a / scale[i]) * (b / scale[j]))
            .sum()
    });
    let roots = Cholesky::new(overlap).ok_or(Unfit::Undetermined)?;
    if (0..P).any(|i| roots.l_dirty()[(i, i)] * roots.l_dirty()[(i, i)] < INDEPENDENT) {
        return Err(Unfit::Undetermined);
    }
    let inverse = roots.inverse();
    for (i, j) in (0..P).flat_map(|i| (0..P).map(move |j| (i, j))) {
        in_range(inverse[(i, j)] / scale[i] / scale[j])?;
    }
    let inverse = SMatrix::from_fn(|i, j| inverse[(i, j)] / scale[i] / scale[j]);
    if (0..P).all(|i| inverse[(i, i)] > 0.0) {
        Ok(inverse)
    } else {
        Err(Unfit::OutOfRange)
    }
}

/// The residuals (fit − y)/error, as the library asks for them.
struct Problem<'a, const P: usize> {
    points: &'a [Point],
    model: &'a dyn Model<P>,
    parameters: [f64; P],
}

impl<const P: usize> LeastSquaresProblem<f64, Dyn, Const<P>> for Problem<'_, P> {
    type ResidualStorage = VecStorage<f64, Dyn, Const<1>>;
    type JacobianStorage = VecStorage<f64, Dyn, Const<P>>;
    type ParameterStorage = nalgebra::ArrayStorage<f64, P, 1>;

    fn set_params(&mut self, parameters: &SVector<f64, P>) {
        self.parameters = std::array::from_fn(|i| parameters[i]);
    }

    fn params(&self) -> SVector<f64, P> {
        SVector::from(self.parameters)
    }

    fn residuals(&self) -> Option<DVector<f64>> {
        let residuals = DVector::from_iterator(
            self.points.len(),
            self.points
                .iter()
                .map(|point| (self.model.value(point.x, &self.parameters) - point.y) / point.error),
        );
        residuals.iter().all(|r| r.is_finite()).then_some(residuals)
    }

    fn jacobian(&self) -> Option<OMatrix<f64, Dyn, Const<P>>> {
        let mut jacobian = OMatrix::<f64, Dyn, Const<P>>::zeros(self.points.len());
        for (row, point) in self.points.iter().enumerate() {
            let gradient = self.model.gradient(point.x, &self.parameters);
            for (column, derivative) in gradient.iter().enumerate() {
                jacobian[(row, column)] = derivative / point.error;
            }
        }
        jacobian.iter().all(|d| d.is_finite()).then_some(jacobian)
    }
}
