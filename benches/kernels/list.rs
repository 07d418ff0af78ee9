//! The list of kernels.

use serde::Deserialize;
use uphill::link;
use uphill::simulation::{Budget, Simulation};

const LIST: &str = include_str!("kernels.json");

#[derive(Deserialize)]
struct List {
    kernels: Vec<Kernel>,
}

/// A run, named by its link, and the clock at which it is first timed.
#[derive(Deserialize)]
pub struct Kernel {
    pub link: String,
    pub relax: f64,
}

impl Kernel {
    pub fn relaxed(&self) -> Simulation {
        let mut run = simulation(&self.link).unwrap_or_else(|complaint| panic!("{complaint}"));
        run.advance(self.relax, Budget::UNLIMITED);
        run
    }
}

pub fn kernels() -> Vec<Kernel> {
    let list: List = serde_json::from_str(LIST).expect("the list of kernels is well-formed");
    list.kernels
}

/// A link's run at t = 0, or what is wrong with the link.
pub fn simulation(link: &str) -> Result<Simulation, String> {
    let reading = link::read(link);
    if let Some(complaint) = reading.errors.first() {
        return Err(complaint.to_string());
    }
    if !reading.seed_given {
        return Err(format!(
            "{link}: a kernel needs a seed, to be the same everywhere"
        ));
    }
    Simulation::new(&reading.params).map_err(|complaints| format!("{link}: {complaints:?}"))
}
