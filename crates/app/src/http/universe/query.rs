// Longer than 500 lines because the question and its two ways to an answer, index and Postgres, are read side by side.
//! The screen: page, exact total, facets and histograms together.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use domain::catalogue::FieldKind;
use domain::facts::FactValue;
use domain::filter::print::print;
use domain::filter::vocabulary::Vocabulary;
use domain::filter::{FieldId, Filter};
use domain::orgnr::Orgnr;
use screen::{Place, Scale, Sort};
use serde_json::{Map, Value, json};
use store::universe::Where;
use store::universe::count::{Level, facet};
use store::universe::page::count_up_to;
use store::universe::series::revenue_series;

use super::body::{Object, SELECTION};
use super::cursor::Cursor;
use super::dto::{FacetValueDto, HistogramDto, QueryRequest, QueryResponse};
use super::selection::{self, Selected};
use crate::actions::universe::{Screen, ScreenError, open, sql_sort};
use crate::http::principal::Principal;
use crate::http::problem::{self, Problem};
use crate::http::state::AppState;
use crate::index::sets::{Asker, SetError, resolve};

const MOST_ROWS: u64 = 1_000;
const MOST_COLUMNS: usize = 100;
const MOST_FACETS: usize = 40;
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

/// One column of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A field of the catalogue.
    Field(FieldId),
    /// The organisation number, which every row has.
    Orgnr,
    /// Revenue of the last five years.
    RevenueSeries,
}

/// What a page shows when the request does not say.
const DEFAULT_COLUMNS: [&str; 9] = [
    "municipality",
    "sni",
    "revenue",
    "cagr_3y",
    "ebitda_margin",
    "result_after_financial_items",
    "equity_ratio",
    "employees",
    "period_end",
];

/// The asked columns.
pub fn columns(body: &Object) -> Result<Vec<Column>, Problem> {
    let Some(names) = body.texts("columns", MOST_COLUMNS)? else {
        let fields = DEFAULT_COLUMNS.iter().filter_map(|key| FieldId::find(key)).map(Column::Field);
        return Ok(fields.chain([Column::RevenueSeries]).collect());
    };
    let read = |(index, name): (usize, &&str)| match *name {
        "revenue_series" => Ok(Column::RevenueSeries),
        "orgnr" => Ok(Column::Orgnr),
        name => selection::field(name, &format!("/columns/{index}")).map(Column::Field),
    };
    names.iter().enumerate().map(read).collect()
}

struct Facet {
    name: String,
    field: FieldId,
    level: Option<u8>,
}

fn facets(body: &Object) -> Result<Vec<Facet>, Problem> {
    let names = body.texts("facets", MOST_FACETS)?.unwrap_or_default();
    let read = |(index, name): (usize, &&str)| {
        let pointer = format!("/facets/{index}");
        let (key, level) = match name.split_once(':') {
            None => (*name, None),
            Some((key, level)) => match level.parse::<u8>() {
                Ok(level @ 1..=5) => (key, Some(level)),
                _ => return Err(Problem::input(pointer, "the level of an industry code is 1 to 5")),
            },
        };
        let field = selection::field(key, &pointer)?;
        match field.field().kind {
            FieldKind::Category | FieldKind::Categories | FieldKind::Boolean => {}
            _ => return Err(Problem::input(pointer, format!("{key} has no values to count; ask for a histogram"))),
        }
        if level.is_some() && field.field().hierarchy != domain::catalogue::Hierarchy::Sni {
            return Err(Problem::input(pointer, format!("{key} has no levels")));
        }
        Ok(Facet { name: (*name).to_owned(), field, level })
    };
    names.iter().enumerate().map(read).collect()
}

struct Histogram {
    field: FieldId,
    bins: u16,
    scale: Scale,
    edges: Option<Vec<f64>>,
}

fn histograms(body: &Object) -> Result<Vec<Histogram>, Problem> {
    let items = body.list("histograms", MOST_FACETS)?.unwrap_or_default();
    let read = |(index, item): (usize, &Value)| {
        let at = |key: &str| format!("/histograms/{index}/{key}");
        let Value::Object(object) = item else {
            return Err(Problem::input(
                format!("/histograms/{index}"),
                "a histogram is an object with field, bins and scale",
            ));
        };
        if let Some(key) = object.keys().find(|key| !["field", "bins", "scale", "edges"].contains(&key.as_str())) {
            return Err(Problem::input(at(key), "there is no such key here"));
        }
        let get = |key: &str| object.get(key).filter(|value| !value.is_null());
        let name = get("field")
            .and_then(Value::as_str)
            .ok_or_else(|| Problem::input(at("field"), "a histogram needs field"))?;
        let field = selection::number_field(name, &at("field"))?;
        let bins = match get("bins") {
            None => 24,
            Some(value) => value
                .as_u64()
                .filter(|bins| (1..=200).contains(bins))
                .and_then(|bins| u16::try_from(bins).ok())
                .ok_or_else(|| Problem::input(at("bins"), "bins is a whole number from 1 to 200"))?,
        };
        let scale = match get("scale").map(Value::as_str) {
            None | Some(Some("linear")) => Scale::Linear,
            Some(Some("log")) => Scale::Log,
            Some(Some("quantile" | "quantiles")) => Scale::Quantile,
            Some(_) => return Err(Problem::input(at("scale"), "scale is linear, log or quantile")),
        };
        let edges = get("edges").map(|value| own_edges(value, &at("edges"))).transpose()?;
        Ok(Histogram { field, bins, scale, edges })
    };
    items.iter().enumerate().map(read).collect()
}

