//! What a person's day begins with.

use chrono::{DateTime, TimeDelta, Utc};
use store::PgPool;
use store::monitors::{self, FoundChange};
use store::prospects::cards::{self, Card, Page, Wanted};
use store::recent_filings::{self, RecentFiling};

use crate::actor::Actor;
use crate::error::Result;

/// What waits for the person, and what is new to them.
#[derive(Clone, Debug)]
pub struct Home {
    /// Their prospects, and nobody's, whose next action is due, soonest first; at most fifty of each.
    pub due: Vec<Card>,
    /// How many there are.
    pub due_count: i64,
    /// Their prospects that stand still; at most twenty.
    pub stale: Vec<Card>,
    /// Changes on the screens that they watch.
    pub changes: Vec<FoundChange>,
    /// How many screens they watch.
    pub watched_count: usize,
    /// New filings of companies that they follow.
    pub filings: Vec<RecentFiling>,
    /// Prospects that they can see and that are being worked.
    pub open_prospects: i64,
}

/// Gathers it: what is due within `days_ahead`, what is new since `days_back`.
///
/// # Errors
/// When the database does not answer.
pub async fn home(db: &PgPool, actor: &Actor, days_back: i64, days_ahead: i64, now: DateTime<Utc>) -> Result<Home> {
    let since = now - TimeDelta::days(days_back);
    let until = (now + TimeDelta::days(days_ahead)).date_naive();
    let mut conn = db.acquire().await?;
    let user = actor.user;
    let due = Wanted { due_until: Some(until), is_open: true, ..Wanted::default() };
    let mine = cards::list(&mut conn, user, &Wanted { owner: Some(user), ..due.clone() }, now, Page::first(50)).await?;
    let nobodys = cards::list(&mut conn, user, &Wanted { is_unowned: true, ..due }, now, Page::first(50)).await?;
    let due_count = [&mine, &nobodys].iter().map(|side| side.first().map_or(0, |card| card.total)).sum();
    let mut due: Vec<_> = mine.into_iter().chain(nobodys).collect();
    due.sort_by_key(|card| (card.next_action_on, card.id));
    let stale = Wanted { owner: Some(user), is_stale: true, ..Wanted::default() };
    let stale = cards::list(&mut conn, user, &stale, now, Page::first(20)).await?;
    let open =
        cards::list(&mut conn, user, &Wanted { is_open: true, ..Wanted::default() }, now, Page::first(1)).await?;
    Ok(Home {
        due,
        due_count,
        stale,
        changes: monitors::changes(&mut conn, user, since, 20).await?,
        watched_count: monitors::of_user(&mut conn, user).await?.len(),
        filings: recent_filings::of_user(&mut conn, user, since, 30).await?,
        open_prospects: open.first().map_or(0, |card| card.total),
    })
}
