//! Statements about each year of a span: always above 0, never a loss, more than so much in every year.

use super::super::CheckKind;
use super::super::clause::Signals;
use super::super::item::{Item, Mention, Way};
use super::super::quantity::Quantity;
use super::super::series::Year;
use super::nearby::streak;
use super::span::listed_years;
use super::{Reader, failed, number, outcome, spoken};

impl Reader<'_> {
    /// The first and the last year of the span that a clause is about as a whole; `None` where it is about one year.
    pub(super) fn span_of(&self, items: &[Item]) -> Option<(i32, i32)> {
        let says_all = items.iter().any(|item| matches!(item, Item::EveryYear | Item::Ever));
        let names_span = items.iter().any(|item| matches!(item, Item::Years(..) | Item::Since | Item::Window(_)));
        let (base, target) = match (self.years.base, self.years.target, self.span) {
            (Some(base), Some(target), _) if names_span => {
                // "The last five years" are the newest and the four before it.
                let first = self.years.window.map_or(base.end, |years| target.end - years + 1);
                (first, target.end)
            }
            (_, _, Some((base, target))) if says_all => (base.end, target.end),
            _ => return None,
        };
        (base < target).then_some((base, target))
    }

    /// Whether a figure is above or below 0, in the year or in each year of the span that is named.
    pub(super) fn sign(&mut self, subject: &Mention, way: Way, items: &[Item], is_negated: bool) {
        let written = if way == Way::Down { "below 0" } else { "above 0" };
        let is_so = |value: f64| (if way == Way::Down { value < 0.0 } else { value > 0.0 }) != is_negated;
        // "Loss-making for three years in a row": the year that is spoken of and those before it.
        if let (Some(years), Some(target)) = (streak(items), self.years.target) {
            if is_negated {
                self.unread(written, "it is not clear of which years it is denied");
            } else {
                self.each(subject, target.end - years + 1, target.end, written, CheckKind::Figure, is_so);
            }
            return;
        }
        if let Some((first, last)) = self.span_of(items) {
            if is_negated && items.contains(&Item::EveryYear) {
                self.unread(written, "it is not clear of which years it is denied");
                return;
            }
            self.each(subject, first, last, written, CheckKind::Figure, is_so);
            return;
        }
        let listed = listed_years(items);
        if !listed.is_empty() {
            self.each_of(subject, &listed, written, CheckKind::Figure, is_so);
            return;
        }
        if items.contains(&Item::EveryYear) {
            self.push(failed(CheckKind::Period, written, "every year needs the years that are meant", false));
            return;
        }
        let Some(found) = self.look(subject, self.years.target, CheckKind::Figure, written) else { return };
        // A company that is profitable before interest and tax and not after them is not called profitable.
        let is_so_in_all = subject.fields.len() == 1
            || found.field != "ebit"
            || self.years.target.is_some_and(|year| {
                subject
                    .fields
                    .iter()
                    .filter_map(|field| self.series.find(std::slice::from_ref(field), year))
                    .all(|known| is_so(known.value))
            });
        let matches = is_so(found.value) && is_so_in_all;
        self.push(outcome(CheckKind::Figure, written, number(found.value), matches, found.is_cited, &found.ids));
    }

    /// The span whose every year has the level that is written; `None` where the level is that of one year.
    pub(super) fn span_of_level(&self, items: &[Item], signals: &Signals) -> Option<(i32, i32)> {
        let moves = signals.change.is_some_and(|way| way != Way::Flat) || signals.has_growth;
        let is_other = items
            .iter()
            .any(|item| matches!(item, Item::Extreme(_) | Item::Average | Item::Total | Item::Factor(_) | Item::Since));
        let is_one = moves || is_other || items.iter().any(|item| matches!(item, Item::Year { .. } | Item::Day(_)));
        let says_all = items.contains(&Item::EveryYear) || items.iter().any(|item| matches!(item, Item::Years(..)));
        if is_one || !says_all { None } else { self.span_of(items) }
    }

    /// One level in each year of a span.
    pub(super) fn level_of_each(&mut self, quantity: &Quantity, subject: &Mention, span: (i32, i32), is_negated: bool) {
        let says = |value: f64| quantity.says(value) != is_negated;
        let written = quantity.written.clone();
        let of = subject.clone();
        self.each(subject, span.0, span.1, &written, CheckKind::Figure, move |value| {
            says(if of.is_loss { -value } else { value })
        });
    }

    /// Whether something holds of a figure in each year; the facts of the first and the last one must be cited.
    fn each(
        &mut self,
        subject: &Mention,
        first: i32,
        last: i32,
        written: &str,
        kind: CheckKind,
        holds: impl Fn(f64) -> bool,
    ) {
        let years: Vec<(Year, bool)> = (first..=last).map(|end| (Year::of(end), end == first || end == last)).collect();
        self.each_year_of(subject, &years, written, kind, holds);
    }

    /// Whether something holds of a figure in each year of a list, all of whose facts must be cited.
    pub(super) fn each_of(
        &mut self,
        subject: &Mention,
        years: &[Year],
        written: &str,
        kind: CheckKind,
        holds: impl Fn(f64) -> bool,
    ) {
        let years: Vec<(Year, bool)> = years.iter().map(|year| (*year, true)).collect();
        self.each_year_of(subject, &years, written, kind, holds);
    }

    /// Whether something holds of a figure in each of these years; of each, whether its fact must be cited.
    fn each_year_of(
        &mut self,
        subject: &Mention,
        years: &[(Year, bool)],
        written: &str,
        kind: CheckKind,
        holds: impl Fn(f64) -> bool,
    ) {
        // A cost is told as an amount, a loss by its own sign.
        let plain = Mention { is_loss: false, ..subject.clone() };
        let (mut ids, mut matches, mut is_cited) = (Vec::new(), true, true);
        for (year, must_be_cited) in years {
            let Some(found) = self.look(subject, Some(*year), kind, written) else { return };
            matches &= holds(spoken(&plain, &found));
            is_cited &= found.is_cited || !must_be_cited;
            ids.extend(found.ids);
        }
        self.push(outcome(kind, written, None, matches, is_cited, &ids));
    }
}
