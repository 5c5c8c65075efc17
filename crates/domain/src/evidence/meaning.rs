//! Tokens → items: names of figures, years, numbers, and the words between them.

mod context;
mod dates;

use super::item::{Approx, Item, Way};
use super::lex::{Token, tokens};
use super::quantity::{self, Counted, Quantity};
use super::vocabulary::{self, fields_of};
use super::{Dossier, Language};
use context::{after_prepositions, counts_years, is_denied_before};
use dates::day_or_years;

/// A text, understood as far as it can be.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    pub items: Vec<Item>,
    /// What stands in quotation marks.
    pub quoted: Vec<String>,
}

/// Reads a normalised text. Keys of the dossier that are in no table are understood by their words.
pub(super) fn read(text: &str, language: Language, dossier: &Dossier) -> Meaning {
    let (outside, quoted) = cut_quotes(text);
    let own_keys: Vec<(String, Vec<String>)> = dossier
        .facts
        .iter()
        .filter_map(|fact| vocabulary::words_of_key(&fact.field).map(|words| (fact.field.clone(), words)))
        .collect();
    let mut items = Vec::new();
    for (index, part) in outside.iter().enumerate() {
        if index > 0 {
            items.push(Item::Quoted(index - 1));
        }
        let tokens = tokens(part);
        let mut at = 0;
        while at < tokens.len() {
            let starts_sentence =
                at == 0 && index == 0 || at > 0 && matches!(tokens[at - 1], Token::Mark('.' | ':' | '!' | '?'));
            let (found, length) = one(&tokens, at, language, &own_keys, starts_sentence);
            items.extend(found);
            at += length.max(1);
        }
    }
    Meaning { items: refine(items), quoted }
}

/// The text outside of quotation marks, in parts, and the quoted texts between them.
fn cut_quotes(text: &str) -> (Vec<String>, Vec<String>) {
    let parts: Vec<&str> = text.split('"').collect();
    // An unpaired mark quotes nothing.
    if parts.len() < 3 || parts.len().is_multiple_of(2) {
        return (vec![text.replace('"', " ")], Vec::new());
    }
    let pick = |odd: usize| {
        parts.iter().enumerate().filter(|(index, _)| index % 2 == odd).map(|(_, part)| (*part).to_owned()).collect()
    };
    (pick(0), pick(1))
}

fn one(
    tokens: &[Token],
    at: usize,
    language: Language,
    own_keys: &[(String, Vec<String>)],
    starts_sentence: bool,
) -> (Vec<Item>, usize) {
    if let Some((item, length)) = day_or_years(tokens, at) {
        return (vec![item], length);
    }
    let rest = &tokens[at..];
    let field = fields_of(rest).or_else(|| own_field(rest, own_keys));
    let phrase = vocabulary::phrase(rest, language);
    if let Some((mention, length)) = &field
        && phrase.as_ref().is_none_or(|(_, other)| other <= length)
    {
        return (vec![Item::Field(mention.clone())], *length);
    }
    if let Some(found) = between(tokens, at, language) {
        return found;
    }
    if let Some((quantity, length)) = number(tokens, at, language) {
        // A phrase that begins with a number word ("tre år i rad") is longer than the number.
        if phrase.as_ref().is_none_or(|(_, other)| *other <= length) {
            return finish_number(tokens, at, quantity, length);
        }
    }
    if let Some((item, length)) = phrase {
        // "inte X utan Y": the second half is what holds instead.
        if language == Language::Sv && rest[0].word() == Some("utan") && is_denied_before(&tokens[..at]) {
            return (vec![Item::Join], 1);
        }
        // "under 10 mkr", "över 2020-2023": whether a number follows tells what is meant.
        if length == 1 && matches!(rest[0].word(), Some("under" | "över" | "over")) {
            let is_year = matches!(day_or_years(tokens, at + 1), Some((Item::Year { .. } | Item::Years(..), _)));
            let meant = match (number(tokens, at + 1, language).is_some() && !is_year, rest[0].word()) {
                (true, Some("under")) => Item::Approx(Approx::Below),
                (true, _) => Item::Approx(Approx::Above),
                (false, _) => Item::Filler,
            };
            return (vec![meant], 1);
        }
        return (vec![item], length);
    }
    match &tokens[at] {
        Token::Mark(mark) => (mark_item(*mark), 1),
        Token::Number { digits, .. } => (vec![Item::Unknown(digits.clone())], 1),
        Token::Word { lower, written } => word(tokens, at, lower, written, language, starts_sentence),
    }
}

