//! The matching magnetization m*: what reservoirs must ask for to feed a phase at coexistence.
//!
//! One phase is alone between two reservoirs that ask for the same m; far from them its
//! magnetization is m_bulk(m), and m* is where m_bulk(m*) = m_β. Three steps lead there.
//!
//! 1. **What is bulk.** The columns beside a reservoir are different: so many are left out at each
//!    end that the outer half of those that remain is as magnetized as the inner half, within
//!    `UNSEEN` errors, over all points of a β together. A layer that falls off as it goes inwards
//!    changes the mean of what remains by half of that difference or less; half of it, with its
//!    error, belongs to the error of m*, however small it seems.
//! 2. **Where it is m_β.** By a line through m_bulk(m), or by a parabola where no line fits. Where
//!    both do, and the parabola's root is not much less certain, how far apart the roots are and what
//!    the parabola knows less belong to the error.
//! 3. **Where to measure more.** The first points are of phases that are stable, and coarse. Then
//!    stage by stage two points close in on m*, each `DISTANCE` of its errors away: so what a line
//!    makes of a curve is small against the errors at every stage.
//!
//! Below m* the phase is fed beyond coexistence and lives for a time only. A replica that has lost
//! it is left out.

use super::bracketing::{Next, short};
use super::current_curve::CurrentCurve;
use super::phrases::known;
use crate::fit::least_squares::{Fit, Powers, fit};
use crate::fit::{Point as FitPoint, Quality, SIGNIFICANT, Unfit};
use crate::order;
use crate::scan::plan::added::{Added, LEAST_ERROR, MOST_STAGES};
use crate::scan::plan::experiment::{MATCH_COARSE, rounded_near};
use crate::scan::plan::{Goal, Kind};
use crate::scan::results::Results;
use crate::scan::task::outcome::{Measured, Outcome, Status};
use crate::theory::m_beta;
use crate::words::matching as words;
use libm::{hypot, sqrt};

/// A difference of so many errors is not seen.
const UNSEEN: f64 = 1.5;
/// How far beyond the points m* may lie, in units of 1 − m_β.
const BEYOND: f64 = 0.15;
/// Where m* lies farther, points are added so far beyond them.
const STEPS: [f64; 2] = [0.04, 0.08];
/// Distance of the added points from m*, in units of their error.
const DISTANCE: f64 = 3.0;
/// The same at most, in units of 1 − m_β.
const FARTHEST: f64 = 0.05;
/// What a stage aims at, in units of the error before it.
const GAIN: f64 = 0.3;
/// What the last one aims at, in units of the error wanted.
const MARGIN: f64 = 0.85;
/// A p-value below which a line does not do.
const MISFIT: f64 = 1e-3;
/// Stages that are added of a β at most.
const FINE_STAGES: usize = 6;
/// The error of the parabola's root in units of the line's up to which it tests it.
const DETERMINED: f64 = 2.0;
/// What the error of m* is to be beside that of m_crit, in a relation.
const SHARE: f64 = 0.5;
/// What it is to be where m_crit is not known, in units of 1 − m_β.
const UNKNOWN_SHARE: f64 = 0.01;

/// m* of one β.
#[derive(Clone, Debug)]
pub struct Matching {
    /// β.
    pub beta: f64,
    /// What its bulk was measured at, by m.
    pub points: Vec<MatchPoint>,
    /// Columns that are left out at each end; none while that cannot be told.
    pub out: Option<u32>,
    /// How much more magnetized the outer half of the rest is than the inner half, and the error.
    pub layer: Option<(f64, f64)>,
    /// m*, or why it cannot be told.
    pub star: Result<Star, String>,
    /// Where m* seems to be, in units of 1 − m_β from the outermost point, if it is beyond them.
    beyond: Option<f64>,
}

/// A point of a phase alone.
#[derive(Clone, Debug)]
pub struct MatchPoint {
    /// The number of the experiment's point.
    pub point: usize,
    /// m of both reservoirs.
    pub m: f64,
    /// The bulk, of the columns that are left.
    pub bulk: Measured,
    /// Measured time of its replicas, without those that have lost the phase.
    pub span: f64,
    /// Replicas that have begun, that are under way, that ended at the cap, and that have lost the
    /// phase.
    pub replicas: [usize; 4],
}

