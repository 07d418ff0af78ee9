//! A task: one replica of a point, from its first move to its end.
//!
//! It relaxes, then measures in fixed rounds. While it measures it is looked at in
//! fixed intervals: when two looks in a row show another state than the one that is
//! being measured, that measurement ends, and after another relaxation a new one begins.
//! It ends at the first round whose error is as small as asked, or at its cap; where the sign of
//! J is asked for, at the first round at which that may be called, or when it has made as many moves
//! as it may, which is seen at the looks and the ends of rounds. All times
//! are of the simulated clock, so a task ends alike wherever it is carried out and
//! however it is cut into pieces.

pub mod checkpoint;
pub mod forecast;
pub mod outcome;
mod saved;
#[cfg(test)]
mod tests;

use crate::master_equation::Stationary;
use crate::measure::Estimate;
use crate::measure::regimes::{Look, Regimes};
use crate::measure::rounds::{Decision, Rounds};
use crate::measure::sign::CALLED;
use crate::measure::state::State;
use crate::run::bulk::left_out;
use crate::run::report::Report;
use crate::run::simulation::{Budget, Simulation, Stop};
use crate::scan::plan::{Experiment, Goal, Kind, Plan, Point, Spec};
use crate::theory::beta_c;
use crate::words;
use outcome::{
    Budgeted, Bulk, InState, IntegratedCurrent, MOST_PASSAGES, MOST_POINTS, Measured, Outcome,
    Passage, SingleColumns, Status, Visited, hexadecimal,
};
use serde::{Deserialize, Serialize};

/// Time between two looks at the state, in units of Lx²: an interface moves a column or two.
const LOOK: f64 = 25.0;
/// The same where the states are what is measured: the less, the shorter are the visits that are
/// seen, and the more of a look is what an interface does on its way.
const REGIME_LOOK: f64 = 5.0;
/// Columns that a lattice needs for its states to be told apart.
pub(crate) const COLUMNS: u32 = 8;

/// What a look at the state, or the end of a round, counts of a budget: it takes about as long as
/// so many moves.
const DECISION: Budget = Budget {
    events: 3000,
    attempts: 60_000,
};
/// More looks are in no time that may be asked for.
const MOST_LOOKS: u64 = 1 << 53;
/// Looks in a row from which on it is worth to pass them together. Fewer are made one by one, as
/// they always were.
const MANY_LOOKS: u64 = 64;
/// Of these, the last ones that are made all the same.
const NEAR_LOOKS: u64 = 3;

/// A replica of a point on its way.
#[derive(Clone, Debug)]
pub struct Task {
    point: Point,
    terms: Terms,
    progress: Progress,
    run: Simulation,
}

/// What a task is to do.
#[derive(Clone, Debug, PartialEq)]
struct Terms {
    replica: u32,
    relaxation: f64,
    target: f64,
    cap: f64,
    /// Whether its single columns are wanted.
    columns: bool,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Progress {
    status: Status,
    /// Whether a measurement is under way, or was when the task ended.
    measured: bool,
    /// When the present relaxation ends.
    relaxed: f64,
    state: Option<State>,
    /// Another state that the last look has shown.
    candidate: Option<State>,
    /// Looks in this measurement.
    looks: u64,
    /// Integral of the profile at the last look.
    integral: Vec<f64>,
    /// Time, and J or m_eq, at the last look that has shown `state`.
    clean: Option<(f64, Measured)>,
    /// Number of the present round.
    round: u32,
    /// The least error at which an earlier round could have ended the task.
    least: f64,
    /// The cap at which it ended.
    capped: Option<f64>,
    changes: u32,
    passages: Vec<Passage>,
    /// The exact J, where it is wanted and can be had.
    exact: Option<f64>,
    /// What the looks have shown, where that is what is measured; saved behind the rest.
    #[serde(skip)]
    regimes: Option<Regimes>,
}

impl Task {
    /// The task `spec` of a plan at t = 0, starting from the final spins of the task
    /// before it where it has one.
    ///
    /// # Errors
    /// Says in words if the parameters of its point are not allowed or the spins do not fit.
    pub fn new(plan: &Plan, spec: &Spec, before: Option<&Outcome>) -> Result<Self, String> {
        let point = plan.points()[spec.point].clone();
        let params = &point.params;
        let up = match (spec.after, before) {
            (None, _) => None,
            (Some(_), Some(outcome)) => Some(
                outcome
                    .up((params.lx * params.ly) as usize)
                    .ok_or(words::tasks::SPINS_DO_NOT_FIT.said())?,
            ),
            (Some(_), None) => return Err(words::tasks::BEFORE_NOT_ENDED.to_owned()),
        };
        let stream = point.stream_of(spec.replica);
        let run = Simulation::of_task(params, stream, up.as_deref()).map_err(|invalid| {
            let words: Vec<String> = invalid.iter().map(ToString::to_string).collect();
            words.join("; ")
        })?;
        let terms = Terms::of(plan.experiment(), &point, spec);
        let mut progress = Progress::at_start(terms.relaxation);
        if point.goal == Goal::Sign && params.gradient() == 0.0 {
            progress.status = Status::Level;
        }
        if point.exact && spec.replica == 0 {
            progress.exact = Stationary::of(params).map(|stationary| stationary.current());
        }
        Ok(Task {
            progress,
            point,
            terms,
            run,
        })
    }

