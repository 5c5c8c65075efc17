//! Filings: one row per filed document of a company, known by the hash of its package.

use chrono::{DateTime, NaiveDate, Utc};
use domain::filing::{Filing, FilingKind};
use domain::filing_date::{DateBasis, DateEvidence, FilingDate};
use domain::scope::Scope;
use domain::versions::Assertion;
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
    /// The last day of the week whose archive of the register it came in.
    pub archived_on: Option<NaiveDate>,
    /// Whether the package is in the artifact store under its hash.
    pub is_stored: bool,
    /// Where the figures come from, in words, when there is no package.
    pub provenance: Option<String>,
}

impl NewFiling {
    /// Since when the public could know it.
    #[must_use]
    pub fn date(&self, imported_on: NaiveDate) -> FilingDate {
        let evidence = DateEvidence {
            registered_on: self.filing.filed_at,
            archived_on: self.archived_on,
            dated_on: self.dated_on,
            report_end: report_end(&self.filing),
        };
        FilingDate::by(evidence, imported_on)
    }
}

/// Whose statements are in a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scopes {
    /// The company's own.
    Company,
    /// The group's.
    Group,
    /// Both.
    Both,
}

impl Scopes {
    /// The scopes of the statements; `None` when there is no statement.
    #[must_use]
    pub fn of(filing: &Filing) -> Option<Self> {
        let has = |scope| filing.statements.iter().any(|statement| statement.scope == scope);
        match (has(Scope::Company), has(Scope::Group)) {
            (true, true) => Some(Self::Both),
            (true, false) => Some(Self::Company),
            (false, true) => Some(Self::Group),
            (false, false) => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Group => "group",
            Self::Both => "both",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Company, Self::Group, Self::Both].into_iter().find(|scopes| scopes.as_str() == name)
    }
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
    pub kind: FilingKind,
    /// Last day of its newest period.
    pub report_end: Option<NaiveDate>,
    /// Whose statements are in it, where that was noted.
    pub scopes: Option<Scopes>,
    /// Name of the company as the document has it.
    pub company_name: Option<String>,
    /// Since when the public could know it.
    pub known_on: NaiveDate,
    /// How that is known, where it was noted.
    pub known_by: Option<DateBasis>,
    /// When it was last asserted.
    pub assertion: Assertion,
}

/// Last day of the newest period in a filing.
#[must_use]
pub fn report_end(filing: &Filing) -> Option<NaiveDate> {
    filing.statements.iter().map(|statement| statement.period.end()).max()
}

/// Reads a kind of source; the schema's names are those of [`FilingKind::as_str`].
///
/// # Errors
/// When the name is of a newer version.
pub(crate) fn kind_from_name(name: &str) -> sqlx::Result<FilingKind> {
    FilingKind::from_name(name)
        .ok_or_else(|| sqlx::Error::Decode(format!("{name} in the database is not a kind of filing").into()))
}

/// The filings of companies that are already there.
///
/// # Errors
/// When the database does not answer, or holds a kind of filing that this version does not know.
pub async fn known(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<Vec<KnownFiling>> {
    let rows = sqlx::query!(
        "SELECT id, orgnr, sha256, kind, report_end, scope, company_name, known_on, known_by, assertion, imported_at
         FROM filings WHERE orgnr = ANY($1)",
        orgnrs
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(KnownFiling {
                id: row.id,
                orgnr: row.orgnr,
                sha256: row.sha256,
                kind: kind_from_name(&row.kind)?,
                report_end: row.report_end,
                scopes: row.scope.as_deref().and_then(Scopes::from_name),
                company_name: row.company_name,
                known_on: row.known_on,
                known_by: row.known_by.as_deref().and_then(DateBasis::from_name),
                assertion: Assertion {
                    number: row.assertion,
                    imported_at: row.imported_at,
                    identity: row.id.as_u128(),
                },
            })
        })
        .collect()
}

/// Numbers of assertion for so many filings, rising; the caller holds the locks of their companies.
///
/// # Errors
/// When the database does not answer.
pub async fn next_assertions(conn: &mut PgConnection, count: usize) -> sqlx::Result<Vec<i64>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let mut numbers = sqlx::query_scalar!(
        r#"SELECT nextval('filing_assertions') AS "number!" FROM generate_series(1, $1::bigint)"#,
        i64::try_from(count).unwrap_or(i64::MAX)
    )
    .fetch_all(conn)
    .await?;
    numbers.sort_unstable();
    Ok(numbers)
}

/// Gives filings that are there a new number of assertion.
///
/// # Errors
/// When the database does not answer.
pub async fn assert_again(conn: &mut PgConnection, filings: &[(Uuid, i64)]) -> sqlx::Result<()> {
    if filings.is_empty() {
        return Ok(());
    }
    let (ids, numbers): (Vec<Uuid>, Vec<i64>) = filings.iter().copied().unzip();
    sqlx::query!(
        "UPDATE filings f SET assertion = a.number
         FROM unnest($1::uuid[], $2::bigint[]) AS a (id, number) WHERE f.id = a.id",
        &ids,
        &numbers
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes better days of filings.
///
/// # Errors
/// When the database does not answer.
pub async fn redate(conn: &mut PgConnection, filings: &[(Uuid, FilingDate)]) -> sqlx::Result<()> {
    if filings.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = filings.iter().map(|(id, _)| *id).collect();
    let days: Vec<NaiveDate> = filings.iter().map(|(_, date)| date.day).collect();
    let bases: Vec<String> = filings.iter().map(|(_, date)| date.basis.as_str().to_owned()).collect();
    sqlx::query!(
        "UPDATE filings f SET known_on = d.day, known_by = d.basis,
                filed_at = CASE WHEN d.basis = 'registered' THEN d.day ELSE f.filed_at END
         FROM unnest($1::uuid[], $2::date[], $3::text[]) AS d (id, day, basis) WHERE f.id = d.id",
        &ids,
        &days,
        &bases
    )
    .execute(conn)
    .await?;
    Ok(())
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

/// Inserts filings, each with its number of assertion, whose companies the caller has locked and none of which is there yet.
///
/// # Errors
/// When a filing is already there, or the database does not answer.
pub async fn insert(
    conn: &mut PgConnection,
    filings: &[(&NewFiling, i64)],
    import: Option<Uuid>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    if filings.is_empty() {
        return Ok(());
    }
    let mut rows = BinaryRows::new(22);
    for (new, number) in filings {
        let filing = &new.filing;
        let date = new.date(now.date_naive());
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
        rows.date(Some(date.day));
        rows.text(Some(&filing.sha256));
        rows.bigint(Some(i64::try_from(filing.size_bytes).unwrap_or(i64::MAX)));
        rows.boolean(Some(new.is_stored));
        rows.text(new.provenance.as_deref());
        rows.texts(Some(&filing.warnings));
        rows.uuid(import);
        rows.bigint(Some(*number));
        rows.text(Scopes::of(filing).map(Scopes::as_str));
        rows.text(Some(date.basis.as_str()));
    }
    rows.send(
        conn,
        "COPY filings (id, orgnr, kind, framework, taxonomy, company_name, seat, software, documents, file_name,
                       filed_at, report_end, known_on, sha256, size_bytes, is_stored, provenance, warnings, import_id,
                       assertion, scope, known_by)
         FROM STDIN (FORMAT BINARY)",
    )
    .await?;
    Ok(())
}