/// Where m_bulk(m) = m_β.
#[derive(Clone, Debug)]
pub struct Star {
    /// m*.
    pub value: f64,
    /// One standard deviation, of all parts.
    pub error: f64,
    /// Its part from the scatter.
    pub scatter: f64,
    /// Its part from what the columns beside the reservoirs may do to those that are left.
    pub layer: f64,
    /// Its part from the shape of the curve.
    pub bend: f64,
    /// dm_bulk/dm there.
    pub slope: f64,
    /// χ² of the curve.
    pub quality: Quality,
}

impl Matching {
    /// m* of every β of an experiment that has one, as far as it was measured.
    pub fn all(results: &Results) -> Vec<Matching> {
        let betas = results.experiment().matched_betas().into_iter();
        betas.map(|beta| Matching::of(results, beta)).collect()
    }

    fn of(results: &Results, beta: f64) -> Self {
        let all = results.points().iter().enumerate();
        let own = all.filter(|(_, p)| p.goal == Goal::Bulk && p.params.beta == beta);
        let own: Vec<(usize, f64)> = own.map(|(i, p)| (i, p.params.m_right)).collect();
        let places = order::ascending(&own.iter().map(|(_, m)| *m).collect::<Vec<_>>());
        let own: Vec<(usize, f64)> = places.into_iter().map(|place| own[place]).collect();
        let (out, layer) = layer_of(results, &own).unzip();
        let points: Vec<MatchPoint> = own
            .into_iter()
            .map(|(point, m)| MatchPoint {
                point,
                m,
                bulk: bulk_of(results, point, out),
                span: kept(results, point).map(|outcome| outcome.span).sum(),
                replicas: [
                    number(results, point, |_| true),
                    number(results, point, |status| !status.is_final()),
                    number(results, point, |status| status == Status::Capped),
                    number(results, point, |status| status == Status::Lost),
                ],
            })
            .collect();
        let mut beyond = None;
        Matching {
            beta,
            star: Star::of(beta, &points, layer, &mut beyond),
            beyond,
            points,
            out,
            layer,
        }
    }

    /// m* and its error, if it is known.
    pub fn known(&self) -> Option<(f64, f64)> {
        let star = self.star.as_ref().ok()?;
        Some((star.value, star.error))
    }

    /// Measured time, of all points.
    pub fn span(&self) -> f64 {
        self.points.iter().map(|point| point.span).sum()
    }

    /// Replicas that have begun, that are under way, that ended at the cap, and that have lost the
    /// phase, of all points.
    pub fn replicas(&self) -> [usize; 4] {
        let sum = |i: usize| self.points.iter().map(|point| point.replicas[i]).sum();
        std::array::from_fn(sum)
    }
}

/// How many replicas of a point have such a status.
fn number(results: &Results, point: usize, has: impl Fn(Status) -> bool) -> usize {
    let all = results.of_point(point);
    all.filter(|outcome| has(outcome.status)).count()
}

/// The replicas of a point that have kept their phase.
fn kept(results: &Results, point: usize) -> impl Iterator<Item = &Outcome> {
    let all = results.of_point(point);
    all.filter(|outcome| outcome.status != Status::Lost && !outcome.bulk.is_empty())
}

/// The bulk of a point, of all replicas.
fn bulk_of(results: &Results, point: usize, out: Option<u32>) -> Measured {
    let found = kept(results, point).filter_map(|outcome| {
        let bulk = outcome.bulk.iter().find(|bulk| Some(bulk.out) == out)?;
        Some((&bulk.mean, outcome.span))
    });
    Measured::combined(found)
}

/// How many columns are left out, and how much more magnetized the outer half of the rest then is.
fn layer_of(results: &Results, points: &[(usize, f64)]) -> Option<(u32, (f64, f64))> {
    let mut outs: Vec<u32> = Vec::new();
    for (point, _) in points {
        for outcome in kept(results, *point) {
            outs.extend(outcome.bulk.iter().map(|bulk| bulk.out));
        }
    }
    outs.sort_unstable();
    outs.dedup();
    let mut last = None;
    for out in outs {
        let (mut weights, mut sum) = (0.0, 0.0);
        // Of those replicas that know it.
        let outcomes = points.iter().flat_map(|(point, _)| kept(results, *point));
        let layers = outcomes.filter_map(|outcome| {
            let bulk = outcome.bulk.iter().find(|bulk| bulk.out == out)?;
            known(&bulk.layer)
        });
        for (mean, error) in layers {
            let weight = 1.0 / (error * error);
            weights += weight;
            sum += weight * mean;
        }
        if weights > 0.0 && weights.is_finite() {
            let (mean, error) = (sum / weights, 1.0 / sqrt(weights));
            last = Some((out, (mean, error)));
            if mean.abs() <= UNSEEN * error {
                break;
            }
        }
    }
    last
}

