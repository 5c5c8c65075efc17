//! Histograms: companies per bin of given edges.

use domain::filter::FieldId;
use sqlx::{PgConnection, Row};

use super::Where;
use super::condition::Statement;
use super::statistics::number_of;

/// Companies per bin; bin i holds `edges[i] <= value < edges[i + 1]`, the last one its upper edge too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bins {
    /// One per bin.
    pub counts: Vec<u64>,
    /// Below the first edge.
    pub below: u64,
    /// Above the last edge.
    pub above: u64,
    /// Without a value.
    pub nulls: u64,
}

/// Counts the matching companies per bin; dates as days since 1970-01-01. `edges` ascend strictly and are at least two.
///
/// # Errors
/// When the database does not answer.
pub async fn bins(conn: &mut PgConnection, filter: Where<'_>, field: FieldId, edges: &[f64]) -> sqlx::Result<Bins> {
    let value = number_of(field);
    let last = edges.last().copied().unwrap_or(0.0);
    let mut statement = Statement::new(format!("SELECT CASE WHEN {value} = "));
    // The upper edge of the last bin belongs to it.
    statement.push_bind(last).push(" THEN ").push_bind(i32::try_from(edges.len()).unwrap_or(2) - 1);
    statement.push(format!(" ELSE width_bucket({value}, ")).push_bind(edges.to_vec());
    statement.push(") END, count(*) FROM company_facts WHERE ");
    filter.push(&mut statement);
    statement.push(" GROUP BY 1");
    let mut bins = Bins { counts: vec![0; edges.len().saturating_sub(1)], ..Bins::default() };
    for row in statement.build().fetch_all(conn).await? {
        let count = u64::try_from(row.try_get::<i64, _>(1)?).unwrap_or(0);
        match row.try_get::<Option<i32>, _>(0)?.map(|bucket| usize::try_from(bucket).unwrap_or(0)) {
            None => bins.nulls = count,
            Some(0) => bins.below = count,
            Some(bucket) => match bins.counts.get_mut(bucket - 1) {
                Some(bin) => *bin += count,
                None => bins.above = count,
            },
        }
    }
    Ok(bins)
}
