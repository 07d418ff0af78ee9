//! The magnetization far from the reservoirs, and what the columns beside them do to it.

use super::simulation::Simulation;
use crate::measure::Estimate;

/// The mean magnetization of the columns that remain when some are left out at either end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bulk {
    /// Columns left out at each end.
    pub out: u32,
    /// Their mean magnetization per site.
    pub mean: Estimate,
    /// How much larger it is in the outer half of them than in the inner half.
    pub layer: Estimate,
}

/// How many columns may be left out at each end, of `lx` in all: from one to a third of them, and
/// finely as long as they are few.
pub(crate) fn left_out(lx: u32) -> Vec<u32> {
    let mut all = Vec::new();
    let mut out = 1;
    while 3 * out <= lx && lx >= 2 * out + 4 {
        all.push(out);
        out = (out + 1).max(out * 5 / 4);
    }
    all
}

impl Simulation {
    /// The bulk with `out` columns left out at each end, where at least four remain.
    pub(crate) fn bulk(&self, out: u32) -> Bulk {
        let (lx, ly) = (self.params().lx, f64::from(self.params().ly));
        let half = lx / 2 - out;
        let outer = half / 2;
        // From the nearer end, from 0.
        let depth = |x: u32| x.min(lx - 1 - x);
        let count = |of: &dyn Fn(u32) -> bool| (0..lx).filter(|&x| of(depth(x))).count() as f64;
        let is_outer = |depth: u32| (out..out + outer).contains(&depth);
        let is_inner = |depth: u32| depth >= out + outer;
        let (outside, inside) = (count(&is_outer), count(&is_inner));
        let kept = outside + inside;
        let mean = |x: u32| {
            if depth(x) >= out {
                1.0 / (kept * ly)
            } else {
                0.0
            }
        };
        let layer = |x: u32| match depth(x) {
            depth if is_outer(depth) => 1.0 / (outside * ly),
            depth if is_inner(depth) => -1.0 / (inside * ly),
            _ => 0.0,
        };
        let estimate = |weight: &dyn Fn(u32) -> f64| {
            let weights: Vec<f64> = (0..lx).map(weight).collect();
            let system = &self.system;
            let measurement = &system.measurement;
            measurement.sum_of_columns(&weights, &system.integrands(), system.time)
        };
        Bulk {
            out,
            mean: estimate(&mean),
            layer: estimate(&layer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::{Initial, Params};
    use crate::run::simulation::Budget;

    /// At β = 0 spins do not know each other: between reservoirs that ask for the same m, every column
    /// has it. Two comparisons for every number of columns left out, all of one run: each fails by
    /// chance once in 16 000 times.
    #[test]
    fn without_interaction_the_bulk_is_what_the_reservoirs_ask_for() {
        let params = Params {
            lx: 12,
            ly: 8,
            beta: 0.0,
            m_right: 0.5,
            m_left: 0.5,
            initial: Initial::Plus,
            seed: 1,
            ..Params::default()
        };
        let mut run = Simulation::new(&params).expect("it is allowed");
        run.advance(1e3, Budget::UNLIMITED);
        run.measure_afresh();
        run.advance(4e4, Budget::UNLIMITED);
        for out in left_out(12) {
            let bulk = run.bulk(out);
            for (estimate, exact) in [(&bulk.mean, 0.5), (&bulk.layer, 0.0)] {
                let (mean, error) = (estimate.mean, estimate.error);
                let (mean, error) = (mean.expect("a mean"), error.expect("an error"));
                assert!(
                    (mean - exact).abs() < 4.0 * error,
                    "{out}: {mean} ± {error}"
                );
                assert!(error < 0.01);
            }
        }
    }

    #[test]
    fn what_is_left_out_leaves_a_third() {
        assert_eq!(left_out(24), [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(left_out(8), [1, 2]);
        assert!(left_out(4).is_empty());
        let many = left_out(512);
        assert!(many.len() < 26 && many[many.len() - 1] > 130);
    }
}
