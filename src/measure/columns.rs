//! The errors of the profile: averages of every column over few blocks of equal length.
//!
//! A lattice has up to 512 columns, so that only 64 to 127 blocks of each are kept, long ones. What
//! neighbours have in common is then little, and allowed for: the variance of the mean is that of
//! independent blocks times 1 + 2ρ, with the correlation ρ of neighbours, which is
//! 2 V(2) − V(1) of [`long_run`](super::long_run) for windows of one and two blocks.

use super::long_run;
use super::uncertainty::{Uncertainty, Unknown};
use serde::{Deserialize, Serialize};

/// Blocks that are kept; when they are as many, they are joined in pairs.
pub(super) const MOST: usize = 128;
/// Blocks without which there is no error: of the time that any error takes, at least half as many.
pub(super) const FEWEST: usize = MOST / 4;
/// What a block may be correlated with the next: above it, what they have in common reaches further.
const CORRELATION: f64 = 0.35;
/// Where the scatter comes from rare events, an excess kurtosis of K in n blocks means about n/K of
/// them; with fewer than so many both mean and error are low as long as a large one has not come.
const EVENTS: f64 = 16.0;
/// What the kurtosis adds to the relative variance of the variance counts so many times, as there.
const RARITY: f64 = 4.0;
/// The relative variance of the variance, times the number of blocks: 2 of the squares, and 4 of ρ.
const SCATTER: f64 = 6.0;
/// A variance below this share of the squared mean is rounding.
const ROUNDING: f64 = 1e-22;

/// For every column its averages over successive blocks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ColumnBlocks {
    step: f64,
    /// For every column the integral of Σ_y σ from the start to the end of the last block.
    reached: Vec<f64>,
    /// The averages of all columns over the first block, then those over the next, and so on.
    blocks: Vec<f64>,
}

impl ColumnBlocks {
    /// No blocks yet of `lx` columns, the first ones to be of length `step`.
    pub fn new(lx: usize, step: f64) -> Self {
        ColumnBlocks {
            step,
            reached: vec![0.0; lx],
            blocks: Vec::new(),
        }
    }

    fn count(&self) -> usize {
        self.blocks.len() / self.reached.len().max(1)
    }

    /// When the present block ends, of a measurement that began at `start`.
    pub fn due(&self, start: f64) -> f64 {
        start + (self.count() + 1) as f64 * self.step
    }

    /// Ends the present block, given the integrals of the columns from the start to its end.
    pub fn end(&mut self, integrals: impl Iterator<Item = f64>) {
        for (reached, integral) in self.reached.iter_mut().zip(integrals) {
            self.blocks.push((integral - *reached) / self.step);
            *reached = integral;
        }
        let columns = self.reached.len();
        if self.blocks.len() == MOST * columns {
            for pair in 0..MOST / 2 {
                for x in 0..columns {
                    let at = |block: usize| block * columns + x;
                    let joined = self.blocks[at(2 * pair)] + self.blocks[at(2 * pair + 1)];
                    self.blocks[at(pair)] = joined / 2.0;
                }
            }
            self.blocks.truncate(MOST / 2 * columns);
            self.step *= 2.0;
        }
    }

    /// How well the mean of column `x` is known.
    pub fn uncertainty(&self, x: usize) -> Result<Uncertainty, Unknown> {
        let columns = self.reached.len();
        self.uncertainty_of(self.blocks.iter().skip(x).step_by(columns).copied())
    }

    /// How well a sum of the columns' means is known, each times its weight.
    #[cfg(feature = "experiments")]
    pub fn uncertainty_of_sum(&self, weights: &[f64]) -> Result<Uncertainty, Unknown> {
        let blocks = self.blocks.chunks_exact(self.reached.len().max(1));
        let sum = |block: &[f64]| block.iter().zip(weights).map(|(m, w)| m * w).sum::<f64>();
        let sums: Vec<f64> = blocks.map(sum).collect();
        self.uncertainty_of(sums.iter().copied())
    }

    fn uncertainty_of(
        &self,
        values: impl Iterator<Item = f64> + Clone,
    ) -> Result<Uncertainty, Unknown> {
        let count = self.count();
        if count < FEWEST || count as f64 * self.step < long_run::FEWEST as f64 {
            return Err(Unknown::TooFew);
        }
        of_few_blocks(values, count, self.step)
    }

