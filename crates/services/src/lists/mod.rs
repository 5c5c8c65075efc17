//! Lists, labels and exclusions: who is put in and taken out, what lists together make, which companies a pasted text means.

pub mod change_list;
pub mod change_members;
pub mod combine;
pub mod count_dynamic;
pub mod items;
pub mod marks;
pub mod match_companies;
pub mod match_text;
pub mod merge;
pub mod read_text;
pub mod show;
pub mod take_back;

use domain::access::Visibility;
use domain::orgnr::Orgnr;
use screen::CompanySet;
use store::PgPool;

use universe::engines::{ScreenError, matching};
use universe::index::ScreenIndex;
use universe::sets::{Asker, SetError};

pub use store::lists::{List, ListDraft, Wanted};

/// Companies that one request may add, remove or combine from one list.
pub const MOST_MEMBERS: usize = 100_000;

/// The companies of a list as the asker sees them, ascending: those kept in it, or those that pass its filter now.
///
/// # Errors
/// The database does not answer, or the filter of a dynamic list cannot be asked any more.
pub async fn members_of(index: &ScreenIndex, db: &PgPool, asker: Asker, list: &List) -> Result<Vec<i64>, ScreenError> {
    if !list.is_dynamic {
        let sets = index.sets.of_lists(&[(list.id, list.membership_version)]).await?;
        return Ok(sets.get(&list.id).map(|set| keys(set)).unwrap_or_default());
    }
    Ok(following(index, db, asker, list).await?.into_iter().map(as_key).collect())
}

/// The companies that pass the filter of a dynamic list now.
///
/// # Errors
/// As [`members_of`].
pub async fn following(index: &ScreenIndex, db: &PgPool, asker: Asker, list: &List) -> Result<Vec<Orgnr>, ScreenError> {
    matching(index, db, asker, followed(list)?, Vec::new()).await
}

/// The filter that a dynamic list follows.
///
/// # Errors
/// When it is not understood any more.
pub fn followed(list: &List) -> Result<domain::filter::Filter, SetError> {
    let broken = || SetError::Broken(list.name.clone());
    let filter = list.filter.as_ref().ok_or_else(broken)?;
    domain::filter::json::from_json(filter, "/filter", domain::filter::vocabulary::Vocabulary::builtin())
        .map_err(|_| broken())
}

/// What companies' activity tells of a list or a label.
#[must_use]
pub fn told(name: &str, scope: Visibility) -> change_members::Told {
    change_members::Told { name: name.to_owned(), is_private: scope == Visibility::Private }
}

/// The numbers of a set as the database keeps them, ascending.
#[must_use]
pub fn keys(set: &CompanySet) -> Vec<i64> {
    set.iter().map(u64::cast_signed).collect()
}

/// A number as the database keeps it.
#[must_use]
pub fn as_key(orgnr: Orgnr) -> i64 {
    store::companies::key(orgnr)
}

/// Keys as numbers; those that are none (which the database cannot hold) are left out.
#[must_use]
pub fn as_orgnrs(keys: &[i64]) -> Vec<Orgnr> {
    keys.iter().filter_map(|key| Orgnr::from_number(key.cast_unsigned()).ok()).collect()
}
