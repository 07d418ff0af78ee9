//! `ScanPlan` and `ScanTask`: a task of an experiment in a worker's hands.

use super::{experiment, sentence};
use crate::params::Dynamics;
use crate::run::simulation::Budget;
use crate::scan::file;
use crate::scan::plan::{Plan, Spec};
use crate::scan::task::Task;
use crate::words;
use wasm_bindgen::prelude::*;

/// Attempts of Metropolis that take about as long as an event of kinetic Monte Carlo.
const ATTEMPTS_PER_EVENT: f64 = 20.0;

/// The plan of an experiment, in a worker's hands: made once for all of its tasks.
#[wasm_bindgen]
pub struct ScanPlan {
    plan: Plan,
}

#[wasm_bindgen]
impl ScanPlan {
    /// The plan of an experiment with what a `Scan` of it has `added`. Throws an Error if the link
    /// is not good.
    #[wasm_bindgen(constructor)]
    pub fn new(link: &str, added: &str) -> Result<ScanPlan, JsError> {
        let plan = file::plan(experiment(link)?, added).map_err(sentence)?;
        Ok(ScanPlan { plan })
    }
}

impl ScanPlan {
    fn spec(&self, task: usize) -> Result<&Spec, JsError> {
        let known = self.plan.tasks().get(task);
        known.ok_or_else(|| sentence(words::results::no_task(task)))
    }
}

/// One task of an experiment, in a worker's hands.
#[wasm_bindgen]
pub struct ScanTask {
    task: Task,
}

#[wasm_bindgen]
impl ScanTask {
    /// A task of an experiment at t = 0; `before` is the outcome of the task that it starts
    /// from, if it has one. Throws an Error that says why it cannot start.
    #[wasm_bindgen(constructor)]
    pub fn new(plan: &ScanPlan, task: usize, before: Option<Vec<u8>>) -> Result<ScanTask, JsError> {
        let spec = plan.spec(task)?;
        let before = match before {
            None => None,
            Some(bytes) => Some(file::outcome(&bytes).map_err(sentence)?),
        };
        let task = Task::new(&plan.plan, spec, before.as_ref()).map_err(sentence)?;
        Ok(ScanTask { task })
    }

    /// The task that was saved. Throws an Error that says why it cannot go on.
    pub fn restore(plan: &ScanPlan, task: usize, bytes: &[u8]) -> Result<ScanTask, JsError> {
        let spec = plan.spec(task)?;
        let task = Task::restore(&plan.plan, spec, bytes).map_err(sentence)?;
        Ok(ScanTask { task })
    }

    /// Runs at most `events` moves, or the attempts that take as long; whether it has ended.
    pub fn advance(&mut self, events: f64) -> bool {
        let attempts = match self.task.run().params().dynamics {
            Dynamics::Kinetic => u64::MAX,
            Dynamics::Metropolis => (events * ATTEMPTS_PER_EVENT) as u64,
        };
        self.task.advance(Budget {
            events: events as u64,
            attempts,
        })
    }

    /// What it has found up to now.
    pub fn outcome(&self) -> Vec<u8> {
        file::outcome_bytes(&self.task.outcome())
    }

    /// The full state.
    pub fn save(&self) -> Vec<u8> {
        self.task.save()
    }
}
