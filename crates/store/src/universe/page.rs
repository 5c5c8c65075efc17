//! A page of a screen, its total, and all of it in order.

use domain::catalogue::FieldKind;
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
            SortBy::Orgnr => statement.push("orgnr"),
            // Å, Ä and Ö after Z, case ignored; finer Swedish rules need the index.
            SortBy::Field(field) if field.field().kind == FieldKind::Text => {
                statement.push("translate(").push(field.field().key).push(
                    ", 'ABCDEFGHIJKLMNOPQRSTUVWXYZåäöÅÄÖéÉüÜ', 'abcdefghijklmnopqrstuvwxyz{|}{|}eeyy') COLLATE \"C\"",
                )
            }
            SortBy::Field(field) if matches!(field.field().kind, FieldKind::Category) => {
                statement.push(field.field().key).push(" COLLATE \"C\"")
            }
            SortBy::Field(field) => statement.push(field.field().key),
        };
        statement.push(direction);
    }
    statement.push("orgnr ASC");
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
