//! What one request did to the members of a list, a label or the exclusions, kept so that it can be taken back exactly.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// Whose members were changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A list.
    List(Uuid),
    /// A label.
    Label(Uuid),
    /// The exclusions.
    Exclusions,
}

impl Holder {
    /// The name in the database.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::List(_) => "list",
            Self::Label(_) => "label",
            Self::Exclusions => "exclusion",
        }
    }

    /// The list or the label.
    #[must_use]
    pub fn id(self) -> Option<Uuid> {
        match self {
            Self::List(id) | Self::Label(id) => Some(id),
            Self::Exclusions => None,
        }
    }

    fn from_row(kind: &str, id: Option<Uuid>) -> Option<Self> {
        match (kind, id) {
            ("list", Some(id)) => Some(Self::List(id)),
            ("label", Some(id)) => Some(Self::Label(id)),
            ("exclusion", _) => Some(Self::Exclusions),
            _ => None,
        }
    }
}

/// Members that were taken out, as they were; the four lists have one length and order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Former {
    /// The companies.
    pub orgnrs: Vec<i64>,
    /// Who had put them in.
    pub added_by: Vec<Option<Uuid>>,
    /// When.
    pub added_at: Vec<DateTime<Utc>>,
    /// The note on a list, the reason of an exclusion.
    pub notes: Vec<Option<String>>,
}

impl Former {
    pub(crate) fn push(&mut self, orgnr: i64, by: Option<Uuid>, at: DateTime<Utc>, note: Option<String>) {
        self.orgnrs.push(orgnr);
        self.added_by.push(by);
        self.added_at.push(at);
        self.notes.push(note);
    }
}

/// What a change did.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    /// These were put in.
    Added(Vec<i64>),
    /// These were taken out.
    Removed(Former),
}

impl Done {
    /// The companies that it was about.
    #[must_use]
    pub fn orgnrs(&self) -> &[i64] {
        match self {
            Self::Added(orgnrs) => orgnrs,
            Self::Removed(former) => &former.orgnrs,
        }
    }
}

/// A change, as kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Whose members.
    pub holder: Holder,
    /// Who made it.
    pub actor: Option<Uuid>,
    /// What it did.
    pub done: Done,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
}

/// Keeps a change and returns its id; `None` when it changed nothing. Changes of more than 30 days ago are forgotten.
///
/// # Errors
/// When the database cannot be reached.
pub async fn record(conn: &mut PgConnection, holder: Holder, actor: Uuid, done: &Done) -> sqlx::Result<Option<Uuid>> {
    if done.orgnrs().is_empty() {
        return Ok(None);
    }
    // Rows that another transaction forgets right now are left to it, so that nobody waits here.
    sqlx::query!(
        "DELETE FROM membership_changes WHERE id IN (SELECT id FROM membership_changes
         WHERE made_at < now() - interval '30 days' ORDER BY made_at LIMIT 20 FOR UPDATE SKIP LOCKED)"
    )
    .execute(&mut *conn)
    .await?;
    let empty = Former::default();
    let (direction, former) = match done {
        Done::Added(_) => ("added", &empty),
        Done::Removed(former) => ("removed", former),
    };
    let id = sqlx::query_scalar!(
        "INSERT INTO membership_changes (kind, subject, actor, direction, orgnrs, added_by, added_at, notes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        holder.kind(),
        holder.id(),
        actor,
        direction,
        done.orgnrs(),
        former.added_by.as_slice() as &[Option<Uuid>],
        former.added_at.as_slice(),
        former.notes.as_slice() as &[Option<String>],
    )
    .fetch_one(conn)
    .await?;
    Ok(Some(id))
}

/// The change with this id that the person made. Its row is locked: whoever takes it back does so once.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find_own(conn: &mut PgConnection, actor: Uuid, id: Uuid) -> sqlx::Result<Option<Change>> {
    let row = sqlx::query!(
        r#"SELECT kind, subject, actor, direction, orgnrs, added_by AS "added_by: Vec<Option<Uuid>>", added_at,
                  notes AS "notes: Vec<Option<String>>", undone_at
           FROM membership_changes WHERE id = $1 AND actor = $2 FOR UPDATE"#,
        id,
        actor,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(|row| {
        let done = match row.direction.as_str() {
            "added" => Done::Added(row.orgnrs),
            _ => Done::Removed(Former {
                orgnrs: row.orgnrs,
                added_by: row.added_by,
                added_at: row.added_at,
                notes: row.notes,
            }),
        };
        let holder = Holder::from_row(&row.kind, row.subject)?;
        Some(Change { holder, actor: row.actor, done, undone_at: row.undone_at })
    }))
}

/// Says that a change was taken back.
///
/// # Errors
/// When the database cannot be reached.
pub async fn mark_undone(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("UPDATE membership_changes SET undone_at = now() WHERE id = $1", id).execute(conn).await?;
    Ok(())
}
