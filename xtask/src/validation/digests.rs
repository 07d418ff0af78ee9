//! The pinned runs, natively and in the browsers.

use super::html::{Cell, Table, columns, escaped, number, section};
use super::records::Digests;

/// The section, or nothing where nothing was found.
pub fn html(hosts: &[&Digests]) -> String {
    let Some(first) = hosts.first() else {
        return String::new();
    };
    let mut heads = columns(&["link", "moves"]);
    heads.extend(hosts.iter().map(|host| host.host.clone()));
    let one = |host: &Digests, link: &str| {
        let run = host.runs.iter().find(|run| run.link == link);
        let mut digests: Vec<&str> = run.map_or(Vec::new(), |run| {
            run.digests.iter().map(String::as_str).collect()
        });
        digests.dedup();
        if digests.is_empty() {
            number("–")
        } else {
            Cell::Code(digests.join(" "))
        }
    };
    let distinct = |link: &str| {
        let runs = hosts.iter().flat_map(|host| &host.runs);
        let mut all: Vec<&String> = runs
            .filter(|run| run.link == link)
            .flat_map(|run| &run.digests)
            .collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    let same = first
        .runs
        .iter()
        .filter(|run| distinct(&run.link) == 1)
        .count();
    let ways: Vec<String> = hosts
        .iter()
        .map(|host| {
            let ways = host.runs.iter().map(|run| run.digests.len()).min();
            format!("{} in {} ways", host.host, ways.unwrap_or(0))
        })
        .collect();
    let mut inside = format!(
        "<p id=\"digests-summary\"><strong>{same} of {} runs end in one digest everywhere</strong>: {}, cut into calls of various lengths, and in browsers by the lab’s engine and with saving and restoring at random moments as well. The digest is of spins, counters, generator and clock.</p>\n",
        first.runs.len(),
        escaped(&ways.join(", "))
    );
    inside += &Table {
        id: "digests-table".to_owned(),
        caption: "Digests after so many moves. A cell with more than one is a run that depends on how it is carried out.".to_owned(),
        columns: heads,
        rows: first
            .runs
            .iter()
            .map(|run| {
                let link = Cell::Links(vec![(run.link.clone(), run.link.clone())]);
                let mut cells = vec![link, number(run.events.to_string())];
                cells.extend(hosts.iter().map(|host| one(host, &run.link)));
                cells
            })
            .collect(),
    }
    .html();
    section("digests", "The same run everywhere", &inside)
}
