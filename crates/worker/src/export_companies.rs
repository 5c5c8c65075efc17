//! Writes a large export, away from the request: the file that a screen, a list or the pipeline is downloaded as.
//!
//! The file goes to the artifact store under its hash, and the export's row is marked in the transaction that completes the job. A run
//! that was killed leaves at most a file that the row names already, so the next run, or the deletion of expired files, takes it away.

use std::fs::File;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use jobs::export_companies::ExportCompanies;
use queue::{Context, JobError};
use serde_json::json;
use store::exports::{self, Order, Written};
use store::{artifact_references, audit};

use super::JobState;
use services::exports::FileFormat;
use services::exports::expire::remove_unnamed;
use services::exports::order::{Choice, Settings, file_name};
use services::exports::write_file::{WriteError, Writer, WrittenFile};
use universe::sets::Sets;

/// Writes the file and marks the export.
///
/// # Errors
/// Again, when the database, the disk or the artifact store does not answer; never again, when what was asked for is there no more.
pub async fn run(state: Arc<JobState>, job: ExportCompanies, context: Context) -> Result<(), JobError> {
    let order = exports::order(&mut *state.db.acquire().await?, job.export).await?;
    // Removed by its owner, written already, or asked for again since: nothing is left to do here.
    let order = order.filter(|order| !order.is_finished && order.job_id == context.id().0);
    let Some(order) = order else { return end_without_effect(&state, &context).await };
    let (file, written) = tokio::select! {
        () = context.cancel().cancelled() => return Err(JobError::Cancelled),
        written = write(&state, &order, &context) => written?,
    };
    let mut tx = state.db.begin().await?;
    artifact_references::lock(&mut tx, &written.sha256).await?;
    context.hold(&mut tx).await?;
    let former = exports::name_file(&mut tx, job.export, order.job_id, &written.sha256).await?;
    tx.commit().await?;
    let Some(former) = former else { return end_without_effect(&state, &context).await };
    state.artifacts.put_from(&written.sha256, tokio::fs::File::from_std(file)).await.map_err(again)?;
    if let Some(former) = former.filter(|former| *former != written.sha256) {
        let mut tx = state.db.begin().await?;
        remove_unnamed(&mut tx, &state.artifacts, &former).await.map_err(again)?;
        tx.commit().await?;
    }
    finish(&state, &job, &order, &context, &written, Utc::now()).await
}

fn again(error: anyhow::Error) -> JobError {
    JobError::retry(format!("{error:#}"))
}

async fn end_without_effect(state: &JobState, context: &Context) -> Result<(), JobError> {
    let mut tx = state.db.begin().await?;
    context.complete(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

async fn write(state: &JobState, order: &Order, context: &Context) -> Result<(File, WrittenFile), JobError> {
    let settings: Settings = serde_json::from_value(order.settings.clone())
        .map_err(|error| JobError::fail(format!("what was asked for is not understood any more: {error}")))?;
    let format = FileFormat::from_name(&order.format)
        .ok_or_else(|| JobError::fail(format!("{:?} is no kind of file", order.format)))?;
    let folder = state.config.data_dir.join("work");
    std::fs::create_dir_all(&folder).map_err(|error| JobError::retry(format!("no folder for work: {error}")))?;
    let sets = Sets::new(state.db.clone());
    let writer = Writer {
        db: &state.bulk,
        sets: &sets,
        folder: &folder,
        owner: order.owner,
        language: settings.language,
        format,
    };
    let told = |done: u64, total: Option<u64>| context.progress(done, total, None);
    let written = match &settings.choice {
        Choice::Companies(asked) => writer.companies(asked, told).await,
        Choice::Prospects(question) => writer.prospects(question, told).await,
    };
    written.map_err(|error| match error {
        WriteError::Asked(reason) => JobError::fail(reason),
        other => JobError::retry(other),
    })
}

async fn finish(
    state: &JobState,
    job: &ExportCompanies,
    order: &Order,
    context: &Context,
    written: &WrittenFile,
    now: DateTime<Utc>,
) -> Result<(), JobError> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let expires_at = now + TimeDelta::days(state.config.export_days.into());
    let done = Written {
        file_name: &file_name(&order.what, now, &order.format),
        bytes: number(written.bytes),
        rows: number(written.rows),
        data_version: &written.version.to_string(),
        finished_at: now,
        expires_at,
    };
    let detail = json!({ "what": order.what, "format": order.format, "file": done.file_name, "companies": written.rows, "bytes": written.bytes,
        "data_version": done.data_version, "expires_at": expires_at });
    let mut tx = state.db.begin().await?;
    if !exports::finish(&mut tx, job.export, order.job_id, &done).await? {
        // Its owner removed it while the file was on its way to the store.
        remove_unnamed(&mut tx, &state.artifacts, &written.sha256).await.map_err(again)?;
        context.complete(&mut tx).await?;
        tx.commit().await?;
        return Ok(());
    }
    written.prospects.record(&mut tx, order.owner).await?;
    let event = audit::Event {
        actor: Some(order.owner),
        request_id: context.trace_id().map(str::to_owned),
        ..audit::Event::new("export.finish")
    };
    audit::record(&mut tx, &event.about("export", job.export).with(detail.clone())).await?;
    context.complete_with(&mut tx, Some(&detail)).await?;
    tx.commit().await?;
    Ok(())
}
