//! All that a person reads, in one place: a file per subject.
//!
//! An entry is a text with a name, and what it needs to know stands in braces. On the page each can
//! stand in another language, in which the values in braces come in any order: `translation.rs`.
//! Symbols, such as m₊ and σ, and numbers come from elsewhere, as do keys of links and names in
//! files, which are the same in every language.
//!
//! A text that begins with a blank or a mark goes on where another one has ended. Which text is
//! said when is not decided here.

#[cfg(any(test, target_arch = "wasm32"))]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "the page's alone")
)]
mod translation;

use std::fmt::{self, Display};
use std::ops::Deref;
#[cfg(all(feature = "experiments", target_arch = "wasm32"))]
pub(crate) use translation::{again, in_english};
#[cfg(target_arch = "wasm32")]
pub(crate) use translation::{put_in, set, translated};

/// A text without values. As a `str` it is in the language of the page; in the terminal that is
/// English.
pub(crate) struct Text(&'static str);

impl Text {
    /// In the language of the page.
    #[cfg(target_arch = "wasm32")]
    pub fn said(&self) -> &'static str {
        translated(self.0)
    }

    /// In English.
    #[cfg(not(target_arch = "wasm32"))]
    pub const fn said(&self) -> &'static str {
        self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.said()
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.said())
    }
}

/// Texts by their names: without values a constant, with values a function that puts them in;
/// one of a counted thing has two forms, for one and for any other number.
///
/// A value that its text leaves out does not compile.
macro_rules! words {
    ($($(#[$about:meta])* $name:ident $(($($value:ident),+))? = $text:literal $(or $several:literal)?;)*) => {
        $(words! { @entry [$(#[$about])*] $name $(($($value),+))? = $text $(or $several)? })*
    };
    (@entry [$($about:tt)*] $name:ident = $text:literal) => {
        $($about)*
        pub(crate) const $name: $crate::words::Text = $crate::words::Text($text);
    };
    (@entry [$($about:tt)*] $name:ident($n:ident) = $one:literal or $several:literal) => {
        $($about)*
        pub(crate) fn $name($n: usize) -> String {
            if $n == 1 { words!(@put $one, $n) } else { words!(@put $several, $n) }
        }
    };
    (@entry [$($about:tt)*] $name:ident($($value:ident),+) = $text:literal) => {
        $($about)*
        pub(crate) fn $name($($value: impl std::fmt::Display),+) -> String {
            words!(@put $text, $($value),+)
        }
    };
    (@put $text:literal, $($value:ident),+) => {{
        #[cfg(not(target_arch = "wasm32"))]
        let said = format!($text, $($value = $value),+);
        #[cfg(target_arch = "wasm32")]
        let said = $crate::words::put_in($text, concat!($(stringify!($value), " "),+), &[$(&$value),+]);
        said
    }};
}

/// Texts of files, which are in English whatever the language of the page, so that files are the
/// same everywhere: otherwise as `words!`.
#[cfg(feature = "experiments")]
macro_rules! words_of_files {
    ($($(#[$about:meta])* $name:ident $(($($value:ident),+))? = $text:literal;)*) => {
        $(words_of_files! { @entry [$(#[$about])*] $name $(($($value),+))? = $text })*
    };
    (@entry [$($about:tt)*] $name:ident = $text:literal) => {
        $($about)*
        pub(crate) const $name: &str = $text;
    };
    (@entry [$($about:tt)*] $name:ident($($value:ident),+) = $text:literal) => {
        $($about)*
        pub(crate) fn $name($($value: impl std::fmt::Display),+) -> String {
            format!($text, $($value = $value),+)
        }
    };
}

/// What was said in English where the language of the page does not reach, in the worker of a scan
/// or in a file, in that language.
#[cfg(all(feature = "experiments", not(target_arch = "wasm32")))]
pub(crate) fn again(english: String) -> String {
    english
}

#[cfg(feature = "experiments")]
pub(crate) mod bracketing;
pub(crate) mod budget;
pub(crate) mod checkpoints;
#[cfg(feature = "experiments")]
pub(crate) mod csv;
#[cfg(feature = "experiments")]
pub(crate) mod findings;
#[cfg(feature = "experiments")]
pub(crate) mod fits;
#[cfg(target_arch = "wasm32")]
pub(crate) mod lab;
pub(crate) mod links;
#[cfg(feature = "experiments")]
pub(crate) mod map;
#[cfg(feature = "experiments")]
pub(crate) mod matching;
pub(crate) mod measure;
#[cfg(feature = "experiments")]
pub(crate) mod phrases;
pub(crate) mod plots;
#[cfg(feature = "experiments")]
pub(crate) mod regimes;
#[cfg(feature = "experiments")]
pub(crate) mod relation;
#[cfg(feature = "experiments")]
pub(crate) mod results;
#[cfg(feature = "experiments")]
pub(crate) mod shares;
#[cfg(feature = "experiments")]
pub(crate) mod sizes;
#[cfg(feature = "experiments")]
pub(crate) mod tables;
#[cfg(feature = "experiments")]
pub(crate) mod tasks;
