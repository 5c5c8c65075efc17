//! Statements on their way into the database: judged, each period and scope once per filing.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::orgnr::Orgnr;
use domain::statement::Statement;

use super::rules;
use crate::filings::{self, NewFiling};
use crate::financial_periods::{Judgement, NewPeriod, StoredPeriod};

/// A statement with its judgement and the filing it stands in.
pub(super) struct Prepared<'a> {
    new: &'a NewFiling,
    statement: &'a Statement,
    judgement: Judgement,
}

/// The statements of a filing, and what had to be left out.
pub(super) fn prepare(new: &NewFiling) -> (Vec<Prepared<'_>>, Vec<String>) {
    let (mut prepared, mut warnings, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for statement in &new.filing.statements {
        if seen.insert((statement.period, statement.scope)) {
            prepared.push(Prepared { new, statement, judgement: rules::judge(statement) });
        } else {
            warnings.push(format!(
                "the period {}–{} ({}) occurs twice; the first is kept",
                statement.period.start(),
                statement.period.end(),
                statement.scope.as_str()
            ));
        }
    }
    (prepared, warnings)
}

impl Prepared<'_> {
    pub(super) fn orgnr(&self) -> Orgnr {
        self.new.filing.orgnr
    }

    pub(super) fn row(&self) -> NewPeriod<'_> {
        NewPeriod { orgnr: self.orgnr(), filing_id: self.new.id, statement: self.statement, judgement: &self.judgement }
    }

    /// As it would be read back after the insert.
    pub(super) fn stored(&self, now: DateTime<Utc>) -> StoredPeriod {
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
            framework: filing.framework,
            filed_at: filing.filed_at,
            known_on: filings::known_on(filing, self.new.dated_on, now.date_naive()),
            report_end: filings::report_end(filing),
            imported_at: now,
            versions: 1,
        }
    }
}

/// Leaves one version per period and scope, chosen and ordered as `financial_periods::current` does in SQL.
pub(super) fn keep_current(periods: &mut Vec<StoredPeriod>) {
    periods.sort_by(|a, b| {
        let place = |p: &StoredPeriod| {
            (std::cmp::Reverse(p.statement.period.end()), p.statement.period.start(), p.statement.scope)
        };
        let rank = |p: &StoredPeriod| {
            let is_full = p.judgement.quality != domain::statement::Quality::Partial;
            (is_full, p.known_on, p.report_end, p.imported_at, p.filing_id)
        };
        place(a).cmp(&place(b)).then_with(|| rank(b).cmp(&rank(a)))
    });
    periods.dedup_by_key(|p| (p.statement.period, p.statement.scope));
}