fn mark_item(mark: char) -> Vec<Item> {
    match mark {
        ',' => vec![Item::Comma],
        ';' | '.' | '!' | '?' => vec![Item::Stop],
        '(' | '[' => vec![Item::Open],
        ')' | ']' => vec![Item::Close],
        '-' => vec![Item::Comma],
        '~' | '≈' => vec![Item::Approx(Approx::About)],
        '>' => vec![Item::Approx(Approx::Above)],
        '<' => vec![Item::Approx(Approx::Below)],
        _ => Vec::new(),
    }
}

fn own_field(tokens: &[Token], own_keys: &[(String, Vec<String>)]) -> Option<(super::item::Mention, usize)> {
    own_keys.iter().find(|(_, words)| vocabulary::starts(tokens, words)).map(|(key, words)| {
        (super::item::Mention { fields: vec![key.clone()], is_loss: false, is_gain: false }, words.len())
    })
}

/// A word that is in no table: a name, or unknown.
fn word(
    tokens: &[Token],
    at: usize,
    lower: &str,
    written: &str,
    language: Language,
    starts_sentence: bool,
) -> (Vec<Item>, usize) {
    if let Some(item) = fiscal_year(lower) {
        return (vec![item], 1);
    }
    if ends_like_a_figure(lower) {
        return (vec![Item::Unproved("a figure that is not in the dossier")], 1);
    }
    if vocabulary::fields::NARROWING.contains(&lower) {
        return (vec![Item::Unproved("a part of a figure")], 1);
    }
    let is_capital = |token: Option<&Token>| matches!(token, Some(Token::Word { written, .. }) if written.chars().next().is_some_and(char::is_uppercase));
    if !is_capital(tokens.get(at)) {
        return (vec![Item::Unknown(lower.to_owned())], 1);
    }
    let next_known = tokens.get(at + 1).is_some_and(|_| {
        fields_of(&tokens[at + 1..]).is_some() || vocabulary::phrase(&tokens[at + 1..], language).is_some()
    });
    let is_noun = language == Language::Sv && is_definite(lower);
    if starts_sentence && !is_capital(tokens.get(at + 1)) && (!next_known || is_noun) {
        return (vec![Item::Unknown(lower.to_owned())], 1);
    }
    let mut name = vec![written.to_owned()];
    let mut end = at + 1;
    while is_capital(tokens.get(end)) && fields_of(&tokens[end..]).is_none() {
        if let Some(Token::Word { written, .. }) = tokens.get(end) {
            name.push(written.clone());
        }
        end += 1;
    }
    (vec![Item::Name(name.join(" "))], end - at)
}

/// Whether a Swedish word ends as abstract nouns do in their definite form, and names do not.
fn is_definite(word: &str) -> bool {
    const ENDINGS: [&str; 10] =
        ["heten", "ningen", "ationen", "iteten", "andet", "endet", "skapen", "erna", "arna", "orna"];
    ENDINGS.iter().any(|ending| word.len() > ending.len() + 3 && word.ends_with(ending))
}

/// `FY23`, `FY2023`.
fn fiscal_year(word: &str) -> Option<Item> {
    let digits = word.strip_prefix("fy")?;
    let year: i32 = digits.parse().ok()?;
    let end = if digits.len() == 2 { 2000 + year } else { year };
    (1900..2100).contains(&end).then_some(Item::Year { end, start: None })
}

fn ends_like_a_figure(word: &str) -> bool {
    const STEMS: [&str; 24] = [
        "omsättning",
        "omsättningen",
        "försäljning",
        "försäljningen",
        "intäkter",
        "intäkterna",
        "resultat",
        "resultatet",
        "vinst",
        "vinsten",
        "kostnader",
        "kostnaderna",
        "marginal",
        "marginalen",
        "tillgångar",
        "tillgångarna",
        "skulder",
        "skulderna",
        "kapital",
        "kapitalet",
        "anställda",
        "kassaflöde",
        "kassaflödet",
        "ebitda",
    ];
    STEMS.iter().any(|stem| word.len() > stem.len() && word.ends_with(stem))
}

fn number(tokens: &[Token], at: usize, language: Language) -> Option<(Quantity, usize)> {
    if let Some(found) = quantity::fraction(tokens, at) {
        return Some(found);
    }
    let (first, length) = quantity::read(tokens, at, language)?;
    // "10-15 mkr"
    if tokens.get(at + length).is_some_and(|token| token.is_mark('-'))
        && let Some((second, more)) = quantity::read(tokens, at + length + 1, language)
        && let Some(range) = ranged(&first, &second)
    {
        return Some((range, length + 1 + more));
    }
    Some((first, length))
}

/// "mellan 12 och 13 miljoner", "between 5 and 10 %".
fn between(tokens: &[Token], at: usize, language: Language) -> Option<(Vec<Item>, usize)> {
    let join = match tokens.get(at)?.word()? {
        "mellan" => "och",
        "between" => "and",
        _ => return None,
    };
    let (first, length) = quantity::read(tokens, at + 1, language)?;
    if tokens.get(at + 1 + length)?.word() != Some(join) {
        return None;
    }
    let (second, more) = quantity::read(tokens, at + 2 + length, language)?;
    let range = ranged(&first, &second)?;
    Some((vec![Item::Quantity(range)], 2 + length + more))
}

