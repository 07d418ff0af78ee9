//! Fig. 4: m_eq against L with our fit and the paper's, and what is left of it in σ.

use super::Equilibrium;
use crate::fit::exponential::Approach;
use crate::notation::{plain, with_error};
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::{Candidate, Labels};
use crate::plot::marks::{DASHED, Mark, Symbol, error_bar, meaning_of_cross};
use crate::plot::record::{Record, sentence, settled};
use crate::plot::{Area, Error, PlotFrame, Theme, colour, curve, dashed, dashed_path};
use crate::scan::figures::m_eq::MEq;
use crate::scan::figures::marker::{Ems, Marker};
use crate::scan::figures::phrases::short;
use crate::scan::figures::{bands, paper};
use crate::scan::results::Results;
use crate::theory::m_beta;
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Pieces of a curve.
const PIECES: i32 = 120;
/// Space left of both panels, in text sizes.
const LEFT: f64 = 4.4;

fn heights(ems: f64) -> (f64, f64) {
    (
        (0.5 * ems).clamp(18.0, 34.0),
        (0.18 * ems).clamp(10.0, 14.0),
    )
}

/// Height of the picture, in text sizes.
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    let (above, below) = heights(ems);
    above + below
}

/// A curve to be drawn: its values, its name, its colour.
struct Reference<'a> {
    at: Box<dyn Fn(f64) -> f64 + 'a>,
    name: String,
    hue: RGBColor,
    dashes: bool,
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    results: &Results,
    figure: &Equilibrium,
) -> Result<Vec<Marker>, Error<Record>> {
    area.fill(&colour(&theme.paper))?;
    let (all, fit) = (&figure.all, figure.fit.as_ref().ok());
    let (width, height) = area.dim_in_pixel();
    let (above, below) = heights(theme.ems(width));
    let (main, rest) = area.split_vertically((f64::from(height) * above / (above + below)) as i32);
    // Both panels begin at the same place.
    let ranges = [
        (main.dim_in_pixel().1, value_range(results, all)),
        (rest.dim_in_pixel().1, distance_range(&distances(all, fit))),
    ];
    let left = ranges
        .into_iter()
        .map(|(height, range)| axes::left(theme, range, height));
    let left = left.fold(LEFT, f64::max);
    let markers = settled(&main, theme, |area, above| {
        sizes(area, theme, results, all, fit, left, above)
    })?;
    residuals(&rest, theme, results, all, fit, left)?;
    area.present()?;
    Ok(markers)
}

fn across(results: &Results) -> Axis {
    let ls = results.experiment().ls.values();
    Axis {
        range: axes::around(ls.iter().copied()),
        name: "L",
    }
}

/// A single size has nothing but its own value for a tick.
fn alone(results: &Results) -> Option<Vec<(f64, String)>> {
    let ls = results.experiment().ls.values();
    let alone = ls.windows(2).all(|pair| pair[0] == pair[1]);
    alone.then(|| vec![(ls[0], ls[0].to_string())])
}

fn value_range(results: &Results, all: &[MEq]) -> (f64, f64) {
    let beta = results.experiment().base.beta;
    let measured = all
        .iter()
        .filter_map(|one| Some((one.m_eq.mean?, one.m_eq.error.unwrap_or(0.0))));
    let ends = measured.flat_map(|(m, error)| [m - error, m + error]);
    let is_paper = |l: f64| beta == 1.0 && paper::SIZES.contains(&(l as u32));
    let papers = all.iter().filter(|one| is_paper(one.l));
    let papers = papers.map(|one| paper::m_eq(one.l));
    axes::around(ends.chain(papers).chain([m_beta(beta)]))
}

fn distance_range(points: &[(f64, f64)]) -> (f64, f64) {
    bands::range(points.iter().map(|(_, z)| *z))
}

