//! A run that goes through several states: how long it is in each, how often it leaves it, and what
//! it carries there.
//!
//! A run is looked at in equal steps of time, and each look tells the state since the one before.
//! All sums are kept in 64 to 127 blocks of equal length. Every number here is a ratio of two such
//! sums A/B: time in a state over all time, Q in a state over the time there, changes over time.
//! With R = ΣA/ΣB its error is that of the mean of (A − R B)/⟨B⟩ over the blocks.

use super::columns::{FEWEST, MOST, of_few_blocks};
use super::state::State;
use super::uncertainty::{Uncertainty, Unknown};
use super::{Estimate, whole_time};
use crate::words::measure as words;
use crate::words::regimes;
use serde::{Deserialize, Serialize};

/// States that are told apart.
const STATES: usize = State::ALL.len();
/// Visits of a state, or changes, without which what hangs on them has no error.
const FEWEST_VISITS: u64 = 4;
/// Blocks with time in a state, without which what is measured there has no error.
const FEWEST_IN_STATE: usize = FEWEST / 2;

/// What a look shows of the time since the one before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Look {
    /// The state.
    pub state: State,
    /// Interfaces from one reservoir to the other.
    pub interfaces: u32,
    /// The integral of J, summed over the horizontal bonds.
    pub current: f64,
}

/// Sums over the looks of a block: the looks in each state, the integral of J in each, and the two
/// below. Counts are whole, and far below where whole numbers end to be told apart.
type Block = [f64; 2 * STATES + 2];
/// The place of the integrals of J.
const CURRENT: usize = STATES;
/// The place of the changes of state.
const CHANGES: usize = 2 * STATES;
/// The place of interfaces times looks, while the phases lie one behind another.
const INTERFACES: usize = 2 * STATES + 1;

/// All looks of a block.
fn all(block: &Block) -> f64 {
    block[..STATES].iter().sum()
}

fn add(to: &mut Block, other: &Block) {
    for (sum, more) in to.iter_mut().zip(other) {
        *sum += more;
    }
}

/// The states of a run, told in equal steps of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Regimes {
    /// Time between two looks.
    step: f64,
    /// Looks of a block.
    each: u64,
    state: Option<State>,
    /// A look that showed another state, which counts once the next one shows the same.
    candidate: Option<Look>,
    /// How often each state was entered, the first one at the start.
    visits: [u64; STATES],
    blocks: Vec<Block>,
    present: Block,
    /// The integral of J up to the last look.
    reached: f64,
}

fn place(state: State) -> usize {
    State::ALL
        .iter()
        .position(|one| *one == state)
        .expect("all states are among all")
}

impl Regimes {
    /// No looks yet, which are to come every `step`.
    pub fn new(step: f64) -> Self {
        Regimes {
            step,
            each: 1,
            state: None,
            candidate: None,
            visits: [0; STATES],
            blocks: Vec::new(),
            present: Block::default(),
            reached: 0.0,
        }
    }

    /// Time between two looks.
    pub fn step(&self) -> f64 {
        self.step
    }

    /// The present state, once there was a look.
    pub fn state(&self) -> Option<State> {
        self.state
    }

    /// Whether the last look has left it open which state that is.
    pub fn is_in_doubt(&self) -> bool {
        self.candidate.is_some()
    }

    /// The integral of J since the last look, given that since the start, which is kept.
    pub fn since(&mut self, integral: f64) -> f64 {
        let since = integral - self.reached;
        self.reached = integral;
        since
    }

    /// Takes in a look. Another state counts from where two looks in a row have shown it.
    pub fn look(&mut self, look: Look) {
        let state = *self.state.get_or_insert_with(|| {
            self.visits[place(look.state)] = 1;
            look.state
        });
        match self.candidate.take() {
            Some(first) if first.state == look.state => {
                self.present[CHANGES] += 1.0;
                self.visits[place(look.state)] += 1;
                self.state = Some(look.state);
                self.count(look.state, first, 1);
                self.count(look.state, look, 1);
                return;
            }
            Some(first) => self.count(state, first, 1),
            None => {}
        }
        if look.state == state {
            self.count(state, look, 1);
        } else {
            self.candidate = Some(look);
        }
    }

    /// Takes in `n` looks that all show the present state, however many.
    pub fn look_again(&mut self, look: Look, n: u64) {
        if let (Some(state), None) = (self.state, self.candidate) {
            self.count(state, look, n);
        }
    }

