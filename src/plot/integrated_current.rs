//! The integrated current J_t = Q/((Lx−1)·Ly) against time, as in the inset of Fig. 2,
//! with the slope that the better estimator gives.

use super::axes::{self, Axis};
use super::{Area, Error, PlotFrame, Readout, Theme, colour, curve, dashed};
use crate::notation;
use crate::run::report::Report;
use crate::run::simulation::Simulation;
use crate::words::plots as words;
use plotters::prelude::*;

/// (t, J_t) since the measurement began, the present moment last.
fn points(run: &Simulation) -> Vec<(f64, f64)> {
    let bonds = run.params().horizontal_bonds();
    let crossed = run
        .crossed()
        .map(|point| (point.time, point.crossings as f64 / bonds));
    [(0.0, 0.0)].into_iter().chain(crossed).collect()
}

/// Draws one run, or several in one plot.
///
/// # Errors
/// Those of the backend.
pub fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    runs: &[&Simulation],
) -> Result<PlotFrame, Error<DB>> {
    let series: Vec<Vec<(f64, f64)>> = runs.iter().map(|run| points(run)).collect();
    let end = series
        .iter()
        .flatten()
        .fold(1.0, |end: f64, point| end.max(point.0));
    let x = Axis {
        range: (0.0, end),
        name: "t",
    };
    let y = Axis {
        range: axes::around(series.iter().flatten().map(|point| point.1)),
        name: "Jₜ",
    };
    let reports: Vec<Report> = runs.iter().map(|run| run.report()).collect();
    let hues = reports
        .iter()
        .enumerate()
        .map(|(number, report)| hue(theme, number, report));
    let headings: Vec<(String, RGBColor)> = runs
        .iter()
        .zip(&reports)
        .map(|(run, report)| label(run, report, runs.len() > 1))
        .zip(hues)
        .collect();
    let frame = axes::draw(area, theme, &x, &y, &headings)?;
    for ((report, points), (_, hue)) in reports.iter().zip(&series).zip(&headings) {
        let (end, _) = *points.last().expect("the present moment is always there");
        if let Some(mean) = report.current.mean
            && report.current.error.is_some()
            && frame.holds(end, mean * end)
        {
            let (from, to) = (frame.pixel(0.0, 0.0), frame.pixel(end, mean * end));
            let style = theme.line(colour(&theme.faint), 1.0);
            dashed(area, from, to, theme.em(0.5), style)?;
        }
        curve(area, &frame, points.iter().copied(), theme.line(*hue, 2.0))?;
    }
    area.present()?;
    Ok(frame)
}

fn hue(theme: &Theme, number: usize, report: &Report) -> RGBColor {
    colour(match (number, report.direction) {
        (0, Some(direction)) => theme.of(direction),
        (0, None) => &theme.plus,
        _ => &theme.second,
    })
}

/// Slope and word of a run, and its reservoir where there are several.
fn label(run: &Simulation, report: &Report, several: bool) -> String {
    let slope = report.current.text();
    let slope = match report.direction {
        Some(direction) => words::slope_and_way(direction.name(), slope),
        None if report.current.mean.is_some() => words::slope(slope),
        None => slope,
    };
    let which = if several {
        format!("m₊ = {}: ", run.params().m_right)
    } else {
        String::new()
    };
    format!("{which}{slope}").replace('-', "−")
}

/// The point nearest in time to a pixel.
pub fn read(run: &Simulation, frame: &PlotFrame, pixel: f64) -> Option<Readout> {
    let wanted = frame.x_at(pixel);
    let nearest = points(run)
        .into_iter()
        .min_by(|a, b| (a.0 - wanted).abs().total_cmp(&(b.0 - wanted).abs()))?;
    let (x, y) = frame.pixel(nearest.0, nearest.1);
    let text = format!(
        "t = {}, Jₜ = {}",
        notation::plain(nearest.0, 4),
        notation::plain(nearest.1, 4)
    );
    Some(Readout { x, y, text })
}
