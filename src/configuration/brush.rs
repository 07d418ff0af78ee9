//! Spins set by hand: the brush, and the account of what it has changed.

use crate::notation;
use crate::params::{Invalid, Params, SIZE_MAX};
use crate::words::{links, measure};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What was painted in the course of a run, which its link therefore does not lead to.
///
/// With it both balances stay exact, for η = (1+σ)/2 and x = 1…Lx:
/// ΔN₊ = I_L − I_R + `pluses`, Δ(Σ xη) = Q + I_L − Lx·I_R + `moment`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Painted {
    /// The clock when a spin was first painted.
    pub time: f64,
    /// Pluses that were painted, less those painted over.
    pub pluses: i64,
    /// Σ of their columns, x = 1…Lx, with the same signs.
    pub moment: i64,
}

impl Painted {
    /// No run gets beyond it: to paint a lattice of the largest size whole changes the moment by
    /// 2²⁷, and this is 2³⁰ times as much.
    const MOST: u64 = 1 << 57;

    /// The account at the first touch of the brush, at time `time`.
    pub(crate) fn at(time: f64) -> Self {
        Painted {
            time,
            pluses: 0,
            moment: 0,
        }
    }

    /// Takes in a touch of the brush.
    pub(crate) fn add(&mut self, change: &Change) {
        self.pluses += change.pluses;
        self.moment += change.moment;
    }

    /// Whether it could be that of a run at time `now`.
    pub(crate) fn is_sound(&self, now: f64) -> bool {
        (0.0..=now).contains(&self.time)
            && [self.pluses, self.moment]
                .iter()
                .all(|sum| sum.unsigned_abs() <= Painted::MOST)
    }
}

/// That there is such an account, in words.
impl fmt::Display for Painted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = notation::plain(self.time, 3);
        f.write_str(&measure::painted(time))
    }
}

/// What a touch of the brush has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// Of the number of pluses; its magnitude is the number of spins turned over.
    pub pluses: i64,
    /// Of Σ xη, x = 1…Lx.
    pub moment: i64,
}

/// A touch of the brush: the sites within a radius of one, and the spin that they get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Brush {
    x: u32,
    y: u32,
    radius: u32,
    /// Whether it paints pluses.
    pub up: bool,
}

impl Brush {
    /// A brush on the lattice of `params`: column, row, radius and spin, as
    /// [`Simulation::paint`](crate::run::simulation::Simulation::paint) has them.
    ///
    /// # Errors
    /// Names every value that is not allowed.
    pub fn new(
        params: &Params,
        x: f64,
        y: f64,
        radius: f64,
        spin: f64,
    ) -> Result<Self, Vec<Invalid>> {
        let mut invalid = Vec::new();
        let mut whole = |key, value: f64, most: u32| {
            if value.fract() != 0.0 || !(0.0..=f64::from(most)).contains(&value) {
                let allowed = links::whole_number(0, most);
                invalid.push(Invalid::new(key, value, allowed));
            }
            value as u32
        };
        let (x, y, radius) = (
            whole("x", x, params.lx - 1),
            whole("y", y, params.ly - 1),
            whole("radius", radius, SIZE_MAX),
        );
        if spin.abs() != 1.0 {
            invalid.push(Invalid::new("spin", spin, links::SPIN));
        }
        let up = spin > 0.0;
        if invalid.is_empty() {
            Ok(Brush { x, y, radius, up })
        } else {
            Err(invalid)
        }
    }

    /// Columns and rows of its sites on a lattice of `lx` columns, where it is cut, and `ly` rows,
    /// over whose edge it goes on; each once.
    pub fn sites(self, lx: u32, ly: u32) -> impl Iterator<Item = (u32, u32)> {
        let Brush { x, y, radius, .. } = self;
        let columns = x.saturating_sub(radius)..=(x + radius).min(lx - 1);
        columns.flat_map(move |column| {
            let aside = column.abs_diff(x);
            let reach = (radius * radius - aside * aside).isqrt();
            // A whole turn, or the rows from `reach` below to `reach` above.
            let rows = (2 * reach + 1).min(ly);
            let lowest = (y + ly - reach % ly) % ly;
            (0..rows).map(move |row| (column, (lowest + row) % ly))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sites(params: &Params, x: u32, y: u32, radius: u32) -> Vec<(u32, u32)> {
        let [x, y, radius] = [x, y, radius].map(f64::from);
        let brush = Brush::new(params, x, y, radius, 1.0).expect("it is allowed");
        let mut sites: Vec<(u32, u32)> = brush.sites(params.lx, params.ly).collect();
        sites.sort_unstable();
        sites
    }

    #[test]
    fn a_brush_is_cut_at_the_columns_and_goes_on_over_the_rows() {
        let params = Params {
            lx: 6,
            ly: 5,
            ..Params::default()
        };
        assert_eq!(sites(&params, 3, 2, 0), [(3, 2)]);
        assert_eq!(sites(&params, 0, 0, 1), [(0, 0), (0, 1), (0, 4), (1, 0)]);
        assert_eq!(
            sites(&params, 5, 4, 1),
            [(4, 4), (5, 0), (5, 3), (5, 4)],
            "the last column, the last row"
        );
    }

    /// Every site of the lattice whose distance is at most the radius, the shorter way along y.
    #[test]
    fn a_brush_has_the_sites_within_its_radius() {
        for (lx, ly) in [(4, 4), (9, 7), (5, 12)] {
            let params = Params {
                lx,
                ly,
                ..Params::default()
            };
            for (x, y, radius) in (0..lx * ly * 8).map(|n| (n % lx, n / lx % ly, n / (lx * ly))) {
                let near = |&(column, row): &(u32, u32)| {
                    let (aside, along) = (column.abs_diff(x), row.abs_diff(y));
                    let along = along.min(ly - along);
                    aside * aside + along * along <= radius * radius
                };
                let all = (0..lx).flat_map(|column| (0..ly).map(move |row| (column, row)));
                let expected: Vec<(u32, u32)> = all.filter(near).collect();
                assert_eq!(sites(&params, x, y, radius), expected, "{x}, {y}, {radius}");
            }
        }
    }

    #[test]
    fn what_is_not_allowed_is_named() {
        let params = Params::default();
        let complaints = |x, y, radius, spin| {
            let invalid = Brush::new(&params, x, y, radius, spin).unwrap_err();
            invalid.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            complaints(40.0, -1.0, 0.5, 0.0),
            [
                "x=40: allowed is a whole number from 0 to 39",
                "y=-1: allowed is a whole number from 0 to 39",
                "radius=0.5: allowed is a whole number from 0 to 512",
                "spin=0: allowed is 1 or -1",
            ]
        );
        for bad in [f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(complaints(bad, bad, bad, bad).len(), 4, "{bad}");
        }
    }
}
