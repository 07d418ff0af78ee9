//! m_crit and m_eq side by side, and their difference in units of its error.

use super::{Marker, bands};
use crate::experiment::phrases::sigmas;
use crate::experiment::relation::{self, Pair};
use crate::experiment::results::Results;
use crate::experiment::scan::Zero;
use crate::plot::axes::{self, Axis, Room};
use crate::plot::marks::{Candidate, Labels, Mark, Shape, around, bar, error_bar, words};
use crate::plot::{Area, Error, PlotFrame, Theme, colour, dashed};
use crate::theory::m_beta;
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Space left of both panels, in text sizes.
const LEFT: f64 = 4.4;
/// How far m_crit and m_eq stand from the middle of their place, in places.
const ASIDE: f64 = 0.14;

fn heights(ems: f64) -> (f64, f64) {
    (
        (0.45 * ems).clamp(17.0, 30.0),
        (0.2 * ems).clamp(10.0, 15.0),
    )
}

/// Height of the picture, in text sizes.
pub(super) fn height(ems: f64) -> f64 {
    let (above, below) = heights(ems);
    above + below
}

pub(super) fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    results: &Results,
) -> Result<Vec<Marker>, Error<DB>> {
    area.fill(&colour(&theme.paper))?;
    let pairs = relation::pairs(results);
    let (width, height) = area.dim_in_pixel();
    let (above, below) = heights(super::Ems::ems(theme, width));
    let (main, rest) = area.split_vertically((f64::from(height) * above / (above + below)) as i32);
    let room = places(theme, width, &pairs);
    let x = Axis {
        range: (0.4, pairs.len() as f64 + 0.6),
        name: name(&pairs),
    };
    let bare = Room {
        bare: true,
        close: false,
        ..room.clone()
    };
    values(&main, theme, &pairs, &x, &bare)?;
    let base = (
        rest.get_base_pixel().0 - area.get_base_pixel().0,
        rest.get_base_pixel().1 - area.get_base_pixel().1,
    );
    let mut markers = distances(&rest, theme, &pairs, &x, &room)?;
    for marker in &mut markers {
        marker.x += base.0;
        marker.y += base.1;
    }
    area.present()?;
    Ok(markers)
}

/// What the pairs differ in.
fn name(pairs: &[Pair]) -> &'static str {
    let one_beta = pairs.windows(2).all(|pair| pair[0].beta == pair[1].beta);
    let one_size = pairs.windows(2).all(|pair| pair[0].l == pair[1].l);
    match (one_beta, one_size) {
        (true, _) => "L",
        (false, true) => "β",
        (false, false) => "L, β",
    }
}

/// Every pair has a place of its own, named where there is room.
fn places(theme: &Theme, width: u32, pairs: &[Pair]) -> Room {
    let kind = name(pairs);
    let text = |pair: &Pair| match kind {
        "L" => pair.l.to_string(),
        "β" => pair.beta.to_string(),
        _ => format!("{}, {}", pair.l, pair.beta),
    };
    let texts: Vec<String> = pairs.iter().map(text).collect();
    let longest = texts.iter().map(|text| text.chars().count()).max();
    let each = theme
        .em(axes::DIGIT * longest.unwrap_or(1) as f64 + 1.0)
        .max(1);
    let fit = ((width as i32 - theme.em(LEFT + 1.0)) / each).max(1) as usize;
    let every = pairs.len().div_ceil(fit).max(1);
    let named = (1..).zip(texts).step_by(every);
    Room {
        left: LEFT,
        named: Some(named.map(|(i, text)| (f64::from(i), text)).collect()),
        close: true,
        bare: false,
    }
}

fn crit(theme: &Theme) -> Mark {
    Mark {
        shape: Shape::Circle,
        colour: colour(&theme.plus),
        hollow: false,
    }
}

fn eq(theme: &Theme) -> Mark {
    Mark {
        shape: Shape::Square,
        colour: colour(&theme.second),
        hollow: false,
    }
}

