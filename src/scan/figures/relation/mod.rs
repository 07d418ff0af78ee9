//! The relation: where J vanishes, beside m_eq.

pub(super) mod picture;

use crate::fit::sided::Sided;
use crate::notation::{NOTHING, plain, with_error};
use crate::scan::figures::current_curve::CurrentCurve;
use crate::scan::figures::findings::{Finding, Row, Table};
use crate::scan::figures::m_eq::MEq;
use crate::scan::figures::phrases::{MISFIT, chi, chi_of, list, sigmas, time};
use crate::scan::results::Results;
use crate::theory::m_beta;
use crate::words;

/// Every lattice, with and without reservoirs.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pairs: Vec<Pair>,
}

impl Relation {
    /// Of the results of its experiment.
    pub(super) fn of(results: &Results) -> Self {
        Relation {
            pairs: pairs(results),
        }
    }

    /// The table.
    pub(super) fn table(&self) -> Table {
        let row = |pair: &Pair| {
            let m_eq = &pair.equilibrium.m_eq;
            let status = match (&pair.curve.zero, pair.equilibrium.known()) {
                (Err(why), _) => words::phrases::m_crit_unknown(why),
                (Ok(_), None) => words::tables::m_eq_without_error(
                    m_eq.reason
                        .as_deref()
                        .unwrap_or(words::tables::NOTHING_CHANGED.said()),
                ),
                (Ok(zero), Some(_)) => zero.basis(pair.curve.decimals()),
            };
            let lost = match pair.equilibrium.lost.len() {
                0 => String::new(),
                n => words::tables::and_step_lost(n, pair.equilibrium.replicas),
            };
            Row {
                point: pair.equilibrium.point,
                cells: vec![
                    pair.l.to_string(),
                    pair.beta.to_string(),
                    match &pair.curve.zero {
                        Ok(zero) => zero.text(pair.curve.decimals()),
                        Err(_) => NOTHING.to_owned(),
                    },
                    m_eq.text(),
                    pair.difference().map_or(NOTHING.to_owned(), Sided::text),
                    pair.sigmas().map_or(NOTHING.to_owned(), sigmas),
                    plain(m_beta(pair.beta), 6),
                    time(span(pair)),
                    status + &lost,
                ],
            }
        };
        let columns = [
            "L",
            "β",
            "m_crit",
            "m_eq",
            "m_crit − m_eq",
            words::tables::IN_SIGMAS.said(),
            "m_β",
            words::tables::MEASURED_TIME.said(),
            words::tables::BASIS.said(),
        ];
        Table {
            caption: words::tables::RELATION.to_owned(),
            columns: columns.map(str::to_owned).to_vec(),
            rows: self.pairs.iter().map(row).collect(),
        }
    }

    /// The findings.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let pairs = &self.pairs;
        let mut found = vec![claim(pairs)];
        for pair in pairs {
            let text = match (&pair.curve.zero, pair.equilibrium.known()) {
                (Err(why), _) => words::findings::pair_without_m_crit(why),
                (Ok(_), None) => words::findings::PAIR_WITHOUT_M_EQ.to_owned(),
                (Ok(zero), Some((m_eq, error))) => match (pair.difference(), pair.sigmas()) {
                    (Some(difference), Some(z)) => {
                        format!("m_crit − m_eq = {} ({} σ).", difference.text(), sigmas(z))
                    }
                    _ => {
                        let (from, to) = zero.ends(pair.curve.decimals());
                        let (m_eq, beside) = (with_error(m_eq, error), zero.beside(m_eq));
                        words::findings::pair_with_interval(from, to, m_eq, beside)
                    }
                },
            };
            found.push(Finding {
                subject: format!("L = {}, β = {}", pair.l, pair.beta),
                text,
            });
        }
        found.push(Finding {
            subject: words::findings::WHAT_IS_COMPARED.to_owned(),
            text: words::findings::IDENTITY_AND_CLAIM.to_owned(),
        });
        found
    }
}

/// One lattice, with and without reservoirs.
#[derive(Clone, Debug)]
pub struct Pair {
    /// L.
    pub l: u32,
    /// β.
    pub beta: f64,
    /// m_eq, reservoirs off.
    pub equilibrium: MEq,
    /// J against m₊.
    pub curve: CurrentCurve,
}

impl Pair {
    /// m_crit and its errors; none where only an interval is known.
    pub fn m_crit(&self) -> Option<Sided> {
        self.curve.zero.as_ref().ok()?.sided()
    }

    /// The interval of m_crit, where there is no more.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let zero = self.curve.zero.as_ref().ok()?;
        zero.sided().is_none().then(|| zero.range())
    }

    /// m_crit − m_eq and its errors; the two come from different runs.
    pub fn difference(&self) -> Option<Sided> {
        let (eq, error) = self.equilibrium.known()?;
        Some(self.m_crit()?.less(eq, error))
    }

    /// The difference in units of its error on the side of zero.
    pub fn sigmas(&self) -> Option<f64> {
        self.difference()?.sigmas(0.0)
    }
}

/// The pairs of the experiment.
pub fn pairs(results: &Results) -> Vec<Pair> {
    let pairs = results.experiment().pairs();
    let each = results.points().len() / pairs.len().max(1);
    pairs
        .into_iter()
        .enumerate()
        .map(|(i, (l, beta))| Pair {
            l,
            beta,
            equilibrium: MEq::of(results, i * each),
            curve: CurrentCurve::of(results, i * each + 1..(i + 1) * each),
        })
        .collect()
}

fn span(pair: &Pair) -> f64 {
    let open: f64 = pair.curve.points.iter().map(|r| r.group.span).sum();
    open + pair.equilibrium.span
}

fn claim(pairs: &[Pair]) -> Finding {
    let distances: Vec<f64> = pairs.iter().filter_map(Pair::sigmas).collect();
    let text = if distances.is_empty() {
        words::findings::CLAIM_NOT_TESTED.to_owned()
    } else {
        let (chi_squared, freedom, p) = chi_of(&distances);
        let finest = pairs
            .iter()
            .filter_map(Pair::difference)
            .map(Sided::larger)
            .fold(f64::INFINITY, f64::min);
        let tested = words::phrases::pairs(distances.len());
        let (chi, finest) = (chi(chi_squared, freedom, p), plain(finest, 2));
        let verdict = if p < MISFIT {
            words::findings::claim_not_supported(tested, chi, finest)
        } else {
            words::findings::claim_compatible(tested, chi, finest)
        };
        let far: Vec<String> = pairs
            .iter()
            .filter_map(|pair| Some((pair, pair.sigmas()?)))
            .filter(|(_, z)| z.abs() >= 3.0)
            .map(|(pair, z)| format!("L = {}, β = {} ({} σ)", pair.l, pair.beta, sigmas(z)))
            .collect();
        let far = if far.is_empty() {
            String::new()
        } else {
            words::findings::pairs_apart(list(&far))
        };
        verdict + &far
    };
    Finding {
        subject: "m_crit = m_eq".to_owned(),
        text,
    }
}
