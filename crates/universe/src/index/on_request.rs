//! Compares the index with Postgres when a job asks for it, and answers with a row.

use std::sync::Arc;
use std::time::Duration;

use store::index_checks::{CHANNEL, Found, answer, begin};
use store::universe::listen::Listener;

use super::{ScreenIndex, check};

const PAUSE: Duration = Duration::from_secs(5);

/// Listens for ever.
pub(super) async fn run(shared: Arc<ScreenIndex>) {
    loop {
        if let Err(error) = listen(&shared).await {
            tracing::debug!(%error, "requests for a comparison of the index cannot be received; trying again");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn listen(shared: &ScreenIndex) -> anyhow::Result<()> {
    let mut listener = Listener::open(&shared.db, CHANNEL).await?;
    loop {
        listener.wait().await?;
        let process = store::process_name::process_name();
        let id = begin(&mut *shared.db.acquire().await?, &process).await?;
        let found = check::run(shared).await;
        let failure = found.as_ref().err().map(|error| format!("{error:#}"));
        let checked = found.as_ref().ok();
        let answered = Found {
            data_version: checked.and_then(|check| check.data_version.as_deref()),
            companies: checked.map_or(0, |check| i64::try_from(check.rows).unwrap_or(i64::MAX)),
            differences: checked.map_or(&[], |check| check.differences.as_slice()),
            problem: checked.and_then(|check| check.problem.as_deref()).or(failure.as_deref()),
        };
        answer(&mut *shared.db.acquire().await?, id, &answered).await?;
    }
}
