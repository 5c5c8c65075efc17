//! Where one figure comes from: filing, concept, context and the text as filed, in every version.

pub(super) mod shape;

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use domain::catalogue::Field;
use domain::line::Line;
use domain::metric::inputs::value_and_inputs;
use domain::metric::{METRICS, Metric};
use domain::scope::Scope;
use domain::statement::OtherReason;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use utoipa::IntoParams;

use self::shape::{ContextDays, Figure, FigureInput, FigureVersionView, OtherTagView};
use super::financials::shape::RestatementView;
use super::input::{PathParams, QueryParams, orgnr as parse_orgnr};
use super::label::BilingualLabel;
use super::problem::{self, Problem};
use super::state::AppState;
use services::companies::{self, CurrentPeriod, FigureVersion};

/// Which period and scope.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FigureParams {
    /// Last day of the fiscal period; the newest when left out.
    pub period_end: Option<NaiveDate>,
    /// `company` (default) or `group`.
    #[param(pattern = "^(company|group)$")]
    pub scope: Option<String>,
    /// The truth as it was known on this day (YYYY-MM-DD); now when left out.
    pub as_of: Option<NaiveDate>,
}

/// A line that follows from others.
struct Derived {
    key: &'static str,
    label: BilingualLabel,
    formula: BilingualLabel,
    inputs: &'static [Line],
}

fn derived(name: &str) -> Option<Derived> {
    let (key, inputs): (_, &[Line]) = match name {
        "ebitda" => ("ebitda", &[Line::Ebit, Line::Depreciation]),
        "adjusted_equity" => ("adjusted_equity", &[Line::Equity, Line::UntaxedReserves]),
        _ => return None,
    };
    let field = domain::catalogue::find(key)?;
    Some(Derived { key, label: field.label.into(), formula: field.formula.into(), inputs })
}

