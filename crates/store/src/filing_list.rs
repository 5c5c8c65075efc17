//! Filings as a company's page lists them, and the one that a download asks for.

use chrono::{DateTime, NaiveDate, Utc};
use domain::filing::UnusedFigures;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// One filing.
#[derive(Clone, Debug, PartialEq)]
pub struct FilingLine {
    /// Identity.
    pub id: Uuid,
    /// Whose accounts.
    pub orgnr: i64,
    /// Kind of source.
    pub kind: String,
    /// K2, K3, IFRS …
    pub framework: String,
    /// Date of the taxonomy.
    pub taxonomy: Option<NaiveDate>,
    /// Program that made the document.
    pub software: Option<String>,
    /// When it was registered.
    pub filed_at: Option<NaiveDate>,
    /// Since when the public could know it.
    pub known_on: NaiveDate,
    /// How that is known: registered, archive, document, deadline or imported.
    pub known_by: Option<String>,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
    /// Hash of the package.
    pub sha256: String,
    /// Size of the package.
    pub size_bytes: i64,
    /// Name of the package.
    pub file_name: Option<String>,
    /// Whether the package can be downloaded.
    pub is_stored: bool,
    /// Where the figures come from when there is no package.
    pub provenance: Option<String>,
    /// What the parser went past.
    pub warnings: Vec<String>,
    /// Tagged figures of known lines that were not used.
    pub unused: Json<Vec<UnusedFigures>>,
    /// First day of the newest period in it.
    pub period_start: Option<NaiveDate>,
    /// Last day of the newest period in it.
    pub period_end: Option<NaiveDate>,
    /// Scopes in it.
    pub scopes: Vec<String>,
    /// Number of statements in it.
    pub periods: i64,
}

/// The company's filings, newest period first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_company(conn: &mut PgConnection, orgnr: i64) -> sqlx::Result<Vec<FilingLine>> {
    sqlx::query_as!(
        FilingLine,
        r#"SELECT f.id, f.orgnr, f.kind, f.framework, f.taxonomy, f.software, f.filed_at, f.known_on, f.known_by,
                  f.imported_at, f.sha256,
                  f.size_bytes, f.file_name, f.is_stored, f.provenance, f.warnings, f.unused AS "unused: Json<Vec<UnusedFigures>>",
                  (array_agg(p.period_start ORDER BY p.period_end DESC))[1] AS period_start,
                  max(p.period_end) AS period_end,
                  coalesce(array_agg(DISTINCT p.scope) FILTER (WHERE p.scope IS NOT NULL), '{}') AS "scopes!",
                  count(p.filing_id) AS "periods!"
           FROM filings f LEFT JOIN financial_periods p ON p.filing_id = f.id
           WHERE f.orgnr = $1 GROUP BY f.id
           ORDER BY max(p.period_end) DESC NULLS LAST, f.known_on DESC, f.id DESC"#,
        orgnr
    )
    .fetch_all(conn)
    .await
}

/// What a download needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Whose accounts.
    pub orgnr: i64,
    /// Hash of the package, its name in the artifact store.
    pub sha256: String,
    /// Name to save it under.
    pub file_name: Option<String>,
    /// Whether it is in the artifact store.
    pub is_stored: bool,
    /// Archive entries of its documents, as the lineage of figures counts them.
    pub documents: Vec<String>,
}

/// The package of a filing.
///
/// # Errors
/// When the database does not answer.
pub async fn package(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Package>> {
    sqlx::query_as!(Package, "SELECT orgnr, sha256, file_name, is_stored, documents FROM filings WHERE id = $1", id)
        .fetch_optional(conn)
        .await
}
