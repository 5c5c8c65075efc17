//! Days as people and programs write them: ISO, SQL and pandas with a time behind, Nordic with points, slashes, months in
//! words, and months or years alone.

use chrono::{Datelike, Days, Months, NaiveDate};

/// Why a text is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Something else.
    #[error("this is not a date")]
    NotADate,
    /// `01/02/2023` is the first of February or the second of January.
    #[error("this date can be read in two ways")]
    Ambiguous,
    /// `2023`: which day is meant is not said.
    #[error("a year alone names no day")]
    YearAlone,
}

/// What a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A day.
    Day(NaiveDate),
    /// A month, by its first day.
    Month(NaiveDate),
}

impl Named {
    /// The day, or the first day of the month.
    #[must_use]
    pub fn first(self) -> NaiveDate {
        match self {
            Self::Day(day) | Self::Month(day) => day,
        }
    }

    /// The day, or the last day of the month.
    #[must_use]
    pub fn last(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(first) => first.checked_add_months(Months::new(1))?.pred_opt(),
        }
    }
}

/// Reads a day or a month.
///
/// # Errors
/// See [`DateError`].
pub fn read(text: &str) -> Result<Named, DateError> {
    let text = text.trim();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(text) {
        return match text.len() {
            8 => day(&text[..4], &text[4..6], &text[6..]),
            6 => month(&text[..4], &text[4..]),
            4 if year(text).is_some() => Err(DateError::YearAlone),
            _ => Err(DateError::NotADate),
        };
    }
    let (date, time) = apart(text);
    let named = date_alone(date)?;
    match (named, time) {
        (named, None) => Ok(named),
        (Named::Day(day), Some(time)) => with_time(day, time).map(Named::Day),
        (Named::Month(_), Some(_)) => Err(DateError::NotADate),
    }
}

/// A year alone: `2023`, `2023.0` of programs that know no whole numbers, `FY2023`, `FY 2023`.
#[must_use]
pub fn year_alone(text: &str) -> Option<i32> {
    let text = text.trim();
    let body = ["FY", "fy", "Fy"].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text).trim_start();
    let body = body.strip_suffix(".0").or_else(|| body.strip_suffix(",0")).unwrap_or(body);
    year(body)
}

/// The last day of a fiscal year whose last month stands beside the year: `6`, `06`, `juni`, or as month and day `0630`, `06-30`.
#[must_use]
pub fn end_of_month(year: i32, text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let text = text.strip_suffix(".0").unwrap_or(text);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let whole = match (digits, text.len()) {
        (1, 1) => format!("{year}-0{text}"),
        (2, 2) => format!("{year}-{text}"),
        (4, 4) => format!("{year}{text}"),
        (4, 5) if text.as_bytes().get(2) == Some(&b'-') => format!("{year}-{text}"),
        (0, 3..) => format!("{text} {year}"),
        _ => return None,
    };
    read(&whole).ok()?.last()
}

/// A first and a last day in one text: `2023-01-01 – 2023-12-31`, `20230101-20231231`, `2023-01/2023-12`.
#[must_use]
pub fn range(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let text = text.trim();
    let plain: String = text.chars().map(|c| if domain::one_line::is_dash(c) { '-' } else { c }).collect();
    let between = [" - ", " till ", " to ", "--", "/"].iter().find_map(|mark| plain.split_once(mark));
    let (from, to) = between.or_else(|| {
        let (from, to) = plain.split_once('-')?;
        (from.trim().len() >= 6 && from.trim().len() == to.trim().len()).then_some((from, to))
    })?;
    let (from, to) = (read(from).ok()?.first(), read(to).ok()?.last()?);
    (from < to).then_some((from, to))
}

/// The date and the time behind it: parted by `T`, or by a space before digits with a colon.
fn apart(text: &str) -> (&str, Option<&str>) {
    if let Some((date, time)) = text.split_once(['T', 't'])
        && date.ends_with(|c: char| c.is_ascii_digit())
        && time.starts_with(|c: char| c.is_ascii_digit())
    {
        return (date, Some(time));
    }
    match text.split_once(char::is_whitespace) {
        Some((date, time)) if time.trim_start().starts_with(|c: char| c.is_ascii_digit()) && time.contains(':') => {
            (date, Some(time.trim_start()))
        }
        _ => (text, None),
    }
}

