//! What the whole engine draws on: a canvas of the page or a text of SVG, by one code, of which the
//! page would else have to load a copy for each.

use crate::plot::svg::Svg;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use std::convert::Infallible;

/// A canvas or a text.
pub enum Medium<'a> {
    Canvas(CanvasBackend),
    Svg(Svg<'a>),
}

type Error = <CanvasBackend as DrawingBackend>::ErrorType;
type Drawn = Result<(), DrawingErrorKind<Error>>;

/// What a text refuses: nothing but sizes.
fn of_text(error: DrawingErrorKind<Infallible>) -> DrawingErrorKind<Error> {
    match error {
        DrawingErrorKind::DrawingError(never) => match never {},
        DrawingErrorKind::FontError(error) => DrawingErrorKind::FontError(error),
    }
}

/// Hands a call on to what there is.
macro_rules! on {
    ($medium:ident, $inner:ident => $call:expr) => {
        match $medium {
            Medium::Canvas($inner) => $call,
            Medium::Svg($inner) => $call.map_err(of_text),
        }
    };
}

impl DrawingBackend for Medium<'_> {
    type ErrorType = Error;

    fn get_size(&self) -> (u32, u32) {
        match self {
            Medium::Canvas(canvas) => canvas.get_size(),
            Medium::Svg(svg) => svg.get_size(),
        }
    }

    fn ensure_prepared(&mut self) -> Drawn {
        on!(self, inner => inner.ensure_prepared())
    }

    fn present(&mut self) -> Drawn {
        on!(self, inner => inner.present())
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Drawn {
        on!(self, inner => inner.draw_pixel(at, colour))
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        on!(self, inner => inner.draw_line(from, to, style))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        on!(self, inner => inner.draw_rect(upper_left, lower_right, style, fill))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        on!(self, inner => inner.draw_path(path, style))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        on!(self, inner => inner.draw_circle(centre, radius, style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        on!(self, inner => inner.fill_polygon(corners, style))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        on!(self, inner => inner.draw_text(text, style, at))
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Error>> {
        on!(self, inner => inner.estimate_text_size(text, style))
    }
}
