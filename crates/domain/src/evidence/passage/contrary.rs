//! What a claim says in other words than its quote, and against it: the other side of a pair, another unit, another beginning.
//! Both sides are compared in either language, so that a translation cannot turn its quote.

use super::super::figure::failed;
use super::super::lex::{Token, tokens};
use super::super::{Check, CheckKind};

/// Beginnings of words that exclude each other where both are said of one thing; a trailing `.` asks for the whole word.
const PAIRS: [(&[&str], &[&str]); 13] = [
    (&["utanför", "outside"], &["inom.", "within.", "inside."]),
    (
        &[
            "export",
            "utlandet",
            "utomlands",
            "abroad",
            "overseas",
            "utländsk",
            "internationell",
            "international",
            "foreign",
        ],
        &["inhemsk", "inrikes", "domestic", "hemmamarknad", "nationell", "nationally", "home market."],
    ),
    (
        &["hyr.", "hyra.", "hyrs.", "hyrda.", "hyrd.", "rent.", "rents.", "rented", "lease", "leasing"],
        &["äger.", "ägda.", "egenägd", "owns.", "owned.", "freehold"],
    ),
    (
        &["förvärvat", "förvärvade", "köpte.", "köpt.", "acquired", "bought"],
        &["såld", "sålt.", "avyttra", "divest", "sold."],
    ),
    (&["leverantör", "supplier", "vendor"], &["kund.", "kunder", "kunden", "kunderna", "customer", "client"]),
    (
        &["privata.", "privatpersoner", "konsument", "consumer", "households", "hushåll"],
        &["företagskund", "industrikund", "business customers.", "b2b"],
    ),
    (
        &["öppnade", "öppnar", "opened", "opens", "invig"],
        &["stängde", "stänger", "closed", "closes", "lade ner.", "nedlagd"],
    ),
    (
        &["anställde", "anställer", "nyanställ", "hired", "hires", "recruited", "rekryter"],
        &["sade upp.", "säger upp.", "varslade", "varslar", "laid off.", "dismissed", "redundan"],
    ),
    (&["manuell", "manual", "handgjord", "handmade"], &["automat", "robot"]),
    (&["inomhus", "indoor"], &["utomhus", "outdoor"]),
    (&["begagnad", "second-hand", "used."], &["nytillverk", "nya.", "brand-new"]),
    (&["vunnit", "vann.", "won."], &["förlorat", "förlorade", "lost."]),
    (
        &["familjeägd", "familjen äger.", "family-owned"],
        &["börsnoterad", "listed.", "riskkapitalägd", "private-equity"],
    ),
];

/// Units that a number can be of, by their beginnings, and what names them in the other language.
const UNITS: [&[&str]; 14] = [
    &["kvadratmeter", "kvm.", "m2.", "square met", "sqm.", "sq m."],
    &["square f", "kvadratfot", "sq ft.", "sqft."],
    &["hektar", "hectare"],
    &["meter.", "metres.", "meters.", "metre."],
    &["kilometer", "kilometre", "km."],
    &["ton.", "tons.", "tonnes.", "tonne."],
    &["kilo.", "kilogram", "kg."],
    &["liter.", "litre", "liters."],
    &["timmar", "hours."],
    &["dagar", "dygn", "days."],
    &["veckor", "weeks."],
    &["månader", "months."],
    &["år.", "years."],
    &["procent", "per cent.", "percent", "%."],
];

/// The words of a text in lower case, marks as words of their own.
fn lower(text: &str) -> Vec<String> {
    tokens(text)
        .iter()
        .map(|token| match token {
            Token::Word { lower, .. } => lower.clone(),
            Token::Number { digits, .. } => digits.clone(),
            Token::Mark(mark) => mark.to_string(),
        })
        .collect()
}

/// Whether the words from `at` on are what a pattern asks for.
fn starts(words: &[String], at: usize, pattern: &str) -> bool {
    let (pattern, is_whole) = pattern.strip_suffix('.').map_or((pattern, false), |whole| (whole, true));
    let parts: Vec<&str> = pattern.split(' ').collect();
    parts.iter().enumerate().all(|(index, part)| {
        words
            .get(at + index)
            .is_some_and(|word| if index + 1 < parts.len() || is_whole { word == part } else { word.starts_with(part) })
    })
}

