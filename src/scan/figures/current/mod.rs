//! Fig. 2: the current against the magnetization of the reservoirs.

pub(super) mod integrated;
pub(super) mod picture;
mod zero;

use crate::notation::{NOTHING, plain, with_error};
use crate::run::report::Direction;
use crate::scan::figures::bracketing::Next;
use crate::scan::figures::current_curve::{CurrentCurve, CurvePoint, Zero};
use crate::scan::figures::findings::{Finding, Row, Table};
use crate::scan::figures::jump::Jump;
use crate::scan::figures::phrases::{Decimals, known, list, short, time};
use crate::scan::figures::{paper, replica_history};
use crate::scan::plan::Start;
use crate::scan::results::Results;
use crate::theory::m_beta;
use crate::words;

/// A sign or a jump is called from this many errors on.
const CALLED: f64 = 3.0;

/// J against m₊, and where it vanishes.
#[derive(Clone, Debug)]
pub(super) struct Current {
    curve: CurrentCurve,
}

impl Current {
    /// Of the results of its experiment.
    pub(super) fn of(results: &Results) -> Self {
        Current {
            curve: CurrentCurve::whole(results),
        }
    }

    /// The table.
    pub(super) fn table(&self, results: &Results) -> Table {
        let curve = &self.curve;
        let decimals = curve.decimals();
        let chained = results.experiment().start != Start::Step;
        let mut columns = vec!["m₊", words::tables::STATE.said()];
        if chained {
            columns.push(words::tables::STARTED_FROM.said());
        }
        columns.extend([
            "J",
            words::tables::J_BY_COUNTING.said(),
            "⟨m(Lx)⟩",
            "(⟨m(Lx)⟩ − m₊)/2",
            words::tables::POWER.said(),
            words::tables::EFFICIENCY.said(),
            words::tables::CHANGES_OF_STATE.said(),
            words::tables::MEASURED_TIME.said(),
            words::tables::STATUS.said(),
        ]);
        let row = |reading: &CurvePoint| {
            let group = &reading.group;
            let from_column = known(&group.last_column)
                .map(|(mean, error)| with_error((mean - reading.m) / 2.0, error / 2.0));
            let mut cells = vec![decimals.text(reading.m), replica_history::state(group)];
            if chained {
                cells.push(start(results, reading, decimals));
            }
            cells.extend([
                group.current.text(),
                group.count.text(),
                group.last_column.text(),
                from_column.unwrap_or(NOTHING.to_owned()),
                group.budget.power.text(),
                group.budget.efficiency.text(),
                match group.changes {
                    0 => words::tables::NEVER_CHANGED.to_owned(),
                    1 => words::tables::CHANGED_ONCE.to_owned(),
                    n => words::tables::changed(n),
                },
                time(group.span),
                replica_history::status(reading),
            ]);
            Row {
                point: reading.point,
                cells,
            }
        };
        Table {
            caption: caption(results),
            columns: columns.into_iter().map(str::to_owned).collect(),
            rows: curve.points.iter().map(row).collect(),
        }
    }

    /// The findings.
    pub(super) fn findings(&self, results: &Results) -> Vec<Finding> {
        let curve = &self.curve;
        let decimals = curve.decimals();
        if curve.measured().next().is_none() {
            return vec![Finding {
                subject: "J".to_owned(),
                text: words::findings::NOTHING_MEASURED.to_owned(),
            }];
        }
        let params = &results.experiment().base;
        let mut found = vec![critical(curve, results, decimals)];
        if let Ok(zero) = &curve.zero {
            found.extend(signs(curve, results, zero, decimals));
        }
        found.extend(bracketed(results, curve));
        found.push(jumps(curve, decimals, paper::is_of(params)));
        found.extend(replica_history::departures(results, curve, decimals));
        found.extend(replica_history::agreement(curve, decimals));
        found.extend(replica_history::condition(curve));
        found
    }
}

fn caption(results: &Results) -> String {
    let e = results.experiment();
    let relaxed = results.points().first().map(|p| e.relaxation_of(p));
    let start = match e.start {
        Start::Step => words::tables::FROM_THE_STEP,
        Start::Up => words::tables::FROM_SMALLER_M,
        Start::Down => words::tables::FROM_LARGER_M,
    };
    words::tables::current(
        e.base.lx,
        e.base.ly,
        e.base.beta,
        start,
        time(relaxed.unwrap_or(0.0)),
    )
}

