//! The link of an experiment: `exp=…` and its parameters.
//!
//! | key | default | meaning |
//! |---|---|---|
//! | `v` | 1 | version; any other is an error |
//! | `exp` | | `current` (Fig. 2), `states` (Fig. 3), `equilibrium` (Fig. 4), `relation`, `match`, `sizes`, `map`, `regimes`, `exact` |
//! | `ms` | by experiment | list of m₊; m₋ = −m₊ |
//! | `L`, or `Lx` and `Ly` | 40, or 24 | size; `current`, `states`, `match`, `map` and `regimes` |
//! | `Ls` | by experiment | list of sizes; `equilibrium`, `relation` and `sizes` |
//! | `beta` | 1 | inverse temperature; all but `relation`, `match`, `map` and `exact` |
//! | `betas` | by experiment | list of inverse temperatures; `relation`, `match`, `map` and `exact` |
//! | `bc`, `shift` | `fixed` | as in the link of a run; `shift` not with lists of sizes; neither with `match`, whose outer spins are of the phase |
//! | `res` | `on` | `on`, or `balanced`, as in the link of a run; `current`, `states`, `sizes` and `exact` |
//! | `dyn` | `kinetic` | as in the link of a run; `exact` takes both |
//! | `from` | `step` | what a point starts from: `step`, or `up`, `down`: the final spins of the point before it |
//! | `err` | by experiment | error at which a point of J is done; with `sizes` of (Lx + 1)·J |
//! | `errc` | | error of m_crit until which points are added where J changes its sign; `current` from the step |
//! | `errm` | by experiment | error at which a point of m_eq is done, or of m* until which points are added |
//! | `relax` | 50·Lx², or by β | time that is not measured, at the start and after a change of state |
//! | `cap` | by experiment | time after the first relaxation at which a replica ends all the same; all but `map` |
//! | `moves` | 4·10⁶ | moves from which on a cell of a `map` ends without a sign, at the end of a round |
//! | `split` | 1 | how often cells of a `map` are split in four where the sign changes, 0…4 |
//! | `reps` | 2, or 1 | replicas of each point, 1…64 |
//! | `seed` | drawn when absent | 0…2⁵³−1 |
//!
//! A list is written as single values and ranges `first:last:step`, with commas.

use super::experiment::{LEAST_COLUMNS, MATCH_BETA, has_match};
use super::values::{MOST_VALUES, Values};
use super::{Experiment, Kind, Start};
use crate::digest::Digest;
use crate::link::{
    Fields, Note, Pair, joined, push_boundary, push_dynamics, push_reservoirs, push_size,
};
use crate::notation::plain;
use crate::params::{
    BETA_MAX, Boundary, Dynamics, Invalid, Params, Reservoirs, SIZE_MAX, SIZE_MIN, beta_allowed,
    magnetization_allowed, size_allowed,
};
use crate::theory::beta_c;
use crate::words;

/// The version of the link that is read and written.
pub use crate::link::VERSION;

const KEYS: &[&str] = &[
    "v", "exp", "ms", "L", "Lx", "Ly", "Ls", "beta", "betas", "bc", "shift", "res", "dyn", "from",
    "err", "errc", "errm", "relax", "cap", "moves", "split", "reps", "seed",
];

/// Reservoirs that an experiment can be between, the letter's first.
const RESERVOIRS: [Reservoirs; 2] = [Reservoirs::On, Reservoirs::Balanced];
/// Most replicas of a point.
const MOST_REPLICAS: u64 = 64;
/// Points that an experiment may have in all.
pub(crate) const MOST_POINTS: usize = 2000;
/// Moves of a cell that may be asked for.
const MOVES: std::ops::RangeInclusive<f64> = 1e3..=1e12;
/// How often cells may be split.
const MOST_SPLITS: u64 = 4;
/// Target errors: beyond these nothing sensible is meant.
const ERRORS: std::ops::RangeInclusive<f64> = 1e-12..=1.0;
/// Times that may be asked for.
const TIMES: std::ops::RangeInclusive<f64> = 1.0..=1e15;

