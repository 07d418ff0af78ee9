//! `uphill snapshot` and `uphill film`: a run as a picture, or as a sequence of them.

use crate::asked;
use crate::failure::Failure;
use crate::output::{Kind, Output, STANDARD, in_folder};
use crate::picture::{Painter, format};
use crate::run::{advance, progress_bar, start, time};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use uphill::link::file_name;
use uphill::plot::code::Code;
use uphill::plot::snapshot;
use uphill::run::simulation::{Simulation, Stop};
use uphill::{link, notation};

/// A run as one picture.
#[derive(Args)]
pub struct Snapshot {
    /// A link, or its query string such as 'm=0.9995&seed=1'.
    link: String,
    /// Simulated time before the measurement begins.
    #[arg(long, default_value_t = 0.0, value_parser = time)]
    relax: f64,
    /// Simulated time of the picture.
    #[arg(long, value_parser = time)]
    until: f64,
    /// The address of a page of Uphill: the link becomes whole, and stands there as a QR code, too.
    #[arg(long, value_parser = site)]
    site: Option<String>,
    /// Where the picture goes: a name that ends in .svg, .pdf or .png, a folder for an SVG named
    /// after the run, or - for SVG on standard output.
    #[arg(short, long, default_value = STANDARD)]
    output: PathBuf,
}

/// A run as a sequence of pictures.
#[derive(Args)]
pub struct Film {
    /// A link, or its query string such as 'm=0.9995&seed=1'.
    link: String,
    /// Simulated time of the first picture; the measurement begins there.
    #[arg(long, default_value_t = 0.0, value_parser = time)]
    from: f64,
    /// Simulated time of the last.
    #[arg(long, value_parser = time)]
    to: f64,
    /// How many pictures, at equal distances of simulated time.
    #[arg(long, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    frames: u32,
    /// The address of a page of Uphill: the link becomes whole, and stands there as a QR code, too.
    #[arg(long, value_parser = site)]
    site: Option<String>,
    /// The folder for the pictures, frame-000001.png and so on, made if it is not there.
    #[arg(short, long)]
    output: PathBuf,
}

/// The address of a page, without what it is asked for.
fn site(text: &str) -> Result<String, String> {
    let address = text.split(['?', '#']).next().unwrap_or_default();
    let known = ["http://", "https://"];
    if known.iter().any(|scheme| address.starts_with(scheme)) && address == text {
        Ok(address.to_owned())
    } else {
        Err("allowed is an address that begins with https:// or http://, without a link".to_owned())
    }
}

/// Runs a link to a time and draws it.
pub fn snapshot(arguments: &Snapshot) -> Result<(), Failure> {
    let &Snapshot { relax, until, .. } = arguments;
    if relax > until {
        return Err(Failure::Asked(vec![format!(
            "relax={relax}: allowed is a time up to until={until}"
        )]));
    }
    let params = asked::run(&arguments.link)?;
    let path = in_folder(&arguments.output, || {
        format!("{}.svg", file_name::stem(&link::write(&params)))
    })?;
    let output = Output::new(&path, &[])?;
    let kind = format(&path, &output)?;
    let output = output.of_kind(kind)?;
    let mut run = start(&params)?;
    let progress = progress_bar(until);
    let stop = advance(&mut run, relax, &progress);
    if relax > 0.0 {
        run.measure_afresh();
    }
    if !has_ended(stop) {
        advance(&mut run, until, &progress);
    }
    progress.finish_and_clear();
    let svg = drawn(&run, &arguments.site)?;
    output.write_or_fail(&Painter::new().bytes(svg, kind)?)
}

/// Draws a run at many times.
pub fn film(arguments: &Film) -> Result<(), Failure> {
    let &Film {
        from, to, frames, ..
    } = arguments;
    if from >= to {
        return Err(Failure::Asked(vec![format!(
            "from={from}: allowed is a time before to={to}"
        )]));
    }
    let mut run = start(&asked::run(&arguments.link)?)?;
    let folder = &arguments.output;
    fs::create_dir_all(folder).map_err(|error| Failure::file("made", folder, error))?;
    // All places are looked at before the work.
    let places = (1..=frames).map(|number| {
        let path = folder.join(format!("frame-{number:06}.png"));
        Output::new(&path, &[])?.of_kind(Kind::Png)
    });
    let places = places.collect::<Result<Vec<Output>, Failure>>()?;
    let progress = progress_bar(to);
    let painter = Painter::new();
    let mut stop = advance(&mut run, from, &progress);
    if from > 0.0 {
        run.measure_afresh();
    }
    for (number, place) in places.iter().enumerate() {
        let share = number as f64 / f64::from(frames - 1);
        if !has_ended(stop) {
            stop = advance(&mut run, from + (to - from) * share, &progress);
        }
        let svg = drawn(&run, &arguments.site)?;
        place.write_or_fail(&painter.bytes(svg, Kind::Png)?)?;
    }
    progress.finish_and_clear();
    if has_ended(stop) {
        let time = notation::plain(run.time(), 4);
        eprintln!("The run ended at t = {time}: the pictures after it show its end.");
    }
    Ok(())
}

fn has_ended(stop: Stop) -> bool {
    matches!(stop, Stop::Frozen | Stop::Unresolved)
}

/// The picture of a run. The address of a page makes its link whole and gives it a code.
fn drawn(run: &Simulation, site: &Option<String>) -> Result<String, Failure> {
    let query = link::write(run.params());
    let (address, code) = match site {
        None => (query, None),
        Some(site) => {
            let address = format!("{site}?{query}");
            let code = Code::of(&address).map_err(Failure::System)?;
            (address, Some(code))
        }
    };
    snapshot::svg(run, &address, code.as_ref()).map_err(Failure::System)
}
