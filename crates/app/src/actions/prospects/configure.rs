//! Shapes the pipeline: names, order, new and retired stages, with what stands in a retired stage moved elsewhere.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::pipeline::{Outcome, Stage, check_stages};
use domain::prospect::{Change, ChangeError, apply};
use serde_json::json;
use store::{PgPool, audit, pipeline, prospects};

use super::ProspectError;
use super::edit::write;
use super::trace::Changed;
use crate::actions::actor::Actor;

/// Why the stages stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum StagesError {
    /// Somebody else changed them meanwhile.
    #[error("the stages were changed by somebody else meanwhile")]
    Changed,
    /// A rule is broken: by which stage of the request, and how.
    #[error("{1}")]
    Wrong(Option<usize>, ChangeError),
    /// A stage that is to go holds prospects, and nothing says where they go.
    #[error("{count} prospects stand in the stage {key:?}: say in `moves` to which stage they go")]
    InUse {
        /// The stage.
        key: String,
        /// Its prospects.
        count: i64,
    },
    /// The prospects could not be moved.
    #[error(transparent)]
    Move(#[from] ProspectError),
}

impl From<sqlx::Error> for StagesError {
    fn from(error: sqlx::Error) -> Self {
        Self::Move(error.into())
    }
}

/// Makes these the stages, in this order. A stage that is left out is retired; `moves` says where its prospects go.
///
/// # Errors
/// [`StagesError`]; then nothing was changed.
pub async fn configure(
    db: &PgPool,
    actor: &Actor,
    version: i32,
    stages: &[Stage],
    moves: &BTreeMap<String, String>,
    now: DateTime<Utc>,
) -> Result<(), StagesError> {
    check_stages(stages).map_err(|(index, error)| StagesError::Wrong(index, error))?;
    let mut tx = db.begin().await?;
    if pipeline::lock(&mut tx).await? != version {
        return Err(StagesError::Changed);
    }
    let (_, before) = pipeline::read(&mut tx).await?;
    for kept in before.iter().filter(|kept| kept.prospect_count > 0) {
        let key = &kept.stage.key;
        match stages.iter().position(|stage| stage.key == *key) {
            Some(index) if stages[index].outcome != kept.stage.outcome => {
                let message =
                    format!("{} prospects stand in it; move them before its outcome changes", kept.prospect_count);
                return Err(StagesError::Wrong(Some(index), ChangeError { field: "outcome", message }));
            }
            None if !kept.is_retired => check_target(stages, &kept.stage, moves, kept.prospect_count)?,
            _ => {}
        }
    }
    pipeline::replace(&mut tx, stages).await?;
    let mut changes = Vec::new();
    for (from, to) in moves.iter().filter(|(from, _)| stages.iter().all(|stage| stage.key != **from)) {
        let change = Change { stage: Some(to.clone()), ..Change::default() };
        for before in prospects::lock_stage(&mut tx, from).await?.into_iter().filter(|p| p.removed_at.is_none()) {
            let mut after = before.clone();
            let fields =
                apply(&mut after, &change, stages, now).map_err(|error| ProspectError::Wrong { index: 0, error })?;
            changes.push(Changed { before, after, fields });
        }
    }
    write(&mut tx, actor, "prospect.update", changes, stages).await?;
    let tell = |stages: &[&Stage]| {
        stages
            .iter()
            .map(|s| json!({ "key": s.key, "name": s.name, "outcome": s.outcome.as_str(), "stale_after_days": s.stale_after_days }))
            .collect::<Vec<_>>()
    };
    let former: Vec<&Stage> = before.iter().filter(|kept| !kept.is_retired).map(|kept| &kept.stage).collect();
    let detail = json!({ "before": tell(&former), "after": tell(&stages.iter().collect::<Vec<_>>()), "moves": moves });
    audit::record(&mut tx, &actor.event("pipeline.configure").with(detail)).await?;
    tx.commit().await?;
    Ok(())
}

fn check_target(
    stages: &[Stage],
    leaving: &Stage,
    moves: &BTreeMap<String, String>,
    count: i64,
) -> Result<(), StagesError> {
    let Some(to) = moves.get(&leaving.key) else {
        return Err(StagesError::InUse { key: leaving.key.clone(), count });
    };
    let wrong = |message: String| Err(StagesError::Wrong(None, ChangeError { field: "moves", message }));
    match stages.iter().find(|stage| stage.key == *to) {
        None => wrong(format!("{to:?} is not a stage of the new pipeline")),
        // They have no reason for a pass, and one for all would be made up.
        Some(stage) if stage.outcome == Outcome::Passed && leaving.outcome != Outcome::Passed => {
            wrong(format!("prospects of {:?} cannot move into a pass without a reason each", leaving.key))
        }
        Some(_) => Ok(()),
    }
}
