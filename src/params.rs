//! What can be chosen of a run, and what is allowed.

use crate::words;
use std::fmt;

/// Smallest Lx and Ly that a run may have.
pub const SIZE_MIN: u32 = 4;
/// Largest Lx and Ly that a run may have.
pub const SIZE_MAX: u32 = 512;
/// Largest inverse temperature. There e^{−12β} is 10⁻⁵², far from underflow.
pub const BETA_MAX: f64 = 10.0;
/// Largest seed: the largest integer below which every integer is a JavaScript number.
pub const SEED_MAX: u64 = (1 << 53) - 1;

/// The outer neighbours of the two end columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boundary {
    /// Walls: σ(0, y) = −1 and σ(Lx+1, y) = +1.
    Fixed,
    /// The outer neighbour of (1, y) is (1, y−s), that of (Lx, y) is (Lx, y−s),
    /// read one way; 1 ≤ s ≤ Ly−1.
    Shifted(u32),
}

impl Boundary {
    /// The names of both in a link.
    pub const KEYS: [&str; 2] = ["fixed", "shifted"];

    /// Its name in a link.
    pub fn key(self) -> &'static str {
        match self {
            Boundary::Fixed => Boundary::KEYS[0],
            Boundary::Shifted(_) => Boundary::KEYS[1],
        }
    }

    /// s; none of a fixed one.
    pub fn shift(self) -> Option<u32> {
        match self {
            Boundary::Fixed => None,
            Boundary::Shifted(s) => Some(s),
        }
    }
}

/// What flips the spins of the end columns.
///
/// # Balanced reservoirs
/// A control experiment: a spin σ of column 1, whose four energy neighbours (the outer one
/// included) add up to h, flips at rate (1 − σ tanh(βh + h′))/2 with h′ = artanh m₋, one of column
/// Lx with artanh m₊; |m| = 1 is the limit. So its flips are in detailed balance with an energy
/// −h′σ beside H, and m names the field of the reservoir, not the magnetization that it asks
/// for. At m₊ = m₋ and with H a function of the spins (fixed walls, or s = Ly/2) the whole is in
/// equilibrium, with Gibbs weights e^{−βH + h′Σσ}. At β = 0 they are the usual reservoirs.
///
/// This is our reading of the “DB” (detailed balance) of Colangeli, Giberti, Vernia and Kröger,
/// arXiv 1903.11300, whose rates could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reservoirs {
    /// The letter's: a spin σ flips at rate (1 − σm)/2, whatever its neighbours are.
    On,
    /// Nothing does: the set-up of the equilibrium.
    Off,
    /// They know the energy: the control experiment.
    Balanced,
}

impl Reservoirs {
    /// All, the usual ones first.
    pub const ALL: [Reservoirs; 3] = [Reservoirs::On, Reservoirs::Off, Reservoirs::Balanced];
    /// Their names in a link.
    pub const KEYS: [&str; 3] = [
        Reservoirs::On.key(),
        Reservoirs::Off.key(),
        Reservoirs::Balanced.key(),
    ];

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Reservoirs::On => "on",
            Reservoirs::Off => "off",
            Reservoirs::Balanced => "balanced",
        }
    }

    /// Whether spins of the end columns flip.
    pub const fn flip(self) -> bool {
        !matches!(self, Reservoirs::Off)
    }
}

/// How the Poisson clocks of the moves are realised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dynamics {
    /// Rejection-free kinetic Monte Carlo.
    Kinetic,
    /// One move of all at random, performed with probability equal to its rate.
    Metropolis,
}

impl Dynamics {
    /// Both, the usual one first.
    pub const ALL: [Dynamics; 2] = [Dynamics::Kinetic, Dynamics::Metropolis];
    /// Their names in a link.
    pub const KEYS: [&str; 2] = [Dynamics::Kinetic.key(), Dynamics::Metropolis.key()];

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Dynamics::Kinetic => "kinetic",
            Dynamics::Metropolis => "metropolis",
        }
    }
}

/// The configuration at t = 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initial {
    /// The paper's: −1 for x ≤ Lx/2, +1 to the right of it.
    Step,
    /// Lx·Ly/2 (rounded down) plus spins, at random places.
    Random,
    /// All spins plus.
    Plus,
    /// All spins minus.
    Minus,
    /// A vertical stripe of plus, of the given width, centred (one column left of
    /// the centre when that cannot be exact), in minus.
    Stripe(u32),
}

impl Initial {
    /// The names of all in a link, the usual one first.
    pub const KEYS: [&str; 5] = ["step", "random", "plus", "minus", "stripe"];

    /// Its name in a link.
    pub fn key(self) -> &'static str {
        match self {
            Initial::Step => Initial::KEYS[0],
            Initial::Random => Initial::KEYS[1],
            Initial::Plus => Initial::KEYS[2],
            Initial::Minus => Initial::KEYS[3],
            Initial::Stripe(_) => Initial::KEYS[4],
        }
    }

    /// The width of a stripe; none of any other.
    pub fn width(self) -> Option<u32> {
        match self {
            Initial::Stripe(width) => Some(width),
            _ => None,
        }
    }
}

