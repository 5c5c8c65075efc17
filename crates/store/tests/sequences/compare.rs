//! Runs a sequence on the database and in the model, and compares the two after every step.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::NaiveDate;
use domain::line::Line;
use sqlx::{Connection, PgConnection};
use store::companies::key;
use store::current_periods::{self, CurrentPeriod};
use store::ingest::{self, Applied, Effect, Incoming};
use store::{PgPool, company_facts};
use uuid::Uuid;

use crate::model::{Company, Year};
use crate::world::{self, COMPANIES, Said, Step, now};

/// A database, used by many sequences, each with companies of its own.
pub struct Bench<'d> {
    db: &'d testing::TestDatabase,
    next: AtomicU64,
    steps: AtomicU64,
    sequences: AtomicU64,
}

type Outcome<T> = Result<T, String>;

/// What one company's model may be: two imports at once leave both orders open until something shown tells them apart.
type Candidates = Vec<Company>;

fn told<T, E: std::fmt::Display>(result: Result<T, E>) -> Outcome<T> {
    result.map_err(|error| error.to_string())
}

impl<'d> Bench<'d> {
    pub fn new(db: &'d testing::TestDatabase) -> Self {
        Self { db, next: AtomicU64::new(0), steps: AtomicU64::new(0), sequences: AtomicU64::new(0) }
    }

    pub fn steps(&self) -> u64 {
        self.steps.load(Ordering::Relaxed)
    }

    pub fn sequences(&self) -> u64 {
        self.sequences.load(Ordering::Relaxed)
    }

    /// Runs a sequence; says what differs first.
    pub async fn run(&self, steps: &[Step]) -> Outcome<()> {
        self.run_and_tell(steps).await.map(|_| ())
    }

    /// [`Bench::run`]; gives the effects of each step's items.
    pub async fn run_and_tell(&self, steps: &[Step]) -> Outcome<Vec<Vec<Effect>>> {
        let first = self.next.fetch_add(u64::from(COMPANIES), Ordering::Relaxed);
        self.sequences.fetch_add(1, Ordering::Relaxed);
        let mut models: Vec<Candidates> = vec![vec![Company::default()]; usize::from(COMPANIES)];
        let mut all = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            let at = |what: String| format!("step {}: {what}", number + 1);
            let effects = self.step(first, step, &mut models).await.map_err(at)?;
            self.compare(first, &mut models, None).await.map_err(at)?;
            all.push(effects);
            self.steps.fetch_add(1, Ordering::Relaxed);
        }
        for day in ["2023-05-10", "2024-06-05", "2025-01-01"] {
            self.compare(first, &mut models, Some(day.parse().unwrap()))
                .await
                .map_err(|what| format!("as of {day}: {what}"))?;
        }
        let orgnrs: Vec<i64> = (0..COMPANIES).map(|company| key(world::orgnr(first, company))).collect();
        let mut tx = told(self.db.begin().await)?;
        let recomputed = told(ingest::recompute(&mut tx, &orgnrs, now()).await)?;
        if recomputed != 0 {
            return Err(format!("{recomputed} facts rows differ from what the database itself gives"));
        }
        Ok(all)
    }

    async fn step(&self, first: u64, step: &Step, models: &mut [Candidates]) -> Outcome<Vec<Effect>> {
        match step {
            Step::Import { items, batch } => {
                let mut all = Vec::new();
                for chunk in items.chunks(*batch) {
                    all.extend(self.import(first, chunk, models).await?);
                }
                Ok(all)
            }
            Step::Killed { items, batch, at } => {
                let mut all = Vec::new();
                let chunks: Vec<&[Said]> = items.chunks(*batch).collect();
                for (number, chunk) in chunks.iter().enumerate() {
                    if number == usize::from(*at) % chunks.len() {
                        self.kill(first, chunk, Duration::from_micros(u64::from(*at) * 60)).await?;
                    }
                    all.extend(self.import(first, chunk, models).await?);
                }
                Ok(all)
            }
            Step::Together { one, other } => {
                let (one, other) = (incoming(first, one), incoming(first, other));
                let pool = self.db.pool();
                let (of_one, of_other) = tokio::join!(apply(pool, &one), apply(pool, &other));
                let (of_one, of_other) = (of_one?, of_other?);
                for (company, model) in models.iter_mut().enumerate() {
                    self.either_order(first, company, model, (&one, &of_one), (&other, &of_other)).await?;
                }
                Ok(of_one.effects.into_iter().chain(of_other.effects).collect())
            }
        }
    }

    /// One batch, on both sides.
    async fn import(&self, first: u64, items: &[Said], models: &mut [Candidates]) -> Outcome<Vec<Effect>> {
        let batch = incoming(first, items);
        let applied = apply(self.db.pool(), &batch).await?;
        for (company, candidates) in models.iter_mut().enumerate() {
            let (of_company, found) = part(first, company, &batch, &applied);
            let mut wanted = Vec::new();
            candidates.retain_mut(|model| {
                wanted = model.receive(&of_company, now().date_naive());
                wanted == found
            });
            if candidates.is_empty() {
                return Err(format!("company {company}: the effects are {found:?}, right are {wanted:?}"));
            }
        }
        Ok(applied.effects)
    }

    /// A process that dies while it writes: its connection closes, and nothing was committed.
    async fn kill(&self, first: u64, items: &[Said], after: Duration) -> Outcome<()> {
        let batch = incoming(first, items);
        let mut connection = told(PgConnection::connect(self.db.url()).await)?;
        let mut tx = told(connection.begin().await)?;
        let _ = tokio::time::timeout(after, ingest::apply(&mut tx, &batch, None, now())).await;
        // Neither committed nor rolled back: the process is gone.
        std::mem::forget(tx);
        drop(connection);
        Ok(())
    }

    /// Two imports at once are one after the other, for each company in one order or the other; both are kept where both fit.
    async fn either_order(
        &self,
        first: u64,
        company: usize,
        candidates: &mut Candidates,
        one: (&[Incoming], &Applied),
        other: (&[Incoming], &Applied),
    ) -> Outcome<()> {
        let (one_part, one_found) = part(first, company, one.0, one.1);
        let (other_part, other_found) = part(first, company, other.0, other.1);
        let today = now().date_naive();
        let (mut fitting, mut reasons) = (Candidates::new(), Vec::new());
        for (model, is_turned) in candidates.iter().flat_map(|model| [(model, false), (model, true)]) {
            let mut candidate = model.clone();
            let (one_wanted, other_wanted) = if is_turned {
                let other_wanted = candidate.receive(&other_part, today);
                (candidate.receive(&one_part, today), other_wanted)
            } else {
                let one_wanted = candidate.receive(&one_part, today);
                (one_wanted, candidate.receive(&other_part, today))
            };
            let differs = if (&one_wanted, &other_wanted) == (&one_found, &other_found) {
                self.compare_company(first, company, &candidate, None).await
            } else {
                Err(format!("effects {one_found:?} and {other_found:?}, right are {one_wanted:?} and {other_wanted:?}"))
            };
            match differs {
                Ok(()) if fitting.contains(&candidate) => {}
                Ok(()) => fitting.push(candidate),
                Err(reason) => reasons.push(reason),
            }
        }
        if fitting.is_empty() {
            return Err(format!("company {company} fits neither order of two imports: {}", reasons.join("; or: ")));
        }
        *candidates = fitting;
        Ok(())
    }

    /// Leaves out the candidates that what is shown contradicts; one must be left.
    async fn compare(&self, first: u64, models: &mut [Candidates], as_of: Option<NaiveDate>) -> Outcome<()> {
        for (company, candidates) in models.iter_mut().enumerate() {
            let (mut fitting, mut reason) = (Candidates::new(), String::new());
            for model in candidates.drain(..) {
                match self.compare_company(first, company, &model, as_of).await {
                    Ok(()) => fitting.push(model),
                    Err(what) => reason = what,
                }
            }
            if fitting.is_empty() {
                return Err(format!("company {company}: {reason}"));
            }
            *candidates = fitting;
        }
        Ok(())
    }

    async fn compare_company(
        &self,
        first: u64,
        company: usize,
        model: &Company,
        as_of: Option<NaiveDate>,
    ) -> Outcome<()> {
        let orgnr = world::orgnr(first, u8::try_from(company).unwrap());
        let mut connection = told(self.db.acquire().await)?;
        let hashes: Vec<(Uuid, String)> = told(
            sqlx::query_as("SELECT id, sha256 FROM filings WHERE orgnr = $1")
                .bind(key(orgnr))
                .fetch_all(&mut *connection)
                .await,
        )?;
        let hashes: BTreeMap<Uuid, String> = hashes.into_iter().collect();
        let found = told(current_periods::current(&mut connection, &[key(orgnr)], as_of).await)?;
        let found: Vec<Year> = found.iter().map(|year| year_of(year, &hashes)).collect();
        let wanted = model.years_known_on(as_of);
        if found.len() != wanted.len() {
            return Err(format!("{} years are shown, right are {}", found.len(), wanted.len()));
        }
        for (found, wanted) in found.iter().zip(&wanted) {
            if found != wanted {
                return Err(format!("shown is\n{found:?}\nright is\n{wanted:?}"));
            }
        }
        if as_of.is_none() {
            let row = told(company_facts::read(&mut connection, &[key(orgnr)]).await)?.pop();
            let right = model.facts(orgnr, now().date_naive());
            if row != right {
                return Err(format!("the facts are\n{row:?}\nright are\n{right:?}"));
            }
        }
        Ok(())
    }
}

