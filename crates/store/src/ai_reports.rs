//! Reports of single companies: every one that was made is kept, the newest is shown.

use chrono::{DateTime, Utc};
use domain::orgnr::Orgnr;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::key;

/// A report of one company.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct StoredReport {
    /// Identity.
    pub id: Uuid,
    /// `sv` or `en`.
    pub language: String,
    /// As `domain::analysis::uplift` writes it.
    pub content: Value,
    /// What it was made from.
    pub basis: Value,
    /// `rules`, or the name of a model.
    pub method: String,
    /// Version of the rules or of the prompt.
    pub method_version: i32,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// A report to be kept.
#[derive(Clone, Debug)]
pub struct NewReport<'a> {
    /// `sv` or `en`.
    pub language: &'a str,
    /// As `domain::analysis::uplift` writes it.
    pub content: &'a Value,
    /// What it was made from.
    pub basis: &'a Value,
    /// `rules`, or the name of a model.
    pub method: &'a str,
    /// Version of the rules or of the prompt.
    pub method_version: i32,
    /// Who asked for it.
    pub made_by: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// The newest report of a company, in one language or in any.
///
/// # Errors
/// When the database does not answer.
pub async fn newest(
    conn: &mut PgConnection,
    orgnr: Orgnr,
    language: Option<&str>,
) -> sqlx::Result<Option<StoredReport>> {
    sqlx::query_as(
        "SELECT id, language, content, basis, method, method_version, made_at FROM ai_reports
         WHERE orgnr = $1 AND ($2::text IS NULL OR language = $2) ORDER BY made_at DESC, id LIMIT 1",
    )
    .bind(key(orgnr))
    .bind(language)
    .fetch_optional(conn)
    .await
}

/// Lets one report of a company be made at a time until the transaction ends; false when the company is not known.
///
/// # Errors
/// When the database does not answer.
pub async fn lock_company(conn: &mut PgConnection, orgnr: Orgnr) -> sqlx::Result<bool> {
    // The weakest lock that excludes itself and lets rows that name the company be written.
    let found: Option<i64> = sqlx::query_scalar("SELECT orgnr FROM companies WHERE orgnr = $1 FOR NO KEY UPDATE")
        .bind(key(orgnr))
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// Keeps a report.
///
/// # Errors
/// When the company does not exist, or the database does not answer.
pub async fn keep(conn: &mut PgConnection, orgnr: Orgnr, report: &NewReport<'_>) -> sqlx::Result<StoredReport> {
    sqlx::query_as(
        "INSERT INTO ai_reports (orgnr, language, content, basis, method, method_version, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, (SELECT id FROM users WHERE id = $7), $8)
         RETURNING id, language, content, basis, method, method_version, made_at",
    )
    .bind(key(orgnr))
    .bind(report.language)
    .bind(report.content)
    .bind(report.basis)
    .bind(report.method)
    .bind(report.method_version)
    .bind(report.made_by)
    .bind(report.made_at)
    .fetch_one(conn)
    .await
}
