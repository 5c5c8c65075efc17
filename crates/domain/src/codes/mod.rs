//! Code tables: what the registers' codes stand for.
//!
//! The tables are files of our own, made from open data; each names its source on its first line, and the test `code_tables`
//! holds the derivation and writes them anew. SNI 2025 is added as a table beside `sni2007.tsv` and an arm in [`sni::label_in`].

pub mod legal_form;
pub mod place;
pub mod sni;

/// Splits a table of tab-separated lines with comment lines, without allocating per cell.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_postcode() {
        assert_eq!(place::municipality_of_postcode("111 22"), Some("0180"));
        assert_eq!(place::municipality_of_postcode("41101"), Some("1480"));
        assert_eq!(place::municipality_of_postcode("00000"), None);
        assert_eq!(place::county_of_municipality("1480"), "14");
        assert_eq!(place::municipality_name("1762"), Some("Munkfors"));
        assert_eq!(place::county_name("14"), Some("Västra Götalands län"));
        assert_eq!(place::municipalities().count(), 290);
        assert_eq!(place::counties().count(), 21);
    }

    #[test]
    fn every_postcode_run_names_a_known_municipality() {
        assert!(place::postcode_runs().all(|(_, _, code)| place::municipality_name(code).is_some()));
    }

    #[test]
    fn industries_have_names_and_sections() {
        assert_eq!(sni::label("62010"), Some("Dataprogrammering"));
        assert_eq!(sni::section_of("62010"), Some('J'));
        assert_eq!(sni::ancestors("62010"), ["J", "62", "620", "6201"]);
        assert_eq!(sni::codes().filter(|(code, _)| code.len() == 5).count(), 821);
        assert!(sni::codes().filter(|(code, _)| code.len() == 5).all(|(code, _)| sni::section_of(code).is_some()));
    }

    #[test]
    fn legal_forms_have_names() {
        assert_eq!(legal_form::label("49"), Some("Aktiebolag utom bank- och försäkringsaktiebolag"));
        assert_eq!(
            (legal_form::label("ASA"), legal_form::norwegian("asa")),
            (Some("Allmennaksjeselskap"), Some("ASA"))
        );
        assert_eq!((legal_form::label("xx"), legal_form::norwegian("49")), (None, None));
        let codes: Vec<_> = legal_form::codes().map(|(code, _)| code).collect();
        let distinct: std::collections::HashSet<_> = codes.iter().collect();
        assert_eq!(
            (codes.len(), codes.iter().all(|code| legal_form::label_en(code).is_some())),
            (distinct.len(), true)
        );
    }
}
