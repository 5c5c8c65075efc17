//! What the visit to a proved website brought: the texts of its pages, those that still stand from what is kept.

use anyhow::Context;
use crawl::Site;
use domain::website::PageText;
use futures::TryStreamExt;
use queue::JobError;
use store::web_pages::WebPage;

use artifacts::Artifacts;
use ingest::websites::{Reading, row_of};

/// What a visit brought home.
pub struct Visit {
    /// Every page with its text, those that still stand too.
    pub pages: Vec<PageText>,
    /// What is to be kept of it.
    pub reading: Reading,
}

/// Takes the validators off those of the kept pages whose text is not at hand, so that they are asked for as if they were new: their
/// server would say for ever that nothing changed, and their text would be missing for ever.
///
/// # Errors
/// Again, when the artifact store does not answer.
pub async fn doubt_without_text(artifacts: &Artifacts, kept: &mut [WebPage]) -> Result<(), JobError> {
    for page in kept {
        if !artifacts.has(&page.sha256).await.map_err(JobError::retry)? {
            (page.etag, page.last_modified) = (None, None);
        }
    }
    Ok(())
}

/// Puts the texts into the artifact store, before any row names their hashes, and fetches those of pages that still stand.
///
/// # Errors
/// Again, when the artifact store does not answer or has lost a text.
pub async fn read(artifacts: &Artifacts, site: &Site, kept: &[WebPage]) -> Result<Visit, JobError> {
    let mut visit = Visit { pages: Vec::new(), reading: Reading::default() };
    for page in &site.pages {
        artifacts.put(&page.hash, page.text.clone().into()).await.map_err(JobError::retry)?;
        let row = row_of(page);
        visit.pages.push(told(&row, page.text.clone()));
        visit.reading.read.push(row);
    }
    for unchanged in &site.unchanged {
        if let Some(page) = kept.iter().find(|page| page.url == unchanged.url) {
            let text = text_of(artifacts, page).await.map_err(JobError::retry)?;
            visit.pages.push(told(page, text));
            visit.reading.confirmed.push((page.url.clone(), unchanged.checked_at));
        }
    }
    Ok(visit)
}

async fn text_of(artifacts: &Artifacts, page: &WebPage) -> anyhow::Result<String> {
    let (_, pieces) = artifacts
        .get(&page.sha256)
        .await?
        .with_context(|| format!("the text of {} is not in the artifact store any more", page.url))?;
    let pieces: Vec<bytes::Bytes> = pieces.try_collect().await?;
    Ok(String::from_utf8_lossy(&pieces.concat()).into_owned())
}

fn told(page: &WebPage, text: String) -> PageText {
    PageText {
        url: page.url.clone(),
        title: page.title.clone(),
        language: page.language.clone(),
        text,
        sha256: page.sha256.clone(),
        fetched_at: page.fetched_at,
        markers: page.markers.clone(),
    }
}
