//! Drawing on the page's canvases.

#[cfg(feature = "experiments")]
use super::medium::Medium;
use super::object;
use crate::plot::{Area, Error, PlotFrame, Theme};
use crate::words;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// What is drawn on.
#[cfg(feature = "experiments")]
pub type Backend = Medium<'static>;
/// What is drawn on.
#[cfg(not(feature = "experiments"))]
pub type Backend = CanvasBackend;

/// Draws on a canvas, in the page's colours.
pub fn on_canvas<T>(
    canvas: HtmlCanvasElement,
    theme: Ts<Theme>,
    draw: impl FnOnce(&Area<Backend>, &Theme) -> Result<T, Error<Backend>>,
) -> Result<T, JsError> {
    let theme = theme.to_rust()?;
    let backend = CanvasBackend::with_canvas_object(canvas)
        .ok_or_else(|| JsError::new(&words::lab::NO_CANVAS))?;
    #[cfg(feature = "experiments")]
    let backend = Medium::Canvas(backend);
    Ok(draw(&backend.into_drawing_area(), &theme)?)
}

/// Draws a plot, and tells the page where its axes are.
pub fn plot(
    canvas: HtmlCanvasElement,
    theme: Ts<Theme>,
    draw: impl FnOnce(&Area<Backend>, &Theme) -> Result<PlotFrame, Error<Backend>>,
) -> Result<Ts<PlotFrame>, JsError> {
    on_canvas(canvas, theme, draw).map(|frame| object(&frame))
}
