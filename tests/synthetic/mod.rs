//! Synthetic measurements: a known truth with normal noise of known size.

use uphill::fit::crossing::{self, Crossing, Located};
use uphill::fit::{Point, Unfit};
use uphill::random::Stream;
use uphill::theory::m_beta;

/// dJ/dm₊ at m_crit, and the step between the m₊ where J is measured.
pub const SLOPE: f64 = -0.03;
pub const STEP: f64 = 1e-4;
/// A curvature y″/2 that changes the slope by a fifth over five steps.
pub const CURVATURE: f64 = 6.0;
/// The paper's a and b.
pub const A: f64 = 0.00153;
pub const B: f64 = 0.0996;

/// J at some places before and after m_crit.
pub struct Grid {
    pub before: i32,
    pub after: i32,
    pub curvature: f64,
    pub error: f64,
}

impl Grid {
    /// m_crit and the measured points, the grid lying anyhow about the crossing.
    pub fn measure(&self, stream: &mut Stream) -> (f64, Vec<Point>) {
        let truth = 0.9993 + STEP * stream.unit();
        let phase = stream.unit();
        let places: Vec<f64> = (1 - self.before..=self.after)
            .map(|i| truth + STEP * (f64::from(i) - phase))
            .collect();
        let j = |m: f64| SLOPE * (m - truth) + self.curvature * (m - truth) * (m - truth);
        (truth, measured(&places, j, |_| self.error, stream))
    }
}

pub const TEN_POINTS: Grid = Grid {
    before: 5,
    after: 5,
    curvature: CURVATURE,
    error: 1e-7,
};

/// The crossing of points that tell more than an interval.
pub fn at(points: &[Point]) -> Result<Crossing, Unfit> {
    match crossing::locate(points)? {
        Located::At(crossing) => Ok(crossing),
        Located::Between(bracket) => panic!("only an interval: {bracket:?}"),
    }
}

pub fn sizes() -> Vec<f64> {
    (5..=20).map(|i| 2.0 * f64::from(i)).collect()
}

pub fn m_eq(l: f64) -> f64 {
    m_beta(1.0) + A * libm::exp(-B * l)
}

/// 3·10⁻⁶ at L = 10, 2·10⁻⁵ at L = 40.
pub fn error_of_m_eq(l: f64) -> f64 {
    3e-6 + (l - 10.0) / 30.0 * 1.7e-5
}

/// A standard normal number (Box and Muller).
pub fn normal(stream: &mut Stream) -> f64 {
    let radius = (-2.0 * libm::log(stream.unit() + 1.0 / (1u64 << 53) as f64)).sqrt();
    radius * libm::cos(2.0 * std::f64::consts::PI * stream.unit())
}

/// Points of a function, each with its error, moved by normal noise of that size.
pub fn measured(
    places: &[f64],
    truth: impl Fn(f64) -> f64,
    error: impl Fn(f64) -> f64,
    stream: &mut Stream,
) -> Vec<Point> {
    exact(places, truth, error)
        .into_iter()
        .map(|point| Point {
            y: point.y + point.error * normal(stream),
            ..point
        })
        .collect()
}

/// Points of a function, each with its error, without noise.
pub fn exact(places: &[f64], truth: impl Fn(f64) -> f64, error: impl Fn(f64) -> f64) -> Vec<Point> {
    places
        .iter()
        .map(|&x| Point {
            x,
            y: truth(x),
            error: error(x),
        })
        .collect()
}

/// Counts how often a truth lies within one and within two errors of its estimate.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    one: usize,
    two: usize,
    /// Data sets, also those without an estimate: these lie outside.
    pub sets: usize,
    /// Data sets without an estimate.
    pub refused: usize,
}

impl Coverage {
    /// One more data set, its estimate and error if there are any.
    pub fn add(&mut self, truth: f64, estimate: Option<(f64, f64)>) {
        self.sets += 1;
        match estimate {
            None => self.refused += 1,
            Some((value, error)) => {
                self.one += usize::from((value - truth).abs() <= error);
                self.two += usize::from((value - truth).abs() <= 2.0 * error);
            }
        }
    }

    /// The shares inside one and two errors.
    pub fn shares(&self) -> [f64; 2] {
        [self.one, self.two].map(|inside| inside as f64 / self.sets as f64)
    }

    /// One more data set, its interval if there is one: inside or outside of any error.
    pub fn add_interval(&mut self, truth: f64, from: f64, to: f64) {
        let inside = usize::from((from..=to).contains(&truth));
        self.sets += 1;
        self.one += inside;
        self.two += inside;
    }

    /// Makes sure that no share is more than two percentage points below that of a normal
    /// variable.
    pub fn check_at_least(&self, what: &str) {
        self.check_above(what, [0.6827, 0.9545]);
    }

    /// Makes sure that no share is more than two percentage points below what it should be.
    pub fn check_above(&self, what: &str, shares: [f64; 2]) {
        let [one, two] = self.shares();
        println!(
            "{what}: {:.1} % and {:.1} % of {} data sets, {} refused",
            100.0 * one,
            100.0 * two,
            self.sets,
            self.refused
        );
        assert!(one > shares[0] - 0.02, "{what}: {one}");
        assert!(two > shares[1] - 0.02, "{what}: {two}");
    }

    /// Makes sure that both shares are within two percentage points of those of a normal variable.
    pub fn check(&self, what: &str) {
        let [one, two] = self.shares();
        println!(
            "{what}: {:.1} % and {:.1} % of {} data sets, {} refused",
            100.0 * one,
            100.0 * two,
            self.sets,
            self.refused
        );
        assert!((one - 0.6827).abs() < 0.02, "{what}: {one}");
        assert!((two - 0.9545).abs() < 0.02, "{what}: {two}");
    }
}

/// D√n of Kolmogorov and Smirnov for numbers that should be uniform in [0, 1].
pub fn distance_from_uniform(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let n = numbers.len() as f64;
    let distance = numbers
        .iter()
        .enumerate()
        .map(|(i, x)| (x - i as f64 / n).abs().max(((i + 1) as f64 / n - x).abs()))
        .fold(0.0, f64::max);
    distance * n.sqrt()
}
