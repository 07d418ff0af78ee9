//! Experiments: the paper's figures as plans of tasks, carried out anywhere in any order.
//!
//! An [`Experiment`] is described by a [`link`]. Its *points* are runs of the model
//! ([`Point`]); a [`task::Task`] is one replica of a point, with a stream of random
//! numbers of its own that is derived from the seed, the point's parameters and the
//! replica's number. A task refines itself in fixed rounds and ends by its own data, so
//! its [`outcome::Outcome`] is the same wherever and whenever it was computed. A
//! [`results::Results`] puts outcomes together, and each figure has a file that reads
//! it off them.

pub mod bracketing;
pub mod checkpoint;
pub(crate) mod course;
pub mod csv;
pub mod current;
pub mod encoding;
pub mod equilibrium;
pub mod exact;
pub mod file;
pub mod findings;
pub mod forecast;
pub mod jump;
pub mod link;
pub mod outcome;
pub mod paper;
mod parameters;
pub(crate) mod phrases;
pub mod plan;
pub mod relation;
pub mod results;
pub mod scan;
pub mod shares;
pub mod states;
pub mod task;
pub mod values;

use crate::digest::Digest;
use crate::params::{Boundary, Dynamics, Params};
use crate::theory::m_beta;
use values::Values;

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Fig. 2: J against m₊, and J_t.
    Current,
    /// Fig. 3: final spins and profiles at several m₊.
    States,
    /// Fig. 4: m_eq against L, reservoirs off.
    Equilibrium,
    /// m_crit beside m_eq, for lists of L and β.
    Relation,
    /// Both dynamics beside the exact solution of the 4×4 lattice.
    Exact,
}

impl Kind {
    /// All of them, in the order of the paper.
    pub const ALL: [Kind; 5] = [
        Kind::Current,
        Kind::States,
        Kind::Equilibrium,
        Kind::Relation,
        Kind::Exact,
    ];

    /// Its name in a link.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Current => "current",
            Kind::States => "states",
            Kind::Equilibrium => "equilibrium",
            Kind::Relation => "relation",
            Kind::Exact => "exact",
        }
    }

    /// Whether a key of the link has a meaning for it.
    pub fn has(self, key: &str) -> bool {
        match key {
            "L" | "Lx" | "Ly" => matches!(self, Kind::Current | Kind::States),
            "Ls" => matches!(self, Kind::Equilibrium | Kind::Relation),
            "beta" => matches!(self, Kind::Current | Kind::States | Kind::Equilibrium),
            "betas" => matches!(self, Kind::Relation | Kind::Exact),
            "ms" => matches!(self, Kind::Current | Kind::States | Kind::Exact),
            "from" => matches!(self, Kind::Current | Kind::States),
            "err" => self != Kind::Equilibrium,
            "errc" => self == Kind::Current,
            "errm" => matches!(self, Kind::Equilibrium | Kind::Relation),
            "dyn" => self != Kind::Exact,
            _ => true,
        }
    }
}

/// What the replicas of a point start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The paper's step.
    Step,
    /// The final spins at the next smaller m₊; the smallest starts from the step.
    Up,
    /// The final spins at the next larger m₊; the largest starts from the step.
    Down,
}

/// All that determines an experiment.
///
/// # Example
/// ```
/// use uphill::experiment::{Experiment, Kind};
/// let scan = Experiment::new(Kind::Current);
/// assert_eq!(scan.point_count(), 26);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// What is computed.
    pub kind: Kind,
    /// Size, β, boundary, dynamics and seed, where they are not listed.
    pub base: Params,
    /// m₊ of the points; m₋ = −m₊.
    pub ms: Values,
    /// Sizes.
    pub ls: Values,
    /// Inverse temperatures.
    pub betas: Values,
    /// What the replicas start from.
    pub start: Start,
    /// One standard deviation of J at which a point is done.
    pub error: f64,
    /// One standard deviation of m_eq at which a point is done.
    pub error_m: f64,
    /// The error of m_crit until which points are added; none are if none is asked for.
    pub error_c: Option<f64>,
    /// Time that is not measured, at the start and after a change of state; 50·Lx² if none.
    pub relaxation: Option<f64>,
    /// Time after the first relaxation at which a replica ends all the same.
    pub cap: f64,
    /// Replicas of each point.
    pub replicas: u32,
}

