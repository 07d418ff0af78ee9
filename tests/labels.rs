//! No text in a picture lies on a line, a bar, a mark or another text, whatever the results are.
//! How that is seen stands in `overlaps`.

use crate::overlaps::{keep, nothing_is_wrong, wrong};
use crate::scans::{experiment, measured, nothing, outcome, results, visited, without_error};
use plotters::prelude::*;
use uphill::measure::state::State;
use uphill::plot::svg::Svg;
use uphill::plot::{Theme, integrated_current, profile, running_mean};
use uphill::run::simulation::{Budget, Simulation};
use uphill::scan::figures::{Figure, Picture};
use uphill::scan::plan::{Goal, Kind};
use uphill::scan::results::Results;
use uphill::scan::task::outcome::{Measured, Status};

/// Widths of a phone, of a column, and of a screen.
const WIDTHS: [u32; 3] = [320, 640, 1280];

/// Looks at all pictures of some results at all widths.
fn look(name: &str, results: &Results) -> Vec<String> {
    let theme = Theme::default();
    let mut all = Vec::new();
    for &picture in Picture::of(results.experiment().kind) {
        for width in WIDTHS {
            let aspect = picture.aspect(results, f64::from(width) / theme.size);
            let size = (width, (f64::from(width) * aspect).round() as u32);
            let mut svg = String::new();
            {
                let area = Svg::new(&mut svg, size).into_drawing_area();
                Figure::of(results)
                    .draw(&area, &theme, results, picture, &[])
                    .expect("a picture");
            }
            let found = wrong(&svg, size);
            keep(
                &format!("{name}-{picture:?}-{width}"),
                &svg,
                !found.is_empty(),
            );
            let said = found
                .into_iter()
                .map(|what| format!("{name}, {picture:?} {width}: {what}"));
            all.extend(said);
        }
    }
    all
}

/// Numbers that are random, but the same in every run.
struct Random(u64);

impl Random {
    fn number(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, most: usize) -> usize {
        (self.number() * most as f64) as usize
    }

    fn either(&mut self, share: f64) -> bool {
        self.number() < share
    }
}

const STATES: [State; 5] = [
    State::Step,
    State::Bump,
    State::MirrorBump,
    State::TwoBumps,
    State::Other,
];

/// A link of an experiment with random lists.
fn link(kind: Kind, random: &mut Random) -> String {
    let lists = match kind {
        Kind::Current | Kind::States => {
            let few = if kind == Kind::States { 4 } else { 12 };
            let count = 1 + random.below(few);
            let depth = [0.002, 0.05, 0.5, 1.0, 1e-9][random.below(5)];
            let top = [1.0, 0.9993, 0.95][random.below(3)];
            let mut ms: Vec<f64> = (0..count)
                .map(|_| top - depth * random.number())
                .map(|m| (m * 1e12).round() / 1e12)
                .collect();
            ms.sort_by(f64::total_cmp);
            ms.dedup();
            let ms: Vec<String> = ms.iter().map(f64::to_string).collect();
            let beta = ["1", "0.7", "0.3", "0.45"][random.below(4)];
            let l = ["40", "12", "8"][random.below(3)];
            format!("ms={}&beta={beta}&L={l}", ms.join(","))
        }
        Kind::Equilibrium => {
            let ls = ["10", "10,20", "10:40:10", "4:12:1", "40,80", "8,9,64"][random.below(6)];
            let beta = ["1", "0.7", "0.3"][random.below(3)];
            format!("Ls={ls}&beta={beta}")
        }
        Kind::Relation => {
            let ls = ["10", "10,20", "10:40:10", "12,80"][random.below(4)];
            let betas = ["1", "0.7,1", "0.5,0.6,0.7,0.8", "0.3"][random.below(4)];
            format!("Ls={ls}&betas={betas}")
        }
        Kind::Match => {
            let betas = ["1", "0.7,1", "0.8:1.2:0.1", "0.45,3"][random.below(4)];
            let l = ["24", "8", "40"][random.below(3)];
            format!("betas={betas}&L={l}")
        }
        Kind::Sizes => {
            let ls = ["10", "16:64:16", "16,32,64,128,256", "4:12:1"][random.below(4)];
            let ms = ["0.998", "0.998,0.9992", "-0.5,0,0.5", "0.9,1"][random.below(4)];
            format!("Ls={ls}&ms={ms}")
        }
        Kind::Map => {
            let betas = ["0.3:0.9:0.1", "1", "0.2,0.4", "0.44,0.45", "0.6,0.65"][random.below(5)];
            let ms = ["0.1:1:0.1", "-1:1:0.25", "0", "0.5", "0.98,0.99,1"][random.below(5)];
            let l = ["24", "8", "4"][random.below(3)];
            format!("betas={betas}&ms={ms}&L={l}")
        }
        Kind::Regimes => {
            let ms = ["0.5:0.95:0.05", "0.9", "0.1,0.92", "-0.5,0.5"][random.below(4)];
            let l = ["40", "8", "20"][random.below(3)];
            format!("ms={ms}&L={l}")
        }
        Kind::Exact => {
            let betas = ["1", "0,0.5", "0.1,0.2,0.3,0.4,0.5"][random.below(3)];
            let ms = ["0", "0.5,0.9", "-0.9,-0.5,0,0.5,0.9,1", "0.123456789"][random.below(4)];
            format!("betas={betas}&ms={ms}")
        }
    };
    format!("exp={}&{lists}", kind.key())
}

