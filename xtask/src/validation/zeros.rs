//! How often the errors of m_crit hold where a scan is coarse.

use super::html::{Table, columns, number, paragraph, section, words};
use super::numbers::share;
use super::records::Zeros;

/// The section.
pub fn html(found: &[Zeros]) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut inside = paragraph(
        "Scans of 2 to 10 points, anywhere or at equal steps in random ranges, with random errors, beside the exact zero of J. The error of m_crit holds the scatter of the points and what other shapes through them allow; the truth is to lie within one and two errors in 68.3 % and 95.4 % of the scans at least, and in more where a coarse scan is bounded by the shape. An interval counts as right where it holds the zero.",
    );
    for (i, one) in found.iter().enumerate() {
        let rows = one.rows.iter().map(|row| {
            vec![
                words(&row.what),
                number(format!("{}", row.results)),
                number(share(row.within[0], row.results)),
                number(share(row.within[1], row.results)),
                number(format!("{:.2}", row.widening)),
            ]
        });
        inside += &Table {
            id: format!("zeros-{}", i + 1),
            caption: format!(
                "{}; {} more show no change of sign, and nothing is said of them.",
                one.about, one.unknown
            ),
            columns: columns(&[
                "error by",
                "results",
                "within 1 σ",
                "within 2 σ",
                "whole error / scatter",
            ]),
            rows: rows.collect(),
        }
        .html();
    }
    section("zeros", "Where J vanishes, from coarse scans", &inside)
}
