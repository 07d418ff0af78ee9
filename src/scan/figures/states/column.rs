//! One m₊ of Fig. 3: its spins, its profile, its plateaus magnified, and J by column.

use super::Bump;
use crate::measure::state::State;
use crate::notation::plain;
use crate::params::{Boundary, Params};
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::columns::Columns;
use crate::plot::labels::{Candidate, Labels, around};
use crate::plot::magnified::{COLD, LONE};
use crate::plot::marks::{DASHED, bar};
use crate::plot::record::{Record, sentence};
use crate::plot::text::lines;
use crate::plot::{Area, Error, PlotFrame, Theme, colour, column_currents, curve, dashed, spins};
use crate::scan::figures::current_curve::CurvePoint;
use crate::scan::figures::{measured_m_star, paper, replica_history};
use crate::scan::results::Results;
use crate::theory::{m_beta, m_lone, m_wall};
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Space left of the plots of a column, in text sizes.
pub(super) const LEFT: f64 = 5.0;
/// Height of the heading of a column, in text sizes.
pub(super) const HEADING: f64 = 4.0;
/// Half the length of the paper's m_bump, in units of Lx.
const REFERENCE: f64 = 0.22;

/// What is drawn for one m₊.
pub(super) struct Column<'a> {
    pub(super) theme: &'a Theme,
    pub(super) results: &'a Results,
    pub(super) point: usize,
    pub(super) reading: Option<&'a CurvePoint>,
    pub(super) heading: [String; 2],
}