    fn count(&mut self, state: State, look: Look, n: u64) {
        let at = place(state);
        let mut left = n;
        while left > 0 {
            let some = left.min(self.each - all(&self.present) as u64);
            left -= some;
            let looks = some as f64;
            self.present[at] += looks;
            self.present[CURRENT + at] += look.current * looks;
            if state != State::SideBySide {
                self.present[INTERFACES] += f64::from(look.interfaces) * looks;
            }
            if all(&self.present) >= self.each as f64 {
                self.end_block();
            }
        }
    }

    fn end_block(&mut self) {
        self.blocks.push(self.present);
        self.present = Block::default();
        if self.blocks.len() == MOST {
            for pair in 0..MOST / 2 {
                let mut joined = self.blocks[2 * pair];
                add(&mut joined, &self.blocks[2 * pair + 1]);
                self.blocks[pair] = joined;
            }
            self.blocks.truncate(MOST / 2);
            self.each *= 2;
        }
    }

    /// The sums over all looks whose state is known.
    fn total(&self) -> Block {
        let mut total = self.present;
        for block in &self.blocks {
            add(&mut total, block);
        }
        total
    }

    /// Time whose state is known.
    pub fn span(&self) -> f64 {
        all(&self.total()) * self.step
    }

    /// Time in a state.
    pub fn span_in(&self, state: State) -> f64 {
        self.total()[place(state)] * self.step
    }

    /// How often a state was entered; the first one counts.
    pub fn visits(&self, state: State) -> u64 {
        self.visits[place(state)]
    }

    /// Changes of state.
    pub fn changes(&self) -> u64 {
        self.total()[CHANGES] as u64
    }

    /// The share of the time in a state.
    pub fn share(&self, state: State) -> Estimate {
        let at = place(state);
        let few = self.visits(state) < FEWEST_VISITS;
        let why = few.then(|| regimes::few_visits(FEWEST_VISITS));
        self.ratio(1.0, why, true, &|block| (block[at], all(block)))
    }

    /// J in a state, summed over the horizontal bonds.
    pub fn current(&self, state: State) -> Estimate {
        let at = place(state);
        self.ratio(1.0 / self.step, None, false, &|block| {
            (block[CURRENT + at], block[at])
        })
    }

    /// The mean time between two changes of state.
    pub fn between_changes(&self) -> Estimate {
        let few = self.changes() < FEWEST_VISITS;
        let why = few.then(|| regimes::few_changes(FEWEST_VISITS));
        self.ratio(self.step, why, true, &|block| (all(block), block[CHANGES]))
    }

    /// The mean number of interfaces from one reservoir to the other, while the phases lie one
    /// behind another.
    pub fn interfaces(&self) -> Estimate {
        let aside = place(State::SideBySide);
        self.ratio(1.0, None, false, &|block| {
            (block[INTERFACES], all(block) - block[aside])
        })
    }

    /// `unit`·A/B with its error, which is not known if there is a reason `why`. `whole` takes the
    /// blocks without B in, too: so it must be where B itself is what scatters.
    fn ratio(
        &self,
        unit: f64,
        why: Option<String>,
        whole: bool,
        of: &dyn Fn(&Block) -> (f64, f64),
    ) -> Estimate {
        let (a, b) = of(&self.total());
        if b <= 0.0 {
            let reason = why.unwrap_or_else(|| regimes::NEVER_THERE.to_owned());
            return Estimate::missing(&reason);
        }
        let mean = Some(unit * (a / b));
        if let Some(why) = why {
            return Estimate::of(mean, None, Some(why));
        }
        match self.uncertainty(unit, whole, of) {
            Ok(known) => Estimate::of(mean, Some(known), None),
            Err(Unknown::TooFew) if !whole && self.blocks.len() >= FEWEST => {
                Estimate::of(mean, None, Some(regimes::LITTLE_TIME.to_owned()))
            }
            Err(unknown) => Estimate::of(mean, None, Some(self.reason(unknown))),
        }
    }

    fn uncertainty(
        &self,
        unit: f64,
        whole: bool,
        of: &dyn Fn(&Block) -> (f64, f64),
    ) -> Result<Uncertainty, Unknown> {
        let parts: Vec<(f64, f64)> = self
            .blocks
            .iter()
            .map(of)
            .filter(|(_, b)| whole || *b > 0.0)
            .collect();
        let (mut a, mut b) = (0.0, 0.0);
        for part in &parts {
            a += part.0;
            b += part.1;
        }
        let fewest = if whole { FEWEST } else { FEWEST_IN_STATE };
        if self.blocks.len() < FEWEST || parts.len() < fewest || b <= 0.0 {
            return Err(Unknown::TooFew);
        }
        let n = parts.len() as f64;
        let (ratio, scale) = (a / b, unit * n / b);
        let off = parts.iter().map(|(a, b)| (a - ratio * b) * scale);
        of_few_blocks(off, parts.len(), self.each as f64 * self.step)
    }

