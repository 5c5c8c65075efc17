//! `lode eval`: how well an analyst does on a golden set, recorded where there is a database.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use artifacts::Artifacts;
use chrono::Utc;
use config::Config;
use domain::analysis::evaluation::{EvaluationSet, read_set};
use domain::analysis::{Template, shipped};
use services::evaluations::{self, Evaluated, Outcome};
use services::models::Models;
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::console;

/// Which set, which template, and how to answer.
#[derive(clap::Args)]
pub struct Arguments {
    /// The set, as JSON (docs/evaluation.md has its shape)
    #[arg(long, value_name = "FILE")]
    set: PathBuf,
    /// `acquisition` (built in), `triage`, `full`, `outreach` (shipped, for models), the id of a saved template (needs DATABASE_URL or --data-dir), or a
    /// template's JSON file
    #[arg(long, value_name = "TEMPLATE")]
    template: String,
    /// Who is evaluated: `rules`, or a model of the settings by its name, such as `default` (needs DATABASE_URL)
    #[arg(long, value_name = "PROVIDER", default_value = "rules")]
    provider: String,
    /// Data directory of an installation that runs; DATABASE_URL wins
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Answer with JSON
    #[arg(long)]
    json: bool,
}

/// Evaluates and records. Exit status 0: done; 2: an input is malformed.
///
/// # Errors
/// A file cannot be read, the provider or template is not known, or the database does not answer.
pub async fn run(arguments: Arguments, config: Config) -> anyhow::Result<ExitCode> {
    let known = config.models.providers.iter().map(|provider| provider.name.as_str());
    if arguments.provider != "rules" && !known.clone().any(|name| name == arguments.provider) {
        let known: Vec<&str> = known.chain(["rules"]).collect();
        bail!("there is no provider “{}” that can be evaluated: {}", arguments.provider, known.join(", "));
    }
    let bytes = std::fs::read(&arguments.set).with_context(|| format!("{} cannot be read", arguments.set.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    let set = match read_set(&text) {
        Ok(set) => set,
        Err(error) => {
            console::error(&format!("{}: {error}", arguments.set.display()));
            return Ok(ExitCode::from(2));
        }
    };
    let running = arguments.data_dir.as_deref().and_then(embedded::running::find);
    let url = config.database_url.clone().or(running.map(|running| running.database_url));
    if let (None, Some(folder)) = (&url, &arguments.data_dir) {
        bail!("no installation runs on {}; start it with lode up --data-dir, or set DATABASE_URL", folder.display());
    }
    let db = match &url {
        Some(url) => Some(crate::wiring::connect_database(url, "lode eval").await?),
        None => None,
    };
    let evaluated = template(&arguments.template, db.as_ref()).await?;
    let now = Utc::now();
    let outcome = if arguments.provider == "rules" {
        evaluations::by_rules(&set, &evaluated.template, |text| hex::encode(Sha256::digest(text)), now)?
    } else {
        let Some(db) = &db else {
            bail!("a model needs DATABASE_URL: its calls are limited by what is recorded there");
        };
        let folder = arguments.data_dir.as_ref().unwrap_or(&config.data_dir);
        let places = (db, &super::import::artifacts(&config, folder)?);
        by_model(places, &config, &arguments.provider, &set, &evaluated).await?
    };
    let recorded = match &db {
        Some(db) => {
            let sha256 = hex::encode(Sha256::digest(&bytes));
            Some(evaluations::record(db, &set.name, &sha256, &evaluated, &outcome, now).await?)
        }
        None => None,
    };
    if arguments.json {
        let mut told = outcome.told();
        told["set"] = serde_json::json!(set.name);
        told["template"] = serde_json::json!(evaluated.name);
        told["method"] = serde_json::json!(outcome.method);
        told["evaluation_id"] = serde_json::json!(recorded);
        console::say(&serde_json::to_string_pretty(&told)?);
    } else {
        tell(&set.name, &evaluated, &outcome, recorded);
    }
    Ok(ExitCode::SUCCESS)
}

/// The template of an argument.
async fn template(given: &str, db: Option<&store::PgPool>) -> anyhow::Result<Evaluated> {
    if given == "acquisition" {
        return Ok(Evaluated { name: "Acquisition".to_owned(), saved: None, template: Template::acquisition() });
    }
    if let Some(shipped) = shipped(given) {
        return Ok(Evaluated { name: shipped.key.to_owned(), saved: None, template: shipped.template() });
    }
    let (name, saved, body) = match (Uuid::parse_str(given), db) {
        (Ok(_), None) => bail!("a saved template needs DATABASE_URL"),
        (Ok(id), Some(db)) => {
            let found = services::templates::find(db, id).await?;
            let found = found.with_context(|| format!("there is no template {id}"))?;
            (found.name, Some((found.id, found.version)), found.body)
        }
        (Err(_), _) => {
            let text = std::fs::read_to_string(given).with_context(|| {
                format!("{given} is no template: not “acquisition”, “triage”, “full” or “outreach”, no id, and no file that can be read")
            })?;
            (given.to_owned(), None, serde_json::from_str(&text).with_context(|| format!("{given} is not JSON"))?)
        }
    };
    let template: Template = serde_json::from_value(body).with_context(|| format!("{name} is no template"))?;
    template.check().with_context(|| name.clone())?;
    Ok(Evaluated { name, saved, template })
}

/// Asks a model about every company of the set; Ctrl-C closes the calls under way.
async fn by_model(
    places: (&store::PgPool, &Artifacts),
    config: &Config,
    provider: &str,
    set: &EvaluationSet,
    evaluated: &Evaluated,
) -> anyhow::Result<Outcome> {
    let models = Models::new(config, None, places.0.clone(), places.1.clone());
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.cancel();
        }
    });
    Ok(evaluations::by_model(&models, places, provider, set, evaluated, Utc::now(), &cancel).await?)
}

