//! Fig. 2: the current against the magnetization of the reservoirs.

use super::findings::{Finding, Row, Table};
use super::phrases::{Decimals, MISFIT, apart, count, known, list, quality, short, time};
use super::results::Results;
use super::scan::{Reading, Scan, Zero};
use super::{Start, course, paper};
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
        let mut cells = vec![decimals.text(reading.m), course::state(group)];
        if chained {
            cells.push(start(results, reading, decimals));
        }
        cells.extend([
            group.current.text(),
            group.count.text(),
            group.last_column.text(),
            from_column.unwrap_or(NOTHING.to_owned()),
            match group.changes {
                0 => "none".to_owned(),
                1 => "changed once before".to_owned(),
                n => format!("changed {n} times before"),
            },
            time(group.span),
            course::status(reading),
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

fn start(results: &Results, reading: &Reading, decimals: Decimals) -> String {
    match results.points()[reading.point].after {
        None => "the step".to_owned(),
        Some(before) => format!(
            "m₊ = {}",
            decimals.text(results.points()[before].params.m_right)
        ),
    }
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
    found.extend(course::departures(results, &scan, decimals));
    found.extend(course::agreement(&scan, decimals));
    found.extend(course::condition(&scan));
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
    let coexisting: Vec<String> = scan
        .readings
        .windows(2)
        .filter(|pair| pair[0].point == pair[1].point)
        .filter_map(|pair| coexistence(&pair[0], &pair[1], decimals))
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
    if !coexisting.is_empty() {
        text += &format!(" At one m₊ in two states: {}.", coexisting.join("; "));
    }
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

/// J of one point in two states.
fn coexistence(one: &Reading, other: &Reading, decimals: Decimals) -> Option<String> {
    let (a, da) = known(&one.group.current)?;
    let (b, db) = known(&other.group.current)?;
    let (step, error) = (b - a, libm::sqrt(da * da + db * db));
    Some(format!(
        "{}: J = {} in {} and {} in {}, apart by {} ({} σ)",
        decimals.text(one.m),
        with_error(a, da),
        one.group.state?.name(),
        with_error(b, db),
        other.group.state?.name(),
        with_error(step, error),
        short((step / error).abs())
    ))
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

/// m_β of the experiment's β, if it is above zero.
pub fn spontaneous(results: &Results) -> Option<f64> {
    Some(m_beta(results.experiment().base.beta)).filter(|m| *m > 0.0)
}
