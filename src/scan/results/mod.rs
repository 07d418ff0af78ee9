//! The outcomes of an experiment put together, point by point and state by state.

mod regimes;
pub mod shares;

use crate::measure::sign::CALLED;
use crate::measure::state::State;
use crate::order;
use crate::run::checkpoint::ENGINE;
use crate::scan::plan::added::Added;
use crate::scan::plan::{Experiment, Goal, Plan, Point, Spec};
use crate::scan::task::outcome::{Budgeted, Measured, Outcome, SingleColumns, Status, summed};
use crate::words::results as words;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An experiment with the outcomes that are known, in whatever order they came.
#[derive(Clone, Debug)]
pub struct Results {
    plan: Arc<Plan>,
    outcomes: Vec<Option<Outcome>>,
    /// How many tasks have ended.
    ended: usize,
    /// The tasks that can go on, the most urgent first.
    open: BTreeSet<(Urgency, usize)>,
    /// The engine that found the outcomes.
    engine: String,
}

/// How near a task is to its end: the bits of the share of its way, which are ordered as the
/// shares are; none before it has begun.
type Urgency = Option<u64>;

/// The replicas of a point that were measured in one state, mirror images together where
/// the reservoirs are opposite.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The state; none where the lattice is too small for states, or while it is not known.
    pub state: Option<State>,
    /// Number of replicas.
    pub replicas: u32,
    /// Those of them that were the mirror image of `state`.
    pub mirrored: u32,
    /// Those of them that have ended.
    pub ended: u32,
    /// Those of them that ended at the cap.
    pub capped: u32,
    /// Those of them that ended where the clock could not tell one move from the next.
    pub unresolved: u32,
    /// Changes of state before.
    pub changes: u64,
    /// Measured time, over all replicas.
    pub span: f64,
    /// Moves performed, over all replicas, the relaxation included.
    pub events: u64,
    /// Moves attempted, over all replicas, the relaxation included.
    pub attempts: u64,
    /// J by the rates.
    pub current: Measured,
    /// J by counting.
    pub count: Measured,
    /// ⟨m(1)⟩ of the state, mirror images mapped.
    pub first_column: Measured,
    /// ⟨m(Lx)⟩ of the state, mirror images mapped.
    pub last_column: Measured,
    /// m_eq.
    pub m_eq: Measured,
    /// H per site.
    pub energy: Measured,
    /// The energy budget of the state, mirror images mapped.
    pub budget: Budgeted,
    /// The exact J, where it is wanted.
    pub exact: Option<f64>,
    /// ⟨m(x)⟩ of the state, mirror images mapped.
    pub profile: Vec<f64>,
    /// Numbers of single columns, mirror images mapped; none where a replica is without.
    pub columns: Option<SingleColumns>,
    /// The profiles of the replicas, mapped.
    pub profiles: Vec<Vec<f64>>,
    /// How many σ the replicas' J are from agreeing with each other; large and positive if they
    /// do not.
    pub disagreement: Option<f64>,
}

impl Results {
    /// An experiment of which nothing is known yet.
    pub fn new(experiment: Experiment) -> Self {
        Results::of(Arc::new(Plan::new(experiment)))
    }

    /// A plan of which nothing has been carried out yet.
    pub fn of(plan: Arc<Plan>) -> Self {
        let mut results = Results {
            outcomes: Vec::new(),
            ended: 0,
            open: BTreeSet::new(),
            plan,
            engine: ENGINE.to_owned(),
        };
        results.open_new();
        results
    }

    /// Opens the tasks of the plan that are not known yet.
    fn open_new(&mut self) {
        let new = self.outcomes.len()..self.tasks().len();
        self.outcomes.resize(new.end, None);
        for task in new {
            if self.tasks()[task].after.is_none() {
                self.open.insert((None, task));
            }
        }
    }

    /// The version of the engine that found the outcomes.
    pub fn engine(&self) -> &str {
        &self.engine
    }

    /// The outcomes were found by this version of the engine.
    pub(crate) fn came_from(&mut self, engine: String) {
        self.engine = engine;
    }

    /// The plan.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The experiment.
    pub fn experiment(&self) -> &Experiment {
        self.plan.experiment()
    }

    /// Its points.
    pub fn points(&self) -> &[Point] {
        self.plan.points()
    }

    /// Its tasks.
    pub fn tasks(&self) -> &[Spec] {
        self.plan.tasks()
    }

    /// What is known, by task.
    pub fn outcomes(&self) -> &[Option<Outcome>] {
        &self.outcomes
    }

    /// Adds points to the plan, with tasks after all others.
    pub(in crate::scan) fn add(&mut self, points: Vec<Added>) {
        Arc::make_mut(&mut self.plan).add(points);
        self.open_new();
    }

