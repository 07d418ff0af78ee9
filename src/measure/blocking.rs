//! Errors of time averages, by blocking in a stream.
//!
//! Averages over successive blocks of equal length come in; neighbours are joined
//! into blocks of twice the length, level upon level, and every level keeps the
//! scatter of its blocks and of their successive differences. The error of the
//! mean is read at the highest level that still has [`BLOCKS`] blocks, or, for slow
//! series, at one of the two above it, provided that the blocks of an eighth of
//! that length are nearly uncorrelated already: then those of the level itself are
//! independent to a few percent, whether the series is anticorrelated (where short
//! blocks overestimate the error) or slow (where they underestimate it).

use serde::{Deserialize, Serialize};

/// Blocks at the level where the error is read: this many or up to twice as many.
/// So few that they are long, so many that the error is known to some 8 %.
pub const BLOCKS: u64 = 64;
/// Levels above that one which may give the error instead, with a half and a quarter
/// of its blocks.
const HIGHER: usize = 2;
/// Levels between the blocks that are tested for correlation and those that give the error.
const TESTED_BELOW: usize = 3;
/// Shortest blocks without which there is no error.
pub const FEWEST: u64 = BLOCKS << TESTED_BELOW;
/// Shortest blocks that are kept; then they are joined in pairs and their level goes.
pub const CAPACITY: u64 = 1 << 16;
/// Quantities that a hierarchy can hold, so that joining blocks allocates nothing.
const MOST_QUANTITIES: usize = 8;
/// Largest correlation of neighbours at the tested level for an exponentially
/// correlated series: their length is then 2.2 correlation times, and eight of
/// them underestimate the error by 3 %.
const LARGEST_CORRELATION: f64 = 0.3;
/// Smallest one for an anticorrelated series, whose blocks of length B have a
/// variance as (1 + c/B)/B: then eight of them overestimate the error by 3 %.
const SMALLEST_CORRELATION: f64 = -0.15;
/// Largest correlation at the level of the error, in units of its own scatter n^(−1/2).
const LARGEST_SCATTER: f64 = 3.0;
/// A variance below this share of the squared mean is rounding.
const ROUNDING: f64 = 1e-26;

/// Why there is no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Fewer than [`FEWEST`] blocks.
    TooFew,
    /// The longest blocks are still correlated.
    Correlated,
    /// All blocks are equal.
    Constant,
}

/// The hierarchy of blocks of several quantities at once.
///
/// # Example
/// ```
/// use uphill::measure::blocking::Blocking;
/// use uphill::random::Stream;
/// let mut blocking = Blocking::new(1, 1.0);
/// let mut stream = Stream::new(1, 0);
/// for _ in 0..4096 {
///     blocking.push(&[stream.unit()], 1);
/// }
/// let expected = (1.0f64 / 12.0 / 4096.0).sqrt();
/// let error = blocking.error(0).unwrap();
/// assert!((error / expected - 1.0).abs() < 0.3);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blocking {
    step: f64,
    count: u64,
    levels: Vec<Level>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Level {
    blocks: u64,
    /// The first of a pair that waits for the second.
    waiting: bool,
    of: Vec<Scatter>,
}

/// Sums of one quantity over the blocks of a level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Scatter {
    mean: f64,
    /// Σ (xᵢ − mean)²
    squares: f64,
    /// Σ (xᵢ₊₁ − xᵢ)²
    steps: f64,
    last: f64,
}

impl Level {
    fn new(quantities: usize) -> Self {
        Level {
            blocks: 0,
            waiting: false,
            of: vec![Scatter::default(); quantities],
        }
    }

    /// Takes in `n` equal blocks.
    fn record(&mut self, block: &[f64], n: u64) {
        let (before, new) = (self.blocks as f64, n as f64);
        let all = before + new;
        for (sums, &x) in self.of.iter_mut().zip(block) {
            let off = x - sums.mean;
            sums.mean += off * (new / all);
            sums.squares += off * off * (before * new / all);
            if self.blocks > 0 {
                sums.steps += (x - sums.last) * (x - sums.last);
            }
            sums.last = x;
        }
        self.blocks += n;
    }
}

impl Level {
    fn is_constant(&self, quantity: usize) -> bool {
        let sums = &self.of[quantity];
        sums.squares <= ROUNDING * sums.mean * sums.mean * self.blocks as f64
    }

