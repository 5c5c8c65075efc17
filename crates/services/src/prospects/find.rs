//! Prospects as their reader sees them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use store::prospects::cards::{self, Card, Wanted};
pub use store::prospects::cards::{CardPlace, Page};
use store::prospects::history::{self, Stay};
use store::{PgPool, pipeline};
use uuid::Uuid;

use super::question::Question;
use crate::actor::Actor;
use crate::error::{Result, ServiceError};

/// A page of the prospects of a question; each names how many there are in all. With the place that the next page starts after,
/// where there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &PgPool,
    actor: &Actor,
    question: &Question,
    now: DateTime<Utc>,
    page: Page<'_>,
) -> Result<(Vec<Card>, Option<CardPlace>)> {
    let wanted = question.wanted(now.date_naive());
    // One more than is shown tells whether there is another page.
    let more = Page { limit: page.limit.saturating_add(1), ..page };
    let mut cards = cards::list(&mut *db.acquire().await?, actor.user, &wanted, now, more).await?;
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let next = (cards.len() > limit).then(|| cards.get(limit.saturating_sub(1)).map(Card::place)).flatten();
    cards.truncate(limit);
    Ok((cards, next))
}

/// The prospects with these ids that the person may see, removed ones too.
///
/// # Errors
/// When the database does not answer.
pub async fn with_ids(db: &PgPool, actor: &Actor, ids: &[Uuid]) -> Result<Vec<Card>> {
    let wanted = Wanted { ids: Some(ids), with_removed: true, ..Wanted::default() };
    let limit = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    Ok(cards::list(&mut *db.acquire().await?, actor.user, &wanted, Utc::now(), Page::first(limit)).await?)
}

/// One prospect, removed or not.
///
/// # Errors
/// No such prospect.
pub async fn one(db: &PgPool, actor: &Actor, id: Uuid) -> Result<Card> {
    let card = with_ids(db, actor, &[id]).await?.pop();
    card.ok_or_else(|| ServiceError::Missing(format!("there is no prospect {id} that you can see")))
}

/// One prospect with its way through the pipeline.
///
/// # Errors
/// No such prospect.
pub async fn with_stays(db: &PgPool, actor: &Actor, id: Uuid) -> Result<(Card, Vec<Stay>)> {
    let card = one(db, actor, id).await?;
    Ok((card, history::stays(&mut *db.acquire().await?, id).await?))
}

/// The stages in order, the version of the pipeline, and how many prospects that the person sees are in each.
///
/// # Errors
/// When the database does not answer.
pub async fn stages(db: &PgPool, actor: &Actor) -> Result<(i32, Vec<pipeline::KeptStage>, HashMap<String, i64>)> {
    let mut conn = db.acquire().await?;
    let (version, stages) = pipeline::read(&mut conn).await?;
    let counts = pipeline::counts(&mut conn, actor.user).await?;
    Ok((version, stages, counts))
}
