//! m_eq of one lattice: the magnetization of its end columns without reservoirs.

use super::phrases::{known, list, time};
use crate::measure::state::State;
use crate::scan::results::{Group, Results};
use crate::scan::task::outcome::{Measured, Status};
use crate::words;

/// m_eq of one lattice: from the step, while its interface stands.
#[derive(Clone, Debug)]
pub struct MEq {
    /// The number of the experiment's point.
    pub point: usize,
    /// L.
    pub l: f64,
    /// The replicas in the step; none while nothing is measured there.
    pub group: Option<Group>,
    /// m_eq, of the step while it stands: also of the replicas that have lost it, up to then.
    pub m_eq: Measured,
    /// Time over which that was measured.
    pub span: f64,
    /// When the step was lost, for every replica in which it was.
    pub lost: Vec<f64>,
    /// Replicas in all.
    pub replicas: usize,
}

impl MEq {
    /// Of a point without reservoirs.
    pub fn of(results: &Results, point: usize) -> Self {
        let in_step = in_step(results, point, |_| true);
        MEq {
            point,
            m_eq: Measured::combined(in_step.iter().map(|(m, span)| (*m, *span))),
            span: in_step.iter().map(|(_, span)| span).sum(),
            l: f64::from(results.points()[point].params.lx),
            group: results
                .groups(point)
                .into_iter()
                .find(|group| matches!(group.state, Some(State::Step) | None)),
            lost: results
                .of_point(point)
                .filter(|outcome| outcome.status == Status::Lost)
                .map(|outcome| outcome.passages.last().map_or(outcome.time, |p| p.until))
                .collect(),
            replicas: results.of_point(point).count(),
        }
    }

    /// m_eq and its error, if it has both.
    pub fn known(&self) -> Option<(f64, f64)> {
        known(&self.m_eq)
    }

    /// How far its replicas are.
    pub fn status(&self) -> String {
        let mut parts = Vec::new();
        if !self.lost.is_empty() {
            let times: Vec<String> = self
                .lost
                .iter()
                .map(|t| format!("t = {}", time(*t)))
                .collect();
            parts.push(words::tables::step_lost(
                self.lost.len(),
                self.replicas,
                list(&times),
            ));
        }
        if let Some(group) = &self.group {
            let open = group.replicas - group.ended;
            if open > 0 {
                parts.push(words::tables::open_ones(open));
            }
            if group.capped > 0 {
                parts.push(words::tables::capped_ones(group.capped));
            }
        }
        if self.m_eq.error.is_none() && self.replicas > 0 {
            parts.extend(self.m_eq.reason.clone());
        }
        match parts.is_empty() {
            true if self.replicas == 0 => words::phrases::NOT_BEGUN.to_owned(),
            true => words::tables::ENDED.to_owned(),
            false => parts.join("; "),
        }
    }
}

/// m_eq of every replica that is in the step, or until it had lost it, with its time.
pub(super) fn in_step(
    results: &Results,
    point: usize,
    kept: impl Fn(u32) -> bool,
) -> Vec<(&Measured, f64)> {
    results
        .of_point(point)
        .filter(|outcome| kept(outcome.replica))
        .filter_map(|outcome| match (outcome.passages.first(), outcome.state) {
            (Some(first), _) if first.state == State::Step => {
                Some((&first.measured, first.until - first.from))
            }
            (None, Some(State::Step) | None) => Some((&outcome.m_eq, outcome.span)),
            _ => None,
        })
        .collect()
}
