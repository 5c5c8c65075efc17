//! Reports of single companies for other programs, and all that is known of a company in one answer.

use chrono::{DateTime, Days, Utc};
use domain::analysis::uplift::{COMPANY_REPORT_VERSION, report};
use domain::analysis::{RULES_VERSION, Template, analyse};
use domain::evidence::Language;
use domain::orgnr::Orgnr;
use domain::website::{AboutSummary, WebsiteInsights};
use jobs::enrich_company::{ABOUT_SUMMARY, WEBSITE_INSIGHTS};
use serde_json::{Value, json};
use store::ai_reports::{self, NewReport};
use store::companies::key;
use store::enrichments::{self, Enrichment};
use store::{PgConnection, PgPool, audit, company_facts};

pub use store::ai_reports::StoredReport;

use crate::actor::Actor;
use crate::companies::{StoredCompany, unknown};
use crate::error::{Result, ServiceError};
use crate::findings::Findings;

/// Who makes reports where no model is asked.
const RULES: &str = "rules";

/// The code of a language.
#[must_use]
pub fn code(language: Language) -> &'static str {
    match language {
        Language::Sv => "sv",
        Language::En => "en",
    }
}

/// A report, and whether it had been made before.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The report.
    pub report: StoredReport,
    /// Whether it was kept from an earlier question.
    pub is_cached: bool,
}

/// How a report is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Language of its sentences.
    pub language: Language,
    /// Whether a new one is made in any case.
    pub is_forced: bool,
    /// Days after which a kept report is made anew.
    pub max_age_days: u16,
}

/// The newest report of a company, in one language or in any.
///
/// # Errors
/// No such company; no report of it.
pub async fn find(db: &PgPool, company: Orgnr, language: Option<Language>) -> Result<StoredReport> {
    let mut conn = db.acquire().await?;
    if store::companies::read(&mut conn, &[key(company)]).await?.is_empty() {
        return Err(unknown(company));
    }
    let found = ai_reports::newest(&mut conn, company, language.map(code)).await?;
    found.ok_or_else(|| {
        let number = company.formatted();
        ServiceError::Missing(format!("there is no report of {number} yet; POST /api/ai-reports/generate makes one"))
    })
}

/// The kept report where it is young enough and made from the same figures, or else a new one.
///
/// # Errors
/// No such company; nothing is known of it but its number.
pub async fn generate(
    db: &PgPool,
    actor: &Actor,
    company: Orgnr,
    wanted: Wanted,
    now: DateTime<Utc>,
) -> Result<Generated> {
    let mut tx = db.begin().await?;
    if !ai_reports::lock_company(&mut tx, company).await? {
        return Err(unknown(company));
    }
    let (content, basis) = write(&mut tx, company, wanted.language).await?;
    let language = code(wanted.language);
    if !wanted.is_forced
        && let Some(kept) = ai_reports::newest(&mut tx, company, Some(language)).await?
        && is_good(&kept, &basis, wanted.max_age_days, now)
    {
        return Ok(Generated { report: kept, is_cached: true });
    }
    let version = i32::try_from(COMPANY_REPORT_VERSION).unwrap_or(i32::MAX);
    let new = NewReport {
        language,
        content: &content,
        basis: &basis,
        method: RULES,
        method_version: version,
        made_by: actor.user,
        made_at: now,
    };
    let report = ai_reports::keep(&mut tx, company, &new).await?;
    let event = actor.event("report.generate").about("ai_report", report.id).of_company(company);
    audit::record(&mut tx, &event.with(json!({ "method": RULES, "forced": wanted.is_forced }))).await?;
    tx.commit().await?;
    Ok(Generated { report, is_cached: false })
}

fn is_good(kept: &StoredReport, basis: &Value, max_age_days: u16, now: DateTime<Utc>) -> bool {
    let oldest = now.checked_sub_days(Days::new(max_age_days.into()));
    kept.basis == *basis && oldest.is_some_and(|oldest| kept.made_at > oldest)
}

/// The report by rules, and what it was made from.
async fn write(conn: &mut PgConnection, company: Orgnr, language: Language) -> Result<(Value, Value)> {
    let facts = company_facts::read(conn, &[key(company)]).await?.pop().ok_or_else(|| {
        ServiceError::Conflict(format!(
            "nothing is known of {} but its number; import its accounts",
            company.formatted()
        ))
    })?;
    let found = enrichments::of_company(conn, company).await?;
    let of = |kind: &str| found.iter().find(|found| found.kind == kind);
    let website: Option<WebsiteInsights> = of(WEBSITE_INSIGHTS).and_then(read);
    let about: Option<AboutSummary> = of(ABOUT_SUMMARY).and_then(read);
    let analysis = analyse(&facts, website.as_ref(), &Template::acquisition());
    let written = report(&facts, website.as_ref(), about.as_ref(), &analysis, language);
    let known: serde_json::Map<String, Value> = domain::catalogue::FIELDS
        .iter()
        .zip(&facts.values)
        .filter(|(_, value)| !value.is_null())
        .map(|(field, value)| (field.key.to_owned(), json!(value)))
        .collect();
    let basis = json!({
        "report_version": COMPANY_REPORT_VERSION,
        "rules_version": RULES_VERSION,
        "facts": known,
        "website_read_at": of(WEBSITE_INSIGHTS).map(|found| found.made_at),
        "about_read_at": of(ABOUT_SUMMARY).map(|found| found.made_at),
    });
    let content = serde_json::to_value(&written).map_err(|error| ServiceError::Internal(error.into()))?;
    Ok((content, basis))
}

fn read<T: serde::de::DeserializeOwned>(found: &Enrichment) -> Option<T> {
    serde_json::from_value(found.data.clone()).ok()
}

/// All that is known of a company beyond registers and filings.
#[derive(Clone, Debug)]
pub struct Intel {
    /// The company.
    pub company: StoredCompany,
    /// Code of its main industry.
    pub industry: Option<String>,
    /// What its website and analyses say.
    pub findings: Findings,
    /// What its website says by topic, where it was read.
    pub website: Option<WebsiteInsights>,
    /// Its newest report.
    pub report: Option<StoredReport>,
}

/// All that is known of a company, with at most so many analyses.
///
/// # Errors
/// No such company.
pub async fn intel(db: &PgPool, actor: &Actor, company: Orgnr, analyses: i64) -> Result<Intel> {
    let (known, facts) = crate::companies::find(db, company).await?;
    let findings = crate::findings::of_company(db, actor, company, analyses).await?;
    let report = ai_reports::newest(&mut *db.acquire().await?, company, None).await?;
    let website = findings.enrichments.iter().find(|found| found.kind == WEBSITE_INSIGHTS).and_then(read);
    let industry = facts.as_ref().and_then(|facts| {
        let place = domain::catalogue::position("sni")?;
        match facts.values.get(place) {
            Some(domain::facts::FactValue::Text(code)) => Some(code.to_string()),
            _ => None,
        }
    });
    Ok(Intel { company: known, industry, findings, website, report })
}
