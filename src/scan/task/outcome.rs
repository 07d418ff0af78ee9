//! What a task has found, as it is kept, sent and saved.

use super::usual_out;
use crate::measure::Estimate;
use crate::measure::replicas::{Combined, Replica};
use crate::measure::sign::significance;
use crate::measure::state::State;
use crate::scan::plan::Goal;
use crate::{notation, words};
use serde::{Deserialize, Serialize};

/// Points of J_t that an outcome keeps at most.
pub const MOST_POINTS: usize = 256;
/// Numbers of columns left out that are kept at most.
const MOST_LEFT_OUT: usize = 32;
/// Changes of state that are kept one by one.
pub const MOST_PASSAGES: usize = 16;

/// Largest size of a number that any run could give: what is made of such numbers stays finite.
const LARGEST: f64 = 1e18;
/// Smallest standard error other than none that any run could give.
const SMALLEST: f64 = 1e-60;
/// Degrees of freedom than which no error is given with fewer: two blocks leave one.
const LEAST_FREEDOM: f64 = 1e-3;
/// Most moves that are counted; beyond it a number of JavaScript would not count them either.
const MOST_MOVES: u64 = 1 << 53;
/// Longest reason, in bytes.
const LONGEST_REASON: usize = 400;

/// How far a task is, or why it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Not measured yet: the start still weighs.
    Relaxing,
    /// Being measured.
    Measuring,
    /// Ended: the error is as small as asked.
    Reached,
    /// Ended at the longest time allowed.
    Capped,
    /// Ended: without reservoirs, the step did not last.
    Lost,
    /// Ended: no move is possible any more.
    Frozen,
    /// Ended: the residence times are below the resolution of the clock.
    Unresolved,
    /// Ended before it began: both reservoirs ask for the same, so that there is nothing to climb. Since
    /// format 2.
    Level,
}

impl Status {
    /// Whether the task has ended.
    pub fn is_final(self) -> bool {
        !matches!(self, Status::Relaxing | Status::Measuring)
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Status::Relaxing => words::tasks::RELAXING,
            Status::Measuring => words::tasks::MEASURING,
            Status::Reached => words::tasks::REACHED,
            Status::Capped => words::tasks::CAPPED,
            Status::Lost => words::tasks::LOST,
            Status::Frozen => words::tasks::FROZEN,
            Status::Unresolved => words::tasks::UNRESOLVED,
            Status::Level => words::tasks::LEVEL,
        }
        .said()
    }
}

/// A mean over time with its error and the freedom in which that is known, or the reason why
/// it has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Measured {
    /// The mean; none where nothing was measured.
    pub mean: Option<f64>,
    /// The error bar: one standard deviation of the mean, widened for Student's t.
    pub error: Option<f64>,
    /// One standard deviation of the mean, as estimated.
    pub standard_error: Option<f64>,
    /// Degrees of freedom in which the standard deviation is known.
    pub freedom: Option<f64>,
    /// Why there is no mean or no error.
    pub reason: Option<String>,
}

impl From<&Estimate> for Measured {
    fn from(estimate: &Estimate) -> Self {
        Measured {
            mean: estimate.mean,
            error: estimate.error,
            standard_error: estimate.standard_error,
            freedom: estimate.freedom,
            reason: estimate.reason.clone(),
        }
    }
}

/// The energy budget of the whole lattice per unit time, in the state that was measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Budgeted {
    /// Power of both reservoirs: ΔH of their flips, from counts and rates. Since format 2.
    pub power: Measured,
    /// Power of the left reservoir. Since format 2.
    pub power_left: Measured,
    /// Power of the right reservoir. Since format 2.
    pub power_right: Measured,
    /// Heat to the bath: −ΔH of the exchanges. Since format 2.
    pub heat: Measured,
    /// Entropy production. Since format 2.
    pub entropy_production: Measured,
    /// Efficiency of pumping: the share of the heat's entropy that lifts spins uphill. Since format 2.
    pub efficiency: Measured,
}

impl Budgeted {
    /// Its parts, made of those of others.
    pub fn made(mut part: impl FnMut(fn(&Budgeted) -> &Measured) -> Measured) -> Self {
        Budgeted {
            power: part(|all| &all.power),
            power_left: part(|all| &all.power_left),
            power_right: part(|all| &all.power_right),
            heat: part(|all| &all.heat),
            entropy_production: part(|all| &all.entropy_production),
            efficiency: part(|all| &all.efficiency),
        }
    }

    /// Its parts, in the order of their names.
    pub fn parts(&self) -> [&Measured; 6] {
        [
            &self.power,
            &self.power_left,
            &self.power_right,
            &self.heat,
            &self.entropy_production,
            &self.efficiency,
        ]
    }

