//! Fig. 2: the current against the magnetization of the reservoirs.

use super::findings::{Finding, Row, Table};
use super::outcome::Outcome;
use super::phrases::{
    Decimals, MISFIT, apart, count, known, list, quality, short, sigmas, time,
};
use super::results::{Group, Results};
use super::scan::{Reading, Scan, Zero};
use super::{Start, paper};
use crate::fit::crossing::Order;
use crate::notation::{NOTHING, plain, with_error};
use crate::theory::m_beta;

/// A sign or a jump is called from this many errors on.
const CALLED: f64 = 3.0;

/// The table.
pub fn table(results: &Results) -> Table {
    let scan = scan(results);
    let decimals = decimals(&scan);
    let chained = results.experiment().start != Start::Step;
    let mut columns = vec!["m₊", "state"];
    if chained {
        columns.push("started from");
    }
    columns.extend([
        "J",
        "J by counting",
        "⟨m(Lx)⟩",
        "(⟨m(Lx)⟩ − m₊)/2",
        "changes of state",
        "measured time",
        "status",
    ]);
    let row = |reading: &Reading| {
        let group = &reading.group;
        let from_column = known(&group.last_column)
            .map(|(mean, error)| with_error((mean - reading.m) / 2.0, error / 2.0));
        let mut cells = vec![decimals.text(reading.m), state(group)];
        if chained {
            cells.push(start(results, reading, decimals));
        }
        cells.extend([
            group.current.text(),
            group.count.text(),
            group.last_column.text(),
            from_column.unwrap_or(NOTHING.to_owned()),
            match group.changes {
                0 => "0".to_owned(),
                n => format!("changed {} before", count(n as usize, "time")),
            },
            time(group.span),
            status(reading),
        ]);
        Row {
            point: reading.point,
            cells,
        }
    };
    Table {
        caption: caption(results),
        columns: columns.into_iter().map(str::to_owned).collect(),
        rows: scan.readings.iter().map(row).collect(),
    }
}

/// The scan that the figure is.
pub fn scan(results: &Results) -> Scan {
    Scan::of(results, 0..results.points().len())
}

fn decimals(scan: &Scan) -> Decimals {
    Decimals::of(scan.readings.iter().map(|reading| reading.m))
}

fn caption(results: &Results) -> String {
    let e = results.experiment();
    let relaxed = results.points().first().map(|p| e.relaxation_of(p));
    let start = match e.start {
        Start::Step => "All replicas start from the step",
        Start::Up => {
            "Each replica starts from the final spins at the next smaller m₊, the first from the step"
        }
        Start::Down => {
            "Each replica starts from the final spins at the next larger m₊, the first from the step"
        }
    };
    format!(
        "Current J per bond and time on {}×{} sites at β = {}, by the rates and by counting crossings, with one standard deviation. {start} and relax for t = {}, again after each change of state.",
        e.base.lx,
        e.base.ly,
        e.base.beta,
        time(relaxed.unwrap_or(0.0)),
    )
}

/// step (2 of 2 replicas, mirrored 1).
pub(crate) fn state(group: &Group) -> String {
    let name = group.state.map_or("not told", |state| state.name());
    let mirrored = match group.mirrored {
        0 => String::new(),
        n => format!(", mirrored {n} of {}", group.replicas),
    };
    format!(
        "{name} ({}{mirrored})",
        count(group.replicas as usize, "replica")
    )
}

fn start(results: &Results, reading: &Reading, decimals: Decimals) -> String {
    match results.points()[reading.point].after {
        None => "the step".to_owned(),
        Some(before) => format!(
            "m₊ = {}",
            decimals.text(results.points()[before].params.m_right)
        ),
    }
}

/// How far the replicas of a group are, and what its error means.
pub(crate) fn status(reading: &Reading) -> String {
    let group = &reading.group;
    let mut parts = Vec::new();
    let open = group.replicas - group.ended;
    if open > 0 {
        parts.push(format!("{open} of {} under way", group.replicas));
    }
    if group.capped > 0 {
        parts.push(format!("{} of {} at the cap", group.capped, group.replicas));
    }
    if open == 0 && group.capped == 0 {
        parts.push("ended".to_owned());
    }
    match &group.current.reason {
        Some(reason) if group.current.error.is_none() => parts.push(reason.clone()),
        _ if reading.conditional => parts.push("error conditional on the state".to_owned()),
        _ => {}
    }
    parts.join("; ")
}

