//! A run of statements that ratios are computed over.

use crate::line::Line;
use crate::statement::{Quality, Statement};

/// A statement and those before it, newest first, all of one company, scope and currency; never empty.
///
/// Two statements are neighbours when one ends the day before the other starts. A hole (a missing or suspect period)
/// ends every average, growth rate and comparison there, because bridging it would call two years one.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a>(&'a [&'a Statement]);

impl<'a> Series<'a> {
    /// The series over statements that are already sorted newest first and of one scope and currency; `None` without any.
    #[must_use]
    pub fn new(statements: &'a [&'a Statement]) -> Option<Self> {
        (!statements.is_empty()).then_some(Self(statements))
    }

    /// The statement whose metrics are computed.
    #[must_use]
    pub fn now(self) -> &'a Statement {
        self.0[0]
    }

    /// The same series one period earlier; `None` when the statement before is not a neighbour.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        let day_before = self.now().period.start().pred_opt()?;
        let index = self.0.iter().position(|statement| statement.period.end() == day_before)?;
        Some(Self(&self.0[index..]))
    }

    /// The series `periods` periods earlier; `None` when one between is missing.
    #[must_use]
    pub fn back(self, periods: usize) -> Option<Self> {
        (0..periods).try_fold(self, |series, _| series.previous())
    }

    /// A line of the period, as filed.
    #[must_use]
    pub fn get(self, line: Line) -> Option<i64> {
        self.now().get(line)
    }

    /// A flow scaled to twelve months; `None` for a period under one month.
    #[must_use]
    pub fn annualised(self, flow: Option<i64>) -> Option<i64> {
        self.now().period.annualise(flow?)
    }

    /// Mean of the opening and the closing balance. The opening balance is the neighbour's closing balance; where it is
    /// not known (a first year, a hole) the closing balance stands alone, since a first year's return is better told
    /// roughly than not at all.
    #[must_use]
    pub fn average(self, of: impl Fn(&Statement) -> Option<i64>) -> Option<f64> {
        let closing = of(self.now())? as f64;
        let opening = self.previous().and_then(|before| of(before.now()));
        Some(opening.map_or(closing, |opening| f64::midpoint(opening as f64, closing)))
    }
}

/// The statements that the metrics of `statements[index]` may look at, newest first: itself, then the earlier ones of the
/// same scope and currency that are not suspect (unless `with_suspect`). Empty when it is itself left out.
#[must_use]
pub fn comparable<'a>(statements: &[(&'a Statement, Quality)], index: usize, with_suspect: bool) -> Vec<&'a Statement> {
    let Some((now, _)) = statements.get(index) else { return Vec::new() };
    let is_usable = |quality: &Quality| with_suspect || *quality != Quality::Suspect;
    if !is_usable(&statements[index].1) {
        return Vec::new();
    }
    let mut earlier: Vec<&Statement> = statements
        .iter()
        .filter(|(statement, quality)| {
            is_usable(quality)
                && statement.scope == now.scope
                && statement.currency == now.currency
                && statement.period.end() < now.period.start()
        })
        .map(|(statement, _)| *statement)
        .collect();
    // Of two periods that end the same day the longer one is the year.
    earlier.sort_by_key(|statement| (std::cmp::Reverse(statement.period.end()), statement.period.start()));
    earlier.insert(0, now);
    earlier
}