    /// That of the mirror image, whose left reservoir is the right one.
    pub fn mirrored(&self) -> Self {
        Budgeted {
            power_left: self.power_right.clone(),
            power_right: self.power_left.clone(),
            ..self.clone()
        }
    }
}

/// A state that a replica was in and left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Passage {
    /// The state.
    pub state: State,
    /// The clock when its measurement began.
    pub from: f64,
    /// The clock at the last look at which it still was in it.
    pub until: f64,
    /// J, or m_eq without reservoirs, from `from` to `until`.
    pub measured: Measured,
}

/// J_t at equal steps since the measurement began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IntegratedCurrent {
    /// Time between the points; the first is one step after the start.
    pub step: f64,
    /// J_t = Q/((Lx−1)·Ly) at each.
    pub values: Vec<f64>,
}

/// What a task has found up to now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Number of the replica.
    pub replica: u32,
    /// How far it is.
    pub status: Status,
    /// The state in which it was measured; none while that is not known, or where the lattice
    /// is too small for states.
    pub state: Option<State>,
    /// Changes of state during the measurement, after each of which it began anew.
    pub changes: u32,
    /// The first states that it was in before.
    pub passages: Vec<Passage>,
    /// The clock.
    pub time: f64,
    /// Measured time, up to now.
    pub span: f64,
    /// Moves performed since t = 0.
    pub events: u64,
    /// Moves attempted since t = 0.
    pub attempts: u64,
    /// J by the rates, the better estimator.
    pub current: Measured,
    /// J by counting crossings.
    pub count: Measured,
    /// How many σ the two are apart.
    pub disagreement: Option<f64>,
    /// I_L/(Ly·t).
    pub left: Option<f64>,
    /// I_R/(Ly·t).
    pub right: Option<f64>,
    /// ⟨m(1)⟩.
    pub first_column: Measured,
    /// ⟨m(Lx)⟩.
    pub last_column: Measured,
    /// (⟨m(Lx)⟩ − ⟨m(1)⟩)/2, reservoirs off.
    pub m_eq: Measured,
    /// H per site.
    pub energy: Measured,
    /// The exact J, found by the first replica of a point where it is wanted.
    pub exact: Option<f64>,
    /// ⟨m(x)⟩ for x = 1…Lx.
    pub profile: Vec<f64>,
    /// J_t.
    pub integrated: IntegratedCurrent,
    /// The present spins, (x, y) at x·Ly + y from 0, four a hexadecimal digit, the first the
    /// lowest bit; + is 1.
    pub spins: String,
    /// Fingerprint of the run at its present clock.
    pub digest: String,
    /// The energy budget; absent in what was found before there was one. Since format 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Budgeted"))]
    pub budget: Option<Budgeted>,
    /// The magnetization far from the reservoirs, by how many columns are left out at each end;
    /// absent but where it is what is wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bulk: Vec<Bulk>,
    /// Numbers of single columns; absent but where they are shown, with `states`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "SingleColumns"))]
    pub columns: Option<SingleColumns>,
    /// The states that it went through; absent but where they are what is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Visited"))]
    pub regimes: Option<Visited>,
}

/// Numbers of single columns, where they are wanted: what Fig. 3 shows of each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SingleColumns {
    /// One standard deviation of ⟨m(x)⟩ for x = 1…Lx; null where it is not known. Since format 2.
    pub profile_err: Vec<Option<f64>>,
    /// J between columns x and x + 1 for x = 0…Lx, the reservoirs' own at the ends. Since format 2.
    pub current: Vec<f64>,
    /// One standard deviation of each. Since format 2.
    pub current_err: Vec<Option<f64>>,
}

impl SingleColumns {
    /// Those of the mirror image, (x, σ) → (Lx + 1 − x, −σ), in which J is the same.
    pub fn mirrored(mut self) -> Self {
        self.profile_err.reverse();
        self.current.reverse();
        self.current_err.reverse();
        self
    }

    /// Of independent replicas, each measured for a time: the means by measured time.
    pub fn combined(replicas: &[(SingleColumns, f64)]) -> Option<Self> {
        let total: f64 = replicas.iter().map(|(_, span)| span).sum();
        let (first, _) = replicas.first()?;
        let alike = |(other, _): &(SingleColumns, f64)| other.current.len() == first.current.len();
        if total <= 0.0 || first.current.is_empty() || !replicas.iter().all(alike) {
            return None;
        }
        let error = |of: fn(&SingleColumns) -> &[Option<f64>], x: usize| {
            let mut variance = 0.0;
            for (one, span) in replicas {
                let part = of(one)[x]? * (span / total);
                variance += part * part;
            }
            Some(libm::sqrt(variance))
        };
        let mean = |x: usize| {
            let parts = replicas
                .iter()
                .map(|(one, span)| one.current[x] * (span / total));
            parts.sum()
        };
        Some(SingleColumns {
            profile_err: (0..first.profile_err.len())
                .map(|x| error(|one| &one.profile_err, x))
                .collect(),
            current: (0..first.current.len()).map(mean).collect(),
            current_err: (0..first.current.len())
                .map(|x| error(|one| &one.current_err, x))
                .collect(),
        })
    }
}

