//! m_crit and m_eq side by side, among m_β, m*, the column beside a wall and lone spins, and what
//! is claimed of them in σ.
//!
//! Where β differs, not m itself is drawn but the minus spins in units of the lone ones.

use super::{Pair, Relation};
use crate::plot::axes::{self, Axis, Heading, Room};
use crate::plot::labels::{Candidate, Labels, around};
use crate::plot::marks::{DASHED, Mark, Symbol, bar, error_bar, meaning_of_cross};
use crate::plot::record::{Record, sentence, settled};
use crate::plot::{Area, Error, PlotFrame, Theme, colour, dashed, text};
use crate::scan::figures::bands;
use crate::scan::figures::current_curve::Zero;
use crate::scan::figures::marker::{Ems, Marker};
use crate::scan::figures::matching::picture::in_lone_spins;
use crate::scan::figures::phrases::sigmas;
use crate::theory::{m_beta, m_lone, m_wall};
use crate::words::phrases::NOTHING_MEASURED;
use crate::words::plots as captions;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// Space left of both panels, in text sizes.
const LEFT: f64 = 4.4;
/// How far m_crit and m_eq stand from the middle of their place, in places.
const ASIDE: f64 = 0.14;

fn heights(ems: f64) -> (f64, f64) {
    (
        (0.45 * ems).clamp(17.0, 30.0),
        (0.2 * ems).clamp(10.0, 15.0),
    )
}

/// Height of the picture, in text sizes.
pub(in crate::scan::figures) fn height(ems: f64) -> f64 {
    let (above, below) = heights(ems);
    above + below
}

pub(in crate::scan::figures) fn draw(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Relation,
) -> Result<Vec<Marker>, Error<Record>> {
    area.fill(&colour(&theme.paper))?;
    let pairs = figure.pairs.as_slice();
    let (width, height) = area.dim_in_pixel();
    let (above, below) = heights(theme.ems(width));
    let (main, rest) = area.split_vertically((f64::from(height) * above / (above + below)) as i32);
    let room = places(theme, width, pairs);
    let x = Axis {
        range: (0.4, pairs.len() as f64 + 0.6),
        name: name(pairs),
    };
    let heights = [
        (main.dim_in_pixel().1, value_range(theme, figure)),
        (rest.dim_in_pixel().1, distance_range(figure)),
    ];
    let room = Room {
        left: heights
            .into_iter()
            .fold(room.left, |left, (height, range)| {
                left.max(axes::left(theme, range, height))
            }),
        ..room
    };
    let bare = Room {
        // Where there is no axis below, it stands here.
        bare: CLAIMS.iter().any(|claim| claim.has_any(figure)),
        close: false,
        ..room.clone()
    };
    settled(&main, theme, |area, above| {
        values(area, theme, figure, &x, &bare, above)
    })?;
    let base = (
        rest.get_base_pixel().0 - area.get_base_pixel().0,
        rest.get_base_pixel().1 - area.get_base_pixel().1,
    );
    let mut markers = distances(&rest, theme, figure, &x, &room)?;
    for marker in &mut markers {
        marker.x += base.0;
        marker.y += base.1;
    }
    area.present()?;
    Ok(markers)
}

/// What the pairs differ in.
fn name(pairs: &[Pair]) -> &'static str {
    let one_beta = pairs.windows(2).all(|pair| pair[0].beta == pair[1].beta);
    let one_size = pairs.windows(2).all(|pair| pair[0].l == pair[1].l);
    match (one_beta, one_size) {
        (true, _) => "L",
        (false, true) => "β",
        (false, false) => "L, β",
    }
}

/// Every pair has a place of its own, named where there is room.
fn places(theme: &Theme, width: u32, pairs: &[Pair]) -> Room {
    let kind = name(pairs);
    let text = |pair: &Pair| match kind {
        "L" => pair.l.to_string(),
        "β" => pair.beta.to_string(),
        _ => format!("{}, {}", pair.l, pair.beta),
    };
    let texts: Vec<String> = pairs.iter().map(text).collect();
    let widths = texts.iter().map(|text| text::width(text));
    let each = theme.em(widths.fold(0.6, f64::max) + 1.0).max(1);
    let fit = ((width as i32 - theme.em(LEFT + 1.0)) / each).max(1) as usize;
    let every = pairs.len().div_ceil(fit).max(1);
    let named = (1..).zip(texts).step_by(every);
    Room {
        left: LEFT,
        named: Some(named.map(|(i, text)| (f64::from(i), text)).collect()),
        close: true,
        ..Room::default()
    }
}

