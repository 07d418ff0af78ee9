//! The map: every cell a rectangle over (m₊, β), by the sign of its current or by its state.
//!
//! Nothing is told by colour alone: an uphill cell has a triangle that points up, a downhill one a
//! triangle that points down, one that is not significant is hatched, and states have the marks that
//! they have in the other figures. Colours are the stronger the more significant a sign is.

use super::{Map, Sign, Tile};
use crate::measure::sign::CALLED;
use crate::measure::state::State;
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::Labels;
use crate::plot::marks::{DASHED, Mark};
use crate::plot::record::{Drawn, Record, settled};
use crate::plot::{Area, Error, PlotFrame, Theme, colour, dashed_path, text};
use crate::run::report::Direction;
use crate::scan::figures::marker::{Marker, look};
use crate::scan::figures::measured_m_star;
use crate::scan::plan::cells::Cell;
use crate::theory::{beta_c, m_beta};
use crate::words::{self, map};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// What the cells show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scan::figures) enum Shown {
    /// The sign of J.
    Signs,
    /// The state.
    States,
}

/// Share of a colour where a sign is called just now, and at most.
const WEAK: f64 = 0.28;
const STRONG: f64 = 0.75;
/// How many σ more it takes for that.
const MORE: f64 = 8.0;
/// Share of a colour while it is under way: the direction that J has then is not sure.
const OPEN: f64 = 0.12;
/// Share of the colour of a state.
const STATE: f64 = 0.3;
/// Distance of the lines of a hatching, in text sizes.
const HATCH: f64 = 0.55;
/// Size of a mark, as a share of the smaller side of its cell.
const MARK: f64 = 0.26;
/// The same at most, in text sizes.
const LARGEST: f64 = 0.34;
/// Pieces of a curve.
const PIECES: i32 = 240;
/// β up to which m_β is drawn: beyond, no pixel tells it from 1.
const BETA_MOST: f64 = 3.0;
/// A range without anything in it.
const EMPTY: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);

/// Height of a picture, in text sizes.
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    (0.62 * ems).clamp(22.0, 38.0)
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Map,
    shown: Shown,
) -> Result<Vec<Marker>, Error<Record>> {
    let markers = settled(area, theme, |area, above| {
        cells(area, theme, figure, shown, above)
    })?;
    area.present()?;
    Ok(markers)
}

fn cells(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Map,
    shown: Shown,
    above: &[Heading],
) -> Result<(Vec<Marker>, Vec<Heading>), Error<Record>> {
    let mut whole = figure.in_order();
    whole.retain(|tile| !tile.cell.is_split);
    let (mut across, mut up) = (EMPTY, EMPTY);
    for tile in &whole {
        let Cell { m, beta, .. } = tile.cell;
        across = (across.0.min(m.0), across.1.max(m.1));
        up = (up.0.min(beta.0), up.1.max(beta.1));
    }
    let x = Axis {
        range: across,
        name: "m₊",
    };
    let y = Axis {
        range: up,
        name: "β",
    };
    let mut headings = legend(theme, &whole, shown);
    headings.extend_from_slice(above);
    let frame = axes::panel(area, theme, &x, &y, &headings, &Room::default())?;
    let mut markers = Vec::new();
    for tile in whole {
        let painter = Painter::of(area, theme, &frame, tile.cell);
        match shown {
            Shown::Signs => painter.sign(tile)?,
            Shown::States => painter.state(tile)?,
        }
        let (x, y) = painter.middle();
        markers.push(Marker {
            x,
            y,
            point: tile.point,
            text: tile.text(),
        });
    }
    let left_over = references(area, theme, &frame, shown, above)?;
    Ok((markers, left_over))
}

