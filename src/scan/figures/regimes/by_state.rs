//! J while in each state against m₊.

use super::Regimes;
use super::panel;
use crate::plot::axes::{Axis, Heading, Room};
use crate::plot::record::{Record, sentence, settled};
use crate::plot::{Area, Error, Theme};
use crate::scan::figures::marker::Marker;
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;

/// Height of the picture, in text sizes.
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    (0.5 * ems).clamp(18.0, 32.0)
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Regimes,
) -> Result<Vec<Marker>, Error<Record>> {
    let markers = settled(area, theme, |area, above| {
        currents(area, theme, figure, above)
    })?;
    area.present()?;
    Ok(markers)
}

fn currents(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Regimes,
    above: &[Heading],
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    let all = panel::values(figure, |one| &one.current);
    if all.is_empty() {
        let (title, why) = (captions::IN_STATES.said(), NOTHING_MEASURED.said());
        sentence(area, theme, title, why)?;
        return Ok((Vec::new(), Vec::new()));
    }
    let y = Axis {
        range: panel::range(&all, &[0.0]),
        name: "J",
    };
    let headings = panel::headings(theme, panel::is_any_unknown(&all), above);
    let frame = panel::axes(area, theme, figure, &y, (&headings, Room::default()))?;
    panel::draw(area, theme, (&all, &frame), above, &|value, one| {
        let m = figure.decimals.text(value.at.m);
        captions::current_in_state(m, one.state.name(), one.current.text())
    })
}
