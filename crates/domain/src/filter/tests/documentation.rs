//! The examples of `docs/filter-language.md` mean something, and those it calls refused are.

use crate::filter::json::from_json;
use crate::filter::parse::parse;
use crate::filter::vocabulary::Vocabulary;

fn blocks(kind: &str) -> Vec<&'static str> {
    let text = include_str!("../../../../../docs/filter-language.md");
    let start = format!("```{kind}\n");
    let found = text.split(&*Box::leak(start.into_boxed_str())).skip(1);
    found.filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_documented_examples_are_read() {
    let mut read = 0;
    for line in blocks("filter").into_iter().flat_map(str::lines) {
        parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        read += 1;
    }
    assert!(read > 25, "{read}");
    for line in blocks("refused").into_iter().flat_map(str::lines) {
        assert!(parse(line).is_err(), "{line}");
    }
    for block in blocks("json") {
        let value = serde_json::from_str(block).expect("JSON");
        from_json(&value, "", Vocabulary::builtin()).unwrap_or_else(|error| panic!("{block}: {error}"));
    }
}
