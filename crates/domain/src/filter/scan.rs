//! Reading the text form piece by piece: words, quoted texts, symbols and numbers with Swedish and English habits.

use super::build::Operand;
use super::error::FilterError;
use super::number::Decimal;

/// Bytes of the text that a piece covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn length(self) -> usize {
        self.end - self.start
    }

    pub fn error(self, message: impl Into<String>) -> FilterError {
        FilterError::in_text(message, self.start, self.length())
    }
}

/// Endings of numbers: the power of ten they stand for. Those with −2 are shares.
const SUFFIXES: [(&str, i32); 29] = [
    ("k", 3),
    ("t", 3),
    ("tkr", 3),
    ("tsek", 3),
    ("tusen", 3),
    ("m", 6),
    ("mn", 6),
    ("mkr", 6),
    ("msek", 6),
    ("milj", 6),
    ("miljoner", 6),
    ("million", 6),
    ("bn", 9),
    ("md", 9),
    ("mdr", 9),
    ("mdkr", 9),
    ("miljarder", 9),
    ("billion", 9),
    ("kr", 0),
    ("sek", 0),
    ("kronor", 0),
    ("x", 0),
    ("×", 0),
    ("d", 0),
    ("dagar", 0),
    ("days", 0),
    ("%", -2),
    ("procent", -2),
    ("percent", -2),
];

