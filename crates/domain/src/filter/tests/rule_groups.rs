//! The form of query builders: what it means, and what is refused where.

use serde_json::{Value, json};

use crate::filter::Filter;
use crate::filter::error::Place;
use crate::filter::json::to_json;
use crate::filter::parse::parse;
use crate::filter::print::print;
use crate::filter::rule_groups::{from_rule_groups, is_rule_groups};
use crate::filter::vocabulary::Vocabulary;

fn read(value: &Value) -> Filter {
    from_rule_groups(value, "/filtersJson", Vocabulary::builtin()).expect("valid")
}

fn refused(value: &Value) -> (String, String) {
    let error = from_rule_groups(value, "/filtersJson", Vocabulary::builtin()).expect_err(&value.to_string());
    let Place::Pointer(pointer) = error.place.clone() else { panic!("no pointer: {error}") };
    (pointer, error.full_message())
}

#[test]
fn included_and_excluded_groups_mean_the_same_as_the_text_form() {
    let value = json!({
        "include": {"id": "a", "type": "and", "rules": [
            {"id": "1", "field": "revenue_latest", "operator": ">=", "value": 50_000_000, "type": "number"},
            {"id": "b", "type": "or", "rules": [
                {"field": "ebitda_margin_latest", "operator": ">", "value": 0.1},
                {"field": "status", "operator": "=", "value": "active"},
            ]},
        ]},
        "exclude": {"id": "c", "type": "or", "rules": [{"field": "is_demo", "operator": "=", "value": true}]},
    });
    let text = "revenue >= 50m and (ebitda_margin > 10% or status = active) and not is_demo = true";
    let expected = parse(text).expect("valid");
    assert_eq!(print(&read(&value)), print(&expected));
    assert_eq!(to_json(&read(&value)), to_json(&expected));
}

#[test]
fn a_group_without_rules_says_nothing() {
    for value in [
        json!({"include": {"id": "a", "type": "or", "rules": []}, "exclude": {"id": "b", "type": "and", "rules": []}}),
        json!({"include": {"type": "and", "rules": [{"type": "or", "rules": []}]}}),
        json!({"exclude": null}),
        json!({"include": {}}),
    ] {
        assert_eq!(read(&value), Filter::EVERYTHING, "{value}");
    }
}

#[test]
fn what_is_not_understood_is_refused_with_its_place() {
    let rule = |rule: Value| json!({"include": {"type": "and", "rules": [rule]}});
    let cases = [
        (
            rule(json!({"field": "revnue", "operator": ">=", "value": 1})),
            "/filtersJson/include/rules/0/field",
            "revenue",
        ),
        (
            rule(json!({"field": "revenue", "operator": "nearly", "value": 1})),
            "/filtersJson/include/rules/0/operator",
            "nearly",
        ),
        (rule(json!({"field": "revenue", "op": "nearly", "value": 1})), "/filtersJson/include/rules/0/op", "nearly"),
        (
            rule(json!({"field": "revenue", "operator": ">=", "value": "many"})),
            "/filtersJson/include/rules/0/value",
            "number",
        ),
        (rule(json!({"field": "revenue", "operator": ">="})), "/filtersJson/include/rules/0/value", ""),
        (rule(json!({"operator": ">=", "value": 1})), "/filtersJson/include/rules/0/field", "field"),
        (rule(json!("revenue")), "/filtersJson/include/rules/0", "object"),
        (
            rule(json!({"field": "revenue", "operator": ">=", "value": 1, "valeu": 2})),
            "/filtersJson/include/rules/0/valeu",
            "value",
        ),
        (json!({"include": {"type": "xor", "rules": []}}), "/filtersJson/include/type", "and, or"),
        (json!({"include": {"rules": {}}}), "/filtersJson/include/rules", "list"),
        (json!({"include": [], "exclude": {}}), "/filtersJson/include", "object"),
        (json!({"include": {}, "exclde": {}}), "/filtersJson/exclde", "exclude"),
    ];
    for (value, place, words) in cases {
        let (pointer, message) = refused(&value);
        assert_eq!(pointer, place, "{value}: {message}");
        assert!(message.contains(words), "{value}: {message}");
    }
    let deep = (0..70).fold(json!({"rules": []}), |inner, _| json!({"rules": [inner]}));
    assert!(refused(&json!({"include": deep})).1.contains("deep"));
}

#[test]
fn the_two_forms_are_told_apart() {
    assert!(is_rule_groups(&json!({"include": {}})) && is_rule_groups(&json!({"exclude": {}})));
    assert!(!is_rule_groups(&json!({"all": []})) && !is_rule_groups(&json!([])) && !is_rule_groups(&json!({})));
}
