//! How improbable a deviation is: independent runs, Student's t, χ², p-values.

/// The same quantity measured in independent runs.
#[derive(Clone, Debug, Default)]
pub struct Replicas(Vec<f64>);

impl Replicas {
    /// One more run.
    pub fn add(&mut self, value: f64) {
        self.0.push(value);
    }

    /// The number of runs.
    pub fn count(&self) -> f64 {
        self.0.len() as f64
    }

    /// The mean over the runs.
    pub fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.count()
    }

    /// The variance of one run.
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.0.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (self.count() - 1.0)
    }

    /// The standard error of the mean.
    pub fn error(&self) -> f64 {
        (self.variance() / self.count()).sqrt()
    }

    /// How far the mean is from the truth, as a standard normal variable.
    pub fn score(&self, exact: f64) -> f64 {
        let distance = self.mean() - exact;
        // A quantity that is the same in all runs is right only if it is exact.
        if distance.abs() <= 1e-12 {
            return 0.0;
        }
        normal_of_student(distance / self.error(), self.count() - 1.0)
    }
}

/// The normal variable as improbable as Student's t of `freedom` degrees of
/// freedom, to 0.01 in the range of use (D. L. Wallace, Ann. Math. Stat. 30,
/// 1121, 1959).
pub fn normal_of_student(t: f64, freedom: f64) -> f64 {
    let stretch = (8.0 * freedom + 1.0) / (8.0 * freedom + 3.0);
    (stretch * (freedom * libm::log1p(t * t / freedom)).sqrt()).copysign(t)
}

/// The normal variable as improbable as χ² of `freedom` degrees of freedom
/// (E. B. Wilson and M. M. Hilferty, PNAS 17, 684, 1931).
pub fn normal_of_chi_squared(chi_squared: f64, freedom: f64) -> f64 {
    let width = 2.0 / (9.0 * freedom);
    (libm::cbrt(chi_squared / freedom) - 1.0 + width) / width.sqrt()
}

/// The probability that a standard normal variable is farther from 0 than `score`.
pub fn p_value(score: f64) -> f64 {
    libm::erfc(score.abs() / std::f64::consts::SQRT_2)
}
