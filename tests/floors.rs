//! The floors of src/: what a file may import, and what it may not.
//!
//! A room stands on a floor, and takes from the floors below its own: never from its own floor,
//! never from above. So there is no circle of rooms, and whoever reads from the ground up has
//! always read what is used. Tests within a file are held to it, too.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::fs;
use std::iter::Peekable;
use std::path::{Path, PathBuf};

/// The rooms from the ground up, a floor a line, by the paths of their modules: what is in no
/// deeper room belongs to the one around it.
const FLOORS: &[&[&str]] = &[
    &[
        "words", "theory", "random", "digest", "rates", "notation", "order",
    ],
    &["params", "measure", "fit"],
    &["lattice", "link", "master_equation"],
    &["configuration"],
    &["dynamics"],
    &["run"],
    &["plot"],
    &["scan::plan"],
    &["scan::task"],
    &["scan::results"],
    &[
        "scan::figures::findings",
        "scan::figures::phrases",
        "scan::figures::paper",
        "scan::figures::measured_m_star",
        "scan::figures::bands",
    ],
    &[
        "scan::figures::marker",
        "scan::figures::m_eq",
        "scan::figures::current_curve",
    ],
    &[
        "scan::figures::replica_history",
        "scan::figures::bracketing",
        "scan::figures::jump",
    ],
    &["scan::figures::m_star", "scan::figures::map"],
    &["scan::figures::matching", "scan::figures::stages"],
    &[
        "scan::figures::current",
        "scan::figures::states",
        "scan::figures::equilibrium",
        "scan::figures::relation",
        "scan::figures::exact",
    ],
    &["scan::figures"],
    &["scan::file"],
    &["scan"],
    &["web"],
];

/// The path of a module or of something in it, from the crate on.
type Names = Vec<String>;

/// What a file takes from the crate: where it stands, and what it is.
type Imports = Vec<(usize, Names)>;

/// The room of a path and its floor; none where the crate has no such room.
fn room(path: &[String]) -> Option<(&'static str, usize)> {
    let floors = FLOORS.iter().enumerate();
    let rooms = floors.flat_map(|(floor, rooms)| rooms.iter().map(move |room| (*room, floor)));
    let around = rooms.filter(|(room, _)| {
        let names: Vec<&str> = room.split("::").collect();
        path.len() >= names.len() && path.iter().zip(&names).all(|(a, b)| a == b)
    });
    around.max_by_key(|(room, _)| room.len())
}

/// From the crate on, what `path` is in a module; none if it leads out of the crate, or is
/// something of the module itself.
fn absolute(path: &[String], module: &[String]) -> Option<Names> {
    let supers = path.iter().take_while(|name| *name == "super").count();
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "super" => {
            let around = &module[..module.len().checked_sub(supers)?];
            Some([around, &path[supers..]].concat())
        }
        _ => None,
    }
}

type Tokens = Peekable<proc_macro2::token_stream::IntoIter>;

/// Takes `::` if it comes next.
fn pass_colons(tokens: &mut Tokens) -> bool {
    let mut passed = false;
    while tokens
        .next_if(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ':'))
        .is_some()
    {
        passed = true;
    }
    passed
}

/// All paths of a tree of imports.
fn leaves(tokens: &mut Tokens, prefix: &[String], found: &mut Imports) {
    let mut path = prefix.to_vec();
    let mut line = 0;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) if name == "as" => {
                tokens.next();
            }
            TokenTree::Ident(name) => {
                line = name.span().start().line;
                path.push(name.to_string());
            }
            TokenTree::Group(group) => {
                leaves(&mut group.stream().into_iter().peekable(), &path, found);
                path.clear();
            }
            TokenTree::Punct(sign) if sign.as_char() == ',' => {
                if path.len() > prefix.len() {
                    found.push((line, path));
                }
                path = prefix.to_vec();
            }
            _ => {}
        }
    }
    if path.len() > prefix.len() {
        found.push((line, path));
    }
}

