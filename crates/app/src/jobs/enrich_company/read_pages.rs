//! Reads the pages of a proved website, and takes those that still stand from what is kept.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, Utc};
use crawl::site::Known;
use crawl::{Options, Site, site};
use domain::website::PageText;
use futures::TryStreamExt;
use queue::JobError;
use store::web_pages::WebPage;
use url::Url;

use crate::artifacts::Artifacts;
use crate::jobs::JobState;

/// Pages of one company that are read.
const PAGES: usize = 6;

/// What a visit brought home.
#[derive(Default)]
pub struct Visit {
    /// Every page with its text, those that still stand too.
    pub pages: Vec<PageText>,
    /// Rows to keep, of pages that were read.
    pub read: Vec<WebPage>,
    /// Pages that still stand, and when the server said so.
    pub confirmed: Vec<(String, DateTime<Utc>)>,
    /// Why there is no page: a stable word and the story.
    pub failure: Option<(&'static str, String)>,
    /// Why another attempt may find more, and how long to wait for it.
    pub passing: Option<(String, Option<Duration>)>,
}

/// Visits the site, unless the visit that proved it has read enough already.
pub async fn visit(state: &JobState, url: &str, proving: Option<Site>, kept: &[WebPage]) -> Result<Visit, JobError> {
    let homepage = Url::parse(url).map_err(JobError::fail)?;
    let visited = match proving {
        Some(site) if site.pages.len() > 3 || kept.is_empty() && site.pages.len() == PAGES => site,
        _ => {
            let known = kept.iter().map(|page| {
                let known = Known {
                    etag: page.etag.clone(),
                    last_modified: page.last_modified.clone(),
                    hash: Some(page.sha256.clone()),
                };
                (page.url.clone(), known)
            });
            let options = Options { max_pages: PAGES, known: known.collect::<HashMap<_, _>>(), ..Options::default() };
            site(&*state.web, &homepage, &options).await
        }
    };
    let mut visit = Visit::default();
    for page in &visited.pages {
        // The text is in the store before any row names its hash.
        state.artifacts.put(&page.hash, page.text.clone().into()).await.map_err(JobError::retry)?;
        visit.pages.push(PageText {
            url: page.url.clone(),
            title: page.title.clone(),
            language: page.language.map(str::to_owned),
            text: page.text.clone(),
            sha256: page.hash.clone(),
            fetched_at: page.fetched_at,
            markers: page.markers.clone(),
        });
        visit.read.push(WebPage {
            url: page.url.clone(),
            title: page.title.clone(),
            language: page.language.map(str::to_owned),
            sha256: page.hash.clone(),
            markers: page.markers.clone(),
            etag: page.etag.clone(),
            last_modified: page.last_modified.clone(),
            fetched_at: page.fetched_at,
            checked_at: page.fetched_at,
        });
    }
    for unchanged in &visited.unchanged {
        if let Some(page) = kept.iter().find(|page| page.url == unchanged.url) {
            visit.pages.push(text_of(&state.artifacts, page).await.map_err(JobError::retry)?);
            visit.confirmed.push((page.url.clone(), unchanged.checked_at));
        }
    }
    if visit.pages.is_empty() {
        visit.failure = Some(why_nothing(&visited));
        let passing = visited.errors.iter().find(|failed| failed.is_passing);
        visit.passing = passing.map(|failed| (format!("{}: {}", failed.url, failed.reason), failed.retry_after));
    }
    Ok(visit)
}

fn why_nothing(visited: &Site) -> (&'static str, String) {
    match (visited.refused.first(), visited.errors.first()) {
        (Some(refused), _) => ("refused", format!("{}: {}", refused.url, refused.reason)),
        (None, Some(failed)) => ("unreachable", format!("{}: {}", failed.url, failed.reason)),
        (None, None) => ("unreachable", "the website gave no page".to_owned()),
    }
}

/// A kept page with its text.
async fn text_of(artifacts: &Artifacts, page: &WebPage) -> anyhow::Result<PageText> {
    let (_, pieces) = artifacts
        .get(&page.sha256)
        .await?
        .with_context(|| format!("the text of {} is not in the artifact store any more", page.url))?;
    let pieces: Vec<bytes::Bytes> = pieces.try_collect().await?;
    Ok(PageText {
        url: page.url.clone(),
        title: page.title.clone(),
        language: page.language.clone(),
        text: String::from_utf8_lossy(&pieces.concat()).into_owned(),
        sha256: page.sha256.clone(),
        fetched_at: page.fetched_at,
        markers: page.markers.clone(),
    })
}
