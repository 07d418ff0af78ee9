//! What `-o` may write to, and what it must not touch.

use crate::terminal::{Folder, SCAN, scan, succeeded, uphill, words};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use uphill::link::file_name;
use uphill::scan::file;
use uphill::scan::plan::link;

/// A result, and its table.
struct Given {
    folder: Folder,
    result: PathBuf,
    bytes: Vec<u8>,
    table: Vec<u8>,
}

fn given(name: &str) -> Given {
    let folder = Folder::new(name);
    let result = folder.file("result.json");
    fs::copy("tests/old/0.5.0/current.json", &result).expect("a result of old");
    let table = folder.file("table.csv");
    succeeded(&ended("csv", &result, &table));
    Given {
        bytes: fs::read(&result).expect("the result"),
        table: fs::read(&table).expect("its table"),
        folder,
        result,
    }
}

fn letters(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

fn ended(command: &str, input: &Path, output: &Path) -> Output {
    let arguments = [command, letters(input), "-o", letters(output)];
    uphill(&arguments).output().expect("the command starts")
}

fn refused(output: &Output, why: &str) {
    assert_eq!(output.status.code(), Some(2), "{}", words(output));
    assert!(words(output).contains(why), "{}", words(output));
}

#[test]
fn the_file_that_is_read_is_never_written() {
    let Given {
        folder,
        result,
        bytes,
        ..
    } = given("own_input");
    let (hard, soft) = (folder.file("hard.json"), folder.file("soft.json"));
    fs::hard_link(&result, &hard).expect("a hard link");
    let mut names = vec![result.clone(), hard, folder.file("./result.json")];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&result, &soft).expect("a symbolic link");
        names.push(soft);
    }
    for name in &names {
        for command in ["csv", "plot", "merge"] {
            refused(&ended(command, &result, name), "is a file that is read");
            refused(&ended(command, name, &result), "is a file that is read");
        }
        assert!(fs::read(name).expect("the result") == bytes);
    }
    // Where standard output or input is the file.
    let append = || File::options().append(true).open(&result).expect("a file");
    let to_itself = uphill(&["csv", letters(&result), "-o", "-"])
        .stdout(append())
        .stderr(Stdio::piped())
        .output();
    refused(&to_itself.expect("it starts"), "is a file that is read");
    let from_itself = uphill(&["csv", "-", "-o", letters(&result)])
        .stdin(File::open(&result).expect("a file"))
        .output();
    refused(&from_itself.expect("it starts"), "is a file that is read");
    assert!(fs::read(&result).expect("the result") == bytes);
}

#[test]
fn only_what_is_of_the_kind_is_replaced() {
    let given = given("kinds");
    let file = |name: &str, content: &[u8]| {
        let path = given.folder.file(name);
        fs::write(&path, content).expect("a file");
        path
    };
    let drawing = b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- of a person -->\n<svg></svg>";
    let others: &[(&str, &[u8])] = &[
        ("other.json", &given.bytes),
        ("letter.txt", b"Dear all"),
        ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("page.html", b"<html><svg></svg></html>"),
        ("space.txt", b"\n"),
    ];
    for (name, content) in others {
        let path = file(name, content);
        refused(&ended("csv", &given.result, &path), "is no table of Uphill");
        refused(
            &ended("plot", &given.result, &path),
            "ends in .svg, .pdf or .png",
        );
        assert!(fs::read(&path).expect("the file") == *content, "{name}");
        for (end, words) in [
            ("svg", "is no SVG"),
            ("pdf", "is no PDF"),
            ("png", "is no PNG"),
        ] {
            let path = file(&format!("{name}.{end}"), content);
            refused(&ended("plot", &given.result, &path), words);
            assert!(fs::read(&path).expect("the file") == *content, "{name}");
        }
    }
    let svg = file("drawing.svg", drawing);
    let csv = file("own.csv", &given.table);
    let foreign = file("foreign.csv", b"a,b\n1,2\n");
    refused(&ended("csv", &given.result, &svg), "is no table of Uphill");
    refused(
        &ended("csv", &given.result, &foreign),
        "is no table of Uphill",
    );
    refused(
        &ended("plot", &given.result, &csv),
        "ends in .svg, .pdf or .png",
    );
    for empty in ["empty.csv", "empty.svg"] {
        file(empty, b"");
    }
    succeeded(&ended("plot", &given.result, &svg));
    succeeded(&ended(
        "plot",
        &given.result,
        &given.folder.file("empty.svg"),
    ));
    succeeded(&ended("csv", &given.result, &csv));
    succeeded(&ended(
        "csv",
        &given.result,
        &given.folder.file("empty.csv"),
    ));
    assert!(fs::read(&csv).expect("a table") == given.table);
    assert!(fs::read(&svg).expect("a picture") != drawing);
    // A result gives way to none, a protected file to nothing, and a folder is no file.
    let parts = [given.result.as_path(), csv.as_path()];
    let over = uphill(&["merge", letters(parts[0]), "-o", letters(parts[1])]).output();
    assert_eq!(over.expect("it starts").status.code(), Some(2));
    refused(
        &scan(SCAN, &given.folder.file("other.json"), "1"),
        "holds the result of",
    );
    refused(&scan(SCAN, &csv, "1"), "is no result");
    let nowhere = given.folder.file("nowhere/");
    refused(&ended("csv", &given.result, &nowhere), "There is no folder");
    let mut rights = fs::metadata(&csv).expect("a table").permissions();
    rights.set_readonly(true);
    fs::set_permissions(&csv, rights).expect("new rights");
    refused(&ended("csv", &given.result, &csv), "is write-protected");
    assert!(fs::read(&csv).expect("a table") == given.table);
}

