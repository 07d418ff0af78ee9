//! The numbers that the paper prints, as references beside ours: L = 40, β = 1, all
//! without errors.

use crate::params::{Params, Reservoirs};

/// Where J vanishes (Fig. 2).
pub const M_CRIT: f64 = 0.99931;
/// m_eq at L = 40.
pub const M_EQ: f64 = 0.99931;
/// m_β as it is printed.
pub const M_BETA: f64 = 0.99927;
/// m₊ near which J jumps.
pub const JUMP: f64 = 0.9987;
/// m₊ down to which there are two bumps, and below which it is called chaotic.
pub const CHAOTIC: f64 = 0.92;
/// a of m_β + a e^(−bL) (Fig. 4).
pub const AMPLITUDE: f64 = 0.00153;
/// b of it.
pub const RATE: f64 = 0.0996;
/// The sizes of Fig. 4.
pub const SIZES: std::ops::RangeInclusive<u32> = 10..=40;
/// m₊ and m_bump of its one-bump and its two-bump state (Fig. 3).
pub const BUMPS: [(f64, f64); 2] = [(0.9990, 0.99925), (0.9980, 0.99940)];
/// The two m₊ whose J_t it shows (inset of Fig. 2).
pub const INTEGRATED: [f64; 2] = [0.9995, 0.9991];

/// Whether a lattice is the paper's: its inverse temperature, its largest size and its reservoirs.
pub fn is_of(params: &Params) -> bool {
    params.lx == 40
        && params.ly == 40
        && params.beta == 1.0
        && params.reservoirs != Reservoirs::Balanced
}

/// The paper's fit to m_eq at L.
pub fn m_eq(l: f64) -> f64 {
    crate::theory::m_beta(1.0) + AMPLITUDE * libm::exp(-RATE * l)
}

/// The paper's m_bump at m₊.
pub fn m_bump(m_plus: f64) -> Option<f64> {
    let found = BUMPS.iter().find(|(m, _)| *m == m_plus)?;
    Some(found.1)
}
