//! A question answered from memory.

use domain::facet::sort_counts;
use domain::facts::FactValue;
use domain::filter::FieldId;
use domain::orgnr::Orgnr;
use screen::{Filtered, Snapshot};

use crate::engines::Screen;
use crate::question::{Answer, Engine, HistogramCounts, HistogramQuestion, Question, Start};

/// A histogram of more companies than this leaves out its least and greatest value, which would cost a scan each.
const MOST_FOR_ENDS: u64 = 50_000;

pub(super) fn answer(screen: &Screen, question: &Question) -> Answer {
    let state = &screen.state;
    let filtered = state.filtered(&screen.filter, &screen.sets);
    let selection = filtered.selection();
    let sorts = &question.sorts;
    let offset = match &question.start {
        Start::After(place) => state.offset_of(selection, sorts, place),
        Start::Offset(offset) => *offset,
    };
    let page = state.page(selection, sorts, offset, question.limit);
    let total = selection.count();
    let has_more = offset.saturating_add(page.len() as u64) < total;
    let next = page.last().filter(|_| has_more).map(|last| state.place_after(sorts, *last));
    let values =
        |row| -> Vec<FactValue> { question.fields.iter().map(|field: &FieldId| state.value(row, *field)).collect() };
    let rows = page
        .into_iter()
        .filter_map(|row| Orgnr::from_number(state.orgnr(row)).ok().map(|orgnr| (orgnr, values(row))))
        .collect();
    let facets = question.facets.iter().map(|facet| {
        let mut counts: Vec<_> =
            state.facet(facet.field, facet.level, &filtered.without(facet.field)).into_iter().collect();
        sort_counts(&mut counts);
        counts
    });
    let histograms = question.histograms.iter().map(|histogram| histogram_counts(state, &filtered, histogram));
    Answer {
        rows,
        total,
        offset,
        next,
        facets: facets.collect(),
        histograms: histograms.collect(),
        version: state.version().to_string(),
        engine: Engine::Index,
        hidden: if screen.hides_excluded { filtered.removed_by_last() } else { 0 },
        are_exclusions_old: screen.are_exclusions_old,
    }
}

fn histogram_counts(state: &Snapshot, filtered: &Filtered<'_>, histogram: &HistogramQuestion) -> HistogramCounts {
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
    HistogramCounts {
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
    }
}
