//! The search provider: how often it was asked today, until when it rests, and what came of the last question.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// What is known of a provider.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Seen {
    /// Questions of today (UTC).
    pub asked_today: i32,
    /// It asked to be left alone until then.
    pub resting_until: Option<DateTime<Utc>>,
    /// When it was last asked; `None` where an answer is still to come.
    pub seen_at: Option<DateTime<Utc>>,
    /// Why it did not answer; `None` where it did.
    pub problem: Option<String>,
}

/// Whether a question may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Yes; it is counted.
    Taken,
    /// The provider asked to be left alone until then.
    Resting(DateTime<Utc>),
    /// The questions of the day are used up.
    Spent,
}

/// Takes one of the day's questions, for every process together.
///
/// # Errors
/// When the database does not answer.
pub async fn take(conn: &mut PgConnection, place: &str, limit: i32, now: DateTime<Utc>) -> sqlx::Result<Turn> {
    let taken: Option<i32> = sqlx::query_scalar(
        "INSERT INTO search_providers AS kept (place, day, asked) VALUES ($1, $2, 1)
         ON CONFLICT (place) DO UPDATE SET
             day = greatest(kept.day, EXCLUDED.day),
             asked = CASE WHEN kept.day < EXCLUDED.day THEN 1 ELSE kept.asked + 1 END
         WHERE (kept.resting_until IS NULL OR kept.resting_until <= $3) AND (kept.day < EXCLUDED.day OR kept.asked < $4)
         RETURNING asked",
    )
    .bind(place)
    .bind(now.date_naive())
    .bind(now)
    .bind(limit)
    .fetch_optional(&mut *conn)
    .await?;
    if taken.is_some() {
        return Ok(Turn::Taken);
    }
    let resting = find(conn, place, now).await?.and_then(|seen| seen.resting_until).filter(|until| *until > now);
    Ok(resting.map_or(Turn::Spent, Turn::Resting))
}

/// Notes what came of a question: that it was answered, or why not, and until when the provider wants to be left alone.
///
/// # Errors
/// When the database does not answer.
pub async fn note(
    conn: &mut PgConnection,
    place: &str,
    now: DateTime<Utc>,
    problem: Option<&str>,
    resting_until: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    // An answer that was under way when another was told to wait does not end that rest.
    sqlx::query(
        "UPDATE search_providers SET seen_at = $2, problem = $3, resting_until = greatest(resting_until, $4) WHERE place = $1",
    )
    .bind(place)
    .bind(now)
    .bind(problem)
    .bind(resting_until)
    .execute(conn)
    .await?;
    Ok(())
}

/// What is known of a provider; `None` when it was never asked.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, place: &str, now: DateTime<Utc>) -> sqlx::Result<Option<Seen>> {
    sqlx::query_as(
        "SELECT CASE WHEN day < $2 THEN 0 ELSE asked END AS asked_today, resting_until, seen_at, problem
         FROM search_providers WHERE place = $1",
    )
    .bind(place)
    .bind(now.date_naive())
    .fetch_optional(conn)
    .await
}
