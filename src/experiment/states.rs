//! Fig. 3: spins and profiles at several magnetizations of the reservoirs.

use super::findings::{Finding, Table};
use super::results::Results;

/// The table.
pub fn table(_results: &Results) -> Table {
    Table::default()
}

/// The findings.
pub fn findings(_results: &Results) -> Vec<Finding> {
    Vec::new()
}
