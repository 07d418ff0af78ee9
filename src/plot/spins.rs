//! A configuration of spins: square cells of whole pixels, + dark on the paper's white.

use super::{Area, Error, Theme, colour};
use plotters::prelude::*;

/// Draws the spins of `lx`×`ly` sites, true for +, (x, y) at x·ly + y from 0, in the middle
/// of the top of `room`; its frame alone where there are none. A lattice of more sites than
/// `room` has pixels is thinned out.
pub(crate) fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    (lx, ly): (u32, u32),
    [(left, top), (right, bottom)]: [(i32, i32); 2],
    up: Option<&[bool]>,
) -> Result<(), Error<DB>> {
    let (lx, ly) = (lx as i32, ly as i32);
    let room = ((right - left).max(1), (bottom - top).max(1));
    let cell = (room.0 / lx).min(room.1 / ly).max(1);
    let every = pieces(lx * cell, room.0).max(pieces(ly * cell, room.1));
    let (columns, rows) = (pieces(lx, every), pieces(ly, every));
    let (width, height) = (columns * cell, rows * cell);
    let x0 = left + (room.0 - width).max(0) / 2;
    let frame = [(x0 - 1, top - 1), (x0 + width, top + height)];
    let faint = theme.line(colour(&theme.faint), 1.0);
    let Some(up) = up else {
        return area.draw(&Rectangle::new(frame, faint));
    };
    let (plus, minus) = (colour(&theme.plus), colour(&theme.minus));
    let whole = [(x0, top), (x0 + width, top + height)];
    area.draw(&Rectangle::new(whole, minus.filled()))?;
    for x in 0..columns {
        let spin = |y: i32| up[(x * every * ly + y * every) as usize];
        let mut y = 0;
        // Runs of equal spins as one rectangle each.
        while y < rows {
            let first = y;
            while y < rows && spin(y) == spin(first) {
                y += 1;
            }
            if spin(first) {
                // Row 1 is at the bottom.
                let corners = [
                    (x0 + x * cell, top + height - y * cell),
                    (x0 + (x + 1) * cell, top + height - first * cell),
                ];
                area.draw(&Rectangle::new(corners, plus.filled()))?;
            }
        }
    }
    area.draw(&Rectangle::new(frame, faint))
}

/// How many pieces of a size make a length, rounded up.
fn pieces(length: i32, size: i32) -> i32 {
    ((length + size - 1) / size.max(1)).max(1)
}
