//! Built-in accounts: passwords, failures to sign in, and one-time links.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Role;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

/// What signing in needs of an account.
#[derive(Clone, Debug)]
pub struct Account {
    /// The person.
    pub user: Uuid,
    /// E-mail address as it was given.
    pub email: String,
    /// Name shown to colleagues.
    pub display_name: String,
    /// What they may do.
    pub role: Role,
    /// PHC string; `None` until the invitation is accepted.
    pub password_hash: Option<String>,
    /// Whether they are kept out.
    pub is_disabled: bool,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
}

/// What a one-time link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Choose a first password.
    Invite,
    /// Choose a new one.
    Recovery,
}

impl LinkKind {
    /// How long a link works: an invitation a week, one for a forgotten password a day.
    #[must_use]
    pub fn lifetime(self) -> TimeDelta {
        match self {
            Self::Invite => TimeDelta::days(7),
            Self::Recovery => TimeDelta::hours(24),
        }
    }

    /// What the person needs: a first password, or a new one.
    #[must_use]
    pub fn needed_by(account: &Account) -> Self {
        if account.password_hash.is_some() { Self::Recovery } else { Self::Invite }
    }

    /// The name used in the database, the address and Supabase's protocol.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Recovery => "recovery",
        }
    }

    /// Reads [`LinkKind::as_str`] back.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Invite, Self::Recovery].into_iter().find(|kind| kind.as_str() == name)
    }
}

macro_rules! account {
    ($row:expr) => {
        $row.map(|row| Account {
            user: row.id,
            email: row.email,
            display_name: row.display_name,
            role: Role::from_name(&row.role).unwrap_or(Role::Viewer),
            password_hash: row.password_hash,
            is_disabled: row.disabled_at.is_some(),
            created_at: row.created_at,
        })
    };
}

/// The account with this address, in any case of letters.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find_by_email(conn: &mut PgConnection, email: &str) -> sqlx::Result<Option<Account>> {
    let row = sqlx::query!(
        "SELECT u.id, u.email, u.display_name, u.role, u.disabled_at, u.created_at, a.password_hash
         FROM users u JOIN accounts a ON a.user_id = u.id WHERE lower(u.email) = lower($1) AND u.origin = 'builtin'",
        email
    )
    .fetch_optional(conn)
    .await?;
    Ok(account!(row))
}

/// The account of this person.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<Option<Account>> {
    let row = sqlx::query!(
        "SELECT u.id, u.email, u.display_name, u.role, u.disabled_at, u.created_at, a.password_hash
         FROM users u JOIN accounts a ON a.user_id = u.id WHERE u.id = $1",
        user
    )
    .fetch_optional(conn)
    .await?;
    Ok(account!(row))
}

/// Makes an account without a password; `None` when the address has one already.
///
/// # Errors
/// When the database cannot be reached.
pub async fn insert(
    conn: &mut PgConnection,
    email: &str,
    display_name: &str,
    role: Role,
) -> sqlx::Result<Option<Uuid>> {
    let user = sqlx::query_scalar!(
        "INSERT INTO users (email, display_name, role, origin) VALUES ($1, $2, $3, 'builtin')
         ON CONFLICT (lower(email)) WHERE origin = 'builtin' DO NOTHING RETURNING id",
        email,
        display_name,
        role.as_str()
    )
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(user) = user {
        sqlx::query!("INSERT INTO accounts (user_id) VALUES ($1)", user).execute(conn).await?;
    }
    Ok(user)
}

/// Makes what else changes this account wait until the transaction ends.
///
/// # Errors
/// When the database cannot be reached.
pub async fn lock(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query("SELECT FROM accounts WHERE user_id = $1 FOR UPDATE").bind(user).execute(conn).await?;
    Ok(())
}

/// Sets the password.
///
/// # Errors
/// When the database cannot be reached.
pub async fn set_password(conn: &mut PgConnection, user: Uuid, hash: &str) -> sqlx::Result<()> {
    sqlx::query!("UPDATE accounts SET password_hash = $2, password_changed_at = now() WHERE user_id = $1", user, hash)
        .execute(conn)
        .await?;
    Ok(())
}

/// People with an account that have no password and no identity at a provider yet, and until when their newest link works. One that is mailed is
/// made when its email is sent; it works for seven days from then, so it counts from now on.
///
/// # Errors
/// When the database cannot be reached.
pub async fn invited(conn: &mut PgConnection) -> sqlx::Result<Vec<(Uuid, Option<DateTime<Utc>>)>> {
    sqlx::query_as(
        "SELECT a.user_id, greatest(max(l.expires_at), (SELECT max(d.created_at) + interval '7 days' FROM deliveries d
             WHERE d.user_id = a.user_id AND d.event = 'account.link' AND d.state = 'waiting'))
         FROM accounts a LEFT JOIN account_links l ON l.user_id = a.user_id AND l.used_at IS NULL AND l.expires_at > now()
         WHERE a.password_hash IS NULL AND NOT EXISTS (SELECT FROM account_identities i WHERE i.user_id = a.user_id)
         GROUP BY a.user_id",
    )
    .fetch_all(conn)
    .await
}

