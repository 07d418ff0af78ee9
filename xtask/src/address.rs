//! From the address in a request to a file of the site, and to nothing outside it.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// What stands at an address.
#[derive(Debug, PartialEq, Eq)]
pub enum Resource {
    /// A file of the site.
    File(PathBuf),
    /// A folder named without its final slash; relative links need the slash.
    FolderWithoutSlash,
    /// Nothing that may be served.
    Nothing,
}

/// Finds what a request's address (path and query) names in the folder `site`, which is absolute
/// and free of symbolic links.
pub fn resolve(site: &Path, address: &str) -> Resource {
    find(site, address).unwrap_or(Resource::Nothing)
}

fn find(site: &Path, address: &str) -> Option<Resource> {
    let path = address.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let mut file = site.to_path_buf();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        // A leading dot is `.`, `..` or a hidden file; a backslash or a colon means more than a
        // name on Windows; control characters are in no name of ours.
        if part.starts_with('.') || part.contains(['\\', ':']) || part.contains(char::is_control) {
            return None;
        }
        file.push(part);
    }
    // A symbolic link may still lead out.
    let mut file = file.canonicalize().ok()?;
    if !file.starts_with(site) {
        return None;
    }
    if file.is_dir() {
        if !path.is_empty() && !path.ends_with('/') {
            return Some(Resource::FolderWithoutSlash);
        }
        file.push("index.html");
    } else if path.ends_with('/') {
        return None;
    }
    file.is_file().then_some(Resource::File(file))
}

/// The MIME type of a file, by its extension.
pub fn mime_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt" | "ts" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A folder `site` with a few files, beside a file that must not be served.
    fn site() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().canonicalize().unwrap().join("site");
        fs::create_dir_all(site.join("js")).unwrap();
        for file in [
            "index.html",
            "js/index.html",
            "js/a b.js",
            ".hidden",
            "../secret",
        ] {
            fs::write(site.join(file), "").unwrap();
        }
        (folder, site)
    }

    #[test]
    fn files_and_folders_are_found() {
        let (_folder, site) = site();
        for (address, file) in [
            ("/", "index.html"),
            ("/?v=1&m=0.998", "index.html"),
            ("/index.html?x=/../..", "index.html"),
            ("/js/", "js/index.html"),
            ("/js/a%20b.js", "js/a b.js"),
            ("//js//a%20b.js", "js/a b.js"),
        ] {
            assert_eq!(
                resolve(&site, address),
                Resource::File(site.join(file)),
                "{address}"
            );
        }
        assert_eq!(resolve(&site, "/js?m=1"), Resource::FolderWithoutSlash);
    }

    #[test]
    fn nothing_outside_the_site_is_found() {
        let (_folder, site) = site();
        for address in [
            "/../secret",
            "/%2e%2e/secret",
            "/js/../../secret",
            "/js/..%2f..%2fsecret",
            "/..%5csecret",
            "/%00",
            "/%ff",
            "/.hidden",
            "/js/./a%20b.js",
            "/C:/secret",
            "/index.html/",
            "/missing",
            "secret",
            "",
        ] {
            assert_eq!(resolve(&site, address), Resource::Nothing, "{address}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_does_not_lead_out() {
        let (_folder, site) = site();
        std::os::unix::fs::symlink(site.join("../secret"), site.join("link")).unwrap();
        assert_eq!(resolve(&site, "/link"), Resource::Nothing);
    }

    #[test]
    fn wasm_and_modules_have_the_types_that_browsers_insist_on() {
        assert_eq!(mime_type(Path::new("uphill_bg.wasm")), "application/wasm");
        assert!(mime_type(Path::new("main.js")).starts_with("text/javascript"));
    }
}
