//! A picture as PDF, with its font inside.

use std::sync::Arc;
use svg2pdf::usvg::fontdb::Source;
use svg2pdf::usvg::{Options, Tree};
use svg2pdf::{ConversionOptions, PageOptions};

/// Text sizes are CSS pixels, of which 96 make an inch.
const DPI: f32 = 96.0;

/// The PDF of an SVG. No font of the machine is looked at, so that the bytes are the same
/// everywhere.
pub fn pdf(svg: &str) -> Result<Vec<u8>, String> {
    let mut options = Options::default();
    let fonts = options.fontdb_mut();
    fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans::regular())));
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let page = PageOptions { dpi: DPI };
    svg2pdf::to_pdf(&tree, ConversionOptions::default(), page).map_err(|error| error.to_string())
}
