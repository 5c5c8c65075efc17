//! The search provider of the settings: which it is, whether it answers, and when it is asked whether it does.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use config::{Config, SearchKind};
use outbound::search::{Kind, Search, Settings};
use store::PgPool;
use store::search_providers::{self, Seen};

use crate::error::Result;

/// How long an answer counts for: after that the provider is asked whether it is still there.
const FRESH: TimeDelta = TimeDelta::hours(24);
/// How long a failure counts for.
const PAUSE: TimeDelta = TimeDelta::minutes(30);
/// What is asked to find out whether it answers: a question to which every search engine knows hits.
const TRIAL: &str = "Bolagsverket";

/// What the provider of the settings is, and what was seen of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchView {
    /// Protocol and address.
    pub place: String,
    /// Questions a day.
    pub daily_limit: i32,
    /// `None` when it was never asked.
    pub seen: Option<Seen>,
}

impl SearchView {
    /// Whether it answered when it was last asked, not long ago, and may be asked now.
    #[must_use]
    pub fn is_ready(&self, now: DateTime<Utc>) -> bool {
        self.seen.as_ref().is_some_and(|seen| {
            let is_fresh = seen.seen_at.is_some_and(|at| now - at < FRESH * 2);
            let rests = seen.resting_until.is_some_and(|until| until > now);
            is_fresh && seen.problem.is_none() && !rests && seen.asked_today < self.daily_limit
        })
    }

    /// Whether it is time to ask whether it answers.
    fn is_due(&self, now: DateTime<Utc>) -> bool {
        let Some(seen) = &self.seen else { return true };
        let Some(at) = seen.seen_at else { return true };
        now - at >= if seen.problem.is_none() { FRESH } else { PAUSE }
    }
}

fn settings(config: &Config) -> Option<Settings> {
    let search = config.search.as_ref()?;
    Some(Settings {
        kind: match search.kind {
            SearchKind::Searxng => Kind::Searxng,
            SearchKind::Brave => Kind::Brave,
            SearchKind::Tavily => Kind::Tavily,
        },
        base_url: search.base_url.clone(),
        api_key: search.api_key.clone(),
        allow_private: search.allow_private,
        daily_limit: search.daily_limit,
        time_limit: Duration::from_secs(search.time_limit_seconds),
    })
}

/// The provider of the settings; nothing is asked. `None` where none is set up.
#[must_use]
pub fn provider(config: &Config, db: PgPool) -> Option<Search> {
    settings(config).map(|settings| Search::new(&settings, db))
}

/// What is known of the provider of the settings; `None` where none is set up.
///
/// # Errors
/// When the database does not answer.
pub async fn view(config: &Config, db: &PgPool) -> Result<Option<SearchView>> {
    let Some(settings) = settings(config) else { return Ok(None) };
    let place = outbound::search::place(&settings);
    let seen = search_providers::find(&mut *db.acquire().await?, &place, Utc::now()).await?;
    Ok(Some(SearchView { place, daily_limit: settings.daily_limit, seen }))
}

/// Asks the provider whether it answers, where nobody knows or it was long ago. Counts as a question of the day.
///
/// # Errors
/// When the database does not answer. A provider that does not is no error: that is what was seen.
pub async fn try_when_due(search: &Search, config: &Config, db: &PgPool) -> Result<()> {
    if view(config, db).await?.is_some_and(|view| view.is_due(Utc::now())) {
        match search.ask(TRIAL).await {
            Ok(_) => tracing::info!(place = search.place(), "the search provider answers"),
            Err(error) => tracing::warn!(place = search.place(), %error, "the search provider cannot be used"),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_ready_only_after_a_fresh_answer_outside_a_rest_and_within_the_limit() {
        let now = DateTime::parse_from_rfc3339("2026-01-02T03:04:05Z").unwrap().with_timezone(&Utc);
        let well = Seen { asked_today: 3, resting_until: None, seen_at: Some(now), problem: None };
        let view = |seen: Option<Seen>| SearchView { place: String::new(), daily_limit: 10, seen };
        assert!(view(Some(well.clone())).is_ready(now) && !view(Some(well.clone())).is_due(now));
        let others = [
            None,
            Some(Seen { seen_at: None, ..well.clone() }),
            Some(Seen { seen_at: Some(now - TimeDelta::days(3)), ..well.clone() }),
            Some(Seen { problem: Some("away".to_owned()), ..well.clone() }),
            Some(Seen { resting_until: Some(now + TimeDelta::seconds(1)), ..well.clone() }),
            Some(Seen { asked_today: 10, ..well }),
        ];
        for seen in others {
            assert!(!view(seen.clone()).is_ready(now), "{seen:?}");
        }
    }
}
