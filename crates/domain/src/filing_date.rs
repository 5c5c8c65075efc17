//! Since when the public could know a filing, and how that is known.

use chrono::{Months, NaiveDate};

/// How the day of a filing is known, from the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateBasis {
    /// Only the day of import is known.
    Imported,
    /// The last lawful day: seven months after the year's end (årsredovisningslagen 8 kap. 3 §).
    Deadline,
    /// The report says when it was signed or adopted.
    Document,
    /// The week of the register's archive that it came in; the week's last day.
    Archive,
    /// The register says when it was filed.
    Registered,
}

impl DateBasis {
    /// Every basis, the weakest first.
    pub const ALL: [Self; 5] = [Self::Imported, Self::Deadline, Self::Document, Self::Archive, Self::Registered];

    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Deadline => "deadline",
            Self::Document => "document",
            Self::Archive => "archive",
            Self::Registered => "registered",
        }
    }

    /// Reads [`DateBasis::as_str`] back.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.as_str() == name)
    }
}

/// The day since which a filing could be known; never after the day of import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilingDate {
    /// The day.
    pub day: NaiveDate,
    /// How it is known.
    pub basis: DateBasis,
}

/// What an import knows of the day of a filing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateEvidence {
    /// When the register filed it.
    pub registered_on: Option<NaiveDate>,
    /// The last day of the week whose archive it came in.
    pub archived_on: Option<NaiveDate>,
    /// When it was signed or adopted, the later of the two.
    pub dated_on: Option<NaiveDate>,
    /// Last day of its newest period.
    pub report_end: Option<NaiveDate>,
}

impl FilingDate {
    /// The day by the strongest evidence.
    #[must_use]
    pub fn by(evidence: DateEvidence, imported_on: NaiveDate) -> Self {
        let lawful = || evidence.report_end.and_then(|end| end.checked_add_months(Months::new(7)));
        let (day, basis) = None
            .or_else(|| evidence.registered_on.map(|day| (day, DateBasis::Registered)))
            .or_else(|| evidence.archived_on.map(|day| (day, DateBasis::Archive)))
            .or_else(|| evidence.dated_on.map(|day| (day, DateBasis::Document)))
            .or_else(|| lawful().map(|day| (day, DateBasis::Deadline)))
            .unwrap_or((imported_on, DateBasis::Imported));
        Self { day: day.min(imported_on), basis }
    }

    /// Whether `self`, learnt of a filing that comes again, says more than what is kept of it: a better basis, or an
    /// earlier week of the same register. `kept_basis` is `None` where it was not noted.
    #[must_use]
    pub fn improves(self, kept_day: NaiveDate, kept_basis: Option<DateBasis>) -> bool {
        let is_evidence = self.basis >= DateBasis::Document;
        is_evidence
            && (Some(self.basis) > kept_basis
                || (Some(self.basis) == kept_basis && self.basis >= DateBasis::Archive && self.day < kept_day))
    }
}

/// The last day (Sunday) of the week that the path of one of the register's weekly archives names:
/// `2025/17_2.zip`, `2025_17_2.zip` or `2025-17.zip`, year and week of filing (ISO 8601).
#[must_use]
pub fn archive_week(path: &str) -> Option<NaiveDate> {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next()?;
    let stem = name.strip_suffix(".zip").or_else(|| name.strip_suffix(".ZIP"))?;
    let numbers: Vec<&str> = stem.split(['_', '-']).collect();
    let is_number = |text: &str, length: std::ops::RangeInclusive<usize>| {
        length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_year = |text: &str| is_number(text, 4..=4) && (text.starts_with("20"));
    let (year, week) = match numbers.as_slice() {
        [year, week] | [year, week, _] if is_year(year) => (*year, *week),
        [week, part] if is_number(part, 1..=3) => (parts.next().filter(|folder| is_year(folder))?, *week),
        _ => return None,
    };
    let rest_is_number = numbers.iter().all(|text| is_number(text, 1..=4));
    if !rest_is_number || !is_number(week, 1..=2) {
        return None;
    }
    NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, chrono::Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weekly_archives_are_told_by_folder_or_name_and_other_files_are_not() {
        assert_eq!(archive_week("arsredovisningar/2025/17_2.zip"), Some(day("2025-04-27")));
        assert_eq!(archive_week("2022_26_1.zip"), Some(day("2022-07-03")));
        assert_eq!(archive_week("2022-26.zip"), Some(day("2022-07-03")));
        for other in [
            "17_2.zip",
            "5590852777_2024-12-31.zip",
            "2024_54_1.zip",
            "2024/5590852777_20241231.zip",
            "rapporter.zip",
            "2025/17_2.csv",
            "",
        ] {
            assert_eq!(archive_week(other), None, "{other}");
        }
    }

    #[test]
    fn the_strongest_evidence_gives_the_day_and_no_day_lies_after_the_import() {
        let today = day("2026-03-01");
        let of = |evidence| {
            let found = FilingDate::by(evidence, today);
            (found.day.to_string(), found.basis.as_str())
        };
        let mut evidence = DateEvidence::default();
        assert_eq!(of(evidence), ("2026-03-01".into(), "imported"));
        evidence.report_end = Some(day("2024-12-31"));
        assert_eq!(of(evidence), ("2025-07-31".into(), "deadline"));
        evidence.dated_on = Some(day("2025-05-02"));
        assert_eq!(of(evidence), ("2025-05-02".into(), "document"));
        evidence.archived_on = Some(day("2025-06-01"));
        assert_eq!(of(evidence), ("2025-06-01".into(), "archive"));
        evidence.registered_on = Some(day("2027-01-01"));
        assert_eq!(of(evidence), ("2026-03-01".into(), "registered"));
    }

    #[test]
    fn a_day_is_improved_by_better_evidence_and_by_an_earlier_week_only() {
        let date = |text: &str, basis| FilingDate { day: day(text), basis };
        let kept = day("2025-06-01");
        assert!(date("2025-06-08", DateBasis::Archive).improves(kept, Some(DateBasis::Document)));
        assert!(date("2025-05-25", DateBasis::Archive).improves(kept, Some(DateBasis::Archive)));
        assert!(!date("2025-06-08", DateBasis::Archive).improves(kept, Some(DateBasis::Archive)));
        assert!(!date("2025-05-01", DateBasis::Document).improves(kept, Some(DateBasis::Archive)));
        assert!(!date("2025-05-01", DateBasis::Deadline).improves(kept, None));
        assert!(date("2025-05-01", DateBasis::Document).improves(kept, None));
    }
}
