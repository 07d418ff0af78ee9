//! The page, from the records: static, without a script.

use super::html::{Cell, Table, escaped};
use super::records::{Bench, Beside, Comparison, Digests, Exact, Problem, Records, Series};

/// Shares of a normal variable within one and two standard deviations.
const NORMAL: [f64; 2] = [0.6827, 0.9545];
/// Shares of it beyond two and three.
const BEYOND: [(f64, f64); 2] = [(2.0, 0.045500), (3.0, 0.002700)];
/// The quantity that is shown of every lattice at first sight.
const CURRENT: &str = "J by rates";

/// The whole page.
pub fn page(records: &Records, engine: &str) -> String {
    let body = if records.is_empty() {
        not_made(engine)
    } else {
        made(records, engine)
    };
    format!(
        "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>Uphill: validation</title>
<meta name=\"description\" content=\"What Uphill’s tests have found: both dynamics beside exact solutions, error bars, the paper’s numbers beside ours, digests, speed.\">
<link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">
<link rel=\"stylesheet\" href=\"style.css\">
<link rel=\"stylesheet\" href=\"validation.css\">
</head>
<body>
<header class=\"top\">
<p class=\"home\"><a href=\"./\">Uphill</a></p>
<p class=\"claim\">the current that climbs</p>
</header>
<main class=\"validation\">
<h1>Validation</h1>
{body}</main>
</body>
</html>
"
    )
}

fn not_made(engine: &str) -> String {
    format!(
        "<p id=\"not-made\">This page has not been made for engine {}. It is written by the tests alone, from what they find: <code>./build.sh test</code> in Uphill’s sources makes it, in some twenty minutes.</p>\n",
        escaped(engine)
    )
}

fn made(records: &Records, engine: &str) -> String {
    let mut html = format!(
        "<p>What the tests of engine {} found{}. <code>./build.sh test</code> writes this page; nothing on it is written by hand. An error in brackets is one standard deviation, in units of the last digits; z is a distance in standard deviations.</p>\n",
        escaped(engine),
        records
            .made
            .map_or(String::new(), |seconds| format!(" on {}", day(seconds))),
    );
    html += &problems(&records.problems);
    html += &exact(&records.exact);
    html += &coverage(&records.coverage, &records.error_bars);
    html += &paper(records.paper.as_deref());
    html += &digests(&records.digests);
    html += &benches(records.bench.as_ref(), records.whole_bench.as_ref());
    html
}

fn problems(problems: &[Problem]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let items: String = problems
        .iter()
        .map(|Problem { record, why }| {
            format!(
                "<li><code>{}</code>: {}</li>\n",
                escaped(record),
                escaped(why)
            )
        })
        .collect();
    format!(
        "<div class=\"failure\" id=\"problems\">\n<h2>Not complete</h2>\n<p>Of these records nothing is shown:</p>\n<ul>\n{items}</ul>\n</div>\n"
    )
}