/// Where a figure comes from, in every filing that gives it.
#[utoipa::path(get, path = "/api/companies/{orgnr}/figures/{line}", tag = "companies",
    params(("orgnr" = String, Path, description = "Organisation number, with or without hyphen"),
           ("line" = String, Path, description = "Key of a line, of a derived line (ebitda, adjusted_equity) or of a metric"), FigureParams),
    responses((status = 200, body = Figure), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn figure(
    State(state): State<AppState>,
    PathParams((orgnr, name)): PathParams<(String, String)>,
    QueryParams(params): QueryParams<FigureParams>,
) -> problem::Result<Json<Figure>> {
    let orgnr = parse_orgnr(&orgnr, "orgnr")?;
    let scope = Scope::from_name(params.scope.as_deref().unwrap_or("company"))
        .ok_or_else(|| Problem::input("scope", "scope may be \"company\" or \"group\""))?;
    let none = || {
        Problem::not_found(format!("{} has no {} period with figures on that day", orgnr.formatted(), scope.as_str()))
    };
    let years = companies::current_statements(&state.db, orgnr, params.as_of).await?;
    // The newest year comes first.
    let year = years
        .iter()
        .find(|year| {
            year.statement.scope == scope && params.period_end.is_none_or(|end| end == year.statement.period.end())
        })
        .ok_or_else(none)?;
    let statement = &year.statement;
    let period = statement.period;
    let figure = |key: &str, label, value| Figure {
        line: key.to_owned(),
        label,
        value,
        metric: None,
        currency: statement.currency.code().to_owned(),
        period_start: period.start(),
        period_end: period.end(),
        scope: scope.as_str().to_owned(),
        versions: Vec::new(),
        restatement: None,
        formula: None,
        inputs: Vec::new(),
    };
    if let Some(line) = Line::from_key(&name) {
        let found = companies::figure(&state.db, orgnr, line, scope, period.end()).await?;
        let restated = year.restatements.iter().find(|restated| restated.line == line);
        return Ok(Json(Figure {
            versions: views(found, year, line),
            restatement: restated.map(RestatementView::from),
            ..figure(line.key(), line.label().into(), statement.get(line))
        }));
    }
    let Some(derived) = derived(&name) else {
        let Some((metric, field)) = metric(&name) else {
            let detail = format!("there is no line or metric {name:?}; the lines are listed with the financials");
            return Err(Problem::not_found(detail));
        };
        let (value, inputs) = inputs_of(metric, year, &years);
        return Ok(Json(Figure {
            metric: Some(value),
            formula: Some(field.formula.into()),
            inputs,
            ..figure(field.key, field.label.into(), None)
        }));
    };
    let value = if derived.key == "ebitda" {
        domain::derive::ebitda(statement)
    } else {
        domain::derive::adjusted_equity(statement)
    };
    let input = |line: &Line| FigureInput {
        line: line.key().to_owned(),
        label: line.label().into(),
        period_end: period.end(),
        value: statement.get(*line),
        employees: None,
        filing_id: year.source(*line),
    };
    Ok(Json(Figure {
        formula: Some(derived.formula),
        inputs: derived.inputs.iter().map(input).collect(),
        ..figure(derived.key, derived.label, value)
    }))
}

fn metric(name: &str) -> Option<(&'static Metric, &'static Field)> {
    Some((METRICS.iter().find(|metric| metric.key == name)?, domain::catalogue::find(name)?))
}

/// The value of a metric in a year, and the filed figures that it rests on, each with the filing that it comes from.
fn inputs_of(metric: &Metric, year: &CurrentPeriod, years: &[CurrentPeriod]) -> (serde_json::Value, Vec<FigureInput>) {
    let statements: Vec<_> = years.iter().map(|year| (&year.statement, year.judgement.quality)).collect();
    let place = years.iter().position(|other| std::ptr::eq(other, year)).unwrap_or_default();
    let (value, inputs) = value_and_inputs(metric, &statements, place);
    let inputs = inputs.into_iter().filter_map(|input| {
        let of = years.get(input.statement)?;
        let period_end = of.statement.period.end();
        Some(match input.line {
            Some(line) => FigureInput {
                line: line.key().to_owned(),
                label: line.label().into(),
                period_end,
                value: of.statement.get(line),
                employees: None,
                filing_id: of.source(line),
            },
            None => FigureInput {
                line: "employees".to_owned(),
                label: domain::catalogue::find("employees")?.label.into(),
                period_end,
                value: None,
                employees: of.statement.employees.and_then(|count| count.to_f64()),
                filing_id: of.employees_source,
            },
        })
    });
    (serde_json::to_value(value).unwrap_or_default(), inputs.collect())
}

/// The version that is shown, then the others that have the line, then those that have it not; each from the best.
fn views(found: Vec<FigureVersion>, year: &CurrentPeriod, line: Line) -> Vec<FigureVersionView> {
    let shown = year.source(line);
    let place = |version: &FigureVersion| year.filings.iter().position(|filing| *filing == version.filing_id);
    let mut known: Vec<_> = found.into_iter().filter_map(|version| Some((place(&version)?, version))).collect();
    known.sort_by_key(|(place, version)| {
        (Some(version.filing_id) != shown, version.value.is_none(), *place, version.period_start)
    });
    // Of two periods of one filing that end the same day the longer one is the year.
    known.dedup_by_key(|(_, version)| version.filing_id);
    known
        .into_iter()
        .map(|(_, version)| {
            let is_current = Some(version.filing_id) == shown;
            view(version, line, is_current)
        })
        .collect()
}

/// Everything else that a filing says of a line.
fn others(version: &FigureVersion, line: Line) -> Vec<OtherTagView> {
    let in_period = version.others.iter().map(|tag| OtherTagView {
        reason: match tag.reason {
            OtherReason::LessPrecise => "less_precise",
            OtherReason::Contradicts => "contradicts",
            OtherReason::OtherConcept => "other_concept",
        }
        .to_owned(),
        detail: String::new(),
        concept: tag.fact.concept.clone(),
        context: tag.fact.context.clone(),
        context_period: Some(tag.fact.period.into()),
        as_filed: tag.fact.as_filed.clone(),
        filed_value: tag.fact.value.to_f64(),
        decimals: tag.fact.decimals,
        unit: Some(tag.fact.unit.clone()),
    });
    let beside = version.unused.iter().flat_map(|group| {
        group.figures.iter().filter(|figure| figure.line == line.key()).map(|figure| OtherTagView {
            reason: group.reason.as_str().to_owned(),
            detail: group.detail.clone(),
            concept: figure.concept.clone(),
            context: figure.context.clone(),
            context_period: figure.period.map(ContextDays::from),
            as_filed: figure.as_filed.clone(),
            filed_value: None,
            decimals: None,
            unit: None,
        })
    });
    in_period.chain(beside).collect()
}

fn view(version: FigureVersion, line: Line, is_current: bool) -> FigureVersionView {
    let others = others(&version, line);
    let fact = version.fact.map(|fact| fact.0);
    let fact = fact.as_ref();
    FigureVersionView {
        filing_id: version.filing_id,
        filed_at: version.filed_at,
        known_on: version.known_on,
        known_by: version.known_by,
        kind: version.kind,
        download_url: version.is_stored.then(|| format!("/api/filings/{}/download", version.filing_id)),
        file_name: version.file_name,
        provenance: version.provenance,
        quality: version.quality,
        value: version.value,
        is_current,
        concept: fact.map(|fact| fact.concept.clone()),
        context: fact.map(|fact| fact.context.clone()),
        context_period: fact.map(|fact| fact.period.into()),
        unit: fact.map(|fact| fact.unit.clone()),
        as_filed: fact.map(|fact| fact.as_filed.clone()),
        scale: fact.map(|fact| fact.scale),
        decimals: fact.and_then(|fact| fact.decimals),
        sign: fact.filter(|fact| fact.negative).map(|_| "-".to_owned()),
        filed_value: fact.and_then(|fact| fact.value.to_f64()),
        document: fact.map(|fact| fact.document.saturating_add(1)),
        entry: fact.and_then(|fact| version.documents.get(usize::from(fact.document)).cloned()),
        others,
    }
}
