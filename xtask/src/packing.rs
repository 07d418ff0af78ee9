//! Minifies and bundles the page's modules and styles, by esbuild from npm.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// Fetched by `./build.sh`, in the version that `xtask/package-lock.json` names.
const ESBUILD: &str = "xtask/node_modules/esbuild/bin/esbuild";
/// The packages that are fetched with it.
const PACKAGES: &str = "xtask/node_modules";

/// A module or a style sheet with all that it imports, and for what.
#[derive(Clone, Copy)]
pub enum Bundle {
    /// A module for a page.
    Page,
    /// A script that needs no modules: Chromium starts none from memory.
    Worker,
    /// A style sheet.
    Style,
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

/// Writes `entry` of `folder` with all that it imports into one minified file.
pub fn bundle(root: &Path, folder: &Path, entry: &str, kind: Bundle, file: &Path) -> Result<()> {
    let mut arguments: Vec<OsString> = vec![entry.into(), "--bundle".into(), "--minify".into()];
    match kind {
        Bundle::Page => arguments.push("--format=esm".into()),
        Bundle::Worker => {
            arguments.push("--format=iife".into());
            // Only modules have an address of their own, and the worker does not ask for it.
            arguments.push("--define:import.meta.url=''".into());
        }
        Bundle::Style => {}
    }
    let mut out = OsString::from("--outfile=");
    out.push(file);
    arguments.extend([out, "--allow-overwrite".into()]);
    esbuild(root, folder, arguments)
}

/// What imports what among bundles, by their names within the site.
pub struct Bundles(BTreeMap<String, Output>);

/// What esbuild tells of a bundle.
#[derive(Deserialize)]
struct Output {
    imports: Vec<Import>,
}

#[derive(Deserialize)]
struct Import {
    path: String,
    kind: String,
}

impl Bundles {
    /// Reads what esbuild tells of its bundles, whose names begin with `folder`.
    pub fn read(told: &str, folder: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Told {
            outputs: BTreeMap<String, Output>,
        }
        let told: Told = serde_json::from_str(told).context("esbuild tells of no bundles")?;
        let name = |path: String| {
            path.strip_prefix(folder)
                .map_or(path.clone(), str::to_owned)
        };
        let named = told.outputs.into_iter().map(|(path, mut output)| {
            for import in &mut output.imports {
                import.path = name(std::mem::take(&mut import.path));
            }
            (name(path), output)
        });
        Ok(Self(named.collect()))
    }

    /// What a bundle needs, at any remove, before it runs.
    pub fn imported_by(&self, name: &str) -> Result<BTreeSet<String>> {
        let mut all = BTreeSet::new();
        let mut open = vec![name.to_owned()];
        while let Some(name) = open.pop() {
            for import in self.imports(&name, "import-statement")? {
                if all.insert(import.clone()) {
                    open.push(import);
                }
            }
        }
        Ok(all)
    }

    /// What a bundle itself asks for as it runs.
    pub fn imported_later_by(&self, name: &str) -> Result<Vec<String>> {
        self.imports(name, "dynamic-import")
    }

    fn imports(&self, name: &str, kind: &str) -> Result<Vec<String>> {
        let output = self
            .0
            .get(name)
            .with_context(|| format!("There is no bundle {name}"))?;
        let of_kind = output.imports.iter().filter(|import| import.kind == kind);
        Ok(of_kind.map(|import| import.path.clone()).collect())
    }
}

/// Writes the module `entry` of `folder` and what it imports into minified modules in the folder
/// `bundled` there: what is asked for later stands apart, what several need is shared.
pub fn split(root: &Path, folder: &Path, entry: &str, bundled: &str) -> Result<Bundles> {
    let told = folder.join("bundles.json");
    let arguments = [
        entry.to_owned(),
        "--bundle".to_owned(),
        "--splitting".to_owned(),
        "--minify".to_owned(),
        "--format=esm".to_owned(),
        "--outbase=.".to_owned(),
        "--chunk-names=js/[name]-[hash]".to_owned(),
        format!("--outdir={bundled}"),
        "--metafile=bundles.json".to_owned(),
    ];
    esbuild(root, folder, arguments.map(OsString::from))?;
    let told =
        fs::read_to_string(&told).with_context(|| format!("{} cannot be read", told.display()))?;
    Bundles::read(&told, &format!("{bundled}/"))
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
        // Where the modules find what they take from npm.
        .env("NODE_PATH", root.join(PACKAGES))
        .status()
        .context("node cannot be run: the site is packed by Node.js")?;
    ensure!(run.success(), "esbuild failed");
    Ok(())
}
