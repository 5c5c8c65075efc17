//! Which companies the lines of a text mean: by number, by name without its legal form, or whatever resembles it.

use std::collections::{HashMap, HashSet};

use domain::facts::FactValue;
use domain::filter::fold::{fold, fold_char, words};
use domain::filter::{Condition, FieldId, Filter, TextMatch};
use domain::one_line::one_line;
use domain::orgnr::Orgnr;
use screen::select::NoSets;
use screen::{RowId, Snapshot, Sort, SortBy};

use super::read_text::{Line, Meaning};

/// Names without a company of that name for which look-alikes are looked for.
const MOST_GUESSES: usize = 300;
/// Companies offered for a name.
const MOST_CANDIDATES: usize = 8;

/// Words that say what kind of company it is, folded; they do not tell names apart.
const LEGAL_FORMS: [&str; 16] = [
    "ab",
    "aktiebolag",
    "aktiebolaget",
    "publ",
    "hb",
    "handelsbolag",
    "handelsbolaget",
    "kb",
    "kommanditbolag",
    "kommanditbolaget",
    "ek",
    "for",
    "as",
    "asa",
    "ekonomisk",
    "forening",
];

/// What a line turned out to mean.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// This company.
    Found {
        /// Which.
        orgnr: Orgnr,
        /// Whether by its name instead of its number.
        by_name: bool,
    },
    /// A company that stands on an earlier line already.
    Repeated {
        /// Which.
        orgnr: Orgnr,
        /// On which line.
        line: usize,
    },
    /// Several companies have the name, or none has it and these resemble it; the largest first.
    Ambiguous {
        /// To choose from.
        candidates: Vec<Orgnr>,
        /// Whether they have the name itself.
        have_the_name: bool,
    },
    /// No such company.
    NotFound {
        /// Of a number: whether its check digit is right.
        is_checked: Option<bool>,
    },
    /// A personal identity number.
    SoleTrader,
    /// The heading of a table.
    Heading,
    /// Neither a number nor a name.
    Unreadable,
}

/// What each line means. Numbers are looked up in `known` (the numbers among the lines that the register holds), names in
/// the index; without an index names are not found.
#[must_use]
pub fn match_companies(lines: &[Line], known: &HashSet<Orgnr>, index: Option<&Snapshot>) -> Vec<Outcome> {
    let names: Vec<&str> = lines
        .iter()
        .filter_map(|line| if let Meaning::Name(name) = &line.meaning { Some(name.as_str()) } else { None })
        .collect();
    let by_name = index.filter(|_| !names.is_empty()).map(|index| look_up(index, &names));
    let mut seen: HashMap<Orgnr, usize> = HashMap::new();
    let mut guesses = 0;
    let mut found = |orgnr: Orgnr, by_name: bool, line: usize| match seen.get(&orgnr) {
        Some(first) => Outcome::Repeated { orgnr, line: *first },
        None => {
            seen.insert(orgnr, line);
            Outcome::Found { orgnr, by_name }
        }
    };
    lines
        .iter()
        .map(|line| match &line.meaning {
            Meaning::Number { orgnr, .. } if known.contains(orgnr) => found(*orgnr, false, line.number),
            Meaning::Number { is_checked, .. } => Outcome::NotFound { is_checked: Some(*is_checked) },
            Meaning::SoleTrader => Outcome::SoleTrader,
            Meaning::Heading => Outcome::Heading,
            Meaning::Unreadable => Outcome::Unreadable,
            Meaning::Name(name) => {
                let (Some(index), Some(by_name)) = (index, &by_name) else {
                    return Outcome::NotFound { is_checked: None };
                };
                match named(index, by_name.get(&key(name)).map_or(&[], Vec::as_slice), name) {
                    Named::One(orgnr) => found(orgnr, true, line.number),
                    Named::Several(candidates) => Outcome::Ambiguous { candidates, have_the_name: true },
                    Named::None => {
                        guesses += 1;
                        let candidates = if guesses > MOST_GUESSES { Vec::new() } else { resembling(index, name) };
                        if candidates.is_empty() {
                            Outcome::NotFound { is_checked: None }
                        } else {
                            Outcome::Ambiguous { candidates, have_the_name: false }
                        }
                    }
                }
            }
        })
        .collect()
}

