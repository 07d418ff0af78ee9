//! The estimator of J: the rates of the exchanges, with what has happened as a control.
//!
//! Of the exchanges over horizontal bonds of one family f, let F_f be the integral over time of the
//! rates of those that would move a plus to the right, less of those that would move one to the
//! left, and Q_f the number of those that were made, with the same signs. Q_f − F_f is a martingale
//! from 0 on: its mean is 0 at every time, in whatever state. So are C_L and C_R, what the left
//! reservoir has brought and the right one taken, less the integrals of their rates. Therefore
//!
//!   ∑_f F_f + θ_f (Q_f − F_f) + ∫ θ_L dC_L + θ_R dC_R
//!
//! has the mean of the whole Q, whatever the θ, as long as each is known before that comes which
//! it weighs. With all θ_f = 1 and the others 0 it is Q; with none it is the rate estimator, whose
//! variance is several times less where spins wander in the phases. But what the rates will be
//! depends on what has happened, so that the F_f are correlated with the controls: θ takes back what
//! can be foreseen.
//!
//! What is torn off an edge soon comes back to it, and is better counted (θ_f near 1): that depends
//! on the temperature, but little on the reservoirs. What a reservoir has let in will walk for a
//! while, if it is to reach an interface far away (θ near −0.9), and goes back at once if one stands
//! before the wall (0). So θ_L and θ_R begin as 0 and are fitted, again and again, to what the run
//! has shown so far, and weigh what is to come. The mean stays what it is, exactly, and no run has
//! to wait for them.

use super::blocking::{Blocking, CAPACITY};
use super::counters::Counters;
use crate::rates::{CLASSES, FAMILIES, SORTS};
use serde::{Deserialize, Serialize};

/// θ_f at inverse temperature `beta`.
///
/// Chosen once, by regression over blocks of long runs. At L = 40, β = 1 the best ones are
/// [0.10, 0.96, −0.76, −3.0] in the step at m₊ = 0.9995 and [0.19, 0.90, −0.36, −1.9] with two
/// bumps at 0.998. At L = 16 to 24 those of the second family are 0.37, 0.50, 0.71, 0.77, 0.79 at
/// β = 0.44, 0.5, 0.6, 0.7, 0.8, those of the steep ones fall towards 0 at high temperature, and
/// these do there all but as well as the best of every single run.
fn weights(beta: f64) -> [f64; FAMILIES] {
    let order = 1.0 - libm::exp(-2.7 * beta * beta);
    let cubed = order * order * order;
    [0.15625, order, -0.5 * cubed, -2.0 * cubed]
}

/// Spans of equal length, to whose changes θ_L and θ_R are fitted: those of the later half of the
/// measurement.
const SPANS: usize = CAPACITY / 8;
/// Shortest span, in units of Lx²: a spin has to come from the wall to the interface.
const SHORTEST: f64 = 1.0;
/// How often a reservoir must have flipped a spin until then: the next time would weigh more than
/// all before.
const OFTEN: u64 = 2 * SPANS as u64;
/// Other weights are taken when their scatter is so much less than that of those in use: that of
/// fitted ones is always a little less, by chance.
const WORTH: f64 = 0.9;

/// What a horizontal bond of each sort brings into the estimator by its rate, when it would move a
/// plus to the right: its rate times 1 − θ_f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SortRates([f64; SORTS]);

impl SortRates {
    /// At inverse temperature `beta`, given the rates of the classes of exchange.
    pub fn new(beta: f64, classes: [f64; CLASSES]) -> Self {
        let theta = weights(beta);
        SortRates(std::array::from_fn(|sort| {
            let family = sort / 2;
            // What costs energy in a family costs 4, but for the steep ones: 8 and 12.
            let class = if sort % 2 == 0 { 0 } else { family.max(1) };
            classes[class] * (1.0 - theta[family])
        }))
    }

