//! Which companies a pasted text means, with what helps to tell them apart; nothing is written.

use std::collections::{HashMap, HashSet};

use domain::orgnr::Orgnr;
use store::PgPool;
use store::company_search::{self, CompanyLine};
use universe::blocking;
use universe::index::ScreenIndex;
use uuid::Uuid;

use super::as_key;
use super::change_list::visible;
use super::match_companies::{Outcome, match_companies};
use super::read_text::{Line, Meaning, read_text};
use crate::actor::Actor;
use crate::error::{Result, ServiceError};

/// Lines of one text.
pub const MOST_LINES: usize = 20_000;

/// What a text means.
pub struct Matched {
    /// Each line that is not empty, with its outcome.
    pub lines: Vec<(Line, Outcome)>,
    /// The register's line of each company that an outcome names, by number.
    pub companies: HashMap<i64, CompanyLine>,
    /// Those of them that are in the list already, by number.
    pub on_list: HashSet<i64>,
}

/// Reads a text with a company on each line; `list` is the one that they are meant for.
///
/// # Errors
/// Too many lines; no such list; names while the index loads.
pub async fn match_text(
    db: &PgPool,
    index: &ScreenIndex,
    actor: &Actor,
    text: &str,
    list: Option<Uuid>,
) -> Result<Matched> {
    let lines = read_text(text);
    if lines.len() > MOST_LINES {
        return Err(ServiceError::input(
            "/text",
            format!("at most {MOST_LINES} lines at once; send the rest after these"),
        ));
    }
    let numbers: Vec<i64> = lines
        .iter()
        .filter_map(|line| if let Meaning::Number { orgnr, .. } = line.meaning { Some(as_key(orgnr)) } else { None })
        .collect();
    let has_names = lines.iter().any(|line| matches!(line.meaning, Meaning::Name(_)));
    let index = index.read();
    if has_names && index.is_none() {
        return Err(ServiceError::Unavailable(
            "names cannot be looked up while the screening index loads; try again in a moment".to_owned(),
        ));
    }
    let mut conn = db.acquire().await?;
    if let Some(list) = list {
        visible(&mut conn, actor, list).await?;
    }
    let known: HashSet<Orgnr> = company_search::known(&mut conn, &numbers)
        .await?
        .into_iter()
        .filter_map(|number| Orgnr::from_number(number.cast_unsigned()).ok())
        .collect();
    let work = blocking::run(move |_| {
        let outcomes = match_companies(&lines, &known, index.as_deref());
        lines.into_iter().zip(outcomes).collect::<Vec<_>>()
    });
    let lines = work.await.map_err(|error| ServiceError::Internal(error.into()))?;
    let mut shown: Vec<i64> =
        lines.iter().flat_map(|(_, outcome)| companies(outcome)).map(|orgnr| as_key(*orgnr)).collect();
    shown.sort_unstable();
    shown.dedup();
    let details = company_search::by_numbers(&mut conn, &shown).await?;
    let on_list = match list {
        Some(list) => store::lists::items::present(&mut conn, list, &shown).await?.into_iter().collect(),
        None => HashSet::new(),
    };
    Ok(Matched { lines, companies: details.into_iter().map(|line| (line.orgnr, line)).collect(), on_list })
}

/// The companies that an outcome is about.
fn companies(outcome: &Outcome) -> &[Orgnr] {
    match outcome {
        Outcome::Found { orgnr, .. } | Outcome::Repeated { orgnr, .. } => std::slice::from_ref(orgnr),
        Outcome::Ambiguous { candidates, .. } => candidates,
        _ => &[],
    }
}
