//! The master equation of lattices of up to 16 sites, solved exactly: the truth that the
//! dynamics are held against, in the tests and on the page.
//!
//! Everything here is written from the definition of the model and shares no
//! code with the dynamics: a configuration is the bits of one integer, an energy
//! is a sum over bonds, and every rate comes from a difference of such energies.
//! The stationary distribution π of the 2^N states (of the conserved sector, with
//! the reservoirs off) solves π_i · Σ_j q_ij = Σ_j π_j q_ji.

mod small_lattice;

pub use small_lattice::{Move, SmallLattice, State, configuration, spin};

use crate::params::{Params, Reservoirs};
use std::collections::BTreeMap;

/// The relative imbalance at which the balance equations count as solved.
const PRECISION: f64 = 1e-13;
/// By how much one refinement reduces the imbalance: two or three of them are needed.
const REDUCTION: f64 = 1e-7;
/// What rounding leaves of it.
const ROUNDING: f64 = 1e-15;
/// By how much it may increase on the way before the refinement starts again.
const GROWTH: f64 = 1e4;
/// Bounds of the work, ten times what the slowest lattice of the tests takes.
const SWEEPS: u32 = 8;
const REFINEMENTS: u32 = 40;
const ITERATIONS: u32 = 2000;

/// The transitions into one orbit: where from, at which rate.
type Inflow = Vec<(u32, f64)>;

/// The generator of the process over the orbits of its states under translations
/// along y, which every boundary and both reservoirs respect.
pub struct MasterEquation {
    lattice: SmallLattice,
    /// The smallest state of each orbit, and the number of states in it.
    orbits: Vec<(State, u32)>,
    outflow: Vec<f64>,
    inflow: Vec<Inflow>,
}

impl MasterEquation {
    /// The generator for `params`.
    pub fn new(params: &Params) -> Self {
        let lattice = SmallLattice::new(params);
        let orbits: Vec<(State, u32)> = lattice
            .states()
            .into_iter()
            .filter_map(|state| lattice.orbit_size(state).map(|size| (state, size)))
            .collect();
        let mut outflow = vec![0.0; orbits.len()];
        let mut inflow = vec![Inflow::new(); orbits.len()];
        for (source, &(state, _)) in orbits.iter().enumerate() {
            for &change in lattice.moves() {
                let target = lattice.representative(lattice.after(state, change));
                let rate = lattice.rate(state, change);
                if rate > 0.0 && target != state {
                    let target = orbits.binary_search_by_key(&target, |orbit| orbit.0);
                    let target = target.expect("moves stay within the enumerated states");
                    outflow[source] += rate;
                    inflow[target].push((source as u32, rate));
                }
            }
        }
        Self {
            lattice,
            orbits,
            outflow,
            inflow,
        }
    }

    /// The stationary distribution; none if the balance equations resist.
    pub fn stationary(&self) -> Option<Vec<f64>> {
        let mut pi: Vec<f64> = self
            .orbits
            .iter()
            .map(|&(_, size)| f64::from(size))
            .collect();
        for _ in 0..REFINEMENTS {
            (0..SWEEPS).for_each(|_| self.sweep(&mut pi));
            normalise(&mut pi);
            if self.imbalance(&pi) < PRECISION {
                return Some(pi);
            }
            self.refine(&mut pi);
        }
        None
    }

    /// Σ_i |Σ_j π_j q_ji − π_i Σ_j q_ij| / Σ_ij π_j q_ji.
    pub fn imbalance(&self, pi: &[f64]) -> f64 {
        let (mut excess, mut flow) = (0.0, 0.0);
        for (i, gain) in self.gains(pi).enumerate() {
            excess += (gain - pi[i] * self.outflow[i]).abs();
            flow += gain;
        }
        excess / flow
    }

    fn gains(&self, pi: &[f64]) -> impl Iterator<Item = f64> {
        self.inflow
            .iter()
            .map(|sources| sources.iter().map(|&(j, rate)| pi[j as usize] * rate).sum())
    }

    /// One Gauss–Seidel sweep over the balance equations.
    fn sweep(&self, pi: &mut [f64]) {
        for (i, sources) in self.inflow.iter().enumerate() {
            let gain: f64 = sources.iter().map(|&(j, rate)| pi[j as usize] * rate).sum();
            pi[i] = gain / self.outflow[i];
        }
    }

    /// What one sweep takes away from `vector`.
    fn swept_away(&self, vector: &[f64]) -> Vec<f64> {
        let mut swept = vector.to_vec();
        self.sweep(&mut swept);
        vector
            .iter()
            .zip(&swept)
            .map(|(before, after)| before - after)
            .collect()
    }

