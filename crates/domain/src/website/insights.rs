//! Products, customers, certifications, technologies and topics of a website.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::sentence::sentences;
use super::vocabulary::{BUSINESS_MODELS, CERTIFICATIONS, CUSTOMERS, MARKETS, OWNERSHIP, PRODUCTS, TECHNOLOGIES};
use super::{PageText, Passage};

/// Passages kept for one thing: enough to check it, few enough to read.
const PASSAGES: usize = 3;
/// Passages kept of products and of customers.
const STATEMENTS: usize = 6;

/// Something with a name, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// As it is usually written, e.g. `ISO 9001`.
    pub name: String,
    /// The first place that states it.
    pub passage: Passage,
}

/// A topic of the vocabulary that the website speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Name in the vocabulary, e.g. `recurring_revenue`.
    pub code: String,
    /// Where, at most three places.
    pub passages: Vec<Passage>,
}

/// What the rules find on a website; empty where they find nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebsiteInsights {
    /// Languages of its pages, ISO 639-1, the most used first.
    pub languages: Vec<String>,
    /// Sentences about what is sold.
    pub products: Vec<Passage>,
    /// Sentences about who buys.
    pub customers: Vec<Passage>,
    /// Certificates and marks that it states.
    pub certifications: Vec<Named>,
    /// What its pages are made with.
    pub technologies: Vec<String>,
    /// Business models, markets and ownership.
    pub topics: Vec<Topic>,
}

impl WebsiteInsights {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.products.is_empty()
            && self.customers.is_empty()
            && self.certifications.is_empty()
            && self.technologies.is_empty()
            && self.topics.is_empty()
    }

    /// The passages of a topic; none where the website does not speak of it.
    #[must_use]
    pub fn passages_of(&self, code: &str) -> Vec<Passage> {
        self.topics.iter().find(|topic| topic.code == code).map(|topic| topic.passages.clone()).unwrap_or_default()
    }
}

/// Reads the insights out of pages, in their order: a passage of an earlier page is preferred.
#[must_use]
pub fn website_insights(pages: &[PageText]) -> WebsiteInsights {
    let lines: Vec<Line<'_>> = pages
        .iter()
        .flat_map(|page| sentences(&page.text).map(move |quote| Line { page, quote, small: quote.to_lowercase() }))
        .collect();
    let topics = [BUSINESS_MODELS, MARKETS, OWNERSHIP].into_iter().flatten().filter_map(|topic| {
        let passages = passages(&lines, topic.words, PASSAGES);
        (!passages.is_empty()).then(|| Topic { code: topic.code.to_owned(), passages })
    });
    let certifications = CERTIFICATIONS.iter().filter_map(|(name, written)| {
        let passage = passages(&lines, written, 1).pop()?;
        Some(Named { name: (*name).to_owned(), passage })
    });
    WebsiteInsights {
        languages: languages(pages),
        products: passages(&lines, PRODUCTS, STATEMENTS),
        customers: passages(&lines, CUSTOMERS, STATEMENTS),
        certifications: certifications.collect(),
        technologies: technologies(pages),
        topics: topics.collect(),
    }
}

/// A sentence, and the same in small letters for comparing.
struct Line<'a> {
    page: &'a PageText,
    quote: &'a str,
    small: String,
}

fn passages(lines: &[Line<'_>], words: &[&str], most: usize) -> Vec<Passage> {
    let mut seen = BTreeSet::new();
    lines
        .iter()
        .filter(|line| words.iter().any(|word| mentions(&line.small, word)))
        // Menus and footers repeat on every page.
        .filter(|line| seen.insert(line.small.as_str()))
        .take(most)
        .map(|line| Passage::of(line.page, line.quote))
        .collect()
}

/// Whether the text, in small letters, has the word at the start of a word; with `$` at its end, the whole word.
pub(super) fn mentions(small: &str, word: &str) -> bool {
    let (word, is_whole) = word.strip_suffix('$').map_or((word, false), |word| (word, true));
    small.match_indices(word).any(|(at, _)| {
        let before = small[..at].chars().next_back();
        let after = small[at + word.len()..].chars().next();
        before.is_none_or(|letter| !letter.is_alphanumeric())
            && (!is_whole || after.is_none_or(|letter| !letter.is_alphanumeric()))
            // "iso 9001" is not in "iso 90015".
            && !(word.ends_with(|last: char| last.is_ascii_digit()) && after.is_some_and(|letter| letter.is_ascii_digit()))
    })
}

fn languages(pages: &[PageText]) -> Vec<String> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for language in pages.iter().filter_map(|page| page.language.as_deref()) {
        match counted.iter_mut().find(|(known, _)| known == language) {
            Some((_, count)) => *count += 1,
            None => counted.push((language.to_owned(), 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(language, _)| language).collect()
}

fn technologies(pages: &[PageText]) -> Vec<String> {
    let markers: Vec<String> =
        pages.iter().flat_map(|page| &page.markers).map(|marker| marker.to_lowercase()).collect();
    let mut found: Vec<String> = Vec::new();
    for (name, part) in TECHNOLOGIES {
        let is_seen = markers.iter().any(|marker| marker.contains(part));
        if is_seen && !found.iter().any(|known| known == name) {
            found.push((*name).to_owned());
        }
    }
    found
}
