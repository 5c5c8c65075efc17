//! Two fields of the matching companies, all of them or a repeatable sample.

use domain::filter::FieldId;
use domain::orgnr::Orgnr;
use sqlx::{PgConnection, Row};

use super::Where;
use super::condition::Statement;
use super::statistics::number_of;
use crate::companies::orgnr_of;

/// Points of a scatter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    /// Matching companies with both values.
    pub with_both: u64,
    /// Company, first value, second value; by orgnr.
    pub points: Vec<(Orgnr, f64, f64)>,
}

/// The matching companies that have both values, at most `limit`: beyond it those whose hash of the number is least, which is
/// the same sample each time.
///
/// # Errors
/// When the database does not answer.
pub async fn points(
    conn: &mut PgConnection,
    filter: Where<'_>,
    x: FieldId,
    y: FieldId,
    limit: i64,
) -> sqlx::Result<Points> {
    let (x, y) = (number_of(x), number_of(y));
    let both = |statement: &mut Statement| {
        statement.push(format!(" AND {x} IS NOT NULL AND {y} IS NOT NULL"));
    };
    let mut statement = Statement::new("SELECT count(*) FROM company_facts WHERE ");
    filter.push(&mut statement);
    both(&mut statement);
    let with_both: i64 = statement.build_query_scalar().fetch_one(&mut *conn).await?;
    let mut statement =
        Statement::new(format!("SELECT orgnr, x, y FROM (SELECT orgnr, {x} AS x, {y} AS y FROM company_facts WHERE "));
    filter.push(&mut statement);
    both(&mut statement);
    statement.push(" ORDER BY hashint8extended(orgnr, 0), orgnr LIMIT ").push_bind(limit);
    statement.push(") AS sample ORDER BY orgnr");
    let rows = statement.build().fetch_all(conn).await?;
    let points = rows
        .iter()
        .map(|row| Ok((orgnr_of(row.try_get(0)?)?, row.try_get(1)?, row.try_get(2)?)))
        .collect::<sqlx::Result<Vec<_>>>()?;
    Ok(Points { with_both: u64::try_from(with_both).unwrap_or(0), points })
}
