//! What stands around the lattice: its frame, column numbers and the names of the reservoirs.

use super::{Area, Error, Theme, colour};
use crate::params::Params;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};
use serde::Deserialize;

/// Where the lattice stands in the drawing, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename = "LatticeInner")]
pub struct Inner {
    /// Left edge of column 1.
    pub left: f64,
    /// Top edge of row Ly.
    pub top: f64,
    /// Right edge of column Lx.
    pub right: f64,
    /// Bottom edge of row 1.
    pub bottom: f64,
    /// Width of the strip that stands for a reservoir.
    pub reservoir: f64,
    /// Space between that and the lattice.
    pub gap: f64,
}

/// The names of the reservoirs, with what they hold.
pub(crate) fn names(params: &Params) -> [String; 2] {
    let name = |name, m| format!("{name}  m = {m}").replace('-', "−");
    [name("R₋", params.m_left), name("R₊", params.m_right)]
}

/// Draws the frame; the lattice itself is left out.
///
/// # Errors
/// Those of the backend.
pub fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    params: &Params,
    inner: &Inner,
) -> Result<(), Error<DB>> {
    area.fill(&colour(&theme.paper))?;
    let (ink, faint) = (colour(&theme.ink), colour(&theme.faint));
    let line = theme.line(faint, 1.0);
    let [left, top, right, bottom] =
        [inner.left, inner.top, inner.right, inner.bottom].map(|edge| edge.round() as i32);
    area.draw(&Rectangle::new(
        [(left - 1, top - 1), (right + 1, bottom + 1)],
        line,
    ))?;
    let cell = (inner.right - inner.left) / f64::from(params.lx);
    for x in [1, params.lx] {
        let at = (inner.left + (f64::from(x) - 0.5) * cell).round() as i32;
        area.draw(&Text::new(
            x.to_string(),
            (at, bottom + theme.em(0.4)),
            theme.text(faint, HPos::Center, VPos::Top),
        ))?;
    }
    let middle = (left + right) / 2;
    area.draw(&Text::new(
        "x",
        (middle, bottom + theme.em(0.4)),
        theme.text(faint, HPos::Center, VPos::Top),
    ))?;
    if params.reservoirs.flip() {
        let (gap, strip) = (inner.gap.round() as i32, inner.reservoir.round() as i32);
        let [minus, plus] = names(params);
        for (text, from, to, h) in [
            (minus, left - gap - strip, left - gap, HPos::Left),
            (plus, right + gap, right + gap + strip, HPos::Right),
        ] {
            area.draw(&Rectangle::new(
                [(from - 1, top - 1), (to + 1, bottom + 1)],
                line,
            ))?;
            let at = if matches!(h, HPos::Left) { from } else { to };
            area.draw(&Text::new(
                text,
                (at, top - theme.em(0.4)),
                theme.text(ink, h, VPos::Bottom),
            ))?;
        }
    }
    area.present()
}
