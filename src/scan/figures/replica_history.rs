//! What became of the replicas of a scan: their states, how far they are, whether they agree.

use super::current_curve::{CurrentCurve, CurvePoint};
use super::findings::Finding;
use super::phrases::{Decimals, list, short, sigmas, time};
use crate::measure::state::State;
use crate::scan::results::{Group, Results};
use crate::scan::task::outcome::Outcome;
use crate::words;

/// Replicas scatter too much from this many σ on.
const CALLED: f64 = 3.0;

/// one bump (2 replicas, mirrored 1 of 2).
pub(crate) fn state(group: &Group) -> String {
    let name = match group.state {
        Some(state) if group.span > 0.0 => state.name(),
        _ => words::phrases::STATE_NOT_TOLD.said(),
    };
    let replicas = words::phrases::replicas(group.replicas as usize);
    match group.mirrored {
        0 => format!("{name} ({replicas})"),
        n => words::phrases::mirrored(name, replicas, n, group.replicas),
    }
}

/// How far the replicas of a group are, and what its error means.
pub(crate) fn status(reading: &CurvePoint) -> String {
    let group = &reading.group;
    let mut parts = Vec::new();
    let open = group.replicas - group.ended;
    if open > 0 {
        parts.push(words::tables::of_all_under_way(open, group.replicas));
    }
    if group.capped > 0 {
        parts.push(words::tables::of_all_at_the_cap(
            group.capped,
            group.replicas,
        ));
    }
    if group.unresolved > 0 {
        parts.push(words::tables::of_all_unresolved(
            group.unresolved,
            group.replicas,
        ));
    }
    if open == 0 && group.capped == 0 && group.unresolved == 0 {
        parts.push(words::tables::ENDED.to_owned());
    }
    match &group.current.reason {
        Some(reason) if group.current.error.is_none() => parts.push(reason.clone()),
        _ if reading.conditional => parts.push(words::tables::CONDITIONAL.to_owned()),
        _ => {}
    }
    parts.join("; ")
}

/// Which replicas have left which state when.
pub(crate) fn departures(
    results: &Results,
    curve: &CurrentCurve,
    decimals: Decimals,
) -> Option<Finding> {
    let mut points: Vec<(usize, f64)> = curve.points.iter().map(|r| (r.point, r.m)).collect();
    points.dedup();
    let mut replicas = 0;
    let said: Vec<String> = points
        .into_iter()
        .filter_map(|(point, m)| {
            let moves = moves(results, point);
            replicas += results.of_point(point).filter(|o| o.changes > 0).count();
            let each: Vec<String> = moves
                .into_iter()
                .map(|((from, to), times)| {
                    words::findings::state_change(named(from), to, list(&times))
                })
                .collect();
            let told = (!each.is_empty()).then(|| list(&each));
            let left_out = results.of_point(point).filter_map(left_out);
            let all: Vec<String> = told.into_iter().chain(left_out).collect();
            (!all.is_empty()).then(|| format!("m₊ = {}: {}", decimals.text(m), all.join(", ")))
        })
        .collect();
    (!said.is_empty()).then(|| Finding {
        subject: words::findings::CHANGES_OF_STATE.to_owned(),
        text: words::findings::state_changes(words::phrases::replicas(replicas), said.join("; ")),
    })
}

/// From what to what a replica went.
type Move = (State, &'static str);

/// The moves of a point's replicas that are known, with their times, alike ones together.
fn moves(results: &Results, point: usize) -> Vec<(Move, Vec<String>)> {
    let mut moves: Vec<(Move, Vec<String>)> = Vec::new();
    for outcome in results.of_point(point) {
        let following = outcome.passages.iter().skip(1).map(|p| named(p.state));
        // What followed the last state that is kept is known if no change is left out.
        let last = (!is_cut(outcome)).then(|| present(outcome));
        for (passage, next) in outcome.passages.iter().zip(following.chain(last)) {
            let (what, when) = ((passage.state, next), time(passage.until));
            match moves.iter_mut().find(|(other, _)| *other == what) {
                Some((_, times)) => times.push(when),
                None => moves.push((what, vec![when])),
            }
        }
    }
    moves
}

/// Whether a replica has changed its state more often than is kept.
fn is_cut(outcome: &Outcome) -> bool {
    outcome.changes as usize > outcome.passages.len()
}

/// The state that a replica is in.
fn present(outcome: &Outcome) -> &'static str {
    match outcome.state {
        Some(state) if outcome.span > 0.0 => named(state),
        _ => words::findings::STATE_NOT_TOLD.said(),
    }
}

/// What is not told of a replica's changes, if there are more than are kept.
fn left_out(outcome: &Outcome) -> Option<String> {
    let (changes, now) = (outcome.changes, present(outcome));
    is_cut(outcome).then(|| match outcome.passages.len() {
        0 | 1 => words::findings::no_change_kept(changes, now),
        kept => words::findings::changes_left_out(changes, kept - 1, now),
    })
}

fn named(state: State) -> &'static str {
    match state {
        State::Step => words::phrases::THE_STEP.said(),
        other => other.name(),
    }
}

/// Whether the replicas of a point in one state agree.
pub(crate) fn agreement(curve: &CurrentCurve, decimals: Decimals) -> Option<Finding> {
    let apart: Vec<(f64, f64)> = curve
        .points
        .iter()
        .filter_map(|reading| Some((reading.group.disagreement?, reading.m)))
        .filter(|(z, _)| z.is_finite())
        .collect();
    let (most, m) = apart.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let sum: f64 = apart.iter().map(|(z, _)| z).sum();
    let all = sum / libm::sqrt(apart.len() as f64);
    let values = words::phrases::values(apart.len());
    let (scatter, m, farthest) = (sigmas(all), decimals.text(m), short(most));
    Some(Finding {
        subject: words::findings::REPLICAS.to_owned(),
        text: if all > CALLED {
            words::findings::replicas_differ(values, scatter, m, farthest)
        } else {
            words::findings::replicas_agree(values, scatter, m, farthest)
        },
    })
}

/// What the errors of some values mean.
pub(crate) fn condition(curve: &CurrentCurve) -> Option<Finding> {
    let n = curve.points.iter().filter(|r| r.conditional).count();
    (n > 0).then(|| Finding {
        subject: words::findings::ERRORS.to_owned(),
        text: words::findings::errors_conditional(words::phrases::values(n)),
    })
}
