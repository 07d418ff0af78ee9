//! The paper's numbers beside ours, at the precision that a test can afford: scans of
//! seconds, by the same command and the same links as anybody's.
//!
//! What is asserted is what these scans can tell: the signs, the order of the
//! magnetizations, the states. That our numbers are the paper's is not asserted, since the
//! paper gives no errors; how far apart they are goes into the record for the validation page.

use crate::validation;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Serialize;
use uphill::measure::state::State;
use uphill::notation::{plain, with_error};
use uphill::scan::figures::current_curve::CurrentCurve;
use uphill::scan::figures::states::Bump;
use uphill::scan::figures::{equilibrium, paper};
use uphill::scan::file;
use uphill::scan::results::{Group, Results};
use uphill::scan::task::outcome::Measured;
use uphill::theory::m_beta;

/// Where J vanishes: the step is stable or lives long.
const FIXED: &str = "exp=current&ms=0.9991:0.9997:0.0001&err=3e-7&seed=1";
const SHIFTED: &str = "exp=current&ms=0.9991:0.9997:0.0001&bc=shifted&err=3e-7&seed=1";
const EQUILIBRIUM: &str = "exp=equilibrium&Ls=10:40:10&errm=3e-5&seed=1";
/// Long after the step is gone.
const TWO_BUMPS: &str = "exp=states&ms=0.998&reps=3&relax=1e6&err=1e-6&cap=2e6&seed=1";
/// About as long as the step lives.
const ONE_BUMP: &str = "exp=states&ms=0.999&reps=3&relax=3e6&err=2e-6&cap=5e5&seed=1";
const BELOW: &str = "exp=states&ms=0.91,0.95&reps=1&relax=50000&err=1e-4&cap=100000&seed=1";

/// A number or a statement of the paper beside ours.
#[derive(Serialize)]
struct Row {
    what: String,
    paper: String,
    ours: String,
    /// Ours less the reference, in units of our error; none where that means nothing.
    z: Option<f64>,
    remark: String,
    /// The scan that ours is from.
    quick: &'static str,
    /// The scan that tells more, given time.
    full: &'static str,
}

/// A value and one standard deviation.
#[derive(Clone, Copy)]
struct Known {
    value: f64,
    error: f64,
}

impl Known {
    fn of(measured: &Measured) -> Self {
        let value = measured.mean.expect("it is measured");
        let error = measured.error.expect("it has an error");
        assert!(error > 0.0);
        Known { value, error }
    }

    fn less(self, other: Known) -> Self {
        Known {
            value: self.value - other.value,
            error: libm::hypot(self.error, other.error),
        }
    }

    fn z(self, reference: f64) -> f64 {
        (self.value - reference) / self.error
    }

    fn text(self) -> String {
        with_error(self.value, self.error)
    }
}

/// Carries a link out as anybody would, on the cores that the tests have.
fn scan(link: &str) -> Results {
    let name: String = link
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .take(60)
        .collect();
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("paper-{name}.json"));
    // What an earlier run has left.
    let _ = fs::remove_file(&output);
    let path = output.to_str().expect("a path of letters");
    let ended = Command::new(env!("CARGO_BIN_EXE_uphill"))
        .args(["scan", link, "-o", path, "--threads", "2"])
        .output()
        .expect("the command starts");
    let words = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{link}: {words}");
    let results = file::read(&fs::read_to_string(&output).expect("the result")).expect("a result");
    fs::remove_file(&output).expect("it is not needed any more");
    assert!(results.is_complete(), "{link}");
    results
}

/// Where J vanishes in the step.
fn zero(scan: &CurrentCurve) -> Known {
    let zero = scan.zero.as_ref().expect("J vanishes within the scan");
    assert_eq!(zero.state, Some(State::Step));
    assert!(zero.crossing().is_some(), "more than an interval");
    // The larger of both errors, so that no distance is made too much of.
    Known {
        value: zero.value(),
        error: zero.uncertainty(),
    }
}

/// J of the step at m₊.
fn current_at(scan: &CurrentCurve, m: f64) -> Known {
    let reading = scan
        .points
        .iter()
        .find(|reading| (reading.m - m).abs() < 1e-9 && reading.group.state == Some(State::Step));
    Known::of(&reading.expect("the step was measured").group.current)
}

