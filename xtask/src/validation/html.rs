//! HTML, escaped.

/// Text as it stands in an element or in an attribute.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Words with formulas as physicists type them: m_eq and e^(−bL) get their index and exponent,
/// and an equation is not broken.
pub fn prose(text: &str) -> String {
    let text = escaped(text)
        .replace(" = ", "\u{a0}=\u{a0}")
        .replace(" ≈ ", "\u{a0}≈\u{a0}");
    let mut html = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['_', '^']) {
        let (before, mark) = rest.split_at(at);
        html.push_str(before);
        let (mark, after) = mark.split_at(1);
        let word = after.find(|c: char| !c.is_alphanumeric());
        let word = &after[..word.unwrap_or(after.len())];
        let bracket = after
            .strip_prefix('(')
            .and_then(|in_it| in_it.split_once(')'));
        rest = match (mark, word, bracket) {
            ("_", word, _) if !word.is_empty() && before.ends_with(char::is_alphabetic) => {
                html += &format!("<sub>{word}</sub>");
                &after[word.len()..]
            }
            ("^", _, Some((exponent, after))) => {
                html += &format!("<sup>{exponent}</sup>");
                after
            }
            _ => {
                html.push_str(mark);
                after
            }
        };
    }
    html + rest
}

/// A cell of a table.
pub enum Cell {
    /// Words, which may be broken.
    Words(String),
    /// A number, which may not.
    Number(String),
    /// A digest.
    Code(String),
    /// Links of the page's own kind: words and query.
    Links(Vec<(String, String)>),
}

impl Cell {
    fn html(&self, head: bool) -> String {
        let (class, inside) = match self {
            Cell::Words(text) => ("", prose(text)),
            Cell::Number(text) => (" class=\"number\"", escaped(text)),
            Cell::Code(text) => (
                " class=\"number\"",
                format!("<code>{}</code>", escaped(text)),
            ),
            Cell::Links(links) => ("", links.iter().map(link).collect::<Vec<_>>().join(" ")),
        };
        if head {
            format!("<th scope=\"row\"{class}>{inside}</th>")
        } else {
            format!("<td{class}>{inside}</td>")
        }
    }
}

/// A link into the page.
fn link((words, query): &(String, String)) -> String {
    format!("<a href=\"./?{}\">{}</a>", escaped(query), escaped(words))
}

/// A section with its heading.
pub fn section(id: &str, title: &str, inside: &str) -> String {
    format!(
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>\n{inside}</section>\n",
        escaped(title)
    )
}

/// A paragraph of plain words.
pub fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

/// What is shown when it is asked for.
pub fn folded(summary: &str, inside: &str) -> String {
    format!(
        "<details>\n<summary>{}</summary>\n{inside}</details>\n",
        escaped(summary)
    )
}

/// A cell of words.
pub fn words(text: &str) -> Cell {
    Cell::Words(text.to_owned())
}

/// A cell with a number.
pub fn number(text: impl Into<String>) -> Cell {
    Cell::Number(text.into())
}

/// Heads of columns.
pub fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A table that scrolls by itself where it is too wide.
pub struct Table {
    /// Its name for tests and links.
    pub id: String,
    pub caption: String,
    pub columns: Vec<String>,
    /// The first cell of each is the head of its row.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn html(&self) -> String {
        let head: String = self
            .columns
            .iter()
            .map(|column| format!("<th scope=\"col\">{}</th>", escaped(column)))
            .collect();
        let row = |cells: &Vec<Cell>| {
            let cells = cells.iter().enumerate().map(|(i, cell)| cell.html(i == 0));
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        };
        format!(
            "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}-caption\">\n<table id=\"{id}\">\n<caption id=\"{id}-caption\">{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n",
            id = escaped(&self.id),
            caption = prose(&self.caption),
            rows = self.rows.iter().map(row).collect::<String>(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_get_their_indices() {
        assert_eq!(
            prose("m_eq = m_β + a e^(−bL), <_>^ x_"),
            "m<sub>eq</sub>\u{a0}=\u{a0}m<sub>β</sub> + a e<sup>−bL</sup>, &lt;_&gt;^ x_"
        );
    }

    #[test]
    fn nothing_in_a_table_is_markup() {
        let bad = "<b onclick='x'>\"&";
        let good = "&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;";
        let text = || bad.to_owned();
        let table = Table {
            id: text(),
            caption: text(),
            columns: vec![text(); 5],
            rows: vec![vec![
                Cell::Words(text()),
                Cell::Number(text()),
                Cell::Code(text()),
                Cell::Links(vec![(text(), text())]),
            ]],
        };
        let html = table.html();
        assert!(!html.contains(bad) && !html.contains("<b "), "{html}");
        // Three times the id, the caption, five heads, three cells, and a link with its words.
        assert_eq!(html.matches(good).count(), 14);
    }
}
