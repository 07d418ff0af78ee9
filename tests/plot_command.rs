//! `uphill plot`: pictures that other programs read right. In a PDF the text is text, with its
//! font inside; an SVG names fonts that there are, and colours that every program knows.

use crate::terminal::{Folder, succeeded, uphill, words};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use uphill::scan::figures::Picture;
use uphill::scan::file;

/// Results of every kind of experiment, as an earlier version wrote them.
fn results() -> Vec<PathBuf> {
    ["current", "states", "equilibrium", "relation", "exact"]
        .map(|kind| Path::new("tests/old/0.4.0").join(format!("{kind}.json")))
        .to_vec()
}

fn plot(result: &Path, output: &Path, picture: Option<&str>) -> Output {
    let text = |path: &Path| path.to_str().expect("a path of letters").to_owned();
    let mut command = uphill(&["plot", &text(result), "-o", &text(output)]);
    if let Some(picture) = picture {
        command.args(["--picture", picture]);
    }
    command.output().expect("the command starts")
}

fn pictures(result: &Path) -> &'static [Picture] {
    let text = fs::read_to_string(result).expect("a result");
    let results = file::read(&text).expect("our own file");
    Picture::of(results.experiment().kind)
}

/// The texts of an SVG, put together without spaces.
fn said_in_svg(svg: &str) -> String {
    let texts = svg
        .split("</text>")
        .filter_map(|part| part.rsplit_once('>'));
    let all: String = texts.map(|(_, text)| text).collect();
    let all = all.replace("&lt;", "<").replace("&gt;", ">");
    all.replace("&amp;", "&").split_whitespace().collect()
}

/// The streams of a PDF, unpacked, after the dictionaries that stand before them.
fn streams(pdf: &[u8]) -> Vec<(String, Vec<u8>)> {
    let find = |from: usize, what: &[u8]| {
        let at = pdf[from..].windows(what.len()).position(|w| w == what);
        at.map(|at| from + at)
    };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = find(from, b"\nstream\n") {
        let head = String::from_utf8_lossy(&pdf[from..at]).into_owned();
        let dictionary = &head[head.rfind(" obj").unwrap_or(0)..];
        let length = dictionary.split_once("/Length ").expect("a length").1;
        let digits = length.split(|c: char| !c.is_ascii_digit());
        let length: usize = digits
            .take(1)
            .collect::<String>()
            .parse()
            .expect("a number");
        let start = at + "\nstream\n".len();
        let packed = &pdf[start..start + length];
        let bytes = if dictionary.contains("/FlateDecode") {
            miniz_oxide::inflate::decompress_to_vec_zlib(packed).expect("a packed stream")
        } else {
            packed.to_vec()
        };
        found.push((dictionary.to_owned(), bytes));
        from = start + length;
    }
    found
}

/// What a reader's copying makes of each glyph.
fn characters(cmap: &str) -> BTreeMap<u16, String> {
    let number = |hex: &str| u16::from_str_radix(hex, 16).expect("hexadecimal digits");
    let pairs = cmap.lines().filter_map(|line| {
        let line = line.strip_prefix('<')?.strip_suffix('>')?;
        line.split_once("> <")
    });
    pairs
        .map(|(glyph, text)| {
            let units: Vec<u16> = (0..text.len() / 4)
                .map(|i| number(&text[4 * i..4 * i + 4]))
                .collect();
            (number(glyph), String::from_utf16(&units).expect("UTF-16"))
        })
        .collect()
}

/// The two bytes of each string that is shown.
fn glyphs(content: &[u8]) -> Vec<u16> {
    let mut glyphs = Vec::new();
    let mut at = 0;
    while at < content.len() {
        if content[at] != b'(' {
            at += 1;
            continue;
        }
        at += 1;
        let mut bytes = Vec::new();
        while content[at] != b')' {
            if content[at] != b'\\' {
                bytes.push(content[at]);
                at += 1;
                continue;
            }
            let octal = &content[at + 1..at + 4];
            if octal.iter().all(u8::is_ascii_digit) {
                let digits = std::str::from_utf8(octal).expect("digits");
                bytes.push(u8::from_str_radix(digits, 8).expect("octal digits"));
                at += 4;
            } else {
                let escaped = content[at + 1];
                let letters = [(b'n', b'\n'), (b'r', b'\r'), (b't', b'\t')];
                let control = letters.into_iter().find(|(letter, _)| *letter == escaped);
                let others = [(b'b', 8), (b'f', 12)];
                let other = others.into_iter().find(|(letter, _)| *letter == escaped);
                bytes.push(control.or(other).map_or(escaped, |(_, byte)| byte));
                at += 2;
            }
        }
        let pairs = bytes.chunks(2);
        glyphs.extend(pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]])));
    }
    glyphs
}