/// J of both signs, where it vanishes, and that the walls make no difference.
fn of_the_current(rows: &mut Vec<Row>) -> Known {
    const FULL: &str = "exp=current&ms=0.999:1:0.0001&seed=1";
    let results = [FIXED, SHIFTED].map(scan);
    let [fixed, shifted] = results.each_ref().map(CurrentCurve::whole);
    let m_crit = zero(&fixed);
    // Half of the paper's last digit, at least.
    assert!(m_crit.error < 1e-5 && zero(&shifted).error < 1e-5);
    rows.push(Row {
        what: "m_crit, where J vanishes at L = 40, β = 1".to_owned(),
        paper: paper::M_CRIT.to_string(),
        ours: m_crit.text(),
        z: Some(m_crit.z(paper::M_CRIT)),
        remark: String::new(),
        quick: FIXED,
        full: FULL,
    });
    let m_beta = m_beta(1.0);
    rows.push(Row {
        what: "m_crit beside m_β".to_owned(),
        paper: "0.99931 beside 0.99927".to_owned(),
        ours: format!(
            "m_crit − m_β = {}",
            Known {
                value: m_crit.value - m_beta,
                error: m_crit.error
            }
            .text()
        ),
        z: None,
        remark: format!(
            "{:.1} σ from m_β = {}",
            m_crit.z(m_beta).abs(),
            plain(m_beta, 6)
        ),
        quick: FIXED,
        full: FULL,
    });
    for (m, uphill) in [(0.9995, false), (0.9991, true)] {
        let j = current_at(&fixed, m);
        let word = if uphill { "uphill" } else { "downhill" };
        assert!((j.value > 0.0) == uphill && j.z(0.0).abs() > 3.0, "{m}");
        rows.push(Row {
            what: format!("sign of J at m₊ = {m}"),
            paper: format!("{}, {word}", if uphill { "+" } else { "−" }),
            ours: format!("J = {}, {word}", j.text()),
            z: None,
            remark: format!(
                "{:.0} σ from 0; the paper prints J_t as a picture, without numbers",
                j.z(0.0).abs()
            ),
            quick: FIXED,
            full: FULL,
        });
    }
    let between = zero(&shifted).less(m_crit);
    rows.push(Row {
        what: "m_crit with shifted less that with fixed walls".to_owned(),
        paper: "no difference".to_owned(),
        ours: between.text(),
        z: Some(between.z(0.0)),
        remark: "the paper leaves open how a shifted wall looks back; here it does not".to_owned(),
        quick: SHIFTED,
        full: "exp=current&ms=0.999:1:0.0001&bc=shifted&seed=1",
    });
    m_crit
}

/// m_eq against L, and beside m_crit.
fn of_the_equilibrium(m_crit: Known, rows: &mut Vec<Row>) {
    const FULL: &str = "exp=equilibrium&seed=1";
    let results = scan(EQUILIBRIUM);
    let all = equilibrium::all(&results);
    let mut last = f64::INFINITY;
    for one in &all {
        let (value, error) = one.known().expect("the interface stands");
        let m_eq = Known { value, error };
        // The finite size lifts m_eq, the less the larger the lattice.
        assert!(m_eq.value < last + 3.0 * error && m_eq.z(m_beta(1.0)) > -3.0);
        last = m_eq.value;
        let at_40 = one.l == 40.0;
        rows.push(Row {
            what: format!("m_eq at L = {}, β = 1", one.l),
            paper: if at_40 {
                paper::M_EQ.to_string()
            } else {
                format!("{}, its fit", plain(paper::m_eq(one.l), 5))
            },
            ours: m_eq.text(),
            z: Some(m_eq.z(if at_40 {
                paper::M_EQ
            } else {
                paper::m_eq(one.l)
            })),
            remark: String::new(),
            quick: EQUILIBRIUM,
            full: FULL,
        });
        if at_40 {
            let difference = m_crit.less(m_eq);
            rows.push(Row {
                what: "m_crit − m_eq at L = 40, β = 1".to_owned(),
                paper: "0, “precisely”".to_owned(),
                ours: difference.text(),
                z: Some(difference.z(0.0)),
                remark: "below three errors, a run this short does not tell it from nothing"
                    .to_owned(),
                quick: EQUILIBRIUM,
                full: "exp=relation&Ls=40&seed=1",
            });
        }
    }
    let fit = equilibrium::fit(&results, &all).expect("it decays with L");
    let p = fit.quality.p_value().expect("more sizes than parameters");
    let of_fit = format!(
        "fit of m_β + a e^(−bL) to {} sizes, m_β exact, p = {p:.2}; a and b are correlated by {}",
        all.len(),
        plain(fit.correlation, 2)
    );
    for (what, value, error, reference) in [
        ("a", fit.amplitude, fit.amplitude_error, paper::AMPLITUDE),
        ("b", fit.rate, fit.rate_error, paper::RATE),
    ] {
        let ours = Known { value, error };
        rows.push(Row {
            what: format!("{what} of m_eq = m_β + a e^(−bL)"),
            paper: reference.to_string(),
            ours: ours.text(),
            z: Some(ours.z(reference)),
            remark: of_fit.clone(),
            quick: EQUILIBRIUM,
            full: FULL,
        });
    }
    rows.push(Row {
        what: "m_β at β = 1".to_owned(),
        paper: paper::M_BETA.to_string(),
        ours: plain(m_beta(1.0), 7),
        z: None,
        remark: "a formula; no run is needed, and the paper cuts its digits off".to_owned(),
        quick: "",
        full: "",
    });
}

