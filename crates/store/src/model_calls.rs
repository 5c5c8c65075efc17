//! Calls of models and the money for them: set aside before a call, settled after it, never above a limit.
//!
//! A call's row is written before the call with what is set aside as its cost. So what is shown as spent is always the sum of the rows,
//! and a call whose worker died counts with the most that it can have cost.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// A call that somebody wants to make.
#[derive(Clone, Copy, Debug)]
pub struct NewCall<'a> {
    /// What the money is kept for, e.g. `run:<id>`.
    pub purpose: &'a str,
    /// The provider's name.
    pub provider: &'a str,
    /// The model's.
    pub model: &'a str,
    /// What it may cost at most, in millionths.
    pub amount: i64,
    /// What all calls of a month may cost together.
    pub monthly_limit: Option<i64>,
}

/// A limit that a call would exceed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// `month:2026-11`, or the purpose.
    pub name: String,
    /// What is left of it.
    pub left: i64,
}

/// Sets money aside for a call, in the caller's transaction; on [`Exceeded`] the caller rolls back. Two that reserve at once wait for one
/// another at the rows of what is limited, the month's first.
///
/// # Errors
/// When the database does not answer.
pub async fn reserve(conn: &mut PgConnection, call: &NewCall<'_>) -> sqlx::Result<Result<i64, Exceeded>> {
    let month = sqlx::query_scalar!(r#"SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM') AS "month!""#)
        .fetch_one(&mut *conn)
        .await?;
    let run = call.purpose.strip_prefix("run:").and_then(|id| Uuid::parse_str(id).ok());
    let own_limit = match run {
        Some(run) => sqlx::query_scalar!("SELECT budget FROM runs WHERE id = $1", run)
            .fetch_optional(&mut *conn)
            .await?
            .flatten(),
        None => None,
    };
    for (name, limit) in [(format!("month:{month}"), call.monthly_limit), (call.purpose.to_owned(), own_limit)] {
        sqlx::query!("INSERT INTO model_spending (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
            .execute(&mut *conn)
            .await?;
        let done = sqlx::query!(
            "UPDATE model_spending SET spent = spent + $2 WHERE name = $1 AND ($3::bigint IS NULL OR spent + $2 <= $3)",
            name,
            call.amount,
            limit
        )
        .execute(&mut *conn)
        .await?;
        if done.rows_affected() == 0 {
            let spent = spent(conn, &name).await?;
            return Ok(Err(Exceeded { left: (limit.unwrap_or(0) - spent).max(0), name }));
        }
    }
    let id = sqlx::query_scalar!(
        "INSERT INTO model_calls (purpose, month, provider, model, reserved, cost) VALUES ($1, $2, $3, $4, $5, $5) RETURNING id",
        call.purpose,
        month,
        call.provider,
        call.model,
        call.amount
    )
    .fetch_one(conn)
    .await?;
    Ok(Ok(id))
}

/// What is spent and set aside under a name.
///
/// # Errors
/// When the database does not answer.
pub async fn spent(conn: &mut PgConnection, name: &str) -> sqlx::Result<i64> {
    let found =
        sqlx::query_scalar!("SELECT spent FROM model_spending WHERE name = $1", name).fetch_optional(conn).await?;
    Ok(found.unwrap_or(0))
}

/// What is spent and set aside in this month (UTC).
///
/// # Errors
/// When the database does not answer.
pub async fn spent_this_month(conn: &mut PgConnection) -> sqlx::Result<i64> {
    let found = sqlx::query_scalar!(
        "SELECT spent FROM model_spending WHERE name = 'month:' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM')"
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.unwrap_or(0))
}

/// Puts the cost that was in the place of what was set aside, in the caller's transaction; false when that was done before.
///
/// # Errors
/// When the database does not answer.
pub async fn settle(conn: &mut PgConnection, id: i64, cost: i64) -> sqlx::Result<bool> {
    let Some(row) = sqlx::query!(
        "UPDATE model_calls SET cost = $2, settled_at = now() WHERE id = $1 AND settled_at IS NULL
         RETURNING purpose, month, reserved",
        id,
        cost
    )
    .fetch_optional(&mut *conn)
    .await?
    else {
        return Ok(false);
    };
    // In the order of `reserve`.
    for name in [format!("month:{}", row.month), row.purpose] {
        sqlx::query!("UPDATE model_spending SET spent = spent + $2 WHERE name = $1", name, cost - row.reserved)
            .execute(&mut *conn)
            .await?;
    }
    Ok(true)
}

/// How a call ended.
#[derive(Clone, Debug, Default)]
pub struct Ended {
    /// What it was about.
    pub subject: Option<String>,
    /// Name and version of the prompt.
    pub prompt_version: String,
    /// SHA-256 of the dossier.
    pub dossier_sha256: Option<String>,
    /// How the structure was asked for.
    pub structure: Option<String>,
    /// As the server told.
    pub input_tokens: Option<i64>,
    /// As the server told.
    pub output_tokens: Option<i64>,
    /// Whether the cost rests on the reservation.
    pub is_estimated: bool,
    /// How long it took.
    pub latency_ms: i64,
    /// As it came.
    pub finish_reason: Option<String>,
    /// HTTP status.
    pub status: Option<i32>,
    /// As `llm::Outcome` writes it.
    pub outcome: String,
    /// The messages, in the artifact store.
    pub prompt_sha256: Option<String>,
    /// The answer, in the artifact store.
    pub answer_sha256: Option<String>,
}

/// Writes down how a call ended.
///
/// # Errors
/// When the database does not answer.
pub async fn end(conn: &mut PgConnection, id: i64, ended: &Ended) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE model_calls SET subject = $2, prompt_version = $3, dossier_sha256 = $4, structure = $5, input_tokens = $6,
                output_tokens = $7, is_estimated = $8, latency_ms = $9, finish_reason = $10, status = $11, outcome = $12,
                prompt_sha256 = $13, answer_sha256 = $14, ended_at = now()
         WHERE id = $1",
        id,
        ended.subject,
        ended.prompt_version,
        ended.dossier_sha256,
        ended.structure,
        ended.input_tokens,
        ended.output_tokens,
        ended.is_estimated,
        ended.latency_ms,
        ended.finish_reason,
        ended.status,
        ended.outcome,
        ended.prompt_sha256,
        ended.answer_sha256,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The artifact of an answer that was given to the same question before.
///
/// # Errors
/// When the database does not answer.
pub async fn answered(
    conn: &mut PgConnection,
    purpose: &str,
    dossier_sha256: &str,
    prompt_version: &str,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"SELECT answer_sha256 AS "answer!" FROM model_calls
           WHERE purpose = $1 AND dossier_sha256 = $2 AND prompt_version = $3 AND outcome = 'answered' AND answer_sha256 IS NOT NULL
           ORDER BY id DESC LIMIT 1"#,
        purpose,
        dossier_sha256,
        prompt_version
    )
    .fetch_optional(conn)
    .await
}

/// Calls of one purpose together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Calls.
    pub calls: i64,
    /// What they cost, with what is set aside for those that run.
    pub cost: i64,
    /// Tokens in, as far as they were told.
    pub input_tokens: i64,
    /// Tokens out.
    pub output_tokens: i64,
    /// Calls that began within ten minutes and run still, as far as anybody knows.
    pub unsettled: i64,
}

