//! The link: one human-readable query string that describes a run.
//!
//! | key | default | meaning |
//! |---|---|---|
//! | `v` | 1 | version; any other is an error |
//! | `L`, or `Lx` and `Ly` | 40 | size, 4…512 |
//! | `beta` | 1 | inverse temperature, 0…10 |
//! | `m`, `mL` | 0.999, −m | reservoirs, right and left, −1…1 |
//! | `bc`, `shift` | `fixed`, ⌊Ly/4⌋ | `fixed` or `shifted` by 1…Ly−1 |
//! | `res` | `on` | `on`, `off`, or `balanced`: see [`Reservoirs`] |
//! | `dyn` | `kinetic` | `kinetic` or `metropolis` |
//! | `init`, `width` | `step`, ⌊Lx/2⌋ | `step`, `random`, `plus`, `minus`, or `stripe` of width 1…Lx−1 |
//! | `seed` | drawn when absent | 0…2⁵³−1 |
//!
//! Numbers are written as 40, 0.9991 or 1e-3. Unknown, doubled and invalid keys
//! are errors; so is a key that the others leave without meaning (`shift` without
//! `bc=shifted`, `width` without `init=stripe`, `L` beside `Lx` or `Ly`), and one behind a second
//! `?` or a `#`.
//!
//! What mails, chats and word processors do to a link is undone: blanks, line breaks, quotation
//! marks and a full stop around it or in it, separators encoded once or twice (`&amp;`, `%26`),
//! `;` for `&`, other signs for minus, a decimal comma, full-width signs, an address that leads to
//! it. Keys of the page alone and those by which others count are passed over with a note.

#[cfg(feature = "experiments")]
pub mod file_name;
pub(crate) mod query;

use crate::notation::numeral::{real, whole};
use crate::params::{
    BETA_MAX, Boundary, Dynamics, Initial, Invalid, Params, Reservoirs, SEED_MAX, SIZE_MAX,
    SIZE_MIN, beta_allowed, magnetization_allowed, seed_allowed, shift_allowed, size_allowed,
    width_allowed,
};
use crate::words;
use query::{Query, Role};
use std::fmt;
use std::ops::RangeInclusive;

/// The version of the link that is read and written.
pub const VERSION: u32 = 1;

pub(crate) const KEYS: &[&str] = &[
    "v", "L", "Lx", "Ly", "beta", "m", "mL", "bc", "shift", "res", "dyn", "init", "width", "seed",
];

/// Longest value that a complaint repeats in full.
const SHOWN_VALUE: usize = 60;
/// Unknown keys that are complained about one by one; further ones are counted.
const SHOWN_KEYS: usize = 20;
/// Keys that a note names; further ones are counted.
const NOTED_KEYS: usize = 8;

/// What a link says, and what was wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct RunLink {
    /// The run; where a key was bad its default stands in.
    pub params: Params,
    /// Whether the link fixed the seed. If not, `params.seed` is 0 and one should be drawn.
    pub seed_given: bool,
    /// One complaint for each bad key.
    pub errors: Vec<Invalid>,
    /// What was passed over and changes nothing.
    pub notes: Vec<Note>,
}

/// What of a link was passed over, being no part of what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Keys by which others count who opens a link.
    Tracking(String),
    /// Keys of the page alone.
    Page(String),
    /// The address that led to the link.
    Forwarded,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Tracking(keys) => f.write_str(&words::links::tracking(keys)),
            Note::Page(keys) => f.write_str(&words::links::of_the_page(keys)),
            Note::Forwarded => f.write_str(words::links::FORWARDED.said()),
        }
    }
}

impl Note {
    /// The notes on a query.
    fn on(query: &Query) -> Vec<Note> {
        let mut notes = Vec::new();
        if query.forwarded {
            notes.push(Note::Forwarded);
        }
        if let Some(keys) = keys_of(query, Role::Tracking) {
            notes.push(Note::Tracking(keys));
        }
        if let Some(keys) = keys_of(query, Role::Page) {
            notes.push(Note::Page(keys));
        }
        notes
    }
}