fn crit(theme: &Theme) -> Mark {
    Mark {
        symbol: Symbol::Circle,
        colour: colour(&theme.plus),
        hollow: false,
        crossed: false,
    }
}

fn eq(theme: &Theme) -> Mark {
    Mark {
        symbol: Symbol::Square,
        colour: colour(&theme.second),
        hollow: false,
        crossed: false,
    }
}

fn of_eq(pair: &Pair) -> Option<(f64, f64)> {
    let measured = &pair.equilibrium.m_eq;
    Some((measured.mean?, measured.error.unwrap_or(0.0)))
}

fn eq_range(pair: &Pair) -> Option<(f64, f64)> {
    of_eq(pair).map(|(m, error)| (m - error, m + error))
}

fn crit_range(pair: &Pair) -> Option<(f64, f64)> {
    pair.curve.zero.as_ref().ok().map(Zero::range)
}

/// Whether the minus spins are drawn, since β differs.
fn in_units(pairs: &[Pair]) -> bool {
    pairs.windows(2).any(|pair| pair[0].beta != pair[1].beta)
}

/// m of a pair as it is drawn.
fn drawn(pairs: &[Pair], pair: &Pair, m: f64) -> f64 {
    match in_units(pairs) {
        true => in_lone_spins(pair.beta, m),
        false => m,
    }
}

/// A line of a pair: its value, the sign of its dashes and their length, its name, its colour.
struct Line {
    m: f64,
    sign: &'static str,
    dash: f64,
    name: &'static str,
    hue: RGBColor,
}

/// The values without scatter, and m*, of a pair.
fn references(theme: &Theme, figure: &Relation, pair: &Pair) -> Vec<Line> {
    let beta = pair.beta;
    let line = |m, sign, dash, name, hue: &str| Line {
        m,
        sign,
        dash,
        name,
        hue: colour(hue),
    };
    let (star, wall) = (captions::M_STAR.said(), captions::WALL.said());
    let of_star = |(m, _)| line(m, "— —", 1.2, star, &theme.ink);
    let wall = || line(m_wall(beta), DASHED, 0.6, wall, &theme.second);
    let of_wall = figure.walls.then(wall);
    let lone = line(
        m_lone(beta),
        "– –",
        0.9,
        captions::LONE.said(),
        &theme.faint,
    );
    let bulk = line(m_beta(beta), "····", 0.25, "mᵦ", &theme.faint);
    let star = figure.star(beta).map(of_star);
    let all = [star, of_wall, Some(lone), Some(bulk)];
    all.into_iter().flatten().collect()
}

fn value_range(theme: &Theme, figure: &Relation) -> (f64, f64) {
    let pairs = figure.pairs.as_slice();
    let ends = pairs.iter().flat_map(|pair| {
        let measured = [crit_range(pair), eq_range(pair)].into_iter().flatten();
        let measured = measured.flat_map(|(from, to)| [from, to]);
        let exact = references(theme, figure, pair)
            .into_iter()
            .map(|line| line.m);
        let all: Vec<f64> = measured
            .chain(exact)
            .map(|m| drawn(pairs, pair, m))
            .collect();
        all
    });
    axes::around(ends)
}

/// What is claimed to be 0, in σ.
struct Claim {
    name: &'static str,
    symbol: Symbol,
    of: fn(&Relation, &Pair) -> Option<f64>,
    /// How far its marks stand from the middle of their place, in places.
    aside: f64,
}

const CLAIMS: [Claim; 4] = [
    Claim {
        name: "m_crit − m_eq",
        symbol: Symbol::Diamond,
        of: |_, pair| pair.sigmas(),
        aside: -0.24,
    },
    Claim {
        name: "m_crit − mᵦ",
        symbol: Symbol::Circle,
        of: |_, pair| pair.bulk_distance(),
        aside: -0.08,
    },
    Claim {
        name: "m_crit − m*",
        symbol: Symbol::Triangle,
        of: Relation::star_distance,
        aside: 0.08,
    },
    Claim {
        name: "m_eq − wall",
        symbol: Symbol::Square,
        of: Relation::wall_distance,
        aside: 0.24,
    },
];

