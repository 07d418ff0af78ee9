//! The state that a run is in: how its phases are arranged, read off a profile.
//!
//! Below the transition several arrangements live long. Which one a run is in is
//! told by its interfaces, the places where the column magnetization changes sign:
//! in the middle, at the left wall, at the right wall.

use crate::words::measure as words;
use serde::{Deserialize, Serialize};

/// An arrangement of the two phases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(all(test, feature = "experiments"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// One interface away from the walls: − on the left, + on the right.
    Step,
    /// The interface stands at the left wall, and + fills the lattice.
    Bump,
    /// Its mirror image, (x, σ) → (Lx+1−x, −σ): − fills the lattice.
    MirrorBump,
    /// Interfaces at both walls, and one between them: + on the left, − on the right.
    TwoBumps,
    /// None of these.
    Other,
    /// Five interfaces, one behind another: a bump and its opposite on either side of the middle.
    FourBumps,
    /// Both phases in the same columns: as stripes from wall to wall, as an island, or while one
    /// arrangement becomes another.
    SideBySide,
}

/// A column counts as of a phase when its magnetization is this share of the largest.
const PHASE: f64 = 0.5;
/// An interface comes to a wall when it is within this share of Lx …
const WALL_SHARE: f64 = 1.0 / 16.0;
/// … or within so many columns.
const WALL_COLUMNS: f64 = 2.5;
/// It leaves the wall at so many times that distance, so that one that hovers there does not
/// change its state at every look.
const LEAVING: f64 = 2.0;
/// The phases lie beside each other where so large a share of Lx, in one piece, is of neither …
const BESIDE_SHARE: f64 = 0.25;
/// … and so many columns at least …
const BESIDE_COLUMNS: f64 = 4.0;
/// … until it is less than this part of that.
const BESIDE_LEFT: f64 = 0.5;

impl State {
    /// All of them.
    pub const ALL: [State; 7] = [
        State::Step,
        State::Bump,
        State::MirrorBump,
        State::TwoBumps,
        State::Other,
        State::FourBumps,
        State::SideBySide,
    ];

    /// The state of a profile m(1)…m(Lx), best an average over a time in which an
    /// interface does not move far.
    ///
    /// # Example
    /// ```
    /// use uphill::measure::state::State;
    /// let step: Vec<f64> = (1..=40).map(|x| if x <= 17 { -0.99 } else { 0.99 }).collect();
    /// assert_eq!(State::of(&step), State::Step);
    /// ```
    pub fn of(profile: &[f64]) -> State {
        State::with_walls(profile, 1.0)
    }

    /// The state of a profile when the run was in `before`: an interface that was at a wall
    /// stays there until it is clearly away.
    pub fn after(before: State, profile: &[f64]) -> State {
        let seen = State::of(profile);
        if seen != before && State::with_walls(profile, LEAVING) == before {
            before
        } else {
            seen
        }
    }

    /// The state, with walls that reach so many times as far.
    fn with_walls(profile: &[f64], reach: f64) -> State {
        let domains = Domains::of(profile, [0.0; 2]);
        let places: Vec<Place> = domains.places(profile.len(), reach).collect();
        match (domains.from_minus, &places[..]) {
            (true, [Place::Middle]) => State::Step,
            (true, [Place::Left]) => State::Bump,
            (true, [Place::Right]) => State::MirrorBump,
            (true, [Place::Left, Place::Middle, Place::Right]) => State::TwoBumps,
            _ => State::Other,
        }
    }

