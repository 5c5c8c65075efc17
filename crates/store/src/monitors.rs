//! Watched screens: who watches which view, what it is compared with, and the differences that were found.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A watched screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Monitor {
    /// Identity.
    pub id: Uuid,
    /// The view that is watched.
    pub view_id: Uuid,
    /// Its name.
    pub view_name: String,
    /// Its filter.
    pub filter: Value,
    /// The free text of the screen.
    pub free_text: Option<String>,
    /// Who watches.
    pub user_id: Uuid,
    /// `import` or `daily`.
    pub rhythm: String,
    /// Whether emails are sent too.
    pub by_email: bool,
    /// The webhook that is called too.
    pub webhook_id: Option<Uuid>,
    /// Whether it is checked.
    pub is_active: bool,
    /// What it is compared with; `None` before the first check.
    pub snapshot_id: Option<Uuid>,
    /// When it was last checked.
    pub checked_at: Option<DateTime<Utc>>,
    /// Why the last check failed.
    pub error: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// How somebody wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// `import` or `daily`.
    pub rhythm: &'static str,
    /// Whether emails are sent too.
    pub by_email: bool,
    /// A webhook to call too.
    pub webhook_id: Option<Uuid>,
    /// Whether it is checked.
    pub is_active: bool,
}

/// A difference that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundChange {
    /// Identity.
    pub id: Uuid,
    /// Of which monitor.
    pub monitor_id: Uuid,
    /// Of which view.
    pub view_id: Uuid,
    /// Its name.
    pub view_name: String,
    /// When.
    pub found_at: DateTime<Utc>,
    /// The screen as text.
    pub filter_text: String,
    /// Companies on the screen then.
    pub total: i64,
    /// Companies that entered.
    pub entered_count: i64,
    /// Companies that left.
    pub left_count: i64,
    /// The first of those that entered, with causes.
    pub entered: Value,
    /// The first of those that left, with causes.
    pub went: Value,
}

/// A difference to keep.
#[derive(Clone, Debug)]
pub struct NewChange<'a> {
    /// The screen as text.
    pub filter_text: &'a str,
    /// Version of the data.
    pub data_version: &'a str,
    /// Companies on the screen now.
    pub total: i64,
    /// Companies that entered.
    pub entered_count: i64,
    /// Companies that left.
    pub left_count: i64,
    /// The first of those that entered, with causes.
    pub entered: &'a Value,
    /// The first of those that left, with causes.
    pub went: &'a Value,
}

/// The monitors of a person, by the view's name.
///
/// # Errors
/// When the database does not answer.
pub async fn of_user(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<Vec<Monitor>> {
    sqlx::query_as!(
        Monitor,
        "SELECT m.id, m.view_id, v.name AS view_name, v.filter, v.free_text, m.user_id, m.rhythm, m.by_email, m.webhook_id, m.is_active,
                m.snapshot_id, m.checked_at, m.error, m.created_at
         FROM monitors m JOIN views v ON v.id = m.view_id
         WHERE m.user_id = $1 AND (v.scope = 'team' OR v.owner_id = $1) AND v.deleted_at IS NULL ORDER BY lower(v.name), m.id",
        user,
    )
    .fetch_all(conn)
    .await
}

/// One monitor, while its watcher may see the view.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Monitor>> {
    sqlx::query_as!(
        Monitor,
        "SELECT m.id, m.view_id, v.name AS view_name, v.filter, v.free_text, m.user_id, m.rhythm, m.by_email, m.webhook_id, m.is_active,
                m.snapshot_id, m.checked_at, m.error, m.created_at
         FROM monitors m JOIN views v ON v.id = m.view_id
         WHERE m.id = $1 AND (v.scope = 'team' OR v.owner_id = m.user_id) AND v.deleted_at IS NULL",
        id,
    )
    .fetch_optional(conn)
    .await
}

/// The monitors that are to be checked, those that waited longest first.
///
/// # Errors
/// When the database does not answer.
pub async fn active(conn: &mut PgConnection) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("SELECT id FROM monitors WHERE is_active ORDER BY checked_at NULLS FIRST, id")
        .fetch_all(conn)
        .await
}

/// Watches a view, or changes how; returns the monitor's id.
///
/// # Errors
/// When the database does not answer or there is no such webhook.
pub async fn put(conn: &mut PgConnection, view: Uuid, user: Uuid, wish: &Wish) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "INSERT INTO monitors (view_id, user_id, rhythm, by_email, webhook_id, is_active) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (view_id, user_id) DO UPDATE
         SET rhythm = EXCLUDED.rhythm, by_email = EXCLUDED.by_email, webhook_id = EXCLUDED.webhook_id,
             is_active = EXCLUDED.is_active
         RETURNING id",
        view,
        user,
        wish.rhythm,
        wish.by_email,
        wish.webhook_id,
        wish.is_active,
    )
    .fetch_one(conn)
    .await
}