impl Star {
    fn of(
        beta: f64,
        points: &[MatchPoint],
        layer: Option<(f64, f64)>,
        beyond: &mut Option<f64>,
    ) -> Result<Self, String> {
        let scale = 1.0 - m_beta(beta);
        let measured = points.iter().filter_map(|point| {
            let (mean, error) = known(&point.bulk)?;
            Some((point.m, mean, error))
        });
        let measured: Vec<(f64, f64, f64)> = measured.collect();
        let Some((difference, its_error)) = layer else {
            return Err(words::NO_ERROR_YET.to_owned());
        };
        // Around the best known point, in units of 1 − m_β.
        let best = measured.iter().min_by(|a, b| a.2.total_cmp(&b.2));
        let Some(&(centre, ..)) = best else {
            return Err(words::NO_ERROR_YET.to_owned());
        };
        let scaled: Vec<FitPoint> = measured
            .iter()
            .map(|&(m, mean, error)| FitPoint {
                x: (m - centre) / scale,
                y: (mean - m_beta(beta)) / scale,
                error: error / scale,
            })
            .collect();
        if scaled.len() < 2 {
            return Err(words::ONE_POINT.to_owned());
        }
        let line = root(&fit::<2>(&scaled, &Powers, [1.0, 0.0]).map_err(said)?);
        let parabola = fit::<3>(&scaled, &Powers, [1.0, 0.0, 0.0]).ok();
        let parabola = parabola.and_then(|fit| root(&fit));
        let found = match (line, parabola) {
            (Some(line), Some(other)) if misfits(&line.4) => Some((other, 0.0)),
            (Some(line), Some(other)) if other.3 <= DETERMINED * line.3 => {
                let freer = sqrt((other.3 * other.3 - line.3 * line.3).max(0.0));
                Some((line, hypot(other.0 - line.0, freer)))
            }
            (line, _) => line.map(|line| (line, 0.0)),
        };
        let ((u, slope, slope_error, error, quality), bend) =
            found.ok_or(words::NO_CROSSING.said())?;
        if slope < SIGNIFICANT * slope_error {
            return Err(words::NO_SLOPE.to_owned());
        }
        let ends = scaled.iter().map(|point| point.x);
        let (first, last) = ends.fold((0.0_f64, 0.0_f64), |(a, b), x| (a.min(x), b.max(x)));
        if !(first - BEYOND..=last + BEYOND).contains(&u) {
            *beyond = Some(if u > last { u - last } else { u - first });
            return Err(words::BEYOND_THE_POINTS.to_owned());
        }
        let scatter = error * scale;
        let layer = hypot(difference, its_error) / 2.0 / slope;
        Ok(Star {
            value: centre + u * scale,
            error: hypot(hypot(scatter, layer), bend * scale),
            scatter,
            bend: bend * scale,
            layer,
            slope,
            quality,
        })
    }
}

/// Whether a line does not describe the points: at odds at which no test of many β does by chance.
fn misfits(quality: &Quality) -> bool {
    quality.p_value().is_some_and(|p| p < MISFIT)
}

fn said(unfit: Unfit) -> String {
    unfit.to_string()
}

/// The root next to 0 of a fitted polynomial: it, the slope and its error, its own error, and χ².
fn root<const P: usize>(fit: &Fit<P>) -> Option<(f64, f64, f64, f64, Quality)> {
    let [p0, p1, p2] = std::array::from_fn(|i| fit.parameters.get(i).copied().unwrap_or(0.0));
    let discriminant = p1 * p1 - 4.0 * p0 * p2;
    if !(discriminant > 0.0 && p1 > 0.0) {
        return None;
    }
    let slope = sqrt(discriminant);
    let u = -2.0 * p0 / (p1 + slope);
    let mut power = 1.0;
    let powers: [f64; P] = std::array::from_fn(|_| {
        let present = power;
        power *= u;
        present
    });
    let rises = std::array::from_fn(|i| i as f64 * if i > 1 { u } else { 1.0 });
    let error = fit.error_along(&powers) / slope;
    let all = (u, slope, fit.error_along(&rises), error, fit.quality);
    (u.is_finite() && error.is_finite() && error > 0.0).then_some(all)
}

