//! Fig. 3: spins and profiles at several magnetizations of the reservoirs.

mod column;
pub(super) mod picture;

use crate::fit::sided::Sided;
use crate::measure::state::State;
use crate::measure::student::widened;
use crate::notation::{NOTHING, plain};
use crate::scan::figures::current_curve::{CurrentCurve, CurvePoint};
use crate::scan::figures::findings::{Finding, Row, Table};
use crate::scan::figures::phrases::{Decimals, beside, list, short, time};
use crate::scan::figures::{paper, replica_history};
use crate::scan::results::{Group, Results};
use crate::theory::m_beta;
use crate::words;

/// The states of every point, with their profiles.
#[derive(Clone, Debug)]
pub(super) struct States {
    curve: CurrentCurve,
}

impl States {
    /// Of the results of its experiment.
    pub(super) fn of(results: &Results) -> Self {
        States {
            curve: CurrentCurve::whole(results),
        }
    }

    /// The table.
    pub(super) fn table(&self, results: &Results) -> Table {
        let curve = &self.curve;
        let decimals = curve.decimals();
        let base = &results.experiment().base;
        let row = |reading: &CurvePoint| {
            let group = &reading.group;
            let bump = Bump::of(group);
            let reference = paper::m_bump(reading.m).filter(|_| paper::is_of(base));
            let error_of_bump = bump.as_ref().and_then(|bump| bump.error.clone().err());
            let mut status = replica_history::status(reading);
            if let Some(why) = error_of_bump {
                status += &words::tables::and_m_bump_has(why);
            }
            Row {
                point: reading.point,
                cells: vec![
                    decimals.text(reading.m),
                    replica_history::state(group),
                    bump.as_ref().map_or(NOTHING.to_owned(), Bump::text),
                    bump.map_or(NOTHING.to_owned(), |bump| bump.x.to_string()),
                    reference.map_or(NOTHING.to_owned(), |m| plain(m, 5)),
                    group.last_column.text(),
                    group.current.text(),
                    time(group.span),
                    status,
                ],
            }
        };
        let columns = [
            "m₊",
            words::tables::STATE.said(),
            "m_bump",
            words::tables::AT_X.said(),
            words::tables::M_BUMP_OF_PAPER.said(),
            "⟨m(Lx)⟩",
            "J",
            words::tables::MEASURED_TIME.said(),
            words::tables::STATUS.said(),
        ];
        Table {
            caption: words::tables::states(
                base.lx,
                base.ly,
                base.beta,
                plain(m_beta(base.beta), 6),
            ),
            columns: columns.map(str::to_owned).to_vec(),
            rows: curve.points.iter().map(row).collect(),
        }
    }

    /// The findings.
    pub(super) fn findings(&self, results: &Results) -> Vec<Finding> {
        let curve = &self.curve;
        let decimals = curve.decimals();
        let base = &results.experiment().base;
        let mut found: Vec<Finding> = curve
            .points
            .iter()
            .filter(|reading| !reading.group.profile.is_empty())
            .map(|reading| Finding {
                subject: format!("m₊ = {}", decimals.text(reading.m)),
                text: seen(reading, m_beta(base.beta), decimals, paper::is_of(base)),
            })
            .collect();
        if found.is_empty() {
            return vec![Finding {
                subject: words::findings::STATES.to_owned(),
                text: words::findings::NOTHING_MEASURED.to_owned(),
            }];
        }
        found.extend(replica_history::departures(results, curve, decimals));
        found
    }
}

/// The peak of the + rich side of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Bump {
    /// Its column, from 1.
    pub x: usize,
    /// m_bump: the time average of that column.
    pub m: f64,
    /// One standard deviation, from the scatter of the replicas, or why there is none.
    pub error: Result<f64, String>,
    /// How far the top of the parabola through the columns beside it is above it: a peak may stand
    /// between two columns.
    pub top: f64,
    /// How far it is above what the replicas have in the column that is the highest of the others:
    /// a highest column is chosen by its scatter, too.
    pub chosen: f64,
    /// Replicas that it rests on.
    pub replicas: usize,
}

/// Student's t of one degree of freedom that covers 68.3 %, where the expansion of
/// [`widened`] is not good enough.
const OF_TWO_REPLICAS: f64 = 1.837;

impl Bump {
    /// Of the replicas of a state, where it has a bump; the group has mapped mirror images.
    pub fn of(group: &Group) -> Option<Bump> {
        let (x, m) = group.state?.peak(&group.profile)?;
        let replicas = group.profiles.len();
        let state = group.state?;
        // As the peak is counted.
        let facing = |profile: &[f64]| -> Vec<f64> {
            match group.state {
                Some(State::MirrorBump) => profile.iter().rev().map(|m| -m).collect(),
                _ => profile.to_vec(),
            }
        };
        let error = if replicas < 2 {
            Err(words::tables::ONE_REPLICA.to_owned())
        } else {
            let n = replicas as f64;
            let values = group.profiles.iter().map(|profile| facing(profile)[x - 1]);
            let mean = values.clone().sum::<f64>() / n;
            let scatter: f64 = values.map(|m| (m - mean) * (m - mean)).sum();
            let standard = libm::sqrt(scatter / (n * (n - 1.0)));
            let wider = match replicas {
                2 => OF_TWO_REPLICAS,
                _ => widened(1.0, n - 1.0),
            };
            Ok(standard * wider)
        };
        Some(Bump {
            x,
            m,
            error,
            top: top(&facing(&group.profile), x - 1) - m,
            chosen: m - by_others(&group.profiles, state, facing).unwrap_or(m),
            replicas,
        })
    }

