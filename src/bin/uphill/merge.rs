//! `uphill merge`: the parts of a scan, computed by machines that know nothing of each other.

use crate::failure::Failure;
use crate::output::{Output, STANDARD, in_folder, is_folder};
use crate::plot::read_part;
use crate::scan::{finished, holds, print};
use clap::Args;
use std::path::PathBuf;
use uphill::scan::file;
use uphill::scan::results::shares;

/// Parts, and where the whole goes.
#[derive(Args)]
pub struct Merge {
    /// The parts, as `uphill scan --shard` writes them, in any order; - for standard input.
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    /// Where the result goes: a name, a folder for a file of the name that the page gives it, or -
    /// for standard output.
    #[arg(short, long, default_value = STANDARD)]
    output: PathBuf,
}

/// Merges parts into the result that one machine would have found.
pub fn merge(arguments: &Merge) -> Result<(), Failure> {
    let Merge { parts, output } = arguments;
    // Looked at before the work, where it has a name already.
    let named = match is_folder(output) {
        true => None,
        false => Some(Output::new(output, parts)?),
    };
    let read = parts.iter().map(|path| read_part(path));
    let read = read.collect::<Result<Vec<_>, Failure>>()?;
    let results = shares::merge(read).map_err(Failure::Asked)?;
    // What no part could know: points that are added by what all have found.
    let results = finished(results)?;
    let output = match named {
        Some(output) => output,
        None => {
            let stem = shares::file_stem(results.experiment(), None);
            Output::new(&in_folder(output, || format!("{stem}.json"))?, parts)?
        }
    };
    if holds(&output, results.experiment(), None)? {
        println!("{} holds this result already.", output.name());
        return Ok(());
    }
    output
        .write(file::json(&results).as_bytes())
        .map_err(|error| {
            Failure::System(format!("{} cannot be written: {error}", output.name()))
        })?;
    print(&results, &output);
    Ok(())
}
