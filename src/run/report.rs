//! What a run has measured, in the units in which it is quoted.

use crate::configuration::brush::Painted;
use crate::dynamics::System;
use crate::measure::Estimate;
use crate::params::{Params, Reservoirs};
use crate::words;

/// Significance from which on the sign of J is called: 5 σ, so that looking at a
/// run again and again does not call it wrongly.
pub const SIGNIFICANT: f64 = 5.0;

/// Measured time, in units of Lx², before the sign of J is called. A lone spin
/// diffuses at 1, so what is left of the initial datum dies out within Lx²/π²: after
/// 200 times that it no longer weighs in the mean.
const SETTLED: f64 = 20.0;

/// Which way the current flows: the word for it, everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// J·(m₊ − m₋) > 0: towards the reservoir of larger magnetization.
    Uphill,
    /// J·(m₊ − m₋) < 0.
    Downhill,
}

impl Direction {
    /// Of a current J > 0 to the right along a [`gradient`](crate::params::Params::gradient)
    /// m₊ − m₋; none where there is no current or nothing to climb.
    ///
    /// # Example
    /// ```
    /// use uphill::run::report::Direction;
    /// assert_eq!(Direction::of(2e-6, 1.8), Some(Direction::Uphill));
    /// assert_eq!(Direction::of(2e-6, -1.8), Some(Direction::Downhill));
    /// assert_eq!(Direction::of(2e-6, 0.0), None);
    /// ```
    pub fn of(current: f64, gradient: f64) -> Option<Self> {
        let sign = |x: f64| x.partial_cmp(&0.0).filter(|order| order.is_ne());
        Some(if sign(current)? == sign(gradient)? {
            Direction::Uphill
        } else {
            Direction::Downhill
        })
    }

    /// Their names for the page and in files.
    pub const KEYS: [&str; 2] = [Direction::Uphill.key(), Direction::Downhill.key()];

    /// Its name for the page and in files, the same in every language.
    pub const fn key(self) -> &'static str {
        match self {
            Direction::Uphill => "uphill",
            Direction::Downhill => "downhill",
        }
    }

    /// The word.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Uphill => words::measure::UPHILL.said(),
            Direction::Downhill => words::measure::DOWNHILL.said(),
        }
    }
}

/// The results of a measurement, from its start to the present clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Measured simulated time.
    pub span: f64,
    /// What was painted since t = 0: then the run is not reproducible from its link.
    pub painted: Option<Painted>,
    /// J per horizontal bond and time by the better estimator, that of
    /// [`current`](crate::measure::current).
    pub current: Estimate,
    /// J by counting: Q/((Lx−1)·Ly·t).
    pub count: Estimate,
    /// How many σ the two estimators are apart: both see the same trajectory, and Q scatters
    /// about the other as a count of the hops.
    pub disagreement: Option<f64>,
    /// I_L/(Ly·t); none without reservoirs.
    pub left: Option<f64>,
    /// I_R/(Ly·t); none without reservoirs.
    pub right: Option<f64>,
    /// (⟨m(Lx)⟩ − m₊)/2, which is J in every steady state; missing without reservoirs, and at
    /// balanced ones, whose m₊ is a field.
    pub from_last_column: Estimate,
    /// ⟨m(1)⟩.
    pub first_column: Estimate,
    /// ⟨m(Lx)⟩.
    pub last_column: Estimate,
    /// (⟨m(Lx)⟩ − ⟨m(1)⟩)/2; missing with reservoirs.
    pub m_eq: Estimate,
    /// H per site.
    pub energy: Estimate,
    /// ⟨m(x)⟩ for x = 1…Lx; empty if no time was measured.
    pub profile: Vec<f64>,
    /// The error bar of each of them, one standard deviation, where it is known.
    pub profile_errors: Vec<Option<f64>>,
    /// Why the first of those that are not known is not.
    pub profile_reason: Option<String>,
    /// J between neighbouring columns by what has crossed, per row and time, for x = 0…Lx: from the
    /// left reservoir into column 1 first, from column Lx into the right one last. All are one in a
    /// steady state. Empty where nothing was measured, or by a run saved by an older version.
    pub column_currents: Vec<f64>,
    /// The error bar of each of them: that of [`count`](Self::count), and what a finite time adds.
    pub column_current_errors: Vec<Option<f64>>,
    /// The measured time before which the sign of J is not called.
    pub settling: f64,
    /// Uphill or downhill, once the sign of J is significant and the measurement is not
    /// so short that the initial datum may have made it.
    pub direction: Option<Direction>,
}

