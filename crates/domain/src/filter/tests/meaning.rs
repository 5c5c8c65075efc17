//! What people and programs write, and what it means.

use serde_json::json;

use crate::filter::flat::{FlatCondition, Logic, from_flat};
use crate::filter::json::{from_json, to_json};
use crate::filter::parse::parse;
use crate::filter::print::print;
use crate::filter::vocabulary::Vocabulary;

/// Each text and its canonical spelling.
const SPELLINGS: [(&str, &str); 62] = [
    ("", ""),
    ("  ", ""),
    ("revenue >= 50m", "revenue >= 50m"),
    ("revenue >= 50 mkr", "revenue >= 50m"),
    ("revenue >= 50 000 000", "revenue >= 50m"),
    ("revenue >= 50\u{a0}000 tkr", "revenue >= 50m"),
    ("Nettoomsättning >= 50m", "revenue >= 50m"),
    ("\"Net revenue\" ≥ 50 000 tkr", "revenue >= 50m"),
    ("revenue_latest>=50000000", "revenue >= 50m"),
    ("revenue > 50m", "revenue > 50m"),
    ("revenue > 1,5 mdkr", "revenue > 1.5bn"),
    ("revenue < 1250 tkr", "revenue < 1.25m"),
    ("revenue > 10,5", "revenue >= 11"),
    ("revenue < 10.5", "revenue <= 10"),
    ("ebit > 0", "ebit > 0"),
    ("ebit < 0", "ebit < 0"),
    ("revenue = 0", "revenue = 0"),
    ("revenue between 10m and 50m", "revenue between 10m and 50m"),
    ("10m <= revenue < 50m", "10m <= revenue < 50m"),
    ("50m > revenue >= 10m", "10m <= revenue < 50m"),
    ("10m <= revenue <= 50m", "revenue between 10m and 50m"),
    ("10m < revenue", "revenue > 10m"),
    ("ebitda_margin >= 10%", "ebitda_margin >= 10%"),
    ("ebitda_margin >= 12,5 %", "ebitda_margin >= 12.5%"),
    ("ebitda_margin >= 0.12", "ebitda_margin >= 12%"),
    ("EBITDA-marginal > -0,05", "ebitda_margin > -5%"),
    ("10% <= ebitda_margin < 20%", "10% <= ebitda_margin < 20%"),
    ("debt_to_equity <= 2x", "debt_to_equity <= 2"),
    ("debt_to_equity <= 200%", "debt_to_equity <= 2"),
    ("employees between 2,5 och 10", "employees between 2.5 and 10"),
    ("employees in 1, 2,3", "employees in 1, 2, 3"),
    ("sni in 28, 62", "sni in 28, 62"),
    ("sni in (62,28,62)", "sni in 28, 62"),
    ("sni = j", "sni = J"),
    ("sni starts with 62", "sni = 62"),
    ("industry not in 01", "sni != 01"),
    ("sni not in 01, 02", "sni not in 01, 02"),
    ("status = Active", "status = active"),
    ("status är inte Avregistrerat", "status != deregistered"),
    ("size_class in small, medium", "size_class in medium, small"),
    ("capital_flag", "capital_flag = yes"),
    ("not capital_flag", "capital_flag != yes"),
    ("has_homepage = nej", "has_homepage = no"),
    ("registered_on >= 2015", "registered_on >= 2015-01-01"),
    ("registered_on > 2015", "registered_on >= 2016-01-01"),
    ("registered_on = 2024-02", "registered_on between 2024-02-01 and 2024-02-29"),
    ("registered_on < 2024-06-30", "registered_on <= 2024-06-29"),
    ("registered_on = 2024-06-30", "registered_on = 2024-06-30"),
    ("revenue is null", "revenue is null"),
    ("revenue saknas", "revenue is null"),
    ("not revenue is null", "revenue is not null"),
    ("name contains \"bygg & \\\"plåt\\\"\"", "name contains \"bygg & \\\"plåt\\\"\""),
    ("name not contains holding", "name not contains \"holding\""),
    ("name = “Volvo”", "name = \"Volvo\""),
    ("name in volvo, saab", "name = \"volvo\" or name = \"saab\""),
    ("text ~ \"automation\"", "text ~ \"automation\""),
    ("text !~ automation", "text !~ \"automation\""),
    ("orgnr in 556012-5790, 165560360793", "orgnr in 5560125790, 5560360793"),
    ("in list \"Mål 2026\" and not in label x", "in list \"Mål 2026\" and not in label \"x\""),
    ("prospect = contacted and not excluded", "prospect = contacted and excluded = no"),
    (
        "revenue >= 50m and ebitda_margin >= 10% and (sni in 28, 62 or text ~ \"automation\")",
        "revenue >= 50m and ebitda_margin >= 10% and (sni in 28, 62 or text ~ \"automation\")",
    ),
    (
        "revenue > 1m or (ebit > 1m or equity > 1m) och inte (sni = 68 or sni = 64)",
        "revenue > 1m or ((ebit > 1m or equity > 1m) and not (sni = 68 or sni = 64))",
    ),
];