impl Claim {
    fn has_any(&self, figure: &Relation) -> bool {
        figure
            .pairs
            .iter()
            .any(|pair| (self.of)(figure, pair).is_some())
    }

    fn mark(&self, theme: &Theme) -> Mark {
        let hue = match self.symbol {
            Symbol::Diamond => &theme.ink,
            Symbol::Circle => &theme.faint,
            Symbol::Triangle => &theme.plus,
            Symbol::Square | Symbol::Down => &theme.second,
        };
        Mark {
            symbol: self.symbol,
            colour: colour(hue),
            hollow: false,
            crossed: false,
        }
    }

    /// What it is of, with the values of a pair.
    fn words(&self, pair: &Pair, z: f64) -> String {
        let mut text = format!("L = {}, β = {}: {}", pair.l, pair.beta, self.name);
        if let (Symbol::Diamond, Some(difference)) = (self.symbol, pair.difference()) {
            text += &format!(" = {}", difference.text());
        }
        format!("{text}, {} σ", sigmas(z))
    }
}

fn distance_range(figure: &Relation) -> (f64, f64) {
    let all = CLAIMS.iter().flat_map(|claim| {
        let of = move |pair| (claim.of)(figure, pair);
        figure.pairs.iter().filter_map(of)
    });
    bands::range(all)
}

fn values(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Relation,
    x: &Axis,
    room: &Room,
    above: &[Heading],
) -> Result<((), Vec<Heading>), Error<Record>> {
    let pairs = figure.pairs.as_slice();
    if pairs
        .iter()
        .all(|pair| crit_range(pair).is_none() && of_eq(pair).is_none())
    {
        sentence(
            area,
            theme,
            captions::RELATION.said(),
            NOTHING_MEASURED.said(),
        )?;
        return Ok(((), Vec::new()));
    }
    let y = Axis {
        range: value_range(theme, figure),
        name: match in_units(pairs) {
            true => captions::IN_LONE_SPINS.said(),
            false => "m",
        },
    };
    let unknown = |pair: &Pair| of_eq(pair).is_some() && pair.equilibrium.known().is_none();
    let meaning = meaning_of_cross(theme, pairs.iter().any(unknown));
    let headings: Vec<Heading> = meaning.into_iter().chain(above.iter().cloned()).collect();
    let frame = axes::panel(area, theme, x, &y, &headings, room)?;
    let mut labels = Labels::new(&frame);
    if frame.holds(frame.x0, 0.0) {
        let zero = frame.pixel(frame.x0, 0.0).1;
        labels.keep_off_line(&[(frame.left, zero), (frame.right, zero)], 2);
    }
    for (i, pair) in (1..).map(f64::from).zip(pairs) {
        if let Some((m, error)) = figure.star(pair.beta) {
            let [low, high] = [m - error, m + error].map(|m| drawn(pairs, pair, m));
            let corners = [(i - 0.5, low), (i + 0.5, high)];
            let corners = corners.map(|(x, y)| frame.pixel(x, y.clamp(frame.y0, frame.y1)));
            let tint = theme.tint(colour(&theme.ink), 0.2);
            area.draw(&Rectangle::new(corners, tint.filled()))?;
        }
        for Line { m, dash, hue, .. } in references(theme, figure, pair) {
            let m = drawn(pairs, pair, m);
            let [from, to] = [i - 0.5, i + 0.5].map(|at| frame.pixel(at, m));
            dashed(area, from, to, theme.em(dash), theme.line(hue, 1.0))?;
            labels.keep_off_line(&[from, to], 2);
        }
    }
    let mut crits = Vec::new();
    let mut eqs = Vec::new();
    for (i, pair) in (1..).map(f64::from).zip(pairs) {
        // An interval has a bar and no mark.
        let of_crit = pair.m_crit().map(|m| m.value);
        let both = [
            (i - ASIDE, crit_range(pair), of_crit, crit(theme)),
            (
                i + ASIDE,
                eq_range(pair),
                of_eq(pair).map(|(m, _)| m),
                Mark {
                    crossed: pair.equilibrium.known().is_none(),
                    ..eq(theme)
                },
            ),
        ];
        for ((at, range, value, mark), pixels) in both.into_iter().zip([&mut crits, &mut eqs]) {
            let Some((from, to)) = range else { continue };
            let [from, to] = [from, to].map(|m| drawn(pairs, pair, m));
            let (from, to) = (from.min(to), from.max(to));
            let value = value.map(|m| drawn(pairs, pair, m));
            if !mark.crossed {
                bar(area, theme, &frame, at, (from, to), mark.colour)?;
            }
            let pixel = frame.pixel(at, value.unwrap_or(from / 2.0 + to / 2.0));
            if value.is_some() {
                mark.draw(area, theme, pixel)?;
            }
            labels.keep_off(pixel, mark.reach(theme), mark.reach(theme));
            labels.keep_off_bar(theme, &frame, at, (from, to));
            pixels.push(pixel);
        }
    }
    // Each name at the first point from the left where there is room.
    let sets = [
        (crits, captions::M_CRIT.said(), crit(theme)),
        (eqs, captions::M_EQ.said(), eq(theme)),
    ];
    for (pixels, text, mark) in sets {
        let places: Vec<Candidate> = pixels.iter().flat_map(|&at| around(at, theme)).collect();
        if !places.is_empty() {
            let name = (mark.symbol.sign(), text);
            labels.name(area, theme, name, mark.colour, &places, above)?;
        }
    }
    let names = references(theme, figure, &pairs[0]);
    for Line {
        sign, name, hue, ..
    } in names
    {
        let places = beside(theme, &frame, figure, name);
        labels.name(area, theme, (sign, name), hue, &places, above)?;
    }
    Ok(((), labels.left_over()))
}

