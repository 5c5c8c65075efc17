//! Takes out of a text whatever may be a secret or of a person.

use std::sync::LazyLock;

use regex::Regex;

use crate::redaction::redact;

/// Each kind and what stands in its place. Organisation numbers of sole traders are their owners' personal numbers.
static KINDS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (r"[^\s@<>()]+@[^\s@<>()]+", "[address]"),
        (r"[A-Za-z][A-Za-z0-9+.-]*://[^\s]+", "[url]"),
        ("“[^”]*”|\"[^\"]*\"|‘[^’]*’|`[^`]*`", "[text]"),
        (r"[A-Za-z]?[0-9][0-9 :./-]{4,}[0-9]", "[number]"),
    ]
    .into_iter()
    .filter_map(|(pattern, mark)| Regex::new(pattern).ok().map(|regex| (regex, mark)))
    .collect()
});
/// Characters of a text that are reported.
const LONGEST: usize = 500;

/// The text without tokens, addresses of people and servers, whatever is quoted, and numbers of six digits or more.
#[must_use]
pub(super) fn scrub(text: &str) -> String {
    let mut text = redact(text).into_owned();
    for (regex, mark) in KINDS.iter() {
        text = regex.replace_all(&text, *mark).into_owned();
    }
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_secret_or_personal_text_is_left_out() {
        let text = scrub(
            "cannot reach postgres://lode:hunter2@db.example/x for Anna.Berg@example.se: key (email) “Anna Berg” is \"there\", \
             8112189876 or 811218-9876, phone +46 70 123 45 67, token lode_3kTq9ZxYw8vUs7RpQo6NmLk5JiHg4FeDc3Ba2, `SELECT 1`",
        );
        for secret in
            ["hunter2", "db.example", "Anna", "Berg", "there", "811218", "9876", "123 45", "lode_3k", "SELECT"]
        {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(text.starts_with("cannot reach [") && text.contains("[number]"), "{text}");
        assert_eq!(KINDS.len(), 4, "every pattern is one");
    }

    #[test]
    fn what_an_engineer_needs_stays() {
        let text =
            "error returned from database: canceling statement due to statement timeout (57014), attempt 3 of 20";
        assert_eq!(scrub(text), text);
        assert_eq!(scrub(&"å".repeat(2_000)).chars().count(), LONGEST);
    }
}