#[test]
fn a_scan_takes_an_empty_file_and_standard_output() {
    let folder = Folder::new("scan_places");
    let empty = folder.file("empty");
    fs::write(&empty, "").expect("a file");
    succeeded(&scan(SCAN, &empty, "2"));
    let piped = scan(SCAN, Path::new("-"), "2");
    succeeded(&piped);
    assert!(piped.stdout == fs::read(&empty).expect("a result"));
    assert!(words(&piped).contains("keeps no checkpoint"));
    assert!(!Path::new("-.partial").exists());
}

/// Without a name files have the page's, of which no two scans have the same.
#[test]
fn a_folder_is_given_the_names_of_the_page() {
    let given = given("page_names");
    let link = file::read_bytes("", &given.bytes)
        .expect("a result")
        .results;
    let link = link::write(link.experiment());
    let stem = file_name::stem(&link);
    let folder = given.folder.file("exports");
    fs::create_dir(&folder).expect("a folder");
    let within = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    };
    let in_folder = format!("{}/", letters(&folder));
    let into = |arguments: &[&str]| {
        let mut all = arguments.to_vec();
        all.extend(["-o", &in_folder]);
        succeeded(&uphill(&all).output().expect("the command starts"));
    };
    let result = letters(&given.result);
    into(&["csv", result]);
    into(&["csv", result, "--decimal", "comma"]);
    into(&["plot", result]);
    let table = folder.join(format!("{stem}.csv"));
    assert!(fs::read(&table).expect("a table") == given.table);
    let expected = ["-comma.csv", "-current.svg", ".csv"].map(|end| format!("{stem}{end}"));
    assert_eq!(within(&folder), expected);
    // What is there gives way to its own kind alone.
    fs::write(&table, "mine").expect("a file");
    refused(
        &ended("csv", &given.result, &folder),
        "is no table of Uphill",
    );

    // A scan without -o is in the present folder, also a share of it, and found there again.
    let scans = given.folder.file("scans");
    fs::create_dir(&scans).expect("a folder");
    let scan = |more: &[&str]| {
        let mut command = uphill(&["scan", SCAN, "--threads", "1"]);
        let done = command.args(more).current_dir(&scans).output();
        let done = done.expect("the command starts");
        succeeded(&done);
        String::from_utf8(done.stdout).expect("words")
    };
    scan(&[]);
    assert!(scan(&[]).contains("holds this result already"));
    scan(&["--shard", "1/2"]);
    let stem = file_name::stem(&link::write(&link::read(SCAN).experiment));
    let expected = ["-share-1-of-2.json", ".json"].map(|end| format!("{stem}{end}"));
    assert_eq!(within(&scans), expected);
}

/// Tables, pictures and merged results go to standard output where nothing else is said.
#[test]
fn without_a_name_a_table_is_on_standard_output() {
    let given = given("no_name");
    let result = letters(&given.result);
    let table = uphill(&["csv", result]).output().expect("it starts");
    succeeded(&table);
    assert!(table.stdout == given.table);
    let picture = uphill(&["plot", result]).output().expect("it starts");
    succeeded(&picture);
    assert!(picture.stdout.starts_with(b"<svg"));
}