/// What a link says, and what was wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExperimentLink {
    /// The experiment; where a key was bad its default stands in.
    pub experiment: Experiment,
    /// Whether the link fixed the seed. If not, it is 0 and one should be drawn.
    pub seed_given: bool,
    /// One complaint for each bad key.
    pub errors: Vec<Invalid>,
    /// What was passed over and changes nothing.
    pub notes: Vec<Note>,
}

/// Reads a query string, with or without its `?`, or a whole address with a query string in it.
///
/// # Example
/// ```
/// use uphill::scan::plan::link;
/// let reading = link::read("?exp=current&ms=0.999:1:0.0005&seed=7");
/// assert!(reading.errors.is_empty());
/// assert_eq!(reading.experiment.ms.values(), [0.999, 0.9995, 1.0]);
/// ```
pub fn read(text: &str) -> ExperimentLink {
    let mut fields = Fields::new(text, KEYS);
    fields.version();
    let kinds: Vec<(&str, Kind)> = Kind::ALL.iter().map(|&kind| (kind.key(), kind)).collect();
    let kind = fields.choice("exp", &kinds);
    if kind.is_none() && !fields.errors.iter().any(|error| error.key == "exp") {
        let names: Vec<&str> = kinds.iter().map(|(name, _)| *name).collect();
        fields.complain("exp", "", &names.join(words::links::OR.said()));
    }
    let mut e = Experiment::new(kind.unwrap_or(Kind::Current));
    let kind = e.kind;

    if kind.has("L") {
        fields.size(&mut e.base);
    }
    if kind.has("beta") {
        fields.beta(&mut e.base);
    }
    let size =
        |l: f64| l.fract() == 0.0 && (f64::from(SIZE_MIN)..=f64::from(SIZE_MAX)).contains(&l);
    let beta = |beta: f64| match kind {
        Kind::Match => has_match(beta),
        _ => (0.0..=BETA_MAX).contains(&beta),
    };
    let betas_allowed = match kind {
        Kind::Match => words::links::beta_of_two_phases(plain(beta_c(), 5), MATCH_BETA),
        _ => beta_allowed(),
    };
    let reservoir = |m: f64| m.abs() <= 1.0;
    list(
        &mut fields,
        kind,
        "ms",
        &mut e.ms,
        reservoir,
        &magnetization_allowed(),
    );
    list(&mut fields, kind, "Ls", &mut e.ls, size, &size_allowed());
    list(
        &mut fields,
        kind,
        "betas",
        &mut e.betas,
        beta,
        &betas_allowed,
    );
    if kind.has("Ls") {
        fields.without_meaning("shift", words::links::SHIFT_OF_A_LIST.said());
    }
    if matches!(kind, Kind::Match | Kind::Regimes) && e.base.lx < LEAST_COLUMNS {
        let allowed = words::links::whole_number(LEAST_COLUMNS, SIZE_MAX);
        fields.complain("Lx", &e.base.lx.to_string(), &allowed);
        e.base.lx = Experiment::new(kind).base.lx;
    }
    if kind.has("bc") {
        fields.boundary(&mut e.base);
    } else {
        e.base.boundary = Boundary::Shifted(Params::default_shift(e.base.ly));
    }
    if kind.has("res") {
        let choices = RESERVOIRS.map(|reservoirs| (reservoirs.key(), reservoirs));
        e.base.reservoirs = fields.choice("res", &choices).unwrap_or(e.base.reservoirs);
    }
    if kind.has("dyn") {
        fields.dynamics(&mut e.base);
    }
    if kind.has("from") {
        let starts = Start::ALL.map(|start| (start.key(), start));
        e.start = fields.choice("from", &starts).unwrap_or(e.start);
    }
    let error_allowed = &words::links::number("1e-12", 1);
    if kind.has("err") {
        e.error = fields.real("err", ERRORS, error_allowed).unwrap_or(e.error);
    }
    if kind.has("errc") {
        e.error_c = fields.real("errc", ERRORS, error_allowed);
        if let (Some(error), true) = (e.error_c, e.start != Start::Step) {
            let allowed = words::bracketing::ONLY_FROM_THE_STEP.said();
            fields.complain("errc", &error.to_string(), allowed);
            e.error_c = None;
        }
    }
    if kind.has("errm") {
        e.error_m = fields
            .real("errm", ERRORS, error_allowed)
            .unwrap_or(e.error_m);
    }
    let time_allowed = &words::links::time(1, "1e15");
    e.relaxation = fields.real("relax", TIMES, time_allowed);
    if kind.has("cap") {
        e.cap = fields.real("cap", TIMES, time_allowed).unwrap_or(e.cap);
    }
    if kind.has("moves") {
        let allowed = words::links::number(1000, "1e12");
        e.moves = fields.real("moves", MOVES, &allowed).unwrap_or(e.moves);
        let allowed = words::links::whole_number(0, MOST_SPLITS);
        let split = fields.whole("split", 0..=MOST_SPLITS, &allowed);
        e.split = split.map_or(e.split, |n| n as u32);
    }
    e.replicas = fields
        .whole(
            "reps",
            1..=MOST_REPLICAS,
            &words::links::whole_number(1, MOST_REPLICAS),
        )
        .map_or(e.replicas, |n| n as u32);
    let seed_given = fields.seed(&mut e.base);
    let own: Vec<&str> = KEYS.iter().copied().filter(|key| kind.has(key)).collect();
    let allowed = words::links::key_of(kind.key(), own.join(", "));
    for key in KEYS {
        if !kind.has(key) {
            fields.without_meaning(key, &allowed);
        }
    }
    let points = e.point_count();
    if points > MOST_POINTS {
        fields.complain(
            "exp",
            &words::links::kind_of_points(kind.key(), points),
            &words::links::experiment_of_points(MOST_POINTS),
        );
        let usual = Experiment::new(kind);
        (e.ms, e.ls, e.betas) = (usual.ms, usual.ls, usual.betas);
    }
    ExperimentLink {
        experiment: e,
        seed_given,
        errors: fields.errors,
        notes: fields.notes,
    }
}

