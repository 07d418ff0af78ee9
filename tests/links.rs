//! The link: good ones and what is written for them, bad ones and the complaint each
//! must give, both in files; every run's link leads back to it; junk does no harm.

use proptest::prelude::*;
use uphill::link;
use uphill::params::{Boundary, Dynamics, Initial, Params, SEED_MAX};

/// The pairs of a file, a `->` between them.
fn pairs(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let (link, expected) = line.rsplit_once("->").expect("an arrow in every line");
        (link.trim(), expected.trim())
    })
}

#[test]
fn good_links_are_read_and_written_canonically() {
    for (text, canonical) in pairs(include_str!("links/good.txt")) {
        let reading = link::read(text);
        assert_eq!(reading.errors, [], "{text}");
        assert_eq!(link::write(&reading.params), canonical, "{text}");
        assert_eq!(reading.seed_given, text.contains("seed"), "{text}");
    }
}

#[test]
fn bad_links_are_named_and_the_default_stands_in() {
    for (text, complaint) in pairs(include_str!("links/bad.txt")) {
        let reading = link::read(text);
        let complaints: Vec<String> = reading.errors.iter().map(ToString::to_string).collect();
        assert_eq!(complaints, [complaint], "{text}");
        assert!(reading.params.validate().is_ok(), "{text}");
    }
}

#[test]
fn a_bad_key_leaves_the_others_standing() {
    let reading = link::read("beta=-1&m=0.5&foo=2&L=40&L=50&seed=3");
    let keys: Vec<&str> = reading
        .errors
        .iter()
        .map(|error| error.key.as_str())
        .collect();
    assert_eq!(keys, ["foo", "L", "beta"]);
    let expected = Params {
        m_right: 0.5,
        m_left: -0.5,
        seed: 3,
        ..Params::default()
    };
    assert_eq!(reading.params, expected);
}

#[test]
fn very_many_unknown_keys_are_counted() {
    let junk: Vec<String> = (0..200_000).map(|i| format!("k{i}=1")).collect();
    let reading = link::read(&format!("{}&m=0.5&m=0.6&beta=2", junk.join("&")));
    let last: Vec<String> = reading
        .errors
        .iter()
        .rev()
        .take(2)
        .map(ToString::to_string)
        .collect();
    assert!(last[0].starts_with("unknown keys=199980 more: "));
    assert_eq!(last[1], "m=0.5 and 0.6: allowed is each key once");
    assert_eq!(reading.errors.len(), 22);
    assert_eq!((reading.params.m_right, reading.params.beta), (0.999, 2.0));
}

fn any_params() -> impl Strategy<Value = Params> {
    let sizes = (4u32..=512, 4u32..=512);
    let numbers = (0.0f64..=10.0, -1.0f64..=1.0, -1.0f64..=1.0, any::<bool>());
    let choices = (0u32..5, any::<bool>(), any::<bool>(), any::<bool>());
    (
        sizes,
        numbers,
        choices,
        any::<u32>(),
        any::<u32>(),
        0..=SEED_MAX,
    )
        .prop_map(
            |(
                (lx, ly),
                (beta, m, other, mirrored),
                (initial, shifted, reservoirs, kinetic),
                s,
                w,
                seed,
            )| Params {
                lx,
                ly,
                beta,
                m_right: m,
                m_left: if mirrored { -m } else { other },
                boundary: if shifted {
                    Boundary::Shifted(1 + s % (ly - 1))
                } else {
                    Boundary::Fixed
                },
                reservoirs,
                dynamics: if kinetic {
                    Dynamics::Kinetic
                } else {
                    Dynamics::Metropolis
                },
                initial: [
                    Initial::Step,
                    Initial::Random,
                    Initial::Plus,
                    Initial::Minus,
                    Initial::Stripe(1 + w % (lx - 1)),
                ][initial as usize],
                seed,
            },
        )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(params in any_params()) {
        let text = link::write(&params);
        let reading = link::read(&text);
        prop_assert_eq!(&reading.errors, &[]);
        prop_assert_eq!(&reading.params, &params);
        prop_assert_eq!(link::write(&reading.params), text);
    }

    #[test]
    fn junk_is_answered_with_runs_that_are_allowed(text in ".{0,200}") {
        prop_assert!(link::read(&text).params.validate().is_ok());
    }

    #[test]
    fn junk_values_are_answered_with_runs_that_are_allowed(
        key in "(v|L|Lx|Ly|beta|m|mL|bc|shift|res|dyn|init|width|seed)",
        value in "[-+.0-9eE%a-f]{0,12}",
    ) {
        let reading = link::read(&format!("bc=shifted&init=stripe&{key}={value}"));
        prop_assert!(reading.params.validate().is_ok());
    }
}