/// Results of random values, some of them missing.
fn random_results(kind: Kind, number: u64) -> (String, Results) {
    let mut random = Random(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ kind.key().len() as u64);
    random.number();
    let link = link(kind, &mut random);
    let scale = [1e-6, 1e-3, 1e-9, 0.1][random.below(4)];
    let centre = [0.0, 0.0, 5.0, -5.0][random.below(4)];
    let slope = [0.0, -3.0, 10.0][random.below(3)];
    let relative = [0.01, 0.1, 1.0, 3.0][random.below(4)];
    let states = 1 + random.below(5);
    let known = [1.0, 1.0, 0.8, 0.3][random.below(4)];
    let start = [0.9993, 0.99931, 0.97, 0.5][random.below(4)];
    let of = std::cell::RefCell::new(random);
    let results = results(&link, |results, point, replica| {
        let mut random = of.borrow_mut();
        let params = &results.points()[point].params;
        let share = point as f64 / results.points().len() as f64;
        let mean = scale * (centre + slope * (share - 0.4) + 2.0 * (random.number() - 0.5));
        let error = scale * relative * (0.2 + random.number());
        let j: Measured = match random.number() {
            x if x < known => measured(mean, error),
            x if x < known + 0.1 => without_error(mean),
            _ => nothing(),
        };
        let state = STATES[random.below(states)];
        let small = params.lx < 8 || params.ly < 8;
        let mut found = outcome(
            (params.lx, params.ly),
            replica,
            (!small).then_some(state),
            j.clone(),
        );
        found.exact = (params.lx == 4).then_some(mean + error * (random.number() - 0.5));
        if random.either(0.2) {
            found.status = Status::Measuring;
        }
        let depth = 1.0 - start;
        for m in &mut found.profile {
            *m *= 1.0 - depth * random.number();
        }
        if results.points()[point].goal == Goal::Regimes && j.mean.is_some() {
            let number = random.below(1000) as u64;
            found.regimes = Some(visited(number, &j));
        }
        if !params.reservoirs.flip() {
            let m = start + depth * 0.2 * random.number();
            found.m_eq = match j.mean {
                Some(_) => measured(m, depth * 0.05 * relative),
                None => nothing(),
            };
        }
        random.either(0.9).then_some(found)
    });
    (format!("{number}: {link}"), results)
}

fn random_pictures_of(kind: Kind, count: u64) {
    let mut all = Vec::new();
    for number in 0..count {
        let (name, results) = random_results(kind, number);
        all.extend(look(&name, &results));
    }
    nothing_is_wrong(&all);
}

#[test]
fn fig_2_at_any_data() {
    random_pictures_of(Kind::Current, 60);
}

#[test]
fn fig_3_at_any_data() {
    random_pictures_of(Kind::States, 25);
}

