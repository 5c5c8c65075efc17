//! What a deployment does and keeps: jobs, files, backups, models.

use std::time::Duration;

use artifacts::Artifacts;
use chrono::Utc;
use services::control_jobs;
use services::models::{Models, models};
use sha2::{Digest, Sha256};
use store::PgPool;
use store::maintenance;

use crate::wiring;
use config::Config;
use services::diagnosis::{self, Finding, Part};

/// How long the artifact store and a model's row have to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Looks at jobs and backups, which are told by Postgres, and at models.
pub(super) async fn look(pool: &PgPool, config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    match control_jobs::overview(pool).await {
        Ok(overview) => findings.extend(diagnosis::jobs(&overview, &wiring::BUILD.text())),
        Err(error) => findings.push(Finding::unknown(
            Part::Queues,
            format!("the queues are not told: {error}"),
            "run lode migrate",
        )),
    }
    let last = async { maintenance::last(&mut *pool.acquire().await?, maintenance::BACKUP).await }.await;
    findings.push(match last {
        Ok(last) => diagnosis::backup(last.as_ref(), Utc::now()),
        Err(error) => Finding::unknown(Part::Backup, format!("it is not told: {error}"), "run lode migrate"),
    });
    let store = match wiring::open_artifacts(config) {
        Ok(store) => store,
        Err(error) => {
            findings.push(Finding::failure(Part::Artifacts, format!("{error:#}"), "correct ARTIFACT_STORE_URL"));
            return findings;
        }
    };
    findings.push(try_store(&store).await);
    // What the providers answered stands in the database; asking them costs money.
    let known = Models::new(config, None, pool.clone(), store);
    match models(&known).await {
        Ok(seen) => findings.extend(diagnosis::seen_models(&seen, Utc::now())),
        Err(error) => {
            findings.push(Finding::unknown(Part::Models, format!("they are not told: {error}"), "run lode migrate"));
        }
    }
    findings.push(match services::search::view(config, pool).await {
        Ok(view) => diagnosis::search_provider(view.as_ref(), Utc::now()),
        Err(error) => Finding::unknown(Part::Search, format!("it is not told: {error}"), "run lode migrate"),
    });
    findings
}

/// Writes a file that nobody has, reads it back and removes it.
async fn try_store(store: &Artifacts) -> Finding {
    let content = format!("lode doctor {}", uuid::Uuid::new_v4());
    let sha256 = hex::encode(Sha256::digest(&content));
    let trying = async {
        store.put(&sha256, content.into()).await?;
        let is_there = store.has(&sha256).await?;
        store.remove(&sha256).await?;
        anyhow::ensure!(is_there, "a file that was just written is not there");
        anyhow::Ok(())
    };
    let remedy = "let this program read, write and delete there; imports and exports fail meanwhile";
    match tokio::time::timeout(PATIENCE, trying).await {
        Ok(Ok(())) => Finding::well(Part::Artifacts, format!("{} takes, gives and removes a file", store.place())),
        Ok(Err(error)) => Finding::failure(Part::Artifacts, format!("{}: {error:#}", store.place()), remedy),
        Err(_) => Finding::failure(Part::Artifacts, format!("{} does not answer within 10 s", store.place()), remedy),
    }
}
