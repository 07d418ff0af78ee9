//! The share of time in each state against m₊, and below it the number of interfaces.

use super::panel::{self, Value};
use super::{Regimes, short};
use crate::plot::axes::{Axis, Heading, Room};
use crate::plot::labels::Labels;
use crate::plot::marks::{Mark, Symbol};
use crate::plot::record::{Record, sentence, settled};
use crate::plot::{Area, Error, Theme, colour};
use crate::scan::figures::marker::{Ems, Marker};
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
use crate::words::regimes as words;

/// Space left of both panels, in text sizes.
const LEFT: f64 = 4.0;

fn heights(ems: f64) -> (f64, f64) {
    (
        (0.45 * ems).clamp(18.0, 30.0),
        (0.18 * ems).clamp(9.0, 13.0),
    )
}

/// Height of the picture, in text sizes.
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    let (above, below) = heights(ems);
    above + below
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Regimes,
) -> Result<Vec<Marker>, Error<Record>> {
    area.fill(&colour(&theme.paper))?;
    let (width, height) = area.dim_in_pixel();
    if figure.points.iter().all(|at| at.visited.is_none()) {
        let (title, why) = (captions::REGIMES.said(), NOTHING_MEASURED.said());
        sentence(area, theme, title, why)?;
        area.present()?;
        return Ok(Vec::new());
    }
    let (above, below) = heights(theme.ems(width));
    let (main, rest) = area.split_vertically((f64::from(height) * above / (above + below)) as i32);
    let mut markers = settled(&main, theme, |area, above| {
        shares(area, theme, figure, above)
    })?;
    let base = rest.get_base_pixel().1 - area.get_base_pixel().1;
    for mut marker in interfaces(&rest, theme, figure)? {
        marker.y += base;
        markers.push(marker);
    }
    area.present()?;
    Ok(markers)
}

fn shares(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Regimes,
    above: &[Heading],
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    let all = panel::values(figure, |one| &one.share);
    let headings = panel::headings(theme, panel::is_any_unknown(&all), above);
    let room = Room {
        left: LEFT,
        bare: true,
        ..Room::default()
    };
    let y = Axis {
        range: (-0.05, 1.08),
        name: captions::SHARE.said(),
    };
    let frame = panel::axes(area, theme, figure, &y, (&headings, room))?;
    panel::draw(area, theme, (&all, &frame), above, &|value, one| {
        captions::share_at(
            figure.decimals.text(value.at.m),
            one.state.name(),
            super::percent(&one.share),
            words::visits(one.visits as usize),
        )
    })
}

fn interfaces(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Regimes,
) -> Result<Vec<Marker>, Error<Record>> {
    let mut all = Vec::new();
    for at in &figure.points {
        if let Some(visited) = &at.visited {
            all.extend(Value::of(at, None, &visited.interfaces));
        }
    }
    let room = Room {
        left: LEFT,
        close: true,
        ..Room::default()
    };
    let y = Axis {
        range: panel::range(&all, &[1.0, 5.0]),
        name: captions::INTERFACES.said(),
    };
    let frame = panel::axes(area, theme, figure, &y, (&[], room))?;
    let mut labels = Labels::new(&frame);
    let mark = Mark {
        symbol: Symbol::Circle,
        colour: colour(&theme.ink),
        hollow: false,
        crossed: false,
    };
    let mut markers = Vec::new();
    for value in &all {
        let (x, y) = panel::point(area, theme, &frame, &mut labels, (value, mark))?;
        let number = value
            .at
            .visited
            .as_ref()
            .map(|all| short(&all.interfaces, 3));
        let m = figure.decimals.text(value.at.m);
        markers.push(Marker {
            x,
            y,
            point: value.at.point,
            text: captions::interfaces_at(m, number.unwrap_or_default()),
        });
    }
    Ok(markers)
}