    /// d/dt of ∑_f (1 − θ_f) F_f in a configuration with the given rightward excess of bonds.
    #[inline(always)]
    pub fn sum(&self, excess: [i32; SORTS]) -> f64 {
        let mut sum = 0.0;
        for (number, rate) in excess.into_iter().zip(&self.0) {
            sum += f64::from(number) * rate;
        }
        sum
    }
}

/// The sums of the estimator over a span.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Parts {
    /// ∑_f F_f + θ_f (Q_f − F_f).
    pub exchanges: f64,
    /// C_L and C_R.
    pub reservoirs: [f64; 2],
}

/// What the estimator of one measurement knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Estimator {
    /// θ_f.
    exchanges: [f64; FAMILIES],
    /// θ_L and θ_R.
    reservoirs: [f64; 2],
    /// Σ_y σ of the end columns at which as many spins come as go; none without reservoirs. At
    /// balanced ones it depends on the spins around them: it is 0, and `parts` is given what the
    /// columns have more.
    balanced: Option<[f64; 2]>,
    /// Shortest span of a fit.
    shortest: f64,
    /// Flips of the reservoirs until θ_L and θ_R were fitted last, and the part of
    /// [`Estimator::variation`] that they had until then.
    flips: [u64; 2],
    varied: f64,
}

impl Estimator {
    /// Of a measurement on a lattice of `lx` columns at inverse temperature `beta`, which begins
    /// with the weights `reservoirs` of what they bring and take.
    pub fn new(
        lx: usize,
        beta: f64,
        balanced: Option<[f64; 2]>,
        reservoirs: [f64; 2],
        counters: &Counters,
    ) -> Self {
        Estimator {
            exchanges: weights(beta),
            reservoirs,
            balanced,
            shortest: SHORTEST * (lx * lx) as f64,
            flips: counters.flips,
            varied: 0.0,
        }
    }

    /// θ_L and θ_R.
    pub fn reservoirs(&self) -> [f64; 2] {
        self.reservoirs
    }

    /// The sums over a span, given ∑_f (1 − θ_f) F_f, ∫ Σ_y σ dt of the end columns (or of what they
    /// have more than balanced reservoirs ask for), Q_f, and I_L and I_R.
    #[inline]
    pub fn parts(
        &self,
        rated: f64,
        ends: [f64; 2],
        crossed: [f64; FAMILIES],
        flown: [f64; 2],
        span: f64,
    ) -> Parts {
        let mut exchanges = rated;
        for (crossed, theta) in crossed.into_iter().zip(self.exchanges) {
            exchanges += theta * crossed;
        }
        // A spin σ at a reservoir m flips at rate (1 − σm)/2, and brings −σ.
        let reservoirs = self.balanced.map_or([0.0; 2], |balanced| {
            [
                flown[0] - (balanced[0] * span - ends[0]) / 2.0,
                flown[1] - (ends[1] - balanced[1] * span) / 2.0,
            ]
        });
        Parts {
            exchanges,
            reservoirs,
        }
    }

    /// The estimate of Q.
    #[inline]
    pub fn estimate(&self, parts: &Parts) -> f64 {
        weighed(parts.exchanges, parts.reservoirs, self.reservoirs)
    }

