//! The plan of an experiment: its points and tasks, made once and lent to whoever carries it out.

use super::{Experiment, Point, Spec};

/// An experiment with its points and tasks.
///
/// # Example
/// ```
/// use uphill::experiment::{Experiment, Kind, plan::Plan};
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
}

impl Plan {
    /// The points of an experiment, and every replica of each, the first replicas first.
    pub fn new(experiment: Experiment) -> Self {
        let points = experiment.points();
        let mut plan = Plan {
            tasks: Vec::new(),
            followers: Vec::new(),
            experiment,
            points,
        };
        for replica in 0..plan.experiment.replicas {
            for (number, point) in plan.points.iter().enumerate() {
                plan.tasks.push(Spec {
                    point: number,
                    replica,
                    after: point.after.map(|after| plan.task_of(after, replica)),
                });
            }
        }
        plan.followers = vec![None; plan.tasks.len()];
        for (task, spec) in plan.tasks.iter().enumerate() {
            if let Some(before) = spec.after {
                plan.followers[before] = Some(task);
            }
        }
        plan
    }

    /// The experiment.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Its points, in the order in which they are shown.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Its tasks: every replica of every point.
    pub fn tasks(&self) -> &[Spec] {
        &self.tasks
    }

    /// The number of the task that is a replica of a point.
    pub fn task_of(&self, point: usize, replica: u32) -> usize {
        replica as usize * self.points.len() + point
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
