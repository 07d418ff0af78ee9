//! The validation page: what the tests have found, from the records that they leave.

mod coverage;
mod digests;
mod exact;
mod html;
mod numbers;
mod page;
mod paper;
mod records;
mod speed;
mod zeros;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use cargo_metadata::MetadataCommand;

use records::Records;

/// The page's name in the site.
pub const NAME: &str = "validation.html";

/// Renders the page into the site that is there.
///
/// # Errors
/// When a record is missing or stale: the page is there all the same, and names it.
pub fn render(root: &Path) -> Result<PathBuf> {
    let dist = root.join("dist");
    ensure!(
        dist.is_dir(),
        "There is no site yet: cargo run -p xtask -- site"
    );
    let complaints = write(root, &dist)?;
    let page = dist.join(NAME);
    if !complaints.is_empty() {
        bail!(
            "{} is not complete:\n{}",
            page.display(),
            complaints.join("\n")
        );
    }
    Ok(page)
}

/// Writes the page into a site, whatever there is to be shown; returns what is missing or stale.
pub fn write(root: &Path, site: &Path) -> Result<Vec<String>> {
    let engine = engine_version(root)?;
    let records = Records::read(&target(root), &engine, records::newest_source(root)?);
    let path = site.join(NAME);
    fs::write(&path, page::page(&records, &engine))
        .with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(records.complaints())
}

/// Cargo's target folder, as the tests take it.
fn target(root: &Path) -> PathBuf {
    let given = std::env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty());
    root.join(given.unwrap_or_else(|| "target".into()))
}

/// The version of the engine that is in the tree.
fn engine_version(root: &Path) -> Result<String> {
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .exec()
        .context("cargo cannot read the workspace")?;
    let package = metadata
        .packages
        .iter()
        .find(|package| *package.name == "uphill")
        .context("the workspace has no package uphill")?;
    Ok(package.version.to_string())
}
