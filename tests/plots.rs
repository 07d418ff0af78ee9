//! Every picture of every experiment can be drawn whatever the results are: empty, half
//! way, complete or odd; and what it draws stays inside, in numbers that are numbers.

use crate::scans::{
    experiment, measured, nothing, outcome, passage, results, visited, without_error,
};
use plotters::prelude::*;
use uphill::measure::state::State;
use uphill::plot::Theme;
use uphill::plot::svg::Svg;
use uphill::scan::figures::{Figure, Picture};
use uphill::scan::plan::{Goal, Kind};
use uphill::scan::results::Results;
use uphill::scan::task::outcome::{Measured, Outcome, Status};

/// Widths in pixels, with the pixels per unit of the text size.
const SIZES: [(u32, f64); 5] = [(320, 1.0), (640, 1.0), (1280, 1.0), (960, 3.0), (64, 1.0)];

/// Values as results may hold them, by the number of the task.
type Made = fn(u64) -> (Option<State>, Measured, Status);

const STATES: [State; 5] = [
    State::Step,
    State::Bump,
    State::MirrorBump,
    State::TwoBumps,
    State::Other,
];

const ALL: [(&str, Made); 9] = [
    ("usual", |n| {
        let j = 1e-6 * (5.0 - n as f64 % 11.0);
        (Some(State::Step), measured(j, 1e-7), Status::Reached)
    }),
    ("all states", |n| {
        let state = STATES[n as usize % 5];
        (Some(state), measured(1e-6 * n as f64, 1e-7), Status::Capped)
    }),
    ("no errors", |_| {
        (Some(State::Step), without_error(1e-6), Status::Measuring)
    }),
    ("relaxing", |_| (None, nothing(), Status::Relaxing)),
    ("equal", |_| {
        (Some(State::Bump), measured(0.0, 1e-7), Status::Reached)
    }),
    ("zero errors", |_| {
        (Some(State::Step), measured(0.5, 0.0), Status::Frozen)
    }),
    ("huge", |n| {
        let j = if n.is_multiple_of(2) { 1e18 } else { -1e18 };
        (Some(State::Step), measured(j, 1e18), Status::Reached)
    }),
    ("tiny", |n| {
        (
            Some(State::Step),
            measured(1e-308 * n as f64, 1e-60),
            Status::Reached,
        )
    }),
    ("lost", |_| {
        (Some(State::Other), measured(-1.0, 1e-3), Status::Lost)
    }),
];

fn made(link: &str, make: Made, share: f64) -> Results {
    let count = experiment(link).task_count() as f64;
    results(link, |results, point, replica| {
        let number = results.points().len() as u64 * u64::from(replica) + point as u64;
        if number as f64 >= share * count {
            return None;
        }
        let params = &results.points()[point].params;
        let (state, j, status) = make(number);
        let state = state.filter(|_| params.lx >= 8);
        let known = j.mean.is_some();
        let mut found: Outcome = outcome((params.lx, params.ly), replica, state, j.clone());
        found.status = status;
        found.exact = (params.lx == 4).then_some(0.01);
        if status == Status::Lost {
            found.changes = 1;
            found.passages = vec![passage(State::Step, 4e5, j.clone())];
        }
        if results.points()[point].goal == Goal::Regimes && known {
            found.regimes = Some(visited(number, &j));
        }
        if !params.reservoirs.flip() {
            found.m_eq = j;
        }
        if !known {
            found.span = 0.0;
            found.profile.clear();
            found.integrated.values.clear();
        }
        Some(found)
    })
}

