//! Numbers as physicists write them: −3.79(4)·10⁻⁶.

#[cfg(feature = "experiments")]
pub mod csv;
pub(crate) mod numeral;

/// What stands for a number that does not exist.
pub const NOTHING: &str = "–";
/// Exponents of ten from here on are not written as powers.
const PLAIN: std::ops::RangeInclusive<i32> = -3..=4;

/// A value with its error in brackets, in units of the last digits shown: one digit,
/// or two where the error begins with a 1.
///
/// # Example
/// ```
/// use uphill::notation::with_error;
/// assert_eq!(with_error(-3.7912e-6, 4.1e-8), "−3.79(4)·10⁻⁶");
/// assert_eq!(with_error(4.851e-6, 1.83e-7), "4.85(18)·10⁻⁶");
/// assert_eq!(with_error(0.999312, 0.000012), "0.999312(12)");
/// ```
pub fn with_error(value: f64, error: f64) -> String {
    if !value.is_finite() || !error.is_finite() || error <= 0.0 {
        return plain(value, 4);
    }
    let last = last_digit(error);
    let units = in_units(error, last);
    in_brackets(value, last, &format!("{units}"))
}

/// A value whose errors below and above it differ, in units of the last digits shown; as
/// [`with_error`] where they are the same to that accuracy. The smaller error says which digit is
/// the last, but the larger one has two digits at most.
///
/// # Example
/// ```
/// use uphill::notation::with_errors;
/// assert_eq!(with_errors(0.99976, 5.8e-4, 9.2e-5), "0.99976(+9/−58)");
/// assert_eq!(with_errors(0.999312, 2.02e-5, 1.99e-5), "0.99931(2)");
/// ```
pub fn with_errors(value: f64, below: f64, above: f64) -> String {
    let (smaller, larger) = (below.min(above), below.max(above));
    let known = |error: f64| error.is_finite() && error > 0.0;
    if !value.is_finite() || !known(smaller) || !known(larger) {
        return with_error(value, larger);
    }
    let one = with_error(value, larger);
    if one == with_error(value, smaller) {
        return one;
    }
    let last = last_digit(smaller).max(decade(larger) - 1);
    let [below, above] = [below, above].map(|error| in_units(error, last).max(1.0));
    in_brackets(value, last, &format!("+{above}/−{below}"))
}

/// The power of ten of an error's last digit: its first, or its second where that is a 1.
fn last_digit(error: f64) -> i32 {
    // Rounding may carry the error into its next digit, so its digits are read off after it.
    let leading = format!("{error:.1e}");
    let (digits, exponent) = leading
        .split_once('e')
        .expect("an exponent is always written");
    let exponent: i32 = exponent.parse().expect("the exponent is a whole number");
    if digits.starts_with('1') {
        exponent - 1
    } else {
        exponent
    }
}

/// An error in units of the last digit.
fn in_units(error: f64, last: i32) -> f64 {
    (error / ten_to(last)).round()
}

/// A value down to the last digit, with its errors in brackets.
fn in_brackets(value: f64, last: i32, errors: &str) -> String {
    let top = if value == 0.0 {
        last
    } else {
        decade(value).max(last)
    };
    let power = if PLAIN.contains(&top) && last <= 0 {
        0
    } else {
        top
    };
    let decimals = (power - last).max(0) as usize;
    let unit = ten_to(power);
    format!(
        "{}({errors}){}",
        signed(value / unit, decimals),
        power_of_ten(power)
    )
}

/// A value with so many significant digits.
pub fn plain(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return if value == f64::INFINITY {
            "∞".to_owned()
        } else {
            NOTHING.to_owned()
        };
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let rounded = format!("{:.*e}", digits.saturating_sub(1), value);
    let (mantissa, exponent) = rounded
        .split_once('e')
        .expect("an exponent is always written");
    let exponent: i32 = exponent.parse().expect("the exponent is a whole number");
    if PLAIN.contains(&exponent) {
        let decimals = (digits as i32 - 1 - exponent).max(0) as usize;
        return signed(value, decimals);
    }
    format!("{}{}", mantissa.replace('-', "−"), power_of_ten(exponent))
}

