//! Fig. 2: J against m₊, and the place where it vanishes, magnified.

use super::{Ems, Marker, zero};
use crate::experiment::phrases::{Decimals, known, short};
use crate::experiment::results::{Group, Results};
use crate::experiment::scan::{Reading, Scan};
use crate::experiment::{course, current};
use crate::measure::state::State;
use crate::notation::plain;
use crate::plot::axes::{self, Axis};
use crate::plot::marks::{Candidate, Labels, Mark, RADIUS, Shape, around, error_bar, words};
use crate::plot::{Area, Error, PlotFrame, Theme, colour};
use crate::report::Direction;
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
        Ok(zero) => zero.named(Decimals::of(ms.iter().copied())),
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
    let mut names: Vec<_> = names.collect();
    if slopes(&frame, results).len() > 1 {
        names.push((0.0, captions::NO_GRADIENT.to_owned(), captions::NO_GRADIENT));
    }
    zero::vertical(area, theme, &frame, &mut labels, &names)?;
    if let Ok(found) = &scan.zero
        && let Some(crossing) = found.crossing()
    {
        zero::fitted(area, theme, &frame, found, crossing.window)?;
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
            text: text(results, reading, decimals),
        });
    }
    if markers.is_empty() {
        words(area, theme, &frame, NOTHING_MEASURED)?;
    }
    halves(area, theme, &frame, &mut labels, results)?;
    states(area, theme, &frame, &mut labels, scan)?;
    Ok(markers)
}

/// The values of a point in words.
fn text(results: &Results, reading: &Reading, decimals: Decimals) -> String {
    let group = &reading.group;
    let mut text = format!(
        "m₊ = {}, {}: J = {}",
        decimals.text(reading.m),
        course::state(group),
        group.current.text()
    );
    if let Some((mean, error)) = known(&group.current) {
        let (error, sigmas) = (plain(error, 2), short((mean / error).abs()));
        let gradient = results.points()[reading.point].params.gradient();
        text += &match Direction::of(mean, gradient) {
            Some(direction) => captions::error_and_way(error, direction.name(), sigmas),
            None => captions::error_and_sigmas(error, sigmas),
        };
    }
    format!("{text}; {}", course::status(reading))
}

/// The words for what is above and below J = 0, where m₊ > m₋ and where m₊ < m₋.
fn halves<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    frame: &PlotFrame,
    labels: &mut Labels,
    results: &Results,
) -> Result<(), Error<DB>> {
    let gap = theme.em(0.4);
    let zero = frame.pixel(frame.x0, 0.0).1;
    for (from, to, gradient) in slopes(frame, results) {
        let (left, right) = (from + gap, to - gap);
        for (current, y, v) in [
            (1.0, zero - gap, VPos::Bottom),
            (-1.0, zero + gap, VPos::Top),
        ] {
            let Some(direction) = Direction::of(current, gradient) else {
                continue;
            };
            let word = if current > 0.0 {
                captions::upper_half(direction.name())
            } else {
                captions::lower_half(direction.name())
            };
            let outer = [(left, HPos::Left), (right, HPos::Right)];
            let [first, second] = if gradient > 0.0 {
                let [left, right] = outer;
                [right, left]
            } else {
                outer
            };
            let candidates: Vec<Candidate> = [
                first,
                second,
                ((left + right) / 2, HPos::Center),
                ((3 * left + right) / 4, HPos::Center),
                ((left + 3 * right) / 4, HPos::Center),
            ]
            .into_iter()
            .map(|(x, h)| (x, y, h, upright(&v)))
            .collect();
            let hue = colour(theme.of(direction));
            labels.place(area, theme, &word, hue, &candidates)?;
        }
    }
    Ok(())
}

/// A position is no value that could be copied.
fn upright(v: &VPos) -> VPos {
    match v {
        VPos::Bottom => VPos::Bottom,
        _ => VPos::Top,
    }
}

/// The parts of the frame on either side of the place where m₊ = m₋, each with the sign of
/// m₊ − m₋ there; none where no point has a gradient.
fn slopes(frame: &PlotFrame, results: &Results) -> Vec<(i32, i32, f64)> {
    let gradients = || results.points().iter().map(|point| point.params.gradient());
    let (falls, rises) = (gradients().any(|g| g < 0.0), gradients().any(|g| g > 0.0));
    match (falls, rises) {
        (false, false) => Vec::new(),
        (true, false) => vec![(frame.left, frame.right, -1.0)],
        (false, true) => vec![(frame.left, frame.right, 1.0)],
        (true, true) => {
            // m₋ = −m₊ at every point.
            let middle = frame.pixel(0.0, 0.0).0;
            vec![(frame.left, middle, -1.0), (middle, frame.right, 1.0)]
        }
    }
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
