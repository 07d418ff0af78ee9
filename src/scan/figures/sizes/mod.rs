//! The current against the size of the lattice: whether it stays uphill in large ones.

pub(super) mod picture;

use super::current_curve::{CurrentCurve, CurvePoint};
use super::findings::{Finding, Row, Table};
use super::phrases::{Decimals, known, quality, short, time};
use super::{phrases, replica_history};
use crate::fit::least_squares::{self, Fit, Powers};
use crate::fit::{Point, Unfit};
use crate::measure::state::State;
use crate::notation::{NOTHING, with_error};
use crate::run::report::Direction;
use crate::scan::results::Results;
use crate::words::{self, sizes};

/// A limit is told from 0 from this many errors on.
const CALLED: f64 = 3.0;
/// Sizes without which there is no limit: two would fit anything.
const FEWEST: usize = 3;

/// (Lx + 1)·J of every m₊.
#[derive(Clone, Debug)]
pub(super) struct Sizes {
    lines: Vec<Line>,
}

/// The sizes at one m₊.
#[derive(Clone, Debug)]
struct Line {
    /// m₊.
    m: f64,
    /// m₊ − m₋.
    gradient: f64,
    /// By size, then by measured time.
    points: Vec<SizePoint>,
    /// In every state that enough sizes were measured in.
    limits: Vec<Limit>,
}

/// A lattice in one of its states.
#[derive(Clone, Debug)]
struct SizePoint {
    /// Lx.
    l: f64,
    reading: CurvePoint,
}

/// a + b/(Lx + 1) through the sizes in one state; a is what remains in large lattices.
#[derive(Clone, Debug)]
struct Limit {
    state: Option<State>,
    sizes: usize,
    fit: Result<Fit<2>, Unfit>,
}

impl SizePoint {
    /// (Lx + 1)·J and its error.
    fn known(&self) -> Option<(f64, f64)> {
        let (mean, error) = known(&self.reading.group.current)?;
        Some((mean * (self.l + 1.0), error * (self.l + 1.0)))
    }

    /// (Lx + 1)·J.
    fn mean(&self) -> Option<f64> {
        Some(self.reading.group.current.mean? * (self.l + 1.0))
    }
}

impl Line {
    fn of(results: &Results, m: f64, numbers: &[usize]) -> Self {
        let mut points = Vec::new();
        let mut gradient = 0.0;
        for &number in numbers {
            let params = &results.points()[number].params;
            gradient = params.gradient();
            let curve = CurrentCurve::of(results, number..number + 1);
            points.extend(curve.points.into_iter().map(|reading| SizePoint {
                l: f64::from(params.lx),
                reading,
            }));
        }
        Line {
            limits: limits(&points),
            m,
            gradient,
            points,
        }
    }

    /// Whether a curve goes to large lattices.
    fn has_limit(&self) -> bool {
        self.limits.iter().any(|limit| limit.fit.is_ok())
    }

    /// Those that have a J.
    fn measured(&self) -> impl Iterator<Item = (&SizePoint, f64)> {
        self.points
            .iter()
            .filter_map(|one| Some((one, one.mean()?)))
    }
}

fn limits(points: &[SizePoint]) -> Vec<Limit> {
    let states = State::ALL.into_iter().map(Some).chain([None]);
    let of_a_state = |state| {
        let own: Vec<Point> = points
            .iter()
            .filter(|one| one.reading.group.state == state)
            .filter_map(|one| {
                let (y, error) = one.known()?;
                let x = 1.0 / (one.l + 1.0);
                Some(Point { x, y, error })
            })
            .collect();
        (own.len() >= FEWEST).then(|| Limit {
            state,
            sizes: own.len(),
            fit: least_squares::fit(&own, &Powers, [own[own.len() - 1].y, 0.0]),
        })
    };
    states.filter_map(of_a_state).collect()
}

/// A state in words, where there is one.
fn state_name(state: Option<State>) -> &'static str {
    state.map_or(words::phrases::STATE_NOT_TOLD.said(), State::name)
}

impl Sizes {
    /// Of the results of its experiment.
    pub(super) fn of(results: &Results) -> Self {
        let sizes = results.experiment().ls.values().len();
        let all: Vec<usize> = (0..results.points().len()).collect();
        let lines = results
            .experiment()
            .ms
            .values()
            .iter()
            .zip(all.chunks(sizes));
        Sizes {
            lines: lines
                .map(|(&m, numbers)| Line::of(results, m, numbers))
                .collect(),
        }
    }

