//! The relation: where J vanishes, beside m_eq, m_β, m* and the column beside a wall.

mod claims;
pub(super) mod picture;

use crate::fit::sided::Sided;
use crate::notation::{NOTHING, plain, with_error};
use crate::params::Boundary;
use crate::scan::figures::current_curve::CurrentCurve;
use crate::scan::figures::findings::{Finding, Row, Table};
use crate::scan::figures::m_eq::MEq;
use crate::scan::figures::m_star::Matching;
use crate::scan::figures::matching;
use crate::scan::figures::phrases::{MISFIT, chi, chi_of, list, sigmas, time};
use crate::scan::plan::Experiment;
use crate::scan::results::Results;
use crate::theory::{m_beta, m_wall};
use crate::words;

/// Every lattice, with and without reservoirs.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pairs: Vec<Pair>,
    /// m* of every β that has one.
    matchings: Vec<Matching>,
    /// Whether the end columns see walls.
    walls: bool,
}

impl Relation {
    /// Of the results of its experiment.
    pub(super) fn of(results: &Results) -> Self {
        Relation {
            pairs: pairs(results),
            matchings: Matching::all(results),
            walls: results.experiment().base.boundary == Boundary::Fixed,
        }
    }

    /// The table.
    pub(super) fn table(&self) -> Table {
        let row = |pair: &Pair| {
            let star = self.star(pair.beta);
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
                    star.map_or(NOTHING.to_owned(), |(m, error)| with_error(m, error)),
                    self.star_distance(pair).map_or(NOTHING.to_owned(), sigmas),
                    plain(m_wall(pair.beta), 6),
                    self.wall_distance(pair).map_or(NOTHING.to_owned(), sigmas),
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
            "m*",
            words::tables::FROM_M_STAR.said(),
            words::matching::BESIDE_WALL.said(),
            words::tables::M_EQ_FROM_WALL.said(),
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
        found.extend(claims::limits(self));
        let measured = self.matchings.iter().filter(|one| !one.points.is_empty());
        found.extend(measured.map(matching::of_one));
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

impl Relation {
    /// m* at β, and its error.
    fn star(&self, beta: f64) -> Option<(f64, f64)> {
        self.matchings.iter().find(|one| one.beta == beta)?.known()
    }

    /// m_crit − m* of a lattice, in units of its error on the side of zero.
    fn star_distance(&self, pair: &Pair) -> Option<f64> {
        let (m, error) = self.star(pair.beta)?;
        pair.m_crit()?.less(m, error).sigmas(0.0)
    }

    /// m_eq less the column beside a wall, in units of its error; with walls only.
    fn wall_distance(&self, pair: &Pair) -> Option<f64> {
        let (m, error) = pair.equilibrium.known().filter(|_| self.walls)?;
        Some((m - m_wall(pair.beta)) / error)
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

    /// m_crit − m_β, in units of its error on the side of zero.
    pub fn bulk_distance(&self) -> Option<f64> {
        self.m_crit()?.sigmas(m_beta(self.beta))
    }

    /// The difference in units of its error on the side of zero.
    pub fn sigmas(&self) -> Option<f64> {
        self.difference()?.sigmas(0.0)
    }
}

/// The pairs of the experiment.
pub fn pairs(results: &Results) -> Vec<Pair> {
    let pairs = results.experiment().pairs();
    let each = Experiment::points_of_a_pair();
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