/// A position in the text.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a> {
    pub text: &'a str,
    pub position: usize,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, position: 0 }
    }

    pub fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }

    pub fn skip_space(&mut self) {
        let rest = self.rest();
        self.position += rest.len() - rest.trim_start().len();
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Where the next piece is, for errors: one character, or nothing at the end.
    pub fn here(&self) -> Span {
        Span { start: self.position, end: self.position + self.peek().map_or(0, char::len_utf8) }
    }

    /// Takes the symbol when it comes next.
    pub fn eat(&mut self, symbol: &str) -> bool {
        let found = self.rest().starts_with(symbol);
        if found {
            self.position += symbol.len();
        }
        found
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> Option<(&'a str, Span)> {
        let rest = self.rest();
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        let span = Span { start: self.position, end: self.position + length };
        self.position = span.end;
        (length > 0).then(|| (&rest[..length], span))
    }

    /// A name or keyword: letters, digits, underscores, and hyphens inside.
    pub fn word(&mut self) -> Option<(&'a str, Span)> {
        if !self.peek().is_some_and(|c| c.is_alphabetic() || c == '_') {
            return None;
        }
        let (word, span) = self.take(|c| c.is_alphanumeric() || c == '_' || c == '-')?;
        let kept = word.trim_end_matches('-');
        self.position = span.start + kept.len();
        Some((kept, Span { start: span.start, end: self.position }))
    }

    /// Takes the keyword (ASCII case does not matter) when it comes next.
    pub fn eat_word(&mut self, keyword: &str) -> bool {
        let saved = self.position;
        match self.word() {
            Some((word, _)) if word.to_lowercase() == keyword => true,
            _ => {
                self.position = saved;
                false
            }
        }
    }

    /// A value without quotes: up to space, comma, bracket, quote or comparison sign.
    pub fn bare(&mut self) -> Option<(&'a str, Span)> {
        self.take(|c| !c.is_whitespace() && !",()[]\"“”<>=!~&|".contains(c))
    }

    /// A quoted text with `\"` and `\\` escaped; `“…”` is understood as well.
    pub fn quoted(&mut self) -> Result<Option<(String, Span)>, FilterError> {
        let start = self.position;
        let closing = match self.peek() {
            Some('"') => ['"', '"'],
            Some('“' | '”') => ['”', '“'],
            _ => return Ok(None),
        };
        let mut out = String::new();
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((index, character)) = characters.next() {
            match character {
                '\\' => match characters.next() {
                    Some((_, escaped @ ('"' | '\\' | '“' | '”'))) => out.push(escaped),
                    Some((_, other)) => {
                        out.push('\\');
                        out.push(other);
                    }
                    None => break,
                },
                c if closing.contains(&c) => {
                    self.position = start + index + c.len_utf8();
                    return Ok(Some((out, Span { start, end: self.position })));
                }
                c => out.push(c),
            }
        }
        Err(FilterError::in_text("this quoted text has no closing quote", start, self.text.len() - start))
    }

    /// A number with its ending. In a list the comma separates values; elsewhere it is the Swedish decimal comma.
    pub fn number(&mut self, in_list: bool) -> Result<Option<(Operand, Span)>, FilterError> {
        let start = self.position;
        let mut digits = String::new();
        if let Some(sign @ ('-' | '−' | '+')) = self.peek() {
            self.position += sign.len_utf8();
            if sign != '+' {
                digits.push('-');
            }
        }
        let is_digit = |c: char| c.is_ascii_digit();
        let Some((whole, _)) = self.take(is_digit) else {
            self.position = start;
            return Ok(None);
        };
        digits.push_str(whole);
        if whole.len() <= 3 {
            self.thousands(&mut digits);
        }
        let separator = self.peek();
        let decimals = self.rest().get(1..).map_or(0, |rest| rest.len() - rest.trim_start_matches(is_digit).len());
        if decimals > 0 && (separator == Some('.') || (separator == Some(',') && !in_list)) {
            let after = self.rest().as_bytes().get(1 + decimals).copied();
            if separator == Some(',')
                && (after == Some(b',') || (decimals == 3 && !whole.trim_start_matches('0').is_empty()))
            {
                let span = Span { start, end: self.position + 1 + decimals };
                return Err(span.error(
                    "a comma before three digits can mean a decimal or thousands: write a point for decimals and a space or nothing for thousands",
                ));
            }
            digits.push('.');
            self.position += 1;
            digits.push_str(self.take(is_digit).map_or("", |(decimals, _)| decimals));
        }
        self.exponent(&mut digits);
        let (power, percent) = self.suffix(start)?;
        let span = Span { start, end: self.position };
        let value =
            Decimal::parse(&digits).ok_or_else(|| span.error("this number has too many digits or is too large"))?;
        Ok(Some((Operand::Number { value: value.scaled(power), percent }, span)))
    }

    /// Groups of three digits behind a space, as in 50 000 000.
    fn thousands(&mut self, digits: &mut String) {
        loop {
            let rest = self.rest();
            let Some(space) = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')) else { return };
            let group = &rest[space.len_utf8()..];
            let length = group.len() - group.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if length != 3 {
                return;
            }
            digits.push_str(&group[..3]);
            self.position += space.len_utf8() + 3;
        }
    }

    fn exponent(&mut self, digits: &mut String) {
        let rest = self.rest();
        let Some(after) = rest.strip_prefix(['e', 'E']) else { return };
        let unsigned = after.strip_prefix(['-', '+']).unwrap_or(after);
        let length = unsigned.len() - unsigned.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if length == 0 || length > 4 || unsigned[length..].starts_with(char::is_alphanumeric) {
            return;
        }
        let taken = rest.len() - unsigned.len() + length;
        digits.push_str(&rest[..taken].replace('+', ""));
        self.position += taken;
    }

    /// The power of ten of the ending, and whether it makes a share.
    fn suffix(&mut self, start: usize) -> Result<(i32, bool), FilterError> {
        let before = self.position;
        if self.eat("%") {
            return Ok((-2, true));
        }
        let attached = self.peek().is_some_and(|c| c.is_alphabetic() || c == '×' || c == '_');
        self.skip_space();
        if !attached && self.eat("%") {
            return Ok((-2, true));
        }
        let word =
            if self.eat("×") { Some("×".to_owned()) } else { self.word().map(|(word, _)| word.to_lowercase()) };
        let known = word.as_deref().and_then(|word| SUFFIXES.iter().find(|(suffix, _)| *suffix == word));
        match known {
            Some((_, power)) => Ok((*power, *power == -2)),
            None if attached => {
                let span = Span { start, end: self.position };
                Err(span.error("a number may end in k, m, bn, tkr, mkr, mdkr, kr, % or x"))
            }
            None => {
                self.position = before;
                Ok((0, false))
            }
        }
    }
}
