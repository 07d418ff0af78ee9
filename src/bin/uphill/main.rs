//! The terminal's side of Uphill: runs and scans natively, and draws their results.

mod asked;
mod checkpoint;
mod failure;
mod merge;
mod output;
mod pdf;
mod plan;
mod plot;
mod run;
mod scan;
mod slurm;
mod table;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Uphill diffusion in the two-dimensional Ising model.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs a link and prints the current, the magnetizations and the energy.
    Run(run::Run),
    /// Carries an experiment out on all cores; interrupted, it goes on where it was.
    Scan(scan::Scan),
    /// Tells what an experiment will cost, from a pilot run of seconds a point.
    Plan(plan::Plan),
    /// Writes an experiment in shares as a job for Slurm.
    Slurm(slurm::Slurm),
    /// Puts the parts of a scan together, which other machines have computed with --shard.
    Merge(merge::Merge),
    /// Draws a picture of a result as SVG.
    Plot(plot::Plot),
    /// Writes a result as comma-separated values.
    Csv(plot::Csv),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run(run) => run::run(&run),
        Command::Scan(scan) => scan::scan(&scan),
        Command::Plan(plan) => plan::plan(&plan),
        Command::Slurm(slurm) => slurm::slurm(&slurm),
        Command::Merge(merge) => merge::merge(&merge),
        Command::Plot(plot) => plot::plot(&plot),
        Command::Csv(csv) => plot::csv(&csv),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
