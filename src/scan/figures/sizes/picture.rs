//! (Lx + 1)·J against L, a line for every m₊, with what it goes to in large lattices.
//!
//! L rises by factors, so that the axis is that of its logarithm.

use super::{Line, SizePoint, Sizes};
use crate::measure::state::State;
use crate::notation::with_error;
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::{Candidate, Labels, around};
use crate::plot::marks::{DASHED, error_bar, meaning_of_cross};
use crate::plot::record::{Record, sentence, settled};
use crate::plot::{Area, Error, PlotFrame, Theme, colour, dashed_path};
use crate::run::report::Direction;
use crate::scan::figures::marker::{Marker, mark};
use crate::scan::figures::phrases::{Decimals, short};
use crate::scan::figures::replica_history;
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Pieces of a curve.
const PIECES: i32 = 60;
/// Space beside the sizes on the axis, as a logarithm.
const BESIDE: f64 = 0.12;

/// Height of the picture, in text sizes.
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    (0.6 * ems).clamp(21.0, 36.0)
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Sizes,
) -> Result<Vec<Marker>, Error<Record>> {
    let markers = settled(area, theme, |area, above| sizes(area, theme, figure, above))?;
    area.present()?;
    Ok(markers)
}

/// Where a size stands on the axis.
fn place(l: f64) -> f64 {
    libm::log(l)
}

fn measured(figure: &Sizes) -> impl Iterator<Item = (&Line, &SizePoint, f64)> {
    let lines = figure.lines.iter();
    lines.flat_map(|line| line.measured().map(move |(one, j)| (line, one, j)))
}

fn sizes(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Sizes,
    above: &[Heading],
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    if measured(figure).next().is_none() {
        sentence(area, theme, captions::SIZES.said(), NOTHING_MEASURED.said())?;
        return Ok((Vec::new(), Vec::new()));
    }
    let mut ls: Vec<f64> = Vec::new();
    for one in figure.lines.iter().flat_map(|line| &line.points) {
        if !ls.contains(&one.l) {
            ls.push(one.l);
        }
    }
    let ends = ls.iter().map(|l| place(*l));
    let x = Axis {
        range: (
            ends.clone().fold(f64::INFINITY, f64::min) - BESIDE,
            ends.fold(f64::NEG_INFINITY, f64::max) + BESIDE,
        ),
        name: "L",
    };
    let of_points = measured(figure).flat_map(|(_, one, j)| {
        let error = one.known().map_or(0.0, |(_, error)| error);
        [j - error, j + error, 0.0]
    });
    let y = Axis {
        range: axes::around(of_points),
        name: "(Lx + 1)·J",
    };
    let faint = colour(&theme.faint);
    let crossed = measured(figure).any(|(_, one, _)| one.known().is_none());
    let mut headings: Vec<Heading> = Vec::new();
    if figure.lines.iter().any(Line::has_limit) {
        let meaning = format!("{DASHED} {}", captions::LIMITS.said());
        headings.push((meaning, colour(&theme.ink)));
    }
    headings.extend(meaning_of_cross(theme, crossed));
    headings.extend_from_slice(above);
    let all_zero = measured(figure).all(|(_, one, j)| j == 0.0 && one.known().is_none());
    let room = Room {
        named: Some(ls.iter().map(|l| (place(*l), l.to_string())).collect()),
        named_up: all_zero.then(|| vec![(0.0, "0".to_owned())]),
        ..Room::default()
    };
    let frame = axes::panel(area, theme, &x, &y, &headings, &room)?;
    let mut labels = Labels::new(&frame);
    let zero = frame.pixel(x.range.0, 0.0).1;
    let line = [(frame.left, zero), (frame.right, zero)];
    area.draw(&PathElement::new(line.to_vec(), theme.line(faint, 1.0)))?;
    labels.keep_off_line(&line, 2);
    for line in &figure.lines {
        connect(area, theme, &frame, line, &mut labels)?;
    }
    let markers = points(area, theme, &frame, figure, &mut labels)?;
    let decimals = figure.decimals();
    for line in &figure.lines {
        let last = line.measured().last();
        let Some((one, j)) = last else { continue };
        let mut candidates = around(frame.pixel(place(one.l), j), theme);
        for (one, j) in line.measured() {
            candidates.extend(around(frame.pixel(place(one.l), j), theme));
        }
        let name = format!("m₊ = {}", decimals.text(line.m));
        labels.name(
            area,
            theme,
            ("—", &name),
            colour(&theme.ink),
            &candidates,
            above,
        )?;
    }
    states(area, theme, &frame, figure, &mut labels, above)?;
    ways(area, theme, &frame, figure, &mut labels)?;
    Ok((markers, labels.left_over()))
}

