//! The link: good ones and what is written for them, bad ones and the complaint each
//! must give, both in files; every run's link leads back to it; junk does no harm.

use proptest::prelude::*;
use uphill::link::{self, Note};
use uphill::params::{Boundary, Dynamics, Initial, Params, Reservoirs, SEED_MAX};
use uphill::scan::plan::{self, Experiment, Kind};

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

/// A text of a table, with its line breaks and the signs that nobody sees.
fn unescaped(text: &str) -> String {
    let mut plain = text.replace("\\n", "\n");
    while let Some((before, after)) = plain.split_once("\\u{") {
        let (code, rest) = after.split_once('}').expect("a brace at the end");
        let code = u32::from_str_radix(code, 16).expect("a hexadecimal number");
        let sign = char::from_u32(code).expect("a sign");
        plain = format!("{before}{sign}{rest}");
    }
    plain
}

/// What the page and the terminal read: the canonical link, whether the seed was given, what is
/// named, and what is passed over.
fn read(text: &str) -> (String, bool, Vec<String>, Vec<String>) {
    let (link, seed_given, errors, notes) = if link::is_experiment(text) {
        let reading = plan::link::read(text);
        let link = plan::link::write(&reading.experiment);
        (link, reading.seed_given, reading.errors, reading.notes)
    } else {
        let reading = link::read(text);
        let link = link::write(&reading.params);
        (link, reading.seed_given, reading.errors, reading.notes)
    };
    let notes = notes.into_iter().map(|note| match note {
        Note::Tracking(keys) | Note::Page(keys) => keys,
        Note::Forwarded => "address".to_owned(),
    });
    let keys = errors.into_iter().map(|error| error.key);
    (link, seed_given, keys.collect(), notes.collect())
}

#[test]
fn links_are_read_as_they_arrive() {
    let lines = include_str!("links/arriving.tsv").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let text = unescaped(cells.next().expect("a text"));
        let expected = cells.next().expect("its reading");
        let list = |cell: Option<&'static str>| cell.filter(|cell| !cell.is_empty());
        let named: Vec<&str> = list(cells.next()).map_or(vec![], |keys| keys.split(',').collect());
        let passed = list(cells.next()).unwrap_or("");
        let (link, _, keys, notes) = read(&text);
        assert_eq!(link, expected, "{text}");
        assert_eq!(keys, named, "{text}");
        assert_eq!(notes.join(", "), passed, "{text}");
    }
}

#[test]
fn notes_are_short_and_of_one_line_each() {
    let tracking: Vec<String> = (0..50).map(|i| format!("utm_{i}=1")).collect();
    let reading = link::read(&format!("{}&seed=1&embed=lab", tracking.join("&")));
    let lines: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "Passed over in the link: utm_0, utm_1, utm_2, utm_3, utm_4, utm_5, utm_6, utm_7, 42 more, by which others count visits.",
            "Passed over in the link: embed, of the page alone."
        ]
    );
    assert_eq!(reading.errors, []);
}

