//! The stages of the pipeline, in order, with the retired ones that prospects' histories still name.

use std::collections::HashMap;

use domain::pipeline::{Outcome, Stage};
use sqlx::PgConnection;
use uuid::Uuid;

/// A stage as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptStage {
    /// The stage.
    pub stage: Stage,
    /// Whether it is no longer part of the pipeline.
    pub is_retired: bool,
}

struct Row {
    key: String,
    name: Option<String>,
    outcome: String,
    stale_after_days: Option<i32>,
    is_retired: bool,
}

impl From<Row> for KeptStage {
    fn from(row: Row) -> Self {
        Self {
            stage: Stage {
                key: row.key,
                name: row.name,
                outcome: Outcome::from_name(&row.outcome).unwrap_or(Outcome::Closed),
                stale_after_days: row.stale_after_days,
            },
            is_retired: row.is_retired,
        }
    }
}

/// The version of the pipeline and every stage, retired ones last.
///
/// # Errors
/// When the database does not answer.
pub async fn read(conn: &mut PgConnection) -> sqlx::Result<(i32, Vec<KeptStage>)> {
    let version = sqlx::query_scalar!("SELECT version FROM pipeline").fetch_one(&mut *conn).await?;
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT s.key, s.name, s.outcome, s.stale_after_days, s.retired_at IS NOT NULL AS "is_retired!"
           FROM prospect_stages s ORDER BY s.retired_at IS NOT NULL, s.position, s.key"#
    )
    .fetch_all(conn)
    .await?;
    Ok((version, rows.into_iter().map(KeptStage::from).collect()))
}

/// How many prospects stand in each stage, removed ones not, by its key; a stage without any is left out. Those that others keep to
/// themselves are not counted: how many they are is nobody's business.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(conn: &mut PgConnection, reader: Uuid) -> sqlx::Result<HashMap<String, i64>> {
    let rows = sqlx::query!(
        r#"SELECT stage, count(*) AS "count!" FROM prospects
           WHERE removed_at IS NULL AND (scope = 'team' OR created_by = $1) GROUP BY stage"#,
        reader
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.stage, row.count)).collect())
}

/// The stages that prospects can move into, in order. Until the transaction ends nobody changes them.
///
/// # Errors
/// When the database does not answer.
pub async fn hold(conn: &mut PgConnection) -> sqlx::Result<Vec<Stage>> {
    sqlx::query!("SELECT version FROM pipeline FOR SHARE").fetch_one(&mut *conn).await?;
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT key, name, outcome, stale_after_days, false AS "is_retired!"
           FROM prospect_stages WHERE retired_at IS NULL ORDER BY position, key"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| KeptStage::from(row).stage).collect())
}

/// Locks the pipeline against every move and change until the transaction ends; returns its version.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(conn: &mut PgConnection) -> sqlx::Result<i32> {
    sqlx::query_scalar!("SELECT version FROM pipeline FOR UPDATE").fetch_one(conn).await
}

/// Makes these the stages of the pipeline, in this order; every other one is retired. Returns the new version. The caller holds
/// [`lock`] and has moved prospects out of the stages that go.
///
/// # Errors
/// When the database does not answer.
pub async fn replace(conn: &mut PgConnection, stages: &[Stage]) -> sqlx::Result<i32> {
    let keys: Vec<String> = stages.iter().map(|stage| stage.key.clone()).collect();
    sqlx::query!("UPDATE prospect_stages SET retired_at = now() WHERE retired_at IS NULL AND key <> ALL($1)", &keys)
        .execute(&mut *conn)
        .await?;
    for (position, stage) in (0i32..).zip(stages) {
        sqlx::query!(
            "INSERT INTO prospect_stages (key, name, position, outcome, stale_after_days) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (key) DO UPDATE SET name = EXCLUDED.name, position = EXCLUDED.position, outcome = EXCLUDED.outcome,
                 stale_after_days = EXCLUDED.stale_after_days, retired_at = NULL",
            stage.key,
            stage.name,
            position,
            stage.outcome.as_str(),
            stage.stale_after_days,
        )
        .execute(&mut *conn)
        .await?;
    }
    sqlx::query_scalar!("UPDATE pipeline SET version = version + 1 RETURNING version").fetch_one(conn).await
}

/// Rises with every change of the stages or of which company is in which: equal versions have equal members.
///
/// # Errors
/// When the database does not answer.
pub async fn membership_version(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT (SELECT version FROM pipeline)
              + coalesce((SELECT sum(rows) FROM kept_counts WHERE subject = 'pipeline'), 0)::bigint",
    )
    .fetch_one(conn)
    .await
}
