//! Days, years, split years and spans of years.

use chrono::NaiveDate;

use super::super::item::Item;
use super::super::lex::Token;
use super::super::vocabulary::fields_of;

fn year_number(token: Option<&Token>) -> Option<i32> {
    match token {
        Some(Token::Number { digits, sign: None }) if digits.len() == 4 => {
            digits.parse().ok().filter(|year| (1900..2100).contains(year))
        }
        _ => None,
    }
}

/// A day, a year, a split year or a span of years.
pub(super) fn day_or_years(tokens: &[Token], at: usize) -> Option<(Item, usize)> {
    let small = |token: Option<&Token>| match token {
        Some(Token::Number { digits, sign: None }) if digits.len() <= 2 => digits.parse::<u32>().ok(),
        _ => None,
    };
    let mark = |at: usize, mark: char| tokens.get(at).is_some_and(|token| token.is_mark(mark));
    // 2023-12-31
    if let (Some(year), true, Some(month), true, Some(day)) = (
        year_number(tokens.get(at)),
        mark(at + 1, '-'),
        small(tokens.get(at + 2)),
        mark(at + 3, '-'),
        small(tokens.get(at + 4)),
    ) {
        return NaiveDate::from_ymd_opt(year, month, day).map(|day| (Item::Day(day), 5));
    }
    // 31 december 2023
    if let (Some(day), Some(month), Some(year)) =
        (small(tokens.get(at)), month(tokens.get(at + 1)), year_number(tokens.get(at + 2)))
    {
        return NaiveDate::from_ymd_opt(year, month, day).map(|day| (Item::Day(day), 3));
    }
    // December 31, 2023
    if let (Some(month), Some(day)) = (month(tokens.get(at)), small(tokens.get(at + 1))) {
        let skip = usize::from(mark(at + 2, ','));
        if let Some(year) = year_number(tokens.get(at + 2 + skip)) {
            return NaiveDate::from_ymd_opt(year, month, day).map(|day| (Item::Day(day), 3 + skip));
        }
    }
    let first = year_number(tokens.get(at));
    if let Some(year) = first {
        // 2022/23, 2022/2023
        if mark(at + 1, '/') {
            let end = match tokens.get(at + 2) {
                Some(Token::Number { digits, .. }) if digits.len() == 2 => {
                    digits.parse::<i32>().ok().map(|two| year / 100 * 100 + two)
                }
                other => year_number(other),
            };
            if let Some(end) = end.filter(|end| *end == year + 1) {
                return Some((Item::Year { end, start: Some(year) }, 3));
            }
        }
        if mark(at + 1, '-') {
            let end = year_number(tokens.get(at + 2)).or_else(|| {
                small(tokens.get(at + 2)).and_then(|two| i32::try_from(two).ok()).map(|two| year / 100 * 100 + two)
            });
            if let Some(end) = end.filter(|end| *end > year) {
                return Some((Item::Years(year, end), 3));
            }
        }
        if has_unit(tokens, at + 1) {
            return None;
        }
        return Some((Item::Year { end: year, start: None }, 1));
    }
    // "mellan 2020 och 2023", "from 2020 to 2023"
    let word = tokens.get(at)?.word()?;
    let joins: &[&str] = match word {
        "mellan" => &["och"],
        "between" => &["and"],
        "från" => &["till"],
        "from" => &["to"],
        _ => return None,
    };
    let skip = usize::from(matches!(tokens.get(at + 1).and_then(Token::word), Some("år" | "year")));
    let from = year_number(tokens.get(at + 1 + skip))?;
    if !joins.contains(&tokens.get(at + 2 + skip)?.word()?) {
        return None;
    }
    let to = year_number(tokens.get(at + 3 + skip)).filter(|to| *to > from)?;
    if has_unit(tokens, at + 4 + skip) {
        return None;
    }
    Some((Item::Years(from, to), 4 + skip))
}

/// Whether what follows makes a number of four digits an amount.
fn has_unit(tokens: &[Token], at: usize) -> bool {
    match tokens.get(at) {
        Some(Token::Mark('%' | '×')) => true,
        Some(Token::Word { lower, .. }) => {
            matches!(
                lower.as_str(),
                "mkr"
                    | "tkr"
                    | "kr"
                    | "msek"
                    | "ksek"
                    | "tsek"
                    | "kronor"
                    | "miljoner"
                    | "million"
                    | "thousand"
                    | "sek"
                    | "procent"
                    | "percent"
                    | "dagar"
                    | "days"
                    | "personer"
                    | "people"
            ) || matches!(fields_of(&tokens[at..]), Some((mention, _)) if mention.fields == ["employees"])
        }
        _ => false,
    }
}

fn month(token: Option<&Token>) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "ma", "jun", "jul", "aug", "sep", "o", "nov", "dec"];
    const WHOLE: [&str; 24] = [
        "januari",
        "january",
        "februari",
        "february",
        "mars",
        "march",
        "april",
        "april",
        "maj",
        "may",
        "juni",
        "june",
        "juli",
        "july",
        "augusti",
        "august",
        "september",
        "september",
        "oktober",
        "october",
        "november",
        "november",
        "december",
        "december",
    ];
    let word = token?.word()?;
    if let Some(at) = WHOLE.iter().position(|name| *name == word) {
        return u32::try_from(at / 2 + 1).ok();
    }
    let short = MONTHS.iter().position(|name| *name == word && name.len() == 3)?;
    u32::try_from(short + 1).ok()
}
