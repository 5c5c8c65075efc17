//! One claim with all its cites → the checks and the verdict.

use chrono::Datelike;

use super::figure::{self, failed};
use super::item::Item;
use super::lex::language;
use super::meaning::{self, Meaning};
use super::quote::{self, Missing};
use super::unicode::{hidden_or_mixed, normalised};
use super::{Answer, Check, CheckKind, Claim, Dossier, Fact, Language, Passage, Verdict, names, passage};

/// What a claim cites, found in the dossier.
#[derive(Default)]
struct Cited<'a> {
    facts: Vec<&'a Fact>,
    /// Sentences, or whole passages, with the quote where there is one.
    words: Vec<Words<'a>>,
}

struct Words<'a> {
    passage: &'a Passage,
    text: String,
    quote: Option<&'a str>,
}

/// Judges one claim.
pub(super) fn judge(dossier: &Dossier, claim: &Claim) -> Answer {
    let checks = checks(dossier, claim);
    let verdict = if checks.iter().any(|check| !check.ok && check.is_conflict) {
        Verdict::Contradicted
    } else if checks.is_empty() || checks.iter().any(|check| !check.ok) {
        Verdict::NotFound
    } else {
        Verdict::Verified
    };
    Answer { id: claim.id.clone(), verdict, checks }
}

fn checks(dossier: &Dossier, claim: &Claim) -> Vec<Check> {
    let mut checks = Vec::new();
    let text = normalised(&claim.text);
    if let Some(word) = hidden_or_mixed(&claim.text) {
        checks.push(failed(CheckKind::Name, &word, "holds characters that look like others or cannot be seen", false));
    }
    if claim.cites.is_empty() {
        checks.push(failed(CheckKind::Quote, "", "cites nothing", false));
        return checks;
    }
    let cited = resolve(dossier, claim, &mut checks);
    let own = claim.language.unwrap_or_else(|| language(&text));
    let claim_meaning = meaning::read(&text, own, dossier);
    addresses(dossier, &text, &mut checks);
    let quotes = quotes(&cited, &claim_meaning, dossier, &mut checks);
    let texts: Vec<&str> = quotes.iter().map(String::as_str).collect();
    names(dossier, &claim_meaning, &text, &cited, &texts, &mut checks);
    statements(dossier, &claim_meaning, &text, own, &cited, &texts, &mut checks);
    checks
}

fn resolve<'a>(dossier: &'a Dossier, claim: &'a Claim, checks: &mut Vec<Check>) -> Cited<'a> {
    let mut cited = Cited::default();
    for cite in &claim.cites {
        if let Some(fact) = dossier.facts.iter().find(|fact| fact.id == cite.id) {
            cited.facts.push(fact);
            if cite.quote.as_ref().is_some_and(|quote| !quote.trim().is_empty()) {
                checks.push(failed(CheckKind::Quote, &cite.id, "a fact has no words to quote", false));
            }
            continue;
        }
        let found = dossier.passages.iter().find_map(|passage| {
            if passage.id == cite.id {
                let all: Vec<&str> = passage.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
                return Some((passage, all.join(" ")));
            }
            passage
                .sentences
                .iter()
                .find(|sentence| sentence.id == cite.id)
                .map(|sentence| (passage, sentence.text.clone()))
        });
        let Some((passage, text)) = found else {
            checks.push(failed(CheckKind::Quote, &cite.id, "is cited and not in the dossier", false));
            continue;
        };
        if passage.orgnr.as_ref().is_some_and(|orgnr| !names::same_orgnr(orgnr, &dossier.orgnr)) {
            checks.push(failed(CheckKind::Name, &cite.id, "is a page of another company", true));
            continue;
        }
        cited.words.push(Words { passage, text, quote: cite.quote.as_deref() });
    }
    cited
}

/// An address in the text must be one of the dossier's.
fn addresses(dossier: &Dossier, text: &str, checks: &mut Vec<Check>) {
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
        let lower = word.to_lowercase();
        if !(lower.contains("://") || lower.starts_with("www.")) {
            continue;
        }
        let known =
            dossier.passages.iter().any(|passage| passage.url.trim_end_matches('/') == word.trim_end_matches('/'));
        if !known {
            checks.push(failed(CheckKind::Name, word, "is an address that the dossier does not have", false));
        }
    }
}

