//! Which texts of an SVG lie on something that is drawn, or on one another: the outlines of the
//! letters, in the font that the picture names first, against lines, bars and marks.

use ttf_parser::{Face, Rect as Outline};
use uphill::plot::Theme;
use uphill::plot::rect::Rect;

/// Whether a line of a width is on a rectangle, looked at in steps of half a pixel.
fn is_on(rect: &Rect, from: (f64, f64), to: (f64, f64), half: f64) -> bool {
    let steps = (2.0 * ((to.0 - from.0).abs() + (to.1 - from.1).abs()))
        .ceil()
        .max(1.0) as u32;
    let within = rect.grown(half);
    (0..=steps).any(|i| {
        let share = f64::from(i) / f64::from(steps);
        let (x, y) = (
            from.0 + (to.0 - from.0) * share,
            from.1 + (to.1 - from.1) * share,
        );
        x > within.left && x < within.right && y > within.top && y < within.bottom
    })
}

/// The ink of a text: the rectangle around the outlines of its letters.
fn ink(font: &Face, text: &str, (x, y): (f64, f64), size: f64, anchor: &str) -> Rect {
    let em = f64::from(font.units_per_em());
    let (mut pen, mut top, mut bottom) = (0.0, 0.0_f64, 0.0_f64);
    for c in text.chars() {
        let glyph = font
            .glyph_index(c)
            .unwrap_or_else(|| panic!("{c} is not in the font: {text}"));
        if let Some(Outline { y_min, y_max, .. }) = font.glyph_bounding_box(glyph) {
            top = top.max(f64::from(y_max));
            bottom = bottom.min(f64::from(y_min));
        }
        pen += f64::from(font.glyph_hor_advance(glyph).expect("a width"));
    }
    let [width, top, bottom] = [pen, top, bottom].map(|units| units / em * size);
    let left = match anchor {
        "middle" => x - width / 2.0,
        "end" => x - width,
        _ => x,
    };
    Rect {
        left,
        top: y - top,
        right: left + width,
        bottom: y - bottom,
    }
}

/// Looks at a picture; what is wrong with it, in words.
pub fn wrong(svg: &str, (width, height): (u32, u32)) -> Vec<String> {
    let font = Face::parse(dejavu::sans::regular(), 0).expect("a font");
    let theme = Theme::default();
    let document = roxmltree::Document::parse(svg).expect("XML");
    let elements = || document.descendants().filter(|node| node.is_element());
    let mut texts: Vec<(String, Rect)> = Vec::new();
    for node in elements().filter(|node| node.has_tag_name("text")) {
        let number = |name: &str| -> f64 { node.attribute(name).unwrap().parse().unwrap() };
        let text = node.text().unwrap_or("").to_owned();
        if text.is_empty() {
            continue;
        }
        let at = (number("x"), number("y"));
        let anchor = node.attribute("text-anchor").unwrap();
        let rect = ink(&font, &text, at, number("font-size"), anchor);
        texts.push((text, rect));
    }
    let mut wrong = Vec::new();
    let whole = (f64::from(width), f64::from(height));
    for (i, (text, rect)) in texts.iter().enumerate() {
        if rect.left < 0.0 || rect.top < 0.0 || rect.right > whole.0 || rect.bottom > whole.1 {
            wrong.push(format!("“{text}” is cut off"));
        }
        for (other, its) in &texts[..i] {
            if rect.meets(its) {
                wrong.push(format!("“{text}” is on “{other}”"));
            }
        }
    }
    // The grid and what is shaded lie behind everything.
    let behind = [theme.grid.as_str(), theme.paper.as_str()];
    let strong = [&theme.ink, &theme.faint, &theme.plus, &theme.second];
    let strong = [
        strong,
        [&theme.uphill, &theme.downhill, &theme.ink, &theme.ink],
    ]
    .concat();
    for node in elements() {
        let attribute = |name: &str| node.attribute(name).unwrap_or("none");
        let number = |name: &str| -> f64 { attribute(name).parse().unwrap_or(0.0) };
        let (stroke, fill) = (attribute("stroke"), attribute("fill"));
        if behind.contains(&stroke) {
            continue;
        }
        let half = number("stroke-width") / 2.0;
        let name = node.tag_name().name();
        let path: Vec<(f64, f64)> = attribute("points")
            .split_whitespace()
            .filter_map(|pair| {
                let (x, y) = pair.split_once(',')?;
                Some((x.parse().ok()?, y.parse().ok()?))
            })
            .collect();
        for (text, rect) in &texts {
            let on = match name {
                "polyline" | "polygon" => path
                    .windows(2)
                    .any(|pair| is_on(rect, pair[0], pair[1], half)),
                "circle" => {
                    let (x, y, r) = (number("cx"), number("cy"), number("r"));
                    is_on(rect, (x, y), (x, y), r + half)
                }
                "rect" if strong.iter().any(|hue| *hue == fill) => rect.meets(&Rect {
                    left: number("x"),
                    top: number("y"),
                    right: number("x") + number("width"),
                    bottom: number("y") + number("height"),
                }),
                _ => false,
            };
            if on {
                wrong.push(format!("“{text}” is on a {name}, {stroke} {fill} {path:?}"));
            }
        }
    }
    wrong
}

/// Pictures can be kept to be seen: all with LABELS_KEEP=all, those that are wrong with any other.
pub fn keep(name: &str, svg: &str, wrong: bool) {
    if std::env::var("LABELS_KEEP").is_ok_and(|which| wrong || which == "all") {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("labels");
        std::fs::create_dir_all(&folder).expect("a folder");
        let name = name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "_");
        std::fs::write(folder.join(format!("{name}.svg")), svg).expect("a picture");
    }
}

pub fn nothing_is_wrong(all: &[String]) {
    assert!(
        all.is_empty(),
        "{} labels: {:#?}",
        all.len(),
        &all[..all.len().min(30)]
    );
}
