//! An SVG as it is, as PDF with its font inside, or as PNG. No font of the machine is looked at, so
//! that the bytes are the same everywhere.

use crate::failure::Failure;
use crate::output::{Kind, Output};
use resvg::tiny_skia::{Pixmap, Transform};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;
use svg2pdf::usvg::fontdb::Source;
use svg2pdf::usvg::{Options, Tree};
use svg2pdf::{ConversionOptions, PageOptions};

/// Text sizes are CSS pixels, of which 96 make an inch.
const DPI: f32 = 96.0;
/// Pixels of a PNG for each that the picture has.
const SCALE: f32 = 2.0;

/// How a picture is written, by the end of its name; as SVG into what is no file.
pub fn format(path: &Path, output: &Output) -> Result<Kind, Failure> {
    let end = path.extension().and_then(OsStr::to_str);
    match end.map(str::to_ascii_lowercase).as_deref() {
        Some("svg") => Ok(Kind::Svg),
        Some("pdf") => Ok(Kind::Pdf),
        Some("png") => Ok(Kind::Png),
        _ if output.file().is_none() => Ok(Kind::Svg),
        _ => Err(Failure::Asked(vec![format!(
            "output={}: allowed is a name that ends in .svg, .pdf or .png",
            path.display()
        )])),
    }
}

/// Makes one picture after another without reading the font again.
pub struct Painter {
    options: Options<'static>,
}

impl Painter {
    pub fn new() -> Self {
        let mut options = Options::default();
        let fonts = options.fontdb_mut();
        fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans::regular())));
        Painter { options }
    }

    /// The bytes of a picture of a kind.
    pub fn bytes(&self, svg: String, kind: Kind) -> Result<Vec<u8>, Failure> {
        let made = match kind {
            Kind::Pdf => self.pdf(&svg),
            Kind::Png => self.png(&svg),
            _ => Ok(svg.into_bytes()),
        };
        made.map_err(|error| Failure::System(format!("no {} could be made: {error}", kind.name())))
    }

    fn tree(&self, svg: &str) -> Result<Tree, String> {
        Tree::from_str(svg, &self.options).map_err(|error| error.to_string())
    }

    fn pdf(&self, svg: &str) -> Result<Vec<u8>, String> {
        let page = PageOptions { dpi: DPI };
        svg2pdf::to_pdf(&self.tree(svg)?, ConversionOptions::default(), page)
            .map_err(|error| error.to_string())
    }

    fn png(&self, svg: &str) -> Result<Vec<u8>, String> {
        let tree = self.tree(svg)?;
        let size = tree.size();
        let pixels = |length: f32| (length * SCALE).round() as u32;
        let mut picture = Pixmap::new(pixels(size.width()), pixels(size.height()))
            .ok_or("it has too many pixels")?;
        let scaled = Transform::from_scale(SCALE, SCALE);
        resvg::render(&tree, scaled, &mut picture.as_mut());
        picture.encode_png().map_err(|error| error.to_string())
    }
}
