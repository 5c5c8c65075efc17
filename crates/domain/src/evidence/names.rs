//! Who a claim speaks of: the company itself, or somebody that a cited passage names.

use super::Dossier;
use super::lex::{Token, tokens};
use super::unicode::normalised;

/// Names that are written differently in the two languages.
const TRANSLATED: [(&str, &str); 34] = [
    ("sweden", "sverige"),
    ("swedish", "svensk"),
    ("norway", "norge"),
    ("norwegian", "norsk"),
    ("denmark", "danmark"),
    ("danish", "dansk"),
    ("finland", "finland"),
    ("finnish", "finsk"),
    ("germany", "tyskland"),
    ("german", "tysk"),
    ("gothenburg", "göteborg"),
    ("copenhagen", "köpenhamn"),
    ("nordic", "nordisk"),
    ("nordics", "norden"),
    ("scandinavia", "skandinavien"),
    ("scandinavian", "skandinavisk"),
    ("europe", "europa"),
    ("european", "europeisk"),
    ("france", "frankrike"),
    ("french", "fransk"),
    ("italy", "italien"),
    ("spain", "spanien"),
    ("poland", "polen"),
    ("estonia", "estland"),
    ("latvia", "lettland"),
    ("lithuania", "litauen"),
    ("china", "kina"),
    ("chinese", "kinesisk"),
    ("russia", "ryssland"),
    ("usa", "usa"),
    ("british", "brittisk"),
    ("netherlands", "nederländerna"),
    ("dutch", "nederländsk"),
    ("scania", "skåne"),
];

/// Words of a name that say nothing of whose it is.
const FORMS: [&str; 14] =
    ["ab", "aktiebolag", "hb", "kb", "publ", "group", "sverige", "sweden", "holding", "ltd", "inc", "plc", "as", "oy"];

fn words(text: &str) -> Vec<String> {
    let tokens = tokens(&normalised(text));
    tokens
        .into_iter()
        .filter_map(|token| match token {
            Token::Word { lower, .. } => Some(lower),
            Token::Number { digits, .. } => Some(digits),
            Token::Mark(_) => None,
        })
        .collect()
}

fn telling(name: &str) -> Vec<String> {
    let all = words(name);
    let telling: Vec<String> = all.iter().filter(|word| !FORMS.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { all } else { telling }
}

fn same(a: &str, b: &str) -> bool {
    a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a)
}

/// Whether every word of the name stands in the texts.
pub(super) fn is_in(name: &str, texts: &[&str]) -> bool {
    let known: Vec<String> = texts.iter().flat_map(|text| words(text)).collect();
    telling(name).iter().all(|word| known.iter().any(|other| same(word, other) || translates(word, other)))
}

fn translates(a: &str, b: &str) -> bool {
    TRANSLATED.iter().any(|(en, sv)| (same(a, en) && b.starts_with(sv)) || (a.starts_with(sv) && same(b, en)))
}

/// Whether the name is the company's own: its registered name, or, where the dossier has none, what its pages call it.
pub(super) fn is_own(name: &str, dossier: &Dossier) -> bool {
    if let Some(own) = &dossier.name {
        return is_in(name, &[own]);
    }
    let wanted = telling(name);
    let first = wanted.first().map_or("", String::as_str);
    let pages = dossier
        .passages
        .iter()
        .filter(|passage| passage.orgnr.as_ref().is_none_or(|orgnr| same_orgnr(orgnr, &dossier.orgnr)));
    let mut is_named = false;
    for passage in pages {
        let host = passage.url.split('/').nth(2).unwrap_or_default().replace(['-', '.'], "");
        let joined: String = wanted.concat().chars().map(|c| crate::filter::fold::fold_char(c).unwrap_or(c)).collect();
        if joined.len() >= 4 && host.contains(&joined) {
            return true;
        }
        for sentence in &passage.sentences {
            if !is_in(name, &[&sentence.text]) {
                continue;
            }
            let sentence = words(&sentence.text);
            let at = sentence.iter().position(|word| same(word, first));
            // "Nordvik är …", "Vi på Nordvik …", "Om Nordvik", "Welcome to Nordvik"
            let before: Vec<&str> = at.map_or(Vec::new(), |at| sentence[..at].iter().map(String::as_str).collect());
            is_named |= before.is_empty()
                || matches!(
                    before.as_slice(),
                    ["vi", "på"]
                        | ["om"]
                        | ["about"]
                        | ["hos"]
                        | ["at"]
                        | ["we", "at"]
                        | ["välkommen", "till"]
                        | ["welcome", "to"]
                );
        }
    }
    is_named
}

/// Whether two organisation numbers are the same, however they are written.
pub(super) fn same_orgnr(a: &str, b: &str) -> bool {
    let digits = |text: &str| -> String {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.strip_prefix("16").filter(|rest| rest.len() == 10).map_or(digits.clone(), str::to_owned)
    };
    digits(a) == digits(b)
}

/// An organisation number in a text, as ten digits with or without its hyphen.
pub(super) fn orgnrs(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut out = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let is_start = digit(at) && (at == 0 || !digit(at - 1));
        let run = characters[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if is_start
            && run == 6
            && characters.get(at + 6) == Some(&'-')
            && (7..11).all(|offset| digit(at + offset))
            && !digit(at + 11)
        {
            out.push(characters[at..at + 11].iter().collect());
            at += 11;
        } else {
            at += 1;
        }
    }
    out
}
