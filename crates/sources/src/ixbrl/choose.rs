//! Of several tags of one figure, which counts: the most precise, and what contradicts it.

use domain::scope::Scope;
use domain::statement::{ContextPeriod, OtherReason};
use rust_decimal::Decimal;

use super::document::{Stated, Unit};

/// Everything about one number once its context and unit are known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'d> {
    pub scope: Scope,
    pub period: ContextPeriod,
    pub concept: u32,
    pub unit: &'d Unit,
    pub value: Decimal,
    /// Digits after the decimal point that can be relied on; negative for thousands.
    pub precision: i16,
    pub order: u32,
    pub source: usize,
    pub fact: usize,
}

/// A figure with everything that the filing says of it.
#[derive(Clone, Debug)]
pub(super) struct Chosen<'d> {
    pub best: Candidate<'d>,
    /// Other tags that say it differently: each value and precision once.
    pub others: Vec<(Candidate<'d>, OtherReason)>,
}

impl<'d> Chosen<'d> {
    /// The tags that cannot be true beside the best.
    pub fn contradictions(&self) -> impl Iterator<Item = &Candidate<'d>> {
        self.others.iter().filter(|(_, reason)| *reason == OtherReason::Contradicts).map(|(one, _)| one)
    }

    /// Takes another of its tags for the best.
    pub fn prefer(&mut self, other: Candidate<'d>) {
        if other.order == self.best.order {
            return;
        }
        let mut all: Vec<Candidate<'d>> = self.others.drain(..).map(|(one, _)| one).collect();
        all.retain(|one| one.order != other.order);
        all.push(self.best);
        self.best = other;
        self.others = all.into_iter().map(|one| (one, reason(&one, &other))).collect();
    }
}

/// Keeps one value per scope, period, concept and unit: the most precise. Where equally precise ones disagree
/// the value given most often comes first, then the last, because the statements follow the overview in a report;
/// whether that is true is for the identities to say.
pub(super) fn most_precise<'d>(candidates: &mut [Candidate<'d>]) -> Vec<Chosen<'d>> {
    candidates.sort_by(|a, b| {
        (a.scope, key(a.period), a.concept, a.unit.label())
            .cmp(&(b.scope, key(b.period), b.concept, b.unit.label()))
            .then(b.precision.cmp(&a.precision))
            .then(a.order.cmp(&b.order))
    });
    let mut found = Vec::new();
    for group in candidates
        .chunk_by(|a, b| a.scope == b.scope && a.period == b.period && a.concept == b.concept && a.unit == b.unit)
    {
        let precise = group.iter().filter(|one| one.precision == group[0].precision);
        let votes = |value: Decimal| precise.clone().filter(|one| one.value == value).count();
        let Some(best) = precise.clone().max_by_key(|one| (votes(one.value), one.order)) else { continue };
        let mut others: Vec<(Candidate<'d>, OtherReason)> = Vec::new();
        for one in group.iter().filter(|one| (one.value, one.precision) != (best.value, best.precision)) {
            if !others.iter().any(|(known, _)| (known.value, known.precision) == (one.value, one.precision)) {
                others.push((*one, reason(one, best)));
            }
        }
        found.push(Chosen { best: *best, others });
    }
    found.sort_by_key(|one| one.best.order);
    found
}

fn reason(one: &Candidate<'_>, best: &Candidate<'_>) -> OtherReason {
    if agrees(one, best) { OtherReason::LessPrecise } else { OtherReason::Contradicts }
}

/// Whether both can be true.
pub(super) fn agrees(one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let (rougher, precise) = if one.precision < other.precision { (one, other) } else { (other, one) };
    (rougher.value - precise.value).abs() <= tolerance(rougher.precision, precise.precision)
}

fn key(period: ContextPeriod) -> (chrono::NaiveDate, Option<chrono::NaiveDate>) {
    match period {
        ContextPeriod::Duration { start, end } => (end, Some(start)),
        ContextPeriod::Instant { instant } => (instant, None),
    }
}

/// How far a rougher value may lie from a more precise one: one unit of its last digit. Two values of one
/// precision must be equal.
fn tolerance(rougher: i16, precise: i16) -> Decimal {
    match u32::try_from(-rougher) {
        Ok(power) if rougher < precise => {
            let unit = 10_i128.checked_pow(power).and_then(|unit| Decimal::try_from_i128_with_scale(unit, 0).ok());
            unit.unwrap_or(Decimal::MAX)
        }
        Err(_) if rougher < precise => Decimal::ONE,
        _ => Decimal::ZERO,
    }
}

/// Digits after the decimal point that a value is stated to have; significant digits count from its first.
pub(super) fn decimals(stated: Stated, value: Decimal) -> Option<i8> {
    match stated {
        Stated::Exact => None,
        Stated::Decimals(decimals) => Some(decimals),
        Stated::Precision(digits) => {
            let value = value.abs().normalize();
            if value.is_zero() {
                return None;
            }
            let length = i32::try_from(value.mantissa().to_string().len()).unwrap_or(i32::MAX);
            let first = length - 1 - value.scale().cast_signed();
            let last = i32::from(digits) - 1 - first;
            Some(i8::try_from(last.clamp(-100, 100)).unwrap_or(0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_in_significant_digits_becomes_decimals() {
        for (value, digits, expected) in [
            ("123456", 3, Some(-3)),
            ("123456", 6, Some(0)),
            ("0.05", 1, Some(2)),
            ("5335000", 4, Some(-3)),
            ("0", 3, None),
        ] {
            assert_eq!(decimals(Stated::Precision(digits), value.parse().unwrap()), expected, "{value} to {digits}");
        }
        assert_eq!(decimals(Stated::Decimals(-3), Decimal::ONE), Some(-3));
        assert_eq!(decimals(Stated::Exact, Decimal::ONE), None);
    }
}
