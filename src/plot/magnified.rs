//! The phases magnified: how far each column's |⟨m(x)⟩| is from the magnetizations that theory
//! knows, all within some 10⁻³ of 1 at low temperature. Here the bump, the slope that Fick's law asks
//! for and the boundary layers are seen.

use super::axes::{self, Axis, Heading};
use super::columns::Columns;
use super::{Area, Error, PlotFrame, Readout, Theme, colour, dashed};
use crate::notation;
use crate::params::{Boundary, Params, Reservoirs};
use crate::theory::{m_beta, m_lone, m_wall};
use crate::words::plots as words;
use plotters::prelude::*;

/// How far below the lowest level a column still belongs to a phase, in units of its distance from 1.
const BELOW: f64 = 0.8;
/// Space above and below all that is shown, in units of its height.
const MARGIN: f64 = 0.15;
/// From this β on the low-temperature value of the matching magnetization is within its next order,
/// e^{−12β}, which is then some 10⁻⁵: below, it would tell nothing.
pub(crate) const COLD: f64 = 0.9;
/// The name of that value.
pub(crate) const LONE: &str = "m* ≈ 1−2e⁻⁸ᵝ";

/// A magnetization that the phases are compared with: its value, its sign in the heading, its dash in
/// text sizes (0: a whole line), and its colour.
struct Level {
    m: f64,
    name: String,
    dash: f64,
    hue: RGBColor,
}

/// What the phases are compared with: what the reservoirs ask for where both ask for the same, m_β,
/// what a wall makes of it, and what a reservoir must ask for to feed a phase at coexistence.
fn levels(theme: &Theme, params: &Params) -> Vec<Level> {
    let (ink, faint) = (colour(&theme.ink), colour(&theme.faint));
    let second = colour(&theme.second);
    let mut levels = Vec::new();
    let mut add = |m: f64, sign: &str, name: &str, dash, hue| {
        let name = format!("{sign} {name}");
        levels.push(Level { m, name, dash, hue });
    };
    if params.reservoirs == Reservoirs::On {
        let [left, right] = [-params.m_left, params.m_right];
        if left == right {
            add(right.abs(), "—", "m₊", 0.0, ink);
        } else {
            add(right.abs(), "—", "|m₊|", 0.0, ink);
            add(left.abs(), "—", "|m₋|", 0.0, ink);
        }
    }
    add(m_beta(params.beta), "- -", "mᵦ", 0.5, faint);
    if params.boundary == Boundary::Fixed {
        add(
            m_wall(params.beta),
            "····",
            words::AT_A_WALL.said(),
            0.12,
            faint,
        );
    }
    if params.reservoirs == Reservoirs::On && params.beta >= COLD {
        add(m_lone(params.beta), "– –", LONE, 0.9, second);
    }
    levels.retain(|level| level.m > 0.0);
    levels
}

/// The range of the plot around its levels and the columns of the phases.
fn range(levels: &[Level], profile: &[f64]) -> (f64, f64) {
    let lowest = levels.iter().fold(1.0, |low: f64, level| low.min(level.m));
    // Whatever the levels, something is seen.
    let depth = (1.0 - lowest).max(1e-12);
    let least = 1.0 - (1.0 + BELOW) * depth;
    let columns = profile.iter().map(|m| m.abs()).filter(|&m| m >= least);
    let shown = columns.chain(levels.iter().map(|level| level.m));
    let (low, high) = shown.fold((1.0, lowest), |(low, high): (f64, f64), m| {
        (low.min(m), high.max(m))
    });
    let margin = MARGIN * (high - low).max(0.2 * depth);
    (low - margin, high + margin)
}