/// The states that a run went through, told in equal steps of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Visited {
    /// Time over which a profile is averaged to tell the state.
    pub step: f64,
    /// Time of which the state is known.
    pub span: f64,
    /// Changes of state.
    pub changes: u64,
    /// Mean time between two of them.
    pub between: Measured,
    /// Mean number of interfaces from one reservoir to the other, while the phases lie one behind
    /// another.
    pub interfaces: Measured,
    /// The states, those that it has been in.
    pub states: Vec<InState>,
}

/// What a run was like in one of its states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InState {
    /// The state.
    pub state: State,
    /// Time in it.
    pub span: f64,
    /// How often it was entered; of the first state the start counts.
    pub visits: u64,
    /// The share of the time in it.
    pub share: Measured,
    /// J while in it.
    pub current: Measured,
}

impl Visited {
    /// What it was like in a state; none where it never was in it.
    pub fn in_state(&self, state: State) -> Option<&InState> {
        self.states.iter().find(|one| one.state == state)
    }

    /// Whether its counts and times can be those of a run, and what is measured is an `estimate`.
    fn is_sound(&self, estimate: &dyn Fn(&Measured) -> bool) -> bool {
        let time = |t: f64| (0.0..=LARGEST).contains(&t);
        let states = || self.states.iter();
        let sorted = self
            .states
            .windows(2)
            .all(|pair| pair[0].state < pair[1].state);
        self.step > 0.0
            && time(self.step)
            && time(self.span)
            && self.changes <= MOST_MOVES
            && sorted
            && estimate(&self.between)
            && estimate(&self.interfaces)
            && states().all(|one| estimate(&one.share) && estimate(&one.current))
            && states().all(|one| time(one.span) && one.visits <= MOST_MOVES)
    }
}

/// The mean magnetization of the columns that remain when some are left out at either end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bulk {
    /// Columns left out at each end.
    pub out: u32,
    /// Their mean magnetization per site.
    pub mean: Measured,
    /// How much larger it is in the outer half of them than in the inner half.
    pub layer: Measured,
}

/// A sum of counts that stays what it is where it would not fit.
pub(crate) fn summed(counts: impl Iterator<Item = u64>) -> u64 {
    counts.fold(0, u64::saturating_add)
}

impl Outcome {
    /// The spins, true for +, of a lattice of so many sites; none if they do not fit.
    pub fn up(&self, sites: usize) -> Option<Vec<bool>> {
        if self.spins.len() != sites.div_ceil(4) {
            return None;
        }
        let digits: Vec<u32> = self
            .spins
            .chars()
            .map(|digit| digit.to_digit(16))
            .collect::<Option<_>>()?;
        Some(
            (0..sites)
                .map(|i| digits[i / 4] >> (i % 4) & 1 == 1)
                .collect(),
        )
    }

    /// The mean that decides whether it has come to its goal.
    pub fn deciding(&self, goal: Goal) -> Option<&Measured> {
        match goal {
            Goal::Current | Goal::Sign | Goal::Regimes => Some(&self.current),
            Goal::Equilibrium => Some(&self.m_eq),
            Goal::Bulk => {
                let out = usual_out(self.profile.len() as u32);
                let bulk = self.bulk.iter().find(|bulk| bulk.out == out)?;
                Some(&bulk.mean)
            }
        }
    }

