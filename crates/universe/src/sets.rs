//! Sets outside the catalogue that filters name (lists, labels, the pipeline, the organisation's exclusions), as the asking person sees them.
//!
//! Whatever a person may not see is as unknown to their screens as what never was. Members are cached by the version
//! that every change of them raises, so changes made by other processes are seen by the next screen that names the set.

use std::collections::HashMap;
use std::future::Future;
use std::hash::{Hash, Hasher};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::filter::json::from_json;
use domain::filter::vocabulary::Vocabulary;
use domain::filter::{Condition, Filter};
use domain::orgnr::Orgnr;
use screen::CompanySet;
use store::universe::sets::{NamedSet, find_label, find_list};
use store::{PgConnection, PgPool};
use uuid::Uuid;

use crate::optional::Optional;

/// Members by set, as the engine wants them.
pub type Members = HashMap<String, Arc<CompanySet>>;

/// The set of the companies that the organisation never wants to see again.
pub const EXCLUDED: &str = "excluded";

/// How old the known exclusions may be. Changes made by this process are seen at once, those of others this much later,
/// so that a screen that names no set needs no database.
const EXCLUSIONS_AGE: Duration = Duration::from_secs(1);

/// Bytes kept for all sets together; a process that uses more forgets them and starts anew.
const MOST_CACHED: usize = 32 << 20;

/// Pipelines kept, each of one person and stage.
const MOST_PIPELINES: usize = 500;

/// Dynamic lists that one filter may unfold, those inside them counted.
const MOST_UNFOLDED: usize = 50;

/// Who asks, and whether companies that the organisation has excluded are wanted too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker {
    /// The person.
    pub user: Uuid,
    /// Whether excluded companies are shown.
    pub include_excluded: bool,
}

impl Asker {
    /// A person to whom excluded companies are not shown.
    #[must_use]
    pub fn person(user: Uuid) -> Self {
        Self { user, include_excluded: false }
    }
}

/// A filter that the engine and SQL can answer.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// Lists and labels named by id, dynamic lists unfolded; excluded companies left out by a last part, where that was not
    /// asked otherwise.
    pub filter: Filter,
    /// Members of every set in it.
    pub sets: Members,
    /// Whether the last part leaves out excluded companies.
    pub hides_excluded: bool,
    /// Whether the exclusions are those known last, because the database does not answer.
    pub are_exclusions_old: bool,
    /// Versions of the sets: the same filter with equal versions has equal members.
    pub versions: Vec<(String, i64)>,
}

/// Why a set cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// It does not exist, or the person may not see it.
    #[error("there is no {kind} “{name}”")]
    Unknown {
        /// list, label or prospect.
        kind: String,
        /// As asked for.
        name: String,
    },
    /// A dynamic list that names itself, be it through others.
    #[error("the list “{0}” follows a filter that names the list itself; change that filter")]
    Circular(String),
    /// Too many dynamic lists inside one another.
    #[error("the filter unfolds more than {MOST_UNFOLDED} dynamic lists; use fewer")]
    TooMany,
    /// A dynamic list whose filter is not understood any more.
    #[error("the list “{0}” follows a filter that is not understood any more; write it anew")]
    Broken(String),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Members with the version that they are of.
type Versioned = (i64, Arc<CompanySet>);

/// A person and the name of a set.
type PipelineKey = (Uuid, String);

/// The sets of this installation, with those members that this process has seen.
pub struct Sets {
    db: PgPool,
    /// What an answer can do without.
    pub optional: Optional,
    members: Mutex<HashMap<String, Versioned>>,
    excluded: Mutex<Option<Exclusions>>,
    /// With the version that they are of.
    pipelines: Mutex<HashMap<PipelineKey, (i64, Arc<Pipeline>)>>,
}

/// The companies of a stage, or of all, as one person sees them.
struct Pipeline {
    orgnrs: Vec<Orgnr>,
    /// Of the numbers.
    hash: i64,
}

#[derive(Clone)]
struct Exclusions {
    version: i64,
    members: Arc<CompanySet>,
    checked: Instant,
}

impl Sets {
    /// No set has been seen yet.
    #[must_use]
    pub fn new(db: PgPool) -> Self {
        Self {
            db,
            optional: Optional::default(),
            members: Mutex::default(),
            excluded: Mutex::default(),
            pipelines: Mutex::default(),
        }
    }

    /// The filter with its sets named by id, on a connection of its own; see [`by_id`].
    ///
    /// # Errors
    /// As [`by_id`].
    pub async fn by_id(&self, user: Uuid, filter: Filter) -> Result<Kept, SetError> {
        by_id(&mut *self.db.acquire().await?, user, filter).await
    }