/// The points of an m₊ joined, and the curves of its limits, dashed.
fn connect(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    line: &Line,
    labels: &mut Labels,
) -> Result<(), Error<Record>> {
    let ink = colour(&theme.ink);
    for limit in &line.limits {
        let Ok(fit) = &limit.fit else { continue };
        let [a, b] = fit.parameters;
        let path: Vec<(i32, i32)> = (0..=PIECES)
            .map(|i| frame.x0 + (frame.x1 - frame.x0) * f64::from(i) / f64::from(PIECES))
            .map(|x| (x, a + b / (libm::exp(x) + 1.0)))
            .filter(|&(x, y)| frame.holds(x, y))
            .map(|(x, y)| frame.pixel(x, y))
            .collect();
        dashed_path(area, &path, theme.em(0.5), theme.line(ink, 1.0))?;
        labels.keep_off_line(&path, theme.em(0.15));
    }
    // Of each size the state that was measured longest; another state is another line.
    let main: Vec<(&SizePoint, f64)> = line
        .measured()
        .filter(|(one, _)| one.reading.main)
        .collect();
    for alike in main.chunk_by(|(a, _), (b, _)| a.reading.group.state == b.reading.group.state) {
        let path = alike.iter().map(|(one, j)| frame.pixel(place(one.l), *j));
        let path: Vec<(i32, i32)> = path.collect();
        labels.keep_off_line(&path, theme.em(0.15));
        let faint = theme.line(colour(&theme.faint), 1.0);
        area.draw(&PathElement::new(path, faint))?;
    }
    Ok(())
}

fn points(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    figure: &Sizes,
    labels: &mut Labels,
) -> Result<Vec<Marker>, Error<Record>> {
    let decimals = figure.decimals();
    let mut markers = Vec::new();
    for (line, one, j) in measured(figure) {
        let mark = mark(theme, &one.reading.group);
        let x = place(one.l);
        let at = frame.pixel(x, j);
        if let Some((_, error)) = one.known() {
            error_bar(area, theme, frame, (x, j), error, mark.colour)?;
            labels.keep_off_bar(theme, frame, x, (j - error, j + error));
        }
        mark.draw(area, theme, at)?;
        labels.keep_off(at, mark.reach(theme), mark.reach(theme));
        markers.push(Marker {
            x: at.0,
            y: at.1,
            point: one.reading.point,
            text: text(line, one, decimals),
        });
    }
    Ok(markers)
}

/// A size in words.
fn text(line: &Line, one: &SizePoint, decimals: Decimals) -> String {
    let group = &one.reading.group;
    let mut text = format!(
        "m₊ = {}, L = {}, {}",
        decimals.text(line.m),
        one.l,
        replica_history::state(group)
    );
    match one.known() {
        Some((j, error)) => {
            let sigmas = short((j / error).abs());
            text += &format!(": (Lx + 1)·J = {}", with_error(j, error));
            if let Some(way) = Direction::of(j, line.gradient) {
                text += &captions::sigmas_and_way(sigmas, way.name());
            }
        }
        None => {
            text += &format!(": J = {}", group.current.text());
            text += captions::NO_ERROR.said();
        }
    }
    format!("{text}; {}", replica_history::status(&one.reading))
}

/// The name of each state, at one of its points.
fn states(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    figure: &Sizes,
    labels: &mut Labels,
    above: &[Heading],
) -> Result<(), Error<Record>> {
    for state in State::ALL {
        let own = || measured(figure).filter(|(_, one, _)| one.reading.group.state == Some(state));
        let Some((_, first, _)) = own().next() else {
            continue;
        };
        let candidates: Vec<Candidate> = own()
            .flat_map(|(_, one, j)| around(frame.pixel(place(one.l), j), theme))
            .collect();
        let mark = mark(theme, &first.reading.group);
        let name = (mark.symbol.sign(), state.name());
        labels.name(area, theme, name, mark.colour, &candidates, above)?;
    }
    Ok(())
}

/// Which way J goes above and below 0, where all m₊ have one gradient.
fn ways(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    figure: &Sizes,
    labels: &mut Labels,
) -> Result<(), Error<Record>> {
    let gradients = || figure.lines.iter().map(|line| line.gradient);
    let gradient = if gradients().all(|g| g > 0.0) {
        1.0
    } else if gradients().all(|g| g < 0.0) {
        -1.0
    } else {
        return Ok(());
    };
    let gap = theme.em(0.4);
    let zero = frame.pixel(frame.x0, 0.0).1;
    for current in [1.0, -1.0] {
        let Some(way) = Direction::of(current, gradient) else {
            continue;
        };
        let up = current > 0.0;
        let word = if up {
            captions::upper_half(way.name())
        } else {
            captions::lower_half(way.name())
        };
        let y = if up { zero - gap } else { zero + gap };
        let at = |x: i32, h: HPos| {
            let v = if up { VPos::Bottom } else { VPos::Top };
            (x, y, h, v)
        };
        let places: [Candidate; 3] = [
            at(frame.right - gap, HPos::Right),
            at(frame.left + gap, HPos::Left),
            at((frame.left + frame.right) / 2, HPos::Center),
        ];
        labels.place(area, theme, &word, colour(theme.of(way)), &places)?;
    }
    Ok(())
}
