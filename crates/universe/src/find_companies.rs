//! The search box: companies by name or number out of the screening index, best match first.

use domain::facts::FactValue;
use domain::filter::{Condition, FieldId, Filter, TextMatch};
use domain::one_line::is_dash;
use screen::{NoSets, RowId, Selection, Snapshot, Sort, SortBy};

/// Characters of a search text; what is beyond them is no name.
pub const MOST_CHARACTERS: usize = 200;

/// Digits of a number from which on companies are looked up by it.
const FEWEST_DIGITS: usize = 3;

/// At most `limit` companies: by number where the text is the start of one (also as `16…`, `SE…01`, with hyphens or spaces),
/// else by name. Names equal to the letter come first, then names that are equal without accents, that begin with the
/// text, that hold it, and last those that are like it but for a typo; the largest revenue first among equals.
#[must_use]
pub fn find_companies(state: &Snapshot, text: &str, limit: usize) -> Vec<RowId> {
    let text = text.trim();
    if text.is_empty() || limit == 0 {
        return Vec::new();
    }
    let by_number = number_of(text).map(|digits| with_number(state, &digits, limit)).unwrap_or_default();
    if by_number.is_empty() { with_name(state, text, limit) } else { by_number }
}

/// The digits of a text that is an organisation number or the start of one: without what the twelve-digit form (`16`) and a
/// VAT number (`SE`, `01`) add.
#[must_use]
pub fn number_of(text: &str) -> Option<String> {
    let is_filler = |c: char| c.is_whitespace() || is_dash(c) || matches!(c, '.' | '\u{ad}');
    let plain: String = text.chars().filter(|c| !is_filler(*c)).collect();
    let digits = match plain.get(..2) {
        Some(country) if country.eq_ignore_ascii_case("SE") => {
            let digits = plain.get(2..).unwrap_or_default();
            if digits.len() == 12 { digits.get(..10)? } else { digits }
        }
        _ if plain.len() == 12 && plain.starts_with("16") => plain.get(2..)?,
        _ => &plain,
    };
    let is_number = (FEWEST_DIGITS..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.to_owned())
}

fn with_number(state: &Snapshot, digits: &str, limit: usize) -> Vec<RowId> {
    let Ok(first) = digits.parse::<u64>() else { return Vec::new() };
    let step = 10_u64.pow(u32::try_from(10_usize.saturating_sub(digits.len())).unwrap_or(0));
    let from = first.saturating_mul(step);
    // Norwegian numbers have nine digits: the text can be one of them as it is.
    let whole = state.find(first).into_iter().filter(|_| step > 1);
    let orgnrs = state.orgnrs_between(from.saturating_sub(1), from.saturating_add(step - 1));
    whole.chain(orgnrs.into_iter().filter_map(|orgnr| state.find(orgnr))).take(limit).collect()
}

fn with_name(state: &Snapshot, text: &str, limit: usize) -> Vec<RowId> {
    let (Some(name), Some(revenue)) = (FieldId::find("name"), FieldId::find("revenue")) else { return Vec::new() };
    let largest = [Sort { by: SortBy::Field(revenue), descending: true }];
    let mut found: Vec<RowId> = Vec::new();
    let mut seen: Option<Selection> = None;
    for matching in [TextMatch::Equals, TextMatch::StartsWith, TextMatch::Contains, TextMatch::Fuzzy] {
        let condition = Condition::Text { field: name, matching, pattern: text.to_owned() };
        let mut selection = state.select(&Filter::Condition(condition), &NoSets);
        if let Some(seen) = &seen {
            selection.and_not(seen);
        }
        let wanted = u32::try_from(limit - found.len()).unwrap_or(u32::MAX);
        let mut page = state.page(&selection, &largest, 0, wanted);
        if matching == TextMatch::Equals {
            // å, ä and ö are letters of their own: who types them means them.
            page.sort_by_key(|row| !is_same(state, *row, name, text));
        }
        found.extend(page);
        if found.len() >= limit {
            break;
        }
        match &mut seen {
            None => seen = Some(selection),
            Some(seen) => seen.or(&selection),
        }
    }
    found
}

fn is_same(state: &Snapshot, row: RowId, name: FieldId, text: &str) -> bool {
    matches!(state.value(row, name), FactValue::Text(known) if known.to_lowercase() == text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalogue::FIELDS;
    use domain::facts::CompanyFacts;
    use domain::orgnr::Orgnr;

    fn company(orgnr: u64, name: &str, revenue: i64) -> CompanyFacts {
        let mut values = vec![FactValue::Null; FIELDS.len()];
        values[usize::from(FieldId::find("name").unwrap().0)] = FactValue::Text(name.into());
        values[usize::from(FieldId::find("revenue").unwrap().0)] = FactValue::Integer(revenue);
        CompanyFacts { orgnr: Orgnr::from_number(orgnr).unwrap(), values }
    }

    fn names(state: &Snapshot, text: &str, limit: usize) -> Vec<String> {
        let name = FieldId::find("name").unwrap();
        let shown = |row: RowId| match state.value(row, name) {
            FactValue::Text(text) => text.to_string(),
            _ => String::new(),
        };
        find_companies(state, text, limit).into_iter().map(shown).collect()
    }

    #[test]
    fn names_come_exact_first_then_by_beginning_by_part_and_with_a_typo() {
        let companies = [
            company(5_560_125_790, "Åkeri Norr AB", 5),
            company(5_561_000_001, "Akeri Norr AB", 900),
            company(5_561_000_002, "Åkeri Norr AB i Umeå", 70),
            company(5_561_000_003, "Stora Åkeri Norr AB", 80),
            company(5_561_000_004, "Åkerri Norr AB", 1),
        ];
        let index = screen::Index::build(&companies, 1);
        let state = index.read();
        let found = names(&state, "Åkeri Norr AB", 10);
        let expected =
            ["Åkeri Norr AB", "Akeri Norr AB", "Åkeri Norr AB i Umeå", "Stora Åkeri Norr AB", "Åkerri Norr AB"];
        assert_eq!(found, expected);
        assert_eq!(names(&state, "akeri norr ab", 1), ["Akeri Norr AB"]);
        assert_eq!(names(&state, "  ", 10), Vec::<String>::new());
    }

    #[test]
    fn numbers_are_found_in_every_form_and_by_their_beginning() {
        let companies = [
            company(5_560_125_790, "Ett", 5),
            company(5_560_125_899, "Två", 5),
            company(923_609_016, "Norsk AS", 5),
            company(7_696_000_001, "Kvarter 556", 5),
        ];
        let index = screen::Index::build(&companies, 1);
        let state = index.read();
        for text in ["556012-5790", "5560125790", "16556012-5790", "SE556012579001", "556012–5790", "556 012 57 90"] {
            assert_eq!(names(&state, text, 10), ["Ett"], "{text}");
        }
        assert_eq!(names(&state, "556012", 10), ["Ett", "Två"]);
        assert_eq!(names(&state, "923609016", 10), ["Norsk AS"]);
        // No number begins so: it may stand in a name.
        assert_eq!(names(&state, "55", 10), ["Kvarter 556"]);
    }
}
