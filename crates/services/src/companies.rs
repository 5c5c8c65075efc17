//! What is known of a company: its register data, filings, statements, figures and activity.

use chrono::NaiveDate;
use domain::facts::CompanyFacts;
use domain::line::Line;
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use store::activity::{self, Event};
use store::{PgPool, company_facts, company_search, figures, filing_list, financial_periods};
use universe::find_companies::number_of;
use uuid::Uuid;

pub use store::companies::{StoredCompany, key, orgnr_of};
pub use store::company_search::CompanyLine;
pub use store::current_periods::{CurrentPeriod, Restated, of as current_years};
pub use store::figures::FigureVersion;
pub use store::filing_list::{FilingLine, Package};
pub use store::financial_periods::{Judgement, StoredPeriod};

use crate::actor::Actor;
use crate::error::{Result, ServiceError};

/// The error for a company that is not known here.
#[must_use]
pub fn unknown(orgnr: Orgnr) -> ServiceError {
    ServiceError::Missing(format!(
        "no company with the number {} is known here; import a register or a filing",
        orgnr.formatted()
    ))
}

/// Companies whose number begins with the digits of the words, or else whose name has the words, best first.
///
/// # Errors
/// When the database does not answer.
pub async fn search(db: &PgPool, words: &str, limit: i64) -> Result<Vec<CompanyLine>> {
    let mut conn = db.acquire().await?;
    if let Some(digits) = number_of(words) {
        let found = company_search::by_number(&mut conn, &digits, limit).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(company_search::by_name(&mut conn, words, limit).await?)
}

/// The companies with these numbers, as the database keeps numbers.
///
/// # Errors
/// When the database does not answer.
pub async fn by_numbers(db: &PgPool, numbers: &[i64]) -> Result<Vec<CompanyLine>> {
    Ok(company_search::by_numbers(&mut *db.acquire().await?, numbers).await?)
}

/// One company with its facts, where some were computed.
///
/// # Errors
/// [`unknown`].
pub async fn find(db: &PgPool, orgnr: Orgnr) -> Result<(StoredCompany, Option<CompanyFacts>)> {
    let numbers = [key(orgnr)];
    let mut conn = db.acquire().await?;
    let stored = store::companies::read(&mut conn, &numbers).await?.pop().ok_or_else(|| unknown(orgnr))?;
    Ok((stored, company_facts::read(&mut conn, &numbers).await?.pop()))
}

/// The company's filings, newest period first.
///
/// # Errors
/// [`unknown`].
pub async fn filings(db: &PgPool, orgnr: Orgnr) -> Result<Vec<FilingLine>> {
    let mut conn = db.acquire().await?;
    let lines = filing_list::of_company(&mut conn, key(orgnr)).await?;
    if lines.is_empty() && store::companies::read(&mut conn, &[key(orgnr)]).await?.is_empty() {
        return Err(unknown(orgnr));
    }
    Ok(lines)
}

/// Where the package of a filing is.
///
/// # Errors
/// No such filing.
pub async fn package(db: &PgPool, id: Uuid) -> Result<Package> {
    let package = filing_list::package(&mut *db.acquire().await?, id).await?;
    package.ok_or_else(|| ServiceError::Missing(format!("there is no filing {id}")))
}

/// Every version of the company's statements that was known on the day, or is known now; company and group.
///
/// # Errors
/// [`unknown`].
pub async fn statements(db: &PgPool, orgnr: Orgnr, as_of: Option<NaiveDate>) -> Result<Vec<StoredPeriod>> {
    let mut conn = db.acquire().await?;
    let versions = financial_periods::versions(&mut conn, &[key(orgnr)], as_of).await?;
    if versions.is_empty() && store::companies::read(&mut conn, &[key(orgnr)]).await?.is_empty() {
        return Err(unknown(orgnr));
    }
    Ok(versions)
}

/// The statements that held on the day, or hold now; company and group, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn current_statements(db: &PgPool, orgnr: Orgnr, as_of: Option<NaiveDate>) -> Result<Vec<CurrentPeriod>> {
    Ok(store::current_periods::current(&mut *db.acquire().await?, &[key(orgnr)], as_of).await?)
}

/// Every version of one figure, of the period that ends on the day.
///
/// # Errors
/// When the database does not answer.
pub async fn figure(
    db: &PgPool,
    orgnr: Orgnr,
    line: Line,
    scope: Scope,
    period_end: NaiveDate,
) -> Result<Vec<FigureVersion>> {
    Ok(figures::versions(&mut *db.acquire().await?, key(orgnr), line, scope.as_str(), period_end).await?)
}

/// What happened to the company, as the person may know it, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn activity(
    db: &PgPool,
    actor: &Actor,
    company: Orgnr,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Event>> {
    Ok(activity::of_company(&mut *db.acquire().await?, actor.user, company, before, limit).await?)
}
