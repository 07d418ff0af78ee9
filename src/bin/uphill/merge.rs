//! `uphill merge`: the parts of a scan, computed by machines that know nothing of each other.

use crate::failure::Failure;
use crate::output::write_atomically;
use crate::plot::read_part;
use crate::scan::{holds, print};
use clap::Args;
use std::path::PathBuf;
use uphill::experiment::{file, shares};

/// Parts, and where the whole goes.
#[derive(Args)]
pub struct Merge {
    /// The parts, as `uphill scan --shard` writes them; their order does not matter.
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    /// Where the result goes.
    #[arg(short, long)]
    output: PathBuf,
}

/// Merges parts into the result that one machine would have found.
pub fn merge(arguments: &Merge) -> Result<(), Failure> {
    let Merge { parts, output } = arguments;
    let read = parts.iter().map(|path| read_part(path));
    let parts = read.collect::<Result<Vec<_>, Failure>>()?;
    let results = shares::merge(parts).map_err(Failure::Asked)?;
    if holds(output, results.experiment(), None)? {
        println!("{} holds this result already.", output.display());
        return Ok(());
    }
    write_atomically(output, file::json(&results).as_bytes())
        .map_err(|error| Failure::file("written", output, error))?;
    print(&results, output);
    Ok(())
}
