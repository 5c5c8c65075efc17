//! Every minute, and when an administrator wants it: asks the models of the settings what they can do, and the search provider whether it
//! answers.

use std::sync::Arc;

use chrono::Utc;
use jobs::probe_models::ProbeModels;
use queue::{Context, JobError};
use services::models;

use super::JobState;

/// Asks those that are due, one after the other.
///
/// # Errors
/// When the database does not answer.
pub async fn run(state: Arc<JobState>, job: ProbeModels, context: Context) -> Result<(), JobError> {
    if let Some(search) = &state.search {
        services::search::try_when_due(search, &state.config, &state.db).await.map_err(JobError::retry)?;
    }
    let names = match job.names.is_empty() {
        true => models::due(&state.models, Utc::now()).await.map_err(JobError::retry)?,
        false => job.names,
    };
    for name in names {
        context.check()?;
        let probed = models::probe(&state.models, &name, context.cancel()).await.map_err(JobError::retry)?;
        match &probed.error {
            None => tracing::info!(model = name, "a model was asked what it can do"),
            Some(error) => tracing::warn!(model = name, %error, "a model cannot be asked"),
        }
    }
    Ok(())
}
