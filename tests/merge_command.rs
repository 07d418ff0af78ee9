//! `uphill scan --shard` and `uphill merge`: the same bytes as one machine finds, after kill −9 as
//! well; and a name for every part that does not fit.

#[cfg(unix)]
use crate::terminal::on_full_disk;
use crate::terminal::{Folder, SCAN, killed_on_its_way, scan, succeeded, uphill, words};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

/// Computes a share of a scan.
fn share(link: &str, share: &str, output: &Path) -> Output {
    uphill(&["scan", link, "--shard", share, "-o", text(output)])
        .output()
        .expect("the command starts")
}

fn merge(parts: &[PathBuf], output: &Path) -> Output {
    let mut command = uphill(&["merge", "-o", text(output)]);
    command.args(parts).output().expect("the command starts")
}

/// Computes all shares of a scan.
fn all(folder: &Folder, link: &str, of: u32) -> Vec<PathBuf> {
    (1..=of)
        .map(|number| {
            let part = folder.file(&format!("part-{number}.json"));
            succeeded(&share(link, &format!("{number}/{of}"), &part));
            part
        })
        .collect()
}

#[test]
fn parts_make_the_bytes_of_one_machine() {
    let chain = SCAN.replace("seed=1", "from=down&seed=1");
    let relation = "exp=relation&Ls=8&betas=0.6&err=0.01&errm=0.01&relax=100&cap=4000&seed=1";
    for (name, link, of) in [
        ("six", SCAN, 6),
        ("four", SCAN, 4),
        ("one", SCAN, 1),
        ("chain", chain.as_str(), 2),
        ("relation", relation, 5),
    ] {
        let folder = Folder::new(&format!("merged_{name}"));
        let whole = folder.file("whole.json");
        succeeded(&scan(link, &whole, "2"));
        let mut parts = all(&folder, link, of);
        // In any order, and the same again has nothing to do.
        parts.reverse();
        let merged = folder.file("merged.json");
        succeeded(&merge(&parts, &merged));
        assert!(
            fs::read(&whole).expect("it") == fs::read(&merged).expect("it"),
            "{name}"
        );
        succeeded(&merge(&parts, &merged));
        succeeded(&share(
            link,
            &format!("1/{of}"),
            &folder.file("part-1.json"),
        ));
    }
}

#[test]
fn a_killed_share_goes_on() {
    let folder = Folder::new("killed_share");
    let parts = [folder.file("a"), folder.file("b")];
    let link = &killed_on_its_way(&["--shard", "1/2"], &parts[0]);
    // What it has saved is of no use to the other share, and is not lost.
    let saved = fs::read(folder.file("a.partial")).expect("its checkpoint");
    let other = share(link, "2/2", &parts[0]);
    assert_eq!(other.status.code(), Some(2), "{}", words(&other));
    assert!(words(&other).contains("another share"), "{}", words(&other));
    assert!(saved == fs::read(folder.file("a.partial")).expect("it is there still"));
    // Nor is it lost where the disk is full: the share goes on once there is room.
    #[cfg(unix)]
    {
        let part = parts[0].to_str().expect("letters");
        let refused = on_full_disk(&["scan", link, "--shard", "1/2", "-o", part]);
        assert_eq!(refused.status.code(), Some(1), "{}", words(&refused));
        assert!(
            words(&refused).contains("cannot be written"),
            "{}",
            words(&refused)
        );
        assert!(saved == fs::read(folder.file("a.partial")).expect("it is there still"));
    }
    succeeded(&share(link, "1/2", &parts[0]));
    succeeded(&share(link, "2/2", &parts[1]));
    let merged = folder.file("merged");
    succeeded(&merge(&parts, &merged));
    let whole = folder.file("whole.json");
    succeeded(&scan(link, &whole, "2"));
    assert!(fs::read(whole).expect("a result") == fs::read(merged).expect("a result"));
}

