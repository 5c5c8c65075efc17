//! Company websites, by the crawler.

use domain::orgnr::Orgnr;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::scraper::items::Item;
use url::Url;

use super::source::{Fetched, Source, Trouble, Work};

/// The source.
pub struct Websites;

impl Source for Websites {
    fn plan<'a>(&'a self, work: &'a Work<'a>) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move {
            let items: Vec<_> = work
                .options
                .sites
                .iter()
                .filter_map(|site| {
                    let orgnr: Orgnr = site.orgnr.parse().ok()?;
                    Some((
                        format!("{:010} {}", orgnr.number(), site.url),
                        json!({ "orgnr": orgnr.number(), "url": site.url }),
                    ))
                })
                .collect();
            work.add_items(&items).await?;
            work.save_plan(&json!({}), true).await
        })
    }

    fn fetch<'a>(&'a self, work: &'a Work<'a>, item: &'a Item) -> BoxFuture<'a, Result<Option<String>, Trouble>> {
        Box::pin(async move {
            let orgnr = item.options["orgnr"].as_i64();
            let homepage = item.options["url"].as_str().and_then(|url| Url::parse(url).ok());
            let homepage = homepage.ok_or_else(|| Trouble::Never("the address is none".to_owned()))?;
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
                    Some(error) => Trouble::Later { reason, after: error.retry_after },
                    None => Trouble::Never(reason),
                });
            }
            let printed: Vec<Value> = site
                .orgnrs
                .iter()
                .map(|found| {
                    json!({ "orgnr": found.orgnr.number(), "is_labelled": found.is_labelled, "url": found.url, "quote": found.quote })
                })
                .collect();
            for page in &site.pages {
                work.count(page.all_text.len() as u64).await?;
                let fetched = Fetched {
                    kind: "page",
                    key: format!("{} {}", orgnr.unwrap_or_default(), page.url),
                    orgnr,
                    file_name: format!("{}.txt", &page.hash[..16.min(page.hash.len())]),
                    detail: json!({
                        "url": page.url, "homepage": site.homepage, "title": page.title, "language": page.language,
                        "text_hash": page.hash, "fetched_at": page.fetched_at, "status": page.status, "etag": page.etag,
                        "last_modified": page.last_modified, "orgnrs": printed,
                    }),
                };
                work.stage(item, fetched, page.text.clone().into()).await?;
            }
            Ok((!remarks.is_empty()).then(|| remarks.join("; ")))
        })
    }
}
