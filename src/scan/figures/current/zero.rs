//! The place where J vanishes: the fitted curve, its error, and the references beside it.

use crate::notation::plain;
use crate::plot::axes::{self, Axis, Heading};
use crate::plot::labels::{Candidate, Labels, around};
use crate::plot::marks::{DASHED, error_bar, meaning_of_cross};
use crate::plot::record::{Record, sentence};
use crate::plot::{Area, Error, PlotFrame, Theme, colour, curve, dashed};
use crate::scan::figures::current_curve::{CurrentCurve, CurvePoint, Zero};
use crate::scan::figures::marker::mark;
use crate::scan::figures::phrases::{Decimals, known};
use crate::scan::figures::{current, paper};
use crate::scan::results::Results;
use crate::words::phrases::m_crit_unknown;
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Lines of a curve.
const PIECES: i32 = 60;

/// Vertical references: m₊, a name with its value, and one without.
pub(super) fn references(results: &Results) -> Vec<(f64, String, &'static str)> {
    let mut lines = Vec::new();
    if let Some(m) = current::spontaneous(results) {
        lines.push((m, format!("mᵦ {}", plain(m, 6)), "mᵦ"));
    }
    if paper::is_of(&results.experiment().base) {
        let name = captions::paper_m_crit(paper::M_CRIT);
        lines.push((paper::M_CRIT, name, captions::PAPER.said()));
    }
    lines
}

/// Dashed vertical lines with their names.
pub(super) fn vertical(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    labels: &mut Labels,
    lines: &[(f64, String, &str)],
    above: &[Heading],
) -> Result<(), Error<Record>> {
    let faint = colour(&theme.faint);
    let inside: Vec<_> = lines
        .iter()
        .filter(|(m, ..)| (frame.x0..=frame.x1).contains(m))
        .collect();
    let mut placed = Vec::new();
    for (m, ..) in &inside {
        let at = frame.pixel(*m, frame.y0).0;
        dashed(
            area,
            (at, frame.top),
            (at, frame.bottom),
            theme.em(0.3),
            theme.line(faint, 1.0),
        )?;
        labels.keep_off_line(&[(at, frame.top), (at, frame.bottom)], 2);
        placed.push(at);
    }
    for ((_, name, brief), at) in inside.into_iter().zip(placed) {
        let gap = theme.em(0.35);
        let step = theme.em(1.25).max(1);
        let heights = (frame.top + gap..frame.bottom - 2 * step).step_by(step as usize);
        let candidates: Vec<Candidate> = heights
            .flat_map(|y| {
                [
                    (at + gap, y, HPos::Left, VPos::Top),
                    (at - gap, y, HPos::Right, VPos::Top),
                ]
            })
            .collect();
        let is_above = above.contains(&(format!("{DASHED} {name}"), faint));
        let shorter = !is_above && !labels.fits(theme, name, &candidates);
        if shorter && labels.place(area, theme, brief, faint, &candidates)? {
            continue;
        }
        labels.name(area, theme, (DASHED, name), faint, &candidates, above)?;
    }
    Ok(())
}

/// The fitted curve with the band of its error; labels keep off both.
pub(super) fn fitted(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    zero: &Zero,
    (from, to): (f64, f64),
    labels: &mut Labels,
) -> Result<(), Error<Record>> {
    let ink = colour(&theme.ink);
    let (from, to) = (from.max(frame.x0), to.min(frame.x1));
    let at = |i: i32| from + (to - from) * f64::from(i) / f64::from(PIECES);
    let Some(fit) = &zero.curve else {
        return Ok(());
    };
    let edge = |i: i32, sign: f64| {
        let (value, error) = fit.at(at(i));
        let y = (value + sign * error).clamp(frame.y0, frame.y1);
        frame.pixel(at(i), y)
    };
    let upper: Vec<(i32, i32)> = (0..=PIECES).map(|i| edge(i, 1.0)).collect();
    let lower: Vec<(i32, i32)> = (0..=PIECES).map(|i| edge(i, -1.0)).collect();
    for edge in [&upper, &lower] {
        labels.keep_off_line(edge, 2);
    }
    for (above, below) in upper.iter().zip(&lower) {
        labels.keep_off_line(&[*above, *below], 2);
    }
    let band: Vec<(i32, i32)> = upper.into_iter().chain(lower.into_iter().rev()).collect();
    area.draw(&Polygon::new(band, theme.tint(ink, 0.2).filled()))?;
    let points = (0..=PIECES).map(|i| (at(i), fit.at(at(i)).0));
    curve(area, frame, points, theme.line(ink, 1.0))
}

