//! The archives of annual reports, by the week in which they were filed.

use futures::future::BoxFuture;
use reqwest::StatusCode;
use serde_json::json;
use store::scraper::items::Item;

use super::s3_listing;
use super::source::{FetchError, Fetched, Source, Work};

const PREFIX: &str = "arsredovisningar/";
const FOLDER: &str = "arsredovisningar-bulkfiler";
/// Pages of a listing; a listing of more goes round in a circle.
const MAX_PAGES: usize = 200;

/// The source.
pub struct AnnualReports;

impl Source for AnnualReports {
    /// Lists page by page; the marker of the next page is noted after each, so that a kill costs one page.
    fn plan<'a>(&'a self, work: &'a Work<'a>) -> BoxFuture<'a, Result<(), FetchError>> {
        Box::pin(async move {
            let (from, to) =
                work.options.weeks().ok_or_else(|| FetchError::Never("the weeks are missing".to_owned()))?;
            let mut marker = work.session.checkpoint["marker"].as_str().map(str::to_owned);
            for _ in 0..MAX_PAGES {
                let page = list(work, marker.as_deref()).await?;
                let items: Vec<_> = page
                    .objects
                    .iter()
                    .filter(|object| week(&object.key).is_some_and(|week| from <= week && week <= to))
                    .map(|object| (object.key.clone(), json!({ "bytes": object.bytes, "etag": object.etag })))
                    .collect();
                work.add_items(&items).await?;
                if page.next_marker == marker && marker.is_some() {
                    return Err(FetchError::Never("the listing goes round in a circle".to_owned()));
                }
                marker = page.next_marker;
                work.save_plan(&json!({ "marker": marker }), marker.is_none()).await?;
                if marker.is_none() {
                    return Ok(());
                }
            }
            Err(FetchError::Never(format!("the listing has more than {MAX_PAGES} pages")))
        })
    }

    fn fetch<'a>(&'a self, work: &'a Work<'a>, item: &'a Item) -> BoxFuture<'a, Result<Option<String>, FetchError>> {
        Box::pin(async move {
            if work.has("archive", &item.key).await? {
                return Ok(None);
            }
            let url = format!("{}/{FOLDER}/{}", work.scraper.config.bulk_url, item.key);
            let file = super::download::download(work, item, &url).await?;
            let listed = item.options["bytes"].as_u64();
            if listed.is_some_and(|listed| listed != file.bytes) {
                tokio::fs::remove_file(&file.path).await.ok();
                return Err(FetchError::later(format!(
                    "{} bytes came, the listing says {}",
                    file.bytes,
                    listed.unwrap_or(0)
                )));
            }
            let fetched = Fetched {
                kind: "archive",
                key: item.key.clone(),
                orgnr: None,
                file_name: item.key.trim_start_matches(PREFIX).replace('/', "_"),
                detail: json!({ "is_checksum_verified": file.is_checked }),
            };
            work.stage_file(item, fetched, &file).await?;
            tokio::fs::remove_file(&file.path).await.ok();
            Ok(None)
        })
    }
}

async fn list(work: &Work<'_>, marker: Option<&str>) -> Result<s3_listing::Page, FetchError> {
    let failed =
        |error: reqwest::Error| FetchError::later(format!("the listing does not come: {}", error.without_url()));
    let mut url = url::Url::parse(&format!("{}/{FOLDER}", work.scraper.config.bulk_url))
        .map_err(|error| FetchError::Never(format!("SCRAPER_BULK_URL: {error}")))?;
    url.query_pairs_mut().append_pair("prefix", PREFIX);
    if let Some(marker) = marker {
        url.query_pairs_mut().append_pair("marker", marker);
    }
    let answer = work.scraper.client.get(url).send().await.map_err(failed)?;
    let status = answer.status();
    let text = answer.text().await.map_err(failed)?;
    work.count(text.len() as u64).await?;
    if !status.is_success() {
        let reason = format!("the listing answered {}", status.as_u16());
        let is_passing = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
        return Err(if is_passing { FetchError::later(reason) } else { FetchError::Never(reason) });
    }
    s3_listing::read(&text).map_err(FetchError::later)
}

/// `arsredovisningar/2024/07_2.zip` → 2024, week 7. Names of any other shape are not archives.
fn week(key: &str) -> Option<(i32, u32)> {
    let (year, file) = key.strip_prefix(PREFIX)?.split_once('/')?;
    let (week, part) = file.strip_suffix(".zip")?.split_once('_')?;
    part.parse::<u32>().ok()?;
    Some((year.parse().ok()?, week.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::week;

    #[test]
    fn names_of_archives() {
        assert_eq!(week("arsredovisningar/2024/07_2.zip"), Some((2024, 7)));
        for other in [
            "arsredovisningar/2024/",
            "arsredovisningar/2024/07.zip",
            "other/2024/07_2.zip",
            "arsredovisningar/../../07_2.zip",
        ] {
            assert_eq!(week(other), None, "{other}");
        }
    }
}
