//! The bytes of a file as text: UTF-8, or UTF-16 as some editors and shells write it.

use crate::words;
use std::borrow::Cow;

/// The text of bytes, without a mark of the order of its bytes.
///
/// UTF-16 is known by its mark, or by the zero in its first character, which is one of ASCII in
/// every file of ours.
///
/// # Example
/// ```
/// use uphill::scan::file::encoding::text;
/// assert_eq!(text(b"\xef\xbb\xbf{}").unwrap(), "{}");
/// assert_eq!(text(b"\xff\xfe{\0}\0").unwrap(), "{}");
/// ```
///
/// # Errors
/// Says in words that it is no text.
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let found = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [1..=u8::MAX, 0, ..] => wide(bytes, u16::from_le_bytes),
        [0, 1..=u8::MAX, ..] => wide(bytes, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    };
    found.ok_or_else(|| words::results::NO_TEXT.to_owned())
}

fn wide(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Option<Cow<'static, str>> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_encoding_is_read(inner in "[\u{1}-\u{10ffff}]{0,20}") {
            // A file of ours begins with a character of ASCII.
            let given = format!("{{{inner}");
            let units = || given.encode_utf16();
            let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
            let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
            for bytes in [
                given.as_bytes().to_vec(),
                marked(b"\xef\xbb\xbf", given.as_bytes()),
                marked(b"\xff\xfe", &little),
                marked(b"\xfe\xff", &big),
                little,
                big,
            ] {
                prop_assert_eq!(&text(&bytes).unwrap(), &given);
            }
        }

        #[test]
        fn any_bytes_are_text_or_not(bytes: Vec<u8>) {
            let _ = text(&bytes);
        }
    }

    #[test]
    fn what_is_no_text_is_said() {
        for bytes in [
            &b"\x89PNG\r\n\x1a\n"[..],
            b"\xff\xfe{\0}",
            b"\xff\xfe\0\xd8{\0",
        ] {
            assert_eq!(text(bytes).unwrap_err(), words::results::NO_TEXT.said());
        }
    }
}
