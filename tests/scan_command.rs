//! `uphill scan` in a terminal: the same bytes for any number of threads and after kill −9,
//! and words, not losses, where a file is in the way, foreign, or cannot be written.

#[cfg(unix)]
use crate::terminal::on_full_disk;
use crate::terminal::{Folder, SCAN, killed, killed_on_its_way, scan, succeeded, uphill, words};
use std::fs;

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = Folder::new("threads");
    let results: Vec<Vec<u8>> = ["1", "2", "5"]
        .into_iter()
        .map(|threads| {
            let file = folder.file(threads);
            succeeded(&scan(SCAN, &file, threads));
            assert!(!folder.file(&format!("{threads}.partial")).exists());
            fs::read(file).expect("the result")
        })
        .collect();
    assert!(results[0] == results[1] && results[0] == results[2]);
}

#[test]
fn a_killed_scan_goes_on_to_the_same_bytes() {
    let folder = Folder::new("killed");
    let (whole, cut) = (folder.file("whole"), folder.file("cut"));
    let link = killed_on_its_way(&[], &cut);
    // And once more, unless it ends before.
    killed(&link, &[], &cut);
    succeeded(&scan(&link, &cut, "1"));
    succeeded(&scan(&link, &whole, "2"));
    assert!(fs::read(whole).expect("a result") == fs::read(cut).expect("a result"));
}

#[test]
fn a_result_is_never_overwritten_by_another() {
    let folder = Folder::new("in_the_way");
    let file = folder.file("result");
    succeeded(&scan(SCAN, &file, "2"));
    let before = fs::read(&file).expect("the result");
    // The same again has nothing to do.
    succeeded(&scan(SCAN, &file, "2"));
    let other = scan(&SCAN.replace("seed=1", "seed=2"), &file, "2");
    assert_eq!(other.status.code(), Some(2));
    assert!(
        words(&other).contains("is there already"),
        "{}",
        words(&other)
    );
    assert!(before == fs::read(&file).expect("the result"));
    fs::write(&file, "a letter").expect("a file");
    let foreign = scan(SCAN, &file, "2");
    assert_eq!(foreign.status.code(), Some(2));
    assert!(words(&foreign).contains("no result"), "{}", words(&foreign));
    assert_eq!(fs::read(&file).expect("the letter"), b"a letter");
}

