//! How often the truth lies within one and two error bars.

use crate::significance::Replicas;

/// What one and two error bars should cover, as those of a normal variable do.
pub const NORMAL: [f64; 2] = [0.6827, 0.9545];
/// By how much the shares may be off, beyond the scatter of counting them.
pub const OFF: f64 = 0.02;
/// That scatter, in binomial standard deviations: a share that is right is outside
/// once in 400 comparisons for the scatter alone, and with the 2 % as good as never.
pub const SIGMAS: f64 = 3.0;

/// Results with error bars, held against the truth.
#[derive(Clone, Debug, Default)]
pub struct Shares {
    results: f64,
    within: [f64; 2],
    /// Squares of the standard errors.
    pub squares: Replicas,
    /// The means.
    pub means: Replicas,
}

impl Shares {
    /// One more result: how far from the truth it is, its error bar and its standard error.
    pub fn add(&mut self, off: f64, error: f64, standard_error: f64) {
        self.results += 1.0;
        for (within, bars) in self.within.iter_mut().zip([1.0, 2.0]) {
            *within += f64::from(u8::from(off.abs() < bars * error));
        }
        self.squares.add(standard_error * standard_error);
        self.means.add(off);
    }

    /// The number of results.
    pub fn results(&self) -> f64 {
        self.results
    }

    /// error²/variance − 1.
    pub fn bias(&self) -> f64 {
        self.squares.mean() / self.means.variance() - 1.0
    }

    /// The shares within one and two error bars.
    pub fn within(&self) -> [f64; 2] {
        self.within.map(|within| within / self.results)
    }

    /// Complaints about the shares.
    pub fn complaints(&self, what: &str) -> Vec<String> {
        let shares = self.within();
        println!(
            "{what}: within 1 and 2 bars {:+.1} {:+.1} points of normal, error²/variance − 1 = {:+.3}, {} results",
            100.0 * (shares[0] - NORMAL[0]),
            100.0 * (shares[1] - NORMAL[1]),
            self.bias(),
            self.results,
        );
        let pairs = shares.into_iter().zip(NORMAL);
        pairs
            .filter(|(share, normal)| {
                let scatter = (normal * (1.0 - normal) / self.results).sqrt();
                share.is_nan() || (share - normal).abs() > OFF + SIGMAS * scatter
            })
            .map(|(share, normal)| format!("{what}: {share:.4}, not {normal}"))
            .collect()
    }
}

/// The first seed: none below it was looked at while the method was made.
const SEEDS: u64 = 3 << 33;

/// The results of `job` for n seeds, in this order, made on two threads.
pub fn in_parallel<T: Send>(n: u64, job: impl Fn(u64) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let half = n / 2;
        let job = &job;
        let first = scope.spawn(move || (SEEDS..SEEDS + half).map(job).collect::<Vec<T>>());
        let second: Vec<T> = (SEEDS + half..SEEDS + n).map(job).collect();
        let mut all = first.join().expect("the other half has finished");
        all.extend(second);
        all
    })
}