/// Checks each quote; returns those that stand.
fn quotes(cited: &Cited<'_>, meaning: &Meaning, dossier: &Dossier, checks: &mut Vec<Check>) -> Vec<String> {
    let mut standing = Vec::new();
    let check = |quote: &str, words: &[&Words<'_>], checks: &mut Vec<Check>| {
        let mut why = Missing::NotThere;
        for words in words {
            match quote::find(quote, &words.text) {
                Ok(()) => {
                    let reason = format!("stands in {}", words.passage.url);
                    checks.push(Check {
                        kind: CheckKind::Quote,
                        ok: true,
                        written: quote.to_owned(),
                        expected: Some(words.text.clone().into()),
                        reason,
                        is_conflict: false,
                    });
                    return true;
                }
                Err(found) if found != Missing::NotThere => why = found,
                Err(_) => {}
            }
        }
        let elsewhere = dossier
            .passages
            .iter()
            .flat_map(|passage| &passage.sentences)
            .find(|sentence| quote::find(quote, &sentence.text).is_ok());
        let reason = match (why, elsewhere) {
            (Missing::NotThere, Some(sentence)) => format!("stands in {}, which is not what is cited", sentence.id),
            (Missing::NotThere, None) => "does not stand in what is cited".to_owned(),
            (Missing::TooShort, _) => "is too short to prove anything".to_owned(),
            (Missing::Cut, _) => "begins or ends inside a word or a number".to_owned(),
            (Missing::Turned(word), _) => format!("leaves out `{word}`, which changes its meaning"),
        };
        checks.push(failed(CheckKind::Quote, quote, &reason, false));
        false
    };
    for words in &cited.words {
        if let Some(quote) = words.quote
            && check(quote, &[words], checks)
        {
            standing.push(normalised(quote));
        }
    }
    let all: Vec<&Words<'_>> = cited.words.iter().collect();
    for quote in &meaning.quoted {
        // What the text quotes must stand inside of what is cited; words that a cite quotes already are looked at once.
        if standing.iter().any(|known| known.contains(quote.trim())) {
            continue;
        }
        if check(quote, &all, checks) {
            standing.push(quote.clone());
        }
    }
    let is_unquoted = cited.words.iter().any(|words| words.quote.is_none());
    if is_unquoted && standing.is_empty() {
        checks.push(failed(CheckKind::Quote, "", "cites a passage without the words that it means", false));
    }
    standing
}

fn names(
    dossier: &Dossier,
    meaning: &Meaning,
    text: &str,
    cited: &Cited<'_>,
    quotes: &[&str],
    checks: &mut Vec<Check>,
) {
    for number in names::orgnrs(text) {
        if !names::same_orgnr(&number, &dossier.orgnr) {
            checks.push(failed(CheckKind::Name, &number, "is another company's number", true));
        }
    }
    for item in &meaning.items {
        let Item::Name(name) = item else { continue };
        let ok = names::is_in(name, quotes) || names::is_own(name, dossier);
        // A figure of the dossier is the company's own, whatever else a passage names.
        let ok = ok
            && (cited.words.is_empty()
                || !cited.facts.is_empty()
                || names::is_in(name, quotes)
                || names::is_own(name, dossier));
        let (expected, reason) = match (&dossier.name, ok) {
            (_, true) => (None, "is named in what is cited, or the company itself"),
            (Some(own), false) => (Some(own.clone().into()), "is not the company and not named in what is cited"),
            (None, false) => (None, "is not named in what is cited"),
        };
        let is_conflict = !ok && dossier.name.is_some() && (cited.words.is_empty() || !quotes.is_empty());
        checks.push(Check {
            kind: CheckKind::Name,
            ok,
            written: name.clone(),
            expected,
            reason: reason.to_owned(),
            is_conflict,
        });
    }
}

fn statements(
    dossier: &Dossier,
    meaning: &Meaning,
    text: &str,
    own: Language,
    cited: &Cited<'_>,
    quotes: &[&str],
    checks: &mut Vec<Check>,
) {
    let fetched: Vec<i32> = cited.words.iter().map(|words| words.passage.fetched_at.year()).collect();
    if cited.facts.is_empty() {
        if !quotes.is_empty() {
            checks.extend(passage::report(meaning, text, own, quotes, &fetched, dossier, &[]));
        }
        return;
    }
    let report = figure::report(dossier, &cited.facts, meaning);
    let proved: Vec<String> =
        report.checks.iter().filter(|check| check.ok).map(|check| check.written.clone()).collect();
    let is_open = !report.unread.is_empty() || report.checks.iter().any(|check| !check.ok && !check.is_conflict);
    if is_open && !quotes.is_empty() {
        // What the facts leave open, the quotes must prove.
        let more = passage::report(meaning, text, own, quotes, &fetched, dossier, &proved);
        checks.extend(report.checks.into_iter().filter(|check| check.ok || check.is_conflict));
        checks.extend(more);
        return;
    }
    checks.extend(report.checks);
    checks.extend(
        report.unread.into_iter().map(|unread| failed(CheckKind::Quote, &unread.written, &unread.reason, false)),
    );
}
