//! Measured points: marks with error bars, and labels that keep out of each other's way.

use super::axes::DIGIT;
use super::{Area, Error, PlotFrame, Theme, colour};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// A shape, so that nothing is told by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// ●
    Circle,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
    /// ■
    Square,
}

/// Half the size of a mark, in text sizes.
pub const RADIUS: f64 = 0.34;

/// How a point is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Its shape.
    pub shape: Shape,
    /// Its colour.
    pub colour: RGBColor,
    /// Whether it is hollow, as a point that is not final.
    pub hollow: bool,
}

impl Mark {
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
        let paper = colour(&theme.paper);
        let fill = if self.hollow { paper } else { self.colour };
        let line = theme.line(self.colour, 1.5);
        let r = f64::from(theme.em(RADIUS).max(2));
        let corner =
            |x: f64, y: f64| (at.0 + (r * x).round() as i32, at.1 + (r * y).round() as i32);
        let corners = match self.shape {
            Shape::Circle => {
                area.draw(&Circle::new(at, r, fill.filled()))?;
                return area.draw(&Circle::new(at, r, line));
            }
            Shape::Triangle => vec![corner(0.0, -1.2), corner(1.1, 0.8), corner(-1.1, 0.8)],
            Shape::Diamond => vec![
                corner(0.0, -1.3),
                corner(1.3, 0.0),
                corner(0.0, 1.3),
                corner(-1.3, 0.0),
            ],
            Shape::Square => vec![
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

/// A rectangle of pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rect {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Rect {
    fn overlap(&self, other: &Rect) -> f64 {
        let across = self.right.min(other.right) - self.left.max(other.left);
        let down = self.bottom.min(other.bottom) - self.top.max(other.top);
        across.max(0.0) * down.max(0.0)
    }

    fn area(&self) -> f64 {
        (self.right - self.left) * (self.bottom - self.top)
    }
}

/// Where a label may stand: a pixel, and which of its sides is there.
pub type Candidate = (i32, i32, HPos, VPos);

/// Labels inside a frame.
#[derive(Clone, Debug)]
pub struct Labels {
    bounds: Rect,
    taken: Vec<Rect>,
}

impl Labels {
    /// None as yet.
    pub fn new(frame: &PlotFrame) -> Self {
        Labels {
            bounds: Rect {
                left: f64::from(frame.left),
                top: f64::from(frame.top),
                right: f64::from(frame.right),
                bottom: f64::from(frame.bottom),
            },
            taken: Vec::new(),
        }
    }

    /// Something is drawn around a pixel.
    pub fn keep_off(&mut self, at: (i32, i32), across: i32, down: i32) {
        self.taken.push(Rect {
            left: f64::from(at.0 - across),
            top: f64::from(at.1 - down),
            right: f64::from(at.0 + across),
            bottom: f64::from(at.1 + down),
        });
    }

    /// A line is drawn through pixels.
    pub fn keep_off_line(&mut self, pixels: &[(i32, i32)], width: i32) {
        for pair in pixels.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let length = (to.0 - from.0).abs().max((to.1 - from.1).abs());
            let pieces = (length / (3 * width.max(1))).clamp(1, 400);
            for i in 0..=pieces {
                let between = |a: i32, b: i32| a + (b - a) * i / pieces;
                self.keep_off((between(from.0, to.0), between(from.1, to.1)), width, width);
            }
        }
    }

    /// Draws a text at the first of the candidates that is free, or else at the one that
    /// covers least.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn place<DB: DrawingBackend>(
        &mut self,
        area: &Area<DB>,
        theme: &Theme,
        text: &str,
        hue: RGBColor,
        candidates: &[Candidate],
    ) -> Result<(), Error<DB>> {
        let mut best: Option<(f64, Candidate, Rect)> = None;
        for candidate in candidates {
            let rect = self.rect(theme, text, candidate);
            let cost = self.cost(&rect);
            if best.is_none_or(|(least, ..)| cost < least) {
                best = Some((cost, *candidate, rect));
            }
            if cost == 0.0 {
                break;
            }
        }
        let Some((_, (x, y, h, v), rect)) = best else {
            return Ok(());
        };
        self.taken.push(rect);
        // The anchor moves with the text where it would be cut off.
        let into = |low: f64, high: f64, least: f64, most: f64| {
            (least - low).max(0.0) + (most - high).min(0.0)
        };
        let shift = into(rect.left, rect.right, self.bounds.left, self.bounds.right);
        area.draw(&Text::new(
            text.to_owned(),
            (x + shift.round() as i32, y),
            theme.text(hue, h, v),
        ))
    }

