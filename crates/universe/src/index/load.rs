//! Filling the index at the start: from its file where that is whole and recent, else from Postgres.

use std::time::Instant;

use screen::{Index, SegmentBuilder};
use store::change_feed::{Changes, FeedCursor, changes_since, recognise};

use super::{ScreenIndex, file};

/// The index and the place in the change feed from which to follow.
pub(super) async fn load(shared: &ScreenIndex) -> anyhow::Result<(Index, FeedCursor)> {
    recognise_server(shared).await?;
    match file::read(shared).await {
        Ok(Some((index, cursor))) => {
            // A file of another server, from before the feed was trimmed, or of changes that a crash took away, is worth nothing.
            let mut conn = shared.db.acquire().await?;
            if let Changes::Batch(_) = changes_since(&mut conn, cursor, 1).await? {
                return Ok((index, cursor));
            }
            note(shared, "the change feed does not reach back to the file, or is another server's");
        }
        Ok(None) => {}
        Err(error) => note(shared, &error.to_string()),
    }
    from_postgres(shared).await
}

fn note(shared: &ScreenIndex, problem: &str) {
    tracing::warn!(problem, "the index file is not used; the index is rebuilt from Postgres");
    shared.tell(|progress| progress.file_problem = Some(problem.to_owned()));
}

/// After a restore or a promotion the change feed starts anew, so that no reader takes old ids for new ones.
async fn recognise_server(shared: &ScreenIndex) -> anyhow::Result<()> {
    let mut conn = shared.db.acquire().await?;
    if recognise(&mut conn).await? {
        tracing::warn!("the database is on a server that the change feed did not know; the feed has started anew");
        shared.forget_versions();
    }
    Ok(())
}

/// The index as Postgres has it now.
pub(super) async fn from_postgres(shared: &ScreenIndex) -> anyhow::Result<(Index, FeedCursor)> {
    shared.tell(|progress| progress.state = "loading from Postgres".to_owned());
    recognise_server(shared).await?;
    let begun = Instant::now();
    let mut conn = shared.db.acquire().await?;
    let mut builder = SegmentBuilder::new();
    let mut rows = 0u64;
    let cursor = store::company_facts::read_all(&mut conn, |facts| {
        builder.push(&facts);
        rows += 1;
        Ok(())
    })
    .await?;
    let version = store::universe::version::at(&mut conn, cursor.transaction).await?;
    drop(conn);
    let base = tokio::task::spawn_blocking(move || builder.finish()).await?;
    let seconds = begun.elapsed().as_secs_f64();
    tracing::info!(rows, seconds, "screening index loaded from Postgres");
    shared.tell(|progress| progress.loaded = Some(format!("{rows} companies from Postgres in {seconds:.1} s")));
    metrics::histogram!("lode_index_load_seconds").record(seconds);
    Ok((Index::from_base(base, version), cursor))
}
