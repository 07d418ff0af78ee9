//! m_crit and m_eq side by side, and their difference in units of its error.

use super::{Pair, Relation};
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::{Candidate, Labels, around};
use crate::plot::marks::{DASHED, Mark, Symbol, bar, error_bar, meaning_of_cross};
use crate::plot::record::{Record, sentence, settled};
use crate::plot::{Area, Error, PlotFrame, Theme, colour, dashed, text};
use crate::scan::figures::bands;
use crate::scan::figures::current_curve::Zero;
use crate::scan::figures::marker::{Ems, Marker};
use crate::scan::figures::phrases::sigmas;
use crate::theory::m_beta;
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
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
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    let (above, below) = heights(ems);
    above + below
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Relation,
) -> Result<Vec<Marker>, Error<Record>> {
    area.fill(&colour(&theme.paper))?;
    let pairs = figure.pairs.as_slice();
    let (width, height) = area.dim_in_pixel();
    let (above, below) = heights(theme.ems(width));
    let (main, rest) = area.split_vertically((f64::from(height) * above / (above + below)) as i32);
    let room = places(theme, width, pairs);
    let x = Axis {
        range: (0.4, pairs.len() as f64 + 0.6),
        name: name(pairs),
    };
    let heights = [
        (main.dim_in_pixel().1, value_range(pairs)),
        (rest.dim_in_pixel().1, distance_range(pairs)),
    ];
    let room = Room {
        left: heights
            .into_iter()
            .fold(room.left, |left, (height, range)| {
                left.max(axes::left(theme, range, height))
            }),
        ..room
    };
    let bare = Room {
        // Where there is no axis below, it stands here.
        bare: pairs.iter().any(|pair| pair.sigmas().is_some()),
        close: false,
        ..room.clone()
    };
    settled(&main, theme, |area, above| {
        values(area, theme, pairs, &x, &bare, above)
    })?;
    let base = (
        rest.get_base_pixel().0 - area.get_base_pixel().0,
        rest.get_base_pixel().1 - area.get_base_pixel().1,
    );
    let mut markers = distances(&rest, theme, pairs, &x, &room)?;
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
    let widths = texts.iter().map(|text| text::width(text));
    let each = theme.em(widths.fold(0.6, f64::max) + 1.0).max(1);
    let fit = ((width as i32 - theme.em(LEFT + 1.0)) / each).max(1) as usize;
    let every = pairs.len().div_ceil(fit).max(1);
    let named = (1..).zip(texts).step_by(every);
    Room {
        left: LEFT,
        named: Some(named.map(|(i, text)| (f64::from(i), text)).collect()),
        close: true,
        ..Room::default()
    }
}

fn crit(theme: &Theme) -> Mark {
    Mark {
        symbol: Symbol::Circle,
        colour: colour(&theme.plus),
        hollow: false,
        crossed: false,
    }
}

fn eq(theme: &Theme) -> Mark {
    Mark {
        symbol: Symbol::Square,
        colour: colour(&theme.second),
        hollow: false,
        crossed: false,
    }
}

fn of_eq(pair: &Pair) -> Option<(f64, f64)> {
    let measured = &pair.equilibrium.m_eq;
    Some((measured.mean?, measured.error.unwrap_or(0.0)))
}

fn eq_range(pair: &Pair) -> Option<(f64, f64)> {
    of_eq(pair).map(|(m, error)| (m - error, m + error))
}

fn crit_range(pair: &Pair) -> Option<(f64, f64)> {
    pair.curve.zero.as_ref().ok().map(Zero::range)
}

fn value_range(pairs: &[Pair]) -> (f64, f64) {
    let all = pairs
        .iter()
        .flat_map(|pair| [crit_range(pair), eq_range(pair)])
        .flatten();
    let ends = all.flat_map(|(from, to)| [from, to]);
    axes::around(ends.chain(pairs.iter().map(|pair| m_beta(pair.beta))))
}

fn distance_range(pairs: &[Pair]) -> (f64, f64) {
    bands::range(pairs.iter().filter_map(Pair::sigmas))
}

