//! Sessions of built-in accounts and their refresh tokens, each of which is used once.

use chrono::{DateTime, Utc};
use domain::access::Role;
use sqlx::PgConnection;
use uuid::Uuid;

/// A session, with what its person may do now.
#[derive(Clone, Debug)]
pub struct Session {
    /// Identity; the `session_id` claim of its access tokens.
    pub id: Uuid,
    /// The person.
    pub user: Uuid,
    /// Their address.
    pub email: String,
    /// Their role at this moment.
    pub role: Role,
    /// `password`, `invite`, `recovery` or `oidc`.
    pub method: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When its person last proved a second factor in it.
    pub second_factor_at: Option<DateTime<Utc>>,
    /// Whether the person has a second factor that was confirmed.
    pub has_second_factor: bool,
}

/// How long sessions go on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SessionLimits {
    /// Seconds without use after which a session is over.
    pub idle_seconds: f64,
    /// Seconds after its beginning at which a session is over, however much it was used.
    pub absolute_seconds: f64,
}

/// A session as its person sees it in a list.
#[derive(Clone, Debug)]
pub struct SessionEntry {
    /// Identity.
    pub id: Uuid,
    /// How it began.
    pub method: String,
    /// From where it began.
    pub address: Option<String>,
    /// With which program.
    pub user_agent: Option<String>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub refreshed_at: DateTime<Utc>,
}

/// A session that begins.
#[derive(Clone, Debug)]
pub struct SessionDraft<'a> {
    /// The person.
    pub user: Uuid,
    /// `password`, `invite`, `recovery` or `oidc`.
    pub method: &'a str,
    /// From where.
    pub address: Option<String>,
    /// With which program.
    pub user_agent: Option<&'a str>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// What came of a refresh token.
#[derive(Clone, Debug)]
pub enum Rotation {
    /// It was good and is used up. Its successor is made of itself and of this key ([`keep_successor`] has its hash kept).
    Renewed {
        /// The session.
        session: Session,
        /// Key of the successor: a second use within the grace gets the same one, so that a session never forks.
        successor_key: Vec<u8>,
    },
    /// It was used before: somebody has a copy. The session was ended.
    Reused {
        /// The session.
        session: Uuid,
        /// Its person.
        user: Uuid,
    },
    /// Nobody knows it, or its session is over.
    Unknown,
}

/// Begins a session with its first refresh token.
///
/// # Errors
/// When the database cannot be reached.
pub async fn insert(conn: &mut PgConnection, draft: &SessionDraft<'_>, token_hash: &[u8]) -> sqlx::Result<Uuid> {
    let id = sqlx::query_scalar!(
        "INSERT INTO sessions (user_id, method, address, user_agent, expires_at) VALUES ($1, $2, $3, left($4, 300), $5)
         RETURNING id",
        draft.user,
        draft.method,
        draft.address,
        draft.user_agent,
        draft.expires_at
    )
    .fetch_one(&mut *conn)
    .await?;
    insert_token(conn, id, token_hash).await?;
    Ok(id)
}

/// Whether no session of the person, who has had some, came from that network (an IPv4 address but its last number, half an IPv6 one) with that
/// program.
///
/// # Errors
/// When the database cannot be reached.
pub async fn is_new_place(
    conn: &mut PgConnection,
    user: Uuid,
    address: Option<&str>,
    user_agent: Option<&str>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM sessions WHERE user_id = $1) AND NOT EXISTS (
             SELECT FROM sessions WHERE user_id = $1 AND user_agent IS NOT DISTINCT FROM left($3, 300)
               AND (address IS NOT DISTINCT FROM $2 OR network(set_masklen(address::inet, CASE family(address::inet) WHEN 4 THEN 24 ELSE 64 END))
                    = network(set_masklen($2::inet, CASE family($2::inet) WHEN 4 THEN 24 ELSE 64 END))))",
    )
    .bind(user)
    .bind(address)
    .bind(user_agent)
    .fetch_one(conn)
    .await
}

