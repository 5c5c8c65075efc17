//! Why a company entered or left a screen: the conditions that turned, with the figures before and after.

use domain::facts::{CompanyFacts, FactValue};
use domain::filter::evaluate::{Row, condition_holds, holds};
use domain::filter::print::print;
use domain::filter::{Condition, FieldId, Filter};
use domain::orgnr::Orgnr;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::snapshots::Difference;

/// A company that entered or left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScreenChange {
    /// Ten digits.
    pub orgnr: String,
    /// Its name.
    pub name: Option<String>,
    /// `new`: it was not there before; `removed`: it is not there any more; `changed`: a figure changed.
    pub reason: String,
    /// The conditions that turned; none when the company is new or removed, or its place in a set changed.
    pub causes: Vec<Cause>,
}

/// A condition that turned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// As text.
    pub condition: String,
    /// Key of the field.
    pub field: String,
    /// The field's value before.
    pub before: Value,
    /// The field's value now.
    pub after: Value,
}

/// What happened to a company of the difference.
#[must_use]
pub fn explain(filter: &Filter, difference: &Difference, orgnr: Orgnr, entered: bool) -> ScreenChange {
    let empty = (None, None);
    let (before, after) = difference.changes.get(&orgnr).unwrap_or(&empty);
    let name = |facts: &CompanyFacts| match facts.value(FieldId::find("name")?) {
        FactValue::Text(name) => Some(name.to_string()),
        _ => None,
    };
    let (reason, causes) = match (before, after) {
        (None, _) if entered => ("new", Vec::new()),
        (_, None) => ("removed", Vec::new()),
        (Some(before), Some(after)) => {
            let mut causes = Vec::new();
            // Only parts that turned in the direction of the company explain it.
            for part in filter
                .parts()
                .into_iter()
                .filter(|part| holds(part, after) == entered && holds(part, before) != entered)
            {
                part.each_condition(&mut |condition| causes.extend(cause(condition, before, after)));
            }
            ("changed", causes)
        }
        (None, Some(_)) => ("changed", Vec::new()),
    };
    ScreenChange {
        orgnr: orgnr.to_string(),
        name: after.as_ref().or(before.as_ref()).and_then(name),
        reason: reason.to_owned(),
        causes,
    }
}

/// The figure that turned a condition, when it did turn.
fn cause(condition: &Condition, before: &CompanyFacts, after: &CompanyFacts) -> Option<Cause> {
    let field = condition.field()?;
    (condition_holds(condition, before) != condition_holds(condition, after)).then(|| Cause {
        condition: print(&Filter::Condition(condition.clone())),
        field: field.field().key.to_owned(),
        before: serde_json::to_value(before.value(field)).unwrap_or_default(),
        after: serde_json::to_value(after.value(field)).unwrap_or_default(),
    })
}