#[test]
fn damaged_and_foreign_checkpoints_are_named() {
    let folder = Folder::new("checkpoints");
    let file = folder.file("result");
    let partial = folder.file("result.partial");
    for (bytes, word) in [
        (b"".to_vec(), "not a saved run"),
        (b"uphillE\x01\x050.0.1".to_vec(), "0.0.1"),
    ] {
        fs::write(&partial, bytes).expect("a file");
        let refused = scan(SCAN, &file, "2");
        assert_eq!(refused.status.code(), Some(2));
        assert!(words(&refused).contains(word), "{}", words(&refused));
        assert!(words(&refused).contains("Remove it"));
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_reported_before_the_work() {
    let folder = Folder::new("full");
    let file = folder.file("result");
    let refused = on_full_disk(&["scan", SCAN, "-o", file.to_str().expect("letters")]);
    assert_eq!(refused.status.code(), Some(1), "{}", words(&refused));
    assert!(
        words(&refused).contains("result.partial cannot be written"),
        "{}",
        words(&refused)
    );
    let nowhere = scan(SCAN, &folder.file("no/such/folder/result"), "2");
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(words(&nowhere).contains("cannot be written"));
}

#[test]
fn bad_links_are_refused_and_nothing_runs() {
    let folder = Folder::new("links");
    for link in ["exp=current&ms=2", "m=0.5", "exp=nothing"] {
        let refused = scan(link, &folder.file("result"), "2");
        assert_eq!(refused.status.code(), Some(2));
        assert!(
            words(&refused).contains("allowed is"),
            "{}",
            words(&refused)
        );
    }
    assert!(
        fs::read_dir(&folder.0)
            .expect("the folder")
            .next()
            .is_none()
    );
}

#[test]
fn pictures_and_tables_come_from_results() {
    let folder = Folder::new("pictures");
    let file = folder.file("result");
    succeeded(&scan(SCAN, &file, "2"));
    let result = file.to_str().expect("a path of letters");
    let target = |name: &str| folder.file(name).to_str().expect("letters").to_owned();
    let ended = |arguments: &[&str]| uphill(arguments).output().expect("the command starts");
    let (svg, csv) = (target("fig2.svg"), target("fig2.csv"));
    succeeded(&ended(&["plot", result, "-o", &svg]));
    succeeded(&ended(&[
        "plot",
        result,
        "-o",
        &svg,
        "--picture",
        "integrated-current",
        "--m",
        "0.8",
    ]));
    succeeded(&ended(&["csv", result, "-o", &csv]));
    assert!(
        fs::read_to_string(&svg)
            .expect("a picture")
            .contains("</svg>")
    );
    let table = fs::read_to_string(&csv).expect("a table");
    let (comments, lines): (Vec<&str>, Vec<&str>) =
        table.lines().partition(|line| line.starts_with('#'));
    assert!(comments.iter().any(|line| line.contains("exp=current")));
    let columns = lines[0].split(',').count();
    assert!(lines.len() >= 4 && lines.iter().all(|line| line.split(',').count() == columns));
    for arguments in [
        ["plot", result, "-o", &svg, "--picture", "other"],
        ["plot", result, "-o", &svg, "--m", "0.7"],
    ] {
        let refused = ended(&arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(words(&refused).contains("allowed is"));
    }
    let foreign = ended(&["plot", &csv, "-o", &svg]);
    assert!(
        words(&foreign).contains("not a result"),
        "{}",
        words(&foreign)
    );
}

/// A link as a mail or a chat has left it is understood, or nothing runs.
#[test]
fn links_are_understood_or_named() {
    let run = |link: &str| {
        let run = uphill(&["run", link, "--until", "10", "--json"]).output();
        run.expect("the command starts")
    };
    let as_meant =
        run("“https://example.org/?L=8&amp;m=0,5&seed=7&utm_source=x&embed=lab#compare=0.9”.");
    succeeded(&as_meant);
    assert!(String::from_utf8_lossy(&as_meant.stdout).contains("\"v=1&L=8&m=0.5&seed=7\""));
    let said = words(&as_meant);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "Passed over in the link: utm_source, by which others count visits.",
            "Passed over in the link: embed, #compare, of the page alone."
        ]
    );
    for (link, key) in [
        ("L=8&seed=7?m=0.5", "?m=0.5"),
        ("L=8&seed=7…", "seed=7…"),
        ("hello", "hello"),
        ("L=8#seed=7", "#seed=7"),
    ] {
        let refused = run(link);
        assert_eq!(refused.status.code(), Some(2), "{link}");
        assert!(words(&refused).contains(key), "{}", words(&refused));
        assert!(refused.stdout.is_empty(), "{link}");
    }
    let job = uphill(&["slurm", "exp=current&L=8&seed=1?ms=0.5", "--shards", "2"]).output();
    let job = job.expect("the command starts");
    assert_eq!(job.status.code(), Some(2));
    assert!(job.stdout.is_empty());
}

#[test]
fn plans_name_points_by_what_distinguishes_them() {
    let link = "exp=current&L=8&beta=0.6&ms=-0.5,0.999&relax=100&cap=1000&seed=1";
    let plan = uphill(&["plan", link, "--seconds", "0.01"]).output();
    let plan = plan.expect("the command starts");
    succeeded(&plan);
    let text = String::from_utf8_lossy(&plan.stdout).into_owned();
    assert!(
        text.contains("\nm₊ = −0.5 ") && text.contains("\nm₊ = 0.999 "),
        "{text}"
    );
}
