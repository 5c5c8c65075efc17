//! Evaluations on golden sets: recorded, compared, and asked for before a template becomes the default.

mod by_model;

use chrono::{DateTime, Utc};
use domain::analysis::Template;
use domain::analysis::evaluation::{Evaluation, EvaluationSet, evaluate_rules};
use serde_json::{Value, json};
use store::evaluations;
use store::{PgPool, audit};
use uuid::Uuid;

pub use by_model::by_model;
pub use store::evaluations::StoredEvaluation;

use crate::actor::Actor;
use crate::error::{Result, ServiceError, stored};
use crate::templates::StoredTemplate;

/// A template that is evaluated: a saved version, or one that is not saved.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// What it is called.
    pub name: String,
    /// The saved version.
    pub saved: Option<(Uuid, i32)>,
    /// The template itself.
    pub template: Template,
}

/// What came of an evaluation.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The counts.
    pub evaluation: Evaluation,
    /// Mean time per company, in milliseconds.
    pub latency_ms: f64,
    /// `rules`, or provider and model.
    pub method: String,
    /// What the calls cost as they are recorded, in millionths of the currency of the settings; 0 for rules.
    pub cost: i64,
    /// Calls; 0 for rules.
    pub calls: i64,
}

impl Outcome {
    /// As it is recorded and told.
    #[must_use]
    pub fn told(&self) -> Value {
        let mut told = serde_json::to_value(&self.evaluation).unwrap_or_default();
        told["verified_rate"] = json!(self.evaluation.verified_rate());
        told["contradicted_rate"] = json!(self.evaluation.contradicted_rate());
        told["latency_ms"] = json!(self.latency_ms);
        told["cost"] = if self.cost == 0 { json!(0) } else { json!(self.cost as f64 / 1e6) };
        told["calls"] = json!(self.calls);
        told
    }
}

/// Runs the rules analyst over a set.
///
/// # Errors
/// A company of the set cannot be read.
pub fn by_rules(
    set: &EvaluationSet,
    template: &Template,
    hash: impl Fn(&str) -> String,
    now: DateTime<Utc>,
) -> Result<Outcome> {
    let begun = std::time::Instant::now();
    let found = evaluate_rules(set, template, hash, now);
    let evaluation = found.map_err(|error| ServiceError::input(error.pointer, error.message))?;
    let latency_ms = begun.elapsed().as_secs_f64() * 1e3 / evaluation.companies.max(1) as f64;
    let latency_ms = (latency_ms * 1e3).round() / 1e3;
    Ok(Outcome { evaluation, latency_ms, method: "rules".to_owned(), cost: 0, calls: 0 })
}

/// Records an outcome; its identity.
///
/// # Errors
/// When the database does not answer.
pub async fn record(
    db: &PgPool,
    set_name: &str,
    set_sha256: &str,
    evaluated: &Evaluated,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> Result<Uuid> {
    let stored = StoredEvaluation {
        id: Uuid::new_v4(),
        set_name: set_name.to_owned(),
        set_sha256: set_sha256.to_owned(),
        template_id: evaluated.saved.map(|(id, _)| id),
        template_version: evaluated.saved.map(|(_, version)| version),
        template_name: evaluated.name.clone(),
        method: outcome.method.clone(),
        result: outcome.told(),
        made_at: now,
    };
    Ok(evaluations::record(&mut *db.acquire().await?, &stored).await?)
}

/// The newest evaluations, of one template or of all.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &PgPool, template: Option<Uuid>, limit: i64) -> Result<Vec<StoredEvaluation>> {
    Ok(evaluations::list(&mut *db.acquire().await?, template, limit).await?)
}

/// The template that a run takes when none is named; `None` for the built-in one.
///
/// # Errors
/// When the database does not answer.
pub async fn default_template(db: &PgPool) -> Result<Option<StoredTemplate>> {
    let mut conn = db.acquire().await?;
    let Some((id, version)) = evaluations::default_template(&mut conn).await? else { return Ok(None) };
    Ok(store::runs::templates::find_version(&mut conn, id, Some(version)).await?)
}

/// Makes the newest version of a template the default, once it was evaluated on the set.
///
/// # Errors
/// No such template; its newest version has no recorded evaluation on the set, one by a model where the template asks one.
pub async fn make_default(
    db: &PgPool,
    actor: &Actor,
    id: Uuid,
    set_name: &str,
    now: DateTime<Utc>,
) -> Result<StoredTemplate> {
    let mut tx = db.begin().await?;
    store::runs::templates::lock(&mut tx, id).await?;
    let missing = || ServiceError::Missing(format!("there is no template {id}"));
    let found = store::runs::templates::find(&mut tx, id).await?.ok_or_else(missing)?;
    let template: Template = stored(&format!("template {id}"), found.body.clone())?;
    // What a template asks a model is not tried by an evaluation in which rules wrote.
    let by_model = template.questions.is_some();
    let evaluation = evaluations::newest_on(&mut tx, id, found.version, set_name, by_model).await?.ok_or_else(|| {
        let (whose, option) = if by_model { (" by a model", " --provider NAME") } else { ("", "") };
        ServiceError::Conflict(format!(
            "version {} of “{}” has no recorded evaluation{whose} on the set “{set_name}”; run: lode eval --set FILE --template {id}{option}",
            found.version, found.name
        ))
    })?;
    evaluations::set_default(&mut tx, id, found.version, evaluation, actor.user, now).await?;
    let event = actor.event("template.default").about("template", id);
    audit::record(&mut tx, &event.with(json!({ "version": found.version, "set": set_name }))).await?;
    tx.commit().await?;
    Ok(found)
}
