//! The word for the direction of a current: uphill is J·(m₊ − m₋) > 0, in every place that says it.

use crate::scans::{experiment, measured, outcome, results, said};
use plotters::prelude::*;
use uphill::link;
use uphill::plot::Theme;
use uphill::plot::svg::Svg;
use uphill::run::report::Direction;
use uphill::run::simulation::{Budget, Simulation};
use uphill::scan::figures::marker::Marker;
use uphill::scan::figures::{Figure, Picture};
use uphill::scan::results::Results;
use uphill::scan::task::Task;

/// J at m₊ of a scan with β below the transition: down the gradient at every m₊.
const FICK: f64 = -1e-3;

/// A scan of small lattices with J as given.
fn scan(ms: &str, j: impl Fn(f64) -> f64) -> Results {
    let link = format!("exp=current&L=6&ms={ms}");
    results(&link, |results, point, replica| {
        let m = results.points()[point].params.m_right;
        Some(outcome((6, 6), replica, None, measured(j(m), 1e-6)))
    })
}

/// A picture, and what it is made of.
fn picture(results: &Results, picture: Picture) -> (String, Vec<Marker>) {
    let mut text = String::new();
    let backend = Svg::new(&mut text, (720, 500));
    let all: Vec<usize> = (0..results.points().len()).collect();
    let markers = Figure::of(results)
        .draw(
            &backend.into_drawing_area(),
            &Theme::default(),
            results,
            picture,
            &all,
        )
        .expect("it can be drawn");
    (text, markers)
}

/// The texts of an SVG with their abscissas and colours.
fn texts(svg: &str) -> Vec<(String, f64, String)> {
    let attribute = |head: &str, name: &str| {
        let from = head.split(&format!("{name}=\"")).nth(1);
        from.and_then(|rest| rest.split('"').next())
            .map(str::to_owned)
    };
    svg.split("<text ")
        .skip(1)
        .filter_map(|element| {
            let (head, rest) = element.split_once('>')?;
            let said = rest.split("</text>").next()?.trim().to_owned();
            let x = attribute(head, "x")?.parse().ok()?;
            Some((said, x, attribute(head, "fill").unwrap_or_default()))
        })
        .collect()
}

/// The words in the half planes of a scan's picture, from the left, each with its colour.
fn halves(results: &Results) -> Vec<String> {
    let (svg, _) = picture(results, Picture::Current);
    let theme = Theme::default();
    let mut halves: Vec<(f64, String)> = texts(&svg)
        .into_iter()
        .filter(|(said, ..)| said.contains("hill, J "))
        .map(|(said, x, hue)| {
            let wanted = if said.starts_with("uphill") {
                &theme.uphill
            } else {
                &theme.downhill
            };
            assert_eq!(hue.to_lowercase(), wanted.to_lowercase(), "{said}");
            (x, said.replace("&gt;", ">").replace("&lt;", "<"))
        })
        .collect();
    halves.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    halves.into_iter().map(|(_, said)| said).collect()
}

#[test]
fn the_word_needs_a_current_and_a_gradient() {
    use Direction::{Downhill, Uphill};
    for (current, gradient, word) in [
        (1e-300, 2e-300, Some(Uphill)),
        (-1e-300, -1.0, Some(Uphill)),
        (-1e-6, 1.0, Some(Downhill)),
        (1e-6, -1.0, Some(Downhill)),
        (0.0, 1.0, None),
        (-0.0, 1.0, None),
        (1.0, 0.0, None),
        (1.0, -0.0, None),
        (f64::NAN, 1.0, None),
    ] {
        assert_eq!(
            Direction::of(current, gradient),
            word,
            "{current}, {gradient}"
        );
    }
}

#[test]
fn runs_have_no_word_without_reservoirs_or_with_equal_ones() {
    for (query, gradient) in [
        ("m=0.5&mL=0.5", 0.0),
        ("m=0", 0.0),
        ("m=0.5&res=off", 0.0),
        ("m=-0.5", -1.0),
        ("m=0.5&mL=0.75", -0.25),
    ] {
        let params = link::read(query).params;
        assert_eq!(params.gradient(), gradient, "{query}");
    }
}

