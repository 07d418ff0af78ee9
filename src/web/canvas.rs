//! Drawing on the page's canvases.

use super::object;
use super::types::{PlotFrameObject, ThemeObject};
use crate::plot::{Area, Error, PlotFrame, Theme};
use crate::words;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// Reads an object of the page.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|error| JsError::new(&error.to_string()))
}

/// Draws on a canvas, in the page's colours.
pub fn on_canvas<T>(
    canvas: HtmlCanvasElement,
    theme: ThemeObject,
    draw: impl FnOnce(&Area<CanvasBackend>, &Theme) -> Result<T, Error<CanvasBackend>>,
) -> Result<T, JsError> {
    let theme: Theme = read(theme.into())?;
    let backend = CanvasBackend::with_canvas_object(canvas)
        .ok_or_else(|| JsError::new(words::lab::NO_CANVAS))?;
    Ok(draw(&backend.into_drawing_area(), &theme)?)
}

/// Draws a plot, and tells the page where its axes are.
pub fn plot(
    canvas: HtmlCanvasElement,
    theme: ThemeObject,
    draw: impl FnOnce(&Area<CanvasBackend>, &Theme) -> Result<PlotFrame, Error<CanvasBackend>>,
) -> Result<PlotFrameObject, JsError> {
    on_canvas(canvas, theme, draw).map(|frame| object(&frame))
}
