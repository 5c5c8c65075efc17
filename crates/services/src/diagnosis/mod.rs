//! Whether an installation is well: what was found of each part, and what to do about it, in words for people.
//!
//! Each rule is decided here once. `lode doctor` asks from outside, the page "System health" from within the API.

mod database;
pub mod finding;
mod index;
mod search;
mod space;
mod work;

use std::time::Duration;

use artifacts::Artifacts;
use chrono::{DateTime, Utc};
use config::Config;
use store::PgPool;
use store::diagnosis::{self, Condition};
use store::maintenance::Fact;
use universe::index::IndexStatus;

pub use database::{busy, is_local, judge as judge_database};
pub use finding::{Finding, Level, Part, Report, Words};
pub use index::{IndexSeen, judge as judge_index};
pub use search::search_provider;
pub use space::look as look_at_disks;
pub use work::{backup, jobs, mail, seen_models};

use crate::control_jobs::{self, Overview};
use crate::error::Result;
use crate::installation;
use crate::models::{self, Models};

/// How long each part has to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a process of the API can see of its installation.
pub struct Surroundings<'a> {
    /// Connections for short statements.
    pub db: &'a PgPool,
    /// The settings.
    pub config: &'a Config,
    /// The artifact store.
    pub artifacts: &'a Artifacts,
    /// Models that write.
    pub models: &'a Models,
    /// The index of this process.
    pub index: IndexStatus,
    /// Whether Redis takes what jobs need it to take: `None` where none is set up, else what is wrong, if anything.
    pub redis: Option<Option<String>>,
    /// Version and commit of this program.
    pub program: String,
}

/// How an installation is at one moment.
pub struct Diagnosis {
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// What was found.
    pub report: Report,
    /// The server's condition; `None` when Postgres does not answer.
    pub condition: Option<Condition>,
    /// Queues and workers; `None` when they are not told.
    pub work: Option<Overview>,
    /// The last backup; `None` when none was made, or it is not told.
    pub backup: Option<Fact>,
}

/// Looks at every part that a process of the API can see. A part that does not answer is a finding, never an error.
pub async fn look(at: Surroundings<'_>) -> Diagnosis {
    let mut report = Report::default();
    let absent = "0".repeat(64);
    let (condition, work, backup, known_models, search, store) = tokio::join!(
        within(async {
            let mut conn = at.db.acquire().await?;
            let condition = diagnosis::condition(&mut conn).await?;
            Ok((condition, store::schema::verify(&mut conn).await?))
        }),
        within(control_jobs::overview(at.db)),
        within(installation::last_backup(at.db)),
        within(models::models(at.models)),
        within(crate::search::view(at.config, at.db)),
        tokio::time::timeout(PATIENCE, at.artifacts.has(&absent)),
    );
    let url = at.config.database_url.as_deref().unwrap_or("postgres://localhost/lode");
    let condition = match condition {
        Ok((condition, verified)) => {
            report.note(judge_database(&condition, url));
            report.note([database::schema(&verified), database::pool(at.db)]);
            Some(condition)
        }
        Err(reason) => {
            report.note([database::away(&reason), database::pool(at.db)]);
            None
        }
    };
    let work = told(&mut report, Part::Queues, work, |overview| jobs(overview, &at.program));
    let backup =
        told(&mut report, Part::Backup, backup, |last| vec![self::backup(last.as_ref(), Utc::now())]).flatten();
    told(&mut report, Part::Models, known_models, |seen| seen_models(seen, Utc::now()));
    told(&mut report, Part::Search, search, |view| vec![search_provider(view.as_ref(), Utc::now())]);
    report.note([
        work::redis(at.redis.as_ref().map(Option::as_deref)),
        judge_index(&IndexSeen::from(&at.index)),
        mail(at.config),
    ]);
    report.note([space::artifacts(at.artifacts.place(), store.map(|answer| answer.map(drop)))]);
    report.note(look_at_disks(at.config));
    Diagnosis { at: Utc::now(), report, condition, work, backup }
}

/// The answer, or why there is none.
async fn within<T>(asking: impl Future<Output = Result<T>>) -> std::result::Result<T, String> {
    match tokio::time::timeout(PATIENCE, asking).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("no answer within {} s", PATIENCE.as_secs())),
    }
}

/// Notes what an answer means, or that there is none, and gives the answer.
fn told<T>(
    report: &mut Report,
    part: Part,
    answer: std::result::Result<T, String>,
    judge: impl FnOnce(&T) -> Vec<Finding>,
) -> Option<T> {
    match answer {
        Ok(answer) => {
            report.note(judge(&answer));
            Some(answer)
        }
        Err(reason) => {
            report.note([not_told(part, &reason)]);
            None
        }
    }
}

fn not_told(part: Part, reason: &str) -> Finding {
    let remedy = Words::new(
        "mend the database first; after an upgrade, run lode migrate",
        "åtgärda databasen först; efter en uppgradering, kör lode migrate",
    );
    Finding::unknown(part, Words::new(format!("it is not told: {reason}"), format!("okänt: {reason}")), remedy)
}
