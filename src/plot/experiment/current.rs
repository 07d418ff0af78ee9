//! Fig. 2: J against m₊, and the place where it vanishes, magnified.

use super::{Ems, Marker};
use crate::experiment::phrases::{Decimals, known, short};
use crate::experiment::results::{Group, Results};
use crate::experiment::scan::{Reading, Scan, Zero};
use crate::experiment::{current, paper};
use crate::measure::state::State;
use crate::notation::{plain, with_error};
use crate::plot::axes::{self, Axis, Room};
use crate::plot::marks::{
    Candidate, Labels, Mark, RADIUS, Shape, anywhere, around, error_bar, words,
};
use crate::plot::{Area, Error, PlotFrame, Theme, colour, curve, dashed};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Width from which on the two panels stand side by side, in text sizes.
const WIDE: f64 = 56.0;
/// Share of the width that the main panel then has.
const MAIN: f64 = 0.6;
/// Lines of a curve.
const PIECES: i32 = 60;

/// Heights of the two panels, or of both where they stand side by side.
fn heights(ems: f64) -> (f64, f64) {
    if ems >= WIDE {
        let height = (0.42 * ems).clamp(24.0, 38.0);
        (height, height)
    } else {
        (
            (0.75 * ems).clamp(20.0, 32.0),
            (0.6 * ems).clamp(17.0, 26.0),
        )
    }
}

/// Height of the picture, in text sizes.
pub(super) fn height(ems: f64) -> f64 {
    let (main, zoom) = heights(ems);
    if ems >= WIDE { main } else { main + zoom }
}

/// How the points of a state are drawn.
pub(super) fn mark(theme: &Theme, group: &Group) -> Mark {
    let (shape, hue) = match group.state {
        Some(State::Step) | None => (Shape::Circle, &theme.plus),
        Some(State::Bump | State::MirrorBump) => (Shape::Triangle, &theme.second),
        Some(State::TwoBumps) => (Shape::Diamond, &theme.ink),
        Some(State::Other) => (Shape::Square, &theme.faint),
    };
    Mark {
        shape,
        colour: colour(hue),
        hollow: group.ended < group.replicas,
    }
}

pub(super) fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    results: &Results,
) -> Result<Vec<Marker>, Error<DB>> {
    area.fill(&colour(&theme.paper))?;
    let scan = current::scan(results);
    let (width, height) = area.dim_in_pixel();
    let ems = theme.ems(width);
    let (main, zoom) = if ems >= WIDE {
        area.split_horizontally((f64::from(width) * MAIN) as i32)
    } else {
        let (above, below) = heights(ems);
        area.split_vertically((f64::from(height) * above / (above + below)) as i32)
    };
    let markers = whole(&main, theme, results, &scan)?;
    magnified(&zoom, theme, results, &scan)?;
    area.present()?;
    Ok(markers)
}

/// Vertical references: m₊, a name with its value, and one without.
fn references(results: &Results) -> Vec<(f64, String, &'static str)> {
    let mut lines = Vec::new();
    if let Some(m) = current::spontaneous(results) {
        lines.push((m, format!("mᵦ {}", plain(m, 6)), "mᵦ"));
    }
    if paper::is_of(&results.experiment().base) {
        let name = format!("paper m_crit {}", paper::M_CRIT);
        lines.push((paper::M_CRIT, name, "paper"));
    }
    lines
}

/// The whole scan.
fn whole<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    results: &Results,
    scan: &Scan,
) -> Result<Vec<Marker>, Error<DB>> {
    let ms = results.experiment().ms.values();
    let x = Axis {
        range: axes::around(ms.iter().copied()),
        name: "m₊",
    };
    let ends = scan.measured().flat_map(|(reading, mean)| {
        let error = known(&reading.group.current).map_or(0.0, |(_, error)| error);
        [mean - error, mean + error, 0.0]
    });
    let y = Axis {
        range: axes::around(ends),
        name: "J",
    };
    let (ink, faint) = (colour(&theme.ink), colour(&theme.faint));
    let heading = match &scan.zero {
        Ok(zero) => format!(
            "m_crit = {}",
            with_error(zero.crossing.x, zero.crossing.error)
        ),
        Err(_) => String::new(),
    };
    let frame = axes::draw(area, theme, &x, &y, &[(heading, ink)])?;
    let mut labels = Labels::new(&frame);
    let zero_line = frame.pixel(x.range.0, 0.0).1;
    area.draw(&PathElement::new(
        vec![(frame.left, zero_line), (frame.right, zero_line)],
        theme.line(faint, 1.0),
    ))?;
    let offset = theme.em(RADIUS + 0.15);
    for (reading, mean) in scan.measured() {
        let at = frame.pixel(reading.m, mean);
        labels.keep_off(at, offset, offset);
    }
    vertical(area, theme, &frame, &mut labels, &references(results))?;
    if let Ok(zero) = &scan.zero {
        fitted(area, theme, &frame, zero, zero.crossing.window)?;
    }
    let mut markers = Vec::new();
    let decimals = Decimals::of(scan.readings.iter().map(|reading| reading.m));
    for (reading, mean) in scan.measured() {
        let mark = mark(theme, &reading.group);
        if let Some((_, error)) = known(&reading.group.current) {
            error_bar(area, theme, &frame, (reading.m, mean), error, mark.colour)?;
        }
        let at = frame.pixel(reading.m, mean);
        mark.draw(area, theme, at)?;
        markers.push(Marker {
            x: at.0,
            y: at.1,
            point: reading.point,
            text: text(reading, decimals),
        });
    }
    if markers.is_empty() {
        words(area, theme, &frame, "nothing is measured yet")?;
    }
    halves(area, theme, &frame, &mut labels, zero_line)?;
    states(area, theme, &frame, &mut labels, scan)?;
    Ok(markers)
}

