//! What a database holds, table by table, so that a copy can be compared with it: rows and a digest that no order changes.

use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, PgConnection};

/// What one table holds. Two tables with the same rows, in whatever order, have the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TableContents {
    /// Schema and name, quoted where SQL needs it: `public.companies`.
    pub name: String,
    /// Rows.
    pub rows: i64,
    /// Sum over all rows of the first 60 bits of the MD5 of the row as text, in decimal.
    pub digest: String,
}

/// Every table outside the server's own schemas, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn tables(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
         ORDER BY 1",
    )
    .fetch_all(conn)
    .await
}

/// What every table holds, within the caller's transaction; it reads every row. The transaction's settings of text are changed, so
/// that servers that are set up otherwise say the same.
///
/// # Errors
/// When the database does not answer.
pub async fn contents(conn: &mut PgConnection) -> sqlx::Result<Vec<TableContents>> {
    sqlx::raw_sql(
        "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
         SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'",
    )
    .execute(&mut *conn)
    .await?;
    let mut found = Vec::new();
    for name in tables(&mut *conn).await? {
        // The name comes quoted from the catalogue.
        let statement = format!(
            "SELECT count(*), coalesce(sum(('x' || left(md5((t.*)::text), 15))::bit(60)::bigint::numeric), 0)::text FROM {name} AS t"
        );
        let (rows, digest) = sqlx::query_as(AssertSqlSafe(statement)).fetch_one(&mut *conn).await?;
        found.push(TableContents { name, rows, digest });
    }
    Ok(found)
}

/// Begins a transaction that sees one moment of the whole database, and returns the name by which others see the same moment.
///
/// # Errors
/// When the database does not answer.
pub async fn begin_snapshot(conn: &mut PgConnection) -> sqlx::Result<String> {
    sqlx::raw_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").execute(&mut *conn).await?;
    sqlx::query_scalar("SELECT pg_export_snapshot()").fetch_one(conn).await
}

/// The server's version: `18.6`, and its major number.
///
/// # Errors
/// When the database does not answer.
pub async fn server_version(conn: &mut PgConnection) -> sqlx::Result<(String, i32)> {
    sqlx::query_as(
        "SELECT split_part(current_setting('server_version'), ' ', 1), current_setting('server_version_num')::int / 10000",
    )
    .fetch_one(conn)
    .await
}

/// Collects the statistics that plans need, after a restore.
///
/// # Errors
/// When the database does not answer.
pub async fn analyze(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql("ANALYZE").execute(conn).await?;
    Ok(())
}
