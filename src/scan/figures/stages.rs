//! How an experiment goes on by itself when its tasks have ended: by points that are added where
//! J vanishes, around a matching magnetization, or by splitting the cells of a map.

use super::bracketing::{self, Next};
use super::current_curve::CurrentCurve;
use super::{m_star, map};
use crate::scan::plan::Kind;
use crate::scan::results::Results;
use crate::scan::task::outcome::Outcome;

impl Results {
    /// Takes in what a task has found up to now. Where it is the last one to end, and an error of
    /// m_crit is asked for, this may add points to the plan, with tasks after all others.
    ///
    /// # Errors
    /// Says so if there is no such task, or if the outcome cannot be one of it.
    pub fn take(&mut self, task: usize, outcome: Outcome) -> Result<(), String> {
        self.put(task, outcome)?;
        self.go_on();
        Ok(())
    }

    /// Adds the points that come next, where all tasks have ended.
    pub(in crate::scan) fn go_on(&mut self) {
        if let Some(Next::Add(points)) = self.next_stage() {
            self.add(points);
        }
    }

    /// How the experiment goes on, where all tasks have ended and an error of m_crit, an m* or a map is asked for.
    pub fn next_stage(&self) -> Option<Next> {
        if self.experiment().kind == Kind::Map {
            return self.is_complete().then(|| map::next(self));
        }
        if !self.experiment().matched_betas().is_empty() {
            return self.is_complete().then(|| m_star::next(self));
        }
        let asked = self.experiment().error_c.is_some() && self.is_complete();
        asked
            .then(|| self.next_after(&CurrentCurve::whole(self)))
            .flatten()
    }

    /// The same, where the curve of the results is known.
    pub(super) fn next_after(&self, curve: &CurrentCurve) -> Option<Next> {
        self.is_complete()
            .then(|| bracketing::next(self, curve))
            .flatten()
    }
}
