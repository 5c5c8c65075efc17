//! Conditions on days: years of foundation and of accounts, and ages counted back from today.

use chrono::Months;

use super::{Found, Sentence};
use crate::ask::Reason;
use crate::ask::lexicon::{Comparison, Meaning};
use crate::ask::value::{Value, Written, value};
use crate::filter::FieldId;
use crate::filter::parse::parse;

impl Sentence<'_> {
    /// “Founded before 2000”, “registered in the last five years”, “accounts for 2024 or later”.
    pub(super) fn day(&self, field: FieldId, at: usize) -> Option<(Found, usize)> {
        if let (Some(years), end) = self.years_meant(at) {
            let value = Value {
                low: crate::filter::number::Decimal::from_integer(years),
                high: None,
                unit: Written::Years,
                is_ambiguous: false,
                end,
            };
            return Some((self.aged(field, Comparison::AtMost, value), end));
        }
        let (comparison, is_between, next) = self.comparison(at, Some(field));
        let value = value(self.pieces, self.glue(next), is_between)?;
        let (after, mut end) = self.after(value.end);
        if value.unit == Written::Years {
            end += usize::from(self.has(end, &Meaning::Old));
            return Some((self.aged(field, comparison.or(after)?, value), end));
        }
        let year =
            |number: crate::filter::number::Decimal| number.to_integer().filter(|year| (1600..=2200).contains(year));
        let low = year(value.low)?;
        let key = field.field().key;
        let text = match (value.high, self.has(value.end, &Meaning::Decade)) {
            (Some(high), _) => format!("{key} between {low} and {}", year(high)?),
            (None, true) => {
                end = value.end + 1;
                format!("{key} between {low} and {}", low + if low % 100 == 0 && low < 2000 { 99 } else { 9 })
            }
            (None, false) => format!("{key} {} {low}", comparison.or(after).unwrap_or(Comparison::Equal).text()),
        };
        Some((parse(&text).map_or(Found::Refused(Reason::WrongUnit), Found::Condition), end))
    }

    /// “Older than 10 years”, “younger than 5”.
    pub(super) fn age(&self, at: usize) -> Option<(Found, usize)> {
        let comparison =
            self.find(at, |meaning| if let Meaning::Age(comparison) = meaning { Some(*comparison) } else { None })?;
        let field = FieldId::find("registered_on")?;
        let value = value(self.pieces, self.glue(at + 1), false)?;
        let end = value.end + usize::from(self.has(value.end, &Meaning::Old));
        if value.unit == Written::Nothing && value.low.to_integer().is_some_and(|year| year >= 1600) {
            let text = format!("registered_on {} {}", comparison.of_day().text(), value.low.plain());
            return Some((parse(&text).map_or(Found::Refused(Reason::WrongUnit), Found::Condition), end));
        }
        Some((self.aged(field, comparison, value), end))
    }

    /// The condition on a day that an age in years, counted back from today, makes.
    pub(super) fn aged(&self, field: FieldId, comparison: Comparison, value: Value) -> Found {
        let back = |years: crate::filter::number::Decimal| {
            let months = u32::try_from(years.to_integer()?).ok()?.checked_mul(12)?;
            self.today.checked_sub_months(Months::new(months)).map(|day| day.to_string())
        };
        let Some(low) = back(value.low) else { return Found::Refused(Reason::WrongUnit) };
        let key = field.field().key;
        let text = match (value.high, comparison) {
            (Some(high), _) => match back(high) {
                Some(high) => format!("{key} between {high} and {low}"),
                None => return Found::Refused(Reason::WrongUnit),
            },
            (None, Comparison::Equal | Comparison::About) => return Found::Refused(Reason::NoComparison),
            (None, comparison) => format!("{key} {} {low}", comparison.of_day().text()),
        };
        parse(&text).map_or(Found::Refused(Reason::WrongUnit), Found::Condition)
    }
}
