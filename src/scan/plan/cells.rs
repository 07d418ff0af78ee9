//! The cells of a map: rectangles over (m₊, β), one for each of its points, and how they are split.
//!
//! The cells of the link reach half-way to their neighbours; the outermost as far beyond, but never
//! out of |m₊| ≤ 1 and 0 ≤ β. A cell that is split gives way to four, each a point of its own, at the
//! middle of its quarter, or at |m₊| = 1 where that belongs to it: a change of sign before it, however
//! near, stays within the map.

use super::added::Added;
use super::experiment::{Experiment, rounded_near};
use super::link::MOST_POINTS;
use crate::params::BETA_MAX;

/// Half the width of a cell that has no neighbour across.
const ALONE_M: f64 = 0.05;
/// Half the height of a cell that has none above or below.
const ALONE_BETA: f64 = 0.025;
/// Cells that a cell is split into.
pub(crate) const PARTS: usize = 4;
/// The middle of a part is rounded to a decimal of at most this share of the cell.
const ROUNDED: f64 = 1.0 / 64.0;
/// What stands in the place of the error of an added point, where none is asked for.
const NO_ERROR: f64 = 1.0;

/// The place of a point in a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// m₊ from and to.
    pub m: (f64, f64),
    /// β from and to.
    pub beta: (f64, f64),
    /// How often the cells before it were split.
    pub level: u32,
    /// Whether four others have taken its place.
    pub is_split: bool,
}

/// The cells of a map, by the number of the point.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells(Vec<Cell>);

impl Cells {
    /// Of the points of a map and of those that were added, by stages; none if they are not parts of
    /// its cells, in fours and in their order: what a file says is not trusted.
    pub(crate) fn of(experiment: &Experiment, added: &[Vec<Added>]) -> Option<Self> {
        if added.len() > experiment.split as usize {
            return None;
        }
        let columns = reaches(experiment.ms.values(), ALONE_M, (-1.0, 1.0));
        let rows = reaches(experiment.betas.values(), ALONE_BETA, (0.0, BETA_MAX));
        let mut cells: Vec<Cell> = Vec::new();
        for beta in rows {
            for &m in &columns {
                cells.push(Cell {
                    m,
                    beta,
                    level: 0,
                    is_split: false,
                });
            }
        }
        for stage in added {
            if stage.is_empty() || !stage.len().is_multiple_of(PARTS) {
                return None;
            }
            let before = cells.len();
            // They are split in their order.
            let mut next = 0;
            for four in stage.chunks(PARTS) {
                let place = (next..before).find(|&place| {
                    let cell = &cells[place];
                    !cell.is_split && cell.level < experiment.split && cell.parts() == four
                })?;
                next = place + 1;
                cells[place].is_split = true;
                let quarters = cells[place].quarters();
                cells.extend(quarters);
            }
        }
        (cells.len() <= MOST_POINTS).then_some(Cells(cells))
    }

    /// All of them, those that were split as well.
    pub fn all(&self) -> &[Cell] {
        &self.0
    }
}

impl Cell {
    fn quarters(&self) -> [Cell; PARTS] {
        let middle = |(from, to): (f64, f64)| (from + to) / 2.0;
        let (m, beta) = (middle(self.m), middle(self.beta));
        let part = |m, beta| Cell {
            m,
            beta,
            level: self.level + 1,
            is_split: false,
        };
        let (left, right) = ((self.m.0, m), (m, self.m.1));
        let (below, above) = ((self.beta.0, beta), (beta, self.beta.1));
        [
            part(left, below),
            part(right, below),
            part(left, above),
            part(right, above),
        ]
    }

    /// The points that take its place when it is split.
    pub(crate) fn parts(&self) -> [Added; PARTS] {
        let near = |(from, to): (f64, f64), whole: (f64, f64)| {
            rounded_near((from + to) / 2.0, (whole.1 - whole.0) * ROUNDED)
        };
        self.quarters().map(|part| Added {
            m: match part.m {
                (_, 1.0) => 1.0,
                (-1.0, _) => -1.0,
                reach => near(reach, self.m),
            },
            err: NO_ERROR,
            beta: Some(near(part.beta, self.beta)),
        })
    }

    /// Whether two cells have more than a corner in common.
    pub(crate) fn touches(&self, other: &Cell) -> bool {
        let meets = |a: (f64, f64), b: (f64, f64)| a.1 == b.0 || b.1 == a.0;
        let overlaps = |a: (f64, f64), b: (f64, f64)| a.0 < b.1 && b.0 < a.1;
        (meets(self.m, other.m) && overlaps(self.beta, other.beta))
            || (meets(self.beta, other.beta) && overlaps(self.m, other.m))
    }
}

