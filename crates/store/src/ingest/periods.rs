//! Statements on their way into the database: judged, each year and scope once per filing.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::filing_date::DateBasis;
use domain::statement::Statement;
use domain::versions::{Assertion, are_one_year, overview_columns};

use super::rules;
use crate::filings::{self, NewFiling};
use crate::financial_periods::{Judgement, NewPeriod, StoredPeriod};

/// A statement with its judgement and the filing it stands in.
pub(super) struct Prepared<'a> {
    new: &'a NewFiling,
    statement: &'a Statement,
    judgement: Judgement,
    is_overview: bool,
}

/// The statements of a filing, and what had to be left out.
pub(super) fn prepare(new: &NewFiling) -> (Vec<Prepared<'_>>, Vec<String>) {
    let (mut prepared, mut warnings, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for statement in &new.filing.statements {
        if seen.insert((statement.period, statement.scope)) {
            prepared.push(Prepared { new, statement, judgement: rules::judge(statement), is_overview: false });
        } else {
            warnings.push(format!(
                "the period {}–{} ({}) occurs twice; the first is kept",
                statement.period.start(),
                statement.period.end(),
                statement.scope.as_str()
            ));
        }
    }
    let columns: Vec<_> =
        prepared.iter().map(|one| (one.statement.scope, one.statement.period.end(), one.judgement.quality)).collect();
    for (one, is_overview) in prepared.iter_mut().zip(overview_columns(&columns)) {
        one.is_overview = is_overview;
    }
    (prepared, warnings)
}

impl Prepared<'_> {
    pub(super) fn row(&self) -> NewPeriod<'_> {
        NewPeriod {
            orgnr: self.new.filing.orgnr,
            filing_id: self.new.id,
            statement: self.statement,
            judgement: &self.judgement,
        }
    }

    /// Whether this is another word of the same kind of source on the year of a report that is kept, with other days.
    pub(super) fn corrects(&self, kept: &StoredPeriod) -> bool {
        let filing = &self.new.filing;
        let (own, old) = (self.statement, &kept.statement);
        kept.kind == filing.kind
            && kept.filing_id != self.new.id
            && own.scope == old.scope
            && filings::report_end(filing) == Some(own.period.end())
            && kept.report_end == Some(old.period.end())
            && are_one_year(own.period, old.period)
    }

    /// As it would be read back after the insert.
    pub(super) fn stored(
        &self,
        assertion: Assertion,
        known_on: NaiveDate,
        known_by: Option<DateBasis>,
    ) -> StoredPeriod {
        let filing = &self.new.filing;
        let statement = Statement {
            facts: Vec::new(),
            line_facts: Vec::new(),
            others: Vec::new(),
            contradictions: Vec::new(),
            figures: self.statement.figures.clone(),
            is_itemised: filing.framework.is_itemised(),
            ..*self.statement
        };
        StoredPeriod {
            orgnr: filing.orgnr,
            statement,
            judgement: self.judgement.clone(),
            filing_id: self.new.id,
            kind: filing.kind,
            framework: filing.framework,
            filed_at: filing.filed_at,
            known_on,
            known_by,
            report_end: filings::report_end(filing),
            assertion,
            is_overview: self.is_overview,
        }
    }
}