/// Places beside the lines of a name.
fn beside(theme: &Theme, frame: &PlotFrame, figure: &Relation, name: &str) -> Vec<Candidate> {
    let gap = theme.em(0.3);
    let pairs = figure.pairs.as_slice();
    let lines = (1..).map(f64::from).zip(pairs).filter_map(|(i, pair)| {
        let all = references(theme, figure, pair);
        let found = all.into_iter().find(|line| line.name == name);
        Some((i, drawn(pairs, pair, found?.m)))
    });
    lines
        .flat_map(|(i, m)| {
            let (x, y) = frame.pixel(i, m);
            let end = frame.pixel(i + 0.5, m).0;
            [
                (x, y + gap, HPos::Center, VPos::Top),
                (end, y + gap, HPos::Right, VPos::Top),
                (x, y - gap, HPos::Center, VPos::Bottom),
                (end, y - gap, HPos::Right, VPos::Bottom),
            ]
        })
        .collect()
}

fn distances(
    area: &Area<Record>,
    theme: &Theme,
    figure: &Relation,
    x: &Axis,
    room: &Room,
) -> Result<Vec<Marker>, Error<Record>> {
    let y = Axis {
        range: distance_range(figure),
        name: captions::FROM_ZERO.said(),
    };
    let claims = || CLAIMS.iter().filter(|claim| claim.has_any(figure));
    if claims().next().is_none() {
        sentence(area, theme, "", captions::NO_PAIR.said())?;
        return Ok(Vec::new());
    }
    let headings: Vec<Heading> = claims()
        .map(|claim| {
            (
                format!("{} {}", claim.symbol.sign(), claim.name),
                claim.mark(theme).colour,
            )
        })
        .collect();
    let frame = axes::panel(area, theme, x, &y, &headings, room)?;
    bands::draw(area, theme, &frame)?;
    let mut markers = Vec::new();
    for (i, pair) in (1..).map(f64::from).zip(&figure.pairs) {
        for claim in claims() {
            let Some(z) = (claim.of)(figure, pair) else {
                continue;
            };
            let (mark, place) = (claim.mark(theme), i + claim.aside);
            error_bar(area, theme, &frame, (place, z), 1.0, mark.colour)?;
            let at = frame.pixel(place, z);
            mark.draw(area, theme, at)?;
            markers.push(Marker {
                x: at.0,
                y: at.1,
                point: pair.equilibrium.point,
                text: claim.words(pair, z),
            });
        }
    }
    Ok(markers)
}