/// What the marks mean, of those that there are.
#[inline(never)]
fn legend(theme: &Theme, whole: &[&Tile], shown: Shown) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut add = |is_there: &dyn Fn(&Tile) -> bool, mark: &str, name: &str, hue: RGBColor| {
        if whole.iter().any(|tile| is_there(tile)) {
            headings.push((format!("{mark} {name}").trim().to_owned(), hue));
        }
    };
    let faint = colour(&theme.faint);
    if shown == Shown::Signs {
        for sign in Sign::ALL {
            let (mark, hue) = match sign {
                Sign::Called(Direction::Uphill) => ("▲", colour(&theme.uphill)),
                Sign::Called(Direction::Downhill) => ("▼", colour(&theme.downhill)),
                Sign::NotSignificant => ("///", faint),
                Sign::Level => ("=", faint),
                Sign::UnderWay => ("△▽○", faint),
                Sign::NotBegun => ("", faint),
            };
            add(&|tile| tile.sign == sign, mark, &sign.words(), hue);
        }
    } else {
        for state in [State::Step, State::Bump, State::TwoBumps, State::Other] {
            let (symbol, hue) = look(theme, Some(state));
            let is_there = |tile: &Tile| tile.state().map(State::up_to_mirror) == Some(state);
            add(&is_there, symbol.sign(), state.name(), hue);
        }
        add(&is_untold, "○", words::plots::STATE_NOT_TOLD.said(), faint);
        let sign = Sign::NotBegun;
        add(&|tile| tile.sign == sign, "", &sign.words(), faint);
    }
    headings
}

/// A cell to be drawn, in pixels.
struct Painter<'a> {
    area: &'a Area<Record>,
    theme: &'a Theme,
    left_top: (i32, i32),
    right_bottom: (i32, i32),
}

impl<'a> Painter<'a> {
    fn of(area: &'a Area<Record>, theme: &'a Theme, frame: &PlotFrame, cell: Cell) -> Self {
        Painter {
            area,
            theme,
            left_top: frame.pixel(cell.m.0, cell.beta.1),
            right_bottom: frame.pixel(cell.m.1, cell.beta.0),
        }
    }

    fn middle(&self) -> (i32, i32) {
        let ((left, top), (right, bottom)) = (self.left_top, self.right_bottom);
        ((left + right) / 2, (top + bottom) / 2)
    }

    fn size(&self) -> (i32, i32) {
        let ((left, top), (right, bottom)) = (self.left_top, self.right_bottom);
        (right - left, bottom - top)
    }

    /// Half the size of a mark within.
    fn mark(&self) -> f64 {
        let (wide, high) = self.size();
        (f64::from(wide.min(high)) * MARK).min(f64::from(self.theme.em(LARGEST)))
    }

    /// A colour thinned to a share; what is before the next cell stays paper.
    #[inline(never)]
    fn fill(&self, hue: RGBColor, share: f64) -> Drawn<()> {
        let gap = self.theme.em(0.04).max(1);
        let (left, top) = self.left_top;
        let corners = [(left + gap, top + gap), self.right_bottom];
        let fill = self.theme.tint(hue, share).filled();
        self.area.draw(&Rectangle::new(corners, fill))
    }

    /// Lines that rise to the right; those of one cell go on in the next.
    #[inline(never)]
    fn hatch(&self) -> Drawn<()> {
        let step = self.theme.em(HATCH).max(3);
        let style = self.theme.line(colour(&self.theme.faint), 1.0);
        let (wide, high) = self.size();
        let (left, bottom) = (self.left_top.0, self.right_bottom.1);
        let mut sum = step - (left + bottom).rem_euclid(step);
        while sum < wide + high {
            let at = |along: i32| (left + along, bottom - (sum - along));
            stroke(
                self.area,
                &[at((sum - high).max(0)), at(sum.min(wide))],
                style,
            )?;
            sum += step;
        }
        Ok(())
    }

    /// A hollow circle: not known yet.
    #[inline(never)]
    fn open(&self) -> Drawn<()> {
        let style = self.theme.line(colour(&self.theme.faint), 1.0);
        let circle = Circle::new(self.middle(), 0.7 * self.mark(), style);
        self.area.draw(&circle)
    }

