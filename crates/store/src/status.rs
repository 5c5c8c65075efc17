//! What the database says of itself: version, size, tables and their row counts.

use sqlx::{AssertSqlSafe, PgConnection};

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

/// The exact number of rows of each of [`TABLES`]; `None` for one that is missing.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(conn: &mut PgConnection) -> sqlx::Result<Vec<(&'static str, Option<i64>)>> {
    let mut found = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        let exists: Option<bool> =
            sqlx::query_scalar!("SELECT to_regclass($1) IS NOT NULL", table).fetch_one(&mut *conn).await?;
        let count = if exists == Some(true) {
            Some(
                sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
                    .fetch_one(&mut *conn)
                    .await?,
            )
        } else {
            None
        };
        found.push((table, count));
    }
    Ok(found)
}
