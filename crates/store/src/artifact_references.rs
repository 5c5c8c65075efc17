//! Who names an object of the artifact store: what nobody names any more may be removed.

use sqlx::PgConnection;

/// Keeps everybody else from removing or newly naming the object until the transaction ends. Whoever is about to name an object
/// that may be removed at any time takes it first.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(conn: &mut PgConnection, sha256: &str) -> sqlx::Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended('artifact ' || $1, 0))", sha256).execute(conn).await?;
    Ok(())
}

/// Whether anything names the object: an export, a filing, a page, a staged file, a call of a model, or the upload of an import that is not
/// forgotten yet.
///
/// # Errors
/// When the database does not answer.
pub async fn is_named(conn: &mut PgConnection, sha256: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM exports WHERE sha256 = $1)
               OR EXISTS (SELECT FROM filings WHERE sha256 = $1)
               OR EXISTS (SELECT FROM page_texts WHERE sha256 = $1)
               OR EXISTS (SELECT FROM scraper.staged WHERE sha256 = $1)
               OR EXISTS (SELECT FROM model_calls WHERE prompt_sha256 = $1 OR answer_sha256 = $1 OR dossier_sha256 = $1)
               OR EXISTS (SELECT FROM jobs WHERE kind = 'import_files'
                          AND (payload -> 'files' @> jsonb_build_array(jsonb_build_object('sha256', $1::text))
                               OR payload -> 'mapping' ->> 'sha256' = $1)) AS "is_named!""#,
        sha256
    )
    .fetch_one(conn)
    .await
}