    pub fn is_sound(&self, lx: usize) -> bool {
        let numbers = self.reached.iter().chain(&self.blocks);
        self.step.is_finite()
            && self.step > 0.0
            && self.reached.len() == lx
            && self.blocks.len().is_multiple_of(lx.max(1))
            && self.blocks.len() < MOST * lx
            && numbers.into_iter().all(|number| number.is_finite())
    }
}

/// How well the mean of so many blocks of length `step` is known.
pub(super) fn of_few_blocks(
    values: impl Iterator<Item = f64> + Clone,
    count: usize,
    step: f64,
) -> Result<Uncertainty, Unknown> {
    let n = count as f64;
    let mean = values.clone().sum::<f64>() / n;
    let (mut squares, mut fourths, mut products, mut before) = (0.0, 0.0, 0.0, 0.0);
    for value in values {
        let off = value - mean;
        squares += off * off;
        fourths += off * off * off * off;
        products += off * before;
        before = off;
    }
    if squares <= ROUNDING * mean * mean * n {
        return Err(Unknown::Constant);
    }
    // That of independent blocks is −1/n in the mean.
    let correlation = products / squares + 1.0 / n;
    let rarity = (n * fourths / (squares * squares) - 3.0).max(0.0) / n;
    if rarity * EVENTS > 1.0 {
        return Err(Unknown::Rare);
    }
    if correlation > CORRELATION {
        return Err(Unknown::Dependent);
    }
    let factor = 1.0 + 2.0 * correlation;
    if factor <= 0.0 {
        return Err(Unknown::Dependent);
    }
    let variance = squares / (n * (n - 1.0)) * factor;
    let freedom = 1.0 / (SCATTER / (2.0 * n) + rarity / 2.0);
    Ok(Uncertainty {
        variance: variance * (1.0 + RARITY * rarity),
        freedom,
        correlation_time: step * factor,
        samples: n / factor,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    /// Blocks of white noise, each 16 time units long, and its sums.
    fn noise(columns: usize, blocks: usize, seed: u64) -> (ColumnBlocks, Vec<f64>) {
        let mut stream = Stream::new(seed, 0);
        let mut sums = vec![0.0; columns];
        let mut kept = ColumnBlocks::new(columns, 16.0);
        for block in 1..=blocks {
            for sum in &mut sums {
                *sum += 16.0 * (stream.unit() - 0.5);
            }
            if kept.due(0.0) <= 16.0 * block as f64 {
                kept.end(sums.iter().copied());
            }
        }
        (kept, sums)
    }

    #[test]
    fn blocks_are_means_over_equal_times_however_long_it_takes() {
        let (kept, sums) = noise(3, 1000, 1);
        assert_eq!(kept.step, 8.0 * 16.0);
        assert_eq!(kept.count(), 125);
        assert_eq!(kept.due(5.0), 5.0 + 126.0 * 128.0);
        for (x, sum) in sums.iter().enumerate() {
            let all: f64 = kept.blocks.iter().skip(x).step_by(3).sum();
            assert!((kept.reached[x] - all * kept.step).abs() < 1e-9);
            assert_eq!(kept.reached[x], *sum);
        }
        assert!(kept.is_sound(3) && !kept.is_sound(2));
    }

    #[test]
    fn an_error_is_that_of_independent_blocks() {
        let (kept, _) = noise(200, 100, 2);
        let expected = (1.0 / 12.0 / 100.0f64).sqrt();
        let known: Vec<f64> = (0..200)
            .filter_map(|x| Some(kept.uncertainty(x).ok()?.standard_error()))
            .collect();
        assert!(known.len() > 190);
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        assert!((mean / expected - 1.0).abs() < 0.06, "{mean} {expected}");
    }

    #[test]
    fn what_is_not_known_is_said() {
        let (few, _) = noise(1, 31, 3);
        assert_eq!(few.uncertainty(0).unwrap_err(), Unknown::TooFew);
        let ended = |values: &mut dyn Iterator<Item = f64>| {
            let (mut kept, mut sum) = (ColumnBlocks::new(1, 16.0), 0.0);
            for value in values {
                sum += 16.0 * value;
                kept.end([sum].into_iter());
            }
            kept.uncertainty(0).unwrap_err()
        };
        assert_eq!(ended(&mut (0..40).map(|_| 0.5)), Unknown::Constant);
        assert_eq!(ended(&mut (0..40).map(f64::from)), Unknown::Dependent);
        let rare = |i: i32| f64::from(u8::from(i == 7)) + f64::from(i % 3) * 1e-3;
        assert_eq!(ended(&mut (0..40).map(rare)), Unknown::Rare);
    }
}
