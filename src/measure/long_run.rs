//! The variance of the mean of a correlated series.
//!
//! It is the spectrum at frequency zero over the length of the series. The series is
//! first whitened by an autoregression of order 6, fitted to it by Burg's
//! method, which takes away most of its memory, be it positive or negative. What is
//! left is averaged over all windows of m blocks, overlapping ones too, a fixed share of
//! the series; their variance V(m) approaches its limit as 1/m, so that
//! 2 V(m) − V(m/2) is free of the first correction: the flat-top estimate of Politis and
//! Romano (J. Time Ser. Anal. 16, 67, 1995), whitened as by Andrews and Monahan
//! (Econometrica 60, 953, 1992). The windows are not chosen by what the data say, since
//! such a choice prefers errors that are too small.

use super::student;
use super::uncertainty::Unknown;

/// Blocks without which there is no error.
pub const FEWEST: usize = 512;
/// Blocks at most.
pub const MOST: usize = 1024;
/// Independent samples, that is, measured correlation times, without which there is no
/// error: with fewer the autoregression cannot tell slow from slower.
pub const SAMPLES: f64 = 100.0;

/// Order of the autoregression. One is enough for an exponential memory; the difference
/// of a slow quantity and noise, as counted currents are, takes some more.
const ORDER: usize = 6;
/// Windows without overlap: so few that they are long, so many that the error is known
/// to an eighth of itself.
const WINDOWS: usize = 40;
/// Degrees of freedom per window: the variance of 2 V(m) − V(m/2) from overlapping
/// windows of n blocks is 8/3 m/n of its square.
const FREEDOM: f64 = 0.75;
/// What a quarter of a window may be correlated with the next, after whitening.
const CORRELATION: f64 = 0.3;
const ANTICORRELATION: f64 = -0.15;
/// Where the scatter comes from rare events, an excess kurtosis of K in n quarters of a
/// window means n/K events, if all are alike, and more, if they are not. With fewer than
/// so many both mean and error are low as long as a large one has not happened.
const EVENTS: f64 = 32.0;
/// A run that ends at the first look at which its error is below a target ends when the
/// error is low by chance: its square by about 1/freedom of itself on the average. That
/// is added always, since nobody can tell why a run has ended; in a run of fixed length
/// the error is too large by half of that, less than 2 %.
const STOPPING: f64 = 1.0;
/// The same for rare events, where the mean is low with its error: what the kurtosis adds to
/// the relative variance of the variance counts so many times.
const RARITY: f64 = 4.0;
/// Normal σ beyond which a drift is one: once in 16 000 looks.
const DRIFT: f64 = 4.0;
/// Below so many σ there is no need to look closer.
const NO_DRIFT: f64 = 2.5;
/// A variance below this share of the squared mean is rounding.
const ROUNDING: f64 = 1e-26;

/// What a series of equal blocks tells about its mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LongRun {
    /// Variance of the mean.
    pub variance: f64,
    /// Its degrees of freedom.
    pub freedom: f64,
    /// The variance of a block over that of the mean.
    pub samples: f64,
}

/// The variance of the mean of at most [`MOST`] blocks, in the order of time.
pub(super) fn of(blocks: &[f64]) -> Result<LongRun, Unknown> {
    let n = blocks.len();
    if n < FEWEST {
        return Err(Unknown::TooFew);
    }
    let mean = blocks.iter().sum::<f64>() / n as f64;
    let mut series = [0.0; MOST];
    let series = &mut series[..n];
    for (x, block) in series.iter_mut().zip(blocks) {
        *x = block - mean;
    }
    if square(series) <= ROUNDING * mean * mean * n as f64 {
        return Err(Unknown::Constant);
    }
    let drift = drift(series);
    let found = LongRun::of(series);
    if let Ok(long_run) = found
        && long_run.score(drift).abs() < NO_DRIFT
    {
        return found;
    }
    let middle = (n - 1) as f64 / 2.0;
    for (i, x) in series.iter_mut().enumerate() {
        *x -= drift * (i as f64 - middle) / n as f64;
    }
    let around = Whitened::of(series).long_run();
    if around.variance > 0.0 && around.score(drift).abs() > DRIFT {
        return Err(Unknown::Drifting);
    }
    found
}

impl LongRun {
    fn of(series: &[f64]) -> Result<Self, Unknown> {
        let whitened = Whitened::of(series);
        let long_run = whitened.long_run();
        let correlation = whitened.correlation();
        if whitened.rarity() * EVENTS > 1.0 {
            Err(Unknown::Rare)
        } else if long_run.variance <= 0.0
            || !(ANTICORRELATION..=CORRELATION).contains(&correlation)
        {
            Err(Unknown::Dependent)
        } else if long_run.samples < SAMPLES {
            Err(Unknown::Correlated)
        } else {
            Ok(long_run)
        }
    }

    /// A change of the mean by `drift` from the start to the end, least squares of a
    /// straight line, in its normal σ.
    fn score(&self, drift: f64) -> f64 {
        student::normal(drift / (12.0 * self.variance).sqrt(), self.freedom)
    }
}