/// A name as it is compared: folded words without the legal form, unless nothing else is left.
fn key(name: &str) -> String {
    let folded = fold(name);
    let all: Vec<&str> = words(&folded).collect();
    let telling: Vec<&str> = all.iter().copied().filter(|word| !LEGAL_FORMS.contains(word)).collect();
    if telling.is_empty() { all.join(" ") } else { telling.join(" ") }
}

/// Names that are looked up by their words, some milliseconds each for a whole country; more are found in one pass over every company,
/// which reads every name and takes a second.
const MOST_BY_WORDS: usize = 100;

/// The rows that have one of the names.
fn look_up(index: &Snapshot, names: &[&str]) -> HashMap<String, Vec<RowId>> {
    let wanted: HashMap<String, Vec<RowId>> = names.iter().map(|name| (key(name), Vec::new())).collect();
    let Some(field) = FieldId::find("name") else { return wanted };
    // A name without a word can be told from others by reading them alone.
    if wanted.len() > MOST_BY_WORDS || wanted.contains_key("") {
        return among(index, field, &index.all(), wanted);
    }
    let by_words = |(name, _): (String, Vec<RowId>)| {
        let has_word = |word: &str| {
            let pattern = word.chars().take(domain::filter::limits::MAX_PATTERN).collect();
            Filter::Condition(Condition::Text { field, matching: TextMatch::Contains, pattern })
        };
        let selection = index.select(&Filter::all(name.split(' ').map(has_word)), &NoSets);
        among(index, field, &selection, HashMap::from([(name, Vec::new())]))
    };
    wanted.into_iter().flat_map(by_words).collect()
}

/// The rows of a selection that have one of the names.
fn among(
    index: &Snapshot,
    field: FieldId,
    selection: &screen::Selection,
    mut wanted: HashMap<String, Vec<RowId>>,
) -> HashMap<String, Vec<RowId>> {
    for row in index.rows(selection) {
        if let FactValue::Text(name) = index.value(row, field)
            && let Some(rows) = wanted.get_mut(&key(&name))
        {
            rows.push(row);
        }
    }
    wanted
}

enum Named {
    One(Orgnr),
    Several(Vec<Orgnr>),
    None,
}

/// Of several companies whose names are equal without accents and legal form, those that come closest to the name as it is
/// written: å, ä and ö are letters, so that “Ödlan AB” is another name than “Odlan AB”, and the legal form tells apart.
fn named(index: &Snapshot, rows: &[RowId], name: &str) -> Named {
    let orgnr = |row: &RowId| Orgnr::from_number(index.orgnr(*row)).ok();
    match rows {
        [] => Named::None,
        [only] => orgnr(only).map_or(Named::None, Named::One),
        several => {
            let field = FieldId::find("name");
            let closeness = |row: &RowId| match field.map(|field| index.value(*row, field)) {
                Some(FactValue::Text(text)) => closeness(&text, name),
                _ => 0,
            };
            let scores: Vec<usize> = several.iter().map(closeness).collect();
            let best = scores.iter().copied().max().unwrap_or_default();
            let closest: Vec<RowId> =
                several.iter().zip(&scores).filter(|(_, score)| **score == best).map(|(row, _)| *row).collect();
            if let [only] = closest.as_slice()
                && let Some(orgnr) = orgnr(only)
            {
                return Named::One(orgnr);
            }
            let numbers: Vec<u64> = closest.iter().map(|row| index.orgnr(*row)).collect();
            Named::Several(largest(index, &index.companies(&numbers)))
        }
    }
}

/// How close a company's name is to a written one that is equal without accents and legal form: both are equal, the words
/// are, the whole is equal without accents, or nothing more.
fn closeness(name: &str, written: &str) -> usize {
    let letters = |text: &str| fold_typography(text).to_lowercase();
    if letters(name) == letters(written) {
        3
    } else if accented_key(name) == accented_key(written) {
        2
    } else {
        usize::from(fold(name) == fold(written))
    }
}

/// The words of a name with their accents, without the legal form.
fn accented_key(name: &str) -> String {
    let small = fold_typography(name).to_lowercase();
    let all: Vec<&str> = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let telling: Vec<&str> = all.iter().copied().filter(|word| !LEGAL_FORMS.contains(&fold(word).as_str())).collect();
    if telling.is_empty() { all.join(" ") } else { telling.join(" ") }
}

