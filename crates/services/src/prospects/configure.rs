//! Shapes the pipeline: names, order, new and retired stages, with what stands in a retired stage moved elsewhere.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::access::Visibility;
use domain::pipeline::{Outcome, Stage, check_stages};
use domain::prospect::{Change, ChangeError, apply};
use serde_json::json;
use store::pipeline::KeptStage;
use store::{PgPool, audit, pipeline, prospects};
use uuid::Uuid;

use super::ProspectError;
use super::edit::write;
use super::trace::Changed;
use crate::actor::Actor;

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

/// Makes these the stages, in this order. A stage that is left out is retired; `moves` says where its prospects go. Prospects that
/// others keep to themselves neither stand in the way nor are told of: they follow `moves`, or else go to a stage of the same outcome.
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
    let counts = pipeline::counts(&mut tx, actor.user).await?;
    let mut leaving = Vec::new();
    for kept in &before {
        let key = kept.stage.key.as_str();
        let count = counts.get(key).copied().unwrap_or_default();
        leaving.extend(target(stages, kept, count, moves)?.map(|to| (key, to)));
    }
    pipeline::replace(&mut tx, stages).await?;
    let (mut seen, mut hidden) = (Vec::new(), Vec::new());
    for (from, to) in leaving {
        let change = Change { stage: Some(to.key.clone()), ..Change::default() };
        for before in prospects::lock_stage(&mut tx, from).await?.into_iter().filter(|p| p.removed_at.is_none()) {
            let mut after = before.clone();
            let fields =
                apply(&mut after, &change, stages, now).map_err(|error| ProspectError::Wrong { index: 0, error })?;
            let is_seen = before.scope == Visibility::Team || before.created_by == Some(actor.user);
            if is_seen {
                seen.push(Changed { before, after, fields });
            } else if before.stage != after.stage {
                hidden.push(after);
            }
        }
    }
    write(&mut tx, actor, "prospect.update", seen, stages).await?;
    // Their owners find the move in the card's history; activity would tell the actor of companies that are none of theirs.
    let moved: Vec<Uuid> = hidden.iter().map(|prospect| prospect.id).collect();
    prospects::write(&mut tx, &hidden, &moved, None).await?;
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

/// Where the prospects of a stage go, of which the actor sees `count`: `None` when they stay.
fn target<'a>(
    stages: &'a [Stage],
    kept: &KeptStage,
    count: i64,
    moves: &BTreeMap<String, String>,
) -> Result<Option<&'a Stage>, StagesError> {
    let Stage { key, outcome, .. } = &kept.stage;
    if let Some(index) = stages.iter().position(|stage| stage.key == *key) {
        if stages[index].outcome == *outcome {
            return Ok(None);
        }
        if count > 0 {
            let message = format!("{count} prospects stand in it; move them before its outcome changes");
            return Err(StagesError::Wrong(Some(index), ChangeError { field: "outcome", message }));
        }
        return Ok(shelter(stages, *outcome));
    }
    let Some(to) = moves.get(key) else {
        return match count {
            _ if kept.is_retired => Ok(None),
            0 => Ok(shelter(stages, *outcome)),
            count => Err(StagesError::InUse { key: key.clone(), count }),
        };
    };
    let wrong = |message: String| Err(StagesError::Wrong(None, ChangeError { field: "moves", message }));
    match stages.iter().find(|stage| stage.key == *to) {
        None => wrong(format!("{to:?} is not a stage of the new pipeline")),
        // They have no reason for a pass, and one for all would be made up.
        Some(stage) if stage.outcome == Outcome::Passed && *outcome != Outcome::Passed => {
            wrong(format!("prospects of {key:?} cannot move into a pass without a reason each"))
        }
        Some(stage) => Ok(Some(stage)),
    }
}

/// The first stage with the outcome; without one, the first that is open, of which every pipeline has one.
fn shelter(stages: &[Stage], outcome: Outcome) -> Option<&Stage> {
    let first = |outcome| stages.iter().find(|stage| stage.outcome == outcome);
    first(outcome).or_else(|| first(Outcome::Open))
}