    /// The state of a profile between reservoirs, told more finely, when the run was in `before`,
    /// and the number of interfaces from one reservoir to the other.
    ///
    /// `ends` are the magnetizations of both reservoirs, of which only the signs count; 0 where
    /// there is none. A reservoir is as a column of its phase, so that an interface between it and
    /// the lattice counts however thin a layer is left there. Of three interfaces and more the
    /// number decides, not the place: [`TwoBumps`](State::TwoBumps) has three,
    /// [`FourBumps`](State::FourBumps) five. In [`SideBySide`](State::SideBySide) the phases are beside
    /// each other and not one behind another, and the number tells little.
    ///
    /// # Example
    /// ```
    /// use uphill::measure::state::State;
    /// let pattern = "-+++----------------++++++++++++++++---+";
    /// let profile: Vec<f64> = pattern.chars().map(|c| if c == '-' { -0.99 } else { 0.99 }).collect();
    /// assert_eq!(State::between([-0.9, 0.9], &profile, None), (State::FourBumps, 5));
    /// ```
    pub fn between(ends: [f64; 2], profile: &[f64], before: Option<State>) -> (State, u32) {
        // Where the left reservoir asks for more, all is the other way round.
        let turned: Vec<f64>;
        let (ends, profile) = if ends[0] > ends[1] {
            turned = profile.iter().map(|m| -m).collect();
            (ends.map(|m| -m), &turned[..])
        } else {
            (ends, profile)
        };
        let domains = Domains::of(profile, ends);
        let number = domains.interfaces.len() as u32;
        let told = |reach: f64, part: f64| {
            let columns = profile.len() as f64;
            let least = BESIDE_COLUMNS.max(BESIDE_SHARE * columns) * part;
            let mut places = domains.places(profile.len(), reach);
            match (domains.from_minus, number) {
                _ if domains.mixed >= least => State::SideBySide,
                (true, 1) => match places.next() {
                    Some(Place::Left) => State::Bump,
                    Some(Place::Right) => State::MirrorBump,
                    _ => State::Step,
                },
                (true, 3) => State::TwoBumps,
                (true, 5) => State::FourBumps,
                _ => State::Other,
            }
        };
        let seen = told(1.0, 1.0);
        let stays = before.filter(|before| told(LEAVING, BESIDE_LEFT) == *before);
        (stays.unwrap_or(seen), number)
    }

    /// The state's mirror image under (x, σ) → (Lx+1−x, −σ).
    pub fn mirrored(self) -> State {
        match self {
            State::Bump => State::MirrorBump,
            State::MirrorBump => State::Bump,
            other => other,
        }
    }

    /// The state or its mirror image, whichever is + rich: with m₋ = −m₊ both have the same J.
    pub fn up_to_mirror(self) -> State {
        match self {
            State::MirrorBump => State::Bump,
            other => other,
        }
    }

    /// The peak of a bump in a profile m(1)…m(Lx) of this state: its column, from 1, and the
    /// profile there. It is looked for on the + rich side, of two bumps on the left; a mirrored
    /// bump is first mapped to its image. None if the state has no bump.
    ///
    /// # Example
    /// ```
    /// use uphill::measure::state::State;
    /// assert_eq!(State::Bump.peak(&[-0.9, 0.91, 0.93, 0.92]), Some((3, 0.93)));
    /// assert_eq!(State::MirrorBump.peak(&[-0.92, -0.93, -0.91, 0.9]), Some((3, 0.93)));
    /// assert_eq!(State::Step.peak(&[-0.9, -0.9, 0.9, 0.9]), None);
    /// ```
    pub fn peak(self, profile: &[f64]) -> Option<(usize, f64)> {
        let highest = |m: &mut dyn Iterator<Item = f64>| {
            (1..)
                .zip(m)
                .max_by(|a: &(usize, f64), b| a.1.total_cmp(&b.1))
        };
        match self {
            State::Bump => highest(&mut profile.iter().copied()),
            State::MirrorBump => highest(&mut profile.iter().rev().map(|m| -m)),
            State::TwoBumps => highest(&mut profile[..profile.len() / 2].iter().copied()),
            State::Step | State::Other | State::FourBumps | State::SideBySide => None,
        }
    }

    /// Their names in files and for the page.
    pub const KEYS: [&str; 7] = [
        State::Step.key(),
        State::Bump.key(),
        State::MirrorBump.key(),
        State::TwoBumps.key(),
        State::Other.key(),
        State::FourBumps.key(),
        State::SideBySide.key(),
    ];

