//! Conditions on words and codes: names, descriptions, quoted words, industry codes.

use super::{Found, Sentence};
use crate::ask::lexicon::Meaning;
use crate::ask::pieces::Piece;
use crate::ask::value::{Written, value};
use crate::filter::operator::Operator;
use crate::filter::parse::parse;
use crate::filter::print::quote;

impl Sentence<'_> {
    /// Conditions on words and codes: names, descriptions, quoted words, industry codes.
    pub(super) fn words(&self, at: usize) -> Option<(Found, usize)> {
        let piece = &self.pieces[at];
        let filter = |text: String, end: usize| parse(&text).ok().map(|filter| (Found::Condition(filter), end));
        if let Some(words) = &piece.quoted {
            return filter(format!("text ~ {}", quote(words)), at + 1);
        }
        let operator = if piece.is(&Meaning::Mentions) {
            format!("text {}", Operator::Fuzzy.text())
        } else if piece.is(&Meaning::NameStart) {
            "name starts with".to_owned()
        } else if piece.is(&Meaning::Named) {
            "name contains".to_owned()
        } else if piece.is(&Meaning::Code) {
            return self.codes(at);
        } else {
            // “No employees” is a number; of anything else it is not known what was meant.
            let none = self.not.filter(|(_, is_spoilt)| !is_spoilt).is_some()
                && piece.field().is_some_and(|field| field.field().key == "employees");
            return none.then(|| filter("employees > 0".to_owned(), at + 1)).flatten();
        };
        let next = self.pieces.get(at + 1)?;
        if let Some(words) = &next.quoted {
            return filter(format!("{operator} {}", quote(words)), at + 2);
        }
        // Without quotes: the next phrase, whatever it says elsewhere, and the unknown words behind it.
        let is_word = |piece: &&Piece| {
            piece.meanings.is_empty() && !piece.is_break && piece.bracket.is_none() && piece.quoted.is_none()
        };
        if next.is_break || next.bracket.is_some() {
            return None;
        }
        let more = self.pieces[at + 2..].iter().take_while(is_word).count();
        let end = at + 2 + more;
        let words = self.text.get(next.start..self.pieces[end - 1].end)?;
        filter(format!("{operator} {}", quote(words)), end)
    }

    /// “SNI 62”, “industry codes 28, 62 or 71”.
    fn codes(&self, at: usize) -> Option<(Found, usize)> {
        let mut codes = Vec::new();
        let mut end = self.glue(at + 1);
        let start = end;
        while let Some((number, false)) = self.pieces.get(end).and_then(|piece| piece.number) {
            let digits = number.plain();
            // A code of one digit has lost its zero: 01 is agriculture.
            codes.push(if digits.len() == 1 { format!("0{digits}") } else { digits });
            end += 1;
            let joins = self
                .pieces
                .get(end)
                .is_some_and(|piece| piece.is_break || piece.is(&Meaning::Or) || piece.is(&Meaning::And));
            if joins
                && self
                    .pieces
                    .get(end + 1)
                    .is_some_and(|piece| piece.number.is_some_and(|(number, _)| number.plain().len() <= 5))
                && value(self.pieces, end + 1, false).is_some_and(|value| value.unit == Written::Nothing)
            {
                end += 1;
            }
        }
        let filter = parse(&format!("sni in {}", codes.join(", "))).ok().filter(|_| end > start)?;
        Some((Found::Condition(filter), end))
    }
}
