//! A company's statements, period by period, with the metrics of each.

use std::collections::{BTreeMap, HashMap};

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use domain::derive;
use domain::facts::FactValue;
use domain::line::{Line, Part};
use domain::metric::{METRICS, Series, comparable};
use domain::scope::Scope;
use domain::statement::{Quality, Statement};
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use store::companies::key;
use store::financial_periods::StoredPeriod;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::input::{PathParams, QueryParams, orgnr as parse_orgnr};
use super::label::BilingualLabel;
use super::problem::{self, Problem};
use super::state::AppState;

/// Which statements.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FinancialsParams {
    /// `company` or `group`; both when left out.
    pub scope: Option<String>,
    /// The truth as it was known on this day (YYYY-MM-DD); now when left out.
    pub as_of: Option<NaiveDate>,
    /// Also the versions that later filings have replaced; false when left out.
    pub restated: Option<bool>,
}

/// A company's statements.
#[derive(Debug, Serialize, ToSchema)]
pub struct FinancialsResponse {
    /// Newest period first.
    pub financials: Vec<FinancialPeriod>,
    /// Number of periods.
    pub count: usize,
    /// The lines of a statement, in the order of a printed report.
    pub lines: Vec<LineView>,
}

/// A line of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineView {
    /// Key of the amount in each period.
    pub key: String,
    /// What people read.
    pub label: BilingualLabel,
    /// income, balance or other.
    pub statement: StatementPart,
    /// −1 for costs, which are kept negative, else 1.
    pub sign: i8,
    /// Indentation: 0 for totals and results, 1 for their addends, 2 for "of which".
    pub level: u8,
}

/// The part of a report.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementPart {
    /// Flows of the period.
    Income,
    /// Stocks at its end.
    Balance,
    /// Cash flow, headcount and facts beside the two.
    Other,
}

/// One fiscal period of one scope. Amounts are whole units of `currency`, null where not filed; costs are negative.
#[derive(Debug, Serialize, ToSchema)]
pub struct FinancialPeriod {
    /// First day.
    pub period_start: NaiveDate,
    /// Last day.
    pub period_end: NaiveDate,
    /// Length in months.
    pub months: u32,
    /// `company` or `group`.
    pub scope: &'static str,
    /// Currency of the amounts.
    pub currency: String,
    /// Rounding of the filing: 0 for whole units, 3 for thousands, 6 for millions.
    pub rounding: u8,
    /// k2, k3, ifrs, norwegian_gaap or unknown.
    pub framework: &'static str,
    /// ok, partial or suspect.
    pub quality: &'static str,
    /// Accounting identities that the period breaks.
    pub broken_identities: Vec<String>,
    /// Average number of employees.
    pub employees: Option<f64>,
    /// Operating result before depreciation; null where depreciation is not filed.
    pub ebitda: Option<i64>,
    /// Equity plus the owners' part of untaxed reserves.
    pub adjusted_equity: Option<i64>,
    /// The filing the figures come from.
    pub filing_id: Uuid,
    /// When that filing was registered.
    pub filed_at: Option<NaiveDate>,
    /// How many filings give this period.
    pub versions: i64,
    /// Whether an earlier filing gave other figures for this period.
    pub is_restated: bool,
    /// The filing whose figures replace these; null for the current truth.
    pub superseded_by: Option<Uuid>,
    /// Metrics of the period by key of the catalogue: numbers, codes or booleans, null where they cannot be formed. A
    /// suspect period has none.
    #[schema(value_type = Object)]
    pub metrics: BTreeMap<&'static str, serde_json::Value>,
    /// The core lines, by the keys of `lines`.
    #[serde(flatten)]
    #[schema(inline)]
    pub amounts: Amounts,
}

/// The core lines of one period.
#[derive(Debug, Serialize)]
pub struct Amounts(BTreeMap<&'static str, Option<i64>>);

impl utoipa::PartialSchema for Amounts {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, SchemaType, Type};
        let mut object = ObjectBuilder::new();
        for line in Line::ALL {
            let amount = ObjectBuilder::new()
                .schema_type(SchemaType::from_iter([Type::Integer, Type::Null]))
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
                .description(Some(line.label().en));
            object = object.property(line.key(), amount).required(line.key());
        }
        object.into()
    }
}

