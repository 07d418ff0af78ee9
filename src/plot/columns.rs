//! What the plots of single columns are made of: some number of every column of a run.

use crate::params::Params;
use crate::run::report::Report;

/// A number of every column, or between them, with its error where one is known, and J.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Of the run.
    pub params: Params,
    /// From the left on.
    pub values: Vec<f64>,
    /// One standard deviation each.
    pub errors: Vec<Option<f64>>,
    /// J as it is quoted, and its error.
    pub current: (Option<f64>, Option<f64>),
}

impl Columns {
    /// ⟨m(x)⟩ of a run.
    pub fn profile(params: &Params, report: &Report) -> Self {
        Columns {
            params: params.clone(),
            values: report.profile.clone(),
            errors: report.profile_errors.clone(),
            current: (report.current.mean, report.current.error),
        }
    }

    /// J between neighbouring columns of a run.
    pub fn currents(params: &Params, report: &Report) -> Self {
        Columns {
            values: report.column_currents.clone(),
            errors: report.column_current_errors.clone(),
            ..Columns::profile(params, report)
        }
    }
}
