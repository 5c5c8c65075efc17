//! What an installation does: jobs, backups, models, emails, and the queue's server.

use chrono::{DateTime, TimeDelta, Utc};
use config::Config;
use store::maintenance::Fact;

use super::finding::{Finding, Part, Words};
use crate::control_jobs::Overview;
use crate::models::ModelView;

/// Seconds that a job may wait: the alert LodeOldestJob fires then.
const LONG_WAIT: f64 = 1_800.0;

/// Workers, queues and dead jobs; `own` is the version and commit of the program that asks.
#[must_use]
pub fn jobs(overview: &Overview, own: &str) -> Vec<Finding> {
    let waiting: i64 = overview.queues.iter().map(|queue| queue.available).sum();
    let mut findings = vec![workers(overview, waiting, own)];
    let served = |queue: &str| overview.workers.iter().any(|worker| worker.queues.iter().any(|name| name == queue));
    let late: Vec<_> = overview
        .queues
        .iter()
        .filter(|queue| queue.oldest_seconds.is_some_and(|seconds| seconds > LONG_WAIT))
        .collect();
    findings.extend(late.iter().map(|queue| {
        let (name, count, seconds) = (&queue.queue, queue.available, queue.oldest_seconds.unwrap_or(0.0));
        let found = Words::new(
            format!("{name}: {count} wait, the oldest for {seconds:.0} s"),
            format!("{name}: {count} väntar, det äldsta i {seconds:.0} s"),
        );
        let remedy = if queue.paused_at.is_some() {
            Words::new(
                format!("it is paused: POST /api/jobs/queues/{name}/resume, or Administration › Queues"),
                format!("den är pausad: fortsätt under Administration › Köer, eller POST /api/jobs/queues/{name}/resume"),
            )
        } else if served(name) {
            Words::new(
                "its workers are full: start more, or see which kind takes long (lode_job_run_seconds)",
                "dess arbetsprocesser är fullt upptagna: starta fler, eller se vilken sort som tar tid (lode_job_run_seconds)",
            )
        } else {
            Words::new(
                format!("no worker serves it: lode worker {name}"),
                format!("ingen arbetsprocess betjänar den: lode worker {name}"),
            )
        };
        Finding::failure(Part::Queues, found, remedy)
    }));
    let paused = overview
        .queues
        .iter()
        .filter(|queue| queue.paused_at.is_some() && !late.iter().any(|late| late.queue == queue.queue));
    findings.extend(paused.map(|queue| {
        let name = &queue.queue;
        let remedy = Words::new(
            format!("POST /api/jobs/queues/{name}/resume when what it was paused for is over"),
            format!("fortsätt under Administration › Köer när skälet till pausen är över (POST /api/jobs/queues/{name}/resume)"),
        );
        Finding::warning(Part::Queues, Words::new(format!("{name} is paused"), format!("{name} är pausad")), remedy)
    }));
    if !findings.iter().any(|finding| finding.part == Part::Queues) {
        let found =
            Words::new(format!("{waiting} jobs wait, none for long"), format!("{waiting} jobb väntar, inget länge"));
        findings.push(Finding::well(Part::Queues, found));
    }
    findings.push(dead(overview));
    findings
}

fn workers(overview: &Overview, waiting: i64, own: &str) -> Finding {
    let count = overview.workers.len();
    let start = Words::new(
        "start one: lode worker, or systemctl start lode-worker",
        "starta en: lode worker, eller systemctl start lode-worker",
    );
    match (count, waiting) {
        (0, 0) => Finding::warning(Part::Workers, Words::new("none lives", "ingen är igång"), start),
        (0, _) => Finding::failure(
            Part::Workers,
            Words::new(
                format!("none lives, and {waiting} jobs wait"),
                format!("ingen är igång, och {waiting} jobb väntar"),
            ),
            start,
        ),
        _ => match overview.workers.iter().find(|worker| worker.version != own) {
            Some(other) => Finding::warning(
                Part::Workers,
                Words::new(
                    format!("{count} live; {} is of {}, this program is {own}", other.name, other.version),
                    format!("{count} är igång; {} är av {}, det här programmet är {own}", other.name, other.version),
                ),
                Words::new(
                    "while a release rolls out this passes; otherwise restart the worker with this program",
                    "det går över medan en version rullas ut; starta annars om arbetsprocessen med det här programmet",
                ),
            ),
            None => Finding::well(Part::Workers, Words::new(format!("{count} live"), format!("{count} är igång"))),
        },
    }
}

fn dead(overview: &Overview) -> Finding {
    let count = |word: &str| {
        let of = overview.queues.iter().filter(|queue| queue.discarded > 0);
        of.map(|queue| format!("{} {word} {}", queue.discarded, queue.queue)).collect::<Vec<_>>().join(", ")
    };
    if count("in").is_empty() {
        return Finding::well(Part::DeadJobs, Words::new("none", "inga"));
    }
    let remedy = Words::new(
        "Administration › Queues › dead shows each attempt's error; mend the cause, then retry or discard them there",
        "Administration › Köer visar varje försöks fel; åtgärda orsaken och kör om eller kasta jobben där",
    );
    Finding::warning(Part::DeadJobs, Words::new(count("in"), count("i")), remedy)
}

