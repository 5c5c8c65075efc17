//! Text and JSON say exactly the same tree.

use proptest::prelude::*;

use super::any_filter;
use crate::filter::json::{from_json, to_json};
use crate::filter::parse::parse;
use crate::filter::print::print;
use crate::filter::vocabulary::Vocabulary;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn printed_text_reads_back(filter in any_filter()) {
        let text = print(&filter);
        let back = parse(&text);
        prop_assert_eq!(back.as_ref(), Ok(&filter), "{}", text);
    }

    #[test]
    fn printed_json_reads_back(filter in any_filter()) {
        let value = to_json(&filter);
        let back = from_json(&value, "", Vocabulary::builtin());
        prop_assert_eq!(back.as_ref(), Ok(&filter), "{}", value);
    }

    #[test]
    fn ratios_travel_as_bytes(units in -1_000_000_000i64..1_000_000_000) {
        // serde_json reads numbers of up to 15 digits exactly; every stored ratio is one.
        let text = format!(r#"{{"field":"roe","op":">=","value":{}}}"#, units as f64 / 1e4);
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let filter = from_json(&value, "", Vocabulary::builtin()).expect("valid");
        prop_assert_eq!(to_json(&filter).to_string(), value.to_string());
    }

    #[test]
    fn any_text_gives_a_filter_or_a_place_in_it(text in "\\PC{0,80}") {
        check_any(&text);
    }

    #[test]
    fn damaged_filters_give_a_filter_or_a_place(filter in any_filter(), at in any::<prop::sample::Index>(), put in "\\PC{0,3}", cut in 0usize..6) {
        let text: Vec<char> = print(&filter).chars().collect();
        let start = at.index(text.len() + 1);
        let damaged: String = text[..start].iter().copied().chain(put.chars()).chain(text.iter().copied().skip(start + cut)).collect();
        check_any(&damaged);
    }
}

fn check_any(text: &str) {
    match parse(text) {
        Ok(filter) => assert_eq!(parse(&print(&filter)).as_ref(), Ok(&filter), "{text}"),
        Err(error) => {
            let (offset, length) = error.utf16_range(text).expect("an error in text has its place");
            assert!(offset + length <= text.encode_utf16().count());
            assert!(!error.message.is_empty());
        }
    }
    for cursor in [0, text.len() / 2, text.len()] {
        let completion =
            crate::filter::complete::complete(text, cursor, 10, Vocabulary::builtin(), &Default::default());
        assert!(text.get(completion.replaces.clone()).is_some(), "{text:?} at {cursor}: {:?}", completion.replaces);
    }
}
