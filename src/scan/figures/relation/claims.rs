//! What is said of L → ∞: where m_crit and m_eq go, and how far from m_β, m* and the wall that is.

use super::{Pair, Relation};
use crate::fit::least_squares::{Model, fit};
use crate::fit::{Point, Quality, chi_squared};
use crate::notation::{plain, with_error};
use crate::scan::figures::findings::Finding;
use crate::scan::figures::phrases::{MISFIT, apart, quality};
use crate::theory::{m_beta, m_wall};
use crate::words::phrases::sizes;
use crate::words::relation as words;
use libm::{hypot, sqrt};

/// From so many σ on a claim is not supported.
const RULED_OUT: f64 = 3.0;

/// A limit for L → ∞, and what it rests on.
#[derive(Clone, Debug)]
struct Limit {
    value: f64,
    error: f64,
    basis: String,
}

/// p₀ + p₁/L.
struct Inverse;

impl Model<2> for Inverse {
    fn value(&self, l: f64, [limit, slope]: &[f64; 2]) -> f64 {
        limit + slope / l
    }

    fn gradient(&self, l: f64, _: &[f64; 2]) -> [f64; 2] {
        [1.0, 1.0 / l]
    }
}

/// The mean of the largest sizes: of as many as agree with it. Of one size its value.
fn constant(points: &[Point]) -> Option<Limit> {
    for first in 0..points.len() {
        let used = &points[first..];
        let weight = |point: &Point| 1.0 / (point.error * point.error);
        let weights: f64 = used.iter().map(weight).sum();
        // Off the first, so that near values keep their digits.
        let offset = used[0].y;
        let sum: f64 = used.iter().map(|p| weight(p) * (p.y - offset)).sum();
        let value = offset + sum / weights;
        let off = |point: &Point| (point.y - value) / point.error;
        let found = Quality {
            chi_squared: used.iter().map(|p| off(p) * off(p)).sum(),
            freedom: used.len() - 1,
        };
        let p = (found.freedom > 0).then(|| chi_squared::tail(found.chi_squared, found.freedom));
        if p.is_none_or(|p| p >= MISFIT) {
            let from = used[0].x;
            return Some(Limit {
                value,
                error: 1.0 / sqrt(weights),
                basis: match used.len() {
                    1 => words::at_the_largest(from),
                    n => words::constant_from(sizes(n), from, quality(&found)),
                },
            });
        }
    }
    None
}

/// a + b/L through all sizes, of three or more, where that fits.
fn inverse(points: &[Point]) -> Option<Limit> {
    if points.len() < 3 {
        return None;
    }
    let offset = points[0].y;
    let shifted: Vec<Point> = points
        .iter()
        .map(|point| Point {
            y: point.y - offset,
            ..*point
        })
        .collect();
    let found = fit(&shifted, &Inverse, [points[0].error, 0.0]).ok()?;
    found.quality.is_good().then(|| Limit {
        value: offset + found.parameters[0],
        error: found.error(0),
        basis: words::inverse(sizes(points.len()), quality(&found.quality)),
    })
}

/// How a limit lies to a reference with an error of its own, in words.
fn beside(limit: &Limit, reference: f64, error: f64) -> String {
    let all = hypot(limit.error, error);
    let distance = apart(limit.value, all, reference);
    if (limit.value - reference).abs() < RULED_OUT * all {
        words::compatible(distance)
    } else {
        words::not_supported(distance)
    }
}

/// Findings of every β.
pub(super) fn limits(figure: &Relation) -> Vec<Finding> {
    let mut betas: Vec<f64> = Vec::new();
    for pair in &figure.pairs {
        if !betas.contains(&pair.beta) {
            betas.push(pair.beta);
        }
    }
    betas
        .into_iter()
        .flat_map(|beta| of_beta(figure, beta))
        .collect()
}

fn of_beta(figure: &Relation, beta: f64) -> Vec<Finding> {
    let own: Vec<&Pair> = figure
        .pairs
        .iter()
        .filter(|pair| pair.beta == beta)
        .collect();
    let crit: Vec<Point> = own
        .iter()
        .filter_map(|pair| {
            let m = pair.m_crit()?;
            Some(Point {
                x: f64::from(pair.l),
                y: m.value,
                error: m.larger(),
            })
        })
        .filter(|point| point.error > 0.0)
        .collect();
    let eq: Vec<Point> = own
        .iter()
        .filter_map(|pair| {
            let (y, error) = pair.equilibrium.known()?;
            let x = f64::from(pair.l);
            Some(Point { x, y, error })
        })
        .collect();
    let mut found = Vec::new();
    let mut say = |subject: String, limit: &Limit, reference: String, how: String| {
        let value = with_error(limit.value, limit.error);
        found.push(Finding {
            subject,
            text: words::limit(value, &limit.basis, reference, how),
        });
    };
    let ways: Vec<Limit> = [inverse(&crit), constant(&crit)]
        .into_iter()
        .flatten()
        .collect();
    for limit in &ways {
        let bulk = m_beta(beta);
        let subject = words::to_bulk(beta);
        let reference = format!("m_β = {}", plain(bulk, 6));
        say(subject, limit, reference, beside(limit, bulk, 0.0));
    }
    if let Some((star, error)) = figure.star(beta) {
        for limit in &ways {
            let reference = format!("m* = {}", with_error(star, error));
            say(
                words::to_star(beta),
                limit,
                reference,
                beside(limit, star, error),
            );
        }
    }
    if let Some(limit) = constant(&eq).filter(|_| figure.walls) {
        let wall = m_wall(beta);
        let reference = words::wall(plain(wall, 6));
        say(
            words::to_wall(beta),
            &limit,
            reference,
            beside(&limit, wall, 0.0),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(of: impl Fn(f64) -> f64) -> Vec<Point> {
        let sizes = [12.0, 16.0, 24.0, 32.0, 48.0, 64.0];
        let point = |x: f64| Point {
            x,
            y: of(x),
            error: 1e-6,
        };
        sizes.into_iter().map(point).collect()
    }

    #[test]
    fn limits_are_found_and_small_sizes_that_disagree_are_left_out() {
        let exact = points(|l| 0.9993 + 1e-3 / l);
        let found = inverse(&exact).expect("it fits");
        assert!((found.value - 0.9993).abs() < 1e-9);
        // The root of the covariance, by hand: Σ1/L² over what the fit leaves of Σ1.
        assert!(
            found.error > 6e-7 && found.error < 1.1e-6,
            "{}",
            found.error
        );
        let late = points(|l| if l < 30.0 { 0.9995 } else { 0.9993 });
        let found = constant(&late).expect("three agree");
        assert!((found.value - 0.9993).abs() < 1e-12);
        assert!((found.error - 1e-6 / sqrt(3.0)).abs() < 1e-12);
        assert!(inverse(&late).is_none());
        assert!(constant(&[]).is_none());
        assert_eq!(constant(&exact[5..]).expect("one size").error, 1e-6);
    }
}
