//! The picture of link previews: a run of the page's engine, under the page's name.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Source;
use resvg::usvg::{Options, Tree};

/// Its name, as index.html has it.
pub const NAME: &str = "card.png";
/// Width and height in pixels, as those ask for who show previews, and as index.html has them.
const SIZE: [u32; 2] = [1200, 630];
/// What it shows: a current that climbs, and is known to.
const LINK: &str = "m=0.9991&seed=1";
const UNTIL: &str = "3000000";

const RUN: &str = include_str!("run.js");
/// The head, and the room for the run's picture below it: its own size, so that it stays sharp.
const HEAD: &str = r##"<text x="30" y="60" font-family="DejaVu Sans" font-size="44" font-weight="bold" fill="#000">Uphill</text>
<text x="190" y="60" font-family="DejaVu Sans" font-size="32" fill="#555">the current that climbs</text>"##;
const ROOM: &str = r#"x="120" y="82" width="960" height="540""#;

/// Draws it into the folder `site`, by the engine there.
pub fn write(site: &Path) -> Result<()> {
    let card = picture(&run(site)?)?;
    let file = site.join(NAME);
    fs::write(&file, card).with_context(|| format!("{} cannot be written", file.display()))
}

/// The picture of the run as SVG.
fn run(site: &Path) -> Result<String> {
    let work = tempfile::tempdir().context("There is no place for the script")?;
    let script = work.path().join("run.mjs");
    fs::write(&script, RUN).context("The script cannot be written")?;
    let run = Command::new("node")
        .arg(script)
        .arg(site)
        .args([LINK, UNTIL])
        .output()
        .context("node cannot be run: the picture of link previews is made by Node.js")?;
    ensure!(
        run.status.success(),
        "The picture of link previews was not made: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    String::from_utf8(run.stdout).context("The picture of link previews is no text")
}

/// The card as PNG, with the picture of the run in it.
fn picture(run: &str) -> Result<Vec<u8>> {
    let [width, height] = SIZE;
    // A picture within the picture: it keeps its own size of type and its proportions.
    let (_, inner) = run.split_once("<svg ").context("The run has no SVG")?;
    let inner = sized_by_view(inner).context("The run's SVG has no size")?;
    let card = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="100%" height="100%" fill="#fff"/>{HEAD}<svg {ROOM} {inner}</svg>"##
    );
    let mut options = Options::default();
    let fonts = options.fontdb_mut();
    for font in [dejavu::sans::regular(), dejavu::sans::bold()] {
        fonts.load_font_source(Source::Binary(Arc::new(font)));
    }
    let tree = Tree::from_str(&card, &options).context("The card cannot be drawn")?;
    let mut pixels = Pixmap::new(width, height).context("The card has too many pixels")?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().context("The card has no PNG")
}

/// The rest of an SVG behind `<svg `, its width and height given up for the view that they name.
fn sized_by_view(svg: &str) -> Option<String> {
    let (attributes, rest) = svg.split_once('>')?;
    let value = |name: &str| {
        let (_, behind) = attributes.split_once(&format!("{name}=\""))?;
        Some(behind.split_once('"')?.0)
    };
    let view = format!("0 0 {} {}", value("width")?, value("height")?);
    Some(format!(
        "viewBox=\"{view}\" xmlns=\"http://www.w3.org/2000/svg\">{rest}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_it_with_its_size() {
        let page = include_str!("../../../www/index.html");
        let [width, height] = SIZE;
        for (name, value) in [
            ("", NAME.to_owned()),
            (":width", width.to_string()),
            (":height", height.to_string()),
        ] {
            let meta = format!("<meta property=\"og:image{name}\" content=\"{value}\">");
            assert!(page.contains(&meta), "{meta}");
        }
    }

    #[test]
    fn a_run_fills_the_room_below_the_head() {
        let run = r##"<?xml version="1.0"?><svg width="600" height="277" xmlns="http://www.w3.org/2000/svg"><rect width="600" height="277" fill="#0f0"/></svg>"##;
        let png = picture(run).unwrap();
        let card = Pixmap::decode_png(&png).unwrap();
        assert_eq!([card.width(), card.height()], SIZE);
        let colour = |x, y| card.pixel(x, y).unwrap();
        assert_eq!(colour(600, 300).green(), 255);
        assert_eq!(colour(600, 300).red(), 0);
        assert_eq!(colour(1100, 30).red(), 255);
        assert!(picture("no picture").is_err());
    }
}