    /// Whether a text has a place where it covers nothing.
    pub fn fits(&self, theme: &Theme, text: &str, candidates: &[Candidate]) -> bool {
        let free = |candidate| self.cost(&self.rect(theme, text, candidate)) == 0.0;
        candidates.iter().any(free)
    }

    fn rect(&self, theme: &Theme, text: &str, candidate: &Candidate) -> Rect {
        let (x, y, h, v) = candidate;
        let width = f64::from(theme.em(DIGIT * text.chars().count() as f64));
        let height = f64::from(theme.em(1.15));
        let left = f64::from(*x)
            - match h {
                HPos::Left => 0.0,
                HPos::Center => width / 2.0,
                HPos::Right => width,
            };
        let top = f64::from(*y)
            - match v {
                VPos::Top => 0.0,
                VPos::Center => height / 2.0,
                VPos::Bottom => height,
            };
        Rect {
            left,
            top,
            right: left + width,
            bottom: top + height,
        }
    }

    fn cost(&self, rect: &Rect) -> f64 {
        let covered: f64 = self.taken.iter().map(|other| rect.overlap(other)).sum();
        let outside = rect.area() - rect.overlap(&self.bounds);
        covered + 10.0 * outside
    }
}

/// Places on a grid over a frame, from the top left, for a label that may stand anywhere.
pub fn anywhere(frame: &PlotFrame, theme: &Theme) -> Vec<Candidate> {
    let step = (theme.em(1.0).max(4), theme.em(1.2).max(4));
    let rows = (frame.top + step.1 / 4..frame.bottom - step.1).step_by(step.1 as usize);
    rows.flat_map(|y| {
        let columns = (frame.left + step.0 / 2..frame.right).step_by(step.0 as usize);
        columns.map(move |x| (x, y, HPos::Left, VPos::Top))
    })
    .collect()
}

/// Places around a pixel, right above first.
pub fn around((x, y): (i32, i32), theme: &Theme) -> Vec<Candidate> {
    let (near, far) = (theme.em(0.6), theme.em(1.4));
    let mut candidates = Vec::new();
    for gap in [near, far, 2 * far] {
        candidates.extend([
            (x + gap, y - gap / 2, HPos::Left, VPos::Bottom),
            (x + gap, y, HPos::Left, VPos::Center),
            (x + gap, y + gap / 2, HPos::Left, VPos::Top),
            (x - gap, y + gap / 2, HPos::Right, VPos::Top),
            (x - gap, y, HPos::Right, VPos::Center),
            (x - gap, y - gap / 2, HPos::Right, VPos::Bottom),
            (x, y - gap, HPos::Center, VPos::Bottom),
            (x, y + gap, HPos::Center, VPos::Top),
        ]);
    }
    candidates
}

/// A text in lines of at most so many characters.
pub fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Says something in words in the middle of an empty frame.
///
/// # Errors
/// Those of the backend.
pub fn words<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    frame: &PlotFrame,
    text: &str,
) -> Result<(), Error<DB>> {
    let width = f64::from(frame.right - frame.left) / f64::from(theme.em(DIGIT).max(1));
    let lines = lines(text, (width as usize).saturating_sub(2).max(8));
    let height = theme.em(1.4);
    let first = (frame.top + frame.bottom) / 2 - height * (lines.len() as i32 - 1) / 2;
    for (number, line) in (0..).zip(&lines) {
        let at = ((frame.left + frame.right) / 2, first + height * number);
        area.draw(&Text::new(
            line.as_str(),
            at,
            theme.text(colour(&theme.faint), HPos::Center, VPos::Center),
        ))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::svg::Svg;

    #[test]
    fn lines_are_short_and_lose_no_word() {
        let text = "m_crit cannot be told: no point in the step has an error yet";
        let broken = lines(text, 20);
        assert!(broken.iter().all(|line| line.chars().count() <= 20));
        assert_eq!(broken.join(" "), text);
    }

    #[test]
    fn labels_keep_out_of_each_others_way() {
        let frame = PlotFrame {
            left: 0,
            top: 0,
            right: 400,
            bottom: 200,
            x0: 0.0,
            x1: 1.0,
            y0: 0.0,
            y1: 1.0,
        };
        let theme = Theme::default();
        let mut svg = String::new();
        let area = Svg::new(&mut svg, (400, 200)).into_drawing_area();
        let mut labels = Labels::new(&frame);
        for _ in 0..4 {
            let places = around((200, 100), &theme);
            labels
                .place(&area, &theme, "step", BLACK, &places)
                .expect("text can be drawn");
        }
        for (i, a) in labels.taken.iter().enumerate() {
            for b in &labels.taken[..i] {
                assert_eq!(a.overlap(b), 0.0);
            }
        }
    }
}
