//! Axes: a frame with a few ticks at round values, powers of ten written as powers.

use super::{Area, Error, PlotFrame, Theme, colour, text};
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

/// A text above a frame, and its colour.
pub type Heading = (String, RGBColor);

/// Height of a line of text, in text sizes.
const LINE: f64 = 1.4;
/// Room for tick labels left of the plot, in text sizes.
const LEFT: f64 = 3.6;
/// Space between two labels across, in text sizes.
const APART: f64 = 0.8;
/// Digits of a label at most; where more are needed, labels count from a round value.
const MOST_DIGITS: i32 = 6;
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
    headings: &[Heading],
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
    /// Ticks up that have names of their own, likewise.
    pub named_up: Option<Vec<(f64, String)>>,
    /// Whether the ticks up may stand closer than usual, in a low panel.
    pub close: bool,
    /// Whether the ticks across stay without labels, since they stand under another panel.
    pub bare: bool,
}

/// Space that the labels of an axis up need left of it on so many pixels, in text sizes, for
/// panels that stand in line.
pub fn left(theme: &Theme, range: (f64, f64), pixels: u32) -> f64 {
    // Headings may leave room for fewer ticks, down to the fewest that there are.
    let most = f64::from(pixels) / f64::from(theme.em(1.3).max(1));
    let counts = (2..=8).map(f64::from).filter(|count| *count < most + 1.0);
    let widest = counts.flat_map(|count| Ticks::new(range, count).labels);
    widest.fold(LEFT, |left, label| left.max(text::width(&label) + 0.7))
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
    headings: &[Heading],
    room: &Room,
) -> Result<PlotFrame, Error<DB>> {
    area.fill(&colour(&theme.paper))?;
    let (width, height) = area.dim_in_pixel();
    let below = theme.em(if room.bare { 0.8 } else { 2.6 });
    let close = theme.em(if room.close { 1.3 } else { 2.2 });
    let most_up = |top: i32| f64::from(height as i32 - below - top) / f64::from(close.max(1));
    let first_line = theme.em(0.6 + LINE);
    let up = Ticks::new(y.range, most_up(first_line));
    let up_title = match room.named_up {
        Some(_) => y.name.to_owned(),
        None => up.title(y.name),
    };
    let headings = flow(theme, width, &up_title, headings);
    let lines = headings.last().map_or(1, |line| line.row + 1);
    let top = theme.em(0.6 + LINE * lines as f64);
    let bottom = (height as i32 - below).max(top + 1);
    // With more lines above there is room for fewer ticks.
    let up = Ticks::new(y.range, most_up(top));
    let up_named = room.named_up.clone().unwrap_or_else(|| up.named());
    let longest = up_named.iter().map(|(_, label)| text::width(label));
    let left = longest.fold(LEFT.max(room.left), |left, label| left.max(label + 0.7));
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

    let across = Ticks::across(x.range, theme, frame.right - frame.left);
    let named = room.named.clone().unwrap_or_else(|| across.named());
    let mut free = 0;
    for (value, label) in named {
        let at = frame.pixel(value, y.range.0).0;
        area.draw(&PathElement::new(
            vec![(at, frame.top), (at, frame.bottom)],
            grid,
        ))?;
        let half = theme.em(text::width(&label) / 2.0) + 1;
        if room.bare || at - half < free || at + half > width as i32 {
            continue;
        }
        free = at + half + theme.em(APART / 2.0);
        area.draw(&Text::new(
            label,
            (at, frame.bottom + theme.em(0.35)),
            theme.text(faint, HPos::Center, VPos::Top),
        ))?;
    }
    for (value, label) in up_named {
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
        up_title,
        above,
        theme.text(ink, HPos::Left, VPos::Top),
    ))?;
    for heading in headings {
        let at = (heading.right, theme.em(0.4 + LINE * heading.row as f64));
        let style = theme.text(heading.colour, HPos::Right, VPos::Top);
        area.draw(&Text::new(heading.text, at, style))?;
    }
    Ok(frame)
}

/// A text above the frame.
struct Placed {
    text: String,
    colour: RGBColor,
    row: usize,
    right: i32,
}

/// Headings in lines, from the right, beside the name of the axis as long as there is room.
fn flow(theme: &Theme, width: u32, title: &str, headings: &[Heading]) -> Vec<Placed> {
    let size = f64::from(theme.em(1.0).max(1));
    let whole = f64::from(width) / size - 1.4;
    let mut placed: Vec<Placed> = Vec::new();
    let (mut row, mut room) = (0, whole - text::width(title) - APART);
    for (heading, colour) in headings {
        let lines = if cfg!(feature = "experiments") {
            text::lines(heading, whole)
        } else {
            vec![heading.clone()]
        };
        for text in lines {
            let wide = text::width(&text);
            if wide > room && !(row > 0 && room == whole) {
                row += 1;
                room = whole;
            }
            // What stands on the line already makes room, to the left.
            let shift = theme.em(wide + 2.0 * APART);
            for other in placed.iter_mut().filter(|other| other.row == row) {
                other.right -= shift;
            }
            placed.push(Placed {
                text,
                colour: *colour,
                row,
                right: width as i32 - theme.em(1.0),
            });
            room -= wide + 2.0 * APART;
        }
    }
    placed
}

