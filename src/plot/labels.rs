//! Labels inside a frame, beside what they name and upon nothing that is drawn.

use super::axes::Heading;
use super::rect::Rect;
use super::{Area, Error, PlotFrame, Theme, text};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// What is drawn where no label may stand.
#[derive(Clone, Copy, Debug)]
enum Obstacle {
    Box(Rect),
    Line {
        from: (f64, f64),
        to: (f64, f64),
        half: f64,
    },
}

impl Obstacle {
    fn is_in_the_way_of(&self, rect: &Rect) -> bool {
        match *self {
            Obstacle::Box(own) => own.meets(rect),
            Obstacle::Line { from, to, half } => rect.grown(half).is_crossed(from, to),
        }
    }
}

/// Where a label may stand: a pixel, and which of its sides is there.
pub type Candidate = (i32, i32, HPos, VPos);

/// Labels inside a frame.
#[derive(Debug)]
pub struct Labels {
    bounds: Rect,
    obstacles: Vec<Obstacle>,
    left_over: Vec<Heading>,
}

impl Labels {
    /// None as yet.
    pub fn new(frame: &PlotFrame) -> Self {
        Labels {
            bounds: Rect {
                left: f64::from(frame.left + 2),
                top: f64::from(frame.top),
                right: f64::from(frame.right),
                bottom: f64::from(frame.bottom - 2),
            },
            obstacles: Vec::new(),
            left_over: Vec::new(),
        }
    }

    /// Something is drawn around a pixel.
    pub fn keep_off(&mut self, at: (i32, i32), across: i32, down: i32) {
        self.obstacles.push(Obstacle::Box(Rect {
            left: f64::from(at.0 - across),
            top: f64::from(at.1 - down),
            right: f64::from(at.0 + across),
            bottom: f64::from(at.1 + down),
        }));
    }

    /// A line is drawn through pixels, to be kept off by so many.
    pub fn keep_off_line(&mut self, pixels: &[(i32, i32)], half: i32) {
        let real = |(x, y): (i32, i32)| (f64::from(x), f64::from(y));
        for pair in pixels.windows(2) {
            self.obstacles.push(Obstacle::Line {
                from: real(pair[0]),
                to: real(pair[1]),
                half: f64::from(half),
            });
        }
    }

    /// The bar from `low` to `high` at an abscissa, with its caps.
    pub fn keep_off_bar(&mut self, theme: &Theme, frame: &PlotFrame, x: f64, ends: (f64, f64)) {
        let [low, high] = [ends.0, ends.1].map(|y| frame.pixel(x, y.clamp(frame.y0, frame.y1)));
        self.keep_off_line(&[low, high], theme.em(0.25).max(1) + 1);
        for end in [low, high] {
            self.keep_off(end, theme.em(0.25).max(1) + 1, 2);
        }
    }

