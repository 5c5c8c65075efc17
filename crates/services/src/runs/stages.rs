//! Which job does the next part of a company of a run. A run of one stage has one; a run in stages goes on, company by company, in the
//! transaction that ends the stage before, so that whoever is killed leaves each company at a stage with its job.

use domain::analysis::Stages;
use domain::analysis::stages::{COMPANY_REPORT, SCREEN};
use domain::orgnr::Orgnr;
use jobs::analyse_company::{AnalyseCompany, RULES_ANALYSIS};
use jobs::analyse_company_with_model::{AnalyseCompanyWithModel, MODEL_ANALYSIS};
use jobs::enrich_company::{self, EnrichCompany};
use jobs::keep_company_report::KeepCompanyReport;
use queue::{Options, enqueue_many};
use store::PgConnection;
use store::companies::key;
use store::runs::{RunWork, items};
use uuid::Uuid;

use super::RunError;
use crate::trace;

/// What a job does of a company, in the order in which a run in stages does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Work {
    Screen,
    Enrichment,
    Rules,
    Model,
    Report,
}

impl Work {
    const ALL: [Self; 5] = [Self::Screen, Self::Enrichment, Self::Rules, Self::Model, Self::Report];

    fn of_part(part: &str) -> Self {
        match part {
            SCREEN => Self::Screen,
            RULES_ANALYSIS => Self::Rules,
            MODEL_ANALYSIS => Self::Model,
            COMPANY_REPORT => Self::Report,
            _ => Self::Enrichment,
        }
    }

    /// The first thing to do of these parts.
    fn first(parts: &[String]) -> Option<Self> {
        parts.iter().map(|part| Self::of_part(part)).min()
    }
}

/// The parts of a run whose analysis is done by rules or by a model.
#[must_use]
pub fn parts_of(stages: Option<Stages>, is_by_model: bool) -> Vec<String> {
    let analysis = if is_by_model { MODEL_ANALYSIS } else { RULES_ANALYSIS };
    let Some(stages) = stages else { return vec![analysis.to_owned()] };
    let mut parts = vec![SCREEN];
    if stages.research {
        parts.extend(enrich_company::PARTS);
    }
    parts.push(analysis);
    if stages.report {
        parts.push(COMPANY_REPORT);
    }
    parts.into_iter().map(str::to_owned).collect()
}

/// Enqueues for each company the job of the first of its waiting parts.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn enqueue_due(
    conn: &mut PgConnection,
    run: Uuid,
    by: Uuid,
    request_id: Option<&String>,
    due: &[(Orgnr, Vec<String>)],
) -> Result<(), RunError> {
    let options = Options { requested_by: Some(by), trace: trace::kept(request_id), ..Options::default() };
    for work in Work::ALL {
        let of_work = due.iter().filter(|(_, parts)| Work::first(parts) == Some(work));
        let orgnrs: Vec<Orgnr> = of_work.map(|(orgnr, _)| *orgnr).collect();
        enqueue(conn, run, work, &options, &orgnrs).await?;
    }
    Ok(())
}

async fn enqueue(
    conn: &mut PgConnection,
    run: Uuid,
    work: Work,
    options: &Options,
    orgnrs: &[Orgnr],
) -> Result<(), RunError> {
    if orgnrs.is_empty() {
        return Ok(());
    }
    let companies = orgnrs.iter().copied();
    let done = match work {
        Work::Enrichment => {
            let jobs: Vec<_> = companies.map(|orgnr| EnrichCompany { run, orgnr }).collect();
            enqueue_many(conn, &jobs, options).await?
        }
        Work::Screen | Work::Rules => {
            let jobs: Vec<_> = companies.map(|orgnr| AnalyseCompany { run, orgnr }).collect();
            enqueue_many(conn, &jobs, options).await?
        }
        Work::Model => {
            let jobs: Vec<_> = companies.map(|orgnr| AnalyseCompanyWithModel { run, orgnr }).collect();
            enqueue_many(conn, &jobs, options).await?
        }
        Work::Report => {
            let jobs: Vec<_> = companies.map(|orgnr| KeepCompanyReport { run, orgnr }).collect();
            enqueue_many(conn, &jobs, options).await?
        }
    };
    let numbers: Vec<i64> = orgnrs.iter().copied().map(key).collect();
    let jobs: Vec<i64> = done.iter().map(|job| job.id.0).collect();
    items::tie(conn, run, &numbers, &jobs).await?;
    Ok(())
}

/// How the stage before ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The screening, with its score.
    Screened(Option<u8>),
    /// Another stage, with or without what it looked for: the next one can do without.
    Done,
    /// What the next stage rests on is not there.
    Failed,
}

/// Enqueues the next stage of a company, or skips what is left of it. It comes after the job of the stage before was completed, in the same
/// transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn go_on(
    conn: &mut PgConnection,
    (run, orgnr): (Uuid, Orgnr),
    work: &RunWork,
    ended: Ended,
) -> Result<(), RunError> {
    let Some(stages) = work.stages.as_deref().copied() else { return Ok(()) };
    match ended {
        Ended::Failed => return Ok(items::skip_queued(conn, run, orgnr, "stage_failed").await?),
        Ended::Screened(points) if !stages.lets_through(points) => {
            return Ok(items::skip_queued(conn, run, orgnr, "below_score").await?);
        }
        Ended::Screened(_) | Ended::Done => {}
    }
    let waiting = items::queued(conn, run, orgnr).await?;
    enqueue_due(conn, run, work.owner, None, &[(orgnr, waiting)]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_come_in_the_order_of_their_cost_and_one_stage_is_the_analysis_alone() {
        let all = Stages { min_points: Some(60), research: true, report: true };
        let parts = parts_of(Some(all), true);
        let work: Vec<Work> = parts.iter().map(|part| Work::of_part(part)).collect();
        assert!(work.is_sorted(), "{parts:?}");
        assert_eq!(parts.first().map(String::as_str), Some(SCREEN));
        assert_eq!(Work::first(&parts[1..]), Some(Work::Enrichment));
        assert_eq!(parts_of(None, true), [MODEL_ANALYSIS]);
        assert_eq!(parts_of(Some(Stages::default()), false), [SCREEN, RULES_ANALYSIS]);
    }
}
