//! What the lab shows of a run, or of two beside each other, as files for other programs: its curves
//! as tables, and its spins as text.

use super::checkpoint::ENGINE;
use super::simulation::Simulation;
use crate::link;
use crate::notation::csv::{Cell, Decimal, comment, line};
use crate::notation::plain;
use crate::words::csv as words;

/// A curve of the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// J_t against time.
    IntegratedCurrent,
    /// The mean of J up to a time, with its error.
    RunningMean,
    /// m(x).
    Profile,
    /// The same: |m(x)| of the phases near m_β.
    Magnified,
    /// J between neighbouring columns.
    ColumnCurrents,
}

impl Curve {
    /// All of them.
    pub const ALL: [Curve; 5] = [
        Curve::IntegratedCurrent,
        Curve::RunningMean,
        Curve::Profile,
        Curve::Magnified,
        Curve::ColumnCurrents,
    ];

    /// Its name in those of files.
    pub fn name(self) -> &'static str {
        match self {
            Curve::IntegratedCurrent => "integrated-current",
            Curve::RunningMean => "running-mean",
            Curve::Profile => "profile",
            Curve::Magnified => "magnified-profile",
            Curve::ColumnCurrents => "column-currents",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Option<Curve> {
        Curve::ALL.into_iter().find(|curve| curve.name() == name)
    }

    fn title(self) -> &'static str {
        match self {
            Curve::IntegratedCurrent => words::INTEGRATED_CURRENT,
            Curve::RunningMean => words::RUNNING_MEAN,
            Curve::Profile | Curve::Magnified => words::PROFILE,
            Curve::ColumnCurrents => words::COLUMN_CURRENTS,
        }
    }

    /// Its columns behind that of the run, and what they hold.
    fn columns(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Curve::IntegratedCurrent => &[
                ("t", words::SINCE_START),
                ("Q", words::Q),
                ("J_t", words::J_T),
            ],
            Curve::RunningMean => &[
                ("t", words::SINCE_START),
                ("J", words::J_UP_TO),
                ("J_err", words::ITS_ERROR),
            ],
            Curve::ColumnCurrents => &[
                ("x", words::BETWEEN),
                ("J", words::J_BETWEEN),
                ("J_err", words::J_BETWEEN_ERROR),
            ],
            Curve::Profile | Curve::Magnified => &[
                ("x", words::X),
                ("m", words::M),
                ("m_err", words::ITS_ERROR),
            ],
        }
    }

    /// The rows of a run, without its number.
    fn rows(self, run: &Simulation) -> Vec<[Cell; 3]> {
        match self {
            Curve::IntegratedCurrent => {
                let bonds = run.params().horizontal_bonds();
                let points = run.crossed().map(|point| {
                    let integrated = point.crossings as f64 / bonds;
                    let (time, crossed) = (Cell::Real(point.time), Cell::Signed(point.crossings));
                    [time, crossed, Cell::Real(integrated)]
                });
                points.collect()
            }
            Curve::RunningMean => {
                let points = run.running_mean().map(|point| {
                    let error = Some(point.error).filter(|error| error.is_finite());
                    [
                        Cell::Real(point.time),
                        Cell::Real(point.mean),
                        Cell::real(error),
                    ]
                });
                points.collect()
            }
            Curve::ColumnCurrents => {
                let report = run.report();
                let columns = report.column_currents.iter();
                let columns = columns.zip(&report.column_current_errors);
                let columns = (0..)
                    .zip(columns)
                    .map(|(x, (&j, &error))| [Cell::Whole(x), Cell::Real(j), Cell::real(error)]);
                columns.collect()
            }
            Curve::Profile | Curve::Magnified => {
                let report = run.report();
                let columns = report.profile.iter().zip(&report.profile_errors);
                let columns = (1..)
                    .zip(columns)
                    .map(|(x, (&m, &error))| [Cell::Whole(x), Cell::Real(m), Cell::real(error)]);
                columns.collect()
            }
        }
    }
}