    /// Makes the next screen ask for the exclusions: this process has just changed them.
    pub fn forget_exclusions(&self) {
        if let Some(known) = lock(&self.excluded).as_mut() {
            known.checked = known.checked.checked_sub(EXCLUSIONS_AGE).unwrap_or(known.checked);
            known.version = -1;
        }
    }

    /// Forgets all sets: versions of another database mean other members.
    pub fn forget_everything(&self) {
        lock(&self.members).clear();
        lock(&self.pipelines).clear();
        self.forget_exclusions();
    }

    fn get(&self, key: &str, version: i64) -> Option<Arc<CompanySet>> {
        lock(&self.members).get(key).filter(|(known, _)| *known == version).map(|(_, members)| members.clone())
    }

    /// Keeps the members of a set under the version that they are of, and gives them.
    fn keep(&self, key: &str, version: i64, orgnrs: Vec<i64>) -> Arc<CompanySet> {
        let members = Arc::new(as_set(orgnrs));
        let mut cache = lock(&self.members);
        let total: usize = cache.values().map(|(_, members)| members.bytes()).sum();
        if total + members.bytes() > MOST_CACHED {
            cache.clear();
        }
        cache.insert(key.to_owned(), (version, members.clone()));
        members
    }

    /// The companies of kept lists, each list by its id and the version of its members. Those that this process has not seen yet
    /// are read in one statement.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_lists(&self, lists: &[(Uuid, i64)]) -> sqlx::Result<HashMap<Uuid, Arc<CompanySet>>> {
        let name = |id: &Uuid| format!("list:{id}");
        let mut found = HashMap::new();
        let mut unseen = HashMap::new();
        for (id, version) in lists {
            match self.get(&name(id), *version) {
                Some(members) => drop(found.insert(*id, members)),
                None => drop(unseen.insert(*id, *version)),
            }
        }
        if unseen.is_empty() {
            return Ok(found);
        }
        let ids: Vec<Uuid> = unseen.keys().copied().collect();
        let mut read = store::lists::items::members_of_each(&mut *self.db.acquire().await?, &ids).await?;
        for (id, version) in unseen {
            // Read after the version: what changed in between is read again under the next one.
            let members = self.keep(&name(&id), version, read.remove(&id).unwrap_or_default());
            found.insert(id, members);
        }
        Ok(found)
    }

    /// The companies of a stage as the person sees them; `None` when there is no such stage.
    async fn pipeline(
        &self,
        conn: &mut PgConnection,
        user: Uuid,
        set: &str,
        stage: Option<&str>,
    ) -> sqlx::Result<Option<Arc<Pipeline>>> {
        let key = (user, set.to_owned());
        // Before the companies: what changes in between is seen as a change by the next screen.
        let version = store::pipeline::membership_version(conn).await?;
        let known = lock(&self.pipelines).get(&key).cloned();
        if let Some((_, pipeline)) = known.filter(|(known, _)| *known == version) {
            return Ok(Some(pipeline));
        }
        let Some(found) = store::universe::sets::prospects(conn, user, stage).await? else { return Ok(None) };
        let orgnrs: Vec<Orgnr> =
            found.into_iter().filter_map(|key| Orgnr::from_number(key.cast_unsigned()).ok()).collect();
        let mut hasher = std::hash::DefaultHasher::new();
        orgnrs.hash(&mut hasher);
        let pipeline = Arc::new(Pipeline { orgnrs, hash: hasher.finish().cast_signed() });
        let mut pipelines = lock(&self.pipelines);
        if pipelines.len() >= MOST_PIPELINES {
            pipelines.clear();
        }
        pipelines.insert(key, (version, pipeline.clone()));
        Ok(Some(pipeline))
    }

    /// The exclusions with their version, and whether they may be old: while the database does not answer, those that were
    /// known last stay hidden, and nobody waits for it.
    pub(crate) async fn exclusions(&self) -> sqlx::Result<(i64, Arc<CompanySet>, bool)> {
        let known = lock(&self.excluded).clone();
        if let Some(known) = &known
            && known.version >= 0
            && known.checked.elapsed() < EXCLUSIONS_AGE
        {
            return Ok((known.version, known.members.clone(), false));
        }
        match (self.optional.ask(self.read_exclusions(known.as_ref())).await, known) {
            (Some(fresh), _) => {
                *lock(&self.excluded) = Some(fresh.clone());
                Ok((fresh.version, fresh.members, false))
            }
            (None, Some(known)) => Ok((known.version, known.members, true)),
            (None, None) => Err(sqlx::Error::PoolTimedOut),
        }
    }

    async fn read_exclusions(&self, known: Option<&Exclusions>) -> sqlx::Result<Exclusions> {
        let mut conn = self.db.acquire().await?;
        let version = store::exclusions::version(&mut conn).await?;
        if let Some(known) = known
            && known.version == version
        {
            return Ok(Exclusions { checked: Instant::now(), ..known.clone() });
        }
        let (version, members) = store::exclusions::members(&mut conn).await?;
        Ok(Exclusions { version, members: Arc::new(as_set(members)), checked: Instant::now() })
    }
}

