//! API tokens: kept as hashes, scoped, expiring, revocable.

use chrono::{DateTime, Utc};
use domain::access::{Role, Scope};
use sqlx::PgConnection;
use uuid::Uuid;

/// A token as it is listed; the token itself is shown once, when it is made.
#[derive(Clone, Debug)]
pub struct ApiToken {
    /// Identity.
    pub id: Uuid,
    /// Whose it is.
    pub user: Uuid,
    /// Their address.
    pub email: String,
    /// What its owner calls it.
    pub name: String,
    /// Its first characters.
    pub hint: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends; `None` for never.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A token that is made.
#[derive(Clone, Debug)]
pub struct ApiTokenDraft<'a> {
    /// Whose.
    pub user: Uuid,
    /// 1 to 100 characters.
    pub name: &'a str,
    /// SHA-256 of the token.
    pub hash: &'a [u8],
    /// Its first characters.
    pub hint: &'a str,
    /// What it is for.
    pub scopes: &'a [Scope],
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Whom a token speaks for.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// The token.
    pub token: Uuid,
    /// Its owner.
    pub user: Uuid,
    /// Their address.
    pub email: String,
    /// Their role at this moment.
    pub role: Role,
    /// What the token is for.
    pub scopes: Vec<Scope>,
}

/// Keeps a token.
///
/// # Errors
/// When the database cannot be reached.
pub async fn insert(conn: &mut PgConnection, draft: &ApiTokenDraft<'_>) -> sqlx::Result<Uuid> {
    let scopes: Vec<String> = draft.scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
    sqlx::query_scalar!(
        "INSERT INTO api_tokens (user_id, name, hash, hint, scopes, expires_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        draft.user,
        draft.name,
        draft.hash,
        draft.hint,
        &scopes,
        draft.expires_at
    )
    .fetch_one(conn)
    .await
}

/// Whom a token speaks for, and notes its use at most once a minute; `None` when it is unknown, over or taken back, or its
/// owner is kept out.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find_bearer(conn: &mut PgConnection, hash: &[u8]) -> sqlx::Result<Option<Bearer>> {
    let row = sqlx::query!(
        r#"SELECT t.id, t.user_id, t.scopes, u.email, u.role,
                  (t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute') AS "is_use_news!"
           FROM api_tokens t JOIN users u ON u.id = t.user_id
           WHERE t.hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
             AND u.disabled_at IS NULL"#,
        hash
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if row.is_use_news {
        sqlx::query!("UPDATE api_tokens SET last_used_at = now() WHERE id = $1", row.id).execute(conn).await?;
    }
    Ok(Some(Bearer {
        token: row.id,
        user: row.user_id,
        email: row.email,
        role: Role::from_name(&row.role).unwrap_or(Role::Viewer),
        scopes: read_scopes(&row.scopes),
    }))
}

/// Tokens that were not taken back, of one person or of everybody, newest first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn list(conn: &mut PgConnection, user: Option<Uuid>) -> sqlx::Result<Vec<ApiToken>> {
    let rows = sqlx::query!(
        "SELECT t.id, t.user_id, u.email, t.name, t.hint, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
         FROM api_tokens t JOIN users u ON u.id = t.user_id
         WHERE t.revoked_at IS NULL AND ($1::uuid IS NULL OR t.user_id = $1) ORDER BY t.created_at DESC, t.id",
        user
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ApiToken {
            id: row.id,
            user: row.user_id,
            email: row.email,
            name: row.name,
            hint: row.hint,
            scopes: read_scopes(&row.scopes),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
        })
        .collect())
}

/// Takes a token back: one's own, or anybody's for `None`. Returns its hash, or `None` when there is no such token.
///
/// # Errors
/// When the database cannot be reached.
pub async fn revoke(conn: &mut PgConnection, id: Uuid, owner: Option<Uuid>) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        "UPDATE api_tokens SET revoked_at = now()
         WHERE id = $1 AND revoked_at IS NULL AND ($2::uuid IS NULL OR user_id = $2) RETURNING hash",
        id,
        owner
    )
    .fetch_optional(conn)
    .await
}

fn read_scopes(names: &[String]) -> Vec<Scope> {
    names.iter().filter_map(|name| Scope::from_name(name)).collect()
}
