//! Pages of companies' websites as they were read last.

use chrono::{DateTime, Utc};
use domain::orgnr::Orgnr;
use sqlx::PgConnection;

use crate::companies::key;

/// A page without its text, which is in the artifact store under its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebPage {
    /// Address after redirects.
    pub url: String,
    /// Title.
    pub title: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// SHA-256 of the text, hexadecimal.
    pub sha256: String,
    /// What its code tells of how it is made.
    pub markers: Vec<String>,
    /// `ETag` it came with.
    pub etag: Option<String>,
    /// `Last-Modified` it came with.
    pub last_modified: Option<String>,
    /// When this text was read.
    pub fetched_at: DateTime<Utc>,
    /// When the server last said that it still stands.
    pub checked_at: DateTime<Utc>,
}

/// The pages of a company, by address.
///
/// # Errors
/// When the database does not answer.
pub async fn of_company(conn: &mut PgConnection, orgnr: Orgnr) -> sqlx::Result<Vec<WebPage>> {
    sqlx::query_as!(
        WebPage,
        "SELECT url, title, language, sha256, markers, etag, last_modified, fetched_at, checked_at
         FROM web_pages WHERE orgnr = $1 ORDER BY url",
        key(orgnr)
    )
    .fetch_all(conn)
    .await
}

/// Keeps a page as it was read, unless a newer reading is kept already.
///
/// # Errors
/// When the company does not exist, or the database does not answer.
pub async fn keep(conn: &mut PgConnection, orgnr: Orgnr, page: &WebPage) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO web_pages AS kept (orgnr, url, title, language, sha256, markers, etag, last_modified, fetched_at, checked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (orgnr, url) DO UPDATE SET
             title = EXCLUDED.title, language = EXCLUDED.language, sha256 = EXCLUDED.sha256, markers = EXCLUDED.markers,
             etag = EXCLUDED.etag, last_modified = EXCLUDED.last_modified, fetched_at = EXCLUDED.fetched_at,
             checked_at = EXCLUDED.checked_at
         WHERE kept.checked_at <= EXCLUDED.checked_at",
        key(orgnr),
        page.url,
        page.title,
        page.language,
        page.sha256,
        &page.markers,
        page.etag,
        page.last_modified,
        page.fetched_at,
        page.checked_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the page still stands as it was read.
///
/// # Errors
/// When the database does not answer.
pub async fn confirm(conn: &mut PgConnection, orgnr: Orgnr, url: &str, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("UPDATE web_pages SET checked_at = $3 WHERE orgnr = $1 AND url = $2", key(orgnr), url, at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether the hash is that of a page's text, of this reading or an older one: only those may be asked for.
///
/// # Errors
/// When the database does not answer.
pub async fn knows_text(conn: &mut PgConnection, sha256: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM page_texts WHERE sha256 = $1) AS "known!""#, sha256)
        .fetch_one(conn)
        .await
}

/// Notes that the artifact store keeps a page's text under this hash.
///
/// # Errors
/// When the database does not answer.
pub async fn note_text(conn: &mut PgConnection, sha256: &str) -> sqlx::Result<()> {
    sqlx::query!("INSERT INTO page_texts (sha256) VALUES ($1) ON CONFLICT DO NOTHING", sha256).execute(conn).await?;
    Ok(())
}
