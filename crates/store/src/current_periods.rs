//! Fiscal years as they are shown: of each year's versions one statement, line by line; see [`domain::versions`].

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::filing::{FilingKind, Framework};
use domain::filing_date::DateBasis;
use domain::line::Line;
use domain::orgnr::Orgnr;
use domain::statement::Statement;
use domain::versions::{self, Verdict, Version};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::financial_periods::{self, Judgement, StoredPeriod};

/// One year of one scope.
#[derive(Clone, Debug, PartialEq)]
pub struct CurrentPeriod {
    /// Whose accounts.
    pub orgnr: Orgnr,
    /// Period, scope, currency, figures, employees; `facts` and `line_facts` are empty.
    pub statement: Statement,
    /// Whether the figures can be trusted, and which identities are broken.
    pub judgement: Judgement,
    /// The leading filing: its days are shown, and its figures where it has them.
    pub filing_id: Uuid,
    /// Its kind of source.
    pub kind: FilingKind,
    /// Its framework.
    pub framework: Framework,
    /// When it was registered, where known.
    pub filed_at: Option<NaiveDate>,
    /// Since when the public could know it.
    pub known_on: NaiveDate,
    /// How that is known.
    pub known_by: Option<DateBasis>,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
    /// Every filing that gives this year, best first.
    pub filings: Vec<Uuid>,
    /// The filing of each line that comes from another one than the leading filing.
    pub other_sources: BTreeMap<Line, Uuid>,
    /// The filing that the employees come from.
    pub employees_source: Option<Uuid>,
    /// Lines that a newer filing gives otherwise than an older one.
    pub restatements: Vec<Restated>,
}

/// A line that was restated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restated {
    /// Which line.
    pub line: Line,
    /// What the older filing has.
    pub old: i64,
    /// The older filing.
    pub old_filing: Uuid,
    /// What is shown.
    pub new: i64,
    /// The filing that is shown.
    pub new_filing: Uuid,
}

impl CurrentPeriod {
    /// The filing that a line comes from; `None` when the line has no amount.
    #[must_use]
    pub fn source(&self, line: Line) -> Option<Uuid> {
        self.statement.get(line).map(|_| self.other_sources.get(&line).copied().unwrap_or(self.filing_id))
    }
}

/// The years of companies as they were known on `as_of` (now when `None`), ordered by company, newest year first.
///
/// # Errors
/// When the database does not answer or holds values this version cannot read.
pub async fn current(
    conn: &mut PgConnection,
    orgnrs: &[i64],
    as_of: Option<NaiveDate>,
) -> sqlx::Result<Vec<CurrentPeriod>> {
    Ok(of(&financial_periods::versions(conn, orgnrs, as_of).await?))
}

/// Merges versions, which must be ordered by company.
#[must_use]
pub fn of(stored: &[StoredPeriod]) -> Vec<CurrentPeriod> {
    stored.chunk_by(|one, other| one.orgnr == other.orgnr).flat_map(of_company).collect()
}

fn of_company(stored: &[StoredPeriod]) -> Vec<CurrentPeriod> {
    let versions: Vec<Version<'_>> = stored.iter().map(StoredPeriod::version).collect();
    versions::current(&versions)
        .into_iter()
        .filter_map(|merged| {
            let leader = stored.get(merged.leader)?;
            let filing = |index: usize| stored.get(index).map(|version| version.filing_id);
            let judgement = match merged.verdict {
                Verdict::OfVersion(index) => stored.get(index)?.judgement.clone(),
                Verdict::Together(quality, broken) => Judgement {
                    quality,
                    broken: broken.iter().map(|broken| broken.identity.key().to_owned()).collect(),
                },
            };
            Some(CurrentPeriod {
                orgnr: leader.orgnr,
                judgement,
                filing_id: leader.filing_id,
                kind: leader.kind,
                framework: leader.framework,
                filed_at: leader.filed_at,
                known_on: leader.known_on,
                known_by: leader.known_by,
                imported_at: leader.assertion.imported_at,
                filings: merged.versions.iter().copied().filter_map(filing).collect(),
                other_sources: merged
                    .other_sources
                    .iter()
                    .filter_map(|(line, index)| Some((*line, filing(*index)?)))
                    .collect(),
                employees_source: merged.employees_source.and_then(filing),
                restatements: merged
                    .restatements
                    .iter()
                    .filter_map(|one| {
                        Some(Restated {
                            line: one.line,
                            old: one.old,
                            old_filing: filing(one.old_version)?,
                            new: one.new,
                            new_filing: filing(one.new_version)?,
                        })
                    })
                    .collect(),
                statement: merged.statement,
            })
        })
        .collect()
}
