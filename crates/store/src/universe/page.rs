//! A page of a screen, its total, and all of it in order.

use domain::catalogue::FieldKind;
use domain::facts::FactValue;
use domain::filter::FieldId;
use domain::orgnr::Orgnr;
use futures::TryStreamExt;
use sqlx::{PgConnection, Row};

use super::Where;
use super::condition::Statement;
use crate::companies::{key, orgnr_of};

/// What rows are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// A field of the catalogue; missing values come last in either direction.
    Field(FieldId),
    /// The organisation number.
    Orgnr,
}

/// One sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortKey {
    /// By what.
    pub by: SortBy,
    /// Greatest first.
    pub descending: bool,
}

/// Companies of a page in order, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The page.
    pub orgnrs: Vec<Orgnr>,
    /// Companies that match.
    pub total: u64,
}

/// ` ORDER BY …`, ending in orgnr so that the order is total.
pub(super) fn push_order(statement: &mut Statement, sort: &[SortKey]) {
    statement.push(" ORDER BY ");
    for key in sort {
        let direction = if key.descending { " DESC NULLS LAST, " } else { " ASC NULLS LAST, " };
        match key.by {
            SortBy::Orgnr => {
                statement.push("orgnr");
            }
            SortBy::Field(field) => push_sorted(statement, field.field().kind, |to| {
                to.push(field.field().key);
            }),
        }
        statement.push(direction);
    }
    statement.push("orgnr ASC");
}

/// A value in the form by which it is ordered.
fn push_sorted(statement: &mut Statement, kind: FieldKind, value: impl FnOnce(&mut Statement)) {
    match kind {
        // Å, Ä and Ö after Z, case ignored; finer Swedish rules need the index.
        FieldKind::Text => {
            statement.push("translate(");
            value(statement);
            statement.push(
                ", 'ABCDEFGHIJKLMNOPQRSTUVWXYZåäöÅÄÖéÉüÜ', 'abcdefghijklmnopqrstuvwxyz{|}{|}eeyy') COLLATE \"C\"",
            );
        }
        FieldKind::Category => {
            value(statement);
            statement.push(" COLLATE \"C\"");
        }
        _ => value(statement),
    }
}

/// How many matching companies stand before a place in the order, the company that was there included: the offset at which the page
/// after it begins, whatever has changed meanwhile. `values` are that company's values of the sort keys, one each.
///
/// # Errors
/// When the database does not answer.
pub async fn count_up_to(
    conn: &mut PgConnection,
    filter: Where<'_>,
    sort: &[SortKey],
    values: &[FactValue],
    orgnr: i64,
) -> sqlx::Result<u64> {
    let mut statement = Statement::new("SELECT count(*) FROM company_facts WHERE ");
    filter.push(&mut statement);
    statement.push(" AND (");
    for (sort, value) in sort.iter().zip(values) {
        let sign = if sort.descending { " > " } else { " < " };
        let SortBy::Field(field) = sort.by else {
            statement.push("orgnr").push(sign).push_bind(orgnr).push(" OR (orgnr = ").push_bind(orgnr).push(" AND (");
            continue;
        };
        let (kind, name) = (field.field().kind, field.field().key);
        if value.is_null() {
            statement.push(format!("{name} IS NOT NULL OR ({name} IS NULL AND ("));
            continue;
        }
        for (joint, sign) in [("", sign), (" OR (", " = ")] {
            statement.push(joint);
            push_sorted(&mut statement, kind, |to| {
                to.push(name);
            });
            statement.push(sign);
            push_sorted(&mut statement, kind, |to| push_value(to, value));
        }
        statement.push(" AND (");
    }
    statement.push("orgnr <= ").push_bind(orgnr);
    for _ in sort.iter().zip(values) {
        statement.push("))");
    }
    statement.push(")");
    let count: i64 = statement.build_query_scalar().fetch_one(conn).await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

fn push_value(statement: &mut Statement, value: &FactValue) {
    match value {
        FactValue::Null => statement.push("NULL"),
        FactValue::Integer(number) => statement.push_bind(*number),
        FactValue::Real(number) => statement.push_bind(*number),
        FactValue::Boolean(yes) => statement.push_bind(*yes),
        FactValue::Date(day) => statement.push_bind(*day),
        FactValue::Text(text) => statement.push_bind(text.to_string()),
        FactValue::Texts(texts) => statement.push_bind(texts.iter().map(ToString::to_string).collect::<Vec<_>>()),
    };
}

/// Reads one page and the exact total.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    conn: &mut PgConnection,
    filter: Where<'_>,
    sort: &[SortKey],
    offset: i64,
    limit: i64,
) -> sqlx::Result<Page> {
    let total = super::count::count(&mut *conn, filter).await?;
    let mut statement = Statement::new("SELECT orgnr FROM company_facts WHERE ");
    filter.push(&mut statement);
    push_order(&mut statement, sort);
    statement.push(" OFFSET ").push_bind(offset).push(" LIMIT ").push_bind(limit);
    let keys: Vec<i64> = statement.build_query_scalar().fetch_all(conn).await?;
    Ok(Page { orgnrs: keys.into_iter().map(orgnr_of).collect::<sqlx::Result<_>>()?, total })
}

