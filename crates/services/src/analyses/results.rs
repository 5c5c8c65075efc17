//! What people do with the result of an analysis: approve or reject it, change its report, put an older report back.
//!
//! A company is locked before its analysis, as imports and jobs do, because what is approved is screened: each of these actions computes the
//! company's facts anew in its own transaction.

use chrono::Utc;
use domain::analysis::{Change, Edit, Report, revise};
use domain::orgnr::Orgnr;
use serde_json::{Value, json};
use store::analyses::{self, MadeAnalysis, changes};
use store::companies::{self, key};
use store::runs::{self, Run};
use store::{PgConnection, PgPool, Postgres, Transaction, audit, ingest};
use uuid::Uuid;

pub use store::analyses::changes::StoredChange;

use crate::actor::Actor;
use crate::error::{Result, ServiceError, stored};

/// Versions of one report, each of which is kept.
const MOST_VERSIONS: i32 = 1_000;

/// A report after a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Revised {
    /// Version that it has now.
    pub version: i32,
    /// The report.
    pub report: Value,
    /// What changed.
    pub changes: Vec<Change>,
}

/// Keeps what a job of a run has made of a company; it is approved at once where the run's rule says so. The caller holds the lock of the
/// company where the run has a rule.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(
    conn: &mut PgConnection,
    (run, company): (Uuid, Orgnr),
    made: &MadeAnalysis<'_>,
) -> std::result::Result<(), store::SqlError> {
    if analyses::keep(conn, run, company, made).await? {
        ingest::recompute(conn, &[key(company)], made.at).await?;
    }
    Ok(())
}

/// The run, when the person may see it, with the company locked.
async fn begin(conn: &mut PgConnection, actor: &Actor, run: Uuid, company: Orgnr) -> Result<Run> {
    let missing = || ServiceError::Missing(format!("there is no run {run} that you can see"));
    let run = runs::find(conn, run, actor.user).await?.ok_or_else(missing)?;
    companies::lock(conn, &[key(company)]).await?;
    Ok(run)
}

fn no_analysis(company: Orgnr) -> ServiceError {
    ServiceError::Missing(format!("the run has no analysis of {company}"))
}

/// Keeps what a person thinks of the analysis of a company: `approved`, `rejected`, or nothing any more.
///
/// # Errors
/// No such run that the person may see, or it has no analysis of the company.
pub async fn judge(db: &PgPool, actor: &Actor, run: Uuid, company: Orgnr, verdict: Option<&str>) -> Result<()> {
    let mut tx = db.begin().await?;
    begin(&mut tx, actor, run, company).await?;
    if !analyses::judge(&mut tx, run, company, verdict, actor.user).await? {
        return Err(no_analysis(company));
    }
    let event = actor.event("analysis.verdict").about("run", run).of_company(company);
    audit::record(&mut tx, &event.with(json!({ "verdict": verdict }))).await?;
    ingest::recompute(&mut tx, &[key(company)], Utc::now()).await?;
    tx.commit().await?;
    Ok(())
}

/// The report of a locked analysis in the version that the change was made from.
async fn report_at(conn: &mut PgConnection, run: Uuid, company: Orgnr, version: i32) -> Result<Value> {
    let (mut result, found, _) = changes::lock(conn, run, company).await?.ok_or_else(|| no_analysis(company))?;
    if found != version {
        return Err(ServiceError::Conflict(format!(
            "the analysis of {company} was changed meanwhile: it is at version {found}, the change was made from {version}; load it again"
        )));
    }
    if found >= MOST_VERSIONS {
        return Err(ServiceError::TooMany(format!(
            "a report can be changed {MOST_VERSIONS} times; analyse {company} again"
        )));
    }
    match result.get_mut("report").map(Value::take) {
        Some(report @ Value::Object(_)) => Ok(report),
        _ => Err(ServiceError::Conflict(
            "the analysis was made by a version of the program that wrote no report; analyse the company again"
                .to_owned(),
        )),
    }
}

/// Writes what changed, with audit and the company's facts, and ends the transaction.
async fn finish(
    mut tx: Transaction<'_, Postgres>,
    actor: &Actor,
    (run, company): (Uuid, Orgnr),
    before: &Value,
    revised: (Value, Vec<Change>),
) -> Result<Revised> {
    let (report, made) = revised;
    let version = changes::write(&mut tx, run, company, before, &report, &json!(made), actor.user).await?;
    let places: Vec<&str> = made.iter().map(|change| change.place.as_str()).collect();
    let event = actor.event("analysis.edit").about("run", run).of_company(company);
    audit::record(&mut tx, &event.with(json!({ "version": version, "places": places }))).await?;
    ingest::recompute(&mut tx, &[key(company)], Utc::now()).await?;
    tx.commit().await?;
    Ok(Revised { version, report, changes: made })
}

/// Changes the report of a company. `version` is the one that the person has seen.
///
/// # Errors
/// No such run that the person may see, no analysis of the company, another version, or an edit that cannot be made.
pub async fn edit(
    db: &PgPool,
    actor: &Actor,
    run: Uuid,
    company: Orgnr,
    version: i32,
    edits: &[Edit],
) -> Result<Revised> {
    let mut tx = db.begin().await?;
    begin(&mut tx, actor, run, company).await?;
    let before = report_at(&mut tx, run, company, version).await?;
    let report: Report = stored(&format!("report on {company}"), before.clone())?;
    let (changed, made) = revise(&report, edits)
        .map_err(|error| ServiceError::input(format!("/edits/{}/{}", error.index, error.field), error.message))?;
    let after = serde_json::to_value(&changed).map_err(|error| ServiceError::Internal(error.into()))?;
    finish(tx, actor, (run, company), &before, (after, made)).await
}

/// Puts the report back that stood before a version was made; the history keeps both.
///
/// # Errors
/// No such run that the person may see, no analysis of the company, another version, or no change made that version.
pub async fn undo(db: &PgPool, actor: &Actor, run: Uuid, company: Orgnr, version: i32, undone: i32) -> Result<Revised> {
    let mut tx = db.begin().await?;
    begin(&mut tx, actor, run, company).await?;
    let before = report_at(&mut tx, run, company, version).await?;
    let missing = || ServiceError::Missing(format!("no change of the analysis of {company} made version {undone}"));
    let after = changes::report_before(&mut tx, run, company, undone).await?.ok_or_else(missing)?;
    let place = format!("version {}", undone - 1);
    let made = vec![Change { place, before: json!(version), after: json!(undone - 1) }];
    finish(tx, actor, (run, company), &before, (after, made)).await
}

/// What people changed in the report of a company, newest first.
///
/// # Errors
/// No such run that the person may see.
pub async fn history(db: &PgPool, actor: &Actor, run: Uuid, company: Orgnr) -> Result<Vec<StoredChange>> {
    let mut conn = db.acquire().await?;
    let missing = || ServiceError::Missing(format!("there is no run {run} that you can see"));
    runs::find(&mut conn, run, actor.user).await?.ok_or_else(missing)?;
    Ok(changes::list(&mut conn, run, company).await?)
}
