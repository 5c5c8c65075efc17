//! Fiscal periods: the days a statement covers, and how long they are.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// The days covered by one fiscal year, both ends included. At most 18 months (bokföringslagen 3 kap. 3 §),
/// but liquidation and merger accounts may hold a single day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FiscalPeriod {
    start: NaiveDate,
    end: NaiveDate,
}

/// Why two dates are not a fiscal period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FiscalPeriodError {
    /// The end lies before the start.
    #[error("the period ends {end} before it starts {start}")]
    EndBeforeStart {
        /// First day.
        start: NaiveDate,
        /// Last day.
        end: NaiveDate,
    },
    /// Longer than the law allows.
    #[error("the period {start}–{end} is longer than 18 months")]
    TooLong {
        /// First day.
        start: NaiveDate,
        /// Last day.
        end: NaiveDate,
    },
}

impl FiscalPeriod {
    /// Builds a period from its first and last day.
    ///
    /// # Errors
    /// When the days are out of order or more than 18 months (and a few days of slack) apart.
    pub fn new(start: NaiveDate, end: NaiveDate) -> Result<Self, FiscalPeriodError> {
        if end < start {
            return Err(FiscalPeriodError::EndBeforeStart { start, end });
        }
        let limit = start.checked_add_months(Months::new(18)).and_then(|d| d.checked_add_days(chrono::Days::new(3)));
        if limit.is_some_and(|limit| end > limit) {
            return Err(FiscalPeriodError::TooLong { start, end });
        }
        Ok(Self { start, end })
    }

    /// First day.
    #[must_use]
    pub fn start(self) -> NaiveDate {
        self.start
    }

    /// Last day.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        self.end
    }

    /// Number of days, both ends included; at least 1.
    #[must_use]
    pub fn days(self) -> i64 {
        (self.end - self.start).num_days() + 1
    }

    /// Length in whole months, rounded to the nearest (15 days or more count as one), never below 0.
    #[must_use]
    pub fn months(self) -> u32 {
        let Some(after) = self.end.succ_opt() else { return 12 };
        let whole = (after.year() - self.start.year()) * 12 + after.month() as i32 - self.start.month() as i32;
        let days = after.day() as i32 - self.start.day() as i32;
        let rounded = whole + i32::from(days >= 15) - i32::from(days <= -15);
        u32::try_from(rounded).unwrap_or(0)
    }

    /// Whether flows of the period are a full year's and need no annualisation.
    #[must_use]
    pub fn is_full_year(self) -> bool {
        self.months() == 12
    }

    /// Whether the period starts another day than 1 January (brutet räkenskapsår) while being a full year.
    #[must_use]
    pub fn is_broken_year(self) -> bool {
        self.is_full_year() && (self.start.month(), self.start.day()) != (1, 1)
    }

    /// A flow scaled to twelve months, rounded half away from zero; unchanged for a full year, `None` for a
    /// period under one month, where scaling would invent the figure.
    #[must_use]
    pub fn annualise(self, flow: i64) -> Option<i64> {
        match self.months() {
            0 => None,
            12 => Some(flow),
            months => {
                let (flow, months) = (i128::from(flow) * 12, i128::from(months));
                let rounded = (2 * flow.abs() + months) / (2 * months) * flow.signum();
                i64::try_from(rounded).ok()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(start: &str, end: &str) -> FiscalPeriod {
        FiscalPeriod::new(start.parse().unwrap(), end.parse().unwrap()).unwrap()
    }

    #[test]
    fn months_of_calendar_broken_short_and_long_years() {
        assert_eq!(period("2024-01-01", "2024-12-31").months(), 12);
        assert_eq!(period("2019-11-01", "2020-10-31").months(), 12);
        assert!(period("2019-11-01", "2020-10-31").is_broken_year());
        assert_eq!(period("2024-03-14", "2024-12-31").months(), 10);
        assert_eq!(period("2023-07-01", "2024-12-31").months(), 18);
        assert_eq!(period("2024-01-01", "2024-01-01").months(), 0);
        assert_eq!(period("2023-02-28", "2024-02-27").months(), 12);
    }

    #[test]
    fn flows_are_annualised_only_when_the_year_is_not_full() {
        assert_eq!(period("2024-01-01", "2024-12-31").annualise(7), Some(7));
        assert_eq!(period("2023-07-01", "2024-12-31").annualise(1_800_000), Some(1_200_000));
        assert_eq!(period("2024-01-01", "2024-09-30").annualise(-10), Some(-13));
        assert_eq!(period("2024-01-01", "2024-01-02").annualise(10), None);
    }

    #[test]
    fn impossible_periods_are_refused() {
        let day = |text: &str| text.parse().unwrap();
        assert!(FiscalPeriod::new(day("2024-02-01"), day("2024-01-31")).is_err());
        assert!(FiscalPeriod::new(day("2022-01-01"), day("2024-12-31")).is_err());
    }
}
