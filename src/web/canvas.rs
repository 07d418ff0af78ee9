//! Drawing on the page's canvases.

use super::object;
use crate::plot::{Area, Error, PlotFrame, Theme};
use crate::words;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// Draws on a canvas, in the page's colours.
pub fn on_canvas<T>(
    canvas: HtmlCanvasElement,
    theme: Ts<Theme>,
    draw: impl FnOnce(&Area<CanvasBackend>, &Theme) -> Result<T, Error<CanvasBackend>>,
) -> Result<T, JsError> {
    let theme = theme.to_rust()?;
    let backend = CanvasBackend::with_canvas_object(canvas)
        .ok_or_else(|| JsError::new(&words::lab::NO_CANVAS))?;
    Ok(draw(&backend.into_drawing_area(), &theme)?)
}

/// Draws a plot, and tells the page where its axes are.
pub fn plot(
    canvas: HtmlCanvasElement,
    theme: Ts<Theme>,
    draw: impl FnOnce(&Area<CanvasBackend>, &Theme) -> Result<PlotFrame, Error<CanvasBackend>>,
) -> Result<Ts<PlotFrame>, JsError> {
    on_canvas(canvas, theme, draw).map(|frame| object(&frame))
}
