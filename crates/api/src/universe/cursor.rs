//! The opaque text that tells where a page ended.
//!
//! Hexadecimal JSON: the sort keys, the values of the last company, its number, and the version of the data. Nothing in it is trusted: a
//! forged cursor can only name another place in the same order.

use domain::catalogue::FieldKind;
use domain::facts::FactValue;
use domain::orgnr::Orgnr;
use screen::{Place, Sort, SortBy};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::problem::Problem;

/// Longer texts are no cursors: five keys with the longest names stay far below.
const MOST_CHARACTERS: usize = 40_000;

/// Where a page ended, and which data it showed.
pub struct Cursor {
    /// Right after the last company of the page.
    pub place: Place,
    /// Version of the data of that page.
    pub data_version: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    /// Sort keys: name, or name with a minus for descending.
    s: Vec<String>,
    /// Values, as rows show them.
    v: Vec<Value>,
    /// Organisation number.
    o: u64,
    /// Version of the data.
    d: String,
}

fn keys(sorts: &[Sort]) -> Vec<String> {
    let key = |sort: &Sort| {
        let name = match sort.by {
            SortBy::Orgnr => "orgnr",
            SortBy::Field(field) => field.field().key,
        };
        format!("{}{name}", if sort.descending { "-" } else { "" })
    };
    sorts.iter().map(key).collect()
}

fn wrong() -> Problem {
    Problem::input("/after", "this is no cursor; take it from next of an earlier answer, unchanged")
}

/// The value of a sort key, when the JSON is one that its field can have.
fn value(sort: &Sort, json: Value) -> Option<FactValue> {
    let SortBy::Field(field) = sort.by else { return json.is_null().then_some(FactValue::Null) };
    Some(match (field.field().kind, json) {
        (_, Value::Null) => FactValue::Null,
        (FieldKind::Amount | FieldKind::Integer, json) => FactValue::Integer(json.as_i64()?),
        (FieldKind::Ratio | FieldKind::Count, json) => FactValue::Real(json.as_f64()?),
        (FieldKind::Boolean, json) => FactValue::Boolean(json.as_bool()?),
        (FieldKind::Date, json) => FactValue::Date(json.as_str()?.parse().ok()?),
        (FieldKind::Category | FieldKind::Text, json) => FactValue::Text(json.as_str()?.into()),
        (FieldKind::Categories, _) => return None,
    })
}

impl Cursor {
    /// The text for `next`.
    pub fn print(&self, sorts: &[Sort]) -> String {
        let values = self.place.values.iter().map(|value| serde_json::to_value(value).unwrap_or_default());
        let wire = Wire { s: keys(sorts), v: values.collect(), o: self.place.orgnr, d: self.data_version.clone() };
        hex::encode(serde_json::to_vec(&wire).unwrap_or_default())
    }

    /// Reads `after`.
    ///
    /// # Errors
    /// A text that is no cursor, or one of another order.
    pub fn read(text: &str, sorts: &[Sort]) -> Result<Self, Problem> {
        if text.len() > MOST_CHARACTERS {
            return Err(wrong());
        }
        let bytes = hex::decode(text).map_err(|_| wrong())?;
        let wire: Wire = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
        if wire.s != keys(sorts) {
            let message = format!("the cursor belongs to the order {}; ask with the same sort", wire.s.join(", "));
            return Err(Problem::input("/after", message.chars().take(300).collect::<String>()));
        }
        if wire.v.len() != sorts.len() || Orgnr::from_number(wire.o).is_err() {
            return Err(wrong());
        }
        let values = sorts.iter().zip(wire.v).map(|(sort, json)| value(sort, json)).collect::<Option<Vec<_>>>();
        let place = Place { values: values.ok_or_else(wrong)?, orgnr: wire.o };
        Ok(Self { place, data_version: wire.d })
    }
}