    /// Advances by a budget at most, whatever is decided on the way counting as `DECISION`;
    /// whether the task has ended.
    pub fn advance(&mut self, budget: Budget) -> bool {
        let mut left = budget;
        while !self.status().is_final() {
            self.pass_still_looks();
            let (events, attempts) = (self.run.events(), self.run.attempts());
            match self.run.advance(self.next_stop(), left) {
                Stop::Budget => return false,
                Stop::Frozen => self.progress.status = Status::Frozen,
                Stop::Unresolved => self.progress.status = Status::Unresolved,
                Stop::Until => {
                    self.stop();
                    left.events = left.events.saturating_sub(DECISION.events);
                    left.attempts = left.attempts.saturating_sub(DECISION.attempts);
                }
            }
            let used = (self.run.events() - events, self.run.attempts() - attempts);
            left.events = left.events.saturating_sub(used.0);
            left.attempts = left.attempts.saturating_sub(used.1);
            if left.events.min(left.attempts) == 0 {
                break;
            }
        }
        self.status().is_final()
    }

    /// Passes looks that would all show the present spins, but for the last of them: where the
    /// next move is far, they are very many, and each would find what the one before it did.
    fn pass_still_looks(&mut self) {
        let (time, looks) = (self.run.time(), self.progress.looks);
        let at_look = self.progress.status == Status::Measuring
            && self.progress.candidate.is_none()
            && looks > 0
            && time == self.look_at(looks);
        if self.point.goal == Goal::Regimes {
            if at_look {
                self.pass_still_regimes();
            }
            return;
        }
        let (Some(state), true) = (self.progress.state, at_look) else {
            return;
        };
        let Some(passed) = self.still_looks() else {
            return;
        };
        let sums = self.run.configuration().lattice().column_sums();
        let shown: Vec<f64> = sums.iter().map(|&sum| f64::from(sum)).collect();
        if State::after(state, &shown) != state {
            return;
        }
        if self.run.advance(self.look_at(passed), Budget::UNLIMITED) == Stop::Until {
            let report = self.run.report();
            self.progress.looks = passed;
            self.progress.integral = integral(&report);
            self.progress.clean = Some((self.run.time(), self.measured(&report)));
        }
    }

    /// The look up to which all would show the present spins, where these are many.
    fn still_looks(&self) -> Option<u64> {
        let last = self.run.still_until().min(self.round_end()).min(self.end());
        let fit = ((last - self.run.time()) / (self.look_at(1) - self.progress.relaxed)) as u64;
        // Rounding may put one look more or less before the end: those next to it are made.
        (fit >= MANY_LOOKS).then(|| self.progress.looks + fit - NEAR_LOOKS)
    }

    /// The same where the states are what is measured: all these looks show one.
    fn pass_still_regimes(&mut self) {
        let before = self.progress.looks;
        let (Some(passed), Some(regimes)) = (self.still_looks(), &self.progress.regimes) else {
            return;
        };
        let sums = self.run.configuration().lattice().column_sums();
        let shown: Vec<f64> = sums.iter().map(|&sum| f64::from(sum)).collect();
        let (state, interfaces) = State::between(self.ends(), &shown, regimes.state());
        if regimes.is_in_doubt() || regimes.state() != Some(state) {
            return;
        }
        if self.run.advance(self.look_at(passed), Budget::UNLIMITED) == Stop::Until {
            let (columns, current) = self.run.integrals();
            let progress = &mut self.progress;
            progress.looks = passed;
            progress.integral = columns;
            if let Some(regimes) = &mut progress.regimes {
                let looks = passed - before;
                let current = regimes.since(current) / looks as f64;
                let look = Look {
                    state,
                    interfaces,
                    current,
                };
                regimes.look_again(look, looks);
            }
        }
    }

    /// What both reservoirs ask for, where they flip spins.
    fn ends(&self) -> [f64; 2] {
        let params = &self.point.params;
        match params.reservoirs.flip() {
            true => [params.m_left, params.m_right],
            false => [0.0; 2],
        }
    }

