//! Sessions that a browser holds in a cookie, where no script can read it.

use chrono::{DateTime, Utc};
use store::{PgPool, accounts, sessions};
use uuid::Uuid;

use super::{Session, holder};
use identity::access_token::SCRAPER;
use identity::{Identity, secret};

/// Makes a session one of a cookie and returns the cookie's secret. The session's refresh tokens, and a cookie that it had before, are worth
/// nothing then.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_in_cookie(db: &PgPool, identity: &Identity, session: Uuid) -> anyhow::Result<String> {
    let secret = secret::random_text();
    let mut tx = db.begin().await?;
    sessions::keep_in_cookie(&mut tx, session, &secret::digest(&secret)).await?;
    tx.commit().await?;
    identity.recheck_everybody();
    Ok(secret)
}

/// A token for the scraper service alone, which may have an origin that the cookie does not reach. It ends with its session, and by itself
/// after [`identity::access_token::AccessTokens::lifetime`].
///
/// # Errors
/// When the database does not answer, or the person is gone.
pub async fn scraper_token(
    db: &PgPool,
    identity: &Identity,
    session: &Session,
    now: DateTime<Utc>,
) -> anyhow::Result<String> {
    let mut conn = db.acquire().await?;
    let account = accounts::find(&mut conn, session.user).await?;
    let account = account.ok_or_else(|| anyhow::anyhow!("the account of the session is gone"))?;
    let holder = holder(&account, session, SCRAPER);
    identity.access_tokens.sign(&mut conn, &holder, now).await
}
