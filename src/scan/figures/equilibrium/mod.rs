//! Fig. 4: the magnetization of the end columns without reservoirs, against L.

pub(super) mod picture;

use crate::fit::exponential::{self, Approach};
use crate::fit::jackknife::jackknife;
use crate::fit::sided::Sided;
use crate::fit::{Point, Unfit};
use crate::notation::{NOTHING, plain, with_error};
use crate::scan::figures::findings::{Finding, Row, Table};
use crate::scan::figures::m_eq::{MEq, in_step};
use crate::scan::figures::phrases::{MISFIT, apart, beside, known, list, quality, time};
use crate::scan::figures::{paper, phrases};
use crate::scan::results::Results;
use crate::scan::task::outcome::Measured;
use crate::theory::m_beta;
use crate::words;

/// m_eq of every lattice, and the curve through them.
#[derive(Clone, Debug)]
pub(super) struct Equilibrium {
    all: Vec<MEq>,
    fit: Result<Approach, Unfit>,
}

impl Equilibrium {
    /// Of the results of its experiment.
    pub(super) fn of(results: &Results) -> Self {
        let all = all(results);
        Equilibrium {
            fit: fit(results, &all),
            all,
        }
    }

    /// The table.
    pub(super) fn table(&self, results: &Results) -> Table {
        let Equilibrium { all, fit } = self;
        let base = &results.experiment().base;
        let row = |one: &MEq| {
            let against = |reference: Option<f64>| match (one.known(), reference) {
                (Some((m, error)), Some(reference)) => phrases::sigmas((m - reference) / error),
                _ => NOTHING.to_owned(),
            };
            Row {
                point: one.point,
                cells: vec![
                    one.l.to_string(),
                    one.m_eq.text(),
                    against(fit.as_ref().ok().map(|fit| fit.at(one.l))),
                    against(
                        (base.beta == 1.0 && paper::SIZES.contains(&(one.l as u32)))
                            .then(|| paper::m_eq(one.l)),
                    ),
                    time(one.span),
                    one.status(),
                ],
            }
        };
        let columns = [
            "L",
            "m_eq",
            words::tables::LESS_OUR_FIT.said(),
            words::tables::LESS_PAPER_FIT.said(),
            words::tables::MEASURED_TIME.said(),
            words::tables::STATUS.said(),
        ];
        Table {
            caption: words::tables::equilibrium(base.beta),
            columns: columns.map(str::to_owned).to_vec(),
            rows: all.iter().map(row).collect(),
        }
    }

    /// The findings.
    pub(super) fn findings(&self, results: &Results) -> Vec<Finding> {
        let Equilibrium { all, fit } = self;
        let beta = results.experiment().base.beta;
        let points = points(all);
        let mut found = Vec::new();
        let mut say = |subject: &str, text: String| {
            found.push(Finding {
                subject: subject.to_owned(),
                text,
            });
        };
        if points.is_empty() {
            say("m_eq", words::findings::NO_M_EQ.to_owned());
        } else {
            say(
                words::findings::FIT.said(),
                fixed(results, all, fit, m_beta(beta)),
            );
            say(
                words::findings::FREE_ASYMPTOTE.said(),
                free(&points, m_beta(beta)),
            );
            if beta == 1.0 {
                say(
                    words::findings::PAPER_FIT.said(),
                    against_paper(&points, fit.as_ref().ok()),
                );
            }
            if let Some(text) = largest(all, beta) {
                say(words::findings::M_EQ_AT_40.said(), text);
            }
        }
        let lost: Vec<String> = all
            .iter()
            .filter(|one| !one.lost.is_empty())
            .map(|one| words::findings::steps_lost_at(one.l, one.lost.len(), one.replicas))
            .collect();
        say(
            words::findings::LOST_STEPS.said(),
            if lost.is_empty() {
                words::findings::NO_STEP_LOST.to_owned()
            } else {
                words::findings::steps_lost(list(&lost))
            },
        );
        found
    }
}

/// m_eq of every lattice of the experiment.
pub fn all(results: &Results) -> Vec<MEq> {
    (0..results.points().len())
        .map(|point| MEq::of(results, point))
        .collect()
}

/// m_eq against L as a fit takes it.
pub fn points(all: &[MEq]) -> Vec<Point> {
    all.iter()
        .filter_map(|one| {
            let (y, error) = one.known()?;
            Some(Point { x: one.l, y, error })
        })
        .collect()
}

/// m_β + a e^(−bL), fitted.
///
/// # Errors
/// Why it cannot be.
pub fn fit(results: &Results, all: &[MEq]) -> Result<Approach, Unfit> {
    exponential::approach(&points(all), m_beta(results.experiment().base.beta))
}

/// What χ² says of a form.
fn verdict(quality: &crate::fit::Quality) -> &'static str {
    match quality.p_value() {
        Some(p) if p < MISFIT => words::findings::MISFIT.said(),
        Some(_) => words::findings::FITS.said(),
        None => words::findings::NOT_TESTED.said(),
    }
}

