//! The one task that writes the index.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use chrono::Utc;
use screen::{Change, Index};
use store::change_feed::{CHANNEL, Changes, FeedCursor, changes_since};
use store::universe::listen::Listener;

use super::{ScreenIndex, file, load};

/// Without a NOTIFY the feed is read this often.
const POLL: Duration = Duration::from_millis(1_000);
/// After an error, before the next try.
const PAUSE: Duration = Duration::from_secs(2);
/// Changes taken at once; a reader sees all of them or none.
const BATCH: i64 = 20_000;
/// The file is written again this long after a change.
const KEEP_FILE_EVERY: Duration = Duration::from_secs(300);

/// Why following came to an end.
enum Ended {
    /// The change feed no longer reaches back to the index, or the server is not the one (any more) that it was read from.
    TooFarBehind,
    /// A self-check found a difference.
    Doubted,
}

/// Loads and follows for ever; every failure is told and tried again.
pub(super) async fn run(shared: Arc<ScreenIndex>) {
    loop {
        let needs_rebuild = shared.needs_rebuild.load(Ordering::Acquire);
        // What differs from Postgres may have been written to the file as well.
        let loaded = if needs_rebuild { load::from_postgres(&shared).await } else { load::load(&shared).await };
        match loaded {
            Ok((index, cursor)) => {
                let index = shared.publish(index, cursor);
                if needs_rebuild {
                    shared.needs_rebuild.store(false, Ordering::Release);
                    metrics::counter!("lode_index_rebuilds_total").increment(1);
                    shared.tell(|progress| progress.rebuilt_at = Some(Utc::now()));
                }
                let ended = follow(&shared, &index, cursor).await;
                shared.stand_at(None);
                match ended {
                    Ok(Ended::TooFarBehind) => {
                        tracing::warn!("the change feed no longer proves what the index holds; loading it anew");
                        metrics::counter!("lode_index_unproved_total").increment(1);
                        shared.forget_versions();
                    }
                    Ok(Ended::Doubted) => {
                        tracing::error!("the index differed from Postgres; loading it anew from there");
                    }
                    Err(error) => tracing::error!(%error, "the index cannot follow the change feed; trying again"),
                }
            }
            Err(error) => {
                tracing::error!(%error, "the screening index cannot be loaded; trying again");
                shared.tell(|progress| progress.state = format!("cannot load: {error}"));
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Follows until the feed no longer reaches back or the index is doubted; it keeps answering meanwhile. Lost connections
/// are bridged: every reading of the feed proves that the server still has what was read before.
async fn follow(shared: &Arc<ScreenIndex>, index: &Arc<Index>, mut cursor: FeedCursor) -> anyhow::Result<Ended> {
    let mut listener = None;
    let (mut kept_at, mut is_kept) = (Instant::now(), false);
    loop {
        match catch_up(shared, index, &mut cursor).await {
            Ok(true) => {}
            Ok(false) => return Ok(Ended::TooFarBehind),
            Err(error) => {
                tracing::warn!(%error, "the change feed cannot be read; trying again");
                shared.tell(|progress| progress.state = "Postgres does not answer".to_owned());
                listener = None;
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        }
        if index.needs_merge() {
            let merging = index.clone();
            tokio::task::spawn_blocking(move || merging.merge()).await?;
            is_kept = false;
        }
        if !is_kept || kept_at.elapsed() > KEEP_FILE_EVERY {
            file::keep(shared, index, cursor).await;
            (kept_at, is_kept) = (Instant::now(), true);
        }
        if shared.needs_rebuild.load(Ordering::Acquire) {
            return Ok(Ended::Doubted);
        }
        if listener.is_none() {
            listener = Listener::open(&shared.db, CHANNEL).await.ok();
        }
        match listener.as_mut() {
            // Many commits at once are one batch: the first wakes, the pause gathers.
            Some(open) => match tokio::time::timeout(POLL, open.wait()).await {
                Ok(Ok(())) => tokio::time::sleep(Duration::from_millis(20)).await,
                Ok(Err(_)) => listener = None,
                Err(_) => {}
            },
            None => tokio::time::sleep(POLL).await,
        }
    }
}

/// Applies every decided change; false when the feed no longer reaches back.
async fn catch_up(shared: &Arc<ScreenIndex>, index: &Arc<Index>, cursor: &mut FeedCursor) -> anyhow::Result<bool> {
    loop {
        let mut conn = shared.db.acquire().await?;
        let batch = match changes_since(&mut conn, *cursor, BATCH).await? {
            Changes::Batch(batch) => batch,
            Changes::CursorTooOld => return Ok(false),
        };
        let version = store::universe::version::at(&mut conn, batch.cursor.transaction).await?;
        drop(conn);
        let has_more = batch.has_more;
        let newest = batch.newest;
        *cursor = batch.cursor;
        if !batch.rows.is_empty() || !batch.removed.is_empty() {
            let count = batch.rows.len() + batch.removed.len();
            let begun = Instant::now();
            let applying = index.clone();
            tokio::task::spawn_blocking(move || {
                let present = batch.rows.into_iter().map(|facts| Change { orgnr: facts.orgnr, facts: Some(facts) });
                let removed = batch.removed.into_iter().map(|orgnr| Change { orgnr, facts: None });
                applying.apply(present.chain(removed), version);
            })
            .await?;
            metrics::histogram!("lode_index_apply_seconds").record(begun.elapsed().as_secs_f64());
            metrics::counter!("lode_index_changes_total").increment(count as u64);
        }
        shared.stand_at(Some(*cursor));
        if !has_more {
            if !shared.is_ready() {
                // So that the first screen can leave them out even if the database goes away now.
                let _ = shared.sets.exclusions().await;
            }
            shared.tell(|progress| {
                progress.caught_up_at = Some(Instant::now());
                progress.ready_at = progress.ready_at.or(progress.caught_up_at);
                progress.newest_change = newest.or(progress.newest_change);
                progress.state = "following".to_owned();
                shared.is_ready.store(true, Ordering::Release);
            });
            let status = shared.status();
            metrics::gauge!("lode_index_rows").set(status.rows as f64);
            metrics::gauge!("lode_index_bytes").set(status.bytes as f64);
            return Ok(true);
        }
    }
}
