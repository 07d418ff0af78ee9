//! The running mean of J with its error band.

use super::axes::{self, Axis};
use super::{Area, Error, PlotFrame, Readout, Theme, colour, curve};
use crate::notation;
use crate::run::simulation::Simulation;
use plotters::prelude::*;

/// The share of the run whose scatter decides what range is shown: its beginning,
/// where the mean has yet to settle, may leave the plot.
const SETTLED: f64 = 0.15;

/// (t, mean, error), the error infinite while it is not known; the present moment last.
fn points(run: &Simulation) -> Vec<(f64, f64, f64)> {
    let means = run.running_mean();
    means
        .map(|point| (point.time, point.mean, point.error))
        .collect()
}

/// Draws the running mean of one run.
///
/// # Errors
/// Those of the backend.
pub fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    run: &Simulation,
) -> Result<PlotFrame, Error<DB>> {
    let points = points(run);
    let end = points.last().map_or(1.0, |point| point.0.max(1.0));
    let settled = points
        .iter()
        .filter(|point| point.0 >= SETTLED * end)
        .flat_map(|&(_, mean, error)| {
            let reach = if error.is_finite() { error } else { 0.0 };
            [mean - reach, mean + reach, 0.0]
        });
    let x = Axis {
        range: (0.0, end),
        name: "t",
    };
    let y = Axis {
        range: axes::around(settled),
        name: "J",
    };

    let report = run.report();
    let hue = colour(match report.direction {
        Some(direction) => theme.of(direction),
        None => &theme.plus,
    });
    let heading = format!("J = {}", report.current.text());
    let frame = axes::draw(area, theme, &x, &y, &[(heading, hue)])?;
    for stretch in points.chunk_by(|a, b| a.2.is_finite() == b.2.is_finite()) {
        if stretch.len() > 1 && stretch[0].2.is_finite() {
            let edge = |&(t, mean, error): &(f64, f64, f64), sign: f64| {
                frame.pixel(t, (mean + sign * error).clamp(frame.y0, frame.y1))
            };
            let mut band: Vec<(i32, i32)> = stretch.iter().map(|point| edge(point, 1.0)).collect();
            band.extend(stretch.iter().rev().map(|point| edge(point, -1.0)));
            area.draw(&Polygon::new(band, hue.mix(0.22)))?;
        }
    }
    curve(
        area,
        &frame,
        points.iter().map(|point| (point.0, point.1)),
        theme.line(hue, 1.5),
    )?;
    area.present()?;
    Ok(frame)
}

/// The mean nearest in time to a pixel.
pub fn read(run: &Simulation, frame: &PlotFrame, pixel: f64) -> Option<Readout> {
    let wanted = frame.x_at(pixel);
    let (t, mean, error) = points(run)
        .into_iter()
        .filter(|point| frame.holds(point.0, point.1))
        .min_by(|a, b| (a.0 - wanted).abs().total_cmp(&(b.0 - wanted).abs()))?;
    let (x, y) = frame.pixel(t, mean);
    let text = format!(
        "t = {}, J = {}",
        notation::plain(t, 4),
        notation::with_error(mean, error)
    );
    Some(Readout { x, y, text })
}
