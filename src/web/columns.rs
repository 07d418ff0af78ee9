//! What the lab shows of single columns besides the profile, drawn from what it has read off its run.

use super::canvas::plot;
use super::object;
use crate::link;
use crate::plot::columns::Columns;
use crate::plot::{PlotFrame, Readout, Theme, column_currents, magnified};
use crate::run::table::Curve;
use crate::words;
use serde::Deserialize;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// A number of every column with its error, and J.
#[derive(Deserialize, tsify::Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct ColumnValues {
    /// The run's.
    link: String,
    values: Vec<f64>,
    /// One standard deviation of each, or null.
    errors: Vec<Option<f64>>,
    /// J as it is quoted, and its error.
    current: Option<f64>,
    current_error: Option<f64>,
}

impl From<ColumnValues> for Columns {
    fn from(read: ColumnValues) -> Self {
        Columns {
            params: link::read(&read.link).params,
            values: read.values,
            errors: read.errors,
            current: (read.current, read.current_error),
        }
    }
}

/// Draws "magnified-profile" or "column-currents"; any other throws an Error.
#[wasm_bindgen(js_name = drawColumns)]
pub fn draw_columns(
    curve: &str,
    columns: Ts<ColumnValues>,
    canvas: HtmlCanvasElement,
    theme: Ts<Theme>,
) -> Result<Ts<PlotFrame>, JsError> {
    let columns = Columns::from(columns.to_rust()?);
    match Curve::of(curve) {
        Some(Curve::Magnified) => plot(canvas, theme, |area, theme| {
            magnified::draw(area, theme, &columns)
        }),
        Some(Curve::ColumnCurrents) => plot(canvas, theme, |area, theme| {
            column_currents::draw(area, theme, &columns)
        }),
        _ => Err(JsError::new(&words::results::no_picture(curve))),
    }
}

/// Reads it off its plot at a pixel.
#[wasm_bindgen(js_name = readColumns)]
pub fn read_columns(
    curve: &str,
    columns: Ts<ColumnValues>,
    frame: Ts<PlotFrame>,
    x: f64,
) -> Result<Option<Ts<Readout>>, JsError> {
    let (columns, frame) = (Columns::from(columns.to_rust()?), frame.to_rust()?);
    let readout = match Curve::of(curve) {
        Some(Curve::Magnified) => magnified::read(&columns, &frame, x),
        Some(Curve::ColumnCurrents) => column_currents::read(&columns, &frame, x),
        _ => None,
    };
    Ok(readout.as_ref().map(object))
}