fn fixed(results: &Results, all: &[MEq], fit: &Result<Approach, Unfit>, limit: f64) -> String {
    let fit = match fit {
        Ok(fit) => fit,
        Err(why) => return words::findings::fit_fails(why),
    };
    let mut text = words::findings::fit(
        plain(limit, 6),
        words::phrases::sizes(all.iter().filter(|one| one.known().is_some()).count()),
        with_error(fit.amplitude, fit.amplitude_error),
        with_error(fit.rate, fit.rate_error),
        plain(fit.correlation, 2),
        quality(&fit.quality),
        verdict(&fit.quality),
    );
    let replicas: Vec<u32> = (0..results.experiment().replicas).collect();
    let again = |of: fn(&Approach) -> f64| {
        jackknife(&replicas, |kept| {
            exponential::approach(&with_replicas(results, all, kept), limit).map(|fit| of(&fit))
        })
    };
    if let (Ok(a), Ok(b)) = (again(|fit| fit.amplitude), again(|fit| fit.rate)) {
        text += &words::findings::fit_jackknife(a.replicas, plain(a.error, 2), plain(b.error, 2));
    }
    text
}

/// The points of some of the replicas.
fn with_replicas(results: &Results, all: &[MEq], kept: &[&u32]) -> Vec<Point> {
    all.iter()
        .filter_map(|one| {
            let members = in_step(results, one.point, |replica| kept.contains(&&replica));
            let (y, error) = known(&Measured::combined(members.into_iter()))?;
            Some(Point { x: one.l, y, error })
        })
        .collect()
}

/// The limit of m_eq for large L, fitted as well.
#[derive(Clone, Debug)]
pub struct Asymptote {
    /// By an exponential approach.
    pub fit: Approach,
    /// The limit by a power of L, where that fits as well.
    pub by_power: Option<f64>,
    /// The limit of `fit`, with an error that reaches as far as one of either form.
    pub limit: Option<Sided>,
}

impl Asymptote {
    /// Of m_eq against L.
    ///
    /// # Errors
    /// Why it cannot be fitted.
    pub fn of(points: &[Point]) -> Result<Self, Unfit> {
        let fit = exponential::free(points)?;
        let by_power = exponential::limit_by_power(points, MISFIT);
        let limit = fit.limit_error.filter(|error| *error > 0.0).map(|error| {
            let even = Sided::even(fit.limit, error);
            by_power.map_or(even, |(other, its)| Sided {
                below: error.max(fit.limit - (other - its)),
                above: error.max(other + its - fit.limit),
                ..even
            })
        });
        Ok(Asymptote {
            fit,
            by_power: by_power.map(|(limit, _)| limit),
            limit,
        })
    }
}

fn free(points: &[Point], m_beta: f64) -> String {
    let Asymptote {
        fit,
        by_power,
        limit,
    } = match Asymptote::of(points) {
        Err(why) => return words::findings::free_fit_fails(why),
        Ok(found) => found,
    };
    let mut beside_m_beta = limit.map_or(plain(fit.limit, 6), |limit| {
        words::findings::limit_beside_m_beta(limit.text(), plain(m_beta, 6), beside(limit, m_beta))
    });
    if let Some(other) = by_power {
        let other = words::findings::limit_by_power(plain(other, 6));
        beside_m_beta = format!("{beside_m_beta}; {other}");
    }
    words::findings::free_fit(
        beside_m_beta,
        with_error(fit.amplitude, fit.amplitude_error),
        with_error(fit.rate, fit.rate_error),
        quality(&fit.quality),
        verdict(&fit.quality),
    )
}

/// The paper's curve beside our points, and its parameters beside ours.
fn against_paper(points: &[Point], fit: Option<&Approach>) -> String {
    let sigmas: Vec<f64> = points
        .iter()
        .filter(|point| paper::SIZES.contains(&(point.x as u32)))
        .map(|point| (point.y - paper::m_eq(point.x)) / point.error)
        .collect();
    let mut text = words::findings::paper_fit(paper::AMPLITUDE, paper::RATE);
    if let Some(fit) = fit {
        text += &words::findings::our_fit_beside(
            apart(fit.amplitude, fit.amplitude_error, paper::AMPLITUDE),
            apart(fit.rate, fit.rate_error, paper::RATE),
        );
    }
    if !sigmas.is_empty() {
        let (chi_squared, freedom, p) = phrases::chi_of(&sigmas);
        text += &words::findings::scatter_about_paper_fit(phrases::chi(chi_squared, freedom, p));
    }
    text + "."
}

fn largest(all: &[MEq], beta: f64) -> Option<String> {
    let one = all.iter().find(|one| one.l == 40.0 && beta == 1.0)?;
    let (m, error) = one.known()?;
    Some(words::findings::m_eq_beside_paper(
        with_error(m, error),
        paper::M_EQ,
        apart(m, error, paper::M_EQ),
    ))
}
