//! Pictures as SVG, written so that programs beside browsers read it: resvg, librsvg, CairoSVG,
//! svglib, Inkscape, LibreOffice, LaTeX and Typst by way of them.

use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::convert::Infallible;
use std::fmt::Write;

/// Where the baseline of a text is below its place, in text sizes.
pub(crate) fn baseline(v: VPos) -> f64 {
    match v {
        VPos::Top => 0.8,
        VPos::Center => 0.35,
        VPos::Bottom => -0.2,
    }
}

/// A picture in the making, written into a text that is whole when this is dropped: parts of it may
/// be presented before.
pub struct Svg<'a> {
    size: (u32, u32),
    text: &'a mut String,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl<'a> Svg<'a> {
    /// A picture of a size in pixels, empty as yet.
    pub fn new(text: &'a mut String, (width, height): (u32, u32)) -> Self {
        text.push_str(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\">\n"
        ));
        Svg {
            size: (width, height),
            text,
        }
    }

    /// Gives the picture a name that is not drawn, its first part: programs show it at a pointer.
    pub fn name(&mut self, name: &str) {
        let _ = writeln!(self.text, "<title>{}</title>", escaped(name));
    }

    /// One element, with what there is to say of its shape and its paint.
    fn element(&mut self, name: &str, shape: &str, paint: &str) -> Drawn {
        let _ = writeln!(self.text, "<{name} {shape} {paint}/>");
        Ok(())
    }
}

impl Drop for Svg<'_> {
    fn drop(&mut self) {
        self.text.push_str("</svg>\n");
    }
}

/// A colour for `fill` or `stroke`. What is translucent says so of that alone, since not every
/// program knows `opacity`.
fn paint(of: &str, colour: BackendColor) -> String {
    let (r, g, b) = colour.rgb;
    let mut text = format!("{of}=\"#{r:02x}{g:02x}{b:02x}\"");
    if colour.alpha < 1.0 {
        let _ = write!(text, " {of}-opacity=\"{}\"", colour.alpha);
    }
    text
}

fn filled(colour: BackendColor) -> String {
    paint("fill", colour)
}

fn outlined<S: BackendStyle>(style: &S) -> String {
    let stroke = paint("stroke", style.color());
    let width = style.stroke_width();
    format!("fill=\"none\" {stroke} stroke-width=\"{width}\"")
}

fn painted<S: BackendStyle>(style: &S, fill: bool) -> String {
    if fill {
        filled(style.color())
    } else {
        outlined(style)
    }
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    let pairs: Vec<String> = path.into_iter().map(|(x, y)| format!("{x},{y}")).collect();
    format!("points=\"{}\"", pairs.join(" "))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Twentieths of a pixel are fine enough for any text.
fn short(pixels: f64) -> f64 {
    (pixels * 20.0).round() / 20.0
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        let shape = format!("x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\"");
        self.element("rect", &shape, &filled(colour))
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (width, height) = (right - left, bottom - top);
        let shape = format!("x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"");
        self.element("rect", &shape, &painted(style, fill))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.element("polyline", &points(path), &outlined(style))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let shape = format!("cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"");
        self.element("circle", &shape, &painted(style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        self.element("polygon", &points(corners), &filled(style.color()))
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let y = short(f64::from(y) + style.size() * baseline(style.anchor().v_pos));
        let _ = writeln!(
            self.text,
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-family=\"{}\" \
             font-size=\"{}\" {}>{}</text>",
            style.family().as_str().replace('"', "'"),
            short(style.size()),
            filled(style.color()),
            escaped(text)
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::FONTS;
    use plotters::prelude::*;
    use plotters::style::text_anchor::Pos;

    fn drawn(draw: impl FnOnce(&mut Svg)) -> String {
        let mut text = String::new();
        let mut svg = Svg::new(&mut text, (100, 50));
        draw(&mut svg);
        drop(svg);
        text
    }

    #[test]
    fn text_has_the_size_that_was_meant() {
        let text = drawn(|svg| {
            let style = (FONTS, 12.0).into_font().color(&BLACK);
            let style = style.pos(Pos::new(HPos::Center, VPos::Top));
            svg.draw_text("J < 10⁻⁵ & m₊", &style, (50, 10)).unwrap();
        });
        assert!(text.contains("font-size=\"12\""), "{text}");
        assert!(text.contains("y=\"19.6\""), "{text}");
        assert!(text.contains(">J &lt; 10⁻⁵ &amp; m₊</text>"), "{text}");
        assert!(text.contains("font-family=\"DejaVu Sans, "), "{text}");
    }

    #[test]
    fn what_is_translucent_says_so_of_its_paint_alone() {
        let text = drawn(|svg| {
            let corners = [(0, 0), (9, 0), (9, 9)];
            svg.fill_polygon(corners, &BLACK.mix(0.2)).unwrap();
            svg.draw_path(corners, &ShapeStyle::from(RED.mix(0.5)).stroke_width(2))
                .unwrap();
        });
        assert!(
            text.contains("fill=\"#000000\" fill-opacity=\"0.2\""),
            "{text}"
        );
        assert!(
            text.contains("stroke=\"#ff0000\" stroke-opacity=\"0.5\""),
            "{text}"
        );
        assert!(!text.contains(" opacity="), "{text}");
    }
}