fn tell(set: &str, evaluated: &Evaluated, outcome: &Outcome, recorded: Option<Uuid>) {
    let found = &outcome.evaluation;
    let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", share * 100.0));
    let version = evaluated.saved.map_or_else(String::new, |(_, version)| format!(" v{version}"));
    console::say(&format!(
        "set {set}, template {}{version}, by {}: {} companies",
        evaluated.name, outcome.method, found.companies
    ));
    console::say(&format!(
        "  verified claims      {:>8}  ({} of {})",
        percent(found.verified_rate()),
        found.verified,
        found.claims
    ));
    console::say(&format!(
        "  contradicted claims  {:>8}  ({})",
        percent(found.contradicted_rate()),
        found.contradicted
    ));
    console::say(&format!("  growth not checked   {:>8}  (a set holds one year)", found.unchecked));
    console::say(&format!("  schema failures      {:>8}", found.schema_failures));
    console::say(&format!("  without an answer    {:>8}", found.unanswered));
    let kappa = found.weighted_kappa.map_or_else(|| "–".to_owned(), |kappa| format!("{kappa:.3}"));
    console::say(&format!("  weighted kappa       {kappa:>8}  ({} not scored)", found.unscored));
    console::say(&format!("  latency              {:>8.2} ms a company", outcome.latency_ms));
    let cost = outcome.cost as f64 / 1e6;
    console::say(&format!("  cost                 {cost:>8.4}  ({} calls)", outcome.calls));
    for result in &found.results {
        if let Some(error) = &result.error {
            console::say(&format!("  {} {error}", result.orgnr));
        }
    }
    for result in found.results.iter().filter(|result| !result.unverified.is_empty()) {
        for claim in &result.unverified {
            console::say(&format!("  {} {:?}: {}", result.orgnr, claim.verdict, claim.text));
        }
    }
    match recorded {
        Some(id) => console::say(&format!("recorded as {id}")),
        None => console::say("not recorded: no DATABASE_URL"),
    }
}
