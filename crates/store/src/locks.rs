//! Advisory locks: names for things that only one process may do at a time.

use sqlx::PgConnection;
use uuid::Uuid;

/// Takes the session lock of an import; false when another live process holds it. It is released when the
/// connection closes, however the process ends.
///
/// # Errors
/// When the database does not answer.
pub async fn try_hold_import(conn: &mut PgConnection, import: Uuid) -> sqlx::Result<bool> {
    let (high, low) = import.as_u64_pair();
    let key = (high ^ low).cast_signed();
    sqlx::query_scalar!(r#"SELECT pg_try_advisory_lock($1) AS "locked!""#, key).fetch_one(conn).await
}
