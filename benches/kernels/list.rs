//! The list of kernels.
//!
//! At L = 40 the reservoirs and β vary, and with them the number of events per unit of time.
//! The large lattices are there for the cost of an event, so they have as many events per
//! site and time as L = 40 at m₊ = 0.9995: 2.4·10⁻³, within a tenth. With the same
//! reservoirs they would have half as many, since the events at the walls and at the
//! interface grow as L only; hence the smaller m₊, at which the step still stands for longer
//! than any benchmark takes. They relax for L²/8 at least, five times the slowest decay of
//! the gas on either side of the interface, (L/2)²/π². L = 512 at the usual reservoirs is
//! there for comparison. Metropolis refuses nearly all attempts, relaxed or not.

use serde::Deserialize;
use uphill::link;
use uphill::run::simulation::{Budget, Simulation};

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
