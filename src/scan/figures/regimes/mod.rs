//! The states that runs far below m_crit go through: how long they are in each, how often they
//! change it, and what they carry there.

pub(super) mod by_state;
pub(super) mod lives;
mod panel;
pub(super) mod picture;

use super::findings::{Finding, Row, Table};
use super::paper;
use super::phrases::{Decimals, known, list, time};
use crate::measure::state::State;
use crate::notation::{NOTHING, plain, whole, with_error};
use crate::order;
use crate::run::report::Direction;
use crate::scan::plan::experiment::RELAXATION;
use crate::scan::results::{Group, Results};
use crate::scan::task::outcome::{InState, Measured, Visited};
use crate::words::{self, regimes};

/// From this many σ on a time counts as longer or shorter than another, and a current as none.
const CALLED: f64 = 2.0;
/// The same of the sign of J.
const SIGN: f64 = 3.0;
/// A state below this share of the time is not named among those that a run goes through.
const NAMED: f64 = 0.05;

/// The states at every m₊.
#[derive(Clone, Debug)]
pub(super) struct Regimes {
    /// By m₊.
    points: Vec<At>,
    decimals: Decimals,
    /// The time that a state needs until what it began from is gone.
    relaxation: f64,
}

/// The states at one m₊.
#[derive(Clone, Debug)]
pub(super) struct At {
    /// The number of the experiment's point.
    point: usize,
    /// Its place among them by m₊.
    place: usize,
    m: f64,
    /// Its replicas; none while nothing is known.
    group: Option<Group>,
    /// The states that they went through.
    visited: Option<Visited>,
}

/// Whether the states change faster than they relax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Chaotic,
    Slow,
    Unknown,
}

impl At {
    /// Whether a replica has not ended.
    fn open(&self) -> bool {
        let group = self.group.as_ref();
        group.is_none_or(|group| group.ended < group.replicas)
    }

    /// The states, that of the most time first.
    fn states(&self) -> Vec<&InState> {
        let all: Vec<&InState> = self.visited.iter().flat_map(|all| &all.states).collect();
        let spans: Vec<f64> = all.iter().map(|one| one.span).collect();
        let places = order::descending(&spans).into_iter();
        places.map(|place| all[place]).collect()
    }

    fn change(&self, relaxation: f64) -> Change {
        let Some(visited) = &self.visited else {
            return Change::Unknown;
        };
        if let Some((mean, error)) = known(&visited.between) {
            return match (relaxation - mean) / error {
                z if z >= CALLED => Change::Chaotic,
                z if z <= -CALLED => Change::Slow,
                _ => Change::Unknown,
            };
        }
        // Of rare changes that know nothing of each other, at most so many are to be expected.
        let changes = visited.changes as f64;
        let most = changes + 2.0 * (changes + 1.0).sqrt() + 2.0;
        match visited.span / most > relaxation {
            true => Change::Slow,
            false => Change::Unknown,
        }
    }
}

impl Regimes {
    /// Of the results of its experiment.
    pub(super) fn of(results: &Results) -> Self {
        let m = |point: usize| results.points()[point].params.m_right;
        let ms: Vec<f64> = (0..results.points().len()).map(m).collect();
        let points = order::ascending(&ms).into_iter().enumerate();
        let points = points
            .map(|(place, point)| At {
                point,
                place,
                m: ms[point],
                group: results.groups(point).into_iter().next(),
                visited: results.visited(point),
            })
            .collect();
        let lx = f64::from(results.experiment().base.lx);
        Regimes {
            points,
            decimals: Decimals::of(ms.into_iter()),
            relaxation: RELAXATION * lx * lx,
        }
    }

    /// The table: a row of every point, and behind it one of each of its states.
    pub(super) fn table(&self, results: &Results) -> Table {
        let columns = [
            "m₊",
            words::tables::STATE.said(),
            regimes::SHARE.said(),
            regimes::VISITS.said(),
            "J",
            regimes::INTERFACES.said(),
            regimes::BETWEEN.said(),
            words::tables::MEASURED_TIME.said(),
            words::tables::STATUS.said(),
        ];
        let base = &results.experiment().base;
        Table {
            caption: regimes::table(base.lx, base.ly, base.beta),
            columns: columns.map(str::to_owned).to_vec(),
            rows: {
                let mut rows = Vec::new();
                for at in &self.points {
                    rows.extend(self.rows(at));
                }
                rows
            },
        }
    }

