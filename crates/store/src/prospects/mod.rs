//! Prospects: the companies in the pipeline, changed by whole sets in one statement.
//!
//! Writers lock prospects in the order of their ids ([`lock`]), so that two bulk changes wait for one another instead of
//! deadlocking.

pub mod cards;
pub mod history;
pub mod lookup;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Visibility;
use domain::orgnr::Orgnr;
use domain::prospect::Prospect;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::{key, orgnr_of};

struct Row {
    id: Uuid,
    orgnr: i64,
    scope: String,
    stage: String,
    stage_since: DateTime<Utc>,
    owner_id: Option<Uuid>,
    next_action: Option<String>,
    next_action_on: Option<NaiveDate>,
    last_contact_on: Option<NaiveDate>,
    value_sek: Option<i64>,
    pass_reason: Option<String>,
    pass_note: Option<String>,
    created_by: Option<Uuid>,
    removed_at: Option<DateTime<Utc>>,
    version: i32,
}

impl Row {
    fn into_prospect(self) -> sqlx::Result<Prospect> {
        Ok(Prospect {
            id: self.id,
            orgnr: orgnr_of(self.orgnr)?,
            // An unknown scope would be a damaged row: show it to whoever made it alone.
            scope: Visibility::from_name(&self.scope).unwrap_or(Visibility::Private),
            stage: self.stage,
            stage_since: self.stage_since,
            owner: self.owner_id,
            next_action: self.next_action,
            next_action_on: self.next_action_on,
            last_contact_on: self.last_contact_on,
            value_sek: self.value_sek,
            pass_reason: self.pass_reason,
            pass_note: self.pass_note,
            created_by: self.created_by,
            removed_at: self.removed_at,
            version: self.version,
        })
    }
}

/// Locks those of the prospects that the user may see, in the order of their ids, until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(conn: &mut PgConnection, user: Uuid, ids: &[Uuid]) -> sqlx::Result<Vec<Prospect>> {
    sqlx::query_as!(
        Row,
        "SELECT id, orgnr, scope, stage, stage_since, owner_id, next_action, next_action_on, last_contact_on, value_sek,
                pass_reason, pass_note, created_by, removed_at, version
         FROM prospects WHERE id = ANY($2) AND (scope = 'team' OR created_by = $1) ORDER BY id FOR UPDATE",
        user,
        ids,
    )
    .fetch_all(conn)
    .await?
    .into_iter()
    .map(Row::into_prospect)
    .collect()
}

/// Locks the prospects of these companies in one scope, removed ones too: the team's, or the user's own.
///
/// # Errors
/// When the database does not answer.
pub async fn lock_of(
    conn: &mut PgConnection,
    user: Uuid,
    scope: Visibility,
    orgnrs: &[i64],
) -> sqlx::Result<Vec<Prospect>> {
    sqlx::query_as!(
        Row,
        "SELECT id, orgnr, scope, stage, stage_since, owner_id, next_action, next_action_on, last_contact_on, value_sek,
                pass_reason, pass_note, created_by, removed_at, version
         FROM prospects WHERE orgnr = ANY($3) AND scope = $2 AND ($2 = 'team' OR created_by = $1)
         ORDER BY id FOR UPDATE",
        user,
        scope.as_str(),
        orgnrs,
    )
    .fetch_all(conn)
    .await?
    .into_iter()
    .map(Row::into_prospect)
    .collect()
}

/// Locks every prospect in a stage, removed ones too, for whoever retires it.
///
/// # Errors
/// When the database does not answer.
pub async fn lock_stage(conn: &mut PgConnection, stage: &str) -> sqlx::Result<Vec<Prospect>> {
    sqlx::query_as!(
        Row,
        "SELECT id, orgnr, scope, stage, stage_since, owner_id, next_action, next_action_on, last_contact_on, value_sek,
                pass_reason, pass_note, created_by, removed_at, version
         FROM prospects WHERE stage = $1 ORDER BY id FOR UPDATE",
        stage,
    )
    .fetch_all(conn)
    .await?
    .into_iter()
    .map(Row::into_prospect)
    .collect()
}

/// What new prospects begin with.
#[derive(Clone, Debug)]
pub struct NewProspect<'a> {
    /// Who will see them.
    pub scope: Visibility,
    /// Key of the stage.
    pub stage: &'a str,
    /// Who answers for them.
    pub owner: Option<Uuid>,
    /// Who adds them.
    pub created_by: Uuid,
}

/// Adds companies to the pipeline, in the order of their numbers, and returns the prospects made. Companies that are unknown,
/// or are in the pipeline already, are left out.
///
/// # Errors
/// When the database does not answer or there is no such stage.
pub async fn insert(
    conn: &mut PgConnection,
    orgnrs: &[i64],
    new: &NewProspect<'_>,
) -> sqlx::Result<Vec<(Uuid, Orgnr)>> {
    let rows = sqlx::query!(
        "INSERT INTO prospects (orgnr, scope, stage, owner_id, created_by, updated_by)
         SELECT c.orgnr, $2, $3, $4, $5, $5 FROM companies c WHERE c.orgnr = ANY($1) ORDER BY c.orgnr
         ON CONFLICT DO NOTHING RETURNING id, orgnr",
        orgnrs,
        new.scope.as_str(),
        new.stage,
        new.owner,
        new.created_by,
    )
    .fetch_all(&mut *conn)
    .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    sqlx::query!(
        "INSERT INTO prospect_moves (prospect_id, stage, moved_by) SELECT id, $2, $3 FROM unnest($1::uuid[]) AS new (id)",
        &ids,
        new.stage,
        new.created_by,
    )
    .execute(conn)
    .await?;
    rows.into_iter().map(|row| Ok((row.id, orgnr_of(row.orgnr)?))).collect()
}

