//! The rows of a page as they are sent: an object per row, or a list of values per column.

use domain::facts::FactValue;
use domain::filter::FieldId;
use domain::orgnr::Orgnr;
use serde_json::{Map, Value, json};
use universe::kept_series::{self, YearRevenue};

use super::dto::{ColumnsDto, RowDto, RowForm};
use super::question::Column;
use crate::state::AppState;

/// A company of the page with its values, in the order of [`fields_of`].
type Found = (Orgnr, Vec<FactValue>);

const SERIES: &str = "revenue_series";

/// The page in the asked form.
pub struct Shown {
    /// The rows as objects; none in the form of columns.
    pub rows: Vec<RowDto>,
    /// The rows by columns, in that form.
    pub columns: Option<ColumnsDto>,
    /// Whether series are missing, because the database does not answer.
    pub is_partial: bool,
}

/// The fields that a page needs: the name and every asked column.
pub fn fields_of(columns: &[Column]) -> Vec<FieldId> {
    let name = FieldId::find("name");
    let asked = columns.iter().filter_map(|column| if let Column::Field(field) = column { Some(*field) } else { None });
    name.into_iter().chain(asked).collect()
}

/// The rows with orgnr, name and the asked columns in their order.
pub async fn show(state: &AppState, rows: Vec<Found>, columns: &[Column], form: RowForm) -> Shown {
    let mut series = None;
    if columns.contains(&Column::RevenueSeries) {
        let orgnrs: Vec<Orgnr> = rows.iter().map(|(orgnr, _)| *orgnr).collect();
        series = Some(match orgnrs.as_slice() {
            [] => kept_series::Found::default(),
            orgnrs => state.index.series.of(&state.index.sets.optional, &state.db, orgnrs).await,
        });
    }
    let is_partial = series.as_ref().is_some_and(|found| found.is_partial);
    let fields = fields_of(columns);
    match form {
        RowForm::Objects => {
            let rows = rows.into_iter().map(|row| object(row, &fields, series.as_ref())).collect();
            Shown { rows, columns: None, is_partial }
        }
        RowForm::Columns => {
            Shown { rows: Vec::new(), columns: Some(by_columns(&rows, &fields, series.as_ref())), is_partial }
        }
    }
}

fn object((orgnr, values): Found, fields: &[FieldId], series: Option<&kept_series::Found>) -> RowDto {
    let mut object = Map::new();
    object.insert("orgnr".to_owned(), orgnr.to_string().into());
    for (field, value) in fields.iter().zip(&values) {
        object.insert(field.field().key.to_owned(), cell(value));
    }
    if let Some(found) = series {
        let year = |year: &YearRevenue| json!({ "period_end": year.period_end, "revenue": year.revenue });
        object.insert(SERIES.to_owned(), years(found, orgnr, year));
    }
    RowDto(object)
}

fn by_columns(rows: &[Found], fields: &[FieldId], series: Option<&kept_series::Found>) -> ColumnsDto {
    let mut columns = Map::new();
    columns.insert("orgnr".to_owned(), rows.iter().map(|(orgnr, _)| orgnr.to_string()).collect());
    for (place, field) in fields.iter().enumerate() {
        let values = rows.iter().map(|(_, values)| values.get(place).map_or(Value::Null, cell));
        columns.insert(field.field().key.to_owned(), values.collect());
    }
    if let Some(found) = series {
        let year = |year: &YearRevenue| json!([year.period_end, year.revenue]);
        columns.insert(SERIES.to_owned(), rows.iter().map(|(orgnr, _)| years(found, *orgnr, year)).collect());
    }
    ColumnsDto(columns)
}

fn cell(value: &FactValue) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// A company without a filed year has an empty series; one whose series is not known now has null.
fn years(found: &kept_series::Found, orgnr: Orgnr, year: impl Fn(&YearRevenue) -> Value) -> Value {
    match found.series.get(&orgnr) {
        None if found.is_partial => Value::Null,
        years => years.into_iter().flatten().map(year).collect(),
    }
}