fn own_edges(value: &Value, pointer: &str) -> Result<Vec<f64>, Problem> {
    let wrong = || Problem::input(pointer, "edges are 2 to 201 ascending numbers");
    let edges: Vec<f64> = value.as_array().ok_or_else(wrong)?.iter().map_while(Value::as_f64).collect();
    let ascend = edges.windows(2).all(|pair| pair[0] < pair[1]);
    if !(2..=201).contains(&edges.len()) || value.as_array().is_some_and(|all| all.len() != edges.len()) || !ascend {
        return Err(wrong());
    }
    Ok(edges)
}

impl Histogram {
    fn scale_name(&self) -> &'static str {
        match (&self.edges, self.scale) {
            (Some(_), _) => "own",
            (None, Scale::Linear) => "linear",
            (None, Scale::Log) => "log",
            (None, Scale::Quantile) => "quantile",
        }
    }
}

/// What a request asks for, read and checked.
struct Question {
    selected: Selected,
    sorts: Vec<Sort>,
    limit: u32,
    offset: u64,
    after: Option<Cursor>,
    columns: Vec<Column>,
    facets: Vec<Facet>,
    histograms: Vec<Histogram>,
}

fn read(body: &Bytes) -> Result<Question, Problem> {
    let body = Object::read(body, SELECTION, &["sort", "limit", "offset", "after", "columns", "facets", "histograms"])?;
    let sorts = selection::sort(&body)?;
    let after = body.text("after")?.map(|text| Cursor::read(text, &sorts)).transpose()?;
    if after.is_some() && body.get("offset").is_some() {
        return Err(Problem::input("/offset", "a page starts after a cursor or at an offset, not at both"));
    }
    Ok(Question {
        selected: selection::read(&body)?,
        sorts,
        after,
        limit: body.number("limit", 0..=MOST_ROWS)?.and_then(|limit| u32::try_from(limit).ok()).unwrap_or(50),
        offset: body.number("offset", 0..=1_000_000_000)?.unwrap_or(0),
        columns: columns(&body)?,
        facets: facets(&body)?,
        histograms: histograms(&body)?,
    })
}

/// Rows, total and counts before they are dressed.
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
    body: Bytes,
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
    let found = if state.index.is_ready() {
        let screen = open(&state.index, question.selected.asked_by(&person), question.selected.whole.clone()).await?;
        screen.run("query", move |screen| on_index(screen, &question)).await?
    } else {
        on_postgres(&state, question.selected.asked_by(&person), &question).await?
    };
    let data_changed = known_version.map(|known| known != found.version);
    let rows = dress(&state, found.rows, &columns).await?;
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
    let resolved = resolve(&state.index, asker, question.selected.whole.clone()).await.map_err(ScreenError::from)?;
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
        let all = resolve(&state.index, asker, question.selected.whole.clone()).await;
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

/// The rows as objects: orgnr, name, the asked columns in their order.
async fn dress(
    state: &AppState,
    rows: Vec<(Orgnr, Vec<FactValue>)>,
    columns: &[Column],
) -> Result<Vec<Map<String, Value>>, Problem> {
    let mut series = HashMap::new();
    if columns.contains(&Column::RevenueSeries) && !rows.is_empty() {
        let orgnrs: Vec<Orgnr> = rows.iter().map(|(orgnr, _)| *orgnr).collect();
        series = revenue_series(&mut *state.db.acquire().await?, &orgnrs).await?;
    }
    let fields = fields_of(columns);
    let row = |(orgnr, values): (Orgnr, Vec<FactValue>)| {
        let mut object = Map::new();
        object.insert("orgnr".to_owned(), orgnr.to_string().into());
        for (field, value) in fields.iter().zip(values) {
            object.insert(field.field().key.to_owned(), serde_json::to_value(value).unwrap_or(Value::Null));
        }
        if columns.contains(&Column::RevenueSeries) {
            let years = series.remove(&orgnr).unwrap_or_default();
            let years = years.iter().map(|year| json!({ "period_end": year.period_end, "revenue": year.revenue }));
            object.insert("revenue_series".to_owned(), years.collect());
        }
        object
    };
    Ok(rows.into_iter().map(row).collect())
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
