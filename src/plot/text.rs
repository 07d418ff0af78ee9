//! How much room a text takes. The widths are those of DejaVu Sans, which is wider than the fonts
//! that most systems have: what finds room by them has room.

/// Widths of the characters from space to tilde, in hundredths of the text size.
const ASCII: [u8; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75,
    79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36,
    64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
];
/// Height of a line of text from its highest to its lowest ink, in text sizes.
pub const HEIGHT: f64 = 1.15;

/// Width of a text, in text sizes.
pub fn width(text: &str) -> f64 {
    let hundredths = |c: char| match c {
        ' '..='~' => ASCII[c as usize - ' ' as usize],
        'ₜ' => 30,
        '·' | '’' => 32,
        '⟨' | '⟩' => 40,
        '²' | '³' | '¹' | '⁰'..='⁹' | 'ᵦ' => 41,
        '–' => 50,
        '⁻' | '₊' | '₋' => 53,
        'β' | 'σ' | 'χ' => 64,
        '−' | '±' | '≥' | '≤' => 84,
        _ => 100,
    };
    text.chars().map(|c| f64::from(hundredths(c))).sum::<f64>() / 100.0
}

/// A text in lines of at most so many text sizes, broken between words.
pub fn lines(text: &str, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + width(" ") + width(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_lose_no_word() {
        let text = "m_crit cannot be told: no point in the step has an error yet";
        let broken = lines(text, 12.0);
        assert!(broken.len() > 1);
        assert!(broken.iter().all(|line| width(line) <= 12.0));
        assert_eq!(broken.join(" "), text);
    }

    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn no_character_is_wider_than_it_is_taken_for() {
        let font = ttf_parser::Face::parse(dejavu::sans::regular(), 0).expect("a font");
        let em = f64::from(font.units_per_em());
        let others = "−⁻⁰¹²³⁴⁵⁶⁷⁸⁹₊₋ᵦₜβσχ·–⟨⟩●○◆▲■≤≥±’";
        for c in (' '..='~').chain(others.chars()) {
            let glyph = font.glyph_index(c).expect("a glyph");
            let advance = f64::from(font.glyph_hor_advance(glyph).expect("a width")) / em;
            let taken = width(&c.to_string());
            assert!(advance <= taken + 1e-9, "{c} {advance} {taken}");
            assert!(taken < advance + 0.25, "{c} {advance} {taken}");
        }
    }
}
