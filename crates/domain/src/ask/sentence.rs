//! From phrases to conditions: what stands where in a sentence, one item after the other.

mod days;
mod orders;
mod texts;

use chrono::NaiveDate;

use super::combine::{Item, Listed, combine};
use super::lexicon::{Comparison, Meaning};
use super::pieces::Piece;
use super::value::{Value, Written, compare, is_day, is_figure, value};
use super::{Means, Order, Phrase, Reading, Reason, Unread};
use crate::filter::parse::parse;
use crate::filter::{Condition, FieldId, Filter};

/// Words that may stand between a figure, its comparison and its number.
const GLUE: usize = 4;

/// What was read at a place.
enum Found {
    Condition(Filter),
    Order(Order),
    Refused(Reason),
}

/// A sentence that is being read.
pub(super) struct Sentence<'a> {
    text: &'a str,
    pieces: &'a [Piece],
    today: NaiveDate,
    items: Vec<Item>,
    phrases: Vec<Phrase>,
    unread: Vec<Unread>,
    sort: Option<Order>,
    /// Where a “not” stands that waits for its condition, and whether words that nobody knows came after it.
    not: Option<(usize, bool)>,
    /// The figure of the condition before, while only “and” or “but” came after it.
    figure: Option<FieldId>,
}

impl<'a> Sentence<'a> {
    pub fn new(text: &'a str, pieces: &'a [Piece], today: NaiveDate) -> Self {
        let (items, phrases, unread) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, pieces, today, items, phrases, unread, sort: None, not: None, figure: None }
    }

    pub fn read(mut self) -> Reading {
        let mut at = 0;
        while at < self.pieces.len() {
            at = self.step(at).max(at + 1);
        }
        self.drop_not();
        self.unread.sort_by_key(|unread| unread.start);
        let filter = combine(std::mem::take(&mut self.items));
        let unread = self.joined();
        Reading { filter, sort: self.sort, phrases: self.phrases, unread }
    }

    /// Reads what stands at a place; the place after it.
    fn step(&mut self, at: usize) -> usize {
        let piece = &self.pieces[at];
        if let Some((found, end)) = self.order(at).or_else(|| self.numbers(at)).or_else(|| self.words(at)) {
            self.keep(at, end, found);
            return end;
        }
        if let Some(is_open) = piece.bracket {
            self.items.push(if is_open { Item::Open } else { Item::Close });
        } else if piece.is_break {
            self.items.push(Item::Break);
            self.drop_not();
        } else if piece.is(&Meaning::NotBehind) && self.negate_last(at) {
            // Done.
        } else if piece.is(&Meaning::Not) {
            self.not.get_or_insert((at, false));
        } else if let Some(filter) = piece.filter().cloned() {
            let end = self.same_field_after(at + 1, piece.last_field);
            self.keep(at, end, Found::Condition(filter));
            return end;
        } else if piece.is(&Meaning::Or) {
            self.items.push(Item::Or);
        } else if piece.is(&Meaning::And) {
            self.items.push(Item::And);
        } else if !self.is_quiet(piece) {
            self.refuse(at, at + 1, self.why(at));
        }
        at + 1
    }

    /// Unknown words of one reason with nothing that was understood between them are one run.
    fn joined(&self) -> Vec<Unread> {
        let is_quiet_between = |from: usize, to: usize| {
            let mut between = self.pieces.iter().filter(|piece| piece.start >= from && piece.end <= to);
            between.all(|piece| self.is_quiet(piece))
        };
        let mut joined: Vec<Unread> = Vec::new();
        for next in &self.unread {
            match joined.last_mut() {
                Some(last)
                    if next.start <= last.end + 1
                        || (next.reason == last.reason && is_quiet_between(last.end, next.start)) =>
                {
                    last.end = last.end.max(next.end);
                    last.reason = last.reason.max(next.reason);
                }
                _ => joined.push(*next),
            }
        }
        joined
    }

    /// Words that say nothing by themselves.
    fn is_quiet(&self, piece: &Piece) -> bool {
        let says_nothing = [Meaning::Filler, Meaning::LastYear, Meaning::PerYear, Meaning::First];
        says_nothing.iter().any(|meaning| piece.is(meaning))
    }

    fn why(&self, at: usize) -> Reason {
        let piece = &self.pieces[at];
        if piece.number.is_some() {
            return Reason::NoField;
        }
        if piece.field().is_some() { Reason::NoValue } else { Reason::Unknown }
    }

    fn keep(&mut self, at: usize, end: usize, found: Found) {
        let filter = match found {
            Found::Order(order) => {
                self.sort = Some(order);
                self.phrase(at, end, Means::Order(order));
                return;
            }
            Found::Refused(reason) => return self.refuse(at, end, reason),
            Found::Condition(filter) => filter,
        };
        let figure = if let Filter::Condition(condition) = &filter {
            condition.field().filter(|field| is_figure(*field))
        } else {
            None
        };
        match self.not.take() {
            // “Not very profitable” is not the opposite of anything: the whole of it is told as not understood.
            Some((start, true)) => self.refuse_words(start, end, Reason::Unknown),
            Some((start, false)) => {
                let negated = opposite(&filter);
                self.phrase(
                    start,
                    end,
                    Means::Condition(negated.clone().unwrap_or_else(|| Filter::not(filter.clone()))),
                );
                self.items.push(match negated {
                    Some(filter) => Item::Condition(Listed { filter, is_negated: false }),
                    None => Item::Condition(Listed { filter, is_negated: true }),
                });
            }
            None => {
                self.phrase(at, end, Means::Condition(filter.clone()));
                self.items.push(Item::Condition(Listed { filter, is_negated: false }));
            }
        }
        self.figure = figure;
    }

    /// Turns the condition before round: “stale figures excluded”. Whether there is one that a “not” does not stand before.
    fn negate_last(&mut self, at: usize) -> bool {
        let (Some(Item::Condition(listed)), Some(phrase)) = (self.items.last_mut(), self.phrases.last_mut()) else {
            return false;
        };
        if listed.is_negated {
            return false;
        }
        match opposite(&listed.filter) {
            Some(filter) => listed.filter = filter,
            None => listed.is_negated = true,
        }
        let filter = listed.filter.clone();
        phrase.means = Means::Condition(if listed.is_negated { Filter::not(filter) } else { filter });
        phrase.end = self.pieces[at].end;
        true
    }

    fn phrase(&mut self, at: usize, end: usize, means: Means) {
        self.phrases.push(Phrase { start: self.pieces[at].start, end: self.pieces[end - 1].end, means });
    }

    fn refuse(&mut self, at: usize, end: usize, reason: Reason) {
        self.figure = None;
        if let Some((_, is_spoilt)) = &mut self.not {
            *is_spoilt = true;
        }
        self.refuse_words(at, end, reason);
    }

    fn refuse_words(&mut self, at: usize, end: usize, reason: Reason) {
        let (start, end) = (self.pieces[at].start, self.pieces[end - 1].end);
        self.unread.push(Unread { start, end, reason });
    }

    /// A “not” that nothing came after is told as not understood.
    fn drop_not(&mut self) {
        if let Some((at, _)) = self.not.take() {
            self.refuse_words(at, at + 1, Reason::Unknown);
        }
    }

    fn has(&self, at: usize, meaning: &Meaning) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.is(meaning))
    }

    fn find<T>(&self, at: usize, pick: impl Fn(&Meaning) -> Option<T>) -> Option<T> {
        self.pieces.get(at)?.find(pick)
    }

    /// Past words that join the parts of one statement.
    fn glue(&self, at: usize) -> usize {
        let counts = |meaning: &Meaning| {
            matches!(
                meaning,
                Meaning::Field(_)
                    | Meaning::Compare(_)
                    | Meaning::Between
                    | Meaning::Day(_)
                    | Meaning::Age(_)
                    | Meaning::Number(_)
            )
        };
        let joins = |index: &usize| {
            self.pieces.get(*index).is_some_and(|piece| {
                (piece.is_filler() || piece.is(&Meaning::PerYear)) && !piece.meanings.iter().any(counts)
            })
        };
        (at..at + GLUE).take_while(joins).last().map_or(at, |last| last + 1)
    }

    /// Conditions with numbers.
    fn numbers(&self, at: usize) -> Option<(Found, usize)> {
        self.sign(at).or_else(|| self.figure_first(at)).or_else(|| self.number_first(at))
    }

    /// “Positive EBITDA”, “EBITDA is negative”.
    fn sign(&self, at: usize) -> Option<(Found, usize)> {
        let sign = |at: usize| match (self.has(at, &Meaning::Positive), self.has(at, &Meaning::Negative)) {
            (true, _) => Some(">"),
            (_, true) => Some("<"),
            _ => None,
        };
        let (field, sign, end) = match sign(at) {
            Some(sign) => (self.pieces.get(at + 1)?.field()?, sign, at + 2),
            None => {
                let field = self.pieces.get(at)?.field()?;
                let next = self.glue(at + 1);
                (field, sign(next)?, next + 1)
            }
        };
        let filter = parse(&format!("{} {sign} 0", field.field().key)).ok().filter(|_| is_figure(field))?;
        Some((Found::Condition(filter), end))
    }

    /// How a value is compared at a place: the comparison, whether it is a range, and the place after it.
    fn comparison(&self, at: usize, field: Option<FieldId>) -> (Option<Comparison>, bool, usize) {
        let is_day = field.is_some_and(is_day);
        let found = self.find(at, |meaning| match meaning {
            Meaning::Compare(comparison) => Some(*comparison),
            Meaning::Day(comparison) if is_day => Some(*comparison),
            _ => None,
        });
        // “Since” is a comparison of days and may come with others: “from and including”.
        if let Some(comparison) = found {
            let next =
                self.find(
                    at + 1,
                    |meaning| if let Meaning::Compare(comparison) = meaning { Some(*comparison) } else { None },
                );
            return match next {
                Some(next) if comparison == Comparison::About || comparison == Comparison::AtLeast => {
                    (Some(next), false, at + 2)
                }
                _ => (Some(comparison), false, at + 1),
            };
        }
        if self.has(at, &Meaning::Between) { (None, true, at + 1) } else { (None, false, at) }
    }

    /// “Revenue over 50 mkr”, “employees between 10 and 50”, “founded before 2000”, “growing 10 % a year over three years”.
    fn figure_first(&self, at: usize) -> Option<(Found, usize)> {
        let piece = &self.pieces[at];
        let field = piece.field().or(piece.last_field)?;
        let mut next = self.glue(at + 1);
        // A figure that is named twice (“employs more than 20 employees”) is one.
        let (span, after_span) = self.years_meant(next);
        if span.is_some() && !is_day(field) {
            next = self.glue(after_span);
        }
        if is_day(field) {
            return self.day(field, next);
        }
        let (comparison, is_between, next) = self.comparison(next, Some(field));
        let start = self.glue(next);
        let value = value(self.pieces, start, is_between)?;
        // "Skuldsättning under 2 gånger EBITDA" is the net debt in EBITDA, not the debt in equity.
        let (field, is_of_ebitda) = match self.times_of_ebitda(field, &value) {
            Some(ratio) => (ratio, true),
            None => (field, false),
        };
        let (found, end) = self.compared(field, comparison, is_between, value, span);
        let end = if is_of_ebitda { self.glue(end) + 1 } else { end };
        Some((found, self.same_field_after(end, Some(field))))
    }

    /// The ratio that is meant where debt is told as a multiple of EBITDA.
    fn times_of_ebitda(&self, field: FieldId, value: &Value) -> Option<FieldId> {
        let is_debt = matches!(field.field().key, "debt_to_equity" | "net_debt");
        let behind = self.pieces.get(self.glue(value.end)).and_then(Piece::field)?;
        (is_debt && value.unit == Written::Times && behind.field().key == "ebitda")
            .then(|| FieldId::find("net_debt_to_ebitda"))?
    }

    /// Past the same figure, named once more behind its number.
    fn same_field_after(&self, at: usize, field: Option<FieldId>) -> usize {
        let next = self.glue(at);
        let again = field.is_some() && self.pieces.get(next).is_some_and(|piece| piece.field() == field);
        let leads = again
            && (self.comparison(self.glue(next + 1), field).0.is_some()
                || value(self.pieces, self.glue(next + 1), false).is_some());
        if again && !leads { next + 1 } else { at }
    }

    /// “At least 20 employees”, “50+ employees”, “over 10 % growth”, “older than 10 years”, “and under 200 mkr”.
    fn number_first(&self, at: usize) -> Option<(Found, usize)> {
        if let Some(found) = self.age(at) {
            return Some(found);
        }
        let (comparison, is_between, start) = self.comparison(at, None);
        let start = if comparison.is_some() || is_between { self.glue(start) } else { start };
        let value = value(self.pieces, start, is_between)?;
        let (after, behind) = self.after(value.end);
        // “10 years old”, “10–20 years old”.
        if value.unit == Written::Years && self.has(behind, &Meaning::Old) {
            let comparison = comparison.or(after).unwrap_or(Comparison::Equal);
            let (later, end) = self.after(behind + 1);
            let comparison = if comparison == Comparison::Equal { later.unwrap_or(comparison) } else { comparison };
            return Some((self.aged(FieldId::find("registered_on")?, comparison, value), end));
        }
        let next = self.glue(behind);
        let named = self
            .pieces
            .get(next)
            .and_then(|piece| piece.field().or(piece.last_field))
            .filter(|field| is_figure(*field));
        if let Some(field) = named {
            let (span, end) = self.years_meant(self.glue(next + 1));
            let end = if span.is_some() { end } else { next + 1 };
            let (later, end) = if comparison.or(after).is_none() { self.after(end) } else { (None, end) };
            let comparison = comparison.or(after).or(later);
            let (found, _) = self.compared(field, comparison, is_between, Value { end: behind, ..value }, span);
            return Some((found, end));
        }
        // The figure of the condition before: “over 50 mkr but under 200 mkr”.
        if let Some(field) = self.figure
            && (comparison.or(after).is_some() || is_between)
        {
            let (found, end) = self.compared(field, comparison.or(after), is_between, value, None);
            if matches!(found, Found::Condition(_)) {
                return Some((found, end.max(behind)));
            }
        }
        let reason = if value.unit == Written::Foreign { Reason::Currency } else { Reason::NoField };
        Some((Found::Refused(reason), behind))
    }

    /// “or more” behind a value.
    fn after(&self, at: usize) -> (Option<Comparison>, usize) {
        let found =
            self.find(at, |meaning| if let Meaning::After(comparison) = meaning { Some(*comparison) } else { None });
        (found, at + usize::from(found.is_some()))
    }

    /// The condition, and the place after all that belongs to it.
    fn compared(
        &self,
        field: FieldId,
        comparison: Option<Comparison>,
        is_between: bool,
        value: Value,
        span: Option<i64>,
    ) -> (Found, usize) {
        let (after, mut end) = self.after(value.end);
        let mut field = field;
        let (behind, after_years) = match self.years_meant(end) {
            (None, _) => self.years_meant(self.glue(end)),
            found => found,
        };
        if behind.is_some() {
            end = after_years;
        }
        match (field.field().key, span.or(behind)) {
            (_, None | Some(1)) => {}
            ("growth_yoy" | "cagr_3y", Some(3)) => field = FieldId::find("cagr_3y").unwrap_or(field),
            ("growth_yoy" | "cagr_5y", Some(5)) => field = FieldId::find("cagr_5y").unwrap_or(field),
            _ => return (Found::Refused(Reason::Period), end),
        }
        if self.has(end, &Meaning::PerYear) {
            end += 1;
        }
        let comparison = match comparison.or(after) {
            Some(comparison) => comparison,
            None if value.high.is_some() || is_between => Comparison::Equal,
            // Nobody looks for a revenue of exactly 50 mkr; people and signs are counted.
            None if matches!(
                field.field().kind,
                crate::catalogue::FieldKind::Count | crate::catalogue::FieldKind::Integer
            ) =>
            {
                Comparison::Equal
            }
            None => return (Found::Refused(Reason::NoComparison), end),
        };
        (compare(field, comparison, value).map_or_else(Found::Refused, Found::Condition), end)
    }

    /// “Per year over the last three years”, “last year”: how many years, where any are named.
    fn years_meant(&self, at: usize) -> (Option<i64>, usize) {
        let mut next = at + usize::from(self.has(at, &Meaning::PerYear));
        if self.has(next, &Meaning::LastYear) {
            return (Some(1), next + 1);
        }
        if !self.has(next, &Meaning::Period) {
            return (None, at);
        }
        while self.has(next, &Meaning::Period) {
            next += 1;
        }
        match value(self.pieces, next, false) {
            Some(Value { low, high: None, unit: Written::Years, end, .. }) => {
                (low.to_integer(), end + usize::from(self.has(end, &Meaning::PerYear)))
            }
            _ => (None, at),
        }
    }
}

