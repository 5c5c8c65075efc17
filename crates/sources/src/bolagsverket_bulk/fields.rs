//! The fields inside the fields: `$` between parts, `|` between groups, code lists named by a suffix.

use chrono::NaiveDate;
use domain::company::{Address, OtherName, Procedure};

use crate::register_values as values;

/// The names of one organisation.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Names {
    /// The registered name.
    pub main: Option<String>,
    /// The rest, in the order of the file.
    pub others: Vec<OtherName>,
}

/// Something other than nothing and the word `null`.
pub(super) fn filled(text: &str) -> Option<String> {
    values::filled_line(text).filter(|text| text != "null")
}

pub(super) fn date(text: &str) -> Option<NaiveDate> {
    values::date(text)
}

/// The code before the name of its list: `AB-ORGFO` → `AB`.
pub(super) fn code(text: &str) -> &str {
    let text = text.trim();
    text.rsplit_once('-').map_or(text, |(code, _)| code)
}

/// [`code`] where there is one.
pub(super) fn filled_code(text: &str) -> Option<String> {
    filled(code(text))
}

/// Groups between `|`; a leading `|` occurs and means nothing.
fn groups(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|group| !group.trim().is_empty())
}

/// `Namn$FORETAGSNAMN-ORGNAM$1993-03-15[$beskrivning]`, groups between `|`. The first company name is the main one;
/// where no group is marked so (associations have NAMN), the first group is.
///
/// A name may itself hold `$` or `|`. What follows it, `$` and the code of a list of names, cannot stand in a name, so groups are
/// found from there. Where a description and the next name both could hold a `|`, that is noted among the warnings.
pub(super) fn names(text: &str, warnings: &mut Vec<String>) -> Names {
    let mut all: Vec<OtherName> = Vec::new();
    let marks = marks(text);
    if marks.is_empty() {
        for group in groups(text) {
            let mut parts = group.split('$');
            let Some(name) = parts.next().and_then(filled) else { continue };
            let kind = parts.next().map(|kind| code(kind).to_owned()).unwrap_or_default();
            all.push(OtherName { name, kind, registered_on: parts.next().and_then(date) });
        }
        if text.contains(['$', '|']) && !all.is_empty() {
            warnings.push("the name holds “$” or “|”, which also part names, and may be cut".to_owned());
        }
    }
    let mut name_from = 0;
    for (index, mark) in marks.iter().enumerate() {
        let name = text.get(name_from..mark.start).unwrap_or_default();
        let until = marks.get(index + 1).map_or(text.len(), |next| next.start);
        let rest = text.get(mark.end..until).unwrap_or_default();
        // `$1993-03-15`, where the day may be the word null; then `$description`; then `|` and the next name.
        let (day, after) = match rest.strip_prefix('$') {
            Some(rest) => rest.split_at(rest.find(['$', '|']).unwrap_or(rest.len())),
            None => ("", rest),
        };
        let bars = after.matches('|').count();
        if index + 1 < marks.len() && after.starts_with('$') && bars > 1 {
            warnings
                .push("a description and a name between “|” cannot be told apart; the first “|” is taken".to_owned());
        }
        name_from = match after.find('|') {
            Some(bar) => until - after.len() + bar + 1,
            None => until,
        };
        if let Some(name) = filled(name.trim_start_matches('|')) {
            all.push(OtherName { name, kind: mark.kind.to_owned(), registered_on: date(day) });
        }
    }
    let main = ["FORETAGSNAMN", "NAMN"]
        .iter()
        .find_map(|kind| all.iter().position(|name| name.kind == *kind))
        .or(if all.is_empty() { None } else { Some(0) });
    match main {
        Some(position) => {
            let main = all.remove(position);
            Names { main: Some(main.name), others: all }
        }
        None => Names::default(),
    }
}

/// `$FORETAGSNAMN-ORGNAM`, which ends a name.
struct Mark<'a> {
    start: usize,
    end: usize,
    kind: &'a str,
}

fn marks(text: &str) -> Vec<Mark<'_>> {
    const LIST: &str = "-ORGNAM";
    let is_code = |letter: char| letter.is_ascii_uppercase() || letter == '_' || letter.is_ascii_digit();
    text.match_indices(LIST)
        .filter_map(|(at, _)| {
            let start = text.get(..at)?.rfind('$')?;
            let kind = text.get(start + 1..at)?;
            let end = at + LIST.len();
            let is_ended = text.get(end..)?.chars().next().is_none_or(|next| matches!(next, '$' | '|'));
            (is_ended && !kind.is_empty() && kind.chars().all(is_code)).then_some(Mark { start, end, kind })
        })
        .collect()
}

/// `|LI-AVOMFO$2026-04-01`, where the date may be the word `null`.
pub(super) fn procedures(text: &str) -> Vec<Procedure> {
    groups(text)
        .filter_map(|group| {
            let mut parts = group.split('$');
            let code = values::procedure_code(parts.next()?).filter(|code| code != "NULL")?;
            Some(Procedure { code, from: parts.next().and_then(date) })
        })
        .collect()
}

