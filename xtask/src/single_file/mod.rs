//! The page as a single file that needs no host: `dist/uphill.html`.
//!
//! The site's own files are packed with LZMA and written in 91 characters, so that the file is
//! plain ASCII and survives whatever it is sent through; `unpack.js` turns them into the page.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lzma_rust2::{LzmaOptions, LzmaWriter};
use sha2::{Digest, Sha256};

const NAME: &str = "uphill.html";
/// What mail and supplements take, in bytes.
const LARGEST: usize = 500_000;

const SHELL: &str = include_str!("shell.html");
const LZMA: &str = include_str!("lzma.js");
const UNPACK: &str = include_str!("unpack.js");

/// Characters of a line, so that editors and mailers bear the file.
const LINE: usize = 1000;

/// The whole engine stands in for the lab's, which is a part of it.
const LAB: &str = "engine/lab.js";
const ENGINE: &str = "engine/uphill.js";

/// Packs the site in the folder `site` into a file there.
pub fn write(site: &Path) -> Result<()> {
    let packed = pack(&ordered(read(site)?)?)?;
    ensure!(
        packed.len() < LARGEST,
        "{NAME} would have {} bytes; allowed are {LARGEST}",
        packed.len()
    );
    let file = site.join(NAME);
    fs::write(&file, packed).with_context(|| format!("{} cannot be written", file.display()))
}

/// What the page needs, by its name within the site.
fn read(site: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let unreadable = || format!("{} cannot be read", site.join(&folder).display());
        for entry in fs::read_dir(site.join(&folder)).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let name = format!("{folder}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(format!("{name}/"));
            } else if is_needed(&name) {
                let content = fs::read(entry.path())
                    .with_context(|| format!("{} cannot be read", entry.path().display()))?;
                files.insert(name, content);
            }
        }
    }
    Ok(files)
}

/// Not the lab's engine, the copy for times without a connection and what belongs to that, the
/// types, and the page of the tests' findings.
fn is_needed(name: &str) -> bool {
    let page = ["index.html", "style.css", "icon.svg"].contains(&name);
    let module = name.starts_with("js/") && name != "js/offline.js";
    page || module || name == ENGINE || name == "engine/uphill_bg.wasm"
}

/// The files with every module behind those that it imports at its start.
fn ordered(mut files: BTreeMap<String, Vec<u8>>) -> Result<Vec<(String, Vec<u8>)>> {
    let mut needs = BTreeMap::new();
    for (name, content) in &mut files {
        if name.ends_with(".css") {
            let text = std::str::from_utf8(content);
            *content = without_comments(text.with_context(|| format!("{name} is no text"))?).into();
        } else if name.ends_with(".js") {
            let text =
                std::str::from_utf8(content).with_context(|| format!("{name} is no text"))?;
            let text = without_comments(&with_whole_engine(name, text));
            needs.insert(name.clone(), imports(name, &text));
            *content = text.into_bytes();
        }
    }
    let mut sorted = Vec::new();
    while !needs.is_empty() {
        let ready: Vec<String> = needs
            .iter()
            .filter(|(_, imports)| imports.iter().all(|name| !needs.contains_key(name)))
            .map(|(name, _)| name.clone())
            .collect();
        if ready.is_empty() {
            let left: Vec<_> = needs.into_keys().collect();
            bail!(
                "These modules import each other in a circle: {}",
                left.join(", ")
            );
        }
        for name in ready {
            for import in needs.remove(&name).into_iter().flatten() {
                ensure!(
                    files.contains_key(&import),
                    "{name} imports {import}, which is not there"
                );
            }
            sorted.push(name);
        }
    }
    let others = files.keys().filter(|name| !name.ends_with(".js"));
    sorted.extend(others.cloned());
    let taken = sorted.into_iter().map(|name| {
        let content = files.remove(&name).unwrap_or_default();
        (name, content)
    });
    Ok(taken.collect())
}

/// A module that imports the lab's engine as one that imports the whole.
fn with_whole_engine(name: &str, text: &str) -> String {
    let folder = "../".repeat(name.matches('/').count());
    text.replace(&format!("'{folder}{LAB}'"), &format!("'{folder}{ENGINE}'"))
}