/// The findings.
pub fn findings(results: &Results) -> Vec<Finding> {
    let scan = scan(results);
    let decimals = decimals(&scan);
    if scan.measured().next().is_none() {
        return vec![Finding {
            subject: "J".to_owned(),
            text: "Nothing is measured yet.".to_owned(),
        }];
    }
    let params = &results.experiment().base;
    let lattice = format!("at L = {}, β = {}", size(params.lx, params.ly), params.beta);
    let mut found = vec![critical(&scan, results, &lattice, decimals)];
    if let Ok(zero) = &scan.zero {
        found.push(signs(&scan, zero, decimals));
    }
    found.push(jumps(&scan, decimals, paper::is_of(params)));
    found.extend(departures(results, &scan, decimals));
    found.extend(agreement(&scan, decimals));
    found.extend(condition(&scan));
    found
}

fn size(lx: u32, ly: u32) -> String {
    if lx == ly {
        lx.to_string()
    } else {
        format!("{lx}×{ly}")
    }
}

/// What m_crit rests on, in words.
pub(crate) fn basis(zero: &Zero, decimals: Decimals) -> String {
    let crossing = &zero.crossing;
    let order = match crossing.order {
        Order::Line => "a line",
        Order::Parabola => "a parabola",
    };
    let state = zero
        .state
        .map_or(String::new(), |state| format!(" in the {}", state.name()));
    let mut text = format!(
        "{order} through {}{state}, m₊ = {} to {}, vanishes there ({})",
        count(zero.used.len(), "point"),
        decimals.text(crossing.window.0),
        decimals.text(crossing.window.1),
        quality(&crossing.quality)
    );
    if crossing.quality.p_value().is_some_and(|p| p < MISFIT) {
        text += "; the form does not fit at this precision, so the error is too small";
    }
    if crossing.extrapolated {
        text += "; extrapolated by less than a step of m₊ beyond the points";
    }
    for wider in &crossing.rejected {
        text += &format!(
            "; the wider window from {} does not fit ({})",
            decimals.text(wider.window.0),
            quality(&wider.quality)
        );
    }
    if let Ok(jackknife) = &zero.jackknife {
        text += &format!(
            "; leaving out one of {} replicas after another gives ±{}",
            jackknife.replicas,
            plain(jackknife.error, 2)
        );
    }
    text
}

fn critical(scan: &Scan, results: &Results, lattice: &str, decimals: Decimals) -> Finding {
    let text = match &scan.zero {
        Err(why) => format!("Where J vanishes {lattice} cannot be told: {why}."),
        Ok(zero) => {
            let (x, error) = (zero.crossing.x, zero.crossing.error);
            let mut text = format!(
                "J vanishes at m₊ = m_crit = {} {lattice}: {}.",
                with_error(x, error),
                basis(zero, decimals)
            );
            if let Some(m) = spontaneous(results) {
                text += &format!(" m_β = {}; ours is {}.", plain(m, 6), apart(x, error, m));
            }
            if paper::is_of(&results.experiment().base) {
                let reference = paper::M_CRIT;
                text += &format!(
                    " The paper has {reference}, without an error; ours is {}.",
                    apart(x, error, reference)
                );
            }
            text
        }
    };
    Finding {
        subject: "m_crit".to_owned(),
        text,
    }
}

fn signs(scan: &Scan, zero: &Zero, decimals: Decimals) -> Finding {
    let side = |above: bool| {
        let wanted = if above { -1.0 } else { 1.0 };
        let on_side: Vec<(f64, f64)> = scan
            .readings
            .iter()
            .filter(|reading| (reading.m > zero.crossing.x) == above)
            .filter_map(|reading| {
                let (mean, error) = known(&reading.group.current)?;
                Some((reading.m, wanted * mean / error))
            })
            .collect();
        let clear = on_side.iter().filter(|(_, z)| *z >= CALLED).count();
        let against: Vec<String> = on_side
            .iter()
            .filter(|(_, z)| *z < -CALLED)
            .map(|(m, z)| format!("m₊ = {} ({} σ)", decimals.text(*m), short(z.abs())))
            .collect();
        let (word, sign, place) = if above {
            ("downhill", "J < 0", "above")
        } else {
            ("uphill", "J > 0", "below")
        };
        let mut text = format!(
            "{place} m_crit the current is {word}, {sign}, by {CALLED} σ or more at {clear} of {}",
            count(on_side.len(), "measured value")
        );
        if !against.is_empty() {
            text += &format!(", but it has the other sign at {}", list(&against));
        }
        text
    };
    let text = format!("{}; {}.", side(true), side(false));
    Finding {
        subject: "sign of J".to_owned(),
        text: text[..1].to_uppercase() + &text[1..],
    }
}