/// `gata$c/o$postort$postnr$SE-LAND`; in some rows city and postcode have changed places, so the one that looks like
/// a postcode is the postcode. A `$` too many belongs to the street, and is noted.
pub(super) fn address(text: &str, warnings: &mut Vec<String>) -> Option<Address> {
    const PARTS: usize = 5;
    let mut parts: Vec<&str> = text.rsplitn(PARTS, '$').collect();
    parts.reverse();
    if parts.len() == PARTS && parts[0].contains('$') {
        warnings
            .push("the address holds “$”, which also parts its lines; its first line is taken to hold it".to_owned());
    }
    let part = |index: usize| parts.get(index).copied().unwrap_or_default();
    let (city, postcode) = match (values::postcode(part(3)), values::postcode(part(2))) {
        (Some(postcode), _) => (filled(part(2)), Some(postcode)),
        (None, Some(postcode)) => (filled(part(3)), Some(postcode)),
        (None, None) => (filled(part(2)), None),
    };
    let address = Address {
        street: filled(part(0)),
        care_of: filled(part(1)),
        postcode,
        city,
        country: values::country(part(4)),
    };
    (address != Address::default()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Names {
        super::names(text, &mut Vec::new())
    }

    fn address(text: &str) -> Option<Address> {
        super::address(text, &mut Vec::new())
    }

    #[test]
    fn names_and_streets_may_hold_the_signs_between_fields() {
        for (name, text) in [
            ("CA$H Finans AB", "CA$H Finans AB$FORETAGSNAMN-ORGNAM$1990-01-01"),
            ("Nord|Syd Handel AB", "Nord|Syd Handel AB$FORETAGSNAMN-ORGNAM$1990-01-01"),
            ("Nord|Syd Handel AB", "|Nord|Syd Handel AB$FORETAGSNAMN-ORGNAM$null$Om | och $"),
            ("$$$ AB", "$$$ AB$FORETAGSNAMN-ORGNAM"),
            ("A-ORGNAM AB", "A-ORGNAM AB$FORETAGSNAMN-ORGNAM$1990-01-01"),
        ] {
            assert_eq!(names(text).main.as_deref(), Some(name), "{text}");
        }
        let two = names("CA$H|Ö AB$FORETAGSNAMN-ORGNAM$1990-01-01|Bi$namn$SARS_FORNAMN-ORGNAM$1991-01-01$För | handel");
        assert_eq!((two.main.as_deref(), two.others[0].name.as_str()), (Some("CA$H|Ö AB"), "Bi$namn"));
        let mut warnings = Vec::new();
        let cut = super::names("CA$H Finans AB", &mut warnings);
        assert_eq!((cut.main.as_deref(), warnings.len()), (Some("CA"), 1));
        let street = super::address("Box$1$$STOCKHOLM$11122$SE-LAND", &mut warnings).unwrap();
        assert_eq!(
            (street.street.as_deref(), street.city.as_deref(), warnings.len()),
            (Some("Box$1"), Some("STOCKHOLM"), 2)
        );
    }

    proptest::proptest! {
        #[test]
        fn any_name_is_read_back(
            names in proptest::collection::vec("[A-ZÅÄÖa-z0-9$&| ]{0,12}[A-Za-z]", 1..4),
            leading in proptest::bool::ANY,
        ) {
            let groups: Vec<String> = names.iter().map(|name| format!("{name}$SARS_FORNAMN-ORGNAM$1990-01-01")).collect();
            let text = format!("{}{}", if leading { "|" } else { "" }, groups.join("|"));
            let read = super::names(&text, &mut Vec::new());
            let found: Vec<String> = read.main.into_iter().chain(read.others.into_iter().map(|other| other.name)).collect();
            let expected: Vec<String> =
                names.iter().map(|name| domain::one_line::one_line(name.trim_start_matches('|'))).collect();
            proptest::prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_company_name_is_the_main_one_wherever_it_stands() {
        let read =
            names("|Bifirman$SARS_FORNAMN-ORGNAM$2000-01-01$För handel|Bolaget AB$FORETAGSNAMN-ORGNAM$1993-03-15");
        assert_eq!(read.main.as_deref(), Some("Bolaget AB"));
        assert_eq!((read.others[0].name.as_str(), read.others[0].kind.as_str()), ("Bifirman", "SARS_FORNAMN"));
        assert_eq!(read.others[0].registered_on, NaiveDate::from_ymd_opt(2000, 1, 1));
        assert_eq!(names("Brf Ek$NAMN-ORGNAM$null").main.as_deref(), Some("Brf Ek"));
        assert_eq!(names(""), Names::default());
        assert_eq!(names("|$|"), Names::default());
    }

    #[test]
    fn swapped_city_and_postcode_are_put_right() {
        let right = address("Gatan 1$c/o Bo$BODEN$96198$SE-LAND");
        assert_eq!(right, address("Gatan 1$c/o Bo$96198$BODEN$SE-LAND"));
        let right = right.unwrap();
        assert_eq!((right.city.as_deref(), right.postcode.as_deref()), (Some("BODEN"), Some("96198")));
        assert_eq!(right.country.as_deref(), Some("SE"));
        assert_eq!(address("$$$$"), None);
        assert_eq!(address("null$null$null$null$null"), None);
        assert_eq!(address("12 High St$$LONDON$SW1A 1AA$GB-LAND").unwrap().country.as_deref(), Some("GB"));
    }

    #[test]
    fn a_procedure_may_have_the_word_null_for_its_date() {
        let open = procedures("|LI-AVOMFO$2026-04-01|KK-AVOMFO$null");
        assert_eq!(open.len(), 2);
        assert_eq!((open[1].code.as_str(), open[1].from), ("KK", None));
        assert!(procedures("").is_empty() && procedures("null").is_empty());
    }
}
