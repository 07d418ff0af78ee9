//! Numbers as people and machines write them: 40, −0.9991, 1e+3, 0,5, １０, 1 000 000.

/// Digits between two blanks of a long number.
const GROUP: usize = 3;

/// Reads a whole number of decimal digits.
pub(crate) fn whole(text: &str) -> Option<u64> {
    let text = plain(text)?;
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Reads a finite number; never `inf`, `nan` or a negative zero.
///
/// A comma is that of decimals where it can be nothing else: 0,5 and 1,25, but not 1,000.
pub(crate) fn real(text: &str) -> Option<f64> {
    let text = with_point(plain(text)?)?;
    let known = |b: u8| b.is_ascii_digit() || b"+-.eE".contains(&b);
    let x: f64 = text.bytes().all(known).then(|| text.parse().ok())??;
    x.is_finite().then_some(x + 0.0)
}

/// A number in ASCII, without the blanks that parted its digits by threes.
#[inline(never)]
fn plain(text: &str) -> Option<String> {
    let mut plain = String::new();
    for c in text.chars().filter_map(ascii) {
        match c {
            // Behind an e: what a form has left of a plus.
            '+' | ' ' if plain.ends_with(['e', 'E']) => {}
            // Elsewhere what it has made of a blank.
            '+' => plain.push(' '),
            c => plain.push(c),
        }
    }
    let mut text = plain.as_bytes();
    while let [b' ', rest @ ..] | [rest @ .., b' '] = text {
        text = rest;
    }
    let (mut joined, mut whole) = (String::new(), true);
    let (mut blanks, mut digits) = (0, 0);
    let fits = |blanks, digits| digits == GROUP || (blanks == 0 && (1..GROUP).contains(&digits));
    for &b in text {
        match b {
            b' ' if !whole || !fits(blanks, digits) => return None,
            b' ' => {
                blanks += 1;
                digits = 0;
                continue;
            }
            b if b.is_ascii_digit() => digits += 1,
            b'-' if joined.is_empty() => {}
            _ if whole && blanks > 0 && digits != GROUP => return None,
            _ => whole = false,
        }
        joined.push(char::from(b));
    }
    (!whole || blanks == 0 || digits == GROUP).then_some(joined)
}

/// The number with a point for its decimals; none where a comma may part thousands.
fn with_point(text: String) -> Option<String> {
    let Some((before, after)) = text.split_once(',') else {
        return Some(text);
    };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let before = before.strip_prefix('-').unwrap_or(before);
    let thousands = digits == GROUP && !before.starts_with('0');
    let doubtful = before.is_empty() || digits == 0 || thousands || text.contains('.');
    (!doubtful).then(|| text.replacen(',', ".", 1))
}

/// The sign of ASCII that a character stands for in a query, if it stands for any at all.
///
/// Minus signs and the dashes that word processors put in their place, the full-width signs and the digits of other
/// scripts are taken for what they mean. What nobody sees, such as a soft hyphen, means nothing.
#[inline(never)]
pub(crate) fn ascii(c: char) -> Option<char> {
    let digit = |zero: u32| char::from_digit(c as u32 - zero, 10);
    match c {
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Some('-'),
        '\u{3001}' => Some(','),
        '\u{66b}' => Some('.'),
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        c if c.is_whitespace() && c != '\n' => Some(' '),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_meant() {
        for (text, x) in [
            ("0.9991", 0.9991),
            (" +0.5 ", 0.5),
            ("−0.5", -0.5),
            ("–0,5", -0.5),
            ("\u{a0}0.5", 0.5),
            ("1,25e-3", 0.00125),
            ("0,999", 0.999),
            ("-0,125", -0.125),
            ("1e+5", 1e5),
            ("1e 5", 1e5),
            ("1e−5", 1e-5),
            ("1\u{202f}000\u{202f}000", 1e6),
            ("12 345.5", 12345.5),
            ("０．５", 0.5),
            ("٠٫٥", 0.5),
            (".5", 0.5),
        ] {
            assert_eq!(real(text), Some(x), "{text}");
        }
        assert!(real("-0").is_some_and(f64::is_sign_positive));
        assert_eq!(whole("１２"), Some(12));
        assert_eq!(whole("1 000"), Some(1000));
    }

    #[test]
    fn what_may_be_two_numbers_is_none() {
        for text in [
            "", "-", "1,000", "-12,345", "1,2,3", "1.000,5", ",5", "5,", "0,5 1", "1 00",
            "0.5 001", "1 000 0", "inf", "nan", "0x1", "1e999", "5e", "1,000.5",
        ] {
            assert_eq!(real(text), None, "{text}");
        }
        for text in ["", "-1", "1.0", "1,0", "1e3", "0x1", "99999999999999999999"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