/// The day of a moment, as the clock of its own zone shows it. Midnight in Sweden becomes 22 or 23 o'clock of the day
/// before when a program turns it into universal time: that is the day after.
fn with_time(day: NaiveDate, time: &str) -> Result<NaiveDate, DateError> {
    let is_clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
    let end = time.find(|c: char| !is_clock(c)).unwrap_or(time.len());
    let (clock, zone) = (&time[..end], time[end..].trim());
    let mut parts = clock.split([':', '.', ',']);
    let mut next = |most: u32| {
        parts.next().map(|part| part.parse::<u32>().ok().filter(|number| *number <= most && part.len() == 2))
    };
    let (Some(Some(hour)), Some(Some(minute))) = (next(23), next(59)) else { return Err(DateError::NotADate) };
    let second = match next(59) {
        None => 0,
        Some(second) => second.ok_or(DateError::NotADate)?,
    };
    let is_zone = zone.is_empty()
        || matches!(zone, "Z" | "z" | "UTC" | "GMT" | "AM" | "CET" | "CEST")
        || (zone.starts_with(['+', '-']) && zone[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b':'));
    if !is_zone {
        return Err(DateError::NotADate);
    }
    let is_universal = matches!(zone, "Z" | "z" | "UTC" | "GMT" | "+00:00" | "+0000" | "+00");
    if is_universal && (minute, second) == (0, 0) && hour == if is_summer_time(day) { 22 } else { 23 } {
        return day.succ_opt().ok_or(DateError::NotADate);
    }
    Ok(day)
}

/// Whether Sweden has summer time in the night after a day: from the last Sunday of March to the last of October.
fn is_summer_time(day: NaiveDate) -> bool {
    let last_sunday = |month: u32| {
        let last = NaiveDate::from_ymd_opt(day.year(), month, 31)?;
        last.checked_sub_days(Days::new(last.weekday().num_days_from_sunday().into()))
    };
    match (last_sunday(3), last_sunday(10)) {
        (Some(start), Some(end)) => day >= start && day < end,
        _ => false,
    }
}

fn date_alone(text: &str) -> Result<Named, DateError> {
    if text.chars().any(char::is_alphabetic) {
        return in_words(text);
    }
    let is_mark = |c: char| matches!(c, '/' | '.') || domain::one_line::is_dash(c);
    let mut marks = text.chars().filter(|c| is_mark(*c));
    let is_one_mark = marks.next().is_some_and(|first| marks.all(|mark| mark == first));
    let parts: Vec<&str> = text.trim_end_matches('.').split(is_mark).map(str::trim).collect();
    if !is_one_mark {
        return Err(DateError::NotADate);
    }
    match parts.as_slice() {
        [first, second, third] if first.len() == 4 => day(first, second, third),
        [first, second, third] if third.len() == 4 => {
            let is_slashed = text.contains('/');
            match (first.parse::<u32>(), second.parse::<u32>()) {
                // Points and hyphens are Nordic; with slashes the Americans write the month first.
                (Ok(one), Ok(two)) if is_slashed && one <= 12 && two <= 12 && one != two => Err(DateError::Ambiguous),
                (Ok(_), Ok(two)) if is_slashed && two > 12 => day(third, first, second),
                _ => day(third, second, first),
            }
        }
        [first, second] if first.len() == 4 => month(first, second),
        [first, second] if second.len() == 4 => month(second, first),
        _ => Err(DateError::NotADate),
    }
}

/// `31 december 2023`, `31 dec. 2023`, `December 31, 2023`, `dec 2023`.
fn in_words(text: &str) -> Result<Named, DateError> {
    const MONTHS: [&[&str]; 12] = [
        &["januari", "january", "jan"],
        &["februari", "february", "feb"],
        &["mars", "march", "mar"],
        &["april", "apr"],
        &["maj", "may", "mai"],
        &["juni", "june", "jun"],
        &["juli", "july", "jul"],
        &["augusti", "august", "aug"],
        &["september", "sept", "sep"],
        &["oktober", "october", "okt", "oct"],
        &["november", "nov"],
        &["december", "desember", "dec", "des"],
    ];
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '.' | ',') || domain::one_line::is_dash(c);
    let words: Vec<String> = text.split(is_gap).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let named = |word: &str| MONTHS.iter().position(|names| names.contains(&word)).map(|at| (at + 1).to_string());
    let number = |word: &str| word.trim_end_matches(|c: char| c.is_alphabetic()).to_owned();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [one, two, three] if three.len() == 4 => match (named(one), named(two)) {
            (Some(found), None) => day(three, &found, &number(two)),
            (None, Some(found)) => day(three, &found, &number(one)),
            _ => Err(DateError::NotADate),
        },
        [one, two] if two.len() == 4 => month(two, &named(one).ok_or(DateError::NotADate)?),
        _ => Err(DateError::NotADate),
    }
}

fn year(text: &str) -> Option<i32> {
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| is_year && (1850..=2200).contains(year))
}

fn day(year_text: &str, month: &str, day: &str) -> Result<Named, DateError> {
    let part = |text: &str| text.parse::<u32>().ok().filter(|_| (1..=2).contains(&text.len()));
    let found = year(year_text).zip(part(month)).zip(part(day));
    found
        .and_then(|((year, month), day)| NaiveDate::from_ymd_opt(year, month, day))
        .map(Named::Day)
        .ok_or(DateError::NotADate)
}

