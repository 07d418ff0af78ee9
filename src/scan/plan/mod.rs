//! The plan of an experiment: its points and tasks, made once and lent to whoever carries it out.

pub mod added;
pub mod cells;
pub(crate) mod experiment;
mod kind;
pub mod link;
mod point;
pub mod values;

use added::Added;
pub use experiment::{Experiment, Start};
pub use kind::Kind;
pub use point::{Goal, Point, Spec};

/// An experiment with its points and tasks.
///
/// # Example
/// ```
/// use uphill::scan::plan::{Experiment, Kind, Plan};
/// let plan = Plan::new(Experiment::new(Kind::Current));
/// assert_eq!(plan.points().len(), 26);
/// assert_eq!(plan.tasks().len(), 52);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    experiment: Experiment,
    points: Vec<Point>,
    tasks: Vec<Spec>,
    /// For every task the one that starts from its final spins, where there are such.
    followers: Vec<Option<usize>>,
    /// The points that were added, by stages.
    added: Vec<Vec<Added>>,
    /// Where the points and the tasks of the stages begin, the experiment's own first.
    stages: Vec<Begin>,
}

/// The first point and the first task of a stage.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Begin {
    point: usize,
    task: usize,
}

impl Plan {
    /// The points of an experiment, and every replica of each, the first replicas first.
    pub fn new(experiment: Experiment) -> Self {
        let points = experiment.points();
        let mut plan = Plan {
            experiment,
            points: Vec::new(),
            tasks: Vec::new(),
            followers: Vec::new(),
            added: Vec::new(),
            stages: Vec::new(),
        };
        plan.extend(points);
        plan
    }

    /// The plan of an experiment to which points were added, by stages; none if they cannot be
    /// its own.
    pub fn with_added(experiment: Experiment, added: Vec<Vec<Added>>) -> Option<Self> {
        if !added::is_sound(&experiment, &added) {
            return None;
        }
        let mut plan = Plan::new(experiment);
        for stage in added {
            plan.add(stage);
        }
        Some(plan)
    }

    /// Adds the points of a stage, and every replica of each, after all that there are.
    pub fn add(&mut self, added: Vec<Added>) {
        let points = added.iter().map(|added| self.experiment.added(added));
        let points = points.collect();
        self.extend(points);
        self.added.push(added);
    }

    fn extend(&mut self, points: Vec<Point>) {
        let begin = Begin {
            point: self.points.len(),
            task: self.tasks.len(),
        };
        self.stages.push(begin);
        self.points.extend(points);
        for replica in 0..self.experiment.replicas {
            for number in begin.point..self.points.len() {
                let after = self.points[number].after;
                self.tasks.push(Spec {
                    point: number,
                    replica,
                    after: after.map(|after| self.task_of(after, replica)),
                });
            }
        }
        self.followers.resize(self.tasks.len(), None);
        for (task, spec) in self.tasks.iter().enumerate().skip(begin.task) {
            if let Some(before) = spec.after {
                self.followers[before] = Some(task);
            }
        }
    }

    /// The experiment.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Its points: those of the link in the order in which they are shown, then those that were
    /// added.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Its tasks: every replica of every point.
    pub fn tasks(&self) -> &[Spec] {
        &self.tasks
    }

    /// The points that were added, by stages.
    pub fn added(&self) -> &[Vec<Added>] {
        &self.added
    }

    /// The number of the task that is a replica of a point.
    pub fn task_of(&self, point: usize, replica: u32) -> usize {
        let stage = self.stages.partition_point(|begin| begin.point <= point) - 1;
        let begin = self.stages[stage];
        let end = self.stages.get(stage + 1);
        let count = end.map_or(self.points.len(), |next| next.point) - begin.point;
        begin.task + replica as usize * count + (point - begin.point)
    }

    /// The task that starts from the final spins of another.
    pub fn follower(&self, task: usize) -> Option<usize> {
        self.followers.get(task).copied().flatten()
    }

    /// For every task the first of the chain that it belongs to: itself where it starts from
    /// nothing.
    pub fn firsts(&self) -> Vec<usize> {
        let mut firsts: Vec<usize> = (0..self.tasks.len()).collect();
        for first in 0..self.tasks.len() {
            if self.tasks[first].after.is_none() {
                let mut next = self.follower(first);
                while let Some(task) = next {
                    firsts[task] = first;
                    next = self.follower(task);
                }
            }
        }
        firsts
    }
}
