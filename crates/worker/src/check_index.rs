//! Nightly: every process that holds a screening index compares it with Postgres.
//!
//! The job asks by a notification and waits for the answers, because an index can be compared only where it is.

use std::sync::Arc;
use std::time::Duration;

use jobs::check_index::CheckIndex;
use queue::{Context, JobError};
use store::index_checks;

use super::JobState;

/// How long processes may take to compare: with two million companies it takes seconds.
const PATIENCE: Duration = Duration::from_secs(90);
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Asks, waits, and fails for good when an index differs, so that a person looks.
///
/// # Errors
/// When an index differs from Postgres, or the database does not answer.
pub async fn run(state: Arc<JobState>, _: CheckIndex, context: Context) -> Result<(), JobError> {
    let mut conn = state.db.acquire().await?;
    let asked_at = index_checks::ask(&mut conn).await?;
    drop(conn);
    let begun = tokio::time::Instant::now();
    let mut answers = Vec::new();
    while begun.elapsed() < PATIENCE {
        tokio::select! {
            () = context.cancel().cancelled() => return Err(JobError::Cancelled),
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
        let before = answers.len();
        answers = index_checks::since(&mut *state.db.acquire().await?, asked_at).await?;
        context.progress(answers.len() as u64, None, None);
        // Processes answer within moments of each other; once nobody new answers, all have.
        if !answers.is_empty() && answers.len() == before {
            break;
        }
    }
    let different: Vec<String> = answers
        .iter()
        .filter(|answer| !answer.differences.is_empty())
        .map(|answer| format!("{}: {}", answer.process, answer.differences.join("; ")))
        .collect();
    if answers.is_empty() {
        tracing::warn!("no process with an index answered; nothing was compared");
    }
    if different.is_empty() {
        return Ok(());
    }
    Err(JobError::fail(format!(
        "the screening index differed from Postgres and is being loaded anew from there; look for what wrote past the change feed: {}",
        different.join(" | ")
    )))
}
