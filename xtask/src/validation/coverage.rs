//! How often the truth lies within the error bars.

use super::html::{Table, columns, escaped, folded, number, paragraph, section, words};
use super::numbers::{beyond, share, signed};
use super::records::Series;

/// Shares of a normal variable within one and two standard deviations.
const NORMAL: [f64; 2] = [0.6827, 0.9545];

/// The section, of runs that ended at a given error and of such that ended after a given time.
pub fn html(stopped: &[Series], fixed: &[Series]) -> String {
    let rows = stopped.iter().chain(fixed).flat_map(|series| &series.rows);
    if rows.clone().next().is_none() {
        return String::new();
    }
    let all: Vec<_> = rows.collect();
    // How far the shares are from normal in units of what counting them scatters.
    let scores: Vec<f64> = all
        .iter()
        .flat_map(|row| {
            row.within.iter().zip(NORMAL).map(|(share, normal)| {
                (share - normal) / (normal * (1.0 - normal) / row.results).sqrt()
            })
        })
        .collect();
    let off = all
        .iter()
        .flat_map(|row| row.within.iter().zip(NORMAL))
        .fold(0.0, |most: f64, (share, normal)| {
            most.max((share - normal).abs())
        });
    let mut inside = paragraph(
        "How often the exact mean lies within one and within two error bars of what short runs measure. Of a normal variable it would be 68.3 % and 95.4 %.",
    );
    let bias = all.iter().map(|row| row.bias).sum::<f64>() / all.len() as f64;
    inside += &format!(
        "<p id=\"coverage-summary\"><strong>The farthest share is {:.1} points off.</strong> With z in units of the scatter of counting: {} The tests allow two points besides three standard deviations, since the bars of runs so short are not quite normal. On average error²/variance − 1 is {}: above 0 the bars are too wide, below too narrow.</p>\n",
        100.0 * off,
        escaped(&beyond(&scores)),
        signed(bias, 2),
    );
    let range = |series: &Series, which: usize| {
        let mut shares: Vec<f64> = series.rows.iter().map(|row| row.within[which]).collect();
        shares.sort_by(f64::total_cmp);
        match (shares.first(), shares.last()) {
            (Some(least), Some(most)) => {
                format!("{:.1}–{:.1} %", 100.0 * least, 100.0 * most)
            }
            _ => "–".to_owned(),
        }
    };
    let kinds = [(stopped, "at a given error"), (fixed, "after a given time")];
    let summary = kinds.iter().flat_map(|(series, end)| {
        series.iter().map(|one| {
            vec![
                words(&one.about),
                words(end),
                number(one.rows.len().to_string()),
                number(range(one, 0)),
                number(range(one, 1)),
            ]
        })
    });
    inside += &Table {
        id: "coverage-series".to_owned(),
        caption: "Ranges of the shares over all quantities, lengths and single or paired replicas."
            .to_owned(),
        columns: columns(&["runs", "ended", "comparisons", "within 1 σ", "within 2 σ"]),
        rows: summary.collect(),
    }
    .html();
    let mut tables = String::new();
    for (i, (one, end)) in kinds
        .iter()
        .flat_map(|(series, end)| series.iter().map(move |one| (one, end)))
        .enumerate()
    {
        tables += &Table {
            id: format!("coverage-{}", i + 1),
            caption: format!("Series {}: {}, ended {end}.", i + 1, one.about),
            columns: columns(&[
                "error bar of",
                "results",
                "within 1 σ",
                "within 2 σ",
                "error²/variance − 1",
            ]),
            rows: one
                .rows
                .iter()
                .map(|row| {
                    vec![
                        words(&row.what),
                        number(format!("{}", row.results)),
                        number(share(row.within[0], row.results)),
                        number(share(row.within[1], row.results)),
                        number(signed(row.bias, 3)),
                    ]
                })
                .collect(),
        }
        .html();
    }
    inside += &folded(&format!("All {} comparisons", all.len()), &tables);
    section("coverage", "Error bars", &inside)
}