    fn rows(&self, at: &At) -> Vec<Row> {
        let m = self.decimals.text(at.m);
        let nothing = || NOTHING.to_owned();
        let row = |cells: Vec<String>| Row {
            point: at.point,
            cells,
        };
        let visited = at.visited.as_ref();
        let all = row(vec![
            m.clone(),
            regimes::ALL.to_owned(),
            nothing(),
            visited.map_or_else(nothing, |all| {
                whole(all.states.iter().map(|one| one.visits).sum())
            }),
            (at.group.as_ref()).map_or_else(nothing, |group| group.current.text()),
            visited.map_or_else(nothing, |all| short(&all.interfaces, 3)),
            visited.map_or_else(nothing, |all| short_time(&all.between)),
            time(visited.map_or(0.0, |all| all.span)),
            at.status(),
        ]);
        let mut rows = vec![all];
        for one in at.states() {
            rows.push(row(vec![
                m.clone(),
                one.state.name().to_owned(),
                percent(&one.share),
                whole(one.visits),
                one.current.text(),
                nothing(),
                nothing(),
                time(one.span),
                match why(&[&one.share, &one.current]) {
                    why if why.is_empty() => nothing(),
                    why => why,
                },
            ]));
        }
        rows
    }

    /// The findings.
    pub(super) fn findings(&self, results: &Results) -> Vec<Finding> {
        let subject = |subject: &str, text: String| Finding {
            subject: subject.to_owned(),
            text,
        };
        let Some(step) = self
            .points
            .iter()
            .find_map(|at| Some(at.visited.as_ref()?.step))
        else {
            let nothing = words::findings::NOTHING_MEASURED.to_owned();
            return vec![subject(regimes::STATES.said(), nothing)];
        };
        let e = results.experiment();
        let relaxed = results.points().first().map(|point| e.relaxation_of(point));
        let mut found = vec![
            subject(regimes::STATES.said(), self.prevailing()),
            subject(regimes::CHAOTIC.said(), self.chaotic(paper::is_of(&e.base))),
        ];
        let signs = self.signs(results);
        if !signs.is_empty() {
            found.push(subject(regimes::BY_STATE.said(), signs));
        }
        found.push(subject(
            regimes::TOLD.said(),
            regimes::told(time(step), time(relaxed.unwrap_or(0.0))),
        ));
        found
    }

