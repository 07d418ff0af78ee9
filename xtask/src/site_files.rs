//! The list of the site's files with their digests, by which the service worker keeps a whole copy
//! of one version, and tells a new version from the old one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The list's own file; the service worker itself is the browser's to keep.
const LIST: &str = "site-files.js";
const WORKER: &str = "service-worker.js";

/// Hexadecimal digits of a version: enough to tell any two apart.
const VERSION_DIGITS: usize = 16;

/// A version of the site.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct SiteFiles {
    /// Of all the files: their digest.
    version: String,
    /// The digest of each, by its name within the site, as the integrity that browsers check.
    files: BTreeMap<String, String>,
}

/// Writes the list of what a page may load from the folder `site`.
///
/// To be called before there is anything in it that changes without being a new version.
pub fn write(site: &Path) -> Result<()> {
    let list = serde_json::to_string_pretty(&list(site)?).context("The list has no JSON")?;
    let file = site.join(LIST);
    let text = format!("// Written by the build.\nglobalThis.SITE = {list};\n");
    fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))
}

/// The names of what a page may load from the folder `site`.
pub fn names(site: &Path) -> Result<impl Iterator<Item = String>> {
    Ok(list(site)?.files.into_keys())
}

fn list(site: &Path) -> Result<SiteFiles> {
    let mut files = BTreeMap::new();
    collect(site, "", &mut files)?;
    let mut whole = Sha256::new();
    for (name, integrity) in &files {
        whole.update(format!("{name} {integrity}\n"));
    }
    let digits: String = whole
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let version = digits[..VERSION_DIGITS].to_owned();
    Ok(SiteFiles { version, files })
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<()> {
    let unreadable = || format!("{} cannot be read", folder.display());
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if name != LIST && name != WORKER && !name.ends_with(".d.ts") {
            let content =
                fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let digest = STANDARD.encode(Sha256::digest(content));
            files.insert(name, format!("sha256-{digest}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(lab: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("js")).unwrap();
        for (name, content) in [
            ("index.html", "abc"),
            ("js/lab.js", lab),
            (WORKER, "the worker"),
            ("uphill.d.ts", "types"),
        ] {
            fs::write(folder.path().join(name), content).unwrap();
        }
        folder
    }

    #[test]
    fn every_file_that_a_page_loads_is_listed_with_its_digest() {
        let listed = list(site("lab").path()).unwrap();
        let names: Vec<_> = listed.files.keys().map(String::as_str).collect();
        assert_eq!(names, ["index.html", "js/lab.js"]);
        // FIPS 180-2, appendix B.1: the digest of "abc".
        let abc = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        assert_eq!(listed.files["index.html"], abc);
    }

    #[test]
    fn the_version_changes_with_any_file_and_with_nothing_else() {
        let (first, again, other) = (site("lab"), site("lab"), site("lap"));
        fs::write(again.path().join(WORKER), "another worker").unwrap();
        write(again.path()).unwrap();
        let version = |folder: &tempfile::TempDir| list(folder.path()).unwrap().version;
        assert_eq!(version(&first), version(&again));
        assert_ne!(version(&first), version(&other));
    }
}
