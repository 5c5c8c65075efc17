//! Sets outside the catalogue that filters name: saved lists, by id or name.

use std::collections::HashMap;
use std::sync::Arc;

use domain::filter::{Condition, Filter};
use store::PgPool;
use store::universe::sets::{find_list, members};
use uuid::Uuid;

/// Members by set, as the engine wants them.
pub type Members = HashMap<String, Arc<[u64]>>;

/// Why a set cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// It does not exist.
    #[error("there is no {0}")]
    Unknown(String),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// The filter with every list named by its id, and the members of each set.
///
/// # Errors
/// [`SetError`].
pub async fn resolve(db: &PgPool, filter: Filter) -> Result<(Filter, Members), SetError> {
    let sets: Vec<String> = filter.sets().into_iter().map(str::to_owned).collect();
    if sets.is_empty() {
        return Ok((filter, Members::new()));
    }
    let mut conn = db.acquire().await?;
    let (mut ids, mut found) = (HashMap::new(), Members::new());
    for set in sets {
        let (kind, name) = set.split_once(':').unwrap_or((set.as_str(), ""));
        if kind != "list" {
            return Err(SetError::Unknown(format!("{kind} {name}").trim().to_owned()));
        }
        let id = find_list(&mut conn, Uuid::parse_str(name).ok(), name).await?;
        let id = id.ok_or_else(|| SetError::Unknown(format!("list “{name}”")))?;
        let key = format!("list:{id}");
        found.insert(key.clone(), members(&mut conn, id).await?.into());
        ids.insert(set, key);
    }
    Ok((renamed(filter, &ids), found))
}

fn renamed(filter: Filter, ids: &HashMap<String, String>) -> Filter {
    match filter {
        Filter::All(parts) => Filter::All(parts.into_iter().map(|part| renamed(part, ids)).collect()),
        Filter::Any(parts) => Filter::Any(parts.into_iter().map(|part| renamed(part, ids)).collect()),
        Filter::Not(part) => Filter::Not(Box::new(renamed(*part, ids))),
        Filter::Condition(Condition::InSet { set }) => {
            let set = ids.get(&set).cloned().unwrap_or(set);
            Filter::Condition(Condition::InSet { set })
        }
        condition @ Filter::Condition(_) => condition,
    }
}
