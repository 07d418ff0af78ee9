//! Texts in the language of the page, which hands them in: each by the English one, with the same
//! values in braces.

use std::fmt::{Display, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Pairs of an English text and its translation.
type Table = Vec<(&'static str, &'static str)>;

static TABLE: OnceLock<Table> = OnceLock::new();

/// Whether a file is being written, which is in English.
static OF_FILES: AtomicBool = AtomicBool::new(false);

/// What is in force.
fn known() -> Option<&'static Table> {
    TABLE.get().filter(|_| !OF_FILES.load(Ordering::Relaxed))
}

/// Has something said in English, for a file.
#[cfg(any(test, feature = "experiments"))]
pub(crate) fn in_english<T>(write: impl FnOnce() -> T) -> T {
    OF_FILES.store(true, Ordering::Relaxed);
    let written = write();
    OF_FILES.store(false, Ordering::Relaxed);
    written
}

/// Sets the language, once and for good: lines in pairs, an English text and what is said for it.
pub(crate) fn set(lines: String) {
    // Names of states and the like are asked for as texts that last.
    let _ = TABLE.set(table(lines.leak()));
}

fn table(lines: &'static str) -> Table {
    let mut lines = lines.lines();
    let mut table = Table::new();
    while let (Some(english), Some(text)) = (lines.next(), lines.next()) {
        table.push((english, text));
    }
    table
}

/// A text in the language of the page; in English where it has no other.
///
/// None of these functions is put into another, for the sake of the engine's size: they are called
/// by every text.
#[inline(never)]
pub(crate) fn translated(english: &'static str) -> &'static str {
    known().map_or(english, |table| within(table, english))
}

fn within(table: &Table, english: &'static str) -> &'static str {
    let known = table.iter().find(|(known, _)| *known == english);
    known.map_or(english, |(_, text)| text)
}

/// A text in the language of the page, with its values by their names, each of which ends with a
/// blank.
#[inline(never)]
pub(crate) fn put_in(english: &'static str, names: &str, values: &[&dyn Display]) -> String {
    filled(translated(english), names, values)
}

#[inline(never)]
fn filled(text: &str, names: &str, values: &[&dyn Display]) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        said.push_str(before);
        let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
        if let Some(place) = names.split(' ').position(|known| known == name) {
            // A text takes whatever is written into it.
            let _ = write!(said, "{}", values[place]);
        }
        rest = behind;
    }
    said.push_str(rest);
    said
}

/// What was said in English, in the language of the page: the text of the table with which it can
/// have been said. Of texts with several values none is looked for.
#[cfg(any(test, feature = "experiments"))]
pub(crate) fn again(said: String) -> String {
    known()
        .and_then(|table| again_within(table, &said))
        .unwrap_or(said)
}

#[cfg(any(test, feature = "experiments"))]
fn again_within(table: &Table, said: &str) -> Option<String> {
    table.iter().find_map(|(english, text)| {
        let Some((before, rest)) = english.split_once('{') else {
            return (*english == said).then(|| (*text).to_owned());
        };
        let (name, behind) = rest.split_once('}')?;
        let value = said.strip_prefix(before)?.strip_suffix(behind)?;
        // A value alone may be said by anything.
        if before.is_empty() && behind.is_empty() || behind.contains('{') {
            return None;
        }
        let value = again_within(table, value).unwrap_or_else(|| value.to_owned());
        Some(filled(text, name, &[&value]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german() -> Table {
        table(
            "one bump\nein Buckel\n\
             {n} of {all} points\nvon {all} Punkten {n}\n\
             damaged: {what}\nbeschädigt: {what}\n\
             its clock\ndie Uhr",
        )
    }

    #[test]
    fn a_text_is_found_by_the_english_one_and_else_stays() {
        assert_eq!(within(&german(), "one bump"), "ein Buckel");
        assert_eq!(within(&german(), "two bumps"), "two bumps");
    }

    #[test]
    fn values_are_put_in_by_name_in_any_order() {
        let text = within(&german(), "{n} of {all} points");
        assert_eq!(filled(text, "n all ", &[&3, &8]), "von 8 Punkten 3");
    }

    #[test]
    fn what_was_said_in_english_is_said_again_with_its_value() {
        let again = |said| again_within(&german(), said);
        assert_eq!(again("one bump").as_deref(), Some("ein Buckel"));
        assert_eq!(
            again("damaged: its clock").as_deref(),
            Some("beschädigt: die Uhr")
        );
        assert_eq!(again("damaged: 7").as_deref(), Some("beschädigt: 7"));
        assert_eq!(again("3 of 8 points"), None);
    }
}
