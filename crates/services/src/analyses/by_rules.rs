//! What the rules say of a company: from its row, its website's findings, and nothing else.

use domain::analysis::{Analysis, Basis, Report, Template, analyse, rules_report};
use domain::catalogue::position;
use domain::evidence::Language;
use domain::facts::FactValue;
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use domain::website::{AboutSummary, WebsiteInsights};
use jobs::enrich_company::{ABOUT_SUMMARY, WEBSITE_INSIGHTS};
use serde_json::{Value, json};
use store::companies::key;
use store::enrichments::Enrichment;
use store::{PgConnection, company_facts, current_periods, enrichments};

/// The rules' findings, score and report.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Findings and score.
    pub analysis: Analysis,
    /// The same as a report.
    pub report: Report,
    /// The period, filing and reading of the website that they rest on.
    pub basis: Value,
}

impl Rules {
    /// What is kept: the rules' findings and score with a report, the rules' own or another one.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn result(&self, report: &Report) -> serde_json::Result<Value> {
        let mut result = serde_json::to_value(&self.analysis)?;
        result["basis"] = self.basis.clone();
        result["report"] = serde_json::to_value(report)?;
        Ok(result)
    }
}

/// What the rules say; `None` when nothing is known of the company but its number.
///
/// # Errors
/// When the database does not answer, or what is stored of the website cannot be read.
pub async fn by_rules(
    conn: &mut PgConnection,
    orgnr: Orgnr,
    template: &Template,
    language: Language,
) -> sqlx::Result<Option<Rules>> {
    let Some(facts) = company_facts::read(conn, &[key(orgnr)]).await?.pop() else { return Ok(None) };
    let found = enrichments::of_company(conn, orgnr).await?;
    let of = |kind: &str| found.iter().find(|found| found.kind == kind);
    let website: Option<WebsiteInsights> = of(WEBSITE_INSIGHTS).map(|found| stored(found, orgnr)).transpose()?;
    let about: Option<AboutSummary> = of(ABOUT_SUMMARY).map(|found| stored(found, orgnr)).transpose()?;
    let analysis = analyse(&facts, website.as_ref(), template);
    let period_end = match position("period_end").and_then(|index| facts.values.get(index)) {
        Some(FactValue::Date(day)) => Some(*day),
        _ => None,
    };
    let years = match period_end {
        Some(_) => current_periods::current(conn, &[key(orgnr)], None).await?,
        None => Vec::new(),
    };
    // The company's own year comes before the group's.
    let year = years.iter().find(|year| Some(year.statement.period.end()) == period_end);
    let filing = year.map(|year| year.filing_id.to_string());
    let basis = Basis {
        facts: &facts,
        about: about.as_ref(),
        website: website.as_ref(),
        filing: filing.as_deref(),
        scope: year.map_or(Scope::Company, |year| year.statement.scope),
    };
    let report = rules_report(&analysis, &basis, language);
    let basis = json!({
        "period_end": period_end,
        "filing_id": filing,
        "website_read_at": of(WEBSITE_INSIGHTS).map(|found| found.made_at),
    });
    Ok(Some(Rules { analysis, report, basis }))
}

/// What is stored of a company, in the shape that this version knows.
fn stored<T: serde::de::DeserializeOwned>(found: &Enrichment, orgnr: Orgnr) -> sqlx::Result<T> {
    serde_json::from_value(found.data.clone()).map_err(|error| {
        let kind = found.kind.replace('_', " ");
        sqlx::Error::Decode(format!("the stored {kind} of {orgnr} cannot be read: {error}").into())
    })
}
