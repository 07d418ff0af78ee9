//! Measured points: marks with error bars.

use super::{Area, Error, PlotFrame, Theme, colour};
use crate::words::plots::WITHOUT_ERROR;
use plotters::prelude::*;

/// The shape of a mark, so that nothing is told by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// ●
    Circle,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
    /// ■
    Square,
    /// ▼
    Down,
}

impl Symbol {
    /// The character that looks like it.
    pub fn sign(self) -> &'static str {
        match self {
            Symbol::Circle => "●",
            Symbol::Triangle => "▲",
            Symbol::Diamond => "◆",
            Symbol::Square => "■",
            Symbol::Down => "▼",
        }
    }
}

/// What stands before the name of a dashed line where it is not beside it.
pub const DASHED: &str = "– –";

/// Half the size of a mark, in text sizes.
pub const RADIUS: f64 = 0.34;

/// How a point is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Its shape.
    pub symbol: Symbol,
    /// Its colour.
    pub colour: RGBColor,
    /// Whether it is hollow, as a point that is not final.
    pub hollow: bool,
    /// Whether it is crossed, as a point whose error is not known: without a bar it would look
    /// like one whose error is smaller than its mark.
    pub crossed: bool,
}

/// Half the length of the arms of a cross, in half sizes of a mark.
const ARM: f64 = 1.4;

/// What a cross means, as a heading of a plot that has points with one.
pub fn meaning_of_cross(theme: &Theme, crossed: bool) -> Option<(String, RGBColor)> {
    crossed.then(|| (WITHOUT_ERROR.to_owned(), colour(&theme.faint)))
}

impl Mark {
    /// How far it reaches from its middle, with some space around, in pixels.
    pub fn reach(&self, theme: &Theme) -> i32 {
        let arm = if self.crossed { ARM } else { 1.0 };
        theme.em(RADIUS * arm + 0.16)
    }

    /// Draws it at a pixel.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &Area<DB>,
        theme: &Theme,
        at: (i32, i32),
    ) -> Result<(), Error<DB>> {
        self.shape(area, theme, at)?;
        if self.crossed {
            let arm = (f64::from(theme.em(RADIUS).max(2)) * ARM).round() as i32;
            for up in [arm, -arm] {
                let ends = vec![(at.0 - arm, at.1 + up), (at.0 + arm, at.1 - up)];
                area.draw(&PathElement::new(ends, theme.line(self.colour, 1.5)))?;
            }
        }
        Ok(())
    }

    fn shape<DB: DrawingBackend>(
        &self,
        area: &Area<DB>,
        theme: &Theme,
        at: (i32, i32),
    ) -> Result<(), Error<DB>> {
        let paper = colour(&theme.paper);
        let fill = if self.hollow { paper } else { self.colour };
        let line = theme.line(self.colour, 1.5);
        let r = f64::from(theme.em(RADIUS).max(2));
        let corner =
            |x: f64, y: f64| (at.0 + (r * x).round() as i32, at.1 + (r * y).round() as i32);
        let corners = match self.symbol {
            Symbol::Circle => {
                area.draw(&Circle::new(at, r, fill.filled()))?;
                return area.draw(&Circle::new(at, r, line));
            }
            Symbol::Triangle => vec![corner(0.0, -1.2), corner(1.1, 0.8), corner(-1.1, 0.8)],
            Symbol::Down => vec![corner(0.0, 1.2), corner(1.1, -0.8), corner(-1.1, -0.8)],
            Symbol::Diamond => vec![
                corner(0.0, -1.3),
                corner(1.3, 0.0),
                corner(0.0, 1.3),
                corner(-1.3, 0.0),
            ],
            Symbol::Square => vec![
                corner(-0.9, -0.9),
                corner(0.9, -0.9),
                corner(0.9, 0.9),
                corner(-0.9, 0.9),
            ],
        };
        area.draw(&Polygon::new(corners.clone(), fill.filled()))?;
        let mut outline = corners;
        outline.push(outline[0]);
        area.draw(&PathElement::new(outline, line))
    }
}

/// Draws the bar y ± error with caps, cut off at the axes.
///
/// # Errors
/// Those of the backend.
pub fn error_bar<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    frame: &PlotFrame,
    (x, y): (f64, f64),
    error: f64,
    hue: RGBColor,
) -> Result<(), Error<DB>> {
    bar(area, theme, frame, x, (y - error, y + error), hue)
}

/// Draws the bar between two ordinates with caps, cut off at the axes.
///
/// # Errors
/// Those of the backend.
pub fn bar<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    frame: &PlotFrame,
    x: f64,
    ends: (f64, f64),
    hue: RGBColor,
) -> Result<(), Error<DB>> {
    let style = theme.line(hue, 1.0);
    let half = theme.em(0.25).max(1);
    let [low, high] = [ends.0, ends.1].map(|y| y.clamp(frame.y0, frame.y1));
    let (at, from) = frame.pixel(x, low);
    let (_, to) = frame.pixel(x, high);
    area.draw(&PathElement::new(vec![(at, from), (at, to)], style))?;
    for (end, inside) in [(from, low == ends.0), (to, high == ends.1)] {
        if inside {
            let cap = vec![(at - half, end), (at + half, end)];
            area.draw(&PathElement::new(cap, style))?;
        }
    }
    Ok(())
}
