//! J by column: what has crossed between neighbouring columns, which in a steady state is the same
//! everywhere, and shows where it is not.

use super::axes::{self, Axis, Room};
use super::columns::Columns;
use super::{Area, Error, PlotFrame, Readout, Theme, colour, dashed};
use crate::notation;
use crate::words::plots as words;
use plotters::prelude::*;

/// Draws J between neighbouring columns of one run with their error bars, the reservoirs' own at the
/// ends, and J as it is quoted.
///
/// # Errors
/// Those of the backend.
pub fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    columns: &Columns,
) -> Result<PlotFrame, Error<DB>> {
    let frame = panel(area, theme, columns, &Room::default())?;
    area.present()?;
    Ok(frame)
}

/// The same in one panel among several.
///
/// # Errors
/// Those of the backend.
pub fn panel<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    columns: &Columns,
    room: &Room,
) -> Result<PlotFrame, Error<DB>> {
    let (ink, faint, plus) = (
        colour(&theme.ink),
        colour(&theme.faint),
        colour(&theme.plus),
    );
    let bars = || {
        let bars = columns.values.iter().zip(&columns.errors);
        bars.map(|(&j, error)| [j - error.unwrap_or(0.0), j + error.unwrap_or(0.0)])
    };
    let (quoted, error) = columns.current;
    let shown = bars().flatten().chain(quoted).chain([0.0]);
    let x = Axis {
        range: (-0.5, f64::from(columns.params.lx) + 0.5),
        name: "x",
    };
    let y = Axis {
        range: axes::around(shown),
        name: "J",
    };
    let mut headings = Vec::new();
    if quoted.is_some() {
        headings.push((format!("— J = {}", notation::mean(quoted, error)), ink));
    }
    if columns.errors.iter().any(Option::is_none) {
        headings.push((words::SOME_WITHOUT_ERROR.said().to_owned(), faint));
    }
    if columns.values.is_empty() {
        headings.push((words::NO_COLUMN_CURRENTS.said().to_owned(), faint));
    }
    let frame = axes::panel(area, theme, &x, &y, &headings, room)?;
    if let Some(j) = quoted {
        let ends = [x.range.0, x.range.1].map(|at| frame.pixel(at, j));
        area.draw(&PathElement::new(ends.to_vec(), theme.line(ink, 1.0)))?;
        if let Some(error) = error {
            for j in [j - error, j + error] {
                let [from, to] = [x.range.0, x.range.1].map(|at| frame.pixel(at, j));
                dashed(
                    area,
                    from,
                    to,
                    theme.em(0.25).max(1),
                    theme.line(faint, 1.0),
                )?;
            }
        }
    }
    let radius = theme.em(0.2).max(2);
    for (column, ([low, high], &j)) in bars().zip(&columns.values).enumerate() {
        let at = column as f64;
        let ends = vec![frame.pixel(at, low), frame.pixel(at, high)];
        area.draw(&PathElement::new(ends, theme.line(plus, 1.0)))?;
        area.draw(&Circle::new(frame.pixel(at, j), radius, plus.filled()))?;
    }
    Ok(frame)
}

/// J beside the column nearest to a pixel.
pub fn read(columns: &Columns, frame: &PlotFrame, pixel: f64) -> Option<Readout> {
    let last = columns.values.len().checked_sub(1)?;
    let column = frame.x_at(pixel).round().clamp(0.0, last as f64) as usize;
    let j = columns.values[column];
    let value = match columns.errors[column] {
        Some(error) => notation::with_error(j, error),
        None => notation::mean(Some(j), None),
    };
    let text = match column {
        0 => words::current_in(value),
        _ if column == last => words::current_out(value),
        _ => words::current_between(column, column + 1, value),
    };
    let (x, y) = frame.pixel(column as f64, j);
    Some(Readout { x, y, text })
}
