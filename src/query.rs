//! The query of a link as it arrives: out of an address bar, a mail, a chat, a word processor.
//!
//! No key and no value has a separator, a percent sign, a quotation mark or a blank in it. What
//! mails and chats do to a link can therefore be undone: they encode it once or twice, break its
//! lines, put it into quotation marks and a full stop behind it. What else comes with a link is
//! never dropped in silence: it is a part of the query by one name or another.

use crate::link::KEYS;
use crate::numeral::ascii;
use percent_encoding::percent_decode_str;

/// How often a link may have been encoded.
const ENCODED: usize = 4;
/// The page's own keys: what is shown, whom it hears, its colours.
const PAGE: [&str; 3] = ["embed", "host", "theme"];
/// The page's own keys after a `#`.
const VIEW: [&str; 2] = ["compare", "tour"];
/// Keys by which others count who opens a link.
const TRACKING: [&str; 24] = [
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "ref",
    "ref_src",
    "si",
    "srsltid",
    "mkt_tok",
    "vero_id",
    "li_fat_id",
    "s_cid",
    "_ga",
    "_gl",
    "oly_enc_id",
    "oly_anon_id",
];
/// What other such keys begin with.
const TRACKING_BEGINS: [&str; 6] = ["utm_", "mc_", "hsa_", "_hs", "pk_", "mtm_"];
/// Where an address that leads to another has it.
const FORWARDS: [&str; 4] = ["url", "u", "q", "target"];
/// What a mail may put before a link.
const BEFORE: [char; 14] = [
    '<', '(', '[', '{', '"', '\'', '`', '*', '“', '‘', '„', '‚', '«', '‹',
];
/// What a mail or a sentence may put behind it.
const BEHIND: [char; 25] = [
    '?', '.', ',', ';', ':', '!', ')', ']', '}', '>', '"', '\'', '`', '*', '_', '/', '\\', '“',
    '”', '‘', '’', '»', '›', '&', '。',
];

/// What a part of a query is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A key that stands where it may.
    Key,
    /// A key behind a second `?` or a `#`; that sign is the first of its key.
    Stray,
    /// A key of the page alone.
    Page,
    /// A key of those who count.
    Tracking,
}

/// A key, its value, and what the two are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub role: Role,
    pub key: String,
    pub value: String,
}

/// The parts of a query, in their order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Query {
    pub parts: Vec<Part>,
    /// Whether it stood within another address.
    pub forwarded: bool,
}

impl Query {
    /// The query in a text: with or without its `?`, or with a whole address before it.
    pub fn read(text: &str) -> Query {
        let (text, forwarded) = at_its_end(text);
        let text = without_entities(&text);
        let (before, view) = text.split_once('#').unwrap_or((&text, ""));
        let mut query = Query {
            parts: Vec::new(),
            forwarded,
        };
        let legible_before = legible(before);
        let asked = query_of(&legible_before);
        query.add(asked.unwrap_or(""), None);
        query.add(&legible(view), Some('#'));
        // A text without any key is no link of the usual run.
        let sign = before.trim_matches(|c: char| c == '?' || c.is_whitespace());
        if query.parts.is_empty() && asked.is_some() && !sign.is_empty() {
            query.push(Role::Key, sign.to_owned(), String::new());
        }
        query
    }

    fn push(&mut self, role: Role, key: String, value: String) {
        self.parts.push(Part { role, key, value });
    }

    /// Adds what stands behind `sign`, or behind the first `?`.
    fn add(&mut self, text: &str, sign: Option<char>) {
        let mut sign = sign;
        let mut rest = text;
        loop {
            let end = rest.find(['&', ';', '?', '#']).unwrap_or(rest.len());
            self.add_part(&rest[..end], sign);
            let Some(next) = rest[end..].chars().next() else {
                return;
            };
            if matches!(next, '?' | '#') {
                sign = Some(next);
            }
            rest = &rest[end + 1..];
        }
    }

    fn add_part(&mut self, part: &str, sign: Option<char>) {
        let blank = |c: char| c == ' ' || c == '+';
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let (key, value) = (key.trim_matches(blank), value.trim_matches(blank));
        if key.is_empty() && value.is_empty() {
            return;
        }
        // A place in the page has a name and no value.
        let place = key.starts_with(|c: char| c.is_ascii_alphabetic()) && !part.contains('=');
        let of_view = sign == Some('#') && (VIEW.contains(&key) || place);
        let unclear = is_cut(part) || value.contains('=');
        let (role, before) = match sign {
            // What was cut off, or has a part of another link in it, is passed over by no name.
            None if unclear => (Role::Key, ""),
            Some('#') if unclear => (Role::Stray, "#"),
            Some(_) if unclear => (Role::Stray, "?"),
            _ if PAGE.contains(&key) => (Role::Page, ""),
            _ if is_tracking(key) => (Role::Tracking, ""),
            _ if of_view => (Role::Page, "#"),
            None => (Role::Key, ""),
            Some('#') => (Role::Stray, "#"),
            Some(_) => (Role::Stray, "?"),
        };
        self.push(role, format!("{before}{key}"), value.to_owned());
    }

    /// The parts that have a role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.role == role)
    }

    /// The query as a text, without what is of the page alone.
    #[cfg(any(test, target_arch = "wasm32"))]
    pub fn without_page(&self) -> String {
        let mut text = String::new();
        for Part { role, key, value } in &self.parts {
            match role {
                Role::Page => continue,
                Role::Key | Role::Tracking if !text.is_empty() => text.push('&'),
                _ => {}
            }
            text.push_str(key);
            if !value.is_empty() {
                text.push('=');
                text.push_str(value);
            }
        }
        text
    }
}

