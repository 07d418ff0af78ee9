//! Fig. 3: for each m₊ the final spins, the time-averaged profile below them, and its
//! plateaus magnified, where all that matters lies within 10⁻³ of ±1.

use super::{Ems, Marker};
use crate::experiment::current;
use crate::experiment::paper;
use crate::experiment::phrases::{Decimals, time};
use crate::experiment::results::Results;
use crate::experiment::scan::Reading;
use crate::experiment::states::Bump;
use crate::measure::state::State;
use crate::notation::plain;
use crate::plot::axes::{self, Axis, Room};
use crate::plot::marks::{Candidate, Labels, around, lines, words};
use crate::plot::{Area, Error, PlotFrame, Theme, colour, curve, dashed};
use crate::theory::m_beta;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Least width of a column, in text sizes.
const COLUMN: f64 = 17.0;
/// Space left of the plots of a column, in text sizes.
const LEFT: f64 = 4.4;
/// Height of the heading of a column, in text sizes.
const HEADING: f64 = 4.0;
/// Height of a profile, in text sizes.
const PROFILE: f64 = 11.0;
/// Height of a magnified profile, in text sizes.
const PLATEAU: f64 = 15.0;
/// Largest height of the spins, in text sizes.
const SPINS: f64 = 22.0;
/// Distance of m_β from 1 from which on nothing needs to be magnified.
const PLAIN: f64 = 0.1;

/// How the columns are laid out.
struct Layout {
    columns: usize,
    rows: usize,
    spins: f64,
    plateau: f64,
}

impl Layout {
    fn of(results: &Results, ems: f64) -> Self {
        let count = results.points().len().max(1);
        let columns = ((ems / COLUMN) as usize).clamp(1, count);
        let base = &results.experiment().base;
        let across = (ems / columns as f64 - LEFT - 1.0).max(1.0);
        let shape = f64::from(base.ly) / f64::from(base.lx);
        Layout {
            columns,
            rows: count.div_ceil(columns),
            spins: (across * shape).clamp(3.0, SPINS),
            plateau: if 1.0 - m_beta(base.beta) < PLAIN {
                PLATEAU
            } else {
                0.0
            },
        }
    }

    fn row(&self) -> f64 {
        HEADING + self.spins + PROFILE + self.plateau
    }
}

/// Height of the picture, in text sizes.
pub(super) fn height(results: &Results, ems: f64) -> f64 {
    let layout = Layout::of(results, ems);
    layout.rows as f64 * layout.row()
}

pub(super) fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    results: &Results,
) -> Result<Vec<Marker>, Error<DB>> {
    area.fill(&colour(&theme.paper))?;
    let (width, height) = area.dim_in_pixel();
    let layout = Layout::of(results, theme.ems(width));
    let scan = current::scan(results);
    let readings: Vec<&Reading> = scan.readings.iter().filter(|r| r.main).collect();
    let decimals = Decimals::of(results.points().iter().map(|p| p.params.m_right));
    let origin = area.get_base_pixel();
    let parts = area.split_evenly((layout.rows, layout.columns));
    let depth = depth(results, &readings);
    let mut markers = Vec::new();
    let mut order: Vec<usize> = (0..results.points().len()).collect();
    let m = |point: usize| results.points()[point].params.m_right;
    order.sort_by(|a, b| m(*b).total_cmp(&m(*a)));
    let share = f64::from(height) / layout.rows as f64 / layout.row();
    for (part, point) in parts.iter().zip(order) {
        let reading = readings.iter().copied().find(|r| r.point == point);
        let column = Column {
            theme,
            results,
            point,
            reading,
            heading: match reading {
                Some(reading) => heading(reading, decimals),
                None => [
                    format!("m₊ = {}", decimals.text(m(point))),
                    "not begun".to_owned(),
                ],
            },
        };
        let pixels = |ems: f64| (ems * share) as i32;
        let (top, rest) = part.split_vertically(pixels(HEADING + layout.spins));
        column.spins(&top)?;
        let (profile, plateau) = rest.split_vertically(pixels(PROFILE));
        column.profile(&profile)?;
        if layout.plateau > 0.0 {
            column.plateau(&plateau, depth)?;
        }
        let base = top.get_base_pixel();
        let (across, _) = top.dim_in_pixel();
        markers.push(Marker {
            x: base.0 - origin.0 + across as i32 / 2,
            y: base.1 - origin.1 + theme.em(HEADING),
            point,
            text: column.text(),
        });
    }
    area.present()?;
    Ok(markers)
}

