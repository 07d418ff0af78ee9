//! The experiment that a link on the command line asks for.

use crate::failure::{Failure, drawn_seed};
use uphill::experiment::{Experiment, link};

/// The experiment of a link, with a seed drawn for it where it has none.
pub fn experiment(text: &str) -> Result<Experiment, Failure> {
    let reading = link::read(text);
    if !reading.errors.is_empty() {
        return Err(Failure::asked(&reading.errors));
    }
    let mut experiment = reading.experiment;
    if !reading.seed_given {
        experiment.base.seed = drawn_seed()?;
    }
    Ok(experiment)
}
