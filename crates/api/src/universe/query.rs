//! The screen: page, exact total, facets and histograms together.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use axum::Json;
use axum::extract::State;
use domain::catalogue::FieldKind;
use domain::facts::FactValue;
use domain::filter::print::print;
use domain::filter::vocabulary::Vocabulary;
use domain::filter::{FieldId, Filter};
use domain::orgnr::Orgnr;
use screen::{Place, Scale};
use serde_json::{Map, Value, json};
use store::universe::Where;
use store::universe::count::{Level, facet};
use store::universe::page::count_up_to;
use store::universe::series::YearRevenue;

use super::cursor::Cursor;
use super::dto::{FacetValueDto, HistogramDto, QueryRequest, QueryResponse};
use super::question::{Column, Histogram, Question, read};
use crate::input::JsonBytes;
use crate::principal::Principal;
use crate::problem::{self, Problem};
use crate::state::AppState;
use universe::engines::{Screen, ScreenError, open, sql_sort};
use universe::kept_series;
use universe::sets::{Asker, SetError, resolve};

/// A histogram of more companies than this leaves out its least and greatest value, which would cost a scan each.
const MOST_FOR_ENDS: u64 = 50_000;

impl From<SetError> for Problem {
    fn from(error: SetError) -> Self {
        match error {
            SetError::Database(error) => error.into(),
            error => Self::input("", error.to_string()),
        }
    }
}

impl From<ScreenError> for Problem {
    fn from(error: ScreenError) -> Self {
        match error {
            ScreenError::Loading => Self::unavailable(error.to_string()),
            ScreenError::Set(error) => error.into(),
            ScreenError::Database(error) => error.into(),
            ScreenError::CutOff(error) => Self::internal(error),
        }
    }
}

/// Rows, total and counts before they become rows of the answer.
struct Found {
    rows: Vec<(Orgnr, Vec<FactValue>)>,
    total: u64,
    /// Companies before the page.
    offset: u64,
    /// Where the next page starts; `None` when there is none.
    next: Option<String>,
    facets: Vec<Vec<(Option<String>, u64)>>,
    histograms: Vec<HistogramDto>,
    version: String,
    engine: &'static str,
    hidden: u64,
}