/// Round values on an axis, and what their labels leave out: a power of ten, and a value from
/// which they count.
#[derive(Clone, Debug)]
pub struct Ticks {
    values: Vec<f64>,
    labels: Vec<String>,
    exponent: i32,
    origin: Option<String>,
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
        // A tick at an end is one, however the division is rounded.
        let near = |ratio: f64| 1e-9 + 4e-16 * ratio.abs();
        let [low, high] = [range.0 / step, range.1 / step];
        let first = (low - near(low)).ceil() as i64;
        let last = (high + near(high)).floor() as i64;
        let values: Vec<f64> = (first..=last).map(|i| i as f64 * step).collect();
        let largest = range.0.abs().max(range.1.abs());
        let top = decade(largest);
        // The plots of the lab begin at 0.
        if cfg!(feature = "experiments") && top - step_exponent >= MOST_DIGITS {
            let round = ten_to(decade(span) + 1);
            let origin = (range.0 / round).floor();
            let steps = (origin * (round / step)).round() as i64;
            let exponent = decade(span);
            let decimals = (exponent - step_exponent).max(0) as usize;
            let unit = mantissa * ten_to(base - exponent);
            let label = |i: i64| signed((i - steps) as f64 * unit, decimals);
            return Ticks {
                values,
                labels: (first..=last).map(label).collect(),
                exponent,
                origin: Some(round_value(origin, decade(span) + 1)),
            };
        }
        let exponent = if PLAIN.contains(&top) { 0 } else { top };
        let decimals = (exponent - step_exponent).max(0) as usize;
        let label = |&value: &f64| signed(value / ten_to(exponent), decimals);
        Ticks {
            labels: values.iter().map(label).collect(),
            values,
            exponent,
            origin: None,
        }
    }

    /// As many ticks as have room for their labels beside each other on so many pixels.
    fn across(range: (f64, f64), theme: &Theme, pixels: i32) -> Self {
        let em = f64::from(theme.em(1.0).max(1));
        let most = (f64::from(pixels) / em / 3.0).clamp(2.0, 8.0) as i32;
        let mut ticks = Ticks::new(range, 2.0);
        for most in (3..=most).rev() {
            let more = Ticks::new(range, f64::from(most));
            if more.fits(range, f64::from(pixels) / em) {
                ticks = more;
                break;
            }
        }
        ticks
    }

    /// Whether the labels stand apart on so many text sizes.
    fn fits(&self, range: (f64, f64), ems: f64) -> bool {
        let step = match self.values[..] {
            [first, second, ..] => (second - first) / (range.1 - range.0) * ems,
            _ => return true,
        };
        let widest = self.labels.iter().map(|label| text::width(label));
        widest.fold(0.0, f64::max) + 1.5 * APART <= step
    }

    fn named(&self) -> Vec<(f64, String)> {
        let labels = self.labels.iter().cloned();
        self.values.iter().copied().zip(labels).collect()
    }

    fn title(&self, name: &str) -> String {
        let name = match &self.origin {
            Some(origin) if origin.starts_with('−') => {
                format!("({name} + {})", origin.trim_start_matches('−'))
            }
            Some(origin) if origin != "0" => format!("({name} − {origin})"),
            _ => name.to_owned(),
        };
        if self.exponent == 0 {
            name
        } else {
            format!("{name} / 10{}", superscript(self.exponent))
        }
    }
}

/// A multiple of a power of ten, without zeros at its end.
fn round_value(multiple: f64, exponent: i32) -> String {
    let decimals = (-exponent).max(0) as usize;
    let text = signed(multiple * ten_to(exponent), decimals);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
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
    // Values that are told apart by their last digits only are one.
    if margin > 1e-14 * low.abs().max(high.abs()) {
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
            (
                (0.9993100001, 0.9993100002),
                5.0,
                vec!["1.0", "1.2", "1.4", "1.6", "1.8", "2.0"],
                "(t − 0.99931) / 10⁻¹⁰",
            ),
            (
                (-0.9993100002, -0.9993100001),
                2.0,
                vec!["8.0", "8.5", "9.0"],
                "(t + 0.999310001) / 10⁻¹⁰",
            ),
        ] {
            let ticks = Ticks::new(range, most);
            assert_eq!(ticks.labels, labels);
            assert_eq!(ticks.title("t"), title);
        }
    }

    #[test]
    fn labels_across_leave_room_between_them() {
        let theme = Theme::default();
        let ranges = [
            (0.9993100001, 0.9993100002),
            (0.99931, 0.999312),
            (0.9, 1.0),
            (-4.5e-6, 3e-7),
            (0.0, 1e18),
        ];
        for range in ranges {
            for pixels in [80, 150, 400, 1200] {
                let ticks = Ticks::across(range, &theme, pixels);
                assert!(!ticks.values.is_empty(), "{range:?}");
                let room = f64::from(pixels) / theme.size;
                assert!(ticks.fits(range, room) || pixels == 80, "{ticks:?}");
            }
        }
    }

    #[test]
    fn headings_are_never_wider_than_the_picture() {
        let theme = Theme::default();
        let text = "fit: a = 0.00153(12), b = 0.0996(11), of which much could be said";
        let headings = [(text.to_owned(), BLACK), ("paper".to_owned(), BLACK)];
        for width in [150, 320, 640, 1280] {
            let placed = flow(&theme, width, "m_eq / 10⁻⁵", &headings);
            let lines: Vec<&str> = placed.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(lines.join(" "), format!("{text} paper"));
            for line in placed {
                let left = line.right - theme.em(text::width(&line.text));
                let least = if line.row == 0 { "m_eq / 10⁻⁵" } else { "" };
                assert!(left >= theme.em(text::width(least)), "{}", line.text);
            }
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
