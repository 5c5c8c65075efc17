//! What a request for a screen asks for, read of its body and checked.

use domain::catalogue::FieldKind;
use domain::filter::FieldId;
use screen::{Scale, Sort};

use super::cursor::Cursor;
use super::dto::{HistogramRequest, QueryRequest, RowForm};
use super::selection::{self, Selected};
use crate::body::at_most;
use crate::body::values::Whole;
use crate::problem::Problem;
use universe::question::{FacetQuestion, HistogramQuestion};

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
pub fn columns(names: Option<&[String]>) -> Result<Vec<Column>, Problem> {
    let Some(names) = names else {
        let fields = DEFAULT_COLUMNS.iter().filter_map(|key| FieldId::find(key)).map(Column::Field);
        return Ok(fields.chain([Column::RevenueSeries]).collect());
    };
    at_most(names, MOST_COLUMNS, "columns")?;
    let read = |(index, name): (usize, &String)| match name.as_str() {
        "revenue_series" => Ok(Column::RevenueSeries),
        "orgnr" => Ok(Column::Orgnr),
        name => selection::field(name, &format!("/columns/{index}")).map(Column::Field),
    };
    names.iter().enumerate().map(read).collect()
}

/// The asked facets, each with its name as asked for: `sni:2`.
fn facets(names: &[String]) -> Result<Vec<(String, FacetQuestion)>, Problem> {
    at_most(names, MOST_FACETS, "facets")?;
    let read = |(index, name): (usize, &String)| {
        let pointer = format!("/facets/{index}");
        let (key, level) = match name.split_once(':') {
            None => (name.as_str(), None),
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
        Ok((name.clone(), FacetQuestion { field, level }))
    };
    names.iter().enumerate().map(read).collect()
}

fn histograms(items: &[HistogramRequest]) -> Result<Vec<HistogramQuestion>, Problem> {
    at_most(items, MOST_FACETS, "histograms")?;
    let read = |(index, item): (usize, &HistogramRequest)| {
        let at = |key: &str| format!("/histograms/{index}/{key}");
        let field = selection::number_field(&item.field, &at("field"))?;
        let scale = match item.scale.as_deref() {
            None | Some("linear") => Scale::Linear,
            Some("log") => Scale::Log,
            Some("quantile" | "quantiles") => Scale::Quantile,
            Some(_) => return Err(Problem::input(at("scale"), "scale is linear, log or quantile")),
        };
        let ascend = |edges: &[f64]| edges.windows(2).all(|pair| pair[0] < pair[1]);
        if item.edges.as_ref().is_some_and(|edges| !(2..=201).contains(&edges.len()) || !ascend(edges)) {
            return Err(Problem::input(at("edges"), "edges are 2 to 201 ascending numbers"));
        }
        let bins = item.bins.and_then(|bins| u16::try_from(bins.0).ok()).unwrap_or(24);
        Ok(HistogramQuestion { field, bins, scale, edges: item.edges.clone() })
    };
    items.iter().enumerate().map(read).collect()
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
    /// Whether the answer tells how the selection was read.
    pub tells_parsed: bool,
    /// Whether the answer tells what is noted about the companies.
    pub tells_marks: bool,
    /// How the rows are sent.
    pub form: RowForm,
}

/// The question of a request.
///
/// # Errors
/// 422, which names the part of the body.
pub fn read(body: &QueryRequest) -> Result<PageRequest, Problem> {
    let sorts = selection::sort(body.sort.as_ref())?;
    let after = body.after.as_deref().map(|text| Cursor::read(text, &sorts)).transpose()?;
    if after.is_some() && body.offset.is_some() {
        return Err(Problem::input("/offset", "a page starts after a cursor or at an offset, not at both"));
    }
    Ok(PageRequest {
        selected: selection::read(body.selection())?,
        sorts,
        after,
        limit: body.limit.map_or(50, Whole::small),
        offset: body.offset.map_or(0, |offset| offset.0.unsigned_abs()),
        columns: columns(body.columns.as_deref())?,
        facets: facets(body.facets.as_deref().unwrap_or_default())?,
        histograms: histograms(body.histograms.as_deref().unwrap_or_default())?,
        tells_parsed: body.parsed.unwrap_or(false),
        tells_marks: body.marks.unwrap_or(false),
        form: body.form.unwrap_or_default(),
    })
}
