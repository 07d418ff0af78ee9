//! How the points of a figure are marked, and what can be read off them.

use super::phrases::known;
use crate::measure::state::State;
use crate::plot::marks::{Mark, Symbol};
use crate::plot::{Theme, colour};
use crate::scan::results::Group;
use plotters::style::RGBColor;
use serde::Serialize;

/// A point of a picture, to be read off or opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Marker {
    /// Pixels from the left.
    pub x: i32,
    /// Pixels from the top.
    pub y: i32,
    /// The number of the experiment's point.
    pub point: usize,
    /// Its values in words.
    pub text: String,
}

/// The mark and the colour of a state.
pub(super) fn look(theme: &Theme, state: Option<State>) -> (Symbol, RGBColor) {
    let (symbol, hue) = match state {
        Some(State::Step) | None => (Symbol::Circle, &theme.plus),
        Some(State::Bump | State::MirrorBump) => (Symbol::Triangle, &theme.second),
        Some(State::TwoBumps) => (Symbol::Diamond, &theme.ink),
        Some(State::FourBumps) => (Symbol::Square, &theme.second),
        Some(State::SideBySide) => (Symbol::Down, &theme.plus),
        Some(State::Other) => (Symbol::Square, &theme.faint),
    };
    (symbol, colour(hue))
}

/// How the values of a state are drawn.
pub(super) fn mark_of(theme: &Theme, state: Option<State>) -> Mark {
    let (symbol, colour) = look(theme, state);
    Mark {
        symbol,
        colour,
        hollow: false,
        crossed: false,
    }
}

/// How the points of a state are drawn.
pub(super) fn mark(theme: &Theme, group: &Group) -> Mark {
    let (symbol, colour) = look(theme, group.state);
    Mark {
        symbol,
        colour,
        hollow: group.ended < group.replicas,
        crossed: known(&group.current).is_none(),
    }
}

/// Lengths in text sizes.
pub(super) trait Ems {
    /// A number of pixels in text sizes.
    fn ems(&self, pixels: u32) -> f64;
}

impl Ems for Theme {
    fn ems(&self, pixels: u32) -> f64 {
        f64::from(pixels) / (self.size * self.scale).max(1.0)
    }
}
