//! Axes: a frame with a few ticks at round values, powers of ten written as powers.

use super::{Area, Error, PlotFrame, Theme, colour};
use crate::notation::{decade, signed, superscript, ten_to};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Exponents of ten that need no power on an axis.
const PLAIN: std::ops::RangeInclusive<i32> = -2..=3;

/// Range and name of one axis.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Least and largest value.
    pub range: (f64, f64),
    /// Symbol, such as "t".
    pub name: &'static str,
}

/// Height of a line of text, in text sizes.
const LINE: f64 = 1.4;
/// Room for tick labels left of the plot, in text sizes.
const LEFT: f64 = 3.6;
/// Width of a character of a label, in text sizes.
pub(crate) const DIGIT: f64 = 0.58;
/// Beyond these, differences and steps of ticks could overflow.
const HUGE: f64 = 1e300;

/// Draws the axes into an emptied area and returns the frame that they span. The
/// `headings` stand above the frame, where no curve runs, one line each.
///
/// # Errors
/// Those of the backend.
pub fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    x: &Axis,
    y: &Axis,
    headings: &[(String, RGBColor)],
) -> Result<PlotFrame, Error<DB>> {
    panel(area, theme, x, y, headings, &Room::default())
}

/// What one panel among several needs to stand in line with the others.
#[derive(Clone, Debug, Default)]
pub struct Room {
    /// Space left of the plot, in text sizes: at least so much.
    pub left: f64,
    /// Ticks across that have names of their own, each at its value; the axis' own if none.
    pub named: Option<Vec<(f64, String)>>,
    /// Whether the ticks up may stand closer than usual, in a low panel.
    pub close: bool,
    /// Whether the ticks across stay without labels, since they stand under another panel.
    pub bare: bool,
}

/// Draws one panel of several, as [`draw`].
///
/// # Errors
/// Those of the backend.
pub fn panel<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    x: &Axis,
    y: &Axis,
    headings: &[(String, RGBColor)],
    room: &Room,
) -> Result<PlotFrame, Error<DB>> {
    area.fill(&colour(&theme.paper))?;
    let (width, height) = area.dim_in_pixel();
    let lines = headings.len().max(1) as f64;
    let top = theme.em(0.6 + LINE * lines);
    let below = theme.em(if room.bare { 0.8 } else { 2.6 });
    let bottom = (height as i32 - below).max(top + 1);
    let apart = theme.em(if room.close { 1.3 } else { 2.2 });
    let up = Ticks::new(y.range, f64::from(bottom - top) / f64::from(apart));
    let longest = up.values.iter().map(|&v| up.label(v).chars().count()).max();
    let left = LEFT
        .max(room.left)
        .max(DIGIT * longest.unwrap_or(0) as f64 + 0.7);
    let left = theme.em(left);
    let frame = PlotFrame {
        left,
        top,
        right: (width as i32 - theme.em(1.0)).max(left + 1),
        bottom,
        x0: x.range.0,
        x1: x.range.1,
        y0: y.range.0,
        y1: y.range.1,
    };
    let (ink, faint) = (colour(&theme.ink), colour(&theme.faint));
    let grid = theme.line(colour(&theme.grid), 1.0);

    let across = Ticks::new(
        x.range,
        f64::from(frame.right - frame.left) / f64::from(theme.em(5.5)),
    );
    let named = room.named.clone().unwrap_or_else(|| {
        let label = |&value: &f64| (value, across.label(value));
        across.values.iter().map(label).collect()
    });
    for (value, label) in named {
        let at = frame.pixel(value, y.range.0).0;
        area.draw(&PathElement::new(
            vec![(at, frame.top), (at, frame.bottom)],
            grid,
        ))?;
        let half = theme.em(DIGIT * label.chars().count() as f64 / 2.0);
        if room.bare || at + half > width as i32 {
            continue;
        }
        area.draw(&Text::new(
            label,
            (at, frame.bottom + theme.em(0.35)),
            theme.text(faint, HPos::Center, VPos::Top),
        ))?;
    }
    for &value in &up.values {
        let at = frame.pixel(x.range.0, value).1;
        let style = if value == 0.0 {
            theme.line(faint, 1.0)
        } else {
            grid
        };
        area.draw(&PathElement::new(
            vec![(frame.left, at), (frame.right, at)],
            style,
        ))?;
        let label = up.label(value);
        area.draw(&Text::new(
            label,
            (frame.left - theme.em(0.35), at),
            theme.text(faint, HPos::Right, VPos::Center),
        ))?;
    }
    let border = [
        (frame.left, frame.top),
        (frame.left, frame.bottom),
        (frame.right, frame.bottom),
    ];
    area.draw(&PathElement::new(border.to_vec(), theme.line(faint, 1.0)))?;

    if !room.bare {
        let below = (frame.right, frame.bottom + theme.em(1.5));
        let title = match room.named {
            Some(_) => x.name.to_owned(),
            None => across.title(x.name),
        };
        area.draw(&Text::new(
            title,
            below,
            theme.text(ink, HPos::Right, VPos::Top),
        ))?;
    }
    let above = (theme.em(0.4), theme.em(0.4));
    area.draw(&Text::new(
        up.title(y.name),
        above,
        theme.text(ink, HPos::Left, VPos::Top),
    ))?;
    for (number, (heading, colour)) in headings.iter().enumerate() {
        let at = (frame.right, theme.em(0.4 + LINE * number as f64));
        let style = theme.text(*colour, HPos::Right, VPos::Top);
        area.draw(&Text::new(heading.as_str(), at, style))?;
    }
    Ok(frame)
}

