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
/// The engine that is in the tree.
#[path = "../../../src/dynamics/version.rs"]
mod version;
mod zeros;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use records::Records;
use version::ENGINE;

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
    let records = Records::read(&target(root), ENGINE, records::newest_source(root)?);
    let path = site.join(NAME);
    fs::write(&path, page::page(&records, ENGINE))
        .with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(records.complaints())
}

/// Cargo's target folder, as the tests take it.
fn target(root: &Path) -> PathBuf {
    let given = std::env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty());
    root.join(given.unwrap_or_else(|| "target".into()))
}
