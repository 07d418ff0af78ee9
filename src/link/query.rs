//! The query of a link as it arrives: out of an address bar, a mail, a chat, a word processor.
//!
//! No key and no value has a separator, a percent sign, a quotation mark or a blank in it. What
//! mails and chats do to a link can therefore be undone: they encode it once or twice, break its
//! lines, put it into quotation marks and a full stop behind it. What else comes with a link is
//! never dropped in silence: it is a part of the query by one name or another.
//!
//! The page has this in its first view: signs are looked at one by one, by functions that are not
//! put into one another, for the sake of its size.

use crate::notation::numeral::ascii;
use percent_encoding::percent_decode_str;

/// How often a link may have been encoded.
const ENCODED: usize = 4;
/// The page's own keys: what is shown, whom it hears, its language, its colours, whether it plays unasked, and
/// which parts and controls it has.
const PAGE: [&str; 8] = [
    "embed", "host", "lang", "theme", "autoplay", "show", "hide", "lock",
];
/// The page's own keys after a `#`.
const VIEW: [&str; 2] = ["compare", "tour"];
/// Keys by which others count who opens a link, each between two commas.
const TRACKING: &str = ",fbclid,gclid,gclsrc,dclid,gbraid,wbraid,msclkid,yclid,twclid,ttclid,\
    igshid,igsh,ref,ref_src,si,srsltid,mkt_tok,vero_id,li_fat_id,s_cid,_ga,_gl,oly_enc_id,oly_anon_id,";
/// What other such keys begin with.
const TRACKING_BEGINS: [&str; 6] = ["utm_", "mc_", "hsa_", "_hs", "pk_", "mtm_"];
/// Where an address that leads to another has it.
const FORWARDS: [&str; 4] = ["url", "u", "q", "target"];
/// What else such an address has, each between two commas.
const FORWARDING: &str = ",data,sdata,reserved,sa,usg,ust,ved,source,opi,rct,esrc,cd,cad,uact,h,";
/// What HTML makes of `&`, behind that sign.
const ENTITIES: [&str; 5] = ["amp;", "AMP;", "#38;", "#038;", "#x26;"];
/// What a mail may put before a link.
const BEFORE: &str = " +<([{\"'`*“‘„‚«‹";
/// What a mail or a sentence may put behind it.
const BEHIND: &str = " +?.,;:!)]}>\"'`*_/\\“”‘’»›&。";

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
        let mut query = Query {
            parts: Vec::new(),
            forwarded: false,
        };
        let signs = legible(text);
        let Some((asked, sign)) = query_of(&signs) else {
            return query;
        };
        query.divide(asked, sign);
        for part in &mut query.parts {
            let others = query.forwarded && is_one_of(FORWARDING, &part.key);
            if others && part.role == Role::Key && !part.value.trim_end_matches('=').contains('=') {
                part.role = Role::Tracking;
            }
        }
        // A text without any key is no link of the usual run.
        let text = text.trim();
        if query.parts.is_empty() && !text.bytes().all(|b| b == b'?') {
            query.push(Role::Key, text.to_owned(), String::new());
        }
        query
    }

    #[inline(never)]
    fn push(&mut self, role: Role, key: String, value: String) {
        self.parts.push(Part { role, key, value });
    }

    /// Adds the parts of what stands behind a sign, or behind the first `?`.
    fn divide(&mut self, signs: &[char], mut sign: Option<char>) {
        let mut from = 0;
        for at in 0..=signs.len() {
            let end = signs.get(at).copied().unwrap_or('&');
            if at < from || !matches!(end, '&' | ';' | '?' | '#') {
                continue;
            }
            let part = &signs[from..at];
            from = at + 1;
            if end == '&' {
                while let Some(length) = entity(&signs[from.min(signs.len())..]) {
                    from += length;
                }
            }
            if end == '?' && sign.is_none() && leads(part) {
                self.forwarded = true;
                continue;
            }
            self.add(part, sign);
            if matches!(end, '?' | '#') {
                sign = Some(end);
            }
        }
    }

    fn add(&mut self, part: &[char], sign: Option<char>) {
        let (key, value) = pair(part);
        if key.is_empty() && value.is_empty() {
            return;
        }
        // What was cut off, or has a part of another link in it, is not known for what it is.
        let clear = !is_cut(part) && !value.contains('=');
        // A place in the page has a name and no value.
        let place = key.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
            && !part.iter().any(|&c| is_in("=", c));
        let of_view = sign == Some('#') && (VIEW.contains(&key.as_str()) || place);
        let role = match sign {
            _ if clear && PAGE.contains(&key.as_str()) => Role::Page,
            _ if clear && is_tracking(&key) => Role::Tracking,
            _ if clear && of_view => Role::Page,
            None => Role::Key,
            Some(_) => Role::Stray,
        };
        let signed = role == Role::Stray || (role == Role::Page && of_view);
        let mut name = String::new();
        name.extend(sign.filter(|_| signed));
        name.push_str(&key);
        self.push(role, name, value);
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

/// Whether a list has a word, each between two commas.
#[inline(never)]
fn is_one_of(list: &str, word: &str) -> bool {
    list.split(',').any(|one| one == word)
}

fn is_tracking(key: &str) -> bool {
    TRACKING_BEGINS.iter().any(|begin| key.starts_with(begin)) || is_one_of(TRACKING, key)
}

/// The key and the value of a part, without blanks around them.
#[inline(never)]
fn pair(part: &[char]) -> (String, String) {
    let end = part.iter().position(|&c| c == '=').unwrap_or(part.len());
    let value = part.get(end + 1..).unwrap_or(&[]);
    let text = |signs: &[char]| between(signs, " +", " +").iter().collect();
    (text(&part[..end]), text(value))
}

/// Whether a part is an address that leads to another: `url=https://example.org/`.
#[inline(never)]
fn leads(part: &[char]) -> bool {
    let (key, value) = pair(part);
    let signs: Vec<char> = value.chars().collect();
    FORWARDS.contains(&key.as_str()) && has_scheme(&signs)
}

/// How long the rest of an entity is with which a text begins.
#[inline(never)]
fn entity(signs: &[char]) -> Option<usize> {
    let begins = |entity: &&&str| {
        entity
            .chars()
            .enumerate()
            .all(|(i, c)| signs.get(i) == Some(&c))
    };
    ENTITIES.iter().find(begins).map(|entity| entity.len())
}

/// The text without what the way has done to it.
fn legible(text: &str) -> Vec<char> {
    let mut text = text.to_owned();
    for _ in 0..ENCODED {
        if !text.contains(['%', '％']) {
            break;
        }
        let plain: String = text.chars().filter_map(ascii).collect();
        text = percent_decode_str(&plain).decode_utf8_lossy().into_owned();
    }
    // A mail that breaks a line does so within a link, and puts blanks there.
    let mut signs: Vec<char> = Vec::with_capacity(text.len());
    let mut broken = true;
    for c in text.chars().filter_map(ascii) {
        if c == '\n' {
            while signs.last() == Some(&' ') {
                signs.pop();
            }
            broken = true;
        } else if c != ' ' || !broken {
            signs.push(c);
            broken = false;
        }
    }
    let whole = between(&signs, BEFORE, "");
    let inner = between(whole, "", BEHIND);
    // Where dots stand for what was left out, digits of a number may be among that.
    let mut dots = whole[inner.len()..].windows(2);
    let kept = dots
        .position(|two| two == ['.', '.'])
        .map_or(0, |at| at + 2);
    whole[..inner.len() + kept].to_vec()
}

#[inline(never)]
fn is_in(list: &str, sign: char) -> bool {
    list.chars().any(|one| one == sign)
}

/// Without the signs of two lists around it.
#[inline(never)]
fn between<'a>(signs: &'a [char], before: &str, behind: &str) -> &'a [char] {
    let mut signs = signs;
    while let [first, rest @ ..] = signs
        && is_in(before, *first)
    {
        signs = rest;
    }
    while let [rest @ .., last] = signs
        && is_in(behind, *last)
    {
        signs = rest;
    }
    signs
}

