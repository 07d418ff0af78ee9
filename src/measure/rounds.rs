//! When a measurement ends: at the first of a fixed ladder of times at which its error
//! is known and small enough.
//!
//! Between the rungs nobody looks, so that a result depends neither on how fast a
//! machine is nor on how often it is asked, and an error that is small by chance has
//! few chances. What bias remains is corrected where the error is made.

/// Lengths of the first four rounds, in time units: 2048·2^(k/4). At 1024 the energies of
/// small lattices, fast with a weak slow part, still had errors that were 9 % low.
const FIRST: [u64; 4] = [2048, 2435, 2896, 3444];

/// The largest number of rounds, as far as time units can be counted.
const LAST: u32 = 4 * 42;

/// What to do at the end of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The error is known and at most the target: the measurement is done.
    Reached,
    /// Another round.
    Continue,
    /// No more time is allowed: the measurement ends without reaching its target.
    Capped,
}

/// A target and a cap, and the ladder of times up to it.
///
/// # Example
/// ```
/// use uphill::measure::rounds::{Decision, Rounds};
/// let rounds = Rounds::new(0.01, 6000);
/// let ends: Vec<u64> = (0..8).map(|k| rounds.end(k)).collect();
/// assert_eq!(ends, [2048, 2435, 2896, 3444, 4096, 4870, 5792, 6000]);
/// assert_eq!(rounds.decide(4, Some(0.02)), Decision::Continue);
/// assert_eq!(rounds.decide(5, Some(0.009)), Decision::Reached);
/// assert_eq!(rounds.decide(7, None), Decision::Capped);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounds {
    target: f64,
    cap: u64,
}

impl Rounds {
    /// Rounds until an error is at most `target`, but for no more than `cap` time units.
    pub fn new(target: f64, cap: u64) -> Self {
        Rounds { target, cap }
    }

    /// How much time has been measured at the end of round k = 0, 1, 2, …, in time units:
    /// 2048·2^(k/4), rounded to multiples of 2^⌊k/4⌋, or the cap if that is less.
    pub fn end(&self, round: u32) -> u64 {
        let round = round.min(LAST);
        (FIRST[(round % 4) as usize] << (round / 4)).min(self.cap)
    }

    /// What to do at the end of a round at which the error bar is `error`, if known.
    pub fn decide(&self, round: u32, error: Option<f64>) -> Decision {
        if error.is_some_and(|error| error <= self.target) {
            Decision::Reached
        } else if self.end(round) >= self.cap || round >= LAST {
            Decision::Capped
        } else {
            Decision::Continue
        }
    }
}
