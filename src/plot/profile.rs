//! The time-averaged magnetization profile, with ±m_β and the reservoirs' values.

use super::axes::{self, Axis};
use super::{Area, Error, PlotFrame, Readout, Theme, colour, curve, dashed};
use crate::notation;
use crate::run::simulation::Simulation;
use crate::theory::m_beta;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Draws the profile of one run.
///
/// # Errors
/// Those of the backend.
pub fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    run: &Simulation,
) -> Result<PlotFrame, Error<DB>> {
    let params = run.params();
    let report = run.report();
    let x = Axis {
        range: (0.0, f64::from(params.lx) + 1.0),
        name: "x",
    };
    let y = Axis {
        range: (-1.25, 1.25),
        name: "m(x)",
    };
    let (ink, faint, blue) = (
        colour(&theme.ink),
        colour(&theme.faint),
        colour(&theme.plus),
    );
    let relation = report.from_last_column.text();
    let heading = (format!("(⟨m(Lx)⟩−m₊)/2 = {relation}"), faint);
    let headings = if params.reservoirs == crate::params::Reservoirs::On {
        vec![heading]
    } else {
        Vec::new()
    };
    let frame = axes::draw(area, theme, &x, &y, &headings)?;

    let points: Vec<(f64, f64)> = (1..)
        .map(f64::from)
        .zip(report.profile.iter().copied())
        .collect();
    let pixels: Vec<(i32, i32)> = points.iter().map(|&(x, m)| frame.pixel(x, m)).collect();
    let (radius, wedge) = (theme.em(0.3), theme.em(0.55));
    let spontaneous = m_beta(params.beta);
    if spontaneous > 0.0 {
        for (m, name) in [(spontaneous, "+mᵦ"), (-spontaneous, "−mᵦ")] {
            let (from, to) = (frame.pixel(x.range.0, m), frame.pixel(x.range.1, m));
            dashed(area, from, to, theme.em(0.25), theme.line(faint, 1.0))?;
            let inward = if m > 0.0 { 1 } else { -1 };
            let (half, enough) = (theme.em(1.3), theme.em(2.0));
            let to_zero = (frame.pixel(0.0, 0.0).1 - from.1) * inward;
            let to_edge = (from.1 - frame.pixel(0.0, y.range.1.copysign(m)).1) * inward;
            let side = if to_zero > enough {
                inward
            } else if to_edge > enough {
                -inward
            } else {
                // So low a plot has room for its axis and heading alone.
                continue;
            };
            let clear = |at: &i32| clearance(&pixels, (*at, from.1), half, side, enough);
            let places = (from.0 + 2 * half..to.0 - 2 * half).step_by(half.max(1) as usize);
            let Some(at) = places.max_by_key(clear) else {
                continue;
            };
            if clear(&at) < enough {
                continue;
            }
            let v = if side > 0 { VPos::Top } else { VPos::Bottom };
            let y = from.1 + theme.em(0.45).max(4) * side;
            let style = theme.text(faint, HPos::Center, v);
            area.draw(&Text::new(name, (at, y), style))?;
        }
    }
    bands(area, theme, &frame, &points, &report.profile_errors)?;
    curve(area, &frame, points.iter().copied(), theme.line(blue, 2.0))?;
    for &(x, m) in points.iter().take(1).chain(points.last()) {
        area.draw(&Circle::new(frame.pixel(x, m), radius, blue.filled()))?;
    }
    if params.reservoirs.flip() {
        for (x, m, inward) in [
            (x.range.0, params.m_left, wedge),
            (x.range.1, params.m_right, -wedge),
        ] {
            let (at, height) = frame.pixel(x, m);
            let corners = vec![
                (at, height - wedge / 2),
                (at, height + wedge / 2),
                (at + inward, height),
            ];
            area.draw(&Polygon::new(corners, ink))?;
        }
    }
    area.present()?;
    Ok(frame)
}

/// Draws the errors of the columns behind their curve, where they are wider than a pixel.
fn bands<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    frame: &PlotFrame,
    points: &[(f64, f64)],
    errors: &[Option<f64>],
) -> Result<(), Error<DB>> {
    let edges: Vec<[(i32, i32); 2]> = points
        .iter()
        .zip(errors)
        .map(|(&(x, m), error)| {
            let error = error.unwrap_or(0.0);
            [error, -error].map(|off| frame.pixel(x, (m + off).clamp(frame.y0, frame.y1)))
        })
        .collect();
    let wide = |[above, below]: &[(i32, i32); 2]| below.1 - above.1 > 1;
    let faint = colour(&theme.plus).mix(0.22);
    for stretch in edges.chunk_by(|a, b| wide(a) == wide(b)) {
        if !wide(&stretch[0]) {
            continue;
        }
        if let [[above, below]] = *stretch {
            area.draw(&PathElement::new(
                [above, below],
                faint.stroke_width(theme.em(0.3) as u32),
            ))?;
            continue;
        }
        let above = stretch.iter().map(|edges| edges[0]);
        let below = stretch.iter().rev().map(|edges| edges[1]);
        area.draw(&Polygon::new(above.chain(below).collect::<Vec<_>>(), faint))?;
    }
    Ok(())
}

/// Pixels within which a curve runs along a level.
const ALONG: i32 = 2;

/// How far a curve stays from a pixel, on the side of growing ordinates or on the other, within
/// so many pixels to its left and right.
fn clearance(curve: &[(i32, i32)], (x, y): (i32, i32), half: i32, side: i32, enough: i32) -> i32 {
    let mut least = i32::MAX;
    for pair in curve.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let [left, right] = [x - half, x + half].map(|x| x.clamp(from.0, to.0));
        if right < x - half || left > x + half || to.0 == from.0 {
            continue;
        }
        let distance = |at: i32| {
            let height = from.1 + (to.1 - from.1) * (at - from.0) / (to.0 - from.0);
            (height - y) * side
        };
        let (one, other) = (distance(left), distance(right));
        // The curve may run along the level, or on its other side, but not across.
        least = least.min(match one.min(other) {
            _ if one.max(other) < ALONG => enough,
            near if near < ALONG => 0,
            near => near,
        });
    }
    least
}

/// The column nearest to a pixel.
pub fn read(run: &Simulation, frame: &PlotFrame, pixel: f64) -> Option<Readout> {
    let report = run.report();
    let last = report.profile.len().checked_sub(1)? as f64;
    let column = (frame.x_at(pixel) - 1.0).round().clamp(0.0, last);
    let m = report.profile[column as usize];
    let (x, y) = frame.pixel(column + 1.0, m);
    let value = match report.profile_errors[column as usize] {
        Some(error) => notation::with_error(m, error),
        None => notation::signed(m, 6),
    };
    let text = format!("x = {}, m = {value}", column + 1.0);
    Some(Readout { x, y, text })
}
