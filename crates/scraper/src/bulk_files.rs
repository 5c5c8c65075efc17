//! The bulk files of Bolagsverket and SCB: every organisation, in one zip each.

use futures::future::BoxFuture;
use serde_json::json;
use store::scraper::items::Item;

use super::source::{FetchError, Fetched, Source, Work};

/// The source.
pub struct BulkFiles;

impl Source for BulkFiles {
    fn plan<'a>(&'a self, work: &'a Work<'a>) -> BoxFuture<'a, Result<(), FetchError>> {
        Box::pin(async move {
            let items: Vec<_> = work.options.files.iter().map(|file| (file.clone(), json!({}))).collect();
            work.add_items(&items).await?;
            work.save_plan(&json!({}), true).await
        })
    }

    fn fetch<'a>(&'a self, work: &'a Work<'a>, item: &'a Item) -> BoxFuture<'a, Result<Option<String>, FetchError>> {
        Box::pin(async move {
            let (kind, path) = match item.key.as_str() {
                "bolagsverket" => ("register", "bolagsverket/bolagsverket_bulkfil.zip"),
                "scb" => ("scb", "scb/scb_bulkfil.zip"),
                other => return Err(FetchError::Never(format!("there is no bulk file {other}"))),
            };
            if work.has(kind, &item.key).await? {
                return Ok(None);
            }
            let file =
                super::download::download(work, item, &format!("{}/{path}", work.scraper.config.bulk_url)).await?;
            let fetched = Fetched {
                kind,
                key: item.key.clone(),
                orgnr: None,
                file_name: path.rsplit('/').next().unwrap_or(path).to_owned(),
                detail: json!({ "is_checksum_verified": file.is_checked }),
            };
            work.stage_file(item, fetched, &file).await?;
            tokio::fs::remove_file(&file.path).await.ok();
            Ok(None)
        })
    }
}
