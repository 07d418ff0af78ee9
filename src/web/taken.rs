//! `TakenRuns`: runs as they were at a moment, to be written into files.

use crate::notation::csv::Decimal;
use crate::plot::{Theme, curves};
use crate::run::simulation::Simulation;
use crate::run::table::{self, Curve};
use crate::web::canvas::on_canvas;
use crate::web::medium::Medium;
use crate::words;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// A run, or two beside each other, for files. A curve is "integrated-current", "running-mean" or
/// "profile"; any other throws an Error.
#[wasm_bindgen]
#[derive(Default)]
pub struct TakenRuns {
    runs: Vec<Simulation>,
}

#[wasm_bindgen]
impl TakenRuns {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> TakenRuns {
        TakenRuns::default()
    }

    /// Takes a run in that was saved. Throws an Error that says why it cannot be restored.
    pub fn add(&mut self, saved: &[u8]) -> Result<(), JsError> {
        self.runs.push(Simulation::restore(saved)?);
        Ok(())
    }

    /// Height of the picture of a curve, in units of its width.
    pub fn aspect(&self, curve: &str) -> Result<f64, JsError> {
        Ok(curves::aspect(named(curve)?, self.runs.len()))
    }

    /// Draws a curve.
    pub fn draw(
        &self,
        curve: &str,
        canvas: HtmlCanvasElement,
        theme: Ts<Theme>,
    ) -> Result<(), JsError> {
        let curve = named(curve)?;
        on_canvas(canvas, theme, |area, theme| {
            curves::draw(area, theme, curve, &self.runs())
        })
    }

    /// A curve as SVG, dark on white, for print.
    pub fn svg(&self, curve: &str) -> Result<String, JsError> {
        let mut text = String::new();
        curves::draw_svg(named(curve)?, &self.runs(), &mut text, Medium::Svg)
            .map_err(|error| JsError::new(&error))?;
        Ok(text)
    }

    /// A curve as a table with a commented header; `decimal` is "point", for commas between the
    /// cells, or "comma", for semicolons. Any other throws an Error.
    pub fn csv(&self, curve: &str, decimal: &str) -> Result<String, JsError> {
        let decimal = Decimal::of(decimal)
            .ok_or_else(|| JsError::new(&words::results::no_decimal(decimal)))?;
        Ok(table::write(named(curve)?, &self.runs(), decimal))
    }

    /// The spins as text.
    pub fn spins(&self) -> String {
        table::spins(&self.runs())
    }

    fn runs(&self) -> Vec<&Simulation> {
        self.runs.iter().collect()
    }
}

fn named(curve: &str) -> Result<Curve, JsError> {
    Curve::of(curve).ok_or_else(|| JsError::new(&words::results::no_picture(curve)))
}