fn section(id: &str, title: &str, inside: &str) -> String {
    format!(
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>\n{inside}</section>\n",
        escaped(title)
    )
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

fn folded(summary: &str, inside: &str) -> String {
    format!(
        "<details>\n<summary>{}</summary>\n{inside}</details>\n",
        escaped(summary)
    )
}

fn words(text: &str) -> Cell {
    Cell::Words(text.to_owned())
}

fn number(text: impl Into<String>) -> Cell {
    Cell::Number(text.into())
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// "Beyond 2: expected 20.1, found 17; …" of so many scores.
fn beyond(scores: &[f64]) -> String {
    let each = BEYOND.map(|(limit, share)| {
        let found = scores.iter().filter(|z| z.abs() > limit).count();
        let expected = share * scores.len() as f64;
        format!("beyond {limit} are {found}, where {expected:.1} are expected by chance")
    });
    format!("Of {} z, {}.", scores.len(), each.join("; "))
}

fn exact(found: &[Exact]) -> String {
    let Some(first) = found.first() else {
        return String::new();
    };
    let scores: Vec<f64> = found
        .iter()
        .flat_map(|one| one.comparisons.iter().map(|comparison| comparison.z))
        .collect();
    let farthest = scores.iter().fold(0.0, |most: f64, z| most.max(z.abs()));
    let mut lattices: Vec<&str> = Vec::new();
    for comparison in &first.comparisons {
        if lattices.last() != Some(&comparison.lattice.as_str()) {
            lattices.push(&comparison.lattice);
        }
    }
    let mut inside = paragraph(&format!(
        "On {} lattices of up to 16 sites the master equation is solved for its stationary state, and both dynamics are measured against it in {} independent runs each; the error is from the scatter of the runs, and z from Student’s t.",
        lattices.len(),
        first.runs
    ));
    inside += &format!(
        "<p id=\"exact-summary\"><strong>{}</strong> The farthest is {farthest:.1}. The quantities of one lattice come from the same runs and are not independent, so these counts scatter more than independent ones would.</p>\n",
        escaped(&beyond(&scores))
    );
    let heads = |first: &str| {
        let mut heads = columns(&[first, "exact"]);
        for one in found {
            heads.extend([one.dynamics.clone(), "z".to_owned()]);
        }
        heads
    };
    // One row: what it is called, the exact value, and what each dynamics gave.
    let row = |name: &str, lattice: &str, quantity: &str| {
        let of = |one: &Exact| {
            let is = |c: &&Comparison| c.lattice == lattice && c.quantity == quantity;
            one.comparisons
                .iter()
                .find(is)
                .map(|c| (c.exact.clone(), c.measured.clone(), z(c.z)))
        };
        let values: Vec<_> = found.iter().map(of).collect();
        let exact = values.iter().flatten().next();
        let mut cells = vec![words(name), number(exact.map_or("–", |(exact, ..)| exact))];
        for value in &values {
            let (measured, z) = value
                .as_ref()
                .map_or(("–", "–"), |(_, measured, z)| (measured, z));
            cells.extend([number(measured), number(z)]);
        }
        cells
    };
    inside += &Table {
        id: "exact-currents".to_owned(),
        caption: "The current J per bond and time, from the rates.".to_owned(),
        columns: heads("lattice"),
        rows: lattices
            .iter()
            .map(|lattice| row(lattice, lattice, CURRENT))
            .collect(),
    }
    .html();
    let mut all = String::new();
    for (i, lattice) in lattices.iter().enumerate() {
        let of_lattice = first.comparisons.iter().filter(|c| c.lattice == *lattice);
        all += &Table {
            id: format!("exact-{}", i + 1),
            caption: (*lattice).to_owned(),
            columns: heads("quantity"),
            rows: of_lattice
                .map(|c| row(&c.quantity, lattice, &c.quantity))
                .collect(),
        }
        .html();
    }
    inside += &folded(&format!("All {} comparisons", scores.len()), &all);
    section("exact", "Exact solutions", &inside)
}

/// A share in per cent with its binomial error, 68.1(7) %.
fn share(share: f64, results: f64) -> String {
    let error = (share * (1.0 - share) / results).sqrt();
    format!("{:.1}({:.0}) %", 100.0 * share, (1000.0 * error).max(1.0))
}

fn coverage(stopped: &[Series], fixed: &[Series]) -> String {
    let rows = stopped.iter().chain(fixed).flat_map(|series| &series.rows);
    if rows.clone().next().is_none() {
        return String::new();
    }
    let all: Vec<_> = rows.collect();
    // How far the shares are from normal in units of what counting them scatters.
    let scores: Vec<f64> = all
        .iter()
        .flat_map(|row| {
            row.within.iter().zip(NORMAL).map(|(share, normal)| {
                (share - normal) / (normal * (1.0 - normal) / row.results).sqrt()
            })
        })
        .collect();
    let off = all
        .iter()
        .flat_map(|row| row.within.iter().zip(NORMAL))
        .fold(0.0, |most: f64, (share, normal)| {
            most.max((share - normal).abs())
        });
    let mut inside = paragraph(
        "How often the exact mean lies within one and within two error bars of what short runs measure. Of a normal variable it would be 68.3 % and 95.4 %.",
    );
    let bias = all.iter().map(|row| row.bias).sum::<f64>() / all.len() as f64;
    inside += &format!(
        "<p id=\"coverage-summary\"><strong>The farthest share is {:.1} points off.</strong> With z in units of the scatter of counting: {} The tests allow two points besides three standard deviations, since the bars of runs so short are not quite normal. On average error²/variance − 1 is {}: above 0 the bars are too wide, below too narrow.</p>\n",
        100.0 * off,
        escaped(&beyond(&scores)),
        signed(bias, 2),
    );
    let range = |series: &Series, which: usize| {
        let mut shares: Vec<f64> = series.rows.iter().map(|row| row.within[which]).collect();
        shares.sort_by(f64::total_cmp);
        match (shares.first(), shares.last()) {
            (Some(least), Some(most)) => {
                format!("{:.1}–{:.1} %", 100.0 * least, 100.0 * most)
            }
            _ => "–".to_owned(),
        }
    };
    let kinds = [(stopped, "at a given error"), (fixed, "after a given time")];
    let summary = kinds.iter().flat_map(|(series, end)| {
        series.iter().map(|one| {
            vec![
                words(&one.about),
                words(end),
                number(one.rows.len().to_string()),
                number(range(one, 0)),
                number(range(one, 1)),
            ]
        })
    });
    inside += &Table {
        id: "coverage-series".to_owned(),
        caption: "Ranges of the shares over all quantities, lengths and single or paired replicas."
            .to_owned(),
        columns: columns(&["runs", "ended", "comparisons", "within 1 σ", "within 2 σ"]),
        rows: summary.collect(),
    }
    .html();
    let mut tables = String::new();
    for (i, (one, end)) in kinds
        .iter()
        .flat_map(|(series, end)| series.iter().map(move |one| (one, end)))
        .enumerate()
    {
        tables += &Table {
            id: format!("coverage-{}", i + 1),
            caption: format!("{}, ended {end}.", one.about),
            columns: columns(&[
                "error bar of",
                "results",
                "within 1 σ",
                "within 2 σ",
                "error²/variance − 1",
            ]),
            rows: one
                .rows
                .iter()
                .map(|row| {
                    vec![
                        words(&row.what),
                        number(format!("{}", row.results)),
                        number(share(row.within[0], row.results)),
                        number(share(row.within[1], row.results)),
                        number(signed(row.bias, 3)),
                    ]
                })
                .collect(),
        }
        .html();
    }
    inside += &folded(&format!("All {} comparisons", all.len()), &tables);
    section("coverage", "Error bars", &inside)
}

fn paper(rows: Option<&[Beside]>) -> String {
    let Some(rows) = rows else {
        return String::new();
    };
    let scores: Vec<f64> = rows.iter().filter_map(|row| row.z).collect();
    let mut inside = paragraph(
        "The paper (Phys. Rev. E 97, 030103(R), 2018; L = 40, β = 1) gives its numbers without errors, and with five digits. So z, ours less the paper’s in units of our error, lacks the paper’s share of the error: a large one says that this run tells the two numbers apart as they are printed, not who is right. Nothing was tuned to agree.",
    );
    inside += &format!(
        "<p id=\"paper-summary\"><strong>{}</strong> Several rest on the same scan. Ours are from scans of seconds. Each link “this run” recomputes the same numbers on the page, digit for digit; “in full” aims at the paper’s precision, or beyond, and takes minutes to hours.</p>\n",
        escaped(&beyond(&scores))
    );
    let row = |row: &Beside| {
        let links = [("this run", &row.quick), ("in full", &row.full)];
        let links = links.iter().filter(|(_, query)| !query.is_empty());
        vec![
            words(&row.what),
            words(&row.paper),
            words(&row.ours),
            number(row.z.map_or("–".to_owned(), z)),
            words(&row.remark),
            Cell::Links(
                links
                    .map(|(text, query)| ((*text).to_owned(), (*query).clone()))
                    .collect(),
            ),
        ]
    };
    inside += &Table {
        id: "paper-table".to_owned(),
        caption: "The paper’s numbers and statements beside ours.".to_owned(),
        columns: columns(&["what", "paper", "ours", "z", "remark", "scans"]),
        rows: rows.iter().map(row).collect(),
    }
    .html();
    section("paper", "The paper’s numbers", &inside)
}

fn digests(hosts: &[Digests]) -> String {
    let Some(first) = hosts.first() else {
        return String::new();
    };
    let mut heads = columns(&["link", "moves"]);
    heads.extend(hosts.iter().map(|host| host.host.clone()));
    let one = |host: &Digests, link: &str| {
        let run = host.runs.iter().find(|run| run.link == link);
        let mut digests: Vec<&str> = run.map_or(Vec::new(), |run| {
            run.digests.iter().map(String::as_str).collect()
        });
        digests.dedup();
        if digests.is_empty() {
            number("–")
        } else {
            Cell::Code(digests.join(" "))
        }
    };
    let distinct = |link: &str| {
        let runs = hosts.iter().flat_map(|host| &host.runs);
        let mut all: Vec<&String> = runs
            .filter(|run| run.link == link)
            .flat_map(|run| &run.digests)
            .collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    let same = first
        .runs
        .iter()
        .filter(|run| distinct(&run.link) == 1)
        .count();
    let ways: Vec<String> = hosts
        .iter()
        .map(|host| {
            let ways = host.runs.iter().map(|run| run.digests.len()).min();
            format!("{} in {} ways", host.host, ways.unwrap_or(0))
        })
        .collect();
    let mut inside = format!(
        "<p id=\"digests-summary\"><strong>{same} of {} runs end in one digest everywhere</strong>: {}, cut into calls of various lengths, and in browsers by the lab’s engine and with saving and restoring at random moments as well. The digest is of spins, counters, generator and clock.</p>\n",
        first.runs.len(),
        escaped(&ways.join(", "))
    );
    inside += &Table {
        id: "digests-table".to_owned(),
        caption: "Digests after so many moves. A cell with more than one is a run that depends on how it is carried out.".to_owned(),
        columns: heads,
        rows: first
            .runs
            .iter()
            .map(|run| {
                let link = Cell::Links(vec![(run.link.clone(), run.link.clone())]);
                let mut cells = vec![link, number(run.events.to_string())];
                cells.extend(hosts.iter().map(|host| one(host, &run.link)));
                cells
            })
            .collect(),
    }
    .html();
    section("digests", "The same run everywhere", &inside)
}

fn benches(quick: Option<&Bench>, whole: Option<&Bench>) -> String {
    let mut inside = String::new();
    if let Some(bench) = quick {
        inside += &paragraph(
            "A quick look in the browsers alone, on the machine that ran the tests and may have had other things to do. Ranges are over the rounds; other machines differ, the ratios less.",
        );
        inside += &speeds("bench-table", bench);
    }
    match whole {
        Some(bench) => {
            inside += &paragraph(
                "The last whole benchmark of this engine on this machine, natively as well:",
            );
            inside += &speeds("whole-bench-table", bench);
        }
        None if quick.is_some() => {
            inside += "<p>Natively, with more kernels and rounds: <code>./build.sh bench</code>. It was not run for this page.</p>\n";
        }
        None => return inside,
    }
    section("speed", "Speed", &inside)
}

fn speeds(id: &str, bench: &Bench) -> String {
    let rows = bench.kernels.iter().flat_map(|kernel| {
        kernel.hosts.iter().map(|host| {
            let rounds = host.rounds.iter().map(|round| round.time_per_second);
            let least = rounds.clone().fold(f64::INFINITY, f64::min);
            let most = rounds.fold(0.0, f64::max);
            vec![
                Cell::Links(vec![(kernel.link.clone(), kernel.link.clone())]),
                words(&host.host),
                number(three(host.time_per_second)),
                number(format!("{} to {}", three(least), three(most))),
                number(three(host.events_per_second)),
                number(three(host.ns_per_event)),
                number(if kernel.metropolis {
                    three(host.attempts_per_second)
                } else {
                    "–".to_owned()
                }),
            ]
        })
    });
    Table {
        id: id.to_owned(),
        caption: format!(
            "{}; {}; medians of {} rounds; load average before: {:.1}.",
            bench.machine,
            bench.browsers.join(", "),
            bench.rounds,
            bench.load
        ),
        columns: columns(&[
            "link",
            "host",
            "simulated time per s",
            "range",
            "moves per s",
            "ns per move",
            "attempts per s",
        ]),
        rows: rows.collect(),
    }
    .html()
}

/// A score with its sign.
fn z(score: f64) -> String {
    signed(score, 1)
}

/// A number with its sign, a proper minus.
fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    if text.chars().any(|digit| ('1'..='9').contains(&digit)) {
        text.replace('-', "−")
    } else {
        text[1..].to_owned()
    }
}

/// Three digits, as 4.72·10⁶ from ten thousand on.
fn three(value: f64) -> String {
    if !value.is_finite() || value <= 0.0 {
        return "–".to_owned();
    }
    let rounded = format!("{value:.2e}");
    let (digits, exponent) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-3..=3).contains(&exponent) {
        let decimals = usize::try_from(2 - exponent).unwrap_or(0);
        return format!("{value:.decimals$}");
    }
    let exponent = exponent.to_string();
    let raised = exponent.chars().map(|digit| match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' => '⁰',
        other => char::from_u32(other as u32 - '4' as u32 + '⁴' as u32).unwrap_or(other),
    });
    format!("{digits}·10{}", raised.collect::<String>())
}

