//! A point of an experiment, and one replica of it.

use super::kind::Kind;
use crate::digest::Digest;
use crate::params::Params;

/// Which mean decides that a point is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// J, by the rates.
    Current,
    /// m_eq, reservoirs off.
    Equilibrium,
    /// The magnetization far from both reservoirs, which ask for the same, of one phase alone.
    Bulk,
    /// The sign of J.
    Sign,
    /// J over all states, which are told and followed.
    Regimes,
}

/// One run of the model in an experiment, up to its replica.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its parameters, with the seed of the experiment.
    pub params: Params,
    /// What is wanted of it.
    pub goal: Goal,
    /// The number of the point whose final spins it starts from.
    pub after: Option<usize>,
    /// Whether the exact solution is wanted beside it.
    pub exact: bool,
    /// One standard deviation at which it is done, where that is not the experiment's.
    pub error: Option<f64>,
}

impl Point {
    /// What tells it from the other points of its experiment: m₊ = 0.999, or L = 20, β = 0.8.
    ///
    /// # Example
    /// ```
    /// use uphill::scan::plan::{Plan, link};
    /// let scan = link::read("exp=current&ms=0.998,0.999&seed=1").experiment;
    /// let kind = scan.kind;
    /// let plan = Plan::new(scan);
    /// let labels: Vec<String> = plan.points().iter().map(|point| point.label(kind)).collect();
    /// assert_eq!(labels, ["m₊ = 0.998", "m₊ = 0.999"]);
    /// ```
    pub fn label(&self, kind: Kind) -> String {
        let params = &self.params;
        let mut parts = Vec::new();
        if kind.has("Ls") {
            parts.push(format!("L = {}", params.lx));
        }
        if kind.has("betas") {
            parts.push(format!("β = {}", params.beta));
        }
        if params.reservoirs.flip() {
            // Where both ask for the same there is no need to say which.
            let name = if self.goal == Goal::Bulk { "m" } else { "m₊" };
            parts.push(format!("{name} = {}", params.m_right).replace('-', "−"));
        } else if kind == Kind::Relation {
            parts.push("m_eq".to_owned());
        }
        if kind == Kind::Exact {
            parts.push(params.dynamics.key().to_owned());
        }
        parts.join(", ")
    }

    /// Its canonical name: the link of its run, without the seed.
    pub fn name(&self) -> String {
        let link = crate::link::write(&self.params);
        let end = link.rfind("&seed=").unwrap_or(link.len());
        link[..end].to_owned()
    }

    /// The number that, with the seed, gives the random stream of a replica: it depends on
    /// the point's own parameters, never on its place in a list.
    pub fn stream_of(&self, replica: u32) -> u64 {
        let mut digest = Digest::new();
        digest.bytes(format!("{} replica={replica}", self.name()).as_bytes());
        digest.value()
    }
}

/// One replica of one point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The number of the point.
    pub point: usize,
    /// The number of the replica, from 0.
    pub replica: u32,
    /// The number of the task whose final spins it starts from.
    pub after: Option<usize>,
}