    /// Sweeps alone converge as slowly as the process relaxes; the stabilised
    /// biconjugate gradients of van der Vorst find the fixed point of the sweep,
    /// (1 − sweep) π = 0, in some square root of their number. Their residual is
    /// erratic: what counts is its least value, and a run of bad luck ends early.
    fn refine(&self, pi: &mut Vec<f64>) {
        let mut residual: Vec<f64> = self.swept_away(pi).iter().map(|x| -x).collect();
        let shadow = residual.clone();
        let mut least = norm(&residual);
        let goal = (REDUCTION * least).max(ROUNDING * norm(pi));
        let mut best = pi.clone();
        let mut direction = residual.clone();
        let mut rho = dot(&shadow, &residual);
        for _ in 0..ITERATIONS {
            let along = self.swept_away(&direction);
            let alpha = rho / dot(&shadow, &along);
            add(&mut residual, -alpha, &along);
            add(pi, alpha, &direction);
            let smoothing = self.swept_away(&residual);
            let omega = dot(&smoothing, &residual) / dot(&smoothing, &smoothing);
            add(pi, omega, &residual);
            add(&mut residual, -omega, &smoothing);
            let now = norm(&residual);
            if now < least {
                least = now;
                best.clone_from(pi);
            }
            let goes_on = now > goal && now < GROWTH * least;
            if !goes_on {
                break;
            }
            let next = dot(&shadow, &residual);
            let beta = next / rho * alpha / omega;
            rho = next;
            add(&mut direction, -omega, &along);
            for (d, r) in direction.iter_mut().zip(&residual) {
                *d = r + beta * *d;
            }
        }
        *pi = best;
    }

    /// The distribution `time` after `pi`, by uniformisation: the sum over the
    /// number of ticks, which is Poisson distributed, of a clock as fast as the
    /// fastest state.
    pub fn evolved(&self, pi: &[f64], time: f64) -> Vec<f64> {
        let clock = self.outflow.iter().copied().fold(0.0, f64::max);
        let ticks = clock * time;
        let mut now = pi.to_vec();
        let mut sum = vec![0.0; pi.len()];
        for n in 0..(ticks + 10.0 * ticks.sqrt() + 20.0) as u32 {
            let n = f64::from(n);
            add(
                &mut sum,
                libm::exp(n * libm::log(ticks) - ticks - libm::lgamma(n + 1.0)),
                &now,
            );
            let gains: Vec<f64> = self.gains(&now).collect();
            for ((p, gain), out) in now.iter_mut().zip(gains).zip(&self.outflow) {
                *p += (gain - *p * out) / clock;
            }
        }
        sum
    }

    /// The distribution that is concentrated on one configuration, or evenly on
    /// its translations.
    pub fn concentrated(&self, state: State) -> Vec<f64> {
        let mut pi = vec![0.0; self.orbits.len()];
        pi[self.orbit_of(state)] = 1.0;
        pi
    }

    /// The normalised Gibbs weights e^{−βH}, between balanced reservoirs e^{−βH + h′Σσ} with
    /// h′ = artanh m₊.
    pub fn gibbs(&self) -> Vec<f64> {
        let params = &self.lattice.params;
        let field = match params.reservoirs {
            Reservoirs::Balanced => libm::atanh(params.m_right),
            Reservoirs::On | Reservoirs::Off => 0.0,
        };
        let weight = |&(state, size): &(State, u32)| {
            let sum = 2.0 * f64::from(state.count_ones()) - f64::from(self.lattice.sites());
            let energy = f64::from(self.lattice.energy(state));
            f64::from(size) * libm::exp(field * sum - params.beta * energy)
        };
        let mut pi: Vec<f64> = self.orbits.iter().map(weight).collect();
        normalise(&mut pi);
        pi
    }

    /// Σ_ij |π_i q_ij − π_j q_ji| / Σ_ij π_i q_ij: zero if and only if π is in
    /// detailed balance.
    pub fn irreversibility(&self, pi: &[f64]) -> f64 {
        let mut flows = BTreeMap::new();
        for (target, sources) in self.inflow.iter().enumerate() {
            for &(source, rate) in sources {
                *flows.entry((source as usize, target)).or_insert(0.0) +=
                    pi[source as usize] * rate;
            }
        }
        let back = |&(i, j): &(usize, usize)| flows.get(&(j, i)).copied().unwrap_or(0.0);
        let net: f64 = flows
            .iter()
            .map(|(pair, flow)| (flow - back(pair)).abs())
            .sum();
        net / flows.values().sum::<f64>()
    }

    /// The lattice.
    pub fn lattice(&self) -> &SmallLattice {
        &self.lattice
    }

    /// The number of the orbit that a configuration belongs to.
    fn orbit_of(&self, state: State) -> usize {
        self.orbits
            .binary_search_by_key(&self.lattice.representative(state), |orbit| orbit.0)
            .expect("the process does not leave its states")
    }
}

/// The exact stationary state.
pub struct Stationary {
    equation: MasterEquation,
    pi: Vec<f64>,
}

impl Stationary {
    /// The stationary state for `params`, solved to a relative imbalance of 10⁻¹³; none if
    /// the balance equations resist.
    ///
    /// # Panics
    /// For a lattice of more than 16 sites.
    pub fn of(params: &Params) -> Option<Self> {
        let equation = MasterEquation::new(params);
        let pi = equation.stationary()?;
        Some(Self { equation, pi })
    }

