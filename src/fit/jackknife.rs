//! Errors from the scatter of replicas.

use super::{Unfit, in_range};

/// Replicas without which there is no jackknife error.
pub const FEWEST: usize = 3;

/// A fitted parameter and what leaving out one replica after another says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Jackknife {
    /// The parameter, from all replicas.
    pub value: f64,
    /// One standard deviation, √((n − 1)/n · Σ (θᵢ − θ̄)²) over the values without replica i.
    /// Of n replicas it is itself known to a share of 1/√(2(n − 1)).
    pub error: f64,
    /// (n − 1)(θ̄ − θ): the bias of `value`, to first order in 1/n. It is not taken off.
    pub bias: f64,
    /// n.
    pub replicas: usize,
}

/// The delete-one jackknife of a parameter over independent replicas, each with the
/// points, or whatever else, that it has measured.
///
/// `parameter` gets the replicas that remain. A fit over a window that is chosen by the
/// data should keep the window of all the data: see [`Crossing::again`](super::crossing::Crossing::again).
///
/// # Errors
/// For fewer than [`FEWEST`] replicas, and where one of the fits fails.
///
/// # Example
/// ```
/// use uphill::fit::jackknife::jackknife;
/// let replicas = [1.0, 2.0, 4.0, 5.0];
/// let mean = |kept: &[&f64]| Ok(kept.iter().copied().sum::<f64>() / kept.len() as f64);
/// let found = jackknife(&replicas, mean).unwrap();
/// // For a mean it is the standard error.
/// assert_eq!(found.value, 3.0);
/// assert!((found.error - (10.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
/// ```
pub fn jackknife<T>(
    replicas: &[T],
    mut parameter: impl FnMut(&[&T]) -> Result<f64, Unfit>,
) -> Result<Jackknife, Unfit> {
    if replicas.len() < FEWEST {
        return Err(Unfit::TooFewReplicas {
            needed: FEWEST,
            given: replicas.len(),
        });
    }
    let mut kept: Vec<&T> = replicas.iter().collect();
    let value = in_range(parameter(&kept)?)?;
    let mut without = Vec::with_capacity(replicas.len());
    for (index, replica) in replicas.iter().enumerate() {
        kept.remove(index);
        let found =
            parameter(&kept)
                .and_then(in_range)
                .map_err(|reason| Unfit::WithoutReplica {
                    index,
                    reason: Box::new(reason),
                })?;
        without.push(found);
        kept.insert(index, replica);
    }
    let n = replicas.len() as f64;
    // Off the value, so that parameters close to one another keep their digits.
    let mean = without.iter().map(|found| found - value).sum::<f64>() / n;
    let scatter: f64 = without
        .iter()
        .map(|found| (found - value - mean) * (found - value - mean))
        .sum();
    Ok(Jackknife {
        value,
        error: in_range(libm::sqrt((n - 1.0) / n * scatter))?,
        bias: in_range((n - 1.0) * mean)?,
        replicas: replicas.len(),
    })
}
