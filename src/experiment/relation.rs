//! The relation: where J vanishes, beside m_eq.

use super::current::basis;
use super::equilibrium::Equilibrium;
use super::findings::{Finding, Row, Table};
use super::phrases::{Decimals, MISFIT, chi, chi_of, count, list, sigmas, time};
use super::results::Results;
use super::scan::Scan;
use crate::notation::{NOTHING, plain, with_error};
use crate::theory::m_beta;

/// One lattice, with and without reservoirs.
#[derive(Clone, Debug)]
pub struct Pair {
    /// L.
    pub l: u32,
    /// β.
    pub beta: f64,
    /// m_eq, reservoirs off.
    pub equilibrium: Equilibrium,
    /// J against m₊.
    pub scan: Scan,
}

impl Pair {
    /// m_crit and its error.
    pub fn m_crit(&self) -> Option<(f64, f64)> {
        let zero = self.scan.zero.as_ref().ok()?;
        Some((zero.crossing.x, zero.crossing.error))
    }

    /// m_crit − m_eq and its error; the two come from different runs.
    pub fn difference(&self) -> Option<(f64, f64)> {
        let (crit, of_crit) = self.m_crit()?;
        let (eq, of_eq) = self.equilibrium.known()?;
        let error = libm::sqrt(of_crit * of_crit + of_eq * of_eq);
        (error > 0.0).then_some((crit - eq, error))
    }

    /// The difference in units of its error.
    pub fn sigmas(&self) -> Option<f64> {
        let (difference, error) = self.difference()?;
        Some(difference / error)
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
            equilibrium: Equilibrium::of(results, i * each),
            scan: Scan::of(results, i * each + 1..(i + 1) * each),
        })
        .collect()
}

/// The table.
pub fn table(results: &Results) -> Table {
    let row = |pair: &Pair| {
        let with = |value: Option<(f64, f64)>| {
            value.map_or(NOTHING.to_owned(), |(value, error)| {
                with_error(value, error)
            })
        };
        let m_eq = &pair.equilibrium.m_eq;
        let status = match (&pair.scan.zero, pair.equilibrium.known()) {
            (Err(why), _) => format!("m_crit cannot be told: {why}"),
            (Ok(_), None) => format!(
                "m_eq has no error: {}",
                m_eq.reason.clone().unwrap_or_default()
            ),
            (Ok(zero), Some(_)) => basis(zero, decimals(pair)),
        };
        let lost = match pair.equilibrium.lost.len() {
            0 => String::new(),
            n => format!(
                "; equilibrium: the step was lost in {n} of {} replicas",
                pair.equilibrium.replicas
            ),
        };
        Row {
            point: pair.equilibrium.point,
            cells: vec![
                pair.l.to_string(),
                pair.beta.to_string(),
                with(pair.m_crit()),
                m_eq.text(),
                with(pair.difference()),
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
        "in σ",
        "m_β",
        "measured time",
        "what m_crit rests on",
    ];
    Table {
        caption: "Where J vanishes between reservoirs, m_crit, and the magnetization of the end columns without reservoirs, m_eq, each from runs of its own, with one standard deviation.".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: pairs(results).iter().map(row).collect(),
    }
}

fn decimals(pair: &Pair) -> Decimals {
    Decimals::of(pair.scan.readings.iter().map(|reading| reading.m))
}

fn span(pair: &Pair) -> f64 {
    let open: f64 = pair.scan.readings.iter().map(|r| r.group.span).sum();
    open + pair.equilibrium.span
}

/// The findings.
pub fn findings(results: &Results) -> Vec<Finding> {
    let pairs = pairs(results);
    let mut found = vec![claim(&pairs)];
    for pair in &pairs {
        let misfit =
            |zero: &super::scan::Zero| zero.crossing.quality.p_value().is_some_and(|p| p < MISFIT);
        let text = match (&pair.scan.zero, pair.difference()) {
            (Err(why), _) => format!("m_crit cannot be told: {why}."),
            (Ok(_), None) => "m_eq has no error yet.".to_owned(),
            (Ok(zero), Some((difference, error))) => format!(
                "m_crit − m_eq = {} ({} σ).{}",
                with_error(difference, error),
                sigmas(difference / error),
                if misfit(zero) {
                    " The form of J(m₊) does not fit at this precision, so the error of m_crit is too small."
                } else {
                    ""
                }
            ),
        };
        found.push(Finding {
            subject: format!("L = {}, β = {}", pair.l, pair.beta),
            text,
        });
    }
    found.push(Finding {
        subject: "what is compared".to_owned(),
        text: "In every steady state J = (⟨m(Lx)⟩ − m₊)/2 exactly, so J vanishes where the last column is just as magnetized as its reservoir asks. m_eq is the magnetization that this column has without reservoirs. That the two are equal is the paper’s claim; it does not follow from the identity.".to_owned(),
    });
    found
}

fn claim(pairs: &[Pair]) -> Finding {
    let distances: Vec<f64> = pairs.iter().filter_map(Pair::sigmas).collect();
    let text = if distances.is_empty() {
        "The paper’s claim that J vanishes precisely where the reservoirs have m_eq cannot be tested yet: no pair (L, β) has both m_crit and m_eq with an error.".to_owned()
    } else {
        let (chi_squared, freedom, p) = chi_of(&distances);
        let finest = pairs
            .iter()
            .filter_map(Pair::difference)
            .map(|(_, error)| error)
            .fold(f64::INFINITY, f64::min);
        let words = format!(
            "m_crit = m_eq over {}: {}; the most precise difference is known to ±{}",
            count(distances.len(), "pair"),
            chi(chi_squared, freedom, p),
            plain(finest, 2)
        );
        let verdict = if p < MISFIT {
            "The paper’s claim that J vanishes precisely where the reservoirs have m_eq is not supported at this precision"
        } else {
            "The paper’s claim that J vanishes precisely where the reservoirs have m_eq is compatible with the data at this precision"
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
            format!(" Farther than 3 σ apart: {}.", list(&far))
        };
        format!("{verdict}: {words}.{far}")
    };
    Finding {
        subject: "m_crit = m_eq".to_owned(),
        text,
    }
}
