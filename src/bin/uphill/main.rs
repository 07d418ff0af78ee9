//! The terminal's side of Uphill: runs and scans natively, and draws their results.

mod checkpoint;
mod failure;
mod output;
mod plot;
mod run;
mod scan;

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
    /// Draws a picture of a result as SVG.
    Plot(plot::Plot),
    /// Writes a result as comma-separated values.
    Csv(plot::Csv),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run(run) => run::run(&run),
        Command::Scan(scan) => scan::scan(&scan),
        Command::Plot(plot) => plot::plot(&plot),
        Command::Csv(csv) => plot::csv(&csv),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
