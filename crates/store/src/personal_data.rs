//! What is kept of a person: every column that names one, what is exported of it, and what becomes of it when they are erased. A test compares
//! [`PLACES`] with the tables that there are, so a new column that names people is decided here.

use serde_json::Value;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What a person is called once they are erased; the web app says it in its language.
pub const ERASED_NAME: &str = "Erased person";

/// What becomes of the rows that name a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are deleted.
    Delete,
    /// Those for which this holds are deleted: what was the person's alone. The others are the organisation's work and keep the number.
    DeleteWhere(&'static str),
    /// They keep the number, which leads to somebody without a name, an address and an account then.
    KeepNumber,
}

/// A column that names a person.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// With its schema, unless that is `public`.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What an erasure does.
    pub fate: Fate,
    /// Columns that are left out of an export: secrets, or what is kept of them.
    pub hidden: &'static [&'static str],
}

const fn place(table: &'static str, column: &'static str, fate: Fate) -> Place {
    Place { table, column, fate, hidden: &[] }
}

const fn secret(table: &'static str, column: &'static str, hidden: &'static [&'static str]) -> Place {
    Place { table, column, fate: Fate::Delete, hidden }
}

use Fate::{Delete, DeleteWhere, KeepNumber};

const PRIVATE: Fate = DeleteWhere("scope = 'private'");

/// Every column that names a person.
pub const PLACES: &[Place] = &[
    secret("accounts", "user_id", &["password_hash"]),
    secret("account_links", "user_id", &["hash"]),
    secret("sessions", "user_id", &["cookie_hash"]),
    secret("second_factors", "user_id", &["secret"]),
    place("account_identities", "user_id", Delete),
    secret("sign_in_flows", "user_id", &["state_hash"]),
    secret("recovery_codes", "user_id", &["hash"]),
    secret("api_tokens", "user_id", &["hash"]),
    place("notifications", "user_id", Delete),
    place("notifications", "actor_id", Delete),
    place("deliveries", "user_id", Delete),
    place("monitors", "user_id", Delete),
    place("views", "owner_id", PRIVATE),
    place("lists", "owner_id", PRIVATE),
    place("labels", "owner_id", PRIVATE),
    place("notes", "author_id", PRIVATE),
    place("notes", "mentions", KeepNumber),
    place("activity_events", "actor_id", DeleteWhere("is_private")),
    place("list_items", "added_by", KeepNumber),
    place("label_items", "added_by", KeepNumber),
    place("exclusions", "added_by", KeepNumber),
    place("membership_changes", "actor", KeepNumber),
    place("membership_changes", "added_by", KeepNumber),
    place("note_revisions", "replaced_by", KeepNumber),
    place("prospects", "owner_id", KeepNumber),
    place("prospects", "created_by", KeepNumber),
    place("prospects", "updated_by", KeepNumber),
    place("prospect_moves", "moved_by", KeepNumber),
    place("screen_snapshots", "owner_id", KeepNumber),
    place("runs", "owner_id", KeepNumber),
    place("analysis_templates", "made_by", KeepNumber),
    place("analyses", "verdict_by", KeepNumber),
    place("analysis_changes", "made_by", KeepNumber),
    place("ai_reports", "made_by", KeepNumber),
    place("default_template", "made_by", KeepNumber),
    place("exports", "owner_id", KeepNumber),
    place("import_mappings", "saved_by", KeepNumber),
    Place { table: "webhooks", column: "created_by", fate: KeepNumber, hidden: &["secret"] },
    place("jobs", "requested_by", KeepNumber),
    place("job_pauses", "paused_by", KeepNumber),
    place("scraper.sessions", "created_by", KeepNumber),
    // The log is a chain: what is changed in it is found out. It keeps numbers and network addresses, and no names.
    place("audit_log", "actor", KeepNumber),
];

/// What one column tells of a person.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Where.
    pub place: &'static Place,
    /// How many rows there are.
    pub count: i64,
    /// The first of them as JSON, without what is hidden.
    pub rows: Vec<Value>,
}

