//! A lattice of up to 16 sites, its configurations and moves, written from the definition
//! of the model.

use crate::params::{Boundary, Initial, Params, Reservoirs};

/// Spins as bits: the bit x·Ly + y, both from zero, is set where the spin is up.
pub type State = u32;

/// One thing that may happen to a configuration.
#[derive(Clone, Copy, Debug)]
pub enum Move {
    /// Two neighbours exchange their spins. A horizontal bond has its left site first.
    Exchange {
        /// The left, or the lower, site.
        first: u32,
        /// The right, or the upper, site.
        second: u32,
        /// Whether a + spin that goes from `first` to `second` goes to the right.
        horizontal: bool,
    },
    /// The left reservoir flips a spin of the first column.
    LeftFlip(u32),
    /// The right reservoir flips a spin of the last column.
    RightFlip(u32),
}

/// A lattice small enough for its configurations to be enumerated.
#[derive(Clone, Debug)]
pub struct SmallLattice {
    pub(super) params: Params,
    moves: Vec<Move>,
}

impl SmallLattice {
    /// The lattice of `params`, whose dynamics, seed and initial datum play no part.
    ///
    /// # Panics
    /// With more than 16 sites.
    pub fn new(params: &Params) -> Self {
        assert!(params.lx * params.ly <= 16, "at most 2^16 states");
        let mut lattice = Self {
            params: params.clone(),
            moves: Vec::new(),
        };
        lattice.moves = lattice.all_moves();
        lattice
    }

    /// The number of sites.
    pub fn sites(&self) -> u32 {
        self.params.lx * self.params.ly
    }