#[test]
fn parts_that_do_not_fit_are_named() {
    let folder = Folder::new("unfit");
    let parts = all(&folder, SCAN, 4);
    let changed = |name: &str, change: &dyn Fn(String) -> String| {
        let file = folder.file(name);
        let part = fs::read_to_string(&parts[1]).expect("a part");
        fs::write(&file, change(part)).expect("a file");
        file
    };
    let [one, two, three, four] = [0, 1, 2, 3].map(|part| parts[part].clone());
    let doubled = changed("again.json", &|part| part);
    let version = changed("version.json", &|part| {
        part.replacen("\"engine\":\"", "\"engine\":\"9", 1)
    });
    let link = changed("link.json", &|part| part.replace("seed=1", "seed=2"));
    let number = changed("number.json", &|part| {
        part.replacen("\"share\":\"2/4\"", "\"share\":\"2/5\"", 1)
    });
    let none = changed("none.json", &|part| {
        part.replacen("\"share\":\"2/4\",", "", 1)
    });
    let nonsense = changed("nonsense.json", &|part| {
        part.replacen("\"share\":\"2/4\"", "\"share\":\"5/4\"", 1)
    });
    // A part that says it is another: it has none of that one's tasks.
    let empty = changed("empty.json", &|part| {
        part.replacen("\"share\":\"2/4\"", "\"share\":\"3/4\"", 1)
    });
    let cut = changed("cut.json", &|part| part[..part.len() / 2].to_owned());
    let output = folder.file("merged");
    for (files, expected) in [
        (vec![&one, &two, &four], vec!["missing of 4 shares: 3"]),
        (vec![&two], vec!["missing of 4 shares: 1, 3, 4"]),
        (
            vec![&one, &two, &doubled, &three, &four],
            vec!["share 2/4 is given twice", "part-2.json", "again.json"],
        ),
        (
            vec![&one, &version, &three, &four],
            vec![
                "version.json was found by engine 9",
                "missing of 4 shares: 2",
            ],
        ),
        (
            vec![&one, &link, &three, &four],
            vec!["link.json is of another link", "seed=2"],
        ),
        (
            vec![&one, &number, &three, &four],
            vec!["number.json is share 2/5"],
        ),
        (
            vec![&one, &none, &three, &four],
            vec!["none.json is no part"],
        ),
        (vec![&none], vec!["none.json is no part"]),
        (
            vec![&one, &nonsense, &three, &four],
            vec!["nonsense.json", "its share", "k/n"],
        ),
        (
            vec![&one, &two, &empty, &four],
            vec!["empty.json is not finished"],
        ),
        (vec![&one, &cut, &three, &four], vec!["cut.json"]),
    ] {
        let files: Vec<PathBuf> = files.into_iter().cloned().collect();
        let refused = merge(&files, &output);
        assert_eq!(refused.status.code(), Some(2), "{}", words(&refused));
        for expected in expected {
            assert!(
                words(&refused).contains(expected),
                "{expected}: {}",
                words(&refused)
            );
        }
        assert!(!output.exists());
    }
    // In the way of each other.
    let occupied = share(SCAN, "1/4", &two);
    assert_eq!(occupied.status.code(), Some(2));
    assert!(
        words(&occupied).contains("is share 2/4"),
        "{}",
        words(&occupied)
    );
}

#[test]
fn shares_that_cannot_be_are_refused() {
    let folder = Folder::new("no_share");
    let file = folder.file("part");
    for (link, of, word) in [
        (SCAN, "7/8", "at most 6"),
        (SCAN, "0/2", "k/n"),
        (SCAN, "3/2", "k/n"),
        ("exp=current&err=0.1", "1/2", "seed"),
    ] {
        let refused = share(link, of, &file);
        assert_eq!(refused.status.code(), Some(2));
        assert!(words(&refused).contains(word), "{}", words(&refused));
    }
    assert!(
        fs::read_dir(&folder.0)
            .expect("the folder")
            .next()
            .is_none()
    );
}