#[test]
fn fig_4_at_any_data() {
    random_pictures_of(Kind::Equilibrium, 50);
}

#[test]
fn the_relation_at_any_data() {
    random_pictures_of(Kind::Relation, 50);
}

#[test]
fn the_exact_at_any_data() {
    random_pictures_of(Kind::Exact, 50);
}

#[test]
fn labels_of_random_matches_keep_off_the_data() {
    random_pictures_of(Kind::Match, 50);
}

#[test]
fn the_sizes_at_any_data() {
    random_pictures_of(Kind::Sizes, 50);
}

#[test]
fn regimes_at_any_data() {
    random_pictures_of(Kind::Regimes, 50);
}

fn made(link: &str, j: impl Fn(f64) -> Measured) -> Results {
    results(link, |results, point, replica| {
        let params = &results.points()[point].params;
        let state = (params.lx >= 8).then_some(State::Step);
        let mut found = outcome((params.lx, params.ly), replica, state, j(params.m_right));
        if !params.reservoirs.flip() {
            found.m_eq = measured(0.9993, 1e-5);
        }
        Some(found)
    })
}

fn line(m: f64) -> Measured {
    measured(-0.02 * (m - 0.9993), 1e-7)
}

/// The texts of the main picture of some results.
fn said(results: &Results) -> Vec<String> {
    let picture = Picture::of(results.experiment().kind)[0];
    let svg = Figure::of(results).svg(&Theme::default(), results, picture, &[]);
    let svg = svg.expect("a picture");
    let document = roxmltree::Document::parse(&svg).expect("XML");
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    texts.map(|n| n.text().unwrap_or("").to_owned()).collect()
}

#[test]
fn results_that_have_gone_wrong() {
    let cases = [
        (
            "the words on the curve",
            made("exp=current&L=12&ms=0.9:1:0.02", line),
        ),
        (
            "m_crit beside m_beta",
            made("exp=current&ms=0.9992:0.9995:0.0001", line),
        ),
        (
            "ten characters",
            made("exp=current&ms=0.9993100001,0.9993100002", line),
        ),
        ("a lone point", made("exp=current&ms=0.9993", line)),
        (
            "a lone point at 1",
            made("exp=current&ms=1&beta=0.3&L=8", line),
        ),
        (
            "no error",
            made("exp=current&L=8&ms=0.9,1", |m| without_error(1.0 - m)),
        ),
        ("nothing", made("exp=current&L=8&ms=0.9,1", |_| nothing())),
        (
            "frozen",
            made("exp=current&L=8&beta=10&ms=1", |_| without_error(0.0)),
        ),
        (
            "both gradients",
            made("exp=current&L=8&ms=-0.9:0.9:0.1", |m| {
                measured(0.01 * m, 1e-4)
            }),
        ),
        ("one size", made("exp=equilibrium&Ls=10", line)),
        ("two sizes", made("exp=equilibrium&Ls=10,20", line)),
        ("one pair", made("exp=relation&Ls=10", line)),
        ("empty", Results::new(experiment("exp=current"))),
        ("empty sizes", Results::new(experiment("exp=equilibrium"))),
        ("empty pairs", Results::new(experiment("exp=relation"))),
        ("empty states", Results::new(experiment("exp=states"))),
        ("empty exact", Results::new(experiment("exp=exact"))),
    ];
    let mut all = Vec::new();
    for (name, results) in &cases {
        all.extend(look(name, results));
    }
    nothing_is_wrong(&all);
}