/// Numbers of the database as the engine keeps them.
fn as_set(orgnrs: Vec<i64>) -> CompanySet {
    orgnrs.into_iter().filter_map(|orgnr| u64::try_from(orgnr).ok()).collect()
}

/// A panic elsewhere leaves the cache whole: every entry is replaced as one.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The filter with its sets as the person sees them.
///
/// # Errors
/// [`SetError`].
pub async fn resolve(sets: &Sets, asker: Asker, filter: Filter) -> Result<Resolved, SetError> {
    let mut work = Work { known: sets, asker, sets: Members::new(), versions: Vec::new(), unfolded: 0 };
    let filter = if filter.sets().is_empty() { filter } else { work.unfold(filter, Vec::new()).await? };
    let asks_for_excluded = asker.include_excluded || filter.sets().contains(EXCLUDED);
    let mut hides_excluded = false;
    let mut are_exclusions_old = false;
    let mut whole = filter;
    if !asks_for_excluded {
        let (version, members, are_old) = sets.exclusions().await?;
        are_exclusions_old = are_old;
        work.versions.push((EXCLUDED.to_owned(), version));
        if !members.is_empty() {
            hides_excluded = true;
            work.sets.insert(EXCLUDED.to_owned(), members);
            let excluded = Filter::Condition(Condition::InSet { set: EXCLUDED.to_owned() });
            whole = Filter::all([whole, Filter::not(excluded)]);
        }
    }
    work.versions.sort();
    Ok(Resolved { filter: whole, sets: work.sets, hides_excluded, are_exclusions_old, versions: work.versions })
}

struct Work<'a> {
    known: &'a Sets,
    asker: Asker,
    sets: Members,
    versions: Vec<(String, i64)>,
    unfolded: usize,
}

type Unfolding<'a> = Pin<Box<dyn Future<Output = Result<Filter, SetError>> + Send + 'a>>;

impl Work<'_> {
    /// `inside` holds the dynamic lists that are being unfolded.
    fn unfold(&mut self, filter: Filter, inside: Vec<Uuid>) -> Unfolding<'_> {
        Box::pin(async move {
            let names: Vec<String> = filter.sets().into_iter().map(str::to_owned).collect();
            let mut meanings = HashMap::new();
            for set in names {
                let meaning = self.meaning(&set, &inside).await?;
                meanings.insert(set, meaning);
            }
            Ok(replaced(filter, &meanings))
        })
    }

    async fn meaning(&mut self, set: &str, inside: &[Uuid]) -> Result<Filter, SetError> {
        if set == EXCLUDED {
            let (version, members, _) = self.known.exclusions().await?;
            self.versions.push((EXCLUDED.to_owned(), version));
            self.sets.insert(EXCLUDED.to_owned(), members);
            return Ok(in_set(EXCLUDED));
        }
        let mut conn = self.known.db.acquire().await?;
        if let Some(stage) = prospect_stage(set) {
            let found = self.known.pipeline(&mut conn, self.asker.user, set, stage).await?;
            let pipeline = found.ok_or_else(|| unknown(set))?;
            // A pipeline is small and each person's own: its companies stand in the filter itself, and tell its version.
            self.versions.push((set.to_owned(), pipeline.hash));
            return Ok(Filter::Condition(Condition::OrgnrIn { orgnrs: pipeline.orgnrs.clone() }));
        }
        let (kind, found) = find(&mut conn, self.asker.user, set).await?;
        let Some(found) = found else { return Err(unknown(set)) };
        if let Some(followed) = &found.follows {
            drop(conn);
            if inside.contains(&found.id) {
                return Err(SetError::Circular(found.name));
            }
            self.unfolded += 1;
            if self.unfolded > MOST_UNFOLDED {
                return Err(SetError::TooMany);
            }
            let followed = from_json(followed, "", Vocabulary::builtin());
            let followed = followed.map_err(|_| SetError::Broken(found.name.clone()))?;
            self.versions.push((format!("list:{}", found.id), found.membership_version));
            let inside = inside.iter().copied().chain([found.id]).collect();
            return self.unfold(followed, inside).await;
        }
        let key = format!("{kind}:{}", found.id);
        let version = found.membership_version;
        let members = match (self.known.get(&key, version), kind) {
            (Some(members), _) => members,
            (None, "label") => self.known.keep(&key, version, store::labels::members(&mut conn, found.id).await?),
            (None, _) => self.known.keep(&key, version, store::lists::items::members(&mut conn, found.id).await?),
        };
        self.versions.push((key.clone(), found.membership_version));
        self.sets.insert(key.clone(), members);
        Ok(in_set(&key))
    }
}