/// The values of a point in words.
fn text(reading: &Reading, decimals: Decimals) -> String {
    let group = &reading.group;
    let mut text = format!(
        "m₊ = {}, {}: J = {}",
        decimals.text(reading.m),
        current::state(group),
        group.current.text()
    );
    if let Some((mean, error)) = known(&group.current) {
        let word = if mean > 0.0 { "uphill" } else { "downhill" };
        text += &format!(
            " ± {}, {word} by {} σ",
            plain(error, 2),
            short((mean / error).abs())
        );
    }
    format!("{text}; {}", current::status(reading))
}

/// Dashed vertical lines with their names.
fn vertical<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    frame: &PlotFrame,
    labels: &mut Labels,
    lines: &[(f64, String, &str)],
) -> Result<(), Error<DB>> {
    let faint = colour(&theme.faint);
    let inside: Vec<_> = lines
        .iter()
        .filter(|(m, ..)| (frame.x0..=frame.x1).contains(m))
        .collect();
    let mut placed = Vec::new();
    for (m, ..) in &inside {
        let at = frame.pixel(*m, frame.y0).0;
        dashed(
            area,
            (at, frame.top),
            (at, frame.bottom),
            theme.em(0.3),
            theme.line(faint, 1.0),
        )?;
        labels.keep_off_line(&[(at, frame.top), (at, frame.bottom)], 2);
        placed.push(at);
    }
    for ((_, name, brief), at) in inside.into_iter().zip(placed) {
        let gap = theme.em(0.35);
        let step = theme.em(1.25).max(1);
        let heights = (frame.top + gap..frame.bottom - 2 * step).step_by(step as usize);
        let candidates: Vec<Candidate> = heights
            .flat_map(|y| {
                [
                    (at + gap, y, HPos::Left, VPos::Top),
                    (at - gap, y, HPos::Right, VPos::Top),
                ]
            })
            .collect();
        let name = if labels.fits(theme, name, &candidates) {
            name
        } else {
            *brief
        };
        labels.place(area, theme, name, faint, &candidates)?;
    }
    Ok(())
}

/// The fitted curve with the band of its error.
fn fitted<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    frame: &PlotFrame,
    zero: &Zero,
    (from, to): (f64, f64),
) -> Result<(), Error<DB>> {
    let ink = colour(&theme.ink);
    let (from, to) = (from.max(frame.x0), to.min(frame.x1));
    let at = |i: i32| from + (to - from) * f64::from(i) / f64::from(PIECES);
    let edge = |i: i32, sign: f64| {
        let (value, error) = zero.curve.at(at(i));
        let y = (value + sign * error).clamp(frame.y0, frame.y1);
        frame.pixel(at(i), y)
    };
    let upper = (0..=PIECES).map(|i| edge(i, 1.0));
    let lower = (0..=PIECES).rev().map(|i| edge(i, -1.0));
    let band: Vec<(i32, i32)> = upper.chain(lower).collect();
    area.draw(&Polygon::new(band, ink.mix(0.2).filled()))?;
    let points = (0..=PIECES).map(|i| (at(i), zero.curve.at(at(i)).0));
    curve(area, frame, points, theme.line(ink, 1.0))
}

/// The words for the two half planes.
fn halves<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    frame: &PlotFrame,
    labels: &mut Labels,
    zero: i32,
) -> Result<(), Error<DB>> {
    let gap = theme.em(0.4);
    let (left, right) = (frame.left + gap, frame.right - gap);
    for (word, hue, y, v) in [
        ("uphill, J > 0", &theme.uphill, zero - gap, VPos::Bottom),
        ("downhill, J < 0", &theme.downhill, zero + gap, VPos::Top),
    ] {
        let places = [
            (right, y, HPos::Right),
            (left, y, HPos::Left),
            ((left + right) / 2, y, HPos::Center),
            ((3 * left + right) / 4, y, HPos::Center),
            ((left + 3 * right) / 4, y, HPos::Center),
        ];
        let candidates: Vec<Candidate> = places
            .into_iter()
            .map(|(x, y, h)| {
                let v = match v {
                    VPos::Bottom => VPos::Bottom,
                    _ => VPos::Top,
                };
                (x, y, h, v)
            })
            .collect();
        labels.place(area, theme, word, colour(hue), &candidates)?;
    }
    Ok(())
}

