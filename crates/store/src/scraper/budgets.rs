//! How many requests a source allows: kept in the database, so that a restart or a second process cannot exceed it.

use sqlx::PgConnection;

/// Takes the next place in the source's queue and returns how many seconds to wait for it; places are `spacing_ms` apart.
/// Call it outside a transaction, or others wait for its end.
///
/// # Errors
/// When the database does not answer.
pub async fn reserve(conn: &mut PgConnection, name: &str, spacing_ms: f64) -> sqlx::Result<f64> {
    sqlx::query_scalar!(
        r#"INSERT INTO scraper.budgets AS b (name, next_at) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
           ON CONFLICT (name) DO UPDATE
               SET next_at = greatest(b.next_at, clock_timestamp()) + $2 * interval '1 millisecond'
           RETURNING greatest(0, extract(epoch FROM next_at - $2 * interval '1 millisecond' - clock_timestamp()))::float8 AS "wait!""#,
        name,
        spacing_ms
    )
    .fetch_one(conn)
    .await
}

/// Nobody asks the source before so many seconds have passed, because it said so.
///
/// # Errors
/// When the database does not answer.
pub async fn hold(conn: &mut PgConnection, name: &str, seconds: f64) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO scraper.budgets AS b (name, next_at) VALUES ($1, clock_timestamp() + $2 * interval '1 second')
         ON CONFLICT (name) DO UPDATE SET next_at = greatest(b.next_at, clock_timestamp() + $2 * interval '1 second')",
        name,
        seconds
    )
    .execute(conn)
    .await?;
    Ok(())
}
