//! When the sign of a mean is called, though it is looked at again and again.
//!
//! A measurement that ends as soon as its mean is 3 σ from 0 is wrong more often than 3 σ say: it is
//! looked at after every round, and each look is a chance. The bound is such that over all looks
//! together a mean of 0 is taken for another as rarely as by one look at 3 σ, 0.27 %.
//!
//! After the rounds of [`rounds`](super::rounds), 2048·2^(k/4), the mean of independent normal noise
//! is beyond 3 σ at some of the first 24 rounds in 2.7 % of all cases, of 48 in 5.2 %; beyond 3.9 σ in
//! 0.13 %, of 48 in 0.25 % (simulated). The 48th round ends after 7·10⁶ time units.

use super::student;

/// How many σ from 0 a mean must be at the end of a round, for its sign to be called.
pub const CALLED: f64 = 3.9;

/// How often a mean of 0 has a sign called, over all rounds, at most.
pub const FALSE_ALARMS: f64 = 0.0027;

/// How many σ of a normal variable are as improbable as a mean is, whose standard error is
/// itself known in so many degrees of freedom; 0 where there is no error.
///
/// # Example
/// ```
/// use uphill::measure::sign::significance;
/// assert_eq!(significance(-6.0, 2.0, f64::INFINITY), 3.0);
/// assert!(significance(6.0, 2.0, 5.0) < 2.3);
/// assert_eq!(significance(6.0, 0.0, 5.0), 0.0);
/// ```
pub fn significance(mean: f64, standard_error: f64, freedom: f64) -> f64 {
    let t = mean.abs() / standard_error;
    if !t.is_finite() {
        return 0.0;
    }
    if freedom.is_finite() {
        student::normal(t, freedom)
    } else {
        t
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::rounds::Rounds;
    use crate::random::Stream;

    /// A standard normal number, as the sum of twelve uniform ones: its tails are too light beyond
    /// some 5 σ, and the sums of many of them have those of a normal variable.
    fn noise(stream: &mut Stream) -> f64 {
        (0..12).map(|_| stream.unit()).sum::<f64>() - 6.0
    }

    /// How often means of nothing but noise are beyond a bound at the end of one of so many rounds.
    fn alarms(bound: f64, rounds: u32, cases: u32) -> u32 {
        let mut stream = Stream::new(1, 0);
        let ladder = Rounds::new(0.0, u64::MAX);
        let alarm = |stream: &mut Stream| {
            let (mut sum, mut before) = (0.0, 0.0);
            (0..rounds).any(|round| {
                let time = ladder.end(round) as f64;
                // Of the same seed whether it is called earlier or not.
                sum += noise(stream) * (time - before).sqrt();
                before = time;
                sum.abs() / time.sqrt() >= bound
            })
        };
        (0..cases).filter(|_| alarm(&mut stream)).count() as u32
    }

    /// Of 40 000 cases 0.27 % are 108 ± 10; 101 are expected. More than 145 come by chance once in
    /// some 10⁴ times. Looking at 3 σ instead would give some 2000.
    #[test]
    fn looking_again_and_again_calls_no_more_signs_than_one_look_at_3_sigma() {
        let cases = 40_000;
        let found = alarms(CALLED, 48, cases);
        let allowed = FALSE_ALARMS * f64::from(cases);
        println!("{found} of {cases}, allowed {allowed}");
        assert!(f64::from(found) < allowed + 3.7 * allowed.sqrt());
        assert!(f64::from(found) > allowed / 2.0);
        assert!(f64::from(alarms(3.0, 24, cases / 4)) > 5.0 * allowed / 4.0);
    }

    #[test]
    fn what_is_known_badly_is_less_significant() {
        assert!(significance(4.0, 1.0, 4.0) < 2.6);
        assert!(significance(4.0, 1.0, 1e6) > 3.99);
        assert_eq!(significance(0.0, 0.0, 4.0), 0.0);
        assert_eq!(significance(f64::NAN, 1.0, 4.0), 0.0);
    }
}
