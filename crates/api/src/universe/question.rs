//! What a request for a screen asks for, read from its body and checked.

use axum::body::Bytes;
use domain::catalogue::FieldKind;
use domain::filter::FieldId;
use screen::{Scale, Sort};
use serde_json::Value;

use super::body::{Object, SELECTION};
use super::cursor::Cursor;
use super::selection::{self, Selected};
use crate::problem::Problem;
use universe::question::{FacetQuestion, HistogramQuestion};

const MOST_ROWS: u64 = 1_000;
const MOST_COLUMNS: usize = 100;
const MOST_FACETS: usize = 40;

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
///
/// # Errors
/// 422 for a column that does not exist.
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

/// The asked facets, each with its name as asked for: `sni:2`.
fn facets(body: &Object) -> Result<Vec<(String, FacetQuestion)>, Problem> {
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
        Ok(((*name).to_owned(), FacetQuestion { field, level }))
    };
    names.iter().enumerate().map(read).collect()
}

fn histograms(body: &Object) -> Result<Vec<HistogramQuestion>, Problem> {
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
        Ok(HistogramQuestion { field, bins, scale, edges })
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

/// The scale of a histogram as the answer names it.
pub fn scale_name(histogram: &HistogramQuestion) -> &'static str {
    match (&histogram.edges, histogram.scale) {
        (Some(_), _) => "own",
        (None, Scale::Linear) => "linear",
        (None, Scale::Log) => "log",
        (None, Scale::Quantile) => "quantile",
    }
}

/// What a request asks for, read and checked.
pub struct PageRequest {
    /// Which companies.
    pub selected: Selected,
    /// In which order.
    pub sorts: Vec<Sort>,
    /// The most rows of the page.
    pub limit: u32,
    /// Companies before the page, unless it starts after a cursor.
    pub offset: u64,
    /// The row that the page starts after.
    pub after: Option<Cursor>,
    /// What a row shows.
    pub columns: Vec<Column>,
    /// What is counted by value.
    pub facets: Vec<(String, FacetQuestion)>,
    /// What is counted in bins.
    pub histograms: Vec<HistogramQuestion>,
}

/// The question of a request's body.
///
/// # Errors
/// 422, which names the part of the body.
pub fn read(body: &Bytes) -> Result<PageRequest, Problem> {
    let body = Object::read(body, SELECTION, &["sort", "limit", "offset", "after", "columns", "facets", "histograms"])?;
    let sorts = selection::sort(&body)?;
    let after = body.text("after")?.map(|text| Cursor::read(text, &sorts)).transpose()?;
    if after.is_some() && body.get("offset").is_some() {
        return Err(Problem::input("/offset", "a page starts after a cursor or at an offset, not at both"));
    }
    Ok(PageRequest {
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
