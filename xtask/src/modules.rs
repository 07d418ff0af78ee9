//! The page's modules: bundled into few files, which index.html names, so that none waits for another.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::folder::copy;
use crate::packing::{self, Bundles};

/// The page's first module.
pub const MAIN: &str = "js/main.js";

/// The scans' workers run it, with the engine's bindings in it.
pub const SCAN_WORKER: &str = "js/figures/scan-worker.js";

/// Where the bundles lie until they are in the site.
const BUNDLED: &str = "bundled";

/// After this in index.html stands what the first paint needs.
const FIRST: &str = "<script type=\"module\" src=\"js/main.js\"></script>\n";
/// Within this stands what the page asks for as soon as it has been painted.
const NEXT: &str = "<template id=\"lab-parts\">\n";

/// Bundles the modules of `root` with the engine of the folder `site`, into that folder and its
/// index.html.
pub fn write(root: &Path, site: &Path) -> Result<()> {
    let work = tempfile::tempdir().context("There is no place for the modules")?;
    gather(root, site, work.path())?;
    let bundles = packing::split(root, work.path(), MAIN, BUNDLED)?;
    copy(&work.path().join(BUNDLED), site)?;
    packing::bundle(
        root,
        work.path(),
        SCAN_WORKER,
        packing::Bundle::Worker,
        &site.join(SCAN_WORKER),
    )?;
    let index = site.join("index.html");
    let page = fs::read_to_string(&index)
        .with_context(|| format!("{} cannot be read", index.display()))?;
    fs::write(&index, with_preloads(&page, &bundles)?)
        .with_context(|| format!("{} cannot be written", index.display()))
}

/// Puts the page's modules and the engine's bindings side by side in `folder`, as they import one
/// another.
pub fn gather(root: &Path, site: &Path, folder: &Path) -> Result<()> {
    copy(&root.join("www/js"), &folder.join("js"))?;
    copy(&site.join("engine"), &folder.join("engine"))
}

/// The page with a link for each bundle that it loads by itself.
fn with_preloads(page: &str, bundles: &Bundles) -> Result<String> {
    let first = bundles.imported_by(MAIN)?;
    let mut next = BTreeSet::new();
    for name in bundles.imported_later_by(MAIN)? {
        next.extend(bundles.imported_by(&name)?);
        next.insert(name);
    }
    let next: BTreeSet<_> = next.difference(&first).cloned().collect();
    let mut page = page.to_owned();
    for (place, names) in [(FIRST, &first), (NEXT, &next)] {
        ensure!(
            page.matches(place).count() == 1,
            "index.html has to have once: {place}"
        );
        let links: String = names
            .iter()
            .filter(|name| *name != MAIN)
            .map(|name| format!("<link rel=\"modulepreload\" href=\"{name}\">\n"))
            .collect();
        page = page.replace(place, &format!("{place}{links}"));
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In esbuild's words: main has a common part and asks later for the page, which has another.
    const BUNDLES: &str = r#"{"outputs": {
        "bundled/js/main.js": {"imports": [
            {"path": "bundled/js/common.js", "kind": "import-statement"},
            {"path": "bundled/js/page.js", "kind": "dynamic-import"}]},
        "bundled/js/common.js": {"imports": []},
        "bundled/js/page.js": {"imports": [
            {"path": "bundled/js/common.js", "kind": "import-statement"},
            {"path": "bundled/js/lab.js", "kind": "import-statement"},
            {"path": "bundled/js/tour.js", "kind": "dynamic-import"}]},
        "bundled/js/lab.js": {"imports": []},
        "bundled/js/tour.js": {"imports": []}}}"#;

    #[test]
    fn a_page_names_what_it_loads_by_itself_and_nothing_else() {
        let bundles = Bundles::read(BUNDLES, "bundled/").unwrap();
        let page = with_preloads(&format!("<a>\n{FIRST}{NEXT}</template>\n"), &bundles).unwrap();
        let link = |name| format!("<link rel=\"modulepreload\" href=\"js/{name}.js\">\n");
        let [common, lab, later] = ["common", "lab", "page"].map(link);
        assert_eq!(
            page,
            format!("<a>\n{FIRST}{common}{NEXT}{lab}{later}</template>\n")
        );
        assert!(with_preloads("<html>", &bundles).is_err());
    }
}
