//! Mappings of tables that the team has kept by name.

use domain::one_line::one_line;
use serde_json::json;
use sources::table::mapping::Mapping;
use store::import_mappings::{self, Saved};
use store::{PgConnection, PgPool, audit};
use uuid::Uuid;

pub use store::import_mappings::ImportMapping;

use crate::actor::Actor;
use crate::error::{Result, ServiceError, Versioned};
use crate::quota::make_room;
use store::quotas::Kept;

/// What a mapping may be of.
pub const KINDS: [&str; 2] = ["accounts", "companies"];
/// Longest text of a mapping, in characters.
const MOST_CHARACTERS: usize = 200_000;

async fn kept(conn: &mut PgConnection, id: Uuid) -> Result<ImportMapping> {
    let missing = || ServiceError::Missing(format!("there is no mapping {id}"));
    import_mappings::find(conn, id).await?.ok_or_else(missing)
}

fn name_taken(name: &str) -> ServiceError {
    ServiceError::input("/name", format!("there is a mapping “{name}” already; choose another name"))
}

fn read_name(name: &str) -> Result<String> {
    let name = one_line(name);
    if (1..=80).contains(&name.chars().count()) {
        Ok(name)
    } else {
        Err(ServiceError::input("/name", "a mapping's name has 1 to 80 characters"))
    }
}

/// The kind that a text at `pointer` names.
///
/// # Errors
/// [`ServiceError::Input`] when it is none of [`KINDS`].
pub fn read_kind(kind: &str, pointer: &str) -> Result<String> {
    if KINDS.contains(&kind) {
        Ok(kind.to_owned())
    } else {
        Err(ServiceError::input(pointer, format!("kind is one of {}", KINDS.join(", "))))
    }
}

/// A text that cannot be read as a mapping is refused here, not at the next import.
fn read_mapping(text: &str) -> Result<String> {
    if text.chars().count() > MOST_CHARACTERS || text.contains('\0') {
        let message = format!("a mapping has at most {MOST_CHARACTERS} characters of text");
        return Err(ServiceError::input("/mapping", message));
    }
    Mapping::parse(text).map_err(|error| ServiceError::input("/mapping", error.to_string()))?;
    Ok(text.to_owned())
}

/// The mappings of a kind, or of both, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &PgPool, kind: Option<&str>) -> Result<Vec<ImportMapping>> {
    Ok(import_mappings::list(&mut *db.acquire().await?, kind).await?)
}

/// Keeps a mapping by name.
///
/// # Errors
/// A name, kind or text that cannot be used; a name that another mapping of the kind has.
pub async fn create(db: &PgPool, actor: &Actor, kind: &str, name: &str, mapping: &str) -> Result<ImportMapping> {
    let (name, kind, mapping) = (read_name(name)?, read_kind(kind, "/kind")?, read_mapping(mapping)?);
    let mut tx = db.begin().await?;
    actor.ensure(&mut tx).await?;
    make_room(&mut tx, actor.user, Kept::Mappings).await?;
    let id = import_mappings::insert(&mut tx, &kind, &name, &mapping, actor.user).await?;
    let kept = kept(&mut tx, id.ok_or_else(|| name_taken(&name))?).await?;
    let event = actor.event("import_mapping.create").about("import_mapping", kept.id);
    audit::record(&mut tx, &event.with(json!({ "name": kept.name, "kind": kept.kind }))).await?;
    tx.commit().await?;
    Ok(kept)
}

/// A change of a mapping; what is `None` stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change<'a> {
    /// Another name.
    pub name: Option<&'a str>,
    /// The kind that the caller believes it to be of; it cannot change.
    pub kind: Option<&'a str>,
    /// Another text.
    pub mapping: Option<&'a str>,
}

/// Changes a mapping, if it is still of that version.
///
/// # Errors
/// As [`create`]; no such mapping; another kind than it is of.
pub async fn replace(
    db: &PgPool,
    actor: &Actor,
    id: Uuid,
    change: Change<'_>,
    version: Option<i32>,
) -> Result<Versioned<ImportMapping>> {
    let mut tx = db.begin().await?;
    let before = kept(&mut tx, id).await?;
    if change.kind.is_some_and(|kind| kind != before.kind) {
        let message = format!("the mapping is one of {}; keep another one instead", before.kind);
        return Err(ServiceError::input("/kind", message));
    }
    let name = change.name.map_or_else(|| Ok(before.name.clone()), read_name)?;
    let mapping = change.mapping.map_or_else(|| Ok(before.mapping.clone()), read_mapping)?;
    actor.ensure(&mut tx).await?;
    match import_mappings::update(&mut tx, id, &name, &mapping, actor.user, version).await? {
        Saved::Done => {}
        Saved::NameTaken => return Err(name_taken(&name)),
        Saved::Stale => return Ok(Versioned::Stale(before)),
    }
    let after = kept(&mut tx, id).await?;
    let event = actor.event("import_mapping.change").about("import_mapping", id);
    audit::record(&mut tx, &event.with(json!({ "before": before.name, "name": after.name }))).await?;
    tx.commit().await?;
    Ok(Versioned::Done(after))
}

/// Removes a mapping; the audit log keeps its text.
///
/// # Errors
/// No such mapping.
pub async fn delete(db: &PgPool, actor: &Actor, id: Uuid) -> Result<()> {
    let mut tx = db.begin().await?;
    let kept = kept(&mut tx, id).await?;
    import_mappings::delete(&mut tx, id).await?;
    let event = actor.event("import_mapping.delete").about("import_mapping", id);
    audit::record(&mut tx, &event.with(json!({ "name": kept.name, "mapping": kept.mapping }))).await?;
    tx.commit().await?;
    Ok(())
}