/// The day of a time in seconds since 1970, in UTC: 2026-11-25.
fn day(seconds: u64) -> String {
    let mut days = seconds / 86_400;
    let mut year = 1970;
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [
        31,
        28 + u64::from(is_leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison(lattice: &str, quantity: &str, z: f64) -> Comparison {
        Comparison {
            lattice: lattice.to_owned(),
            quantity: quantity.to_owned(),
            exact: "0.1".to_owned(),
            measured: "0.10(2)".to_owned(),
            z,
        }
    }

    #[test]
    fn without_records_the_page_says_how_it_is_made() {
        let html = page(&Records::default(), "1.2.3");
        assert!(html.contains("not been made for engine 1.2.3"), "{html}");
        assert!(html.contains("./build.sh test"), "{html}");
        assert!(!html.contains("<table"), "{html}");
    }

    #[test]
    fn a_missing_record_is_named_and_the_rest_is_shown() {
        let records = Records {
            made: Some(86_400),
            exact: vec![Exact {
                dynamics: "kinetic".to_owned(),
                runs: 32,
                comparisons: vec![
                    comparison("a <small> one", CURRENT, 2.5),
                    comparison("a <small> one", "energy", -0.3),
                    comparison("another", CURRENT, -3.5),
                ],
            }],
            problems: vec![Problem {
                record: "exact-metropolis".to_owned(),
                why: "missing".to_owned(),
            }],
            ..Records::default()
        };
        let html = page(&records, "1.2.3");
        assert!(
            html.contains("<code>exact-metropolis</code>: missing"),
            "{html}"
        );
        assert!(html.contains("on 1970-01-02"), "{html}");
        assert!(
            html.contains("beyond 2 are 2, where 0.1 are expected"),
            "{html}"
        );
        assert!(
            html.contains("beyond 3 are 1, where 0.0 are expected"),
            "{html}"
        );
        assert!(
            html.contains("a &lt;small&gt; one") && !html.contains("<small>"),
            "{html}"
        );
        assert!(html.contains("−3.5") && html.contains("+2.5"), "{html}");
        // Each lattice once at first sight, and every quantity in the folded part.
        assert_eq!(html.matches("<tr><th scope=\"row\"").count(), 2 + 3);
    }

    #[test]
    fn the_page_has_no_script_and_no_style_of_its_own() {
        let html = page(&Records::default(), "1.2.3");
        for forbidden in [
            "<script",
            "<style",
            "style=",
            "javascript:",
            "http://",
            "https://",
        ] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn days_and_digits() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(1_709_164_800), "2024-02-29");
        assert_eq!(day(1_795_564_800), "2026-11-25");
        assert_eq!(three(4.7249e6), "4.72·10⁶");
        assert_eq!(three(64.26), "64.3");
        assert_eq!(three(1234.0), "1234");
        assert_eq!(three(0.0), "–");
        assert_eq!((z(-0.04), z(-1.26)), ("0.0".to_owned(), "−1.3".to_owned()));
        assert_eq!(share(0.6809, 4000.0), "68.1(7) %");
    }
}
