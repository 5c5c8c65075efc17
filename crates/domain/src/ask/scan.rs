//! A sentence in pieces: words, numbers, quoted words and signs, each with its place.

use crate::filter::fold::fold;
use crate::filter::number::Decimal;

/// One piece of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
}

/// What a piece is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A word in lower case, and without its accents.
    Word { exact: String, folded: String, capital: bool, capitals: bool },
    /// A number; `grouped` when one point or comma before three digits was taken for a group of thousands.
    Number { value: Decimal, grouped: bool },
    /// Words in quotes.
    Quoted(String),
    /// A sign: a comparison, `%`, a currency, a bracket, `-` between numbers, or `,` for every sign that parts.
    Sign(&'static str),
}

/// The pieces of a sentence, in order. Hyphens inside words part them; dashes count between numbers only.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let start = at;
        let rest = &text[at..];
        at += first.len_utf8();
        let kind = if first.is_ascii_digit() {
            let (length, value, grouped) = number(rest);
            at = start + length;
            value.map(|value| Kind::Number { value, grouped })
        } else if first.is_alphabetic() {
            let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            at = start + length;
            Some(word(&rest[..length]))
        } else if matches!(first, '"' | '“' | '”' | '„' | '»' | '«') {
            let closing = rest[first.len_utf8()..].find(['"', '“', '”', '»', '«']);
            closing.map(|length| {
                let inside = &rest[first.len_utf8()..first.len_utf8() + length];
                let after = first.len_utf8() + length;
                at = start + after + rest[after..].chars().next().map_or(0, char::len_utf8);
                Kind::Quoted(inside.trim().to_owned())
            })
        } else if matches!(first, '-' | '–' | '—' | '−') {
            let follows = rest[first.len_utf8()..].trim_start_matches([' ', '\u{a0}']);
            let is_number = follows.starts_with(|c: char| c.is_ascii_digit());
            let directly = rest[first.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
            if is_number && after_number(&tokens) {
                Some(Kind::Sign("-"))
            } else if directly && !text[..start].ends_with(char::is_alphanumeric) && first != '—' {
                let (length, value, grouped) = number(&rest[first.len_utf8()..]);
                at = start + first.len_utf8() + length;
                let negative = value.and_then(|value| Decimal::parse(&format!("-{}", value.plain())));
                negative.map(|value| Kind::Number { value, grouped })
            } else {
                None
            }
        } else {
            let (length, sign) = sign(rest);
            at = start + length.max(first.len_utf8());
            sign.map(Kind::Sign)
        };
        if let Some(kind) = kind {
            tokens.push(Token { start, end: at, kind });
        }
    }
    tokens
}

fn word(text: &str) -> Kind {
    let exact = text.to_lowercase();
    Kind::Word {
        folded: fold(&exact),
        capital: text.starts_with(char::is_uppercase),
        capitals: text.chars().count() > 1 && text.chars().all(char::is_uppercase),
        exact,
    }
}

/// Whether the last pieces are a number, with or without its unit: a dash then means “to”.
fn after_number(tokens: &[Token]) -> bool {
    match tokens {
        [.., Token { kind: Kind::Number { .. }, .. }] => true,
        [
            ..,
            Token { kind: Kind::Number { .. }, end, .. },
            Token { kind: Kind::Word { .. } | Kind::Sign("%"), start, .. },
        ] => start.saturating_sub(*end) <= 1,
        _ => false,
    }
}

fn sign(rest: &str) -> (usize, Option<&'static str>) {
    const SIGNS: [&str; 16] = [">=", "<=", "≥", "≤", ">", "<", "=", "%", "€", "$", "£", "+", "&", "(", ")", ","];
    if let Some(found) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return (found.len(), Some(found));
    }
    (0, rest.starts_with([';', '.', ':', '?', '!', '\n']).then_some(","))
}

/// How long the number at the start is, and its value: groups of three parted by spaces, points or commas; a decimal point or comma.
fn number(rest: &str) -> (usize, Option<Decimal>, bool) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(rest);
    let mut plain = rest[..length].to_owned();
    // Groups parted by spaces.
    if length <= 3 {
        while let Some(space) = rest[length..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')) {
            let after = length + space.len_utf8();
            if digits(&rest[after..]) != 3 {
                break;
            }
            plain.push_str(&rest[after..after + 3]);
            length = after + 3;
        }
    }
    let grouped_by_space = plain.len() > 3 && length > plain.len();
    let Some(mark) = rest[length..].chars().next().filter(|c| matches!(c, '.' | ',')) else {
        return (length, Decimal::parse(&plain), false);
    };
    let first = digits(&rest[length + 1..]);
    if first == 0 {
        return (length, Decimal::parse(&plain), false);
    }
    let mut groups = 0;
    let mut end = length;
    let mut all = plain.clone();
    while rest[end..].starts_with(mark) && digits(&rest[end + 1..]) == 3 {
        all.push_str(&rest[end + 1..end + 4]);
        end += 4;
        groups += 1;
    }
    let can_group = plain.len() <= 3 && plain != "0" && !grouped_by_space;
    if groups > 0 && can_group {
        return (end, Decimal::parse(&all), groups == 1);
    }
    let end = length + 1 + first;
    (end, Decimal::parse(&format!("{plain}.{}", &rest[length + 1..end])), false)
}
