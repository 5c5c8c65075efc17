//! What was read of a company's website, and what analyses say of it.

use domain::orgnr::Orgnr;
use store::PgPool;
use store::analyses::{self, StoredAnalysis};
use store::enrichments::{self, Enrichment};
use store::homepages::{self, Homepage};
use store::web_pages::{self, WebPage};

use crate::actor::Actor;
use crate::error::Result;

/// Everything that was found out about a company beyond its filings.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Its homepage with the proof.
    pub homepage: Option<Homepage>,
    /// The pages that were read.
    pub pages: Vec<WebPage>,
    /// What rules found on them.
    pub enrichments: Vec<Enrichment>,
    /// The newest analyses that the person may see.
    pub analyses: Vec<StoredAnalysis>,
}

/// What was found out about a company, with at most so many analyses.
///
/// # Errors
/// When the database does not answer.
pub async fn of_company(db: &PgPool, actor: &Actor, company: Orgnr, analyses: i64) -> Result<Findings> {
    let mut conn = db.acquire().await?;
    Ok(Findings {
        homepage: homepages::find(&mut conn, company).await?,
        pages: web_pages::of_company(&mut conn, company).await?,
        enrichments: enrichments::of_company(&mut conn, company).await?,
        analyses: analyses::of_company(&mut conn, company, actor.user, analyses).await?,
    })
}

/// Whether a hash is that of a page's text: the same store keeps filings and exports.
///
/// # Errors
/// When the database does not answer.
pub async fn knows_text(db: &PgPool, sha256: &str) -> Result<bool> {
    Ok(web_pages::knows_text(&mut *db.acquire().await?, sha256).await?)
}
