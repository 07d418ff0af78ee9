//! Uphill diffusion in the two-dimensional Ising model: a lattice magnet between
//! two magnetization reservoirs, whose current can flow from the dilute to the
//! dense side.
//!
//! The model is that of Colangeli, Giardinà, Giberti and Vernia, *Nonequilibrium
//! two-dimensional Ising model with stationary uphill diffusion*, Phys. Rev. E 97,
//! 030103(R) (2018): spins exchange with their neighbours inside ([`rates`]), those
//! of the end columns flip as their reservoirs ask.
//!
//! # From a link to a number
//!
//! 1. A [`link`] names a run: [`params::Params`].
//! 2. A [`run::simulation::Simulation`] carries it out, by kinetic Monte Carlo or Metropolis.
//! 3. While it runs it is measured ([`measure`]): the current by two estimators, the
//!    profile, the energy, each mean over time with an error or the reason why it has none.
//! 4. A [`run::report::Report`] gives the results, [`plot`] draws them.
//! 5. A [`scan`] does so for many points, and reads a figure of the paper off them. It belongs to
//!    the feature `experiments`, which is on by default, as the [`fit`]s do.
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
//!
//! # The floors
//!
//! Each module takes from those below it, and from no others; a test holds them to it.
//!
//! | floor | modules | what they know |
//! |---|---|---|
//! | 9 | `web`, the command | how the engine is asked, by the page and in a terminal |
//! | 8 | [`scan`] | experiments: plan, tasks, results, figures, files |
//! | 7 | [`plot`] | how pictures are drawn |
//! | 6 | [`run`] | a run as a whole: carried out, reported on, saved |
//! | 5 | `dynamics` | which move comes next, and when |
//! | 4 | [`configuration`] | the spins with all their possible moves |
//! | 3 | [`lattice`], [`link`], [`master_equation`] | spins and bonds; links of runs; the exact solution |
//! | 2 | [`params`], [`measure`], [`fit`] | what can be chosen; means over time; curves through points |
//! | 1 | [`rates`], [`theory`], [`random`], [`notation`], `digest`, `words` | ΔH and rates, exact results, numbers, texts |
//!
//! # Words of the field
//!
//! | word | meaning |
//! |---|---|
//! | class | of an exchange, by its rate: 1, e^{−4β}, e^{−8β}, e^{−12β} for ΔH ≤ 0, 4, 8, 12 ([`rates::CLASSES`]) |
//! | family | of an exchange, the same for its reverse: hops of lone spins, moves at an edge, the two steep ones ([`rates::FAMILIES`]) |
//! | sort | of a bond that can exchange: its family, and whether that costs energy ([`rates::SORTS`]) |
//! | channel | by which kinetic Monte Carlo draws a move: a class of exchange, or flips at one end one way |
//! | shape | of a change of the lattice: exchange along or across, flip, or an outer neighbour that turns over |
//! | kind | of experiment: which figure it is ([`scan::plan::Kind`]) |
//! | state | how the phases of a run are arranged: step, bump, two bumps ([`measure::state::State`]) |
//! | crossing | of a plus spin over a horizontal bond, which Q counts; in [`fit`], of a curve through zero |

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
#[cfg(feature = "experiments")]
mod order;
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