/// The keys of a role, for a note; none if there are none.
#[inline(never)]
fn keys_of(query: &Query, role: Role) -> Option<String> {
    let mut keys = String::new();
    let mut count = 0;
    for part in query.of(role) {
        count += 1;
        if count <= NOTED_KEYS {
            keys.push_str(if count > 1 { ", " } else { "" });
            keys.push_str(&shortened(&part.key));
        }
    }
    if count > NOTED_KEYS {
        keys.push_str(", ");
        keys.push_str(&words::links::further_ones(count - NOTED_KEYS));
    }
    (count > 0).then_some(keys)
}

/// Reads a query string, with or without its `?`, or a whole address with a query string in it,
/// as mails and chats leave them.
///
/// # Example
/// ```
/// let reading = uphill::link::read("?m=0.998&L=20&seed=7");
/// assert!(reading.errors.is_empty());
/// assert_eq!((reading.params.lx, reading.params.m_left), (20, -0.998));
/// let bad = uphill::link::read("beta=-1");
/// assert_eq!(bad.errors[0].to_string(), "beta=-1: allowed is a number from 0 to 10");
/// ```
pub fn read(text: &str) -> RunLink {
    let mut fields = Fields::new(text, KEYS);
    let mut p = Params::default();

    fields.version();
    fields.size(&mut p);
    fields.beta(&mut p);
    p.m_right = fields
        .real("m", -1.0..=1.0, &magnetization_allowed())
        .unwrap_or(p.m_right);
    p.m_left = fields
        .real("mL", -1.0..=1.0, &magnetization_allowed())
        .unwrap_or(opposite(p.m_right));

    fields.boundary(&mut p);
    let choices = Reservoirs::ALL.map(|reservoirs| (reservoirs.key(), reservoirs));
    p.reservoirs = fields.choice("res", &choices).unwrap_or(p.reservoirs);
    fields.dynamics(&mut p);

    let stripe = Initial::Stripe(Params::default_width(p.lx));
    let initials = [
        Initial::Step,
        Initial::Random,
        Initial::Plus,
        Initial::Minus,
        stripe,
    ];
    let choices = initials.map(|initial| (initial.key(), initial));
    p.initial = fields.choice("init", &choices).unwrap_or(p.initial);
    if p.initial == stripe {
        let range = 1..=u64::from(p.lx) - 1;
        if let Some(w) = fields.whole("width", range, &width_allowed(p.lx)) {
            p.initial = Initial::Stripe(w as u32);
        }
    } else {
        fields.without_meaning("width", words::links::ONLY_WITH_STRIPE.said());
    }

    let seed_given = fields.seed(&mut p);
    RunLink {
        params: p,
        seed_given,
        errors: fields.errors,
        notes: fields.notes,
    }
}

/// Writes the canonical link of a run: fixed order, defaults left out, `v` and `seed` always in.
///
/// What it writes, [`read`] reads back to the same parameters.
///
/// # Example
/// ```
/// use uphill::link;
/// use uphill::params::Params;
/// let params = Params { m_right: 0.9991, m_left: -0.9991, seed: 7, ..Params::default() };
/// assert_eq!(link::write(&params), "v=1&m=0.9991&seed=7");
/// ```
pub fn write(params: &Params) -> String {
    let default = Params::default();
    let mut pairs = vec![("v", VERSION.to_string())];
    push_size(&mut pairs, params, default.lx);
    if params.beta != default.beta {
        pairs.push(("beta", params.beta.to_string()));
    }
    if params.m_right != default.m_right {
        pairs.push(("m", params.m_right.to_string()));
    }
    if params.m_left != opposite(params.m_right) {
        pairs.push(("mL", params.m_left.to_string()));
    }
    push_boundary(&mut pairs, params);
    push_reservoirs(&mut pairs, params);
    push_dynamics(&mut pairs, params);
    if params.initial != Initial::Step {
        pairs.push(("init", params.initial.key().to_owned()));
    }
    if let Initial::Stripe(w) = params.initial
        && w != Params::default_width(params.lx)
    {
        pairs.push(("width", w.to_string()));
    }
    pairs.push(("seed", params.seed.to_string()));
    joined(&pairs)
}