/// One page of a screen with its exact total, and facets and histograms that leave out the conditions on their own field.
#[utoipa::path(post, path = "/api/universe/query", tag = "universe", request_body = QueryRequest,
    responses((status = 200, body = QueryResponse), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn query(
    person: Principal,
    State(state): State<AppState>,
    JsonBytes(body): JsonBytes,
) -> problem::Result<Json<QueryResponse>> {
    let begun = Instant::now();
    let question = read(&body)?;
    let (limit, columns) = (question.limit, question.columns.clone());
    let known_version = question.after.as_ref().map(|after| after.data_version.clone());
    let text = print(&question.selected.filter);
    let names: (Vec<(String, FieldId)>, Vec<FieldId>) = (
        question.facets.iter().map(|facet| (facet.name.clone(), facet.field)).collect(),
        question.histograms.iter().map(|histogram| histogram.field).collect(),
    );
    let mut missing = Vec::new();
    let found = if state.index.is_ready() {
        let screen = open(&state.index, question.selected.asked_by(&person), question.selected.whole.clone()).await?;
        if screen.are_exclusions_old {
            missing.push("exclusions".to_owned());
        }
        screen.run("query", move |screen| on_index(screen, &question)).await?
    } else {
        on_postgres(&state, question.selected.asked_by(&person), &question).await?
    };
    let data_changed = known_version.map(|known| known != found.version);
    let (rows, is_partial) = to_rows(&state, found.rows, &columns).await;
    if is_partial {
        missing.push("revenue_series".to_owned());
    }
    let facets = names.0.into_iter().zip(found.facets).map(|((name, field), counts)| (name, labelled(field, counts)));
    let histograms = names.1.into_iter().map(|field| field.field().key.to_owned()).zip(found.histograms);
    let (facets, histograms): (BTreeMap<_, _>, BTreeMap<_, _>) = (facets.collect(), histograms.collect());
    Ok(Json(QueryResponse {
        rows,
        total: found.total,
        limit,
        offset: found.offset,
        next: found.next,
        data_changed,
        data_version: found.version,
        took_ms: (begun.elapsed().as_secs_f64() * 1e6).round() / 1e3,
        engine: found.engine.to_owned(),
        text,
        hidden_by_exclusions: found.hidden,
        missing,
        facets: (!facets.is_empty()).then_some(facets),
        histograms: (!histograms.is_empty()).then_some(histograms),
    }))
}

/// The fields that a page needs: the name and every asked column.
fn fields_of(columns: &[Column]) -> Vec<FieldId> {
    let name = FieldId::find("name");
    let asked = columns.iter().filter_map(|column| if let Column::Field(field) = column { Some(*field) } else { None });
    name.into_iter().chain(asked).collect()
}

fn on_index(screen: &Screen, question: &Question) -> Found {
    let state = &screen.state;
    let filtered = state.filtered(&screen.filter, &screen.sets);
    let selection = filtered.selection();
    let fields = fields_of(&question.columns);
    let sorts = &question.sorts;
    let offset = match &question.after {
        Some(after) => state.offset_of(selection, sorts, &after.place),
        None => question.offset,
    };
    let page = state.page(selection, sorts, offset, question.limit);
    let total = selection.count();
    let has_more = offset.saturating_add(page.len() as u64) < total;
    let next = page.last().filter(|_| has_more).map(|last| {
        Cursor { place: state.place_after(sorts, *last), data_version: state.version().to_string() }.print(sorts)
    });
    let rows = page
        .into_iter()
        .filter_map(|row| {
            let values = fields.iter().map(|field| state.value(row, *field)).collect();
            Orgnr::from_number(state.orgnr(row)).ok().map(|orgnr| (orgnr, values))
        })
        .collect();
    let facets = question
        .facets
        .iter()
        .map(|facet| {
            let mut counts: Vec<_> =
                state.facet(facet.field, facet.level, &filtered.without(facet.field)).into_iter().collect();
            order(&mut counts);
            counts
        })
        .collect();
    let histograms = question
        .histograms
        .iter()
        .map(|histogram| {
            let unit = screen::segment::scale_of(histogram.field.field().kind);
            let edges: Vec<i64> = match &histogram.edges {
                // The least stored integer that is at or above the edge.
                Some(own) => own.iter().map(|edge| (edge * unit).ceil() as i64).collect(),
                None => state.edges(histogram.field, histogram.bins, histogram.scale),
            };
            let among = filtered.without(histogram.field);
            let counted = state.histogram(histogram.field, &edges, &among);
            let mut ends = (None, None);
            if among.count() <= MOST_FOR_ENDS {
                let values = state.values(histogram.field, &among);
                let own = |value: Option<&i64>| value.map(|value| *value as f64 / unit);
                ends = (own(values.iter().min()), own(values.iter().max()));
            }
            HistogramDto {
                edges: match &histogram.edges {
                    Some(own) => own.clone(),
                    None => edges.iter().map(|edge| *edge as f64 / unit).collect(),
                },
                counts: counted.counts,
                below: counted.below,
                above: counted.above,
                nulls: counted.missing,
                min: ends.0,
                max: ends.1,
                scale: histogram.scale_name().to_owned(),
            }
        })
        .collect();
    Found {
        rows,
        total,
        offset,
        next,
        facets,
        histograms,
        version: state.version().to_string(),
        engine: "index",
        hidden: if screen.hides_excluded { filtered.removed_by_last() } else { 0 },
    }
}

fn order(counts: &mut [(Option<String>, u64)]) {
    counts.sort_by(|a, b| {
        (a.0.is_none(), std::cmp::Reverse(a.1), &a.0).cmp(&(b.0.is_none(), std::cmp::Reverse(b.1), &b.0))
    });
}

async fn on_postgres(state: &AppState, asker: Asker, question: &Question) -> Result<Found, Problem> {
    let resolved =
        resolve(&state.index.sets, asker, question.selected.whole.clone()).await.map_err(ScreenError::from)?;
    let filter = resolved.filter;
    let mut conn = state.db.acquire().await?;
    let sorts = sql_sort(&question.sorts);
    let offset = match &question.after {
        Some(Cursor { place, .. }) => {
            let orgnr = i64::try_from(place.orgnr).unwrap_or(i64::MAX);
            count_up_to(&mut conn, Where(&filter), &sorts, &place.values, orgnr).await?
        }
        None => question.offset,
    };
    let from = i64::try_from(offset).unwrap_or(i64::MAX);
    let page = store::universe::page::page(&mut conn, Where(&filter), &sorts, from, i64::from(question.limit)).await?;
    let keys: Vec<i64> = page.orgnrs.iter().map(|orgnr| store::companies::key(*orgnr)).collect();
    let mut facts: HashMap<Orgnr, _> =
        store::company_facts::read(&mut conn, &keys).await?.into_iter().map(|facts| (facts.orgnr, facts)).collect();
    let version = store::snapshots::data_version(&mut conn).await?;
    let has_more = offset.saturating_add(page.orgnrs.len() as u64) < page.total;
    let last = page.orgnrs.last().and_then(|orgnr| facts.get(orgnr)).filter(|_| has_more);
    let next = last.map(|last| {
        let value = |field: FieldId| last.values[usize::from(field.0)].clone();
        let place = Place::after(&question.sorts, last.orgnr.number(), value);
        Cursor { place, data_version: version.clone() }.print(&question.sorts)
    });
    let fields = fields_of(&question.columns);
    let rows = page.orgnrs.into_iter().filter_map(|orgnr| {
        let facts = facts.remove(&orgnr)?;
        Some((orgnr, fields.iter().map(|field| facts.values[usize::from(field.0)].clone()).collect()))
    });
    let rows = rows.collect();
    let mut facets = Vec::with_capacity(question.facets.len());
    for asked in &question.facets {
        let level = asked.level.map_or(Level::Value, Level::Sni);
        facets.push(facet(&mut conn, Where(&filter.without_field(asked.field)), asked.field, level).await?);
    }
    let mut histograms = Vec::with_capacity(question.histograms.len());
    for histogram in &question.histograms {
        histograms.push(histogram_on_postgres(&mut conn, &filter.without_field(histogram.field), histogram).await?);
    }
    let mut hidden = 0;
    if resolved.hides_excluded {
        let asker = Asker { include_excluded: true, ..asker };
        let all = resolve(&state.index.sets, asker, question.selected.whole.clone()).await;
        let all = all.map_err(ScreenError::from)?.filter;
        let whole = store::universe::page::page(&mut conn, Where(&all), &sorts, 0, 0).await?.total;
        hidden = whole.saturating_sub(page.total);
    }
    let found =
        Found { rows, total: page.total, offset, next, facets, histograms, version, engine: "postgres", hidden };
    Ok(found)
}

/// Edges are placed between the 1st and 99th percentile of the selection, in equal widths, or by quantiles.
async fn histogram_on_postgres(
    conn: &mut store::PgConnection,
    filter: &Filter,
    histogram: &Histogram,
) -> Result<HistogramDto, Problem> {
    let bins = usize::from(histogram.bins);
    let shares: Vec<f64> = match histogram.scale {
        Scale::Linear => vec![0.01, 0.99],
        _ => (0..=bins).map(|bin| bin as f64 / bins as f64).collect(),
    };
    let stats = store::universe::statistics::statistics(&mut *conn, Where(filter), histogram.field, &shares).await?;
    let placed: Vec<f64> = stats.percentiles.iter().flatten().copied().collect();
    let mut edges = match (&histogram.edges, placed.as_slice(), histogram.scale) {
        (Some(own), ..) => own.clone(),
        (None, [], _) => Vec::new(),
        (None, [low, high], Scale::Linear) => {
            (0..=bins).map(|bin| low + (high - low) * bin as f64 / bins as f64).collect()
        }
        (None, placed, _) => placed.to_vec(),
    };
    edges.dedup();
    if let [only] = edges.as_slice() {
        edges = vec![*only, only + 1.0];
    }
    let mut answer = HistogramDto {
        edges: edges.clone(),
        counts: Vec::new(),
        below: 0,
        above: 0,
        nulls: stats.nulls,
        min: stats.min,
        max: stats.max,
        scale: histogram.scale_name().to_owned(),
    };
    if !edges.is_empty() {
        let counted = store::universe::distribution::bins(conn, Where(filter), histogram.field, &edges).await?;
        (answer.counts, answer.below, answer.above) = (counted.counts, counted.below, counted.above);
    }
    Ok(answer)
}

/// The rows as objects: orgnr, name, the asked columns in their order; and whether series are missing, because the
/// database does not answer.
async fn to_rows(
    state: &AppState,
    rows: Vec<(Orgnr, Vec<FactValue>)>,
    columns: &[Column],
) -> (Vec<Map<String, Value>>, bool) {
    let mut found = kept_series::Found::default();
    if columns.contains(&Column::RevenueSeries) && !rows.is_empty() {
        let orgnrs: Vec<Orgnr> = rows.iter().map(|(orgnr, _)| *orgnr).collect();
        found = state.index.series.of(&state.index.sets.optional, &state.db, &orgnrs).await;
    }
    let kept_series::Found { mut series, is_partial } = found;
    let fields = fields_of(columns);
    let row = |(orgnr, values): (Orgnr, Vec<FactValue>)| {
        let mut object = Map::new();
        object.insert("orgnr".to_owned(), orgnr.to_string().into());
        for (field, value) in fields.iter().zip(values) {
            object.insert(field.field().key.to_owned(), serde_json::to_value(value).unwrap_or(Value::Null));
        }
        if columns.contains(&Column::RevenueSeries) {
            let years = series.remove(&orgnr);
            let year = |year: &YearRevenue| json!({ "period_end": year.period_end, "revenue": year.revenue });
            // A company without a filed year has an empty series; one whose series is not known now has null.
            let shown = match years {
                None if is_partial => Value::Null,
                years => years.unwrap_or_default().iter().map(year).collect(),
            };
            object.insert("revenue_series".to_owned(), shown);
        }
        object
    };
    (rows.into_iter().map(row).collect(), is_partial)
}

/// Facet values with the words of their codes.
fn labelled(field: FieldId, counts: Vec<(Option<String>, u64)>) -> Vec<FacetValueDto> {
    counts
        .into_iter()
        .map(|(value, count)| FacetValueDto {
            label: value.as_deref().and_then(|code| Vocabulary::builtin().find(field, code)).map(Into::into),
            value: match (field.field().kind, value) {
                (FieldKind::Boolean, Some(value)) => (value == "true").into(),
                (_, Some(value)) => value.into(),
                (_, None) => Value::Null,
            },
            count,
        })
        .collect()
}
