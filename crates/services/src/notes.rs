//! Notes on companies: written, edited with the former text kept, deleted and brought back.

use domain::access::Visibility;
use domain::note::{MOST_CHARACTERS, NoteKind, excerpt, mentions};
use domain::orgnr::Orgnr;
use serde_json::json;
use sqlx::PgConnection;
use store::failure::DatabaseError;
use store::notes::{self, NoteDraft, Revision};
use store::{PgPool, activity, audit, notifications, people, prospects};
use uuid::Uuid;

pub use store::notes::Note;

use crate::actor::Actor;
use crate::quota::full;
use store::quotas::{Kept, has_room};

/// Most characters of a note that a notification shows.
const MOST_SHOWN: usize = 160;

/// Why a note was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// Too short, too long, or holding what a text cannot hold.
    #[error("a note has 1 to {MOST_CHARACTERS} characters")]
    Text,
    /// Whoever is mentioned could not read it.
    #[error("a private note cannot mention anybody: nobody else can read it")]
    PrivateMention,
    /// There is no such company.
    #[error("there is no such company")]
    NoCompany,
    /// There is no such note that the person can see.
    #[error("there is no such note that you can see")]
    Unknown,
    /// Somebody else changed it meanwhile.
    #[error("the note was changed meanwhile")]
    Changed,
    /// The person keeps as many as one person may.
    #[error("{0}")]
    Full(String),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What somebody writes.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is about.
    pub kind: NoteKind,
    /// The text.
    pub body: String,
}

/// Keeps a note; tells whom it mentions.
///
/// # Errors
/// [`NoteError`].
pub async fn write(
    db: &PgPool,
    actor: &Actor,
    orgnr: Orgnr,
    scope: Visibility,
    draft: &Draft,
) -> Result<Uuid, NoteError> {
    let mut tx = db.begin().await?;
    let id = write_within(&mut tx, actor, orgnr, scope, draft).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same in the caller's transaction.
///
/// # Errors
/// [`NoteError`].
pub async fn write_within(
    conn: &mut PgConnection,
    actor: &Actor,
    orgnr: Orgnr,
    scope: Visibility,
    draft: &Draft,
) -> Result<Uuid, NoteError> {
    let mentioned = check(conn, scope, draft).await?;
    if !has_room(conn, actor.user, Kept::Notes).await? {
        return Err(NoteError::Full(full(Kept::Notes)));
    }
    let kept = NoteDraft { kind: draft.kind, body: &draft.body, mentions: &mentioned };
    let id = notes::insert(conn, orgnr, actor.user, scope, &kept).await.map_err(|error| {
        let is_unknown = error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation);
        if is_unknown { NoteError::NoCompany } else { NoteError::Database(error) }
    })?;
    prospects::touch(conn, actor.user, orgnr).await?;
    record(conn, actor, "note.added", "note.create", id, orgnr, scope, draft.kind).await?;
    tell_mentioned(conn, actor, id, orgnr, draft, &mentioned).await?;
    Ok(id)
}

