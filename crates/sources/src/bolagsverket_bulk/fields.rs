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
    values::filled(text).filter(|text| text != "null")
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
pub(super) fn names(text: &str) -> Names {
    let mut all: Vec<OtherName> = Vec::new();
    for group in groups(text) {
        let mut parts = group.split('$');
        let Some(name) = parts.next().and_then(filled) else { continue };
        let kind = parts.next().map(|kind| code(kind).to_owned()).unwrap_or_default();
        all.push(OtherName { name, kind, registered_on: parts.next().and_then(date) });
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
/// a postcode is the postcode.
pub(super) fn address(text: &str) -> Option<Address> {
    let parts: Vec<&str> = text.split('$').collect();
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

    #[test]
    fn the_company_name_is_the_main_one_wherever_it_stands() {
        let names =
            names("|Bifirman$SARS_FORNAMN-ORGNAM$2000-01-01$För handel|Bolaget AB$FORETAGSNAMN-ORGNAM$1993-03-15");
        assert_eq!(names.main.as_deref(), Some("Bolaget AB"));
        assert_eq!((names.others[0].name.as_str(), names.others[0].kind.as_str()), ("Bifirman", "SARS_FORNAMN"));
        assert_eq!(names.others[0].registered_on, NaiveDate::from_ymd_opt(2000, 1, 1));
        assert_eq!(super::names("Brf Ek$NAMN-ORGNAM$null").main.as_deref(), Some("Brf Ek"));
        assert_eq!(super::names(""), Names::default());
        assert_eq!(super::names("|$|"), Names::default());
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