/// Round values on an axis, and the power of ten that their labels leave out.
#[derive(Clone, Debug)]
pub struct Ticks {
    values: Vec<f64>,
    exponent: i32,
    decimals: usize,
}

impl Ticks {
    /// At most about `most` ticks at multiples of 1, 2 or 5 powers of ten.
    pub fn new(range: (f64, f64), most: f64) -> Self {
        let span = range.1 - range.0;
        let rough = span / most.clamp(2.0, 8.0);
        let base = decade(rough);
        let mantissa = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .find(|m| m * ten_to(base) >= rough * 0.999)
            .unwrap_or(10.0);
        let step_exponent = if mantissa == 10.0 { base + 1 } else { base };
        let step = mantissa * ten_to(base);
        let first = (range.0 / step - 1e-9).ceil() as i64;
        let last = (range.1 / step + 1e-9).floor() as i64;
        let values: Vec<f64> = (first..=last).map(|i| i as f64 * step).collect();
        let largest = range.0.abs().max(range.1.abs());
        let top = decade(largest);
        let exponent = if PLAIN.contains(&top) { 0 } else { top };
        Ticks {
            values,
            exponent,
            decimals: (exponent - step_exponent).max(0) as usize,
        }
    }

    fn label(&self, value: f64) -> String {
        signed(value / ten_to(self.exponent), self.decimals)
    }

    fn title(&self, name: &str) -> String {
        if self.exponent == 0 {
            name.to_owned()
        } else {
            format!("{name} / 10{}", superscript(self.exponent))
        }
    }
}

/// A range around values, with a margin; never empty.
pub fn around(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|value| value.abs() < HUGE)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    if low > high {
        return (-1.0, 1.0);
    }
    let margin = 0.06 * (high - low);
    if margin > 0.0 {
        (low - margin, high + margin)
    } else {
        let margin = if low == 0.0 { 1.0 } else { low.abs() / 2.0 };
        (low - margin, high + margin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        for (range, most, labels, title) in [
            ((0.0, 10.0), 5.0, vec!["0", "2", "4", "6", "8", "10"], "t"),
            (
                (-1.0, 1.0),
                4.0,
                vec!["−1.0", "−0.5", "0.0", "0.5", "1.0"],
                "t",
            ),
            ((0.0, 3.2e6), 4.0, vec!["0", "1", "2", "3"], "t / 10⁶"),
            (
                (-4e-6, 0.0),
                4.0,
                vec!["−4", "−3", "−2", "−1", "0"],
                "t / 10⁻⁶",
            ),
        ] {
            let ticks = Ticks::new(range, most);
            let shown: Vec<String> = ticks.values.iter().map(|&v| ticks.label(v)).collect();
            assert_eq!(shown, labels);
            assert_eq!(ticks.title("t"), title);
        }
    }

    #[test]
    fn a_range_is_never_empty() {
        for values in [
            vec![],
            vec![0.0],
            vec![3.0, 3.0],
            vec![f64::NAN],
            vec![-1.0, 2.0],
        ] {
            let (low, high) = around(values.into_iter());
            assert!(low < high);
        }
    }
}