/// What stands behind an address, and whether behind a `#`; the whole where there is no address,
/// and none where there is nothing else.
fn query_of(signs: &[char]) -> Option<(&[char], Option<char>)> {
    let end = signs
        .iter()
        .position(|c| matches!(c, '?' | '#'))
        .unwrap_or(signs.len());
    let (address, rest) = signs.split_at(end);
    let behind = match rest.first() {
        None if has_scheme(address) && is_address(address) => return None,
        None => signs,
        Some('#') if is_address(address) => return Some((&rest[1..], Some('#'))),
        Some(_) if is_address(address) => rest,
        Some(_) => signs,
    };
    let asked = between(behind, "?", "");
    // The query of an address may be a whole address again.
    if asked.len() < behind.len() && has_scheme(asked) {
        return query_of(asked);
    }
    Some((asked, None))
}

/// Whether what stands before the first `?` is an address, and no part of the query.
fn is_address(signs: &[char]) -> bool {
    let has_one = |list: &str| signs.iter().any(|&c| is_in(list, c));
    let separators = has_one("=&;");
    let path = || {
        let first = signs.first().copied().unwrap_or('.');
        let host = (first.is_ascii_alphabetic() || first == '.') && has_one(".");
        let strange = has_one(" %") || colon_slashes(signs).is_some();
        !strange && (signs.is_empty() || has_one("/") || host)
    };
    !separators && !is_cut(signs) && (has_scheme(signs) || path())
}

#[inline(never)]
fn colon_slashes(signs: &[char]) -> Option<usize> {
    signs.windows(3).position(|three| three == [':', '/', '/'])
}

/// Whether it begins as https:// does.
#[inline(never)]
fn has_scheme(signs: &[char]) -> bool {
    let of_scheme = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | ':');
    colon_slashes(signs).is_some_and(|end| end > 0 && signs[..end].iter().all(of_scheme))
}

/// Whether a text says that its end was left out.
#[inline(never)]
fn is_cut(signs: &[char]) -> bool {
    matches!(signs, [.., '.', '.']) || signs.iter().any(|&c| is_in("…", c))
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
