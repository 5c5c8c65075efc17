//! The text form: `revenue >= 50m and ebitda_margin >= 10% and (sni in 28, 62 or text ~ "automation")`.
//!
//! ```text
//! filter    = part { "or" part }               and binds tighter than or; also och, eller, &&, ||
//! part      = factor { "and" factor }
//! factor    = "not" factor | "(" filter ")" | "everything" | "nothing" | condition
//! condition = field operator values | yes-no-field | "in list" name | number < field [< number]
//! ```
//! Errors say where and what could stand there instead. Nothing recurses deeper than [`MAX_DEPTH`].

use super::Filter;
use super::build::{Misfit, Operand, bounded, condition};
use super::error::FilterError;
use super::limits::{MAX_CONDITIONS, MAX_DEPTH, MAX_TEXT_BYTES, MAX_VALUES};
use super::operator::{Arity, Operator};
use super::scan::{Scanner, Span};
use super::suggest::nearest;
use super::target::Target;
use super::vocabulary::Vocabulary;
use crate::catalogue::FieldKind;

/// Reads the text form; an empty text means every company.
///
/// # Errors
/// [`FilterError`] with the place of the first error.
pub fn parse(text: &str) -> Result<Filter, FilterError> {
    parse_with(text, Vocabulary::builtin())
}

/// Like [`parse`], with code tables so that codes can be typed by name.
///
/// # Errors
/// As [`parse`].
pub fn parse_with(text: &str, vocabulary: &Vocabulary) -> Result<Filter, FilterError> {
    read(text, vocabulary).0
}

/// What could come at the end of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expectation {
    Condition,
    Operator(Target),
    Value(Target, Operator),
    BetweenAnd,
    Connective,
    Words(&'static [&'static str]),
}

/// The filter or error, and what could come at the end of the text.
pub(super) fn read(text: &str, vocabulary: &Vocabulary) -> (Result<Filter, FilterError>, Vec<Expectation>) {
    if text.len() > MAX_TEXT_BYTES {
        return (Err(FilterError::in_text("this filter is too long", 0, 0)), Vec::new());
    }
    let mut parser =
        Parser { scanner: Scanner::new(text), vocabulary, depth: 0, conditions: 0, values: 0, expected: Vec::new() };
    let result = parser.whole();
    (result, parser.expected)
}

struct Parser<'a> {
    scanner: Scanner<'a>,
    vocabulary: &'a Vocabulary,
    depth: usize,
    conditions: usize,
    values: usize,
    expected: Vec<Expectation>,
}

/// An operator as read, whether it was negated (`not contains`), and where it stood.
#[derive(Clone, Copy)]
struct ReadOperator {
    operator: Operator,
    negated: bool,
    span: Span,
}

impl<'a> Parser<'a> {
    /// Notes what could come here when the text ends here.
    fn at_end(&mut self, expectation: Expectation) -> bool {
        self.scanner.skip_space();
        let end = self.scanner.rest().is_empty();
        if end {
            self.expected.push(expectation);
        }
        end
    }

    fn whole(&mut self) -> Result<Filter, FilterError> {
        if self.at_end(Expectation::Condition) {
            return Ok(Filter::EVERYTHING);
        }
        let filter = self.either()?;
        if self.at_end(Expectation::Connective) {
            return Ok(filter);
        }
        let mut ahead = self.scanner;
        if ahead.eat(")") {
            return Err(self.scanner.here().error("this bracket was never opened"));
        }
        let span = match ahead.bare() {
            Some((_, span)) => span,
            None => self.scanner.here(),
        };
        let typed = &self.scanner.text[span.start..span.end];
        let near = nearest(typed, [("and", ["and", "och"]), ("or", ["or", "eller"])]);
        Err(span.error("here should stand and, or, or nothing more").suggesting(near))
    }

    fn connective(&mut self, words: &[&str], symbols: &[&str]) -> bool {
        if self.at_end(Expectation::Connective) {
            return false;
        }
        symbols.iter().any(|symbol| self.scanner.eat(symbol)) || words.iter().any(|word| self.scanner.eat_word(word))
    }

    fn either(&mut self) -> Result<Filter, FilterError> {
        let mut parts = vec![self.both()?];
        while self.connective(&["or", "eller"], &["||", "|"]) {
            parts.push(self.both()?);
        }
        Ok(Filter::any(parts))
    }

    fn both(&mut self) -> Result<Filter, FilterError> {
        let mut parts = vec![self.factor()?];
        while self.connective(&["and", "och"], &["&&", "&"]) {
            parts.push(self.factor()?);
        }
        Ok(Filter::all(parts))
    }

