//! Fig. 2: J against m₊, and the place where it vanishes, magnified.

use super::{Ems, Marker, zero};
use crate::experiment::phrases::{Decimals, known, short};
use crate::experiment::results::{Group, Results};
use crate::experiment::scan::{Reading, Scan};
use crate::experiment::{course, current};
use crate::measure::state::State;
use crate::notation::{plain, with_error};
use crate::plot::axes::{self, Axis};
use crate::plot::marks::{Candidate, Labels, Mark, RADIUS, Shape, around, error_bar, words};
use crate::plot::{Area, Error, PlotFrame, Theme, colour};
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Width from which on the two panels stand side by side, in text sizes.
const WIDE: f64 = 56.0;
/// Share of the width that the main panel then has.
const MAIN: f64 = 0.6;
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
    zero::magnified(&zoom, theme, results, &scan)?;
    area.present()?;
    Ok(markers)
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
        if let Some((_, error)) = known(&reading.group.current) {
            let ends = [mean - error, mean + error].map(|j| frame.pixel(reading.m, j));
            labels.keep_off_line(&ends, theme.em(0.25));
        }
    }
    // The values stand in the magnified panel.
    let names = zero::references(results)
        .into_iter()
        .map(|(m, _, brief)| (m, brief.to_owned(), brief));
    zero::vertical(area, theme, &frame, &mut labels, &names.collect::<Vec<_>>())?;
    if let Ok(found) = &scan.zero {
        zero::fitted(area, theme, &frame, found, found.crossing.window)?;
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
        words(area, theme, &frame, NOTHING_MEASURED)?;
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
        course::state(group),
        group.current.text()
    );
    if let Some((mean, error)) = known(&group.current) {
        let way = if mean > 0.0 {
            captions::UPHILL
        } else {
            captions::DOWNHILL
        };
        let sigmas = short((mean / error).abs());
        text += &captions::error_and_way(plain(error, 2), way, sigmas);
    }
    format!("{text}; {}", course::status(reading))
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
        (
            captions::UPHILL_HALF,
            &theme.uphill,
            zero - gap,
            VPos::Bottom,
        ),
        (
            captions::DOWNHILL_HALF,
            &theme.downhill,
            zero + gap,
            VPos::Top,
        ),
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