    /// Draws a text at the first of the candidates that is free; returns whether one was.
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
    ) -> Result<bool, Error<DB>> {
        let found = candidates.iter().find_map(|candidate| {
            let (shift, rect) = self.rect(theme, text, candidate);
            self.is_free(&rect).then_some((candidate, shift, rect))
        });
        let Some(((x, y, h, v), shift, rect)) = found else {
            return Ok(false);
        };
        self.obstacles.push(Obstacle::Box(rect));
        let style = theme.text(hue, copied_h(h), copied_v(v));
        area.draw(&Text::new(text.to_owned(), (x + shift, *y), style))?;
        Ok(true)
    }

    /// The same; a text for which there is no room is left over, behind the sign of what it names.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn name<DB: DrawingBackend>(
        &mut self,
        area: &Area<DB>,
        theme: &Theme,
        (sign, text): (&str, &str),
        hue: RGBColor,
        candidates: &[Candidate],
        above: &[Heading],
    ) -> Result<(), Error<DB>> {
        let heading = (format!("{sign} {text}").trim().to_owned(), hue);
        if above.contains(&heading) || self.place(area, theme, text, hue, candidates)? {
            return Ok(());
        }
        self.left_over.push(heading);
        Ok(())
    }

    /// What there was no room for.
    pub fn left_over(self) -> Vec<Heading> {
        self.left_over
    }

    /// Whether a text has a place where it covers nothing.
    pub fn fits(&self, theme: &Theme, text: &str, candidates: &[Candidate]) -> bool {
        let free = |candidate| self.is_free(&self.rect(theme, text, candidate).1);
        candidates.iter().any(free)
    }

    fn is_free(&self, rect: &Rect) -> bool {
        let taken = |other: &Obstacle| other.is_in_the_way_of(rect);
        rect.is_inside(&self.bounds) && !self.obstacles.iter().any(taken)
    }

    /// The rectangle of a text, moved sideways into the frame by so many pixels.
    fn rect(&self, theme: &Theme, text: &str, (x, y, h, v): &Candidate) -> (i32, Rect) {
        let width = f64::from(theme.em(text::width(text)));
        let height = f64::from(theme.em(text::HEIGHT));
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
        let into = (self.bounds.left - left).max(0.0) + (self.bounds.right - left - width).min(0.0);
        let shift = if into < 0.0 {
            into.floor()
        } else {
            into.ceil()
        };
        let rect = Rect {
            left: left + shift,
            top,
            right: left + shift + width,
            bottom: top + height,
        };
        (shift as i32, rect)
    }
}

/// A position is no value that could be copied.
fn copied_h(h: &HPos) -> HPos {
    match h {
        HPos::Left => HPos::Left,
        HPos::Center => HPos::Center,
        HPos::Right => HPos::Right,
    }
}

fn copied_v(v: &VPos) -> VPos {
    match v {
        VPos::Top => VPos::Top,
        VPos::Center => VPos::Center,
        VPos::Bottom => VPos::Bottom,
    }
}

/// Places around a pixel, right above first.
pub fn around((x, y): (i32, i32), theme: &Theme) -> Vec<Candidate> {
    let (near, far) = (theme.em(0.6), theme.em(1.4));
    let mut candidates = Vec::new();
    for gap in [near, far] {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::svg::Svg;

    const FRAME: PlotFrame = PlotFrame {
        left: 0,
        top: 0,
        right: 400,
        bottom: 200,
        x0: 0.0,
        x1: 1.0,
        y0: 0.0,
        y1: 1.0,
    };

    #[test]
    fn labels_keep_out_of_each_others_way() {
        let theme = Theme::default();
        let mut svg = String::new();
        let area = Svg::new(&mut svg, (400, 200)).into_drawing_area();
        let mut labels = Labels::new(&FRAME);
        let places = around((200, 100), &theme);
        let mut place = |text| labels.place(&area, &theme, text, BLACK, &places).unwrap();
        let placed = (0..30).filter(|_| place("step")).count();
        assert!((4..16).contains(&placed), "{placed}");
        drop(area);
        assert_eq!(svg.matches("<text").count(), placed);
    }

    #[test]
    fn a_label_keeps_off_a_line_between_its_ends() {
        let theme = Theme::default();
        let mut labels = Labels::new(&FRAME);
        let place = [(200, 100, HPos::Center, VPos::Center)];
        assert!(labels.fits(&theme, "step", &place));
        labels.keep_off_line(&[(0, 0), (400, 200)], 1);
        assert!(!labels.fits(&theme, "step", &place));
        let beside = [(200, 60, HPos::Center, VPos::Center)];
        assert!(labels.fits(&theme, "step", &beside));
    }

    #[test]
    fn what_has_no_room_is_left_over_with_its_sign() {
        let theme = Theme::default();
        let mut svg = String::new();
        let area = Svg::new(&mut svg, (400, 200)).into_drawing_area();
        let mut labels = Labels::new(&FRAME);
        labels.keep_off((200, 100), 400, 200);
        let places = around((200, 100), &theme);
        labels
            .name(&area, &theme, ("●", "step"), BLACK, &places, &[])
            .unwrap();
        assert_eq!(labels.left_over(), [("● step".to_owned(), BLACK)]);
    }
}