/// Every matching company in order.
///
/// # Errors
/// When the database does not answer.
pub async fn all(conn: &mut PgConnection, filter: Where<'_>, sort: &[SortKey]) -> sqlx::Result<Vec<Orgnr>> {
    let mut statement = Statement::new("SELECT orgnr FROM company_facts WHERE ");
    filter.push(&mut statement);
    push_order(&mut statement, sort);
    let mut rows = statement.build().fetch(conn);
    let mut orgnrs = Vec::new();
    while let Some(row) = rows.try_next().await? {
        orgnrs.push(orgnr_of(row.try_get(0)?)?);
    }
    Ok(orgnrs)
}

/// Companies that fail one part and pass the rest, those nearest to the range of `field` first; without a field by number.
///
/// # Errors
/// When the database does not answer.
pub async fn nearest(
    conn: &mut PgConnection,
    filter: Where<'_>,
    near: Option<(FieldId, Option<f64>, Option<f64>)>,
    limit: i64,
) -> sqlx::Result<Vec<Orgnr>> {
    let mut statement = Statement::new("SELECT orgnr FROM company_facts WHERE ");
    filter.push(&mut statement);
    statement.push(" ORDER BY ");
    if let Some((field, min, max)) = near {
        let value = super::statistics::number_of(field);
        statement.push(format!("greatest(coalesce({value} - ")).push_bind(max);
        statement
            .push(", 0), coalesce(")
            .push_bind(min)
            .push(format!(" - {value}, 0)) + (0 * {value}) ASC NULLS LAST, "));
    }
    statement.push("orgnr LIMIT ").push_bind(limit);
    let keys: Vec<i64> = statement.build_query_scalar().fetch_all(conn).await?;
    keys.into_iter().map(orgnr_of).collect()
}

/// Which of the companies match.
///
/// # Errors
/// When the database does not answer.
pub async fn among(conn: &mut PgConnection, filter: Where<'_>, orgnrs: &[Orgnr]) -> sqlx::Result<Vec<Orgnr>> {
    let keys: Vec<i64> = orgnrs.iter().map(|orgnr| key(*orgnr)).collect();
    let mut statement = Statement::new("SELECT orgnr FROM company_facts WHERE orgnr = ANY(");
    statement.push_bind(keys).push(") AND ");
    filter.push(&mut statement);
    statement.push(" ORDER BY orgnr");
    let keys: Vec<i64> = statement.build_query_scalar().fetch_all(conn).await?;
    keys.into_iter().map(orgnr_of).collect()
}