    /// Its name in files and for the page, the same in every language.
    pub const fn key(self) -> &'static str {
        match self {
            State::Step => "step",
            State::Bump => "bump",
            State::MirrorBump => "mirror-bump",
            State::TwoBumps => "two-bumps",
            State::Other => "other",
            State::FourBumps => "four-bumps",
            State::SideBySide => "side-by-side",
        }
    }

    /// Its name in words.
    pub fn name(self) -> &'static str {
        match self {
            State::Step => words::STEP,
            State::Bump => words::ONE_BUMP,
            State::MirrorBump => words::ONE_BUMP_MIRRORED,
            State::TwoBumps => words::TWO_BUMPS,
            State::Other => words::OTHER_STATE,
            State::FourBumps => words::FOUR_BUMPS,
            State::SideBySide => words::SIDE_BY_SIDE,
        }
        .said()
    }
}

#[derive(Clone, Copy)]
enum Place {
    Left,
    Middle,
    Right,
}

/// Where the phases meet along a profile.
struct Domains {
    /// Whether the first of them is −.
    from_minus: bool,
    /// Between which columns, from 1, one phase changes to the other.
    interfaces: Vec<f64>,
    /// The most columns in a row that are of neither phase.
    mixed: f64,
}

impl Domains {
    /// Of a profile between reservoirs of the magnetizations `ends`, 0 where they do not count.
    fn of(profile: &[f64], ends: [f64; 2]) -> Self {
        let largest = profile.iter().fold(0.0, |top: f64, m| top.max(m.abs()));
        let mut domains = Domains {
            from_minus: false,
            interfaces: Vec::new(),
            mixed: 0.0,
        };
        let after = profile.len() as f64 + 1.0;
        let columns = (1..).map(f64::from).zip(profile.iter().copied());
        let is_phase = |m: f64| m.abs() >= PHASE * largest && largest > 0.0;
        let all = [(0.0, ends[0])]
            .into_iter()
            .chain(columns.filter(|(_, m)| is_phase(*m)))
            .chain([(after, ends[1])]);
        let mut before: Option<(f64, f64)> = None;
        for (x, m) in all {
            if m == 0.0 {
                continue;
            }
            match before {
                None => domains.from_minus = m < 0.0,
                Some((last, of)) => {
                    if (m < 0.0) != (of < 0.0) {
                        domains.interfaces.push((last + x) / 2.0);
                    }
                    domains.mixed = domains.mixed.max(x - last - 1.0);
                }
            }
            before = Some((x, m));
        }
        domains
    }

