//! Statements that rest on words of a page: every number, year, direction, superlative and denial of the claim must be in the quote.

mod contrary;
mod limits;
mod synonyms;

use super::figure::failed;
use super::item::{Item, Way};
use super::lex::{Token, language, tokens};
use super::meaning::{self, Meaning};
use super::quantity::{Counted, Quantity};
use super::unicode::normalised;
use super::vocabulary;
use super::{Check, CheckKind, Dossier, Language};
use synonyms::same_meaning;

/// Words that only say where something is written.
const FRAMING: [&str; 56] = [
    "webbplatsen",
    "webbplats",
    "hemsidan",
    "hemsida",
    "sidan",
    "anger",
    "uppger",
    "skriver",
    "säger",
    "beskriver",
    "citat",
    "citerar",
    "citerat",
    "formulerar",
    "sig",
    "själv",
    "själva",
    "står",
    "framgår",
    "framhåller",
    "berättar",
    "texten",
    "uppgifter",
    "uppgift",
    "egen",
    "egna",
    "lyder",
    "meddelar",
    "website",
    "web",
    "site",
    "page",
    "homepage",
    "says",
    "states",
    "writes",
    "describes",
    "quote",
    "quoting",
    "own",
    "words",
    "text",
    "reads",
    "notes",
    "mentions",
    "stated",
    "written",
    "presents",
    "tells",
    "claims",
    "says that",
    "presenterar",
    "nämner",
    "konstaterar",
    "online",
    "we",
];

/// Letters of a word that a claim may not have of its own.
const LONG_WORD: usize = 11;

/// Holds what a claim says outside of quotation marks against the quotes that it cites. `proved` are numbers that facts have proved.
pub(super) fn report(
    claim: &Meaning,
    text: &str,
    own: Language,
    quotes: &[&str],
    fetched: &[i32],
    dossier: &Dossier,
    proved: &[String],
) -> Vec<Check> {
    let joined = quotes.iter().map(|quote| normalised(quote)).collect::<Vec<_>>().join(". ");
    let spoken = language(&joined);
    // A quote can itself hold quotation marks; all of its words count.
    let evidence = meaning::read(&joined.replace('"', " "), spoken, dossier);
    let mut checks = Vec::new();
    let numbers = |items: &[Item]| -> Vec<(Quantity, Option<String>)> {
        items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| match item {
                Item::Quantity(quantity) => {
                    let mut quantity = quantity.clone();
                    quantity.approx = items[..at]
                        .iter()
                        .rev()
                        .take_while(|item| matches!(item, Item::Approx(_) | Item::Filler))
                        .find_map(|item| match item {
                            Item::Approx(approx) => Some(*approx),
                            _ => None,
                        });
                    Some((quantity.clone(), counted_thing(items, at, &quantity)))
                }
                _ => None,
            })
            .collect()
    };
    let known = numbers(&evidence.items);
    for (quantity, thing) in numbers(&claim.items) {
        if proved.contains(&quantity.written) {
            continue;
        }
        let same_digits: Vec<_> = known.iter().filter(|(other, _)| agrees(&quantity, other)).collect();
        let ok = same_digits.iter().any(|(_, other)| own != spoken || same_thing(thing.as_deref(), other.as_deref()));
        let reason = if ok { "the quote has it" } else { "no quote that is cited has this number of this" };
        checks.push(Check {
            kind: CheckKind::Figure,
            ok,
            written: quantity.written,
            expected: None,
            reason: reason.to_owned(),
            is_conflict: !known.is_empty(),
        });
    }
    checks.extend(years(claim, &evidence, fetched));
    checks.extend(directions(claim, &evidence));
    checks.extend(limits::denial(claim, &evidence, own == spoken));
    checks.extend(limits::plan(claim, &evidence, own == spoken));
    let outside: String = text.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    checks.extend(limits::reach(&outside, &joined, &evidence));
    checks.extend(limits::share_of(claim, &evidence));
    checks.extend(contrary::checks(&outside, &joined));
    checks.extend(limits::other_part(claim, &evidence, own == spoken));
    checks.extend(words(claim, &outside, own, spoken, &joined));
    checks
}

