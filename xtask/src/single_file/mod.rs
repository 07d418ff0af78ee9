//! The page as a single file that needs no host: `dist/uphill.html`.
//!
//! The site's own files are packed with LZMA and written in 91 characters, so that the file is
//! plain ASCII and survives whatever it is sent through; `unpack.js` turns them into the page.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lzma_rust2::{LzmaOptions, LzmaWriter};
use sha2::{Digest, Sha256};

use crate::modules::{self, MAIN, SCAN_WORKER};
use crate::packing::{self, Bundle};

const NAME: &str = "uphill.html";
/// The site's page.
const PAGE: &str = "index.html";
/// What mail and supplements take without a second thought, in bytes: every figure is in it.
const LARGEST: usize = 650_000;

const SHELL: &str = include_str!("shell.html");
const LZMA: &str = include_str!("lzma.js");
const UNPACK: &str = include_str!("unpack.js");

/// Characters of a line, so that editors and mailers bear the file.
const LINE: usize = 1000;

/// The whole engine stands in for the lab's, which is a part of it.
const WHOLE_ENGINE: &str = "export * from './uphill.js';\nexport { default } from './uphill.js';\n";

/// The other languages are left out for their size.
const ENGLISH_ALONE: &str = "export const LANGUAGES = {};\n";

/// So are recordings, whose button is then not shown.
const NO_RECORDINGS: &str = "export const toggleRecording = () => {};\n";
/// Nor does a file keep changed runs: it is a document rather than a place.
const NOTHING_KEPT: &str = "export const keepAltered = () => {};\n";

/// What the page needs besides, by its name within the site: not the lab's engine, nor the page of
/// the tests' findings, nor the copy for times without a connection.
const OTHERS: [&str; 5] = [
    SCAN_WORKER,
    "style.css",
    PAGE,
    "icon.svg",
    "engine/uphill_bg.wasm",
];

/// Packs the site in the folder `site` into a file there.
pub fn write(root: &Path, site: &Path) -> Result<()> {
    let mut files = vec![(MAIN, main_bundle(root, site)?)];
    for name in OTHERS {
        let file = site.join(name);
        let content =
            fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        files.push((
            name,
            if name == PAGE {
                bare(&content)?
            } else {
                content
            },
        ));
    }
    let packed = pack(&files, &unpacking(root)?)?;
    ensure!(
        packed.len() < LARGEST,
        "{NAME} would have {} bytes; allowed are {LARGEST}",
        packed.len()
    );
    let file = site.join(NAME);
    fs::write(&file, packed).with_context(|| format!("{} cannot be written", file.display()))
}

/// The site's page with nothing in its head but its icon: the file has a head of its own.
fn bare(page: &[u8]) -> Result<Vec<u8>> {
    let page = std::str::from_utf8(page).with_context(|| format!("{PAGE} is no text"))?;
    let parts = page.split_once("<head>\n").zip(page.split_once("</head>"));
    let ((before, head), (_, behind)) = parts.with_context(|| format!("{PAGE} has no head"))?;
    let icon = head
        .lines()
        .find(|line| line.starts_with("<link rel=\"icon\""));
    let icon = icon.with_context(|| format!("{PAGE} has no icon"))?;
    Ok(format!("{before}<head>{icon}</head>{behind}").into_bytes())
}

/// The page's first module with all that it imports, the whole engine in place of the lab's.
fn main_bundle(root: &Path, site: &Path) -> Result<Vec<u8>> {
    let work = tempfile::tempdir().context("There is no place for the bundle")?;
    modules::gather(root, site, work.path())?;
    fs::write(work.path().join("engine/lab.js"), WHOLE_ENGINE)
        .context("The engine cannot be replaced")?;
    fs::write(work.path().join("js/ground/languages.js"), ENGLISH_ALONE)
        .context("The languages cannot be left out")?;
    fs::write(work.path().join("js/shell/record.js"), NO_RECORDINGS)
        .context("The recordings cannot be left out")?;
    fs::write(work.path().join("js/shell/altered-run.js"), NOTHING_KEPT)
        .context("The keeping of runs cannot be left out")?;
    let file = work.path().join("main.js");
    packing::bundle(root, work.path(), MAIN, Bundle::Page, &file)?;
    fs::read(&file).context("The bundle cannot be read")
}

