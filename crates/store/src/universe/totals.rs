//! Counts and sums of every field, for comparing the index with Postgres.

use std::fmt;

use domain::catalogue::{FIELDS, FieldKind};
use sqlx::{Connection, Executor, PgConnection, Row};

use super::condition::Statement;

/// Rows, values and their sum, in stored integers: ratios in ten-thousandths, dates in days since 1970-01-01, flags as 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldTotals {
    /// Companies.
    pub rows: u64,
    /// Companies with a value.
    pub values: u64,
    /// Sum of the values; `None` for words and codes.
    pub sum: Option<i128>,
}

impl fmt::Display for FieldTotals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} values in {} rows", self.values, self.rows)?;
        self.sum.map_or(Ok(()), |sum| write!(f, ", sum {sum}"))
    }
}

/// The version of all that is visible and the totals per field of the catalogue, all of one moment.
///
/// # Errors
/// When the database does not answer.
pub async fn totals(conn: &mut PgConnection) -> sqlx::Result<(u64, Vec<FieldTotals>)> {
    let mut tx = conn.begin().await?;
    tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    tx.execute("SET LOCAL statement_timeout = 0").await?;
    let mut statement = Statement::new("SELECT count(*)");
    for field in FIELDS {
        let key = field.key;
        let sum = match field.kind {
            FieldKind::Amount | FieldKind::Integer => format!("sum({key}::numeric)::text"),
            FieldKind::Ratio | FieldKind::Count => format!("sum(round(({key} * 10000)::numeric))::text"),
            FieldKind::Date => format!("sum(({key} - date '1970-01-01')::numeric)::text"),
            FieldKind::Boolean => format!("sum({key}::integer)::text"),
            FieldKind::Category | FieldKind::Categories | FieldKind::Text => "NULL::text".to_owned(),
        };
        statement.push(format!(", count({key}), {sum}"));
    }
    statement.push(" FROM company_facts");
    let row = statement.build().fetch_one(&mut *tx).await?;
    let version = super::version::visible(&mut tx).await?;
    tx.commit().await?;
    let number = |count: i64| u64::try_from(count).unwrap_or(0);
    let rows = number(row.try_get(0)?);
    let mut fields = Vec::with_capacity(FIELDS.len());
    for (index, field) in FIELDS.iter().enumerate() {
        let sum: Option<String> = row.try_get(2 + 2 * index)?;
        let is_summed = !matches!(field.kind, FieldKind::Category | FieldKind::Categories | FieldKind::Text);
        fields.push(FieldTotals {
            rows,
            values: number(row.try_get(1 + 2 * index)?),
            sum: is_summed.then(|| sum.and_then(|sum| sum.parse().ok()).unwrap_or(0)),
        });
    }
    Ok((version, fields))
}