fn years(claim: &Meaning, evidence: &Meaning, fetched: &[i32]) -> Vec<Check> {
    let known = all_years(&evidence.items);
    let mut out = Vec::new();
    for year in all_years(&claim.items) {
        let ok = known.contains(&year) || (!claim.quoted.is_empty() && fetched.contains(&year));
        let reason = if ok { "the quote has it" } else { "no quote that is cited has this year" };
        out.push(Check {
            kind: CheckKind::Period,
            ok,
            written: year.to_string(),
            expected: None,
            reason: reason.to_owned(),
            is_conflict: !known.is_empty(),
        });
    }
    let relative = claim.items.iter().any(|item| matches!(item, Item::Relative(_) | Item::Window(_) | Item::Streak(_)));
    let known_relative =
        evidence.items.iter().any(|item| matches!(item, Item::Relative(_) | Item::Window(_) | Item::Streak(_)));
    if relative && !known_relative {
        out.push(failed(CheckKind::Period, "", "the quote does not say when", false));
    }
    out
}

fn all_years(items: &[Item]) -> Vec<i32> {
    use chrono::Datelike;
    let mut out = Vec::new();
    for item in items {
        match item {
            Item::Year { end, start } => out.extend(start.iter().chain([end])),
            Item::Years(from, to) => out.extend([from, to]),
            Item::Day(day) => out.push(day.year()),
            _ => {}
        }
    }
    out
}

/// What a number counts, by the word that follows it.
fn counted_thing(items: &[Item], at: usize, quantity: &Quantity) -> Option<String> {
    if let Counted::Thing(word) = &quantity.counted {
        return Some(word.clone());
    }
    if quantity.counted == Counted::People {
        return Some("employees".to_owned());
    }
    match items.get(at + 1) {
        Some(Item::Field(mention)) => mention.fields.first().cloned(),
        Some(Item::Name(word) | Item::Unknown(word)) => Some(word.to_lowercase()),
        _ => None,
    }
}

fn same_thing(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => alike(a, b),
        _ => true,
    }
}

/// Whether two numbers say the same: equal by the coarser rounding, of the same unit, equally exact.
fn agrees(a: &Quantity, b: &Quantity) -> bool {
    let unit = match (&a.counted, &b.counted) {
        (Counted::Thing(_) | Counted::Bare | Counted::People, Counted::Thing(_) | Counted::Bare | Counted::People) => {
            true
        }
        (Counted::Sek | Counted::Scaled, Counted::Sek | Counted::Scaled) => true,
        (Counted::Scaled, Counted::Thing(_) | Counted::Bare) | (Counted::Thing(_) | Counted::Bare, Counted::Scaled) => {
            true
        }
        (x, y) => x == y,
    };
    let plain = |quantity: &Quantity| Quantity { approx: None, ..quantity.clone() };
    use super::item::Approx::{Above, AtLeast, AtMost, Below, JustAbove, JustBelow};
    let side = |quantity: &Quantity| match quantity.approx {
        Some(Above | AtLeast | JustAbove) => 1,
        Some(Below | AtMost | JustBelow) => -1,
        _ => 0,
    };
    unit && side(a) == side(b) && a.upper == b.upper && plain(a).says(b.value)
}

fn directions(claim: &Meaning, evidence: &Meaning) -> Vec<Check> {
    let ways = |items: &[Item]| -> Vec<(Way, &'static str)> {
        items
            .iter()
            .filter_map(|item| match item {
                Item::Change(way) | Item::Compare(way) => Some((*way, "change")),
                Item::Extreme(way) => Some((*way, "superlative")),
                Item::Factor(factor) => Some((if factor.exact > 1.0 { Way::Up } else { Way::Down }, "multiple")),
                Item::Negative => Some((Way::Down, "sign")),
                Item::Positive => Some((Way::Up, "sign")),
                Item::Unproved(what) => Some((Way::Flat, what)),
                _ => None,
            })
            .collect()
    };
    let known = ways(&evidence.items);
    let mut out = Vec::new();
    for (way, what) in ways(&claim.items) {
        let ok = known
            .iter()
            .any(|(other, kind)| *other == way && (*kind == what || (what != "superlative" && way != Way::Flat)))
            || (what == "superlative"
                && known.iter().any(|(_, kind)| *kind == "a comparison with others")
                && known.contains(&(way, "superlative")));
        let opposite = known.iter().any(|(other, kind)| *kind == what && *other != way);
        let reason = if ok { "the quote says it too" } else { "the quote does not say it" };
        out.push(Check {
            kind: CheckKind::Direction,
            ok,
            written: what.to_owned(),
            expected: None,
            reason: reason.to_owned(),
            is_conflict: opposite,
        });
    }
    out
}

