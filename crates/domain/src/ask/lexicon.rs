//! What words mean in a sentence about companies: the table `words.tsv`, the places, and the industries' own names.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::scan::{Kind, Token, scan};
use crate::codes::{place, sni};
use crate::filter::number::Decimal;
use crate::filter::parse::parse;
use crate::filter::{FieldId, Filter};

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Above,
    AtLeast,
    Below,
    AtMost,
    Equal,
    /// A tenth more or less.
    About,
}

impl Comparison {
    pub fn text(self) -> &'static str {
        match self {
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Equal | Self::About => "=",
        }
    }

    /// The comparison of an age as one of the day on which it began.
    pub fn of_day(self) -> Self {
        match self {
            Self::Above => Self::Below,
            Self::AtLeast => Self::AtMost,
            Self::Below => Self::Above,
            Self::AtMost => Self::AtLeast,
            other => other,
        }
    }

    fn read(text: &str) -> Option<Self> {
        Some(match text {
            ">" => Self::Above,
            ">=" => Self::AtLeast,
            "<" => Self::Below,
            "<=" => Self::AtMost,
            "=" => Self::Equal,
            "about" => Self::About,
            _ => return None,
        })
    }
}

/// One meaning of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    Field(FieldId),
    Filter(Filter),
    /// As a filter, when the phrase is written with a capital.
    Capital(Filter),
    /// As a filter, when the phrase is written in capitals.
    Acronym(Filter),
    Compare(Comparison),
    /// Behind the value: “or more”.
    After(Comparison),
    /// Of ages: “older than”.
    Age(Comparison),
    /// Of days: “before”.
    Day(Comparison),
    Between,
    To,
    Percent,
    Points,
    Money(i32),
    Currency,
    Foreign,
    Years,
    Times,
    Days,
    /// Behind a number of things that are counted.
    Pieces,
    Old,
    PerYear,
    Period,
    LastYear,
    Number(Decimal),
    Decade,
    And,
    Or,
    Not,
    /// Behind what it negates: “excluded”.
    NotBehind,
    Positive,
    Negative,
    Sort,
    First,
    Ascending,
    Descending,
    Most,
    Least,
    /// An order in itself: the field, and whether the greatest comes first.
    Order(FieldId, bool),
    Mentions,
    Named,
    NameStart,
    Code,
    Filler,
}

/// Every phrase with its meanings.
pub(super) struct Lexicon {
    exact: HashMap<String, Vec<Meaning>>,
    folded: HashMap<String, Vec<Meaning>>,
    longest: usize,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

impl Lexicon {
    pub fn get() -> &'static Self {
        &LEXICON
    }

    /// The longest phrase at the start of the pieces: how many pieces it has, and what it means.
    pub fn longest(&self, tokens: &[Token]) -> Option<(usize, &[Meaning])> {
        let most = tokens.len().min(self.longest);
        let exact: Vec<String> = tokens[..most].iter().map_while(|token| key(token, false)).collect();
        let folded: Vec<String> = tokens[..most].iter().map_while(|token| key(token, true)).collect();
        (1..=exact.len()).rev().find_map(|length| {
            let found =
                self.exact.get(&exact[..length].join(" ")).or_else(|| self.folded.get(&folded[..length].join(" ")))?;
            // “Or more than 100” begins with an “or”, not with “or more”.
            let is_than = exact.get(length).is_some_and(|next| matches!(next.as_str(), "than" | "än"));
            let is_after = found.iter().any(|meaning| matches!(meaning, Meaning::After(_)));
            (!(is_than && is_after)).then_some((length, found.as_slice()))
        })
    }

    /// What one word means, e.g. the first part of a compound.
    pub fn word(&self, word: &str) -> Option<&[Meaning]> {
        let found = self.exact.get(word).or_else(|| self.folded.get(&crate::filter::fold::fold(word)));
        found.map(Vec::as_slice)
    }