/// One line in normalisation form C with plain apostrophes, hyphens and spaces; letters keep their accents.
fn fold_typography(text: &str) -> String {
    let plain = |letter: char| match fold_char(letter) {
        Some(folded) if !letter.is_alphabetic() => folded,
        _ => letter,
    };
    one_line(text).chars().map(plain).collect()
}

fn resembling(index: &Snapshot, name: &str) -> Vec<Orgnr> {
    let Some(field) = FieldId::find("name") else { return Vec::new() };
    let pattern: String = key(name).chars().take(domain::filter::limits::MAX_PATTERN).collect();
    if pattern.chars().count() < 3 {
        return Vec::new();
    }
    let filter = Filter::Condition(Condition::Text { field, matching: TextMatch::Fuzzy, pattern });
    largest(index, &index.select(&filter, &NoSets))
}

fn largest(index: &Snapshot, selection: &screen::Selection) -> Vec<Orgnr> {
    let by = FieldId::find("revenue").map_or(SortBy::Orgnr, SortBy::Field);
    let limit = u32::try_from(MOST_CANDIDATES).unwrap_or(u32::MAX);
    let rows = index.page(selection, &[Sort { by, descending: true }], 0, limit);
    rows.into_iter().filter_map(|row| Orgnr::from_number(index.orgnr(row)).ok()).collect()
}

#[cfg(test)]
mod tests {
    use domain::catalogue::FIELDS;
    use domain::facts::CompanyFacts;

    use super::*;

    #[test]
    fn names_looked_up_by_their_words_are_those_that_a_pass_over_every_company_finds() {
        let name = FieldId::find("name").unwrap();
        let written = [
            "Bygg Norr AB",
            "Norr Bygg AB",
            "Byggnorr",
            "AB Bygg Norr",
            "bygg-norr aktiebolag",
            "Åkeri & Bygg i Norr",
            "AB",
            "...",
            "L'Oréal AB",
            "L\u{2019}Oreal",
            "Ödlan HB",
            "Odlan",
            "100 % Bygg_Norr",
            "Bygg  Norr\tAB",
            "Straße ÆØ AS",
            "Bygg",
        ];
        let companies: Vec<CompanyFacts> = (0..160_u64)
            .map(|at| {
                let mut values = vec![FactValue::Null; FIELDS.len()];
                let text = match at / 16 % 3 {
                    0 => written[(at % 16) as usize].to_owned(),
                    1 => written[(at % 16) as usize].to_uppercase(),
                    _ => format!("{} {}", written[(at % 16) as usize], written[(at * 7 % 16) as usize]),
                };
                values[usize::from(name.0)] = FactValue::Text(text.into());
                CompanyFacts { orgnr: Orgnr::from_number(5_560_000_000 + at).unwrap(), values }
            })
            .collect();
        let index = screen::Index::build(&companies, 1);
        let state = index.read();
        for asked in written.iter().map(|name| vec![*name]).chain([written.to_vec(), vec!["Saknas AB"]]) {
            let wanted = asked.iter().map(|name| (key(name), Vec::new())).collect();
            assert_eq!(look_up(&state, &asked), among(&state, name, &state.all(), wanted), "{asked:?}");
        }
        assert!(look_up(&state, &["norr bygg"])["norr bygg"].len() >= 3);
    }

    #[test]
    fn an_exact_name_is_closer_than_one_without_its_accents() {
        for (written, names) in [
            ("Odlan AB", ["Odlan AB", "Ödlan AB"]),
            ("Ödlan AB", ["Ödlan AB", "Odlan AB"]),
            ("ödlan", ["Ödlan AB", "Odlan AB"]),
            ("Odlan HB", ["Odlan AB", "Ödlan HB"]),
            ("Odlan HB", ["Odlan HB", "Odlan AB"]),
            ("L'Oréal AB", ["L\u{2019}Oréal AB", "L\u{2019}Oreal AB"]),
            ("O\u{308}dlan AB", ["Ödlan AB", "Odlan AB"]),
        ] {
            let [closer, other] = names.map(|name| closeness(name, written));
            assert!(closer > other, "{written}: {names:?} {closer} {other}");
        }
    }
}
