//! Reads what is known of a company and makes its dossier.

use artifacts::Artifacts;
use domain::analysis::{CompanyDossier, Known, Year, build};
use domain::currency::Currency;
use domain::orgnr::Orgnr;
use domain::statement::Quality;
use domain::website::PageText;
use futures::TryStreamExt;
use llm::Provider;
use rust_decimal::prelude::ToPrimitive;
use sha2::{Digest, Sha256};
use store::companies::{self, key};
use store::current_periods::{self, CurrentPeriod};
use store::{PgPool, company_facts, homepages, web_pages};

/// Pages that are read at most.
const MOST_PAGES: usize = 30;
/// Bytes of one page that are read at most.
const MOST_PAGE_BYTES: usize = 400_000;
/// Bytes of a dossier at most, however large the window: longer ones cost more and are read worse.
const MOST_BYTES: usize = 48_000;
/// Tokens for the rules, the question and the schema.
const FRAME_TOKENS: u32 = 1_500;
/// Bytes of a token at least: Swedish and digits take more tokens than English prose.
const BYTES_PER_TOKEN: usize = 2;

/// A dossier with its text and the hash that names it.
#[derive(Clone, Debug)]
pub struct MadeDossier {
    /// What can be cited, and what was taken out.
    pub made: CompanyDossier,
    /// The dossier as `lode evidence check` reads it.
    pub json: String,
    /// SHA-256 of `json`.
    pub sha256: String,
}

/// Room for a dossier in a provider's window beside an answer of so many tokens.
#[must_use]
pub fn room_for(provider: &Provider, output_tokens: u32) -> usize {
    // The answer may be raised once to twice its size, and a wrong one is sent back with the next question.
    let tokens = provider.context_tokens.saturating_sub(output_tokens.saturating_mul(2)).saturating_sub(FRAME_TOKENS);
    (tokens as usize).saturating_mul(BYTES_PER_TOKEN).min(MOST_BYTES)
}

/// Reads and makes.
pub(super) async fn make(
    db: &PgPool,
    artifacts: &Artifacts,
    orgnr: Orgnr,
    most_bytes: usize,
) -> anyhow::Result<MadeDossier> {
    let (name, facts, years, listed) = {
        let mut conn = db.acquire().await?;
        let name = companies::read(&mut conn, &[key(orgnr)]).await?.pop().and_then(|company| company.record.name);
        let facts = company_facts::read(&mut conn, &[key(orgnr)]).await?.pop();
        let years = current_periods::current(&mut conn, &[key(orgnr)], None).await?;
        let is_own = homepages::find(&mut conn, orgnr).await?.is_some_and(|homepage| homepage.is_verified());
        // Pages of a site that is not proved to be the company's say nothing of it.
        let listed = if is_own { web_pages::of_company(&mut conn, orgnr).await? } else { Vec::new() };
        (name, facts, years, listed)
    };
    let mut pages = Vec::new();
    for page in listed.into_iter().take(MOST_PAGES) {
        let Some(text) = read_text(artifacts, &page.sha256, MOST_PAGE_BYTES).await? else { continue };
        pages.push(PageText {
            url: page.url,
            title: page.title,
            language: page.language,
            text,
            sha256: page.sha256,
            fetched_at: page.fetched_at,
            markers: page.markers,
        });
    }
    let years: Vec<Year> = years.iter().filter(|year| is_told(year)).map(year_of).collect();
    let known = Known { orgnr, name: name.as_deref(), years: &years, facts: facts.as_ref(), pages: &pages };
    let made = build(&known, most_bytes);
    let json = serde_json::to_string(&made.dossier)?;
    let sha256 = hex::encode(Sha256::digest(json.as_bytes()));
    Ok(MadeDossier { made, json, sha256 })
}

/// Whether a year's figures can be trusted and are in the currency in which facts are told.
fn is_told(year: &CurrentPeriod) -> bool {
    year.judgement.quality != Quality::Suspect && year.statement.currency == Currency::SEK
}

fn year_of(year: &CurrentPeriod) -> Year {
    let amounts = year.statement.figures.iter().map(|(line, amount)| {
        let filing = year.source(line).unwrap_or(year.filing_id);
        (line, amount, filing.to_string())
    });
    let employees = year.statement.employees.and_then(|employees| employees.to_f64());
    Year {
        period: year.statement.period,
        scope: year.statement.scope,
        amounts: amounts.collect(),
        employees: employees.map(|employees| (employees, year.employees_source.unwrap_or(year.filing_id).to_string())),
    }
}

/// A text of the artifact store, as far as `most` bytes go; `None` where the store does not have it.
///
/// # Errors
/// When the store does not answer.
pub async fn read_text(artifacts: &Artifacts, sha256: &str, most: usize) -> anyhow::Result<Option<String>> {
    let Some((_, mut stream)) = artifacts.get(sha256).await? else { return Ok(None) };
    let mut bytes = Vec::new();
    while let Some(piece) = stream.try_next().await? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > most {
            bytes.truncate(most);
            break;
        }
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
