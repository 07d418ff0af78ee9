//! What crosses between neighbouring columns, which in a steady state is the same everywhere.
//!
//! Nothing is counted for it: of the pluses that the left reservoir has brought, those have crossed
//! from column x to the next that are not within the columns up to x,
//!
//!   Q_x = I_L − ΔN₊(1 … x),  x = 0 … Lx,
//!
//! at every moment exactly; Q_0 is I_L, and Q_Lx is I_R. Their rates differ by what is bounded, so
//! that they have one asymptotic variance, that of the count over all bonds, whose error is known. What
//! a finite time adds is twice the mean square of ΔN₊ at most: of the present, and of the start.

use serde::{Deserialize, Serialize};

/// What no sum of a column's spins reaches, so that none overflows.
const MOST: i32 = 1 << 20;

/// Pluses that the columns up to each have gained since a measurement began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ColumnCurrents {
    /// Σ_y σ of every column at the start.
    start: Vec<i32>,
    /// How often it was looked, at the ends of blocks, and the sums of the squares found.
    looks: u64,
    squares: Vec<u64>,
}

impl ColumnCurrents {
    /// Of a measurement that begins with columns whose sums of spins are `sums`.
    pub fn new(sums: &[i32]) -> Self {
        ColumnCurrents {
            start: sums.to_vec(),
            looks: 0,
            squares: vec![0; sums.len()],
        }
    }

    /// ΔN₊ of the columns up to each, those having the sums `sums`.
    fn gained<'a>(&'a self, sums: &'a [i32]) -> impl Iterator<Item = i64> + 'a {
        let changes = sums.iter().zip(&self.start);
        changes.scan(0, |gained, (&now, &before)| {
            *gained += i64::from(now - before) / 2;
            Some(*gained)
        })
    }

    /// Looks at the columns at the end of a block.
    pub fn look(&mut self, sums: &[i32]) {
        let mut squares = std::mem::take(&mut self.squares);
        for (square, gained) in squares.iter_mut().zip(self.gained(sums)) {
            *square = square.saturating_add(gained.unsigned_abs().pow(2));
        }
        self.squares = squares;
        self.looks = self.looks.saturating_add(1);
    }

    /// Q_x for x = 0 … Lx, given what the left reservoir has brought since the start.
    pub fn crossed(&self, sums: &[i32], injected: i64) -> Vec<i64> {
        let beyond = self.gained(sums).map(|gained| injected - gained);
        std::iter::once(injected).chain(beyond).collect()
    }

    /// How far each Q_x may be from its long-time rate beyond the scatter that all share, as a
    /// variance; none before the first look.
    pub fn bounded(&self) -> Option<Vec<f64>> {
        let looks = self.looks as f64;
        let mean = |&square: &u64| 2.0 * square as f64 / looks;
        // What is within all columns, Q_0 is off by.
        let most = self.squares.iter().max().copied().unwrap_or(0);
        let all = std::iter::once(&most).chain(&self.squares);
        (self.looks > 0).then(|| all.map(mean).collect())
    }

    pub fn is_sound(&self, lx: usize) -> bool {
        self.start.len() == lx
            && self.squares.len() == lx
            && self.start.iter().all(|sum| (-MOST..=MOST).contains(sum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_within_has_crossed() {
        let currents = ColumnCurrents::new(&[-4, 0, 4]);
        // Two were brought, one is in column 1, one has gone on to column 2; one has left column 3.
        assert_eq!(currents.crossed(&[-2, 2, 2], 2), [2, 1, 0, 1]);
        assert_eq!(currents.bounded(), None);
    }

    #[test]
    fn what_is_bounded_is_measured() {
        let mut currents = ColumnCurrents::new(&[0, 0]);
        currents.look(&[2, -2]);
        currents.look(&[-2, 4]);
        assert_eq!(currents.bounded(), Some(vec![2.0, 2.0, 1.0]));
        assert!(currents.is_sound(2) && !currents.is_sound(3));
    }
}
