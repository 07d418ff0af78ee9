//! The paper's numbers beside ours.

use super::html::{Cell, Table, columns, escaped, number, paragraph, section, words};
use super::numbers::{beyond, z};
use super::records::Beside;

/// The section, or nothing where nothing was found.
pub fn html(rows: Option<&[Beside]>) -> String {
    let Some(rows) = rows else {
        return String::new();
    };
    let scores: Vec<f64> = rows.iter().filter_map(|row| row.z).collect();
    let mut inside = paragraph(
        "The paper (Phys. Rev. E 97, 030103(R), 2018; L = 40, β = 1) gives its numbers without errors, and with five digits. So z, ours less the paper’s in units of our error, lacks the paper’s share of the error: a large one says that this run tells the two numbers apart as they are printed, not who is right. Nothing was tuned to agree.",
    );
    inside += &format!(
        "<p id=\"paper-summary\"><strong>{}</strong> Several rest on the same scan. Ours are from scans of seconds. Each link “this run” recomputes the same numbers on the page, digit for digit; “in full” aims at the paper’s precision, or beyond, and takes minutes to hours.</p>\n",
        escaped(&beyond(&scores))
    );
    let row = |row: &Beside| {
        let links = [("this run", &row.quick), ("in full", &row.full)];
        let links = links.iter().filter(|(_, query)| !query.is_empty());
        vec![
            words(&row.what),
            words(&row.paper),
            words(&row.ours),
            number(row.z.map_or("–".to_owned(), z)),
            words(&row.remark),
            Cell::Links(
                links
                    .map(|(text, query)| ((*text).to_owned(), (*query).clone()))
                    .collect(),
            ),
        ]
    };
    inside += &Table {
        id: "paper-table".to_owned(),
        caption: "The paper’s numbers and statements beside ours.".to_owned(),
        columns: columns(&["what", "paper", "ours", "z", "remark", "scans"]),
        rows: rows.iter().map(row).collect(),
    }
    .html();
    section("paper", "The paper’s numbers", &inside)
}
