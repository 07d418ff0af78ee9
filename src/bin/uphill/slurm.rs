//! `uphill slurm`: a scan as a job for the scheduler of a cluster, to be edited and run.

use crate::asked;
use crate::failure::Failure;
use clap::Args;
use std::io::Write;
use uphill::scan::plan::{Plan, link};
use uphill::scan::results::shares::Share;

/// The job, with words in capitals for what is put in.
const JOB: &str = include_str!("job.sh");

/// An experiment, and how it is to be divided.
#[derive(Args)]
pub struct Slurm {
    /// The link of an experiment, or its query string such as 'exp=current&err=1e-8&seed=1'.
    link: String,
    /// Number of shares; `uphill plan` suggests one.
    #[arg(long)]
    shards: u32,
    /// Threads of a share.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1024))]
    threads: u32,
    /// Time of a share in Slurm's notation, such as 04:00:00.
    #[arg(long, default_value = "04:00:00", value_parser = time)]
    time: String,
    /// Memory of a share in MB.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    memory: u32,
}

fn time(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_digit() || c == ':' || c == '-';
    if !text.is_empty() && text.chars().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("allowed is a time of Slurm, such as 04:00:00 or 1-00:00:00".to_owned())
    }
}

/// Prints the job.
pub fn slurm(arguments: &Slurm) -> Result<(), Failure> {
    let plan = Plan::new(asked::experiment(&arguments.link)?);
    let of = arguments.shards;
    format!("1/{of}")
        .parse::<Share>()
        .and_then(|share| share.tasks(&plan))
        .map_err(|error| Failure::Asked(vec![format!("shards={of}: {error}")]))?;
    let job = JOB
        .replace("SHARES", &of.to_string())
        .replace("THREADS", &arguments.threads.to_string())
        .replace("MEMORY", &arguments.memory.to_string())
        .replace("--time=TIME", &format!("--time={}", arguments.time))
        .replace("LINK", &link::write(plan.experiment()));
    // A reader that has gone away is no failure.
    let _ = write!(std::io::stdout(), "{job}");
    Ok(())
}
