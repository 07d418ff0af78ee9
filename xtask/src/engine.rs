//! The engines for browsers: the library compiled to wasm, whole and without what the lab does not
//! need, and their JavaScript and TypeScript bindings.

use std::collections::BTreeSet;
use std::env;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow, ensure};
use cargo_metadata::{Message, MetadataCommand};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// Vectors of 128 bits, which every browser of the last years has; and no function copied into
/// another unless it is small or marked, since the page has to load the copies: those of the
/// event loop are marked.
const FLAGS: [&str; 4] = [
    "-C",
    "target-feature=+simd128",
    "-C",
    "llvm-args=-inline-threshold=50",
];

/// The separator of flags in `CARGO_ENCODED_RUSTFLAGS`.
const UNIT: char = '\x1f';

/// An engine: the name of its files, and what cargo is asked for.
struct Engine {
    name: &'static str,
    arguments: &'static [&'static str],
}

/// Each has a profile of its own, and with it a folder: cargo gives both the same file name.
const ENGINES: [Engine; 2] = [
    Engine {
        name: "lab",
        arguments: &["--profile=lab", "--no-default-features"],
    },
    Engine {
        name: "uphill",
        arguments: &["--profile=whole"],
    },
];

/// Compiles the engines and writes `NAME.js`, `NAME_bg.wasm` and `NAME.d.ts` of each into `folder`.
pub fn build(root: &Path, folder: &Path) -> Result<()> {
    // Side by side: most of the time of each goes into optimizing it as a whole, on one core.
    thread::scope(|scope| {
        let builds = ENGINES.map(|engine| scope.spawn(move || build_one(root, folder, &engine)));
        builds.into_iter().try_for_each(|build| {
            build
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}

fn build_one(root: &Path, folder: &Path, engine: &Engine) -> Result<()> {
    let wasm = compile(root, engine)?;
    Bindgen::new()
        .input_path(&wasm)
        .out_name(engine.name)
        .typescript(true)
        .omit_default_module_path(false)
        .remove_name_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|error| {
            anyhow!(
                "The bindings of {} were not made: {error:#}",
                wasm.display()
            )
        })
}

/// Compiles the library for the browser and returns the wasm file that cargo names.
fn compile(root: &Path, engine: &Engine) -> Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(root)
        .args(["build", "--package=uphill", "--lib"])
        .args(engine.arguments)
        .args(["--target", TARGET])
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped());
    let names = short_names(root)?;
    let flags: Vec<_> = FLAGS
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .collect();
    add_flags(&mut command, &flags);

    let mut child = command.spawn().context("Cargo did not start")?;
    let messages = child.stdout.take().context("Cargo has no output")?;
    let mut wasm = None;
    for message in Message::parse_stream(BufReader::new(messages)) {
        if let Message::CompilerArtifact(artifact) = message.context("Cargo was cut short")?
            && artifact.target.name == "uphill"
        {
            wasm = artifact
                .filenames
                .into_iter()
                .find(|file| file.extension() == Some("wasm"));
        }
    }
    ensure!(
        child.wait().context("Cargo was lost")?.success(),
        "The engine did not compile for {TARGET}; cargo says why above"
    );
    wasm.map(PathBuf::from)
        .context("The library uphill gave no wasm file; is its crate-type still cdylib?")
}

/// The flags by which panics name the files of packages alike on every machine: by the package,
/// without the folder in which cargo keeps it.
fn short_names(root: &Path) -> Result<BTreeSet<String>> {
    let told = MetadataCommand::new()
        .current_dir(root)
        .exec()
        .context("Cargo does not tell where packages are")?;
    let foreign = told
        .packages
        .iter()
        .filter(|package| package.source.is_some());
    let folders = foreign.filter_map(|package| package.manifest_path.parent()?.parent());
    Ok(folders
        .map(|folder| format!("--remap-path-prefix={folder}/="))
        .collect())
}

/// Adds compiler flags to those that the user has set, wherever they are set: cargo itself reads
/// only the first of `CARGO_ENCODED_RUSTFLAGS`, `RUSTFLAGS` and its configuration, and joins the
/// parts of the configuration.
fn add_flags(command: &mut Command, flags: &[&str]) {
    if let Ok(encoded) = env::var("CARGO_ENCODED_RUSTFLAGS") {
        let all = encoded.split(UNIT).filter(|flag| !flag.is_empty());
        let all: Vec<_> = all.chain(flags.iter().copied()).collect();
        command.env("CARGO_ENCODED_RUSTFLAGS", all.join(&UNIT.to_string()));
    } else if let Ok(plain) = env::var("RUSTFLAGS") {
        command.env("RUSTFLAGS", format!("{plain} {}", flags.join(" ")));
    } else {
        let list = flags
            .iter()
            .map(|flag| format!("{flag:?}"))
            .collect::<Vec<_>>();
        command
            .arg("--config")
            .arg(format!("target.{TARGET}.rustflags=[{}]", list.join(",")));
    }
}