/// What is kept of a person in one place, at most so many rows.
///
/// # Errors
/// When the database does not answer.
pub async fn read(conn: &mut PgConnection, place: &'static Place, person: Uuid, limit: i64) -> sqlx::Result<Kept> {
    let mut count = QueryBuilder::<Postgres>::new("SELECT count(*) FROM ");
    names(&mut count, place, person);
    let count: i64 = count.build_query_scalar().fetch_one(&mut *conn).await?;
    let mut rows = QueryBuilder::<Postgres>::new("SELECT to_jsonb(t) - ");
    rows.push_bind(place.hidden.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    rows.push("::text[] FROM ");
    names(&mut rows, place, person);
    rows.push(" LIMIT ").push_bind(limit);
    let rows = if count == 0 { Vec::new() } else { rows.build_query_scalar().fetch_all(conn).await? };
    Ok(Kept { place, count, rows })
}

/// `table t WHERE the column names the person`, whether it holds one number or several.
fn names(query: &mut QueryBuilder<Postgres>, place: &Place, person: Uuid) {
    query.push(place.table).push(" t WHERE ").push_bind(person);
    match (place.table, place.column) {
        ("notes", "mentions") | ("membership_changes", "added_by") => {
            query.push(" = ANY (t.").push(place.column).push(")")
        }
        _ => query.push(" = t.").push(place.column),
    };
}

/// Deletes what was a person's alone, and leaves of them a number without name, address and account; returns how many rows went from where.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(conn: &mut PgConnection, person: Uuid) -> sqlx::Result<Vec<(&'static str, u64)>> {
    let mut deleted = Vec::new();
    for place in PLACES {
        let only = match place.fate {
            Fate::KeepNumber => continue,
            Fate::Delete => None,
            Fate::DeleteWhere(only) => Some(only),
        };
        let mut query = QueryBuilder::<Postgres>::new("DELETE FROM ");
        query.push(place.table).push(" WHERE ").push(place.column).push(" = ").push_bind(person);
        if let Some(only) = only {
            query.push(" AND ").push(only);
        }
        let rows = query.build().execute(&mut *conn).await?.rows_affected();
        if rows > 0 {
            deleted.push((place.table, rows));
        }
    }
    // A mention stands in the text with the name that its person had.
    for statement in [
        "UPDATE notes SET body = regexp_replace(body, '@\\[[^\\]]*\\]\\(' || $1::text || '\\)', '@[' || $2 || '](' || $1::text || ')', 'g')
         WHERE position($1::text in body) > 0",
        "UPDATE note_revisions SET body = regexp_replace(body, '@\\[[^\\]]*\\]\\(' || $1::text || '\\)', '@[' || $2 || '](' || $1::text || ')', 'g')
         WHERE position($1::text in body) > 0",
    ] {
        sqlx::query(statement).bind(person).bind(ERASED_NAME).execute(&mut *conn).await?;
    }
    sqlx::query(
        "UPDATE users SET email = id || '@lode.invalid', display_name = $2, disabled_at = coalesce(disabled_at, now()),
                          erased_at = coalesce(erased_at, now()), erasure_asked_at = NULL
         WHERE id = $1",
    )
    .bind(person)
    .bind(ERASED_NAME)
    .execute(conn)
    .await?;
    Ok(deleted)
}

/// Notes that a person asks to be erased, or takes that back.
///
/// # Errors
/// When the database does not answer.
pub async fn ask_erasure(conn: &mut PgConnection, person: Uuid, is_asked: bool) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE users SET erasure_asked_at = CASE WHEN $2 THEN coalesce(erasure_asked_at, now()) END WHERE id = $1",
    )
    .bind(person)
    .bind(is_asked)
    .execute(conn)
    .await?;
    Ok(())
}

/// Since when people ask to be erased.
///
/// # Errors
/// When the database does not answer.
pub async fn asked(conn: &mut PgConnection) -> sqlx::Result<Vec<(Uuid, chrono::DateTime<chrono::Utc>)>> {
    sqlx::query_as("SELECT id, erasure_asked_at FROM users WHERE erasure_asked_at IS NOT NULL").fetch_all(conn).await
}
