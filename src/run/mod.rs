//! Runs: carried out, reported on, saved and restored.

pub mod budget;
#[cfg(feature = "experiments")]
pub(crate) mod bulk;
pub mod checkpoint;
mod curves;
pub mod report;
pub mod simulation;
#[cfg(feature = "experiments")]
pub mod table;
