//! Uphill diffusion in the two-dimensional Ising model: a lattice magnet between
//! two magnetization reservoirs, whose current can flow from the dilute to the
//! dense side.
//!
//! The model is that of Colangeli, Giardinà, Giberti and Vernia, *Nonequilibrium
//! two-dimensional Ising model with stationary uphill diffusion*, Phys. Rev. E 97,
//! 030103(R) (2018): spins exchange with their neighbours inside ([`rates`]), those
//! of the end columns flip as their reservoirs ask.
//!
//! One direction of flow:
//!
//! 1. a [`link`] names a run: [`params::Params`];
//! 2. a [`simulation::Simulation`] carries it out, by kinetic Monte Carlo or Metropolis;
//! 3. while it runs it is measured ([`measure`]): the current by two estimators, the
//!    profile, the energy, each mean over time with an error or the reason why it has none;
//! 4. a [`report::Report`] gives the results, [`plot`] draws them.
//!
//! The feature `experiments`, on by default, adds scans: their plans, fits, files and pictures.
//!
//! # Example
//! ```
//! use uphill::link;
//! use uphill::run::simulation::{Budget, Simulation};
//! let reading = link::read("?L=8&beta=0&m=0.6&seed=1");
//! assert!(reading.errors.is_empty());
//! let mut run = Simulation::new(&reading.params).unwrap();
//! run.advance(100.0, Budget::UNLIMITED);
//! run.measure_afresh();
//! run.advance(5000.0, Budget::UNLIMITED);
//! let current = run.report().current;
//! println!("J = {}", current.text());
//! // At infinite temperature the spins do not interact, and the current flows downhill.
//! assert!(current.mean.unwrap() < 0.0);
//! ```

pub mod configuration;
mod digest;
mod dynamics;
#[cfg(feature = "experiments")]
pub mod fit;
pub mod lattice;
pub mod link;
#[cfg(feature = "experiments")]
pub mod master_equation;
pub mod measure;
pub mod notation;
pub mod params;
pub mod plot;
pub mod random;
pub mod rates;
pub mod run;
#[cfg(feature = "experiments")]
pub mod scan;
pub mod theory;
#[cfg(target_arch = "wasm32")]
mod web;
mod words;