    /// One standard deviation of the mean, widened so that it covers 68.3 % under
    /// Student's t also where the blocks are few.
    fn error(&self, quantity: usize) -> f64 {
        let n = self.blocks as f64;
        let freedom = n - 1.0;
        (1.0 + 0.5 / freedom) * (self.of[quantity].squares / (freedom * n)).sqrt()
    }
}

impl Scatter {
    /// Correlation of neighbouring blocks.
    fn correlation(&self) -> f64 {
        1.0 - self.steps / (2.0 * self.squares)
    }
}

impl Blocking {
    /// An empty hierarchy of so many `quantities`, its shortest blocks of length `step`.
    ///
    /// # Panics
    /// For more than eight quantities.
    pub fn new(quantities: usize, step: f64) -> Self {
        assert!(
            quantities <= MOST_QUANTITIES,
            "at most {MOST_QUANTITIES} quantities"
        );
        Blocking {
            step,
            count: 0,
            levels: vec![Level::new(quantities)],
        }
    }

    /// Length of the shortest blocks.
    pub fn step(&self) -> f64 {
        self.step
    }

    /// When the present shortest block ends if the first began at `start`.
    #[inline]
    pub(crate) fn due(&self, start: f64) -> f64 {
        start + (self.count + 1) as f64 * self.step
    }

    /// How many blocks can be pushed at once.
    pub fn room(&self) -> u64 {
        CAPACITY - self.count
    }

    /// Takes in `n` ≤ [`room`](Self::room) equal blocks: the averages of the quantities over each.
    pub fn push(&mut self, block: &[f64], n: u64) {
        debug_assert!(n <= self.room());
        self.push_at(0, block, n);
        self.count += n;
        if self.count == CAPACITY {
            self.levels.remove(0);
            self.count /= 2;
            self.step *= 2.0;
        }
    }

    fn push_at(&mut self, level: usize, block: &[f64], n: u64) {
        if n == 0 {
            return;
        }
        if level == self.levels.len() {
            self.levels.push(Level::new(block.len()));
        }
        let here = &mut self.levels[level];
        let completes = here.waiting;
        let mut joined = [0.0; MOST_QUANTITIES];
        for ((pair, sums), x) in joined.iter_mut().zip(&here.of).zip(block) {
            *pair = (sums.last + x) / 2.0;
        }
        let left = n - u64::from(completes);
        here.waiting = left % 2 == 1;
        here.record(block, n);
        if completes {
            self.push_at(level + 1, &joined[..block.len()], 1);
        }
        self.push_at(level + 1, block, left / 2);
    }

    /// One standard deviation of the mean of a quantity.
    pub fn error(&self, quantity: usize) -> Result<f64, Unknown> {
        if self.count < FEWEST {
            return Err(Unknown::TooFew);
        }
        let lowest = (self.count / BLOCKS).ilog2() as usize;
        if self.levels[lowest].is_constant(quantity) {
            return Err(Unknown::Constant);
        }
        (lowest..=lowest + HIGHER)
            .find(|&level| self.is_uncorrelated(level, quantity))
            .map(|level| self.levels[level].error(quantity))
            .ok_or(Unknown::Correlated)
    }

    /// Whether the blocks of a level are independent, as far as those of an eighth
    /// of their length and their own correlation tell.
    fn is_uncorrelated(&self, level: usize, quantity: usize) -> bool {
        let here = &self.levels[level];
        let below = &self.levels[level - TESTED_BELOW];
        let allowed = SMALLEST_CORRELATION..=LARGEST_CORRELATION;
        let scatter = LARGEST_SCATTER / (here.blocks as f64).sqrt();
        allowed.contains(&below.of[quantity].correlation())
            && here.of[quantity].correlation() <= scatter
    }

    pub(crate) fn is_sound(&self, quantities: usize) -> bool {
        let depth = (self.count.max(1)).ilog2() as usize + 1;
        self.step.is_finite()
            && self.step > 0.0
            && self.count < CAPACITY
            && self.levels.len() == depth
            && self.levels.iter().enumerate().all(|(height, level)| {
                level.blocks == self.count >> height
                    && level.waiting == (level.blocks % 2 == 1)
                    && level.of.len() == quantities
                    && level.of.iter().all(|sums| {
                        [sums.mean, sums.squares, sums.steps, sums.last]
                            .iter()
                            .all(|x| x.is_finite())
                    })
            })
    }
}