/// Stops watching; false when the person did not watch.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut PgConnection, id: Uuid, user: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!("DELETE FROM monitors WHERE id = $1 AND user_id = $2", id, user).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// Notes a check and what the next one compares with; false when another check was faster.
///
/// # Errors
/// When the database does not answer.
pub async fn checked(
    conn: &mut PgConnection,
    id: Uuid,
    former: Option<Uuid>,
    present: Option<Uuid>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE monitors SET snapshot_id = $3, checked_at = $4, error = NULL
         WHERE id = $1 AND snapshot_id IS NOT DISTINCT FROM $2",
        id,
        former,
        present,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes why a check failed.
///
/// # Errors
/// When the database does not answer.
pub async fn failed(conn: &mut PgConnection, id: Uuid, error: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("UPDATE monitors SET error = $2, checked_at = $3 WHERE id = $1", id, error, now).execute(conn).await?;
    Ok(())
}

/// Keeps a difference and returns its id.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_change(conn: &mut PgConnection, monitor: Uuid, change: &NewChange<'_>) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "INSERT INTO monitor_changes (monitor_id, filter_text, data_version, total, entered_count, left_count, entered, went)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        monitor,
        change.filter_text,
        change.data_version,
        change.total,
        change.entered_count,
        change.left_count,
        change.entered,
        change.went,
    )
    .fetch_one(conn)
    .await
}

/// Differences on the screens that a person watches, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn changes(
    conn: &mut PgConnection,
    user: Uuid,
    since: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<FoundChange>> {
    sqlx::query_as!(
        FoundChange,
        "SELECT c.id, c.monitor_id, m.view_id, v.name AS view_name, c.found_at, c.filter_text, c.total, c.entered_count,
                c.left_count, c.entered, c.went
         FROM monitor_changes c JOIN monitors m ON m.id = c.monitor_id JOIN views v ON v.id = m.view_id
         WHERE m.user_id = $1 AND (v.scope = 'team' OR v.owner_id = $1) AND c.found_at >= $2
         ORDER BY c.found_at DESC, c.id LIMIT $3",
        user,
        since,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// One difference on a screen that the person watches.
///
/// # Errors
/// When the database does not answer.
pub async fn find_change(conn: &mut PgConnection, user: Uuid, id: Uuid) -> sqlx::Result<Option<FoundChange>> {
    sqlx::query_as!(
        FoundChange,
        "SELECT c.id, c.monitor_id, m.view_id, v.name AS view_name, c.found_at, c.filter_text, c.total, c.entered_count,
                c.left_count, c.entered, c.went
         FROM monitor_changes c JOIN monitors m ON m.id = c.monitor_id JOIN views v ON v.id = m.view_id
         WHERE m.user_id = $1 AND (v.scope = 'team' OR v.owner_id = $1) AND c.id = $2",
        user,
        id,
    )
    .fetch_optional(conn)
    .await
}

/// The differences of a monitor that nobody was told of yet, oldest first, marked as told.
///
/// # Errors
/// When the database does not answer.
pub async fn take_untold(conn: &mut PgConnection, monitor: Uuid) -> sqlx::Result<Vec<FoundChange>> {
    sqlx::query_as!(
        FoundChange,
        "WITH told AS (UPDATE monitor_changes SET told_at = now() WHERE monitor_id = $1 AND told_at IS NULL RETURNING *)
         SELECT c.id, c.monitor_id, m.view_id, v.name AS view_name, c.found_at, c.filter_text, c.total, c.entered_count,
                c.left_count, c.entered, c.went
         FROM told c JOIN monitors m ON m.id = c.monitor_id JOIN views v ON v.id = m.view_id
         ORDER BY c.found_at, c.id",
        monitor,
    )
    .fetch_all(conn)
    .await
}

/// The monitors with differences that nobody was told of yet, each with its watcher.
///
/// # Errors
/// When the database does not answer.
pub async fn with_untold(conn: &mut PgConnection) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    let rows = sqlx::query!(
        "SELECT m.id, m.user_id FROM monitors m
         WHERE EXISTS (SELECT FROM monitor_changes c WHERE c.monitor_id = m.id AND c.told_at IS NULL) ORDER BY m.user_id, m.id"
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.user_id)).collect())
}

/// Whether an import is running that wrote something lately: a check would find half of what it brings.
///
/// # Errors
/// When the database does not answer.
pub async fn is_import_running(conn: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM imports WHERE status = 'running' AND updated_at > now() - interval '5 minutes') AS "any!""#
    )
    .fetch_one(conn)
    .await
}

/// Marks a snapshot as what a monitor compares with.
///
/// # Errors
/// When the database does not answer.
pub async fn mark_baseline(conn: &mut PgConnection, snapshot: Uuid) -> sqlx::Result<()> {
    sqlx::query!("UPDATE screen_snapshots SET is_baseline = true WHERE id = $1", snapshot).execute(conn).await?;
    Ok(())
}

/// Baselines that no monitor compares with any more, left by a check that was cut off or a monitor that is gone.
///
/// # Errors
/// When the database does not answer.
pub async fn orphaned_baselines(conn: &mut PgConnection) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "SELECT id FROM screen_snapshots s WHERE is_baseline AND created_at < now() - interval '1 hour'
           AND NOT EXISTS (SELECT FROM monitors m WHERE m.snapshot_id = s.id)"
    )
    .fetch_all(conn)
    .await
}
