//! From a company's record and statements to its wide row: the one place where every field of the catalogue is filled.

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::prelude::ToPrimitive;

use super::{CompanyFacts, FactValue, bucket, round_ratio};
use crate::catalogue::FIELDS;
use crate::codes::{place, sni};
use crate::company::{CompanyStatus, SniCode};
use crate::currency::Currency;
use crate::derive;
use crate::filing::Framework;
use crate::line::Line;
use crate::metric::{self, Series};
use crate::orgnr::Orgnr;
use crate::scope::Scope;
use crate::statement::{Quality, Statement};

/// What the registers say, as far as the wide row needs it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompanyProfile {
    /// Registered name.
    pub name: Option<String>,
    /// Status in the registers.
    pub status: Option<CompanyStatus>,
    /// SCB's code of the legal form.
    pub legal_form: Option<String>,
    /// Industry codes, main one first.
    pub sni: Vec<SniCode>,
    /// The company's description of what it does.
    pub activity_description: Option<String>,
    /// Postcode, five digits.
    pub postcode: Option<String>,
    /// Day of registration.
    pub registered_on: Option<NaiveDate>,
    /// Whether the company is fictitious.
    pub is_demo: bool,
}

/// A statement with what is known of its filing.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementVersion {
    /// The figures.
    pub statement: Statement,
    /// Whether they can be trusted.
    pub quality: Quality,
    /// The accounting framework of the filing.
    pub framework: Framework,
    /// When the filing was registered.
    pub filed_at: Option<NaiveDate>,
}

/// What other parts of Lode know about the company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// A homepage is known and verified.
    pub has_homepage: bool,
    /// A profile has been made.
    pub has_ai_profile: bool,
}

struct Input<'a> {
    company: &'a CompanyProfile,
    coverage: Coverage,
    today: NaiveDate,
    /// Current statements of the scope that is screened, newest first.
    versions: Vec<&'a StatementVersion>,
    has_group: bool,
    /// Statements that figures are taken from: not suspect, from the latest that holds more than an overview.
    series: Vec<&'a Statement>,
}