fn values(
    area: &Area<Record>,
    theme: &Theme,
    pairs: &[Pair],
    x: &Axis,
    room: &Room,
    above: &[Heading],
) -> Result<((), Vec<Heading>), Error<Record>> {
    let faint = colour(&theme.faint);
    if pairs
        .iter()
        .all(|pair| crit_range(pair).is_none() && of_eq(pair).is_none())
    {
        sentence(
            area,
            theme,
            captions::RELATION.said(),
            NOTHING_MEASURED.said(),
        )?;
        return Ok(((), Vec::new()));
    }
    let y = Axis {
        range: value_range(pairs),
        name: "m",
    };
    let unknown = |pair: &Pair| of_eq(pair).is_some() && pair.equilibrium.known().is_none();
    let meaning = meaning_of_cross(theme, pairs.iter().any(unknown));
    let headings: Vec<Heading> = meaning.into_iter().chain(above.iter().cloned()).collect();
    let frame = axes::panel(area, theme, x, &y, &headings, room)?;
    let mut labels = Labels::new(&frame);
    if frame.holds(frame.x0, 0.0) {
        let zero = frame.pixel(frame.x0, 0.0).1;
        labels.keep_off_line(&[(frame.left, zero), (frame.right, zero)], 2);
    }
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
                Mark {
                    crossed: pair.equilibrium.known().is_none(),
                    ..eq(theme)
                },
            ),
        ];
        for ((at, range, value, mark), pixels) in both.into_iter().zip([&mut crits, &mut eqs]) {
            let Some((from, to)) = range else { continue };
            if !mark.crossed {
                bar(area, theme, &frame, at, (from, to), mark.colour)?;
            }
            let pixel = frame.pixel(at, value.unwrap_or(from / 2.0 + to / 2.0));
            if value.is_some() {
                mark.draw(area, theme, pixel)?;
            }
            labels.keep_off(pixel, mark.reach(theme), mark.reach(theme));
            labels.keep_off_bar(theme, &frame, at, (from, to));
            pixels.push(pixel);
        }
    }
    // Each name at the first point from the left where there is room.
    let sets = [
        (crits, captions::M_CRIT.said(), crit(theme)),
        (eqs, captions::M_EQ.said(), eq(theme)),
    ];
    for (pixels, text, mark) in sets {
        let places: Vec<Candidate> = pixels.iter().flat_map(|&at| around(at, theme)).collect();
        if !places.is_empty() {
            let name = (mark.symbol.sign(), text);
            labels.name(area, theme, name, mark.colour, &places, above)?;
        }
    }
    spontaneous(area, theme, &frame, &mut labels, pairs, above)?;
    Ok(((), labels.left_over()))
}

fn spontaneous(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    labels: &mut Labels,
    pairs: &[Pair],
    above: &[Heading],
) -> Result<(), Error<Record>> {
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
    labels.name(
        area,
        theme,
        (DASHED, "mᵦ"),
        colour(&theme.faint),
        &places,
        above,
    )
}

fn distances(
    area: &Area<Record>,
    theme: &Theme,
    pairs: &[Pair],
    x: &Axis,
    room: &Room,
) -> Result<Vec<Marker>, Error<Record>> {
    let y = Axis {
        range: distance_range(pairs),
        name: "(m_crit − m_eq) / σ",
    };
    if pairs.iter().all(|pair| pair.sigmas().is_none()) {
        sentence(area, theme, "", captions::NO_PAIR.said())?;
        return Ok(Vec::new());
    }
    let frame = axes::panel(area, theme, x, &y, &[], room)?;
    bands::draw(area, theme, &frame)?;
    let mut markers = Vec::new();
    for (i, pair) in (1..).map(f64::from).zip(pairs) {
        if let (Some(z), Some(difference)) = (pair.sigmas(), pair.difference()) {
            let mark = Mark {
                symbol: Symbol::Diamond,
                colour: colour(&theme.ink),
                hollow: false,
                crossed: false,
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
    Ok(markers)
}