/// Which mean decides that a point is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// J, by the rates.
    Current,
    /// m_eq, reservoirs off.
    Equilibrium,
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
    /// One standard deviation of J at which it is done, where that is not the experiment's.
    pub error: Option<f64>,
}

/// Relaxation in units of Lx², where none is given: a lone spin diffuses at 1, so what it
/// carries is gone within Lx²/π² many times over. At L = 40, β = 1 the mean of J over the
/// 8·10⁴ time units after it is that of long runs within 10⁻⁷ for m₊ = 0.9993…0.9998, and
/// within 4·10⁻⁷ at m₊ = 1, where J follows the interface, which wanders over 10⁶.
const RELAXATION: f64 = 50.0;
/// Points of the grid of m₊ for the relation, in units of 1 − m_β above m_β: from below
/// m_β, where J > 0, to m₊ = 1.
const RELATION_GRID: std::ops::RangeInclusive<i32> = -1..=8;
/// Parts of 1 − m_β that the grid is made of.
const RELATION_PARTS: f64 = 8.0;

impl Experiment {
    /// The experiment of a link without further keys, with seed 0.
    pub fn new(kind: Kind) -> Self {
        let list = |text: &str| Values::read(text).expect("the defaults are lists");
        let (ms, ls, betas, error, error_m, cap) = match kind {
            Kind::Current => ("0.9975:1:0.0001", "40", "1", 1e-7, 1e-6, 1e8),
            Kind::States => ("0.998,0.999,0.9995", "40", "1", 5e-8, 1e-6, 5e7),
            Kind::Equilibrium => ("0.999", "10:40:2", "1", 1e-7, 2e-6, 1e8),
            Kind::Relation => ("0.999", "10:40:10", "1", 2e-7, 2e-6, 5e7),
            Kind::Exact => ("0.3,0.6,0.9", "4", "0.2,0.44,1", 2e-5, 1e-6, 1e7),
        };
        let mut base = Params::default();
        if kind == Kind::Exact {
            (base.lx, base.ly) = (4, 4);
        }
        Experiment {
            kind,
            base,
            ms: list(ms),
            ls: list(ls),
            betas: list(betas),
            start: Start::Step,
            error,
            error_m,
            error_c: None,
            relaxation: None,
            cap,
            replicas: 2,
        }
    }

    /// The points, in the order in which they are shown; a [`Plan`](plan::Plan) has them.
    pub(crate) fn points(&self) -> Vec<Point> {
        #[cfg(test)]
        tests::POINTS_MADE.set(tests::POINTS_MADE.get() + 1);
        match self.kind {
            Kind::Current | Kind::States => self.over_reservoirs(),
            Kind::Equilibrium => {
                let beta = self.base.beta;
                let closed = |&l: &f64| self.closed(l as u32, beta);
                self.ls.values().iter().map(closed).collect()
            }
            Kind::Relation => self
                .pairs()
                .into_iter()
                .flat_map(|(l, beta)| self.relation(l, beta))
                .collect(),
            Kind::Exact => self.exact(),
        }
    }

    /// How many points there are.
    pub fn point_count(&self) -> usize {
        let [ms, ls, betas] = [&self.ms, &self.ls, &self.betas].map(|list| list.values().len());
        match self.kind {
            Kind::Current | Kind::States => ms,
            Kind::Equilibrium => ls,
            Kind::Relation => ls * betas * (1 + RELATION_GRID.count()),
            Kind::Exact => 2 * betas * ms,
        }
    }

    /// How many tasks there are, without making them.
    pub fn task_count(&self) -> usize {
        self.point_count() * self.replicas as usize
    }

