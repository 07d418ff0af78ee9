//! The version of the engine, which is not that of the package.

/// The version of the engine: equal versions give equal trajectories.
///
/// It stands in all that is saved, and rises when a trajectory changes, while the package's version
/// may rise with a colour.
pub const ENGINE: &str = "0.5.0";
