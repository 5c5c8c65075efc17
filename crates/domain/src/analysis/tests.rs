//! The analyst on companies whose figures are made up for each rule.

use chrono::{NaiveDate, TimeZone, Utc};

use super::*;
use crate::catalogue::{self, FIELDS};
use crate::orgnr::Orgnr;
use crate::website::Topic;

fn company(values: &[(&str, FactValue)]) -> CompanyFacts {
    let mut row = vec![FactValue::Null; FIELDS.len()];
    for (field, value) in values {
        row[catalogue::position(field).unwrap()] = value.clone();
    }
    CompanyFacts { orgnr: "5590179924".parse::<Orgnr>().unwrap(), values: row }
}

fn codes(analysis: &Analysis, kind: FindingKind) -> Vec<&'static str> {
    analysis.findings.iter().filter(|finding| finding.kind == kind).map(|finding| finding.code).collect()
}

#[test]
fn every_rule_names_fields_of_the_catalogue_and_writes_only_those() {
    for rule in RULES {
        assert_eq!(RULES.iter().filter(|other| other.code == rule.code).count(), 1, "{}", rule.code);
        for field in rule.fields() {
            assert!(catalogue::find(field).is_some_and(|found| found.key == *field), "{}: {field}", rule.code);
        }
        for text in [rule.label.sv, rule.label.en] {
            for place in text.split('{').skip(1) {
                let (name, _) = place.split_once('}').unwrap();
                assert!(rule.fields().contains(&name), "{}: {{{name}}}", rule.code);
            }
        }
    }
}

#[test]
fn a_sound_company_has_strengths_that_rest_on_its_figures() {
    let analysis = analyse(
        &company(&[
            ("ebit_margin", FactValue::Real(0.18)),
            ("cagr_3y", FactValue::Real(0.12)),
            ("equity_ratio", FactValue::Real(0.52)),
            ("net_debt", FactValue::Integer(-2_000_000)),
            ("ebit", FactValue::Integer(9_000_000)),
        ]),
        None,
        &Template::acquisition(),
    );
    assert_eq!(
        codes(&analysis, FindingKind::Strength),
        ["high_margin", "profitable_growth", "strong_equity", "net_cash"]
    );
    assert!(codes(&analysis, FindingKind::RiskFlag).is_empty() && codes(&analysis, FindingKind::Weakness).is_empty());
    let margin = &analysis.findings[0];
    assert_eq!(margin.evidence, [Evidence::Figure { field: "ebit_margin", value: FactValue::Real(0.18) }]);
}

#[test]
fn nothing_known_is_no_finding_and_no_score() {
    let analysis = analyse(&company(&[]), None, &Template::acquisition());
    assert_eq!(analysis.findings, []);
    assert_eq!((analysis.score.points, analysis.score.coverage), (None, 0.0));
}

#[test]
fn the_score_is_the_weighted_mean_of_what_is_known() {
    let template: Template = serde_json::from_str(
        r#"{"dimensions":[
            {"key":"a","weight":3,"measures":[{"field":"ebit_margin","worst":0,"best":0.2},{"field":"roce","worst":0,"best":0.2}]},
            {"key":"b","label":"Quick to be paid","weight":1,"measures":[{"field":"dso","worst":90,"best":30}]},
            {"key":"c","weight":4,"measures":[{"field":"cagr_3y","worst":0,"best":0.1}]}]}"#,
    )
    .unwrap();
    template.check().unwrap();
    // a: the margin alone, halfway; b: 45 days lie three quarters from 90 to 30; c is not known.
    let facts = company(&[("ebit_margin", FactValue::Real(0.1)), ("dso", FactValue::Real(45.0))]);
    let score = analyse(&facts, None, &template).score;
    // (3 · 0.5 + 1 · 0.75) / 4 = 0.5625
    assert_eq!((score.points, score.coverage, score.capped_by), (Some(56), 0.5, None));
    assert_eq!(
        score.dimensions.iter().map(|dimension| dimension.points).collect::<Vec<_>>(),
        [Some(50), Some(75), None]
    );
    let told: Vec<_> = score.dimensions.iter().map(|dimension| dimension.label.as_deref()).collect();
    assert_eq!(told, [None, Some("Quick to be paid"), None]);
}

#[test]
fn a_bankrupt_company_never_fits() {
    let facts = company(&[("status", FactValue::Text("bankrupt".into())), ("ebit_margin", FactValue::Real(0.3))]);
    let analysis = analyse(&facts, None, &Template::acquisition());
    assert_eq!((analysis.score.points, analysis.score.capped_by), (Some(0), Some("bankrupt")));
    assert_eq!(codes(&analysis, FindingKind::RiskFlag), ["bankrupt"]);
}

#[test]
fn limits_belong_to_the_side_that_they_are_written_on() {
    let kinds = |field: &str, value: f64| {
        let analysis = analyse(&company(&[(field, FactValue::Real(value))]), None, &Template::acquisition());
        analysis.findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    assert_eq!(kinds("equity_ratio", 0.40), ["strong_equity"]);
    assert_eq!(kinds("equity_ratio", 0.20), [""; 0]);
    assert_eq!(kinds("equity_ratio", 0.1999), ["weak_equity"]);
    assert_eq!(kinds("quick_ratio", 1.0), [""; 0]);
    assert_eq!(kinds("altman_z2", 1.0999), ["distress_zone"]);
    assert_eq!(kinds("employees", 0.0), ["few_people"]);
}

#[test]
fn a_website_gives_findings_with_its_words() {
    let passage = Passage {
        quote: "Alla kunder har serviceavtal.".to_owned(),
        url: "https://a.example".to_owned(),
        sha256: "00".repeat(32),
        fetched_at: Utc.from_utc_datetime(&NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap()),
    };
    let website = WebsiteInsights {
        topics: vec![Topic { code: "recurring_revenue".to_owned(), passages: vec![passage.clone()] }],
        ..WebsiteInsights::default()
    };
    let analysis = analyse(&company(&[]), Some(&website), &Template::acquisition());
    assert_eq!(analysis.findings.len(), 1);
    assert_eq!(analysis.findings[0].evidence, [Evidence::Passage(passage)]);
}

#[test]
fn a_wrong_template_is_refused_with_the_place() {
    Template::acquisition().check().unwrap();
    let wrong = |change: fn(&mut Template)| {
        let mut template = Template::acquisition();
        change(&mut template);
        template.check().unwrap_err().pointer
    };
    assert_eq!(wrong(|template| template.dimensions.clear()), "/dimensions");
    assert_eq!(wrong(|template| template.dimensions[1].key = "Growth".to_owned()), "/dimensions/1/key");
    assert_eq!(wrong(|template| template.dimensions[1].key = "profitability".to_owned()), "/dimensions/1/key");
    assert_eq!(wrong(|template| template.dimensions[0].weight = f64::NAN), "/dimensions/0/weight");
    assert_eq!(wrong(|template| template.dimensions[0].measures.clear()), "/dimensions/0/measures");
    assert_eq!(
        wrong(|template| template.dimensions[0].measures[1].field = "no_field".to_owned()),
        "/dimensions/0/measures/1/field"
    );
    assert_eq!(
        wrong(|template| template.dimensions[0].measures[0].field = "name".to_owned()),
        "/dimensions/0/measures/0/field"
    );
    assert_eq!(wrong(|template| template.dimensions[0].measures[0].best = 0.0), "/dimensions/0/measures/0/best");
    assert_eq!(wrong(|template| template.dimensions.iter_mut().for_each(|one| one.weight = 0.0)), "/dimensions");
}