/// What an error of m* is wanted at β.
fn wanted(results: &Results, beta: f64) -> f64 {
    let e = results.experiment();
    if e.kind == Kind::Match {
        return e.error_m;
    }
    let each = crate::scan::plan::Experiment::points_of_a_pair();
    let pairs = e.pairs().into_iter().enumerate();
    let curves = pairs.filter(|(_, (_, its))| *its == beta).map(|(i, _)| {
        let curve = CurrentCurve::of(results, i * each + 1..(i + 1) * each);
        let zero = curve.zero.ok().and_then(|zero| zero.sided());
        zero.map_or(f64::INFINITY, |m| SHARE * m.larger())
    });
    let finest = curves.fold(f64::INFINITY, f64::min);
    let unknown = UNKNOWN_SHARE * (1.0 - m_beta(beta));
    let wanted = if finest.is_finite() { finest } else { unknown };
    wanted.max(e.error_m).max(LEAST_ERROR)
}

/// How results go on whose tasks have all ended.
pub(super) fn next(results: &Results) -> Next {
    let e = results.experiment();
    let stages = results.plan().added();
    if e.kind == Kind::Relation && stages.is_empty() {
        let betas = e.matched_betas().into_iter();
        let first = betas.flat_map(|beta| e.first_matches(beta));
        return Next::Add(first.collect());
    }
    let (mut added, mut why) = (Vec::new(), None);
    for matching in Matching::all(results) {
        let wanted = wanted(results, matching.beta);
        let of_it = |one: &Added| one.beta == Some(matching.beta);
        let first = usize::from(e.kind == Kind::Relation);
        let fine = stages.iter().skip(first);
        let fine = fine.filter(|stage| stage.iter().any(of_it)).count();
        match &matching.star {
            Ok(star) if star.error <= wanted => {}
            Ok(_) if fine >= FINE_STAGES || stages.len() >= MOST_STAGES => {
                why = Some(words::many_stages(FINE_STAGES));
            }
            Ok(star) => added.extend(around(&matching, star, wanted)),
            Err(reason) => match matching.beyond {
                Some(side) if fine < FINE_STAGES && stages.len() < MOST_STAGES => {
                    added.extend(farther(&matching, side));
                }
                _ => why = Some(reason.clone()),
            },
        }
    }
    match (added.is_empty(), why) {
        (false, _) => Next::Add(added),
        (true, None) => Next::Reached,
        (true, Some(why)) => Next::Unreached(why),
    }
}

/// Two points around m*.
fn around(matching: &Matching, star: &Star, wanted: f64) -> Vec<Added> {
    let scale = 1.0 - m_beta(matching.beta);
    let aim = (MARGIN * wanted).max(GAIN * star.error);
    // With what is known two points of this error give what is aimed at.
    let weight = 1.0 / (aim * aim) - 1.0 / (star.error * star.error);
    let each = sqrt(2.0 / weight.max(1.0 / (aim * aim) / 4.0));
    let distance = (DISTANCE * each).min(FARTHEST * scale);
    let err = short((each * star.slope).max(LEAST_ERROR)).clamp(LEAST_ERROR, 1.0);
    let mut known: Vec<f64> = matching.points.iter().map(|point| point.m).collect();
    let mut added = Vec::new();
    for side in [1.0, -1.0] {
        // The first place from there outwards at which there is no point yet.
        let place = |step: i32| {
            let m = star.value + side * distance * (1.0 + f64::from(step) / 8.0);
            rounded_near(m, distance / 8.0)
        };
        let free = |m: &f64| (0.0..=1.0).contains(m) && !known.contains(m);
        if let Some(m) = (0..8).map(place).find(free) {
            known.push(m);
            added.push(Added {
                m,
                err,
                beta: Some(matching.beta),
            });
        }
    }
    added
}

/// Points beyond the outermost one, on the side of which m* seems to be.
fn farther(matching: &Matching, side: f64) -> Vec<Added> {
    let scale = 1.0 - m_beta(matching.beta);
    let all = matching.points.iter().map(|point| point.m);
    let last = match side > 0.0 {
        true => all.fold(0.0, f64::max),
        false => all.fold(1.0, f64::min),
    };
    let err = short(MATCH_COARSE * scale).clamp(LEAST_ERROR, 1.0);
    let places = STEPS.map(|step| rounded_near(last + step.copysign(side) * scale, scale / 2000.0));
    let places = places.into_iter().filter(|m| (0.0..=1.0).contains(m));
    let added = places.map(|m| Added {
        m,
        err,
        beta: Some(matching.beta),
    });
    added.collect()
}
