//! The time-averaged magnetization profile, with ±m_β and the reservoirs' values.

use super::axes::{self, Axis};
use super::labels::{Candidate, Labels};
use super::{Area, Error, PlotFrame, Readout, Theme, colour, curve, dashed};
use crate::notation;
use crate::simulation::Simulation;
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
    let relation = notation::estimate(&report.from_last_column);
    let heading = (format!("(⟨m(Lx)⟩−m₊)/2 = {relation}"), faint);
    let headings = if params.reservoirs {
        vec![heading]
    } else {
        Vec::new()
    };
    let frame = axes::draw(area, theme, &x, &y, &headings)?;

    let points: Vec<(f64, f64)> = (1..)
        .map(f64::from)
        .zip(report.profile.iter().copied())
        .collect();
    let mut labels = Labels::new(&frame);
    let pixels: Vec<(i32, i32)> = points.iter().map(|&(x, m)| frame.pixel(x, m)).collect();
    labels.keep_off_line(&pixels, theme.em(0.2));
    let radius = theme.em(0.3);
    for &end in pixels.iter().take(1).chain(pixels.last()) {
        labels.keep_off(end, radius + 1, radius + 1);
    }
    let zero = frame.pixel(0.0, 0.0).1;
    labels.keep_off_line(&[(frame.left, zero), (frame.right, zero)], 2);
    let wedge = theme.em(0.55);
    if params.reservoirs {
        for (x, m) in [(x.range.0, params.m_left), (x.range.1, params.m_right)] {
            labels.keep_off(frame.pixel(x, m), wedge + 1, wedge / 2 + 1);
        }
    }
    let spontaneous = m_beta(params.beta);
    if spontaneous > 0.0 {
        let levels = [(spontaneous, "+mᵦ"), (-spontaneous, "−mᵦ")];
        let ends = |m: f64| [x.range.0, x.range.1].map(|x| frame.pixel(x, m));
        for (m, _) in levels {
            let [from, to] = ends(m);
            labels.keep_off_line(&[from, to], 2);
            dashed(area, from, to, theme.em(0.25), theme.line(faint, 1.0))?;
        }
        let gap = theme.em(0.3).max(3);
        for (m, name) in levels {
            let [from, to] = ends(m);
            let y = from.1;
            let places: Vec<Candidate> = (1..10)
                .map(|i| from.0 + (to.0 - from.0) * i / 10)
                .flat_map(|x| {
                    [
                        (x, y - gap, HPos::Center, VPos::Bottom),
                        (x, y + gap, HPos::Center, VPos::Top),
                    ]
                })
                .collect();
            labels.place(area, theme, name, faint, &places)?;
        }
    }
    curve(area, &frame, points.iter().copied(), theme.line(blue, 2.0))?;
    for &(x, m) in points.iter().take(1).chain(points.last()) {
        area.draw(&Circle::new(frame.pixel(x, m), radius, blue.filled()))?;
    }
    if params.reservoirs {
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

/// The column nearest to a pixel.
pub fn read(run: &Simulation, frame: &PlotFrame, pixel: f64) -> Option<Readout> {
    let profile = run.report().profile;
    let last = profile.len().checked_sub(1)? as f64;
    let column = (frame.x_at(pixel) - 1.0).round().clamp(0.0, last);
    let m = profile[column as usize];
    let (x, y) = frame.pixel(column + 1.0, m);
    let text = format!("x = {}, m = {}", column + 1.0, notation::signed(m, 6));
    Some(Readout { x, y, text })
}
