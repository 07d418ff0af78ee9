//! Both dynamics beside the exact solutions of small lattices.

use super::html::{Table, columns, escaped, folded, number, paragraph, section, words};
use super::numbers::{beyond, z};
use super::records::{Comparison, Exact};

/// The quantity that is shown of every lattice at first sight.
pub const CURRENT: &str = "J by rates";

/// The section, or nothing where nothing was found.
pub fn html(found: &[Exact]) -> String {
    let Some(first) = found.first() else {
        return String::new();
    };
    let scores: Vec<f64> = found
        .iter()
        .flat_map(|one| one.comparisons.iter().map(|comparison| comparison.z))
        .collect();
    let farthest = scores.iter().fold(0.0, |most: f64, z| most.max(z.abs()));
    let mut lattices: Vec<&str> = Vec::new();
    for comparison in &first.comparisons {
        if lattices.last() != Some(&comparison.lattice.as_str()) {
            lattices.push(&comparison.lattice);
        }
    }
    let mut inside = paragraph(&format!(
        "On {} lattices of up to 16 sites the master equation is solved for its stationary state, and both dynamics are measured against it in {} independent runs each; the error is from the scatter of the runs, and z from Student’s t.",
        lattices.len(),
        first.runs
    ));
    inside += &format!(
        "<p id=\"exact-summary\"><strong>{}</strong> The farthest is {farthest:.1}. The quantities of one lattice come from the same runs and are not independent, so these counts scatter more than independent ones would.</p>\n",
        escaped(&beyond(&scores))
    );
    let heads = |first: &str| {
        let mut heads = columns(&[first, "exact"]);
        for one in found {
            heads.extend([one.dynamics.clone(), "z".to_owned()]);
        }
        heads
    };
    // One row: what it is called, the exact value, and what each dynamics gave.
    let row = |name: &str, lattice: &str, quantity: &str| {
        let of = |one: &Exact| {
            let is = |c: &&Comparison| c.lattice == lattice && c.quantity == quantity;
            one.comparisons
                .iter()
                .find(is)
                .map(|c| (c.exact.clone(), c.measured.clone(), z(c.z)))
        };
        let values: Vec<_> = found.iter().map(of).collect();
        let exact = values.iter().flatten().next();
        let mut cells = vec![words(name), number(exact.map_or("–", |(exact, ..)| exact))];
        for value in &values {
            let (measured, z) = value
                .as_ref()
                .map_or(("–", "–"), |(_, measured, z)| (measured, z));
            cells.extend([number(measured), number(z)]);
        }
        cells
    };
    inside += &Table {
        id: "exact-currents".to_owned(),
        caption: "The current J per bond and time, from the rates.".to_owned(),
        columns: heads("lattice"),
        rows: lattices
            .iter()
            .map(|lattice| row(lattice, lattice, CURRENT))
            .collect(),
    }
    .html();
    let mut all = String::new();
    for (i, lattice) in lattices.iter().enumerate() {
        let of_lattice = first.comparisons.iter().filter(|c| c.lattice == *lattice);
        all += &Table {
            id: format!("exact-{}", i + 1),
            caption: (*lattice).to_owned(),
            columns: heads("quantity"),
            rows: of_lattice
                .map(|c| row(&c.quantity, lattice, &c.quantity))
                .collect(),
        }
        .html();
    }
    inside += &folded(&format!("All {} comparisons", scores.len()), &all);
    section("exact", "Exact solutions", &inside)
}