fn is_tracking(key: &str) -> bool {
    TRACKING.contains(&key) || TRACKING_BEGINS.iter().any(|begin| key.starts_with(begin))
}

/// The link to which a text leads, and whether through another address.
fn at_its_end(text: &str) -> (String, bool) {
    let mut end = text.to_owned();
    for _ in 0..ENCODED {
        match forwarded(&end) {
            Some(to) => end = to,
            None => break,
        }
    }
    let forwarded = end != text;
    (end, forwarded)
}

/// The link that another address leads to: `https://…/?url=https%3A%2F%2F…&data=…`.
fn forwarded(text: &str) -> Option<String> {
    let (address, query) = text.split_once('?')?;
    if !is_address(address.trim_start()) {
        return None;
    }
    let leads = |&(key, value): &(&str, &str)| {
        let to = percent_decode_str(value).decode_utf8_lossy();
        let link = has_scheme(&to) && to.contains('?') && !value.contains("://");
        (FORWARDS.contains(&key) && link).then(|| to.into_owned())
    };
    let query = without_entities(query);
    let pairs = query.split('&').filter_map(|part| part.split_once('='));
    let pairs: Vec<(&str, &str)> = pairs.collect();
    let own = |(key, _): &(&str, &str)| *key == "exp" || KEYS.contains(key);
    if pairs.iter().any(own) {
        return None;
    }
    pairs.iter().find_map(leads)
}

/// Without what HTML makes of `&`, also where it did so more than once.
fn without_entities(text: &str) -> String {
    const ENTITIES: [&str; 5] = ["amp;", "AMP;", "#38;", "#038;", "#x26;"];
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let mut rest = part;
        while let Some(after) = ENTITIES.iter().find_map(|entity| rest.strip_prefix(entity)) {
            rest = after;
        }
        plain.push('&');
        plain.push_str(rest);
    }
    plain
}

/// The text without what the way has done to it.
fn legible(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ENCODED {
        if !text.contains('%') {
            break;
        }
        text = without_entities(&percent_decode_str(&text).decode_utf8_lossy());
    }
    let text: String = text.chars().filter_map(ascii).collect();
    // A mail that breaks a line does so within a link, and puts blanks there.
    let text: String = text
        .split('\n')
        .map(|line| line.trim_matches(' '))
        .collect();
    between_marks(&text).to_owned()
}

/// Without the quotation marks, brackets and marks of a sentence around it.
fn between_marks(text: &str) -> &str {
    let blank = |c: char| c == ' ' || c == '+';
    let text = text.trim_start_matches(|c| blank(c) || BEFORE.contains(&c));
    let inner = text.trim_end_matches(|c| blank(c) || BEHIND.contains(&c));
    let behind = &text[inner.len()..];
    match behind.find("..") {
        // Something was left out there, and perhaps digits of a number.
        Some(at) => &text[..inner.len() + at + 2],
        None => inner,
    }
}

/// The query behind an address; the whole text where there is no address, and none where there is
/// nothing else.
fn query_of(text: &str) -> Option<&str> {
    let query = match text.split_once('?') {
        Some((address, query)) if is_address(address) => query,
        None if has_scheme(text) && !is_more(text) => return None,
        _ => text,
    };
    Some(query.trim_start_matches('?'))
}

/// Whether an address without a `?` has lost one, or its end.
fn is_more(address: &str) -> bool {
    address.contains(['=', '&', ';']) || is_cut(address)
}

/// Whether a text says that its end was left out.
fn is_cut(text: &str) -> bool {
    text.contains('…') || text.ends_with("..")
}

/// Whether what stands before the first `?` is an address, and no part of the query.
fn is_address(text: &str) -> bool {
    let path = || {
        let host =
            text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '.') && text.contains('.');
        !text.contains(['&', ';', ' ']) && (text.is_empty() || text.contains('/') || host)
    };
    !text.contains('=') && !is_cut(text) && (has_scheme(text) || path())
}

fn has_scheme(text: &str) -> bool {
    let of_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.:".contains(c);
    text.split_once("://")
        .is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.chars().all(of_scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_of_the_page_is_told_apart() {
        for (text, rest) in [
            (
                "?embed=lab&m=0.5&host=https%3A%2F%2Fexample.org#compare=0.9",
                "m=0.5",
            ),
            ("embed%3Dlab%26m%3D0.5", "m=0.5"),
            ("?embed=plot", ""),
            ("#play", ""),
            (
                "m=0.5&seed=7?L=20&beta=2#n=3",
                "m=0.5&seed=7?L=20?beta=2#n=3",
            ),
            ("fbclid=1&seed=", "fbclid=1&seed"),
            (")", ")"),
        ] {
            assert_eq!(Query::read(text).without_page(), rest, "{text}");
            assert_eq!(Query::read(rest).without_page(), rest, "{text}");
        }
        let query = Query::read("?embed=lab&m=0.5&amp;host=https://example.org:8080/&seed=1");
        let page: Vec<_> = query
            .of(Role::Page)
            .map(|part| part.value.as_str())
            .collect();
        assert_eq!(page, ["lab", "https://example.org:8080/"]);
    }
}