async fn insert_token(conn: &mut PgConnection, session: Uuid, hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("INSERT INTO refresh_tokens (hash, session_id) VALUES ($1, $2)", hash, session).execute(conn).await?;
    Ok(())
}

/// Keeps the hash of the token that follows another one; nothing changes when it is kept already.
///
/// # Errors
/// When the database cannot be reached.
pub async fn keep_successor(conn: &mut PgConnection, session: Uuid, hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO refresh_tokens (hash, session_id) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING",
        hash,
        session
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Uses a refresh token up. It may be used again for ten seconds, because an answer can be lost on its way and two tabs can ask at once; both
/// get the same successor, by the key that the first use left (`new_key` then). Later use ends the session. The caller commits in every case.
///
/// # Errors
/// When the database cannot be reached.
pub async fn rotate(
    conn: &mut PgConnection,
    old_hash: &[u8],
    new_key: &[u8],
    limits: SessionLimits,
) -> sqlx::Result<Rotation> {
    let found = sqlx::query!(
        r#"SELECT s.id, s.user_id, s.method, s.created_at, s.second_factor_at, u.email, u.role,
                  EXISTS (SELECT FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
                      AS "has_second_factor!",
                  (t.used_at IS NOT NULL AND t.used_at < clock_timestamp() - interval '10 seconds') AS "is_reused!",
                  (s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL
                   AND s.refreshed_at > now() - make_interval(secs => $2)
                   AND s.created_at > now() - make_interval(secs => $3)) AS "is_alive!"
           FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id JOIN users u ON u.id = s.user_id
           WHERE t.hash = $1 FOR UPDATE OF s, t"#,
        old_hash,
        limits.idle_seconds,
        limits.absolute_seconds
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(found) = found.filter(|found| found.is_alive) else { return Ok(Rotation::Unknown) };
    if found.is_reused {
        revoke(conn, found.id, "a refresh token was used twice").await?;
        return Ok(Rotation::Reused { session: found.id, user: found.user_id });
    }
    let successor_key = sqlx::query_scalar!(
        r#"UPDATE refresh_tokens
           SET used_at = coalesce(used_at, clock_timestamp()), successor_key = coalesce(successor_key, $2)
           WHERE hash = $1 RETURNING successor_key AS "successor_key!""#,
        old_hash,
        new_key
    )
    .fetch_one(&mut *conn)
    .await?;
    sqlx::query!("UPDATE sessions SET refreshed_at = now() WHERE id = $1", found.id).execute(conn).await?;
    let session = Session {
        id: found.id,
        user: found.user_id,
        email: found.email,
        role: Role::from_name(&found.role).unwrap_or(Role::Viewer),
        method: found.method,
        created_at: found.created_at,
        second_factor_at: found.second_factor_at,
        has_second_factor: found.has_second_factor,
    };
    Ok(Rotation::Renewed { session, successor_key })
}

/// The session, when it goes on and its person is not kept out.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find_alive(conn: &mut PgConnection, id: Uuid, limits: SessionLimits) -> sqlx::Result<Option<Session>> {
    let row = sqlx::query!(
        r#"SELECT s.id, s.user_id, s.method, s.created_at, s.second_factor_at, u.email, u.role,
                  EXISTS (SELECT FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
                      AS "has_second_factor!"
           FROM sessions s JOIN users u ON u.id = s.user_id
           WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL
             AND s.refreshed_at > now() - make_interval(secs => $2)
             AND s.created_at > now() - make_interval(secs => $3)"#,
        id,
        limits.idle_seconds,
        limits.absolute_seconds
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Session {
        id: row.id,
        user: row.user_id,
        email: row.email,
        role: Role::from_name(&row.role).unwrap_or(Role::Viewer),
        method: row.method,
        created_at: row.created_at,
        second_factor_at: row.second_factor_at,
        has_second_factor: row.has_second_factor,
    }))
}

/// Notes that a session is in use, at most once in half a minute.
///
/// # Errors
/// When the database cannot be reached.
pub async fn note_used(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE sessions SET refreshed_at = now() WHERE id = $1 AND refreshed_at < now() - interval '30 seconds'",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that a session's person proved a second factor. The session goes on with this refresh token alone: those from before are worth
/// nothing.
///
/// # Errors
/// When the database cannot be reached.
pub async fn note_second_factor(conn: &mut PgConnection, id: Uuid, token_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("UPDATE sessions SET second_factor_at = now(), refreshed_at = now() WHERE id = $1", id)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("DELETE FROM refresh_tokens WHERE session_id = $1", id).execute(&mut *conn).await?;
    insert_token(conn, id, token_hash).await
}

/// Makes a session one that a browser holds in a cookie: with this secret's hash alone. Refresh tokens and the cookie from before are worth
/// nothing.
///
/// # Errors
/// When the database cannot be reached.
pub async fn keep_in_cookie(conn: &mut PgConnection, id: Uuid, secret_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM refresh_tokens WHERE session_id = $1", id).execute(&mut *conn).await?;
    sqlx::query("UPDATE sessions SET cookie_hash = $2 WHERE id = $1").bind(id).bind(secret_hash).execute(conn).await?;
    Ok(())
}

/// Session and person of a cookie's secret, whether the session goes on or not.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find_by_cookie(conn: &mut PgConnection, secret_hash: &[u8]) -> sqlx::Result<Option<(Uuid, Uuid)>> {
    sqlx::query_as("SELECT id, user_id FROM sessions WHERE cookie_hash = $1")
        .bind(secret_hash)
        .fetch_optional(conn)
        .await
}

/// Notes the identity provider that a session began by.
///
/// # Errors
/// When the database cannot be reached.
pub async fn note_provider(conn: &mut PgConnection, id: Uuid, provider: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE sessions SET provider = $2 WHERE id = $1").bind(id).bind(provider).execute(conn).await?;
    Ok(())
}

/// The identity provider that a session began by.
///
/// # Errors
/// When the database cannot be reached.
pub async fn provider(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<String>> {
    let found: Option<Option<String>> =
        sqlx::query_scalar("SELECT provider FROM sessions WHERE id = $1").bind(id).fetch_optional(conn).await?;
    Ok(found.flatten())
}

/// Ends a session.
///
/// # Errors
/// When the database cannot be reached.
pub async fn revoke(conn: &mut PgConnection, id: Uuid, because: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE sessions SET revoked_at = now(), revoked_because = $2 WHERE id = $1 AND revoked_at IS NULL",
        id,
        because
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends every session of a person but one, and returns which.
///
/// # Errors
/// When the database cannot be reached.
pub async fn revoke_all(
    conn: &mut PgConnection,
    user: Uuid,
    except: Option<Uuid>,
    because: &str,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "UPDATE sessions SET revoked_at = now(), revoked_because = $3
         WHERE user_id = $1 AND revoked_at IS NULL AND ($2::uuid IS NULL OR id <> $2) RETURNING id",
        user,
        except,
        because
    )
    .fetch_all(conn)
    .await
}

/// The sessions of a person that go on, newest first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of_user(conn: &mut PgConnection, user: Uuid, limits: SessionLimits) -> sqlx::Result<Vec<SessionEntry>> {
    sqlx::query_as!(
        SessionEntry,
        "SELECT id, method, address, user_agent, created_at, refreshed_at FROM sessions
         WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > now()
           AND refreshed_at > now() - make_interval(secs => $2) AND created_at > now() - make_interval(secs => $3)
         ORDER BY refreshed_at DESC",
        user,
        limits.idle_seconds,
        limits.absolute_seconds
    )
    .fetch_all(conn)
    .await
}