#[test]
fn a_neighbour_of_the_file_is_let_be() {
    let given = given("neighbours");
    let csv = given.folder.file("table.csv");
    let neighbour = given.folder.file("table.csv.new");
    fs::write(&neighbour, "mine").expect("a file");
    succeeded(&ended("csv", &given.result, &csv));
    assert_eq!(fs::read(&neighbour).expect("the neighbour"), b"mine");
    let mut left: Vec<_> = fs::read_dir(&given.folder.0)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["result.json", "table.csv", "table.csv.new"]);
}

#[test]
fn every_encoding_and_standard_input_are_read() {
    let given = given("encodings");
    let text = String::from_utf8(given.bytes.clone()).expect("a text");
    let little = text.encode_utf16().flat_map(u16::to_le_bytes);
    let big = text.encode_utf16().flat_map(u16::to_be_bytes);
    let encoded: [Vec<u8>; 3] = [
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        b"\xff\xfe".iter().copied().chain(little).collect(),
        b"\xfe\xff".iter().copied().chain(big).collect(),
    ];
    for bytes in &encoded {
        let file = given.folder.file("encoded.json");
        fs::write(&file, bytes).expect("a file");
        let csv = uphill(&["csv", "-", "-o", "-"])
            .stdin(File::open(&file).expect("a file"))
            .output()
            .expect("it starts");
        succeeded(&csv);
        assert!(csv.stdout == given.table);
        let csv = ended("csv", &file, Path::new("-"));
        assert!(csv.stdout == given.table);
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    use std::process::Command;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("a file").permissions().mode() & 0o7777
    }

    #[test]
    fn what_is_no_regular_file_is_written_through() {
        let given = given("streams");
        let pipe = given.folder.file("pipe");
        let made = Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo is there").success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || {
                let mut read = Vec::new();
                let mut pipe = File::open(pipe).expect("a pipe");
                pipe.read_to_end(&mut read).expect("what was written");
                read
            }
        });
        succeeded(&ended("csv", &given.result, &pipe));
        assert!(reader.join().expect("a reader") == given.table);
        assert!(fs::metadata(&pipe).expect("it").file_type().is_fifo());
        let out = ended("csv", &given.result, Path::new("/dev/stdout"));
        assert!(out.stdout == given.table);
        // As the shell has it with `>`: the same file by another name.
        let file = given.folder.file("redirected");
        let status = uphill(&["csv", letters(&given.result), "-o", "/dev/stdout"])
            .stdout(File::create(&file).expect("a file"))
            .status();
        assert!(status.expect("it starts").success());
        assert!(fs::read(&file).expect("a table") == given.table);
    }

    /// /dev/full answers every write as a full disk does.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_that_refuses_is_named() {
        let given = given("full_device");
        let link = given.folder.file("full");
        symlink("/dev/full", &link).expect("a link");
        let full = ended("csv", &given.result, &link);
        assert_eq!(full.status.code(), Some(1));
        assert!(
            words(&full).contains("cannot be written"),
            "{}",
            words(&full)
        );
        assert!(fs::symlink_metadata(&link).expect("it").is_symlink());
        assert!(
            fs::metadata(&link)
                .expect("it")
                .file_type()
                .is_char_device()
        );
    }

    #[test]
    fn symbolic_links_stay_and_rights_too() {
        let given = given("links_and_rights");
        let (target, link) = (
            given.folder.file("target.csv"),
            given.folder.file("link.csv"),
        );
        symlink("target.csv", &link).expect("a link");
        // Nothing is there at first, then a table with rights of its own.
        succeeded(&ended("csv", &given.result, &link));
        let usual = given.folder.file("usual");
        fs::write(&usual, "").expect("a file");
        assert_eq!(mode(&target), mode(&usual));
        fs::set_permissions(&target, PermissionsExt::from_mode(0o640)).expect("new rights");
        succeeded(&ended("csv", &given.result, &link));
        assert!(fs::symlink_metadata(&link).expect("it").is_symlink());
        assert!(fs::read(&target).expect("a table") == given.table);
        assert_eq!(mode(&target), 0o640);
    }
}
