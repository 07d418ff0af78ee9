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
            Cell::Words(text) => ("", escaped(text)),
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
            caption = escaped(&self.caption),
            rows = self.rows.iter().map(row).collect::<String>(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
