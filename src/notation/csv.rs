//! Tables for other programs: values between commas or semicolons, behind comments.

/// How the numbers of a table are written, and with them what stands between its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decimal {
    /// 0.5, and commas between the cells: what programs read.
    #[default]
    Point,
    /// 0,5, and semicolons between the cells: what a spreadsheet reads where one writes so.
    Comma,
}

impl Decimal {
    /// All of them, the usual one first.
    pub const ALL: [Decimal; 2] = [Decimal::Point, Decimal::Comma];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Decimal::Point => "point",
            Decimal::Comma => "comma",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Option<Decimal> {
        Decimal::ALL
            .into_iter()
            .find(|decimal| decimal.name() == name)
    }

    fn separator(self) -> &'static str {
        match self {
            Decimal::Point => ",",
            Decimal::Comma => ";",
        }
    }
}

/// What a cell holds. Whole numbers and real ones are told apart by how they are written, in
/// every file, so that a column has the same type wherever it is read.
pub(crate) enum Cell {
    /// One of few words, or a link: never with a separator, a quotation mark or a line break in
    /// it, and never beginning with what a spreadsheet takes for a formula.
    Text(String),
    Whole(u64),
    /// A whole number with a sign.
    Signed(i64),
    Real(f64),
    /// Not measured, or without meaning here.
    Empty,
}

impl Cell {
    pub fn real(value: Option<f64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Real)
    }

    fn written(self, decimal: Decimal) -> String {
        match self {
            Cell::Text(text) => text,
            Cell::Whole(number) => number.to_string(),
            Cell::Signed(number) => number.to_string(),
            Cell::Real(value) => match decimal {
                Decimal::Point => real(value),
                Decimal::Comma => real(value).replace('.', ","),
            },
            Cell::Empty => String::new(),
        }
    }
}

/// A real number that nobody takes for a whole one: 1.0, 0.999, 1.0e-7; zero has no sign.
fn real(value: f64) -> String {
    let text = format!("{:?}", value + 0.0);
    match text.split_once('e') {
        Some((digits, power)) if !digits.contains('.') => format!("{digits}.0e{power}"),
        _ => text,
    }
}

/// Adds a comment of one line to a table.
pub(crate) fn comment(text: &mut String, words: &str) {
    text.push_str("# ");
    text.push_str(words);
    text.push('\n');
}

/// Adds a row to a table.
pub(crate) fn line(text: &mut String, decimal: Decimal, cells: impl IntoIterator<Item = Cell>) {
    let cells = cells.into_iter().map(|cell| cell.written(decimal));
    text.push_str(&cells.collect::<Vec<_>>().join(decimal.separator()));
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_numbers_look_like_real_numbers() {
        for (value, point, comma) in [
            (1.0, "1.0", "1,0"),
            (-0.0, "0.0", "0,0"),
            (0.999, "0.999", "0,999"),
            (1e-7, "1.0e-7", "1,0e-7"),
            (-1.5e-6, "-1.5e-6", "-1,5e-6"),
            (2e8, "200000000.0", "200000000,0"),
            (1e18, "1.0e18", "1,0e18"),
        ] {
            assert_eq!(Cell::Real(value).written(Decimal::Point), point);
            assert_eq!(Cell::Real(value).written(Decimal::Comma), comma);
            assert_eq!(point.parse::<f64>(), Ok(value));
        }
    }

    #[test]
    fn decimals_are_found_by_their_names() {
        for decimal in Decimal::ALL {
            assert_eq!(Decimal::of(decimal.name()), Some(decimal));
        }
        assert_eq!(Decimal::of("dot"), None);
    }
}