    /// Every move that has a clock.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    fn all_moves(&self) -> Vec<Move> {
        let (lx, ly) = (self.params.lx, self.params.ly);
        let mut moves = Vec::new();
        for x in 0..lx {
            for y in 0..ly {
                let first = self.site(x, y);
                if x + 1 < lx {
                    moves.push(Move::Exchange {
                        first,
                        second: self.site(x + 1, y),
                        horizontal: true,
                    });
                }
                moves.push(Move::Exchange {
                    first,
                    second: self.site(x, y + 1),
                    horizontal: false,
                });
            }
        }
        if self.params.reservoirs.flip() {
            moves.extend((0..ly).map(|y| Move::LeftFlip(self.site(0, y))));
            moves.extend((0..ly).map(|y| Move::RightFlip(self.site(lx - 1, y))));
        }
        moves
    }

    /// The site (x, y), where y is periodic.
    fn site(&self, x: u32, y: u32) -> u32 {
        x * self.params.ly + y % self.params.ly
    }

    /// The bonds of the lattice, each unordered pair once.
    fn bond_energy(&self, state: State) -> i32 {
        let (lx, ly) = (self.params.lx, self.params.ly);
        let mut energy = 0;
        for x in 0..lx {
            for y in 0..ly {
                let here = spin(state, self.site(x, y));
                energy -= here * spin(state, self.site(x, y + 1));
                if x + 1 < lx {
                    energy -= here * spin(state, self.site(x + 1, y));
                }
            }
        }
        energy
    }

    /// The end columns of `state` in the field of their outer neighbours, when
    /// these have the values they have in `walls`.
    fn wall_energy(&self, state: State, walls: State) -> i32 {
        let (first, last, ly) = (0, self.params.lx - 1, self.params.ly);
        (0..ly)
            .map(|y| {
                let (left, right) = match self.params.boundary {
                    Boundary::Fixed => (-1, 1),
                    Boundary::Shifted(s) => (
                        spin(walls, self.site(first, y + ly - s)),
                        spin(walls, self.site(last, y + ly - s)),
                    ),
                };
                -spin(state, self.site(first, y)) * left - spin(state, self.site(last, y)) * right
            })
            .sum()
    }

    /// H as an observable: lattice bonds and walls, each pair once.
    pub fn energy(&self, state: State) -> i32 {
        let walls = self.wall_energy(state, state);
        let seen_from_both_ends = self.params.boundary == Boundary::Shifted(self.params.ly / 2)
            && self.params.ly.is_multiple_of(2);
        self.bond_energy(state)
            + if seen_from_both_ends {
                walls / 2
            } else {
                walls
            }
    }

    /// The change of energy that decides a rate: the outer spins are spectators
    /// and keep the values that they have before the move.
    fn energy_difference(&self, before: State, after: State) -> i32 {
        self.bond_energy(after) - self.bond_energy(before) + self.wall_energy(after, before)
            - self.wall_energy(before, before)
    }

    /// Where `change` leads from `state`: to `state` itself when two like spins
    /// are exchanged.
    pub fn after(&self, state: State, change: Move) -> State {
        match change {
            Move::Exchange { first, second, .. } if spin(state, first) != spin(state, second) => {
                state ^ (1 << first) ^ (1 << second)
            }
            Move::Exchange { .. } => state,
            Move::LeftFlip(site) | Move::RightFlip(site) => state ^ (1 << site),
        }
    }

    /// The rate of `change` in `state`; 0 if it changes nothing.
    pub fn rate(&self, state: State, change: Move) -> f64 {
        match change {
            Move::Exchange { .. } => {
                let after = self.after(state, change);
                if after == state {
                    return 0.0;
                }
                let cost = self.energy_difference(state, after).max(0);
                libm::exp(-self.params.beta * f64::from(cost))
            }
            Move::LeftFlip(site) => self.flip_rate(state, site, self.params.m_left),
            Move::RightFlip(site) => self.flip_rate(state, site, self.params.m_right),
        }
    }

    /// The rate at which the reservoir of magnetization `m` flips a spin.
    fn flip_rate(&self, state: State, site: u32, m: f64) -> f64 {
        let sigma = f64::from(spin(state, site));
        let asked = match self.params.reservoirs {
            Reservoirs::Balanced => {
                // ΔH = 2σh.
                let cost = self.energy_difference(state, state ^ (1 << site));
                let h = sigma * f64::from(cost) / 2.0;
                libm::tanh(self.params.beta * h + libm::atanh(m))
            }
            Reservoirs::On | Reservoirs::Off => m,
        };
        (1.0 - sigma * asked) / 2.0
    }

    /// ΔH of a move, as the rates have it.
    pub fn cost(&self, state: State, change: Move) -> i32 {
        self.energy_difference(state, self.after(state, change))
    }

    /// The configurations that the process can be in, in increasing order: all
    /// of them, or with the reservoirs off those with as many pluses as the
    /// initial datum has.
    pub fn states(&self) -> Vec<State> {
        let all = 0..1 << self.sites();
        if self.params.reservoirs.flip() {
            all.collect()
        } else {
            let pluses = self.initial_pluses();
            all.filter(|state: &State| state.count_ones() == pluses)
                .collect()
        }
    }

    /// The configuration moved by one site along y.
    fn translated(&self, state: State) -> State {
        let ly = self.params.ly;
        (0..self.params.lx).fold(0, |moved, x| {
            let column = state >> (x * ly) & ((1 << ly) - 1);
            let turned = (column << 1 | column >> (ly - 1)) & ((1 << ly) - 1);
            moved | turned << (x * ly)
        })
    }

    /// The `ly` translations of a configuration along y, itself first.
    pub(super) fn translations(&self, state: State) -> impl Iterator<Item = State> {
        std::iter::successors(Some(state), |&state| Some(self.translated(state)))
            .take(self.params.ly as usize)
    }

    /// The smallest of the translations of a configuration.
    pub(super) fn representative(&self, state: State) -> State {
        self.translations(state).min().unwrap_or(state)
    }

    /// The number of different translations of a configuration, if it is the
    /// smallest of them.
    pub(super) fn orbit_size(&self, state: State) -> Option<u32> {
        let all = self.params.ly;
        if self.translations(state).any(|other| other < state) {
            return None;
        }
        // Each of the different ones is there as often as this one.
        let same = self.translations(state).filter(|&other| other == state);
        Some(all / same.count() as u32)
    }

    fn initial_pluses(&self) -> u32 {
        let (lx, ly) = (self.params.lx, self.params.ly);
        match self.params.initial {
            Initial::Step => (lx - lx / 2) * ly,
            Initial::Stripe(width) => width * ly,
            Initial::Random => self.sites() / 2,
            Initial::Plus => self.sites(),
            Initial::Minus => 0,
        }
    }

    /// The mean magnetization of each column.
    pub fn profile(&self, state: State) -> Vec<f64> {
        let ly = self.params.ly;
        (0..self.params.lx)
            .map(|x| {
                let sum: i32 = (0..ly).map(|y| spin(state, self.site(x, y))).sum();
                f64::from(sum) / f64::from(ly)
            })
            .collect()
    }
}

/// The spin of a site, ±1.
pub fn spin(state: State, site: u32) -> i32 {
    if state >> site & 1 == 1 { 1 } else { -1 }
}

/// The configuration whose site number i is up where bit 0 of the byte number i is set.
pub fn configuration(sites: &[u8]) -> State {
    (0..).zip(sites).fold(0, |state, (site, byte)| {
        state | State::from(byte & 1) << site
    })
}
