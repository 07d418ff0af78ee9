//! The exact magnetization beside a wall of + spins, against other ways to it.

use crate::significance::p_value;
use uphill::params::{Boundary, Params, Reservoirs};
use uphill::run::simulation::{Budget, Simulation};
use uphill::theory::{beta_c, m_wall};

/// A strip of given width between two walls of +: its transfer matrix along the walls, one row after
/// the other.
struct Strip {
    width: usize,
    /// e^{−β(1 − σσ′)} of a bond along the walls whose spins differ.
    unlike: f64,
    /// Square roots of the weights of the bonds within a row, those to the walls included.
    within: Vec<f64>,
}

impl Strip {
    fn new(width: usize, beta: f64) -> Self {
        let root = |row: usize| {
            let up = |x: usize| x == 0 || x > width || row >> (x - 1) & 1 == 0;
            let unlike = (0..=width).filter(|&x| up(x) != up(x + 1)).count();
            libm::exp(-beta * unlike as f64)
        };
        Strip {
            width,
            unlike: libm::exp(-2.0 * beta),
            within: (0..1 << width).map(root).collect(),
        }
    }

    fn spin(row: usize) -> f64 {
        1.0 - 2.0 * (row & 1) as f64
    }

    fn times(&self, vector: &[f64]) -> Vec<f64> {
        let weighted = |vector: &[f64]| -> Vec<f64> {
            let both = vector.iter().zip(&self.within);
            both.map(|(value, weight)| value * weight).collect()
        };
        let mut next = weighted(vector);
        for bit in 0..self.width {
            let old = next.clone();
            for (row, value) in next.iter_mut().enumerate() {
                *value = old[row] + self.unlike * old[row ^ (1 << bit)];
            }
        }
        weighted(&next)
    }

    /// Of an infinitely long strip.
    fn beside_the_wall(&self) -> f64 {
        let mut vector = self.within.clone();
        for _ in 0..20_000 {
            let mut next = self.times(&vector);
            let norm = next.iter().map(|value| value * value).sum::<f64>().sqrt();
            next.iter_mut().for_each(|value| *value /= norm);
            let step = next.iter().zip(&vector).map(|(a, b)| (a - b).abs());
            let step = step.fold(0.0, f64::max);
            vector = next;
            if step < 1e-15 {
                break;
            }
        }
        let squares = vector.iter().map(|value| value * value);
        squares
            .enumerate()
            .map(|(row, p)| p * Strip::spin(row))
            .sum::<f64>()
    }

    /// Of a strip of so many rows, periodic, by the trace.
    fn of_rows(&self, rows: usize) -> f64 {
        let (mut sum, mut spins) = (0.0, 0.0);
        for first in 0..1 << self.width {
            let mut vector = vec![0.0; 1 << self.width];
            vector[first] = 1.0;
            for _ in 0..rows {
                vector = self.times(&vector);
            }
            sum += vector[first];
            spins += vector[first] * Strip::spin(first);
        }
        spins / sum
    }
}

/// The same by weighing every configuration.
fn enumerated(width: usize, rows: usize, beta: f64) -> f64 {
    let (mut sum, mut spins) = (0.0, 0.0);
    for state in 0_u32..1 << (width * rows) {
        let spin = |x: usize, y: usize| match x {
            0 => 1,
            x if x > width => 1,
            x => 1 - 2 * (state >> ((y % rows) * width + x - 1) & 1) as i32,
        };
        let mut energy = 0;
        for y in 0..rows {
            for x in 0..=width {
                energy -= spin(x, y) * spin(x + 1, y);
                if x > 0 {
                    energy -= spin(x, y) * spin(x, y + 1);
                }
            }
        }
        let weight = libm::exp(-beta * f64::from(energy));
        sum += weight;
        spins += weight * f64::from(spin(1, 0));
    }
    spins / sum
}

#[test]
fn the_strip_is_what_enumeration_gives() {
    for (width, rows) in [(2, 4), (3, 4), (4, 3), (3, 5)] {
        for beta in [0.2, 0.44, 0.8] {
            let (found, all) = (
                Strip::new(width, beta).of_rows(rows),
                enumerated(width, rows, beta),
            );
            assert!(
                (found - all).abs() < 1e-12,
                "{width}×{rows}, β = {beta}: {found} {all}"
            );
        }
    }
}

/// Where widths 8 and 10 agree the strip is as good as a half plane, which its two walls then do not
/// change either; where they do not, near β_c, they come nearer and from above.
#[test]
fn the_half_plane_is_the_limit_of_strips() {
    for beta in [0.61, 0.7, 0.8, 1.0, 1.2, 2.0] {
        let [narrow, wide] = [8, 10].map(|width| Strip::new(width, beta).beside_the_wall());
        let left = (narrow - wide).abs();
        assert!(left < 1e-7, "β = {beta}: {narrow} {wide}");
        let off = (m_wall(beta) - wide).abs();
        assert!(off < left + 1e-13, "β = {beta}: off by {off:e}");
    }
    for beta in [0.2, 0.35, beta_c(), 0.47, 0.5, 0.55] {
        let strips = [6, 8, 10].map(|width| Strip::new(width, beta).beside_the_wall());
        let off = strips.map(|m| m - m_wall(beta));
        assert!(
            off[0] > off[1] && off[1] > off[2] && off[2] > 0.0,
            "β = {beta}: {off:?}"
        );
        // At β_c as the width to the power −1, elsewhere faster.
        assert!(off[2] < 0.04 * m_wall(beta), "β = {beta}: {off:?}");
    }
}

/// Of a lattice without reservoirs both end columns, from the step. One comparison for each β, each
/// fails by chance once in ten thousand times.
#[test]
fn the_engine_finds_it_beside_fixed_walls() {
    for (beta, time, seed) in [(1.0, 4e6, 3), (0.8, 1e6, 1)] {
        let params = Params {
            lx: 48,
            ly: 32,
            beta,
            boundary: Boundary::Fixed,
            reservoirs: Reservoirs::Off,
            seed,
            ..Params::default()
        };
        let mut run = Simulation::new(&params).expect("it is allowed");
        run.advance(1e5, Budget::UNLIMITED);
        run.measure_afresh();
        run.advance(time, Budget::UNLIMITED);
        let m_eq = run.report().m_eq;
        let (mean, error) = (m_eq.mean.expect("a mean"), m_eq.error.expect("an error"));
        let z = (mean - m_wall(beta)) / error;
        println!(
            "β = {beta}: {mean} ± {error:e}, exact {}, {z:.1} σ",
            m_wall(beta)
        );
        assert!(p_value(z) > 1e-4, "β = {beta}: {z} σ");
    }
}