    /// The next clock at which something is decided.
    fn next_stop(&self) -> f64 {
        if self.progress.status == Status::Relaxing {
            return self.progress.relaxed.min(self.end());
        }
        self.next_look().min(self.round_end()).min(self.end())
    }

    /// Whether there are states to be told apart. A map reaches above the critical temperature, where
    /// there are no phases.
    fn has_states(&self) -> bool {
        let params = &self.point.params;
        params.lx >= COLUMNS && (self.point.goal != Goal::Sign || params.beta > beta_c())
    }

    fn next_look(&self) -> f64 {
        self.look_at(self.progress.looks + 1)
    }

    /// The clock at a look of this measurement, from 1.
    fn look_at(&self, look: u64) -> f64 {
        let lx = f64::from(self.point.params.lx);
        if !self.has_states() {
            return f64::INFINITY;
        }
        let each = match self.point.goal {
            Goal::Regimes => REGIME_LOOK,
            _ => LOOK,
        };
        self.progress.relaxed + look as f64 * each * lx * lx
    }

    fn round_end(&self) -> f64 {
        self.progress.relaxed + self.rounds().end(self.progress.round) as f64
    }

    /// The ladder of rounds. The cap is the task's own affair: it counts what was discarded, too.
    fn rounds(&self) -> Rounds {
        Rounds::new(self.terms.target, u64::MAX)
    }

    /// The clock at which it ends in any case; one look later where the state is in doubt.
    fn end(&self) -> f64 {
        let cap = self.terms.relaxation + self.terms.cap;
        if self.progress.candidate.is_some() {
            cap.max(self.next_look())
        } else {
            cap
        }
    }

    /// Decides what is due at the present clock.
    fn stop(&mut self) {
        let now = self.run.time();
        let (looks, round) = (self.progress.looks, self.progress.round);
        if self.progress.status == Status::Relaxing && now >= self.progress.relaxed {
            self.begin_measuring();
        }
        if self.progress.status == Status::Measuring && now >= self.next_look() {
            match self.point.goal {
                Goal::Regimes => self.look_at_regime(),
                _ => self.look(),
            }
        }
        if self.progress.status == Status::Measuring && now >= self.round_end() {
            self.end_round();
        }
        if !self.status().is_final() && now >= self.end() {
            self.progress.status = Status::Capped;
            self.progress.capped = Some(self.terms.cap);
        }
        let decided = self.progress.looks != looks || self.progress.round != round;
        if self.point.goal == Goal::Sign && decided && !self.status().is_final() {
            let spent = self.spent();
            if spent <= self.terms.target {
                self.progress.status = Status::Capped;
                self.progress.capped = Some(self.terms.cap);
            } else {
                self.progress.least = spent;
            }
        }
    }

    /// One over the moves that it has made, which is compared with its target as an error is.
    fn spent(&self) -> f64 {
        1.0 / self.run.events() as f64
    }

    fn begin_measuring(&mut self) {
        self.run.measure_afresh();
        let progress = &mut self.progress;
        progress.status = Status::Measuring;
        progress.measured = true;
        progress.state = None;
        progress.candidate = None;
        progress.looks = 0;
        progress.integral = vec![0.0; self.point.params.lx as usize];
        progress.clean = None;
        progress.round = 0;
        let lx = f64::from(self.point.params.lx);
        progress.regimes =
            (self.point.goal == Goal::Regimes).then(|| Regimes::new(REGIME_LOOK * lx * lx));
    }

    /// Looks at the state since the last look, where that is what is measured.
    fn look_at_regime(&mut self) {
        let (columns, current) = self.run.integrals();
        let ends = self.ends();
        let progress = &mut self.progress;
        let since = columns.iter().zip(&progress.integral);
        let since: Vec<f64> = since.map(|(now, before)| now - before).collect();
        progress.integral = columns;
        progress.looks += 1;
        if let Some(regimes) = &mut progress.regimes {
            let (state, interfaces) = State::between(ends, &since, regimes.state());
            let current = regimes.since(current);
            regimes.look(Look {
                state,
                interfaces,
                current,
            });
        }
    }