    /// The pairs (L, β) of the relation.
    pub fn pairs(&self) -> Vec<(u32, f64)> {
        let betas = self.betas.values();
        let sizes = self.ls.values().iter();
        sizes
            .flat_map(|&l| betas.iter().map(move |&beta| (l as u32, beta)))
            .collect()
    }

    fn over_reservoirs(&self) -> Vec<Point> {
        let ms = self.ms.values();
        let last = ms.len() - 1;
        ms.iter()
            .enumerate()
            .map(|(i, &m)| Point {
                params: with_reservoirs(&self.base, m),
                goal: Goal::Current,
                exact: false,
                error: None,
                after: match self.start {
                    Start::Step => None,
                    Start::Up => i.checked_sub(1),
                    Start::Down => (i < last).then_some(i + 1),
                },
            })
            .collect()
    }

    /// A point that was added to the experiment's own.
    fn added(&self, added: &bracketing::Added) -> Point {
        Point {
            params: with_reservoirs(&self.base, added.m),
            goal: Goal::Current,
            after: None,
            exact: false,
            error: Some(added.err),
        }
    }

    fn sized(&self, l: u32, beta: f64) -> Params {
        let boundary = match self.base.boundary {
            Boundary::Fixed => Boundary::Fixed,
            Boundary::Shifted(_) => Boundary::Shifted(Params::default_shift(l)),
        };
        Params {
            lx: l,
            ly: l,
            beta,
            boundary,
            ..self.base.clone()
        }
    }

    fn closed(&self, l: u32, beta: f64) -> Point {
        Point {
            params: Params {
                reservoirs: false,
                ..self.sized(l, beta)
            },
            goal: Goal::Equilibrium,
            after: None,
            exact: false,
            error: None,
        }
    }

    /// Equilibrium, then a grid of m₊ around the place where J may vanish.
    fn relation(&self, l: u32, beta: f64) -> Vec<Point> {
        let spontaneous = m_beta(beta);
        let open = RELATION_GRID.map(|part| {
            let m = spontaneous + (1.0 - spontaneous) * f64::from(part) / RELATION_PARTS;
            // Rounded for short links, finer than any error here.
            let m = (m * 1e7).round() / 1e7;
            Point {
                params: with_reservoirs(&self.sized(l, beta), m),
                goal: Goal::Current,
                after: None,
                exact: false,
                error: None,
            }
        });
        std::iter::once(self.closed(l, beta)).chain(open).collect()
    }

    fn exact(&self) -> Vec<Point> {
        let mut points = Vec::new();
        for &beta in self.betas.values() {
            for &m in self.ms.values() {
                for dynamics in [Dynamics::Kinetic, Dynamics::Metropolis] {
                    let params = Params {
                        beta,
                        dynamics,
                        ..self.base.clone()
                    };
                    points.push(Point {
                        params: with_reservoirs(&params, m),
                        goal: Goal::Current,
                        after: None,
                        exact: true,
                        error: None,
                    });
                }
            }
        }
        points
    }

    /// Time that a replica of a point relaxes.
    pub fn relaxation_of(&self, point: &Point) -> f64 {
        let lx = f64::from(point.params.lx);
        self.relaxation.unwrap_or(RELAXATION * lx * lx)
    }

    /// The error at which one replica of a point is done, so that all together reach the
    /// point's.
    pub fn target_of(&self, point: &Point) -> f64 {
        let error = match point.goal {
            Goal::Current => point.error.unwrap_or(self.error),
            Goal::Equilibrium => self.error_m,
        };
        error * f64::from(self.replicas).sqrt()
    }

    /// A fingerprint of all that decides the trajectories of the tasks, but not how long they
    /// are followed: experiments that share it share checkpoints. What a chain of points
    /// hands on depends on how long each was followed.
    pub fn identity(&self) -> u64 {
        let mut digest = Digest::new();
        let mut alike = self.clone();
        if self.start == Start::Step {
            let usual = Experiment::new(self.kind);
            (alike.error, alike.error_m, alike.cap) = (usual.error, usual.error_m, usual.cap);
            alike.error_c = None;
        }
        digest.bytes(link::write(&alike).as_bytes());
        digest.value()
    }
}

