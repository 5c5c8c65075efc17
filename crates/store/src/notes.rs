//! Notes on companies, the texts they had before, and whom they mention.

use chrono::{DateTime, Utc};
use domain::access::Visibility;
use domain::note::NoteKind;
use domain::orgnr::Orgnr;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::key;

/// A note as its reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Identity.
    pub id: Uuid,
    /// The company.
    pub orgnr: i64,
    /// `private` or `team`.
    pub scope: String,
    /// `note`, `call`, `email` or `meeting`.
    pub kind: String,
    /// The text; `@[Name](id)` mentions a person.
    pub body: String,
    /// Who wrote it.
    pub author_id: Option<Uuid>,
    /// Their name.
    pub author_name: Option<String>,
    /// People it mentions.
    pub mentions: Vec<Uuid>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When its text was last changed.
    pub updated_at: DateTime<Utc>,
    /// Counts changes; above 1 it was edited.
    pub version: i32,
    /// When it was deleted.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// What somebody writes.
#[derive(Clone, Debug)]
pub struct NoteDraft<'a> {
    /// What it is about.
    pub kind: NoteKind,
    /// The text.
    pub body: &'a str,
    /// People it mentions.
    pub mentions: &'a [Uuid],
}

/// A text that a note had before.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Which version this was.
    pub version: i32,
    /// Its text.
    pub body: String,
    /// Its kind.
    pub kind: String,
    /// Name of whoever replaced it.
    pub replaced_by_name: Option<String>,
    /// When.
    pub replaced_at: DateTime<Utc>,
}

/// The notes of a company that the user may see, newest first, deleted ones not.
///
/// # Errors
/// When the database does not answer.
pub async fn of_company(conn: &mut PgConnection, user: Uuid, orgnr: Orgnr) -> sqlx::Result<Vec<Note>> {
    sqlx::query_as!(
        Note,
        r#"SELECT n.id, n.orgnr, n.scope, n.kind, n.body, n.author_id, u.display_name AS "author_name?", n.mentions,
                  n.created_at, n.updated_at, n.version, n.deleted_at
           FROM notes n LEFT JOIN users u ON u.id = n.author_id
           WHERE n.orgnr = $2 AND n.deleted_at IS NULL AND (n.scope = 'team' OR n.author_id = $1)
           ORDER BY n.created_at DESC, n.id"#,
        user,
        key(orgnr),
    )
    .fetch_all(conn)
    .await
}

/// One note that the user may see, a deleted one too.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, user: Uuid, id: Uuid) -> sqlx::Result<Option<Note>> {
    sqlx::query_as!(
        Note,
        r#"SELECT n.id, n.orgnr, n.scope, n.kind, n.body, n.author_id, u.display_name AS "author_name?", n.mentions,
                  n.created_at, n.updated_at, n.version, n.deleted_at
           FROM notes n LEFT JOIN users u ON u.id = n.author_id
           WHERE n.id = $2 AND (n.scope = 'team' OR n.author_id = $1)"#,
        user,
        id,
    )
    .fetch_optional(conn)
    .await
}

/// Keeps a note and returns its id.
///
/// # Errors
/// When the database does not answer or the company is unknown.
pub async fn insert(
    conn: &mut PgConnection,
    orgnr: Orgnr,
    author: Uuid,
    scope: Visibility,
    draft: &NoteDraft<'_>,
) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "INSERT INTO notes (orgnr, scope, kind, body, author_id, mentions) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        key(orgnr),
        scope.as_str(),
        draft.kind.as_str(),
        draft.body,
        author,
        draft.mentions,
    )
    .fetch_one(conn)
    .await
}

/// Replaces the text, keeping the former one; false when the note has another version by now or is deleted.
///
/// # Errors
/// When the database does not answer.
pub async fn update(
    conn: &mut PgConnection,
    id: Uuid,
    draft: &NoteDraft<'_>,
    expected_version: i32,
    by: Uuid,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "WITH former AS (SELECT id, version, body, kind FROM notes
                         WHERE id = $1 AND version = $2 AND deleted_at IS NULL FOR UPDATE),
              kept AS (INSERT INTO note_revisions (note_id, version, body, kind, replaced_by)
                       SELECT id, version, body, kind, $6 FROM former)
         UPDATE notes n SET body = $3, kind = $4, mentions = $5, version = n.version + 1, updated_at = now()
         FROM former WHERE n.id = former.id",
        id,
        expected_version,
        draft.body,
        draft.kind.as_str(),
        draft.mentions,
        by,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes the note or brings it back; false when it was so already.
///
/// # Errors
/// When the database does not answer.
pub async fn set_deleted(conn: &mut PgConnection, id: Uuid, is_deleted: bool) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE notes SET deleted_at = CASE WHEN $2 THEN now() END WHERE id = $1 AND (deleted_at IS NOT NULL) <> $2",
        id,
        is_deleted,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The texts that a note had before, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn revisions(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Vec<Revision>> {
    sqlx::query_as!(
        Revision,
        r#"SELECT r.version, r.body, r.kind, u.display_name AS "replaced_by_name?", r.replaced_at
           FROM note_revisions r LEFT JOIN users u ON u.id = r.replaced_by
           WHERE r.note_id = $1 ORDER BY r.version DESC"#,
        id,
    )
    .fetch_all(conn)
    .await
}
