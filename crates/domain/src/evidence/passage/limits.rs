//! Words of a quote that limit what it says, and must limit the claim too: denials, plans, and of how many it is true.

use super::super::figure::failed;
use super::super::item::Item;
use super::super::lex::{Token, tokens};
use super::super::meaning::Meaning;
use super::super::quantity::Counted;
use super::super::vocabulary::PLANNED;
use super::super::{Check, CheckKind};
use super::{alike, content};

/// Parts of a sentence that say something of their own.
fn parts(items: &[Item]) -> impl Iterator<Item = &[Item]> {
    items.split(|item| matches!(item, Item::Comma | Item::Join | Item::Stop))
}

fn shares(words: &[String], others: &[String]) -> bool {
    words.iter().any(|word| others.iter().any(|other| alike(word, other)))
}

/// A claim denies what its quote denies, and nothing else. `is_same_language`: whether their words can be compared.
pub(super) fn denial(claim: &Meaning, evidence: &Meaning, is_same_language: bool) -> Option<Check> {
    let denies = |items: &[Item]| items.contains(&Item::Not);
    let (said, quoted) = (denies(&claim.items), denies(&evidence.items));
    if !claim.quoted.is_empty() && !said {
        return None;
    }
    let is_same = if said {
        quoted
            && (!is_same_language
                || parts(&claim.items).filter(|part| denies(part)).all(|part| is_denied(part, evidence)))
    } else {
        // The quote can deny something in a clause that the claim does not speak of.
        let words = content(&claim.items);
        !parts(&evidence.items).any(|part| denies(part) && shares(&content(part), &words))
    };
    (!is_same).then(|| failed(CheckKind::Quote, "not", "the claim and its quote differ in what they deny", true))
}

/// Whether what a part of the claim denies is denied by a part of the quote, too.
fn is_denied(part: &[Item], evidence: &Meaning) -> bool {
    let at = part.iter().position(|item| *item == Item::Not).unwrap_or_default();
    let behind = content(&part[at..]);
    let words = if behind.is_empty() { content(&part[..at]) } else { behind };
    // A denial without a word to compare is told by its numbers and names.
    words.is_empty() || parts(&evidence.items).any(|part| part.contains(&Item::Not) && shares(&content(part), &words))
}

/// What a quote only plans, hopes or expects is no fact.
pub(super) fn plan(claim: &Meaning, evidence: &Meaning, is_same_language: bool) -> Option<Check> {
    let planned = Item::Unproved(PLANNED);
    if !claim.quoted.is_empty() || claim.items.contains(&planned) {
        return None;
    }
    let words = content(&claim.items);
    let is_planned = parts(&evidence.items)
        .any(|part| part.contains(&planned) && (!is_same_language || shares(&content(part), &words)));
    is_planned.then(|| failed(CheckKind::Quote, "", "the quote tells a plan, the claim a fact", false))
}

/// “The head office is in Borås, and a service office in Umeå” says nothing of a head office in Umeå: the words of a claim of one
/// part and its names and numbers must stand in one part of the quote.
pub(super) fn other_part(claim: &Meaning, evidence: &Meaning, is_same_language: bool) -> Option<Check> {
    let mut said = parts(&claim.items).filter(|part| !part.is_empty());
    let (Some(part), None, true) = (said.next(), said.next(), is_same_language) else { return None };
    // A capital at the beginning of a part can be that of a sentence.
    let words = |items: &[Item]| -> Vec<String> {
        let unknown = items.iter().enumerate().filter_map(|(at, item)| match item {
            Item::Unknown(word) => Some(word.clone()),
            Item::Name(name) if at == 0 => Some(name.to_lowercase()),
            _ => None,
        });
        unknown.collect()
    };
    let anchors = |items: &[Item]| -> Vec<String> {
        let named = items.iter().enumerate().filter_map(|(at, item)| match item {
            Item::Name(_) if at == 0 => None,
            Item::Name(name) => Some(name.to_lowercase()),
            Item::Quantity(quantity) => Some(format!("{}", quantity.value)),
            Item::Year { end, .. } => Some(end.to_string()),
            _ => None,
        });
        named.collect()
    };
    let (own_words, own_anchors) = (words(part), anchors(part));
    let quoted: Vec<&[Item]> = parts(&evidence.items).filter(|part| !part.is_empty()).collect();
    let has_word = |items: &[Item]| shares(&words(items), &own_words);
    let has_anchor = |items: &[Item]| anchors(items).iter().any(|anchor| own_anchors.contains(anchor));
    let is_apart = quoted.iter().any(|part| has_word(part))
        && quoted.iter().any(|part| has_anchor(part))
        && !quoted.iter().any(|part| has_word(part) && has_anchor(part))
        // Where the part with the words has names or numbers of its own, it says them of those.
        && quoted.iter().any(|part| has_word(part) && !anchors(part).is_empty());
    is_apart.then(|| failed(CheckKind::Quote, "", "the quote says it of something else", true))
}