fn any_params() -> impl Strategy<Value = Params> {
    let sizes = (4u32..=512, 4u32..=512);
    let numbers = (0.0f64..=10.0, -1.0f64..=1.0, -1.0f64..=1.0, any::<bool>());
    let choices = (0u32..5, any::<bool>(), 0usize..3, any::<bool>());
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
                reservoirs: Reservoirs::ALL[reservoirs],
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

/// What the way does to a link that can be undone, by its name.
type Damage = (&'static str, fn(&str, usize) -> String);

fn encoded(text: &str) -> String {
    let byte = |b: u8| match b {
        b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// A sign put in at a place.
fn with(text: &str, at: usize, sign: &str) -> String {
    let places: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
    let at = places.get(at % places.len().max(1)).copied().unwrap_or(0);
    format!("{}{sign}{}", &text[..at], &text[at..])
}

fn wide(text: &str, which: fn(&char) -> bool) -> String {
    let sign = |c: char| match c {
        c if c.is_ascii_graphic() && which(&c) => char::from_u32(c as u32 + 0xfee0),
        c => Some(c),
    };
    text.chars().filter_map(sign).collect()
}

/// What leaves the link as it was meant.
const UNDONE: &[Damage] = &[
    ("an address", |text, n| {
        let before = [
            "?",
            "/uphill/?",
            "index.html?",
            "./?",
            "uphill.html?",
            "http://127.0.0.1:8080/?",
            "https://example.org/uphill/?",
            "file:///C:/a%20b/uphill.html?",
            "example.org?",
        ];
        format!("{}{text}", before[n % before.len()])
    }),
    ("quotation marks", |text, n| {
        let marks = [
            ("<", ">"),
            ("\"", "\""),
            ("(", ")"),
            ("“", "”"),
            ("«", "»"),
            ("„", "“"),
            ("`", "`"),
            ("'", "'"),
            ("‘", "’"),
        ];
        let (before, behind) = marks[n % marks.len()];
        format!("{before}{text}{behind}")
    }),
    ("the end of a sentence", |text, n| {
        let ends: Vec<char> = "?.,;:!)]>\"’”» \n\t\u{a0}".chars().collect();
        format!("{text}{}", ends[n % ends.len()])
    }),
    ("separators", |text, n| {
        let signs = [
            "&amp;",
            "&amp;amp;",
            "&#38;",
            "&#x26;",
            "%26",
            "%2526",
            ";",
            "& ",
            " &",
            "+&+",
            "&&",
        ];
        text.replace('&', signs[n % signs.len()])
    }),
    ("equals signs", |text, n| {
        text.replace('=', ["%3D", "%253D", " = ", "=+", "=\u{a0}"][n % 5])
    }),
    ("an encoding", |text, _| encoded(text)),
    ("two encodings", |text, _| encoded(&encoded(text))),
    ("minus signs", |text, n| {
        text.replace('-', ["−", "–", "－", "‑", "%E2%88%92"][n % 5])
    }),
    ("plus signs", |text, n| {
        text.replace("=0.", ["=+0.", "=%2B0.", "=＋0."][n % 3])
    }),
    ("full-width digits", |text, _| {
        wide(text, char::is_ascii_digit)
    }),
    ("full-width signs", |text, _| wide(text, |c| *c != '#')),
    ("what nobody sees", |text, n| {
        let sign = ["\u{200b}", "\u{ad}", "\u{feff}", "\u{2060}", "\u{200e}"][n % 5];
        with(text, n / 5, sign)
    }),
    ("a line break", |text, n| {
        with(text, n / 4, ["\n", "\r\n", " \n", "\n    "][n % 4])
    }),
    ("keys of others", |text, n| {
        let keys = [
            "utm_source=x&utm_medium=y",
            "fbclid=a-b_c",
            "gclid=1",
            "mc_cid=2",
            "igshid=3",
            "ref=mail",
        ];
        let keys = keys[n % keys.len()];
        [
            format!("{text}&{keys}"),
            format!("{keys}&{text}"),
            format!("{text}?{keys}"),
        ][n / 6 % 3]
            .clone()
    }),
    ("keys of the page", |text, n| {
        [
            format!("embed=lab&{text}"),
            format!("{text}#compare=0.5"),
            format!("{text}#play"),
        ][n % 3]
            .clone()
    }),
    ("another address", |text, n| {
        let link = encoded(&format!("https://example.org/?{text}"));
        [
            format!("https://nam.safelinks.example/?url={link}&data=05%7C01&reserved=0"),
            format!("https://www.google.example/url?q={link}&sa=D"),
            format!("https://l.facebook.example/l.php?u={link}&h=AT0"),
        ][n % 3]
            .clone()
    }),
];

/// What can take something away.
const TAKING: &[Damage] = &[
    ("a blank", |text, n| with(text, n, " ")),
    ("a sign", |text, n| {
        with(
            text,
            n / 12,
            [
                "?", "#", "=", "://", "x", "\"", "~", "…", "%20", "&", "<", "?a=1&",
            ][n % 12],
        )
    }),
    ("an end that is missing", |text, n| {
        let kept: String = text.chars().take(n % (text.chars().count() + 1)).collect();
        format!("{kept}{}", ["…", "..."][n % 2])
    }),
    ("a sentence before", |text, _| format!("See {text}")),
    ("a sentence behind", |text, _| format!("{text} for this")),
    ("another link behind", |text, n| {
        format!(
            "{text}{}L=21&beta=0.3",
            ["?", " ", "\n", "https://example.org/?"][n % 4]
        )
    }),
];

/// Whether a text is read as the link, or something is named.
fn survives(text: &str, link: &str) -> Result<(), String> {
    let (read_as, seed_given, keys, _) = read(text);
    if (read_as == link && seed_given) || !keys.is_empty() {
        return Ok(());
    }
    Err(format!("{text:?} is silently {read_as}, not {link}"))
}

/// The canonical links that are sent on their way.
fn any_link() -> impl Strategy<Value = String> {
    let number = (0u32..=10_000).prop_map(|n| f64::from(n) / 1e4);
    let list = proptest::collection::vec(number, 1..4);
    let kind = (0..Kind::ALL.len()).prop_map(|n| Experiment::new(Kind::ALL[n]));
    let scan =
        (kind, list, any::<bool>(), 0..=SEED_MAX).prop_map(|(mut e, values, shifted, seed)| {
            let texts: Vec<String> = values.iter().map(f64::to_string).collect();
            e.ms = plan::values::Values::read(&texts.join(",")).expect("a list");
            e.error = values[0] / 3.0 + 1e-7;
            e.base.boundary = if shifted {
                Boundary::Shifted(10)
            } else {
                Boundary::Fixed
            };
            e.base.seed = seed;
            let link = plan::link::write(&e);
            // What has no meaning for a kind is named, and is not sent.
            let reading = plan::link::read(&link);
            plan::link::write(&reading.experiment)
        });
    prop_oneof![any_params().prop_map(|params| link::write(&params)), scan]
}

#[test]
fn a_decimal_comma_is_understood_or_named() {
    for (text, m) in [
        ("m=0,9985", Some(0.9985)),
        ("m=0,998", Some(0.998)),
        ("m=1,0", Some(1.0)),
        ("m=1,000", None),
    ] {
        let reading = link::read(text);
        assert_eq!(reading.errors.is_empty(), m.is_some(), "{text}");
        assert_eq!(reading.params.m_right, m.unwrap_or(0.999), "{text}");
    }
}

proptest! {
    #[test]
    fn what_can_be_undone_is(link in any_link(), which in 0..UNDONE.len(), n in any::<u16>()) {
        let (name, damage) = UNDONE[which];
        let text = damage(&link, n.into());
        let (read_as, seed_given, keys, _) = read(&text);
        prop_assert_eq!(keys, Vec::<String>::new(), "{}: {}", name, &text);
        prop_assert_eq!(read_as, link, "{}: {}", name, &text);
        prop_assert!(seed_given, "{}: {}", name, &text);
    }

    #[test]
    fn nothing_is_lost_in_silence(
        link in any_link(),
        damages in proptest::collection::vec((0..UNDONE.len() + TAKING.len(), any::<u16>()), 1..5),
    ) {
        let mut text = link.clone();
        for (which, n) in damages {
            let (_, damage) = UNDONE.iter().chain(TAKING).nth(which).expect("one of them");
            text = damage(&text, n.into());
        }
        let outcome = survives(&text, &link);
        prop_assert!(outcome.is_ok(), "{:?}", outcome);
        // The terminal's commands for scans read every link as that of one.
        if link.contains("exp=") {
            let reading = plan::link::read(&text);
            let same = plan::link::write(&reading.experiment) == link && reading.seed_given;
            prop_assert!(same || !reading.errors.is_empty(), "{}", text);
        }
    }

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
