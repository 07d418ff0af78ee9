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

impl State {
    /// All of them.
    pub const ALL: [State; 5] = [
        State::Step,
        State::Bump,
        State::MirrorBump,
        State::TwoBumps,
        State::Other,
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
        let largest = profile.iter().fold(0.0, |top: f64, m| top.max(m.abs()));
        let mut phases = (1..)
            .map(f64::from)
            .zip(profile)
            .filter(|(_, m)| m.abs() >= PHASE * largest && largest > 0.0);
        let Some((mut x, mut last)) = phases.next() else {
            return State::Other;
        };
        let from_minus = *last < 0.0;
        let mut interfaces = Vec::new();
        for (at, m) in phases {
            if (*m < 0.0) != (*last < 0.0) {
                interfaces.push((x + at) / 2.0);
            }
            (x, last) = (at, m);
        }
        let columns = profile.len() as f64;
        let wall = reach * WALL_COLUMNS.max(WALL_SHARE * columns);
        let place = |at: f64| {
            if at <= wall {
                Place::Left
            } else if at >= columns + 1.0 - wall {
                Place::Right
            } else {
                Place::Middle
            }
        };
        let places: Vec<Place> = interfaces.into_iter().map(place).collect();
        match (from_minus, &places[..]) {
            (true, [Place::Middle]) => State::Step,
            (true, [Place::Left]) => State::Bump,
            (true, [Place::Right]) => State::MirrorBump,
            (true, [Place::Left, Place::Middle, Place::Right]) => State::TwoBumps,
            _ => State::Other,
        }
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
            State::Step | State::Other => None,
        }
    }

    /// Their names in files and for the page.
    pub const KEYS: [&str; 5] = [
        State::Step.key(),
        State::Bump.key(),
        State::MirrorBump.key(),
        State::TwoBumps.key(),
        State::Other.key(),
    ];

    /// Its name in files and for the page, the same in every language.
    pub const fn key(self) -> &'static str {
        match self {
            State::Step => "step",
            State::Bump => "bump",
            State::MirrorBump => "mirror-bump",
            State::TwoBumps => "two-bumps",
            State::Other => "other",
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
}