fn month(year_text: &str, month: &str) -> Result<Named, DateError> {
    match day(year_text, month, "1")? {
        Named::Day(first) => Ok(Named::Month(first)),
        Named::Month(_) => Err(DateError::NotADate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_month_that_ends_a_year_is_read_beside_it() {
        let june = NaiveDate::from_ymd_opt(2023, 6, 30);
        for text in ["6", "06", "6.0", "juni", "June", "0630", "06-30", " 6 "] {
            assert_eq!(end_of_month(2023, text), june, "{text}");
        }
        for text in ["", "0", "13", "0631", "sommar", "6-30", "2023", "30/6"] {
            assert_eq!(end_of_month(2023, text), None, "{text}");
        }
    }

    #[test]
    fn days_come_in_many_forms() {
        for text in [
            "2023-12-31",
            "20231231",
            "2023/12/31",
            "2023.12.31",
            "31.12.2023",
            "31.12.2023.",
            "31/12/2023",
            "12/31/2023",
            "31-12-2023",
            "2023-12-31 00:00:00",
            "2023-12-31 00:00:00.000000",
            "2023-12-31 00:00",
            "2023-12-31T00:00:00",
            "2023-12-31T00:00:00Z",
            "2023-12-31T00:00:00.000+01:00",
            "2023-12-31 00:00:00+01:00",
            "2023-12-31 00:00:00 UTC",
            "31.12.2023 00:00",
            "2023-12-30T23:00:00Z",
            "2023-12-30T23:00:00.000Z",
            "31 december 2023",
            "31 dec. 2023",
            "31-dec-2023",
            "December 31, 2023",
            "31st December 2023",
            "2023\u{2013}12\u{2013}31",
            " 2023-12-31 ",
        ] {
            assert_eq!(read(text), Ok(Named::Day(ymd(2023, 12, 31))), "{text}");
        }
        assert_eq!(read("2023-06-29T22:00:00Z"), Ok(Named::Day(ymd(2023, 6, 30))));
        assert_eq!(read("2023-06-29T23:00:00Z"), Ok(Named::Day(ymd(2023, 6, 29))));
        for text in ["2023-12", "202312", "12/2023", "2023/12", "dec 2023", "December 2023"] {
            assert_eq!(read(text).map(Named::last), Ok(Some(ymd(2023, 12, 31))), "{text}");
            assert_eq!(read(text).map(Named::first), Ok(ymd(2023, 12, 1)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_or_two_days_is_refused() {
        for text in ["01/02/2023", "3/4/2023"] {
            assert_eq!(read(text), Err(DateError::Ambiguous), "{text}");
        }
        assert_eq!(read("05/05/2023"), Ok(Named::Day(ymd(2023, 5, 5))));
        assert_eq!(read("2023"), Err(DateError::YearAlone));
        for text in [
            "",
            "null",
            "2023-13-05",
            "2023-02-30",
            "23-12-31",
            "31.12.23",
            "45291",
            "2023-12-31x",
            "2023-12-31 25:00",
            "2023-12.31",
            "2023-12-31T00:00:00 nowhere",
            "åååååååååå",
            "99999999",
            "dec",
            "0000-00-00",
            "1-2",
            "2023-",
        ] {
            assert_eq!(read(text), Err(DateError::NotADate), "{text}");
        }
    }

    #[test]
    fn years_and_ranges() {
        for text in ["2023", "2023.0", "FY2023", "FY 2023", " 2023 "] {
            assert_eq!(year_alone(text), Some(2023), "{text}");
        }
        for text in ["23", "2023/24", "2023-12-31", "20230", "FY23"] {
            assert_eq!(year_alone(text), None, "{text}");
        }
        for text in [
            "2023-01-01 - 2023-12-31",
            "2023-01-01 \u{2013} 2023-12-31",
            "2023-01-01--2023-12-31",
            "2023-01-01/2023-12-31",
            "20230101-20231231",
            "202301-202312",
            "2023-01 till 2023-12",
        ] {
            assert_eq!(range(text), Some((ymd(2023, 1, 1), ymd(2023, 12, 31))), "{text}");
        }
        for text in ["2023-12-31", "2022/2023", "2023-12-31 - 2023-01-01", "x - y", ""] {
            assert_eq!(range(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_day_or_not(text in "\\PC{0,30}") {
            let _ = (read(&text), year_alone(&text), range(&text));
        }

        #[test]
        fn a_day_in_any_spelling_is_read_back(days in 0u64..60_000) {
            let day = ymd(1950, 1, 1) + Days::new(days);
            for form in ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%-d.%-m.%Y", "%d-%m-%Y", "%Y-%m-%d 00:00:00",
                "%Y-%m-%dT00:00:00Z", "%Y-%m-%d 00:00:00.000", "%d %B %Y", "%B %-d, %Y", "%d %b %Y"] {
                let text = day.format(form).to_string();
                prop_assert_eq!(read(&text), Ok(Named::Day(day)), "{}", text);
            }
            let slashed = day.format("%d/%m/%Y").to_string();
            match read(&slashed) {
                Ok(found) => prop_assert!(found == Named::Day(day), "{}", slashed),
                Err(error) => prop_assert_eq!(error, DateError::Ambiguous),
            }
        }
    }
}
