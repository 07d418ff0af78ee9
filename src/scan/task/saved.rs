//! Saving a task and restoring it: the restored task goes on bit for bit.

use super::outcome::{MOST_PASSAGES, Status};
use super::{MOST_LOOKS, Progress, Task, Terms};
use crate::run::checkpoint::{RestoreError, open, seal};
use crate::run::simulation::Simulation;
use crate::scan::plan::{Goal, Plan, Spec};
use crate::words;
use serde::{Deserialize, Serialize};

/// First bytes of every saved task.
const MAGIC: &[u8; 8] = b"uphillT\x01";
/// The same of a task that measures the states it goes through, which stand behind the rest.
const MAGIC_REGIMES: &[u8; 8] = b"uphillT\x02";
#[derive(Serialize, Deserialize)]
struct Saved {
    name: String,
    seed: u64,
    replica: u32,
    relaxation: f64,
    progress: Progress,
    run: Vec<u8>,
}

impl Task {
    /// The full state as bytes.
    pub fn save(&self) -> Vec<u8> {
        let saved = Saved {
            name: self.point.name(),
            seed: self.point.params.seed,
            replica: self.terms.replica,
            relaxation: self.terms.relaxation,
            progress: self.progress.clone(),
            run: self.run.save(),
        };
        let mut state =
            postcard::to_allocvec(&saved).expect("a task has no part that cannot be written");
        if self.point.goal != Goal::Regimes {
            return seal(MAGIC, &state);
        }
        let regimes = postcard::to_allocvec(&self.progress.regimes);
        state.extend(regimes.expect("a task has no part that cannot be written"));
        seal(MAGIC_REGIMES, &state)
    }

    /// The task that was saved, to go on with the target and the cap that the experiment has
    /// now: a saved task may be followed further than it was meant to be.
    ///
    /// # Errors
    /// Says whether the bytes are foreign, of another engine version, damaged, or of another
    /// task; so it does where the task has come farther than the experiment asks for, since
    /// its result would not be that of a run from the start.
    pub fn restore(plan: &Plan, spec: &Spec, bytes: &[u8]) -> Result<Self, RestoreError> {
        let point = plan.points()[spec.point].clone();
        let form = |_| RestoreError::Damaged(words::checkpoints::ITS_FORM.said());
        let told = point.goal == Goal::Regimes;
        let magic = if told { MAGIC_REGIMES } else { MAGIC };
        let (mut saved, behind): (Saved, _) =
            postcard::take_from_bytes(open(magic, bytes)?).map_err(form)?;
        if told {
            saved.progress.regimes = postcard::from_bytes(behind).map_err(form)?;
        }
        let terms = Terms::of(plan.experiment(), &point, spec);
        let own = saved.name == point.name()
            && saved.seed == point.params.seed
            && saved.replica == terms.replica
            && saved.relaxation == terms.relaxation;
        if !own {
            return Err(RestoreError::Damaged(
                words::checkpoints::OF_ANOTHER_TASK.said(),
            ));
        }
        let run = Simulation::restore(&saved.run)?;
        let mut task = Task {
            point,
            terms,
            progress: saved.progress,
            run,
        };
        let sound = task.run.params() == &task.point.params
            && !task.run.is_altered()
            && task.progress.passages.len() <= MOST_PASSAGES
            && task.is_in_time();
        if !sound {
            return Err(RestoreError::Damaged(
                words::checkpoints::ITS_PROGRESS.said(),
            ));
        }
        if task.progress.least <= task.terms.target || task.is_past_its_end() {
            return Err(RestoreError::Damaged(words::checkpoints::TOO_FAR.said()));
        }
        task.reopen();
        Ok(task)
    }

    /// Whether its looks and rounds are those of its clock.
    fn is_in_time(&self) -> bool {
        let Progress {
            relaxed,
            looks,
            round,
            measured,
            ..
        } = self.progress;
        let time = self.run.time();
        if !measured {
            return time <= relaxed && relaxed.is_finite();
        }
        let regimes = match &self.progress.regimes {
            Some(regimes) => regimes.is_sound(self.look_at(1) - relaxed, looks),
            None => self.point.goal != Goal::Regimes,
        };
        let by = |begun: Option<f64>| begun.is_none_or(|begun| begun <= time);
        let round_at = |round: u32| relaxed + self.rounds().end(round) as f64;
        self.progress.integral.len() == self.point.params.lx as usize
            && by(Some(relaxed))
            && by((looks > 0).then(|| self.look_at(looks)))
            && looks < MOST_LOOKS
            && regimes
            && time <= self.next_look()
            && by(round.checked_sub(1).map(round_at))
            && time <= round_at(round)
    }

    /// Takes an end back that the present target or cap does not ask for.
    fn reopen(&mut self) {
        match self.progress.status {
            Status::Reached if self.point.goal == Goal::Sign => {}
            Status::Reached if self.error().is_none_or(|error| error > self.terms.target) => {
                self.progress.status = Status::Measuring;
                self.end_round();
            }
            Status::Capped if self.point.goal == Goal::Sign => {
                let spent = self.spent();
                if spent > self.terms.target {
                    self.progress.least = spent;
                    self.progress.status = self.open();
                }
            }
            Status::Capped if self.run.time() < self.end() => {
                self.progress.status = self.open();
            }
            _ => {}
        }
    }

    /// What it does where it has not ended.
    fn open(&self) -> Status {
        if self.progress.measured {
            Status::Measuring
        } else {
            Status::Relaxing
        }
    }

    fn is_past_its_end(&self) -> bool {
        let ended_there = self.progress.capped == Some(self.terms.cap);
        self.run.time() > self.end() && !ended_there
    }
}
