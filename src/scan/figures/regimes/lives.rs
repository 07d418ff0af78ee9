//! The mean time between changes of state against m₊, on a logarithmic axis, beside the time in
//! which a state relaxes.

use super::Regimes;
use super::panel;
use crate::notation::{superscript, with_error};
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::{Candidate, Labels};
use crate::plot::marks::{DASHED, Mark, Symbol, bar};
use crate::plot::record::{Record, sentence, settled};
use crate::plot::{Area, Error, Theme, colour, dashed};
use crate::scan::figures::marker::Marker;
use crate::scan::figures::phrases::{known, time};
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
use crate::words::regimes as words;
use libm::log10;
use plotters::style::text_anchor::{HPos, VPos};

/// Powers of ten that are named at most.
const MOST_DECADES: usize = 6;

/// Height of the picture, in text sizes.
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    (0.45 * ems).clamp(17.0, 28.0)
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Regimes,
) -> Result<Vec<Marker>, Error<Record>> {
    let markers = settled(area, theme, |area, above| times(area, theme, figure, above))?;
    area.present()?;
    Ok(markers)
}

/// What is known of the time between changes.
enum Time {
    /// Its mean, from one error below it to one above it.
    Known(f64, f64, f64),
    /// The mean alone.
    Unsure(f64),
    /// Longer than this.
    Longer(f64),
}

fn times(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Regimes,
    above: &[Heading],
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    let all: Vec<_> = figure
        .points
        .iter()
        .filter_map(|at| {
            let visited = at.visited.as_ref()?;
            let between = &visited.between;
            let time = match (between.mean, known(between)) {
                (Some(mean), Some((_, error))) if error < mean => {
                    Time::Known(mean, mean - error, mean + error)
                }
                (Some(mean), _) => Time::Unsure(mean),
                (None, _) => Time::Longer(visited.span),
            };
            Some((at, visited, time))
        })
        .collect();
    if all.is_empty() {
        let (title, why) = (captions::LIVES.said(), NOTHING_MEASURED.said());
        sentence(area, theme, title, why)?;
        return Ok((Vec::new(), Vec::new()));
    }
    let ends = all.iter().flat_map(|(.., time)| match *time {
        Time::Known(_, low, high) => [low, high],
        Time::Unsure(mean) => [mean; 2],
        Time::Longer(span) => [span, 2.0 * span],
    });
    let ends: Vec<f64> = ends.chain([figure.relaxation]).map(log10).collect();
    let (low, high) = axes::around(ends.into_iter());
    let y = Axis {
        range: (low.floor(), high.ceil()),
        name: captions::TIME_BETWEEN.said(),
    };
    let decades = (low.floor() as i32)..=(high.ceil() as i32);
    let apart = decades.clone().count().div_ceil(MOST_DECADES);
    let named = decades.step_by(apart);
    let named = named.map(|n| (f64::from(n), format!("10{}", superscript(n))));
    let named = named.collect();
    let room = Room {
        named_up: Some(named),
        ..Room::default()
    };
    let unsure = all.iter().any(|(.., time)| matches!(time, Time::Unsure(_)));
    let longer = all.iter().any(|(.., time)| matches!(time, Time::Longer(_)));
    let faint = colour(&theme.faint);
    let mut headings = panel::headings(theme, unsure, above);
    if longer {
        headings.push((captions::NO_CHANGE.to_owned(), faint));
    }
    let frame = panel::axes(area, theme, figure, &y, (&headings, room))?;
    let mut labels = Labels::new(&frame);
    let line = frame.pixel(frame.x0, log10(figure.relaxation)).1;
    let ends = ((frame.left, line), (frame.right, line));
    dashed(area, ends.0, ends.1, theme.em(0.5), theme.line(faint, 1.5))?;
    labels.keep_off_line(&[ends.0, ends.1], 2);
    let mut markers = Vec::new();
    for (at, visited, time) in all {
        let (mean, low, high) = match time {
            Time::Known(mean, low, high) => (mean, low, high),
            Time::Unsure(mean) => (mean, mean, mean),
            Time::Longer(span) => (span, span, f64::INFINITY),
        };
        let mark = Mark {
            symbol: Symbol::Circle,
            colour: colour(&theme.plus),
            hollow: at.open(),
            crossed: matches!(time, Time::Unsure(_)),
        };
        let ends = (log10(low), log10(high).min(frame.y1));
        if low < high {
            bar(area, theme, &frame, at.m, ends, mark.colour)?;
            labels.keep_off_bar(theme, &frame, at.m, ends);
        }
        let place = frame.pixel(at.m, log10(mean));
        if !matches!(time, Time::Longer(_)) {
            mark.draw(area, theme, place)?;
        }
        labels.keep_off(place, mark.reach(theme), mark.reach(theme));
        let m = figure.decimals.text(at.m);
        markers.push(Marker {
            x: place.0,
            y: place.1,
            point: at.point,
            text: match time {
                Time::Longer(span) => captions::none_between_at(m, self::time(span)),
                Time::Known(..) | Time::Unsure(_) => captions::between_at(
                    m,
                    known(&visited.between)
                        .map_or(self::time(mean), |(mean, error)| with_error(mean, error)),
                    words::changes(visited.changes as usize),
                ),
            },
        });
    }
    let gap = theme.em(0.4);
    let steps = (0..=12).map(|i| frame.left + gap + (frame.right - frame.left - 2 * gap) * i / 12);
    let places: Vec<Candidate> = steps
        .flat_map(|x| {
            [
                (x, line - gap, HPos::Left, VPos::Bottom),
                (x, line + gap, HPos::Left, VPos::Top),
                (x, line - gap, HPos::Right, VPos::Bottom),
            ]
        })
        .collect();
    let name = (DASHED, captions::RELAXATION.said());
    labels.name(area, theme, name, faint, &places, above)?;
    Ok((markers, labels.left_over()))
}
