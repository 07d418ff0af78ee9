//! The benchmarks.

use super::html::{Cell, Table, columns, number, paragraph, section, words};
use super::numbers::three;
use super::records::Bench;

/// The section, or nothing where nothing was measured.
pub fn html(quick: Option<&Bench>, whole: Option<&Bench>) -> String {
    let mut inside = String::new();
    if let Some(bench) = quick {
        inside += &paragraph(
            "A quick look in the browsers alone, on the machine that ran the tests and may have had other things to do. Ranges are over the rounds; other machines differ, the ratios less.",
        );
        inside += &speeds("bench-table", bench);
    }
    match whole {
        Some(bench) => {
            inside += &paragraph(
                "The last whole benchmark of this engine on this machine, natively as well:",
            );
            inside += &speeds("whole-bench-table", bench);
        }
        None if quick.is_some() => {
            inside += "<p>Natively, with more kernels and rounds: <code>./build.sh bench</code>. It was not run for this page.</p>\n";
        }
        None => return inside,
    }
    section("speed", "Speed", &inside)
}

fn speeds(id: &str, bench: &Bench) -> String {
    let rows = bench.kernels.iter().flat_map(|kernel| {
        kernel.hosts.iter().map(|host| {
            let rounds = host.rounds.iter().map(|round| round.time_per_second);
            let least = rounds.clone().fold(f64::INFINITY, f64::min);
            let most = rounds.fold(0.0, f64::max);
            vec![
                Cell::Links(vec![(kernel.link.clone(), kernel.link.clone())]),
                words(&host.host),
                number(three(host.time_per_second)),
                number(format!("{} to {}", three(least), three(most))),
                number(three(host.events_per_second)),
                number(three(host.ns_per_event)),
                number(if kernel.metropolis {
                    three(host.attempts_per_second)
                } else {
                    "–".to_owned()
                }),
            ]
        })
    });
    Table {
        id: id.to_owned(),
        caption: format!(
            "{}; {}; medians of {} rounds; load average before: {:.1}.",
            bench.machine,
            bench.browsers.join(", "),
            bench.rounds,
            bench.load
        ),
        columns: columns(&[
            "link",
            "host",
            "simulated time per s",
            "range",
            "moves per s",
            "ns per move",
            "attempts per s",
        ]),
        rows: rows.collect(),
    }
    .html()
}
