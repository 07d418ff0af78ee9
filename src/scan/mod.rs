//! Scans: the paper's figures as plans of tasks, carried out anywhere in any order.
//!
//! An [`Experiment`](plan::Experiment) is described by a [`link`](plan::link). Its *points* are runs
//! of the model ([`Point`](plan::Point)), which a [`Plan`](plan::Plan) has with their tasks. A
//! [`Task`](task::Task) is one replica of a point, with a stream of random numbers of its own that is
//! derived from the seed, the point's parameters and the replica's number. It refines itself in
//! fixed rounds and ends by its own data, so that its [`Outcome`](task::outcome::Outcome) is the
//! same wherever and whenever it was computed. [`Results`](results::Results) put outcomes together,
//! and each figure has a folder that reads it off them.

pub mod figures;
pub mod file;
pub mod plan;
pub mod results;
pub mod task;

#[cfg(test)]
mod tests {
    use super::plan::experiment::POINTS_MADE;
    use super::plan::{Experiment, Kind, Plan, link};
    use super::results::Results;
    use super::results::shares::Share;
    use super::task::Task;
    use super::task::checkpoint::Checkpoint;
    use std::sync::Arc;

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
        assert!(Checkpoint::new(&plan, vec![Vec::new(); 60]).is_of(&plan));
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
