//! Pictures, one file each, drawn on any plotters backend: the canvas of the page, or SVG.

pub mod axes;
#[cfg(feature = "experiments")]
pub mod code;
#[cfg(feature = "experiments")]
pub mod column_currents;
#[cfg(feature = "experiments")]
pub mod columns;
#[cfg(feature = "experiments")]
pub mod curves;
pub mod integrated_current;
#[cfg(feature = "experiments")]
pub mod labels;
pub mod lattice_frame;
#[cfg(feature = "experiments")]
pub mod magnified;
pub mod marks;
pub mod profile;
#[cfg(feature = "experiments")]
pub mod record;
pub mod rect;
pub mod running_mean;
#[cfg(feature = "experiments")]
pub mod snapshot;
#[cfg(feature = "experiments")]
pub(crate) mod spins;
#[cfg(feature = "experiments")]
pub mod svg;
pub mod text;

use crate::run::report::Direction;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use serde::{Deserialize, Serialize};

/// Families by name come first: some programs draw no text at all for `sans-serif` alone.
pub const FONTS: &str = "DejaVu Sans, Noto Sans, Liberation Sans, Helvetica, Arial, sans-serif";

/// Colours and sizes, as the page's style or the printed page wants them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Theme {
    /// Background, as #rrggbb like all of them.
    pub paper: String,
    /// Text and axes.
    pub ink: String,
    /// Secondary text.
    pub faint: String,
    /// Grid lines.
    pub grid: String,
    /// An uphill current.
    pub uphill: String,
    /// A downhill current.
    pub downhill: String,
    /// Plus spins, and lines that have no direction yet.
    pub plus: String,
    /// Minus spins.
    pub minus: String,
    /// A second run beside the first.
    pub second: String,
    /// Pixels of the drawing per unit of `size`.
    pub scale: f64,
    /// Font family.
    pub font: String,
    /// Size of the text.
    pub size: f64,
}

impl Default for Theme {
    /// Dark on white, for print, and for programs that have not every font.
    fn default() -> Self {
        let colours = [
            "#ffffff", "#1a1a1a", "#5c5c5c", "#e2e2e2", "#d55e00", "#009e73", "#0072b2", "#ffffff",
            "#aa4499",
        ];
        let [
            paper,
            ink,
            faint,
            grid,
            uphill,
            downhill,
            plus,
            minus,
            second,
        ] = colours.map(str::to_owned);
        Theme {
            paper,
            ink,
            faint,
            grid,
            uphill,
            downhill,
            plus,
            minus,
            second,
            scale: 1.0,
            font: FONTS.to_owned(),
            size: 12.0,
        }
    }
}

impl Theme {
    /// The colour of a current's direction.
    pub(crate) fn of(&self, direction: Direction) -> &str {
        match direction {
            Direction::Uphill => &self.uphill,
            Direction::Downhill => &self.downhill,
        }
    }

    /// A length given in units of the text size, in pixels.
    pub(crate) fn em(&self, ems: f64) -> i32 {
        (ems * self.size * self.scale).round() as i32
    }

    /// A thin line of a colour.
    pub(crate) fn line(&self, colour: RGBColor, width: f64) -> ShapeStyle {
        colour.stroke_width((width * self.scale).round().max(1.0) as u32)
    }

    /// A colour thinned with the paper's to a share, as if it were translucent: what is opaque
    /// is the same in every program that reads it.
    #[cfg(feature = "experiments")]
    pub(crate) fn tint(&self, colour: RGBColor, share: f64) -> RGBColor {
        let RGBColor(r, g, b) = self::colour(&self.paper);
        let between = |paper: u8, ink: u8| {
            (f64::from(paper) + (f64::from(ink) - f64::from(paper)) * share).round() as u8
        };
        RGBColor(
            between(r, colour.0),
            between(g, colour.1),
            between(b, colour.2),
        )
    }

    pub(crate) fn text(&self, colour: RGBColor, h: HPos, v: VPos) -> TextStyle<'_> {
        // By its name as it stands: to look for a generic family among all names takes Unicode's
        // tables of small and capital letters, which the page would have to load.
        (FontFamily::Name(&self.font), self.size * self.scale)
            .into_font()
            .color(&colour)
            .pos(Pos::new(h, v))
    }
}