/// The script that unpacks the file, minified: it is the one part that is not packed.
fn unpacking(root: &Path) -> Result<String> {
    const SCRIPT: &str = "unpack.js";
    let work = tempfile::tempdir().context("There is no place for the script")?;
    let file = work.path().join(SCRIPT);
    let script = format!("{LZMA}\n{}", UNPACK.replace("ALPHABET", &alphabet()));
    fs::write(&file, script).context("The script cannot be written")?;
    packing::minify(root, work.path(), &[SCRIPT.to_owned()])?;
    fs::read_to_string(&file).context("The script cannot be read")
}

/// The file with all of this in it, and the script that unpacks it.
fn pack(files: &[(&str, Vec<u8>)], script: &str) -> Result<String> {
    let sizes: Vec<(&str, usize)> = files
        .iter()
        .map(|(name, content)| (*name, content.len()))
        .collect();
    let mut whole = serde_json::to_vec(&sizes).context("The list has no JSON")?;
    whole.push(b'\n');
    for (_, content) in files {
        whole.extend_from_slice(content);
    }
    let digest = STANDARD.encode(Sha256::digest(format!("\n{script}")));
    let digits = in_digits(&compressed(&whole)?);
    Ok(SHELL
        .replace("DIGEST", &format!("sha256-{digest}"))
        .replace("SUM", &adler(&whole).to_string())
        .replace("SCRIPT", script)
        .replace("PACKED", &digits))
}

fn compressed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut options = LzmaOptions::with_preset(9);
    options.dict_size = 1 << 22;
    options.pb = 0;
    options.nice_len = LzmaOptions::NICE_LEN_MAX;
    let size = Some(bytes.len() as u64);
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, size)
        .context("The compression does not start")?;
    writer.write_all(bytes).context("The compression failed")?;
    writer.finish().context("The compression does not end")
}

/// The characters that can be seen, without those that end a text in HTML or JavaScript: 91.
fn alphabet() -> String {
    (b'!'..=b'~')
        .filter(|byte| !b"<'\\".contains(byte))
        .map(char::from)
        .collect()
}

/// Bytes in digits, the lowest bits first: 13 bits in two digits, the lower first, or 14 where
/// their number is still below 91², as in basE91.
fn in_digits(bytes: &[u8]) -> String {
    let digits = alphabet().into_bytes();
    let mut text = String::new();
    let mut written = 0;
    let mut push = |two: u32| {
        for digit in [two % 91, two / 91] {
            text.push(char::from(digits[digit as usize]));
        }
        written += 2;
        if written % LINE == 0 {
            text.push('\n');
        }
    };
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        bits |= u32::from(*byte) << count;
        count += 8;
        if count > 13 {
            let few = bits & 0x1fff;
            // 88 + 2¹³ is the last number of two digits: 91² − 1.
            let (two, taken) = if few > 88 {
                (few, 13)
            } else {
                (bits & 0x3fff, 14)
            };
            push(two);
            bits >>= taken;
            count -= taken;
        }
    }
    // As many zeros behind it as fill the last byte up.
    if count > 0 {
        push(bits);
    }
    text
}

/// Adler's checksum, as in zlib.
fn adler(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1, 0), |(a, b): (u32, u32), &byte| {
        let a = (a + u32::from(byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_ninety_one_and_harmless() {
        let all = alphabet();
        assert_eq!(all.len(), 91);
        let digit = |i: usize| &all[i..=i];
        // 89 is above 88, so that 13 bits are taken: 89 and 0, then the other three bits.
        assert_eq!(
            in_digits(&[89, 0]),
            [digit(89), digit(0), digit(0), digit(0)].concat()
        );
        // 88 leaves room for a 14th bit: 88 + 2¹³ is 90 + 90·91.
        assert_eq!(
            in_digits(&[88, 0x20]),
            [digit(90), digit(90), digit(0), digit(0)].concat()
        );
    }

    #[test]
    fn of_the_head_of_the_page_the_icon_stays() {
        let icon = "<link rel=\"icon\" href=\"icon.svg\">";
        let page =
            format!("<html>\n<head>\n<meta>\n{icon}\n<template></template>\n</head>\n<body>");
        let left = format!("<html>\n<head>{icon}</head>\n<body>");
        assert_eq!(bare(page.as_bytes()).unwrap(), left.into_bytes());
        assert!(bare(b"<html><body>").is_err());
    }

    /// RFC 1950's sum of the text that Wikipedia gives as its example.
    #[test]
    fn the_checksum_is_that_of_zlib() {
        assert_eq!(adler(b"Wikipedia"), 0x11e6_0398);
    }
}
