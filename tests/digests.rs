//! Pins the trajectories of this engine version: the browser tests read the same
//! file. The digests are for stability only; that the trajectories are right is for
//! the physics tests to say.

use crate::validation;
use serde_json::{Value, json};
use uphill::link;
use uphill::run::simulation::{Budget, Simulation};

#[test]
fn pinned_runs() {
    let text = include_str!("digests.json");
    let pinned: Value = serde_json::from_str(text).expect("the file is JSON");
    let mut found = Vec::new();
    for run in pinned.as_array().expect("the file is a list") {
        let link = run["link"].as_str().expect("every run has a link");
        let events = run["events"]
            .as_u64()
            .expect("every run has a number of events");
        let reading = link::read(link);
        assert_eq!(reading.errors, []);
        let mut digests = Vec::new();
        for piece in [1, 7, 1_000_000] {
            let mut simulation = Simulation::new(&reading.params).expect("the link is good");
            while simulation.events() < events {
                let left = events - simulation.events();
                simulation.advance(f64::INFINITY, Budget::events(left.min(piece)));
            }
            let digest = format!("{:016x}", simulation.digest());
            assert_eq!(
                Some(digest.as_str()),
                run["digest"].as_str(),
                "{link} in pieces of {piece}"
            );
            digests.push(digest);
        }
        found.push(json!({ "link": link, "events": events, "digests": digests }));
    }
    validation::leave("digests-native", json!({ "host": "native", "runs": found }));
}
