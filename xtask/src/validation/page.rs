//! The page, from the records: static, without a script.

use super::html::escaped;
use super::numbers::day;
use super::records::{Problem, Records};
use super::{coverage, digests, exact, paper, speed, zeros};

/// Where there is no column of WebKit.
const NO_WEBKIT: &str = "<p id=\"no-webkit\">WebKit, the engine of Safari, was not tested for this page. <code>./build.sh test</code> tests it where Debian’s packages <code>webkit2gtk-driver</code> and <code>xvfb</code> are installed.</p>\n";

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
    if !records.digests.is_empty() && records.webkit.is_none() {
        html += NO_WEBKIT;
    }
    html += &problems(&records.problems);
    html += &exact::html(&records.exact);
    html += &coverage::html(&records.coverage, &records.error_bars);
    html += &zeros::html(&records.zeros);
    html += &paper::html(records.paper.as_deref());
    let hosts: Vec<_> = records.digests.iter().chain(&records.webkit).collect();
    html += &digests::html(&hosts);
    html += &speed::html(records.bench.as_ref(), records.whole_bench.as_ref());
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

#[cfg(test)]
mod tests {
    use super::super::exact::CURRENT;
    use super::super::records::{Comparison, Digests, Exact, Pinned};
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
    fn webkit_has_a_column_or_a_sentence() {
        let found = |host: &str| Digests {
            host: host.to_owned(),
            runs: vec![Pinned {
                link: "seed=1".to_owned(),
                events: 10,
                digests: vec!["0a".to_owned()],
            }],
        };
        let mut records = Records {
            made: Some(86_400),
            digests: vec![found("native")],
            ..Records::default()
        };
        let html = page(&records, "1.2.3");
        assert!(html.contains("id=\"no-webkit\""), "{html}");
        assert!(
            html.contains("1 of 1 runs end in one digest everywhere"),
            "{html}"
        );
        records.webkit = Some(found("WebKit 2.50.6"));
        let html = page(&records, "1.2.3");
        assert!(!html.contains("id=\"no-webkit\""), "{html}");
        assert!(
            html.contains("native in 1 ways, WebKit 2.50.6 in 1 ways"),
            "{html}"
        );
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
}
