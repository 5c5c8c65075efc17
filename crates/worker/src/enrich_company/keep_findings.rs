//! Writes what was found, part by part, and completes the job in the same transaction.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::website::{RULES_VERSION, about_summary, company_profile, website_insights};
use queue::{Context, JobError};
use serde_json::Value;
use store::companies::{self, key};
use store::enrichments::{self, Enrichment};
use store::homepages::Homepage;
use store::runs;
use store::runs::items::{self, Outcome};

use super::read_pages::Visit;
use crate::{JobState, not_enqueued};
use ingest::websites::{self, Reading};
use jobs::enrich_company::{ABOUT_SUMMARY, COMPANY_PROFILE, EnrichCompany, HOMEPAGE, WEBSITE_INSIGHTS};
use services::runs::stages::{Ended, go_on};

/// Everything that a look at a company found.
pub struct Findings {
    /// Where its website is.
    pub homepage: Homepage,
    /// What was read there, where it is proved and something of it is wanted.
    pub visit: Option<Visit>,
    /// Why another attempt may find more.
    pub passing: Option<(String, Option<Duration>)>,
    /// Why the search provider, which would have been asked, gave no answer.
    pub not_searched: Option<String>,
}

/// Keeps it all, ends the parts, recomputes the company's facts, completes the job.
pub async fn keep(
    state: &JobState,
    job: &EnrichCompany,
    parts: &[String],
    findings: &Findings,
    context: &Context,
) -> Result<(), JobError> {
    let now = Utc::now();
    let mut tx = state.db.begin().await?;
    // The job before its company and its parts, as everybody who locks several of them does.
    context.hold(&mut tx).await?;
    // Writers of a company wait for one another here, in the order that imports use too.
    companies::lock(&mut tx, &[key(job.orgnr)]).await?;
    let nothing = Reading::default();
    let reading = findings.visit.as_ref().map_or(&nothing, |visit| &visit.reading);
    // Nobody has looked everywhere yet: the look is not kept, so that the next run does not find it fresh.
    if findings.not_searched.is_none() {
        websites::keep(&mut tx, &findings.homepage, reading).await?;
    }
    let name = companies::read(&mut tx, &[key(job.orgnr)]).await?.pop().and_then(|company| company.record.name);
    for part in parts {
        let outcome = match judge(findings, part, name.as_deref().unwrap_or_default())? {
            Judged::Found(data) => {
                enrichments::keep(&mut tx, job.orgnr, &made(part, data, job, now)).await?;
                Outcome::Completed
            }
            Judged::Done => Outcome::Completed,
            Judged::Not(reason, story) => Outcome::Failed(reason, story),
        };
        items::end(&mut tx, job.run, job.orgnr, part, &outcome).await?;
    }
    store::ingest::recompute(&mut tx, &[key(job.orgnr)], now).await?;
    context.complete(&mut tx).await?;
    if let Some(run) = runs::work(&mut tx, job.run).await?.filter(|run| !run.is_cancelled) {
        // Figures alone can be analysed too.
        go_on(&mut tx, (job.run, job.orgnr), &run, Ended::Done).await.map_err(not_enqueued)?;
    }
    tx.commit().await?;
    Ok(())
}

fn made(part: &str, data: Value, job: &EnrichCompany, now: DateTime<Utc>) -> Enrichment {
    Enrichment {
        kind: part.to_owned(),
        data,
        method: "rules".to_owned(),
        method_version: RULES_VERSION,
        run_id: Some(job.run),
        made_at: now,
    }
}

enum Judged {
    /// Something to keep.
    Found(Value),
    /// Kept elsewhere.
    Done,
    /// Nothing, for a reason: a stable word and the story.
    Not(&'static str, String),
}

fn judge(findings: &Findings, part: &str, name: &str) -> Result<Judged, JobError> {
    let homepage = &findings.homepage;
    if !homepage.is_verified() {
        if let Some(story) = &findings.not_searched {
            return Ok(Judged::Not("not_searched", story.clone()));
        }
        if let Some((story, _)) = &findings.passing {
            return Ok(Judged::Not("unreachable", story.clone()));
        }
        return Ok(match &homepage.url {
            Some(url) => Judged::Not("unproved", format!("nothing on {url} proves that it is the company's")),
            None => Judged::Not("no_homepage", "no website that the register or the name suggests answers".to_owned()),
        });
    }
    if part == HOMEPAGE {
        return Ok(Judged::Done);
    }
    let Some(visit) = &findings.visit else {
        return Ok(Judged::Not("unreachable", "the website was not read".to_owned()));
    };
    let insights = website_insights(&visit.pages);
    let found = match part {
        ABOUT_SUMMARY => about_summary(&visit.pages, name).map(serde_json::to_value),
        WEBSITE_INSIGHTS => (!insights.is_empty()).then(|| serde_json::to_value(&insights)),
        COMPANY_PROFILE => {
            let profile = company_profile(&visit.pages, &insights);
            (!profile.is_empty()).then(|| serde_json::to_value(&profile))
        }
        other => return Err(JobError::fail(format!("there is no enrichment “{other}”"))),
    };
    Ok(match found.transpose().map_err(JobError::fail)? {
        Some(data) => Judged::Found(data),
        None => {
            Judged::Not("nothing_found", format!("the rules find nothing of the kind on {} pages", visit.pages.len()))
        }
    })
}