fn said_in_pdf(pdf: &[u8]) -> String {
    let streams = streams(pdf);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let cmap = streams.iter().map(|(_, bytes)| text(bytes));
    let cmap = cmap.filter(|text| text.contains("beginbfchar"));
    let characters = characters(&cmap.collect::<Vec<_>>().join("\n"));
    let content = streams
        .iter()
        .filter(|(_, bytes)| text(bytes).contains(" Tj"));
    let said = content.flat_map(|(_, bytes)| glyphs(bytes));
    let said: String = said.map(|glyph| characters[&glyph].clone()).collect();
    said.split_whitespace().collect()
}

#[test]
fn a_pdf_says_what_the_svg_says_with_its_font_inside() {
    let folder = Folder::new("plot_pdf");
    let mut special: Vec<char> = Vec::new();
    for result in results() {
        for picture in pictures(&result) {
            let name = picture.name();
            let (svg, pdf) = (folder.file("it.svg"), folder.file("it.pdf"));
            succeeded(&plot(&result, &svg, Some(name)));
            succeeded(&plot(&result, &pdf, Some(name)));
            let svg = said_in_svg(&fs::read_to_string(&svg).expect("a picture"));
            let bytes = fs::read(&pdf).expect("a picture");
            assert!(bytes.starts_with(b"%PDF-1."), "{name}");
            assert_eq!(said_in_pdf(&bytes), svg, "{name}");
            let text = String::from_utf8_lossy(&bytes);
            assert!(text.contains("+DejaVuSans"), "{name}: a part of the font");
            assert!(text.contains("/FontFile2"), "{name}: the font is inside");
            // Two runs of one process share no random numbers, nor do two processes.
            succeeded(&plot(&result, &pdf, Some(name)));
            assert!(fs::read(&pdf).expect("a picture") == bytes, "{name}");
            special.extend(svg.chars().filter(|c| !c.is_ascii()));
        }
    }
    for character in "⁻−₊⟨⟩ᵦₜ".chars() {
        assert!(special.contains(&character), "no picture has a {character}");
    }
}

#[test]
fn an_svg_asks_for_nothing_that_some_programs_lack() {
    let folder = Folder::new("plot_svg");
    for result in results() {
        for picture in pictures(&result) {
            let svg = folder.file("it.svg");
            succeeded(&plot(&result, &svg, Some(picture.name())));
            let text = fs::read_to_string(&svg).expect("a picture");
            assert!(!text.contains(" opacity="), "{picture:?}");
            assert!(!text.contains("<tspan"), "{picture:?}");
            for line in text.lines().filter(|line| line.starts_with("<text")) {
                assert!(line.contains("font-family=\"DejaVu Sans, "), "{line}");
                assert!(line.contains("font-size=\"12\""), "{line}");
                assert!(!line.contains(" dy="), "{line}");
            }
        }
    }
}

#[test]
fn the_end_of_the_name_says_what_is_written() {
    let folder = Folder::new("plot_ends");
    let result = &results()[0];
    for name in ["picture.gif", "picture", "picture.svgz", ".svg"] {
        let file = folder.file(name);
        let output = plot(result, &file, None);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let said = words(&output);
        assert!(
            said.contains("allowed is a name that ends in .svg, .pdf or .png"),
            "{said}"
        );
        assert!(!file.exists());
    }
    succeeded(&plot(result, &folder.file("PICTURE.PDF"), None));
    let bytes = fs::read(folder.file("PICTURE.PDF")).expect("a picture");
    assert!(bytes.starts_with(b"%PDF-1."));
    succeeded(&plot(result, &folder.file("picture.png"), None));
    let bytes = fs::read(folder.file("picture.png")).expect("a picture");
    assert!(bytes.starts_with(b"\x89PNG\r\n"));
}
