//! The curves of the lab as pictures of their own, dark on white, for paper.

use super::columns::Columns;
use super::record::{Drawn, Record, recorded};
use super::svg::Svg;
use super::{
    Area, Error, Theme, colour, column_currents, integrated_current, magnified, profile,
    running_mean,
};
use crate::dynamics::version::ENGINE;
use crate::run::simulation::Simulation;
use crate::run::table::{Curve, origin};
use crate::words::csv::made_by;
use crate::words::plots as words;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Width of a picture, in pixels.
const WIDTH: f64 = 720.0;
/// Height of a plot in units of its width.
const ASPECT: f64 = 0.5;

/// How many plots a picture has: J_t of several runs share one.
fn plots(curve: Curve, runs: usize) -> usize {
    match curve {
        Curve::IntegratedCurrent => 1,
        _ => runs,
    }
}

/// Height of a picture of so many runs, in units of its width.
pub fn aspect(curve: Curve, runs: usize) -> f64 {
    ASPECT * plots(curve, runs) as f64
}

/// Draws a curve of some runs: J_t of all in one plot, any other below one another.
///
/// # Errors
/// Those of the backend.
pub fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    curve: Curve,
    runs: &[&Simulation],
) -> Result<(), Error<DB>> {
    // On a record, as the pictures of figures are: the page then needs no more code to load.
    recorded(area, theme, &|area| compose(area, theme, curve, runs))?;
    area.present()
}

fn compose(area: &Area<Record>, theme: &Theme, curve: Curve, runs: &[&Simulation]) -> Drawn<()> {
    area.fill(&colour(&theme.paper))?;
    let noted = |text: &str, area: &Area<Record>, h: HPos, at: (i32, i32)| {
        let style = theme.text(colour(&theme.faint), h, VPos::Top);
        area.draw(&Text::new(text.to_owned(), at, style))
    };
    let (mut area, (width, height)) = (area.clone(), area.dim_in_pixel());
    // A picture that its link does not lead to says so.
    if runs.iter().any(|run| run.is_altered()) {
        let (above, foot) = area.split_vertically(height as i32 - theme.em(1.4));
        noted(
            &words::ALTERED,
            &foot,
            HPos::Right,
            (width as i32 - theme.em(0.5), 0),
        )?;
        area = above;
    }
    if curve == Curve::IntegratedCurrent {
        integrated_current::draw(&area, theme, runs)?;
        return Ok(());
    }
    for (part, run) in area.split_evenly((runs.len(), 1)).iter().zip(runs) {
        let mut part = part.clone();
        if runs.len() > 1 {
            let (head, below) = part.split_vertically(theme.em(1.6));
            let name = format!("m₊ = {}", run.params().m_right).replace('-', "−");
            noted(&name, &head, HPos::Left, (theme.em(0.5), theme.em(0.4)))?;
            part = below;
        }
        match curve {
            Curve::RunningMean => running_mean::draw(&part, theme, run)?,
            Curve::Magnified => {
                let columns = Columns::profile(run.params(), &run.report());
                magnified::draw(&part, theme, &columns)?
            }
            Curve::ColumnCurrents => {
                let columns = Columns::currents(run.params(), &run.report());
                column_currents::draw(&part, theme, &columns)?
            }
            _ => profile::draw(&part, theme, run)?,
        };
    }
    Ok(())
}

/// A curve of some runs as SVG, which names their links and the engine.
///
/// # Errors
/// Says what the drawing refused.
pub fn svg(curve: Curve, runs: &[&Simulation]) -> Result<String, String> {
    let mut text = String::new();
    draw_svg(curve, runs, &mut text, |svg| svg)?;
    Ok(text)
}

/// The same, written into a text by way of the backend that `medium` makes of it.
///
/// # Errors
/// Says what the drawing refused.
pub fn draw_svg<'a, DB: DrawingBackend>(
    curve: Curve,
    runs: &[&Simulation],
    text: &'a mut String,
    medium: impl FnOnce(Svg<'a>) -> DB,
) -> Result<(), String> {
    let height = (WIDTH * aspect(curve, runs.len())).round() as u32;
    let mut name = vec![made_by(ENGINE)];
    for (number, run) in (1..).zip(runs) {
        name.extend(origin(run, number, runs.len() > 1));
    }
    let mut picture = Svg::new(text, (WIDTH as u32, height));
    picture.name(&name.join("; "));
    let area = medium(picture).into_drawing_area();
    draw(&area, &Theme::default(), curve, runs).map_err(words::not_drawn)
}
