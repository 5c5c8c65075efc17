//! Company websites, by the crawler.

use chrono::{DateTime, Utc};
use domain::orgnr::Orgnr;
use domain::website::with_scheme;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::scraper::items::Item;
use store::web_pages::WebPage;
use url::Url;

use super::source::{FetchError, Fetched, Source, Work};
use ingest::websites::row_of;

/// What is staged with the text of a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StagedPage {
    /// Address that answered, after redirects.
    pub url: String,
    /// Homepage of the site.
    pub homepage: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// SHA-256 of the text, in hexadecimal.
    pub text_hash: String,
    /// When the answer was complete.
    pub fetched_at: DateTime<Utc>,
    /// HTTP status.
    pub status: u16,
    /// `ETag` it came with.
    pub etag: Option<String>,
    /// `Last-Modified` it came with.
    pub last_modified: Option<String>,
    /// What its code tells of how it is made; what was staged before this was noted has none.
    #[serde(default)]
    pub markers: Vec<String>,
    /// Organisation numbers that the pages of the site print.
    pub orgnrs: Vec<PrintedNumber>,
}

/// An organisation number on a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PrintedNumber {
    /// The number.
    pub orgnr: u64,
    /// Whether the page says that it is one.
    pub is_labelled: bool,
    /// The page.
    pub url: String,
    /// The words around it.
    pub quote: String,
}

impl StagedPage {
    fn of(page: &crawl::Page, homepage: Option<&str>, orgnrs: &[PrintedNumber]) -> Self {
        let row = row_of(page);
        Self {
            url: row.url,
            homepage: homepage.map(str::to_owned),
            title: row.title,
            language: row.language,
            text_hash: row.sha256,
            fetched_at: row.fetched_at,
            status: page.status,
            etag: row.etag,
            last_modified: row.last_modified,
            markers: row.markers,
            orgnrs: orgnrs.to_vec(),
        }
    }

    /// The row of the page among the companies' pages.
    #[must_use]
    pub fn row(self) -> WebPage {
        WebPage {
            url: self.url,
            title: self.title,
            language: self.language,
            sha256: self.text_hash,
            markers: self.markers,
            etag: self.etag,
            last_modified: self.last_modified,
            fetched_at: self.fetched_at,
            checked_at: self.fetched_at,
        }
    }
}

/// The source.
pub struct Websites;

impl Source for Websites {
    fn plan<'a>(&'a self, work: &'a Work<'a>) -> BoxFuture<'a, Result<(), FetchError>> {
        Box::pin(async move {
            let items: Vec<_> = work
                .options
                .sites
                .iter()
                .filter_map(|site| {
                    let orgnr: Orgnr = site.orgnr.parse().ok()?;
                    Some((
                        format!("{orgnr} {}", with_scheme(&site.url)),
                        json!({ "orgnr": orgnr.number(), "url": with_scheme(&site.url) }),
                    ))
                })
                .collect();
            work.add_items(&items).await?;
            work.save_plan(&json!({}), true).await
        })
    }

    fn fetch<'a>(&'a self, work: &'a Work<'a>, item: &'a Item) -> BoxFuture<'a, Result<Option<String>, FetchError>> {
        Box::pin(async move {
            let orgnr = item.options["orgnr"].as_i64();
            let homepage = item.options["url"].as_str().and_then(|url| Url::parse(url).ok());
            let homepage = homepage.ok_or_else(|| FetchError::Never("the address is none".to_owned()))?;
            let options =
                crawl::Options { max_pages: work.options.max_pages.unwrap_or(6), ..crawl::Options::default() };
            let site = crawl::site(work.scraper.web.as_ref(), &homepage, &options).await;
            let remarks: Vec<String> = site
                .errors
                .iter()
                .map(|error| format!("{}: {}", error.url, error.reason))
                .chain(site.refused.iter().map(|refused| format!("{}: {}", refused.url, refused.reason)))
                .take(20)
                .collect();
            if site.pages.is_empty() {
                let reason = remarks.first().cloned().unwrap_or_else(|| "the site has no page to read".to_owned());
                let passing = site.errors.first().filter(|error| error.is_passing);
                return Err(match passing {
                    Some(error) => FetchError::Later { reason, after: error.retry_after },
                    None => FetchError::Never(reason),
                });
            }
            let number = |found: &crawl::contacts::PrintedOrgnr| PrintedNumber {
                orgnr: found.orgnr.number(),
                is_labelled: found.is_labelled,
                url: found.url.clone(),
                quote: found.quote.clone(),
            };
            let printed: Vec<_> = site.orgnrs.iter().map(number).collect();
            for page in &site.pages {
                work.count(page.all_text.len() as u64).await?;
                let fetched = Fetched {
                    kind: "page",
                    key: format!("{} {}", orgnr.unwrap_or_default(), page.url),
                    orgnr,
                    file_name: format!("{}.txt", &page.hash[..16.min(page.hash.len())]),
                    detail: json!(StagedPage::of(page, site.homepage.as_deref(), &printed)),
                };
                work.stage(item, fetched, page.text.clone().into()).await?;
            }
            Ok((!remarks.is_empty()).then(|| remarks.join("; ")))
        })
    }
}