/// m₊ and state of a column, in two lines.
fn heading(reading: &Reading, decimals: Decimals) -> [String; 2] {
    let group = &reading.group;
    let state = match group.state {
        Some(state) if group.span > 0.0 => state.name(),
        _ => "state not told yet",
    };
    [
        format!("m₊ = {}", decimals.text(reading.m)),
        format!("{state}, t = {}", time(group.span)),
    ]
}

/// How far below 1 the magnified panels reach: all the same, to be compared.
fn depth(results: &Results, readings: &[&Reading]) -> f64 {
    let of_beta = 1.0 - m_beta(results.experiment().base.beta);
    results
        .points()
        .iter()
        .map(|point| 1.0 - point.params.m_right)
        .chain(readings.iter().filter_map(|reading| {
            let peak = Bump::of(&reading.group)?.m;
            Some(1.0 - peak)
        }))
        .filter(|depth| *depth < PLAIN)
        .fold(of_beta, f64::max)
        * 1.5
}

/// What is drawn for one m₊.
struct Column<'a> {
    theme: &'a Theme,
    results: &'a Results,
    point: usize,
    reading: Option<&'a Reading>,
    heading: [String; 2],
}

impl Column<'_> {
    fn room(&self) -> Room {
        Room {
            left: LEFT,
            ..Room::default()
        }
    }

    fn lx(&self) -> u32 {
        self.results.points()[self.point].params.lx
    }

    fn across(&self) -> Axis {
        Axis {
            range: (0.0, f64::from(self.lx()) + 1.0),
            name: "x",
        }
    }

    fn m_plus(&self) -> f64 {
        self.results.points()[self.point].params.m_right
    }

    fn m_beta(&self) -> f64 {
        m_beta(self.results.experiment().base.beta)
    }

    fn points(&self) -> Vec<(f64, f64)> {
        let profile = self.reading.map_or(&[][..], |r| &r.group.profile);
        (1..).map(f64::from).zip(profile.iter().copied()).collect()
    }

    /// The column in words.
    fn text(&self) -> String {
        let mut text = self.heading.join(", ");
        if let Some(reading) = self.reading {
            text += &format!(", J = {}", reading.group.current.text());
            if let Some(bump) = Bump::of(&reading.group) {
                text += &format!(", m_bump = {} at x = {}", bump.text(), bump.x);
            }
            text += &format!("; {}", current::status(reading));
        }
        text
    }

    /// The final spins of the replica that was measured longest, mapped as the profile is.
    fn configuration(&self) -> Option<(Vec<bool>, bool)> {
        let params = &self.results.points()[self.point].params;
        let (lx, ly) = (params.lx as usize, params.ly as usize);
        let state = self.reading.and_then(|reading| reading.group.state);
        let key = |s: Option<State>| s.map(State::up_to_mirror);
        let outcome = self
            .results
            .of_point(self.point)
            .filter(|outcome| key(outcome.state) == key(state))
            .max_by(|a, b| a.span.total_cmp(&b.span))?;
        let up = outcome.up(lx * ly)?;
        if outcome.state == state {
            return Some((up, false));
        }
        let mirrored = (0..lx * ly).map(|i| !up[(lx - 1 - i / ly) * ly + i % ly]);
        Some((mirrored.collect(), true))
    }

    fn spins<DB: DrawingBackend>(&self, area: &Area<DB>) -> Result<(), Error<DB>> {
        let theme = self.theme;
        let (width, height) = area.dim_in_pixel();
        let (ink, faint) = (colour(&theme.ink), colour(&theme.faint));
        let left = theme.em(LEFT);
        let text = |line: &str, row: f64, hue| {
            let style = theme.text(hue, HPos::Left, VPos::Top);
            area.draw(&Text::new(line.to_owned(), (left, theme.em(row)), style))
        };
        text(&self.heading[0], 0.5, ink)?;
        let configuration = self.configuration();
        let second = match &configuration {
            Some((_, true)) => format!("{}, shown mirrored", self.heading[1]),
            _ => self.heading[1].clone(),
        };
        let most = (width as i32 - left).max(1) / theme.em(axes::DIGIT).max(1);
        let second = lines(&second, most as usize);
        for (row, line) in [1.8, 2.9].into_iter().zip(&second) {
            text(line, row, faint)?;
        }
        let params = &self.results.points()[self.point].params;
        let (lx, ly) = (params.lx as i32, params.ly as i32);
        let room = (
            width as i32 - left - theme.em(1.0),
            height as i32 - theme.em(HEADING + 0.2),
        );
        // Whole pixels; a lattice larger than that is thinned out.
        let cell = (room.0 / lx).min(room.1 / ly).max(1);
        let every = (lx * cell)
            .div_ceil_of(room.0)
            .max((ly * cell).div_ceil_of(room.1));
        let (columns, rows) = (lx.div_ceil_of(every), ly.div_ceil_of(every));
        let (w, h) = (columns * cell, rows * cell);
        let x0 = left + (room.0 - w).max(0) / 2;
        let y0 = theme.em(HEADING);
        let frame = [(x0 - 1, y0 - 1), (x0 + w, y0 + h)];
        let Some((up, _)) = configuration else {
            return area.draw(&Rectangle::new(frame, theme.line(faint, 1.0)));
        };
        let (plus, minus) = (colour(&theme.plus), colour(&theme.minus));
        let whole = [(x0, y0), (x0 + w, y0 + h)];
        area.draw(&Rectangle::new(whole, minus.filled()))?;
        for x in 0..columns {
            let spin = |y: i32| up[(x * every * ly + y * every) as usize];
            let mut y = 0;
            while y < rows {
                let first = y;
                while y < rows && spin(y) == spin(first) {
                    y += 1;
                }
                if spin(first) {
                    // Row 1 is at the bottom.
                    let corners = [
                        (x0 + x * cell, y0 + h - y * cell),
                        (x0 + (x + 1) * cell, y0 + h - first * cell),
                    ];
                    area.draw(&Rectangle::new(corners, plus.filled()))?;
                }
            }
        }
        area.draw(&Rectangle::new(frame, theme.line(faint, 1.0)))
    }

    fn profile<DB: DrawingBackend>(&self, area: &Area<DB>) -> Result<(), Error<DB>> {
        let theme = self.theme;
        let y = Axis {
            range: (-1.25, 1.25),
            name: "⟨m(x)⟩",
        };
        let frame = axes::panel(area, theme, &self.across(), &y, &[], &self.room())?;
        let points = self.points();
        if points.is_empty() {
            return words(area, theme, &frame, "no profile yet");
        }
        let mut labels = Labels::new(&frame);
        let pixels: Vec<(i32, i32)> = points.iter().map(|&(x, m)| frame.pixel(x, m)).collect();
        labels.keep_off_line(&pixels, theme.em(0.2));
        let spontaneous = self.m_beta();
        if spontaneous > 0.0 {
            for (m, name) in [(spontaneous, "+mᵦ"), (-spontaneous, "−mᵦ")] {
                self.level(area, &frame, &mut labels, m, name, false)?;
            }
        }
        self.wedges(area, &frame, 1.0)?;
        let style = theme.line(colour(&theme.plus), 2.0);
        curve(area, &frame, points.into_iter(), style)
    }

    /// |m(x)| near 1.
    fn plateau<DB: DrawingBackend>(&self, area: &Area<DB>, depth: f64) -> Result<(), Error<DB>> {
        let theme = self.theme;
        let y = Axis {
            range: (1.0 - depth, 1.0 + 0.12 * depth),
            name: "|⟨m(x)⟩|",
        };
        let frame = axes::panel(area, theme, &self.across(), &y, &[], &self.room())?;
        let (plus, faint) = (colour(&theme.plus), colour(&theme.faint));
        let points = self.points();
        if points.is_empty() {
            return words(area, theme, &frame, "no profile yet");
        }
        let mut labels = Labels::new(&frame);
        let radius = theme.em(0.2).max(2);
        let visible: Vec<(f64, f64)> = points
            .iter()
            .copied()
            .filter(|(x, m)| frame.holds(*x, m.abs()))
            .collect();
        for &(x, m) in &visible {
            let at = frame.pixel(x, m.abs());
            labels.keep_off(at, 2 * radius, 2 * radius);
        }
        if self.m_beta() > 0.0 {
            self.level(area, &frame, &mut labels, self.m_beta(), "mᵦ", false)?;
        }
        if self.m_plus() < 1.0 {
            self.level(area, &frame, &mut labels, self.m_plus(), "m₊", true)?;
        }
        for &(x, m) in &visible {
            let at = frame.pixel(x, m.abs());
            if m > 0.0 {
                area.draw(&Circle::new(at, radius, plus.filled()))?;
            } else {
                area.draw(&Circle::new(at, radius, theme.line(plus, 1.0)))?;
            }
        }
        for (sign, name) in [(1.0, "● +"), (-1.0, "○ −")] {
            let own: Vec<(i32, i32)> = visible
                .iter()
                .filter(|(_, m)| m * sign > 0.0)
                .map(|&(x, m)| frame.pixel(x, m.abs()))
                .collect();
            if own.len() < 2 {
                continue;
            }
            let middle = own[own.len() / 2];
            labels.place(area, theme, name, plus, &around(middle, theme))?;
        }
        let Some(bump) = self.reading.and_then(|reading| Bump::of(&reading.group)) else {
            return Ok(());
        };
        let ink = colour(&theme.ink);
        if frame.holds(bump.x as f64, bump.m) {
            let at = frame.pixel(bump.x as f64, bump.m);
            if let Ok(error) = bump.error {
                let place = (bump.x as f64, bump.m);
                crate::plot::marks::error_bar(area, theme, &frame, place, error, ink)?;
            }
            area.draw(&Circle::new(at, 2 * radius, theme.line(ink, 1.5)))?;
            let text = format!("m_bump {}", bump.text());
            labels.place(area, theme, &text, ink, &around(at, theme))?;
        }
        let reference =
            paper::m_bump(self.m_plus()).filter(|_| paper::is_of(&self.results.experiment().base));
        match reference {
            Some(m) if frame.holds(1.0, m) => {
                let x = bump.x as f64;
                let half = 0.22 * f64::from(self.lx());
                let [from, to] =
                    [x - half, x + half].map(|x| frame.pixel(x.clamp(frame.x0, frame.x1), m));
                dashed(area, from, to, theme.em(0.4), theme.line(faint, 2.0))?;
                let text = format!("paper {}", plain(m, 5));
                let mut places = around(to, theme);
                places.extend(around(from, theme));
                labels.place(area, theme, &text, faint, &places)
            }
            _ => Ok(()),
        }
    }

    /// A dashed level with its name at one of the ends.
    fn level<DB: DrawingBackend>(
        &self,
        area: &Area<DB>,
        frame: &PlotFrame,
        labels: &mut Labels,
        m: f64,
        name: &str,
        solid: bool,
    ) -> Result<(), Error<DB>> {
        let theme = self.theme;
        if !frame.holds(frame.x0, m) {
            return Ok(());
        }
        let hue = colour(if solid { &theme.ink } else { &theme.faint });
        let (from, to) = (frame.pixel(frame.x0, m), frame.pixel(frame.x1, m));
        let style = theme.line(hue, 1.0);
        if solid {
            area.draw(&PathElement::new(vec![from, to], style))?;
        } else {
            dashed(area, from, to, theme.em(0.25), style)?;
        }
        let gap = theme.em(0.25);
        let mut places: Vec<Candidate> = Vec::new();
        for share in [0, 100, 50, 25, 75] {
            let x = from.0 + (to.0 - from.0) * share / 100;
            let (x, h) = match share {
                0 => (x + gap, HPos::Left),
                100 => (x - gap, HPos::Right),
                _ => (x, HPos::Center),
            };
            let h2 = match share {
                0 => HPos::Left,
                100 => HPos::Right,
                _ => HPos::Center,
            };
            places.push((x, from.1 - gap, h, VPos::Bottom));
            places.push((x, from.1 + gap, h2, VPos::Top));
        }
        labels.place(area, theme, name, hue, &places)?;
        labels.keep_off_line(&[from, to], 2);
        Ok(())
    }

    /// What the reservoirs ask for, as wedges at the ends.
    fn wedges<DB: DrawingBackend>(
        &self,
        area: &Area<DB>,
        frame: &PlotFrame,
        size: f64,
    ) -> Result<(), Error<DB>> {
        let params = &self.results.points()[self.point].params;
        let wedge = self.theme.em(0.55 * size);
        for (x, m, inward) in [
            (frame.x0, params.m_left, wedge),
            (frame.x1, params.m_right, -wedge),
        ] {
            let (at, height) = frame.pixel(x, m);
            let corners = vec![
                (at, height - wedge / 2),
                (at, height + wedge / 2),
                (at + inward, height),
            ];
            area.draw(&Polygon::new(corners, colour(&self.theme.ink)))?;
        }
        Ok(())
    }
}

trait Pieces {
    /// How many pieces of a size make it, rounded up; at least one.
    fn div_ceil_of(self, size: i32) -> i32;
}

impl Pieces for i32 {
    fn div_ceil_of(self, size: i32) -> i32 {
        let size = size.max(1);
        ((self + size - 1) / size).max(1)
    }
}
