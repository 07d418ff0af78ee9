//! What an experiment will cost, from a short run of each of its points.

use super::outcome::{Outcome, Status};
use crate::measure::rounds::Rounds;
use crate::measure::sign::CALLED;
use crate::scan::plan::{Experiment, Goal, Point};

/// How well a forecast is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The pilot run has come to its end.
    Ended,
    /// The error has a value, and falls as the root of the time.
    Error,
    /// There is no error yet: the cap stands in, which is the most that it can take.
    Cap,
}

/// When a replica will end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// The clock, in time units, the relaxation included.
    pub time: f64,
    /// Moves attempted, or under kinetic dynamics performed, up to then.
    pub moves: f64,
    /// What that rests on.
    pub ground: Ground,
}

impl Forecast {
    /// The forecast for the replicas of a point, of which one has come as far as `outcome`; none
    /// before it has made a move or ended without one.
    pub fn of(experiment: &Experiment, point: &Point, outcome: &Outcome) -> Option<Self> {
        let made = outcome.events.max(outcome.attempts) as f64;
        let ended = outcome.status.is_final();
        if outcome.time <= 0.0 || (made <= 0.0 && !ended) {
            return None;
        }
        let (time, ground) = if ended && outcome.status != Status::Capped {
            (outcome.time, Ground::Ended)
        } else {
            until(experiment, point, outcome)
        };
        Some(Forecast {
            time,
            moves: made * (time / outcome.time),
            ground,
        })
    }
}

/// The clock at which a replica that has not ended will.
fn until(experiment: &Experiment, point: &Point, outcome: &Outcome) -> (f64, Ground) {
    if point.goal == Goal::Sign {
        return until_called(experiment, outcome);
    }
    let last = experiment.relaxation_of(point) + experiment.cap;
    let measured = outcome.deciding(point.goal);
    let error = measured.and_then(|measured| measured.error);
    let Some(error) = error.filter(|_| outcome.span > 0.0) else {
        return (last, Ground::Cap);
    };
    let target = experiment.target_of(point);
    let needed = outcome.span * (error / target) * (error / target);
    let rounds = Rounds::new(target, u64::MAX);
    let mut round = 0;
    // It ends at a rung of the ladder, and not before now.
    while (rounds.end(round) as f64) < needed.max(outcome.span).min(last) {
        round += 1;
    }
    let begun = outcome.time - outcome.span;
    ((begun + rounds.end(round) as f64).min(last), Ground::Error)
}

/// The clock at which the sign of a current will be called, or no longer be asked for: what is
/// significant grows as the root of the time.
fn until_called(experiment: &Experiment, outcome: &Outcome) -> (f64, Ground) {
    let last = outcome.time * (experiment.moves / outcome.events.max(1) as f64).max(1.0);
    let known = outcome
        .current
        .significance()
        .filter(|sigmas| *sigmas > 0.0);
    let Some(sigmas) = known else {
        return (last, Ground::Cap);
    };
    let times = CALLED / sigmas;
    let begun = outcome.time - outcome.span;
    let needed = begun + outcome.span * (times * times).max(1.0);
    (needed.min(last), Ground::Error)
}
