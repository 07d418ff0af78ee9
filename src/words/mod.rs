//! All that a person reads, in one place: a file per subject.
//!
//! An entry is a text with a name, and what it needs to know stands in braces. To translate
//! Uphill is to give another version of the files of this folder, the names and the values in
//! braces left as they are. Symbols, such as m₊ and σ, and numbers come from elsewhere, as do
//! keys of links and names in files, which are the same in every language.
//!
//! A text that begins with a blank or a mark goes on where another one has ended. Which text is
//! said when is not decided here.

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
        pub(crate) const $name: &str = $text;
    };
    (@entry [$($about:tt)*] $name:ident($n:ident) = $one:literal or $several:literal) => {
        $($about)*
        pub(crate) fn $name($n: usize) -> String {
            if $n == 1 { format!($one, $n = $n) } else { format!($several, $n = $n) }
        }
    };
    (@entry [$($about:tt)*] $name:ident($($value:ident),+) = $text:literal) => {
        $($about)*
        pub(crate) fn $name($($value: impl std::fmt::Display),+) -> String {
            format!($text, $($value = $value),+)
        }
    };
}

#[cfg(feature = "experiments")]
pub(crate) mod bracketing;
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
pub(crate) mod measure;
#[cfg(feature = "experiments")]
pub(crate) mod phrases;
pub(crate) mod plots;
#[cfg(feature = "experiments")]
pub(crate) mod results;
#[cfg(feature = "experiments")]
pub(crate) mod shares;
#[cfg(feature = "experiments")]
pub(crate) mod tables;
#[cfg(feature = "experiments")]
pub(crate) mod tasks;
