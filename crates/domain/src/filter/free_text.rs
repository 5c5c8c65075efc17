//! The filter that the free text of a screen means, for screens, saved views and monitors alike.

use super::build::search_for;
use super::fold::{fold, words};
use super::limits::MAX_PATTERN;
use super::{Condition, Filter, TextMatch};
use crate::orgnr::Orgnr;

/// The text is longer than any that is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at most {MAX_PATTERN} characters can be searched for")]
pub struct TooLong;

/// An organisation number finds that company; words are looked for with typos allowed; an empty text passes every company.
///
/// # Errors
/// [`TooLong`].
pub fn free_text(text: &str) -> Result<Filter, TooLong> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Filter::EVERYTHING);
    }
    if text.chars().count() > MAX_PATTERN {
        return Err(TooLong);
    }
    if let Ok((orgnr, _)) = Orgnr::parse_lenient(text) {
        return Ok(Filter::Condition(Condition::OrgnrIn { orgnrs: vec![orgnr] }));
    }
    let matching = if words(&fold(text)).next().is_some() { TextMatch::Fuzzy } else { TextMatch::Contains };
    Ok(search_for(matching, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_text_passes_everything_and_an_overlong_one_is_refused() {
        assert_eq!(free_text("  "), Ok(Filter::EVERYTHING));
        assert_eq!(free_text(&"å".repeat(MAX_PATTERN + 1)), Err(TooLong));
        assert!(free_text(&"å".repeat(MAX_PATTERN)).is_ok());
    }

    #[test]
    fn an_organisation_number_finds_that_company_and_words_are_searched() {
        assert!(matches!(free_text("556016-0680"), Ok(Filter::Condition(Condition::OrgnrIn { .. }))));
        assert_eq!(free_text("verkstad"), Ok(search_for(TextMatch::Fuzzy, "verkstad")));
        assert_eq!(free_text("&"), Ok(search_for(TextMatch::Contains, "&")));
    }
}
