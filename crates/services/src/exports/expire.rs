//! Removing files that had their time, or that nobody names any more.

use chrono::{DateTime, TimeDelta, Utc};
use store::{PgConnection, PgPool, artifact_references, exports};

use artifacts::Artifacts;

/// An export whose file is gone stays in its owner's list for so long, to say so and to be asked for again.
const REMEMBERED_DAYS: i64 = 30;
/// Files looked at together.
const PIECE: i64 = 200;

/// Removes a file from the artifact store when nobody names it any more; the caller has taken its own name off in the same
/// transaction. False when somebody else names it.
///
/// # Errors
/// When the database or the artifact store does not answer.
pub async fn remove_unnamed(conn: &mut PgConnection, artifacts: &Artifacts, sha256: &str) -> anyhow::Result<bool> {
    artifact_references::lock(conn, sha256).await?;
    if artifact_references::is_named(conn, sha256).await? {
        return Ok(false);
    }
    artifacts.remove(sha256).await?;
    Ok(true)
}

/// Removes the files that expired or were never finished, and forgets exports that have been without a file for long; returns how
/// many files and how many exports.
///
/// # Errors
/// When the database or the artifact store does not answer; what was removed until then stays removed.
pub async fn remove_expired(
    db: &PgPool,
    artifacts: &Artifacts,
    kept_days: u16,
    now: DateTime<Utc>,
    goes_on: impl Fn() -> bool,
) -> anyhow::Result<(u64, u64)> {
    let started_before = now - TimeDelta::days(kept_days.into());
    let mut files = 0;
    loop {
        let expired = exports::expired(&mut *db.acquire().await?, now, started_before, PIECE).await?;
        let mut dropped = 0;
        for (id, sha256) in &expired {
            if !goes_on() {
                return Ok((files, 0));
            }
            // The file goes before the commit: when this is cut off in between, the row still names it and it is removed again.
            let mut tx = db.begin().await?;
            if exports::drop_file(&mut tx, *id, sha256).await? {
                dropped += 1;
                files += u64::from(remove_unnamed(&mut tx, artifacts, sha256).await?);
            }
            tx.commit().await?;
        }
        if dropped == 0 {
            break;
        }
    }
    let before = now - TimeDelta::days(REMEMBERED_DAYS);
    let forgotten = exports::forget(&mut *db.acquire().await?, before).await?;
    Ok((files, forgotten))
}
