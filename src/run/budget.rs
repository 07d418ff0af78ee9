//! The energy budget of a run, in the units in which it is quoted: the whole lattice, per unit time.
//!
//! Entropy production comes from the ratio of each move's rate to that of its reverse. Of an
//! exchange that is −β ΔH; of a flip σ → −σ at a reservoir m it is −2σh′ with h′ = artanh m, and at a
//! balanced one, which knows the energy, −β ΔH − 2σh′. With J per row as many pluses as go to the
//! right through every column
//!
//!   Σ̇ = β·heat − 2 Ly J (h′₊ − h′₋), and at balanced reservoirs
//!   Σ̇ = β·(heat − power) − 2 Ly J (h′₊ − h′₋),
//!
//! where power is heat in the mean if H is a function of the spins. So the current between balanced
//! reservoirs cannot climb there, and of the letter's the share that lifts spins uphill is
//!
//!   η = 2 Ly J (h′₊ − h′₋)/(β·heat) ≤ 1.

use super::report::SIGNIFICANT;
use super::simulation::Simulation;
use crate::measure::Estimate;
use crate::notation::{plain, with_error};
use crate::params::{Boundary, Params, Reservoirs};
use crate::words::budget as words;

/// What the reservoirs put in and the bath takes, per unit time; each with its error, or the reason
/// why it has none.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergyBudget {
    /// ΔH of the flips of both reservoirs, from counts and rates.
    pub power: Estimate,
    /// The same by counting alone.
    pub count: Estimate,
    /// How many σ the two are apart: the flips scatter about their rates.
    pub disagreement: Option<f64>,
    /// The power of the left reservoir.
    pub left: Estimate,
    /// The power of the right reservoir.
    pub right: Estimate,
    /// −ΔH of the exchanges.
    pub heat: Estimate,
    /// Σ̇.
    pub entropy_production: Estimate,
    /// η, a share of the heat's entropy; at most 1, negative where the current goes down.
    pub efficiency: Estimate,
}

impl Simulation {
    /// The energy budget since the measurement began.
    ///
    /// # Example
    /// ```
    /// use uphill::params::Params;
    /// use uphill::run::simulation::{Budget, Simulation};
    /// let params = Params { lx: 8, ly: 8, beta: 0.6, m_right: 0.9, m_left: -0.9, ..Params::default() };
    /// let mut run = Simulation::new(&params).unwrap();
    /// run.advance(2e4, Budget::UNLIMITED);
    /// let budget = run.budget();
    /// let (power, heat) = (budget.power.mean.unwrap(), budget.heat.mean.unwrap());
    /// assert!(power > 0.0 && (power - heat).abs() < 1e-2);
    /// assert!(budget.efficiency.mean.unwrap() < 1.0);
    /// ```
    pub fn budget(&self) -> EnergyBudget {
        let params = self.params();
        let measured = |weights: Weights| self.measured(weights);
        let power = |weights: Weights| match params.reservoirs {
            Reservoirs::Off => Estimate::missing(crate::words::measure::NO_RESERVOIRS.said()),
            _ => measured(weights),
        };
        let heat = match params.reservoirs {
            Reservoirs::Off if params.has_energy() => Estimate::missing(words::NO_HEAT.said()),
            _ => measured(Weights::HEAT),
        };
        let disagreement = self.paid().and_then(|paid| {
            let apart = measured(Weights::COUNTED).mean? - measured(Weights::BY_RATES).mean?;
            let squares: u64 = paid.squares.iter().sum();
            let apart = apart * self.measured_span() / (squares as f64).sqrt();
            (params.reservoirs.flip() && squares > 0).then_some(apart)
        });
        let entropy_production = match without_entropy(params) {
            Some(why) => Estimate::missing(why),
            None => {
                let of_heat = match params.reservoirs {
                    Reservoirs::Balanced => Weights::HEAT.less(Weights::POWER),
                    _ => Weights::HEAT,
                };
                measured(of_heat.times(params.beta).less(climbed(params)))
            }
        };
        let efficiency = match without_entropy(params).or_else(|| without_efficiency(params, &heat))
        {
            Some(why) => Estimate::missing(why),
            None => {
                // The delta method: the mean of what is left of the blocks at the ratio of the means.
                let whole = Weights::HEAT.times(params.beta);
                let (part, all) = (measured(climbed(params)).mean, measured(whole).mean);
                match (part, all) {
                    (Some(part), Some(all)) => {
                        let ratio = part / all;
                        let off = climbed(params).less(whole.times(ratio)).times(1.0 / all);
                        Estimate {
                            mean: Some(ratio),
                            ..measured(off)
                        }
                    }
                    _ => Estimate::missing(words::HEAT_NOT_SIGNIFICANT.said()),
                }
            }
        };
        EnergyBudget {
            power: power(Weights::POWER),
            count: power(Weights::COUNTED),
            disagreement,
            left: power(Weights::LEFT),
            right: power(Weights::RIGHT),
            heat,
            entropy_production,
            efficiency,
        }
    }