/// Draws all pictures of some results at all sizes, and looks at what came out.
fn check(name: &str, results: &Results) {
    for &picture in Picture::of(results.experiment().kind) {
        for (width, scale) in SIZES {
            let theme = Theme {
                scale,
                ..Theme::default()
            };
            let ems = f64::from(width) / (theme.size * scale);
            let aspect = picture.aspect(results, ems);
            assert!(aspect.is_finite() && aspect > 0.1, "{name}: {aspect}");
            let height = (f64::from(width) * aspect).round() as u32;
            for height in [height, 40] {
                let mut text = String::new();
                let markers = {
                    let backend = Svg::new(&mut text, (width, height));
                    let area = backend.into_drawing_area();
                    Figure::of(results)
                        .draw(&area, &theme, results, picture, &[0, 1_000_000])
                        .unwrap_or_else(|error| panic!("{name}: {error}"))
                };
                sound(&format!("{name}, {picture:?}, {width}×{height}"), &text);
                for marker in markers {
                    let inside = (0..=width as i32).contains(&marker.x)
                        && (0..=height as i32).contains(&marker.y);
                    assert!(
                        inside,
                        "{name}, {picture:?}: {marker:?} at {width}×{height}"
                    );
                    assert!(marker.point < results.points().len());
                    sound(name, &marker.text);
                }
            }
        }
        sound(
            name,
            &Figure::of(results)
                .svg(&Theme::default(), results, picture, &[])
                .unwrap(),
        );
    }
    for finding in Figure::of(results).findings(results) {
        sound(name, &finding.text);
    }
    let table = Figure::of(results).table(results);
    for row in &table.rows {
        assert_eq!(row.cells.len(), table.columns.len(), "{name}");
        for cell in &row.cells {
            sound(name, cell);
        }
    }
}

fn sound(name: &str, text: &str) {
    assert!(!text.is_empty(), "{name}");
    // The limit of m_eq has a name with an infinity in it.
    let text = text.replace("m_∞", "m");
    for word in ["NaN", "inf", "∞"] {
        assert!(!text.contains(word), "{name}: {word} in {text}");
    }
    for number in text.split('−').skip(1) {
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.');
        let digits = &number[..end.unwrap_or(number.len())];
        let zero = !digits.is_empty() && digits.bytes().all(|digit| b"0.".contains(&digit));
        assert!(!zero, "{name}: a negative zero in {text}");
    }
}

/// The largest and the smallest of those above are the limits of what results may hold.
#[test]
fn numbers_beyond_those_that_can_be_drawn_are_no_results() {
    let refused = |j: Measured| {
        let mut results = Results::new(experiment("exp=current"));
        let outcome = outcome((40, 40), 0, Some(State::Step), j);
        results.take(0, outcome).is_err()
    };
    assert!(!refused(measured(1e-6, 1e-7)));
    for (j, error) in [(1e19, 1e-7), (-1e308, 1e308), (1e-6, 1e-61), (1e-6, 1e-310)] {
        assert!(refused(measured(j, error)), "{j} ± {error}");
    }
}

#[test]
fn empty_results_are_a_frame_with_words() {
    for kind in Kind::ALL {
        let results = Results::new(experiment(&format!("exp={}", kind.key())));
        check(kind.key(), &results);
        for &picture in Picture::of(kind) {
            let text = Figure::of(&results)
                .svg(&Theme::default(), &results, picture, &[])
                .unwrap();
            assert!(
                text.contains("yet") || text.contains("not begun"),
                "{picture:?}"
            );
        }
    }
}

fn kinds_with(link: &str, kinds: &[Kind]) {
    for kind in kinds {
        for (name, make) in ALL {
            for share in [0.3, 1.0] {
                let link = format!("exp={}{link}", kind.key());
                check(
                    &format!("{link}, {name}, {share}"),
                    &made(&link, make, share),
                );
            }
        }
    }
}

#[test]
fn any_results_of_scans_can_be_drawn() {
    kinds_with("", &[Kind::Current, Kind::States]);
}

#[test]
fn any_results_of_the_other_experiments_can_be_drawn() {
    kinds_with(
        "",
        &[
            Kind::Equilibrium,
            Kind::Relation,
            Kind::Match,
            Kind::Sizes,
            Kind::Exact,
        ],
    );
}

