//! Keeps what was read of a company's website, in one way whoever read it: the enrichment or a session of the scraper.

use chrono::{DateTime, Utc};
use store::PgConnection;
use store::homepages::{self, Homepage};
use store::web_pages::{self, WebPage};

/// What a visit found, ready to be kept.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Pages that were read. The artifact store holds their texts already.
    pub read: Vec<WebPage>,
    /// Pages that still stand as they are kept, and when the server said so.
    pub confirmed: Vec<(String, DateTime<Utc>)>,
}

/// The row of a page that was read just now.
#[must_use]
pub fn row_of(page: &crawl::Page) -> WebPage {
    WebPage {
        url: page.url.clone(),
        title: page.title.clone(),
        language: page.language.map(str::to_owned),
        sha256: page.hash.clone(),
        markers: page.markers.clone(),
        etag: page.etag.clone(),
        last_modified: page.last_modified.clone(),
        fetched_at: page.fetched_at,
        checked_at: page.fetched_at,
    }
}

/// Keeps the homepage and the pages, unless newer ones are kept already. The caller has locked the company and recomputes its facts
/// in the same transaction.
///
/// # Errors
/// When the company does not exist, or the database does not answer.
pub async fn keep(conn: &mut PgConnection, homepage: &Homepage, reading: &Reading) -> sqlx::Result<()> {
    homepages::keep(conn, homepage).await?;
    for page in &reading.read {
        web_pages::note_text(conn, &page.sha256).await?;
        web_pages::keep(conn, homepage.orgnr, page).await?;
    }
    for (url, at) in &reading.confirmed {
        web_pages::confirm(conn, homepage.orgnr, url, *at).await?;
    }
    Ok(())
}
