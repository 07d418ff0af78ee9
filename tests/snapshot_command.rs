//! `uphill snapshot` and `uphill film`: a run as a picture and as many; `uphill run --save` and
//! `--load`: a run that goes on where it was.

use crate::overlaps::wrong;
use crate::terminal::{Folder, succeeded, uphill, words};
use qrcode::{Color, EcLevel, QrCode};
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Output;
use uphill::link;
use uphill::plot::code::Code;
use uphill::plot::snapshot::svg;
use uphill::run::simulation::{Budget, Simulation};

/// The address of a page.
const SITE: &str = "https://example.org/uphill/";

fn run(arguments: &[&str]) -> Output {
    uphill(arguments).output().expect("the command starts")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

/// Width and height of a PNG, by its header.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "a PNG");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

fn digest(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find(|line| line.starts_with("digest"));
    line.expect("a digest").to_owned()
}

/// In one go, or saved and gone on with: the same run and the same measurement.
#[test]
fn a_saved_run_goes_on_bit_for_bit() {
    let folder = Folder::new("saved_run");
    let (half, end, whole) = (
        folder.file("half.uphill"),
        folder.file("end.uphill"),
        folder.file("whole.uphill"),
    );
    let link = "L=12&m=0.9&beta=0.8&seed=4";
    let first = run(&[
        "run",
        link,
        "--relax",
        "50",
        "--until",
        "300",
        "--save",
        path(&half),
    ]);
    succeeded(&first);
    let second = run(&[
        "run",
        "--load",
        path(&half),
        "--until",
        "900",
        "--save",
        path(&end),
    ]);
    succeeded(&second);
    let once = run(&[
        "run",
        link,
        "--relax",
        "50",
        "--until",
        "900",
        "--save",
        path(&whole),
    ]);
    succeeded(&once);
    assert_eq!(digest(&second), digest(&once));
    assert_ne!(digest(&first), digest(&once));
    assert_eq!(fs::read(&end).unwrap(), fs::read(&whole).unwrap());
}

#[test]
fn what_cannot_be_gone_on_with_is_said() {
    let folder = Folder::new("no_saved_run");
    let (saved, other) = (folder.file("run.uphill"), folder.file("notes.txt"));
    succeeded(&run(&[
        "run",
        "L=8&seed=1",
        "--until",
        "100",
        "--save",
        path(&saved),
    ]));
    let early = run(&["run", "--load", path(&saved), "--until", "50"]);
    assert_eq!(early.status.code(), Some(2));
    assert!(
        words(&early).contains("until=50: allowed is a time from 100 on"),
        "{}",
        words(&early)
    );
    fs::write(&other, "no run").unwrap();
    let foreign = run(&["run", "--load", path(&other), "--until", "50"]);
    assert_eq!(foreign.status.code(), Some(2));
    assert!(
        words(&foreign).contains("notes.txt: "),
        "{}",
        words(&foreign)
    );
    let over = run(&["run", "L=8&seed=1", "--until", "1", "--save", path(&other)]);
    assert_eq!(over.status.code(), Some(2));
    assert!(
        words(&over).contains("is no saved run of Uphill"),
        "{}",
        words(&over)
    );
    assert_eq!(fs::read_to_string(&other).unwrap(), "no run");
    assert_eq!(run(&["run", "--until", "1"]).status.code(), Some(2));
    let both = run(&["run", "L=8", "--load", path(&saved), "--until", "200"]);
    assert_eq!(both.status.code(), Some(2));
}

/// The lattices, states and times at which no text of the picture may lie on another or on a mark.
#[test]
fn a_picture_of_a_run_has_everything_in_its_place() {
    let links = [
        ("L=40&m=0.9995&seed=1", 20_000),
        ("L=8&m=0.5&beta=0.6&seed=1", 0),
        ("L=8&m=0.5&beta=0.6&seed=1", 100_000),
        ("Lx=64&Ly=16&m=0.998&seed=2", 5_000),
        (
            "Lx=8&Ly=64&m=0.9&beta=0.7&bc=shifted&dyn=metropolis&init=stripe&seed=4503599627370495",
            5_000,
        ),
        ("L=16&res=off&seed=3", 5_000),
        ("L=8&m=1&beta=10&seed=7", 1_000),
    ];
    for (link, events) in links {
        let mut run = Simulation::new(&link::read(link).params).expect("a run");
        run.advance(f64::INFINITY, Budget::events(events));
        for site in [None, Some(SITE)] {
            let code = site.map(|site| Code::of(site).expect("a code"));
            let svg = svg(&run, link, code.as_ref()).expect("a picture");
            let number = |name: &str| -> u32 {
                let (_, rest) = svg.split_once(&format!(" {name}=\"")).expect(name);
                rest.split('"').next().unwrap().parse().unwrap()
            };
            let found = wrong(&svg, (number("width"), number("height")));
            assert!(found.is_empty(), "{link}: {found:?}");
        }
    }
}

#[test]
fn a_large_lattice_has_a_pixel_for_every_site() {
    let run = Simulation::new(&link::read("L=512&init=random&seed=1").params).expect("a run");
    let svg = svg(&run, "L=512", None).expect("a picture");
    assert!(svg.contains(" width=\"512\" height=\"512\""));
}

/// The modules of the code that is drawn are those of the link's code.
#[test]
fn a_code_says_the_link() {
    let params = link::read("L=8&m=0.5&beta=0.6&seed=1").params;
    let run = Simulation::new(&params).expect("a run");
    let address = format!("{SITE}?{}", link::write(&params));
    let own = Code::of(&address).expect("a code");
    let svg = svg(&run, &address, Some(&own)).expect("a picture");
    let code = QrCode::with_error_correction_level(&address, EcLevel::M).expect("a code");
    let document = roxmltree::Document::parse(&svg).expect("XML");
    let dark = document
        .descendants()
        .filter(|node| node.has_tag_name("rect") && node.attribute("fill") == Some("#1a1a1a"));
    let boxes: Vec<[usize; 4]> = dark
        .map(|node| {
            ["x", "y", "width", "height"].map(|name| node.attribute(name).unwrap().parse().unwrap())
        })
        .collect();
    let corner = [0, 1].map(|i| boxes.iter().map(|rect| rect[i]).min().expect("a module"));
    let module = boxes[0][3];
    let side = code.width();
    let mut drawn = vec![false; side * side];
    for [x, y, width, height] in boxes {
        assert_eq!(height, module);
        let (x, y) = ((x - corner[0]) / module, (y - corner[1]) / module);
        for x in x..x + width / module {
            drawn[y * side + x] = true;
        }
    }
    let meant: Vec<bool> = code
        .to_colors()
        .into_iter()
        .map(|module| module == Color::Dark)
        .collect();
    assert!(drawn == meant);
}

#[test]
fn a_snapshot_is_svg_pdf_or_png() {
    let folder = Folder::new("snapshots");
    let link = "L=8&m=0.5&beta=0.6&seed=1";
    for (name, begins) in [
        ("run.svg", &b"<svg"[..]),
        ("run.pdf", b"%PDF-"),
        ("run.png", b"\x89PNG"),
    ] {
        let file = folder.file(name);
        succeeded(&run(&[
            "snapshot",
            link,
            "--until",
            "50",
            "-o",
            path(&file),
        ]));
        assert!(fs::read(&file).unwrap().starts_with(begins), "{name}");
    }
    assert_eq!(
        size(&fs::read(folder.file("run.png")).unwrap()),
        (1920, 1080)
    );
    let with = run(&["snapshot", link, "--until", "50", "--site", SITE]);
    succeeded(&with);
    let svg = String::from_utf8_lossy(&with.stdout).into_owned();
    assert!(svg.contains("https://example.org/uphill/?"), "{svg}");
    let bad = run(&["snapshot", link, "--until", "50", "--site", "example.org"]);
    assert_eq!(bad.status.code(), Some(2));
    let bad = run(&[
        "snapshot",
        link,
        "--until",
        "50",
        "-o",
        path(&folder.file("run.gif")),
    ]);
    assert!(words(&bad).contains("allowed is a name that ends in .svg, .pdf or .png"));
}

/// The last picture of a film is the snapshot of its time, and no picture is that of another time.
#[test]
fn a_film_shows_equal_steps_of_time() {
    let folder = Folder::new("film");
    let link = "L=8&m=0.5&beta=0.6&seed=1";
    let frames = folder.file("frames");
    let film = [
        "film",
        link,
        "--from",
        "10",
        "--to",
        "40",
        "--frames",
        "4",
        "-o",
        path(&frames),
    ];
    succeeded(&run(&film));
    let names = |folder: &Path| {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    let expected = (1..=4).map(|number| format!("frame-{number:06}.png"));
    assert!(names(&frames).into_iter().eq(expected.map(OsString::from)));
    let picture = |number: u32| fs::read(frames.join(format!("frame-{number:06}.png"))).unwrap();
    for (number, until) in [(2, "20"), (4, "40")] {
        let alone = folder.file("alone.png");
        succeeded(&run(&[
            "snapshot",
            link,
            "--relax",
            "10",
            "--until",
            until,
            "-o",
            path(&alone),
        ]));
        assert!(
            fs::read(&alone).unwrap() == picture(number),
            "frame {number}"
        );
    }
    assert!(picture(1) != picture(2));
    // Once more into the same folder; but nothing that is no picture is replaced.
    succeeded(&run(&film));
    fs::write(frames.join("frame-000003.png"), "mine").unwrap();
    let refused = run(&film);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(
        fs::read_to_string(frames.join("frame-000003.png")).unwrap(),
        "mine"
    );
    let back = run(&[
        "film",
        link,
        "--from",
        "40",
        "--to",
        "10",
        "--frames",
        "4",
        "-o",
        path(&frames),
    ]);
    assert!(words(&back).contains("from=40: allowed is a time before to=10"));
}