    /// Looks at the state since the last look.
    fn look(&mut self) {
        let report = self.run.report();
        let integral = integral(&report);
        let measured = self.measured(&report);
        let since: Vec<f64> = integral
            .iter()
            .zip(&self.progress.integral)
            .map(|(now, before)| now - before)
            .collect();
        let progress = &mut self.progress;
        let seen = match progress.state {
            None => State::of(&since),
            Some(before) => State::after(before, &since),
        };
        progress.integral = integral;
        progress.looks += 1;
        let state = *progress.state.get_or_insert(seen);
        if seen == state {
            progress.candidate = None;
            progress.clean = Some((self.run.time(), measured));
        } else if progress.candidate == Some(seen) {
            self.change(state);
        } else {
            progress.candidate = Some(seen);
        }
        if self.point.goal == Goal::Bulk && since.iter().any(|sum| *sum <= 0.0) {
            // The other phase has come.
            self.progress.status = Status::Lost;
        }
        if self.point.goal == Goal::Equilibrium
            && self.progress.status != Status::Lost
            && (self.progress.changes > 0 || state != State::Step)
        {
            self.progress.status = Status::Lost;
        }
    }

    /// The mean that decides.
    fn measured(&self, report: &Report) -> Measured {
        Measured::from(&self.deciding(report))
    }

    /// The mean that decides when it ends.
    fn deciding(&self, report: &Report) -> Estimate {
        match self.point.goal {
            Goal::Current | Goal::Sign | Goal::Regimes => report.current.clone(),
            Goal::Equilibrium => report.m_eq.clone(),
            Goal::Bulk => self.run.bulk(usual_out(self.point.params.lx)).mean,
        }
    }

    /// Ends the measurement of a state that has been left.
    fn change(&mut self, state: State) {
        let now = self.run.time();
        let progress = &mut self.progress;
        progress.changes += 1;
        if let Some((until, measured)) = progress.clean.take()
            && progress.passages.len() < MOST_PASSAGES
        {
            progress.passages.push(Passage {
                state,
                from: progress.relaxed,
                until,
                measured,
            });
        }
        progress.state = None;
        progress.candidate = None;
        progress.measured = false;
        progress.relaxed = now + self.terms.relaxation;
        progress.status = Status::Relaxing;
    }

    fn end_round(&mut self) {
        if self.point.goal == Goal::Sign {
            let report = self.run.report();
            let significance = self.measured(&report).significance();
            let is_called = significance.is_some_and(|sigmas| sigmas >= CALLED);
            if self.progress.candidate.is_none() && is_called {
                if self.has_states() && self.progress.state.is_none() {
                    self.progress.state = Some(State::of(&report.profile));
                }
                self.progress.status = Status::Reached;
            } else {
                self.progress.round += 1;
            }
            return;
        }
        let settled = self.progress.candidate.is_none()
            && (self.progress.state.is_some()
                || self.point.goal == Goal::Regimes
                || !self.has_states());
        let error = self.error().filter(|_| settled);
        if self.rounds().decide(self.progress.round, error) == Decision::Reached {
            self.progress.status = Status::Reached;
            return;
        }
        self.progress.least = self.progress.least.min(error.unwrap_or(f64::INFINITY));
        self.progress.round += 1;
    }

    /// The error that decides.
    fn error(&self) -> Option<f64> {
        self.deciding(&self.run.report()).error
    }

    /// How far it is.
    pub fn status(&self) -> Status {
        self.progress.status
    }

    /// Whether it has a measurement, of one state throughout.
    pub fn is_measured(&self) -> bool {
        self.progress.measured
    }

    /// The state that is being measured, once it is known.
    pub fn state(&self) -> Option<State> {
        self.progress.state
    }

    /// How often the state has changed.
    pub fn changes(&self) -> u32 {
        self.progress.changes
    }

    /// The states that it has been in before, the first of them.
    pub fn passages(&self) -> &[Passage] {
        &self.progress.passages
    }

    /// The exact J of its point; the first replica solves the master equation for it.
    pub fn exact(&self) -> Option<f64> {
        self.progress.exact
    }

    /// The run.
    pub fn run(&self) -> &Simulation {
        &self.run
    }

    /// Number of the replica.
    pub fn replica(&self) -> u32 {
        self.terms.replica
    }

    /// The bulk, by how many columns are left out.
    fn bulk(&self, measuring: bool) -> Vec<Bulk> {
        if !(measuring && self.point.goal == Goal::Bulk) {
            return Vec::new();
        }
        let all = left_out(self.point.params.lx).into_iter();
        all.map(|out| {
            let bulk = self.run.bulk(out);
            Bulk {
                out,
                mean: Measured::from(&bulk.mean),
                layer: Measured::from(&bulk.layer),
            }
        })
        .collect()
    }

    /// What is known of single columns.
    fn columns(&self, report: &Report, measuring: bool) -> Option<SingleColumns> {
        let wanted = self.terms.columns && measuring && !report.column_currents.is_empty();
        wanted.then(|| SingleColumns {
            profile_err: report.profile_errors.clone(),
            current: report.column_currents.clone(),
            current_err: report.column_current_errors.clone(),
        })
    }

