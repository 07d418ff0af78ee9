//! Numbers as the page shows them.

/// Shares of a normal variable beyond two and three.
const BEYOND: [(f64, f64); 2] = [(2.0, 0.045500), (3.0, 0.002700)];

/// "Beyond 2: expected 20.1, found 17; …" of so many scores.
pub fn beyond(scores: &[f64]) -> String {
    let each = BEYOND.map(|(limit, share)| {
        let found = scores.iter().filter(|z| z.abs() > limit).count();
        let expected = share * scores.len() as f64;
        format!("beyond {limit} are {found}, where {expected:.1} are expected by chance")
    });
    format!("Of {} z, {}.", scores.len(), each.join("; "))
}

/// A share in per cent with its binomial error, 68.1(7) %.
pub fn share(share: f64, results: f64) -> String {
    let error = (share * (1.0 - share) / results).sqrt();
    format!("{:.1}({:.0}) %", 100.0 * share, (1000.0 * error).max(1.0))
}

/// A score with its sign.
pub fn z(score: f64) -> String {
    signed(score, 1)
}

/// A number with its sign, a proper minus.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    if text.chars().any(|digit| ('1'..='9').contains(&digit)) {
        text.replace('-', "−")
    } else {
        text[1..].to_owned()
    }
}

/// Three digits, as 4.72·10⁶ from ten thousand on.
pub fn three(value: f64) -> String {
    if !value.is_finite() || value <= 0.0 {
        return "–".to_owned();
    }
    let rounded = format!("{value:.2e}");
    let (digits, exponent) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-3..=3).contains(&exponent) {
        let decimals = usize::try_from(2 - exponent).unwrap_or(0);
        return format!("{value:.decimals$}");
    }
    let exponent = exponent.to_string();
    let raised = exponent.chars().map(|digit| match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' => '⁰',
        other => char::from_u32(other as u32 - '4' as u32 + '⁴' as u32).unwrap_or(other),
    });
    format!("{digits}·10{}", raised.collect::<String>())
}

/// The day of a time in seconds since 1970, in UTC: 2026-11-25.
pub fn day(seconds: u64) -> String {
    let mut days = seconds / 86_400;
    let mut year = 1970;
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [
        31,
        28 + u64::from(is_leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_digits() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(1_709_164_800), "2024-02-29");
        assert_eq!(day(1_795_564_800), "2026-11-25");
        assert_eq!(three(4.7249e6), "4.72·10⁶");
        assert_eq!(three(64.26), "64.3");
        assert_eq!(three(1234.0), "1234");
        assert_eq!(three(0.0), "–");
        assert_eq!((z(-0.04), z(-1.26)), ("0.0".to_owned(), "−1.3".to_owned()));
        assert_eq!(share(0.6809, 4000.0), "68.1(7) %");
    }
}