    /// Takes in what a task has found, and adds nothing to the plan.
    ///
    /// # Errors
    /// Says so if there is no such task, or if the outcome cannot be one of it.
    pub(in crate::scan) fn put(&mut self, task: usize, outcome: Outcome) -> Result<(), String> {
        let known = self.tasks().get(task);
        let spec = known.ok_or_else(|| words::task_below(task, self.tasks().len()))?;
        let params = &self.points()[spec.point].params;
        if outcome.replica != spec.replica || !outcome.is_sound(params.lx, params.ly) {
            return Err(words::outcome_damaged(task));
        }
        let follower = self.plan.follower(task);
        for changed in [Some(task), follower].into_iter().flatten() {
            if let Some(urgency) = self.urgency(changed) {
                self.open.remove(&(urgency, changed));
            }
        }
        self.ended -= usize::from(self.has_ended(task));
        self.outcomes[task] = Some(outcome);
        self.ended += usize::from(self.has_ended(task));
        for changed in [Some(task), follower].into_iter().flatten() {
            if let Some(urgency) = self.urgency(changed) {
                self.open.insert((urgency, changed));
            }
        }
        Ok(())
    }

    /// The outcomes of a point, by replica.
    pub fn of_point(&self, point: usize) -> impl Iterator<Item = &Outcome> {
        (0..self.experiment().replicas)
            .filter_map(move |replica| self.outcomes[self.plan.task_of(point, replica)].as_ref())
    }

    /// Whether a task has ended.
    pub fn has_ended(&self, task: usize) -> bool {
        let outcome = self.outcomes.get(task).and_then(Option::as_ref);
        outcome.is_some_and(|outcome| outcome.status.is_final())
    }

    /// How many tasks have ended.
    pub fn ended(&self) -> usize {
        self.ended
    }

    /// Whether every task has ended.
    pub fn is_complete(&self) -> bool {
        self.ended == self.outcomes.len()
    }

    /// Leaves tasks to others: none of them is [the next](Self::next_task) from now on.
    pub fn leave(&mut self, others: impl Fn(usize) -> bool) {
        self.open.retain(|&(_, task)| !others(task));
    }

    /// The task to advance next, none if all that can go on are busy or have ended: the one
    /// that has been measured least in units of what its point will need.
    ///
    /// The choice decides what is seen first, never what is found.
    pub fn next_task(&self, busy: &[usize]) -> Option<usize> {
        let mut open = self.open.iter().map(|&(_, task)| task);
        open.find(|task| !busy.contains(task))
    }

    /// How near a task is to its end; none if it cannot go on.
    fn urgency(&self, task: usize) -> Option<Urgency> {
        let before = self.tasks()[task].after;
        if self.has_ended(task) || !before.is_none_or(|before| self.has_ended(before)) {
            return None;
        }
        let begun = self.outcomes[task].is_some();
        Some(begun.then(|| self.share_done(task).to_bits()))
    }

    /// The share of its way that a task has gone, from 0 to 1, as far as can be told.
    pub fn share_done(&self, task: usize) -> f64 {
        let Some(outcome) = &self.outcomes[task] else {
            return 0.0;
        };
        if outcome.status.is_final() {
            return 1.0;
        }
        let point = &self.points()[self.tasks()[task].point];
        if point.goal == Goal::Sign {
            // What is significant grows as the root of the time.
            let sigmas = outcome.current.significance().unwrap_or(0.0) / CALLED;
            let moves = outcome.events as f64 / self.experiment().moves;
            return moves.max(sigmas * sigmas).min(0.999);
        }
        let target = self.experiment().target_of(point);
        let relaxation = self.experiment().relaxation_of(point);
        let measured = outcome.deciding(point.goal);
        // The error falls as the root of the time; before there is one, nothing is known but the cap.
        let of_cap = (outcome.time / (relaxation + self.experiment().cap)).min(1.0);
        let whole = match measured.and_then(|measured| measured.error) {
            Some(error) if outcome.span > 0.0 => {
                let times = error / target;
                outcome.span * (times * times)
            }
            _ => return of_cap,
        };
        let to_go = (whole - outcome.span).max(0.0);
        (outcome.time / (outcome.time + to_go))
            .max(of_cap)
            .min(0.999)
    }

