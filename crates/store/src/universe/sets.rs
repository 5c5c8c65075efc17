//! Members of the sets that filters can name.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::users::LOCAL_OWNER;

/// The id of a saved list, by id or by its exact name (the newest where several share it). Lists of the team and of the
/// local owner only: a screen does not know who asks, so that nobody else's private list can be named in it.
///
/// # Errors
/// When the database does not answer.
pub async fn find_list(conn: &mut PgConnection, id: Option<Uuid>, name: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "SELECT id FROM lists WHERE (id = $1 OR name = $2) AND (scope = 'team' OR owner_id = $3)
         ORDER BY (id = $1) DESC, created_at DESC LIMIT 1",
        id,
        name,
        LOCAL_OWNER,
    )
    .fetch_optional(conn)
    .await
}

/// The companies on a list, ascending.
///
/// # Errors
/// When the database does not answer.
pub async fn members(conn: &mut PgConnection, list: Uuid) -> sqlx::Result<Vec<u64>> {
    let orgnrs = crate::lists::members(conn, list).await?;
    Ok(orgnrs.into_iter().filter_map(|orgnr| u64::try_from(orgnr).ok()).collect())
}
