//! The parameters of a point, by the names that result files and tables have for them.

use super::Point;
use crate::link;
use crate::params::{Boundary, Dynamics};
use serde::Serialize;

/// What a task, a point or a row of a table is of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Parameters {
    /// Columns of the lattice.
    #[serde(rename = "Lx")]
    pub lx: u32,
    /// Rows of the lattice, periodic.
    #[serde(rename = "Ly")]
    pub ly: u32,
    /// Inverse temperature in units of the coupling.
    pub beta: f64,
    /// Magnetization m₊ of the right reservoir; null without reservoirs.
    pub m_plus: Option<f64>,
    /// Magnetization m₋ of the left reservoir; null without reservoirs.
    pub m_minus: Option<f64>,
    /// Whether the spins of the end columns flip: `on` with reservoirs, `off` without.
    pub res: &'static str,
    /// The outer neighbours of the end columns: `fixed` or `shifted`.
    pub bc: &'static str,
    /// Rows by which `shifted` looks aside; null where `bc` is `fixed`.
    pub shift: Option<u32>,
    /// `kinetic` or `metropolis`.
    #[serde(rename = "dyn")]
    pub dynamics: &'static str,
    /// The canonical link of the run.
    pub link: String,
}

impl From<&Point> for Parameters {
    fn from(point: &Point) -> Self {
        let p = &point.params;
        let (bc, shift) = match p.boundary {
            Boundary::Fixed => ("fixed", None),
            Boundary::Shifted(rows) => ("shifted", Some(rows)),
        };
        Parameters {
            lx: p.lx,
            ly: p.ly,
            beta: p.beta,
            m_plus: p.reservoirs.then_some(p.m_right),
            m_minus: p.reservoirs.then_some(p.m_left),
            res: if p.reservoirs { "on" } else { "off" },
            bc,
            shift,
            dynamics: match p.dynamics {
                Dynamics::Kinetic => "kinetic",
                Dynamics::Metropolis => "metropolis",
            },
            link: link::write(p),
        }
    }
}
