//! What is drawn, kept to be drawn once more: a panel is laid out before anything is seen of it.

use super::axes::Heading;
use super::{Area, Error, Theme, colour};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
};
use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

enum Shape {
    Path(Vec<BackendCoord>, ShapeStyle),
    Polygon(Vec<BackendCoord>, ShapeStyle),
    Rectangle([BackendCoord; 2], ShapeStyle),
    Circle(BackendCoord, u32, ShapeStyle),
    Text(String, BackendCoord, (HPos, VPos), RGBColor),
}

/// A backend that keeps what is drawn.
pub struct Record {
    size: (u32, u32),
    shapes: Rc<RefCell<Vec<Shape>>>,
}

/// What is drawn on a record; it returns what was asked for.
pub type Drawn<T> = Result<T, Error<Record>>;

/// Keeps what is drawn on an area of a size.
fn kept<T>(size: (u32, u32), draw: &dyn Fn(&Area<Record>) -> Drawn<T>) -> Drawn<(T, Vec<Shape>)> {
    let shapes = Rc::new(RefCell::new(Vec::new()));
    let record = Record {
        size,
        shapes: shapes.clone(),
    };
    let found = draw(&record.into_drawing_area())?;
    Ok((found, shapes.take()))
}

/// Draws what was drawn before on another area. There is one code for it, whatever the areas are.
///
/// # Errors
/// Those of the backend.
pub fn recorded<DB: DrawingBackend, T>(
    area: &Area<DB>,
    theme: &Theme,
    draw: &dyn Fn(&Area<Record>) -> Drawn<T>,
) -> Result<T, Error<DB>> {
    // A record refuses nothing but areas without room.
    let kept = kept(area.dim_in_pixel(), draw).map_err(|_| DrawingAreaErrorKind::LayoutError)?;
    for shape in kept.1 {
        shape.draw(area, theme)?;
    }
    Ok(kept.0)
}

/// Draws a panel whose labels find a place beside what they name, or else stand above it: as often
/// as labels are left over, and then for good. What is drawn returns those.
///
/// # Errors
/// Those of the backend.
pub fn settled<T>(
    area: &Area<Record>,
    theme: &Theme,
    panel: impl Fn(&Area<Record>, &[Heading]) -> Drawn<(T, Vec<Heading>)>,
) -> Drawn<T> {
    let mut above: Vec<Heading> = Vec::new();
    loop {
        let ((found, left_over), shapes) = kept(area.dim_in_pixel(), &|area| panel(area, &above))?;
        if left_over.is_empty() {
            for shape in shapes {
                shape.draw(area, theme)?;
            }
            return Ok(found);
        }
        above.extend(left_over);
    }
}

impl Shape {
    fn draw<DB: DrawingBackend>(self, area: &Area<DB>, theme: &Theme) -> Result<(), Error<DB>> {
        match self {
            Shape::Path(pixels, style) => area.draw(&PathElement::new(pixels, style)),
            Shape::Polygon(corners, style) => area.draw(&Polygon::new(corners, style)),
            Shape::Rectangle(corners, style) => area.draw(&Rectangle::new(corners, style)),
            Shape::Circle(at, radius, style) => area.draw(&Circle::new(at, radius, style)),
            Shape::Text(text, at, (h, v), hue) => {
                area.draw(&Text::new(text, at, theme.text(hue, h, v)))
            }
        }
    }
}

fn style<S: BackendStyle>(style: &S, filled: bool) -> ShapeStyle {
    let BackendColor { alpha, rgb } = style.color();
    ShapeStyle {
        color: RGBColor(rgb.0, rgb.1, rgb.2).mix(alpha),
        filled,
        stroke_width: style.stroke_width(),
    }
}

type Kept = Result<(), DrawingErrorKind<Infallible>>;

impl Record {
    fn keep(&mut self, shape: Shape) -> Kept {
        self.shapes.borrow_mut().push(shape);
        Ok(())
    }
}

impl DrawingBackend for Record {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Kept {
        Ok(())
    }

    fn present(&mut self) -> Kept {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Kept {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Kept {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        paint: &S,
        fill: bool,
    ) -> Kept {
        self.keep(Shape::Rectangle([from, to], style(paint, fill)))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        paint: &S,
    ) -> Kept {
        self.keep(Shape::Path(path.into_iter().collect(), style(paint, false)))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        at: BackendCoord,
        radius: u32,
        paint: &S,
        fill: bool,
    ) -> Kept {
        self.keep(Shape::Circle(at, radius, style(paint, fill)))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        paint: &S,
    ) -> Kept {
        let corners = corners.into_iter().collect();
        self.keep(Shape::Polygon(corners, style(paint, true)))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Kept {
        let anchor = style.anchor();
        let (r, g, b) = style.color().rgb;
        let place = (anchor.h_pos, anchor.v_pos);
        self.keep(Shape::Text(text.to_owned(), at, place, RGBColor(r, g, b)))
    }
}

/// Says in words what a panel would show, where an axis would mean nothing.
///
/// # Errors
/// Those of the backend.
pub fn sentence(
    area: &Area<Record>,
    theme: &Theme,
    heading: &str,
    text: &str,
) -> Result<(), Error<Record>> {
    area.fill(&colour(&theme.paper))?;
    let (width, height) = area.dim_in_pixel();
    let faint = colour(&theme.faint);
    let across = f64::from(width) / f64::from(theme.em(1.0).max(1)) - 2.0;
    let step = theme.em(1.4);
    let right = width as i32 - theme.em(1.0);
    for (row, line) in (0..).zip(super::text::lines(heading, across)) {
        let at = (right, theme.em(0.4) + step * row);
        area.draw(&Text::new(
            line,
            at,
            theme.text(faint, HPos::Right, VPos::Top),
        ))?;
    }
    let lines = super::text::lines(text, across);
    let first = height as i32 / 2 - step * (lines.len() as i32 - 1) / 2;
    for (row, line) in (0..).zip(lines) {
        let at = (width as i32 / 2, first + step * row);
        let style = theme.text(faint, HPos::Center, VPos::Center);
        area.draw(&Text::new(line, at, style))?;
    }
    Ok(())
}