    fn reason(&self, unknown: Unknown) -> String {
        match unknown {
            Unknown::TooFew => {
                let needed = (FEWEST as u64 * self.each) as f64 * self.step;
                words::too_few_blocks(whole_time(needed))
            }
            Unknown::Dependent | Unknown::Correlated | Unknown::Drifting => {
                words::NOT_INDEPENDENT.to_owned()
            }
            Unknown::Rare => words::TOO_LITTLE_HAPPENED.to_owned(),
            Unknown::Constant => regimes::NEVER_CHANGED.to_owned(),
        }
    }

    /// Whether the sums could be those of so many looks in steps of `step`.
    pub fn is_sound(&self, step: f64, looks: u64) -> bool {
        // What is saved is not trusted.
        let counts =
            |block: &Block| block.iter().all(|sum| sum.abs() < LARGEST) && block[CHANGES] >= 0.0;
        self.step == step
            && self.each > 0
            && self.each.is_power_of_two()
            && self.each < MOST_LOOKS
            && self.blocks.len() < MOST
            && self.blocks.iter().chain([&self.present]).all(counts)
            && (self.blocks.iter()).all(|block| all(block) == self.each as f64)
            && all(&self.present) < self.each as f64
            && all(&self.total()) as u64 + u64::from(self.candidate.is_some()) == looks
            && self.state.is_some() == (looks > 0)
            && self.visits.iter().all(|n| *n < MOST_LOOKS)
            && self.visits.iter().sum::<u64>() == self.changes() + u64::from(self.state.is_some())
            && self.reached.is_finite()
            && self.candidate.is_none_or(|look| look.current.is_finite())
    }
}