impl Report {
    /// Of a system with its parameters, what was painted in it, and whether no move is possible
    /// any more.
    pub(crate) fn of(
        system: &System,
        params: &Params,
        painted: Option<Painted>,
        frozen: bool,
    ) -> Self {
        let measurement = &system.measurement;
        let integrands = system.integrands();
        let now = system.time;
        let (start, since) = (measurement.start(), measurement.counters_at_start());
        let counters = system.counters;
        let span = now - start;
        let ly = f64::from(params.ly);
        let per_bond = 1.0 / params.horizontal_bonds();
        let per_row = 1.0 / ly;

        // No time that passes would bring an error to what has none.
        let of = |estimate: Estimate| match frozen && estimate.error.is_none() {
            true => Estimate {
                reason: Some(words::measure::NO_MOVE_POSSIBLE.to_owned()),
                ..estimate
            },
            false => estimate,
        };
        let rate = of(measurement.rate(&integrands, now));
        let count = of(measurement.count(&integrands, now));
        let last_column = of(measurement.last_column(&integrands, now)).scaled(per_row, 0.0);
        let current = rate.scaled(per_bond, 0.0);
        let flux = |spins: i64| {
            (params.reservoirs.flip() && span > 0.0).then(|| spins as f64 * per_row / span)
        };
        let variation = measurement.variation(&counters);
        let disagreement = match (rate.mean, count.mean) {
            (Some(rate), Some(count)) if variation > 0.0 => {
                Some((count - rate) * span / variation.sqrt())
            }
            _ => None,
        };
        let (from_last_column, m_eq) = if params.reservoirs.flip() {
            let missing = Estimate::missing(words::measure::RESERVOIRS_ON.said());
            let from_last = match params.reservoirs {
                Reservoirs::Balanced => Estimate::missing(words::measure::M_IS_A_FIELD.said()),
                _ => last_column.scaled(0.5, -0.5 * params.m_right),
            };
            (from_last, missing)
        } else {
            let missing = Estimate::missing(words::measure::NO_RESERVOIRS.said());
            (
                missing,
                of(measurement.both_ends(&integrands, now)).scaled(per_row, 0.0),
            )
        };
        let sums = system.configuration.lattice().column_sums();
        let profile = measurement.profile().means(sums, now);
        let first_column = of(measurement.first_column(&integrands, now)).scaled(per_row, 0.0);
        let mut profile_reason = None;
        let error = |x: usize| {
            // Of the end columns more blocks are kept.
            let more = match x {
                0 => first_column.error,
                _ if x + 1 == profile.len() => last_column.error,
                _ => None,
            };
            more.or_else(|| match measurement.column(x, &integrands, now) {
                Ok(known) => Some(known.error() * per_row),
                Err(reason) => {
                    let reason = match frozen {
                        true => words::measure::NO_MOVE_POSSIBLE.to_owned(),
                        false => reason,
                    };
                    profile_reason.get_or_insert(reason);
                    None
                }
            })
        };
        let profile_errors = (0..profile.len()).map(error).collect();
        let per_row_and_time = |spins: i64| spins as f64 * per_row / span;
        let known = measurement.column_currents().filter(|_| span > 0.0);
        let crossed = known.map_or_else(Vec::new, |currents| {
            currents.crossed(sums, counters.injected - since.injected)
        });
        let shared = count.scaled(per_bond, 0.0).error;
        let bounded = known.and_then(|currents| currents.bounded());
        let column_current_errors = (0..crossed.len())
            .map(|x| {
                let own = bounded.as_ref()?[x] * (per_row / span) * (per_row / span);
                shared.map(|error| (error * error + own).sqrt())
            })
            .collect();
        let settling = SETTLED * f64::from(params.lx * params.lx);
        let direction = match (current.mean, current.sigmas()) {
            (Some(mean), Some(sigmas)) if sigmas >= SIGNIFICANT && span >= settling => {
                Direction::of(mean, params.gradient())
            }
            _ => None,
        };
        Report {
            span,
            painted,
            current,
            count: count.scaled(per_bond, 0.0),
            disagreement,
            left: flux(counters.injected - since.injected),
            right: flux(counters.removed - since.removed),
            from_last_column,
            first_column,
            last_column,
            m_eq,
            energy: of(measurement.energy(&integrands, now))
                .scaled(1.0 / (f64::from(params.lx) * ly), 0.0),
            profile: profile.into_iter().map(|sum| sum * per_row).collect(),
            profile_errors,
            profile_reason,
            column_currents: crossed.into_iter().map(per_row_and_time).collect(),
            column_current_errors,
            settling,
            direction,
        }
    }
}
