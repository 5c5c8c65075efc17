//! A company's statements, period by period, with the metrics of each.

pub(super) mod shape;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use domain::derive;
use domain::facts::FactValue;
use domain::filing::Framework;
use domain::filing_date::DateBasis;
use domain::line::{Line, Part};
use domain::metric::{METRICS, Series, comparable};
use domain::scope::Scope;
use domain::statement::{Quality, Statement};
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use self::shape::{Amounts, FinancialPeriod, FinancialsResponse, LineView, RestatementView, StatementPart};
use super::input::{PathParams, QueryParams, orgnr as parse_orgnr};
use super::problem::{self, Problem};
use super::state::AppState;

use services::companies::{self, CurrentPeriod, Judgement, StoredPeriod, current_years};

/// Which statements.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FinancialsParams {
    /// `company` or `group`; both when left out.
    #[param(pattern = "^(company|group)?$")]
    pub scope: Option<String>,
    /// The truth as it was known on this day (YYYY-MM-DD); now when left out.
    pub as_of: Option<NaiveDate>,
    /// Also the versions that later filings have replaced; false when left out.
    pub restated: Option<bool>,
}

/// A company's statements, newest period first: company and group apart, restatements on request.
#[utoipa::path(get, path = "/api/companies/{orgnr}/financials", tag = "companies",
    params(("orgnr" = String, Path, description = "Organisation number, with or without hyphen"), FinancialsParams),
    responses((status = 200, body = FinancialsResponse), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn financials(
    State(state): State<AppState>,
    PathParams(orgnr): PathParams<String>,
    QueryParams(params): QueryParams<FinancialsParams>,
) -> problem::Result<Json<FinancialsResponse>> {
    let orgnr = parse_orgnr(&orgnr, "orgnr")?;
    let scope = match params.scope.as_deref() {
        None | Some("") => None,
        Some(name) => Some(
            Scope::from_name(name).ok_or_else(|| Problem::input("scope", "scope may be \"company\" or \"group\""))?,
        ),
    };
    let mut versions = companies::statements(&state.db, orgnr, params.as_of).await?;
    versions.retain(|version| scope.is_none_or(|scope| version.statement.scope == scope));
    let financials = periods(&versions, params.restated.unwrap_or(false));
    Ok(Json(FinancialsResponse {
        count: financials.len(),
        financials,
        lines: Line::ALL.iter().map(line_view).collect(),
    }))
}

/// Costs are the lines that are filed as positive numbers and kept as negative ones.
fn line_view(line: &Line) -> LineView {
    use Line::{
        AdministrativeCosts, CostOfGoodsSold, CurrentAssetWriteDowns, Depreciation, FinancialCosts, GoodsForResale,
        OperatingCosts, OtherExternalCosts, OtherOperatingCosts, PersonnelCosts, RawMaterials, ResearchCosts,
        SellingCosts, Tax,
    };
    let is_cost = matches!(
        line,
        RawMaterials
            | GoodsForResale
            | CostOfGoodsSold
            | OtherExternalCosts
            | PersonnelCosts
            | SellingCosts
            | AdministrativeCosts
            | ResearchCosts
            | Depreciation
            | CurrentAssetWriteDowns
            | OtherOperatingCosts
            | OperatingCosts
            | FinancialCosts
            | Tax
    );
    LineView {
        key: line.key().to_owned(),
        label: line.label().into(),
        statement: match line.part() {
            Part::Income => StatementPart::Income,
            Part::Balance => StatementPart::Balance,
            Part::Other => StatementPart::Other,
        },
        sign: if is_cost { -1 } else { 1 },
        level: line.level(),
    }
}

/// The years as they are shown, each followed by its versions that are not the leading one where those are wanted.
fn periods(versions: &[StoredPeriod], with_superseded: bool) -> Vec<FinancialPeriod> {
    let years = current_years(versions);
    let mut answer = Vec::with_capacity(years.len());
    for year in &years {
        answer.push(shown(year, metrics_of(&year.statement, year.judgement.quality, &years)));
        if !with_superseded {
            continue;
        }
        let of_year = |version: &&StoredPeriod| is_same_year(&version.statement, &year.statement);
        for filing in year.filings.iter().skip(1) {
            if let Some(version) = versions.iter().filter(of_year).find(|version| version.filing_id == *filing) {
                let metrics = metrics_of(&version.statement, version.judgement.quality, &years);
                answer.push(superseded(version, year, metrics));
            }
        }
    }
    answer
}

fn is_same_year(one: &Statement, other: &Statement) -> bool {
    (one.period.end(), one.scope) == (other.period.end(), other.scope)
}

/// The metrics of a year; the years before it are those that are shown, whichever filings they come from.
fn metrics_of(
    statement: &Statement,
    quality: Quality,
    years: &[CurrentPeriod],
) -> BTreeMap<&'static str, serde_json::Value> {
    let statements: Vec<(&Statement, Quality)> = std::iter::once((statement, quality))
        .chain(
            years
                .iter()
                .filter(|other| !is_same_year(&other.statement, statement))
                .map(|other| (&other.statement, other.judgement.quality)),
        )
        .collect();
    let usable = comparable(&statements, 0, false);
    METRICS
        .iter()
        .map(|metric| {
            let value = Series::new(&usable).map_or(FactValue::Null, |series| metric.formula.value(series));
            (metric.key, serde_json::to_value(value).unwrap_or_default())
        })
        .collect()
}

