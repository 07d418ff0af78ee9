//! The random stream of a run.
//!
//! The generator is xoshiro256++, named so that its stream never changes under
//! us. A stream is derived from (seed, task): task 0 is the run of a plain link.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

/// A stream of random words, and what the dynamics draw from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream of a task under a seed.
    pub fn new(seed: u64, task: u64) -> Self {
        let mut key = [0; 32];
        let halves = [
            Xoshiro256PlusPlus::seed_from_u64(seed),
            Xoshiro256PlusPlus::seed_from_u64(task ^ TASKS),
        ];
        for (half, mut words) in key.chunks_exact_mut(16).zip(halves) {
            words.fill_bytes(half);
        }
        let mut stream = Xoshiro256PlusPlus::from_seed(key);
        // The two halves of the key are independent words; a few steps mix them.
        for _ in 0..16 {
            stream.next_u64();
        }
        Stream(stream)
    }

    /// A word of 64 random bits.
    #[inline]
    pub fn word(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number uniform in [0, 1), a multiple of 2⁻⁵³.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.word() >> 11) as f64 * 2f64.powi(-53)
    }

    /// A whole number uniform in 0…n−1, up to a bias of n·2⁻⁶⁴.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        // word·n/2⁶⁴ by halves, for there is no 128-bit product in wasm.
        let (word, n) = (self.word(), u64::from(n));
        (((word >> 32) * n + (((word & 0xffff_ffff) * n) >> 32)) >> 32) as u32
    }

    /// An exponentially distributed number of mean 1, at most 53 ln 2.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        -libm::log(((self.word() >> 11) + 1) as f64 * 2f64.powi(-53))
    }

    /// Four words that tell the state of the generator apart from any other: its next four.
    pub(crate) fn words(&self) -> [u64; 4] {
        let mut ahead = self.clone();
        std::array::from_fn(|_| ahead.word())
    }
}

/// Keeps the keys of tasks apart from those of seeds.
const TASKS: u64 = 0x7570_6869_6c6c_2131;

#[cfg(test)]
mod tests {
    use super::*;

    /// Pins the stream for the stability of links. The values come from a transcription
    /// of SplitMix64 and xoshiro256++ into another language.
    #[test]
    fn value_stability() {
        let mut stream = Stream::new(1, 0);
        let words = [0x1e389452578eeeaa, 0xebc85b8777324f62];
        assert_eq!([stream.word(), stream.word()], words);
    }

    #[test]
    fn streams_of_neighbouring_seeds_and_tasks_differ() {
        let firsts: Vec<u64> = (0..8)
            .flat_map(|seed| (0..8).map(move |task| Stream::new(seed, task).word()))
            .collect();
        let distinct: std::collections::BTreeSet<&u64> = firsts.iter().collect();
        assert_eq!(distinct.len(), 64);
    }
}
