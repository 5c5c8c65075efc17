//! What a website states about the company: since when, how many people, how it earns its money, whom it serves.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::insights::{Topic, WebsiteInsights, mentions};
use super::sentence::sentences;
use super::vocabulary::{BUSINESS_MODELS, MARKETS, OWNERSHIP, Words};
use super::{PageText, Passage};

/// A number that the website states, and where. It is the company's claim, not a filed figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The number.
    pub value: i32,
    /// The sentence.
    pub passage: Passage,
}

/// A company by its own account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyProfile {
    /// Year in which it says it began.
    pub founded: Option<Stated>,
    /// People it says it has.
    pub employees: Option<Stated>,
    /// How it earns its money.
    pub business_models: Vec<Topic>,
    /// Whom it serves.
    pub markets: Vec<Topic>,
    /// Who owns it.
    pub ownership: Vec<Topic>,
}

impl CompanyProfile {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

const FOUNDED: &[&str] = &[
    "grundades",
    "grundat",
    "grundad",
    "startade",
    "startades",
    "etablerades",
    "bildades",
    "sedan",
    "founded",
    "established",
    "since",
    "started in",
];
const PEOPLE: &[&str] = &["anställda", "medarbetare", "kollegor", "employees", "people", "coworkers", "co-workers"];

/// Reads the profile out of pages and the insights that were found on them.
#[must_use]
pub fn company_profile(pages: &[PageText], insights: &WebsiteInsights) -> CompanyProfile {
    let of = |vocabulary: &[Words]| {
        let codes = |topic: &&Topic| vocabulary.iter().any(|words| words.code == topic.code);
        insights.topics.iter().filter(codes).cloned().collect()
    };
    CompanyProfile {
        founded: stated(pages, |page, sentence| founded_in(sentence, page.fetched_at.year())),
        employees: stated(pages, |_, sentence| people_in(sentence)),
        business_models: of(BUSINESS_MODELS),
        markets: of(MARKETS),
        ownership: of(OWNERSHIP),
    }
}

fn stated(pages: &[PageText], read: impl Fn(&PageText, &str) -> Option<i32>) -> Option<Stated> {
    pages.iter().find_map(|page| {
        sentences(&page.text)
            .find_map(|sentence| Some(Stated { value: read(page, sentence)?, passage: Passage::of(page, sentence) }))
    })
}

/// The year behind the word that says "founded": the first number of four digits after it, or before it as in "2008 grundades".
fn founded_in(sentence: &str, this_year: i32) -> Option<i32> {
    let small = sentence.to_lowercase();
    let word = FOUNDED.iter().find(|word| mentions(&small, word))?;
    let at = small.find(word)?;
    let is_year = |(_, digits): &(usize, &str)| {
        digits.len() == 4 && digits.parse().is_ok_and(|year: i32| (1600..=this_year).contains(&year))
    };
    let (after, before): (Vec<_>, Vec<_>) =
        numbers(&small).into_iter().filter(is_year).partition(|(place, _)| *place > at);
    // "sedan 2010" says since when; "sedan länge levererar vi modell 2010" would too: a year must stand near the word.
    let near = |place: usize| place.abs_diff(at) <= 40;
    let found =
        after.first().filter(|(place, _)| near(*place)).or_else(|| before.last().filter(|(place, _)| near(*place)));
    found.and_then(|(_, digits)| digits.parse().ok())
}

/// "Vi är 45 medarbetare", "around 120 employees": the whole number right before the word, at most two words between.
fn people_in(sentence: &str) -> Option<i32> {
    let small = sentence.to_lowercase();
    let at = PEOPLE.iter().filter(|word| mentions(&small, word)).filter_map(|word| small.find(word)).min()?;
    let before = small[..at].trim_end();
    let words: Vec<&str> = before.split_whitespace().rev().take(3).collect();
    let number = words.iter().find_map(|word| {
        let digits = word.trim_start_matches("ca").trim_end_matches(|c: char| !c.is_ascii_digit());
        digits.parse::<i32>().ok()
    })?;
    (1..=100_000).contains(&number).then_some(number)
}

/// Runs of digits that stand alone, with where they begin.
fn numbers(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut begun = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (letter.is_ascii_digit(), begun) {
            (true, None) => begun = Some(at),
            (false, Some(from)) => {
                let is_alone = !text[..from].ends_with(char::is_alphanumeric) && !letter.is_alphanumeric();
                if is_alone {
                    found.push((from, &text[from..at]));
                }
                begun = None;
            }
            _ => {}
        }
    }
    found
}
