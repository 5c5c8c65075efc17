//! The company in its own words: the few sentences of its website that say what it is.

use serde::{Deserialize, Serialize};

use super::homepage::core_name;
use super::insights::mentions;
use super::sentence::sentences;
use super::vocabulary::PRODUCTS;
use super::{PageText, Passage};

/// Sentences of a summary at most.
const SENTENCES: usize = 3;
/// Parts of an address or title that say "this page is about us".
const ABOUT: &[&str] =
    &["om-oss", "om oss", "om-", "about", "foretaget", "företaget", "historia", "history", "vilka-vi-ar", "who-we-are"];
/// Beginnings of a sentence that speaks of the company itself.
const SELF: &[&str] =
    &["vi är", "vi har", "vi arbetar", "företaget", "bolaget", "we are", "we have", "the company", "our company"];
const ORIGIN: &[&str] = &["grundades", "grundat", "startade", "startades", "sedan", "founded", "established", "since"];

/// Verbatim sentences, in the order in which they stand on their pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutSummary {
    /// One to three, never empty.
    pub sentences: Vec<Passage>,
    /// Language of the page of the first, where it is known.
    pub language: Option<String>,
}

/// The sentences that best say what the company is; `None` where no sentence speaks of the company. `name` is its registered name.
#[must_use]
pub fn about_summary(pages: &[PageText], name: &str) -> Option<AboutSummary> {
    let name = core_name(name);
    let mut best: Vec<(u32, usize, &PageText, &str)> = Vec::new();
    let mut position = 0;
    for page in pages {
        let is_about = is_about_page(page);
        for (index, sentence) in sentences(&page.text).enumerate() {
            position += 1;
            let points = points(sentence, &name, is_about, index);
            let is_new = best.iter().all(|(_, _, _, known)| *known != sentence);
            if points >= 3 && is_new {
                best.push((points, position, page, sentence));
            }
        }
    }
    best.sort_by_key(|(points, position, _, _)| (std::cmp::Reverse(*points), *position));
    best.truncate(SENTENCES);
    best.sort_by_key(|(_, position, _, _)| *position);
    let language = best.first()?.2.language.clone();
    Some(AboutSummary {
        sentences: best.into_iter().map(|(_, _, page, quote)| Passage::of(page, quote)).collect(),
        language,
    })
}

fn points(sentence: &str, name: &str, is_about: bool, index: usize) -> u32 {
    let small = sentence.to_lowercase();
    let length = sentence.chars().count();
    // Too short to say anything, too long to be read at a glance; questions and calls to act are not statements.
    if !(40..=320).contains(&length) || sentence.ends_with(['?', '!']) || !sentence.ends_with('.') {
        return 0;
    }
    let names_itself = !name.is_empty() && mentions(&small, name);
    let speaks_of_itself = SELF.iter().any(|start| mentions(&small, start));
    let says_what = PRODUCTS.iter().any(|word| mentions(&small, word));
    let says_since = ORIGIN.iter().any(|word| mentions(&small, word));
    u32::from(names_itself) * 2
        + u32::from(speaks_of_itself) * 2
        + u32::from(says_what) * 2
        + u32::from(says_since)
        + u32::from(is_about)
        + u32::from(index < 3)
}

fn is_about_page(page: &PageText) -> bool {
    let title = page.title.as_deref().unwrap_or_default().to_lowercase();
    let path = page.url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let path = path.to_lowercase();
    ABOUT.iter().any(|part| path.contains(part) || title.contains(part))
}