/// The surroundings of m_crit.
pub(super) fn magnified(
    area: &Area<Record>,
    theme: &Theme,
    results: &Results,
    curve: &CurrentCurve,
    above: &[Heading],
) -> Result<((), Vec<Heading>), Error<Record>> {
    let references = references(results);
    let (ink, faint) = (colour(&theme.ink), colour(&theme.faint));
    let zero = match &curve.zero {
        Ok(zero) => zero,
        Err(why) => {
            sentence(
                area,
                theme,
                captions::WHERE_J_VANISHES.said(),
                &m_crit_unknown(why),
            )?;
            return Ok(((), Vec::new()));
        }
    };
    let value = zero.value();
    let (low, high) = zero.crossing().map_or(zero.bracket(), |found| found.window);
    let places = zero.used.len().max(2) as f64;
    let scatter = zero.crossing().map_or(0.0, |found| found.error);
    let mut half = (1.25 * (high - low) / (places - 1.0)).max(6.0 * scatter);
    half = half.max(1.25 * zero.uncertainty());
    for (m, ..) in &references {
        let distance = (m - value).abs();
        if distance < high - low {
            half = half.max(1.35 * distance);
        }
    }
    let x = Axis {
        range: (value - half, value + half),
        name: "m₊",
    };
    let near: Vec<(&CurvePoint, f64)> = curve
        .measured()
        .filter(|(reading, _)| {
            reading.group.state == zero.state && (reading.m - value).abs() <= half
        })
        .collect();
    let ends = near.iter().flat_map(|(reading, mean)| {
        let error = known(&reading.group.current).map_or(0.0, |(_, error)| error);
        [mean - error, mean + error]
    });
    let fitted_at = |m: f64| zero.curve.as_ref().map(|fit| fit.at(m).0);
    let edges = [x.range.0, x.range.1].into_iter().filter_map(fitted_at);
    let y = Axis {
        range: axes::around(ends.chain(edges).chain([0.0])),
        name: "J",
    };
    let mut headings = vec![(captions::WHERE_J_VANISHES_MAGNIFIED.to_owned(), faint)];
    let unknown = |(reading, _): &(&CurvePoint, f64)| known(&reading.group.current).is_none();
    headings.extend(meaning_of_cross(theme, near.iter().any(unknown)));
    headings.extend_from_slice(above);
    let frame = axes::draw(area, theme, &x, &y, &headings)?;
    let mut labels = Labels::new(&frame);
    let zero_line = frame.pixel(x.range.0, 0.0).1;
    labels.keep_off_line(&[(frame.left, zero_line), (frame.right, zero_line)], 2);
    for (reading, mean) in &near {
        let at = frame.pixel(reading.m, *mean);
        let reach = mark(theme, &reading.group).reach(theme);
        labels.keep_off(at, reach, reach);
        if let Some((_, error)) = known(&reading.group.current) {
            labels.keep_off_bar(theme, &frame, reading.m, (mean - error, mean + error));
        }
    }
    fitted(area, theme, &frame, zero, x.range, &mut labels)?;
    let lines: Vec<i32> = references
        .iter()
        .filter(|(m, ..)| (x.range.0..=x.range.1).contains(m))
        .map(|(m, ..)| frame.pixel(*m, 0.0).0)
        .collect();
    // Before the references' names, which have the whole height.
    for at in lines {
        labels.keep_off_line(&[(at, frame.top), (at, frame.bottom)], 2);
    }
    for (reading, mean) in &near {
        let mark = mark(theme, &reading.group);
        if let Some((_, error)) = known(&reading.group.current) {
            error_bar(area, theme, &frame, (reading.m, *mean), error, mark.colour)?;
        }
        mark.draw(area, theme, frame.pixel(reading.m, *mean))?;
    }
    // m_crit: a bar along m₊.
    let at = frame.pixel(value, 0.0);
    let (from, to) = zero.range();
    let [from, to] = [from, to].map(|m| frame.pixel(m.clamp(x.range.0, x.range.1), 0.0).0);
    let cap = theme.em(0.45);
    area.draw(&PathElement::new(
        vec![(from, at.1), (to, at.1)],
        theme.line(ink, 2.0),
    ))?;
    for end in [from, to] {
        area.draw(&PathElement::new(
            vec![(end, at.1 - cap), (end, at.1 + cap)],
            theme.line(ink, 1.5),
        ))?;
    }
    let ms = results.experiment().ms.values();
    let name = zero.named(Decimals::of(ms.iter().copied()));
    labels.keep_off_line(&[(from, at.1), (to, at.1)], cap + 1);
    let mut places = around(at, theme);
    for end in [from, to] {
        places.extend(around((end, at.1), theme));
    }
    labels.name(area, theme, ("", &name), ink, &places, above)?;
    vertical(area, theme, &frame, &mut labels, &references, above)?;
    Ok(((), labels.left_over()))
}
