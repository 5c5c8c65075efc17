//! What the audit log keeps of files that are streamed in the answer to a request.

use domain::filter::Filter;
use domain::filter::print::print;
use serde_json::json;
use store::pipeline::{self, KeptStage};
use store::prospects::cards::Card;
use store::{PgConnection, PgPool, audit};
use universe::sets::{SetError, by_id};
use uuid::Uuid;

use super::FileFormat;
use crate::actor::Actor;
use crate::error::Result;
use crate::prospects::taken_out::TakenOut;

/// A filter's text as it was asked for; where it names a list or label that only its owner knows, their ids instead of their names.
///
/// # Errors
/// [`SetError`].
pub async fn audited(conn: &mut PgConnection, user: Uuid, filter: &Filter) -> std::result::Result<String, SetError> {
    let kept = by_id(conn, user, filter.clone()).await?;
    Ok(if kept.private.is_some() { print(&kept.filter) } else { print(filter) })
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
    TakenOut::of(cards).record(&mut tx, actor.user).await?;
    let detail = json!({ "what": "prospects", "count": cards.len() });
    audit::record(&mut tx, &actor.event("prospects.export").with(detail)).await?;
    tx.commit().await?;
    Ok(stages)
}