    /// The process that it is the stationary state of.
    pub fn equation(&self) -> &MasterEquation {
        &self.equation
    }

    /// The probabilities of the orbits.
    pub fn distribution(&self) -> &[f64] {
        &self.pi
    }

    /// The probability of one configuration.
    pub fn probability(&self, state: State) -> f64 {
        let orbit = self.equation.orbit_of(state);
        self.pi[orbit] / f64::from(self.equation.orbits[orbit].1)
    }

    /// The mean of an observable that translations along y leave as it is.
    pub fn mean(&self, observable: impl Fn(State) -> f64) -> f64 {
        let states = self.equation.orbits.iter().map(|orbit| orbit.0);
        states
            .zip(&self.pi)
            .map(|(state, p)| observable(state) * p)
            .sum()
    }

    /// The mean of rate × `carried` over all moves.
    fn mean_flow(&self, carried: impl Fn(State, Move) -> i32) -> f64 {
        let lattice = &self.equation.lattice;
        self.mean(|state| {
            let flow = |&change| match carried(state, change) {
                0 => 0.0,
                pluses => f64::from(pluses) * lattice.rate(state, change),
            };
            lattice.moves().iter().map(flow).sum()
        })
    }

    /// J from the + spins that cross the horizontal bonds to the right, per bond.
    pub fn current(&self) -> f64 {
        let params = &self.equation.lattice.params;
        let to_the_right = |state, change| match change {
            Move::Exchange {
                first,
                second,
                horizontal: true,
            } => (spin(state, first) - spin(state, second)) / 2,
            _ => 0,
        };
        self.mean_flow(to_the_right) / f64::from((params.lx - 1) * params.ly)
    }

    /// J from the + spins that the left reservoir injects, per site of its column.
    pub fn injected(&self) -> f64 {
        let up = |state, change| match change {
            Move::LeftFlip(site) => -spin(state, site),
            _ => 0,
        };
        self.mean_flow(up) / f64::from(self.equation.lattice.params.ly)
    }

    /// J from the + spins that the right reservoir removes, per site of its column.
    pub fn removed(&self) -> f64 {
        let down = |state, change| match change {
            Move::RightFlip(site) => spin(state, site),
            _ => 0,
        };
        self.mean_flow(down) / f64::from(self.equation.lattice.params.ly)
    }

    /// Power of the left and of the right reservoir: ΔH of their flips per unit time, all rows
    /// together.
    pub fn power(&self) -> [f64; 2] {
        let lattice = &self.equation.lattice;
        let left = |state, change| match change {
            Move::LeftFlip(_) => lattice.cost(state, change),
            _ => 0,
        };
        let right = |state, change| match change {
            Move::RightFlip(_) => lattice.cost(state, change),
            _ => 0,
        };
        [self.mean_flow(left), self.mean_flow(right)]
    }

    /// Heat: −ΔH of the exchanges per unit time, on the whole lattice.
    pub fn heat(&self) -> f64 {
        let lattice = &self.equation.lattice;
        self.mean_flow(|state, change| match change {
            Move::Exchange { .. } => -lattice.cost(state, change),
            _ => 0,
        })
    }

    /// Entropy production, from the ratio of the rate of each move to that of its reverse, which
    /// must be possible.
    pub fn entropy_production(&self) -> f64 {
        let lattice = &self.equation.lattice;
        self.mean(|state| {
            let flow = |&change: &Move| {
                let rate = lattice.rate(state, change);
                if rate == 0.0 {
                    return 0.0;
                }
                let back = lattice.rate(lattice.after(state, change), change);
                rate * libm::log(rate / back)
            };
            lattice.moves().iter().map(flow).sum()
        })
    }

    /// Efficiency of pumping: the share of the heat's entropy that lifts spins uphill.
    pub fn efficiency(&self) -> f64 {
        let params = &self.equation.lattice.params;
        let fields = libm::atanh(params.m_right) - libm::atanh(params.m_left);
        2.0 * f64::from(params.ly) * self.current() * fields / (params.beta * self.heat())
    }

    /// The mean magnetization of each column.
    pub fn profile(&self) -> Vec<f64> {
        let lattice = &self.equation.lattice;
        (0..lattice.params.lx as usize)
            .map(|x| self.mean(|state| lattice.profile(state)[x]))
            .collect()
    }

    /// The mean energy per site.
    pub fn energy(&self) -> f64 {
        let lattice = &self.equation.lattice;
        self.mean(|state| f64::from(lattice.energy(state))) / f64::from(lattice.sites())
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn add(a: &mut [f64], factor: f64, b: &[f64]) {
    for (x, y) in a.iter_mut().zip(b) {
        *x += factor * y;
    }
}

fn normalise(pi: &mut [f64]) {
    let sum: f64 = pi.iter().sum();
    for p in pi {
        *p /= sum;
    }
}
