//! A run as one picture.

use super::medium::Medium;
use crate::plot::code::Code;
use crate::plot::snapshot;
use crate::run::simulation::Simulation;
use wasm_bindgen::prelude::*;

/// A saved run as SVG, with the address that leads to it and the modules of its QR code, row by row,
/// 1 for dark; none for no code. Throws an Error that says what cannot be read or drawn.
#[wasm_bindgen(js_name = snapshotSvg)]
pub fn snapshot_svg(saved: &[u8], address: &str, modules: &[u8]) -> Result<String, JsError> {
    let run = Simulation::restore(saved)?;
    let failed = |why: String| JsError::new(&why);
    let code = if modules.is_empty() {
        None
    } else {
        let dark = modules.iter().map(|&module| module != 0).collect();
        Some(Code::from_modules(dark).map_err(failed)?)
    };
    let mut text = String::new();
    snapshot::draw_svg(&run, address, code.as_ref(), &mut text, Medium::Svg).map_err(failed)?;
    Ok(text)
}
