//! Days as the transformations of dates write them. Only those that make a whole day are read: a day without a year is
//! of no use to a report.

use chrono::NaiveDate;

/// In which order a transformation's parts stand, and in which language its months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

/// The order of a transformation's parts and the language of its months (empty: numbers), by its name without
/// hyphens, so that the registries' spellings of one thing are one.
fn parts(name: &str) -> Option<(Order, String)> {
    let bare: String = name.chars().filter(|character| *character != '-').collect();
    match bare.as_str() {
        "dateslasheu" | "datedoteu" | "datedaymonthyear" => return Some((Order::DayMonthYear, String::new())),
        "dateslashus" | "datedotus" | "datemonthdayyear" => return Some((Order::MonthDayYear, String::new())),
        "dateyearmonthday" => return Some((Order::YearMonthDay, String::new())),
        "datelonguk" | "dateshortuk" => return Some((Order::DayMonthYear, "en".to_owned())),
        "datelongus" | "dateshortus" => return Some((Order::MonthDayYear, "en".to_owned())),
        _ => {}
    }
    let starts = [
        ("datedaymonthnameyear", Order::DayMonthYear),
        ("datedaymonthyear", Order::DayMonthYear),
        ("datemonthnamedayyear", Order::MonthDayYear),
        ("datemonthdayyear", Order::MonthDayYear),
    ];
    let (language, order) = starts.iter().find_map(|(start, order)| Some((bare.strip_prefix(start)?, *order)))?;
    // Registry 3 calls Danish dk; its list serves Swedish and Norwegian months too.
    let language = if language == "dk" { "da" } else { language };
    months(language).map(|_| (order, language.to_owned()))
}

/// Whether Lode knows the transformation.
pub(crate) fn is_known(name: &str) -> bool {
    parts(name).is_some()
}

/// The first letters of the twelve months, enough to tell them apart.
fn months(language: &str) -> Option<[&'static [&'static str]; 12]> {
    Some(match language {
        "en" => [
            &["jan"],
            &["feb"],
            &["mar"],
            &["apr"],
            &["may"],
            &["jun"],
            &["jul"],
            &["aug"],
            &["sep"],
            &["oct"],
            &["nov"],
            &["dec"],
        ],
        "sv" | "da" | "no" => [
            &["jan"],
            &["feb"],
            &["mar"],
            &["apr"],
            &["maj", "mai"],
            &["jun"],
            &["jul"],
            &["aug"],
            &["sep"],
            &["okt"],
            &["nov"],
            &["dec", "des"],
        ],
        "de" => [
            &["jan", "jän"],
            &["feb"],
            &["mär", "mar"],
            &["apr"],
            &["mai"],
            &["jun"],
            &["jul"],
            &["aug"],
            &["sep"],
            &["okt"],
            &["nov"],
            &["dez"],
        ],
        "fi" => [
            &["tam"],
            &["hel"],
            &["maa"],
            &["huh"],
            &["tou"],
            &["kes"],
            &["hei"],
            &["elo"],
            &["syy"],
            &["lok"],
            &["mar"],
            &["jou"],
        ],
        _ => return None,
    })
}

/// The day that a text says; `None` when it says none.
pub(crate) fn read(name: &str, text: &str) -> Option<NaiveDate> {
    let (order, language) = parts(name)?;
    let lower = text.trim().to_lowercase();
    let pieces: Vec<&str> =
        lower.split(|character: char| !character.is_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
    // “den 31 december 2024”, “the 31st of December 2024”: what is neither a number nor a month is passed over.
    let ordinal = |piece: &str| -> Option<u32> {
        let digits = piece.trim_end_matches(|character: char| character.is_alphabetic());
        (digits.len() <= 4).then(|| digits.parse().ok())?
    };
    let month_of = |piece: &str| -> Option<u32> {
        let names = months(&language)?;
        let at = names.iter().position(|starts| starts.iter().any(|start| piece.starts_with(start)))?;
        u32::try_from(at + 1).ok()
    };
    let found: Vec<u32> = if language.is_empty() {
        pieces.iter().map(|piece| piece.parse().ok()).collect::<Option<Vec<u32>>>()?
    } else {
        pieces.iter().filter_map(|piece| ordinal(piece).or_else(|| month_of(piece))).collect()
    };
    let [first, second, third] = found.as_slice() else { return None };
    let (year, month, day) = match order {
        Order::DayMonthYear => (*third, *second, *first),
        Order::MonthDayYear => (*third, *first, *second),
        Order::YearMonthDay => (*first, *second, *third),
    };
    // Two digits are of this century, as the registries have it.
    let year = if year < 100 { year + 2000 } else { year };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

#[cfg(test)]
mod tests {
    use super::{is_known, read};

    #[test]
    fn days_are_read_in_the_order_and_language_of_their_transformation() {
        for (name, text) in [
            ("dateslasheu", "31/12/2024"),
            ("dateslashus", "12/31/2024"),
            ("datedoteu", "31.12.24"),
            ("datelonguk", "31 December 2024"),
            ("datelongus", "December 31, 2024"),
            ("datedaymonthyear", "31.12.2024"),
            ("datedaymonthyearen", "31st of Dec 2024"),
            ("datedaymonthyeardk", "den 31 december 2024"),
            ("datemonthdayyear", "12-31-2024"),
            ("dateyearmonthday", "2024-12-31"),
            ("date-day-month-year", "31-12-2024"),
            ("date-month-day-year", "12.31.2024"),
            ("date-year-month-day", "2024.12.31"),
            ("date-day-monthname-year-sv", "31 december 2024"),
            ("date-day-monthname-year-no", "31. desember 2024"),
            ("date-day-monthname-year-de", "31. Dezember 2024"),
            ("date-day-monthname-year-fi", "31. joulukuuta 2024"),
            ("date-monthname-day-year-en", "Dec. 31, 2024"),
        ] {
            assert_eq!(read(name, text).map(|day| day.to_string()).as_deref(), Some("2024-12-31"), "{name} of {text}");
        }
    }

    #[test]
    fn what_is_no_day_or_no_known_transformation_is_none() {
        for (name, text) in [
            ("dateslasheu", "12/31/2024"),
            ("datedoteu", "31.12"),
            ("date-day-monthname-year-sv", "31 smarch 2024"),
            ("date-day-month-year", "0.0.0"),
            ("date-day-month-year", ""),
        ] {
            assert_eq!(read(name, text), None, "{name} of {text}");
        }
        assert!(!is_known("date-jpn-era-year-month-day") && !is_known("numcomma") && !is_known("date-day-month"));
    }
}
