//! A document of a filing as a page that is safe to show.

use artifacts::Artifacts;
use futures::StreamExt;
use sources::report_page::{self, Wanted};
use store::PgPool;
use uuid::Uuid;

use crate::companies;
use crate::error::{Result, ServiceError};

/// Packages larger than this are downloaded, not shown: their pages would be more than a browser can lay out, in bytes.
const LARGEST: u64 = 48 << 20;

/// The page of the document at `place` of the filing; the tagged number with this concept and context is marked.
///
/// # Errors
/// No such filing or no package of it, or a package that cannot be read: what and the remedy.
pub async fn page(
    db: &PgPool,
    artifacts: &Artifacts,
    filing: Uuid,
    place: usize,
    figure: Option<(String, String)>,
) -> Result<String> {
    let package = companies::package(db, filing).await?;
    let missing = || {
        ServiceError::Missing(if package.is_stored {
            "the package is missing from the artifact store; import it again".to_owned()
        } else {
            "only the figures of this filing are kept, not its package".to_owned()
        })
    };
    let Some((size, mut pieces)) = artifacts.get(&package.sha256).await.map_err(ServiceError::Internal)? else {
        return Err(missing());
    };
    if size > LARGEST {
        let detail = format!("the package has {} MB, more than can be shown; download it", size >> 20);
        return Err(ServiceError::input("id", detail));
    }
    if !package.documents.is_empty() && place >= package.documents.len() {
        let detail = format!("the filing has {} documents; the position is counted from 1", package.documents.len());
        return Err(ServiceError::input("document", detail));
    }
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece.map_err(ServiceError::Internal)?);
    }
    let name = package.file_name.clone().unwrap_or_else(|| "package.zip".to_owned());
    let documents = package.documents;
    let read = move || {
        let wanted = figure.as_ref().map(|(concept, context)| Wanted { concept, context });
        report_page::of_package(&name, &bytes, &documents, place, wanted)
    };
    let read = tokio::task::spawn_blocking(read).await.map_err(|error| ServiceError::Internal(error.into()))?;
    read.map(|page| page.html).map_err(|error| ServiceError::input("id", error.to_string()))
}
