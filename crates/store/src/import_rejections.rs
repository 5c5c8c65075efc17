//! Rows and entries that an import refused, with the place, the reason and what to do about it.

use sqlx::PgConnection;
use uuid::Uuid;

/// One refused row, entry or item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// File, with archive entries after `!`, e.g. `32_1.zip!5590852777_2024-12-31.zip`.
    pub file: String,
    /// Row, entry or item number within the input file, from 1; 0 is the file as a whole.
    pub item: i64,
    /// Line, column, byte or element within it.
    pub place: Option<String>,
    /// What is wrong, one sentence.
    pub reason: String,
    /// What the user can do, one sentence.
    pub remedy: Option<String>,
    /// A few characters of the input, never personal numbers.
    pub sample: Option<String>,
}

/// Adds rejections of a run.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(conn: &mut PgConnection, import: Uuid, rejections: &[Rejection]) -> sqlx::Result<()> {
    if rejections.is_empty() {
        return Ok(());
    }
    let column = |of: fn(&Rejection) -> Option<&str>| {
        rejections.iter().map(|r| of(r).map(clean)).collect::<Vec<Option<String>>>()
    };
    sqlx::query!(
        r#"INSERT INTO import_rejections (import_id, file, item, place, reason, remedy, sample)
           SELECT $1, file, item, place, reason, remedy, sample
           FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
                AS r(file, item, place, reason, remedy, sample)
           ON CONFLICT DO NOTHING"#,
        import,
        &column(|r| Some(&r.file)) as &[Option<String>],
        &rejections.iter().map(|r| r.item).collect::<Vec<_>>(),
        &column(|r| r.place.as_deref()) as &[Option<String>],
        &column(|r| Some(&r.reason)) as &[Option<String>],
        &column(|r| r.remedy.as_deref()) as &[Option<String>],
        &column(|r| r.sample.as_deref()) as &[Option<String>],
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Broken input may hold NUL characters, which Postgres cannot.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Rejections of a run in the order of the input, and how many there are in all.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    conn: &mut PgConnection,
    import: Uuid,
    limit: i64,
    offset: i64,
) -> sqlx::Result<(Vec<Rejection>, i64)> {
    let rows = sqlx::query_as!(
        Rejection,
        "SELECT file, item, place, reason, remedy, sample FROM import_rejections
         WHERE import_id = $1 ORDER BY file, item LIMIT $2 OFFSET $3",
        import,
        limit,
        offset
    )
    .fetch_all(&mut *conn)
    .await?;
    let total =
        sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM import_rejections WHERE import_id = $1"#, import)
            .fetch_one(conn)
            .await?;
    Ok((rows, total))
}