fn sizes(
    area: &Area<Record>,
    theme: &Theme,
    results: &Results,
    all: &[MEq],
    fit: Option<&Approach>,
    left: f64,
    above: &[Heading],
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    let beta = results.experiment().base.beta;
    let limit = m_beta(beta);
    let x = across(results);
    let (ink, faint) = (colour(&theme.ink), colour(&theme.faint));
    let measured = all
        .iter()
        .filter_map(|one| Some((one, one.m_eq.mean?, one.m_eq.error.unwrap_or(0.0))));
    // Without our values and the paper's there is nothing that a scale could be of.
    if measured.clone().next().is_none() && beta != 1.0 {
        sentence(
            area,
            theme,
            captions::EQUILIBRIUM.said(),
            NOTHING_MEASURED.said(),
        )?;
        return Ok((Vec::new(), Vec::new()));
    }
    let y = Axis {
        range: value_range(results, all),
        name: "m_eq",
    };
    let mut headings: Vec<Heading> = Vec::new();
    if let Some(fit) = fit {
        let amplitude = with_error(fit.amplitude, fit.amplitude_error);
        let rate = with_error(fit.rate, fit.rate_error);
        headings.push((captions::fit(amplitude, rate), ink));
    }
    if measured.clone().next().is_none() {
        headings.push((NOTHING_MEASURED.to_owned(), faint));
    }
    let crossed = measured.clone().any(|(one, ..)| one.known().is_none());
    headings.extend(meaning_of_cross(theme, crossed));
    headings.extend_from_slice(above);
    let room = Room {
        left,
        // Where there is no axis below, it stands here.
        bare: !distances(all, fit).is_empty(),
        named: alone(results),
        ..Room::default()
    };
    let frame = axes::panel(area, theme, &x, &y, &headings, &room)?;
    let mut labels = Labels::new(&frame);
    let mut references = Vec::new();
    if beta == 1.0 {
        references.push(Reference {
            at: Box::new(paper::m_eq),
            name: captions::paper_fit(paper::AMPLITUDE, paper::RATE),
            hue: faint,
            dashes: true,
        });
    }
    if let Some(fit) = fit {
        references.push(Reference {
            at: Box::new(|l| fit.at(l)),
            name: captions::OUR_FIT.to_owned(),
            hue: ink,
            dashes: false,
        });
    }
    let line = frame.pixel(x.range.0, limit).1;
    if frame.holds(x.range.0, limit) {
        let ends = ((frame.left, line), (frame.right, line));
        dashed(area, ends.0, ends.1, theme.em(0.25), theme.line(faint, 1.0))?;
        labels.keep_off_line(&[ends.0, ends.1], 2);
    }
    for reference in &references {
        draw_curve(area, theme, &frame, reference)?;
        labels.keep_off_line(&pixels(&frame, reference), theme.em(0.15));
    }
    let mut markers = Vec::new();
    for (one, m, error) in measured {
        let at = frame.pixel(one.l, m);
        let mark = Mark {
            symbol: Symbol::Circle,
            colour: colour(&theme.plus),
            hollow: one.group.as_ref().is_some_and(|g| g.ended < g.replicas),
            crossed: one.known().is_none(),
        };
        if !mark.crossed {
            error_bar(area, theme, &frame, (one.l, m), error, mark.colour)?;
        }
        mark.draw(area, theme, at)?;
        labels.keep_off(at, mark.reach(theme), mark.reach(theme));
        labels.keep_off_bar(theme, &frame, one.l, (m - error, m + error));
        markers.push(Marker {
            x: at.0,
            y: at.1,
            point: one.point,
            text: text(one, fit),
        });
    }
    let name = format!("mᵦ = {}", plain(limit, 6));
    let gap = theme.em(0.3);
    let places = [
        (frame.left + gap, line - gap, HPos::Left, VPos::Bottom),
        (frame.left + gap, line + gap, HPos::Left, VPos::Top),
        (frame.right - gap, line - gap, HPos::Right, VPos::Bottom),
        (frame.right - gap, line + gap, HPos::Right, VPos::Top),
    ];
    labels.name(area, theme, (DASHED, &name), faint, &places, above)?;
    for reference in references.iter().rev() {
        let places = along(&frame, theme, reference);
        let sign = if reference.dashes { DASHED } else { "—" };
        let name = (sign, reference.name.as_str());
        labels.name(area, theme, name, reference.hue, &places, above)?;
    }
    Ok((markers, labels.left_over()))
}

