//! What is kept of a person: an export of it all, the request to be erased, and the erasure.

use chrono::{DateTime, Utc};
use domain::access::Role;
use identity::Identity;
use serde_json::{Map, Value, json};
use store::users::{self, Origin};
use store::{PgPool, audit, personal_data};
use uuid::Uuid;

use crate::accounts::Caller;
use crate::error::ServiceError;

/// Rows of one column that an export holds; how many there are is told in every case.
const MOST_ROWS: i64 = 10_000;

/// Why nobody was erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// There is no such person.
    #[error("there is no user {0}")]
    Unknown(Uuid),
    /// It would be wrong; the sentence says why and what to do.
    #[error("{0}")]
    Refused(&'static str),
    /// Something does not work.
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

impl From<sqlx::Error> for EraseError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Everything that is kept of a person, as JSON: who they are, and by table and column the rows that name them. Secrets, and what is kept of
/// them, are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn export(db: &PgPool, person: Uuid, caller: &Caller, now: DateTime<Utc>) -> Result<Value, ServiceError> {
    let mut tx = db.begin().await?;
    let mut records = Map::new();
    for place in personal_data::PLACES {
        let kept = personal_data::read(&mut tx, place, person, MOST_ROWS).await?;
        if kept.count == 0 {
            continue;
        }
        let left_out = kept.count - i64::try_from(kept.rows.len()).unwrap_or(kept.count);
        let told = json!({ "count": kept.count, "left_out": left_out, "rows": kept.rows });
        records.insert(format!("{}.{}", place.table, place.column), told);
    }
    let known = users::find(&mut tx, person).await?;
    let known = known.map(|user| {
        json!({
            "id": user.id, "email": user.email, "display_name": user.display_name, "role": user.role.as_str(),
            "origin": user.origin.as_str(), "created_at": user.created_at, "last_seen_at": user.last_seen_at,
            "disabled_at": user.disabled_at,
        })
    });
    audit::record(&mut tx, &caller.event("person.export", Some(person)).about("user", person)).await?;
    tx.commit().await?;
    Ok(json!({ "exported_at": now, "person": known, "records": records }))
}

/// Notes that a person asks to be erased, or takes that back; administrators see it among the people.
///
/// # Errors
/// When the database does not answer.
pub async fn ask_erasure(db: &PgPool, person: Uuid, is_asked: bool, caller: &Caller) -> Result<(), ServiceError> {
    let mut tx = db.begin().await?;
    personal_data::ask_erasure(&mut tx, person, is_asked).await?;
    let action = if is_asked { "person.ask_erasure" } else { "person.withdraw_erasure" };
    audit::record(&mut tx, &caller.event(action, Some(person)).about("user", person)).await?;
    tx.commit().await?;
    Ok(())
}

/// Erases a person: their account, sessions, messages and private things are deleted, and what they did for the organisation keeps a number
/// that leads to nobody. It cannot be taken back. Nobody erases themselves, nor the last administrator.
///
/// # Errors
/// See [`EraseError`].
pub async fn erase(
    db: &PgPool,
    identity: &Identity,
    person: Uuid,
    caller: &Caller,
    actor: Uuid,
) -> Result<(), EraseError> {
    let mut tx = db.begin().await?;
    let known = users::find(&mut tx, person).await?.ok_or(EraseError::Unknown(person))?;
    if known.origin == Origin::Local {
        return Err(EraseError::Refused("the local owner of an installation without sign-in is no person"));
    }
    if person == actor {
        return Err(EraseError::Refused("you cannot erase yourself; ask another administrator"));
    }
    let is_admin = known.role == Role::Admin && known.disabled_at.is_none();
    if is_admin && users::other_admins(&mut tx, person).await? == 0 {
        return Err(EraseError::Refused("this is the last administrator; make another one first"));
    }
    let deleted = personal_data::erase(&mut tx, person).await?;
    let mut counts = Map::new();
    for (table, rows) in deleted {
        let before = counts.get(table).and_then(Value::as_u64).unwrap_or(0);
        counts.insert(table.to_owned(), json!(before + rows));
    }
    let event = caller.event("person.erase", Some(actor)).about("user", person);
    audit::record(&mut tx, &event.with(json!({ "deleted": counts }))).await?;
    tx.commit().await?;
    identity.recheck_everybody();
    Ok(())
}

/// Since when people ask to be erased.
///
/// # Errors
/// When the database does not answer.
pub async fn asked(db: &PgPool) -> Result<Vec<(Uuid, DateTime<Utc>)>, ServiceError> {
    Ok(personal_data::asked(&mut *db.acquire().await?).await?)
}