/// Reads a list, where its key is given, has a meaning and is good.
fn list(
    fields: &mut Fields,
    kind: Kind,
    key: &str,
    into: &mut Values,
    fits: impl Fn(f64) -> bool,
    each: &str,
) {
    if !kind.has(key) {
        return;
    }
    let allowed = words::links::list_of_values(MOST_VALUES, each);
    let read = |text: &str| {
        Values::read(text).filter(|list| list.values().iter().all(|&value| fits(value)))
    };
    if let Some(values) = fields.parsed(key, &allowed, read) {
        *into = values;
    }
}

/// The keys that have a meaning for an experiment, each with its value as it can be typed,
/// and with what can be chosen where it is a choice.
pub fn settings(e: &Experiment) -> Vec<(&'static str, String, &'static [&'static str])> {
    let base = &e.base;
    let mut settings: Vec<(&'static str, String, &'static [&'static str])> = Vec::new();
    let mut add = |key: &'static str, value: String, choices: &'static [&'static str]| {
        if e.kind.has(key) {
            settings.push((key, value, choices));
        }
    };
    add("ms", e.ms.to_string(), &[]);
    add("Lx", base.lx.to_string(), &[]);
    add("Ly", base.ly.to_string(), &[]);
    add("Ls", e.ls.to_string(), &[]);
    add("beta", base.beta.to_string(), &[]);
    add("betas", e.betas.to_string(), &[]);
    add("bc", base.boundary.key().to_owned(), &Boundary::KEYS);
    if let (Some(shift), false) = (base.boundary.shift(), e.kind.has("Ls")) {
        add("shift", shift.to_string(), &[]);
    }
    const WITH_RESERVOIRS: [&str; 2] = [RESERVOIRS[0].key(), RESERVOIRS[1].key()];
    add("res", base.reservoirs.key().to_owned(), &WITH_RESERVOIRS);
    const DYNAMICS: [&str; 2] = [Dynamics::Kinetic.key(), Dynamics::Metropolis.key()];
    add("dyn", base.dynamics.key().to_owned(), &DYNAMICS);
    const STARTS: [&str; 3] = [Start::Step.key(), Start::Up.key(), Start::Down.key()];
    add("from", e.start.key().to_owned(), &STARTS);
    add("err", e.error.to_string(), &[]);
    add(
        "errc",
        e.error_c.map_or(String::new(), |error| error.to_string()),
        &[],
    );
    add("errm", e.error_m.to_string(), &[]);
    add(
        "relax",
        e.relaxation.map_or(String::new(), |t| t.to_string()),
        &[],
    );
    add("cap", e.cap.to_string(), &[]);
    add("moves", e.moves.to_string(), &[]);
    add("split", e.split.to_string(), &[]);
    add("reps", e.replicas.to_string(), &[]);
    add("seed", base.seed.to_string(), &[]);
    settings
}

/// Writes the canonical link of an experiment: fixed order, defaults left out, `v`, `exp`
/// and `seed` always in.
///
/// # Example
/// ```
/// use uphill::scan::plan::link;
/// let reading = link::read("seed=7&err=1e-6&exp=current&bc=fixed");
/// assert_eq!(link::write(&reading.experiment), "v=1&exp=current&err=0.000001&seed=7");
/// ```
pub fn write(e: &Experiment) -> String {
    let usual = Experiment::new(e.kind);
    let mut pairs: Vec<Pair> = vec![("v", VERSION.to_string()), ("exp", e.kind.key().to_owned())];
    let lists = [
        ("ms", &e.ms, &usual.ms),
        ("Ls", &e.ls, &usual.ls),
        ("betas", &e.betas, &usual.betas),
    ];
    for (key, list, default) in lists {
        if list != default {
            pairs.push((key, list.to_string()));
        }
    }
    if e.kind.has("L") {
        push_size(&mut pairs, &e.base, usual.base.lx);
    }
    if e.base.beta != Params::default().beta {
        pairs.push(("beta", e.base.beta.to_string()));
    }
    if e.kind.has("Ls") {
        if let Boundary::Shifted(_) = e.base.boundary {
            pairs.push(("bc", "shifted".to_owned()));
        }
    } else if e.kind.has("bc") {
        push_boundary(&mut pairs, &e.base);
    }
    push_reservoirs(&mut pairs, &e.base);
    push_dynamics(&mut pairs, &e.base);
    match e.start {
        Start::Step => {}
        start => pairs.push(("from", start.key().to_owned())),
    }
    let numbers = [
        ("err", e.error, usual.error),
        ("errm", e.error_m, usual.error_m),
        ("cap", e.cap, usual.cap),
        ("moves", e.moves, usual.moves),
    ];
    for (key, value, default) in numbers {
        if value != default {
            pairs.push((key, value.to_string()));
        }
    }
    if let Some(error) = e.error_c {
        pairs.push(("errc", error.to_string()));
    }
    if let Some(time) = e.relaxation {
        pairs.push(("relax", time.to_string()));
    }
    if e.split != usual.split {
        pairs.push(("split", e.split.to_string()));
    }
    if e.replicas != usual.replicas {
        pairs.push(("reps", e.replicas.to_string()));
    }
    pairs.push(("seed", e.base.seed.to_string()));
    joined(&pairs)
}

impl Experiment {
    /// A fingerprint of all that decides the trajectories of the tasks, but not how long they
    /// are followed: experiments that share it share checkpoints. What a chain of points
    /// hands on depends on how long each was followed.
    pub fn identity(&self) -> u64 {
        let mut digest = Digest::new();
        let mut alike = self.clone();
        if self.start == Start::Step {
            let usual = Experiment::new(self.kind);
            (alike.error, alike.error_m, alike.cap) = (usual.error, usual.error_m, usual.cap);
            alike.error_c = None;
            (alike.moves, alike.split) = (usual.moves, usual.split);
        }
        digest.bytes(write(&alike).as_bytes());
        digest.value()
    }
}
