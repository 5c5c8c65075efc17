//! The wide row: which period, scope and currency it speaks of.

use crate::filed::{judged, k2_broken_year, k3, version};
use chrono::NaiveDate;
use domain::catalogue::{FIELDS, FieldKind, category_label, position};
use domain::company::{CompanyStatus, SniCode, SniEdition};
use domain::currency::Currency;
use domain::facts::{CompanyFacts, CompanyProfile, Coverage, FactValue, StatementVersion, Suspects, compute_with};
use domain::line::Line;
use domain::scope::Scope;
use domain::statement::Quality;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn row(versions: &[StatementVersion], suspects: Suspects) -> CompanyFacts {
    let profile = CompanyProfile {
        name: Some("Exempelbolaget AB".into()),
        status: Some(CompanyStatus::Active),
        sni: vec![SniCode { code: "62010".into(), edition: SniEdition::Sni2007 }],
        postcode: Some("411 01".into()),
        ..CompanyProfile::default()
    };
    let orgnr = "556016-0680".parse().unwrap();
    compute_with(orgnr, &profile, versions, Coverage::default(), day("2022-07-01"), suspects)
}

fn get(facts: &CompanyFacts, key: &str) -> FactValue {
    facts.values[position(key).unwrap()].clone()
}

fn text(value: &str) -> FactValue {
    FactValue::Text(value.into())
}

#[test]
fn a_row_has_a_fitting_value_for_every_field() {
    let facts = row(&k3().into_iter().map(version).collect::<Vec<_>>(), Suspects::LeftOut);
    assert_eq!(facts.values.len(), FIELDS.len());
    for (field, value) in FIELDS.iter().zip(&facts.values) {
        let fits = match (field.kind, value) {
            (_, FactValue::Null) => true,
            (FieldKind::Amount | FieldKind::Integer, FactValue::Integer(_))
            | (FieldKind::Ratio | FieldKind::Count, FactValue::Real(_))
            | (FieldKind::Boolean, FactValue::Boolean(_))
            | (FieldKind::Date, FactValue::Date(_))
            | (FieldKind::Text, FactValue::Text(_))
            | (FieldKind::Categories, FactValue::Texts(_)) => true,
            (FieldKind::Category, FactValue::Text(code)) => {
                field.key == "currency" || category_label(field.key, code).is_some()
            }
            _ => false,
        };
        assert!(fits, "{} {value:?}", field.key);
    }
    assert_eq!(get(&facts, "municipality"), text("1480"));
    assert_eq!(get(&facts, "county"), text("14"));
    assert_eq!(get(&facts, "industry_names"), text("Dataprogrammering"));
    assert_eq!(get(&facts, "revenue"), FactValue::Integer(70_196_324));
    assert_eq!(get(&facts, "employees"), FactValue::Real(26.0));
    assert_eq!(get(&facts, "years_count"), FactValue::Integer(4));
    assert_eq!(get(&facts, "is_stale"), FactValue::Boolean(false));
    // ok 40 + three periods or more 30 + five core lines 20 + fresh 10.
    assert_eq!(get(&facts, "data_quality_score"), FactValue::Integer(100));
}

#[test]
fn a_company_without_accounts_has_a_row() {
    let facts = row(&[], Suspects::LeftOut);
    assert_eq!(get(&facts, "name"), text("Exempelbolaget AB"));
    assert_eq!(get(&facts, "has_financials"), FactValue::Boolean(false));
    assert_eq!(get(&facts, "years_count"), FactValue::Integer(0));
    for key in
        ["revenue", "equity_ratio", "data_quality", "data_quality_score", "period_end", "is_stale", "health_score"]
    {
        assert_eq!(get(&facts, key), FactValue::Null, "{key}");
    }
}

#[test]
fn a_suspect_newest_year_gives_way_and_is_said() {
    let mut years = k2_broken_year();
    years[0].figures.set(Line::NetIncome, Some(2_233_417));
    assert_eq!(judged(&years[0]).1, Quality::Suspect);
    let versions: Vec<_> = years.into_iter().map(version).collect();
    let facts = row(&versions, Suspects::LeftOut);
    assert_eq!(get(&facts, "data_quality"), text("suspect"));
    assert_eq!(get(&facts, "period_end"), FactValue::Date(day("2019-10-31")));
    assert_eq!(get(&facts, "revenue"), FactValue::Integer(2_445_484));
    let asked = row(&versions, Suspects::Included);
    assert_eq!(get(&asked, "period_end"), FactValue::Date(day("2020-10-31")));
    assert_eq!(get(&asked, "net_income"), FactValue::Integer(2_233_417));
    let only = row(&versions[..1], Suspects::LeftOut);
    assert_eq!(get(&only, "revenue"), FactValue::Null);
    assert_eq!(get(&only, "period_end"), FactValue::Date(day("2020-10-31")));
}

#[test]
fn group_figures_stand_in_only_where_the_company_has_none() {
    let company: Vec<_> = k2_broken_year().into_iter().map(version).collect();
    let group: Vec<_> = k3()
        .into_iter()
        .map(|mut statement| {
            statement.scope = Scope::Group;
            version(statement)
        })
        .collect();
    let both = row(&[group.clone(), company].concat(), Suspects::LeftOut);
    assert_eq!(get(&both, "revenue"), FactValue::Integer(2_829_042));
    assert_eq!(get(&both, "has_group_accounts"), FactValue::Boolean(true));
    assert_eq!(get(&both, "years_count"), FactValue::Integer(4));
    assert_eq!(get(&row(&group, Suspects::LeftOut), "revenue"), FactValue::Integer(70_196_324));
}

#[test]
fn other_currencies_keep_their_ratios_and_lose_their_amounts() {
    let versions: Vec<_> = k3()
        .into_iter()
        .map(|mut statement| {
            statement.currency = Currency::EUR;
            version(statement)
        })
        .collect();
    let facts = row(&versions, Suspects::LeftOut);
    for field in FIELDS.iter().filter(|field| field.kind == FieldKind::Amount) {
        assert_eq!(get(&facts, field.key), FactValue::Null, "{}", field.key);
    }
    assert_eq!(get(&facts, "equity_ratio"), FactValue::Real(0.7736));
    assert_eq!(get(&facts, "currency"), text("EUR"));
    // 26 people, but 70 million euro of revenue and 46.8 of assets.
    assert_eq!(get(&facts, "size_class"), text("large"));
}

#[test]
fn the_order_of_statements_does_not_matter() {
    let mut versions: Vec<_> = k3().into_iter().map(version).collect();
    let sorted = row(&versions, Suspects::LeftOut);
    versions.reverse();
    assert_eq!(row(&versions, Suspects::LeftOut), sorted);
}
