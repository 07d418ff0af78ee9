//! Saving a run and restoring it: the restored run goes on bit for bit.
//!
//! A checkpoint is a header (magic, engine version, checksum) before the state in
//! postcard's format. The promise of equal trajectories holds per engine version,
//! so a checkpoint of another version is refused by name.
//!
//! The magic says how it is laid out. What is written now is the state, what was painted, the
//! blocks of the profile, the energy budget, and what crosses between the columns. Three older
//! layouts are read, all without the last two: a state alone, one with what was painted, and one
//! with the blocks, too; a run that came from one is written so again.

use super::simulation::Simulation;
use crate::configuration::Configuration;
use crate::configuration::brush::Painted;
use crate::digest::Digest;
use crate::dynamics::{System, ends_of, rates_of};
use crate::lattice::Lattice;
use crate::link;
use crate::measure::Measurement;
use crate::measure::counters::Counters;
use crate::params::Dynamics;
use crate::random::Stream;
use crate::words::checkpoints as words;
use postcard::ser_flavors::Flavor;
use serde::{Deserialize, Serialize};
use std::fmt;

/// First bytes of a checkpoint.
const MAGIC: &[u8; 8] = b"uphill\x00\x04";
/// First bytes of one without the energy budget.
const MAGIC_OLD_BLOCKS: &[u8; 8] = b"uphill\x00\x03";
/// First bytes of one without the blocks of the profile, of a run that nobody painted.
const MAGIC_OLD: &[u8; 8] = b"uphill\x00\x01";
/// First bytes of that of a painted run.
const MAGIC_OLD_PAINTED: &[u8; 8] = b"uphill\x00\x02";
/// The version of the engine, which stands in all that is saved.
pub use crate::dynamics::version::ENGINE;

/// Why a checkpoint cannot be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestoreError {
    /// The bytes are no checkpoint.
    Foreign,
    /// The checkpoint was saved by another version of the engine.
    OtherVersion(String),
    /// The checkpoint is cut short or altered.
    Damaged(&'static str),
}

impl fmt::Display for RestoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RestoreError::Foreign => f.write_str(words::FOREIGN.said()),
            RestoreError::OtherVersion(version) => {
                f.write_str(&words::other_engine(version, ENGINE))
            }
            RestoreError::Damaged(what) => f.write_str(&words::damaged(what)),
        }
    }
}

impl std::error::Error for RestoreError {}

#[derive(Serialize, Deserialize)]
struct State {
    link: String,
    altered: bool,
    /// Eight spins a byte, in the order of the sites.
    spins: Vec<u8>,
    bonds: [Vec<u32>; 4],
    ends: [Vec<u32>; 2],
    stream: Stream,
    time: f64,
    next_event: f64,
    counters: Counters,
    measurement: Measurement,
}

/// Whether bytes begin as those of a saved run do.
pub fn is_saved_run(bytes: &[u8]) -> bool {
    [MAGIC, MAGIC_OLD, MAGIC_OLD_PAINTED, MAGIC_OLD_BLOCKS]
        .into_iter()
        .any(|magic| bytes.starts_with(magic))
}

impl Simulation {
    /// The full state as bytes.
    pub fn save(&self) -> Vec<u8> {
        let (bonds, ends) = self.system.configuration.orders();
        let state = State {
            link: link::write(&self.params),
            altered: self.altered,
            spins: self.sites().chunks(8).map(pack).collect(),
            bonds,
            ends,
            stream: self.system.stream.clone(),
            time: self.system.time,
            next_event: self.next_event,
            counters: self.system.counters,
            measurement: self.system.measurement.clone(),
        };
        let measurement = &self.system.measurement;
        let (blocks, budget) = (measurement.column_blocks(), measurement.budget());
        // Parts behind each other, as a tuple of them would be.
        let mut parts = written(&state);
        let magic = match (blocks, budget, &self.painted) {
            (None, _, None) => MAGIC_OLD,
            (None, _, Some(painted)) => {
                parts.extend(written(painted));
                MAGIC_OLD_PAINTED
            }
            (Some(blocks), budget, painted) => {
                parts.extend(written(painted));
                parts.extend(written(blocks));
                match budget {
                    None => MAGIC_OLD_BLOCKS,
                    Some(budget) => {
                        parts.extend(written(budget));
                        parts.extend(written(&measurement.column_currents()));
                        MAGIC
                    }
                }
            }
        };
        seal(magic, &parts)
    }