    /// m_bump with the error on either side.
    pub fn sided(&self) -> Option<Sided> {
        let error = *self.error.as_ref().ok().filter(|error| **error > 0.0)?;
        Some(Sided {
            value: self.m,
            below: libm::hypot(error, (-self.top).max(self.chosen).max(0.0)),
            above: libm::hypot(error, self.top.max(0.0)),
        })
    }

    /// 0.99925(2).
    pub fn text(&self) -> String {
        self.sided().map_or(plain(self.m, 5), Sided::text)
    }
}

/// The mean of what each replica has in the column that is the highest of the others; none of a
/// single one.
fn by_others(
    profiles: &[Vec<f64>],
    state: State,
    facing: impl Fn(&[f64]) -> Vec<f64>,
) -> Option<f64> {
    let columns = profiles.first()?.len();
    let sums: Vec<f64> = (0..columns)
        .map(|x| profiles.iter().map(|profile| profile[x]).sum())
        .collect();
    let others = profiles.len().checked_sub(1).filter(|n| *n > 0)? as f64;
    let mut sum = 0.0;
    for profile in profiles {
        let rest: Vec<f64> = sums
            .iter()
            .zip(profile)
            .map(|(sum, own)| (sum - own) / others)
            .collect();
        let (x, _) = state.peak(&rest)?;
        sum += facing(profile)[x - 1];
    }
    Some(sum / profiles.len() as f64)
}

/// The top of the parabola through the columns about one, two on each side, or one where there
/// are no two; the column itself where there is none.
fn top(profile: &[f64], at: usize) -> f64 {
    let reach = at.min(profile.len() - 1 - at).min(2);
    let m = |k: usize| (profile[at - k], profile[at + k]);
    // Of least squares, y = a + b k + c k².
    let (a, b, c) = match reach {
        0 => return profile[at],
        1 => {
            let (left, right) = m(1);
            let centre = profile[at];
            (centre, (right - left) / 2.0, (right + left) / 2.0 - centre)
        }
        _ => {
            let ((left, right), (left2, right2)) = (m(1), m(2));
            let (near, far, centre) = (left + right, left2 + right2, profile[at]);
            (
                (17.0 * centre + 12.0 * near - 3.0 * far) / 35.0,
                (right - left + 2.0 * (right2 - left2)) / 10.0,
                (2.0 * far - near - 2.0 * centre) / 14.0,
            )
        }
    };
    let place = -b / (2.0 * c);
    if c < 0.0 && place.abs() <= reach as f64 {
        a + b * place / 2.0
    } else {
        a
    }
}

/// What a state looks like, in words.
fn seen(reading: &CurvePoint, m_beta: f64, decimals: Decimals, paper: bool) -> String {
    let group = &reading.group;
    let mut text = words::findings::state(
        replica_history::state(group),
        time(group.span),
        group.current.text(),
        group.last_column.text(),
    );
    if let Some(bump) = Bump::of(group) {
        let (x, m) = (bump.x, bump.text());
        let order = order(&bump, reading.m, m_beta, decimals);
        text += &match &bump.error {
            Ok(_) => words::findings::bump(x, m, words::phrases::replicas(bump.replicas), order),
            Err(why) => words::findings::bump_without_error(x, m, why, order),
        };
        if let Some(reference) = paper::m_bump(reading.m).filter(|_| paper) {
            let shown = plain(reference, 5);
            text += &match bump.sided() {
                Some(m) => words::findings::paper_bump_beside(shown, beside(m, reference)),
                None => words::findings::paper_bump(shown),
            };
        }
    } else if paper && paper::m_bump(reading.m).is_some() {
        text +=
            &words::findings::paper_bump_missing(plain(paper::m_bump(reading.m).unwrap_or(0.0), 5));
    }
    if reading.conditional {
        text += words::findings::STATE_CONDITIONAL.said();
    }
    text
}

/// m₊ = 0.9990 < m_bump < m_β, in the order of size.
fn order(bump: &Bump, m_plus: f64, m_beta: f64, decimals: Decimals) -> String {
    let values = [
        (m_plus, format!("m₊ = {}", decimals.text(m_plus))),
        (bump.m, "m_bump".to_owned()),
        (m_beta, format!("m_β = {}", plain(m_beta, 6))),
    ];
    let places = crate::order::ascending(&values.each_ref().map(|(m, _)| *m)).into_iter();
    let names: Vec<String> = places.map(|place| values[place].1.clone()).collect();
    let close: Vec<String> = [(m_plus, "m₊"), (m_beta, "m_β")]
        .iter()
        .filter_map(|(m, name)| Some((bump.sided()?.sigmas(*m)?.abs(), name)))
        .filter(|(distance, _)| *distance < 3.0)
        .map(|(distance, name)| words::findings::bump_close(short(distance), name))
        .collect();
    if close.is_empty() {
        names.join(" < ")
    } else {
        words::findings::order_in_doubt(names.join(" < "), list(&close))
    }
}
