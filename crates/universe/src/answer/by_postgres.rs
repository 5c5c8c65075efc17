//! A question answered by SQL, while the index loads.

use std::collections::HashMap;

use domain::filter::{FieldId, Filter};
use domain::orgnr::Orgnr;
use screen::{Place, Scale};
use store::universe::Where;
use store::universe::count::{Level, facet};
use store::universe::page::{count_up_to, page};
use store::{PgConnection, PgPool};

use crate::engines::{ScreenError, sql_sort};
use crate::index::ScreenIndex;
use crate::question::{Answer, Engine, HistogramCounts, HistogramQuestion, Question, Start};
use crate::sets::{Asker, resolve};

pub(super) async fn answer(index: &ScreenIndex, db: &PgPool, question: &Question) -> Result<Answer, ScreenError> {
    let resolved = resolve(&index.sets, question.asker, question.filter.clone()).await?;
    let filter = resolved.filter;
    let mut conn = db.acquire().await?;
    let sorts = sql_sort(&question.sorts);
    let offset = match &question.start {
        Start::After(place) => {
            let orgnr = i64::try_from(place.orgnr).unwrap_or(i64::MAX);
            count_up_to(&mut conn, Where(&filter), &sorts, &place.values, orgnr).await?
        }
        Start::Offset(offset) => *offset,
    };
    let from = i64::try_from(offset).unwrap_or(i64::MAX);
    let found = page(&mut conn, Where(&filter), &sorts, from, i64::from(question.limit)).await?;
    let keys: Vec<i64> = found.orgnrs.iter().map(|orgnr| store::companies::key(*orgnr)).collect();
    let facts = store::company_facts::read(&mut conn, &keys).await?;
    let mut facts: HashMap<Orgnr, _> = facts.into_iter().map(|facts| (facts.orgnr, facts)).collect();
    let version = store::snapshots::data_version(&mut conn).await?;
    let has_more = offset.saturating_add(found.orgnrs.len() as u64) < found.total;
    let last = found.orgnrs.last().and_then(|orgnr| facts.get(orgnr)).filter(|_| has_more);
    let next = last.map(|last| {
        let value = |field: FieldId| last.values[usize::from(field.0)].clone();
        Place::after(&question.sorts, last.orgnr.number(), value)
    });
    let rows = found.orgnrs.into_iter().filter_map(|orgnr| {
        let facts = facts.remove(&orgnr)?;
        Some((orgnr, question.fields.iter().map(|field| facts.values[usize::from(field.0)].clone()).collect()))
    });
    let rows = rows.collect();
    let mut facets = Vec::with_capacity(question.facets.len());
    for asked in &question.facets {
        let level = asked.level.map_or(Level::Value, Level::Sni);
        facets.push(facet(&mut conn, Where(&filter.without_field(asked.field)), asked.field, level).await?);
    }
    let mut histograms = Vec::with_capacity(question.histograms.len());
    for histogram in &question.histograms {
        histograms.push(histogram_counts(&mut conn, &filter.without_field(histogram.field), histogram).await?);
    }
    let mut hidden = 0;
    if resolved.hides_excluded {
        let asker = Asker { include_excluded: true, ..question.asker };
        let all = resolve(&index.sets, asker, question.filter.clone()).await?.filter;
        let whole = page(&mut conn, Where(&all), &sorts, 0, 0).await?.total;
        hidden = whole.saturating_sub(found.total);
    }
    Ok(Answer {
        rows,
        total: found.total,
        offset,
        next,
        facets,
        histograms,
        version,
        engine: Engine::Postgres,
        hidden,
        are_exclusions_old: false,
    })
}

/// Edges are placed between the 1st and 99th percentile of the selection, in equal widths, or by quantiles.
async fn histogram_counts(
    conn: &mut PgConnection,
    filter: &Filter,
    histogram: &HistogramQuestion,
) -> Result<HistogramCounts, ScreenError> {
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
    let mut answer = HistogramCounts {
        edges: edges.clone(),
        counts: Vec::new(),
        below: 0,
        above: 0,
        nulls: stats.nulls,
        min: stats.min,
        max: stats.max,
    };
    if !edges.is_empty() {
        let counted = store::universe::distribution::bins(conn, Where(filter), histogram.field, &edges).await?;
        (answer.counts, answer.below, answer.above) = (counted.counts, counted.below, counted.above);
    }
    Ok(answer)
}