#[test]
fn an_axis_means_something() {
    let has = |texts: &[String], text: &str| texts.iter().any(|t| t == text);
    // Values that differ in their tenth digit count from what they share.
    let texts = said(&made("exp=current&ms=0.9993100001,0.9993100002", line));
    assert!(has(&texts, "(m₊ − 0.99931) / 10⁻¹⁰"), "{texts:?}");
    assert!(has(&texts, "1.0") && has(&texts, "2.0"), "{texts:?}");
    // A point alone has no scale but its own value.
    let texts = said(&made("exp=current&ms=1&beta=0.3&L=8", line));
    assert!(has(&texts, "1"), "{texts:?}");
    assert!(!has(&texts, "0.5") && !has(&texts, "1.5"), "{texts:?}");
    let texts = said(&made("exp=equilibrium&Ls=10", line));
    assert!(has(&texts, "10") && !has(&texts, "5"), "{texts:?}");
    // What is not known is said, without an axis.
    let texts = said(&Results::new(experiment("exp=current")));
    assert!(
        texts.iter().all(|text| text.parse::<f64>().is_err()),
        "{texts:?}"
    );
    let texts = said(&made("exp=current&L=8&ms=0.9,1", |m| {
        without_error(1.0 - m)
    }));
    let axes = texts.iter().filter(|text| *text == "m₊").count();
    assert_eq!(axes, 1, "one panel has axes: {texts:?}");
}

/// The lab's plots are of runs as they are: short and long, with either sign and none.
#[test]
fn the_plots_of_the_lab() {
    let links = [
        "L=8&m=0.5&beta=0.6&seed=1",
        "L=8&m=-0.9&beta=0.3&seed=2",
        "L=12&m=0.99&seed=3",
        "L=8&m=0&beta=0&seed=4",
        "L=8&res=off&seed=5",
        "L=40&m=0.9995&seed=6",
        "L=8&m=1&beta=10&seed=7",
        "L=8&m=0.9&beta=0.5&init=plus&seed=8",
        "L=16&m=0.95&beta=0.8&init=minus&seed=9",
    ];
    let theme = Theme::default();
    let mut all = Vec::new();
    for link in links {
        let params = uphill::link::read(link).params;
        let mut run = Simulation::new(&params).expect("a run");
        for events in [0, 100, 20_000, 400_000] {
            run.advance(f64::INFINITY, Budget::events(events));
            let other = Simulation::new(&params).expect("a run");
            for (width, height) in [
                (640, 80),
                (320, 110),
                (320, 150),
                (360, 200),
                (640, 260),
                (1280, 400),
            ] {
                for plot in ["integrated", "two", "mean", "profile"] {
                    let mut svg = String::new();
                    {
                        let area = Svg::new(&mut svg, (width, height)).into_drawing_area();
                        match plot {
                            "integrated" => integrated_current::draw(&area, &theme, &[&run]),
                            "two" => integrated_current::draw(&area, &theme, &[&run, &other]),
                            "mean" => running_mean::draw(&area, &theme, &run),
                            _ => profile::draw(&area, &theme, &run),
                        }
                        .expect("a plot");
                    }
                    let found = wrong(&svg, (width, height));
                    let name = format!("{link}-{events}-{plot}-{width}-{height}");
                    keep(&name, &svg, !found.is_empty());
                    all.extend(found.into_iter().map(|what| format!("{name}: {what}")));
                }
            }
        }
    }
    nothing_is_wrong(&all);
}

/// Panels above each other have their columns in one line.
#[test]
fn panels_that_stand_in_line_begin_at_one_place() {
    for (link, picture) in [
        ("exp=relation&Ls=10,20,40", Picture::Relation),
        ("exp=equilibrium&Ls=10:40:10", Picture::Equilibrium),
    ] {
        let results = made(link, line);
        for width in WIDTHS {
            let mut svg = String::new();
            {
                let size = (width, width * 3 / 4);
                let area = Svg::new(&mut svg, size).into_drawing_area();
                Figure::of(&results)
                    .draw(&area, &Theme::default(), &results, picture, &[])
                    .expect("a picture");
            }
            // The axes: left edge from above, then along the bottom.
            let axes = svg.lines().filter_map(|line| {
                let points = line.split_once("points=\"")?.1.split_once('"')?.0;
                let corners: Vec<&str> = points.split(' ').collect();
                let [above, corner, right] = corners[..] else {
                    return None;
                };
                let (x, y) = corner.split_once(',')?;
                (above.split_once(',')?.0 == x && right.split_once(',')?.1 == y).then_some(x)
            });
            let edges: Vec<&str> = axes.collect();
            assert!(edges.windows(2).all(|pair| pair[0] == pair[1]), "{edges:?}");
            assert!(!edges.is_empty(), "{link}");
        }
    }
}
