//! Makes API tokens and takes them back.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Scope;
use serde_json::json;
use store::api_tokens::{self, ApiTokenDraft};
use store::failure::DatabaseError;
use store::quotas::Kept;
use store::{PgPool, audit};
use uuid::Uuid;

use super::Caller;
use crate::quota::make_room;
use identity::{API_TOKEN_PREFIX, Identity, secret};

/// Characters of a token that are kept readable: the prefix and six more.
const HINT: usize = API_TOKEN_PREFIX.len() + 6;

/// A token that was made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Identity.
    pub id: Uuid,
    /// The token; it cannot be shown again.
    pub token: String,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What a token is to be.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    /// 1 to 100 characters.
    pub name: String,
    /// At least one.
    pub scopes: Vec<Scope>,
    /// Days until it ends; `None` for never.
    pub expires_in_days: Option<u32>,
}

/// Makes a token for a person.
///
/// # Errors
/// When the person has as many as one person may, or the database does not answer.
pub async fn create_token(
    db: &PgPool,
    user: Uuid,
    request: &TokenRequest,
    caller: &Caller,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> crate::error::Result<NewToken> {
    let token = format!("{API_TOKEN_PREFIX}{}", secret::random_text());
    let expires_at = request.expires_in_days.map(|days| now + TimeDelta::days(days.into()));
    let draft = ApiTokenDraft {
        user,
        name: &request.name,
        hash: &secret::digest(&token),
        hint: &token[..HINT],
        scopes: &request.scopes,
        expires_at,
    };
    let mut tx = db.begin().await?;
    make_room(&mut tx, user, Kept::Tokens).await?;
    let id = api_tokens::insert(&mut tx, &draft).await?;
    let scopes: Vec<_> = request.scopes.iter().map(|scope| scope.as_str()).collect();
    let detail = json!({ "user": user, "name": request.name, "scopes": scopes, "expires_at": expires_at });
    audit::record(&mut tx, &caller.event("token.create", actor).about("token", id).with(detail)).await?;
    tx.commit().await?;
    Ok(NewToken { id, token, expires_at })
}

/// Takes a token back: of this owner, or anybody's for `None`. False when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke_token(
    db: &PgPool,
    identity: Option<&Identity>,
    id: Uuid,
    owner: Option<Uuid>,
    caller: &Caller,
    actor: Option<Uuid>,
) -> Result<bool, DatabaseError> {
    let mut tx = db.begin().await?;
    if api_tokens::revoke(&mut tx, id, owner).await?.is_none() {
        return Ok(false);
    }
    audit::record(&mut tx, &caller.event("token.revoke", actor).about("token", id)).await?;
    tx.commit().await?;
    if let Some(identity) = identity {
        identity.recheck_everybody();
    }
    Ok(true)
}
