//! Points that were added to an experiment by what had been found.

use super::cells::Cells;
use super::experiment::{Experiment, with_reservoirs};
use super::kind::Kind;
use super::point::{Goal, Point};
use serde::{Deserialize, Serialize};

/// Stages that are added at most.
pub const MOST_STAGES: usize = 10;
/// Points of a stage at most.
pub const MOST_AT_ONCE: usize = 2;
/// Points that are added at most.
pub const MOST_ADDED: usize = MOST_STAGES * MOST_AT_ONCE;

/// Points of a stage at most for every β, where a phase alone is measured.
const MOST_OF_A_BETA: usize = 3;

/// Least error that is aimed at.
pub const LEAST_ERROR: f64 = 1e-12;

/// A point that was added.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Added {
    /// m₊; of a phase alone, m of both reservoirs.
    pub m: f64,
    /// One standard deviation at which it is done, of J or of the bulk; 1 where a sign is asked for.
    pub err: f64,
    /// β of a phase alone or of a cell of a map; absent elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beta: Option<f64>,
}

impl Experiment {
    /// A point that was added to the experiment's own.
    pub(super) fn added(&self, added: &Added) -> Point {
        if let (Kind::Map, Some(beta)) = (self.kind, added.beta) {
            return self.cell(added.m, beta);
        }
        if let Some(beta) = added.beta {
            return self.matching(beta, added.m, added.err);
        }
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
    if experiment.kind == Kind::Map {
        return Cells::of(experiment, added).is_some();
    }
    let all: Vec<&Added> = added.iter().flatten().collect();
    if !experiment.matched_betas().is_empty() {
        return are_matches(experiment, added);
    }
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
                && one.beta.is_none()
                && error.contains(&one.err)
                && !own.contains(&one.m)
                && all[..i].iter().all(|other| other.m != one.m)
        })
}

/// The same of points of a phase alone.
fn are_matches(experiment: &Experiment, added: &[Vec<Added>]) -> bool {
    let betas = experiment.matched_betas();
    let own = experiment.points();
    let mut places: Vec<(f64, f64)> = own
        .iter()
        .filter(|point| point.goal == Goal::Bulk)
        .map(|point| (point.params.beta, point.params.m_right))
        .collect();
    added.len() <= MOST_STAGES
        && added
            .iter()
            .all(|stage| (1..=MOST_OF_A_BETA * betas.len()).contains(&stage.len()))
        && added.iter().flatten().all(|one| {
            let Some(beta) = one.beta else { return false };
            let place = (beta, one.m);
            let sound = betas.contains(&beta)
                && (0.0..=1.0).contains(&one.m)
                && (LEAST_ERROR..=1.0).contains(&one.err)
                && !places.contains(&place);
            places.push(place);
            sound
        })
}