    /// Fits θ_L and θ_R where the blocks allow it now: those of the sums over the exchanges at
    /// place `exchanges`, and of C_L and C_R at the two after it.
    ///
    /// Fitted is what leaves the least change from each span to the next, so that the slow changes
    /// of a run that relaxes, or goes from one state to another, are not taken for what comes of
    /// the reservoirs.
    pub fn fit(
        &mut self,
        blocking: &Blocking,
        exchanges: usize,
        counters: &Counters,
        start: &Counters,
    ) {
        let blocks = blocking.blocks(exchanges).len();
        let each = blocks / (2 * SPANS);
        let is_time = each * 2 * SPANS == blocks && each as f64 * blocking.step() >= self.shortest;
        if !is_time || self.balanced.is_none() {
            return;
        }
        let changes = |quantity: usize| {
            let late = &blocking.blocks(quantity)[blocks / 2..];
            let sums = late.chunks_exact(each).map(|span| span.iter().sum());
            let sums: Vec<f64> = sums.collect();
            let pairs = sums.windows(2);
            pairs.map(|pair| pair[1] - pair[0]).collect::<Vec<f64>>()
        };
        let wanted = changes(exchanges);
        let mut controls = [changes(exchanges + 1), changes(exchanges + 2)];
        for (end, control) in controls.iter_mut().enumerate() {
            if counters.flips[end].wrapping_sub(start.flips[end]) < OFTEN {
                control.fill(0.0);
            }
        }
        let scatter = |theta: [f64; 2]| {
            let changes = wanted.iter().zip(&controls[0]).zip(&controls[1]);
            changes
                .map(|((&wanted, &left), &right)| weighed(wanted, [left, right], theta))
                .map(|change| change * change)
                .sum::<f64>()
        };
        for theta in [[0.0; 2], least_squares(&wanted, &controls)] {
            // Not so where a sum is no number, either.
            if scatter(theta) < WORTH * scatter(self.reservoirs) {
                self.varied += self.reservoirs_variation(counters);
                self.flips = counters.flips;
                self.reservoirs = theta;
            }
        }
    }

    /// The variance of what Q is more than the estimate, ∑_f (1 − θ_f)(Q_f − F_f) less what the
    /// reservoirs bring in, given `hops`, the exchanges by family since the start: the quadratic
    /// variation of each martingale is how often what it counts has happened.
    pub fn variation(&self, hops: [u64; FAMILIES], counters: &Counters) -> f64 {
        let mut sum = self.varied + self.reservoirs_variation(counters);
        for (hops, theta) in hops.into_iter().zip(self.exchanges) {
            sum += (1.0 - theta) * (1.0 - theta) * hops as f64;
        }
        sum
    }

    /// The part of the reservoirs since they were fitted last.
    fn reservoirs_variation(&self, counters: &Counters) -> f64 {
        let mut sum = 0.0;
        for (end, theta) in self.reservoirs.into_iter().enumerate() {
            sum += theta * theta * counters.flips[end].wrapping_sub(self.flips[end]) as f64;
        }
        sum
    }

    /// Whether all its numbers are some.
    pub fn is_sound(&self) -> bool {
        let ends = self.balanced.unwrap_or_default();
        let numbers = [self.varied, self.shortest];
        let mut all = (self.exchanges.iter())
            .chain(&self.reservoirs)
            .chain(&ends)
            .chain(&numbers);
        all.all(|number| number.is_finite()) && self.varied >= 0.0 && self.shortest > 0.0
    }
}

fn weighed(exchanges: f64, reservoirs: [f64; 2], theta: [f64; 2]) -> f64 {
    exchanges + theta[0] * reservoirs[0] + theta[1] * reservoirs[1]
}