/// What each purpose has used; one that has used nothing is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn usage(conn: &mut PgConnection, purposes: &[String]) -> sqlx::Result<Vec<(String, Usage)>> {
    let rows = sqlx::query!(
        r#"SELECT purpose, count(*) AS "calls!", coalesce(sum(cost), 0)::bigint AS "cost!",
                  coalesce(sum(input_tokens), 0)::bigint AS "input!", coalesce(sum(output_tokens), 0)::bigint AS "output!",
                  count(*) FILTER (WHERE settled_at IS NULL AND begun_at > now() - interval '10 minutes') AS "unsettled!"
           FROM model_calls WHERE purpose = ANY($1) GROUP BY purpose"#,
        purposes
    )
    .fetch_all(conn)
    .await?;
    let usage = rows.into_iter().map(|row| {
        let usage = Usage {
            calls: row.calls,
            cost: row.cost,
            input_tokens: row.input,
            output_tokens: row.output,
            unsettled: row.unsettled,
        };
        (row.purpose, usage)
    });
    Ok(usage.collect())
}

/// Mean cost of the newest answered calls of a provider with a prompt; `None` where there are none.
///
/// # Errors
/// When the database does not answer.
pub async fn mean_cost(
    conn: &mut PgConnection,
    provider: &str,
    model: &str,
    prompt_version: &str,
) -> sqlx::Result<Option<f64>> {
    sqlx::query_scalar!(
        "SELECT avg(cost)::double precision FROM (SELECT cost FROM model_calls
             WHERE provider = $1 AND model = $2 AND prompt_version = $3 AND outcome = 'answered' ORDER BY id DESC LIMIT 200) AS newest",
        provider,
        model,
        prompt_version
    )
    .fetch_one(conn)
    .await
}

/// One call as its reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCall {
    /// Identity.
    pub id: i64,
    /// The provider's name.
    pub provider: String,
    /// The model's.
    pub model: String,
    /// Name and version of the prompt.
    pub prompt_version: Option<String>,
    /// SHA-256 of the dossier.
    pub dossier_sha256: Option<String>,
    /// How the structure was asked for.
    pub structure: Option<String>,
    /// Tokens in.
    pub input_tokens: Option<i64>,
    /// Tokens out.
    pub output_tokens: Option<i64>,
    /// What was set aside.
    pub reserved: i64,
    /// What it cost.
    pub cost: i64,
    /// Whether the cost rests on what was set aside.
    pub is_estimated: bool,
    /// How long it took.
    pub latency_ms: Option<i64>,
    /// As it came.
    pub finish_reason: Option<String>,
    /// HTTP status.
    pub status: Option<i32>,
    /// How it ended; absent while it runs, or when its worker died.
    pub outcome: Option<String>,
    /// The messages, in the artifact store.
    pub prompt_sha256: Option<String>,
    /// The answer, in the artifact store.
    pub answer_sha256: Option<String>,
    /// When it began.
    pub begun_at: DateTime<Utc>,
}

/// The calls of a purpose about a subject, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn of_subject(conn: &mut PgConnection, purpose: &str, subject: &str) -> sqlx::Result<Vec<StoredCall>> {
    sqlx::query_as!(
        StoredCall,
        "SELECT id, provider, model, prompt_version, dossier_sha256, structure, input_tokens, output_tokens, reserved, cost, is_estimated,
                latency_ms, finish_reason, status, outcome, prompt_sha256, answer_sha256, begun_at
         FROM model_calls WHERE purpose = $1 AND subject = $2 ORDER BY id",
        purpose,
        subject
    )
    .fetch_all(conn)
    .await
}
