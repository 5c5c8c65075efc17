//! Reports of single companies for other programs, and all that is known of a company in one answer.

use artifacts::Artifacts;
use chrono::{DateTime, Days, Utc};
use domain::analysis::uplift::{COMPANY_REPORT_VERSION, CompanyReport, report};
use domain::analysis::{PROMPT_VERSION, RULES_VERSION, Template, analyse, shipped};
use domain::catalogue::FieldGroup;
use domain::evidence::Language;
use domain::orgnr::Orgnr;
use domain::website::{AboutSummary, WebsiteInsights};
use jobs::enrich_company::{ABOUT_SUMMARY, WEBSITE_INSIGHTS};
use serde_json::{Value, json};
use store::ai_reports::{self, NewReport};
use store::companies::key;
use store::enrichments::{self, Enrichment};
use store::{PgConnection, PgPool, Postgres, Transaction, audit, company_facts};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use store::ai_reports::StoredReport;

use crate::actor::Actor;
use crate::analyses::{self, AskError, Question, company_report, write};
use crate::companies::{StoredCompany, unknown};
use crate::error::{Result, ServiceError, stored};
use crate::findings::Findings;
use crate::models::Models;

/// Who makes reports where no model is asked.
const RULES: &str = "rules";
/// The shipped template that a model is asked by.
const TEMPLATE: &str = "full";

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

/// Where reports are kept, and who may write them.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The database.
    pub db: &'a PgPool,
    /// Dossiers, prompts and answers.
    pub artifacts: &'a Artifacts,
    /// The models; rules write where none of them answers.
    pub models: &'a Models,
}

/// A report that is about to be kept.
struct Made {
    content: Value,
    basis: Value,
    method: String,
    version: u32,
}

/// The kept report where it is young enough and made from the same figures by the same writer, or else a new one: by the first model that
/// can be asked, and by rules where none is configured, none answers, or its answer cannot be used.
///
/// # Errors
/// No such company; nothing is known of it but its number.
pub async fn generate(
    desk: Desk<'_>,
    actor: &Actor,
    company: Orgnr,
    wanted: Wanted,
    now: DateTime<Utc>,
) -> Result<Generated> {
    let kept = async |tx: &mut PgConnection, basis: &Value| -> Result<Option<StoredReport>> {
        let kept = ai_reports::newest(tx, company, Some(code(wanted.language))).await?;
        Ok(kept.filter(|kept| !wanted.is_forced && is_good(kept, basis, wanted.max_age_days, now)))
    };
    // A model thinks for longer than a transaction may be open.
    if let Some(writer) = Writer::of(desk.models, wanted.language).await? {
        let mut tx = locked(desk.db, company).await?;
        let (rules, basis) = by_rules(&mut tx, company, wanted.language).await?;
        let basis = writer.basis(basis)?;
        if let Some(report) = kept(&mut tx, &basis).await? {
            return Ok(Generated { report, is_cached: true });
        }
        drop(tx);
        if let Some(made) = Box::pin(writer.write(desk, company, wanted, &rules, basis)).await? {
            let mut tx = locked(desk.db, company).await?;
            let report = keep(&mut tx, actor, company, wanted, &made, now).await?;
            tx.commit().await?;
            return Ok(Generated { report, is_cached: false });
        }
    }
    let mut tx = locked(desk.db, company).await?;
    let (rules, basis) = by_rules(&mut tx, company, wanted.language).await?;
    if let Some(report) = kept(&mut tx, &basis).await? {
        return Ok(Generated { report, is_cached: true });
    }
    let mut content = serde_json::to_value(&rules).map_err(|error| ServiceError::Internal(error.into()))?;
    // The same shape as a model's report has.
    let whole = analyses::by_rules(&mut tx, company, &Template::acquisition(), wanted.language).await?;
    content["report"] = json!(whole.map(|whole| whole.report));
    let made = Made { content, basis, method: RULES.to_owned(), version: COMPANY_REPORT_VERSION };
    let report = keep(&mut tx, actor, company, wanted, &made, now).await?;
    tx.commit().await?;
    Ok(Generated { report, is_cached: false })
}

/// Keeps an analysis of a run as the company's report: the shape that other programs ask for, without asking a model again. A later
/// [`generate`] serves it while figures, model and prompt are the same. False where the analysis holds no report or nothing is known of the company.
///
/// # Errors
/// What is stored cannot be read; the database does not answer.
pub async fn keep_analysis(
    conn: &mut PgConnection,
    (owner, company, language): (Uuid, Orgnr, Language),
    mut result: Value,
    now: DateTime<Utc>,
) -> Result<bool> {
    let written = match result.get_mut("report").map(Value::take) {
        Some(written @ Value::Object(_)) => written,
        _ => return Ok(false),
    };
    if !ai_reports::lock_company(conn, company).await? {
        return Ok(false);
    }
    let written: domain::analysis::Report = stored(&format!("report on {company}"), written)?;
    let (rules, mut basis) = match by_rules(conn, company, language).await {
        Ok(found) => found,
        Err(ServiceError::Conflict(_)) => return Ok(false),
        Err(error) => return Err(error),
    };
    let (method, version) = match result["model"]["model"].as_str() {
        Some(model) => {
            basis["model"] = result["model"].clone();
            (model.to_owned(), PROMPT_VERSION)
        }
        None => (RULES.to_owned(), COMPANY_REPORT_VERSION),
    };
    let content = company_report(&rules, &written, language);
    let content = content.map_err(|error| ServiceError::Internal(error.into()))?;
    let new = NewReport {
        language: code(language),
        content: &content,
        basis: &basis,
        method: &method,
        method_version: i32::try_from(version).unwrap_or(i32::MAX),
        made_by: owner,
        made_at: now,
    };
    ai_reports::keep(conn, company, &new).await?;
    Ok(true)
}

