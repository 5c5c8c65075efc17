//! Size: the flows of the period on a yearly basis, and amounts per employee.

use rust_decimal::prelude::ToPrimitive;

use super::Series;
use crate::derive;
use crate::facts::round_ratio;
use crate::line::Line;

/// Net revenue, annualised.
#[must_use]
pub fn revenue(series: Series<'_>) -> Option<i64> {
    series.annualised(series.get(Line::Revenue))
}

/// Total operating income as filed or derived, annualised.
#[must_use]
pub fn operating_income(series: Series<'_>) -> Option<i64> {
    series.annualised(derive::operating_income(series.now()))
}

/// EBITDA, annualised; `None` where depreciation is not filed.
#[must_use]
pub fn ebitda(series: Series<'_>) -> Option<i64> {
    series.annualised(derive::ebitda(series.now()))
}

/// Operating result, annualised.
#[must_use]
pub fn ebit(series: Series<'_>) -> Option<i64> {
    series.annualised(series.get(Line::Ebit))
}

/// Average number of employees, as filed: a mean over the period, so it is never annualised.
#[must_use]
pub fn employees(series: Series<'_>) -> Option<f64> {
    series.now().employees?.to_f64().and_then(round_ratio)
}

/// Annualised revenue / average number of employees, whole units; `None` at 0 employees.
#[must_use]
pub fn revenue_per_employee(series: Series<'_>) -> Option<i64> {
    per_employee(revenue(series), series)
}

/// Annualised EBITDA / average number of employees, whole units; `None` at 0 employees.
#[must_use]
pub fn ebitda_per_employee(series: Series<'_>) -> Option<i64> {
    per_employee(ebitda(series), series)
}

fn per_employee(amount: Option<i64>, series: Series<'_>) -> Option<i64> {
    let people = employees(series).filter(|people| *people > 0.0)?;
    let each = (amount? as f64 / people).round();
    // Past 2^53 a double no longer holds every whole number.
    (each.abs() < 9e15).then_some(each as i64)
}