#[derive(Serialize)]
struct Written<'a> {
    id: Uuid,
    scope: &'static str,
    stage: &'a str,
    stage_since: DateTime<Utc>,
    owner_id: Option<Uuid>,
    next_action: Option<&'a str>,
    next_action_on: Option<NaiveDate>,
    last_contact_on: Option<NaiveDate>,
    value_sek: Option<i64>,
    pass_reason: Option<&'a str>,
    pass_note: Option<&'a str>,
    removed_at: Option<DateTime<Utc>>,
}

impl<'a> From<&'a Prospect> for Written<'a> {
    fn from(prospect: &'a Prospect) -> Self {
        Self {
            id: prospect.id,
            scope: prospect.scope.as_str(),
            stage: &prospect.stage,
            stage_since: prospect.stage_since,
            owner_id: prospect.owner,
            next_action: prospect.next_action.as_deref(),
            next_action_on: prospect.next_action_on,
            last_contact_on: prospect.last_contact_on,
            value_sek: prospect.value_sek,
            pass_reason: prospect.pass_reason.as_deref(),
            pass_note: prospect.pass_note.as_deref(),
            removed_at: prospect.removed_at,
        }
    }
}

/// Writes locked prospects back, all in one statement; their versions rise by one. `moved` names those that changed their
/// stage or were removed or put back: their history is carried on.
///
/// # Errors
/// When the database does not answer, or a company would have two prospects in one scope.
pub async fn write(
    conn: &mut PgConnection,
    prospects: &[Prospect],
    moved: &[Uuid],
    by: Option<Uuid>,
) -> sqlx::Result<()> {
    let written: Vec<_> = prospects.iter().map(Written::from).collect();
    let written = serde_json::to_value(written).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        "UPDATE prospects p
         SET scope = n.scope, stage = n.stage, stage_since = n.stage_since, owner_id = n.owner_id, next_action = n.next_action,
             next_action_on = n.next_action_on, last_contact_on = n.last_contact_on, value_sek = n.value_sek,
             pass_reason = n.pass_reason, pass_note = n.pass_note, removed_at = n.removed_at,
             version = p.version + 1, updated_by = $2, updated_at = now(), touched_at = now()
         FROM jsonb_to_recordset($1) AS n (id uuid, scope text, stage text, stage_since timestamptz, owner_id uuid,
             next_action text, next_action_on date, last_contact_on date, value_sek bigint, pass_reason text, pass_note text,
             removed_at timestamptz)
         WHERE p.id = n.id",
        written,
        by,
    )
    .execute(&mut *conn)
    .await?;
    if moved.is_empty() {
        return Ok(());
    }
    sqlx::query!("UPDATE prospect_moves SET left_at = now() WHERE prospect_id = ANY($1) AND left_at IS NULL", moved)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT INTO prospect_moves (prospect_id, stage, moved_by, pass_reason, pass_note)
         SELECT id, stage, $2, pass_reason, pass_note FROM prospects WHERE id = ANY($1) AND removed_at IS NULL ORDER BY id",
        moved,
        by,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Says why new prospects were passed on, in them and in their history.
///
/// # Errors
/// When the database does not answer.
pub async fn set_pass_reason(
    conn: &mut PgConnection,
    ids: &[Uuid],
    reason: Option<&str>,
    note: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "WITH said AS (UPDATE prospects SET pass_reason = $2, pass_note = $3 WHERE id = ANY($1) RETURNING id)
         UPDATE prospect_moves m SET pass_reason = $2, pass_note = $3 FROM said
         WHERE m.prospect_id = said.id AND m.left_at IS NULL",
        ids,
        reason,
        note,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that somebody wrote about a company: its prospects that the user may see are not stale any more.
///
/// # Errors
/// When the database does not answer.
pub async fn touch(conn: &mut PgConnection, user: Uuid, orgnr: Orgnr) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE prospects SET touched_at = now() WHERE id IN (
             SELECT id FROM prospects WHERE orgnr = $2 AND removed_at IS NULL AND (scope = 'team' OR created_by = $1)
             ORDER BY id FOR UPDATE)",
        user,
        key(orgnr),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Companies whose prospects the user may see, ascending: those in one stage, of one outcome (`open`, `closed`, `passed`),
/// or, with neither, all that are or ever were in the pipeline.
///
/// # Errors
/// When the database does not answer.
pub async fn companies(
    conn: &mut PgConnection,
    user: Uuid,
    stage: Option<&str>,
    outcome: Option<&str>,
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "SELECT DISTINCT p.orgnr FROM prospects p JOIN prospect_stages s ON s.key = p.stage
         WHERE (p.scope = 'team' OR p.created_by = $1)
           AND ($2::text IS NULL OR (p.stage = $2 AND p.removed_at IS NULL))
           AND ($3::text IS NULL OR (s.outcome = $3 AND p.removed_at IS NULL))
         ORDER BY p.orgnr",
        user,
        stage,
        outcome,
    )
    .fetch_all(conn)
    .await
}