    /// m₊ of points, neighbours together: 0.5 to 0.8 and 0.92.
    fn places(&self, of: &dyn Fn(&At) -> bool) -> Vec<String> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for at in &self.points {
            match runs.last_mut() {
                _ if !of(at) => {}
                Some((_, last)) if *last + 1 == at.place => *last = at.place,
                _ => runs.push((at.place, at.place)),
            }
        }
        let text = |place: usize| self.decimals.text(self.points[place].m);
        runs.into_iter()
            .map(|(first, last)| match last - first {
                0 => text(first),
                _ => regimes::from_to(text(first), text(last)),
            })
            .collect()
    }

    /// Which states take most of the time, and where there are several.
    fn prevailing(&self) -> String {
        let main = |at: &At| at.states().first().map(|one| one.state);
        let mut said = Vec::new();
        for state in State::ALL {
            let places = self.places(&|at| main(at) == Some(state));
            if !places.is_empty() {
                said.push(regimes::prevails(state.name(), list(&places)));
            }
        }
        let several = self.places(&|at| {
            // Of at least two the second is the one that decides.
            let second = at.states().get(1).and_then(|one| one.share.mean);
            second.is_some_and(|share| share >= NAMED)
        });
        let mut text = regimes::prevailing(said.join("; "));
        text += &match several.is_empty() {
            true => regimes::one_at_each(percent_of(NAMED)),
            false => regimes::several(percent_of(NAMED), list(&several)),
        };
        text
    }

    fn chaotic(&self, is_paper: bool) -> String {
        let change = |at: &At| at.change(self.relaxation);
        let of = |wanted: Change| self.places(&|at| change(at) == wanted);
        let mut text = regimes::chaotic_is(time(self.relaxation));
        let chaotic = of(Change::Chaotic);
        text += &match chaotic.is_empty() {
            true => regimes::NOWHERE.to_owned(),
            false => regimes::chaotic_at(list(&chaotic)),
        };
        let slow = of(Change::Slow);
        if !slow.is_empty() {
            text += &regimes::slow_at(list(&slow));
        }
        let unknown = of(Change::Unknown);
        if !unknown.is_empty() {
            text += &regimes::unknown_at(list(&unknown));
        }
        let last = self
            .points
            .iter()
            .rfind(|at| change(at) == Change::Chaotic)
            .map(|at| at.place);
        let next = last.and_then(|last| {
            let mut above = self.points[last..].iter();
            above.find(|at| change(at) == Change::Slow)
        });
        if let (Some(last), Some(next)) = (last, next) {
            let text_of = |m: f64| self.decimals.text(m);
            text += &regimes::begins(text_of(self.points[last].m), text_of(next.m));
        }
        if is_paper {
            text += &regimes::paper(paper::CHAOTIC);
        }
        text
    }

    /// Where J flows uphill and where downhill while in a state.
    fn signs(&self, results: &Results) -> String {
        let way = |at: &At, state: State| {
            let one = at.visited.as_ref()?.in_state(state)?;
            let (mean, error) = known(&one.current)?;
            let gradient = results.points()[at.point].params.gradient();
            Direction::of(mean, gradient).filter(|_| mean.abs() >= SIGN * error)
        };
        let mut said = Vec::new();
        for state in State::ALL {
            let up = self.places(&|at| way(at, state) == Some(Direction::Uphill));
            let down = self.places(&|at| way(at, state) == Some(Direction::Downhill));
            let name = state.name();
            match (up.is_empty(), down.is_empty()) {
                (true, true) => {}
                (false, true) => said.push(regimes::uphill(name, list(&up))),
                (true, false) => said.push(regimes::downhill(name, list(&down))),
                (false, false) => said.push(regimes::both_ways(name, list(&up), list(&down))),
            }
        }
        if said.is_empty() {
            return String::new();
        }
        regimes::signs(SIGN, said.join("; "))
    }
}

impl At {
    fn status(&self) -> String {
        let Some(group) = &self.group else {
            return words::phrases::NOT_BEGUN.to_owned();
        };
        let open = group.replicas - group.ended;
        let ended = match group.capped {
            _ if open > 0 => words::tables::of_all_under_way(open, group.replicas),
            0 => words::tables::ENDED.to_owned(),
            capped => words::tables::of_all_at_the_cap(capped, group.replicas),
        };
        let measured = [
            Some(&group.current),
            self.visited.as_ref().map(|all| &all.interfaces),
            self.visited.as_ref().map(|all| &all.between),
        ];
        let measured: Vec<&Measured> = measured.into_iter().flatten().collect();
        match why(&measured) {
            why if why.is_empty() => ended,
            why => format!("{ended}; {why}"),
        }
    }
}

/// The reasons of those that have no error, each once.
fn why(all: &[&Measured]) -> String {
    let mut reasons: Vec<String> = Vec::new();
    for measured in all {
        if let (None, Some(reason)) = (measured.error, &measured.reason)
            && !reasons.contains(reason)
        {
            reasons.push(reason.clone());
        }
    }
    reasons.join("; ")
}

/// A number with its error, or with so many digits where it has none.
fn short(measured: &Measured, digits: usize) -> String {
    match (measured.mean, known(measured)) {
        (_, Some((mean, error))) => with_error(mean, error),
        (Some(mean), None) => plain(mean, digits),
        (None, None) => NOTHING.to_owned(),
    }
}

fn short_time(measured: &Measured) -> String {
    match (measured.mean, known(measured)) {
        (_, Some((mean, error))) => with_error(mean, error),
        (Some(mean), None) => time(mean),
        (None, None) => NOTHING.to_owned(),
    }
}

/// A share in per cent.
fn percent(share: &Measured) -> String {
    let hundred = |x: Option<f64>| x.map(|x| 100.0 * x);
    let hundredfold = Measured {
        mean: hundred(share.mean),
        error: hundred(share.error),
        ..share.clone()
    };
    format!("{} %", short(&hundredfold, 3))
}

fn percent_of(share: f64) -> String {
    format!("{} %", plain(100.0 * share, 1))
}
