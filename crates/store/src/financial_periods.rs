//! Fiscal periods with their figures and the lineage of each, one row per company, period, scope and filing.

use chrono::NaiveDate;
use domain::filing::{FilingKind, Framework};
use domain::filing_date::DateBasis;
use domain::line::Line;
use domain::statement::{Quality, Statement};
use domain::versions::{Assertion, Rank, Version, overview_columns};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use crate::companies::{key, orgnr_of};
use crate::copy::BinaryRows;
use domain::orgnr::Orgnr;

/// What was found about the trustworthiness of one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Whether the figures can be trusted.
    pub quality: Quality,
    /// Names of the identities that are broken.
    pub broken: Vec<String>,
}

/// One statement to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewPeriod<'a> {
    /// Whose accounts.
    pub orgnr: Orgnr,
    /// The filing it stands in.
    pub filing_id: Uuid,
    /// The figures.
    pub statement: &'a Statement,
    /// Their quality.
    pub judgement: &'a Judgement,
}

const FIXED: [&str; 13] = [
    "orgnr",
    "period_start",
    "period_end",
    "scope",
    "filing_id",
    "months",
    "currency",
    "rounding",
    "quality",
    "broken_identities",
    "employees",
    "lines",
    "line_concepts",
];

/// Inserts statements of filings that were just inserted; within a filing each period and scope may occur once.
///
/// # Errors
/// When a statement is already there, or the database does not answer.
pub async fn insert(conn: &mut PgConnection, periods: &[NewPeriod<'_>]) -> sqlx::Result<u64> {
    if periods.is_empty() {
        return Ok(0);
    }
    let columns: Vec<&str> = FIXED.into_iter().chain(Line::ALL.iter().map(|line| line.key())).collect();
    let mut rows = BinaryRows::new(columns.len() as i16);
    for period in periods {
        encode(&mut rows, period);
    }
    rows.send(conn, &format!("COPY financial_periods ({}) FROM STDIN (FORMAT BINARY)", columns.join(", "))).await
}

fn encode(rows: &mut BinaryRows, new: &NewPeriod<'_>) {
    let statement = new.statement;
    rows.begin_row();
    rows.bigint(Some(key(new.orgnr)));
    rows.date(Some(statement.period.start()));
    rows.date(Some(statement.period.end()));
    rows.text(Some(statement.scope.as_str()));
    rows.uuid(Some(new.filing_id));
    rows.smallint(Some(statement.period.months() as i16));
    rows.text(Some(statement.currency.code()));
    rows.smallint(Some(i16::from(statement.rounding)));
    rows.text(Some(new.judgement.quality.as_str()));
    rows.texts(Some(&new.judgement.broken));
    rows.double(statement.employees.and_then(|count| count.to_string().parse().ok()));
    if statement.facts.is_empty() {
        rows.jsonb("{}");
        rows.jsonb("{}");
    } else {
        rows.jsonb(&json(&ByConcept(statement)));
        rows.jsonb(&json(&LineConcepts(statement)));
    }
    for line in Line::ALL {
        rows.bigint(statement.get(*line));
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned())
}

/// `{concept: fact}`.
struct ByConcept<'a>(&'a Statement);

impl Serialize for ByConcept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.facts.len()))?;
        for fact in &self.0.facts {
            map.serialize_entry(&fact.concept, fact)?;
        }
        map.end()
    }
}

/// `{line: concept}`.
struct LineConcepts<'a>(&'a Statement);

impl Serialize for LineConcepts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.line_facts.len()))?;
        for (line, index) in &self.0.line_facts {
            if let Some(fact) = self.0.facts.get(*index as usize) {
                map.serialize_entry(line.key(), &fact.concept)?;
            }
        }
        map.end()
    }
}

/// One filing's statement of one year, without lineage.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPeriod {
    /// Whose accounts.
    pub orgnr: Orgnr,
    /// Period, scope, currency, figures, employees; `facts` and `line_facts` are empty.
    pub statement: Statement,
    /// Whether the figures can be trusted, and which identities are broken.
    pub judgement: Judgement,
    /// The filing.
    pub filing_id: Uuid,
    /// Its kind of source.
    pub kind: FilingKind,
    /// Framework of the filing.
    pub framework: Framework,
    /// When the filing was registered, where known.
    pub filed_at: Option<NaiveDate>,
    /// Since when the public could know it.
    pub known_on: NaiveDate,
    /// How that is known.
    pub known_by: Option<DateBasis>,
    /// Last day of the newest period in the filing.
    pub report_end: Option<NaiveDate>,
    /// When the filing was imported and last asserted.
    pub assertion: Assertion,
    /// Whether it is an older year of a report's overview.
    pub is_overview: bool,
}

impl StoredPeriod {
    /// What the merging of versions looks at.
    #[must_use]
    pub fn version(&self) -> Version<'_> {
        Version {
            statement: &self.statement,
            rank: Rank::new(self.kind, self.known_on, self.report_end, self.assertion),
            quality: self.judgement.quality,
            is_overview: self.is_overview,
            is_tagged: self.kind.has_tags(),
        }
    }
}