/// A colour written as #rrggbb; anything else is middle grey, which shows on every paper.
pub(crate) fn colour(text: &str) -> RGBColor {
    let hex = text.trim().trim_start_matches('#');
    match (hex.len(), u32::from_str_radix(hex, 16)) {
        (6, Ok(rgb)) => RGBColor((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8),
        _ => RGBColor(128, 128, 128),
    }
}

/// The drawing area of a backend, and what can go wrong with it.
pub type Area<DB> = DrawingArea<DB, Shift>;
/// What a backend reports.
pub type Error<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// Pixels beyond which nothing is told apart, so that sums of them stay numbers.
const FAR: f64 = 1e6;

/// The plotting area inside a drawing, in pixels, and the ranges of its axes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct PlotFrame {
    /// Left edge.
    pub left: i32,
    /// Top edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Bottom edge.
    pub bottom: i32,
    /// Abscissa at the left edge.
    pub x0: f64,
    /// Abscissa at the right edge.
    pub x1: f64,
    /// Ordinate at the bottom edge.
    pub y0: f64,
    /// Ordinate at the top edge.
    pub y1: f64,
}

impl PlotFrame {
    /// The pixel of a point.
    pub fn pixel(&self, x: f64, y: f64) -> (i32, i32) {
        let across = (x - self.x0) / (self.x1 - self.x0);
        let up = (y - self.y0) / (self.y1 - self.y0);
        let at = |from: i32, to: i32, share: f64| {
            let pixel = (f64::from(from) + f64::from(to - from) * share).round();
            pixel.clamp(-FAR, FAR) as i32
        };
        (
            at(self.left, self.right, across),
            at(self.bottom, self.top, up),
        )
    }

    /// The abscissa under a pixel.
    pub fn x_at(&self, pixel: f64) -> f64 {
        let share = (pixel - f64::from(self.left)) / f64::from((self.right - self.left).max(1));
        self.x0 + share.clamp(0.0, 1.0) * (self.x1 - self.x0)
    }

    /// Whether a point lies within the axes.
    pub fn holds(&self, x: f64, y: f64) -> bool {
        (self.x0..=self.x1).contains(&x) && (self.y0..=self.y1).contains(&y)
    }
}

/// What a pointer reads off a plot: the marked point in pixels, and its values in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Readout {
    /// Pixels from the left.
    pub x: i32,
    /// Pixels from the top.
    pub y: i32,
    /// The values.
    pub text: String,
}

/// Draws a line through points, interrupted where they leave the axes.
pub(crate) fn curve<DB: DrawingBackend>(
    area: &Area<DB>,
    frame: &PlotFrame,
    points: impl Iterator<Item = (f64, f64)>,
    style: ShapeStyle,
) -> Result<(), Error<DB>> {
    let mut stretch: Vec<(i32, i32)> = Vec::new();
    for (x, y) in points {
        if frame.holds(x, y) {
            let pixel = frame.pixel(x, y);
            if stretch.last() != Some(&pixel) {
                stretch.push(pixel);
            }
        } else if !stretch.is_empty() {
            area.draw(&PathElement::new(std::mem::take(&mut stretch), style))?;
        }
    }
    if stretch.len() > 1 {
        area.draw(&PathElement::new(stretch, style))?;
    }
    Ok(())
}

/// Draws a dashed straight line between two pixels.
pub(crate) fn dashed<DB: DrawingBackend>(
    area: &Area<DB>,
    from: (i32, i32),
    to: (i32, i32),
    dash: i32,
    style: ShapeStyle,
) -> Result<(), Error<DB>> {
    let length = libm::hypot(f64::from(to.0 - from.0), f64::from(to.1 - from.1));
    let dashes = (length / f64::from(dash.max(1))).ceil().max(1.0) as i32;
    let at = |i: i32| {
        let share = f64::from(i) / f64::from(dashes);
        let between = |a: i32, b: i32| (f64::from(a) + f64::from(b - a) * share).round() as i32;
        (between(from.0, to.0), between(from.1, to.1))
    };
    for i in (0..dashes).step_by(2) {
        area.draw(&PathElement::new(vec![at(i), at(i + 1)], style))?;
    }
    Ok(())
}

/// Draws a dashed line through pixels.
#[cfg(feature = "experiments")]
pub(crate) fn dashed_path<DB: DrawingBackend>(
    area: &Area<DB>,
    pixels: &[(i32, i32)],
    dash: i32,
    style: ShapeStyle,
) -> Result<(), Error<DB>> {
    let dash = f64::from(dash.max(1));
    let mut along = 0.0;
    let mut stretch: Vec<(i32, i32)> = Vec::new();
    for pair in pixels.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = libm::hypot(f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let pieces = (length / (0.5 * dash)).ceil().clamp(1.0, 1000.0) as i32;
        for i in 0..pieces {
            let between = |a: i32, b: i32| a + (b - a) * i / pieces;
            if (along / dash) as i64 % 2 == 0 {
                stretch.push((between(from.0, to.0), between(from.1, to.1)));
            } else if stretch.len() > 1 {
                area.draw(&PathElement::new(std::mem::take(&mut stretch), style))?;
            }
            along += length / f64::from(pieces);
        }
    }
    if stretch.len() > 1 {
        area.draw(&PathElement::new(stretch, style))?;
    }
    Ok(())
}
