//! Least, greatest, mean and percentiles of a field in a selection.

use domain::catalogue::FieldKind;
use domain::filter::FieldId;
use sqlx::{PgConnection, Row};

use super::Where;
use super::condition::Statement;

/// Statistics of one field; dates as days since 1970-01-01.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    /// Companies with a value.
    pub count: u64,
    /// Companies without one.
    pub nulls: u64,
    /// Least value.
    pub min: Option<f64>,
    /// Greatest value.
    pub max: Option<f64>,
    /// Arithmetic mean.
    pub mean: Option<f64>,
    /// For each asked share the least value that so many of the values do not exceed (`percentile_disc`).
    pub percentiles: Vec<Option<f64>>,
}

/// The field's value as `double precision`.
pub(super) fn number_of(field: FieldId) -> String {
    match field.field().kind {
        FieldKind::Date => format!("({} - date '1970-01-01')::float8", field.field().key),
        _ => format!("{}::float8", field.field().key),
    }
}

/// Computes them. Percentiles of amounts beyond 2^53 are rounded to the nearest double.
///
/// # Errors
/// When the database does not answer.
pub async fn statistics(
    conn: &mut PgConnection,
    filter: Where<'_>,
    field: FieldId,
    shares: &[f64],
) -> sqlx::Result<Statistics> {
    let value = number_of(field);
    let mut statement = Statement::new(format!(
        "SELECT count({value}), count(*) - count({value}), min({value}), max({value}), avg({value}), percentile_disc("
    ));
    statement.push_bind(shares.to_vec()).push(format!(") WITHIN GROUP (ORDER BY {value}) FROM company_facts WHERE "));
    filter.push(&mut statement);
    let row = statement.build().fetch_one(conn).await?;
    let number = |count: i64| u64::try_from(count).unwrap_or(0);
    Ok(Statistics {
        count: number(row.try_get(0)?),
        nulls: number(row.try_get(1)?),
        min: row.try_get(2)?,
        max: row.try_get(3)?,
        mean: row.try_get(4)?,
        percentiles: row.try_get::<Option<Vec<Option<f64>>>, _>(5)?.unwrap_or_else(|| vec![None; shares.len()]),
    })
}

/// Matching companies with a value below, and equal to, the given one.
///
/// # Errors
/// When the database does not answer.
pub async fn rank(conn: &mut PgConnection, filter: Where<'_>, field: FieldId, at: f64) -> sqlx::Result<(u64, u64)> {
    let value = number_of(field);
    let mut statement = Statement::new(format!("SELECT count(*) FILTER (WHERE {value} < "));
    statement.push_bind(at).push(format!("), count(*) FILTER (WHERE {value} = ")).push_bind(at);
    statement.push(") FROM company_facts WHERE ");
    filter.push(&mut statement);
    let row = statement.build().fetch_one(conn).await?;
    let number = |count: i64| u64::try_from(count).unwrap_or(0);
    Ok((number(row.try_get(0)?), number(row.try_get(1)?)))
}
