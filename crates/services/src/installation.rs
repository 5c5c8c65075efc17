//! How the installation is: its database, its tables, what it knows.

use store::coverage::{self, SourceCount, YearCount};
use store::maintenance::{self, Fact};
use store::status::{self, DatabaseInfo, TableInfo};
use store::{PgPool, schema};

pub use store::coverage::Totals;
pub use store::status::TABLES;

use crate::error::Result;

/// Rows by table; `None` for a table that is not there.
pub type Counts = Vec<(&'static str, Option<i64>)>;

/// Rows by table and, where every table is there, what is known.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(db: &PgPool) -> Result<(Counts, Option<Totals>)> {
    let mut conn = db.acquire().await?;
    let counts = status::counts(&mut conn).await?;
    if counts.iter().any(|(_, count)| count.is_none()) {
        return Ok((counts, None));
    }
    let totals = coverage::totals(&mut conn).await?;
    Ok((counts, Some(totals)))
}

/// The newest migration that was applied; `None` when none was.
///
/// # Errors
/// When the database does not answer.
pub async fn migration_level(db: &PgPool) -> Result<Option<i64>> {
    Ok(schema::level(&mut *db.acquire().await?).await?)
}

/// When `lode backup` last wrote a backup of this database and read it back; `None` when it never did.
///
/// # Errors
/// When the database does not answer.
pub async fn last_backup(db: &PgPool) -> Result<Option<Fact>> {
    Ok(maintenance::last(&mut *db.acquire().await?, maintenance::BACKUP).await?)
}

/// The database, its migration level and its tables.
///
/// # Errors
/// When the database does not answer.
pub async fn database(db: &PgPool) -> Result<(DatabaseInfo, Option<i64>, Vec<TableInfo>)> {
    let mut conn = db.acquire().await?;
    let database = status::database(&mut conn).await?;
    let level = schema::level(&mut conn).await?;
    Ok((database, level, status::tables(&mut conn).await?))
}

/// What is known: in all, by year, by source.
///
/// # Errors
/// When the database does not answer.
pub async fn coverage(db: &PgPool) -> Result<(Totals, Vec<YearCount>, Vec<SourceCount>)> {
    let mut conn = db.acquire().await?;
    let totals = coverage::totals(&mut conn).await?;
    let by_year = coverage::by_year(&mut conn).await?;
    Ok((totals, by_year, coverage::by_source(&mut conn).await?))
}
