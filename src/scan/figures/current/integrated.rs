//! The inset of Fig. 2: the integrated current J_t of some points, each with the line of
//! slope J that the better estimator gives.

use crate::notation::plain;
use crate::order;
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::{Candidate, Labels, around};
use crate::plot::record::{Record, sentence, settled};
use crate::plot::{Area, Error, Theme, colour, curve, dashed};
use crate::run::report::{Direction, SIGNIFICANT};
use crate::scan::figures::marker::{Ems, Marker};
use crate::scan::figures::paper;
use crate::scan::figures::phrases::{Decimals, known};
use crate::scan::results::Results;
use crate::scan::task::outcome::Outcome;
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Points that are drawn at most.
const MOST: usize = 8;
/// Width from which on the labels hold the slopes, in text sizes.
const WIDE: f64 = 40.0;

/// Height of the picture, in text sizes.
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    (0.62 * ems).clamp(17.0, 34.0)
}

/// J_t of the replica of a point that has been measured longest.
struct Line<'a> {
    point: usize,
    m: f64,
    gradient: f64,
    outcome: &'a Outcome,
    points: Vec<(f64, f64)>,
}

impl Line<'_> {
    fn end(&self) -> (f64, f64) {
        self.points.last().copied().unwrap_or((0.0, 0.0))
    }
}

/// The paper's two m₊ where they are, or else the smallest and the largest that are measured.
fn usual(results: &Results) -> Vec<usize> {
    let with = |m: f64| {
        let points = results.points();
        points.iter().position(|point| point.params.m_right == m)
    };
    let papers: Vec<usize> = paper::INTEGRATED.into_iter().filter_map(with).collect();
    if papers.len() == paper::INTEGRATED.len() {
        return papers;
    }
    let measured: Vec<usize> = (0..results.points().len())
        .filter(|&point| line(results, point).is_some())
        .collect();
    match measured[..] {
        [] => Vec::new(),
        [one] => vec![one],
        [first, .., last] => vec![first, last],
    }
}

fn line(results: &Results, point: usize) -> Option<Line<'_>> {
    let outcome = results
        .of_point(point)
        .filter(|outcome| !outcome.integrated.values.is_empty())
        .max_by(|a, b| a.span.total_cmp(&b.span))?;
    let step = outcome.integrated.step;
    let values = outcome.integrated.values.iter();
    let later = (1..).zip(values).map(|(i, &j)| (f64::from(i) * step, j));
    Some(Line {
        point,
        m: results.points()[point].params.m_right,
        gradient: results.points()[point].params.gradient(),
        outcome,
        points: std::iter::once((0.0, 0.0)).chain(later).collect(),
    })
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    results: &Results,
    chosen: &[usize],
) -> Result<Vec<Marker>, Error<Record>> {
    let markers = settled(area, theme, |area, above| {
        curves(area, theme, results, chosen, above)
    })?;
    area.present()?;
    Ok(markers)
}