    /// Whether all its numbers can be what a run of `lx`×`ly` sites gives.
    pub fn is_sound(&self, lx: u32, ly: u32) -> bool {
        let finite = |x: &f64| x.abs() <= LARGEST;
        let error = |e: &f64| *e == 0.0 || (SMALLEST..=LARGEST).contains(e);
        let estimate = |m: &Measured| {
            m.mean.iter().all(finite)
                && [m.error, m.standard_error].iter().flatten().all(error)
                && m.freedom
                    .iter()
                    .all(|n| (LEAST_FREEDOM..=LARGEST).contains(n))
                && m.reason.iter().all(|why| why.len() <= LONGEST_REASON)
        };
        let all = [
            &self.current,
            &self.count,
            &self.first_column,
            &self.last_column,
            &self.m_eq,
            &self.energy,
        ];
        let bulk = self.bulk.iter().flat_map(|bulk| [&bulk.mean, &bulk.layer]);
        all.into_iter().chain(bulk).all(estimate)
            && self.budget.iter().flat_map(Budgeted::parts).all(estimate)
            && self.bulk.len() <= MOST_LEFT_OUT
            && self.regimes.iter().all(|all| all.is_sound(&estimate))
            && self.passages.len() <= MOST_PASSAGES
            && self.passages.iter().all(|passage| {
                estimate(&passage.measured) && finite(&passage.from) && finite(&passage.until)
            })
            && [self.time, self.span]
                .iter()
                .all(|t| (0.0..=LARGEST).contains(t))
            && self.events.max(self.attempts) <= MOST_MOVES
            && [self.disagreement, self.left, self.right, self.exact]
                .iter()
                .flatten()
                .all(finite)
            && (self.profile.is_empty() || self.profile.len() == lx as usize)
            && self.profile.iter().all(finite)
            && self.columns.iter().all(|columns| {
                let errors = columns.profile_err.iter().chain(&columns.current_err);
                columns.profile_err.len() == lx as usize
                    && columns.current.len() == lx as usize + 1
                    && columns.current_err.len() == columns.current.len()
                    && columns.current.iter().all(finite)
                    && errors.flatten().all(error)
            })
            && self.integrated.step > 0.0
            && self.integrated.step <= LARGEST
            && self.integrated.values.len() <= MOST_POINTS
            && self.integrated.values.iter().all(finite)
            && self.up((lx * ly) as usize).is_some()
            && self.digest.len() == 16
    }
}

/// The spins of sites, four a hexadecimal digit.
pub(super) fn hexadecimal(sites: &[u8]) -> String {
    let digit = |four: &[u8]| {
        let value = four
            .iter()
            .enumerate()
            .fold(0, |value, (i, code)| value | u32::from(code & 1) << i);
        char::from_digit(value, 16).expect("four bits are a digit")
    };
    sites.chunks(4).map(digit).collect()
}

impl Measured {
    /// The same quantity measured in independent replicas, each over a time: the mean by
    /// measured time.
    pub fn combined<'a>(replicas: impl Iterator<Item = (&'a Measured, f64)>) -> Measured {
        Measured::of_replicas(replicas.collect())
    }

    fn of_replicas(replicas: Vec<(&Measured, f64)>) -> Measured {
        let replicas = replicas.into_iter();
        let measured: Vec<(&Measured, f64)> = replicas.filter(|(m, _)| m.mean.is_some()).collect();
        let total: f64 = measured.iter().map(|(_, span)| span).sum();
        if measured.is_empty() || total <= 0.0 {
            return Measured {
                reason: Some(words::phrases::NOTHING_MEASURED.to_owned()),
                ..Measured::default()
            };
        }
        let known: Vec<Replica> = measured
            .iter()
            .filter_map(|(m, span)| m.replica(*span))
            .collect();
        match Combined::of(&known) {
            Some(all) if known.len() == measured.len() => Measured {
                mean: Some(all.mean),
                error: Some(all.error()),
                standard_error: Some(all.standard_error()),
                freedom: Some(all.freedom),
                reason: None,
            },
            _ => Measured {
                mean: Some(
                    measured
                        .iter()
                        .map(|(m, span)| m.mean.unwrap_or(0.0) * (span / total))
                        .sum(),
                ),
                // What tasks have found is kept in English, as it is in files.
                reason: measured
                    .iter()
                    .find_map(|(m, _)| m.reason.clone())
                    .map(words::again),
                ..Measured::default()
            },
        }
    }

    /// How many σ replicas are from agreeing with each other, large and positive if they do
    /// not; none for fewer than two with an error.
    pub fn disagreement<'a>(replicas: impl Iterator<Item = (&'a Measured, f64)>) -> Option<f64> {
        let known: Vec<Replica> = replicas.filter_map(|(m, span)| m.replica(span)).collect();
        Combined::of(&known)?.disagreement()
    }

    fn replica(&self, span: f64) -> Option<Replica> {
        let standard_error = self.standard_error.filter(|error| *error > 0.0)?;
        Some(Replica {
            span,
            mean: self.mean?,
            variance: standard_error * standard_error,
            freedom: self.freedom?,
        })
    }

    /// The measurement of the opposite quantity.
    pub fn negative(&self) -> Measured {
        Measured {
            mean: self.mean.map(|mean| 0.0 - mean),
            ..self.clone()
        }
    }

    /// How many σ of a normal variable are as improbable as the mean, if it were 0; none without an
    /// error.
    pub fn significance(&self) -> Option<f64> {
        let known = (self.mean?, self.standard_error?, self.freedom?);
        Some(significance(known.0, known.1, known.2))
    }

    /// |mean|/error.
    pub fn sigmas(&self) -> Option<f64> {
        Some(self.mean?.abs() / self.error?)
    }

    /// As it is shown: 4.85(18)·10⁻⁶.
    pub fn text(&self) -> String {
        notation::mean(self.mean, self.error)
    }
}