fn start(results: &Results, reading: &CurvePoint, decimals: Decimals) -> String {
    match results.points()[reading.point].after {
        None => words::phrases::THE_STEP.to_owned(),
        Some(before) => format!(
            "m₊ = {}",
            decimals.text(results.points()[before].params.m_right)
        ),
    }
}

fn size(lx: u32, ly: u32) -> String {
    if lx == ly {
        lx.to_string()
    } else {
        format!("{lx}×{ly}")
    }
}

fn critical(curve: &CurrentCurve, results: &Results, decimals: Decimals) -> Finding {
    let base = &results.experiment().base;
    let lattice = size(base.lx, base.ly);
    let text = match &curve.zero {
        Err(why) => words::findings::m_crit_unknown(lattice, base.beta, why),
        Ok(zero) => {
            let basis = zero.basis(decimals);
            let mut text = match zero.sided() {
                Some(m) => words::findings::m_crit(m.text(), lattice, base.beta, basis),
                None => {
                    let (from, to) = zero.ends(decimals);
                    words::findings::m_crit_between(from, to, lattice, base.beta, basis)
                }
            };
            if let Some(m) = spontaneous(results) {
                text += &words::findings::m_crit_beside_m_beta(plain(m, 6), zero.beside(m));
            }
            if paper::is_of(base) {
                let reference = paper::M_CRIT;
                text += &words::findings::m_crit_beside_paper(reference, zero.beside(reference));
            }
            text
        }
    };
    Finding {
        subject: "m_crit".to_owned(),
        text,
    }
}

/// What has come of the error of m_crit that was asked for.
fn bracketed(results: &Results, curve: &CurrentCurve) -> Option<Finding> {
    let error = plain(results.experiment().error_c?, 2);
    let stages = results.plan().added();
    let points = stages.iter().map(Vec::len).sum();
    let added = match stages.len() {
        0 => words::bracketing::NOTHING_ADDED.to_owned(),
        n => words::bracketing::added(words::phrases::points(points), words::bracketing::stages(n)),
    };
    let how = match results.next_after(curve) {
        Some(Next::Reached) if points == 0 => words::bracketing::AT_ONCE.to_owned(),
        Some(Next::Reached) => words::bracketing::reached(added),
        Some(Next::Unreached(why)) => words::bracketing::unreached(added, why),
        _ if points == 0 => words::bracketing::NONE_YET.to_owned(),
        _ => words::bracketing::under_way(added),
    };
    Some(Finding {
        subject: words::bracketing::SUBJECT.to_owned(),
        text: words::bracketing::asked(error, how),
    })
}

/// The sign of J above and below m_crit, and what it is called there.
fn signs(
    curve: &CurrentCurve,
    results: &Results,
    zero: &Zero,
    decimals: Decimals,
) -> Option<Finding> {
    let gradient = |reading: &&CurvePoint| results.points()[reading.point].params.gradient();
    let side = |above: bool| -> Vec<String> {
        let readings = curve.points.iter();
        let on_side: Vec<&CurvePoint> = readings
            .filter(|reading| (reading.m > zero.value()) == above)
            .collect();
        let rising = |rises: bool| {
            let there = on_side.iter().copied();
            let sign = if rises { 1.0 } else { -1.0 };
            let there: Vec<&CurvePoint> = there.filter(|r| sign * gradient(r) > 0.0).collect();
            (!there.is_empty()).then_some((sign, there))
        };
        let slopes: Vec<(f64, Vec<&CurvePoint>)> =
            [true, false].into_iter().filter_map(rising).collect();
        let alone = slopes.len() == 1;
        let said = slopes.into_iter();
        said.map(|(sign, there)| sign_of(&there, above, sign, alone, decimals))
            .collect()
    };
    let said = [side(true), side(false)].concat();
    let mut text = format!("{}.", said.join("; "));
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    (!said.is_empty()).then(|| Finding {
        subject: words::findings::SIGN.to_owned(),
        text,
    })
}