#[test]
fn spellings() {
    for (typed, canonical) in SPELLINGS {
        match parse(typed) {
            Ok(filter) => assert_eq!(print(&filter), canonical, "{typed}"),
            Err(error) => panic!("{typed}: {error}"),
        }
    }
}

#[test]
fn codes_can_be_typed_by_name() {
    for (typed, canonical) in [
        ("county in Stockholm, \"Skåne län\", västmanland", "county in 01, 12, 19"),
        ("municipality = göteborg", "municipality = 1480"),
        ("legal_form = AB", "legal_form = 49"),
        ("sni = \"Dataprogrammering\"", "sni = 6201"),
        ("sni = 99999", "sni = 99999"),
    ] {
        assert_eq!(print(&parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}"))), canonical);
    }
    let error = parse("county = \"Stokholms län\"").expect_err("misspelt");
    assert_eq!(error.suggestions, ["01"]);
}

#[test]
fn the_flat_form_means_the_same() {
    let value = |json: serde_json::Value| json;
    let rows = [
        ("revenue_latest", ">=", Some(value(json!(50_000_000))), Some("currency")),
        ("ebitda_margin_latest", "gte", Some(value(json!(0.12))), Some("percent")),
        ("revenue_cagr_3y", "between", Some(value(json!([0.1, "0.3"]))), Some("number")),
        ("segment_names", "contains", Some(value(json!("teknik"))), Some("string")),
        ("has_homepage", "=", Some(value(json!(true))), Some("boolean")),
        ("is_stale", "!=", Some(value(json!("true"))), None),
        ("employees_latest", "not_null", None, None),
        ("data_quality_score", ">", Some(value(json!("60"))), Some("number")),
        ("sni", "in", Some(value(json!(["62", 28, "01"]))), Some("list")),
    ];
    let flat: Vec<FlatCondition<'_>> = rows
        .iter()
        .map(|(field, op, value, value_type)| FlatCondition {
            field,
            op,
            value: value.as_ref(),
            value_type: *value_type,
        })
        .collect();
    let and = from_flat(&flat, Logic::And, "/filters", Vocabulary::builtin()).expect("valid");
    assert_eq!(
        print(&and),
        "revenue >= 50m and ebitda_margin >= 12% and cagr_3y between 10% and 30% and industry_names contains \"teknik\" \
         and has_homepage = yes and is_stale != yes and employees is not null and data_quality_score >= 61 and sni in 01, 28, 62"
    );
    let or = from_flat(&flat[..2], Logic::Or, "/filters", Vocabulary::builtin()).expect("valid");
    assert_eq!(print(&or), "revenue >= 50m or ebitda_margin >= 12%");
    assert!(from_flat(&[], Logic::Or, "/filters", Vocabulary::builtin()).expect("valid").is_everything());
}

#[test]
fn the_json_form_means_the_same() {
    let value = json!({"all": [
        {"field": "revenue", "op": ">=", "value": 50_000_000},
        {"any": [{"field": "sni", "op": "in", "value": ["62", "28"]}, {"field": "text", "op": "~", "value": "automation"}]},
        {"not": {"field": "county", "op": "=", "value": "01"}},
        {"field": "ebitda_margin", "op": "between", "value": [0.1, 0.2], "bounds": "[)"},
        {"field": "list", "op": "in_list", "value": "Mål"},
    ]});
    let filter = from_json(&value, "", Vocabulary::builtin()).expect("valid");
    assert_eq!(
        print(&filter),
        "revenue >= 50m and (sni in 28, 62 or text ~ \"automation\") and county != 01 and 10% <= ebitda_margin < 20% and in list \"Mål\""
    );
    assert_eq!(from_json(&to_json(&filter), "", Vocabulary::builtin()), Ok(filter));
}

#[test]
fn empty_groups_mean_everything_and_nothing() {
    let read = |value| print(&from_json(&value, "", Vocabulary::builtin()).expect("valid"));
    assert_eq!(read(json!({"all": []})), "");
    assert_eq!(read(json!({"any": []})), "nothing");
    assert_eq!(read(json!({"not": {"any": []}})), "");
    assert_eq!(print(&parse("everything").expect("valid")), "");
}

#[test]
fn ten_thousand_values_are_fine() {
    let values: Vec<String> = (0..10_000).map(|n| n.to_string()).collect();
    let text = format!("revenue in {}", values.join(", "));
    let filter = parse(&text).expect("valid");
    let value = to_json(&filter);
    assert_eq!(from_json(&value, "", Vocabulary::builtin()), Ok(filter));
}
