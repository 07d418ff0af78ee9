//! Averages over successive blocks of equal length, in bounded memory.
//!
//! When the list is full, neighbours are joined into blocks of twice the length, so
//! that a run of any length has between half the list and all of it.

use super::long_run;
pub use super::uncertainty::{Uncertainty, Unknown};
use serde::{Deserialize, Serialize};

/// Blocks that are kept; when they are as many, they are joined in pairs.
pub const CAPACITY: usize = long_run::MOST;
/// Blocks without which there is no error.
pub const FEWEST: usize = long_run::FEWEST;

/// The blocks of several quantities.
///
/// # Example
/// ```
/// use uphill::measure::blocking::Blocking;
/// use uphill::random::Stream;
/// let mut blocking = Blocking::new(1, 1.0);
/// let mut stream = Stream::new(1, 0);
/// for _ in 0..1000 {
///     blocking.push(&[stream.unit()], 1);
/// }
/// let expected = (1.0f64 / 12.0 / 1000.0).sqrt();
/// let error = blocking.error(0).unwrap();
/// assert!((error / expected - 1.0).abs() < 0.4);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blocking {
    step: f64,
    /// For each quantity its blocks, oldest first.
    blocks: Vec<Vec<f64>>,
}

impl Blocking {
    /// No blocks yet of so many `quantities`, the first ones to be of length `step`.
    pub fn new(quantities: usize, step: f64) -> Self {
        let list = || Vec::with_capacity(CAPACITY);
        Blocking {
            step,
            blocks: std::iter::repeat_with(list).take(quantities).collect(),
        }
    }

    /// Length of the blocks.
    pub fn step(&self) -> f64 {
        self.step
    }

    /// The complete blocks of a quantity, oldest first.
    pub fn blocks(&self, quantity: usize) -> &[f64] {
        &self.blocks[quantity]
    }

    fn count(&self) -> usize {
        self.blocks.first().map_or(0, Vec::len)
    }

    /// When the present block ends if the first began at `start`.
    #[inline]
    pub(crate) fn due(&self, start: f64) -> f64 {
        start + (self.count() + 1) as f64 * self.step
    }

    /// When the present block began if the first one did at `start`.
    pub(crate) fn began(&self, start: f64) -> f64 {
        start + self.count() as f64 * self.step
    }

    /// Whether the block that ended last, within `span` before `now`, is one of the eight
    /// per doubling of the time after which the errors are worth another look.
    pub(crate) fn is_at_look(&self, start: f64, now: f64, span: f64) -> bool {
        let count = self.count();
        count.is_multiple_of(FEWEST / 8) && now - (start + count as f64 * self.step) < span
    }

    /// How many blocks can be pushed at once.
    pub fn room(&self) -> u64 {
        (CAPACITY - self.count()) as u64
    }

    /// Takes in `n` ≤ [`room`](Self::room) equal blocks: the averages of the quantities over each.
    pub fn push(&mut self, block: &[f64], n: u64) {
        debug_assert!(n <= self.room());
        debug_assert_eq!(block.len(), self.blocks.len());
        let count = self.count() + n as usize;
        for (list, &mean) in self.blocks.iter_mut().zip(block) {
            // A list that was restored or cloned has no more room than blocks.
            list.reserve_exact(CAPACITY - list.len());
            list.resize(count, mean);
            if count == CAPACITY {
                join(list);
            }
        }
        if count == CAPACITY {
            self.step *= 2.0;
        }
    }

    /// How well the mean of a quantity is known.
    ///
    /// # Errors
    /// Says why that is not known.
    pub fn uncertainty(&self, quantity: usize) -> Result<Uncertainty, Unknown> {
        self.uncertainty_of(self.blocks(quantity))
    }

    /// The same of a quantity whose blocks are made of those of others.
    ///
    /// # Errors
    /// Says why that is not known.
    #[inline(never)]
    pub(crate) fn uncertainty_of(&self, blocks: &[f64]) -> Result<Uncertainty, Unknown> {
        let found = long_run::of(blocks)?;
        Ok(Uncertainty {
            variance: found.variance,
            freedom: found.freedom,
            correlation_time: blocks.len() as f64 * self.step / found.samples,
            samples: found.samples,
        })
    }

    /// The error bar of the mean of a quantity, one standard deviation.
    ///
    /// # Errors
    /// Says why it is not known.
    pub fn error(&self, quantity: usize) -> Result<f64, Unknown> {
        self.uncertainty(quantity).map(|known| known.error())
    }

    pub(crate) fn is_sound(&self, quantities: usize) -> bool {
        let count = self.count();
        self.step.is_finite()
            && self.step > 0.0
            && count < CAPACITY
            && self.blocks.len() == quantities
            && self
                .blocks
                .iter()
                .all(|list| list.len() == count && list.iter().all(|mean| mean.is_finite()))
    }
}

/// Replaces neighbours by their mean.
fn join(list: &mut Vec<f64>) {
    let half = list.len() / 2;
    for i in 0..half {
        list[i] = (list[2 * i] + list[2 * i + 1]) / 2.0;
    }
    list.truncate(half);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_means_over_equal_times() {
        let mut blocking = Blocking::new(2, 0.5);
        while blocking.due(0.0) <= 1e6 {
            let middle = blocking.due(0.0) - blocking.step() / 2.0;
            blocking.push(&[middle, 1.0], 1);
        }
        let step = blocking.step();
        assert!(blocking.blocks(0).len() >= CAPACITY / 2);
        assert_eq!(blocking.blocks(0).len(), (1e6 / step) as usize);
        for (i, &block) in blocking.blocks(0).iter().enumerate() {
            assert_eq!(block, (i as f64 + 0.5) * step);
        }
        assert!(blocking.blocks(1).iter().all(|&block| block == 1.0));
    }

    #[test]
    fn many_equal_blocks_at_once_are_as_many_one_by_one() {
        let (mut leaps, mut steps) = (Blocking::new(1, 1.0), Blocking::new(1, 1.0));
        for (value, n) in [(1.0, 3), (2.0, 1000), (0.5, 21), (-1.0, 1), (4.0, 511)] {
            leaps.push(&[value], n);
            (0..n).for_each(|_| steps.push(&[value], 1));
            assert_eq!(leaps, steps);
        }
        assert_eq!(leaps.step(), 4.0);
    }

    /// Pushes blocks of one value as long as they end by `until`.
    fn leap(blocking: &mut Blocking, value: f64, until: f64) {
        while blocking.due(0.0) <= until {
            let more = (until - blocking.due(0.0)) / blocking.step() + 1.0;
            blocking.push(&[value], more.min(blocking.room() as f64) as u64);
        }
    }

    #[test]
    fn an_astronomical_time_is_a_few_pushes() {
        let mut blocking = Blocking::new(1, 1.0);
        leap(&mut blocking, 1.0, 1e24);
        assert!(blocking.blocks(0).len() < CAPACITY);
        assert_eq!(blocking.error(0), Err(Unknown::Constant));
    }

    #[test]
    fn too_few_blocks_have_no_error() {
        let mut blocking = Blocking::new(1, 1.0);
        for i in 0..FEWEST - 1 {
            blocking.push(&[(i % 3) as f64], 1);
            assert_eq!(blocking.error(0), Err(Unknown::TooFew));
        }
    }
}
