//! `uphill plot` and `uphill csv`: a result as a picture, or for other programs.

use crate::failure::Failure;
use crate::output::{Kind, Output, STANDARD, in_folder};
use crate::picture::{Painter, format};
use clap::Args;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use uphill::plot::Theme;
use uphill::scan::figures::{Figure, Picture};
use uphill::scan::file::csv::{self, Decimal};
use uphill::scan::file::{self, FileError};
use uphill::scan::results::shares::{Part, file_stem};

/// A result and the picture of it.
#[derive(Args)]
pub struct Plot {
    /// A result, as `uphill scan` and the page write it; - for standard input.
    result: PathBuf,
    /// Where the picture goes: a name that ends in .svg, .pdf or .png, a folder for an SVG of the name
    /// that the page gives it, or - for SVG on standard output.
    #[arg(short, long, default_value = STANDARD)]
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
    /// A result, as `uphill scan` and the page write it; - for standard input.
    result: PathBuf,
    /// Where the table goes: a name, a folder for a file of the name that the page gives it, or -
    /// for standard output.
    #[arg(short, long, default_value = STANDARD)]
    output: PathBuf,
    /// How numbers are written: `point` for programs, 0.5 between commas; `comma` for a
    /// spreadsheet in German, Italian or another language that writes 0,5, between semicolons.
    #[arg(long, default_value = "point", value_parser = decimal)]
    decimal: Decimal,
}

/// How numbers are written, by its name.
pub fn decimal(name: &str) -> Result<Decimal, String> {
    Decimal::of(name).ok_or_else(|| "allowed is point or comma".to_owned())
}

/// Draws a picture of a result.
pub fn plot(arguments: &Plot) -> Result<(), Failure> {
    let Part { results, share, .. } = read_part(&arguments.result)?;
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
    let path = in_folder(&arguments.output, || {
        let stem = file_stem(results.experiment(), share);
        format!("{stem}-{}.svg", picture.name())
    })?;
    let output = Output::new(&path, std::slice::from_ref(&arguments.result))?;
    let kind = format(&path, &output)?;
    let output = output.of_kind(kind)?;
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
    let figure = Figure::of(&results);
    let text = figure.svg(&Theme::default(), &results, picture, &chosen);
    let text = text.map_err(Failure::System)?;
    output.write_or_fail(&Painter::new().bytes(text, kind)?)
}

/// Writes a result as comma-separated values.
pub fn csv(arguments: &Csv) -> Result<(), Failure> {
    let Part { results, share, .. } = read_part(&arguments.result)?;
    let path = in_folder(&arguments.output, || {
        let stem = file_stem(results.experiment(), share);
        match arguments.decimal {
            Decimal::Point => format!("{stem}.csv"),
            Decimal::Comma => format!("{stem}-comma.csv"),
        }
    })?;
    let output =
        Output::new(&path, std::slice::from_ref(&arguments.result))?.of_kind(Kind::Table)?;
    let table = csv::write(&results, arguments.decimal);
    output.write_or_fail(table.as_bytes())
}

/// Reads a result with the share that it is of, if it is one.
pub fn read_part(path: &Path) -> Result<Part, Failure> {
    let (name, bytes) = if path == OsStr::new(STANDARD) {
        ("standard input".to_owned(), bytes(io::stdin().lock()))
    } else {
        if let Ok(data) = std::fs::metadata(path)
            && data.len() > file::LARGEST as u64
        {
            let error = FileError::TooLarge(data.len() as usize);
            return Err(Failure::Asked(vec![format!("{}: {error}", path.display())]));
        }
        (path.display().to_string(), File::open(path).and_then(bytes))
    };
    let bytes =
        bytes.map_err(|error| Failure::System(format!("{name} cannot be read: {error}")))?;
    file::read_bytes(&name, &bytes)
        .map_err(|error| Failure::Asked(vec![format!("{name}: {error}")]))
}

/// What is to be read, but not much more than may be.
fn bytes(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(file::LARGEST as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}
