//! What a deployment does and keeps: jobs, files, backups, models, emails.

use std::path::Path;
use std::time::Duration;

use artifacts::Artifacts;
use chrono::{DateTime, TimeDelta, Utc};
use services::control_jobs::{self, Overview};
use services::models::{ModelView, Models, models};
use sha2::{Digest, Sha256};
use store::PgPool;
use store::maintenance::{self, Fact};

use super::finding::{Finding, Part};
use crate::wiring;
use config::Config;

/// How long the artifact store and a model's row have to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Seconds that a job may wait: the alert LodeOldestJob fires then.
const LONG_WAIT: f64 = 1_800.0;

/// Looks at jobs and backups, which are told by Postgres, and at models.
pub(super) async fn look(pool: &PgPool, config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    match control_jobs::overview(pool).await {
        Ok(overview) => findings.extend(jobs(&overview)),
        Err(error) => findings.push(Finding::unknown(
            Part::Queues,
            format!("the queues are not told: {error}"),
            "run lode migrate",
        )),
    }
    let last = async { maintenance::last(&mut *pool.acquire().await?, maintenance::BACKUP).await }.await;
    findings.push(match last {
        Ok(last) => backup(last.as_ref(), Utc::now()),
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
        Ok(seen) => findings.extend(seen_models(&seen, Utc::now())),
        Err(error) => {
            findings.push(Finding::unknown(Part::Models, format!("they are not told: {error}"), "run lode migrate"));
        }
    }
    findings
}

fn jobs(overview: &Overview) -> Vec<Finding> {
    let waiting: i64 = overview.queues.iter().map(|queue| queue.available).sum();
    let workers = overview.workers.len();
    let mut findings = vec![match (workers, waiting) {
        (0, 0) => {
            Finding::warning(Part::Workers, "none lives", "start one: lode worker, or systemctl start lode-worker")
        }
        (0, _) => Finding::failure(
            Part::Workers,
            format!("none lives, and {waiting} jobs wait"),
            "start one: lode worker, or systemctl start lode-worker",
        ),
        _ => {
            let own = wiring::BUILD.text();
            match overview.workers.iter().find(|worker| worker.version != own) {
                Some(other) => Finding::warning(
                    Part::Workers,
                    format!("{workers} live; {} is of {}, this program is {own}", other.name, other.version),
                    "while a release rolls out this passes; otherwise restart the worker with this program",
                ),
                None => Finding::well(Part::Workers, format!("{workers} live")),
            }
        }
    }];
    let served = |queue: &str| overview.workers.iter().any(|worker| worker.queues.iter().any(|name| name == queue));
    let late: Vec<_> = overview
        .queues
        .iter()
        .filter(|queue| queue.oldest_seconds.is_some_and(|seconds| seconds > LONG_WAIT))
        .collect();
    findings.extend(late.iter().map(|queue| {
        let found = format!(
            "{}: {} wait, the oldest for {:.0} s",
            queue.queue,
            queue.available,
            queue.oldest_seconds.unwrap_or(0.0)
        );
        let remedy = if queue.paused_at.is_some() {
            format!("it is paused: POST /api/jobs/queues/{}/resume, or Administration › Queues", queue.queue)
        } else if served(&queue.queue) {
            "its workers are full: start more, or see which kind takes long (lode_job_run_seconds)".to_owned()
        } else {
            format!("no worker serves it: lode worker {}", queue.queue)
        };
        Finding::failure(Part::Queues, found, remedy)
    }));
    let paused = overview
        .queues
        .iter()
        .filter(|queue| queue.paused_at.is_some() && !late.iter().any(|late| late.queue == queue.queue));
    findings.extend(paused.map(|queue| {
        let remedy = format!("POST /api/jobs/queues/{}/resume when what it was paused for is over", queue.queue);
        Finding::warning(Part::Queues, format!("{} is paused", queue.queue), remedy)
    }));
    if !findings.iter().any(|finding| finding.part == Part::Queues) {
        findings.push(Finding::well(Part::Queues, format!("{waiting} jobs wait, none for long")));
    }
    let dead: Vec<String> = overview
        .queues
        .iter()
        .filter(|queue| queue.discarded > 0)
        .map(|queue| format!("{} in {}", queue.discarded, queue.queue))
        .collect();
    findings.push(if dead.is_empty() {
        Finding::well(Part::DeadJobs, "none")
    } else {
        let remedy = "Administration › Queues › dead shows each attempt's error; mend the cause, then retry or discard them there";
        Finding::warning(Part::DeadJobs, dead.join(", "), remedy)
    });
    findings
}

fn backup(last: Option<&Fact>, now: DateTime<Utc>) -> Finding {
    let remedy = "lode backup --to PLACE, and enable lode-backup.timer (docs/operations/backup.md)";
    let Some(last) = last else { return Finding::failure(Part::Backup, "none was ever made", remedy) };
    let age = now - last.at;
    let encrypted = match last.detail["encrypted"].as_bool() {
        Some(true) => ", encrypted",
        Some(false) => ", not encrypted",
        None => "",
    };
    let found = format!(
        "{} hours old, in {}{encrypted}",
        age.num_hours(),
        last.detail["place"].as_str().unwrap_or("a place that is not told")
    );
    if age <= TimeDelta::hours(26) {
        return Finding::well(Part::Backup, found);
    }
    Finding::of(age > TimeDelta::hours(72), Part::Backup, found, remedy)
}

fn seen_models(seen: &[ModelView], now: DateTime<Utc>) -> Vec<Finding> {
    if seen.is_empty() {
        return vec![Finding::well(Part::Models, "none is set up: rules write every analysis")];
    }
    let look = |model: &ModelView| {
        let named = format!("{} ({} at {})", model.name, model.model, model.base_url);
        let remedy = "Administration › Models › ask again; a worker must live";
        match &model.seen {
            None => Finding::warning(Part::Models, format!("{named} was never asked"), remedy),
            Some(seen) => match &seen.error {
                Some(error) => {
                    let remedy = "correct LLM_BASE_URL, OPENAI_API_KEY or LLM_PROVIDERS, or look at the provider; analyses are written by rules meanwhile";
                    Finding::failure(Part::Models, format!("{named}: {error}"), remedy)
                }
                None if now - seen.probed_at > TimeDelta::days(2) => Finding::warning(
                    Part::Models,
                    format!("{named} was last asked {}", seen.probed_at.format("%F")),
                    remedy,
                ),
                None => Finding::well(Part::Models, format!("{named} answered")),
            },
        }
    };
    seen.iter().map(look).collect()
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

/// Space of the disks that this machine's folders are on.
pub(super) fn disks(config: &Config) -> Vec<Finding> {
    let store = config.artifact_store_url.as_deref();
    let store =
        store.map(|url| url.strip_prefix("file://").unwrap_or(url)).filter(|path| path.starts_with('/')).map(Path::new);
    let mut seen = Vec::new();
    for folder in std::iter::once(config.data_dir.as_path()).chain(store) {
        // A folder that is not there yet will be made on the disk of the nearest one that is.
        let Some(there) = folder.ancestors().find(|path| path.is_dir()) else { continue };
        let finding = match nix::sys::statvfs::statvfs(there) {
            #[allow(clippy::useless_conversion, reason = "the width differs by system")]
            Ok(disk) => {
                let block = u64::from(disk.fragment_size());
                disk_space(there, u64::from(disk.blocks_available()) * block, u64::from(disk.blocks()) * block)
            }
            Err(error) => Finding::unknown(
                Part::Disk,
                format!("{}: {error}", there.display()),
                "let this program read the folder",
            ),
        };
        if !seen.contains(&finding) {
            seen.push(finding);
        }
    }
    seen
}

fn disk_space(folder: &Path, free: u64, all: u64) -> Finding {
    let found = format!("{}: {:.1} of {:.1} GB are free", folder.display(), free as f64 / 1e9, all as f64 / 1e9);
    let is_roomy = free > 20 << 30 || free.saturating_mul(100) >= all.saturating_mul(15) && free > 2 << 30;
    if is_roomy {
        return Finding::well(Part::Disk, found);
    }
    let is_bad = free.saturating_mul(100) < all.saturating_mul(5) || free < 1 << 30;
    Finding::of(
        is_bad,
        Part::Disk,
        found,
        "delete old exports and backups, or enlarge the disk: Postgres stops when it is full",
    )
}

/// Whether emails go out.
pub(super) fn mail(config: &Config) -> Finding {
    match (&config.smtp_url, &config.public_url) {
        (Some(_), Some(_)) => Finding::well(Part::Mail, "a server is set"),
        (Some(_), None) => Finding::warning(
            Part::Mail,
            "emails carry no links",
            "set LODE_PUBLIC_URL to where people reach the web app",
        ),
        (None, _) => Finding::well(Part::Mail, "none is sent (SMTP_URL is not set)"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use store::jobs::queues::QueueState;

    use super::super::finding::Level;
    use super::*;

    #[test]
    fn backup_that_is_missing_or_old_is_named() {
        let now = Utc::now();
        let made = |hours| Fact { at: now - TimeDelta::hours(hours), detail: json!({ "place": "/backups" }) };
        assert_eq!(backup(None, now).level, Level::Failure);
        for (hours, level) in [(1, Level::Well), (27, Level::Warning), (80, Level::Failure)] {
            assert_eq!(backup(Some(&made(hours)), now).level, level, "{hours}");
        }
        for (is_encrypted, words) in [(true, "/backups, encrypted"), (false, "/backups, not encrypted")] {
            let detail = json!({ "place": "/backups", "encrypted": is_encrypted });
            let found = backup(Some(&Fact { at: now, detail }), now).found;
            assert!(found.ends_with(words), "{found}");
        }
    }

    fn queue(available: i64, oldest_seconds: Option<f64>) -> QueueState {
        QueueState {
            queue: "imports".to_owned(),
            available,
            scheduled: 0,
            retryable: 0,
            running: 0,
            discarded: 0,
            oldest_seconds,
            paused_at: None,
            paused_by: None,
            completed_lately: 0,
            discarded_lately: 0,
            run_seconds: None,
            wait_seconds: None,
        }
    }

    #[test]
    fn jobs_without_a_worker_old_paused_and_dead_ones_are_named() {
        let worst = |queue: QueueState, part: Part| {
            let overview = Overview { queues: vec![queue], workers: Vec::new(), schedules: Vec::new() };
            let found = jobs(&overview).into_iter().find(|finding| finding.part == part).unwrap();
            (found.level, found.remedy)
        };
        assert_eq!(worst(queue(0, None), Part::Workers).0, Level::Warning);
        assert_eq!(worst(queue(3, Some(5.0)), Part::Workers).0, Level::Failure);
        let (level, remedy) = worst(queue(3, Some(2_000.0)), Part::Queues);
        assert!(level == Level::Failure && remedy.contains("lode worker imports"), "{remedy}");
        let paused = QueueState { paused_at: Some(Utc::now()), ..queue(3, Some(2_000.0)) };
        assert!(worst(paused, Part::Queues).1.contains("resume"));
        assert_eq!(worst(QueueState { paused_at: Some(Utc::now()), ..queue(0, None) }, Part::Queues).0, Level::Warning);
        assert_eq!(worst(QueueState { discarded: 2, ..queue(0, None) }, Part::DeadJobs).0, Level::Warning);
        assert_eq!(worst(queue(0, None), Part::DeadJobs).0, Level::Well);
    }

    #[test]
    fn disk_that_fills_is_a_warning_first() {
        let folder = Path::new("/");
        for (free, level) in [(50_u64, Level::Well), (10, Level::Warning), (4, Level::Failure)] {
            assert_eq!(disk_space(folder, free << 30, 100 << 30).level, level, "{free}");
        }
        assert_eq!(disk_space(folder, 500 << 20, 1 << 30).level, Level::Failure, "little, though half of it");
    }
}