    #[inline(never)]
    fn sign(&self, tile: &Tile) -> Drawn<()> {
        let theme = self.theme;
        let faint = colour(&theme.faint);
        let r = self.mark();
        let at = |x: f64, y: f64| {
            let (middle_x, middle_y) = self.middle();
            (
                middle_x + (x * r).round() as i32,
                middle_y + (y * r).round() as i32,
            )
        };
        let arrow = |direction: Direction| {
            let down = match direction {
                Direction::Uphill => 1.0,
                Direction::Downhill => -1.0,
            };
            vec![at(0.0, -down), at(1.0, 0.8 * down), at(-1.0, 0.8 * down)]
        };
        match tile.sign {
            Sign::Called(direction) => {
                let beyond = tile.significance.unwrap_or(CALLED) - CALLED;
                let share = WEAK + (STRONG - WEAK) * (beyond / MORE).clamp(0.0, 1.0);
                self.fill(colour(theme.of(direction)), share)?;
                let ink = colour(&theme.ink).filled();
                self.area.draw(&Polygon::new(arrow(direction), ink))
            }
            Sign::NotSignificant => {
                self.fill(faint, 0.0)?;
                self.hatch()
            }
            Sign::Level => {
                self.fill(faint, OPEN)?;
                for y in [-0.4, 0.4] {
                    stroke(
                        self.area,
                        &[at(-1.0, y), at(1.0, y)],
                        theme.line(faint, 1.0),
                    )?;
                }
                Ok(())
            }
            Sign::UnderWay => match tile.leaning {
                None => {
                    self.fill(faint, OPEN)?;
                    self.open()
                }
                Some(direction) => {
                    self.fill(colour(theme.of(direction)), OPEN)?;
                    let mut outline = arrow(direction);
                    outline.push(outline[0]);
                    stroke(self.area, &outline, theme.line(faint, 1.0))
                }
            },
            Sign::NotBegun => self.fill(faint, 0.0),
        }
    }

    #[inline(never)]
    fn state(&self, tile: &Tile) -> Drawn<()> {
        let theme = self.theme;
        let Some(state) = tile.state() else {
            let share = if tile.sign == Sign::NotBegun {
                0.0
            } else {
                OPEN
            };
            self.fill(colour(&theme.faint), share)?;
            return if is_untold(tile) { self.open() } else { Ok(()) };
        };
        let (symbol, hue) = look(theme, Some(state));
        self.fill(hue, STATE)?;
        let smaller = Theme {
            size: theme.size * self.mark() / f64::from(theme.em(LARGEST).max(1)),
            ..theme.clone()
        };
        let mark = Mark {
            symbol,
            colour: hue,
            hollow: tile.sign == Sign::UnderWay,
            crossed: false,
        };
        mark.draw(self.area, &smaller, self.middle())
    }
}

/// Whether there are phases, and it is not known yet how they are arranged.
fn is_untold(tile: &Tile) -> bool {
    let begun = !matches!(tile.sign, Sign::NotBegun | Sign::Level);
    begun && tile.beta > beta_c() && tile.state().is_none()
}

#[inline(never)]
fn stroke(area: &Area<Record>, pixels: &[(i32, i32)], style: ShapeStyle) -> Drawn<()> {
    area.draw(&PathElement::new(pixels.to_vec(), style))
}

/// A name, where it may stand, and how what it names is drawn.
struct Name {
    sign: &'static str,
    text: &'static str,
    hue: RGBColor,
    places: Vec<(i32, i32)>,
}