/// Draws |⟨m(x)⟩| of one run near the levels, full circles where m > 0 and open ones where m < 0, with
/// the error bar of every column that has one. Above β_c, where there are no phases, the plot has the
/// whole of |m|, and says so.
///
/// # Errors
/// Those of the backend.
pub fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    columns: &Columns,
) -> Result<PlotFrame, Error<DB>> {
    let params = &columns.params;
    let (faint, plus) = (colour(&theme.faint), colour(&theme.plus));
    let x = Axis {
        range: (0.0, f64::from(params.lx) + 1.0),
        name: "x",
    };
    let levels = levels(theme, params);
    let has_phases = m_beta(params.beta) > 0.0;
    let y = Axis {
        range: if has_phases {
            range(&levels, &columns.values)
        } else {
            (0.0, 1.1)
        },
        name: "|m(x)|",
    };
    let named = |level: &Level| (level.name.clone(), level.hue);
    let mut headings: Vec<Heading> = levels.iter().map(named).collect();
    if !has_phases {
        headings.push((words::NO_PHASES.said().to_owned(), faint));
    }
    let frame = axes::draw(area, theme, &x, &y, &headings)?;
    for level in levels
        .iter()
        .filter(|level| frame.holds(x.range.0, level.m))
    {
        let [from, to] = [x.range.0, x.range.1].map(|at| frame.pixel(at, level.m));
        let style = theme.line(level.hue, 1.0);
        if level.dash == 0.0 {
            area.draw(&PathElement::new(vec![from, to], style))?;
        } else {
            dashed(area, from, to, theme.em(level.dash).max(1), style)?;
        }
    }
    let radius = theme.em(0.2).max(2);
    for (column, &m) in columns.values.iter().enumerate() {
        let at = column as f64 + 1.0;
        if let Some(error) = columns.errors[column] {
            let ends = [m.abs() - error, m.abs() + error].map(|m| m.clamp(frame.y0, frame.y1));
            if ends[0] < ends[1] {
                let ends = ends.map(|m| frame.pixel(at, m));
                area.draw(&PathElement::new(ends.to_vec(), theme.line(plus, 1.0)))?;
            }
        }
        if !frame.holds(at, m.abs()) {
            continue;
        }
        let place = frame.pixel(at, m.abs());
        if m > 0.0 {
            area.draw(&Circle::new(place, radius, plus.filled()))?;
        } else {
            area.draw(&Circle::new(place, radius, colour(&theme.paper).filled()))?;
            area.draw(&Circle::new(place, radius, theme.line(plus, 1.0)))?;
        }
    }
    area.present()?;
    Ok(frame)
}

/// The column nearest to a pixel, by its magnetization and its distance from m_β.
pub fn read(columns: &Columns, frame: &PlotFrame, pixel: f64) -> Option<Readout> {
    let last = columns.values.len().checked_sub(1)? as f64;
    let column = (frame.x_at(pixel) - 1.0).round().clamp(0.0, last);
    let m = columns.values[column as usize];
    let above = m.abs() - m_beta(columns.params.beta);
    let (value, off) = match columns.errors[column as usize] {
        Some(error) => (
            notation::with_error(m, error),
            notation::with_error(above, error),
        ),
        None => (notation::signed(m, 6), notation::signed(above, 6)),
    };
    let (x, y) = frame.pixel(column + 1.0, m.abs().clamp(frame.y0, frame.y1));
    let text = format!("x = {}, m = {value}, |m| − mᵦ = {off}", column + 1.0);
    Some(Readout { x, y, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(link: &str) -> Vec<(String, f64)> {
        let params = crate::link::read(link).params;
        let levels = levels(&Theme::default(), &params);
        levels.into_iter().map(|l| (l.name, l.m)).collect()
    }

    #[test]
    fn what_there_is_to_compare_with_is_drawn() {
        let names = |link| {
            of(link)
                .into_iter()
                .map(|(name, _)| name)
                .collect::<Vec<_>>()
        };
        let wall = format!("···· {}", words::AT_A_WALL.said());
        assert_eq!(
            names("bc=shifted&seed=1"),
            ["— m₊", "- - mᵦ", "– – m* ≈ 1−2e⁻⁸ᵝ"]
        );
        assert_eq!(names("bc=fixed&res=off&seed=1"), ["- - mᵦ", wall.as_str()]);
        assert_eq!(
            names("m=0.9&mL=-0.8&beta=0.6&bc=shifted&seed=1"),
            ["— |m₊|", "— |m₋|", "- - mᵦ"]
        );
        // No phases: nothing of them.
        assert_eq!(names("m=0.9&beta=0.3&bc=shifted&seed=1"), ["— m₊"]);
    }

    #[test]
    fn every_level_is_within_the_plot() {
        for link in [
            "seed=1",
            "m=0.5&seed=1",
            "m=1&seed=1",
            "beta=0.45&bc=fixed&res=off&seed=1",
        ] {
            let params = crate::link::read(link).params;
            let levels = levels(&Theme::default(), &params);
            let (low, high) = range(&levels, &[-0.9999, -0.2, 0.1, 0.9998]);
            for level in levels {
                assert!(low < level.m && level.m < high, "{link}: {}", level.name);
            }
        }
    }
}