/// The lab's run, and the scan of the same reservoirs.
#[test]
fn a_scan_calls_a_current_what_the_lab_calls_it() {
    let budget = Budget {
        events: u64::MAX,
        attempts: u64::MAX,
    };
    let link = "exp=current&L=8&beta=0.3&ms=-0.9,-0.5,0.5,0.9&err=1e-3&reps=1&seed=1";
    let mut results = Results::new(experiment(link));
    for task in 0..results.tasks().len() {
        let spec = results.tasks()[task];
        let mut found = Task::new(results.plan(), &spec, None).expect("it stands for itself");
        while !found.advance(budget) {}
        results.take(task, found.outcome()).unwrap();
    }
    let (_, markers) = picture(&results, Picture::Current);
    let (_, curves) = picture(&results, Picture::Integrated);
    assert_eq!(markers.len(), 4);
    for (marker, curve) in markers.iter().zip(&curves) {
        let mut run = Simulation::new(&results.points()[marker.point].params).unwrap();
        run.advance(1e4, budget);
        let word = run.report().direction.expect("J is significant").name();
        assert!(
            marker.text.contains(&format!(", {word} by ")),
            "{word}: {}",
            marker.text
        );
        assert!(
            curve.text.contains(&format!(", {word}, ")),
            "{word}: {}",
            curve.text
        );
    }
}

#[test]
fn pictures_name_the_half_planes_by_the_gradient() {
    let right = scan("0.8,0.9", |m| FICK * m);
    assert_eq!(halves(&right), ["uphill, J > 0", "downhill, J < 0"]);
    let left = scan("-0.9,-0.8", |m| FICK * m);
    assert_eq!(halves(&left), ["uphill, J < 0", "downhill, J > 0"]);
    let both = scan("-0.8:0.8:0.2", |m| FICK * m);
    let words = halves(&both);
    assert_eq!(
        words,
        [
            "uphill, J < 0",
            "downhill, J > 0",
            "uphill, J > 0",
            "downhill, J < 0"
        ]
    );
    let (svg, markers) = picture(&both, Picture::Current);
    let names: Vec<(String, f64, String)> = texts(&svg);
    let zero = markers[4].x;
    for (said, x, _) in names.iter().filter(|(said, ..)| said.contains("hill, J ")) {
        let falls = said.contains("uphill") == said.contains("&lt;");
        assert_eq!(
            falls,
            *x < f64::from(zero),
            "{said} at {x}, m₊ = m₋ at {zero}"
        );
    }
    assert!(names.iter().any(|(said, ..)| said == "m₊ = m₋"));
    assert!(markers[4].text.contains("σ from 0"), "{}", markers[4].text);
    assert!(!markers[4].text.contains("hill"), "{}", markers[4].text);
    let equal = scan("0", |_| 1e-5);
    assert_eq!(halves(&equal), [""; 0]);
}

#[test]
fn findings_name_the_signs_by_the_gradient() {
    let signs = |results: &Results| said(results, "sign of J");
    let right = signs(&scan("0.80:0.98:0.02", |m| -0.1 * (m - 0.9)));
    assert!(
        right.starts_with("Above m_crit the current is downhill, J < 0, by 3"),
        "{right}"
    );
    assert!(
        right.contains("; below m_crit the current is uphill, J > 0, by 3"),
        "{right}"
    );
    let left = signs(&scan("-0.98:-0.80:0.02", |m| -0.1 * (m + 0.9)));
    assert!(
        left.starts_with("Above m_crit the current is uphill, J < 0, by 3"),
        "{left}"
    );
    assert!(
        left.contains("; below m_crit the current is downhill, J > 0, by 3"),
        "{left}"
    );
    let fick = signs(&scan("-0.8:0.8:0.2", |m| FICK * m));
    assert!(!fick.contains("uphill"), "{fick}");
    assert_eq!(fick.matches("downhill").count(), 2, "{fick}");
    let both = signs(&scan("-0.4:0.8:0.1", |m| -1e-3 * (m - 0.35)));
    for part in [
        "Above m_crit the current is downhill, J < 0, by 3 σ or more at 5 of 5",
        "below m_crit, where m₊ > m₋, the current is uphill, J > 0, by 3 σ or more at 3 of 3",
        "below m_crit, where m₊ < m₋, the current is downhill, J > 0, by 3 σ or more at 4 of 4",
    ] {
        assert!(both.contains(part), "{both}");
    }
}
