//! Everything that is refused, with the place and the words.

use serde_json::{Value, json};

use crate::filter::error::Place;
use crate::filter::flat::{FlatCondition, Logic, from_flat};
use crate::filter::json::from_json;
use crate::filter::parse::parse;
use crate::filter::vocabulary::Vocabulary;

/// Text, the piece of it that the error points at (empty: the end), words of the message, first suggestion.
const REFUSED: [(&str, &str, &str, &str); 40] = [
    ("revnue >= 50m", "revnue", "no field “revnue”", "revenue"),
    ("ebitda_margn > 1%", "ebitda_margn", "no field", "ebitda_margin"),
    ("nettoomsatning > 1", "nettoomsatning", "no field", "revenue"),
    ("xyzzy = 1", "xyzzy", "no field", ""),
    ("revenue", "", "how to compare revenue", ""),
    ("revenue >=", "", "a value of revenue", ""),
    ("revenue => 5", ">", "a value of revenue", ""),
    ("revenue contains 5", "contains", "does not fit revenue", ""),
    ("name >= 5", ">=", "does not fit name", ""),
    ("revenue >= many", "many", "needs a number", ""),
    ("revenue >= NaN", "NaN", "needs a number", ""),
    ("revenue >= -inf", "-inf", "needs a number", ""),
    ("revenue >= 1e999", "1e999", "too large", ""),
    ("revenue >= 99999999999999999999", "99999999999999999999", "too large", ""),
    ("revenue >= 10%", "10%", "not a share", ""),
    ("revenue = 10.5", "10.5", "whole numbers", ""),
    ("revenue >= 50,000", "50,000", "comma", ""),
    ("revenue >= 5q", "5q", "may end in", ""),
    ("revenue between 5 and", "", "a value of revenue", ""),
    ("revenue between 5, 6", ",", "joined by and", ""),
    ("revenue between 6 and 5", "5", "smaller value first", ""),
    ("5 <= revenue >= 6", "5 <= revenue >= 6", "same way", ""),
    ("6 <= revenue < 6", "6", "no revenue lies", ""),
    ("5 revenue", "r", "after a number", ""),
    ("registered_on >= soon", "soon", "needs a date", ""),
    ("registered_on = 2024-02-30", "2024-02-30", "needs a date", ""),
    ("status = activ", "activ", "status is one of", "active"),
    ("sni = 6", "6", "not a code of sni", ""),
    ("county = Stokholm", "Stokholm", "not a code of county", "01"),
    ("has_homepage = maybe", "maybe", "yes or no", "yes"),
    ("name contains \"open", "\"open", "no closing quote", ""),
    ("name contains \"\"", "\"\"", "at least one character", ""),
    ("(revenue > 5", "(", "never closed", ""),
    ("revenue > 5)", ")", "never opened", ""),
    ("revenue > 5 adn ebit > 5", "adn", "and, or", "and"),
    ("revenue > 5 ebit > 5", "ebit", "and, or", ""),
    ("and", "and", "a condition such as", ""),
    ("revenue > 5 and", "", "a condition", ""),
    ("orgnr = 5560125791", "", "", ""),
    ("orgnr = 8001011234", "8001011234", "personal identity number", ""),
];

#[test]
fn texts_are_refused_at_the_right_place() {
    for (text, piece, words, suggestion) in REFUSED {
        let Err(error) = parse(text) else {
            // A number with a wrong check digit is still a number that can be asked for.
            assert!(words.is_empty(), "{text} should be refused");
            continue;
        };
        let Place::Text { offset, length } = error.place else { panic!("{text}: {error:?}") };
        assert!(error.message.contains(words), "{text}: {}", error.message);
        match piece {
            "" => assert_eq!((offset, length), (text.len(), 0), "{text}: {error}"),
            _ => assert_eq!(&text[offset..offset + length], piece, "{text}: {error}"),
        }
        assert_eq!(error.suggestions.first().map_or("", String::as_str), suggestion, "{text}: {error}");
    }
}

#[test]
fn depth_is_limited_in_every_form() {
    for text in [
        format!("{}revenue > 5{}", "(".repeat(1_000), ")".repeat(1_000)),
        format!("{}revenue > 5", "not ".repeat(1_000)),
        "(".repeat(100_000),
        "!".repeat(100_000),
    ] {
        let error = parse(&text).expect_err("too deep");
        assert!(error.message.contains("64 levels deep"), "{error}");
    }
    // serde_json refuses deeper text itself, so the deep value is built in memory (and taken apart without recursion).
    let mut value = json!({"field": "revenue", "op": ">", "value": 5});
    for _ in 0..1_000 {
        value = json!({ "not": value });
    }
    let error = from_json(&value, "", Vocabulary::builtin()).expect_err("too deep");
    assert!(error.message.contains("64 levels deep"), "{error}");
}