fn curves(
    area: &Area<Record>,
    theme: &Theme,
    results: &Results,
    chosen: &[usize],
    above: &[Heading],
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    let mut points: Vec<usize> = chosen
        .iter()
        .copied()
        .filter(|&point| point < results.points().len())
        .collect();
    if points.is_empty() {
        points = usual(results);
    }
    points.truncate(MOST);
    let m = |point: &usize| results.points()[*point].params.m_right;
    let lines: Vec<Line> = order::ascending(&points.iter().map(m).collect::<Vec<_>>())
        .into_iter()
        .filter_map(|place| line(results, points[place]))
        .collect();
    let end = lines.iter().map(|line| line.end().0).fold(0.0, f64::max);
    let x = Axis {
        range: (0.0, if end > 0.0 { 1.02 * end } else { 1.0 }),
        name: "t",
    };
    let values = lines.iter().flat_map(|line| &line.points).map(|(_, j)| *j);
    let y = Axis {
        range: axes::around(values.clone()),
        name: "Jₜ",
    };
    if lines.is_empty() {
        sentence(
            area,
            theme,
            captions::INTEGRATED_CURRENT.said(),
            NOTHING_MEASURED.said(),
        )?;
        return Ok((Vec::new(), Vec::new()));
    }
    let all_zero = values.clone().all(|j| j == 0.0);
    let room = Room {
        named_up: all_zero.then(|| vec![(0.0, "0".to_owned())]),
        ..Room::default()
    };
    let frame = axes::panel(area, theme, &x, &y, above, &room)?;
    let mut labels = Labels::new(&frame);
    if frame.holds(0.0, 0.0) {
        let zero = frame.pixel(0.0, 0.0).1;
        labels.keep_off_line(&[(frame.left, zero), (frame.right, zero)], 2);
    }
    for line in &lines {
        let pixels: Vec<(i32, i32)> = line
            .points
            .iter()
            .map(|&(t, j)| frame.pixel(t, j))
            .collect();
        labels.keep_off_line(&pixels, theme.em(0.2));
        if let Some(j) = line.outcome.current.mean {
            let (t, _) = line.end();
            let ends = [frame.pixel(0.0, 0.0), frame.pixel(t, j * t)];
            labels.keep_off_line(&ends, theme.em(0.1));
        }
    }
    let decimals = Decimals::of(results.points().iter().map(|point| point.params.m_right));
    let mut markers = Vec::new();
    for line in &lines {
        let hue = hue(theme, line);
        let (end, last) = line.end();
        if let Some((slope, _)) = known(&line.outcome.current)
            && frame.holds(end, slope * end)
        {
            let (from, to) = (frame.pixel(0.0, 0.0), frame.pixel(end, slope * end));
            let style = theme.line(colour(&theme.faint), 1.0);
            dashed(area, from, to, theme.em(0.5), style)?;
        }
        curve(
            area,
            &frame,
            line.points.iter().copied(),
            theme.line(hue, 2.0),
        )?;
        let at = frame.pixel(end, last);
        let text = words_of(line, decimals);
        let (wide, _) = area.dim_in_pixel();
        let label = if theme.ems(wide) >= WIDE {
            text.clone()
        } else {
            let m = format!("m₊ = {}", decimals.text(line.m));
            joined(&[Some(&m), direction(line).map(Direction::name)])
        };
        let places = beside(line, &frame, theme);
        labels.name(area, theme, ("", &label), hue, &places, above)?;
        markers.push(Marker {
            x: at.0,
            y: at.1,
            point: line.point,
            text: captions::integrated_at(&text, plain(last, 4), plain(end, 4)),
        });
    }
    Ok((markers, labels.left_over()))
}

/// Places along a line, from its end backwards, then around its end.
fn beside(line: &Line, frame: &crate::plot::PlotFrame, theme: &Theme) -> Vec<Candidate> {
    let gap = theme.em(0.5);
    let count = line.points.len();
    let mut places = Vec::new();
    for share in [99, 90, 80, 70, 60, 50, 40] {
        let (t, j) = line.points[(count - 1) * share / 100];
        let (x, y) = frame.pixel(t, j);
        places.extend([
            (x - gap, y - gap / 2, HPos::Right, VPos::Bottom),
            (x - gap, y + gap / 2, HPos::Right, VPos::Top),
            (x + gap, y - gap / 2, HPos::Left, VPos::Bottom),
            (x + gap, y + gap / 2, HPos::Left, VPos::Top),
        ]);
    }
    let (t, j) = line.end();
    places.extend(around(frame.pixel(t, j), theme));
    places
}

/// The direction of J where its sign is beyond doubt.
fn direction(line: &Line) -> Option<Direction> {
    let (mean, error) = known(&line.outcome.current)?;
    let significant = mean.abs() >= SIGNIFICANT * error;
    Direction::of(mean, line.gradient).filter(|_| significant)
}

fn hue(theme: &Theme, line: &Line) -> RGBColor {
    colour(match direction(line) {
        Some(direction) => theme.of(direction),
        None => &theme.plus,
    })
}

fn words_of(line: &Line, decimals: Decimals) -> String {
    let m = format!("m₊ = {}", decimals.text(line.m));
    let state = line.outcome.state.map(|state| state.name());
    let way = direction(line).map(Direction::name);
    let slope = captions::slope_j(line.outcome.current.text());
    joined(&[Some(&m), state, way, Some(&slope)])
}

/// What there is of some words, with commas.
fn joined(words: &[Option<&str>]) -> String {
    let said: Vec<&str> = words.iter().copied().flatten().collect();
    said.join(", ")
}
