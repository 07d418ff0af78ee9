//! What a person reads from the engine stands in src/words/ and nowhere else in the library, so
//! that it can be translated.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::fs;
use std::path::{Path, PathBuf};

/// What takes a text that speaks of a fault of the program, or of none at all.
const NOT_SAID: [&str; 12] = [
    "expect",
    "panic",
    "unreachable",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "const_assert",
    "include_str",
    "expecting",
];

/// The declarations for TypeScript, and the name of a format.
fn is_code(text: &str) -> bool {
    text.contains("export ") || text == "\"uphill result\""
}

/// Whether a text has two words in a row.
fn is_said(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let is_word = |word: &&str| {
        if word.contains('{') {
            return false;
        }
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.chars().count() > 1 && word.chars().all(|c| c.is_lowercase() || c == '’')
    };
    words.windows(2).any(|two| two.iter().all(is_word)) && !is_code(text)
}

/// The texts that are said in a piece of source, with their lines.
fn said(stream: TokenStream, found: &mut Vec<(usize, String)>) {
    let mut spared = false;
    let mut tokens = stream.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            // Attributes, documentation among them; and a module of tests with what it has.
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                if matches!(tokens.peek(), Some(TokenTree::Punct(inner)) if inner.as_char() == '!')
                {
                    tokens.next();
                }
                let attribute = tokens.next().map(|group| group.to_string());
                if attribute.is_some_and(|text| text.replace(' ', "") == "[cfg(test)]") {
                    let whole = |token: &TokenTree| matches!(token, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
                    let _ = tokens.by_ref().find(whole);
                }
            }
            TokenTree::Ident(name) => spared = NOT_SAID.contains(&name.to_string().as_str()),
            TokenTree::Punct(sign) if sign.as_char() == '!' => {}
            TokenTree::Group(group) => {
                if !spared {
                    said(group.stream(), found);
                }
                spared = false;
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if text.contains('"') && is_said(&text) {
                    found.push((literal.span().start().line, text));
                }
            }
            TokenTree::Punct(_) => spared = false,
        }
    }
}

fn said_in(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    said(source.parse().expect("the source is Rust"), &mut found);
    found
}

#[test]
fn what_is_said_is_found() {
    let source = r#"
        //! A comment of words.
        /// More of them.
        fn f() -> String {
            let key = "one"; // two words
            g().expect("it is never said");
            assert!(true, "neither is this");
            format!("{key} of many words, {}", "and more of them")
        }
        #[cfg(test)]
        mod tests { const A: &str = "not of the library"; }
        const LABEL: &str = "time of the run";
    "#;
    let lines: Vec<usize> = said_in(source).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [8, 8, 12]);
}

/// The files of the library, without the words and the command.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the library is here");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    paths
        .filter(|path| !path.ends_with("src/words") && !path.ends_with("src/bin"))
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn nothing_is_said_outside_of_the_words() {
    let files = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(files.len() > 50, "{files:?}");
    let found: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let source = fs::read_to_string(file).expect("it can be read");
            said_in(&source)
                .into_iter()
                .map(move |(line, text)| format!("{}:{line}: {text}", file.display()))
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
