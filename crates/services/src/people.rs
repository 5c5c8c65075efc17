//! The people of the organisation, their sessions and API tokens.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use store::PgPool;
use store::accounts;
use store::api_tokens;
use store::people::Person;
use store::sessions::{self, SessionEntry, SessionLimits};
use store::users;
use uuid::Uuid;

pub use store::accounts::Account;
pub use store::api_tokens::ApiToken;
pub use store::sessions::Session;
pub use store::users::User;

use crate::actor::Actor;
use crate::error::Result;

/// Everyone, by name, the asking person included.
///
/// # Errors
/// When the database does not answer.
pub async fn colleagues(db: &PgPool, actor: &Actor) -> Result<Vec<Person>> {
    let mut conn = db.acquire().await?;
    actor.ensure(&mut conn).await?;
    Ok(store::people::list(&mut conn).await?)
}

/// What is kept of a person; `None` when nothing is.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &PgPool, user: Uuid) -> Result<Option<User>> {
    Ok(users::find(&mut *db.acquire().await?, user).await?)
}

/// Everybody that has an account or came with a token, and the accounts that were invited and not taken up, with the end of their link.
///
/// # Errors
/// When the database does not answer.
pub async fn everybody(db: &PgPool) -> Result<(Vec<User>, HashMap<Uuid, Option<DateTime<Utc>>>)> {
    let mut conn = db.acquire().await?;
    let invited = accounts::invited(&mut conn).await?.into_iter().collect();
    let people = users::all(&mut conn).await?.into_iter().filter(|user| user.id != users::LOCAL_OWNER).collect();
    Ok((people, invited))
}

/// Where a person is signed in with a built-in account.
///
/// # Errors
/// When the database does not answer.
pub async fn sessions(db: &PgPool, user: Uuid, limits: SessionLimits) -> Result<Vec<SessionEntry>> {
    Ok(sessions::of_user(&mut *db.acquire().await?, user, limits).await?)
}

/// A session that has not ended.
///
/// # Errors
/// When the database does not answer.
pub async fn session(db: &PgPool, id: Uuid, limits: SessionLimits) -> Result<Option<Session>> {
    Ok(sessions::find_alive(&mut *db.acquire().await?, id, limits).await?)
}

/// The built-in account of a person.
///
/// # Errors
/// When the database does not answer.
pub async fn account(db: &PgPool, user: Uuid) -> Result<Option<Account>> {
    Ok(accounts::find(&mut *db.acquire().await?, user).await?)
}

/// A person's API tokens, or everybody's.
///
/// # Errors
/// When the database does not answer.
pub async fn tokens(db: &PgPool, user: Option<Uuid>) -> Result<Vec<ApiToken>> {
    Ok(api_tokens::list(&mut *db.acquire().await?, user).await?)
}
