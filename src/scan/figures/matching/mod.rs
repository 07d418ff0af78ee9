//! What reservoirs must ask for to feed a phase at coexistence: m* against β.

pub(super) mod picture;

use super::bracketing::Next;
use super::findings::{Finding, Row, Table};
use super::m_star::{self, Matching, Star};
use super::phrases::{MISFIT, apart, chi, chi_of, quality, sigmas, time};
use crate::notation::{NOTHING, plain, with_error};
use crate::scan::results::Results;
use crate::theory::{m_beta, m_lone, m_wall};
use crate::words::{self, matching};

/// m* of every β.
#[derive(Clone, Debug)]
pub(super) struct Matchings {
    all: Vec<Matching>,
}

impl Matchings {
    /// Of the results of its experiment.
    pub(super) fn of(results: &Results) -> Self {
        Matchings {
            all: Matching::all(results),
        }
    }

    /// The table.
    pub(super) fn table(&self, results: &Results) -> Table {
        let row = |one: &Matching| {
            let m_beta = m_beta(one.beta);
            let known = one.known();
            Row {
                point: one.points.first().map_or(0, |point| point.point),
                cells: vec![
                    one.beta.to_string(),
                    known.map_or(NOTHING.to_owned(), |(m, error)| with_error(m, error)),
                    plain(m_beta, 6),
                    known.map_or(NOTHING.to_owned(), |(m, error)| {
                        with_error(m - m_beta, error)
                    }),
                    known.map_or(NOTHING.to_owned(), |(m, error)| {
                        sigmas((m - m_beta) / error)
                    }),
                    plain(m_lone(one.beta), 6),
                    plain(m_wall(one.beta), 6),
                    one.out.map_or(NOTHING.to_owned(), |out| out.to_string()),
                    match &one.star {
                        Ok(star) => basis(one, star),
                        Err(why) => why.clone(),
                    },
                    time(one.span()),
                    status(one),
                ],
            }
        };
        let columns = [
            "β",
            "m*",
            "m_β",
            "m* − m_β",
            words::tables::IN_SIGMAS.said(),
            "1 − 2e^(−8β)",
            matching::BESIDE_WALL.said(),
            matching::LEFT_OUT.said(),
            matching::BASIS.said(),
            words::tables::MEASURED_TIME.said(),
            words::tables::STATUS.said(),
        ];
        let base = &results.experiment().base;
        Table {
            caption: format!("{} ({}×{})", matching::TABLE.said(), base.lx, base.ly),
            columns: columns.map(str::to_owned).to_vec(),
            rows: self.all.iter().map(row).collect(),
        }
    }

    /// The findings.
    pub(super) fn findings(&self, results: &Results) -> Vec<Finding> {
        let mut found = vec![against_m_beta(&self.all)];
        found.extend(self.all.iter().map(of_one));
        found.push(asked(results));
        found.push(Finding {
            subject: matching::WHAT_IS_MATCHED.to_owned(),
            text: matching::MATCHING.to_owned(),
        });
        found
    }
}

/// What m* rests on.
fn basis(one: &Matching, star: &Star) -> String {
    let measured = one.points.iter().filter(|p| p.bulk.error.is_some());
    matching::star_basis(
        words::phrases::points(measured.count()),
        quality(&star.quality),
        plain(star.slope, 2),
        one.out.unwrap_or(0),
    ) + &matching::star_error(
        plain(star.scatter, 2),
        plain(star.layer, 2),
        plain(star.bend, 2),
    )
}

fn status(one: &Matching) -> String {
    let [begun, open, capped, lost] = one.replicas();
    let mut parts = Vec::new();
    if lost > 0 {
        parts.push(matching::phase_lost_in(lost, begun));
    }
    if open > 0 {
        parts.push(words::tables::open_ones(open));
    }
    if capped > 0 {
        parts.push(words::tables::capped_ones(capped));
    }
    match parts.is_empty() {
        true if begun == 0 => words::phrases::NOT_BEGUN.to_owned(),
        true => words::tables::ENDED.to_owned(),
        false => parts.join("; "),
    }
}

/// What is said of m* at one β.
pub(super) fn of_one(one: &Matching) -> Finding {
    let text = match &one.star {
        Err(why) => matching::star_unknown(one.beta, why),
        Ok(star) => {
            let (m, error) = (star.value, star.error);
            let [bulk, lone] = [m_beta(one.beta), m_lone(one.beta)];
            matching::star(one.beta, with_error(m, error), basis(one, star))
                + &matching::star_beside_m_beta(plain(bulk, 6), apart(m, error, bulk))
                + &matching::star_beside_lone(plain(lone, 6), apart(m, error, lone))
        }
    };
    let [begun, _, _, lost] = one.replicas();
    let lost = match lost {
        0 => String::new(),
        lost => matching::phase_lost(lost, begun),
    };
    Finding {
        subject: format!("m*, β = {}", one.beta),
        text: text + &lost,
    }
}

fn against_m_beta(all: &[Matching]) -> Finding {
    let distances: Vec<f64> = all
        .iter()
        .filter_map(|one| Some((one.beta, one.known()?)))
        .map(|(beta, (m, error))| (m - m_beta(beta)) / error)
        .collect();
    let text = if distances.is_empty() {
        matching::MATCH_NOT_TESTED.to_owned()
    } else {
        let (chi_squared, freedom, p) = chi_of(&distances);
        let values = words::phrases::values(distances.len());
        let chi = chi(chi_squared, freedom, p);
        if p < MISFIT {
            matching::match_differs(values, chi)
        } else {
            matching::match_agrees(values, chi)
        }
    };
    Finding {
        subject: matching::MATCH.to_owned(),
        text,
    }
}

/// What has come of the error that was asked for.
fn asked(results: &Results) -> Finding {
    let stages = results.plan().added();
    let points = stages.iter().map(Vec::len).sum();
    let added = match stages.len() {
        0 => words::bracketing::NOTHING_ADDED.to_owned(),
        n => words::bracketing::added(words::phrases::points(points), words::bracketing::stages(n)),
    };
    let next = results.is_complete().then(|| m_star::next(results));
    let how = match next {
        Some(Next::Reached) if points == 0 => words::bracketing::AT_ONCE.to_owned(),
        Some(Next::Reached) => words::bracketing::reached(added),
        Some(Next::Unreached(why)) => words::bracketing::unreached(added, why),
        _ if points == 0 => words::bracketing::NONE_YET.to_owned(),
        _ => words::bracketing::under_way(added),
    };
    Finding {
        subject: "errm".to_owned(),
        text: matching::asked(plain(results.experiment().error_m, 2), how),
    }
}
