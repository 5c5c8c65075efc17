//! Nightly: every process that holds a screening index compares it with Postgres.
//!
//! The job asks by a notification and waits for the answers, because an index can be compared only where it is.

use std::sync::Arc;
use std::time::Duration;

use jobs::check_index::CheckIndex;
use queue::{Context, JobError};
use store::index_checks::{self, IndexCheck};

use super::JobState;

/// How long processes with an index may take to answer that they compare.
const HEARD_WITHIN: Duration = Duration::from_secs(15);
/// How long they may take to compare: a minute for a million companies, more on a busy machine.
const PATIENCE: Duration = Duration::from_secs(1_500);
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Asks, waits, and fails permanently when an index differs or was not compared, so that a person looks.
///
/// # Errors
/// When an index differs from Postgres, nothing or not everything was compared, or the database does not answer.
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
        answers = index_checks::since(&mut *state.db.acquire().await?, asked_at).await?;
        let running = answers.iter().filter(|answer| answer.is_running).count();
        context.progress((answers.len() - running) as u64, None, None);
        if begun.elapsed() > HEARD_WITHIN && running == 0 {
            break;
        }
    }
    match problems(&answers) {
        problems if problems.is_empty() => Ok(()),
        problems => Err(JobError::fail(problems.join(" | "))),
    }
}

/// What a person should look at, one sentence for each process.
fn problems(answers: &[IndexCheck]) -> Vec<String> {
    if answers.is_empty() {
        return vec![
            "nothing was compared: no process with a screening index answered; is `lode serve` running?".to_owned(),
        ];
    }
    let problem = |answer: &IndexCheck| {
        if !answer.differences.is_empty() {
            Some(format!(
                "the screening index of {} differed from Postgres and is being loaded anew from there; look for what wrote past the change feed: {}",
                answer.process,
                answer.differences.join("; ")
            ))
        } else if answer.is_running {
            Some(format!("{} had not finished to compare its screening index", answer.process))
        } else if let Some(problem) = &answer.problem {
            Some(format!("{} could not compare its screening index: {problem}", answer.process))
        } else {
            // Programs of earlier versions give no reason, but no version of the data either.
            answer.data_version.is_none().then(|| format!("{} compared nothing", answer.process))
        }
    };
    answers.iter().filter_map(problem).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::*;

    fn answer() -> IndexCheck {
        IndexCheck {
            process: "server-1".to_owned(),
            checked_at: Utc::now(),
            is_running: false,
            data_version: Some("17".to_owned()),
            companies: 5,
            differences: Vec::new(),
            problem: None,
        }
    }

    #[test]
    fn differences_silence_and_unfinished_comparisons_are_problems() {
        assert_eq!(problems(&[answer()]), Vec::<String>::new());
        assert_eq!(problems(&[]).len(), 1);
        let different = IndexCheck { differences: vec!["revenue".to_owned()], ..answer() };
        let unfinished = IndexCheck { is_running: true, ..answer() };
        let cut_off = IndexCheck { problem: Some("no connection".to_owned()), ..answer() };
        let nothing = IndexCheck { data_version: None, ..answer() };
        assert_eq!(problems(&[different, unfinished, answer(), cut_off, nothing]).len(), 4);
    }
}