fn with_reservoirs(params: &Params, m: f64) -> Params {
    Params {
        m_right: m,
        m_left: 0.0 - m,
        ..params.clone()
    }
}

impl Point {
    /// What tells it from the other points of its experiment: m₊ = 0.999, or L = 20, β = 0.8.
    ///
    /// # Example
    /// ```
    /// use uphill::experiment::{link, plan::Plan};
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
        if params.reservoirs {
            parts.push(format!("m₊ = {}", params.m_right).replace('-', "−"));
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

#[cfg(test)]
mod tests {
    use super::plan::Plan;
    use super::results::Results;
    use super::shares::Share;
    use super::task::Task;
    use super::*;
    use std::cell::Cell;
    use std::sync::Arc;

    thread_local! {
        /// How often this thread has made the points of an experiment.
        pub(super) static POINTS_MADE: Cell<u32> = const { Cell::new(0) };
    }

    /// Whatever is done with an experiment, its points are made once.
    #[test]
    fn the_points_are_made_once() {
        let e = link::read("exp=current&L=8&ms=0.8:0.99:0.01&reps=3&seed=1").experiment;
        POINTS_MADE.set(0);
        let plan = Arc::new(Plan::new(e));
        for number in 1..=4 {
            let share = Share { number, of: 4 };
            share.tasks(&plan).expect("there is enough to share");
        }
        let mut results = Results::of(plan.clone());
        for (number, spec) in plan.tasks().iter().enumerate() {
            let task = Task::new(&plan, spec, None).expect("it can start");
            let again = Task::restore(&plan, spec, &task.save()).expect("it can go on");
            results.take(number, again.outcome()).expect("it is sound");
        }
        assert!(checkpoint::Checkpoint::new(&plan, vec![Vec::new(); 60]).is_of(&plan));
        assert_eq!(results.next_task(&[]), Some(0));
        assert_eq!(POINTS_MADE.get(), 1);
    }

    #[test]
    fn streams_depend_on_the_point_and_not_on_its_place() {
        let scan = Experiment::new(Kind::Current);
        let few = link::read("exp=current&ms=0.999,0.9993").experiment;
        let find = |e: &Experiment, m: f64| {
            let points = e.points();
            let at = points.iter().find(|point| point.params.m_right == m);
            at.expect("the point is there").stream_of(1)
        };
        assert_eq!(find(&scan, 0.9993), find(&few, 0.9993));
        let plan = Plan::new(scan);
        let streams: std::collections::BTreeSet<u64> = plan
            .tasks()
            .iter()
            .map(|task| plan.points()[task.point].stream_of(task.replica))
            .collect();
        assert_eq!(streams.len(), 52);
    }

    #[test]
    fn labels_tell_all_points_apart() {
        for kind in Kind::ALL {
            let points = Experiment::new(kind).points();
            let labels = points.iter().map(|point| point.label(kind));
            let different: std::collections::BTreeSet<String> = labels.collect();
            assert_eq!(different.len(), points.len(), "{kind:?}: {different:?}");
        }
    }

    #[test]
    fn points_are_as_many_as_is_said() {
        for kind in Kind::ALL {
            let e = Experiment::new(kind);
            assert_eq!(e.points().len(), e.point_count(), "{kind:?}");
            assert_eq!(
                Plan::new(e.clone()).tasks().len(),
                e.task_count(),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn chains_follow_one_replica() {
        for (text, first, second) in [("up", 0, 1), ("down", 2, 1)] {
            let e = link::read(&format!("exp=current&ms=0.997:0.999:0.001&from={text}")).experiment;
            let plan = Plan::new(e);
            let tasks = plan.tasks();
            assert_eq!(tasks[first].after, None, "{text}");
            assert_eq!(tasks[second].after, Some(first), "{text}");
            assert_eq!(tasks[3 + second].after, Some(3 + first), "{text}");
        }
    }
}
