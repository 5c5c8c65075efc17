//! Lists as their reader sees them: with the companies that dynamic ones hold now, and the filter in words.

use std::collections::HashMap;

use domain::filter::json::from_json;
use domain::filter::print::print;
use domain::filter::vocabulary::Vocabulary;
use store::PgPool;
pub use store::lists::ListPlace;
use store::lists::{self, List, Wanted};
use universe::index::ScreenIndex;
use universe::sets::{Asker, by_name};
use uuid::Uuid;

use super::change_list::visible;
use super::count_dynamic::count_dynamic;
use crate::actor::Actor;
use crate::error::Result;

/// A list with what is not kept in its row.
#[derive(Clone, Debug)]
pub struct ShownList {
    /// The list.
    pub list: List,
    /// Companies in it; `None` for a dynamic list while the index loads, or when its filter cannot be asked any more.
    pub count: Option<i64>,
    /// The filter in words, where it was asked for.
    pub filter_text: Option<String>,
}

impl ShownList {
    /// The list; `counts` are those of dynamic lists.
    #[must_use]
    pub fn new(list: List, counts: &HashMap<Uuid, u64>) -> Self {
        let count = match list.is_dynamic {
            true => counts.get(&list.id).and_then(|count| i64::try_from(*count).ok()),
            false => Some(i64::from(list.item_count)),
        };
        Self { list, count, filter_text: None }
    }
}

/// The place of a list.
fn place_of(list: &List) -> ListPlace {
    ListPlace { updated_at: list.updated_at, id: list.id }
}

/// A page of the lists that the person may see, last changed first, and the place that the next page starts after. What dynamic lists
/// hold is counted for the page alone.
///
/// # Errors
/// When the database does not answer.
pub async fn list_lists(
    db: &PgPool,
    index: &ScreenIndex,
    actor: &Actor,
    wanted: Wanted,
    after: Option<ListPlace>,
    limit: usize,
) -> Result<(Vec<ShownList>, Option<ListPlace>)> {
    // One more than is shown tells whether there is another page.
    let wanted = Wanted { after, limit: Some(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)), ..wanted };
    let mut found = lists::visible_to(&mut *db.acquire().await?, actor.user, wanted).await?;
    let next = (found.len() > limit).then(|| found.get(limit.saturating_sub(1)).map(place_of)).flatten();
    found.truncate(limit);
    let counts = count_dynamic(index, Asker::person(actor.user), &found).await?;
    Ok((found.into_iter().map(|list| ShownList::new(list, &counts)).collect(), next))
}

/// One list with its count and its filter in words.
///
/// # Errors
/// When the database does not answer.
pub async fn show(db: &PgPool, index: &ScreenIndex, actor: &Actor, list: List) -> Result<ShownList> {
    let counts = count_dynamic(index, Asker::person(actor.user), std::slice::from_ref(&list)).await?;
    let filter = list.filter.as_ref().and_then(|filter| from_json(filter, "", Vocabulary::builtin()).ok());
    let filter_text = match filter {
        Some(filter) => Some(print(&by_name(&mut *db.acquire().await?, actor.user, filter).await?)),
        None => None,
    };
    Ok(ShownList { filter_text, ..ShownList::new(list, &counts) })
}

/// One list by its id, and how many of its companies carry a note.
///
/// # Errors
/// No such list.
pub async fn find(db: &PgPool, index: &ScreenIndex, actor: &Actor, id: Uuid) -> Result<(ShownList, i64)> {
    let (list, notes) = {
        let mut conn = db.acquire().await?;
        (visible(&mut conn, actor, id).await?, lists::items::count_notes(&mut conn, id).await?)
    };
    Ok((show(db, index, actor, list).await?, notes))
}

/// The list alone; `None` when there is none that the person may see.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &PgPool, actor: &Actor, id: Uuid) -> Result<Option<List>> {
    Ok(lists::find(&mut *db.acquire().await?, actor.user, id).await?)
}