fn holds(words: &[String], patterns: &[&str]) -> bool {
    (0..words.len()).any(|at| patterns.iter().any(|pattern| starts(words, at, pattern)))
}

/// Every way in which what a claim says outside of quotation marks is against its quote.
pub(super) fn checks(outside_quotes: &str, quote: &str) -> Vec<Check> {
    let (claim, words) = (lower(outside_quotes), lower(quote));
    [
        other_side(&claim, &words),
        other_unit(&claim, &words),
        other_beginning(&claim, &words),
        other_role(&claim, &words),
        other_buyer(&claim, &words),
        possibility(&claim, quote),
        outside(&claim, &words),
        one_of(&claim, &words),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A claim that names the one side of a pair where its quote names the other alone says the contrary.
fn other_side(claim: &[String], quote: &[String]) -> Option<Check> {
    let is_contrary = |said: &[&str], against: &[&str]| {
        holds(claim, said) && !holds(claim, against) && holds(quote, against) && !holds(quote, said)
    };
    let pair = PAIRS.iter().find(|(one, other)| is_contrary(one, other) || is_contrary(other, one))?;
    let side = if holds(claim, pair.0) { pair.0 } else { pair.1 };
    let word = claim.iter().enumerate().find(|(at, _)| side.iter().any(|pattern| starts(claim, *at, pattern)));
    Some(failed(CheckKind::Quote, word.map_or("", |(_, word)| word), "the quote says the contrary", true))
}

/// The unit that stands behind a number.
fn unit(words: &[String], at: usize) -> Option<usize> {
    UNITS.iter().position(|patterns| patterns.iter().any(|pattern| starts(words, at, pattern)))
}

fn digits(word: &str) -> Option<String> {
    let plain: String = word.chars().filter(char::is_ascii_digit).collect();
    let is_number = word.starts_with(|c: char| c.is_ascii_digit());
    (is_number && !plain.is_empty()).then_some(plain)
}

/// A number of a claim that its quote has of another unit.
fn other_unit(claim: &[String], quote: &[String]) -> Option<Check> {
    let units = |words: &[String]| -> Vec<(String, usize)> {
        (0..words.len()).filter_map(|at| Some((digits(&words[at])?, unit(words, at + 1)?))).collect()
    };
    let known = units(quote);
    units(claim).into_iter().find_map(|(number, unit)| {
        let mut same = known.iter().filter(|(other, _)| *other == number).peekable();
        same.peek()?;
        let is_other = same.all(|(_, other)| *other != unit);
        is_other.then(|| failed(CheckKind::Figure, &number, "the quote has it of another unit", true))
    })
}

/// Who somebody is in a company: the nouns for it, and what else a quote can say it with.
const ROLES: [(&[&str], &[&str]); 7] = [
    (&["vd.", "verkställande", "ceo.", "managing director", "chief executive"], &[]),
    (&["ordförande", "styrelseordförande", "chair.", "chairman", "chairwoman", "chairperson"], &[]),
    (&["ekonomichef", "finanschef", "cfo.", "finance director", "chief financial"], &[]),
    (&["grundare", "grundarna", "founder"], &["grundade", "founded", "startade", "started"]),
    (&["ledamot", "styrelseledamot", "board member"], &[]),
    (&["revisor", "auditor"], &[]),
    (&["ägare", "ägarna", "owner"], &["äger.", "ägs.", "owns.", "owned.", "own."]),
];

/// A claim that gives somebody another part than its quote does.
fn other_role(claim: &[String], quote: &[String]) -> Option<Check> {
    let is_in_quote = |(nouns, verbs): &(&[&str], &[&str])| holds(quote, nouns) || holds(quote, verbs);
    let is_told = ROLES.iter().any(is_in_quote);
    let (nouns, _) = ROLES.iter().find(|role| holds(claim, role.0) && !is_in_quote(role)).filter(|_| is_told)?;
    Some(failed(CheckKind::Name, nouns[0].trim_end_matches('.'), "the quote names another part", true))
}

/// Who buys and who is bought.
fn other_buyer(claim: &[String], quote: &[String]) -> Option<Check> {
    const BUYS: [&str; 6] = ["köpt", "förvärva", "acquired", "bought", "uppköpt", "taken over"];
    let is_by = |words: &[String]| {
        (0..words.len()).any(|at| {
            BUYS.iter().any(|pattern| starts(words, at, pattern))
                && words[at + 1..].iter().take(2).any(|word| matches!(word.as_str(), "by" | "av"))
        })
    };
    (holds(claim, &BUYS) && holds(quote, &BUYS) && is_by(claim) != is_by(quote))
        .then(|| failed(CheckKind::Quote, "", "the quote names another buyer", true))
}

/// What a quote says to be possible is no fact.
fn possibility(claim: &[String], quote: &str) -> Option<Check> {
    const PERHAPS: [&str; 9] =
        ["may.", "might.", "could.", "perhaps", "possibly", "kanske", "eventuell", "möjligen", "kan komma att."];
    // The month is written with a capital.
    let quote: Vec<String> = tokens(quote)
        .iter()
        .filter_map(|token| match token {
            Token::Word { written, .. } if written == "May" => None,
            Token::Word { lower, .. } => Some(lower.clone()),
            _ => None,
        })
        .collect();
    (holds(&quote, &PERHAPS) && !holds(claim, &PERHAPS))
        .then(|| failed(CheckKind::Quote, "", "the quote tells a possibility, the claim a fact", true))
}

/// What a quote says of what is outside of a place, the claim must say of that, too.
fn outside(claim: &[String], quote: &[String]) -> Option<Check> {
    const OUTSIDE: [&str; 2] = ["utanför", "outside"];
    const ABROAD: [&str; 10] = [
        "utanför",
        "outside",
        "utomlands",
        "utlandet",
        "utländsk",
        "export",
        "abroad",
        "overseas",
        "foreign",
        "internation",
    ];
    (holds(quote, &OUTSIDE) && !holds(claim, &ABROAD))
        .then(|| failed(CheckKind::Quote, "", "the quote says it of what is outside", true))
}

/// “One of the oldest” is not the oldest.
fn one_of(claim: &[String], quote: &[String]) -> Option<Check> {
    const ONE_OF: [&str; 6] = ["en av.", "ett av.", "bland.", "one of.", "among.", "hör till."];
    let is_superlative = |word: &String| {
        let long = word.chars().count() >= 4;
        long && ["sta", "ste", "est", "most"].iter().any(|ending| word.ends_with(ending))
            || matches!(word.as_str(), "ledande" | "leading" | "top")
    };
    let is_one_of_many = (0..quote.len()).any(|at| {
        ONE_OF.iter().any(|pattern| starts(quote, at, pattern)) && quote.iter().skip(at + 1).take(5).any(is_superlative)
    });
    (is_one_of_many && claim.iter().any(is_superlative) && !holds(claim, &ONE_OF))
        .then(|| failed(CheckKind::Quote, "", "the quote says it of one of several", true))
}

/// “Since” without a year names a beginning, which the quote must name, too.
fn other_beginning(claim: &[String], quote: &[String]) -> Option<Check> {
    const SINCE: [&str; 2] = ["since", "sedan"];
    const FOUNDING: [&str; 10] = [
        "grunda",
        "founded",
        "founding",
        "establish",
        "etablera",
        "bildad",
        "start.",
        "starten",
        "inception",
        "begynnelse",
    ];
    let at = claim.iter().position(|word| SINCE.contains(&word.as_str()))?;
    let behind = &claim[at + 1..];
    let has_year = behind.iter().take(4).any(|word| digits(word).is_some());
    let names_founding = holds(behind, &FOUNDING);
    (names_founding && !has_year && !holds(quote, &FOUNDING))
        .then(|| failed(CheckKind::Period, &claim[at], "the quote names another beginning", false))
}