/// From where to where ascending values reach.
fn reaches(values: &[f64], alone: f64, (least, most): (f64, f64)) -> Vec<(f64, f64)> {
    let between = |a: f64, b: f64| (a + b) / 2.0;
    let edge = |i: usize| -> f64 {
        let (first, last) = (values[0], values[values.len() - 1]);
        match (i, values.len()) {
            (0, 1) => first - alone,
            (1, 1) => last + alone,
            (0, _) => first - (values[1] - first) / 2.0,
            (i, n) if i == n => last + (last - values[n - 2]) / 2.0,
            _ => between(values[i - 1], values[i]),
        }
        .clamp(least, most)
    };
    (0..values.len()).map(|i| (edge(i), edge(i + 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::plan::link;

    fn cells(text: &str, added: &[Vec<Added>]) -> Option<Cells> {
        Cells::of(&link::read(text).experiment, added)
    }

    #[test]
    fn cells_cover_the_map_without_gaps() {
        let cells = cells("exp=map", &[]).expect("its own");
        assert_eq!(cells.all().len(), 280);
        let area: f64 = cells
            .all()
            .iter()
            .map(|cell| (cell.m.1 - cell.m.0) * (cell.beta.1 - cell.beta.0))
            .sum();
        assert!((area - 0.975 * 0.7).abs() < 1e-12, "{area}");
        let experiment = link::read("exp=map").experiment;
        for (cell, point) in cells.all().iter().zip(experiment.points()) {
            let (m, beta) = (point.params.m_right, point.params.beta);
            assert!((cell.m.0..=cell.m.1).contains(&m), "{cell:?} {m}");
            assert!((cell.beta.0..=cell.beta.1).contains(&beta), "{cell:?}");
        }
    }

    #[test]
    fn one_value_has_a_cell_too_and_no_cell_leaves_the_magnetizations() {
        let cells = cells("exp=map&ms=-1&betas=0", &[]).expect("its own");
        assert_eq!(cells.all()[0].m, (-1.0, -0.95));
        assert_eq!(cells.all()[0].beta, (0.0, 0.025));
    }

    #[test]
    fn four_parts_take_the_place_of_a_cell() {
        let own = cells("exp=map&split=2", &[]).expect("its own");
        let parent = own.all()[19];
        let parts = parent.parts();
        assert_eq!((parts[0].m, parts[1].m), (0.9812, 1.0));
        assert_eq!(parts[3].beta, Some(0.3125));
        let split = cells("exp=map&split=2", &[parts.to_vec()]).expect("its parts");
        assert_eq!(split.all().len(), 284);
        assert!(split.all()[19].is_split);
        for (part, cell) in parts.iter().zip(&split.all()[280..]) {
            assert!(cell.m.0 < part.m && part.m <= cell.m.1);
            assert!(!cell.touches(&parent) && cell.level == 1);
        }
        assert!(split.all()[280].touches(&own.all()[18]));
        assert!(!split.all()[281].touches(&own.all()[18]));
        assert!(split.all()[282].touches(&own.all()[39]));
        assert!(!split.all()[282].touches(&split.all()[281]));
    }

    /// Each is one step away from what is sound.
    #[test]
    fn what_is_no_part_is_refused() {
        let own = cells("exp=map&split=1", &[]).expect("its own");
        let [a, b] = [3, 70].map(|place: usize| own.all()[place].parts().to_vec());
        let stage = |all: &[&Vec<Added>]| vec![all.iter().flat_map(|one| one.to_vec()).collect()];
        let sound = |added: &[Vec<Added>]| cells("exp=map&split=1", added).is_some();
        assert!(sound(&stage(&[&a, &b])));
        assert!(!sound(&stage(&[&b, &a])));
        assert!(!sound(&stage(&[&a, &a])));
        assert!(!sound(&[vec![]]));
        assert!(!sound(&[a[..3].to_vec()]));
        assert!(!sound(&[a.clone(), b.clone()]));
        assert!(cells("exp=map&split=0", &stage(&[&a])).is_none());
        for change in [
            |one: &mut Added| one.m += 1e-4,
            |one: &mut Added| one.beta = None,
            |one: &mut Added| one.err = 0.5,
            |one: &mut Added| one.m = f64::NAN,
        ] {
            let mut other = a.clone();
            change(&mut other[2]);
            assert!(!sound(&[other]));
        }
    }
}
