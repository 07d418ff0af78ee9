//! The bands of ±1 and ±2 standard deviations.

use crate::plot::record::Record;
use crate::plot::{Area, Error, PlotFrame, Theme, colour};
use plotters::prelude::*;

/// A range that holds the bands and all values.
pub(super) fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let largest = values
        .filter(|z| z.is_finite())
        .fold(2.0, |most: f64, z| most.max(z.abs() + 1.0));
    let largest = (1.1 * largest).min(1e12);
    (-largest, largest)
}

/// Draws them over a frame whose ordinate is in σ.
pub(super) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
) -> Result<(), Error<Record>> {
    let hue = colour(&theme.faint);
    for (sigmas, share) in [(2.0, 0.10), (1.0, 0.23)] {
        let [low, high] = [-sigmas, sigmas].map(|z: f64| z.clamp(frame.y0, frame.y1));
        let corners = [
            (frame.left, frame.pixel(frame.x0, high).1),
            (frame.right, frame.pixel(frame.x0, low).1),
        ];
        area.draw(&Rectangle::new(corners, theme.tint(hue, share).filled()))?;
    }
    let zero = frame.pixel(frame.x0, 0.0).1;
    area.draw(&PathElement::new(
        vec![(frame.left, zero), (frame.right, zero)],
        theme.line(hue, 1.0),
    ))
}