/// All that determines a run.
///
/// # Example
/// ```
/// use uphill::params::Params;
/// let params = Params { m_right: 0.9995, m_left: -0.9995, ..Params::default() };
/// assert!(params.validate().is_ok());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// Columns, 4…512.
    pub lx: u32,
    /// Rows, 4…512; y is periodic.
    pub ly: u32,
    /// Inverse temperature in units of the coupling, 0…10.
    pub beta: f64,
    /// Magnetization m₊ of the right reservoir, −1…1.
    pub m_right: f64,
    /// Magnetization m₋ of the left reservoir, −1…1.
    pub m_left: f64,
    /// Outer neighbours of the end columns.
    pub boundary: Boundary,
    /// What flips the spins of the end columns, if anything does.
    pub reservoirs: Reservoirs,
    /// Kinetic Monte Carlo or Metropolis.
    pub dynamics: Dynamics,
    /// The initial datum.
    pub initial: Initial,
    /// Seed of the random stream, 0…2⁵³−1.
    pub seed: u64,
}

impl Default for Params {
    /// What an empty link means, with seed 0.
    fn default() -> Self {
        Params {
            lx: 40,
            ly: 40,
            beta: 1.0,
            m_right: 0.999,
            m_left: -0.999,
            boundary: Boundary::Fixed,
            reservoirs: Reservoirs::On,
            dynamics: Dynamics::Kinetic,
            initial: Initial::Step,
            seed: 0,
        }
    }
}

/// A value that is not allowed: which, what it was, and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The key as it stands in a link.
    pub key: String,
    /// The offending value as it was given.
    pub value: String,
    /// What would be allowed.
    pub allowed: String,
}

impl Invalid {
    /// `key` was given `value`, but only `allowed` is.
    pub fn new(key: &str, value: impl fmt::Display, allowed: impl fmt::Display) -> Self {
        Invalid {
            key: key.to_owned(),
            value: value.to_string(),
            allowed: allowed.to_string(),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, value, allowed) = (&self.key, &self.value, &self.allowed);
        f.write_str(&words::links::complaint(key, value, allowed))
    }
}

impl std::error::Error for Invalid {}

impl Params {
    /// Checks every field against its range; all complaints at once.
    pub fn validate(&self) -> Result<(), Vec<Invalid>> {
        let mut invalid = self.invalid_values();
        for (key, size) in [("Lx", self.lx), ("Ly", self.ly)] {
            if !(SIZE_MIN..=SIZE_MAX).contains(&size) {
                invalid.push(Invalid::new(key, size, size_allowed()));
            }
        }
        if invalid.is_empty() {
            Ok(())
        } else {
            Err(invalid)
        }
    }

    /// The complaints that do not concern the size.
    pub(crate) fn invalid_values(&self) -> Vec<Invalid> {
        let mut invalid = Vec::new();
        if !(0.0..=BETA_MAX).contains(&self.beta) {
            invalid.push(Invalid::new("beta", self.beta, beta_allowed()));
        }
        for (key, m) in [("m", self.m_right), ("mL", self.m_left)] {
            if !(-1.0..=1.0).contains(&m) {
                invalid.push(Invalid::new(key, m, magnetization_allowed()));
            }
        }
        if let Boundary::Shifted(s) = self.boundary
            && !(1..self.ly).contains(&s)
        {
            invalid.push(Invalid::new("shift", s, shift_allowed(self.ly)));
        }
        if let Initial::Stripe(w) = self.initial
            && !(1..self.lx).contains(&w)
        {
            invalid.push(Invalid::new("width", w, width_allowed(self.lx)));
        }
        if self.seed > SEED_MAX {
            invalid.push(Invalid::new("seed", self.seed, seed_allowed()));
        }
        invalid
    }

    /// How many horizontal bonds there are, across which Q counts: (Lx−1)·Ly.
    pub fn horizontal_bonds(&self) -> f64 {
        f64::from((self.lx - 1) * self.ly)
    }

    /// m₊ − m₋, which is what a current has to climb; 0 without reservoirs.
    pub fn gradient(&self) -> f64 {
        if self.reservoirs.flip() {
            self.m_right - self.m_left
        } else {
            0.0
        }
    }

    /// Whether there is a function of the spins whose differences the moves pay for: with fixed
    /// walls, and with shifted ones where both sites of an outer pair read each other, s = Ly/2.
    pub fn has_energy(&self) -> bool {
        match self.boundary {
            Boundary::Fixed => true,
            Boundary::Shifted(s) => 2 * s == self.ly,
        }
    }

    /// The shift that stands for `bc=shifted` alone: ⌊Ly/4⌋.
    pub fn default_shift(ly: u32) -> u32 {
        ly / 4
    }

    /// The width that stands for `init=stripe` alone: ⌊Lx/2⌋.
    pub fn default_width(lx: u32) -> u32 {
        lx / 2
    }
}

pub(crate) fn size_allowed() -> String {
    words::links::whole_number(SIZE_MIN, SIZE_MAX)
}

pub(crate) fn beta_allowed() -> String {
    words::links::number(0, BETA_MAX)
}

pub(crate) fn magnetization_allowed() -> String {
    words::links::number(-1, 1)
}

pub(crate) fn shift_allowed(ly: u32) -> String {
    words::links::whole_number_below_ly(ly.saturating_sub(1))
}

pub(crate) fn width_allowed(lx: u32) -> String {
    words::links::whole_number_below_lx(lx.saturating_sub(1))
}

pub(crate) fn seed_allowed() -> String {
    words::links::whole_number(0, SEED_MAX)
}