fn jumps(scan: &Scan, decimals: Decimals, paper: bool) -> Finding {
    let main: Vec<&Reading> = scan
        .readings
        .iter()
        .filter(|reading| reading.main && reading.group.current.mean.is_some())
        .collect();
    let changes: Vec<String> = main
        .windows(2)
        .filter(|pair| {
            let states = (pair[0].group.state, pair[1].group.state);
            states.0 != states.1 && states.0.is_some() && states.1.is_some()
        })
        .map(|pair| change(pair[0], pair[1], decimals))
        .collect();
    let mut text = if main.iter().all(|reading| reading.group.state.is_none()) {
        "The lattice is too small for states to be told apart.".to_owned()
    } else if changes.is_empty() {
        "The state is the same at all points measured up to now, so no jump is seen.".to_owned()
    } else {
        format!(
            "Between neighbouring m₊ the state changes {}: {}.",
            count(changes.len(), "time"),
            changes.join("; ")
        )
    };
    if paper {
        text += &format!(
            " The paper sees J jump near m₊ = {}, from one bump to two.",
            paper::JUMP
        );
    }
    Finding {
        subject: "jump of J".to_owned(),
        text,
    }
}

/// The change of J between two points in different states.
fn change(below: &Reading, above: &Reading, decimals: Decimals) -> String {
    let name = |reading: &Reading| reading.group.state.map_or("", |state| state.name());
    let place = format!(
        "from {} at {} to {} at {}",
        name(below),
        decimals.text(below.m),
        name(above),
        decimals.text(above.m)
    );
    match (known(&below.group.current), known(&above.group.current)) {
        (Some((a, da)), Some((b, db))) => {
            let (step, error) = (b - a, libm::sqrt(da * da + db * db));
            format!(
                "{place} J changes by {} ({} σ)",
                with_error(step, error),
                short((step / error).abs())
            )
        }
        _ => format!("{place}, where an error of J is still missing"),
    }
}

/// The changes of state of a replica, in words.
pub(crate) fn passages(outcome: &Outcome) -> Vec<String> {
    let last = outcome.state.map_or("a state not told yet", |s| s.name());
    let following = outcome.passages.iter().skip(1).map(|p| p.state.name());
    outcome
        .passages
        .iter()
        .zip(following.chain(std::iter::once(last)))
        .map(|(passage, next)| {
            format!(
                "left {} for {next} at t = {}",
                article(passage.state.name()),
                time(passage.until)
            )
        })
        .collect()
}

fn article(state: &str) -> String {
    match state {
        "step" => "the step".to_owned(),
        other => other.to_owned(),
    }
}

pub(crate) fn departures(results: &Results, scan: &Scan, decimals: Decimals) -> Option<Finding> {
    let mut points: Vec<(usize, f64)> = scan.readings.iter().map(|r| (r.point, r.m)).collect();
    points.dedup();
    let said: Vec<String> = points
        .into_iter()
        .flat_map(|(point, m)| results.of_point(point).map(move |outcome| (m, outcome)))
        .filter(|(_, outcome)| outcome.changes > 0)
        .map(|(m, outcome)| {
            format!(
                "m₊ = {}, replica {}: {}",
                decimals.text(m),
                outcome.replica + 1,
                list(&passages(outcome))
            )
        })
        .collect();
    (!said.is_empty()).then(|| Finding {
        subject: "changes of state".to_owned(),
        text: format!(
            "{} changed state while being measured and began anew: {}.",
            count(said.len(), "replica"),
            list(&said)
        ),
    })
}

fn agreement(scan: &Scan, decimals: Decimals) -> Option<Finding> {
    let apart: Vec<(f64, f64)> = scan
        .readings
        .iter()
        .filter_map(|reading| Some((reading.group.disagreement?, reading.m)))
        .collect();
    let (most, m) = apart.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let sum: f64 = apart.iter().map(|(z, _)| z).sum();
    let all = sum / libm::sqrt(apart.len() as f64);
    let verdict = if all > CALLED {
        "differ by more than their errors allow: the errors are too small, or not all is relaxed"
    } else {
        "agree"
    };
    Some(Finding {
        subject: "replicas".to_owned(),
        text: format!(
            "Replicas of one point in one state {verdict}: over {} their scatter is {} σ from what their errors say; farthest apart they are at m₊ = {}, by {} σ.",
            count(apart.len(), "value"),
            sigmas(all),
            decimals.text(m),
            short(most)
        ),
    })
}

fn condition(scan: &Scan) -> Option<Finding> {
    let n = scan.readings.iter().filter(|r| r.conditional).count();
    (n > 0).then(|| Finding {
        subject: "errors".to_owned(),
        text: format!(
            "The errors of {} are conditional on the state: below m_crit, or where a replica changed its state or replicas are in different ones, J belongs to a state that may not last.",
            count(n, "value")
        ),
    })
}

/// m_β of the experiment's β, if it is above zero.
pub fn spontaneous(results: &Results) -> Option<f64> {
    Some(m_beta(results.experiment().base.beta)).filter(|m| *m > 0.0)
}
