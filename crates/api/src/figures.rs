//! Where one figure comes from: filing, concept, context and the text as filed, in every version.

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use domain::line::Line;
use domain::scope::Scope;
use domain::statement::ContextPeriod;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use store::companies::key;
use store::current_periods::CurrentPeriod;
use store::figures::FigureVersion;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::financials::RestatementView;
use super::input::{PathParams, QueryParams, orgnr as parse_orgnr};
use super::label::BilingualLabel;
use super::problem::{self, Problem};
use super::state::AppState;

/// Which period and scope.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FigureParams {
    /// Last day of the fiscal period; the newest when left out.
    pub period_end: Option<NaiveDate>,
    /// `company` (default) or `group`.
    pub scope: Option<String>,
    /// The truth as it was known on this day (YYYY-MM-DD); now when left out.
    pub as_of: Option<NaiveDate>,
}

/// A figure and everything behind it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figure {
    /// Key of the line.
    pub line: String,
    /// What people read.
    pub label: BilingualLabel,
    /// The amount in whole units of `currency`; null where not filed.
    pub value: Option<i64>,
    /// Currency of the amount.
    pub currency: String,
    /// First day of the period.
    pub period_start: NaiveDate,
    /// Last day of the period.
    pub period_end: NaiveDate,
    /// `company` or `group`.
    pub scope: String,
    /// Every filing's version, first the one that is shown, then from the newest; a filing without the line has no value.
    pub versions: Vec<FigureVersionView>,
    /// What was restated, where a newer filing gives the line otherwise than an older one beyond the rounding of both.
    pub restatement: Option<RestatementView>,
    /// How a derived line is formed.
    pub formula: Option<BilingualLabel>,
    /// The lines that a derived line is formed from.
    pub inputs: Vec<FigureInput>,
}

/// One input of a derived line.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureInput {
    /// Key of the line.
    pub line: String,
    /// What people read.
    pub label: BilingualLabel,
    /// Its amount in the same period.
    pub value: Option<i64>,
    /// The filing that the amount comes from; null where not filed.
    pub filing_id: Option<Uuid>,
}

/// One filing's version of the figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureVersionView {
    /// The filing.
    pub filing_id: Uuid,
    /// When it was registered.
    pub filed_at: Option<NaiveDate>,
    /// Since when the public could know it.
    pub known_on: NaiveDate,
    /// What `known_on` is: registered, archive, document, deadline or imported; null where that was not noted.
    pub known_by: Option<String>,
    /// annual_report, esef_report, register_accounts, table or demo.
    pub kind: String,
    /// Name of the package.
    pub file_name: Option<String>,
    /// Where it can be fetched.
    pub download_url: Option<String>,
    /// Where the figures come from when there is no package.
    pub provenance: Option<String>,
    /// ok, partial or suspect.
    pub quality: String,
    /// The amount that is shown.
    pub value: Option<i64>,
    /// Whether this is the version that is shown.
    pub is_current: bool,
    /// Concept of the taxonomy; null when the line was put together or the source has no tags.
    pub concept: Option<String>,
    /// Id of the context in the document.
    pub context: Option<String>,
    /// The days of that context.
    pub context_period: Option<ContextDays>,
    /// Unit of the tag.
    pub unit: Option<String>,
    /// The text between the tags.
    pub as_filed: Option<String>,
    /// Power of ten applied to the text.
    pub scale: Option<i8>,
    /// Stated precision; null = exact.
    pub decimals: Option<i8>,
    /// `-` when the sign attribute negates the text.
    pub sign: Option<String>,
    /// The tagged number: text × 10^scale, with the document's sign.
    pub filed_value: Option<f64>,
    /// Position of the document in the package, from 1.
    pub document: Option<u16>,
    /// Archive entry of the document.
    pub entry: Option<String>,
}

/// The days of a context: `end` alone for an instant.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContextDays {
    /// First day; null for an instant.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: NaiveDate,
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
           ("line" = String, Path, description = "Key of a line, or ebitda or adjusted_equity"), FigureParams),
    responses((status = 200, body = Figure), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn figure(
    State(state): State<AppState>,
    PathParams((orgnr, name)): PathParams<(String, String)>,
    QueryParams(params): QueryParams<FigureParams>,
) -> problem::Result<Json<Figure>> {
    let orgnr = parse_orgnr(&orgnr, "orgnr")?;
    let scope = Scope::from_name(params.scope.as_deref().unwrap_or("company"))
        .ok_or_else(|| Problem::input("scope", "scope may be \"company\" or \"group\""))?;
    let mut connection = state.db.acquire().await?;
    let none = || {
        Problem::not_found(format!("{} has no {} period with figures on that day", orgnr.formatted(), scope.as_str()))
    };
    let years = store::current_periods::current(&mut connection, &[key(orgnr)], params.as_of).await?;
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
        let found = store::figures::versions(&mut connection, key(orgnr), line, scope.as_str(), period.end()).await?;
        let restated = year.restatements.iter().find(|restated| restated.line == line);
        return Ok(Json(Figure {
            versions: views(found, year, line),
            restatement: restated.map(RestatementView::from),
            ..figure(line.key(), line.label().into(), statement.get(line))
        }));
    }
    let Some(derived) = derived(&name) else {
        return Err(Problem::not_found(format!("there is no line {name:?}; the lines are listed with the financials")));
    };
    let value = if derived.key == "ebitda" {
        domain::derive::ebitda(statement)
    } else {
        domain::derive::adjusted_equity(statement)
    };
    let input = |line: &Line| FigureInput {
        line: line.key().to_owned(),
        label: line.label().into(),
        value: statement.get(*line),
        filing_id: year.source(*line),
    };
    Ok(Json(Figure {
        formula: Some(derived.formula),
        inputs: derived.inputs.iter().map(input).collect(),
        ..figure(derived.key, derived.label, value)
    }))
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
            view(version, is_current)
        })
        .collect()
}

fn view(version: FigureVersion, is_current: bool) -> FigureVersionView {
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
        context_period: fact.map(|fact| match fact.period {
            ContextPeriod::Duration { start, end } => ContextDays { start: Some(start), end },
            ContextPeriod::Instant { instant } => ContextDays { start: None, end: instant },
        }),
        unit: fact.map(|fact| fact.unit.clone()),
        as_filed: fact.map(|fact| fact.as_filed.clone()),
        scale: fact.map(|fact| fact.scale),
        decimals: fact.and_then(|fact| fact.decimals),
        sign: fact.filter(|fact| fact.negative).map(|_| "-".to_owned()),
        filed_value: fact.and_then(|fact| fact.value.to_f64()),
        document: fact.map(|fact| fact.document.saturating_add(1)),
        entry: fact.and_then(|fact| version.documents.get(usize::from(fact.document)).cloned()),
    }
}
