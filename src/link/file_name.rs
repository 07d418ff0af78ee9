//! Names of files: what can be read in a link, and a digest of all of it.

use crate::digest::Digest;

/// Longest part that is made of a link's keys, the seed beside it.
const LONGEST: usize = 60;
/// Hexadecimal digits of the digest.
const DIGITS: usize = 12;

/// The name, without an ending, of a file that belongs to a canonical link.
///
/// It consists of letters, digits, points and hyphens, so that every file system takes it, and no
/// two links share it, nor do they where capitals do not count.
///
/// # Example
/// ```
/// use uphill::link::file_name::stem;
/// let name = stem("v=1&exp=current&ms=0.9975:1:0.0001&L=20&seed=7");
/// assert!(name.starts_with("uphill-current-ms0.9975to1-L20-seed7-"));
/// assert_eq!(name, stem("v=1&exp=current&ms=0.9975:1:0.0001&L=20&seed=7"));
/// ```
pub fn stem(link: &str) -> String {
    let mut name = "uphill".to_owned();
    let mut seed = String::new();
    for (key, value) in link.split('&').filter_map(|pair| pair.split_once('=')) {
        let word = match key {
            "v" => continue,
            "exp" => value.to_owned(),
            _ => format!("{key}{}", shown(value)),
        };
        if key == "seed" {
            seed = word;
        } else if name.len() + 1 + word.len() <= LONGEST {
            name.push('-');
            name.push_str(&word);
        }
    }
    if !seed.is_empty() {
        name.push('-');
        name.push_str(&seed);
    }
    let mut digest = Digest::new();
    digest.bytes(link.as_bytes());
    let digits = format!("{:016x}", digest.value());
    let name: String = name.chars().map(allowed).collect();
    format!("{name}-{}", &digits[..DIGITS])
}

/// A value; of a list its first and its last number.
fn shown(value: &str) -> String {
    let parts: Vec<&str> = value.split(',').collect();
    let [first, .., last] = parts[..] else {
        return ends(value);
    };
    let first = first.split(':').next().unwrap_or(first);
    let last = last.split(':').nth(1).unwrap_or(last);
    format!("{first}to{last}")
}

/// The ends of a range, or a lone number.
fn ends(value: &str) -> String {
    match value.split(':').collect::<Vec<_>>()[..] {
        [first, last, _] => format!("{first}to{last}"),
        _ => value.to_owned(),
    }
}

fn allowed(c: char) -> char {
    if c.is_ascii_alphanumeric() || ".-".contains(c) {
        c
    } else {
        '_'
    }
}