/// Until when nobody may try to sign in with this address.
///
/// # Errors
/// When the database cannot be reached.
pub async fn locked_until(conn: &mut PgConnection, address_hash: &[u8]) -> sqlx::Result<Option<DateTime<Utc>>> {
    let locked = sqlx::query_scalar!(
        "SELECT locked_until FROM sign_in_failures WHERE address_hash = $1 AND locked_until > now()",
        address_hash
    )
    .fetch_optional(conn)
    .await?;
    Ok(locked.flatten())
}

/// Counts an attempt before it is compared, so that of many at once only as many are compared as of one after another; whoever is right has it
/// forgotten. `Err` when the address is locked already: nothing is counted then.
///
/// # Errors
/// When the database cannot be reached.
pub async fn begin_attempt(
    conn: &mut PgConnection,
    address_hash: &[u8],
) -> sqlx::Result<Result<Option<DateTime<Utc>>, DateTime<Utc>>> {
    // Attempts on one address wait for one another here, whether or not it has a row yet.
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 7071))")
        .bind(address_hash)
        .execute(&mut *conn)
        .await?;
    match locked_until(conn, address_hash).await? {
        Some(until) => Ok(Err(until)),
        None => Ok(Ok(note_failure(conn, address_hash).await?)),
    }
}

/// Makes the one-time links of a person worthless: their credentials changed.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget_links(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM account_links WHERE user_id = $1 AND used_at IS NULL").bind(user).execute(conn).await?;
    Ok(())
}

/// Counts a failure; from the fifth in a row on, locks for a minute, doubling up to fifteen. A day without failures forgets.
///
/// # Errors
/// When the database cannot be reached.
pub async fn note_failure(conn: &mut PgConnection, address_hash: &[u8]) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar!(
        "INSERT INTO sign_in_failures AS f (address_hash, failures, last_at) VALUES ($1, 1, now())
         ON CONFLICT (address_hash) DO UPDATE SET
             failures = CASE WHEN f.last_at < now() - interval '1 day' THEN 1 ELSE f.failures + 1 END,
             last_at = now(),
             locked_until = CASE WHEN f.failures + 1 >= 5 AND f.last_at >= now() - interval '1 day'
                 THEN now() + least(power(2, least(f.failures - 4, 10)), 15) * interval '1 minute' END
         RETURNING locked_until",
        address_hash
    )
    .fetch_one(conn)
    .await
}

/// Forgets the failures of an address.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget_failures(conn: &mut PgConnection, address_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM sign_in_failures WHERE address_hash = $1", address_hash).execute(conn).await?;
    Ok(())
}

/// A one-time link that was made; its secret is shown or mailed once, and only the hash is kept.
#[derive(Clone, Debug)]
pub struct Link {
    /// The person.
    pub user: Uuid,
    /// What it is for.
    pub kind: LinkKind,
    /// The secret.
    pub token: String,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
}

impl Link {
    /// The web app's address behind its origin. The token stands behind `#`, which browsers send to nobody.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/accept#type={}&token_hash={}", self.kind.as_str(), self.token)
    }
}

/// Makes a one-time link with a secret of 256 random bits; earlier ones of the person stop working.
///
/// # Errors
/// When the database cannot be reached.
pub async fn make_link(conn: &mut PgConnection, user: Uuid, kind: LinkKind, now: DateTime<Utc>) -> sqlx::Result<Link> {
    let token = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let expires_at = now + kind.lifetime();
    insert_link(conn, user, kind, &Sha256::digest(token.as_bytes()), expires_at).await?;
    Ok(Link { user, kind, token, expires_at })
}

async fn insert_link(
    conn: &mut PgConnection,
    user: Uuid,
    kind: LinkKind,
    hash: &[u8],
    expires_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM account_links WHERE user_id = $1", user).execute(&mut *conn).await?;
    sqlx::query!(
        "INSERT INTO account_links (hash, user_id, kind, expires_at) VALUES ($1, $2, $3, $4)",
        hash,
        user,
        kind.as_str(),
        expires_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Uses a link up; `None` when it does not exist, was used or has expired.
///
/// # Errors
/// When the database cannot be reached.
pub async fn use_link(conn: &mut PgConnection, kind: LinkKind, hash: &[u8]) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "UPDATE account_links SET used_at = now()
         WHERE hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > now() RETURNING user_id",
        hash,
        kind.as_str()
    )
    .fetch_optional(conn)
    .await
}

/// Removes what no longer means anything: old failures, links and sessions.
///
/// # Errors
/// When the database cannot be reached.
pub async fn prune(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM sign_in_failures WHERE last_at < now() - interval '2 days'").execute(&mut *conn).await?;
    sqlx::query!("DELETE FROM account_links WHERE expires_at < now() - interval '30 days'").execute(&mut *conn).await?;
    // Kept for a while: a stolen refresh token must be known as used for as long as anybody may try it.
    sqlx::query!("DELETE FROM sessions WHERE coalesce(revoked_at, expires_at) < now() - interval '30 days'")
        .execute(conn)
        .await?;
    Ok(())
}
