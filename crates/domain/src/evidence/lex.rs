//! Text → words, numbers and marks. The text is [`normalised`](super::normalised) before.

use super::Language;

/// One piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A word, in lower case and as written. Hyphens and apostrophes inside belong to it; the genitive of English does not.
    Word { lower: String, written: String },
    /// A number as written, without its sign.
    Number { digits: String, sign: Option<char> },
    /// Any other mark.
    Mark(char),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word { lower, .. } => Some(lower),
            _ => None,
        }
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        matches!(self, Self::Mark(found) if *found == mark)
    }
}

/// The pieces of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let characters: Vec<char> = text.chars().collect();
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        if character.is_whitespace() {
            at += 1;
        } else if character.is_ascii_digit() {
            let digits = number(&characters[at..]);
            at += digits.chars().count();
            let sign = sign(&mut out, &characters, at - digits.chars().count());
            out.push(Token::Number { digits, sign });
        } else if character.is_alphabetic() {
            let word = word(&characters[at..]);
            at += word.chars().count();
            push_word(&mut out, word);
        } else {
            out.push(Token::Mark(character));
            at += 1;
        }
    }
    out
}

/// A sign directly before a number that is not the hyphen of a range or of a word.
fn sign(out: &mut Vec<Token>, characters: &[char], start: usize) -> Option<char> {
    let mark = match out.last() {
        Some(Token::Mark(mark @ ('-' | '+'))) => *mark,
        _ => return None,
    };
    // The mark stands right before the digits, and what is before the mark ends there.
    let touches = start >= 1 && characters[start - 1] == mark;
    let free = start < 2 || matches!(characters[start - 2], ' ' | '(' | ':' | '"' | '$' | '€' | '~');
    if touches && free {
        out.pop();
        Some(mark)
    } else {
        None
    }
}

/// The digits at the start with the separators between them.
fn number(characters: &[char]) -> String {
    let digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let three = |at: usize| digit(at) && digit(at + 1) && digit(at + 2) && !digit(at + 3);
    let mut end = 0;
    while digit(end) {
        end += 1;
    }
    let mut may_group = end <= 3;
    loop {
        match characters.get(end) {
            Some(' ' | '\'') if may_group && three(end + 1) => end += 4,
            Some('.' | ',') if digit(end + 1) => {
                may_group = false;
                end += 1;
                while digit(end) {
                    end += 1;
                }
            }
            _ => break,
        }
    }
    characters[..end].iter().collect()
}

fn word(characters: &[char]) -> String {
    let mut end = 0;
    while let Some(character) = characters.get(end) {
        let next = characters.get(end + 1);
        let joins = matches!(character, '-' | '\'' | '&') && next.is_some_and(|c| c.is_alphanumeric());
        let genitive = *character == ':' && next.is_some_and(|c| matches!(c, 's' | 'n' | 'e'));
        if character.is_alphanumeric() || (end > 0 && (joins || genitive)) {
            end += 1;
        } else {
            break;
        }
    }
    characters[..end].iter().collect()
}

fn push_word(out: &mut Vec<Token>, written: String) {
    let mut written = written;
    for ending in ["'s", "'S", ":s"] {
        if let Some(stem) = written.strip_suffix(ending) {
            written = stem.to_owned();
        }
    }
    if let Some(stem) = written.strip_suffix("n't") {
        // "didn't" is "did not"; "can't" and "won't" are understood the same way.
        let stem = stem.to_owned();
        out.push(Token::Word { lower: stem.to_lowercase(), written: stem });
        written = "not".to_owned();
    }
    // A word that ends in a number's unit after digits ("FY23") stays whole.
    out.push(Token::Word { lower: written.to_lowercase(), written });
}

/// Which language a text is written in, by its most frequent words.
pub(super) fn language(text: &str) -> Language {
    const SWEDISH: [&str; 34] = [
        "och",
        "att",
        "är",
        "för",
        "på",
        "med",
        "av",
        "till",
        "som",
        "vi",
        "en",
        "ett",
        "den",
        "det",
        "i",
        "var",
        "från",
        "har",
        "hade",
        "vår",
        "våra",
        "oss",
        "om",
        "inte",
        "ökade",
        "minskade",
        "uppgick",
        "bolaget",
        "företaget",
        "mkr",
        "tkr",
        "kr",
        "under",
        "sedan",
    ];
    const ENGLISH: [&str; 30] = [
        "the", "and", "of", "to", "in", "is", "was", "a", "we", "our", "with", "for", "from", "by", "at", "has", "had",
        "its", "are", "were", "than", "that", "on", "as", "us", "an", "grew", "rose", "fell", "company",
    ];
    let mut balance = 0_i32;
    for token in tokens(text) {
        let Some(word) = token.word() else { continue };
        balance += i32::from(SWEDISH.contains(&word)) - i32::from(ENGLISH.contains(&word));
        balance += i32::from(word.contains(['å', 'ä', 'ö']));
    }
    if balance < 0 { Language::En } else { Language::Sv }
}
