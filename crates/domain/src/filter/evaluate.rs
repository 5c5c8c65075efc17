//! Whether one company passes a filter, row by row: slow, plain, and the reference for everything faster.

use super::code::code_matches;
use super::fold::matches;
use super::{Bound, Condition, FieldId, Filter};
use crate::facts::{CompanyFacts, FactValue};
use crate::orgnr::Orgnr;

/// What a filter asks of one company.
pub trait Row {
    /// Which company.
    fn orgnr(&self) -> Orgnr;
    /// Its value of a field.
    fn value(&self, field: FieldId) -> &FactValue;
    /// Whether it belongs to a set outside the catalogue.
    fn is_in(&self, set: &str) -> bool;
}

impl Row for CompanyFacts {
    fn orgnr(&self) -> Orgnr {
        self.orgnr
    }

    fn value(&self, field: FieldId) -> &FactValue {
        self.values.get(usize::from(field.0)).unwrap_or(&FactValue::Null)
    }

    /// Facts alone know of no sets.
    fn is_in(&self, _set: &str) -> bool {
        false
    }
}

/// Whether the company passes. A comparison with a missing value is false, and `not` of it is true.
#[must_use]
pub fn holds(filter: &Filter, row: &impl Row) -> bool {
    match filter {
        Filter::All(parts) => parts.iter().all(|part| holds(part, row)),
        Filter::Any(parts) => parts.iter().any(|part| holds(part, row)),
        Filter::Not(part) => !holds(part, row),
        Filter::Condition(condition) => condition_holds(condition, row),
    }
}

/// Whether the company meets one condition.
#[must_use]
pub fn condition_holds(condition: &Condition, row: &impl Row) -> bool {
    match condition {
        Condition::IntegerRange { field, min, max } => matches!(row.value(*field), FactValue::Integer(value)
            if min.is_none_or(|min| *value >= min) && max.is_none_or(|max| *value <= max)),
        Condition::RealRange { field, min, max } => matches!(row.value(*field), FactValue::Real(value)
            if min.is_none_or(|min| above(*value, min)) && max.is_none_or(|max| below(*value, max))),
        Condition::DateRange { field, min, max } => matches!(row.value(*field), FactValue::Date(value)
            if min.is_none_or(|min| *value >= min) && max.is_none_or(|max| *value <= max)),
        Condition::IntegerIn { field, values } => {
            matches!(row.value(*field), FactValue::Integer(value) if values.contains(value))
        }
        Condition::RealIn { field, values } => {
            matches!(row.value(*field), FactValue::Real(value) if values.contains(value))
        }
        Condition::CodeIn { field, codes } => {
            let hierarchy = field.field().hierarchy;
            let known = |code: &str| codes.iter().any(|wanted| code_matches(hierarchy, wanted, code));
            match row.value(*field) {
                FactValue::Text(code) => known(code),
                FactValue::Texts(all) => all.iter().any(|code| known(code)),
                _ => false,
            }
        }
        Condition::Is { field, value } => *row.value(*field) == FactValue::Boolean(*value),
        Condition::Text { field, matching, pattern } => {
            matches!(row.value(*field), FactValue::Text(text) if matches(*matching, pattern, text))
        }
        Condition::IsNull { field } => row.value(*field).is_null(),
        Condition::OrgnrIn { orgnrs } => orgnrs.contains(&row.orgnr()),
        Condition::InSet { set } => row.is_in(set),
    }
}

fn above(value: f64, min: Bound) -> bool {
    if min.inclusive { value >= min.value } else { value > min.value }
}

fn below(value: f64, max: Bound) -> bool {
    if max.inclusive { value <= max.value } else { value < max.value }
}
