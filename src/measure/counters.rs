//! What a run counts from its start on: moves, crossings, and what the reservoirs bring and take.

use crate::rates::FAMILIES;
use serde::{Deserialize, Serialize};

/// Plus spins that crossed horizontal bonds to the right, less those to the left, by family of
/// exchange.
pub type Crossings = [i64; FAMILIES];

/// Counts since t = 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Q by family of exchange: plus spins that crossed a horizontal bond to the right, less those
    /// to the left.
    pub crossings: Crossings,
    /// Horizontal exchanges by family, either way.
    pub hops: [u64; FAMILIES],
    /// Flips by the left and by the right reservoir, either way.
    pub flips: [u64; 2],
    /// I_L: plus spins injected by the left reservoir, less those removed.
    pub injected: i64,
    /// I_R: plus spins removed by the right reservoir, less those injected.
    pub removed: i64,
    /// Moves performed.
    pub events: u64,
    /// Moves attempted.
    pub attempts: u64,
}

impl Counters {
    /// Q.
    pub fn crossed(&self) -> i64 {
        self.crossings.iter().sum()
    }

    /// I_L and I_R.
    pub(crate) fn flown(&self) -> [i64; 2] {
        [self.injected, self.removed]
    }
}
