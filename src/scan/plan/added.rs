//! Points that were added to an experiment by what had been found.

use super::experiment::{Experiment, with_reservoirs};
use super::point::{Goal, Point};
use serde::{Deserialize, Serialize};

/// Stages that are added at most.
pub const MOST_STAGES: usize = 10;
/// Points of a stage at most.
pub const MOST_AT_ONCE: usize = 2;
/// Points that are added at most.
pub const MOST_ADDED: usize = MOST_STAGES * MOST_AT_ONCE;

/// Least error of J that is aimed at.
pub const LEAST_ERROR: f64 = 1e-12;

/// A point that was added.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Added {
    /// m₊.
    pub m: f64,
    /// One standard deviation of J at which it is done.
    pub err: f64,
}

impl Experiment {
    /// A point that was added to the experiment's own.
    pub(super) fn added(&self, added: &Added) -> Point {
        Point {
            params: with_reservoirs(&self.base, added.m),
            goal: Goal::Current,
            after: None,
            exact: false,
            error: Some(added.err),
        }
    }
}

/// Whether added points, by stages, may be those of an experiment: what a file says is not
/// trusted.
pub(super) fn is_sound(experiment: &Experiment, added: &[Vec<Added>]) -> bool {
    let all: Vec<&Added> = added.iter().flatten().collect();
    let own = experiment.ms.values();
    let error = LEAST_ERROR..=experiment.error;
    let range = match (own.first(), own.last()) {
        (Some(&low), Some(&high)) => low..=high,
        _ => return false,
    };
    (added.is_empty() || experiment.error_c.is_some())
        && added.len() <= MOST_STAGES
        && added
            .iter()
            .all(|stage| (1..=MOST_AT_ONCE).contains(&stage.len()))
        && all.iter().enumerate().all(|(i, one)| {
            range.contains(&one.m)
                && error.contains(&one.err)
                && !own.contains(&one.m)
                && all[..i].iter().all(|other| other.m != one.m)
        })
}
