//! What the audit log keeps of files that are streamed in the answer to a request.

use domain::filter::Filter;
use domain::filter::print::print;
use serde_json::json;
use store::pipeline::{self, KeptStage};
use store::prospects::cards::Card;
use store::{PgConnection, PgPool, audit};
use universe::sets::{SetError, by_id, by_name};
use uuid::Uuid;

use super::FileFormat;
use crate::actor::Actor;
use crate::error::Result;
use crate::prospects::exported_prospects::ExportedProspects;

/// A filter's text as it was asked for; where it names a list or label that only its owner knows, their ids instead of their names.
///
/// # Errors
/// [`SetError`].
async fn audited(conn: &mut PgConnection, user: Uuid, filter: &Filter) -> std::result::Result<String, SetError> {
    let kept = by_id(conn, user, filter.clone()).await?;
    Ok(if kept.private.is_some() { print(&kept.filter) } else { print(filter) })
}

/// A screen in the forms that an export keeps.
#[derive(Clone, Debug)]
pub struct Described {
    /// The filter, lists and labels named by id.
    pub kept: Filter,
    /// The same, lists and labels by the names that they have.
    pub named: Filter,
    /// As text for people, lists and labels by the names that they have.
    pub title: String,
    /// As text for the audit log.
    pub audited: String,
}

/// Describes a screen that is to be exported.
///
/// # Errors
/// A set that the filter names is gone, or the database does not answer.
pub async fn describe(db: &PgPool, actor: &Actor, filter: &Filter) -> Result<Described> {
    let mut conn = db.acquire().await?;
    let kept = by_id(&mut conn, actor.user, filter.clone()).await?.filter;
    let audited = audited(&mut conn, actor.user, filter).await?;
    // For those who asked by id.
    let named = by_name(&mut conn, actor.user, kept.clone()).await?;
    Ok(Described { title: print(&named), kept, named, audited })
}

/// Notes that the person takes the companies of a screen out, before the first byte leaves.
///
/// # Errors
/// A set that the filter names is gone, or the database does not answer.
pub async fn note_screen(
    db: &PgPool,
    actor: &Actor,
    filter: &Filter,
    include_excluded: bool,
    companies: usize,
    columns: usize,
    format: FileFormat,
) -> Result<()> {
    let mut tx = db.begin().await?;
    let detail = json!({ "filter": audited(&mut tx, actor.user, filter).await?, "companies": companies,
        "columns": columns, "format": format.as_str(), "include_excluded": include_excluded });
    audit::record(&mut tx, &actor.event("universe.export").with(detail)).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes that the person takes prospects out, in the log and on the companies' pages; returns the stages, by whose names the file goes.
///
/// # Errors
/// When the database does not answer.
pub async fn note_prospects(db: &PgPool, actor: &Actor, cards: &[Card]) -> Result<Vec<KeptStage>> {
    let mut tx = db.begin().await?;
    let (_, stages) = pipeline::read(&mut tx).await?;
    ExportedProspects::of(cards).record(&mut tx, actor.user).await?;
    let detail = json!({ "what": "prospects", "count": cards.len() });
    audit::record(&mut tx, &actor.event("prospects.export").with(detail)).await?;
    tx.commit().await?;
    Ok(stages)
}
