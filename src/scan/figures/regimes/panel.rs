//! What the pictures of the states share: m₊ across, and a mark for every state.

use super::{At, Regimes};
use crate::measure::state::State;
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::{Candidate, Labels, around};
use crate::plot::marks::{Mark, error_bar, meaning_of_cross};
use crate::plot::record::Record;
use crate::plot::{Area, Error, PlotFrame, Theme};
use crate::scan::figures::marker::{Marker, mark_of};
use crate::scan::figures::phrases::known;
use crate::scan::task::outcome::{InState, Measured};
use plotters::prelude::*;

/// The axes of a panel, m₊ across; a single point has nothing but its own value for a tick.
pub(super) fn axes(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Regimes,
    y: &Axis,
    (headings, room): (&[Heading], Room),
) -> Result<PlotFrame, Error<Record>> {
    let ms: Vec<f64> = figure.points.iter().map(|at| at.m).collect();
    let alone = ms.iter().all(|m| *m == ms[0]);
    let room = Room {
        named: alone.then(|| vec![(ms[0], figure.decimals.text(ms[0]))]),
        ..room
    };
    let x = Axis {
        range: axes::around(ms.into_iter()),
        name: "m₊",
    };
    axes::panel(area, theme, &x, y, headings, &room)
}

/// What stands above a panel: what a cross means where there is one, and what had no room in it.
pub(super) fn headings(theme: &Theme, crossed: bool, above: &[Heading]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = meaning_of_cross(theme, crossed).into_iter().collect();
    headings.extend_from_slice(above);
    headings
}

/// A value at one m₊, of a state where it is of one.
pub(super) struct Value<'a> {
    pub at: &'a At,
    pub one: Option<&'a InState>,
    pub mean: f64,
    pub error: Option<f64>,
}

impl<'a> Value<'a> {
    /// None where nothing was measured.
    pub fn of(at: &'a At, one: Option<&'a InState>, measured: &Measured) -> Option<Self> {
        Some(Value {
            at,
            one,
            mean: measured.mean?,
            error: known(measured).map(|(_, error)| error),
        })
    }
}

/// The values of all states, state by state and by m₊.
pub(super) fn values(figure: &Regimes, of: fn(&InState) -> &Measured) -> Vec<Value<'_>> {
    let mut all = Vec::new();
    for state in State::ALL {
        for at in &figure.points {
            if let Some(one) = at.visited.as_ref().and_then(|all| all.in_state(state)) {
                all.extend(Value::of(at, Some(one), of(one)));
            }
        }
    }
    all
}

/// Whether one of them has no error.
pub(super) fn is_any_unknown(all: &[Value]) -> bool {
    all.iter().any(|value| value.error.is_none())
}

/// From which to which the values go with their errors, and what else is on the axis.
pub(super) fn range(all: &[Value], besides: &[f64]) -> (f64, f64) {
    let mut ends = besides.to_vec();
    for value in all {
        let error = value.error.unwrap_or(0.0);
        ends.extend([value.mean - error, value.mean + error]);
    }
    axes::around(ends.into_iter())
}

/// Draws a value as a mark with its bar; returns its pixel.
pub(super) fn point(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    labels: &mut Labels,
    (value, mark): (&Value, Mark),
) -> Result<(i32, i32), Error<Record>> {
    let mark = Mark {
        hollow: value.at.open(),
        crossed: value.error.is_none(),
        ..mark
    };
    let (m, mean) = (value.at.m, value.mean);
    if let Some(error) = value.error {
        error_bar(area, theme, frame, (m, mean), error, mark.colour)?;
        labels.keep_off_bar(theme, frame, m, (mean - error, mean + error));
    }
    let pixel = frame.pixel(m, mean);
    mark.draw(area, theme, pixel)?;
    labels.keep_off(pixel, mark.reach(theme), mark.reach(theme));
    Ok(pixel)
}

/// Draws the values of all states, joined by lines where points of a state are neighbours, and
/// names the states beside them.
pub(super) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    (all, frame): (&[Value], &PlotFrame),
    above: &[Heading],
    text: &dyn Fn(&Value, &InState) -> String,
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    let mut labels = Labels::new(frame);
    let zero = frame.pixel(frame.x0, 0.0).1;
    labels.keep_off_line(&[(frame.left, zero), (frame.right, zero)], 2);
    let state_of = |value: &Value| value.one.map(|one| one.state);
    for pair in all.windows(2) {
        let [before, after] = [&pair[0], &pair[1]];
        if state_of(before) == state_of(after) && after.at.place == before.at.place + 1 {
            let ends = [before, after].map(|value| frame.pixel(value.at.m, value.mean));
            let hue = theme.tint(mark_of(theme, state_of(before)).colour, 0.5);
            area.draw(&PathElement::new(ends.to_vec(), theme.line(hue, 1.0)))?;
            labels.keep_off_line(&ends, 2);
        }
    }
    let mut markers = Vec::new();
    for value in all {
        let Some(one) = value.one else { continue };
        let mark = mark_of(theme, Some(one.state));
        let (x, y) = point(area, theme, frame, &mut labels, (value, mark))?;
        markers.push(Marker {
            x,
            y,
            point: value.at.point,
            text: text(value, one),
        });
    }
    for state in State::ALL {
        let own = all.iter().filter(|value| state_of(value) == Some(state));
        let own: Vec<(i32, i32)> = own.map(|v| frame.pixel(v.at.m, v.mean)).collect();
        let mark = mark_of(theme, Some(state));
        // From the middle of its points outwards.
        let middle = own.len() / 2;
        let mut candidates: Vec<Candidate> = Vec::new();
        for i in 0..own.len() {
            let place = match i % 2 {
                0 => middle + i / 2,
                _ => middle - i.div_ceil(2),
            };
            candidates.extend(around(own[place], theme));
        }
        candidates.truncate(400);
        if !own.is_empty() {
            let name = (mark.symbol.sign(), state.name());
            labels.name(area, theme, name, mark.colour, &candidates, above)?;
        }
    }
    Ok((markers, labels.left_over()))
}