/// How the numbers of a table are written, in words.
pub(crate) fn decimals(decimal: Decimal) -> &'static str {
    match decimal {
        Decimal::Point => words::DECIMAL_POINT,
        Decimal::Comma => words::DECIMAL_COMMA,
    }
}

/// What made the run of a number, from 1, and whether its link still leads to it.
pub(crate) fn origin(run: &Simulation, number: usize, several: bool) -> Vec<String> {
    let mut said = vec![words::link(link::write(run.params()))];
    said.push(words::measured(
        run.time(),
        run.time() - run.measured_span(),
        format_args!("{:016x}", run.digest()),
    ));
    if let Some(painted) = run.painted() {
        said.push(words::painted(plain(painted.time, 3)));
    } else if run.is_altered() {
        said.push(words::ALTERED.to_owned());
    }
    if several {
        for text in &mut said {
            *text = words::of_run(number, &*text);
        }
    }
    said
}

/// A curve of some runs as a table behind a commented header.
///
/// # Example
/// ```
/// use uphill::notation::csv::Decimal;
/// use uphill::params::Params;
/// use uphill::run::simulation::{Budget, Simulation};
/// use uphill::run::table::{Curve, write};
/// let mut run = Simulation::new(&Params { beta: 0.0, ..Params::default() }).unwrap();
/// run.advance(5.0, Budget::UNLIMITED);
/// let table = write(Curve::IntegratedCurrent, &[&run], Decimal::Point);
/// let rows: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
/// assert_eq!(rows[0], "run,t,Q,J_t");
/// assert!(rows[1].starts_with("1,1.0,"), "{rows:?}");
/// ```
pub fn write(curve: Curve, runs: &[&Simulation], decimal: Decimal) -> String {
    let mut text = String::new();
    comment(&mut text, words::TITLE);
    comment(&mut text, &words::made_by(ENGINE));
    comment(&mut text, curve.title());
    for (number, run) in (1..).zip(runs) {
        for said in origin(run, number, runs.len() > 1) {
            comment(&mut text, &said);
        }
    }
    if curve != Curve::IntegratedCurrent {
        comment(&mut text, words::ERRORS);
        comment(&mut text, words::EMPTY_CELLS);
    }
    comment(&mut text, decimals(decimal));
    let columns = || {
        [("run", words::RUN)]
            .into_iter()
            .chain(curve.columns().iter().copied())
    };
    for (name, meaning) in columns() {
        comment(&mut text, &words::column(name, meaning));
    }
    let names = columns().map(|(name, _)| Cell::Text(name.to_owned()));
    line(&mut text, decimal, names);
    for (number, run) in (1..).zip(runs) {
        for cells in curve.rows(run) {
            line(
                &mut text,
                decimal,
                [Cell::Whole(number)].into_iter().chain(cells),
            );
        }
    }
    text
}

/// The spins of some runs, each behind comments: a line a row, the top one first, + or - for a site.
///
/// # Example
/// ```
/// use uphill::params::Params;
/// use uphill::run::simulation::Simulation;
/// let run = Simulation::new(&Params { lx: 4, ly: 5, ..Params::default() }).unwrap();
/// let text = uphill::run::table::spins(&[&run]);
/// let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
/// assert_eq!(rows, ["--++"; 5]);
/// ```
pub fn spins(runs: &[&Simulation]) -> String {
    let mut text = String::new();
    comment(&mut text, words::SPINS);
    comment(&mut text, &words::made_by(ENGINE));
    for (number, run) in (1..).zip(runs) {
        for said in origin(run, number, runs.len() > 1) {
            comment(&mut text, &said);
        }
        let params = run.params();
        for y in (0..params.ly).rev() {
            text.extend((0..params.lx).map(|x| if run.spin(x, y) > 0 { '+' } else { '-' }));
            text.push('\n');
        }
    }
    text
}

/// Whether a text is one of spins, as [`spins()`] writes it.
pub fn is_spins(text: &str) -> bool {
    let title = text.strip_prefix("# ");
    title.is_some_and(|title| title.starts_with(words::SPINS))
}