/// Every version of every year of companies as far as it was known on `as_of` (now when `None`), by company and filing,
/// newest year first.
///
/// # Errors
/// When the database does not answer or holds values this version cannot read.
pub async fn versions(
    conn: &mut PgConnection,
    orgnrs: &[i64],
    as_of: Option<NaiveDate>,
) -> sqlx::Result<Vec<StoredPeriod>> {
    versions_with(conn, orgnrs, as_of, Line::ALL).await
}

/// [`versions`] with some lines only; the others read as if they were not filed.
///
/// # Errors
/// As for [`versions`].
pub async fn versions_with(
    conn: &mut PgConnection,
    orgnrs: &[i64],
    as_of: Option<NaiveDate>,
    lines: &[Line],
) -> sqlx::Result<Vec<StoredPeriod>> {
    let columns: Vec<String> = lines.iter().map(|line| format!(", p.{}", line.key())).collect();
    let sql = format!(
        "SELECT p.orgnr, p.period_start, p.period_end, p.scope, p.filing_id, p.currency, p.rounding,
                p.quality, p.broken_identities, p.employees, f.kind, f.framework, f.filed_at, f.known_on, f.known_by,
                f.report_end, f.assertion, f.imported_at{}
         FROM financial_periods p JOIN filings f ON f.id = p.filing_id
         WHERE p.orgnr = ANY($1) AND ($2::date IS NULL OR f.known_on <= $2)
         ORDER BY p.orgnr, p.filing_id, p.period_end DESC, p.period_start, p.scope",
        columns.concat()
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(orgnrs).bind(as_of).fetch_all(conn).await?;
    let mut found = rows.iter().map(|row| read(row, lines)).collect::<sqlx::Result<Vec<_>>>()?;
    for of_filing in found.chunk_by_mut(|one, other| one.filing_id == other.filing_id) {
        let columns: Vec<_> = of_filing
            .iter()
            .map(|one| (one.statement.scope, one.statement.period.end(), one.judgement.quality))
            .collect();
        for (one, is_overview) in of_filing.iter_mut().zip(overview_columns(&columns)) {
            one.is_overview = is_overview;
        }
    }
    Ok(found)
}

const FIRST_LINE: usize = 18;

fn read(row: &sqlx::postgres::PgRow, lines: &[Line]) -> sqlx::Result<StoredPeriod> {
    let unreadable = |what: String| sqlx::Error::Decode(what.into());
    let period = domain::fiscal_period::FiscalPeriod::new(row.try_get(1)?, row.try_get(2)?)
        .map_err(|e| unreadable(e.to_string()))?;
    let scope: String = row.try_get(3)?;
    let scope = domain::scope::Scope::from_name(&scope).ok_or_else(|| unreadable(format!("unknown scope {scope}")))?;
    let currency: String = row.try_get(5)?;
    let mut statement = Statement::empty(period, scope, currency.parse().map_err(|e| unreadable(format!("{e}")))?);
    let framework = framework_from_name(row.try_get(11)?);
    statement.is_itemised = framework.is_itemised();
    statement.rounding = u8::try_from(row.try_get::<i16, _>(6)?).unwrap_or(0);
    statement.employees = row.try_get::<Option<f64>, _>(9)?.and_then(|count| count.to_string().parse().ok());
    for (index, line) in lines.iter().enumerate() {
        statement.figures.set(*line, row.try_get(FIRST_LINE + index)?);
    }
    let filing_id: Uuid = row.try_get(4)?;
    Ok(StoredPeriod {
        orgnr: orgnr_of(row.try_get(0)?)?,
        statement,
        judgement: Judgement { quality: quality_from_name(row.try_get(7)?), broken: row.try_get(8)? },
        filing_id,
        kind: crate::filings::kind_from_name(row.try_get(10)?)?,
        framework,
        filed_at: row.try_get(12)?,
        known_on: row.try_get(13)?,
        known_by: row.try_get::<Option<&str>, _>(14)?.and_then(DateBasis::from_name),
        report_end: row.try_get(15)?,
        assertion: Assertion { number: row.try_get(16)?, imported_at: row.try_get(17)?, identity: filing_id.as_u128() },
        is_overview: false,
    })
}

/// Reads `Quality::as_str` back; the schema allows no other names.
#[must_use]
pub fn quality_from_name(name: &str) -> Quality {
    match name {
        "ok" => Quality::Ok,
        "partial" => Quality::Partial,
        _ => Quality::Suspect,
    }
}

/// Reads `Framework::as_str` back; a name of a newer version reads as unknown.
#[must_use]
pub fn framework_from_name(name: &str) -> Framework {
    use Framework::{Ifrs, K2, K3, NorwegianGaap, Unknown};
    [K2, K3, Ifrs, NorwegianGaap].into_iter().find(|framework| framework.as_str() == name).unwrap_or(Unknown)
}