/// The name of each state, at one of its points.
fn states<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    frame: &PlotFrame,
    labels: &mut Labels,
    scan: &Scan,
) -> Result<(), Error<DB>> {
    let mut named: Vec<State> = scan
        .measured()
        .filter_map(|(reading, _)| reading.group.state)
        .collect();
    named.sort_unstable();
    named.dedup();
    for state in named {
        let own: Vec<(i32, i32)> = scan
            .measured()
            .filter(|(reading, _)| reading.group.state == Some(state))
            .map(|(reading, mean)| frame.pixel(reading.m, mean))
            .collect();
        // From the middle of its points outwards.
        let mut order: Vec<usize> = (0..own.len()).collect();
        order.sort_by_key(|&i| (2 * i).abs_diff(own.len() - 1));
        let mut candidates: Vec<Candidate> = order
            .into_iter()
            .flat_map(|i| around(own[i], theme))
            .collect();
        candidates.truncate(400);
        let group = scan
            .readings
            .iter()
            .find(|reading| reading.group.state == Some(state));
        let hue = group.map_or(colour(&theme.ink), |r| mark(theme, &r.group).colour);
        labels.place(area, theme, state.name(), hue, &candidates)?;
    }
    Ok(())
}

/// The surroundings of m_crit.
fn magnified<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    results: &Results,
    scan: &Scan,
) -> Result<(), Error<DB>> {
    let references = references(results);
    let (ink, faint) = (colour(&theme.ink), colour(&theme.faint));
    let zero = match &scan.zero {
        Ok(zero) => zero,
        Err(why) => {
            let ms = results.experiment().ms.values();
            let x = Axis {
                range: axes::around(ms.iter().copied()),
                name: "m₊",
            };
            let y = Axis {
                range: (-1.0, 1.0),
                name: "J",
            };
            let heading = ("where J vanishes".to_owned(), faint);
            let frame = axes::draw(area, theme, &x, &y, &[heading])?;
            return words(
                area,
                theme,
                &frame,
                &format!("m_crit cannot be told: {why}"),
            );
        }
    };
    let crossing = &zero.crossing;
    let (low, high) = crossing.window;
    let places = zero.used.len().max(2) as f64;
    let mut half = (1.25 * (high - low) / (places - 1.0)).max(6.0 * crossing.error);
    for (m, ..) in &references {
        let distance = (m - crossing.x).abs();
        if distance < high - low {
            half = half.max(1.35 * distance);
        }
    }
    let x = Axis {
        range: (crossing.x - half, crossing.x + half),
        name: "m₊",
    };
    let near: Vec<(&Reading, f64)> = scan
        .measured()
        .filter(|(reading, _)| {
            reading.group.state == zero.state && (reading.m - crossing.x).abs() <= half
        })
        .collect();
    let ends = near.iter().flat_map(|(reading, mean)| {
        let error = known(&reading.group.current).map_or(0.0, |(_, error)| error);
        [mean - error, mean + error]
    });
    let edges = [x.range.0, x.range.1].map(|m| zero.curve.at(m).0);
    let y = Axis {
        range: axes::around(ends.chain(edges).chain([0.0])),
        name: "J",
    };
    let heading = ("where J vanishes, magnified".to_owned(), faint);
    let frame = axes::panel(area, theme, &x, &y, &[heading], &Room::default())?;
    let mut labels = Labels::new(&frame);
    for (reading, mean) in &near {
        let at = frame.pixel(reading.m, *mean);
        labels.keep_off(at, theme.em(0.6), theme.em(0.9));
    }
    let line: Vec<(i32, i32)> = (0..=PIECES)
        .map(|i| x.range.0 + 2.0 * half * f64::from(i) / f64::from(PIECES))
        .map(|m| (m, zero.curve.at(m).0))
        .filter(|&(m, j)| frame.holds(m, j))
        .map(|(m, j)| frame.pixel(m, j))
        .collect();
    labels.keep_off_line(&line, theme.em(0.3));
    vertical(area, theme, &frame, &mut labels, &references)?;
    fitted(area, theme, &frame, zero, x.range)?;
    for (reading, mean) in &near {
        let mark = mark(theme, &reading.group);
        if let Some((_, error)) = known(&reading.group.current) {
            error_bar(area, theme, &frame, (reading.m, *mean), error, mark.colour)?;
        }
        mark.draw(area, theme, frame.pixel(reading.m, *mean))?;
    }
    // m_crit: a bar along m₊.
    let at = frame.pixel(crossing.x, 0.0);
    let from = frame.pixel(crossing.x - crossing.error, 0.0).0;
    let to = frame.pixel(crossing.x + crossing.error, 0.0).0;
    let cap = theme.em(0.45);
    area.draw(&PathElement::new(
        vec![(from, at.1), (to, at.1)],
        theme.line(ink, 2.0),
    ))?;
    for end in [from, to] {
        area.draw(&PathElement::new(
            vec![(end, at.1 - cap), (end, at.1 + cap)],
            theme.line(ink, 1.5),
        ))?;
    }
    let name = format!("m_crit = {}", with_error(crossing.x, crossing.error));
    let mut candidates = around(at, theme);
    candidates.extend(anywhere(&frame, theme));
    labels.place(area, theme, &name, ink, &candidates)
}
