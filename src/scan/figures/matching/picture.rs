//! m* against β, beside the bulk, the column beside a wall, and lone spins alone.
//!
//! All of them come near 1 as β grows. What tells them apart are the minus spins, here in units of
//! the lone ones, 2e^{−8β}.

use super::Matchings;
use crate::notation::{plain, with_error};
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::{self, Candidate, Labels};
use crate::plot::marks::{DASHED, Mark, Symbol, error_bar};
use crate::plot::record::{Record, settled};
use crate::plot::{Area, Error, PlotFrame, Theme, colour, dashed};
use crate::scan::figures::marker::Marker;
use crate::scan::figures::phrases::apart;
use crate::theory::{m_beta, m_lone, m_wall};
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Pieces of a curve.
const PIECES: i32 = 120;
/// Half the axis where all is of one β.
const AROUND: f64 = 0.1;

/// Height of the picture, in text sizes.
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    (0.55 * ems).clamp(19.0, 34.0)
}

/// 1 − m in units of the lone spins.
pub(in crate::scan::figures) fn in_lone_spins(beta: f64, m: f64) -> f64 {
    (1.0 - m) / (1.0 - m_lone(beta))
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Matchings,
) -> Result<Vec<Marker>, Error<Record>> {
    let markers = settled(area, theme, |area, above| stars(area, theme, figure, above))?;
    area.present()?;
    Ok(markers)
}

/// Curves without errors: at β, the sign of their lines, their names, their colours.
type Reference = (fn(f64) -> f64, &'static str, &'static str, RGBColor);

fn stars(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Matchings,
    above: &[Heading],
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    let all = &figure.all;
    let betas = || all.iter().map(|one| one.beta);
    let alone = betas().all(|beta| beta == all[0].beta);
    let x = Axis {
        range: match alone {
            true => (all[0].beta - AROUND, all[0].beta + AROUND),
            false => axes::around(betas()),
        },
        name: "β",
    };
    let references: [Reference; 3] = [
        (m_beta, "—", captions::BULK.said(), colour(&theme.ink)),
        (m_wall, "—", captions::WALL.said(), colour(&theme.second)),
        (m_lone, DASHED, captions::LONE.said(), colour(&theme.faint)),
    ];
    let known = all.iter().filter_map(|one| Some((one, one.known()?)));
    let measured: Vec<_> = known
        .map(|(one, (m, error))| {
            let unit = 1.0 - m_lone(one.beta);
            (one, in_lone_spins(one.beta, m), error / unit)
        })
        .collect();
    let of_references = references
        .iter()
        .flat_map(|(of, ..)| betas().map(|beta| in_lone_spins(beta, of(beta))));
    let of_stars = measured
        .iter()
        .flat_map(|(_, y, error)| [y - error, y + error]);
    let y = Axis {
        range: axes::around(of_references.chain(of_stars)),
        name: captions::IN_LONE_SPINS.said(),
    };
    let mut headings: Vec<Heading> = Vec::new();
    if measured.is_empty() {
        headings.push((NOTHING_MEASURED.to_owned(), colour(&theme.faint)));
    }
    headings.extend_from_slice(above);
    let room = Room {
        named: alone.then(|| vec![(all[0].beta, all[0].beta.to_string())]),
        ..Room::default()
    };
    let frame = axes::panel(area, theme, &x, &y, &headings, &room)?;
    let mut names = Labels::new(&frame);
    let mut paths = Vec::new();
    for (of, sign, name, hue) in references {
        let path = path(&frame, of);
        if sign == DASHED {
            // Of lone spins alone, which is level.
            if let (Some(from), Some(to)) = (path.first(), path.last()) {
                dashed(area, *from, *to, theme.em(0.5), theme.line(hue, 1.5))?;
            }
        } else {
            area.draw(&PathElement::new(path.clone(), theme.line(hue, 1.5)))?;
        }
        names.keep_off_line(&path, theme.em(0.15));
        paths.push((path, sign, name, hue));
    }
    let mut markers = Vec::new();
    let hue = colour(&theme.plus);
    let mut places: Vec<Candidate> = Vec::new();
    for (one, value, error) in measured {
        let at = frame.pixel(one.beta, value);
        let open = one.replicas()[1] > 0;
        let mark = Mark {
            symbol: Symbol::Circle,
            colour: hue,
            hollow: open,
            crossed: false,
        };
        error_bar(area, theme, &frame, (one.beta, value), error, hue)?;
        mark.draw(area, theme, at)?;
        names.keep_off(at, mark.reach(theme), mark.reach(theme));
        names.keep_off_bar(theme, &frame, one.beta, (value - error, value + error));
        places.extend(labels::around(at, theme));
        let (m, error) = one.known().unwrap_or_default();
        let bulk = m_beta(one.beta);
        markers.push(Marker {
            x: at.0,
            y: at.1,
            point: one.points.first().map_or(0, |point| point.point),
            text: captions::star_at(
                one.beta,
                with_error(m, error),
                plain(bulk, 6),
                apart(m, error, bulk),
            ),
        });
    }
    for (path, sign, name, hue) in paths {
        let along = along(theme, &path);
        names.name(area, theme, (sign, name), hue, &along, above)?;
    }
    if !places.is_empty() {
        let name = (Symbol::Circle.sign(), captions::M_STAR.said());
        names.name(area, theme, name, hue, &places, above)?;
    }
    Ok((markers, names.left_over()))
}

fn path(frame: &PlotFrame, of: fn(f64) -> f64) -> Vec<(i32, i32)> {
    let (from, to) = (frame.x0, frame.x1);
    (0..=PIECES)
        .map(|i| from + (to - from) * f64::from(i) / f64::from(PIECES))
        .map(|beta| (beta, in_lone_spins(beta, of(beta))))
        .filter(|&(beta, y)| frame.holds(beta, y))
        .map(|(beta, y)| frame.pixel(beta, y))
        .collect()
}

/// Places above and below a curve, from the left.
fn along(theme: &Theme, path: &[(i32, i32)]) -> Vec<Candidate> {
    let gap = theme.em(0.35);
    let each = path.iter().skip(2).step_by(3);
    each.flat_map(|&(x, y)| {
        [
            (x + gap, y - gap, HPos::Left, VPos::Bottom),
            (x + gap, y + gap, HPos::Left, VPos::Top),
            (x - gap, y + gap, HPos::Right, VPos::Top),
        ]
    })
    .collect()
}