#[test]
fn any_results_of_regimes_can_be_drawn() {
    kinds_with("", &[Kind::Regimes]);
    kinds_with("&ms=0.5", &[Kind::Regimes]);
    kinds_with("&ms=-0.9,0,0.3&L=8", &[Kind::Regimes]);
}

#[test]
fn single_points_and_other_lattices_can_be_drawn() {
    kinds_with("&ms=0.9993", &[Kind::Current, Kind::States]);
    kinds_with("&ms=1&beta=0&L=5", &[Kind::Current]);
    kinds_with("&ms=0.5,0.6&Lx=512&Ly=4", &[Kind::States]);
    kinds_with("&ms=0.5,0.6&Lx=4&Ly=256", &[Kind::States]);
    kinds_with("&Ls=10", &[Kind::Equilibrium, Kind::Relation, Kind::Sizes]);
    kinds_with("&Ls=10,20&betas=0.3,1,8", &[Kind::Relation]);
    kinds_with("&betas=1&ms=0", &[Kind::Exact]);
}

#[test]
fn markers_name_every_measured_point() {
    let scan = made("exp=current", ALL[0].1, 1.0);
    let mut text = String::new();
    let area = Svg::new(&mut text, (720, 446)).into_drawing_area();
    let markers = Figure::of(&scan)
        .draw(&area, &Theme::default(), &scan, Picture::Current, &[])
        .unwrap();
    drop(area);
    let points: Vec<usize> = markers.iter().map(|marker| marker.point).collect();
    assert_eq!(points, (0..26).collect::<Vec<_>>());
    assert!(
        markers[0]
            .text
            .starts_with("m₊ = 0.9975, step (2 replicas): J = ")
    );
    assert!(markers.windows(2).all(|pair| pair[0].x < pair[1].x));
    assert!(text.contains("m_crit"));
    assert!(text.contains("uphill") && text.contains("downhill"));
}

/// A point without an error is not to be taken for one whose error is smaller than its mark.
#[test]
fn points_without_an_error_have_a_mark_of_their_own_that_is_explained() {
    let meaning = "× no error known";
    for (kind, picture) in [
        ("current", Picture::Current),
        ("equilibrium", Picture::Equilibrium),
        ("relation&Ls=10,20", Picture::Relation),
    ] {
        let link = format!("exp={kind}");
        let drawn = |known: bool| {
            let results = made(&link, ALL[if known { 0 } else { 2 }].1, 1.0);
            let mut text = String::new();
            let area = Svg::new(&mut text, (720, 446)).into_drawing_area();
            let markers = Figure::of(&results)
                .draw(&area, &Theme::default(), &results, picture, &[])
                .unwrap();
            drop(area);
            (text, markers)
        };
        let (known, markers) = drawn(true);
        assert!(!known.contains(meaning), "{kind}");
        assert!(markers.iter().all(|m| !m.text.contains("no error known")));
        let (unknown, markers) = drawn(false);
        assert!(unknown.contains(meaning), "{kind}");
        assert!(markers.iter().all(|m| m.text.contains("no error known")));
        // The arms of a cross are lines at 45°, as long as none of any other sort.
        assert_eq!(arms(&known), 0, "{kind}");
        let points = match picture {
            Picture::Current => markers.len(),
            _ => unknown.matches("<circle").count() / 2,
        };
        assert!(arms(&unknown) >= 2 * points.max(2), "{kind}");
    }
}

/// How many of the lines of an SVG are an arm of a cross.
fn arms(svg: &str) -> usize {
    let points = |element: &&str| {
        let points = element.split("points=\"").nth(1)?.split('"').next()?;
        let numbers = points.split([' ', ',']).filter(|text| !text.is_empty());
        numbers
            .map(|number| number.parse().ok())
            .collect::<Option<Vec<i32>>>()
    };
    let is_arm =
        |at: &Vec<i32>| at.len() == 4 && (at[2] - at[0]).abs() == 12 && (at[3] - at[1]).abs() == 12;
    let lines = svg.split("<polyline ").skip(1);
    lines
        .filter_map(|line| points(&line))
        .filter(is_arm)
        .count()
}