/// More looks are in no time that may be asked for.
const MOST_LOOKS: u64 = 1 << 54;
/// No sum of a run is larger.
const LARGEST: f64 = 1e30;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    fn look(state: State, current: f64) -> Look {
        Look {
            state,
            interfaces: 3,
            current,
        }
    }

    /// One look that shows another state is passed over; from two in a row on it counts, from the
    /// first of them.
    #[test]
    fn a_state_counts_from_where_two_looks_in_a_row_have_shown_it() {
        use State::{Bump, Other, Step};
        let mut regimes = Regimes::new(10.0);
        let shown = [Step, Step, Bump, Step, Other, Bump, Bump, Bump, Step];
        for (n, state) in shown.into_iter().enumerate() {
            regimes.look(look(state, n as f64));
        }
        assert!(regimes.is_in_doubt());
        assert_eq!(regimes.state(), Some(Bump));
        // The bump at 2 and the other one at 4 belong to the step, and the last look to none yet.
        assert_eq!((regimes.span_in(Step), regimes.span_in(Bump)), (50.0, 30.0));
        assert_eq!(regimes.span(), 80.0);
        assert_eq!((regimes.visits(Step), regimes.visits(Bump)), (1, 1));
        assert_eq!((regimes.visits(Other), regimes.changes()), (0, 1));
        let mean = |state| regimes.current(state).mean.expect("it was there");
        assert!((mean(Step) - (0.0 + 1.0 + 2.0 + 3.0 + 4.0) / 50.0).abs() < 1e-15);
        assert!((mean(Bump) - (5.0 + 6.0 + 7.0) / 30.0).abs() < 1e-15);
        assert!(regimes.is_sound(10.0, shown.len() as u64));
        assert!(!regimes.is_sound(10.0, shown.len() as u64 - 1));
        let never = regimes.share(Other);
        assert_eq!((never.mean, never.error), (Some(0.0), None));
        assert_eq!(regimes.current(Other).mean, None);
    }

    #[test]
    fn many_equal_looks_at_once_are_as_many_one_by_one() {
        let (mut leaps, mut steps) = (Regimes::new(1.0), Regimes::new(1.0));
        for (n, state) in [(1, State::Step), (1000, State::TwoBumps), (77, State::Step)] {
            for regimes in [&mut leaps, &mut steps] {
                regimes.look(look(state, 0.25));
                regimes.look(look(state, 0.25));
            }
            leaps.look_again(look(state, 0.25), n);
            for _ in 0..n {
                steps.look(look(state, 0.25));
            }
            assert_eq!(leaps, steps);
        }
        leaps.look_again(look(State::Step, 1.0), 1 << 50);
        assert!(leaps.blocks.len() < MOST && leaps.blocks.len() >= MOST / 2);
        let looks = all(&leaps.total());
        assert!(leaps.is_sound(1.0, looks as u64));
    }

    /// Joined in pairs, the blocks have the sums of all looks.
    #[test]
    fn no_sum_is_lost_where_blocks_are_joined() {
        let mut stream = Stream::new(3, 0);
        let mut regimes = Regimes::new(2.0);
        let (mut state, mut own, mut current) = (State::Step, 0, 0.0);
        for n in 1..=10_007 {
            if stream.unit() < 0.02 {
                state = State::ALL[(stream.unit() * 7.0) as usize];
            }
            let value = (stream.unit() * 64.0).round();
            regimes.look(look(state, value));
            if regimes.is_in_doubt() {
                continue;
            }
            let blocks = regimes.blocks.iter();
            assert!(
                blocks
                    .clone()
                    .all(|block| all(block) == regimes.each as f64)
            );
            (own, current) = (n, current + value);
        }
        assert!(own > 9000 && current > 0.0);
        let total = regimes.total();
        let looks = all(&total) as u64;
        assert_eq!(looks + u64::from(regimes.is_in_doubt()), 10_007);
        let visits: u64 = State::ALL.map(|state| regimes.visits(state)).iter().sum();
        assert_eq!(visits, regimes.changes() + 1);
        let shares: f64 = State::ALL
            .into_iter()
            .filter_map(|state| regimes.share(state).mean)
            .sum();
        assert!((shares - 1.0).abs() < 1e-12);
    }

    /// Two states by turns, each visit of two looks and a geometric number more, so that none is too
    /// short to be seen: what is measured, and how often it is within one and two errors of what is
    /// known of them.
    #[test]
    fn errors_cover_what_is_known_of_two_states() {
        const RUNS: u64 = 400;
        const LOOKS: u64 = 20_000;
        let lives = [20.0, 60.0];
        let known = [0.25, 1.0, -2.0, 40.0];
        let mut within = [[0.0; 2]; 4];
        let mut counted = [0.0; 4];
        for run in 0..RUNS {
            let mut stream = Stream::new(run, 1);
            let mut regimes = Regimes::new(1.0);
            let mut place = usize::from(stream.unit() > known[0]);
            let mut looks = 0;
            for _ in 0..LOOKS {
                let noise = 4.0 * (stream.unit() - 0.5);
                let (state, mean) = [(State::TwoBumps, 1.0), (State::FourBumps, -2.0)][place];
                regimes.look(look(state, mean + noise));
                looks += 1;
                if looks > 1 && stream.unit() < 1.0 / (lives[place] - 1.0) {
                    (place, looks) = (1 - place, 0);
                }
            }
            let found = [
                regimes.share(State::TwoBumps),
                regimes.current(State::TwoBumps),
                regimes.current(State::FourBumps),
                regimes.between_changes(),
            ];
            for (i, estimate) in found.iter().enumerate() {
                let Some(error) = estimate.error else {
                    continue;
                };
                let off = (estimate.mean.unwrap() - known[i]).abs();
                counted[i] += 1.0;
                within[i][0] += f64::from(u8::from(off < error));
                within[i][1] += f64::from(u8::from(off < 2.0 * error));
            }
        }
        // Four quantities at two bars: none is beyond 4 σ of its count but once in 2000 tests.
        for i in 0..4 {
            assert!(counted[i] > 0.95 * RUNS as f64, "{i}: {counted:?}");
            for (bar, share) in [(0, 0.6827), (1, 0.9545)] {
                let n: f64 = counted[i];
                let sigma = (n * share * (1.0 - share)).sqrt();
                let z = (within[i][bar] - n * share) / sigma;
                assert!(
                    z.abs() < 4.0,
                    "{i}, {bar}: {z:.1} σ, {}",
                    within[i][bar] / n
                );
            }
        }
    }

    /// What has too few visits has no error, and says why.
    #[test]
    fn few_visits_give_no_error() {
        let mut regimes = Regimes::new(16.0);
        let turn = |regimes: &mut Regimes, state, n: u32| {
            for i in 0..n {
                regimes.look(look(state, f64::from(i % 3)));
            }
        };
        turn(&mut regimes, State::TwoBumps, 400);
        turn(&mut regimes, State::FourBumps, 400);
        turn(&mut regimes, State::TwoBumps, 400);
        let share = regimes.share(State::TwoBumps);
        assert!((share.mean.unwrap() - 800.0 / 1200.0).abs() < 1e-12);
        assert_eq!(share.error, None);
        assert!(share.reason.unwrap().contains("visits"));
        assert!(regimes.between_changes().error.is_none());
        assert_eq!(regimes.between_changes().mean, Some(16.0 * 600.0));
        // J in a state hangs on the time there alone.
        assert!(regimes.current(State::TwoBumps).error.is_some());
        let constant = regimes.interfaces();
        assert_eq!((constant.mean, constant.error), (Some(3.0), None));
    }
}