/// A transaction in which nobody else makes a report of the company.
async fn locked(db: &PgPool, company: Orgnr) -> Result<Transaction<'static, Postgres>> {
    let mut tx = db.begin().await?;
    if ai_reports::lock_company(&mut tx, company).await? { Ok(tx) } else { Err(unknown(company)) }
}

/// Keeps a report and writes down who had it made.
async fn keep(
    tx: &mut PgConnection,
    actor: &Actor,
    company: Orgnr,
    wanted: Wanted,
    made: &Made,
    now: DateTime<Utc>,
) -> Result<StoredReport> {
    let new = NewReport {
        language: code(wanted.language),
        content: &made.content,
        basis: &made.basis,
        method: &made.method,
        method_version: i32::try_from(made.version).unwrap_or(i32::MAX),
        made_by: actor.user,
        made_at: now,
    };
    let report = ai_reports::keep(tx, company, &new).await?;
    let event = actor.event("report.generate").about("ai_report", report.id).of_company(company);
    audit::record(tx, &event.with(json!({ "method": made.method, "forced": wanted.is_forced }))).await?;
    Ok(report)
}

/// A model with the question that reports are made by.
struct Writer {
    provider: String,
    model: String,
    template: Template,
    template_name: String,
    language: Language,
}

impl Writer {
    /// The first model that can be asked, with the shipped template of a full analysis.
    async fn of(models: &Models, language: Language) -> Result<Option<Self>> {
        let (Some(provider), Some(template)) = (models.first_ready().await?, shipped(TEMPLATE)) else {
            return Ok(None);
        };
        Ok(Some(Self {
            provider: provider.name.clone(),
            model: provider.model.clone(),
            template: template.template(),
            template_name: format!("{}@{}", template.key, template.version),
            language,
        }))
    }

    fn question(&self, purpose: String) -> Question<'_> {
        Question {
            provider: &self.provider,
            purpose,
            template_name: self.template_name.clone(),
            template: &self.template,
            language: self.language,
        }
    }

    /// What a report of this writer rests on: beside the figures the model and its question.
    fn basis(&self, mut basis: Value) -> Result<Value> {
        basis["model"] = json!({
            "provider": self.provider,
            "model": self.model,
            "prompt_version": self.question(String::new()).prompt_version()?,
        });
        Ok(basis)
    }

    /// Asks the model; `None` where nothing of its answer can be used, and why is in the log.
    async fn write(
        &self,
        desk: Desk<'_>,
        company: Orgnr,
        wanted: Wanted,
        rules: &CompanyReport,
        basis: Value,
    ) -> Result<Option<Made>> {
        // An answer to the same question is taken again, so that nothing is paid twice; a forced one is another question.
        let purpose =
            if wanted.is_forced { format!("report:{company}:{}", Uuid::new_v4()) } else { format!("report:{company}") };
        let question = self.question(purpose);
        let cancel = CancellationToken::new();
        // Whoever asked may go away; the call is then closed with it.
        let _closing = cancel.clone().drop_guard();
        let written = match write(desk.models, desk.db, desk.artifacts, &question, company, &cancel).await {
            Ok(written) => written,
            Err(AskError::Database(error)) => return Err(error.into()),
            Err(AskError::NothingKnown) => return Ok(None),
            Err(error) => {
                tracing::warn!(%company, model = self.model, %error, "no report by the model; rules write it");
                return Ok(None);
            }
        };
        let content = company_report(rules, &written.report, self.language);
        let content = content.map_err(|error| ServiceError::Internal(error.into()))?;
        Ok(Some(Made { content, basis, method: self.model.clone(), version: PROMPT_VERSION }))
    }
}

fn is_good(kept: &StoredReport, basis: &Value, max_age_days: u16, now: DateTime<Utc>) -> bool {
    let oldest = now.checked_sub_days(Days::new(max_age_days.into()));
    kept.basis == *basis && oldest.is_some_and(|oldest| kept.made_at > oldest)
}

/// The report by rules, and what it was made from.
async fn by_rules(conn: &mut PgConnection, company: Orgnr, language: Language) -> Result<(CompanyReport, Value)> {
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
        // What was approved of earlier analyses is no figure that a report is made from.
        .filter(|(field, value)| field.group != FieldGroup::Analysis && !value.is_null())
        .map(|(field, value)| (field.key.to_owned(), json!(value)))
        .collect();
    let basis = json!({
        "report_version": COMPANY_REPORT_VERSION,
        "rules_version": RULES_VERSION,
        "facts": known,
        "website_read_at": of(WEBSITE_INSIGHTS).map(|found| found.made_at),
        "about_read_at": of(ABOUT_SUMMARY).map(|found| found.made_at),
    });
    Ok((written, basis))
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