#[test]
fn size_is_limited() {
    let many = vec!["ebit > 0"; 10_001].join(" or ");
    assert!(parse(&many).expect_err("too many").message.contains("10000 conditions"));
    let long = format!("name contains \"{}\"", "x".repeat(501));
    assert!(parse(&long).expect_err("too long").message.contains("500 characters"));
    let values = vec!["1"; 200_001].join(",");
    assert!(parse(&format!("revenue in {values}")).expect_err("too many").message.contains("200000 values"));
}

#[test]
fn json_is_refused_at_the_right_pointer() {
    for (value, pointer, words) in [
        (json!(null), "", "a filter is an object"),
        (json!([]), "", "a filter is an object"),
        (json!({}), "", "one of the keys"),
        (json!({"all": {}}), "/all", "a list of filters"),
        (json!({"all": [], "any": []}), "", "do not go together"),
        (json!({"all": [], "a/b": 1}), "/a~1b", "unknown key"),
        (json!({"all": [{"any": [{"field": "revnue", "op": "=", "value": 1}]}]}), "/all/0/any/0/field", "no field"),
        (json!({"field": 5, "op": "="}), "/field", "name of a field"),
        (json!({"field": "revenue"}), "", "needs op"),
        (json!({"field": "revenue", "op": "like", "value": 1}), "/op", "no operator “like”"),
        (json!({"field": "revenue", "op": "contains", "value": "1"}), "/op", "does not fit"),
        (json!({"field": "revenue", "op": ">=", "value": "50"}), "/value", "needs a number"),
        (json!({"field": "revenue", "op": ">=", "value": true}), "/value", "needs a number"),
        (json!({"field": "revenue", "op": ">=", "value": null}), "/op", "takes one value"),
        (json!({"field": "revenue", "op": ">=", "value": [1]}), "/value", "not a list"),
        (json!({"field": "revenue", "op": ">=", "value": {"a": 1}}), "/value", "not an object"),
        (json!({"field": "revenue", "op": "in", "value": []}), "/op", "at least one value"),
        (json!({"field": "revenue", "op": "in", "value": [1, "x"]}), "/value/1", "needs a number"),
        (json!({"field": "revenue", "op": "between", "value": [1]}), "/op", "takes 2 values"),
        (json!({"field": "revenue", "op": "between", "value": [2, 1]}), "/value/1", "smaller value first"),
        (json!({"field": "revenue", "op": "between", "value": [1, 2], "bounds": "<>"}), "/bounds", "bounds is one of"),
        (json!({"field": "revenue", "op": ">", "value": 1, "bounds": "[)"}), "/bounds", "bounds goes with"),
        (json!({"field": "revenue", "op": ">", "value": 1, "typ": "x"}), "/typ", "unknown key"),
        (json!({"field": "revenue", "op": ">", "value": 1e300}), "/value", "too large"),
        (json!({"field": "status", "op": "=", "value": "aktive"}), "/value", "status is one of"),
        (json!({"field": "is_demo", "op": "=", "value": 1}), "/value", "yes or no"),
        (json!({"field": "name", "op": "contains", "value": "a\u{0}b"}), "/value", "U+0000"),
    ] {
        let error = from_json(&value, "", Vocabulary::builtin()).expect_err(&value.to_string());
        assert_eq!(error.place, Place::Pointer(pointer.to_owned()), "{value}: {error}");
        assert!(error.message.contains(words), "{value}: {error}");
    }
}

#[test]
fn the_flat_form_names_what_it_does_not_know() {
    let read = |field: &str, op: &str, value: Value, value_type: Option<&str>| {
        let flat = [FlatCondition { field, op, value: Some(&value), value_type }];
        from_flat(&flat, Logic::And, "/filters", Vocabulary::builtin()).map_err(|error| (error.place, error.message))
    };
    let at = |pointer: &str| Place::Pointer(pointer.to_owned());
    let (place, message) = read("revenue_lates", ">", json!(1), None).expect_err("unknown field");
    assert_eq!((place, message.contains("revenue_lates")), (at("/filters/0/field"), true));
    let (place, message) = read("revenue", "approximately", json!(1), None).expect_err("unknown operator");
    assert_eq!((place, message.contains("approximately")), (at("/filters/0/op"), true));
    let (place, message) = read("revenue", ">", json!(1), Some("colour")).expect_err("unknown type");
    assert_eq!((place, message.contains("colour")), (at("/filters/0/type"), true));
    let (place, _) = read("revenue", ">", json!("a lot"), Some("number")).expect_err("wrong value");
    assert_eq!(place, at("/filters/0/value"));
    let (place, _) = read("revenue", ">", Value::Null, Some("number")).expect_err("no value");
    assert_eq!(place, at("/filters/0/value"));
}

#[test]
fn injection_is_only_text() {
    let hostile = "'; DROP TABLE companies; -- \" or 1=1 \u{202e} \\";
    let value = json!({"field": "name", "op": "contains", "value": hostile});
    let filter = from_json(&value, "", Vocabulary::builtin()).expect("words are words");
    assert_eq!(parse(&crate::filter::print::print(&filter)), Ok(filter));
}
