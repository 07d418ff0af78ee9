//! What a link on the command line asks for.

use crate::failure::{Failure, drawn_seed};
use std::fmt::Display;
use uphill::params::Params;
use uphill::scan::plan::{Experiment, link};

/// The run of a link, with a seed drawn for it where it has none.
pub fn run(text: &str) -> Result<Params, Failure> {
    let mut reading = uphill::link::read(text);
    judged(&reading.errors, &reading.notes)?;
    if !reading.seed_given {
        reading.params.seed = drawn_seed()?;
    }
    Ok(reading.params)
}

/// The experiment of a link, with a seed drawn for it where it has none.
pub fn experiment(text: &str) -> Result<Experiment, Failure> {
    let mut reading = reading(text)?;
    if !reading.seed_given {
        reading.experiment.base.seed = drawn_seed()?;
    }
    Ok(reading.experiment)
}

/// What the link of an experiment says, where nothing is wrong with it.
pub fn reading(text: &str) -> Result<link::ExperimentLink, Failure> {
    let reading = link::read(text);
    judged(&reading.errors, &reading.notes)?;
    Ok(reading)
}

/// Says what was passed over; what is wrong is a failure.
fn judged(errors: &[impl Display], notes: &[impl Display]) -> Result<(), Failure> {
    for note in notes {
        eprintln!("{note}");
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Failure::asked(errors))
    }
}
