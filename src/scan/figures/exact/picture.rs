//! Measured less exact J in units of the error, for both dynamics.

use super::{Check, Exact, name};
use crate::notation::plain;
use crate::params::Dynamics;
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::Labels;
use crate::plot::marks::{Mark, Symbol, error_bar};
use crate::plot::record::{Record, sentence, settled};
use crate::plot::{Area, Error, Theme, colour, text};
use crate::scan::figures::bands;
use crate::scan::figures::marker::Marker;
use crate::scan::figures::phrases::{Decimals, sigmas};
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Space left of the plot, in text sizes.
const LEFT: f64 = 3.6;
/// How far the dynamics stand from the middle of their place, in places.
const ASIDE: f64 = 0.15;

/// Height of the picture, in text sizes.
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    (0.5 * ems).clamp(19.0, 28.0)
}

fn mark(theme: &Theme, check: &Check) -> Mark {
    let (symbol, hue) = match check.dynamics {
        Dynamics::Kinetic => (Symbol::Circle, &theme.plus),
        Dynamics::Metropolis => (Symbol::Diamond, &theme.second),
    };
    Mark {
        symbol,
        colour: colour(hue),
        hollow: check.group.as_ref().is_some_and(|g| g.ended < g.replicas),
        crossed: false,
    }
}

/// The name of a dynamics behind its mark.
fn heading(theme: &Theme) -> impl Fn(Dynamics) -> (String, RGBColor) {
    |dynamics| match dynamics {
        Dynamics::Kinetic => (format!("● {}", name(dynamics)), colour(&theme.plus)),
        Dynamics::Metropolis => (format!("◆ {}", name(dynamics)), colour(&theme.second)),
    }
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Exact,
) -> Result<Vec<Marker>, Error<Record>> {
    let markers = settled(area, theme, |area, above| {
        distances(area, theme, figure, above)
    })?;
    area.present()?;
    Ok(markers)
}

fn distances(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Exact,
    above: &[Heading],
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    let checks = &figure.checks;
    if checks.iter().all(|check| check.sigmas().is_none()) {
        sentence(
            area,
            theme,
            captions::EXACT.said(),
            captions::NOTHING_COMPARED.said(),
        )?;
        return Ok((Vec::new(), Vec::new()));
    }
    let decimals = Decimals::of(checks.iter().map(|check| check.m));
    // Both dynamics of one β and m₊ share a place.
    let mut places: Vec<(f64, f64)> = checks.iter().map(|check| (check.beta, check.m)).collect();
    places.dedup();
    let (width, _) = area.dim_in_pixel();
    let named = names(theme, width, &places, decimals);
    let x = Axis {
        range: (0.4, places.len() as f64 + 0.6),
        name: "m₊",
    };
    let y = Axis {
        range: {
            // Room for the names of the β.
            let (low, high) = bands::range(checks.iter().filter_map(Check::sigmas));
            (low, 1.25 * high)
        },
        name: captions::LESS_EXACT.said(),
    };
    let room = Room {
        left: LEFT,
        named: Some(named),
        ..Room::default()
    };
    let dynamics = [Dynamics::Kinetic, Dynamics::Metropolis].map(heading(theme));
    let headings: Vec<Heading> = dynamics.into_iter().chain(above.iter().cloned()).collect();
    let frame = axes::panel(area, theme, &x, &y, &headings, &room)?;
    bands::draw(area, theme, &frame)?;
    let mut labels = Labels::new(&frame);
    let (faint, line) = (colour(&theme.faint), theme.line(colour(&theme.faint), 1.0));
    for (i, pair) in (1..).map(f64::from).zip(places.windows(2)) {
        if pair[0].0 != pair[1].0 {
            let at = frame.pixel(i + 0.5, 0.0).0;
            let ends = vec![(at, frame.top), (at, frame.bottom)];
            labels.keep_off_line(&ends, 2);
            area.draw(&PathElement::new(ends, line))?;
        }
    }
    let mut markers = Vec::new();
    for check in checks {
        let place = places.iter().position(|p| *p == (check.beta, check.m));
        let (Some(place), Some(z)) = (place, check.sigmas()) else {
            continue;
        };
        let kinetic = check.dynamics == Dynamics::Kinetic;
        let aside = if kinetic { -ASIDE } else { ASIDE };
        let at = place as f64 + 1.0 + aside;
        let mark = mark(theme, check);
        error_bar(area, theme, &frame, (at, z), 1.0, mark.colour)?;
        let pixel = frame.pixel(at, z);
        mark.draw(area, theme, pixel)?;
        labels.keep_off(pixel, theme.em(0.5), theme.em(0.5));
        labels.keep_off_bar(theme, &frame, at, (z - 1.0, z + 1.0));
        markers.push(Marker {
            x: pixel.0,
            y: pixel.1,
            point: check.point,
            text: text(check, z, decimals),
        });
    }
    // The β of each stretch, above its places.
    let mut first = 0;
    while first < places.len() {
        let beta = places[first].0;
        let count = places[first..].iter().take_while(|p| p.0 == beta).count();
        let middle = first as f64 + (count as f64 + 1.0) / 2.0;
        let at = frame.pixel(middle, 0.0).0;
        let gap = theme.em(0.3);
        let candidates = [
            (at, frame.top + gap, HPos::Center, VPos::Top),
            (at, frame.bottom - gap, HPos::Center, VPos::Bottom),
        ];
        let [left, right] =
            [first as f64 + 0.5, (first + count) as f64 + 0.5].map(|x| frame.pixel(x, 0.0).0);
        if theme.em(text::width(&format!("β = {beta}"))) < right - left {
            labels.place(area, theme, &format!("β = {beta}"), faint, &candidates)?;
        }
        first += count;
    }
    Ok((markers, labels.left_over()))
}

/// m₊ of every place, as many as there is room for.
fn names(
    theme: &Theme,
    width: u32,
    places: &[(f64, f64)],
    decimals: Decimals,
) -> Vec<(f64, String)> {
    let texts: Vec<String> = places.iter().map(|(_, m)| decimals.text(*m)).collect();
    let widths = texts.iter().map(|text| text::width(text));
    let each = theme.em(widths.fold(0.6, f64::max) + 0.6).max(1);
    let fit = ((width as i32 - theme.em(LEFT + 1.0)) / each).max(1) as usize;
    let every = places.len().div_ceil(fit).max(1);
    let named = (1..).zip(texts).step_by(every);
    named.map(|(i, text)| (f64::from(i), text)).collect()
}

fn text(check: &Check, z: f64, decimals: Decimals) -> String {
    let group = check.group.as_ref();
    captions::beside_exact(
        check.beta,
        decimals.text(check.m),
        name(check.dynamics),
        group.map_or(String::new(), |group| group.current.text()),
        group
            .and_then(|group| group.exact)
            .map_or(String::new(), |exact| plain(exact, 7)),
        sigmas(z),
    )
}
