//! How many companies dynamic lists hold now.

use std::collections::HashMap;
use std::sync::Arc;

use domain::filter::print::print;
use store::failure::DatabaseError;
use store::lists::List;
use uuid::Uuid;

use super::followed;
use universe::index::ScreenIndex;
use universe::sets::{Asker, Resolved, resolve};

/// The counts of the dynamic ones among the lists, as the asker sees them. A list is left out while the index loads, or
/// when its filter cannot be asked (any more) by this person.
///
/// # Errors
/// When the database does not answer.
pub async fn count_dynamic(
    index: &ScreenIndex,
    asker: Asker,
    lists: &[List],
) -> Result<HashMap<Uuid, u64>, DatabaseError> {
    let mut counts = HashMap::new();
    let Some(state) = index.read() else { return Ok(counts) };
    let mut open: Vec<(Uuid, String, Resolved)> = Vec::new();
    for list in lists.iter().filter(|list| list.is_dynamic) {
        let Ok(filter) = followed(list) else { continue };
        let resolved = match resolve(&index.sets, asker, filter).await {
            Ok(resolved) => resolved,
            Err(universe::sets::SetError::Database(error)) => return Err(error.into()),
            Err(_) => continue,
        };
        let key = format!("{}\n{:?}\n{}", state.version(), resolved.versions, print(&resolved.filter));
        match index.counts.get(&key) {
            Some(count) => {
                counts.insert(list.id, count);
            }
            None => open.push((list.id, key, resolved)),
        }
    }
    if open.is_empty() {
        return Ok(counts);
    }
    let state = Arc::clone(&state);
    let counted = tokio::task::spawn_blocking(move || {
        open.into_iter()
            .map(|(id, key, resolved)| (id, key, state.select(&resolved.filter, &resolved.sets).count()))
            .collect::<Vec<_>>()
    });
    // Cut off only when the server stops: then nobody reads the answer.
    for (id, key, count) in counted.await.unwrap_or_default() {
        index.counts.put(key, count);
        counts.insert(id, count);
    }
    Ok(counts)
}