/// How much a line through the centred series rises over all of it.
fn drift(series: &[f64]) -> f64 {
    let n = series.len() as f64;
    let middle = (n - 1.0) / 2.0;
    let moment: f64 = series
        .iter()
        .enumerate()
        .map(|(i, x)| (i as f64 - middle) * x)
        .sum();
    12.0 * moment / (n * n - 1.0)
}

fn square(series: &[f64]) -> f64 {
    series.iter().map(|x| x * x).sum()
}

/// What an autoregression leaves of a centred series.
struct Whitened {
    /// The length of the series.
    blocks: usize,
    /// Variance of its blocks.
    block_variance: f64,
    /// 1 − Σ a_k, by which the residuals' mean is smaller than the series'.
    gain: f64,
    /// Sums of the first 0, 1, 2, … centred residuals.
    sums: [f64; MOST + 1],
    residuals: usize,
}

impl Whitened {
    fn of(series: &[f64]) -> Self {
        let n = series.len();
        let coefficients = burg(series);
        let residuals = n - ORDER;
        let mut residual = [0.0; MOST];
        let residual = &mut residual[..residuals];
        for (k, a) in coefficients.iter().enumerate() {
            for (e, x) in residual.iter_mut().zip(&series[ORDER - k..]) {
                *e += a * x;
            }
        }
        let mean = residual.iter().sum::<f64>() / residuals as f64;
        let mut sums = [0.0; MOST + 1];
        let mut sum = 0.0;
        for (e, after) in residual.iter().zip(&mut sums[1..]) {
            sum += e - mean;
            *after = sum;
        }
        Whitened {
            blocks: n,
            block_variance: square(series) / n as f64,
            gain: coefficients.iter().sum(),
            sums,
            residuals,
        }
    }

    /// Blocks of a quarter of a window.
    fn quarter(&self) -> usize {
        self.blocks / (4 * WINDOWS)
    }

    /// The variance of the mean of all residuals, as all windows of so many tell it.
    fn variance_from(&self, window: usize) -> f64 {
        let starts = &self.sums[..=self.residuals - window];
        let squares: f64 = starts
            .iter()
            .zip(&self.sums[window..])
            .map(|(before, after)| (after - before) * (after - before))
            .sum();
        let (n, m) = (self.residuals as f64, window as f64);
        squares / (m * (n - m + 1.0) * (n - m))
    }

    /// The correlation of neighbouring quarters of a window.
    fn correlation(&self) -> f64 {
        let quarter = self.quarter();
        self.variance_from(2 * quarter) / self.variance_from(quarter) - 1.0
    }

    /// What the kurtosis of the quarters adds to the relative variance of their variance.
    fn rarity(&self) -> f64 {
        let quarter = self.quarter();
        let (mut squares, mut fourth_powers) = (0.0, 0.0);
        for (before, after) in self.sums.iter().zip(&self.sums[quarter..=self.residuals]) {
            let square = (after - before) * (after - before);
            squares += square;
            fourth_powers += square * square;
        }
        let sums = (self.residuals - quarter + 1) as f64;
        let excess = sums * fourth_powers / (squares * squares) - 3.0;
        excess.max(0.0) * quarter as f64 / self.residuals as f64
    }

    fn long_run(&self) -> LongRun {
        let window = 4 * self.quarter();
        let (n, all) = (self.residuals as f64, self.blocks as f64);
        let of_residuals = 2.0 * self.variance_from(window) - self.variance_from(window / 2);
        let variance = of_residuals / (self.gain * self.gain) * (n / all);
        let samples = self.block_variance / variance;
        // Windows, memory and rare events each limit what is known of the variance.
        let windows = window as f64 / (FREEDOM * n);
        let memory = 2.0 / samples.min(all);
        let rarity = self.rarity();
        let freedom = 1.0 / (windows + memory + rarity / 2.0);
        LongRun {
            variance: variance * (1.0 + STOPPING / freedom + RARITY * rarity),
            freedom,
            samples,
        }
    }
}

/// The prediction-error filter 1, −a₁, −a₂, … of a centred series: its residual at i is
/// x_i − Σ a_k x_{i−k}. Burg's method has all roots inside the unit circle.
fn burg(series: &[f64]) -> [f64; ORDER + 1] {
    let n = series.len();
    let (mut forward, mut backward) = ([0.0; MOST], [0.0; MOST]);
    let (forward, backward) = (&mut forward[..n], &mut backward[..n]);
    forward.copy_from_slice(series);
    backward.copy_from_slice(series);
    let mut filter = [0.0; ORDER + 1];
    filter[0] = 1.0;
    for order in 1..=ORDER {
        // backward[i] is in step with forward[i + order].
        let ahead = &mut forward[order..];
        let behind = &mut backward[..n - order];
        let (mut product, mut power) = (0.0, 0.0);
        for (f, b) in ahead.iter().zip(behind.iter()) {
            product += f * b;
            power += f * f + b * b;
        }
        if power <= 0.0 {
            break;
        }
        let reflection = 2.0 * product / power;
        for (f, b) in ahead.iter_mut().zip(behind.iter_mut()) {
            (*f, *b) = (*f - reflection * *b, *b - reflection * *f);
        }
        let before = filter;
        for k in 1..=order {
            filter[k] -= reflection * before[order - k];
        }
    }
    filter
}
