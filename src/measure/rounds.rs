//! The rounds of a measurement.

/// End of a round, in time units since the measurement began.
pub fn end(round: u32) -> f64 {
    let whole = (1u64 << (10 + round / 4)) as f64;
    [1.0, 1.189, 1.414, 1.682][(round % 4) as usize] * whole
}
