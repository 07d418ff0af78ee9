//! Fig. 4: the magnetization of the end columns without reservoirs, against L.

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