fn values<'a>(
    frame: &PlotFrame,
    reference: &'a Reference,
) -> impl Iterator<Item = (f64, f64)> + use<'a> {
    let (from, to) = (frame.x0, frame.x1);
    (0..=PIECES)
        .map(move |i| from + (to - from) * f64::from(i) / f64::from(PIECES))
        .map(|l| (l, (reference.at)(l)))
}

fn pixels(frame: &PlotFrame, reference: &Reference) -> Vec<(i32, i32)> {
    values(frame, reference)
        .filter(|&(l, m)| frame.holds(l, m))
        .map(|(l, m)| frame.pixel(l, m))
        .collect()
}

fn draw_curve(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    reference: &Reference,
) -> Result<(), Error<Record>> {
    let style = theme.line(reference.hue, 1.5);
    if !reference.dashes {
        return curve(area, frame, values(frame, reference), style);
    }
    dashed_path(area, &pixels(frame, reference), theme.em(0.6), style)
}

/// Places right of and above a falling curve, from the left.
fn along(frame: &PlotFrame, theme: &Theme, reference: &Reference) -> Vec<Candidate> {
    let gap = theme.em(0.7);
    let pixels = pixels(frame, reference);
    let mut places: Vec<Candidate> = pixels
        .iter()
        .skip(4)
        .step_by(3)
        .map(|&(x, y)| (x + gap, y - gap / 2, HPos::Left, VPos::Bottom))
        .collect();
    places.extend(
        pixels
            .iter()
            .step_by(3)
            .map(|&(x, y)| (x - gap, y + gap / 2, HPos::Right, VPos::Top)),
    );
    places
}

/// A size in words.
fn text(one: &MEq, fit: Option<&Approach>) -> String {
    let mut text = format!("L = {}: m_eq = {}", one.l, one.m_eq.text());
    if one.known().is_none() {
        text += captions::NO_ERROR.said();
    }
    if let (Some((m, error)), Some(fit)) = (one.known(), fit) {
        text += &captions::from_our_fit(short((m - fit.at(one.l)) / error));
    }
    format!("{text}; {}", one.status())
}

/// L, and how far m_eq is from our fit in σ.
fn distances(all: &[MEq], fit: Option<&Approach>) -> Vec<(f64, f64)> {
    let of = |fit: &Approach| {
        let known = all.iter().filter_map(|one| Some((one.l, one.known()?)));
        known
            .map(|(l, (m, error))| (l, (m - fit.at(l)) / error))
            .collect()
    };
    fit.map_or(Vec::new(), of)
}

fn residuals(
    area: &Area<Record>,
    theme: &Theme,
    results: &Results,
    all: &[MEq],
    fit: Option<&Approach>,
    left: f64,
) -> Result<(), Error<Record>> {
    let x = across(results);
    let points = distances(all, fit);
    let y = Axis {
        range: distance_range(&points),
        name: captions::LESS_OUR_FIT.said(),
    };
    if points.is_empty() {
        return sentence(area, theme, "", captions::NO_FIT.said());
    }
    let room = Room {
        left,
        close: true,
        ..Room::default()
    };
    let frame = axes::panel(area, theme, &x, &y, &[], &room)?;
    bands::draw(area, theme, &frame)?;
    for (l, z) in points {
        let mark = Mark {
            symbol: Symbol::Circle,
            colour: colour(&theme.plus),
            hollow: false,
            crossed: false,
        };
        let hue = mark.colour;
        error_bar(area, theme, &frame, (l, z), 1.0, hue)?;
        mark.draw(area, theme, frame.pixel(l, z))?;
    }
    Ok(())
}
