//! Is a quote verbatim in the sentence that is cited, and does it leave out nothing that changes its meaning?

use super::lex::{Token, tokens};
use super::unicode::normalised;

/// Why a quote does not stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Nothing, or a single word, is quoted.
    TooShort,
    /// The words are not there in this order.
    NotThere,
    /// It begins or ends inside a word, a number or between a number and its unit.
    Cut,
    /// What was left out of its clause turns or limits it: the word.
    Turned(String),
}

/// The form in which quotes are compared: [`normalised`], with hyphens inside words left out.
fn comparable(text: &str) -> Vec<char> {
    let characters: Vec<char> = normalised(text).chars().collect();
    let letter = |at: usize| characters.get(at).is_some_and(|c| c.is_alphabetic());
    let is_inner = |at: usize| at > 0 && letter(at - 1) && letter(at + 1);
    characters.iter().enumerate().filter(|(at, c)| **c != '-' || !is_inner(*at)).map(|(_, c)| *c).collect()
}

/// Looks for the quote in a sentence.
///
/// # Errors
/// With the reason when it is not there as quoted.
pub(super) fn find(quote: &str, sentence: &str) -> Result<(), Missing> {
    let quote: Vec<char> = comparable(quote.trim().trim_matches(|c: char| "\"“”„«»'’‘".contains(c)));
    let sentence = comparable(sentence);
    if quote == sentence && !quote.is_empty() {
        return Ok(());
    }
    if quote.iter().filter(|c| c.is_alphanumeric()).count() < 2 || !quote.contains(&' ') {
        return Err(Missing::TooShort);
    }
    let mut why = Missing::NotThere;
    for start in 0..=sentence.len().saturating_sub(quote.len()) {
        if sentence.len() < quote.len() || sentence[start..start + quote.len()] != quote[..] {
            continue;
        }
        let end = start + quote.len();
        if is_cut(&sentence, start, end) {
            why = Missing::Cut;
        } else if let Some(word) = turned(&sentence, start, end) {
            why = Missing::Turned(word);
        } else {
            return Ok(());
        }
    }
    Err(why)
}

fn is_cut(sentence: &[char], start: usize, end: usize) -> bool {
    let at = |index: usize| sentence.get(index).copied().unwrap_or(' ');
    let before = if start == 0 { ' ' } else { at(start - 1) };
    let (first, last, after) = (at(start), at(end - 1), at(end));
    if before.is_alphanumeric() && first.is_alphanumeric() || last.is_alphanumeric() && after.is_alphanumeric() {
        return true;
    }
    // Digits go on behind a separator: "1 200", "12,3"; a sign stands before; a unit or scale behind.
    let digit = |character: char| character.is_ascii_digit();
    if digit(first) {
        let two_before = if start >= 2 { at(start - 2) } else { ' ' };
        let joins =
            matches!(before, ' ' | '.' | ',') && digit(two_before) && (before != ' ' || three_digits(sentence, start));
        if joins || matches!(before, '-' | '+' | '<' | '>' | '~') {
            return true;
        }
    }
    if digit(last) {
        let joins = matches!(after, '.' | ',') && digit(at(end + 1)) || after == ' ' && three_digits(sentence, end + 1);
        let rest: String = sentence[end..].iter().collect();
        let unit = tokens(&rest).first().is_some_and(|token| match token {
            Token::Mark('%' | '×') => true,
            Token::Word { lower, .. } => UNITS.contains(&lower.as_str()),
            _ => false,
        });
        return joins || unit;
    }
    false
}

fn three_digits(text: &[char], at: usize) -> bool {
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    digit(at) && digit(at + 1) && digit(at + 2) && !digit(at + 3)
}

const UNITS: [&str; 33] = [
    "mkr",
    "tkr",
    "kr",
    "msek",
    "ksek",
    "tsek",
    "sek",
    "kronor",
    "miljoner",
    "miljon",
    "miljarder",
    "tusen",
    "procent",
    "million",
    "billion",
    "thousand",
    "percent",
    "percentage",
    "per",
    "m",
    "mdkr",
    "mnkr",
    "euro",
    "eur",
    "usd",
    "procentenheter",
    "gånger",
    "times",
    "dagar",
    "days",
    "månader",
    "months",
    "bn",
];