    fn decimals(&self) -> Decimals {
        Decimals::of(self.lines.iter().map(|line| line.m))
    }

    /// The table.
    pub(super) fn table(&self) -> Table {
        let decimals = self.decimals();
        let columns = [
            "m₊",
            "L",
            words::tables::STATE.said(),
            "(Lx + 1)·J",
            words::tables::IN_SIGMAS.said(),
            "J",
            words::tables::POWER.said(),
            words::tables::MEASURED_TIME.said(),
            words::tables::STATUS.said(),
        ];
        let row = |line: &Line, one: &SizePoint| {
            let group = &one.reading.group;
            let scaled = one.known();
            Row {
                point: one.reading.point,
                cells: vec![
                    decimals.text(line.m),
                    one.l.to_string(),
                    replica_history::state(group),
                    scaled.map_or(NOTHING.to_owned(), |(j, error)| with_error(j, error)),
                    scaled.map_or(NOTHING.to_owned(), |(j, error)| phrases::sigmas(j / error)),
                    group.current.text(),
                    group.budget.power.text(),
                    time(group.span),
                    replica_history::status(&one.reading),
                ],
            }
        };
        let lines = self.lines.iter();
        Table {
            caption: sizes::TABLE.to_owned(),
            columns: columns.map(str::to_owned).to_vec(),
            rows: lines
                .flat_map(|line| line.points.iter().map(move |one| row(line, one)))
                .collect(),
        }
    }

    /// The findings.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let decimals = self.decimals();
        let mut found: Vec<Finding> = self
            .lines
            .iter()
            .map(|line| Finding {
                subject: format!("m₊ = {}", decimals.text(line.m)),
                text: line.text(),
            })
            .collect();
        found.push(Finding {
            subject: sizes::WHAT_IS_COMPARED.to_owned(),
            text: sizes::COMPARED.to_owned(),
        });
        found
    }
}

impl Line {
    fn text(&self) -> String {
        let Some(largest) = self.largest() else {
            return sizes::NOTHING_MEASURED.to_owned();
        };
        let state = state_name(largest.reading.group.state);
        let mut text = match largest.known() {
            Some((j, error)) => {
                sizes::at_largest(largest.l, state, with_error(j, error)) + &self.way(j, error)
            }
            None => {
                let scaled = crate::notation::plain(largest.mean().unwrap_or_default(), 2);
                sizes::at_largest(largest.l, state, scaled) + sizes::NO_ERROR.said()
            }
        };
        for limit in &self.limits {
            text += &self.limit(limit);
        }
        if self.limits.is_empty() {
            text += sizes::ALL_STATES_TOO_FEW.said();
        }
        text
    }

    /// The largest lattice that has a J, in the state in which it was measured longest.
    fn largest(&self) -> Option<&SizePoint> {
        let measured = || self.measured().map(|(one, _)| one);
        let l = measured().map(|one| one.l).fold(0.0, f64::max);
        measured().find(|one| one.l == l)
    }

    fn way(&self, j: f64, error: f64) -> String {
        let sigmas = short((j / error).abs());
        match Direction::of(j, self.gradient) {
            Some(way) => sizes::with_way(sigmas, way.name()),
            None => sizes::without_way(sigmas),
        }
    }

    fn limit(&self, limit: &Limit) -> String {
        let state = state_name(limit.state);
        let fit = match &limit.fit {
            Ok(fit) => fit,
            Err(why) => return sizes::no_limit(state, why),
        };
        let (a, error) = (fit.parameters[0], fit.error(0));
        let text = sizes::limit(
            state,
            words::phrases::sizes(limit.sizes),
            with_error(a, error),
            quality(&fit.quality),
        );
        let misfit = fit.quality.p_value().is_some_and(|p| p < phrases::MISFIT);
        let sigmas = (a / error).abs();
        text + &match Direction::of(a, self.gradient) {
            _ if misfit => sizes::LIMIT_MISFIT.to_owned(),
            Some(way) if sigmas >= CALLED => sizes::limit_persists(short(sigmas), way.name()),
            _ => sizes::limit_is_open(short(sigmas)),
        }
    }
}
