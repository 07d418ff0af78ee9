//! The static site: the page's files and the engine's, in one folder.

use std::env;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::folder::{copy, remove};
use crate::modules;
use crate::{card, engine, packing, single_file, site_files, validation};

/// Names the address that the site will have, which previews of links need.
const ADDRESS: &str = "UPHILL_ADDRESS";

/// The page's style sheet, which imports those of its rooms from a folder.
const STYLE: &str = "style.css";
const STYLES: &str = "style";
/// The picture of link previews, as index.html has it.
const CARD: &str = "<meta property=\"og:image\" content=\"card.png\">";

/// Makes `dist/` afresh and returns it.
///
/// The site is put together beside it and takes its place only when it is complete, so a build
/// that fails leaves the last good site as it was.
pub fn build(root: &Path) -> Result<PathBuf> {
    let _alone = lock(root)?;
    let dist = root.join("dist");
    let new = root.join("dist.new");
    remove(&new)?;
    assemble(root, &new)?;
    replace(&dist, &new, &root.join("dist.old"))?;
    Ok(dist)
}

fn assemble(root: &Path, new: &Path) -> Result<()> {
    let www = root.join("www");
    ensure!(
        www.join("index.html").is_file(),
        "There is no page to build: {} is missing",
        www.join("index.html").display()
    );
    engine::build(root, &new.join("engine"))?;
    copy(&www, new)?;
    // In their place come the bundles.
    remove(&new.join("js"))?;
    modules::write(root, new)?;
    if let Ok(address) = env::var(ADDRESS) {
        previewed(new, &address)?;
    }
    let style = new.join(STYLE);
    packing::bundle(root, new, STYLE, packing::Bundle::Style, &style)?;
    remove(&new.join(STYLES))?;
    packing::minify(root, new, &scripts_and_styles(new)?)?;
    site_files::write(new)?;
    // Not in the list: a copy for times without a connection has no use for them.
    card::write(new)?;
    single_file::write(root, new)?;
    // Whatever is missing on it, it says so itself.
    validation::write(root, new).map(|_| ())
}

/// Names the picture of link previews by its whole address: most of those who make them follow no other.
fn previewed(site: &Path, address: &str) -> Result<()> {
    ensure!(
        address.starts_with("https://") || address.starts_with("http://"),
        "{ADDRESS}={address}: allowed is an address that begins with https:// or http://"
    );
    let file = site.join("index.html");
    let page = fs::read_to_string(&file).context("There is no page to be previewed")?;
    let folder = address.trim_end_matches('/');
    let whole = page.replace(
        CARD,
        &CARD.replace("card.png", &format!("{folder}/card.png")),
    );
    ensure!(page != whole, "index.html has to have: {CARD}");
    fs::write(&file, whole).context("The page cannot be written")
}

/// The names of the scripts and style sheets within the site that are no bundles, in their order.
fn scripts_and_styles(site: &Path) -> Result<Vec<String>> {
    let is_one = |name: &String| name.ends_with(".js") || name.ends_with(".css");
    Ok(site_files::names(site)?
        .filter(|name| is_one(name) && !name.starts_with("js/"))
        .collect())
}

/// Waits until no other build is putting a site together; the lock ends with the returned file.
fn lock(root: &Path) -> Result<File> {
    let target = root.join("target");
    let path = target.join("site.lock");
    fs::create_dir_all(&target)
        .and_then(|()| File::create(&path))
        .and_then(|file| file.lock().map(|()| file))
        .with_context(|| format!("{} cannot be locked", path.display()))
}

/// Puts `new` where `dist` is, keeping the former one as `old` until that has worked.
fn replace(dist: &Path, new: &Path, old: &Path) -> Result<()> {
    remove(old)?;
    match fs::rename(dist, old) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("{} cannot be moved", dist.display()));
        }
        _ => {}
    }
    if let Err(error) = fs::rename(new, dist) {
        // Best effort: the error that matters is the first one, and it is the one reported.
        let _ = fs::rename(old, dist);
        return Err(error).with_context(|| format!("{} cannot be put in place", new.display()));
    }
    remove(old)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_site_replaces_all_of_the_former_one() {
        let folder = tempfile::tempdir().unwrap();
        let [dist, new, old] = ["dist", "new", "old"].map(|name| folder.path().join(name));
        for (site, file) in [(&dist, "former"), (&new, "present")] {
            fs::create_dir(site).unwrap();
            fs::write(site.join(file), "").unwrap();
        }
        replace(&dist, &new, &old).unwrap();
        assert!(dist.join("present").exists() && !dist.join("former").exists());
        assert!(!new.exists() && !old.exists());
    }

    #[test]
    fn the_first_site_has_no_former_one() {
        let folder = tempfile::tempdir().unwrap();
        let [dist, new, old] = ["dist", "new", "old"].map(|name| folder.path().join(name));
        fs::create_dir(&new).unwrap();
        replace(&dist, &new, &old).unwrap();
        assert!(dist.is_dir());
    }

    #[test]
    fn a_preview_has_the_whole_address_of_its_picture() {
        let site = tempfile::tempdir().unwrap();
        let page = site.path().join("index.html");
        let index = include_str!("../../www/index.html");
        fs::write(&page, index).unwrap();
        for wrong in ["example.org", "ftp://example.org", ""] {
            let error = previewed(site.path(), wrong).unwrap_err().to_string();
            assert!(error.contains(&format!("={wrong}: allowed")), "{error}");
        }
        previewed(site.path(), "https://example.org/uphill/").unwrap();
        let whole = "<meta property=\"og:image\" content=\"https://example.org/uphill/card.png\">";
        assert!(fs::read_to_string(&page).unwrap().contains(whole));
    }

    #[test]
    fn a_build_that_fails_leaves_the_former_site() {
        let root = tempfile::tempdir().unwrap();
        let page = root.path().join("dist/index.html");
        fs::create_dir(root.path().join("dist")).unwrap();
        fs::write(&page, "former").unwrap();
        let error = build(root.path()).unwrap_err().to_string();
        assert!(error.starts_with("There is no page to build"), "{error}");
        assert_eq!(fs::read_to_string(&page).unwrap(), "former");
    }
}