impl<'a> Input<'a> {
    fn latest(&self) -> Option<&'a StatementVersion> {
        self.versions.first().copied()
    }

    fn series(&self) -> Option<Series<'_>> {
        (!self.series.is_empty()).then_some(Series(&self.series))
    }

    /// Amounts are screened in SEK only: a converted figure could not be traced to a filing.
    fn amount(&self, of: impl Fn(Series<'_>) -> Option<i64>) -> FactValue {
        let series = self.series().filter(|series| series.0[0].currency == Currency::SEK);
        series.and_then(of).map_or(FactValue::Null, FactValue::Integer)
    }

    fn ratio(&self, of: impl Fn(Series<'_>) -> Option<f64>) -> FactValue {
        self.series().and_then(of).map_or(FactValue::Null, FactValue::Real)
    }

    fn real(&self, of: impl Fn(Series<'_>) -> Option<f64>) -> Option<f64> {
        self.series().and_then(of)
    }
}

/// The wide row of a company.
///
/// `statements` are the current ones (one per period and scope). Company figures are screened; group figures only where
/// the company has none of its own, so that the two are never mixed in one row. Suspect periods are left out of figures and
/// ratios unless every period is suspect or `with_suspect` asks for them.
#[must_use]
pub fn compute(
    orgnr: Orgnr,
    company: &CompanyProfile,
    statements: &[StatementVersion],
    coverage: Coverage,
    today: NaiveDate,
) -> CompanyFacts {
    let has_company = statements.iter().any(|version| version.statement.scope == Scope::Company);
    let scope = if has_company { Scope::Company } else { Scope::Group };
    let mut versions: Vec<_> = statements.iter().filter(|version| version.statement.scope == scope).collect();
    versions
        .sort_by_key(|version| std::cmp::Reverse((version.statement.period.end(), version.statement.period.start())));
    let currency = versions.first().map(|version| version.statement.currency);
    let series = versions
        .iter()
        .filter(|version| version.quality != Quality::Suspect && Some(version.statement.currency) == currency)
        .map(|version| &version.statement)
        .collect();
    let has_group = statements.iter().any(|version| version.statement.scope == Scope::Group);
    let input = Input { company, coverage, today, versions, has_group, series };
    CompanyFacts { orgnr, values: FIELDS.iter().map(|field| value_of(field.key, &input)).collect() }
}

fn text(value: Option<&str>) -> FactValue {
    value.map_or(FactValue::Null, |value| FactValue::Text(value.into()))
}

fn number(value: Option<i64>) -> FactValue {
    value.map_or(FactValue::Null, FactValue::Integer)
}

/// The value of one field. A key without an arm is a fault that a test finds; it reads as missing.
fn value_of(key: &str, input: &Input<'_>) -> FactValue {
    if let Some(line) = annual_line(key) {
        return input.amount(|series| metric::annual(series, line));
    }
    if let Some(line) = closing_line(key) {
        return input.amount(|series| series.0[0].get(line));
    }
    if let Some(ratio) = ratio_metric(key) {
        return input.ratio(ratio);
    }
    company_value(key, input)
        .or_else(|| amount_value(key, input))
        .or_else(|| coverage_value(key, input))
        .unwrap_or(FactValue::Null)
}

fn annual_line(key: &str) -> Option<Line> {
    Some(match key {
        "revenue" => Line::Revenue,
        "operating_income" => Line::OperatingIncome,
        "ebit" => Line::Ebit,
        "result_after_financial_items" => Line::ResultAfterFinancialItems,
        "net_income" => Line::NetIncome,
        _ => return None,
    })
}

fn closing_line(key: &str) -> Option<Line> {
    Some(match key {
        "total_assets" => Line::TotalAssets,
        "equity" => Line::Equity,
        "untaxed_reserves" => Line::UntaxedReserves,
        "cash" => Line::Cash,
        _ => return None,
    })
}

/// The ratios of the catalogue and their functions; the company page shows the same ones for every period.
#[must_use]
pub fn ratio_metric(key: &str) -> Option<fn(Series<'_>) -> Option<f64>> {
    Some(match key {
        "growth_yoy" => |series| metric::growth(series, 1),
        "cagr_3y" => |series| metric::growth(series, 3),
        "cagr_5y" => |series| metric::growth(series, 5),
        "growth_volatility" => metric::growth_volatility,
        "gross_margin" => metric::gross_margin,
        "ebitda_margin" => metric::ebitda_margin,
        "ebit_margin" => metric::ebit_margin,
        "net_margin" => metric::net_margin,
        "roe" => metric::roe,
        "roce" => metric::roce,
        "roa" => metric::roa,
        "equity_ratio" => metric::equity_ratio,
        "quick_ratio" => metric::quick_ratio,
        "current_ratio" => metric::current_ratio,
        "debt_to_equity" => metric::debt_to_equity,
        "net_debt_to_ebitda" => metric::net_debt_to_ebitda,
        "interest_cover" => metric::interest_cover,
        "asset_turnover" => metric::asset_turnover,
        "dso" => metric::dso,
        "dio" => metric::dio,
        "dpo" => metric::dpo,
        "cash_cycle" => metric::cash_cycle,
        "altman_z2" => metric::altman_z2,
        _ => return None,
    })
}

fn company_value(key: &str, input: &Input<'_>) -> Option<FactValue> {
    let company = input.company;
    let municipality = || place::municipality_of_postcode(company.postcode.as_deref()?);
    Some(match key {
        "name" => text(company.name.as_deref()),
        "status" => text(Some(company.status.unwrap_or(CompanyStatus::Unknown).as_str())),
        "legal_form" => text(company.legal_form.as_deref()),
        "sni" => text(company.sni.first().map(|code| code.code.as_str())),
        "sni_all" if company.sni.is_empty() => FactValue::Null,
        "sni_all" => FactValue::Texts(company.sni.iter().map(|code| code.code.as_str().into()).collect()),
        "industry_names" => {
            let names: Vec<_> = company.sni.iter().filter_map(|code| sni::label(&code.code)).collect();
            if names.is_empty() { FactValue::Null } else { FactValue::Text(names.join("; ").into()) }
        }
        "activity_description" => text(company.activity_description.as_deref()),
        "county" => text(municipality().map(place::county_of_municipality)),
        "municipality" => text(municipality()),
        "postcode" => text(company.postcode.as_deref()),
        "registered_on" => company.registered_on.map_or(FactValue::Null, FactValue::Date),
        "is_demo" => FactValue::Boolean(company.is_demo),
        _ => return None,
    })
}

fn amount_value(key: &str, input: &Input<'_>) -> Option<FactValue> {
    Some(match key {
        "ebitda" => input.amount(metric::ebitda),
        "adjusted_equity" => input.amount(|series| derive::adjusted_equity(series.0[0])),
        "net_debt" => input.amount(metric::net_debt),
        "revenue_per_employee" => input.amount(metric::revenue_per_employee),
        "ebitda_per_employee" => input.amount(metric::ebitda_per_employee),
        "employees" => input.ratio(|series| round_ratio(series.0[0].employees?.to_f64()?)),
        "size_class" => text(input.series().and_then(bucket::size_class)),
        "growth_class" => {
            let growth = input.real(|series| metric::growth(series, 3).or_else(|| metric::growth(series, 1)));
            text(growth.map(bucket::growth_class))
        }
        "profitability_class" => text(input.real(metric::ebit_margin).map(bucket::profitability_class)),
        "altman_zone" => text(input.real(metric::altman_z2).map(bucket::altman_zone)),
        "health_score" | "health_score_of" => {
            let signs = input.series().map(metric::health_signs).filter(|signs| !signs.is_empty());
            number(signs.map(|signs| {
                let counted =
                    if key == "health_score" { signs.iter().filter(|sign| sign.is_good).count() } else { signs.len() };
                counted as i64
            }))
        }
        "capital_flag" => input.series().and_then(metric::capital_flag).map_or(FactValue::Null, FactValue::Boolean),
        _ => return None,
    })
}

fn coverage_value(key: &str, input: &Input<'_>) -> Option<FactValue> {
    let latest = input.latest();
    let date = |day: Option<NaiveDate>| day.map_or(FactValue::Null, FactValue::Date);
    Some(match key {
        "data_quality" => text(latest.map(|version| version.quality.as_str())),
        "data_quality_score" => {
            number(latest.map(|version| bucket::data_quality_score(version, input.versions.len(), input.today)))
        }
        "period_end" => date(latest.map(|version| version.statement.period.end())),
        "period_months" => number(latest.map(|version| i64::from(version.statement.period.months()))),
        "years_count" => FactValue::Integer(input.versions.len() as i64),
        "framework" => text(latest.map(|version| version.framework.as_str())),
        "currency" => text(latest.map(|version| version.statement.currency).as_ref().map(Currency::code)),
        "filed_at" => date(latest.and_then(|version| version.filed_at)),
        "has_financials" => FactValue::Boolean(latest.is_some()),
        "has_3y_financials" => FactValue::Boolean(input.versions.len() >= 3),
        "has_group_accounts" => FactValue::Boolean(input.has_group),
        "has_homepage" => FactValue::Boolean(input.coverage.has_homepage),
        "has_ai_profile" => FactValue::Boolean(input.coverage.has_ai_profile),
        "is_stale" => latest.map_or(FactValue::Null, |version| {
            FactValue::Boolean(is_stale(version.statement.period.end(), input.today))
        }),
        _ => return None,
    })
}

/// Whether accounts that end on the day are older than 18 months: a year, and the seven months the law gives to file, with slack.
#[must_use]
pub fn is_stale(period_end: NaiveDate, today: NaiveDate) -> bool {
    period_end.checked_add_months(Months::new(18)).is_some_and(|limit| limit < today) || period_end.year() < 1900
}
