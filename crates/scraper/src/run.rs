//! The service's work: takes up running sessions, one phase at a time, and holds them by a lease.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use store::scraper::items;
use store::scraper::sessions::{self, Session};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::source::{self, FetchError, Work};
use super::{Options, Scraper, promote, validate};

/// A process that was killed holds its session for at most so long.
const LEASE_SECONDS: f64 = 10.0;
const RENEW_EVERY: Duration = Duration::from_secs(2);
/// Sessions that one process works on at the same time.
const AT_ONCE: usize = 2;
/// Tries of one item before it is given up.
const ATTEMPTS: i32 = 5;
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How a phase ended.
enum Ended {
    /// With this in its report.
    Done(Value),
    /// Somebody paused or cancelled the session, the process is to stop, or another one has it.
    Left,
}

/// Works until `stop`; sessions that are under way are let go of, and go on wherever somebody takes them up.
pub async fn run(scraper: Arc<Scraper>, stop: CancellationToken) {
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE {
        workers.spawn(work(Arc::clone(&scraper), stop.clone()));
    }
    workers.join_all().await;
}

async fn work(scraper: Arc<Scraper>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let lease = Uuid::now_v7();
        let claimed = async { sessions::claim(&mut *scraper.db.acquire().await?, lease, LEASE_SECONDS).await }.await;
        match claimed {
            Ok(Some(session)) => {
                take_up(&scraper, &session, lease, &stop).await;
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the scraper cannot look for work; it tries again"),
        }
        tokio::select! {
            () = scraper.bell.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = stop.cancelled() => {}
        }
    }
}

async fn take_up(scraper: &Arc<Scraper>, session: &Session, lease: Uuid, stop: &CancellationToken) {
    tracing::info!(session = %session.id, source = session.source, phase = session.phase, resumed = session.resumed, "session taken up");
    let left = stop.child_token();
    let renewing = tokio::spawn(renew(Arc::clone(scraper), session.id, lease, left.clone()));
    let outcome = phase(scraper, session, lease, &left).await;
    renewing.abort();
    let ended = async {
        let mut conn = scraper.db.acquire().await?;
        match &outcome {
            Ok(Ended::Done(report)) => {
                tracing::info!(session = %session.id, phase = session.phase, "session's phase done");
                sessions::finish(&mut conn, session.id, lease, "done", report, None).await?;
            }
            Err(FetchError::Never(reason) | FetchError::Later { reason, .. }) => {
                tracing::warn!(session = %session.id, phase = session.phase, reason, "session failed");
                sessions::finish(&mut conn, session.id, lease, "failed", &json!({}), Some(reason)).await?;
            }
            Ok(Ended::Left) => {}
            Err(FetchError::Broken(error)) => {
                tracing::error!(session = %session.id, phase = session.phase, error = format!("{error:#}"), "session interrupted; it is taken up again");
            }
        }
        // A pause or cancellation that came in at the last moment stands; only the lease is given back.
        sessions::release(&mut conn, session.id, lease).await
    };
    if let Err(error) = ended.await {
        tracing::warn!(session = %session.id, %error, "the end of the session could not be noted; its lease runs out");
    }
    if matches!(outcome, Err(FetchError::Broken(_))) {
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}

/// Renews the lease and listens for what people do to the session.
async fn renew(scraper: Arc<Scraper>, session: Uuid, lease: Uuid, left: CancellationToken) {
    let mut missed = 0;
    loop {
        tokio::select! {
            () = tokio::time::sleep(RENEW_EVERY) => {}
            () = scraper.bell.notified() => {}
        }
        let renewed =
            async { sessions::renew(&mut *scraper.db.acquire().await?, session, lease, LEASE_SECONDS).await }.await;
        missed = match renewed {
            Ok(Some(state)) if state == "running" => 0,
            Ok(_) => return left.cancel(),
            Err(_) => missed + 1,
        };
        // Without the database for the length of the lease, somebody else may have it.
        if missed >= 4 {
            return left.cancel();
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn phase(
    scraper: &Scraper,
    session: &Session,
    lease: Uuid,
    left: &CancellationToken,
) -> Result<Ended, FetchError> {
    let options: Options = serde_json::from_value(session.options.clone())
        .map_err(|error| FetchError::Never(format!("the session's options cannot be read: {error}")))?;
    let work = Work { scraper, session, lease, options };
    let running = async {
        match session.phase.as_str() {
            "validate" => validate::run(&work).await,
            "promote" => promote::run(&work, left).await,
            _ => fetch(&work, left).await,
        }
    };
    tokio::select! {
        biased;
        ended = running => ended.map(|report| report.map_or(Ended::Left, Ended::Done)),
        // Fetching and validating stop between two commits of their own; an import stops after its batch.
        () = left.cancelled(), if session.phase != "promote" => Ok(Ended::Left),
    }
}

/// Fetches every item; `None` when it was left.
async fn fetch(work: &Work<'_>, left: &CancellationToken) -> Result<Option<Value>, FetchError> {
    let source = source::of(&work.session.source)
        .ok_or_else(|| FetchError::Never(format!("there is no source {}", work.session.source)))?;
    if !work.session.is_planned {
        let mut tries = 0;
        loop {
            match source.plan(work).await {
                Ok(()) => break,
                Err(FetchError::Later { reason, after }) if tries < ATTEMPTS => {
                    tries += 1;
                    tracing::warn!(session = %work.session.id, reason, tries, "listing failed; it is tried again");
                    tokio::time::sleep(pause(tries, after)).await;
                }
                Err(error) => return Err(error),
            }
        }
    }
    let session = work.session.id;
    loop {
        if left.is_cancelled() {
            return Ok(None);
        }
        let Some(item) = items::next(&mut *work.connection().await?, session).await? else { break };
        if item.due_at > chrono::Utc::now() {
            // Another item may become due first, and the session may be paused meanwhile.
            let wait = (item.due_at - chrono::Utc::now()).to_std().unwrap_or_default();
            tokio::time::sleep(wait.min(LOOK_EVERY)).await;
            continue;
        }
        let outcome = source.fetch(work, &item).await;
        let mut conn = work.connection().await?;
        match outcome {
            Ok(remark) => items::finish(&mut conn, item.id, "done", remark.as_deref()).await?,
            Err(FetchError::Never(reason)) => items::finish(&mut conn, item.id, "failed", Some(&reason)).await?,
            Err(FetchError::Later { reason, .. }) if item.attempts + 1 >= ATTEMPTS => {
                let reason = format!("given up after {ATTEMPTS} tries: {reason}");
                items::finish(&mut conn, item.id, "failed", Some(&reason)).await?;
            }
            Err(FetchError::Later { reason, after }) => {
                tracing::info!(session = %session, item = item.key, reason, "item is tried again later");
                items::defer(&mut conn, item.id, &reason, pause(item.attempts + 1, after).as_secs_f64()).await?;
            }
            Err(FetchError::Broken(error)) => return Err(FetchError::Broken(error)),
        }
    }
    let counts = sessions::counts(&mut *work.connection().await?, session).await?;
    Ok(Some(json!({ "fetch": counts.items.into_iter().collect::<std::collections::BTreeMap<_, _>>() })))
}

/// What the other side asked for, or 1, 4, 16 … seconds, at most a minute.
fn pause(attempt: i32, asked: Option<Duration>) -> Duration {
    asked.unwrap_or_else(|| Duration::from_secs(4_u64.pow(attempt.clamp(1, 4) as u32 - 1).min(60)))
}