    fn build() -> Self {
        let mut lexicon = Self { exact: HashMap::new(), folded: HashMap::new(), longest: 1 };
        for line in include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(kind), Some(argument), Some(phrases)) = (columns.next(), columns.next(), columns.next()) else {
                continue;
            };
            if let Some(meaning) = meaning(kind, argument) {
                phrases.split('|').for_each(|phrase| lexicon.add(phrase, &meaning, true));
            }
        }
        // A dash is a sign of its own between numbers only.
        for words in [&mut lexicon.exact, &mut lexicon.folded] {
            words.insert("-".to_owned(), vec![Meaning::To]);
        }
        lexicon.add_places();
        lexicon.add_industries();
        lexicon
    }

    fn add(&mut self, phrase: &str, meaning: &Meaning, also: bool) {
        let tokens = scan(phrase);
        let join = |folded: bool| tokens.iter().filter_map(|token| key(token, folded)).collect::<Vec<_>>().join(" ");
        for (words, key) in [(&mut self.exact, join(false)), (&mut self.folded, join(true))] {
            if key.is_empty() || (!also && words.contains_key(&key)) {
                continue;
            }
            let meanings = words.entry(key).or_default();
            if !meanings.contains(meaning) {
                meanings.push(meaning.clone());
            }
        }
        self.longest = self.longest.max(tokens.len());
    }

    fn add_places(&mut self) {
        for (code, name) in place::municipalities() {
            let Ok(filter) = parse(&format!("municipality = {code}")) else { continue };
            // Short names are words as well (Vara, Mark, Ale): those are places only with a capital.
            let meaning = if name.chars().count() <= 4 { Meaning::Capital(filter) } else { Meaning::Filter(filter) };
            for phrase in [name.to_owned(), format!("{name}s"), format!("{name} kommun"), format!("{name}s kommun")] {
                self.add(&phrase, &meaning, matches!(meaning, Meaning::Capital(_)));
            }
        }
        for (code, name) in place::counties() {
            let Ok(filter) = parse(&format!("county = {code}")) else { continue };
            let meaning = Meaning::Filter(filter);
            let genitive = name.trim_end_matches(" län");
            let short = genitive.trim_end_matches('s');
            let english = place::county_name_en(code).unwrap_or(name);
            for phrase in [
                name.to_owned(),
                english.to_owned(),
                format!("{short} län"),
                format!("region {short}"),
                format!("{short} region"),
                format!("region {genitive}"),
                format!("county of {short}"),
                format!("{genitive} county"),
                format!("län {short}"),
                short.to_owned(),
                genitive.to_owned(),
            ] {
                self.add(&phrase, &meaning, false);
            }
        }
    }

    /// The names of the classification itself, the coarsest code first, so that it has a name that it shares with its parts.
    fn add_industries(&mut self) {
        let mut codes: Vec<(&str, &str)> = sni::codes().collect();
        codes.sort_by_key(|(code, _)| code.len());
        for (code, name) in codes {
            let Ok(filter) = parse(&format!("sni = {code}")) else { continue };
            let meaning = Meaning::Filter(filter);
            self.add(name, &meaning, false);
            if let Some(english) = sni::label_en(code) {
                self.add(&english, &meaning, false);
            }
        }
    }
}

/// How a piece stands in a phrase; `None` for quoted words and for what parts a sentence.
fn key(token: &Token, is_folded: bool) -> Option<String> {
    match &token.kind {
        Kind::Word { exact, folded, .. } => Some(if is_folded { folded.clone() } else { exact.clone() }),
        Kind::Number { value, .. } => Some(value.plain()),
        Kind::Sign("(" | ")") | Kind::Quoted(_) => None,
        Kind::Sign(sign) => Some((*sign).to_owned()),
    }
}

fn meaning(kind: &str, argument: &str) -> Option<Meaning> {
    let comparison = || Comparison::read(argument);
    Some(match kind {
        "field" => Meaning::Field(FieldId::find(argument)?),
        "filter" | "place" => Meaning::Filter(parse(argument).ok()?),
        "acronym" => Meaning::Acronym(parse(argument).ok()?),
        "compare" => Meaning::Compare(comparison()?),
        "after" => Meaning::After(comparison()?),
        "age" => Meaning::Age(comparison()?),
        "date" => Meaning::Day(comparison()?),
        "between" => Meaning::Between,
        "to" => Meaning::To,
        "percent" => Meaning::Percent,
        "points" => Meaning::Points,
        "money" => Meaning::Money(argument.parse().ok()?),
        "currency" => Meaning::Currency,
        "foreign" => Meaning::Foreign,
        "years" => Meaning::Years,
        "people" => Meaning::Pieces,
        "times" => Meaning::Times,
        "days" => Meaning::Days,
        "old" => Meaning::Old,
        "peryear" => Meaning::PerYear,
        "period" => Meaning::Period,
        "lastyear" => Meaning::LastYear,
        "number" => Meaning::Number(Decimal::parse(argument)?),
        "decade" => Meaning::Decade,
        "and" => Meaning::And,
        "or" => Meaning::Or,
        "not" => Meaning::Not,
        "notbehind" => Meaning::NotBehind,
        "positive" => Meaning::Positive,
        "negative" => Meaning::Negative,
        "sort" => Meaning::Sort,
        "first" => Meaning::First,
        "ascending" => Meaning::Ascending,
        "descending" => Meaning::Descending,
        "most" => Meaning::Most,
        "least" => Meaning::Least,
        "order" => {
            let descending = argument.starts_with('-');
            Meaning::Order(FieldId::find(argument.trim_start_matches(['-', '+']))?, descending)
        }
        "mentions" => Meaning::Mentions,
        "named" => Meaning::Named,
        "namestart" => Meaning::NameStart,
        "code" => Meaning::Code,
        "filler" => Meaning::Filler,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_of_words_means_something() {
        for (number, line) in include_str!("words.tsv").lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "line {}: {line}", number + 1);
            assert!(meaning(columns[0], columns[1]).is_some(), "line {}: {line}", number + 1);
            assert!(columns[2].split('|').all(|phrase| !scan(phrase).is_empty()), "line {}: {line}", number + 1);
        }
    }

    #[test]
    fn every_municipality_and_county_is_known_by_its_name() {
        let names = place::municipalities().chain(place::counties());
        for (code, name) in names {
            let tokens = scan(name);
            let (length, meanings) = Lexicon::get().longest(&tokens).expect(name);
            assert_eq!(length, tokens.len(), "{name}");
            assert!(
                meanings.iter().any(|meaning| matches!(meaning, Meaning::Filter(_) | Meaning::Capital(_))),
                "{code} {name}"
            );
        }
    }
}