pub(super) fn content(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Unknown(word) => Some(word.clone()),
            Item::Name(name) => Some(name.to_lowercase()),
            Item::Quantity(quantity) => Some(format!("{}", quantity.value)),
            Item::Field(mention) => mention.fields.first().cloned(),
            _ => None,
        })
        .collect()
}

/// Whether two words have one stem, or one is part of the other, as Swedish compounds are.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let shorter = a.chars().count().min(b.chars().count());
    common >= 5.min(shorter.max(3)) && (common >= 4 || common == shorter)
        || (shorter >= 4 && (a.contains(b) || b.contains(a)))
        || (shorter >= 6 && (b.contains(stem(a)) || a.contains(stem(b))))
}

fn stem(word: &str) -> &str {
    ["arna", "erna", "orna", "ande", "ning", "ar", "er", "or", "en", "et", "na", "s", "n", "t", "a", "e"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 4))
        .unwrap_or(word)
}

/// In one language, most words of a claim are words of its quote; between two languages only numbers and names can be compared.
fn words(claim: &Meaning, outside: &str, own: Language, spoken: Language, quote: &str) -> Option<Check> {
    let own_tokens = tokens(outside);
    let quote_words: Vec<String> = tokens(quote).iter().filter_map(Token::word).map(str::to_owned).collect();
    let said: Vec<&str> = own_tokens
        .iter()
        .filter_map(Token::word)
        .filter(|word| word.chars().count() > 2 && !FRAMING.contains(word) && !vocabulary::is_known(word, own))
        .collect();
    if said.is_empty() {
        // Only a frame around a quote, or numbers and names, which are checked apart.
        let says_anything = !claim.quoted.is_empty()
            || claim
                .items
                .iter()
                .any(|item| matches!(item, Item::Quantity(_) | Item::Name(_) | Item::Field(_) | Item::Year { .. }));
        return (!says_anything).then(|| failed(CheckKind::Quote, "", "says nothing that a quote could prove", false));
    }
    if own != spoken && claim.quoted.is_empty() {
        // A translation is proved by its numbers and names; one that has none is an opinion.
        let has_anchor = claim
            .items
            .iter()
            .any(|item| matches!(item, Item::Quantity(_) | Item::Name(_) | Item::Year { .. } | Item::Day(_)))
            || said.iter().any(|word| quote_words.iter().any(|other| alike(word, other)));
        return (!has_anchor).then(|| {
            failed(CheckKind::Quote, "", "the quote is in another language and shares no number and no name", false)
        });
    }
    let missing: Vec<&str> =
        said.iter().filter(|word| !quote_words.iter().any(|other| same_meaning(word, other))).copied().collect();
    // A long word is a compound that says of what, for whom or with what: another one is another statement.
    let is_other = own == spoken && missing.iter().any(|word| word.chars().count() >= LONG_WORD);
    (missing.len() * 3 > said.len() || is_other || (own == spoken && adds_to_a_list(&own_tokens, &missing)))
        .then(|| failed(CheckKind::Quote, &missing.join(" "), "the quote does not say this", false))
}

/// “Sawmills and mines” of a quote that has sawmills and paper mills: what is joined to a word of the quote must stand in it, too.
fn adds_to_a_list(said: &[Token], missing: &[&str]) -> bool {
    let joins = |token: &Token| matches!(token.word(), Some("och" | "samt" | "and")) || token.is_mark(',');
    said.windows(3).any(|three| {
        let (Some(before), Some(word)) = (three[0].word(), three[2].word()) else { return false };
        joins(&three[1]) && missing.contains(&word) && before.chars().count() > 2 && !missing.contains(&before)
    })
}
