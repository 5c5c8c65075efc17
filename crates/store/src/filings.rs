//! Filings: one row per filed document of a company, known by the hash of its package.

use chrono::{DateTime, Months, NaiveDate, Utc};
use domain::filing::Filing;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::key;
use crate::copy::BinaryRows;

/// A filing to be written, with what the import knows beside the document itself.
#[derive(Clone, Debug)]
pub struct NewFiling {
    /// Identity; made by the writer, rising in the order of import.
    pub id: Uuid,
    /// The document.
    pub filing: Filing,
    /// Name of the file or archive entry it came in.
    pub file_name: Option<String>,
    /// When the report was signed or adopted, for one whose day of registration is not known.
    pub dated_on: Option<NaiveDate>,
    /// Whether the package is in the artifact store under its hash.
    pub is_stored: bool,
    /// Where the figures come from, in words, when there is no package.
    pub provenance: Option<String>,
}

/// A filing that is already there, as far as a writer needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFiling {
    /// Identity.
    pub id: Uuid,
    /// Whose accounts.
    pub orgnr: i64,
    /// Hash of the package.
    pub sha256: String,
    /// Kind of source.
    pub kind: String,
    /// Last day of its newest period.
    pub report_end: Option<NaiveDate>,
    /// See [`known_on`].
    pub known_on: NaiveDate,
}

/// Since when the public could know a filing: the filing date, else the day it was signed or adopted, else the last lawful
/// day (årsredovisningslagen 8 kap. 3 §: seven months after the year's end), at the latest the day of import.
#[must_use]
pub fn known_on(filing: &Filing, dated_on: Option<NaiveDate>, imported_on: NaiveDate) -> NaiveDate {
    let lawful = report_end(filing).and_then(|end| end.checked_add_months(Months::new(7)));
    filing.filed_at.or(dated_on).or(lawful).map_or(imported_on, |day| day.min(imported_on))
}

/// Last day of the newest period in a filing.
#[must_use]
pub fn report_end(filing: &Filing) -> Option<NaiveDate> {
    filing.statements.iter().map(|statement| statement.period.end()).max()
}

/// The filings of companies that are already there.
///
/// # Errors
/// When the database does not answer.
pub async fn known(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<Vec<KnownFiling>> {
    sqlx::query_as!(
        KnownFiling,
        "SELECT id, orgnr, sha256, kind, report_end, known_on FROM filings WHERE orgnr = ANY($1)",
        orgnrs
    )
    .fetch_all(conn)
    .await
}

/// Notes that the packages of these filings are now in the artifact store.
///
/// # Errors
/// When the database does not answer.
pub async fn mark_stored(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<u64> {
    Ok(sqlx::query!("UPDATE filings SET is_stored = true WHERE id = ANY($1) AND NOT is_stored", ids)
        .execute(conn)
        .await?
        .rows_affected())
}

/// Inserts filings whose companies the caller has locked and none of which is there yet.
///
/// # Errors
/// When a filing is already there, or the database does not answer.
pub async fn insert(
    conn: &mut PgConnection,
    filings: &[&NewFiling],
    import: Option<Uuid>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    if filings.is_empty() {
        return Ok(());
    }
    let mut rows = BinaryRows::new(20);
    for new in filings {
        let filing = &new.filing;
        rows.begin_row();
        rows.uuid(Some(new.id));
        rows.bigint(Some(key(filing.orgnr)));
        rows.text(Some(filing.kind.as_str()));
        rows.text(Some(filing.framework.as_str()));
        rows.date(filing.taxonomy);
        rows.text(filing.company_name.as_deref());
        rows.text(filing.seat.as_deref());
        rows.text(filing.software.as_deref());
        rows.texts(Some(&filing.documents));
        rows.text(new.file_name.as_deref());
        rows.date(filing.filed_at);
        rows.date(report_end(filing));
        rows.date(Some(known_on(filing, new.dated_on, now.date_naive())));
        rows.text(Some(&filing.sha256));
        rows.bigint(Some(i64::try_from(filing.size_bytes).unwrap_or(i64::MAX)));
        rows.boolean(Some(new.is_stored));
        rows.text(new.provenance.as_deref());
        rows.texts(Some(&filing.warnings));
        rows.jsonb(&serde_json::to_string(&filing.unused).unwrap_or_else(|_| "[]".to_owned()));
        rows.uuid(import);
    }
    rows.send(
        conn,
        "COPY filings (id, orgnr, kind, framework, taxonomy, company_name, seat, software, documents, file_name,
                       filed_at, report_end, known_on, sha256, size_bytes, is_stored, provenance, warnings, unused, import_id)
         FROM STDIN (FORMAT BINARY)",
    )
    .await?;
    Ok(())
}