    fn enter(&mut self, span: Span) -> Result<(), FilterError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(span.error(format!("brackets and negations go at most {MAX_DEPTH} levels deep")));
        }
        Ok(())
    }

    fn factor(&mut self) -> Result<Filter, FilterError> {
        if self.at_end(Expectation::Condition) {
            return Err(self.scanner.here().error("here should stand a condition such as revenue >= 50m"));
        }
        let here = self.scanner.here();
        if self.scanner.eat("(") {
            self.enter(here)?;
            let inner = self.either()?;
            self.scanner.skip_space();
            if !self.scanner.eat(")") {
                return Err(match self.scanner.rest().is_empty() {
                    true => here.error("this bracket is never closed"),
                    false => self.scanner.here().error("here should stand and, or, or a closing bracket"),
                });
            }
            self.depth -= 1;
            return Ok(inner);
        }
        if self.scanner.eat("!") || ["not", "inte", "ej"].iter().any(|word| self.scanner.eat_word(word)) {
            self.enter(here)?;
            let inner = self.factor()?;
            self.depth -= 1;
            return Ok(Filter::not(inner));
        }
        if self.scanner.eat_word("everything") {
            return Ok(Filter::EVERYTHING);
        }
        if self.scanner.eat_word("nothing") {
            return Ok(Filter::NOTHING);
        }
        self.conditions += 1;
        if self.conditions > MAX_CONDITIONS {
            return Err(here.error(format!("a filter has at most {MAX_CONDITIONS} conditions")));
        }
        if here_is_number(&self.scanner) {
            return self.reversed();
        }
        let saved = self.scanner;
        if self.scanner.eat_word("in") {
            self.scanner.skip_space();
            for (word, target) in [("list", Target::List), ("listan", Target::List), ("label", Target::Label)] {
                if self.scanner.eat_word(word) {
                    let span = Span { start: here.start, end: self.scanner.position };
                    return self.finish(target, ReadOperator { operator: Operator::InList, negated: false, span });
                }
            }
            self.scanner = saved;
        }
        let (target, _) = self.target()?;
        match self.operator(target)? {
            Some(read) => self.finish(target, read),
            None => Ok(condition(target, Operator::Equal, &[Operand::Bool(true)], self.vocabulary)
                .unwrap_or(Filter::EVERYTHING)),
        }
    }

    fn target(&mut self) -> Result<(Target, Span), FilterError> {
        let (name, span) = match self.scanner.quoted()? {
            Some(quoted) => quoted,
            None => match self.scanner.word() {
                Some((word, span)) if ["and", "or", "och", "eller"].contains(&word.to_lowercase().as_str()) => {
                    return Err(span.error("here should stand a condition such as revenue >= 50m"));
                }
                Some((word, span)) => (word.to_owned(), span),
                None => return Err(self.scanner.here().error("here should stand the name of a field")),
            },
        };
        match Target::find(&name) {
            Some(target) => Ok((target, span)),
            None => {
                let shown: String = name.chars().take(60).collect();
                Err(span.error(format!("there is no field “{shown}”")).suggesting(Target::suggestions(&name)))
            }
        }
    }

    /// `None` for a yes-no field that stands alone.
    fn operator(&mut self, target: Target) -> Result<Option<ReadOperator>, FilterError> {
        let stands_alone = match target {
            Target::Field(field) => field.field().kind == FieldKind::Boolean,
            Target::Prospect | Target::Excluded => true,
            _ => false,
        };
        if self.at_end(Expectation::Operator(target)) {
            return match stands_alone {
                true => Ok(None),
                false => Err(self.scanner.here().error(format!("here should stand how to compare {}", target.key()))),
            };
        }
        let start = self.scanner.position;
        let saved = self.scanner;
        if let Some((operator, negated)) = self.operator_word_or_symbol() {
            let span = Span { start, end: self.scanner.position };
            if operator == Operator::In && matches!(target, Target::Orgnr | Target::List | Target::Label) {
                self.scanner.skip_space();
                if self.scanner.eat_word("list") {
                    return Ok(Some(ReadOperator { operator: Operator::InList, negated, span }));
                }
            }
            return Ok(Some(ReadOperator { operator, negated, span }));
        }
        self.scanner = saved;
        if stands_alone {
            return Ok(None);
        }
        let span = self.scanner.bare().map_or(self.scanner.here(), |(_, span)| span);
        let typed = &self.scanner.text[span.start..span.end];
        let near = nearest(typed, Operator::of(target).iter().map(|operator| (operator.text(), [operator.text()])));
        let names: Vec<&str> = Operator::of(target).iter().map(|operator| operator.text()).collect();
        Err(span
            .error(format!("here should stand how to compare {}: {}", target.key(), names.join(", ")))
            .suggesting(near))
    }

    fn operator_word_or_symbol(&mut self) -> Option<(Operator, bool)> {
        const SYMBOLS: [(&str, Operator, bool); 13] = [
            (">=", Operator::GreaterEqual, false),
            ("≥", Operator::GreaterEqual, false),
            ("<=", Operator::LessEqual, false),
            ("≤", Operator::LessEqual, false),
            ("<>", Operator::NotEqual, false),
            ("!=", Operator::NotEqual, false),
            ("≠", Operator::NotEqual, false),
            ("!~", Operator::Fuzzy, true),
            ("==", Operator::Equal, false),
            ("=", Operator::Equal, false),
            ("<", Operator::Less, false),
            (">", Operator::Greater, false),
            ("~", Operator::Fuzzy, false),
        ];
        if let Some((_, operator, negated)) = SYMBOLS.iter().find(|(symbol, ..)| self.scanner.eat(symbol)) {
            return Some((*operator, *negated));
        }
        let (word, _) = self.scanner.word()?;
        let word = word.to_lowercase();
        match word.as_str() {
            "not" | "inte" | "ej" => {
                if self.at_end(Expectation::Words(&["in", "between", "contains", "starts with"])) {
                    return None;
                }
                let (next, _) = self.scanner.word()?;
                self.word_operator(&next.to_lowercase()).map(|operator| match operator {
                    Operator::In => (Operator::NotIn, false),
                    other => (other, true),
                })
            }
            "is" | "är" => {
                self.at_end(Expectation::Words(&["null", "not null"]));
                let negated = self.scanner.eat_word("not") || self.scanner.eat_word("inte");
                self.scanner.skip_space();
                let missing =
                    ["null", "missing", "empty", "okänd", "okänt"].iter().any(|word| self.scanner.eat_word(word));
                Some(match (missing, negated) {
                    (true, false) => (Operator::IsNull, false),
                    (true, true) => (Operator::NotNull, false),
                    (false, _) if self.scanner.eat_word("known") => {
                        (if negated { Operator::IsNull } else { Operator::NotNull }, false)
                    }
                    (false, true) => (Operator::NotEqual, false),
                    (false, false) => (Operator::Equal, false),
                })
            }
            other => self.word_operator(other).map(|operator| (operator, false)),
        }
    }

    fn word_operator(&mut self, word: &str) -> Option<Operator> {
        Some(match word {
            "in" | "i" => Operator::In,
            "not_in" => Operator::NotIn,
            "between" | "mellan" => Operator::Between,
            "contains" | "contain" | "innehåller" => Operator::Contains,
            "starts" | "börjar" => {
                self.at_end(Expectation::Words(&["with"]));
                if !self.scanner.eat_word("with") && !self.scanner.eat_word("med") {
                    return None;
                }
                Operator::StartsWith
            }
            "starts_with" => Operator::StartsWith,
            "is_null" | "saknas" => Operator::IsNull,
            "not_null" | "finns" => Operator::NotNull,
            "in_list" => Operator::InList,
            _ => return None,
        })
    }

    /// Reads the values and builds the condition.
    fn finish(&mut self, target: Target, read: ReadOperator) -> Result<Filter, FilterError> {
        let mut operands = Vec::new();
        let mut spans = Vec::new();
        let operator = read.operator;
        match operator.arity() {
            Arity::Exactly(0) => {}
            Arity::Exactly(1) => self.value(target, operator, false, &mut operands, &mut spans)?,
            Arity::Exactly(_) => {
                self.value(target, operator, false, &mut operands, &mut spans)?;
                if self.at_end(Expectation::BetweenAnd)
                    || !(self.scanner.eat_word("and") || self.scanner.eat_word("och") || self.scanner.eat("&&"))
                {
                    return Err(self.scanner.here().error("between needs two values joined by and"));
                }
                self.value(target, operator, false, &mut operands, &mut spans)?;
            }
            Arity::List => self.list(target, operator, &mut operands, &mut spans)?,
        }
        let built = condition(target, operator, &operands, self.vocabulary).map_err(|misfit| {
            let span = misfit.operand.and_then(|index| spans.get(index).copied()).unwrap_or(read.span);
            located(misfit, span)
        })?;
        Ok(if read.negated { Filter::not(built) } else { built })
    }

    fn list(
        &mut self,
        target: Target,
        operator: Operator,
        operands: &mut Vec<Operand>,
        spans: &mut Vec<Span>,
    ) -> Result<(), FilterError> {
        self.scanner.skip_space();
        let opening = self.scanner.here();
        let closing = [("(", ")"), ("[", "]")].iter().find(|(open, _)| self.scanner.eat(open)).map(|(_, close)| *close);
        loop {
            self.value(target, operator, true, operands, spans)?;
            self.scanner.skip_space();
            if !self.scanner.eat(",") {
                break;
            }
        }
        match closing {
            Some(close) if !self.scanner.eat(close) => Err(opening.error("this list is never closed")),
            _ => Ok(()),
        }
    }

    fn value(
        &mut self,
        target: Target,
        operator: Operator,
        in_list: bool,
        operands: &mut Vec<Operand>,
        spans: &mut Vec<Span>,
    ) -> Result<(), FilterError> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(self.scanner.here().error(format!("a filter has at most {MAX_VALUES} values")));
        }
        if self.at_end(Expectation::Value(target, operator)) {
            return Err(self.scanner.here().error(format!("here should stand a value of {}", target.key())));
        }
        let numeric = matches!(target, Target::Field(field) if matches!(
            field.field().kind,
            FieldKind::Amount | FieldKind::Ratio | FieldKind::Count | FieldKind::Integer
        ));
        let (operand, span) = if let Some((text, span)) = self.scanner.quoted()? {
            (Operand::Text(text), span)
        } else if numeric && let Some(number) = self.scanner.number(in_list)? {
            number
        } else if let Some((word, span)) = self.scanner.bare() {
            (Operand::Text(word.to_owned()), span)
        } else {
            return Err(self.scanner.here().error(format!("here should stand a value of {}", target.key())));
        };
        operands.push(operand);
        spans.push(span);
        Ok(())
    }

    /// `10% <= ebitda_margin < 20%`, or only the first half of it.
    fn reversed(&mut self) -> Result<Filter, FilterError> {
        let (first, first_span) = self.end_value()?;
        let first_sign = self.comparison()?;
        self.scanner.skip_space();
        let (target, target_span) = self.target()?;
        self.scanner.skip_space();
        let saved = self.scanner;
        let Ok(second_sign) = self.comparison() else {
            self.scanner = saved;
            let turned = match first_sign {
                Operator::Less => Operator::Greater,
                Operator::LessEqual => Operator::GreaterEqual,
                Operator::Greater => Operator::Less,
                _ => Operator::LessEqual,
            };
            return condition(target, turned, &[first], self.vocabulary)
                .map_err(|misfit| located_or(misfit, &[first_span], target_span));
        };
        self.scanner.skip_space();
        let (second, second_span) = self.end_value()?;
        let rising = |sign| matches!(sign, Operator::Less | Operator::LessEqual);
        if rising(first_sign) != rising(second_sign) {
            let span = Span { start: first_span.start, end: second_span.end };
            return Err(span.error("both comparison signs should point the same way"));
        }
        let closed = |sign| matches!(sign, Operator::LessEqual | Operator::GreaterEqual);
        let (a, b) = ((&first, closed(first_sign)), (&second, closed(second_sign)));
        let (lower, upper, spans) =
            if rising(first_sign) { (a, b, [first_span, second_span]) } else { (b, a, [second_span, first_span]) };
        bounded(target, lower, upper, self.vocabulary).map_err(|misfit| located_or(misfit, &spans, target_span))
    }

    /// A number or a date at either end of a range.
    fn end_value(&mut self) -> Result<(Operand, Span), FilterError> {
        self.scanner.skip_space();
        let mut ahead = self.scanner;
        if let Some((word, span)) = ahead.bare()
            && word.len() >= 7
            && word.get(4..5) == Some("-")
        {
            self.scanner = ahead;
            return Ok((Operand::Text(word.to_owned()), span));
        }
        match self.scanner.number(false)? {
            Some(number) => Ok(number),
            None => Err(self.scanner.here().error("here should stand a number")),
        }
    }

    fn comparison(&mut self) -> Result<Operator, FilterError> {
        self.scanner.skip_space();
        for (symbol, operator) in [
            ("<=", Operator::LessEqual),
            ("≤", Operator::LessEqual),
            (">=", Operator::GreaterEqual),
            ("≥", Operator::GreaterEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ] {
            if self.scanner.eat(symbol) {
                return Ok(operator);
            }
        }
        Err(self.scanner.here().error("after a number should stand <, <=, > or >= and a field"))
    }
}

fn here_is_number(scanner: &Scanner<'_>) -> bool {
    let mut characters = scanner.rest().chars();
    match characters.next() {
        Some('-' | '−' | '+') => characters.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_ascii_digit(),
        None => false,
    }
}

fn located(misfit: Misfit, span: Span) -> FilterError {
    span.error(misfit.message).suggesting(misfit.suggestions)
}

fn located_or(misfit: Misfit, spans: &[Span], otherwise: Span) -> FilterError {
    let span = misfit.operand.and_then(|index| spans.get(index).copied()).unwrap_or(otherwise);
    located(misfit, span)
}