    /// The run that was saved.
    ///
    /// # Errors
    /// Says whether the bytes are foreign, of another engine version, or damaged.
    pub fn restore(bytes: &[u8]) -> Result<Self, RestoreError> {
        let layouts = [MAGIC_OLD, MAGIC_OLD_PAINTED, MAGIC_OLD_BLOCKS];
        let old = layouts.iter().position(|magic| bytes.starts_with(*magic));
        let mut parts = open(old.map_or(MAGIC, |layout| layouts[layout]), bytes)?;
        let mut state: State = taken(&mut parts)?;
        let painted: Option<Painted> = match old {
            Some(0) => None,
            Some(1) => Some(taken(&mut parts)?),
            _ => taken(&mut parts)?,
        };
        if matches!(old, None | Some(2)) {
            state.measurement.take_column_blocks(taken(&mut parts)?);
        }
        if old.is_none() {
            state.measurement.take_budget(taken(&mut parts)?);
            state.measurement.take_column_currents(taken(&mut parts)?);
        }
        let reading = link::read(&state.link);
        let params = reading.params;
        if !reading.errors.is_empty() || !reading.seed_given {
            return Err(RestoreError::Damaged(words::ITS_PARAMETERS.said()));
        }
        let sites = (params.lx * params.ly) as usize;
        if state.spins.len() != sites.div_ceil(8) {
            return Err(RestoreError::Damaged(words::ITS_SPINS.said()));
        }
        let up: Vec<bool> = (0..sites)
            .map(|i| state.spins[i / 8] >> (i % 8) & 1 == 1)
            .collect();
        let lattice = Lattice::from_spins(params.lx, params.ly, params.boundary, &up);
        let mut configuration = Configuration::between(params.reservoirs, lattice);
        if !configuration.reorder(&state.bonds, &state.ends) {
            return Err(RestoreError::Damaged(words::ITS_MOVES.said()));
        }
        let clock = state.time.is_finite() && state.time >= 0.0;
        let pending = params.dynamics == Dynamics::Metropolis || state.next_event >= state.time;
        if !clock || !pending {
            return Err(RestoreError::Damaged(words::ITS_CLOCK.said()));
        }
        if !state.measurement.is_sound(params.lx as usize, state.time) {
            return Err(RestoreError::Damaged(words::ITS_MEASUREMENT.said()));
        }
        if painted.is_some_and(|painted| !painted.is_sound(state.time)) {
            return Err(RestoreError::Damaged(words::WHAT_WAS_PAINTED.said()));
        }
        let (rates, sort_rates) = rates_of(&params);
        let (flip_weights, _) = ends_of(&configuration, &rates);
        Ok(Simulation {
            painted,
            altered: state.altered,
            next_event: state.next_event,
            system: System {
                configuration,
                rates,
                flip_weights,
                sort_rates,
                stream: state.stream,
                time: state.time,
                counters: state.counters,
                measurement: state.measurement,
            },
            params,
        })
    }
}

/// The first part of what was written, which is taken away.
fn taken<T: for<'de> Deserialize<'de>>(parts: &mut &[u8]) -> Result<T, RestoreError> {
    let form = |_| RestoreError::Damaged(words::ITS_FORM.said());
    let (part, rest) = postcard::take_from_bytes(parts).map_err(form)?;
    *parts = rest;
    Ok(part)
}

/// Bytes in postcard's format. Each is taken by a call, which is less code than the page would
/// otherwise load for all the places where one may not fit any more.
struct Bytes(Vec<u8>);

impl Flavor for Bytes {
    type Output = Vec<u8>;

    #[inline(never)]
    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    #[inline(never)]
    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.0)
    }
}

/// A part in postcard's format.
fn written(state: &impl Serialize) -> Vec<u8> {
    postcard::serialize_with_flavor(state, Bytes(Vec::new()))
        .expect("a state has no part that cannot be written")
}

/// Puts a header before a state: magic, engine version, checksum.
pub(crate) fn seal(magic: &[u8; 8], state: &[u8]) -> Vec<u8> {
    let mut bytes = magic.to_vec();
    bytes.push(ENGINE.len() as u8);
    bytes.extend_from_slice(ENGINE.as_bytes());
    bytes.extend_from_slice(&checksum(state));
    bytes.extend_from_slice(state);
    bytes
}

/// The state behind a header, if it is whole and of this engine version.
pub(crate) fn open<'a>(magic: &[u8; 8], bytes: &'a [u8]) -> Result<&'a [u8], RestoreError> {
    let rest = bytes.strip_prefix(magic).ok_or(RestoreError::Foreign)?;
    let (&length, rest) = rest.split_first().ok_or(RestoreError::Foreign)?;
    let (version, rest) = rest
        .split_at_checked(usize::from(length))
        .ok_or(RestoreError::Foreign)?;
    if version != ENGINE.as_bytes() {
        let version: String = String::from_utf8_lossy(version).chars().take(40).collect();
        return Err(RestoreError::OtherVersion(version));
    }
    let (sum, state) = rest
        .split_at_checked(8)
        .ok_or(RestoreError::Damaged(words::ENDS_TOO_EARLY.said()))?;
    if sum != checksum(state) {
        return Err(RestoreError::Damaged(words::ITS_CHECKSUM.said()));
    }
    Ok(state)
}

fn checksum(state: &[u8]) -> [u8; 8] {
    let mut digest = Digest::new();
    digest.bytes(state);
    digest.value().to_le_bytes()
}

fn pack(codes: &[u8]) -> u8 {
    codes
        .iter()
        .enumerate()
        .fold(0, |byte, (i, code)| byte | (code & 1) << i)
}
