//! The end columns, whose spins the reservoirs flip: their rows sorted by spin.

use crate::lattice::{Lattice, Side};

/// The rows of an end column, the plus spins first, so that a plus or a minus can be drawn at once.
#[derive(Clone, Debug)]
pub(crate) struct EndColumn {
    rows: Vec<u32>,
    place: Vec<u32>,
    plus: u32,
}

impl EndColumn {
    pub fn new(lattice: &Lattice, side: Side) -> Self {
        let ly = lattice.ly();
        let mut column = EndColumn {
            rows: (0..ly).collect(),
            place: (0..ly).collect(),
            plus: 0,
        };
        for y in 0..ly {
            if lattice.spin(lattice.column_of(side) as u32, y) == 1 {
                column.turn(y);
            }
        }
        column
    }

    /// Moves row `y` to the other part.
    #[inline]
    pub fn turn(&mut self, y: u32) {
        let place = self.place[y as usize];
        // A plus trades places with the last plus, a minus with the first minus.
        let border = if place < self.plus {
            self.plus -= 1;
            self.plus
        } else {
            self.plus += 1;
            self.plus - 1
        };
        let other = self.rows[border as usize];
        self.rows.swap(place as usize, border as usize);
        self.place[y as usize] = border;
        self.place[other as usize] = place;
    }

    /// How many plus and how many minus spins there are.
    #[inline]
    pub fn numbers(&self) -> [u32; 2] {
        [self.plus, self.rows.len() as u32 - self.plus]
    }

    /// Rows with a plus spin.
    #[inline]
    pub fn plus(&self) -> &[u32] {
        &self.rows[..self.plus as usize]
    }

    /// Rows with a minus spin.
    #[inline]
    pub fn minus(&self) -> &[u32] {
        &self.rows[self.plus as usize..]
    }

    /// The rows in their present order, which the future of a run depends on.
    pub fn order(&self) -> &[u32] {
        &self.rows
    }

    /// Puts the rows into a saved order; false if it does not sort these spins.
    pub fn reorder(&mut self, order: &[u32]) -> bool {
        let mut seen = vec![false; self.rows.len()];
        let fits = |(place, &y): (usize, &u32)| {
            let is_plus = |place: usize| place < self.plus as usize;
            let known = self.place.get(y as usize);
            let right = known.is_some_and(|&now| is_plus(now as usize) == is_plus(place));
            right && !std::mem::replace(&mut seen[y as usize], true)
        };
        if order.len() != self.rows.len() || !order.iter().enumerate().all(fits) {
            return false;
        }
        self.rows.copy_from_slice(order);
        for (place, &y) in order.iter().enumerate() {
            self.place[y as usize] = place as u32;
        }
        true
    }
}