fn in_state(groups: &[Group], state: State) -> Option<&Group> {
    groups.iter().find(|group| group.state == Some(state))
}

/// The bumps, and what lies below them.
fn of_the_states(rows: &mut Vec<Row>) {
    const FULL: &str = "exp=states&ms=0.998,0.999&reps=8&relax=1e7&seed=1";
    for (link, (m, reference), state) in [
        (ONE_BUMP, paper::BUMPS[0], State::Bump),
        (TWO_BUMPS, paper::BUMPS[1], State::TwoBumps),
    ] {
        let groups = scan(link).groups(0);
        let all: u32 = groups.iter().map(|group| group.replicas).sum();
        let group = in_state(&groups, state);
        let replicas = group.map_or(0, |group| group.replicas);
        if state == State::TwoBumps {
            assert_eq!(replicas, all, "the step is gone at m₊ = {m}");
        }
        let seen: Vec<String> = groups
            .iter()
            .map(|group| {
                let state = group.state.map_or("no state", State::name);
                format!("{} in {state}", group.replicas)
            })
            .collect();
        let bump = group.and_then(Bump::of);
        let error = bump.as_ref().and_then(|bump| bump.error.clone().ok());
        let known = bump.as_ref().zip(error).map(|(bump, error)| Known {
            value: bump.m,
            error,
        });
        rows.push(Row {
            what: format!("m_bump at m₊ = {m}: {}", state.name()),
            paper: plain(reference, 5),
            ours: bump.map_or("–".to_owned(), |bump| bump.text()),
            z: known.map(|known| known.z(reference)),
            remark: format!(
                "replicas: {}; {}",
                seen.join(", "),
                if known.is_some() {
                    "the error is from their scatter"
                } else {
                    "too few in this state for an error"
                }
            ),
            quick: link,
            full: FULL,
        });
    }
    rows.push(Row {
        what: "m₊ at which J jumps".to_owned(),
        paper: format!("near {}", paper::JUMP),
        ours: "not measured here".to_owned(),
        z: None,
        remark: "not comparable: the states live for longer than this run lasts, so where it \
                 sees a jump depends on its length and on its start"
            .to_owned(),
        quick: "",
        full: "exp=current&from=down&seed=1",
    });
    let results = scan(BELOW);
    let seen: Vec<String> = results
        .points()
        .iter()
        .enumerate()
        .map(|(point, of)| {
            let state = results.groups(point)[0].state.expect("a state is read");
            format!("“{}” at m₊ = {}", state.name(), of.params.m_right)
        })
        .collect();
    rows.push(Row {
        what: "two bumps down to m₊ ≈ 0.92, a “chaotic” region below".to_owned(),
        paper: "≈ 0.92".to_owned(),
        ours: seen.join(", "),
        z: None,
        remark: "not comparable: the paper does not say how it tells the region; “other” is a \
                 profile that is neither a step nor one or two bumps"
            .to_owned(),
        quick: BELOW,
        full: "exp=states&ms=0.9:0.99:0.01&relax=1e6&seed=1",
    });
    rows.push(Row {
        what: "J of Fig. 2".to_owned(),
        paper: "points of a plot, ±10⁻⁷ “in the worst cases”".to_owned(),
        ours: "in the table of the scan".to_owned(),
        z: None,
        remark: "not comparable: the paper prints no value of J".to_owned(),
        quick: FIXED,
        full: "exp=current&seed=1",
    });
}

#[test]
fn the_papers_numbers_beside_ours() {
    let mut rows = Vec::new();
    let m_crit = of_the_current(&mut rows);
    of_the_equilibrium(m_crit, &mut rows);
    of_the_states(&mut rows);
    validation::leave("paper", rows);
}
