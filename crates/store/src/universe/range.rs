//! A range of companies as Postgres has them, for comparing the index with it.

use domain::facts::CompanyFacts;
use sqlx::{Connection, PgConnection};

use crate::change_feed::{FeedCursor, noted_since};
use crate::companies::key;

/// The companies of one range, all of one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// In the order of their numbers.
    pub rows: Vec<CompanyFacts>,
    /// The last number of the range; `i64::MAX` when nothing comes after it.
    pub until: i64,
    /// Companies of the range of which something was noted after the cursor; whoever stands there cannot know them.
    pub changed: Vec<i64>,
}

/// At most `limit` companies after a number, and which of them changed since `cursor`; `None` when the cursor is of another feed.
///
/// # Errors
/// When the database does not answer.
pub async fn read(conn: &mut PgConnection, cursor: FeedCursor, after: i64, limit: i64) -> sqlx::Result<Option<Range>> {
    let mut tx = conn.begin().await?;
    super::version::begin_snapshot(&mut tx).await?;
    let rows = crate::company_facts::read_after(&mut tx, after, limit).await?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|count| count == limit);
    let until = rows.last().filter(|_| is_full).map_or(i64::MAX, |last| key(last.orgnr));
    let changed = noted_since(&mut tx, cursor, after, until).await?;
    tx.commit().await?;
    Ok(changed.map(|changed| Range { rows, until, changed }))
}
