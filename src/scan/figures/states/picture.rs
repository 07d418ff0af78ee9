//! Fig. 3: for each m₊ the final spins, the time-averaged profile below them, its plateaus
//! magnified, where all that matters lies within 10⁻³ of ±1, and J by column, which is the same
//! everywhere in a steady state.

use super::column::{Column, HEADING, LEFT};
use super::{Bump, States};
use crate::order;
use crate::plot::record::{Record, settled};
use crate::plot::{Area, Error, Theme, colour};
use crate::scan::figures::current_curve::CurvePoint;
use crate::scan::figures::marker::{Ems, Marker};
use crate::scan::figures::phrases::{Decimals, time};
use crate::scan::results::Results;
use crate::theory::m_beta;
use crate::words::phrases::NOT_BEGUN;
use crate::words::plots as captions;

/// Least width of a column, in text sizes.
const COLUMN: f64 = 17.0;
/// Height of a profile, in text sizes.
const PROFILE: f64 = 11.0;
/// Height of a magnified profile, in text sizes.
const PLATEAU: f64 = 17.0;
/// Height of J by column, in text sizes.
const CURRENTS: f64 = 12.0;
/// Largest height of the spins, in text sizes.
const SPINS: f64 = 22.0;
/// Distance of m_β from 1 from which on nothing needs to be magnified.
const PLAIN: f64 = 0.1;

/// How the columns are laid out.
struct Layout {
    columns: usize,
    rows: usize,
    spins: f64,
    plateau: f64,
    currents: f64,
}

impl Layout {
    fn of(results: &Results, ems: f64) -> Self {
        let count = results.points().len().max(1);
        let columns = ((ems / COLUMN) as usize).clamp(1, count);
        let base = &results.experiment().base;
        let across = (ems / columns as f64 - LEFT - 1.0).max(1.0);
        let shape = f64::from(base.ly) / f64::from(base.lx);
        let mut known = results.outcomes().iter().flatten();
        Layout {
            columns,
            rows: count.div_ceil(columns),
            spins: (across * shape).clamp(3.0, SPINS),
            plateau: if 1.0 - m_beta(base.beta) < PLAIN {
                PLATEAU
            } else {
                0.0
            },
            // Files of before are without. A picture keeps its height while a scan goes on.
            currents: if known.any(|o| !o.profile.is_empty() && o.columns.is_none()) {
                0.0
            } else {
                CURRENTS
            },
        }
    }

    fn row(&self) -> f64 {
        HEADING + self.spins + PROFILE + self.plateau + self.currents
    }
}

/// Height of the picture, in text sizes.
pub(in crate::scan::figures) fn height(results: &Results, ems: f64) -> f64 {
    let layout = Layout::of(results, ems);
    layout.rows as f64 * layout.row()
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    results: &Results,
    figure: &States,
) -> Result<Vec<Marker>, Error<Record>> {
    area.fill(&colour(&theme.paper))?;
    let (width, height) = area.dim_in_pixel();
    let layout = Layout::of(results, theme.ems(width));
    let curve = &figure.curve;
    let readings: Vec<&CurvePoint> = curve.points.iter().filter(|r| r.main).collect();
    let decimals = Decimals::of(results.points().iter().map(|p| p.params.m_right));
    let origin = area.get_base_pixel();
    let parts = area.split_evenly((layout.rows, layout.columns));
    let depth = depth(results, &readings);
    let mut markers = Vec::new();
    let m = |point: usize| results.points()[point].params.m_right;
    let all: Vec<f64> = (0..results.points().len()).map(m).collect();
    let order = order::descending(&all);
    let share = f64::from(height) / layout.rows as f64 / layout.row();
    for (part, point) in parts.iter().zip(order) {
        let reading = readings.iter().copied().find(|r| r.point == point);
        let column = Column {
            theme,
            results,
            point,
            reading,
            heading: match reading {
                Some(reading) => heading(reading, decimals),
                None => [
                    format!("m₊ = {}", decimals.text(m(point))),
                    NOT_BEGUN.to_owned(),
                ],
            },
        };
        let pixels = |ems: f64| (ems * share) as i32;
        let (top, rest) = part.split_vertically(pixels(HEADING + layout.spins));
        column.spins(&top)?;
        let (profile, rest) = rest.split_vertically(pixels(PROFILE));
        let (plateau, currents) = rest.split_vertically(pixels(layout.plateau));
        settled(&profile, theme, |area, above| column.profile(area, above))?;
        if layout.plateau > 0.0 {
            settled(&plateau, theme, |area, above| {
                column.plateau(area, depth, above)
            })?;
        }
        if layout.currents > 0.0 {
            column.currents(&currents)?;
        }
        let base = top.get_base_pixel();
        let (across, _) = top.dim_in_pixel();
        markers.push(Marker {
            x: base.0 - origin.0 + across as i32 / 2,
            y: base.1 - origin.1 + theme.em(HEADING),
            point,
            text: column.text(),
        });
    }
    area.present()?;
    Ok(markers)
}

/// m₊ and state of a column, in two lines.
fn heading(reading: &CurvePoint, decimals: Decimals) -> [String; 2] {
    let group = &reading.group;
    let state = match group.state {
        Some(state) if group.span > 0.0 => state.name(),
        _ => captions::STATE_NOT_TOLD.said(),
    };
    [
        format!("m₊ = {}", decimals.text(reading.m)),
        captions::state_and_time(state, time(group.span)),
    ]
}

/// How far below 1 the magnified panels reach: all the same, to be compared.
fn depth(results: &Results, readings: &[&CurvePoint]) -> f64 {
    let of_beta = 1.0 - m_beta(results.experiment().base.beta);
    results
        .points()
        .iter()
        .map(|point| 1.0 - point.params.m_right)
        .chain(readings.iter().filter_map(|reading| {
            let peak = Bump::of(&reading.group)?.m;
            Some(1.0 - peak)
        }))
        .filter(|depth| *depth < PLAIN)
        .fold(of_beta, f64::max)
        * 1.25
}
