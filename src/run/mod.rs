//! Runs: carried out, reported on, saved and restored.

pub mod checkpoint;
pub mod report;
pub mod simulation;
