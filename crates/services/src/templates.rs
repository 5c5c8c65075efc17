//! Templates of analyses: saved in versions, deleted so that they can be brought back.

use domain::analysis::Template;
use serde_json::{Value, json};
use store::runs::templates;
use store::{PgConnection, PgPool, audit};
use uuid::Uuid;

pub use store::runs::templates::StoredTemplate;

use crate::actor::Actor;
use crate::error::{Result, ServiceError};
use crate::quota::make_room;
use store::quotas::Kept;

fn missing(id: Uuid) -> ServiceError {
    ServiceError::Missing(format!("there is no template {id}"))
}

/// Every saved template in its newest version.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &PgPool) -> Result<Vec<StoredTemplate>> {
    Ok(templates::list(&mut *db.acquire().await?).await?)
}

/// A template that is not deleted, in its newest version.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &PgPool, id: Uuid) -> Result<Option<StoredTemplate>> {
    Ok(templates::find(&mut *db.acquire().await?, id).await?)
}

/// A template in one of its versions, the newest when none is named; also one that was deleted, for runs were made with it.
///
/// # Errors
/// No such template, or version of it.
pub async fn find_version(db: &PgPool, id: Uuid, version: Option<i32>) -> Result<StoredTemplate> {
    let found = templates::find_version(&mut *db.acquire().await?, id, version).await?;
    found.ok_or_else(|| match version {
        Some(version) => ServiceError::Missing(format!("there is no version {version} of a template {id}")),
        None => missing(id),
    })
}

/// Writes a template's first version, or for a `before` the one after it.
async fn keep(
    conn: &mut PgConnection,
    actor: &Actor,
    before: Option<&StoredTemplate>,
    name: &str,
    template: &Template,
) -> Result<StoredTemplate> {
    let body: Value = serde_json::to_value(template).map_err(|error| ServiceError::Internal(error.into()))?;
    let (id, version) = before.map_or((None, 1), |before| (Some(before.id), before.version + 1));
    make_room(conn, actor.user, Kept::Templates).await?;
    let (id, version) = templates::insert(conn, id, version, name, &body, actor.user).await?;
    let event = actor.event("template.change").about("template", id);
    audit::record(conn, &event.with(json!({ "name": name, "version": version }))).await?;
    templates::find(conn, id).await?.ok_or_else(|| missing(id))
}

/// Saves a template.
///
/// # Errors
/// When the database does not answer.
pub async fn create(db: &PgPool, actor: &Actor, name: &str, template: &Template) -> Result<StoredTemplate> {
    let mut tx = db.begin().await?;
    let kept = keep(&mut tx, actor, None, name, template).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Saves a new version of a template; runs keep the version that they were made with.
///
/// # Errors
/// No such template; it is of another version than the change was made from.
pub async fn change(
    db: &PgPool,
    actor: &Actor,
    id: Uuid,
    name: &str,
    template: &Template,
    version: Option<i32>,
) -> Result<StoredTemplate> {
    let mut tx = db.begin().await?;
    templates::lock(&mut tx, id).await?;
    let newest = templates::find(&mut tx, id).await?.ok_or_else(|| missing(id))?;
    if version.is_some_and(|version| version != newest.version) {
        return Err(ServiceError::Conflict("the template was changed meanwhile; load it again".to_owned()));
    }
    let kept = keep(&mut tx, actor, Some(&newest), name, template).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Deletes a template, which can be brought back.
///
/// # Errors
/// No such template.
pub async fn delete(db: &PgPool, actor: &Actor, id: Uuid) -> Result<()> {
    let mut tx = db.begin().await?;
    templates::lock(&mut tx, id).await?;
    let found = templates::find(&mut tx, id).await?.ok_or_else(|| missing(id))?;
    templates::set_deleted(&mut tx, id, true).await?;
    let event = actor.event("template.delete").about("template", id);
    audit::record(&mut tx, &event.with(json!({ "name": found.name }))).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings a deleted template back; one that is not deleted stays as it is.
///
/// # Errors
/// No such template.
pub async fn restore(db: &PgPool, actor: &Actor, id: Uuid) -> Result<StoredTemplate> {
    let mut tx = db.begin().await?;
    templates::lock(&mut tx, id).await?;
    let found = templates::find_version(&mut tx, id, None).await?.ok_or_else(|| missing(id))?;
    if found.deleted_at.is_some() {
        templates::set_deleted(&mut tx, id, false).await?;
        let event = actor.event("template.restore").about("template", id);
        audit::record(&mut tx, &event.with(json!({ "name": found.name }))).await?;
    }
    tx.commit().await?;
    Ok(StoredTemplate { deleted_at: None, ..found })
}