/// What a piece of source in a module takes from the crate.
fn imports(source: TokenStream, module: &[String], found: &mut Imports) {
    let mut keep = |line: usize, path: &[String]| {
        if let Some(path) = absolute(path, module) {
            found.push((line, path));
        }
    };
    let mut inner: Vec<(TokenStream, Names)> = Vec::new();
    let mut tokens = source.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) if name == "use" => {
                let tree = tokens.by_ref().take_while(
                    |token| !matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';'),
                );
                let tree: TokenStream = tree.collect();
                let mut paths = Imports::new();
                leaves(&mut tree.into_iter().peekable(), &[], &mut paths);
                for (line, path) in &paths {
                    keep(*line, path);
                }
            }
            // How far something is seen is no import.
            TokenTree::Ident(name) if name == "pub" => {
                tokens.next_if(|token| {
                    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis)
                });
            }
            TokenTree::Ident(name) if name == "mod" => {
                let name = tokens.next().map(|name| name.to_string());
                if let Some(TokenTree::Group(group)) = tokens.peek() {
                    let name = name.into_iter().collect::<Names>();
                    inner.push((group.stream(), [module, &name].concat()));
                    tokens.next();
                }
            }
            TokenTree::Ident(name) if name == "crate" || name == "super" => {
                let line = name.span().start().line;
                let mut path = vec![name.to_string()];
                while pass_colons(&mut tokens) {
                    match tokens.next_if(|token| matches!(token, TokenTree::Ident(_))) {
                        Some(name) => path.push(name.to_string()),
                        None => break,
                    }
                }
                keep(line, &path);
            }
            TokenTree::Group(group) => inner.push((group.stream(), module.to_vec())),
            _ => {}
        }
    }
    for (stream, module) in inner {
        imports(stream, &module, found);
    }
}

/// The imports of a file that its floor does not allow, with their lines.
fn breaches(source: &str, module: &[String]) -> Vec<(usize, String)> {
    let name = module.join("::");
    let Some((own, floor)) = room(module) else {
        return vec![(1, format!("{name} stands in no room"))];
    };
    let mut found = Imports::new();
    let source = source.parse().expect("the source is Rust");
    imports(source, module, &mut found);
    let mut broken: Vec<(usize, String)> = Vec::new();
    for (line, path) in found {
        let wanted = path.join("::");
        match room(&path) {
            None => broken.push((line, format!("{wanted} is in no room"))),
            Some((other, _)) if other == own => {}
            Some((_, below)) if below < floor => {}
            Some((other, _)) => broken.push((
                line,
                format!("{own} imports {wanted}, but {other} is not below it"),
            )),
        }
    }
    broken.sort_unstable();
    broken
}

fn names(path: &str) -> Names {
    path.split("::").map(str::to_owned).collect()
}

/// The files of the library with their modules, but for lib.rs, which is the house.
fn files(folder: &Path, module: &[String]) -> BTreeMap<PathBuf, Names> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the library is here") {
        let path = entry.expect("it can be listed").path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let stem = stem.expect("its name is plain").to_owned();
        let deeper = [module, std::slice::from_ref(&stem)].concat();
        if path.is_dir() && stem != "bin" {
            all.append(&mut files(&path, &deeper));
        } else if path.extension().is_some_and(|ending| ending == "rs") && stem != "lib" {
            let is_folder = stem == "mod";
            all.insert(path, if is_folder { module.to_vec() } else { deeper });
        }
    }
    all
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn every_room_takes_from_the_floors_below_its_own() {
    let files = files(&source(), &[]);
    assert!(files.len() > 90, "{files:?}");
    let broken: Vec<String> = files
        .iter()
        .flat_map(|(file, module)| {
            let source = fs::read_to_string(file).expect("it can be read");
            let file = file.display().to_string();
            let said = breaches(&source, module).into_iter();
            said.map(move |(line, what)| format!("{file}:{line}: {what}"))
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_room_is_there() {
    let modules: Vec<Names> = files(&source(), &[]).into_values().collect();
    for room in FLOORS.iter().flat_map(|rooms| rooms.iter()) {
        let is_there = modules
            .iter()
            .any(|module| module.starts_with(&names(room)));
        assert!(is_there, "{room} is on a floor, but not in src/");
    }
}

#[test]
fn a_breach_is_found_wherever_it_stands() {
    let source = r#"
        //! Not here: [`crate::scan`].
        use super::super::web;
        use crate::{measure::{self, series::Series}, plot::{Area, Theme as Look}};
        pub(in crate::run) use std::fmt;
        fn f() { g(&crate::scan::plan::Plan::new()) }
        fn h() -> super::report::Report { crate::rates::Rates::new() }
        #[cfg(test)]
        mod tests {
            use super::*;
            use super::super::super::nowhere::Thing;
            use crate::dynamics::System;
        }
    "#;
    let found = breaches(source, &names("run::simulation"));
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 4, 4, 6, 11], "{found:?}");
    let within = breaches(
        "use crate::lattice::window::place;",
        &names("configuration::key"),
    );
    assert_eq!(within, []);
    let aside = breaches("use crate::measure::Estimate;", &names("params"));
    assert_eq!(
        aside.len(),
        1,
        "rooms of one floor know nothing of each other"
    );
}
