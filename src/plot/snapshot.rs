//! A run as one picture, for paper, slides and films: the lattice between its reservoirs, the word,
//! the current with its error, its curve, the profile, and the link, also as a QR code.

use super::code::Code;
use super::svg::Svg;
use super::{Area, Error, Theme, colour, integrated_current, lattice_frame, profile, spins, text};
use crate::dynamics::version::ENGINE;
use crate::notation;
use crate::run::report::Report;
use crate::run::simulation::Simulation;
use crate::words::plots as words;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Width of the picture, in pixels; a lattice of more columns or rows makes it larger.
const WIDTH: u32 = 960;
/// Height of the picture, in pixels.
const HEIGHT: u32 = 540;
/// Largest share of the width that the lattice has.
const LATTICE_SHARE: f64 = 0.5;
/// Distance of the lines of a text, in text sizes.
const LEADING: f64 = 1.25;

/// What is said of the direction of a current.
pub fn word(run: &Simulation, report: &Report) -> &'static str {
    match report.direction {
        Some(direction) => direction.name(),
        None if !run.params().reservoirs.flip() => words::NO_RESERVOIRS.said(),
        None if run.params().gradient() == 0.0 => words::NO_HILL.said(),
        None if report.span < report.settling => words::TOO_EARLY.said(),
        None => words::NOT_SIGNIFICANT.said(),
    }
}

/// Where everything stands, in pixels.
struct Layout {
    size: (u32, u32),
    /// Pixels of a site.
    cell: i32,
    /// Width of a reservoir's strip, and its distance from the lattice.
    strip: i32,
    gap: i32,
    /// Left edge and top edge of the lattice.
    corner: (i32, i32),
    /// Where the lattice and its reservoirs end, and the plots begin.
    middle: i32,
    /// Where lattice and plots end, and the link begins.
    bottom: i32,
}

impl Layout {
    fn of(run: &Simulation, theme: &Theme, footer: i32) -> Self {
        let em = |ems| theme.em(ems);
        let (lx, ly) = (run.params().lx as i32, run.params().ly as i32);
        let (strip, gap, margin, above, below) = (em(1.4), em(0.5), em(1.0), em(2.6), em(2.2));
        let beside = 2 * (margin + strip + gap);
        let across = (f64::from(WIDTH) * LATTICE_SHARE) as i32 - beside;
        let high = HEIGHT as i32 - above - below - footer;
        let cell = (across / lx).min(high / ly).max(1);
        let (width, height) = (lx * cell, ly * cell);
        // The names of the reservoirs stand above them, and need room for both.
        let names = lattice_frame::names(run.params());
        let ems: f64 = names.iter().map(|name| text::width(name)).sum();
        let gap = gap.max((em(ems + 1.0) - width - 2 * strip) / 2);
        let beside = 2 * (margin + strip + gap);
        let bottom = (above + height.max(high) + below).max(HEIGHT as i32 - footer);
        let middle = (beside + width).max(em(18.0));
        let right = (WIDTH as i32 - middle).max(em(34.0));
        Layout {
            size: ((middle + right) as u32, (bottom + footer) as u32),
            cell,
            strip,
            gap,
            corner: (
                (middle - width) / 2,
                above + (bottom - above - below - height) / 2,
            ),
            middle,
            bottom,
        }
    }
}

/// A run as SVG, dark on white, with the address that leads to it and, where there is one, its code.
///
/// # Errors
/// Says what the drawing refused.
pub fn svg(run: &Simulation, address: &str, code: Option<&Code>) -> Result<String, String> {
    let mut text = String::new();
    draw_svg(run, address, code, &mut text, |svg| svg)?;
    Ok(text)
}

/// The same, written into a text by way of the backend that `medium` makes of it.
///
/// # Errors
/// Says what the drawing refused.
pub fn draw_svg<'a, DB: DrawingBackend>(
    run: &Simulation,
    address: &str,
    code: Option<&Code>,
    text: &'a mut String,
    medium: impl FnOnce(Svg<'a>) -> DB,
) -> Result<(), String> {
    let theme = Theme::default();
    let footer = code.map_or(theme.em(4.4), Code::side);
    let layout = Layout::of(run, &theme, footer);
    let area = medium(Svg::new(text, layout.size)).into_drawing_area();
    draw(&area, &theme, run, &layout, address, code).map_err(words::not_drawn)
}

fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    run: &Simulation,
    layout: &Layout,
    address: &str,
    code: Option<&Code>,
) -> Result<(), Error<DB>> {
    area.fill(&colour(&theme.paper))?;
    let (above, footer) = area.split_vertically(layout.bottom);
    let (left, right) = above.split_horizontally(layout.middle);
    lattice(&left, theme, run, layout)?;
    let report = run.report();
    let head = theme.em(5.0);
    let (said, plots) = right.split_vertically(head);
    result(&said, theme, run, &report)?;
    let (curve, bottom) = plots.split_vertically((layout.bottom - head) * 11 / 20);
    integrated_current::draw(&curve, theme, &[run])?;
    profile::draw(&bottom, theme, run)?;
    let (width, height) = footer.dim_in_pixel();
    let mut room = width as i32 - theme.em(2.0);
    if let Some(code) = code {
        room -= code.side();
        code.draw(&footer, theme, (width as i32 - code.side(), 0))?;
    }
    let ems = f64::from(room) / f64::from(theme.em(1.0));
    let mut texts = broken(address, ems);
    texts.push(words::engine(ENGINE));
    let first = (height as i32 - theme.em(LEADING) * texts.len() as i32) / 2;
    write(&footer, theme, &texts, (theme.em(1.0), first))?;
    area.present()
}

/// A link in lines of at most so many text sizes, broken where a key begins.
fn broken(address: &str, most: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in address.split_inclusive(['?', '&']) {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && text::width(&lines[last]) + text::width(part) > most {
            lines.push(part.to_owned());
        } else {
            lines[last].push_str(part);
        }
    }
    lines
}

/// The spins between the reservoirs, of which a strip shows the magnetization.
fn lattice<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    run: &Simulation,
    layout: &Layout,
) -> Result<(), Error<DB>> {
    let params = run.params();
    let (left, top) = layout.corner;
    let (right, bottom) = (
        left + params.lx as i32 * layout.cell,
        top + params.ly as i32 * layout.cell,
    );
    let inner = lattice_frame::Inner {
        left: left.into(),
        top: top.into(),
        right: right.into(),
        bottom: bottom.into(),
        reservoir: layout.strip.into(),
        gap: layout.gap.into(),
    };
    lattice_frame::draw(area, theme, params, &inner)?;
    if params.reservoirs.flip() {
        for (m, from) in [
            (params.m_left, left - layout.gap - layout.strip),
            (params.m_right, right + layout.gap),
        ] {
            let hue = theme.tint(colour(&theme.plus), (1.0 + m) / 2.0);
            let corners = [(from, top), (from + layout.strip, bottom)];
            area.draw(&Rectangle::new(corners, hue.filled()))?;
        }
    }
    let up: Vec<bool> = run.sites().iter().map(|&site| site == 1).collect();
    let room = [(left, top), (right, bottom)];
    spins::draw(area, theme, (params.lx, params.ly), room, Some(&up))
}

/// The word, and the current with its error and its time.
fn result<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    run: &Simulation,
    report: &Report,
) -> Result<(), Error<DB>> {
    let large = Theme {
        size: theme.size * 1.5,
        ..theme.clone()
    };
    let hue = report
        .direction
        .map_or(theme.ink.as_str(), |way| theme.of(way));
    let left = theme.em(1.0);
    let style = large.text(colour(hue), HPos::Left, VPos::Top);
    let text = format!("{}, J = {}", word(run, report), report.current.text());
    area.draw(&Text::new(text, (left, theme.em(0.6)), style))?;
    let time = notation::plain(run.time(), 4);
    let second = match &report.current.reason {
        None => words::measured(notation::plain(report.span, 4), time),
        Some(reason) => {
            words::measured_without_error(notation::plain(report.span, 4), time, reason)
        }
    };
    let (width, _) = area.dim_in_pixel();
    let ems = f64::from(width as i32 - 2 * left) / f64::from(theme.em(1.0));
    write(
        area,
        theme,
        &text::lines(&second, ems),
        (left, theme.em(2.6)),
    )
}

/// Lines below one another, from their upper left corner on.
fn write<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    lines: &[String],
    (left, top): (i32, i32),
) -> Result<(), Error<DB>> {
    let style = theme.text(colour(&theme.faint), HPos::Left, VPos::Top);
    for (number, line) in (0..).zip(lines) {
        let at = (left, top + number * theme.em(LEADING));
        area.draw(&Text::new(line.clone(), at, style.clone()))?;
    }
    Ok(())
}