fn shown(year: &CurrentPeriod, metrics: BTreeMap<&'static str, serde_json::Value>) -> FinancialPeriod {
    let of_lines = year.other_sources.iter().map(|(line, filing)| (line.key(), *filing));
    let of_employees = year.employees_source.filter(|filing| *filing != year.filing_id);
    FinancialPeriod {
        framework: year.framework.as_str(),
        filing_id: year.filing_id,
        filed_at: year.filed_at,
        known_on: year.known_on,
        known_by: year.known_by.map(DateBasis::as_str),
        imported_on: year.imported_at.date_naive(),
        other_filings: of_lines.chain(of_employees.map(|filing| ("employees", filing))).collect(),
        versions: i64::try_from(year.filings.len()).unwrap_or(i64::MAX),
        is_restated: !year.restatements.is_empty(),
        restatements: year.restatements.iter().map(RestatementView::from).collect(),
        ..view(&year.statement, &year.judgement, metrics)
    }
}

fn superseded(
    version: &StoredPeriod,
    by: &CurrentPeriod,
    metrics: BTreeMap<&'static str, serde_json::Value>,
) -> FinancialPeriod {
    FinancialPeriod {
        framework: version.framework.as_str(),
        filing_id: version.filing_id,
        filed_at: version.filed_at,
        known_on: version.known_on,
        known_by: version.known_by.map(DateBasis::as_str),
        imported_on: version.assertion.imported_at.date_naive(),
        versions: i64::try_from(by.filings.len()).unwrap_or(i64::MAX),
        superseded_by: Some(by.filing_id),
        ..view(&version.statement, &version.judgement, metrics)
    }
}

/// What a statement says by itself; where it comes from is the caller's to fill in.
fn view(
    statement: &Statement,
    judgement: &Judgement,
    metrics: BTreeMap<&'static str, serde_json::Value>,
) -> FinancialPeriod {
    FinancialPeriod {
        period_start: statement.period.start(),
        period_end: statement.period.end(),
        months: statement.period.months(),
        scope: statement.scope.as_str(),
        currency: statement.currency.code().to_owned(),
        rounding: statement.rounding,
        framework: Framework::Unknown.as_str(),
        quality: judgement.quality.as_str(),
        broken_identities: judgement.broken.clone(),
        employees: statement.employees.and_then(|count| count.to_f64()),
        ebitda: derive::ebitda(statement),
        adjusted_equity: derive::adjusted_equity(statement),
        filing_id: Uuid::nil(),
        filed_at: None,
        known_on: statement.period.end(),
        known_by: None,
        imported_on: statement.period.end(),
        other_filings: BTreeMap::new(),
        versions: 1,
        is_restated: false,
        restatements: Vec::new(),
        superseded_by: None,
        metrics,
        amounts: Amounts(Line::ALL.iter().map(|line| (line.key(), statement.get(*line))).collect()),
    }
}