/// Words that turn or limit the clause that they stand in.
const TURNING: &[&str] = &[
    // What is true of some is not true of all.
    "vissa",
    "några",
    "få",
    "delvis",
    "ibland",
    "ofta",
    "some",
    "few",
    "partly",
    "sometimes",
    "occasionally",
    "often",
    // What is meant to be is not yet.
    "avser",
    "siktar",
    "överväger",
    "intend",
    "intends",
    "aim",
    "aims",
    "expect",
    "expects",
    "considering",
    "inte",
    "ej",
    "icke",
    "aldrig",
    "ingen",
    "inga",
    "inget",
    "knappast",
    "utan",
    "varken",
    "nästan",
    "knappt",
    "drygt",
    "tidigare",
    "förr",
    "om",
    "planerar",
    "hoppas",
    "ska",
    "skall",
    "vill",
    "kan",
    "kanske",
    "möjligen",
    "nära",
    "sällan",
    "borde",
    "skulle",
    "före",
    "slutat",
    "upphört",
    "not",
    "no",
    "never",
    "without",
    "neither",
    "nor",
    "hardly",
    "nearly",
    "almost",
    "barely",
    "formerly",
    "previously",
    "if",
    "unless",
    "plan",
    "plans",
    "planning",
    "hope",
    "hopes",
    "will",
    "may",
    "might",
    "could",
    "would",
    "should",
    "cannot",
    "rarely",
    "except",
    "stopped",
    "used",
    "strävar",
];

/// A turning word in the part of the quote's clause that was left out.
fn turned(sentence: &[char], start: usize, end: usize) -> Option<String> {
    const ENDS: [&str; 12] =
        ["och", "men", "samt", "medan", "and", "but", "while", "whereas", "som", "which", "that", "eller"];
    let before: String = sentence[..start].iter().collect();
    let after: String = sentence[end..].iter().collect();
    let closes = |token: &Token| {
        matches!(token, Token::Mark(',' | ';' | ':' | '.' | '!' | '?' | '(' | ')'))
            || token.word().is_some_and(|word| ENDS.contains(&word))
    };
    let left = tokens(&before);
    let right = tokens(&after);
    let near =
        left.iter().rev().take_while(|token| !closes(token)).chain(right.iter().take_while(|token| !closes(token)));
    near.filter_map(Token::word).find(|word| TURNING.contains(word)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "Vi har inte 1 200 kunder, men vi omsätter drygt 12,3 mkr i Sverige.";

    #[test]
    fn verbatim_but_for_typing_is_found() {
        assert_eq!(find("men vi  omsätter drygt 12,3\u{a0}mkr i Sverige.", SENTENCE), Ok(()));
        assert_eq!(find("“vi omsätter drygt 12,3 mkr”", SENTENCE), Ok(()));
        assert_eq!(find("EBITDA-marginalen ökade", "EBITDA\u{2011}marginalen ökade."), Ok(()));
    }

    #[test]
    fn cut_spliced_and_turned_quotes_are_not() {
        assert_eq!(find("200 kunder", SENTENCE), Err(Missing::Cut));
        assert_eq!(find("1 200 kunder", SENTENCE), Err(Missing::Turned("inte".to_owned())));
        assert_eq!(find("vi omsätter drygt 12,3", SENTENCE), Err(Missing::Cut));
        assert_eq!(find("12,3 mkr i Sverige", SENTENCE), Err(Missing::Turned("drygt".to_owned())));
        assert_eq!(find("Vi har 1 200 kunder", SENTENCE), Err(Missing::NotThere));
        assert_eq!(find("Vi har … mkr i Sverige.", SENTENCE), Err(Missing::NotThere));
        assert_eq!(find("", SENTENCE), Err(Missing::TooShort));
    }
}
