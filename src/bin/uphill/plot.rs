//! `uphill plot` and `uphill csv`: a result as a picture, or for other programs.

use crate::failure::Failure;
use crate::output::write_atomically;
use clap::Args;
use std::path::{Path, PathBuf};
use uphill::experiment::file;
use uphill::experiment::results::Results;
use uphill::experiment::shares::Part;
use uphill::plot::Theme;
use uphill::plot::experiment::{Picture, svg};

/// A result and the picture of it.
#[derive(Args)]
pub struct Plot {
    /// A result, as `uphill scan` and the page write it.
    result: PathBuf,
    /// Where the picture goes.
    #[arg(short, long)]
    output: PathBuf,
    /// Which picture; the main one if none is named.
    #[arg(long)]
    picture: Option<String>,
    /// Points to pick out by their m₊, for the pictures that show chosen ones.
    #[arg(long = "m", value_delimiter = ',')]
    chosen: Vec<f64>,
}

/// A result and the table of it.
#[derive(Args)]
pub struct Csv {
    /// A result, as `uphill scan` and the page write it.
    result: PathBuf,
    /// Where the table goes.
    #[arg(short, long)]
    output: PathBuf,
}

/// Draws a picture of a result.
pub fn plot(arguments: &Plot) -> Result<(), Failure> {
    let results = read(&arguments.result)?;
    let pictures = Picture::of(results.experiment().kind);
    let picture = match &arguments.picture {
        None => pictures[0],
        Some(name) => *pictures
            .iter()
            .find(|picture| picture.name() == name)
            .ok_or_else(|| {
                let names: Vec<&str> = pictures.iter().map(|picture| picture.name()).collect();
                let allowed = names.join(" or ");
                Failure::Asked(vec![format!("picture={name}: allowed is {allowed}")])
            })?,
    };
    let chosen = arguments
        .chosen
        .iter()
        .map(|&m| {
            let points = results.points();
            points
                .iter()
                .position(|point| point.params.m_right == m)
                .ok_or_else(|| {
                    Failure::Asked(vec![format!("m={m}: allowed is an m₊ of the result")])
                })
        })
        .collect::<Result<Vec<usize>, Failure>>()?;
    let text = svg(&Theme::default(), &results, picture, &chosen).map_err(Failure::System)?;
    write(&arguments.output, &text)
}

/// Writes a result as comma-separated values.
pub fn csv(arguments: &Csv) -> Result<(), Failure> {
    let results = read(&arguments.result)?;
    write(&arguments.output, &file::csv(&results))
}

/// Reads a result.
pub fn read(path: &Path) -> Result<Results, Failure> {
    read_part(path).map(|part| part.results)
}

/// Reads a result with the share that it is of, if it is one.
pub fn read_part(path: &Path) -> Result<Part, Failure> {
    let size = std::fs::metadata(path).map_err(|error| Failure::file("read", path, error))?;
    if size.len() > file::LARGEST as u64 {
        let error = file::FileError::TooLarge(size.len() as usize);
        return Err(Failure::Asked(vec![format!("{}: {error}", path.display())]));
    }
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, error))?;
    file::read_part(&path.display().to_string(), &text)
        .map_err(|error| Failure::Asked(vec![format!("{}: {error}", path.display())]))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    write_atomically(path, text.as_bytes()).map_err(|error| Failure::file("written", path, error))
}