/// The same of readings on one side of m_crit, where m₊ − m₋ has the sign `gradient`: on that
/// side `alone`, or also with the other one.
fn sign_of(
    readings: &[&CurvePoint],
    above: bool,
    gradient: f64,
    alone: bool,
    decimals: Decimals,
) -> String {
    let current = if above { -1.0 } else { 1.0 };
    let known: Vec<(f64, f64)> = readings
        .iter()
        .filter_map(|reading| {
            let (mean, error) = known(&reading.group.current)?;
            Some((reading.m, current * mean / error))
        })
        .collect();
    let clear = known.iter().filter(|(_, z)| *z >= CALLED).count();
    let against: Vec<String> = known
        .iter()
        .filter(|(_, z)| *z < -CALLED)
        .map(|(m, z)| format!("m₊ = {} ({} σ)", decimals.text(*m), short(z.abs())))
        .collect();
    let side = if above {
        words::findings::ABOVE_M_CRIT
    } else {
        words::findings::BELOW_M_CRIT
    };
    let place = match alone {
        true => side.to_owned(),
        false if gradient > 0.0 => words::findings::where_rising(side),
        false => words::findings::where_falling(side),
    };
    let way = Direction::of(current, gradient).map_or("", Direction::name);
    let values = words::phrases::measured_values(known.len());
    let mut text = if above {
        words::findings::negative(place, way, CALLED, clear, values)
    } else {
        words::findings::positive(place, way, CALLED, clear, values)
    };
    if !against.is_empty() {
        text += &words::findings::other_sign(list(&against));
    }
    text
}

fn jumps(curve: &CurrentCurve, decimals: Decimals, paper: bool) -> Finding {
    let found = Jump::all(curve);
    let changes: Vec<String> = found.iter().map(|jump| change(jump, decimals)).collect();
    let coexisting: Vec<String> = curve
        .points
        .windows(2)
        .filter(|pair| pair[0].point == pair[1].point)
        .filter_map(|pair| coexistence(&pair[0], &pair[1], decimals))
        .collect();
    let stateless = |(reading, _): (&CurvePoint, f64)| reading.group.state.is_none();
    let mut text = if curve.measured().all(stateless) {
        words::findings::TOO_SMALL_FOR_STATES.to_owned()
    } else if changes.is_empty() {
        words::findings::NO_JUMP.to_owned()
    } else {
        words::findings::jumps(words::phrases::times(changes.len()), changes.join("; "))
    };
    if !coexisting.is_empty() {
        text += &words::findings::coexistences(coexisting.join("; "));
    }
    if paper {
        text += &words::findings::paper_jump(paper::JUMP);
    }
    Finding {
        subject: words::findings::JUMP.to_owned(),
        text,
    }
}

/// J of one point in two states.
fn coexistence(one: &CurvePoint, other: &CurvePoint, decimals: Decimals) -> Option<String> {
    let (a, da) = known(&one.group.current)?;
    let (b, db) = known(&other.group.current)?;
    let (step, error) = (b - a, libm::sqrt(da * da + db * db));
    Some(words::findings::coexistence(
        decimals.text(one.m),
        with_error(a, da),
        one.group.state?.name(),
        with_error(b, db),
        other.group.state?.name(),
        with_error(step, error),
        short((step / error).abs()),
    ))
}

/// A jump in words.
fn change(jump: &Jump, decimals: Decimals) -> String {
    let name = |reading: &CurvePoint| reading.group.state.map_or("", |state| state.name());
    let (from, at) = (name(jump.below), decimals.text(jump.below.m));
    let (to, next) = (name(jump.above), decimals.text(jump.above.m));
    let Some(step) = jump.step else {
        return words::findings::jump_without_error(from, at, to, next);
    };
    let sigmas = short(step.sigmas(0.0).unwrap_or(0.0).abs());
    let step = step.text();
    if jump.slopes_known {
        words::findings::jump(from, at, to, next, step, sigmas)
    } else {
        words::findings::jump_with_slope(from, at, to, next, step, sigmas)
    }
}

/// m_β of the experiment's β, if it is above zero.
pub fn spontaneous(results: &Results) -> Option<f64> {
    Some(m_beta(results.experiment().base.beta)).filter(|m| *m > 0.0)
}
