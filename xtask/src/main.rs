//! Builds Uphill's static site: what `./build.sh` calls.

mod card;
mod engine;
mod folder;
mod modules;
mod packing;
mod single_file;
mod site;
mod site_files;
mod validation;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Builds Uphill's static site")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes dist/, a folder that any static host can serve from any subfolder
    Site,
    /// Renders the validation page into the dist/ that is there, from what the tests have left
    Validation,
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<()> {
    let root = workspace_root()?;
    match command {
        Command::Site => println!("The site is in {}.", site::build(&root)?.display()),
        Command::Validation => {
            println!("The page is {}.", validation::render(&root)?.display());
        }
    }
    Ok(())
}

/// The folder of the workspace, as cargo tells it at run time, so that no path is compiled in.
fn workspace_root() -> Result<PathBuf> {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .context("Run this through cargo: cargo run -p xtask -- site")?;
    Path::new(&manifest)
        .parent()
        .map(Path::to_path_buf)
        .context("The package xtask has no folder above it")
}
