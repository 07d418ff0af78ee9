//! The end columns, whose spins the reservoirs flip: their rows sorted by spin.

use crate::lattice::{Lattice, Side};
use crate::rates::{END_CLASSES, end_class};

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

/// The rows of an end column by what their site is to its flip, for balanced reservoirs: a list a
/// class.
#[derive(Clone, Debug)]
pub(crate) struct EndClasses {
    /// The lists, each with room for all rows.
    rows: Vec<u32>,
    length: [u32; END_CLASSES],
    class: Vec<u8>,
    place: Vec<u32>,
}

impl EndClasses {
    pub fn new(lattice: &Lattice, side: Side) -> Self {
        let ly = lattice.ly() as usize;
        let mut all = EndClasses {
            rows: vec![0; END_CLASSES * ly],
            length: [0; END_CLASSES],
            class: vec![0; ly],
            place: vec![0; ly],
        };
        for y in 0..ly {
            all.list(y, EndClasses::class_of(lattice, side, y));
        }
        all
    }

    fn class_of(lattice: &Lattice, side: Side, y: usize) -> usize {
        let x = lattice.column_of(side);
        end_class(
            lattice.is_up(x as u32, y as u32),
            lattice.unlike_around(x, y),
        )
    }

    fn first(&self, class: usize) -> usize {
        class * self.class.len()
    }

    #[inline]
    fn list(&mut self, y: usize, class: usize) {
        let place = self.first(class) + self.length[class] as usize;
        self.length[class] += 1;
        self.rows[place] = y as u32;
        self.place[y] = place as u32;
        self.class[y] = class as u8;
    }

    /// Has the site of row `y` listed by what it is now.
    #[inline]
    pub fn sort(&mut self, lattice: &Lattice, side: Side, y: usize) {
        let (class, before) = (
            EndClasses::class_of(lattice, side, y),
            usize::from(self.class[y]),
        );
        if class != before {
            self.length[before] -= 1;
            let last = self.rows[self.first(before) + self.length[before] as usize];
            let place = self.place[y];
            self.rows[place as usize] = last;
            self.place[last as usize] = place;
            self.list(y, class);
        }
    }

    /// How many sites each class has.
    #[inline]
    pub fn numbers(&self) -> [u32; END_CLASSES] {
        self.length
    }

    /// The rows of a class.
    #[inline]
    pub fn listed(&self, class: usize) -> &[u32] {
        &self.rows[self.first(class)..][..self.length[class] as usize]
    }

    /// The rows in their present order, which the future of a run depends on, class by class.
    pub fn order(&self) -> Vec<u32> {
        let lists = (0..END_CLASSES).map(|class| self.listed(class));
        lists.flatten().copied().collect()
    }

    /// Puts the rows into a saved order; false if it does not sort these sites.
    pub fn reorder(&mut self, order: &[u32]) -> bool {
        let mut seen = vec![false; self.class.len()];
        let mut saved = order.iter();
        for class in 0..END_CLASSES {
            let first = self.first(class);
            for place in first..first + self.length[class] as usize {
                let Some(&y) = saved.next() else {
                    return false;
                };
                let known = self.class.get(y as usize);
                if known.is_none_or(|&its| usize::from(its) != class)
                    || std::mem::replace(&mut seen[y as usize], true)
                {
                    return false;
                }
                self.rows[place] = y;
                self.place[y as usize] = place as u32;
            }
        }
        saved.next().is_none()
    }

    /// Whether every row is listed by what its site is.
    pub fn agrees_with(&self, lattice: &Lattice, side: Side) -> bool {
        let fresh = EndClasses::new(lattice, side);
        let placed = |(y, place): (usize, &u32)| self.rows[*place as usize] as usize == y;
        fresh.class == self.class
            && fresh.length == self.length
            && self.place.iter().enumerate().all(placed)
    }
}
