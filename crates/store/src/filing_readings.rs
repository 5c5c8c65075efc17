//! Filings read again by a newer reader: what is kept of each reading, and its replacement.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::filing::Filing;
use domain::filing_date::{DateBasis, FilingDate};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::filings::{Scopes, report_end};
use crate::financial_periods::{self, NewPeriod, StoredPeriod};
use crate::ingest::rules;

/// A filing whose package is in the artifact store.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptPackage {
    /// The filing.
    pub id: Uuid,
    /// Whose accounts.
    pub orgnr: i64,
    /// Hash of the package, its name in the artifact store.
    pub sha256: String,
    /// Name of the package.
    pub file_name: Option<String>,
    /// The reader that read it last, where that was noted.
    pub reader_version: Option<i32>,
    /// Since when the public could know it.
    pub known_on: NaiveDate,
    /// How that is known, by its name.
    pub known_by: Option<String>,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

/// Filed reports whose packages are kept, after an identity and in the order of identities; those alone that an older reader
/// than `below` read last, when that is given.
///
/// # Errors
/// When the database does not answer.
pub async fn kept_packages(
    conn: &mut PgConnection,
    below: Option<i32>,
    after: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<KeptPackage>> {
    sqlx::query_as!(
        KeptPackage,
        "SELECT id, orgnr, sha256, file_name, reader_version, known_on, known_by, imported_at
         FROM filings
         WHERE is_stored AND kind IN ('annual_report', 'esef_report') AND id > $2
           AND ($1::integer IS NULL OR coalesce(reader_version, 0) < $1)
         ORDER BY id LIMIT $3",
        below,
        after,
        limit
    )
    .fetch_all(conn)
    .await
}

/// How many kept reports an older reader read last.
///
/// # Errors
/// When the database does not answer.
pub async fn outdated(conn: &mut PgConnection, below: i32) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM filings
           WHERE is_stored AND kind IN ('annual_report', 'esef_report') AND coalesce(reader_version, 0) < $1"#,
        below
    )
    .fetch_one(conn)
    .await
}

/// The tags of one period as they are kept: `{concept: fact}` and `{line: concept}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags {
    /// Every tagged number by its concept.
    pub facts: Value,
    /// The concept of each line.
    pub lines: Value,
}

/// What is kept of the periods of filings, by filing: the figures, and the tags behind them.
///
/// # Errors
/// When the database does not answer or holds values this version cannot read.
pub async fn kept_periods(
    conn: &mut PgConnection,
    packages: &[KeptPackage],
) -> sqlx::Result<BTreeMap<Uuid, Vec<(StoredPeriod, Tags)>>> {
    let ids: Vec<Uuid> = packages.iter().map(|package| package.id).collect();
    let orgnrs: Vec<i64> = packages.iter().map(|package| package.orgnr).collect();
    let rows = sqlx::query!(
        "SELECT filing_id, period_start, period_end, scope, lines, line_concepts
         FROM financial_periods WHERE filing_id = ANY($1)",
        &ids
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut tags: BTreeMap<(Uuid, NaiveDate, NaiveDate, String), Tags> = rows
        .into_iter()
        .map(|row| {
            let key = (row.filing_id, row.period_start, row.period_end, row.scope);
            (key, Tags { facts: row.lines, lines: row.line_concepts })
        })
        .collect();
    let mut kept: BTreeMap<Uuid, Vec<(StoredPeriod, Tags)>> = BTreeMap::new();
    for period in financial_periods::versions(conn, &orgnrs, None).await? {
        let days = period.statement.period;
        let key = (period.filing_id, days.start(), days.end(), period.statement.scope.as_str().to_owned());
        if let Some(tags) = tags.remove(&key) {
            kept.entry(period.filing_id).or_default().push((period, tags));
        }
    }
    Ok(kept)
}

/// Notes that a reader read filings with the same result as before.
///
/// # Errors
/// When the database does not answer.
pub async fn confirm(conn: &mut PgConnection, ids: &[Uuid], reader_version: i32) -> sqlx::Result<()> {
    sqlx::query!("UPDATE filings SET reader_version = $2 WHERE id = ANY($1)", ids, reader_version)
        .execute(conn)
        .await?;
    Ok(())
}

/// Replaces what is kept of a filing by a new reading, and notes what changed; the caller holds the company's lock and
/// recomputes its facts afterwards.
///
/// # Errors
/// When the database does not answer.
pub async fn replace(
    conn: &mut PgConnection,
    package: &KeptPackage,
    filing: &Filing,
    dated_on: Option<NaiveDate>,
    reader_version: i32,
    changes: &Value,
) -> sqlx::Result<()> {
    // The register's own day outlives every reading.
    let is_from_document = package.known_by.as_deref().and_then(DateBasis::from_name) <= Some(DateBasis::Document);
    let evidence = domain::filing_date::DateEvidence {
        registered_on: filing.filed_at,
        archived_on: None,
        dated_on,
        report_end: report_end(filing),
    };
    let date = FilingDate::by(evidence, package.imported_at.date_naive());
    let (known_on, known_by) = if is_from_document {
        (date.day, Some(date.basis.as_str().to_owned()))
    } else {
        (package.known_on, package.known_by.clone())
    };
    sqlx::query!("DELETE FROM financial_periods WHERE filing_id = $1", package.id).execute(&mut *conn).await?;
    sqlx::query!(
        "UPDATE filings
         SET framework = $2, taxonomy = $3, company_name = $4, seat = $5, software = $6, documents = $7, report_end = $8,
             scope = $9, warnings = $10, known_on = $11, known_by = $12, reader_version = $13
         WHERE id = $1",
        package.id,
        filing.framework.as_str(),
        filing.taxonomy,
        filing.company_name,
        filing.seat,
        filing.software,
        &filing.documents,
        report_end(filing),
        Scopes::of(filing).map(Scopes::as_str),
        &filing.warnings,
        known_on,
        known_by,
        reader_version
    )
    .execute(&mut *conn)
    .await?;
    let mut seen = std::collections::HashSet::new();
    let judged: Vec<_> = filing
        .statements
        .iter()
        .filter(|statement| seen.insert((statement.period, statement.scope)))
        .map(|statement| (statement, rules::judge(statement)))
        .collect();
    let rows: Vec<_> = judged
        .iter()
        .map(|(statement, judgement)| NewPeriod { orgnr: filing.orgnr, filing_id: package.id, statement, judgement })
        .collect();
    financial_periods::insert(conn, &rows).await?;
    sqlx::query!(
        "INSERT INTO filing_readings (filing_id, reader_version, previous_version, changes) VALUES ($1, $2, $3, $4)",
        package.id,
        reader_version,
        package.reader_version,
        changes
    )
    .execute(conn)
    .await?;
    Ok(())
}
