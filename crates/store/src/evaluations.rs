//! How well analysts did on golden sets, and the template that a run takes when none is named.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A recorded evaluation.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct StoredEvaluation {
    /// Identity.
    pub id: Uuid,
    /// Name of the set.
    pub set_name: String,
    /// SHA-256 of the set's file, hexadecimal.
    pub set_sha256: String,
    /// The saved template; `None` for the built-in one or a file.
    pub template_id: Option<Uuid>,
    /// Its version.
    pub template_version: Option<i32>,
    /// What the template is called.
    pub template_name: String,
    /// `rules`, or provider and model.
    pub method: String,
    /// As `domain::analysis::evaluation` writes it, with cost and latency.
    pub result: Value,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// Records an evaluation; its identity.
///
/// # Errors
/// When the template's version does not exist, or the database does not answer.
pub async fn record(conn: &mut PgConnection, evaluation: &StoredEvaluation) -> sqlx::Result<Uuid> {
    sqlx::query_scalar(
        "INSERT INTO evaluations (id, set_name, set_sha256, template_id, template_version, template_name, method, result, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
    )
    .bind(evaluation.id)
    .bind(&evaluation.set_name)
    .bind(&evaluation.set_sha256)
    .bind(evaluation.template_id)
    .bind(evaluation.template_version)
    .bind(&evaluation.template_name)
    .bind(&evaluation.method)
    .bind(&evaluation.result)
    .bind(evaluation.made_at)
    .fetch_one(conn)
    .await
}

/// The newest evaluations, of one template or of all.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut PgConnection, template: Option<Uuid>, limit: i64) -> sqlx::Result<Vec<StoredEvaluation>> {
    sqlx::query_as(
        "SELECT id, set_name, set_sha256, template_id, template_version, template_name, method, result, made_at FROM evaluations
         WHERE $1::uuid IS NULL OR template_id = $1 ORDER BY made_at DESC, id LIMIT $2",
    )
    .bind(template)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The newest evaluation of a version of a template on a set; with `by_model` only one in which a model wrote.
///
/// # Errors
/// When the database does not answer.
pub async fn newest_on(
    conn: &mut PgConnection,
    template: Uuid,
    version: i32,
    set_name: &str,
    by_model: bool,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar(
        "SELECT id FROM evaluations WHERE template_id = $1 AND template_version = $2 AND set_name = $3 AND (NOT $4 OR method <> 'rules')
         ORDER BY made_at DESC, id LIMIT 1",
    )
    .bind(template)
    .bind(version)
    .bind(set_name)
    .bind(by_model)
    .fetch_optional(conn)
    .await
}

/// The template and version that a run takes when none is named; `None` for the built-in one, also when the kept one is deleted.
///
/// # Errors
/// When the database does not answer.
pub async fn default_template(conn: &mut PgConnection) -> sqlx::Result<Option<(Uuid, i32)>> {
    // A deleted template has its mark on the newest version.
    sqlx::query_as(
        "SELECT d.template_id, d.template_version FROM default_template d
         WHERE NOT EXISTS (SELECT 1 FROM analysis_templates t WHERE t.id = d.template_id AND t.deleted_at IS NOT NULL)",
    )
    .fetch_optional(conn)
    .await
}

/// Makes a version of a template the default.
///
/// # Errors
/// When the database does not answer.
pub async fn set_default(
    conn: &mut PgConnection,
    template: Uuid,
    version: i32,
    evaluation: Uuid,
    by: Uuid,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO default_template (template_id, template_version, evaluation_id, made_by, made_at)
         VALUES ($1, $2, $3, (SELECT id FROM users WHERE id = $4), $5)
         ON CONFLICT (is_default) DO UPDATE SET template_id = EXCLUDED.template_id, template_version = EXCLUDED.template_version,
             evaluation_id = EXCLUDED.evaluation_id, made_by = EXCLUDED.made_by, made_at = EXCLUDED.made_at",
    )
    .bind(template)
    .bind(version)
    .bind(evaluation)
    .bind(by)
    .bind(at)
    .execute(conn)
    .await?;
    Ok(())
}
