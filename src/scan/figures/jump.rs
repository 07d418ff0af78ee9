//! Jumps of J: between neighbouring m₊ the state changes, and J with it.
//!
//! What J changes from one point to the other is the jump and, up to where the state changes, the
//! slope of the one state, from there on that of the other. Where in the gap that is, nobody
//! knows; but both together are no more than the larger of what either slope would make of the
//! whole gap. So much belongs to the error, on the side on which the slope leaves the jump, and
//! the error of the less certain slope on both sides.

use super::current_curve::{CurrentCurve, CurvePoint};
use super::phrases::known;
use crate::fit::sided::Sided;
use libm::hypot;

/// A change of the state between two neighbouring m₊.
#[derive(Clone, Debug)]
pub struct Jump<'a> {
    /// The point before it.
    pub below: &'a CurvePoint,
    /// The point after it.
    pub above: &'a CurvePoint,
    /// What J changes by; none while an error is missing.
    pub step: Option<Sided>,
    /// Whether the slopes of both states are known, and part of the error. Otherwise `step` is the
    /// jump and the slope together.
    pub slopes_known: bool,
}

impl Jump<'_> {
    /// Those of a curve: of the state of each point that was measured longest.
    pub fn all(curve: &CurrentCurve) -> Vec<Jump<'_>> {
        let readings: Vec<&CurvePoint> = curve
            .measured()
            .map(|(reading, _)| reading)
            .filter(|reading| reading.main)
            .collect();
        (1..readings.len())
            .filter_map(|i| {
                let (below, above) = (readings[i - 1], readings[i]);
                if below.group.state? == above.group.state? {
                    return None;
                }
                let before = i.checked_sub(2).map(|i| readings[i]);
                let after = readings.get(i + 1).copied();
                Some(Jump::between(before, below, above, after))
            })
            .collect()
    }

    fn between<'a>(
        before: Option<&CurvePoint>,
        below: &'a CurvePoint,
        above: &'a CurvePoint,
        after: Option<&CurvePoint>,
    ) -> Jump<'a> {
        let gap = above.m - below.m;
        let slopes = [(before, below), (after, above)];
        let drifts = slopes.map(|(far, near)| drift(far?, near, gap));
        let step = step(below, above).map(|step| {
            let mut widest = Sided::even(0.0, 0.0);
            let mut scatter = 0.0_f64;
            for (drift, error) in drifts.into_iter().flatten() {
                widest.below = widest.below.max(drift);
                widest.above = widest.above.max(-drift);
                scatter = scatter.max(error);
            }
            Sided {
                value: step.value,
                below: hypot(hypot(step.below, scatter), widest.below),
                above: hypot(hypot(step.above, scatter), widest.above),
            }
        });
        Jump {
            below,
            above,
            step,
            slopes_known: drifts.iter().all(Option::is_some),
        }
    }
}

/// J of one point less that of another.
fn step(below: &CurvePoint, above: &CurvePoint) -> Option<Sided> {
    let (a, da) = known(&below.group.current)?;
    let (b, db) = known(&above.group.current)?;
    Some(Sided::even(b - a, hypot(da, db)))
}

/// What J changes across a gap of given width, with its error, where it goes on as between a point
/// of the same state and the one at the gap.
fn drift(far: &CurvePoint, near: &CurvePoint, gap: f64) -> Option<(f64, f64)> {
    if far.group.state != near.group.state {
        return None;
    }
    let rise = step(far, near)?;
    let gaps = gap / (near.m - far.m);
    Some((rise.value * gaps, rise.below * gaps.abs()))
}