/// Replaces the text of a note, from the version that the change was made from.
///
/// # Errors
/// [`NoteError`].
pub async fn rewrite(db: &PgPool, actor: &Actor, note: &Note, version: i32, draft: &Draft) -> Result<(), NoteError> {
    let (orgnr, scope) = about(note)?;
    let mut tx = db.begin().await?;
    let mentioned = check(&mut tx, scope, draft).await?;
    let kept = NoteDraft { kind: draft.kind, body: &draft.body, mentions: &mentioned };
    if !notes::update(&mut tx, note.id, &kept, version, actor.user).await? {
        return Err(NoteError::Changed);
    }
    record(&mut tx, actor, "note.edited", "note.update", note.id, orgnr, scope, draft.kind).await?;
    let new: Vec<Uuid> = mentioned.into_iter().filter(|person| !note.mentions.contains(person)).collect();
    tell_mentioned(&mut tx, actor, note.id, orgnr, draft, &new).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes a note, or brings it back.
///
/// # Errors
/// [`NoteError`].
pub async fn set_deleted(db: &PgPool, actor: &Actor, note: &Note, is_deleted: bool) -> Result<(), NoteError> {
    let (orgnr, scope) = about(note)?;
    let kind = NoteKind::from_name(&note.kind).unwrap_or(NoteKind::Note);
    let mut tx = db.begin().await?;
    if notes::set_deleted(&mut tx, note.id, is_deleted).await? {
        let (told, action) =
            if is_deleted { ("note.deleted", "note.delete") } else { ("note.restored", "note.restore") };
        record(&mut tx, actor, told, action, note.id, orgnr, scope, kind).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn about(note: &Note) -> Result<(Orgnr, Visibility), NoteError> {
    let scope = Visibility::from_name(&note.scope).unwrap_or(Visibility::Private);
    Ok((store::companies::orgnr_of(note.orgnr)?, scope))
}

/// The people whom the text mentions, those who exist.
async fn check(conn: &mut PgConnection, scope: Visibility, draft: &Draft) -> Result<Vec<Uuid>, NoteError> {
    let length = draft.body.chars().count();
    if !(1..=MOST_CHARACTERS).contains(&length) || draft.body.contains('\0') {
        return Err(NoteError::Text);
    }
    let mentioned = mentions(&draft.body);
    if mentioned.is_empty() {
        return Ok(mentioned);
    }
    if scope == Visibility::Private {
        return Err(NoteError::PrivateMention);
    }
    Ok(people::known(conn, &mentioned).await?)
}

#[allow(clippy::too_many_arguments, reason = "two logs with two names, each needed once")]
async fn record(
    conn: &mut PgConnection,
    actor: &Actor,
    told: &'static str,
    action: &'static str,
    id: Uuid,
    orgnr: Orgnr,
    scope: Visibility,
    kind: NoteKind,
) -> sqlx::Result<()> {
    // The text itself stays in the note: logs outlive it.
    let detail = json!({ "note": id, "kind": kind.as_str() });
    let entry = activity::Entry { actor: Some(actor.user), kind: told, orgnrs: &[orgnr], detail: detail.clone() };
    match scope {
        Visibility::Team => activity::record(conn, &entry).await?,
        Visibility::Private => activity::record_private(conn, &entry).await?,
    }
    let event = actor.event(action).about("note", id).with(detail);
    // Which company somebody notes things about for themselves is nobody else's to know, administrators included.
    let event = if scope == Visibility::Team { event.of_company(orgnr) } else { event };
    audit::record(conn, &event).await
}

async fn tell_mentioned(
    conn: &mut PgConnection,
    actor: &Actor,
    id: Uuid,
    orgnr: Orgnr,
    draft: &Draft,
    people: &[Uuid],
) -> sqlx::Result<()> {
    let others: Vec<Uuid> = people.iter().copied().filter(|person| *person != actor.user).collect();
    let message = notifications::Message {
        to: &others,
        kind: "mention",
        actor: Some(actor.user),
        orgnr: Some(orgnr),
        subject: Some(format!("note:{id}")),
        detail: json!({ "excerpt": excerpt(&draft.body, MOST_SHOWN) }),
        unique_key: None,
    };
    notifications::send(conn, &message).await.map(drop)
}

/// The note, when the person may see it.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &PgPool, actor: &Actor, id: Uuid) -> Result<Option<Note>, DatabaseError> {
    Ok(notes::find(&mut *db.acquire().await?, actor.user, id).await?)
}

/// The notes on a company that the person may see.
///
/// # Errors
/// When the database does not answer.
pub async fn of_company(db: &PgPool, actor: &Actor, company: Orgnr) -> Result<Vec<Note>, DatabaseError> {
    Ok(notes::of_company(&mut *db.acquire().await?, actor.user, company).await?)
}

/// The texts that a note had before.
///
/// # Errors
/// When the database does not answer.
pub async fn revisions(db: &PgPool, id: Uuid) -> Result<Vec<Revision>, DatabaseError> {
    Ok(notes::revisions(&mut *db.acquire().await?, id).await?)
}