/// The opposite as one condition, where there is one that leaves missing values out: “not profitable” has a result that is known.
fn opposite(filter: &Filter) -> Option<Filter> {
    let Filter::Condition(condition) = filter else { return None };
    Some(Filter::Condition(match condition.clone() {
        Condition::Is { field, value } => Condition::Is { field, value: !value },
        Condition::IntegerRange { field, min: Some(min), max: None } => {
            Condition::IntegerRange { field, min: None, max: min.checked_sub(1) }
        }
        Condition::IntegerRange { field, min: None, max: Some(max) } => {
            Condition::IntegerRange { field, min: max.checked_add(1), max: None }
        }
        Condition::RealRange { field, min: Some(mut end), max: None } => {
            end.inclusive = !end.inclusive;
            Condition::RealRange { field, min: None, max: Some(end) }
        }
        Condition::RealRange { field, min: None, max: Some(mut end) } => {
            end.inclusive = !end.inclusive;
            Condition::RealRange { field, min: Some(end), max: None }
        }
        Condition::DateRange { field, min: Some(min), max: None } => {
            Condition::DateRange { field, min: None, max: min.pred_opt() }
        }
        Condition::DateRange { field, min: None, max: Some(max) } => {
            Condition::DateRange { field, min: max.succ_opt(), max: None }
        }
        _ => return None,
    }))
}
