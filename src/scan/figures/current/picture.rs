//! Fig. 2: J against m₊, and the place where it vanishes, magnified.

use super::{Current, zero};
use crate::measure::state::State;
use crate::notation::plain;
use crate::order;
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::{Candidate, Labels, around};
use crate::plot::marks::{error_bar, meaning_of_cross};
use crate::plot::record::{Record, sentence, settled};
use crate::plot::{Area, Error, PlotFrame, Theme, colour};
use crate::run::report::Direction;
use crate::scan::figures::current_curve::{CurrentCurve, CurvePoint};
use crate::scan::figures::marker::{Ems, Marker, mark};
use crate::scan::figures::phrases::{Decimals, known, short};
use crate::scan::figures::replica_history;
use crate::scan::results::Results;
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Width from which on the two panels stand side by side, in text sizes.
const WIDE: f64 = 56.0;
/// How far a single point may be from a reference that is shown beside it.
const NEAR: f64 = 0.05;
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
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    let (main, zoom) = heights(ems);
    if ems >= WIDE { main } else { main + zoom }
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    results: &Results,
    figure: &Current,
) -> Result<Vec<Marker>, Error<Record>> {
    area.fill(&colour(&theme.paper))?;
    let curve = &figure.curve;
    let (width, height) = area.dim_in_pixel();
    let ems = theme.ems(width);
    let (main, zoom) = if ems >= WIDE {
        area.split_horizontally((f64::from(width) * MAIN) as i32)
    } else {
        let (above, below) = heights(ems);
        area.split_vertically((f64::from(height) * above / (above + below)) as i32)
    };
    let markers = settled(&main, theme, |area, above| {
        whole(area, theme, results, curve, above)
    })?;
    settled(&zoom, theme, |area, above| {
        zero::magnified(area, theme, results, curve, above)
    })?;
    area.present()?;
    Ok(markers)
}

/// The axis of m₊. A single point has the references beside it for a measure, or else nothing
/// but its own value.
fn across(results: &Results) -> (Axis, Option<Vec<(f64, String)>>) {
    let ms = results.experiment().ms.values();
    let alone = ms.windows(2).all(|pair| pair[0] == pair[1]);
    let references = zero::references(results).into_iter().map(|(m, ..)| m);
    let near = references.filter(|m| alone && (m - ms[0]).abs() < NEAR);
    let values: Vec<f64> = ms.iter().copied().chain(near).collect();
    let range = axes::around(values.iter().copied());
    let alone = values.iter().all(|m| *m == values[0]);
    let named = alone.then(|| {
        let decimals = Decimals::of(values.iter().copied());
        vec![(values[0], decimals.text(values[0]))]
    });
    (
        Axis {
            range, name: "m₊"
        },
        named,
    )
}