    /// The groups of a point, the one with the longest measurement first.
    pub fn groups(&self, point: usize) -> Vec<Group> {
        let params = &self.points()[point].params;
        let mirrors = params.m_left == 0.0 - params.m_right || !params.reservoirs.flip();
        let key = |state: Option<State>| {
            state.map(|state| if mirrors { state.up_to_mirror() } else { state })
        };
        let states = [None].into_iter().chain(State::ALL.map(Some));
        let groups: Vec<Group> = states
            .filter_map(|state| {
                let members = self.of_point(point).filter(|o| key(o.state) == state);
                let members: Vec<_> = members.collect();
                (!members.is_empty()).then(|| Group::of(state, &members))
            })
            .collect();
        let longest_first =
            order::descending(&groups.iter().map(|group| group.span).collect::<Vec<_>>());
        let mut groups: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
        longest_first
            .into_iter()
            .filter_map(|place| groups[place].take())
            .collect()
    }
}

impl Group {
    fn of(state: Option<State>, members: &[&Outcome]) -> Self {
        let turned = |outcome: &Outcome| state.is_some() && outcome.state != state;
        let combined = |of: fn(&Outcome) -> &Measured| {
            Measured::combined(members.iter().map(|o| (of(o), o.span)))
        };
        // A mirror image has −m(Lx) for m(1).
        let end = |of: fn(&Outcome) -> &Measured, mirrored: fn(&Outcome) -> &Measured| {
            let negative: Vec<(Measured, f64)> = members
                .iter()
                .map(|o| {
                    let measured = if turned(o) {
                        mirrored(o).negative()
                    } else {
                        of(o).clone()
                    };
                    (measured, o.span)
                })
                .collect();
            Measured::combined(negative.iter().map(|(m, span)| (m, *span)))
        };
        let profiles: Vec<Vec<f64>> = members
            .iter()
            .filter(|o| !o.profile.is_empty())
            .map(|o| {
                if turned(o) {
                    o.profile.iter().rev().map(|m| 0.0 - m).collect()
                } else {
                    o.profile.clone()
                }
            })
            .collect();
        let spans: Vec<f64> = members
            .iter()
            .filter(|o| !o.profile.is_empty())
            .map(|o| o.span)
            .collect();
        let number =
            |of: &dyn Fn(&Outcome) -> bool| members.iter().filter(|o| of(o)).count() as u32;
        Group {
            state,
            replicas: members.len() as u32,
            mirrored: number(&turned),
            ended: number(&|o| o.status.is_final()),
            capped: number(&|o| o.status == Status::Capped),
            unresolved: number(&|o| o.status == Status::Unresolved),
            changes: members.iter().map(|o| u64::from(o.changes)).sum(),
            span: members.iter().map(|o| o.span).sum(),
            events: summed(members.iter().map(|o| o.events)),
            attempts: summed(members.iter().map(|o| o.attempts)),
            current: combined(|o| &o.current),
            count: combined(|o| &o.count),
            first_column: end(|o| &o.first_column, |o| &o.last_column),
            last_column: end(|o| &o.last_column, |o| &o.first_column),
            m_eq: combined(|o| &o.m_eq),
            energy: combined(|o| &o.energy),
            budget: {
                let own = |o: &&Outcome| {
                    let budget = o.budget.clone().unwrap_or_default();
                    let budget = if turned(o) { budget.mirrored() } else { budget };
                    (budget, o.span)
                };
                let own: Vec<(Budgeted, f64)> = members.iter().map(own).collect();
                Budgeted::made(|part| {
                    let all = own.iter().map(|(budget, span)| (part(budget), *span));
                    let combined = Measured::combined(all);
                    // What does not exist says why.
                    let why = own
                        .iter()
                        .find_map(|(budget, _)| part(budget).reason.clone());
                    match (combined.mean, why) {
                        (None, Some(why)) => Measured {
                            reason: Some(crate::words::again(why)),
                            ..combined
                        },
                        _ => combined,
                    }
                })
            },
            exact: members.iter().find_map(|o| o.exact),
            columns: {
                let own = members.iter().filter(|o| !o.profile.is_empty());
                let own = own.map(|o| {
                    let columns = o.columns.clone()?;
                    let columns = if turned(o) {
                        columns.mirrored()
                    } else {
                        columns
                    };
                    Some((columns, o.span))
                });
                let own: Option<Vec<_>> = own.collect();
                own.and_then(|own| SingleColumns::combined(&own))
            },
            profile: weighted(&profiles, &spans),
            disagreement: Measured::disagreement(members.iter().map(|o| (&o.current, o.span))),
            profiles,
        }
    }
}

/// The mean of profiles, by measured time.
fn weighted(profiles: &[Vec<f64>], spans: &[f64]) -> Vec<f64> {
    let total: f64 = spans.iter().sum();
    let columns = profiles.first().map_or(0, Vec::len);
    (0..columns)
        .map(|x| {
            let sum: f64 = profiles
                .iter()
                .zip(spans)
                .map(|(p, span)| p[x] * span)
                .sum();
            sum / total
        })
        .collect()
}
