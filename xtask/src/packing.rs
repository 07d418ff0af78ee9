//! Minifies and bundles the page's modules and styles, by esbuild from npm.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Fetched by `./build.sh`, in the version that `xtask/package-lock.json` names.
const ESBUILD: &str = "xtask/node_modules/esbuild/bin/esbuild";

/// A module with all that it imports, for a page or for a worker.
#[derive(Clone, Copy)]
pub enum Bundle {
    /// A module for a page.
    Page,
    /// A script that needs no modules: Chromium starts none from memory.
    Worker,
}

/// Minifies the files `names` of `folder`, each in its place: a module stays a module.
pub fn minify(root: &Path, folder: &Path, names: &[String]) -> Result<()> {
    let place = ["--minify", "--outdir=.", "--outbase=.", "--allow-overwrite"];
    let arguments = place.into_iter().map(OsString::from);
    esbuild(
        root,
        folder,
        arguments.chain(names.iter().map(OsString::from)),
    )
}

/// Writes the module `entry` of `folder` with all that it imports into one minified file.
pub fn bundle(root: &Path, folder: &Path, entry: &str, kind: Bundle, file: &Path) -> Result<()> {
    let mut arguments: Vec<OsString> = vec![entry.into(), "--bundle".into(), "--minify".into()];
    match kind {
        Bundle::Page => arguments.push("--format=esm".into()),
        Bundle::Worker => {
            arguments.push("--format=iife".into());
            // Only modules have an address of their own, and the worker does not ask for it.
            arguments.push("--define:import.meta.url=''".into());
        }
    }
    let mut out = OsString::from("--outfile=");
    out.push(file);
    arguments.extend([out, "--allow-overwrite".into()]);
    esbuild(root, folder, arguments)
}

fn esbuild(
    root: &Path,
    folder: &Path,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<()> {
    let script = root.join(ESBUILD);
    ensure!(
        script.is_file(),
        "{} is missing: ./build.sh fetches it",
        script.display()
    );
    let run = Command::new("node")
        .arg(script)
        .args(["--log-level=warning", "--charset=utf8", "--target=es2022"])
        .args(arguments)
        .current_dir(folder)
        .status()
        .context("node cannot be run: the site is packed by Node.js")?;
    ensure!(run.success(), "esbuild failed");
    Ok(())
}