/// A range out of its two ends; the first takes the unit of the second.
fn ranged(first: &Quantity, second: &Quantity) -> Option<Quantity> {
    let mut low = first.clone();
    if low.counted == Counted::Bare {
        inherit(&mut low, second);
    }
    if low.counted != second.counted || low.value >= second.value {
        return None;
    }
    let written = format!("{}-{}", first.written, second.written);
    Some(Quantity { upper: Some(second.value), written, ..low })
}

/// Gives a number without a unit the scale and unit of another: "från 11,0 till 12,3 mkr".
pub(super) fn inherit(bare: &mut Quantity, from: &Quantity) {
    let factor = from.scale;
    bare.value *= factor;
    bare.step *= factor;
    bare.coarse *= factor;
    bare.other = bare.other.map(|other| other * factor);
    bare.counted = from.counted.clone();
}

/// What follows a number: a multiple, or the thing that it counts.
fn finish_number(tokens: &[Token], at: usize, mut quantity: Quantity, length: usize) -> (Vec<Item>, usize) {
    let rest = &tokens[at + length..];
    if quantity.counted == Counted::Times {
        const MULTIPLES: [&str; 14] = [
            "så stor som",
            "så hög som",
            "så stort som",
            "så högt som",
            "så många som",
            "så stora som",
            "så mycket som",
            "så höga som",
            "as large as",
            "as high as",
            "as much as",
            "as many as",
            "as big as",
            "as great as",
        ];
        for phrase in MULTIPLES {
            let words: Vec<&str> = phrase.split(' ').collect();
            if vocabulary::starts(rest, &words) {
                quantity.is_multiple = true;
                return (vec![Item::Quantity(quantity), Item::Than], length + words.len());
            }
        }
    }
    if matches!(quantity.counted, Counted::Bare | Counted::Scaled)
        && let Some(Token::Word { lower, written }) = rest.first()
        && fields_of(rest).is_none()
        && written.chars().next().is_some_and(char::is_lowercase)
        && vocabulary::phrase(rest, Language::Sv).is_none()
        && vocabulary::phrase(rest, Language::En).is_none()
    {
        quantity.counted = Counted::Thing(lower.clone());
        quantity.written = format!("{} {written}", quantity.written);
        return (vec![Item::Quantity(quantity)], length + 1);
    }
    (vec![Item::Quantity(quantity)], length)
}

fn mention(item: &Item) -> Option<&super::item::Mention> {
    match item {
        Item::Field(mention) => Some(mention),
        _ => None,
    }
}

/// Whether less of a figure is better, so that an improvement lowers it.
fn is_lower_better(field: &str) -> bool {
    super::series::is_cost(field)
        || crate::catalogue::find(field).is_some_and(|field| field.better == crate::catalogue::Better::Lower)
}

/// Second look: words whose meaning depends on what follows.
fn refine(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let following =
            items[at + 1..].iter().find(|item| !matches!(item, Item::Filler | Item::Within | Item::To | Item::Open));
        match item {
            Item::Never => out.extend([Item::Not, Item::Ever]),
            Item::Quantity(quantity) if counts_years(quantity, after_prepositions(&items[at + 1..])) => {
                out.push(Item::Filler)
            }
            Item::Turn(better) => {
                let before = items[..at].iter().rev().find_map(mention);
                let figure = before.or_else(|| items[at + 1..].iter().find_map(mention));
                let is_lower_better =
                    figure.is_some_and(|mention| mention.fields.iter().all(|field| is_lower_better(field)));
                out.push(Item::Change(if *better == is_lower_better { Way::Down } else { Way::Up }));
            }
            Item::Approx(approx) => match (following, approx) {
                (Some(Item::Quantity(_) | Item::Factor(_) | Item::Approx(_)), _) => out.push(item.clone()),
                (_, Approx::Above | Approx::JustAbove) => out.extend([Item::Compare(Way::Up), Item::Than]),
                (_, Approx::Below) => out.extend([Item::Compare(Way::Down), Item::Than]),
                _ => out.push(Item::Filler),
            },
            // "45 % i Norden": a preposition and an unknown word narrow the figure before them.
            Item::Unknown(_)
                if at >= 2
                    && matches!(items[at - 1], Item::Within | Item::From | Item::Of | Item::At)
                    && matches!(items[at - 2], Item::Field(_)) =>
            {
                out.push(Item::Unproved("a part of a figure"));
            }
            other => out.push(other.clone()),
        }
    }
    out
}