    /// A quantity with its error.
    #[inline(never)]
    fn measured(&self, weights: Weights) -> Estimate {
        let known = self.system.measurement.combined(
            weights.of(self.params()),
            weights.current,
            &self.system.integrands(),
            self.time(),
        );
        if self.is_frozen() && known.error.is_none() {
            let reason = Some(crate::words::measure::NO_MOVE_POSSIBLE.to_owned());
            return Estimate { reason, ..known };
        }
        known
    }
}

impl EnergyBudget {
    /// It in a sentence, for whoever sees it for the first time.
    ///
    /// All that is put in becomes heat in the end. β of a part of it, times the heat, is no new
    /// entropy but what spins that climb lose: that part is said to lift them.
    pub fn sentence(&self, params: &Params) -> String {
        let (Some(power), error) = (self.power.mean, self.power.error) else {
            return match params.reservoirs {
                Reservoirs::Off => words::NOBODY_PAYS.to_owned(),
                _ => self.power.reason.clone().unwrap_or_default(),
            };
        };
        let text = self.power.text();
        let significant = error.is_some_and(|error| power.abs() >= SIGNIFICANT * error);
        let share = self
            .efficiency
            .mean
            .filter(|_| significant && self.efficiency.error.is_some());
        if params.reservoirs == Reservoirs::Balanced {
            words::BALANCED_SAID.to_owned()
        } else if !significant {
            words::not_significant(text)
        } else if power < 0.0 {
            let out = self.power.scaled(-1.0, 0.0).text();
            words::taken_out(out)
        } else if let Some(share) = share {
            let error = self.efficiency.error.unwrap_or_default();
            if share >= SIGNIFICANT * error {
                let percent = with_error(100.0 * share, 100.0 * error);
                let lifts = plain(share * power, 2);
                words::pumped(text, lifts, percent)
            } else if -share >= SIGNIFICANT * error {
                words::all_heat(text)
            } else {
                words::heat_alone(text)
            }
        } else {
            words::heat_alone(text)
        }
    }
}

/// A quantity as a sum over what is blocked: the powers of both reservoirs by the better estimator,
/// by counting and by rates, what heat is more than work, and what crosses all horizontal bonds.
#[derive(Clone, Copy)]
struct Weights {
    power: [f64; 2],
    counted: [f64; 2],
    by_rates: [f64; 2],
    released: f64,
    current: f64,
}

