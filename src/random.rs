//! The random stream of a run.
//!
//! The generator is xoshiro256++, named so that its stream never changes under
//! us. A stream is derived from (seed, task): task 0 is the run of a plain link.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

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
        fraction(self.word())
    }

    /// A whole number uniform in 0…n−1, up to a bias of n·2⁻⁶⁴.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        // word·n/2⁶⁴ by halves, for there is no 128-bit product in wasm.
        let (word, n) = (self.word(), u64::from(n));
        (((word >> 32) * n + (((word & 0xffff_ffff) * n) >> 32)) >> 32) as u32
    }

    /// An exponentially distributed number of mean 1, at most 45.
    ///
    /// By the ziggurat of Marsaglia and Tsang (J. Stat. Softw. 5, 8, 2000): the area under e^{−x}
    /// is covered by layers of equal area, one is drawn, and a point in it. The lowest bits
    /// of a word draw the layer, the highest the point.
    #[inline]
    pub fn exponential(&mut self, layers: &Layers) -> f64 {
        let word = self.word();
        let layer = (word % LAYERS as u64) as usize;
        let x = fraction(word) * layers.edge[layer];
        // All but one in ninety points lie where the layer is under the curve.
        if x < layers.edge[layer + 1] {
            x
        } else {
            self.exponential_at_edge(layers, layer, x)
        }
    }

    #[cold]
    #[inline(never)]
    fn exponential_at_edge(&mut self, layers: &Layers, layer: usize, x: f64) -> f64 {
        if layer == 0 {
            // The lowest layer includes all of the tail, which looks like the whole.
            return TAIL - libm::log(1.0 - self.unit());
        }
        let [low, high] = [layers.height[layer], layers.height[layer + 1]];
        if low + (high - low) * self.unit() < libm::exp(-x) {
            x
        } else {
            self.exponential(layers)
        }
    }

    /// Four words that tell the state of the generator apart from any other: its next four.
    pub(crate) fn words(&self) -> [u64; 4] {
        let mut ahead = self.clone();
        std::array::from_fn(|_| ahead.word())
    }
}

/// The 53 highest bits of a word as a number in [0, 1).
#[inline]
fn fraction(word: u64) -> f64 {
    const UNIT: f64 = 1.0 / (1u64 << 53) as f64;
    // Through a signed number, which is one instruction on every machine.
    (word >> 11) as i64 as f64 * UNIT
}

/// Layers of the ziggurat.
const LAYERS: usize = 256;
/// Where the tail begins, which belongs to the lowest of [`LAYERS`] layers.
const TAIL: f64 = 7.697_117_470_131_05;

/// The layers that cover e^{−x}, from the lowest up: layer i lies between the heights
/// e^{−edge(i)} and e^{−edge(i+1)} and reaches from 0 to edge(i).
#[derive(Clone, Debug)]
pub struct Layers {
    edge: [f64; LAYERS + 1],
    height: [f64; LAYERS + 1],
}

impl Layers {
    /// The layers, made at the first call.
    pub fn get() -> &'static Layers {
        static ALL: LazyLock<Layers> = LazyLock::new(Layers::new);
        &ALL
    }

    fn new() -> Self {
        // The area of each layer: that of the lowest, a rectangle and the tail.
        let area = (TAIL + 1.0) * libm::exp(-TAIL);
        let mut edge = [0.0; LAYERS + 1];
        // As wide as a rectangle of this area and of the lowest layer's height.
        edge[0] = area / libm::exp(-TAIL);
        edge[1] = TAIL;
        for i in 2..LAYERS {
            edge[i] = -libm::log(libm::exp(-edge[i - 1]) + area / edge[i - 1]);
        }
        let height = edge.map(|edge| libm::exp(-edge));
        Layers { edge, height }
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

    /// The top layer closes the ziggurat: its area is that of all the others.
    #[test]
    fn layers_have_equal_areas_and_close() {
        let Layers { edge, height } = Layers::get();
        let area = (TAIL + 1.0) * height[1];
        for i in 1..LAYERS {
            let layer = edge[i] * (height[i + 1] - height[i]);
            assert!(
                (layer - area).abs() < 1e-12,
                "layer {i}: {layer} against {area}"
            );
        }
        assert_eq!(edge[LAYERS], 0.0);
        assert!((edge[LAYERS - 1] * (1.0 - height[LAYERS - 1]) - area).abs() < 1e-10);
    }

    /// Shares of numbers below given quantiles, and the moments up to the fourth, are those of
    /// the exponential distribution within 5 σ; so is the tail.
    #[test]
    fn exponential_numbers_are_so_distributed() {
        const NUMBERS: usize = 4_000_000;
        let mut stream = Stream::new(7, 0);
        let numbers: Vec<f64> = (0..NUMBERS)
            .map(|_| stream.exponential(Layers::get()))
            .collect();
        let n = NUMBERS as f64;
        for quantile in [
            1e-4f64, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9995, 0.99995,
        ] {
            let at = -libm::log(1.0 - quantile);
            let below = numbers.iter().filter(|&&x| x < at).count() as f64;
            let sigma = (n * quantile * (1.0 - quantile)).sqrt();
            assert!(
                (below - n * quantile).abs() < 5.0 * sigma,
                "quantile {quantile}"
            );
        }
        // The variance of x^k is (2k)! − k!².
        for (power, mean, variance) in [
            (1, 1.0, 1.0),
            (2, 2.0, 20.0),
            (3, 6.0, 684.0),
            (4, 24.0, 39744.0),
        ] {
            let sum: f64 = numbers
                .iter()
                .map(|&x| (0..power).fold(1.0, |product, _| product * x))
                .sum();
            let z = (sum / n - mean) / (f64::from(variance as u32) / n).sqrt();
            assert!(z.abs() < 5.0, "moment {power}: z = {z}");
        }
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
