//! The terminal's side of Uphill: runs and scans natively, and draws their results.

mod asked;
mod checkpoint;
mod failure;
mod merge;
mod output;
mod picture;
mod plan;
mod plot;
mod run;
mod scan;
mod slurm;
mod snapshot;
mod table;
mod taken;

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
    /// Draws a run at one time: lattice, current, profile and link, as SVG, PDF or PNG.
    Snapshot(snapshot::Snapshot),
    /// Draws a run at many times, as a sequence of PNG.
    Film(snapshot::Film),
    /// Draws a picture of a result as SVG, PDF or PNG.
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
        Command::Snapshot(snapshot) => snapshot::snapshot(&snapshot),
        Command::Film(film) => snapshot::film(&film),
        Command::Plot(plot) => plot::plot(&plot),
        Command::Csv(csv) => plot::csv(&csv),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
