//! The checkpoint of an experiment: the saved tasks, in one file.

use crate::run::checkpoint::{RestoreError, open, seal};
use crate::scan::plan::{Plan, link};
use crate::words::checkpoints as words;
use serde::{Deserialize, Serialize};

/// First bytes of every checkpoint of an experiment.
const MAGIC: &[u8; 8] = b"uphillE\x01";

/// The tasks of an experiment on their way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Checkpoint {
    link: String,
    identity: u64,
    /// Full states by number of the task; empty for one that has not begun.
    pub tasks: Vec<Vec<u8>>,
}

impl Checkpoint {
    /// The checkpoint of an experiment.
    pub fn new(plan: &Plan, tasks: Vec<Vec<u8>>) -> Self {
        Checkpoint {
            link: link::write(plan.experiment()),
            identity: plan.experiment().identity(),
            tasks,
        }
    }

    /// Whether it can be gone on with in an experiment.
    pub fn is_of(&self, plan: &Plan) -> bool {
        // Points may have been added to those of the link.
        self.identity == plan.experiment().identity() && self.tasks.len() >= plan.tasks().len()
    }

    /// The link of the experiment that it was saved from.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// The checkpoint as bytes.
    pub fn write(&self) -> Vec<u8> {
        let state =
            postcard::to_allocvec(self).expect("a checkpoint has no part that cannot be written");
        seal(MAGIC, &state)
    }

    /// The checkpoint of bytes.
    ///
    /// # Errors
    /// Says whether they are foreign, of another engine version, or damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, RestoreError> {
        let state = open(MAGIC, bytes)?;
        postcard::from_bytes(state).map_err(|_| RestoreError::Damaged(words::ITS_FORM.said()))
    }
}
