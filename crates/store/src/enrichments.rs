//! What was found out about companies beyond registers and filings, the newest of each kind.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::analysis::ApprovedAnalysis;
use domain::orgnr::Orgnr;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::analyses;
use crate::companies::key;

/// One kind of finding about a company.
#[derive(Clone, Debug, PartialEq)]
pub struct Enrichment {
    /// `about_summary`, `website_insights` or `company_profile`.
    pub kind: String,
    /// As `domain::website` writes it.
    pub data: Value,
    /// `rules`, or the name of a model.
    pub method: String,
    /// Version of the rules or of the prompt.
    pub method_version: i32,
    /// The run that made it, while that is kept.
    pub run_id: Option<Uuid>,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// What is known of a company, by kind.
///
/// # Errors
/// When the database does not answer.
pub async fn of_company(conn: &mut PgConnection, orgnr: Orgnr) -> sqlx::Result<Vec<Enrichment>> {
    sqlx::query_as!(
        Enrichment,
        "SELECT kind, data, method, method_version, run_id, made_at FROM enrichments WHERE orgnr = $1 ORDER BY kind",
        key(orgnr)
    )
    .fetch_all(conn)
    .await
}

/// One kind of one company.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, orgnr: Orgnr, kind: &str) -> sqlx::Result<Option<Enrichment>> {
    sqlx::query_as!(
        Enrichment,
        "SELECT kind, data, method, method_version, run_id, made_at FROM enrichments WHERE orgnr = $1 AND kind = $2",
        key(orgnr),
        kind
    )
    .fetch_optional(conn)
    .await
}

/// Keeps a finding in the place of the one before it.
///
/// # Errors
/// When the company does not exist, or the database does not answer.
pub async fn keep(conn: &mut PgConnection, orgnr: Orgnr, found: &Enrichment) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO enrichments (orgnr, kind, data, method, method_version, run_id, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (orgnr, kind) DO UPDATE SET data = EXCLUDED.data, method = EXCLUDED.method,
             method_version = EXCLUDED.method_version, run_id = EXCLUDED.run_id, made_at = EXCLUDED.made_at",
        key(orgnr),
        found.kind,
        found.data,
        found.method,
        found.method_version,
        found.run_id,
        found.made_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What the wide row needs to know of a company's enrichment and analyses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Its homepage is verified.
    pub has_homepage: bool,
    /// It has a profile.
    pub has_profile: bool,
    /// Day on which its website was last read.
    pub enriched_on: Option<NaiveDate>,
    /// What the team's newest approved analysis says.
    pub approved: Option<ApprovedAnalysis>,
}

/// What is known of these companies, those of which nothing is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn known(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<BTreeMap<i64, Known>> {
    let rows = sqlx::query!(
        r#"SELECT orgnr AS "orgnr!", coalesce(bool_or(verified), false) AS "has_homepage!",
                  coalesce(bool_or(kind = 'company_profile'), false) AS "has_profile!",
                  (max(made_at) AT TIME ZONE 'UTC')::date AS enriched_on
           FROM (SELECT orgnr, status = 'verified' AS verified, NULL AS kind, NULL::timestamptz AS made_at
                 FROM homepages WHERE orgnr = ANY($1)
                 UNION ALL
                 SELECT orgnr, NULL, kind, made_at FROM enrichments WHERE orgnr = ANY($1)) AS parts
           GROUP BY orgnr"#,
        orgnrs
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut known: BTreeMap<i64, Known> = BTreeMap::new();
    for row in rows {
        let kept = known.entry(row.orgnr).or_default();
        (kept.has_homepage, kept.has_profile, kept.enriched_on) = (row.has_homepage, row.has_profile, row.enriched_on);
    }
    for (orgnr, approved) in analyses::approved(conn, orgnrs).await? {
        known.entry(orgnr).or_default().approved = Some(approved);
    }
    Ok(known)
}