/// The curves over the cells, with their names beside them; returns those without room.
#[inline(never)]
fn references(
    area: &Area<Record>,
    theme: &Theme,
    frame: &PlotFrame,
    shown: Shown,
    above: &[Heading],
) -> Drawn<Vec<Heading>> {
    let ink = colour(&theme.ink);
    // In the other picture it is the colour of a state.
    let of_star = match shown {
        Shown::Signs => colour(&theme.second),
        Shown::States => ink,
    };
    let critical = beta_c();
    let (left, level) = frame.pixel(frame.x0, critical);
    let halo = theme.line(colour(&theme.paper), 4.0);
    let mut labels = Labels::new(frame);
    let mut names = Vec::new();
    let mut add = |sign, text, hue, dash: f64, path: &[(i32, i32)], places| {
        stroke(area, path, halo)?;
        let style = theme.line(hue, 1.5);
        if dash > 0.0 {
            dashed_path(area, path, theme.em(dash), style)?;
        } else {
            stroke(area, path, style)?;
        }
        labels.keep_off_line(path, theme.em(0.15));
        names.push(Name {
            sign,
            text,
            hue,
            places,
        });
        Drawn::Ok(())
    };
    if frame.holds(frame.x0, critical) {
        let part = (frame.right - left) / 9;
        let places =
            (1..9).flat_map(|i| [-1, 1].map(|up| (left + i * part, level + up * theme.em(1.2))));
        let ends = [(left, level), (frame.right, level)];
        add("···", "β_c", ink, 0.2, &ends, places.collect())?;
    }
    for side in [1.0, -1.0] {
        let mut bulk = along(frame, side, (critical, BETA_MOST), |beta| {
            Some(m_beta(beta))
        });
        // It rises upon the line of β_c.
        bulk.retain(|&(_, y)| y < level - theme.em(0.2));
        let known = (
            measured_m_star::MEASURED[0].0,
            measured_m_star::MEASURED[measured_m_star::MEASURED.len() - 1].0,
        );
        let star = along(frame, side, known, |beta| {
            measured_m_star::at(beta).map(|known| known.value)
        });
        // On the side of the smaller |m₊|, the bulk below and m* wherever there is room.
        let aside = theme.em(2.4) * if side > 0.0 { -1 } else { 1 };
        let beside = |path: &[(i32, i32)]| -> Vec<(i32, i32)> {
            path.iter()
                .step_by(3)
                .map(|&(x, y)| (x + aside, y))
                .collect()
        };
        let (low, mut high) = (beside(&bulk), beside(&star));
        high.extend(low.iter().rev());
        if !bulk.is_empty() {
            add("—", "mᵦ", ink, 0.0, &bulk, low)?;
        }
        if !star.is_empty() {
            add(DASHED, "m*", of_star, 0.5, &star, high)?;
        }
    }
    if shown == Shown::States && frame.y0 < critical {
        let middle = (
            f64::midpoint(frame.x0, frame.x1),
            f64::midpoint(frame.y0, critical.min(frame.y1)),
        );
        names.push(Name {
            sign: "",
            text: map::ONE_PHASE.said(),
            hue: ink,
            places: vec![frame.pixel(middle.0, middle.1)],
        });
    }
    let mut named: Vec<&str> = Vec::new();
    for name in &names {
        let label = format!("{} {}", name.sign, name.text).trim().to_owned();
        // Once is enough for both sides.
        if named.contains(&name.text) || above.iter().any(|(text, _)| *text == label) {
            continue;
        }
        named.push(name.text);
        let centred = |&(x, y): &(i32, i32)| [(x, y, HPos::Center, VPos::Center)];
        let free = name.places.iter().map(centred);
        let mut free = free.filter(|place| labels.fits(theme, &label, place));
        let Some(place) = free.next() else {
            labels.name(area, theme, (name.sign, name.text), name.hue, &[], above)?;
            continue;
        };
        let (x, y, half) = (
            place[0].0,
            place[0].1,
            theme.em(text::width(&label) / 2.0 + 0.2),
        );
        let corners = [(x - half, y - theme.em(0.7)), (x + half, y + theme.em(0.7))];
        let paper = colour(&theme.paper).filled();
        area.draw(&Rectangle::new(corners, paper))?;
        labels.place(area, theme, &label, name.hue, &place)?;
    }
    Ok(labels.left_over())
}

/// The pixels of m against β on one side of m₊ = 0, within the axes; closer to each other where β
/// begins.
fn along(
    frame: &PlotFrame,
    side: f64,
    (from, to): (f64, f64),
    m: impl Fn(f64) -> Option<f64>,
) -> Vec<(i32, i32)> {
    let mut pixels = Vec::new();
    for i in 0..=PIECES {
        let share = f64::from(i) / f64::from(PIECES);
        let beta = from + (to - from) * share * share * share;
        if let Some(m) = m(beta).map(|m| side * m).filter(|&m| frame.holds(m, beta)) {
            pixels.push(frame.pixel(m, beta));
        }
    }
    pixels
}
