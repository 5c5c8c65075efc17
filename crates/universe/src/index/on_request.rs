//! Compares the index with Postgres when a job asks for it, and answers with a row.

use std::sync::Arc;
use std::time::Duration;

use store::index_checks::{CHANNEL, answer};
use store::universe::listen::Listener;

use super::{ScreenIndex, check};

const PAUSE: Duration = Duration::from_secs(5);

/// Listens for ever.
pub(super) async fn run(shared: Arc<ScreenIndex>) {
    loop {
        if let Err(error) = listen(&shared).await {
            tracing::debug!(%error, "requests for a comparison of the index cannot be heard; trying again");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn listen(shared: &ScreenIndex) -> anyhow::Result<()> {
    let mut listener = Listener::open(&shared.db, CHANNEL).await?;
    loop {
        listener.wait().await?;
        match check::run(shared).await {
            Ok(found) => {
                let companies = i64::try_from(found.rows).unwrap_or(i64::MAX);
                let mut conn = shared.db.acquire().await?;
                let process = store::process_name::process_name();
                answer(&mut conn, &process, found.data_version.as_deref(), companies, &found.differences).await?;
            }
            Err(error) => tracing::warn!(%error, "the index could not be compared with Postgres"),
        }
    }
}