impl ToSchema for Amounts {}

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
    let mut connection = state.db.acquire().await?;
    let mut versions = store::financial_periods::all_versions(&mut connection, &[key(orgnr)]).await?;
    if versions.is_empty() && store::companies::read(&mut connection, &[key(orgnr)]).await?.is_empty() {
        return Err(super::companies::unknown(orgnr));
    }
    drop(connection);
    versions.retain(|version| {
        scope.is_none_or(|scope| version.statement.scope == scope)
            && params.as_of.is_none_or(|day| version.known_on <= day)
    });
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

type PeriodKey = (NaiveDate, NaiveDate, Scope);

fn key_of(version: &StoredPeriod) -> PeriodKey {
    (version.statement.period.start(), version.statement.period.end(), version.statement.scope)
}

/// `versions` are in the order of the store: of each period and scope the current truth first.
fn periods(versions: &[StoredPeriod], with_superseded: bool) -> Vec<FinancialPeriod> {
    let mut groups: HashMap<PeriodKey, Vec<&StoredPeriod>> = HashMap::new();
    for version in versions {
        groups.entry(key_of(version)).or_default().push(version);
    }
    let current: Vec<&StoredPeriod> =
        versions.iter().filter(|version| groups[&key_of(version)][0].filing_id == version.filing_id).collect();
    let mut answer = Vec::with_capacity(versions.len());
    for version in versions {
        let group = &groups[&key_of(version)];
        let is_current = group[0].filing_id == version.filing_id;
        if !is_current && !with_superseded {
            continue;
        }
        let is_restated = is_current && group.iter().skip(1).any(|other| differs(&version.statement, &other.statement));
        answer.push(view(
            version,
            group.len(),
            is_restated,
            (!is_current).then(|| group[0].filing_id),
            metrics_of(version, &current),
        ));
    }
    answer
}

/// The metrics of a version; the years before it are the current truth, whichever filing they come from.
fn metrics_of(version: &StoredPeriod, current: &[&StoredPeriod]) -> BTreeMap<&'static str, serde_json::Value> {
    let statements: Vec<(&Statement, Quality)> = std::iter::once(version)
        .chain(current.iter().copied().filter(|other| key_of(other) != key_of(version)))
        .map(|version| (&version.statement, version.judgement.quality))
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

/// Whether two filings give different amounts for a line that both have, beyond the coarser one's rounding.
fn differs(current: &Statement, earlier: &Statement) -> bool {
    let step = 10_i64.pow(u32::from(current.rounding.max(earlier.rounding)).min(9));
    Line::ALL.iter().any(|line| match (current.get(*line), earlier.get(*line)) {
        (Some(now), Some(then)) => now.abs_diff(then) >= step.unsigned_abs(),
        _ => false,
    })
}

fn view(
    version: &StoredPeriod,
    versions: usize,
    is_restated: bool,
    superseded_by: Option<Uuid>,
    metrics: BTreeMap<&'static str, serde_json::Value>,
) -> FinancialPeriod {
    let statement = &version.statement;
    FinancialPeriod {
        period_start: statement.period.start(),
        period_end: statement.period.end(),
        months: statement.period.months(),
        scope: statement.scope.as_str(),
        currency: statement.currency.code().to_owned(),
        rounding: statement.rounding,
        framework: version.framework.as_str(),
        quality: version.judgement.quality.as_str(),
        broken_identities: version.judgement.broken.clone(),
        employees: statement.employees.and_then(|count| count.to_f64()),
        ebitda: derive::ebitda(statement),
        adjusted_equity: derive::adjusted_equity(statement),
        filing_id: version.filing_id,
        filed_at: version.filed_at,
        versions: i64::try_from(versions).unwrap_or(i64::MAX),
        is_restated,
        superseded_by,
        metrics,
        amounts: Amounts(Line::ALL.iter().map(|line| (line.key(), statement.get(*line))).collect()),
    }
}