/// A key of a link and its value.
pub(crate) type Pair = (&'static str, String);

/// The size, where it is not the usual one of both sides.
pub(crate) fn push_size(pairs: &mut Vec<Pair>, params: &Params, usual: u32) {
    if params.lx == params.ly {
        if params.lx != usual {
            pairs.push(("L", params.lx.to_string()));
        }
    } else {
        for (key, size) in [("Lx", params.lx), ("Ly", params.ly)] {
            if size != usual {
                pairs.push((key, size.to_string()));
            }
        }
    }
}

pub(crate) fn push_boundary(pairs: &mut Vec<Pair>, params: &Params) {
    if let Boundary::Shifted(s) = params.boundary {
        pairs.push(("bc", params.boundary.key().to_owned()));
        if s != Params::default_shift(params.ly) {
            pairs.push(("shift", s.to_string()));
        }
    }
}

pub(crate) fn push_reservoirs(pairs: &mut Vec<Pair>, params: &Params) {
    if params.reservoirs != Params::default().reservoirs {
        pairs.push(("res", params.reservoirs.key().to_owned()));
    }
}

pub(crate) fn push_dynamics(pairs: &mut Vec<Pair>, params: &Params) {
    if params.dynamics == Dynamics::Metropolis {
        pairs.push(("dyn", params.dynamics.key().to_owned()));
    }
}

pub(crate) fn joined(pairs: &[Pair]) -> String {
    let words: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    words.join("&")
}

/// −m, and 0 for 0: a link has no use for a negative zero.
fn opposite(m: f64) -> f64 {
    0.0 - m
}

fn size_range() -> RangeInclusive<u64> {
    u64::from(SIZE_MIN)..=u64::from(SIZE_MAX)
}

/// Whether a query string or an address asks for an experiment rather than for a run.
pub fn is_experiment(text: &str) -> bool {
    Query::read(text)
        .of(Role::Key)
        .any(|part| part.key == "exp")
}

/// The keys and values of a link, as they are used up.
pub(crate) struct Fields {
    pairs: Vec<(String, String)>,
    pub errors: Vec<Invalid>,
    pub notes: Vec<Note>,
}

impl Fields {
    /// The fields of a query string that may have the given keys.
    pub fn new(text: &str, keys: &[&str]) -> Self {
        let query = Query::read(text);
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut errors: Vec<Invalid> = Vec::new();
        let mut unknown = 0;
        let known = || words::links::known_key(keys.join(", "));
        let of_the_link = |role| matches!(role, Role::Key | Role::Stray);
        for part in query.parts.iter().filter(|part| of_the_link(part.role)) {
            let (key, value) = (&part.key, &part.value);
            let key_shown = shortened(key);
            let stray = part.role == Role::Stray;
            if stray || !keys.contains(&key.as_str()) {
                unknown += 1;
                if unknown <= SHOWN_KEYS && !errors.iter().any(|e| e.key == key_shown) {
                    let allowed = if stray { place_of(key) } else { known() };
                    errors.push(Invalid::new(&key_shown, shortened(value), allowed));
                }
            } else if let Some((_, first)) = pairs.iter().find(|(k, _)| k == key) {
                if !errors.iter().any(|e| e.key == key_shown) {
                    let both = shortened(&words::links::both_values(first, value));
                    errors.push(Invalid::new(&key_shown, both, words::links::EACH_KEY_ONCE));
                }
            } else {
                pairs.push((key.clone(), value.clone()));
            }
        }
        if unknown > SHOWN_KEYS {
            let value = words::links::further_ones(unknown - SHOWN_KEYS);
            errors.push(Invalid::new(
                words::links::UNKNOWN_KEYS.said(),
                value,
                known(),
            ));
        }
        // A doubled key is wholly in doubt, so its default stands in.
        pairs.retain(|(key, _)| !errors.iter().any(|e| e.key == *key));
        Fields {
            pairs,
            errors,
            notes: Note::on(&query),
        }
    }

    pub fn version(&mut self) {
        if let Some(v) = self.take("v")
            && v != "1"
        {
            self.complain("v", &v, words::links::VERSION.said());
        }
    }

    pub fn size(&mut self, p: &mut Params) {
        let size = self.whole("L", size_range(), &size_allowed());
        let lx = self.whole("Lx", size_range(), &size_allowed());
        let ly = self.whole("Ly", size_range(), &size_allowed());
        if self.given("L") {
            for key in ["Lx", "Ly"] {
                self.without_meaning(key, words::links::L_OR_LX_AND_LY.said());
            }
            p.lx = size.unwrap_or(u64::from(p.lx)) as u32;
            p.ly = p.lx;
        } else {
            p.lx = lx.unwrap_or(u64::from(p.lx)) as u32;
            p.ly = ly.unwrap_or(u64::from(p.ly)) as u32;
        }
    }

    pub fn beta(&mut self, p: &mut Params) {
        p.beta = self
            .real("beta", 0.0..=BETA_MAX, &beta_allowed())
            .unwrap_or(p.beta);
    }

    pub fn boundary(&mut self, p: &mut Params) {
        let [fixed, shifted] = Boundary::KEYS;
        let shifted = self.choice("bc", &[(fixed, false), (shifted, true)]);
        if shifted.unwrap_or(false) {
            let range = 1..=u64::from(p.ly) - 1;
            let shift = self.whole("shift", range, &shift_allowed(p.ly));
            p.boundary = Boundary::Shifted(shift.map_or(Params::default_shift(p.ly), |s| s as u32));
        } else {
            self.without_meaning("shift", words::links::ONLY_WITH_SHIFTED.said());
        }
    }

    pub fn dynamics(&mut self, p: &mut Params) {
        let choices = Dynamics::ALL.map(|dynamics| (dynamics.key(), dynamics));
        p.dynamics = self.choice("dyn", &choices).unwrap_or(p.dynamics);
    }

    /// The seed; whether the link has one.
    pub fn seed(&mut self, p: &mut Params) -> bool {
        let seed = self.whole("seed", 0..=SEED_MAX, &seed_allowed());
        p.seed = seed.unwrap_or(0);
        seed.is_some()
    }

    pub fn given(&self, key: &str) -> bool {
        self.pairs.iter().any(|(k, _)| k == key)
    }

    pub fn take(&self, key: &str) -> Option<String> {
        self.pairs
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, value)| value.clone())
    }

    pub fn complain(&mut self, key: &str, value: &str, allowed: &str) {
        if !self.errors.iter().any(|e| e.key == key) {
            self.errors
                .push(Invalid::new(key, shortened(value), allowed));
        }
    }

    /// Complains about a key that the rest of the link leaves without meaning, and forgets it.
    pub fn without_meaning(&mut self, key: &str, allowed: &str) {
        if let Some(value) = self.take(key) {
            self.complain(key, &value, allowed);
            self.pairs.retain(|(k, _)| k != key);
        }
    }

    pub fn parsed<T>(
        &mut self,
        key: &str,
        allowed: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(key)?;
        let parsed = parse(&value);
        if parsed.is_none() {
            self.complain(key, &value, allowed);
        }
        parsed
    }

    pub fn whole(&mut self, key: &str, range: RangeInclusive<u64>, allowed: &str) -> Option<u64> {
        self.parsed(key, allowed, |text| {
            whole(text).filter(|n| range.contains(n))
        })
    }

    pub fn real(&mut self, key: &str, range: RangeInclusive<f64>, allowed: &str) -> Option<f64> {
        self.parsed(key, allowed, |text| {
            real(text).filter(|x| range.contains(x))
        })
    }

    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        self.parsed(key, &names.join(words::links::OR.said()), |text| {
            choices
                .iter()
                .find(|(name, _)| *name == text)
                .map(|(_, choice)| *choice)
        })
    }
}

/// What is allowed of a key that stands where none may.
fn place_of(key: &str) -> String {
    if key.starts_with('#') {
        words::links::BEHIND_HASH.to_owned()
    } else {
        words::links::ONE_QUESTION_MARK.to_owned()
    }
}

fn shortened(value: &str) -> String {
    match value.char_indices().nth(SHOWN_VALUE) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