/// The stage that a set of prospects names, if any; `None` for a set of another kind.
fn prospect_stage(set: &str) -> Option<Option<&str>> {
    match set.split_once(':') {
        None if set == "prospect" => Some(None),
        Some(("prospect", stage)) => Some(Some(stage)),
        _ => None,
    }
}

fn in_set(set: &str) -> Filter {
    Filter::Condition(Condition::InSet { set: set.to_owned() })
}

/// The kind of a set and, where the person may see it, the set.
async fn find(conn: &mut PgConnection, user: Uuid, set: &str) -> sqlx::Result<(&'static str, Option<NamedSet>)> {
    let (kind, name) = set.split_once(':').unwrap_or((set, ""));
    let id = Uuid::parse_str(name).ok();
    Ok(match kind {
        "list" => ("list", find_list(conn, user, id, name).await?),
        "label" => ("label", find_label(conn, user, id, name).await?),
        _ => ("", None),
    })
}

fn unknown(set: &str) -> SetError {
    let (kind, name) = set.split_once(':').unwrap_or((set, ""));
    SetError::Unknown { kind: kind.to_owned(), name: name.to_owned() }
}

fn replaced(filter: Filter, meanings: &HashMap<String, Filter>) -> Filter {
    match filter {
        Filter::All(parts) => Filter::all(parts.into_iter().map(|part| replaced(part, meanings))),
        Filter::Any(parts) => Filter::any(parts.into_iter().map(|part| replaced(part, meanings))),
        Filter::Not(part) => Filter::not(replaced(*part, meanings)),
        Filter::Condition(Condition::InSet { set }) => {
            meanings.get(&set).cloned().unwrap_or(Filter::Condition(Condition::InSet { set }))
        }
        condition @ Filter::Condition(_) => condition,
    }
}

/// A filter to keep: every list and label named by its id, so that renaming them changes nothing.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The filter.
    pub filter: Filter,
    /// A private list or label that it names, which nobody else could follow.
    pub private: Option<String>,
    /// Whether it names the pipeline, in which a person's private prospects are.
    pub names_pipeline: bool,
}

impl Kept {
    /// Whether its companies tell what only its person may see. Whatever shows them to others asks this first.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        self.private.is_some() || self.names_pipeline
    }
}

/// Reads the names in a filter that is to be kept.
///
/// # Errors
/// [`SetError`].
pub async fn by_id(conn: &mut PgConnection, user: Uuid, filter: Filter) -> Result<Kept, SetError> {
    let names: Vec<String> = filter.sets().into_iter().map(str::to_owned).collect();
    let names_pipeline = names.iter().any(|set| prospect_stage(set).is_some());
    let (mut meanings, mut private) = (HashMap::new(), None);
    for set in names.into_iter().filter(|set| set != EXCLUDED && prospect_stage(set).is_none()) {
        let (kind, found) = find(conn, user, &set).await?;
        let Some(found) = found else { return Err(unknown(&set)) };
        if !found.is_shared {
            private.get_or_insert(found.name);
        }
        meanings.insert(set, in_set(&format!("{kind}:{}", found.id)));
    }
    Ok(Kept { filter: replaced(filter, &meanings), private, names_pipeline })
}

/// A kept filter for people to read: lists and labels that the person may see by name, others by their id.
///
/// # Errors
/// When the database does not answer.
pub async fn by_name(conn: &mut PgConnection, user: Uuid, filter: Filter) -> sqlx::Result<Filter> {
    let names: Vec<String> = filter.sets().into_iter().map(str::to_owned).collect();
    let mut meanings = HashMap::new();
    for set in names {
        if let (kind, Some(found)) = find(conn, user, &set).await? {
            meanings.insert(set, in_set(&format!("{kind}:{}", found.name)));
        }
    }
    Ok(replaced(filter, &meanings))
}