/// A whole number, in groups of three digits.
pub fn whole(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// A mean as it is shown: with its error, if that is known.
pub fn mean(mean: Option<f64>, error: Option<f64>) -> String {
    match (mean, error) {
        (Some(mean), Some(error)) => with_error(mean, error),
        (Some(mean), None) => plain(mean, 4),
        (None, _) => NOTHING.to_owned(),
    }
}

/// ·10ⁿ, or nothing for n = 0.
pub fn power_of_ten(exponent: i32) -> String {
    if exponent == 0 {
        return String::new();
    }
    format!("·10{}", superscript(exponent))
}

/// A whole number raised.
pub fn superscript(number: i32) -> String {
    let raise = |digit| match digit {
        '-' => '⁻',
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => char::from_u32(digit as u32 - '4' as u32 + '⁴' as u32).unwrap_or(digit),
    };
    number.to_string().chars().map(raise).collect()
}

/// The power of ten that a value begins with.
pub fn decade(value: f64) -> i32 {
    let text = format!("{value:e}");
    text.split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0)
}

/// 10ⁿ as nearly as a real number can be.
pub fn ten_to(exponent: i32) -> f64 {
    format!("1e{exponent}")
        .parse()
        .expect("a power of ten is a number")
}

/// A number with so many decimals and a proper minus sign. What is 0 at so many decimals is
/// written as 0, which has no sign.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|digit| b"0.".contains(&digit)) => digits.to_owned(),
        _ => text.replace('-', "−"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn errors_in_brackets() {
        for (value, error, text) in [
            (-3.7912e-6, 4.1e-8, "−3.79(4)·10⁻⁶"),
            (1.0, 0.096, "1.00(10)"),
            (1.0, 0.0996, "1.00(10)"),
            (0.0, 2.1e-7, "0(2)·10⁻⁷"),
            (3e-9, 2.1e-7, "0(2)·10⁻⁷"),
            (-3e-9, 2.1e-7, "0(2)·10⁻⁷"),
            (-0.0, 2.1e-7, "0(2)·10⁻⁷"),
            (-2e-5, 6e-4, "0(6)·10⁻⁴"),
            (-1e-4, 0.002, "0.000(2)"),
            (123456.0, 2100.0, "1.23(2)·10⁵"),
            (123456.0, 1500.0, "1.235(15)·10⁵"),
            (-1.99512, 0.00031, "−1.9951(3)"),
            (12.0, 3.0, "12(3)"),
        ] {
            assert_eq!(with_error(value, error), text, "{value} ± {error}");
        }
    }

    #[test]
    fn two_errors_in_brackets() {
        for (value, below, above, text) in [
            (0.99976, 5.8e-4, 9.2e-5, "0.99976(+9/−58)"),
            (0.99976, 5.8e-4, 1e-7, "0.99976(+1/−58)"),
            (0.99976, 1.3e-5, 3e-5, "0.999760(+30/−13)"),
            (-4.3e-4, 1e-5, 4e-5, "−4.30(+40/−10)·10⁻⁴"),
            (12.0, 30.0, 3.0, "12(+3/−30)"),
            (0.5, 0.02, 0.02, "0.50(2)"),
        ] {
            assert_eq!(with_errors(value, below, above), text, "{value}");
        }
    }

    #[test]
    fn plain_numbers() {
        for (value, digits, text) in [
            (0.0, 3, "0"),
            (-0.0, 3, "0"),
            (3.2e6, 2, "3.2·10⁶"),
            (-0.25, 2, "−0.25"),
            (9.999e-7, 2, "1.0·10⁻⁶"),
            (f64::NAN, 3, NOTHING),
            (1234.0, 4, "1234"),
        ] {
            assert_eq!(plain(value, digits), text);
        }
        assert_eq!(whole(1_234_567), "1\u{202f}234\u{202f}567");
    }

    #[test]
    fn signs() {
        for (value, decimals, text) in [
            (-0.04, 1, "0.0"),
            (0.04, 1, "0.0"),
            (-0.05001, 1, "−0.1"),
            (-0.4, 0, "0"),
            (-0.0, 2, "0.00"),
        ] {
            assert_eq!(signed(value, decimals), text);
        }
    }

    /// Numbers of every size, many of them near the last digit that is shown.
    fn number() -> impl Strategy<Value = f64> {
        let small = (-2.0f64..2.0, -20i32..20).prop_map(|(x, power)| x * ten_to(power));
        prop_oneof![small, Just(-0.0), any::<f64>()]
    }

    proptest! {
        #[test]
        fn zero_has_no_sign(value in number(), error in number(), digits in 1usize..9) {
            for text in [
                with_error(value, error),
                plain(value, digits),
                signed(value.clamp(-1e9, 1e9), digits),
            ] {
                let (mantissa, _) = text.split_once('·').unwrap_or((&text, ""));
                let (number, _) = mantissa.split_once('(').unwrap_or((mantissa, ""));
                let zero = !number.contains(|c: char| ('1'..='9').contains(&c));
                let sign = number.contains(['−', '-']);
                prop_assert!(!(zero && sign), "{} ± {}: {}", value, error, text);
            }
        }
    }
}