/// A share of a figure (“70 % of revenue”) needs a quote that names the figure, in whatever language.
pub(super) fn share_of(claim: &Meaning, evidence: &Meaning) -> Option<Check> {
    let items: Vec<&Item> = claim.items.iter().filter(|item| **item != Item::Filler).collect();
    let of = items.windows(3).find_map(|items| match items {
        [Item::Quantity(quantity), Item::Of, Item::Field(mention)] if quantity.counted == Counted::Percent => {
            Some(mention)
        }
        _ => None,
    })?;
    let is_named = evidence
        .items
        .iter()
        .any(|item| matches!(item, Item::Field(other) if other.fields.iter().any(|field| of.fields.contains(field))));
    (!is_named)
        .then(|| failed(CheckKind::Figure, &of.fields.join(" or "), "the quote does not name this figure", false))
}

/// Words by what they say of how many something is true.
const REACHES: [(&str, &[&str]); 4] = [
    (
        "all",
        &[
            "alla",
            "allt",
            "allihop",
            "samtliga",
            "varje",
            "vartenda",
            "hela",
            "helt",
            "alltid",
            "genomgående",
            "all",
            "every",
            "each",
            "entire",
            "entirely",
            "whole",
            "wholly",
            "always",
            "everything",
            "everyone",
            "completely",
            "fully",
            "full",
            "throughout",
            "nationwide",
            "rikstäckande",
            "100",
        ],
    ),
    ("only", &["endast", "bara", "enbart", "uteslutande", "enda", "only", "solely", "exclusively", "sole", "merely"]),
    ("part", &["delvis", "delägt", "delägd", "delägs", "minoritet", "minoriteten", "partly", "partially", "minority"]),
    (
        "most",
        &[
            "flesta",
            "majoriteten",
            "majoritet",
            "merparten",
            "huvuddelen",
            "huvudsakligen",
            "främst",
            "mestadels",
            "most",
            "mostly",
            "majority",
            "mainly",
            "primarily",
            "predominantly",
            "largely",
        ],
    ),
];

/// A claim about all, only or most needs a quote that says so.
pub(super) fn reach(outside: &str, quote: &str, evidence: &Meaning) -> Option<Check> {
    let quote_tokens = tokens(quote);
    let has = |words: &[&str]| {
        quote_tokens.iter().any(|token| match token {
            Token::Word { lower, .. } => words.contains(&lower.as_str()),
            Token::Number { digits, .. } => words.contains(&digits.as_str()),
            Token::Mark(_) => false,
        })
    };
    let half = evidence.items.iter().any(
        |item| matches!(item, Item::Quantity(quantity) if quantity.counted == Counted::Percent && quantity.value > 0.5),
    );
    let shares = evidence.items.iter().any(
        |item| matches!(item, Item::Quantity(quantity) if quantity.counted == Counted::Percent && quantity.value < 1.0),
    );
    let said = tokens(outside);
    let too_far = REACHES.iter().find_map(|(class, words)| {
        let word = said.iter().filter_map(Token::word).find(|word| words.contains(word))?;
        let is_told = has(words) || (*class == "most" && (half || has(REACHES[0].1))) || (*class == "part" && shares);
        (!is_told).then(|| word.to_owned())
    })?;
    Some(failed(CheckKind::Quote, &too_far, "the quote does not say it of so many", false))
}