    /// Where the interfaces stand among so many columns, with walls that reach so many times as far.
    fn places(&self, columns: usize, reach: f64) -> impl Iterator<Item = Place> {
        let columns = columns as f64;
        let wall = reach * WALL_COLUMNS.max(WALL_SHARE * columns);
        self.interfaces.iter().map(move |&at| {
            if at <= wall {
                Place::Left
            } else if at >= columns + 1.0 - wall {
                Place::Right
            } else {
                Place::Middle
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile of 40 columns, a character for each: -, m, p or + as the magnetization rises.
    fn of(text: &str) -> State {
        let m = |c| match c {
            '-' => -0.99,
            'm' => -0.4,
            'p' => 0.4,
            _ => 0.99,
        };
        let profile: Vec<f64> = text.chars().map(m).collect();
        assert_eq!(profile.len(), 40);
        State::of(&profile)
    }

    /// Profiles as runs of the model show them.
    #[test]
    fn states_are_told_by_their_interfaces() {
        for (text, state) in [
            ("------------------mmpp++++++++++++++++++", State::Step),
            ("------------------------------mmpp++++++", State::Step),
            (
                "-------------------------------------mp+",
                State::MirrorBump,
            ),
            ("-mp+++++++++++++++++++++++++++++++++++++", State::Bump),
            ("-p++++++++++++++++++pm----------------m+", State::TwoBumps),
            ("+++++++++++++++++++++++++++++++++++++++-", State::Other),
            ("++++++++++++++++++++++++++++++++++++++++", State::Other),
            ("++++++++++++++++++++--------------------", State::Other),
        ] {
            assert_eq!(of(text), state, "{text}");
            let turned = |c| match c {
                '-' => '+',
                'm' => 'p',
                'p' => 'm',
                _ => '-',
            };
            let mirror: String = text.chars().rev().map(turned).collect();
            assert_eq!(of(&mirror), state.mirrored(), "{mirror}");
        }
        let hovering: Vec<f64> = (1..=40)
            .map(|x| if x <= 36 { -0.99 } else { 0.99 })
            .collect();
        assert_eq!(State::of(&hovering), State::Step);
        assert_eq!(State::after(State::Step, &hovering), State::Step);
        assert_eq!(
            State::after(State::MirrorBump, &hovering),
            State::MirrorBump
        );
        assert_eq!(State::after(State::TwoBumps, &hovering), State::Step);
        assert_eq!(State::of(&[]), State::Other);
        assert_eq!(State::of(&[0.0; 8]), State::Other);
    }

    fn profile(text: &str) -> Vec<f64> {
        let m = |c| match c {
            '-' => -0.99,
            'm' => -0.2,
            'p' => 0.2,
            _ => 0.99,
        };
        text.chars().map(m).collect()
    }

    /// Profiles as runs of the model show them, and their mirror images.
    #[test]
    fn between_reservoirs_the_number_of_interfaces_tells() {
        for (text, state, interfaces) in [
            ("--------------------++++++++++++++++++++", State::Step, 1),
            ("-mp+++++++++++++++++++++++++++++++++++++", State::Bump, 1),
            (
                "-p++++++++++++++++++pm----------------m+",
                State::TwoBumps,
                3,
            ),
            // The middle interface at a wall, and no column left of a wall's own phase.
            (
                "mp+++++++++++++++++++++++++++++++++++-mp",
                State::TwoBumps,
                3,
            ),
            (
                "-++m---------------mp+++++++++++++++p--+",
                State::FourBumps,
                5,
            ),
            (
                "m++m---------------mp+++++++++++++++p--p",
                State::FourBumps,
                5,
            ),
            ("-++--++------------mp+++++++++++++++p--+", State::Other, 7),
            (
                "-+++pppppmmpppppppppppppppppmmmm-------+",
                State::SideBySide,
                3,
            ),
        ] {
            let told = State::between([-0.5, 0.5], &profile(text), None);
            assert_eq!(told, (state, interfaces), "{text}");
            let mirror: Vec<f64> = profile(text).iter().rev().map(|m| -m).collect();
            let mirrored = State::between([-0.5, 0.5], &mirror, None);
            assert_eq!(mirrored, (state.mirrored(), interfaces), "{text}");
            // With the reservoirs exchanged all is the other way round.
            let opposite: Vec<f64> = profile(text).iter().map(|m| -m).collect();
            let told = State::between([0.5, -0.5], &opposite, None);
            assert_eq!(told, (state, interfaces), "{text}");
        }
        assert_eq!(State::between([0.0; 2], &[0.0; 8], None).0, State::Other);
        assert_eq!(State::between([0.0; 2], &[], None), (State::Other, 0));
    }

    /// Ten columns of neither phase are side by side; seven stay so, and do not become so.
    #[test]
    fn what_is_side_by_side_stays_so_for_a_while() {
        let seven = profile("-++++++++++++++ppppppp-----------------+");
        let ends = [-0.5, 0.5];
        let after = |before| State::between(ends, &seven, before).0;
        assert_eq!(after(None), State::TwoBumps);
        assert_eq!(after(Some(State::SideBySide)), State::SideBySide);
        assert_eq!(after(Some(State::FourBumps)), State::TwoBumps);
    }
}
