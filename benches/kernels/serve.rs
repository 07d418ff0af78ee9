//! The native half of `./build.sh bench`: orders come in on standard input and answers go out
//! on standard output, a line of JSON each, so that native pieces of work can take turns with
//! those of browsers.

use crate::list;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use std::time::Instant;
use uphill::measure::Estimate;
use uphill::run::simulation::{Budget, Simulation};

/// Advance the run of `link` to the clock `until`, in `calls` calls of equal simulated time. A
/// link's run begins with its first order and goes on with every later one.
#[derive(Deserialize)]
struct Order {
    link: String,
    until: f64,
    calls: u32,
    /// Begin the measurement anew, and answer with J at the end.
    #[serde(default)]
    measure: bool,
}

/// What it took, and where the run then stands.
#[derive(Serialize)]
struct Answer {
    seconds: f64,
    time: f64,
    events: u64,
    attempts: u64,
    digest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Current>,
}

/// Both estimates of J from the same time.
#[derive(Serialize)]
struct Current {
    rate: Known,
    count: Known,
}

#[derive(Serialize)]
struct Known {
    mean: Option<f64>,
    error: Option<f64>,
    reason: Option<String>,
}

impl From<Estimate> for Known {
    fn from(estimate: Estimate) -> Self {
        Known {
            mean: estimate.mean,
            error: estimate.standard_error,
            reason: estimate.reason,
        }
    }
}

/// Serves until standard input ends.
pub fn serve() -> ExitCode {
    let mut runs = HashMap::new();
    for line in io::stdin().lock().lines() {
        let answer = line
            .map_err(|error| error.to_string())
            .and_then(|line| carry_out(&mut runs, &line));
        match answer {
            Ok(answer) => println!("{answer}"),
            Err(complaint) => {
                eprintln!("{complaint}");
                return ExitCode::FAILURE;
            }
        }
        if io::stdout().flush().is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn carry_out(runs: &mut HashMap<String, Simulation>, line: &str) -> Result<String, String> {
    let order: Order = serde_json::from_str(line).map_err(|error| format!("{line}: {error}"))?;
    if !runs.contains_key(&order.link) {
        runs.insert(order.link.clone(), list::simulation(&order.link)?);
    }
    let run = runs.get_mut(&order.link).expect("just put there");
    let start = run.time();
    if order.until <= start {
        return Err(format!("{line}: the run's clock already reads {start}"));
    }
    if order.measure {
        run.measure_afresh();
    }
    let step = (order.until - start) / f64::from(order.calls);
    let began = Instant::now();
    for call in 1..order.calls {
        run.advance(start + f64::from(call) * step, Budget::UNLIMITED);
    }
    run.advance(order.until, Budget::UNLIMITED);
    let seconds = began.elapsed().as_secs_f64();
    let current = order.measure.then(|| {
        let report = run.report();
        Current {
            rate: report.current.into(),
            count: report.count.into(),
        }
    });
    let answer = Answer {
        seconds,
        time: run.time(),
        events: run.events(),
        attempts: run.attempts(),
        digest: format!("{:016x}", run.digest()),
        current,
    };
    serde_json::to_string(&answer).map_err(|error| error.to_string())
}
