//! What the database says of itself: version, size, tables and their row counts.

use sqlx::PgConnection;

use crate::kept_counts::{self, Subject};

/// The tables that a working installation has, in the order they are shown.
pub const TABLES: [&str; 6] = ["companies", "filings", "financial_periods", "company_facts", "change_feed", "imports"];

/// Version and size of the server's database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseInfo {
    /// E.g. `18.6`.
    pub server_version: String,
    /// Name of the database.
    pub name: String,
    /// Size on disk.
    pub size_bytes: i64,
}

/// Size of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// Name.
    pub name: String,
    /// Rows as the server estimates them (exact after ANALYZE), −1 when never analysed.
    pub rows_estimate: i64,
    /// Size on disk, indexes and long values included.
    pub bytes: i64,
    /// Rows that are gone but not yet cleaned up.
    pub dead_rows: i64,
}

/// Version and size.
///
/// # Errors
/// When the database does not answer.
pub async fn database(conn: &mut PgConnection) -> sqlx::Result<DatabaseInfo> {
    sqlx::query_as!(
        DatabaseInfo,
        r#"SELECT current_setting('server_version') AS "server_version!", current_database()::text AS "name!",
                  pg_database_size(current_database()) AS "size_bytes!""#
    )
    .fetch_one(conn)
    .await
}

/// Every table of the schema.
///
/// # Errors
/// When the database does not answer.
pub async fn tables(conn: &mut PgConnection) -> sqlx::Result<Vec<TableInfo>> {
    sqlx::query_as!(
        TableInfo,
        r#"SELECT c.relname::text AS "name!", c.reltuples::bigint AS "rows_estimate!", pg_total_relation_size(c.oid) AS "bytes!",
                  coalesce(s.n_dead_tup, 0) AS "dead_rows!"
           FROM pg_class c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
           WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname"#
    )
    .fetch_all(conn)
    .await
}

/// The exact number of rows of each of [`TABLES`], out of the kept counts; `None` for one that is missing.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(conn: &mut PgConnection) -> sqlx::Result<Vec<(&'static str, Option<i64>)>> {
    let wanted = TABLES.map(str::to_owned);
    let present = sqlx::query_scalar!(
        r#"SELECT name AS "name!" FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL"#,
        &wanted
    )
    .fetch_all(&mut *conn)
    .await?;
    let kept = if present.is_empty() { Vec::new() } else { kept_counts::of(conn, Subject::Table).await? };
    let rows = |table: &str| kept.iter().find(|kept| kept.key == table).map_or(0, |kept| kept.rows);
    let count = |table: &'static str| (table, present.iter().any(|name| name == table).then(|| rows(table)));
    Ok(TABLES.into_iter().map(count).collect())
}