/// The whole scan.
fn whole(
    area: &Area<Record>,
    theme: &Theme,
    results: &Results,
    curve: &CurrentCurve,
    above: &[Heading],
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    if curve.measured().next().is_none() {
        sentence(
            area,
            theme,
            captions::CURRENT.said(),
            NOTHING_MEASURED.said(),
        )?;
        return Ok((Vec::new(), Vec::new()));
    }
    let (x, named) = across(results);
    let ends = curve.measured().flat_map(|(reading, mean)| {
        let error = known(&reading.group.current).map_or(0.0, |(_, error)| error);
        [mean - error, mean + error, 0.0]
    });
    let y = Axis {
        range: axes::around(ends),
        name: "J",
    };
    let (ink, faint) = (colour(&theme.ink), colour(&theme.faint));
    let mut headings: Vec<Heading> = Vec::new();
    if let Ok(zero) = &curve.zero {
        let ms = results.experiment().ms.values();
        headings.push((zero.named(Decimals::of(ms.iter().copied())), ink));
    }
    let unknown = |(reading, _): (&CurvePoint, f64)| known(&reading.group.current).is_none();
    headings.extend(meaning_of_cross(theme, curve.measured().any(unknown)));
    headings.extend_from_slice(above);
    let all_zero = curve.measured().all(|(reading, mean)| {
        mean == 0.0 && known(&reading.group.current).is_none_or(|(_, error)| error == 0.0)
    });
    let room = Room {
        named,
        named_up: all_zero.then(|| vec![(0.0, "0".to_owned())]),
        ..Room::default()
    };
    let frame = axes::panel(area, theme, &x, &y, &headings, &room)?;
    let mut labels = Labels::new(&frame);
    let zero_line = frame.pixel(x.range.0, 0.0).1;
    area.draw(&PathElement::new(
        vec![(frame.left, zero_line), (frame.right, zero_line)],
        theme.line(faint, 1.0),
    ))?;
    for (reading, mean) in curve.measured() {
        let at = frame.pixel(reading.m, mean);
        let reach = mark(theme, &reading.group).reach(theme);
        labels.keep_off(at, reach, reach);
        if let Some((_, error)) = known(&reading.group.current) {
            labels.keep_off_bar(theme, &frame, reading.m, (mean - error, mean + error));
        }
    }
    // The values stand in the magnified panel.
    let names = zero::references(results)
        .into_iter()
        .map(|(m, _, brief)| (m, brief.to_owned(), brief));
    let mut names: Vec<_> = names.collect();
    if slopes(&frame, results).len() > 1 {
        names.push((
            0.0,
            captions::NO_GRADIENT.to_owned(),
            captions::NO_GRADIENT.said(),
        ));
    }
    let line = [(frame.left, zero_line), (frame.right, zero_line)];
    labels.keep_off_line(&line, 2);
    if let Ok(found) = &curve.zero
        && let Some(crossing) = found.crossing()
    {
        zero::fitted(area, theme, &frame, found, crossing.window, &mut labels)?;
    }
    zero::vertical(area, theme, &frame, &mut labels, &names, above)?;
    let mut markers = Vec::new();
    let decimals = curve.decimals();
    for (reading, mean) in curve.measured() {
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
    halves(area, theme, &frame, &mut labels, results)?;
    states(area, theme, &frame, &mut labels, curve, above)?;
    Ok((markers, labels.left_over()))
}

/// The values of a point in words.
fn text(results: &Results, reading: &CurvePoint, decimals: Decimals) -> String {
    let group = &reading.group;
    let mut text = format!(
        "m₊ = {}, {}: J = {}",
        decimals.text(reading.m),
        replica_history::state(group),
        group.current.text()
    );
    if let Some((mean, error)) = known(&group.current) {
        let (error, sigmas) = (plain(error, 2), short((mean / error).abs()));
        let gradient = results.points()[reading.point].params.gradient();
        text += &match Direction::of(mean, gradient) {
            Some(direction) => captions::error_and_way(error, direction.name(), sigmas),
            None => captions::error_and_sigmas(error, sigmas),
        };
    } else {
        text += captions::NO_ERROR.said();
    }
    format!("{text}; {}", replica_history::status(reading))
}

/// The words for what is above and below J = 0, where m₊ > m₋ and where m₊ < m₋.
fn halves(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    labels: &mut Labels,
    results: &Results,
) -> Result<(), Error<Record>> {
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
            let middles = [2, 1, 3, 4, 5, 6, 7].map(|i| left + (right - left) * i / 8);
            let middles = middles.map(|x| (x, HPos::Center));
            let candidates: Vec<Candidate> = [first, second]
                .into_iter()
                .chain(middles)
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
fn states(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    labels: &mut Labels,
    curve: &CurrentCurve,
    above: &[Heading],
) -> Result<(), Error<Record>> {
    let measured = |state: &State| {
        let mut readings = curve.measured();
        readings.any(|(reading, _)| reading.group.state == Some(*state))
    };
    for state in State::ALL.into_iter().filter(measured) {
        let own: Vec<(i32, i32)> = curve
            .measured()
            .filter(|(reading, _)| reading.group.state == Some(state))
            .map(|(reading, mean)| frame.pixel(reading.m, mean))
            .collect();
        // From the middle of its points outwards.
        let distances: Vec<f64> = (0..own.len())
            .map(|i| (2 * i).abs_diff(own.len() - 1) as f64)
            .collect();
        let mut candidates: Vec<Candidate> = order::ascending(&distances)
            .into_iter()
            .flat_map(|i| around(own[i], theme))
            .collect();
        candidates.truncate(400);
        let group = curve
            .points
            .iter()
            .find(|reading| reading.group.state == Some(state));
        let Some(mark) = group.map(|reading| mark(theme, &reading.group)) else {
            continue;
        };
        let name = (mark.symbol.sign(), state.name());
        labels.name(area, theme, name, mark.colour, &candidates, above)?;
    }
    Ok(())
}