impl Weights {
    const NONE: Weights = Weights {
        power: [0.0; 2],
        counted: [0.0; 2],
        by_rates: [0.0; 2],
        released: 0.0,
        current: 0.0,
    };
    const LEFT: Weights = Weights {
        power: [1.0, 0.0],
        ..Weights::NONE
    };
    const RIGHT: Weights = Weights {
        power: [0.0, 1.0],
        ..Weights::NONE
    };
    const POWER: Weights = Weights {
        power: [1.0; 2],
        ..Weights::NONE
    };
    const COUNTED: Weights = Weights {
        counted: [1.0; 2],
        ..Weights::NONE
    };
    const BY_RATES: Weights = Weights {
        by_rates: [1.0; 2],
        ..Weights::NONE
    };
    const HEAT: Weights = Weights {
        released: 1.0,
        ..Weights::POWER
    };

    #[inline(never)]
    fn times(self, factor: f64) -> Self {
        let both = |of: [f64; 2]| of.map(|weight| factor * weight);
        Weights {
            power: both(self.power),
            counted: both(self.counted),
            by_rates: both(self.by_rates),
            released: factor * self.released,
            current: factor * self.current,
        }
    }

    #[inline(never)]
    fn less(self, other: Self) -> Self {
        let both = |one: [f64; 2], other: [f64; 2]| [one[0] - other[0], one[1] - other[1]];
        Weights {
            power: both(self.power, other.power),
            counted: both(self.counted, other.counted),
            by_rates: both(self.by_rates, other.by_rates),
            released: self.released - other.released,
            current: self.current - other.current,
        }
    }

    /// Those of the parts of a block.
    fn of(self, params: &Params) -> [f64; 5] {
        let theta = theta(params.beta);
        let counted = |side: usize| self.counted[side] + theta * self.power[side];
        let by_rates = |side: usize| self.by_rates[side] + (1.0 - theta) * self.power[side];
        [
            counted(0),
            counted(1),
            by_rates(0),
            by_rates(1),
            self.released,
        ]
    }
}

/// The share of the count in the better estimator of power; the rates have the rest.
///
/// Chosen once. A spin that a reservoir turns over and back costs nothing when it is counted, while
/// the rates have the scatter of how long it stood: at L = 40, β = 1 the error is least at some 0.9
/// and a third of that by the rates alone, at L = 8, β = 0.3 it is least at 0.65 and half of
/// that.
fn theta(beta: f64) -> f64 {
    0.95 - 0.45 * libm::exp(-4.0 * beta * beta)
}

/// 2 Ly J (h′₊ − h′₋), from what crosses all (Lx − 1)·Ly bonds.
fn climbed(params: &Params) -> Weights {
    let fields = libm::atanh(params.m_right) - libm::atanh(params.m_left);
    Weights {
        current: 2.0 * fields / f64::from(params.lx - 1),
        ..Weights::NONE
    }
}

/// Why there is no entropy production, if there is none.
fn without_entropy(params: &Params) -> Option<&'static str> {
    if params.reservoirs == Reservoirs::Off {
        Some(crate::words::measure::NO_RESERVOIRS.said())
    } else if params.m_left.abs() == 1.0 || params.m_right.abs() == 1.0 {
        Some(words::IRREVERSIBLE.said())
    } else if matches!(params.boundary, Boundary::Shifted(s) if s == 1 || s + 1 == params.ly) {
        Some(words::BESIDE_ITSELF.said())
    } else {
        None
    }
}

/// Why there is no efficiency, if there is none.
fn without_efficiency(params: &Params, heat: &Estimate) -> Option<&'static str> {
    if params.reservoirs == Reservoirs::Balanced {
        Some(words::BALANCED.said())
    } else if params.beta == 0.0 {
        Some(words::INFINITE_TEMPERATURE.said())
    } else if params.m_left == params.m_right {
        Some(words::NO_HILL.said())
    } else {
        match (heat.mean, heat.error) {
            (Some(mean), Some(error)) if mean >= SIGNIFICANT * error => None,
            (Some(mean), Some(error)) if -mean >= SIGNIFICANT * error => {
                Some(words::HEAT_FROM_THE_BATH.said())
            }
            _ => Some(words::HEAT_NOT_SIGNIFICANT.said()),
        }
    }
}
