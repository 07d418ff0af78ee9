//! Both dynamics beside the exact solution of the 4×4 lattice.

pub(super) mod picture;

use crate::notation::{NOTHING, plain};
use crate::params::Dynamics;
use crate::scan::figures::findings::{Finding, Row, Table};
use crate::scan::figures::phrases::{Decimals, MISFIT, chi, chi_of, known, list, sigmas, time};
use crate::scan::results::{Group, Results};
use crate::words;

/// Every point beside the exact solution.
#[derive(Clone, Debug)]
pub(super) struct Exact {
    checks: Vec<Check>,
}

impl Exact {
    /// Of the results of its experiment.
    pub(super) fn of(results: &Results) -> Self {
        Exact {
            checks: checks(results),
        }
    }

    /// The table.
    pub(super) fn table(&self, results: &Results) -> Table {
        let checks = &self.checks;
        let decimals = Decimals::of(checks.iter().map(|check| check.m));
        let row = |check: &Check| {
            let group = check.group.as_ref();
            Row {
                point: check.point,
                cells: vec![
                    check.beta.to_string(),
                    decimals.text(check.m),
                    name(check.dynamics).to_owned(),
                    group.map_or(NOTHING.to_owned(), |group| group.current.text()),
                    group
                        .and_then(|group| group.exact)
                        .map_or(NOTHING.to_owned(), |exact| plain(exact, 7)),
                    check.sigmas().map_or(NOTHING.to_owned(), sigmas),
                    time(group.map_or(0.0, |group| group.span)),
                    match check.sigmas() {
                        None => check.why(),
                        Some(_) if group.is_some_and(|g| g.ended < g.replicas) => {
                            words::tables::UNDER_WAY.to_owned()
                        }
                        Some(_) if group.is_some_and(|g| g.capped > 0) => {
                            words::tables::ENDED_AT_THE_CAP.to_owned()
                        }
                        Some(_) => words::tables::ENDED.to_owned(),
                    },
                ],
            }
        };
        let base = &results.experiment().base;
        let columns = [
            "β",
            "m₊",
            words::tables::DYNAMICS.said(),
            "J",
            words::tables::EXACT_J.said(),
            words::tables::DIFFERENCE.said(),
            words::tables::MEASURED_TIME.said(),
            words::tables::STATUS.said(),
        ];
        Table {
            caption: words::tables::exact(base.lx, base.ly, base.lx * base.ly),
            columns: columns.map(str::to_owned).to_vec(),
            rows: checks.iter().map(row).collect(),
        }
    }

    /// The findings.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let checks = &self.checks;
        let distances = |which: Option<Dynamics>| -> Vec<f64> {
            checks
                .iter()
                .filter(|check| which.is_none_or(|dynamics| check.dynamics == dynamics))
                .filter_map(Check::sigmas)
                .collect()
        };
        let all = distances(None);
        let mut found = Vec::new();
        let mut say = |subject: &str, text: String| {
            found.push(Finding {
                subject: subject.to_owned(),
                text,
            });
        };
        if all.is_empty() {
            let why = checks.first().map_or(String::new(), Check::why);
            say(
                words::findings::EXACT_J.said(),
                words::findings::nothing_compared(why),
            );
            return found;
        }
        let (chi_squared, freedom, p) = chi_of(&all);
        let points = words::phrases::points(all.len());
        say(
            words::findings::EXACT_J.said(),
            if p < MISFIT {
                words::findings::exact_j_differs(points, chi(chi_squared, freedom, p))
            } else {
                words::findings::exact_j_agrees(points, chi(chi_squared, freedom, p))
            },
        );
        for dynamics in [Dynamics::Kinetic, Dynamics::Metropolis] {
            let own = distances(Some(dynamics));
            if !own.is_empty() {
                let (chi_squared, freedom, p) = chi_of(&own);
                say(name(dynamics), format!("{}.", chi(chi_squared, freedom, p)));
            }
        }
        let far: Vec<String> = checks
            .iter()
            .filter_map(|check| Some((check, check.sigmas()?)))
            .filter(|(_, z)| z.abs() >= 3.0)
            .map(|(check, z)| {
                format!(
                    "β = {}, m₊ = {}, {} ({} σ)",
                    check.beta,
                    check.m,
                    name(check.dynamics),
                    sigmas(z)
                )
            })
            .collect();
        if !far.is_empty() {
            say(
                words::findings::FAR_OFF.said(),
                words::findings::far_from_exact(list(&far)),
            );
        }
        found
    }
}

/// A measured current and the exact one.
#[derive(Clone, Debug)]
pub struct Check {
    /// The number of the experiment's point.
    pub point: usize,
    /// β.
    pub beta: f64,
    /// m₊.
    pub m: f64,
    /// How it was simulated.
    pub dynamics: Dynamics,
    /// Its replicas; none while nothing is known.
    pub group: Option<Group>,
}

impl Check {
    /// (J − exact)/error.
    pub fn sigmas(&self) -> Option<f64> {
        let group = self.group.as_ref()?;
        let (mean, error) = known(&group.current)?;
        Some((mean - group.exact?) / error)
    }

    /// Why there is no distance.
    fn why(&self) -> String {
        match &self.group {
            None => words::phrases::NOT_BEGUN.to_owned(),
            Some(group) if group.exact.is_none() => words::tables::NO_EXACT_J.to_owned(),
            Some(group) => {
                let reason = group.current.reason.clone();
                reason.unwrap_or(words::tables::NO_ERROR.to_owned())
            }
        }
    }
}

/// Every point of the experiment.
pub fn checks(results: &Results) -> Vec<Check> {
    results
        .points()
        .iter()
        .enumerate()
        .map(|(point, it)| Check {
            point,
            beta: it.params.beta,
            m: it.params.m_right,
            dynamics: it.params.dynamics,
            group: results.groups(point).into_iter().next(),
        })
        .collect()
}

/// Its name.
pub fn name(dynamics: Dynamics) -> &'static str {
    match dynamics {
        Dynamics::Kinetic => words::phrases::KINETIC.said(),
        Dynamics::Metropolis => words::phrases::METROPOLIS.said(),
    }
}