fn incoming(first: u64, items: &[Said]) -> Vec<Incoming> {
    items.iter().map(|said| said.incoming(first)).collect()
}

async fn apply(pool: &PgPool, batch: &[Incoming]) -> Outcome<Applied> {
    let mut tx = told(pool.begin().await)?;
    let applied = told(ingest::apply(&mut tx, batch, None, now()).await)?;
    told(tx.commit().await)?;
    Ok(applied)
}

/// What a batch says of one company, and the effects.
fn part(first: u64, company: usize, batch: &[Incoming], applied: &Applied) -> (Vec<Incoming>, Vec<Effect>) {
    let orgnr = world::orgnr(first, u8::try_from(company).unwrap());
    let about = |item: &Incoming| {
        item.filing.as_ref().map(|new| new.filing.orgnr).or(item.company.as_ref().map(|record| record.orgnr))
    };
    batch
        .iter()
        .zip(&applied.effects)
        .filter(|(item, _)| about(item) == Some(orgnr))
        .map(|(item, effect)| (item.clone(), *effect))
        .unzip()
}

fn year_of(year: &CurrentPeriod, hashes: &BTreeMap<Uuid, String>) -> Year {
    let hash = |id: Uuid| hashes.get(&id).cloned().unwrap_or_default();
    Year {
        statement: year.statement.clone(),
        quality: year.judgement.quality,
        leader: hash(year.filing_id),
        sources: Line::ALL.iter().filter_map(|line| Some((*line, hash(year.source(*line)?)))).collect(),
        employees_source: year.employees_source.map(hash),
        restatements: year
            .restatements
            .iter()
            .map(|one| (one.line, one.old, hash(one.old_filing), one.new, hash(one.new_filing)))
            .collect(),
        versions: year.filings.len(),
    }
}