/// Whether a backup was made lately.
#[must_use]
pub fn backup(last: Option<&Fact>, now: DateTime<Utc>) -> Finding {
    let remedy = Words::new(
        "lode backup --to PLACE, and enable lode-backup.timer (docs/operations/backup.md)",
        "kör lode backup --to PLATS och slå på lode-backup.timer (docs/operations/backup.md)",
    );
    let Some(last) = last else {
        return Finding::failure(Part::Backup, Words::new("none was ever made", "ingen har någonsin gjorts"), remedy);
    };
    let age = now - last.at;
    let (encrypted, krypterad) = match last.detail["encrypted"].as_bool() {
        Some(true) => (", encrypted", ", krypterad"),
        Some(false) => (", not encrypted", ", inte krypterad"),
        None => ("", ""),
    };
    let place = last.detail["place"].as_str();
    let found = Words::new(
        format!("{} hours old, in {}{encrypted}", age.num_hours(), place.unwrap_or("a place that is not told")),
        format!("{} timmar gammal, i {}{krypterad}", age.num_hours(), place.unwrap_or("en plats som inte anges")),
    );
    if age <= TimeDelta::hours(26) {
        return Finding::well(Part::Backup, found);
    }
    Finding::of(age > TimeDelta::hours(72), Part::Backup, found, remedy)
}

/// Whether each model answered when it was last asked.
#[must_use]
pub fn seen_models(seen: &[ModelView], now: DateTime<Utc>) -> Vec<Finding> {
    if seen.is_empty() {
        let found =
            Words::new("none is set up: rules write every analysis", "ingen är inställd: regler skriver alla analyser");
        return vec![Finding::well(Part::Models, found)];
    }
    let ask = Words::new(
        "Administration › Models › ask again; a worker must live",
        "Administration › Modeller › fråga igen; en arbetsprocess måste vara igång",
    );
    let look = |model: &ModelView| {
        let named = format!("{} ({} at {})", model.name, model.model, model.base_url);
        let namnd = format!("{} ({} hos {})", model.name, model.model, model.base_url);
        match &model.seen {
            None => Finding::warning(
                Part::Models,
                Words::new(format!("{named} was never asked"), format!("{namnd} har aldrig tillfrågats")),
                ask.clone(),
            ),
            Some(seen) => match &seen.error {
                Some(error) => Finding::failure(
                    Part::Models,
                    Words::new(format!("{named}: {error}"), format!("{namnd}: {error}")),
                    Words::new(
                        "correct LLM_BASE_URL, OPENAI_API_KEY or LLM_PROVIDERS, or look at the provider; analyses are written by rules meanwhile",
                        "rätta LLM_BASE_URL, OPENAI_API_KEY eller LLM_PROVIDERS, eller se till leverantören; under tiden skriver regler analyserna",
                    ),
                ),
                None if now - seen.probed_at > TimeDelta::days(2) => Finding::warning(
                    Part::Models,
                    Words::new(
                        format!("{named} was last asked {}", seen.probed_at.format("%F")),
                        format!("{namnd} tillfrågades senast {}", seen.probed_at.format("%F")),
                    ),
                    ask.clone(),
                ),
                None => {
                    Finding::well(Part::Models, Words::new(format!("{named} answered"), format!("{namnd} svarade")))
                }
            },
        }
    };
    seen.iter().map(look).collect()
}

/// Whether the queue's server takes writes: `None` where none is set up, else what is wrong, if anything.
pub(super) fn redis(state: Option<Option<&str>>) -> Finding {
    match state {
        None => Finding::warning(
            Part::Redis,
            Words::new(
                "none is set up; jobs are found in Postgres, and limits count per process",
                "ingen är inställd; jobb hämtas ur Postgres, och gränser räknas per process",
            ),
            Words::new("set REDIS_URL where more than one process runs", "ange REDIS_URL där mer än en process körs"),
        ),
        Some(None) => Finding::well(Part::Redis, Words::new("it takes writes", "den tar emot skrivningar")),
        Some(Some(problem)) => Finding::failure(
            Part::Redis,
            problem,
            Words::new(
                "start it, free its memory or lead REDIS_URL to the primary; jobs are found in Postgres meanwhile",
                "starta den, frigör minne eller rikta REDIS_URL till primären; under tiden hämtas jobb ur Postgres",
            ),
        ),
    }
}

/// Whether emails go out.
#[must_use]
pub fn mail(config: &Config) -> Finding {
    match (&config.smtp_url, &config.public_url) {
        (Some(_), Some(_)) => Finding::well(Part::Mail, Words::new("a server is set", "en server är inställd")),
        (Some(_), None) => Finding::warning(
            Part::Mail,
            Words::new("emails carry no links", "e-post saknar länkar"),
            Words::new(
                "set LODE_PUBLIC_URL to where people reach the web app",
                "sätt LODE_PUBLIC_URL till adressen där webbappen nås",
            ),
        ),
        (None, _) => Finding::well(
            Part::Mail,
            Words::new("none is sent (SMTP_URL is not set)", "ingen skickas (SMTP_URL är inte satt)"),
        ),
    }
}

#[cfg(test)]
mod tests;