/// θ with the least sum of squares of wanted + θ·controls; 0 for a control that does not change, or
/// not otherwise than the other.
fn least_squares(wanted: &[f64], controls: &[Vec<f64>; 2]) -> [f64; 2] {
    /// The share of a control's squares that must be its own.
    const DISTINCT: f64 = 1e-9;
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let [left, right] = controls;
    let (ll, lr, rr) = (
        product(left, left),
        product(left, right),
        product(right, right),
    );
    let (lw, rw) = (product(left, wanted), product(right, wanted));
    let determinant = ll * rr - lr * lr;
    if determinant > DISTINCT * ll * rr {
        [
            (lr * rw - rr * lw) / determinant,
            (lr * lw - ll * rw) / determinant,
        ]
    } else if ll > 0.0 {
        [-lw / ll, 0.0]
    } else if rr > 0.0 {
        [0.0, -rw / rr]
    } else {
        [0.0; 2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use crate::rates::{class_of, delta_h_of_unlike, family_of};

    fn estimator(balanced: [f64; 2]) -> Estimator {
        Estimator::new(4, 1.0, Some(balanced), [0.0; 2], &Counters::default())
    }

    /// A bond of rate w adds 1 to the estimator within a time 1/w in the mean, whatever parts of
    /// it come from its rate and from its exchange.
    #[test]
    fn rates_and_counts_of_every_exchange_add_up_to_one() {
        let classes = [1.0, 0.5, 0.25, 0.125];
        let rates = SortRates::new(1.0, classes);
        for (i, j) in (1..=4).flat_map(|i| (1..=4).map(move |j| (i, j))) {
            let (class, family) = (class_of(delta_h_of_unlike(i, j)), family_of(i, j));
            let (mut excess, mut crossed) = ([0; SORTS], [0.0; FAMILIES]);
            excess[2 * family + usize::from(class > 0)] = 1;
            crossed[family] = 1.0;
            let mean = rates.sum(excess) / classes[class];
            let parts = estimator([0.0; 2]).parts(mean, [0.0; 2], crossed, [0.0; 2], 1.0);
            assert!((parts.exchanges - 1.0).abs() < 1e-15, "{i}, {j}");
        }
    }

    /// What a column of three rows injects at the reservoir m, from the rates (1 − σm)/2.
    #[test]
    fn the_reservoirs_are_weighed_against_their_rates() {
        for m in [-0.4, 0.7] {
            let estimator = estimator([3.0 * m; 2]);
            for plus in 0..=3 {
                let (plus, minus) = (f64::from(plus), f64::from(3 - plus));
                let injected = minus * (1.0 + m) / 2.0 - plus * (1.0 - m) / 2.0;
                let flown = [injected * 7.0, -injected * 7.0];
                let ends = [(plus - minus) * 7.0; 2];
                let parts = estimator.parts(0.0, ends, [0.0; FAMILIES], flown, 7.0);
                assert!(parts.reservoirs.iter().all(|sum| sum.abs() < 1e-12));
            }
        }
    }

    /// Blocks that scatter, less known multiples of what the reservoirs do.
    #[test]
    fn the_weights_of_the_reservoirs_are_found() {
        let known = [-0.9, 0.4];
        let mut stream = Stream::new(1, 0);
        let mut blocking = Blocking::new(3, 64.0);
        let mut often = Counters {
            flips: [OFTEN; 2],
            ..Counters::default()
        };
        let start = Counters::default();
        let mut estimator = estimator([0.0; 2]);
        for _ in 0..2 * SPANS {
            estimator.fit(&blocking, 0, &often, &start);
            assert_eq!(estimator.reservoirs(), [0.0; 2], "a span lacks");
            let [noise, left, right] = [(); 3].map(|()| stream.unit() - 0.5);
            let wanted = 5.0 + 0.01 * noise - known[0] * left - known[1] * right;
            blocking.push(&[wanted, left, right], 1);
        }
        let mut rare = estimator.clone();
        estimator.fit(&blocking, 0, &often, &start);
        for (theta, known) in estimator.reservoirs().into_iter().zip(known) {
            assert!((theta - known).abs() < 0.01, "{theta}");
        }
        // θ² times the flips, each with the weight of its time.
        often.flips[0] += 10;
        let theta = estimator.reservoirs()[0];
        let variation = estimator.variation([0; FAMILIES], &often);
        assert!((variation - 10.0 * theta * theta).abs() < 1e-9);

        let seldom = Counters {
            flips: [OFTEN, OFTEN - 1],
            ..Counters::default()
        };
        rare.fit(&blocking, 0, &seldom, &start);
        assert!(rare.reservoirs()[0] < -0.5);
        assert_eq!(rare.reservoirs()[1], 0.0);
    }

    #[test]
    fn what_never_changes_has_no_weight() {
        let (still, moving) = (vec![0.0; 3], vec![1.0, -2.0, 1.0]);
        let wanted = [2.0, -4.0, 2.0];
        for (controls, theta) in [
            ([still.clone(), still.clone()], [0.0, 0.0]),
            ([moving.clone(), still.clone()], [-2.0, 0.0]),
            ([still, moving.clone()], [0.0, -2.0]),
            ([moving.clone(), moving], [-2.0, 0.0]),
        ] {
            assert_eq!(least_squares(&wanted, &controls), theta);
        }
    }
}