impl Column<'_> {
    fn room(&self) -> Room {
        Room {
            left: LEFT,
            ..Room::default()
        }
    }

    fn params(&self) -> &Params {
        &self.results.points()[self.point].params
    }

    fn lx(&self) -> u32 {
        self.params().lx
    }

    fn across(&self) -> Axis {
        Axis {
            range: (0.0, f64::from(self.lx()) + 1.0),
            name: "x",
        }
    }

    fn m_plus(&self) -> f64 {
        self.params().m_right
    }

    fn m_beta(&self) -> f64 {
        m_beta(self.results.experiment().base.beta)
    }

    fn points(&self) -> Vec<(f64, f64)> {
        let profile = self.reading.map_or(&[][..], |r| &r.group.profile);
        (1..).map(f64::from).zip(profile.iter().copied()).collect()
    }

    /// One standard deviation of column x, from 1.
    fn error(&self, x: f64) -> Option<f64> {
        let columns = self.reading?.group.columns.as_ref()?;
        columns.profile_err.get(x as usize - 1).copied()?
    }

    /// J between neighbouring columns.
    pub(super) fn currents(&self, area: &Area<Record>) -> Result<(), Error<Record>> {
        if self.points().is_empty() {
            return sentence(area, self.theme, "", captions::NO_PROFILE.said());
        }
        let group = self.reading.map(|reading| &reading.group);
        let Some((group, columns)) = group.and_then(|g| Some((g, g.columns.as_ref()?))) else {
            return sentence(area, self.theme, "", captions::NO_COLUMN_CURRENTS.said());
        };
        let columns = Columns {
            params: self.params().clone(),
            values: columns.current.clone(),
            errors: columns.current_err.clone(),
            current: (group.current.mean, group.current.error),
        };
        column_currents::panel(area, self.theme, &columns, &self.room()).map(|_| ())
    }

    /// The column in words.
    pub(super) fn text(&self) -> String {
        let mut text = self.heading.join(", ");
        if let Some(reading) = self.reading {
            text += &format!(", J = {}", reading.group.current.text());
            if let Some(bump) = Bump::of(&reading.group) {
                text += &captions::bump_at(bump.text(), bump.x);
            }
            text += &format!("; {}", replica_history::status(reading));
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

    pub(super) fn spins(&self, area: &Area<Record>) -> Result<(), Error<Record>> {
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
            Some((_, true)) => captions::shown_mirrored(&self.heading[1]),
            _ => self.heading[1].clone(),
        };
        let across = f64::from(width as i32 - left) / f64::from(theme.em(1.0).max(1));
        let second = lines(&second, across);
        for (row, line) in [1.8, 2.9].into_iter().zip(&second) {
            text(line, row, faint)?;
        }
        let params = &self.results.points()[self.point].params;
        let room = [
            (left, theme.em(HEADING)),
            (width as i32 - theme.em(1.0), height as i32 - theme.em(0.2)),
        ];
        let up = configuration.map(|(up, _)| up);
        spins::draw(area, theme, (params.lx, params.ly), room, up.as_deref())
    }

    /// The axes of a profile; of none, a sentence says that it is missing.
    fn axes(
        &self,
        area: &Area<Record>,
        y: &Axis,
        above: &[Heading],
    ) -> Result<Option<PlotFrame>, Error<Record>> {
        if self.points().is_empty() {
            sentence(area, self.theme, "", captions::NO_PROFILE.said())?;
            return Ok(None);
        }
        axes::panel(area, self.theme, &self.across(), y, above, &self.room()).map(Some)
    }

    pub(super) fn profile(
        &self,
        area: &Area<Record>,
        above: &[Heading],
    ) -> Result<((), Vec<Heading>), Error<Record>> {
        let theme = self.theme;
        let points = self.points();
        let y = Axis {
            range: (-1.25, 1.25),
            name: "⟨m(x)⟩",
        };
        let Some(frame) = self.axes(area, &y, above)? else {
            return Ok(((), Vec::new()));
        };
        let mut labels = Labels::new(&frame);
        let zero = frame.pixel(frame.x0, 0.0).1;
        labels.keep_off_line(&[(frame.left, zero), (frame.right, zero)], 2);
        let pixels: Vec<(i32, i32)> = points.iter().map(|&(x, m)| frame.pixel(x, m)).collect();
        labels.keep_off_line(&pixels, theme.em(0.2));
        let spontaneous = self.m_beta();
        self.wedges(area, &frame, &mut labels)?;
        if spontaneous > 0.0 {
            let levels = [(spontaneous, "+mᵦ", false), (-spontaneous, "−mᵦ", false)];
            self.levels(area, &frame, &mut labels, &levels, above)?;
        }
        let style = theme.line(colour(&theme.plus), 2.0);
        curve(area, &frame, points.into_iter(), style)?;
        Ok(((), labels.left_over()))
    }

    /// |m(x)| near 1.
    pub(super) fn plateau(
        &self,
        area: &Area<Record>,
        depth: f64,
        above: &[Heading],
    ) -> Result<((), Vec<Heading>), Error<Record>> {
        let theme = self.theme;
        let points = self.points();
        let y = Axis {
            range: (1.0 - depth, 1.0 + 0.15 * depth),
            name: "|⟨m(x)⟩|",
        };
        let mut headings: Vec<Heading> = Vec::new();
        if points.iter().any(|(x, _)| self.error(*x).is_none()) {
            let words = captions::SOME_WITHOUT_ERROR.to_owned();
            headings.push((words, colour(&theme.faint)));
        }
        headings.extend_from_slice(above);
        let Some(frame) = self.axes(area, &y, &headings)? else {
            return Ok(((), Vec::new()));
        };
        let plus = colour(&theme.plus);
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
            if let Some(error) = self.error(x) {
                labels.keep_off_bar(theme, &frame, x, (m.abs() - error, m.abs() + error));
            }
        }
        let mut levels = Vec::new();
        if self.m_beta() > 0.0 {
            levels.push((self.m_beta(), "mᵦ", false));
        }
        if self.m_plus() < 1.0 {
            levels.push((self.m_plus(), "m₊", true));
        }
        let beta = self.results.experiment().base.beta;
        if self.params().boundary == Boundary::Fixed && self.m_beta() > 0.0 {
            levels.push((m_wall(beta), captions::AT_A_WALL.said(), false));
        }
        if let Some(star) = measured_m_star::at(beta) {
            levels.push((star.value, "m*", false));
        } else if beta >= COLD {
            levels.push((m_lone(beta), LONE, false));
        }
        self.keep_off_bump(&frame, &mut labels);
        self.levels(area, &frame, &mut labels, &levels, above)?;
        for &(x, m) in &visible {
            if let Some(error) = self.error(x) {
                let ends = [m.abs() - error, m.abs() + error];
                let ends = ends.map(|m| frame.pixel(x, m.clamp(frame.y0, frame.y1)));
                area.draw(&PathElement::new(ends.to_vec(), theme.line(plus, 1.0)))?;
            }
            let at = frame.pixel(x, m.abs());
            if m > 0.0 {
                area.draw(&Circle::new(at, radius, plus.filled()))?;
            } else {
                area.draw(&Circle::new(at, radius, colour(&theme.paper).filled()))?;
                area.draw(&Circle::new(at, radius, theme.line(plus, 1.0)))?;
            }
        }
        self.bump(area, &frame, &mut labels, above)?;
        for (sign, name) in [(1.0, "● m > 0"), (-1.0, "○ m < 0")] {
            if visible.iter().all(|(_, m)| m * sign <= 0.0) {
                continue;
            }
            let places: Vec<Candidate> = visible
                .iter()
                .filter(|(_, m)| m * sign > 0.0)
                .flat_map(|&(x, m)| around(frame.pixel(x, m.abs()), theme))
                .collect();
            labels.name(area, theme, ("", name), plus, &places, above)?;
        }
        Ok(((), labels.left_over()))
    }

    /// m_bump with its error where it is seen.
    fn visible_bump(&self, frame: &PlotFrame) -> Option<Bump> {
        let bump = self.reading.and_then(|reading| Bump::of(&reading.group))?;
        frame.holds(bump.x as f64, bump.m).then_some(bump)
    }

    fn keep_off_bump(&self, frame: &PlotFrame, labels: &mut Labels) {
        let Some(bump) = self.visible_bump(frame) else {
            return;
        };
        let x = bump.x as f64;
        let ring = self.theme.em(0.38) + 2;
        labels.keep_off(frame.pixel(x, bump.m), ring, ring);
        if let Some(m) = bump.sided() {
            let ends = (m.value - m.below, m.value + m.above);
            labels.keep_off_bar(self.theme, frame, x, ends);
        }
        if let Some(ends) = self.paper_bump(frame, x) {
            labels.keep_off_line(&ends, 3);
        }
    }

    /// The paper's m_bump as a line, where it is seen.
    fn paper_bump(&self, frame: &PlotFrame, x: f64) -> Option<[(i32, i32); 2]> {
        let m = self.reference().filter(|m| frame.holds(x, *m))?;
        let half = REFERENCE * f64::from(self.lx());
        let ends = [x - half, x + half];
        Some(ends.map(|x| frame.pixel(x.clamp(frame.x0, frame.x1), m)))
    }

    /// The paper's m_bump.
    fn reference(&self) -> Option<f64> {
        let base = &self.results.experiment().base;
        paper::m_bump(self.m_plus()).filter(|_| paper::is_of(base))
    }

    /// m_bump, and the paper's.
    fn bump(
        &self,
        area: &Area<Record>,
        frame: &PlotFrame,
        labels: &mut Labels,
        above: &[Heading],
    ) -> Result<(), Error<Record>> {
        let theme = self.theme;
        let (ink, faint) = (colour(&theme.ink), colour(&theme.faint));
        let Some(bump) = self.visible_bump(frame) else {
            return Ok(());
        };
        let x = bump.x as f64;
        let at = frame.pixel(x, bump.m);
        if let Some(m) = bump.sided() {
            let ends = (m.value - m.below, m.value + m.above);
            bar(area, theme, frame, x, ends, ink)?;
        }
        area.draw(&Circle::new(at, theme.em(0.38), theme.line(ink, 1.5)))?;
        let level = self.paper_bump(frame, x);
        if let Some([from, to]) = level {
            dashed(area, from, to, theme.em(0.4), theme.line(faint, 2.0))?;
        }
        let mut text = format!("m_bump {}", bump.text());
        if bump.sided().is_none() {
            text += captions::NO_ERROR.said();
        }
        labels.name(area, theme, ("○", &text), ink, &around(at, theme), above)?;
        if let (Some([from, to]), Some(m)) = (level, self.reference()) {
            let mut places = around(to, theme);
            places.extend(around(from, theme));
            let text = captions::paper_m_bump(plain(m, 5));
            labels.name(area, theme, (DASHED, &text), faint, &places, above)?;
        }
        Ok(())
    }

    /// Levels with their names at one of the ends, solid or dashed.
    fn levels(
        &self,
        area: &Area<Record>,
        frame: &PlotFrame,
        labels: &mut Labels,
        levels: &[(f64, &str, bool)],
        above: &[Heading],
    ) -> Result<(), Error<Record>> {
        let theme = self.theme;
        let seen = levels.iter().filter(|(m, ..)| frame.holds(frame.x0, *m));
        for &(m, _, solid) in seen.clone() {
            let ends = [frame.x0, frame.x1].map(|x| frame.pixel(x, m));
            labels.keep_off_line(&ends, 2);
            let style = theme.line(self.hue(solid), 1.0);
            if solid {
                area.draw(&PathElement::new(ends.to_vec(), style))?;
            } else {
                dashed(area, ends[0], ends[1], theme.em(0.25), style)?;
            }
        }
        for &(m, name, solid) in seen {
            let (from, to) = (frame.pixel(frame.x0, m), frame.pixel(frame.x1, m));
            let gap = theme.em(0.25).max(3);
            let mut places: Vec<Candidate> = Vec::new();
            for share in [0, 100, 50, 25, 75, 12, 37, 63, 88] {
                let x = from.0 + (to.0 - from.0) * share / 100;
                for (y, above) in [(from.1 - gap, true), (from.1 + gap, false)] {
                    let v = if above { VPos::Bottom } else { VPos::Top };
                    places.push(match share {
                        0 => (x + gap, y, HPos::Left, v),
                        100 => (x - gap, y, HPos::Right, v),
                        _ => (x, y, HPos::Center, v),
                    });
                }
            }
            let sign = if solid { "—" } else { DASHED };
            labels.name(area, theme, (sign, name), self.hue(solid), &places, above)?;
        }
        Ok(())
    }

    fn hue(&self, solid: bool) -> RGBColor {
        let theme = self.theme;
        colour(if solid { &theme.ink } else { &theme.faint })
    }

    /// What the reservoirs ask for, as wedges at the ends.
    fn wedges(
        &self,
        area: &Area<Record>,
        frame: &PlotFrame,
        labels: &mut Labels,
    ) -> Result<(), Error<Record>> {
        let params = &self.results.points()[self.point].params;
        let wedge = self.theme.em(0.55);
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
            labels.keep_off((at + inward / 2, height), wedge / 2 + 1, wedge / 2 + 1);
            area.draw(&Polygon::new(corners, colour(&self.theme.ink)))?;
        }
        Ok(())
    }
}
