//! What the organisation has noted about companies: lists that hold them, labels, exclusion.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::access::Visibility;
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::evaluate::{Row, holds};
use domain::filter::{FieldId, Filter};
use domain::orgnr::Orgnr;
use store::company_marks;
use store::exclusions;
use store::lists::items;
use store::lists::{self, Wanted};
use store::{PgPool, company_facts};
use universe::sets::{Asker, Members, SetError, Sets, resolve};
use uuid::Uuid;

use super::change_list::visible;
use super::{as_key, followed};
pub use store::company_marks::LabelMark;
pub use store::exclusions::Exclusion;
pub use store::lists::items::Item;

use crate::actor::Actor;
use crate::error::Result;

/// A list that holds a company.
#[derive(Clone, Debug)]
pub struct Holding {
    /// The list.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Who sees it.
    pub scope: Visibility,
    /// Whether it follows its filter.
    pub is_dynamic: bool,
    /// Why the company is on it.
    pub note: Option<String>,
    /// When it was put there; `None` for a dynamic list.
    pub added_at: Option<DateTime<Utc>>,
}

/// What is noted about a company.
#[derive(Clone, Debug)]
pub struct Marks {
    /// Its number as the database keeps it.
    pub orgnr: i64,
    /// Labels that the person may see.
    pub labels: Vec<LabelMark>,
    /// Lists in use that hold it.
    pub list_count: i64,
    /// Why it is hidden.
    pub exclusion: Option<Exclusion>,
    /// What the asked list says of it.
    pub item: Option<Item>,
}

/// A company's facts with the sets that it is in.
struct Standing<'a> {
    facts: &'a CompanyFacts,
    sets: &'a Members,
}

impl Row for Standing<'_> {
    fn orgnr(&self) -> Orgnr {
        self.facts.orgnr
    }

    fn value(&self, field: FieldId) -> &FactValue {
        self.facts.value(field)
    }

    fn is_in(&self, set: &str) -> bool {
        self.sets.get(set).is_some_and(|members| members.contains(self.facts.orgnr.number()))
    }
}

/// The lists that the person may see and that hold the company, dynamic ones included, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn holding(db: &PgPool, sets: &Sets, actor: &Actor, orgnr: Orgnr) -> Result<Vec<Holding>> {
    let (kept, lists, facts) = {
        let mut conn = db.acquire().await?;
        let kept = lists::memberships(&mut conn, actor.user, as_key(orgnr)).await?;
        let wanted = Wanted { archived: Some(false), ..Wanted::default() };
        let lists = lists::visible_to(&mut conn, actor.user, wanted).await?;
        (kept, lists, company_facts::read(&mut conn, &[as_key(orgnr)]).await?)
    };
    let mut holding: Vec<Holding> = kept
        .into_iter()
        .map(|list| Holding {
            id: list.id,
            name: list.name,
            scope: list.scope,
            is_dynamic: false,
            note: list.note,
            added_at: Some(list.added_at),
        })
        .collect();
    for list in lists.into_iter().filter(|list| list.is_dynamic) {
        let (Some(facts), Ok(filter)) = (facts.first(), followed(&list)) else { continue };
        // Whether the organisation has excluded the company is said elsewhere on its page.
        let asker = Asker { user: actor.user, include_excluded: true };
        if is_within(sets, asker, filter, facts).await? {
            let (id, name, scope) = (list.id, list.name, list.scope);
            holding.push(Holding { id, name, scope, is_dynamic: true, note: None, added_at: None });
        }
    }
    holding.sort_by_cached_key(|list| (list.name.to_lowercase(), list.id));
    Ok(holding)
}

async fn is_within(sets: &Sets, asker: Asker, filter: Filter, facts: &CompanyFacts) -> Result<bool> {
    match resolve(sets, asker, filter).await {
        Ok(resolved) => Ok(holds(&resolved.filter, &Standing { facts, sets: &resolved.sets })),
        Err(SetError::Database(error)) => Err(error.into()),
        // A list whose filter this person cannot ask holds nothing for them.
        Err(_) => Ok(false),
    }
}

/// What is noted about companies, in the order of the keys; with `list`, also what that list says of them.
///
/// # Errors
/// No such list.
pub async fn marks(db: &PgPool, actor: &Actor, keys: &[i64], list: Option<Uuid>) -> Result<Vec<Marks>> {
    let mut conn = db.acquire().await?;
    let mut said = HashMap::new();
    if let Some(list) = list {
        visible(&mut conn, actor, list).await?;
        said.extend(items::details(&mut conn, list, keys).await?.into_iter().map(|item| (item.orgnr, item)));
    }
    let mut labels: HashMap<i64, Vec<LabelMark>> = HashMap::new();
    for mark in company_marks::labels(&mut conn, actor.user, keys).await? {
        labels.entry(mark.orgnr).or_default().push(mark);
    }
    let counts: HashMap<i64, i64> =
        company_marks::list_counts(&mut conn, actor.user, keys).await?.into_iter().collect();
    let mut excluded: HashMap<i64, Exclusion> =
        exclusions::of(&mut conn, keys).await?.into_iter().map(|one| (one.orgnr, one)).collect();
    Ok(keys
        .iter()
        .map(|key| Marks {
            orgnr: *key,
            labels: labels.remove(key).unwrap_or_default(),
            list_count: counts.get(key).copied().unwrap_or(0),
            exclusion: excluded.remove(key),
            item: said.remove(key),
        })
        .collect())
}