fn values<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    pairs: &[Pair],
    x: &Axis,
    room: &Room,
) -> Result<(), Error<DB>> {
    let of_eq = |pair: &Pair| {
        let measured = &pair.equilibrium.m_eq;
        Some((measured.mean?, measured.error.unwrap_or(0.0)))
    };
    let eq_range = |pair: &Pair| of_eq(pair).map(|(m, error)| (m - error, m + error));
    let crit_range = |pair: &Pair| pair.scan.zero.as_ref().ok().map(Zero::range);
    let all = pairs
        .iter()
        .flat_map(|pair| [crit_range(pair), eq_range(pair)])
        .flatten();
    let betas = pairs.iter().map(|pair| m_beta(pair.beta));
    let measured = all.flat_map(|(from, to)| [from, to]);
    let y = Axis {
        range: axes::around(measured.chain(betas)),
        name: "m",
    };
    let frame = axes::panel(area, theme, x, &y, &[], room)?;
    let mut labels = Labels::new(&frame);
    let faint = colour(&theme.faint);
    for (i, pair) in (1..).map(f64::from).zip(pairs) {
        let m = m_beta(pair.beta);
        let [from, to] = [i - 0.5, i + 0.5].map(|at| frame.pixel(at, m));
        dashed(area, from, to, theme.em(0.25), theme.line(faint, 1.0))?;
        labels.keep_off_line(&[from, to], 2);
    }
    let mut crits = Vec::new();
    let mut eqs = Vec::new();
    for (i, pair) in (1..).map(f64::from).zip(pairs) {
        // An interval has a bar and no mark.
        let of_crit = pair.m_crit().map(|m| m.value);
        let both = [
            (i - ASIDE, crit_range(pair), of_crit, crit(theme)),
            (
                i + ASIDE,
                eq_range(pair),
                of_eq(pair).map(|(m, _)| m),
                eq(theme),
            ),
        ];
        for ((at, range, value, mark), pixels) in both.into_iter().zip([&mut crits, &mut eqs]) {
            let Some((from, to)) = range else { continue };
            bar(area, theme, &frame, at, (from, to), mark.colour)?;
            let pixel = frame.pixel(at, value.unwrap_or(from / 2.0 + to / 2.0));
            if value.is_some() {
                mark.draw(area, theme, pixel)?;
            }
            labels.keep_off(pixel, theme.em(0.5), theme.em(0.7));
            pixels.push(pixel);
        }
    }
    if crits.is_empty() && eqs.is_empty() {
        words(area, theme, &frame, NOTHING_MEASURED)?;
    }
    // Each name at the first point from the left where there is room.
    let sets = [
        (crits, captions::M_CRIT, crit(theme)),
        (eqs, captions::M_EQ, eq(theme)),
    ];
    for (pixels, text, mark) in sets {
        let places: Vec<Candidate> = pixels.iter().flat_map(|&at| around(at, theme)).collect();
        labels.place(area, theme, text, mark.colour, &places)?;
    }
    spontaneous(area, theme, &frame, &mut labels, pairs)
}

fn spontaneous<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    frame: &PlotFrame,
    labels: &mut Labels,
    pairs: &[Pair],
) -> Result<(), Error<DB>> {
    let gap = theme.em(0.3);
    let places: Vec<Candidate> = (1..)
        .map(f64::from)
        .zip(pairs)
        .flat_map(|(i, pair)| {
            let (x, y) = frame.pixel(i, m_beta(pair.beta));
            let end = frame.pixel(i + 0.5, m_beta(pair.beta)).0;
            [
                (x, y + gap, HPos::Center, VPos::Top),
                (end, y + gap, HPos::Right, VPos::Top),
                (x, y - gap, HPos::Center, VPos::Bottom),
                (end, y - gap, HPos::Right, VPos::Bottom),
            ]
        })
        .collect();
    labels.place(area, theme, "mᵦ", colour(&theme.faint), &places)
}

fn distances<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    pairs: &[Pair],
    x: &Axis,
    room: &Room,
) -> Result<Vec<Marker>, Error<DB>> {
    let y = Axis {
        range: bands::range(pairs.iter().filter_map(Pair::sigmas)),
        name: "(m_crit − m_eq) / σ",
    };
    let frame = axes::panel(area, theme, x, &y, &[], room)?;
    bands::draw(area, theme, &frame)?;
    let mut markers = Vec::new();
    for (i, pair) in (1..).map(f64::from).zip(pairs) {
        if let (Some(z), Some(difference)) = (pair.sigmas(), pair.difference()) {
            let mark = Mark {
                shape: Shape::Diamond,
                colour: colour(&theme.ink),
                hollow: false,
            };
            error_bar(area, theme, &frame, (i, z), 1.0, mark.colour)?;
            let at = frame.pixel(i, z);
            mark.draw(area, theme, at)?;
            markers.push(Marker {
                x: at.0,
                y: at.1,
                point: pair.equilibrium.point,
                text: format!(
                    "L = {}, β = {}: m_crit − m_eq = {}, {} σ",
                    pair.l,
                    pair.beta,
                    difference.text(),
                    sigmas(z)
                ),
            });
        }
    }
    if markers.is_empty() {
        words(area, theme, &frame, captions::NO_PAIR)?;
    }
    Ok(markers)
}
