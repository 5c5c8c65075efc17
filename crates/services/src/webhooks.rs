//! Webhooks of the organisation: made, changed, tried, and how their calls went.

use chrono::{DateTime, TimeDelta, Utc};
use outbound::guard::{WEBHOOK, read_url};
use outbound::send::{Senders, send_one};
use outbound::webhook::{Caller, new_secret};
use serde_json::json;
use store::sealing::Sealer;
use store::{PgPool, audit, deliveries, webhooks};
use uuid::Uuid;

pub use store::deliveries::Logged;
pub use store::webhooks::Webhook;

use crate::actor::Actor;
use crate::error::{Result, ServiceError};

/// Calls that the log of a webhook shows.
const MOST_CALLS: i64 = 100;

/// What somebody writes of a webhook.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// 1 to 200 characters.
    pub name: &'a str,
    /// `https://…`
    pub url: &'a str,
    /// Whether it is called.
    pub is_active: bool,
}

/// How a trial call went.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What the other side answered.
    pub status: Option<u16>,
    /// Why it was not delivered; `None` when it was.
    pub error: Option<String>,
}

fn missing(id: Uuid) -> ServiceError {
    ServiceError::Missing(format!("there is no webhook {id}"))
}

fn check(draft: &Draft<'_>, allow_private: bool) -> Result<()> {
    if !(1..=200).contains(&draft.name.chars().count()) {
        return Err(ServiceError::input("/name", "a name has 1 to 200 characters"));
    }
    read_url(draft.url, allow_private, WEBHOOK)
        .map(drop)
        .map_err(|refusal| ServiceError::input("/url", refusal.to_string()))
}

/// The host alone: path and query of an address may hold a secret.
fn host(url: &str) -> Option<String> {
    read_url(url, true, WEBHOOK).ok()?.host_str().map(str::to_owned)
}

/// The webhooks by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &PgPool) -> Result<Vec<Webhook>> {
    Ok(webhooks::list(&mut *db.acquire().await?).await?)
}

/// Makes a webhook; returns its id and its secret, which is told this once.
///
/// # Errors
/// A name or an address that cannot be used; `allow_private` lets it call addresses inside.
pub async fn create(
    db: &PgPool,
    sealer: &Sealer,
    actor: &Actor,
    draft: &Draft<'_>,
    allow_private: bool,
) -> Result<(Uuid, String)> {
    check(draft, allow_private)?;
    let secret = new_secret();
    let mut tx = db.begin().await?;
    actor.ensure(&mut tx).await?;
    let id = webhooks::insert(&mut tx, sealer, draft.name, draft.url, &secret, actor.user).await?;
    let detail = json!({ "name": draft.name, "host": host(draft.url) });
    audit::record(&mut tx, &actor.event("webhook.create").about("webhook", id).with(detail)).await?;
    tx.commit().await?;
    Ok((id, secret))
}

/// Changes a webhook.
///
/// # Errors
/// As [`create`]; no such webhook.
pub async fn change(db: &PgPool, actor: &Actor, id: Uuid, draft: &Draft<'_>, allow_private: bool) -> Result<()> {
    check(draft, allow_private)?;
    let mut tx = db.begin().await?;
    if !webhooks::update(&mut tx, id, draft.name, draft.url, draft.is_active).await? {
        return Err(missing(id));
    }
    let detail = json!({ "name": draft.name, "host": host(draft.url), "is_active": draft.is_active });
    audit::record(&mut tx, &actor.event("webhook.update").about("webhook", id).with(detail)).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes a webhook with the log of its calls.
///
/// # Errors
/// No such webhook.
pub async fn delete(db: &PgPool, actor: &Actor, id: Uuid) -> Result<()> {
    let mut tx = db.begin().await?;
    if !webhooks::delete(&mut tx, id).await? {
        return Err(missing(id));
    }
    audit::record(&mut tx, &actor.event("webhook.delete").about("webhook", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives a webhook a new secret, told this once; the old one signs nothing more.
///
/// # Errors
/// No such webhook.
pub async fn renew_secret(db: &PgPool, sealer: &Sealer, actor: &Actor, id: Uuid) -> Result<String> {
    let secret = new_secret();
    let mut tx = db.begin().await?;
    if !webhooks::set_secret(&mut tx, sealer, id, &secret).await? {
        return Err(missing(id));
    }
    audit::record(&mut tx, &actor.event("webhook.renew_secret").about("webhook", id)).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Calls a webhook once with a harmless message, now. A trial that fails is not tried again behind the person's back.
///
/// # Errors
/// No such webhook.
pub async fn test(
    db: &PgPool,
    sealer: &Sealer,
    actor: &Actor,
    id: Uuid,
    allow_private: bool,
    now: DateTime<Utc>,
) -> Result<Trial> {
    let mut tx = db.begin().await?;
    if !webhooks::list(&mut tx).await?.iter().any(|one| one.id == id) {
        return Err(missing(id));
    }
    let body = json!({ "type": "webhook.test", "timestamp": now, "data": {} });
    let delivery = deliveries::insert_call(&mut tx, id, "webhook.test", &body).await?;
    // The runner must not make it too.
    deliveries::hold(&mut tx, delivery, now + TimeDelta::minutes(2)).await?;
    audit::record(&mut tx, &actor.event("webhook.test").about("webhook", id)).await?;
    tx.commit().await?;
    let caller = Caller::new(allow_private).map_err(|error| ServiceError::Internal(error.into()))?;
    match send_one(db, &Senders { caller, mailer: None, sealer: sealer.clone(), public_url: None }, delivery, now)
        .await?
    {
        Some(Ok(status)) => Ok(Trial { status: Some(status), error: None }),
        Some(Err(error)) => {
            let status = error.status.map(i32::from);
            let mut conn = db.acquire().await?;
            deliveries::note_attempt(&mut conn, delivery, "failed", status, Some(&error.reason), None).await?;
            Ok(Trial { status: error.status, error: Some(error.reason) })
        }
        None => Err(missing(id)),
    }
}

/// The newest calls of a webhook.
///
/// # Errors
/// When the database does not answer.
pub async fn calls(db: &PgPool, id: Uuid) -> Result<Vec<Logged>> {
    Ok(deliveries::of_webhook(&mut *db.acquire().await?, id, MOST_CALLS).await?)
}

/// Puts a call that failed back among those that wait.
///
/// # Errors
/// No such failed call.
pub async fn retry_call(db: &PgPool, actor: &Actor, id: Uuid, call: Uuid) -> Result<()> {
    let mut tx = db.begin().await?;
    if !deliveries::retry(&mut tx, id, call).await? {
        return Err(ServiceError::Missing(format!("there is no failed call {call}")));
    }
    audit::record(&mut tx, &actor.event("webhook.retry").about("webhook", id).with(json!({ "call": call }))).await?;
    tx.commit().await?;
    Ok(())
}