    /// The states that it has been in, where these are what is measured.
    fn visited(&self) -> Option<Visited> {
        let regimes = self.progress.regimes.as_ref()?;
        let bonds = self.run.params().horizontal_bonds();
        let mut states = Vec::new();
        for state in State::ALL {
            if regimes.visits(state) > 0 {
                states.push(InState {
                    state,
                    span: regimes.span_in(state),
                    visits: regimes.visits(state),
                    share: Measured::from(&regimes.share(state)),
                    current: Measured::from(&regimes.current(state).scaled(1.0 / bonds, 0.0)),
                });
            }
        }
        Some(Visited {
            step: regimes.step(),
            span: regimes.span(),
            changes: regimes.changes(),
            between: Measured::from(&regimes.between_changes()),
            interfaces: Measured::from(&regimes.interfaces()),
            states,
        })
    }

    /// What it has found up to now.
    pub fn outcome(&self) -> Outcome {
        let run = &self.run;
        let report = run.report();
        let measuring = self.is_measured();
        let unmeasured = if self.status() == Status::Frozen {
            words::tasks::FROZEN
        } else if self.changes() > 0 {
            words::tasks::STATE_CHANGED
        } else {
            words::tasks::START_WEIGHS
        };
        let measured = |estimate: &Estimate| {
            if measuring {
                Measured::from(estimate)
            } else {
                Measured {
                    reason: Some(unmeasured.to_owned()),
                    ..Measured::default()
                }
            }
        };
        let only = |value: Option<f64>| value.filter(|_| measuring);
        let bonds = run.params().horizontal_bonds();
        let points = if measuring {
            run.series().points()
        } else {
            &[]
        };
        let stride = points.len().div_ceil(MOST_POINTS).max(1);
        let integrated = IntegratedCurrent {
            step: run.series().step() * stride as f64,
            values: points
                .iter()
                .skip(stride - 1)
                .step_by(stride)
                .map(|point| point.crossings as f64 / bonds)
                .collect(),
        };
        Outcome {
            replica: self.replica(),
            status: self.status(),
            state: self.state(),
            changes: self.changes(),
            passages: self.passages().to_vec(),
            time: run.time(),
            span: if measuring { report.span } else { 0.0 },
            events: run.events(),
            attempts: run.attempts(),
            current: measured(&report.current),
            count: measured(&report.count),
            disagreement: only(report.disagreement),
            left: only(report.left),
            right: only(report.right),
            first_column: measured(&report.first_column),
            last_column: measured(&report.last_column),
            m_eq: measured(&report.m_eq),
            energy: measured(&report.energy),
            exact: self.exact(),
            integrated,
            columns: self.columns(&report, measuring),
            profile: if measuring {
                report.profile
            } else {
                Vec::new()
            },
            spins: hexadecimal(&run.sites()),
            digest: format!("{:016x}", run.digest()),
            budget: Some({
                let budget = run.budget();
                Budgeted {
                    power: measured(&budget.power),
                    power_left: measured(&budget.left),
                    power_right: measured(&budget.right),
                    heat: measured(&budget.heat),
                    entropy_production: measured(&budget.entropy_production),
                    efficiency: measured(&budget.efficiency),
                }
            }),
            bulk: self.bulk(measuring),
            regimes: self.visited(),
        }
    }
}

impl Terms {
    fn of(experiment: &Experiment, point: &Point, spec: &Spec) -> Self {
        Terms {
            replica: spec.replica,
            relaxation: experiment.relaxation_of(point),
            target: experiment.target_of(point),
            cap: experiment.cap,
            columns: experiment.kind == Kind::States,
        }
    }
}

impl Progress {
    fn at_start(relaxation: f64) -> Self {
        Progress {
            status: Status::Relaxing,
            measured: false,
            relaxed: relaxation,
            state: None,
            candidate: None,
            looks: 0,
            integral: Vec::new(),
            clean: None,
            round: 0,
            least: f64::INFINITY,
            capped: None,
            changes: 0,
            passages: Vec::new(),
            exact: None,
            regimes: None,
        }
    }
}

/// Integrals of the columns over the measured time.
fn integral(report: &Report) -> Vec<f64> {
    report.profile.iter().map(|m| m * report.span).collect()
}

/// Columns that are left out at each end while a task goes on: a quarter of `lx`.
pub(crate) fn usual_out(lx: u32) -> u32 {
    let mut all = left_out(lx).into_iter();
    all.rfind(|out| 4 * out <= lx).unwrap_or(1)
}
