//! What a run shows at its end, as files: its curves as tables or pictures, its spins as text.

use crate::failure::Failure;
use crate::output::{Kind, Output};
use crate::picture::Painter;
use crate::plot::decimal;
use clap::Args;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use uphill::plot::curves;
use uphill::run::simulation::Simulation;
use uphill::run::table::{self, Curve};
use uphill::scan::file::csv::Decimal;

/// Where the parts of a run go: the same bytes as the page gives.
#[derive(Args)]
pub struct Taken {
    /// Writes the integrated current: a table, or a picture where the name ends in .svg, .pdf or .png.
    #[arg(long, value_name = "FILE")]
    integrated: Option<PathBuf>,
    /// Writes the running mean of J with its error, likewise.
    #[arg(long, value_name = "FILE")]
    mean: Option<PathBuf>,
    /// Writes the magnetization profile, likewise.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Writes the profile of the phases magnified around their magnetization, likewise.
    #[arg(long, value_name = "FILE")]
    magnified: Option<PathBuf>,
    /// Writes J between neighbouring columns with its errors, likewise.
    #[arg(long, value_name = "FILE")]
    currents: Option<PathBuf>,
    /// Writes the spins as text: a line a row, the top one first, + or - for a site.
    #[arg(long, value_name = "FILE")]
    lattice: Option<PathBuf>,
    /// How the tables write numbers: `point`, 0.5 between commas, or `comma`, 0,5 between semicolons.
    #[arg(long, default_value = "point", value_parser = decimal)]
    decimal: Decimal,
}

/// A part of a run; of no curve, its spins.
type Part = (Option<Curve>, Kind, Output);

/// The places of the parts, looked at before the work.
pub struct Places {
    parts: Vec<Part>,
    decimal: Decimal,
}

impl Taken {
    /// Refuses places where something else is.
    pub fn places(&self) -> Result<Places, Failure> {
        let files = [
            (Some(Curve::IntegratedCurrent), &self.integrated),
            (Some(Curve::RunningMean), &self.mean),
            (Some(Curve::Profile), &self.profile),
            (Some(Curve::Magnified), &self.magnified),
            (Some(Curve::ColumnCurrents), &self.currents),
            (None, &self.lattice),
        ];
        let given = files
            .into_iter()
            .filter_map(|(curve, path)| Some((curve, path.as_ref()?)));
        let parts = given.map(|(curve, path)| {
            let kind = curve.map_or(Kind::Spins, |_| kind(path));
            Ok((curve, kind, Output::new(path, &[])?.of_kind(kind)?))
        });
        Ok(Places {
            parts: parts.collect::<Result<_, Failure>>()?,
            decimal: self.decimal,
        })
    }
}

/// What a curve becomes, by the end of a name.
fn kind(path: &Path) -> Kind {
    let end = path.extension().and_then(OsStr::to_str);
    match end.map(str::to_ascii_lowercase).as_deref() {
        Some("svg") => Kind::Svg,
        Some("pdf") => Kind::Pdf,
        Some("png") => Kind::Png,
        _ => Kind::Table,
    }
}

impl Places {
    /// Whether standard output is taken.
    pub fn take_standard(&self) -> bool {
        self.parts.iter().any(|(_, _, output)| output.is_standard())
    }

    /// Writes the parts of a run.
    pub fn write(&self, run: &Simulation) -> Result<(), Failure> {
        for (curve, kind, output) in &self.parts {
            let bytes = match (curve, kind) {
                (None, _) => table::spins(&[run]).into_bytes(),
                (Some(curve), Kind::Table) => {
                    table::write(*curve, &[run], self.decimal).into_bytes()
                }
                (Some(curve), _) => {
                    let svg = curves::svg(*curve, &[run]).map_err(Failure::System)?;
                    Painter::new().bytes(svg, *kind)?
                }
            };
            output.write_or_fail(&bytes)?;
        }
        Ok(())
    }
}
