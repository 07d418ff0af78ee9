//! Points that an experiment adds by itself, until m_crit is as certain as its `errc` asks.
//!
//! It goes by stages. The points of the link are the first. When every task has ended, the next
//! few points are chosen from what was found, and from nothing else: so they are the same
//! wherever, and in whatever order, the tasks were carried out. Two at a time they close in on the
//! change of sign, and each is measured as finely as it takes to tell its sign: that costs little
//! while they are far apart, and in the end does without a smaller error at all points.

use super::current_curve::{CurrentCurve, CurvePoint, Zero};
use super::phrases::known;
use crate::fit::crossing::Crossing;
use crate::measure::state::State;
use crate::scan::plan::added::{Added, LEAST_ERROR, MOST_STAGES};
use crate::scan::plan::experiment::rounded_near;
use crate::scan::results::Results;
use crate::words::bracketing as words;

/// A sign is taken for certain from so many errors on.
const CERTAIN: f64 = 2.5;
/// What a stage aims at, in units of the bracket: each costs about six times the one before, so
/// that all but the last two cost little.
const GAIN: f64 = 0.1;
/// Distance of the added points from where J is expected to vanish, in units of what is aimed at.
const DISTANCE: f64 = 2.0;
/// Error of their J, in units of the slope times what is aimed at: at that distance J is six times
/// as large, and two such points give m_crit a quarter of what is aimed at.
const SHARE: f64 = 0.35;
/// Farther from each other than so many times the error asked for, the points beside the change of
/// sign do not show it: what the curve does between them would be taken on trust.
const NEAR: f64 = 6.0;
/// No added point is nearer to an end of the bracket than this part of it.
const MARGIN: f64 = 1.0 / 16.0;
/// Places are rounded to a decimal of at most this part of the error aimed at.
const GRID: f64 = 0.125;
/// Steps from a place to where J is expected to vanish, by which it is moved where there is a point
/// already.
const STEPS: i32 = 8;
/// How an experiment that adds points goes on.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// m_crit is as certain as asked.
    Reached,
    /// With these points.
    Add(Vec<Added>),
    /// It is not, and no more points are added, for a reason in words.
    Unreached(String),
}

/// How results go on whose tasks have all ended; none where no error of m_crit is asked for.
pub(super) fn next(results: &Results, curve: &CurrentCurve) -> Option<Next> {
    let wanted = results.experiment().error_c?;
    let bracket = Bracket::of(curve);
    if let (Ok(zero), Some(bracket)) = (&curve.zero, &bracket)
        && is_certain(zero, wanted)
        && bracket.width() <= NEAR * wanted
    {
        return Some(Next::Reached);
    }
    let Some(bracket) = bracket else {
        return Some(Next::Unreached(words::NO_CHANGE_OF_SIGN.to_owned()));
    };
    if results.plan().added().len() >= MOST_STAGES {
        return Some(Next::Unreached(words::many_stages(MOST_STAGES)));
    }
    let added = bracket.within(results, wanted);
    Some(if added.is_empty() {
        Next::Unreached(words::NO_ROOM.to_owned())
    } else {
        Next::Add(added)
    })
}

/// Whether m_crit is as certain as `wanted`, by a curve that fits, or by an interval.
fn is_certain(zero: &Zero, wanted: f64) -> bool {
    let fits = |crossing: &Crossing| crossing.quality.is_good();
    zero.crossing().is_none_or(fits) && zero.uncertainty() <= wanted
}

/// Two points with J of opposite signs, both certain, and none between them whose sign is.
#[derive(Clone, Copy, Debug)]
struct Bracket {
    /// m₊ and J of both.
    ends: [(f64, f64); 2],
}

impl Bracket {
    /// The clearest one in the state in which J's zero is looked for. Where there is none, that of
    /// the states that were measured longest: between other states there may be room for this one.
    fn of(curve: &CurrentCurve) -> Option<Self> {
        let told = curve
            .points
            .iter()
            .any(|reading| reading.group.state.is_some());
        let state = told.then_some(State::Step);
        Bracket::among(curve, |reading| reading.group.state == state)
            .or_else(|| Bracket::among(curve, |reading| reading.main))
    }

    fn among(curve: &CurrentCurve, of: impl Fn(&CurvePoint) -> bool) -> Option<Self> {
        let certain: Vec<(f64, f64, f64)> = curve
            .points
            .iter()
            .filter(|reading| of(reading))
            .filter_map(|reading| {
                let (mean, error) = known(&reading.group.current)?;
                Some((reading.m, mean, (mean / error).abs()))
            })
            .filter(|(_, _, sigmas)| *sigmas >= CERTAIN)
            .collect();
        let changes = certain
            .windows(2)
            .filter(|pair| pair[0].0 < pair[1].0 && (pair[0].1 > 0.0) != (pair[1].1 > 0.0));
        let clear = |pair: &[(f64, f64, f64)]| pair[0].2.min(pair[1].2);
        let clearest = changes.max_by(|a, b| clear(a).total_cmp(&clear(b)))?;
        let end = |(m, mean, _): (f64, f64, f64)| (m, mean);
        Some(Bracket {
            ends: [end(clearest[0]), end(clearest[1])],
        })
    }

    fn width(&self) -> f64 {
        self.ends[1].0 - self.ends[0].0
    }

    /// The next points, for an error of m_crit of `wanted` in the end.
    fn within(&self, results: &Results, wanted: f64) -> Vec<Added> {
        let [(from, below), (to, above)] = self.ends;
        let (width, rise) = (self.width(), above - below);
        let aim = wanted.max(GAIN * width);
        // Each stage is finer than those before it: more of the same would not tell more.
        let before = results.plan().added().iter().flatten();
        let finest = before.fold(f64::INFINITY, |least, added| least.min(added.err));
        let err = short((SHARE * aim * (rise / width).abs()).min(finest / 2.0));
        let err = err.clamp(LEAST_ERROR, results.experiment().error);
        // Where a line through both vanishes.
        let centre = from - below * width / rise;
        let (low, high) = (from + MARGIN * width, to - MARGIN * width);
        let grid = GRID * aim.min(width);
        let points = results.points().iter();
        let mut known: Vec<f64> = points.map(|point| point.params.m_right).collect();
        let mut added = Vec::new();
        for side in [-1.0, 1.0] {
            // The first place from there inwards at which there is no point yet.
            let outermost = (centre + side * DISTANCE * aim).clamp(low, high);
            let place = |step: i32| {
                let part = f64::from(step) / f64::from(STEPS);
                rounded_near(outermost + part * (centre - outermost), grid)
            };
            let mut places = (0..=STEPS).map(place);
            let free = |m: &f64| from < *m && *m < to && !known.contains(m);
            if let Some(m) = places.find(free) {
                known.push(m);
                added.push(Added { m, err, beta: None });
            }
        }
        added
    }
}

/// A number to two digits.
pub(super) fn short(x: f64) -> f64 {
    format!("{x:.1e}")
        .parse()
        .expect("a number that was written is one")
}
