//! The words that the checker understands, in two languages: which phrase means which [`Item`].

mod english;
pub(super) mod fields;
mod swedish;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Language;
use super::item::Item;
use super::lex::Token;

pub(super) use fields::{fields_of, words_of_key};

/// What a claim or a quote says of something that is only intended or foreseen.
pub(super) const PLANNED: &str = "a plan or a forecast";

/// Phrases by their first word, longest first.
type Phrases = HashMap<&'static str, Vec<(Vec<&'static str>, Item)>>;

/// Phrases in one text, separated by ` | `.
type Row = (&'static str, Item);

fn phrases(rows: Vec<Row>) -> Phrases {
    let mut out: Phrases = HashMap::new();
    for (texts, item) in rows {
        for text in texts.split('|') {
            let words: Vec<&'static str> = text.split_whitespace().collect();
            if let Some(first) = words.first() {
                out.entry(first).or_default().push((words.clone(), item.clone()));
            }
        }
    }
    for list in out.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    out
}

static SWEDISH: LazyLock<Phrases> = LazyLock::new(|| phrases(swedish::rows()));
static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| phrases(english::rows()));

/// The longest phrase that starts here, and how many tokens it takes.
pub(super) fn phrase(tokens: &[Token], language: Language) -> Option<(Item, usize)> {
    let table = match language {
        Language::Sv => &*SWEDISH,
        Language::En => &*ENGLISH,
    };
    let first = tokens.first()?.word()?;
    table.get(first)?.iter().find(|(words, _)| starts(tokens, words)).map(|(words, item)| (item.clone(), words.len()))
}

/// Whether the tokens start with these words; `-` and `/` in a phrase are marks.
pub(super) fn starts<S: AsRef<str>>(tokens: &[Token], words: &[S]) -> bool {
    words.len() <= tokens.len()
        && words.iter().zip(tokens).all(|(word, token)| match token {
            Token::Word { lower, .. } => lower == word.as_ref(),
            Token::Mark(mark) => word.as_ref().chars().eq([*mark]),
            Token::Number { .. } => false,
        })
}

/// Whether the word stands in the vocabulary of the language, alone or at the start of a phrase.
pub(super) fn is_known(word: &str, language: Language) -> bool {
    match language {
        Language::Sv => SWEDISH.contains_key(word),
        Language::En => ENGLISH.contains_key(word),
    }
}