/// A module or a style sheet without the lines that are comments and nothing else, and without
/// what its lines are set in by; texts over several lines keep it.
fn without_comments(text: &str) -> String {
    let mut within = false;
    let mut in_text = false;
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        let code = line.trim();
        if in_text {
            kept.push_str(line);
            kept.push('\n');
            in_text ^= line.matches('`').count() % 2 == 1;
            continue;
        }
        // One that ends before the line does stands before code.
        let whole = code.strip_suffix("*/").unwrap_or(code);
        within |= code.starts_with("/*") && !whole.contains("*/");
        if !within && !code.is_empty() && !code.starts_with("//") {
            kept.push_str(line.trim_start());
            kept.push('\n');
            in_text = code.matches('`').count() % 2 == 1;
        }
        within &= !code.ends_with("*/");
    }
    kept
}

/// The names of the modules that a module imports at its start.
fn imports(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut within = false;
    for line in text.lines() {
        within |= line.starts_with("import ") || line.starts_with("export {");
        if !within {
            continue;
        }
        let mut quoted = line.split('\'');
        if let (Some(_), Some(specifier)) = (quoted.next(), quoted.next())
            && specifier.starts_with('.')
        {
            found.push(resolved(name, specifier));
        }
        within = !line.ends_with(';');
    }
    found
}

/// A specifier as a module gives it, as a name within the site.
fn resolved(from: &str, specifier: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// The file with all of this in it.
fn pack(files: &[(String, Vec<u8>)]) -> Result<String> {
    let sizes: Vec<(&str, usize)> = files
        .iter()
        .map(|(name, content)| (name.as_str(), content.len()))
        .collect();
    let mut whole = serde_json::to_vec(&sizes).context("The list has no JSON")?;
    whole.push(b'\n');
    for (_, content) in files {
        whole.extend_from_slice(content);
    }
    let script = format!("{LZMA}\n{}", UNPACK.replace("ALPHABET", &alphabet()));
    let digest = STANDARD.encode(Sha256::digest(format!("\n{script}")));
    let digits = in_digits(&compressed(&whole)?);
    Ok(SHELL
        .replace("DIGEST", &format!("sha256-{digest}"))
        .replace("SUM", &adler(&whole).to_string())
        .replace("SCRIPT", &script)
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

    fn files(pairs: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn a_module_stands_behind_those_that_it_imports() {
        let all = files(&[
            ("index.html", ""),
            (
                "js/a.js",
                "// a\nimport {\n  b,\n} from './b.js';\nimport('./late.js');\n",
            ),
            ("js/b.js", "import init from '../engine/lab.js';\n"),
            ("js/late.js", "import { a } from './a.js';\n"),
            (ENGINE, ""),
        ]);
        let sorted = ordered(all).unwrap();
        let names: Vec<_> = sorted.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [ENGINE, "js/b.js", "js/a.js", "js/late.js", "index.html"]
        );
        assert_eq!(sorted[1].1, b"import init from '../engine/uphill.js';\n");
    }

    #[test]
    fn comments_are_left_out_and_code_is_not() {
        let text =
            "// a\n/** b */\nlet c; // d\n  /**\n   * e\n   */\n\n  f = '/*';\n/** g */ (h).i();\n";
        let left = "let c; // d\nf = '/*';\n/** g */ (h).i();\n";
        assert_eq!(without_comments(text), left);
        let text = "  a(`b\n  // c\n    d`);\n  // e\n  f();\n";
        let left = "a(`b\n  // c\n    d`);\nf();\n";
        assert_eq!(without_comments(text), left);
    }

    #[test]
    fn circles_and_missing_modules_are_named() {
        let circle = files(&[
            ("js/a.js", "import './b.js';\n"),
            ("js/b.js", "import './a.js';\n"),
        ]);
        let error = ordered(circle).unwrap_err().to_string();
        assert!(error.ends_with("in a circle: js/a.js, js/b.js"), "{error}");
        let error = ordered(files(&[("js/a.js", "import './b.js';\n")])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "js/a.js imports js/b.js, which is not there"
        );
    }

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

    /// RFC 1950's sum of the text that Wikipedia gives as its example.
    #[test]
    fn the_checksum_is_that_of_zlib() {
        assert_eq!(adler(b"Wikipedia"), 0x11e6_0398);
    }
}
