//! Edges of histograms, and order statistics of a selection.

use domain::filter::FieldId;

use crate::segment::{Column, scale_of};
use crate::snapshot::{Selection, Snapshot};
use crate::tally::MOST_BINS;

/// How the edges of a histogram are placed over all companies. They do not depend on the selection, so bars stay where they are
/// while a filter moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Equal widths between the 1st and the 99th percentile; values beyond are counted below and above.
    Linear,
    /// Equal ratios on both sides of zero, with one bin around it.
    Log,
    /// Equal numbers of companies.
    Quantile,
}

/// Order statistics of a field over a selection, in the field's own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// Companies with a value.
    pub count: u64,
    /// Companies without one.
    pub missing: u64,
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// Mean value.
    pub mean: f64,
    /// The values at the asked percentiles (nearest rank), in the order in which they were asked.
    pub percentiles: Vec<f64>,
}

/// The value at a share of a sorted run: nearest rank.
fn at_share(len: usize, share: f64) -> usize {
    ((share * len as f64).ceil() as usize).clamp(1, len.max(1)) - 1
}

impl Snapshot {
    /// Edges for a histogram in stored integers, ascending and distinct; empty when no company has a value. At most
    /// [`MOST_BINS`] bins.
    #[must_use]
    pub fn edges(&self, field: FieldId, bins: u16, scale: Scale) -> Vec<i64> {
        // The base alone places the edges: they hold still while companies change, until it is rebuilt.
        let key = (field, bins, scale);
        let mut kept = self.base().edges.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(edges) = kept.get(&key) {
            return edges.to_vec();
        }
        let edges = self.place_edges(field, usize::from(bins).clamp(1, MOST_BINS), scale);
        // Without any value in the base the changes place them, and those move.
        if !self.base().missing(field).is_full() {
            kept.insert(key, std::sync::Arc::new(edges.clone()));
        }
        edges
    }

    /// Makes what was kept to answer repeated questions in an earlier state: alphabetical ranks, and edges.
    pub(crate) fn prepare_like(&self, earlier: &Self) {
        for (index, ranks) in earlier.base().ranks.iter().enumerate() {
            if ranks.get().is_some() {
                self.base().ranks(FieldId(index as u16));
            }
        }
        let asked: Vec<_> = {
            let kept = earlier.base().edges.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            kept.keys().copied().collect()
        };
        for (field, bins, scale) in asked {
            let _kept = self.edges(field, bins, scale);
        }
    }

    fn place_edges(&self, field: FieldId, bins: usize, scale: Scale) -> Vec<i64> {
        let Column::Number(column) = self.base().column(field) else { return Vec::new() };
        let rows = column.present();
        let present = rows.count() as usize;
        let values = |positions: &[usize]| column.values_at(&rows, positions);
        let mut edges = match (present, scale) {
            (0, _) => {
                let mut values = self.values(field, &self.all());
                values.sort_unstable();
                match values.as_slice() {
                    [] => Vec::new(),
                    [first, .., last] => vec![*first, *last],
                    [only] => vec![*only],
                }
            }
            (_, Scale::Quantile) => values(&(0..=bins).map(|bin| (present - 1) * bin / bins).collect::<Vec<_>>()),
            (_, Scale::Linear) => match values(&[at_share(present, 0.01), at_share(present, 0.99)])[..] {
                [low, high] => linear(low, high, bins),
                _ => Vec::new(),
            },
            (_, Scale::Log) => match values(&[0, present - 1])[..] {
                [low, high] => log(low, high, bins, scale_of(field.field().kind)),
                _ => Vec::new(),
            },
        };
        edges.dedup();
        match edges[..] {
            [i64::MAX] => edges.insert(0, i64::MAX - 1),
            [only] => edges.push(only + 1),
            _ => {}
        }
        edges
    }

    /// Order statistics of the selection; `None` when no selected company has a value. `percentiles` are shares, e.g. 0.5.
    #[must_use]
    pub fn statistics(&self, field: FieldId, selection: &Selection, percentiles: &[f64]) -> Option<Statistics> {
        let mut values = self.values(field, selection);
        let unit = scale_of(field.field().kind);
        let count = values.len() as u64;
        let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
        let (min, max) = (*values.iter().min()?, *values.iter().max()?);
        let percentiles = percentiles
            .iter()
            .map(|share| {
                let position = at_share(values.len(), share.clamp(0.0, 1.0));
                *values.select_nth_unstable(position).1 as f64 / unit
            })
            .collect();
        Some(Statistics {
            count,
            missing: selection.count() - count,
            min: min as f64 / unit,
            max: max as f64 / unit,
            mean: sum as f64 / count as f64 / unit,
            percentiles,
        })
    }

    /// The share of the selected companies with a value that lie below `value` (equal ones count half), and how many there are.
    #[must_use]
    pub fn standing(&self, field: FieldId, selection: &Selection, value: i64) -> Option<(f64, u64)> {
        let values = self.values(field, selection);
        let below = values.iter().filter(|other| **other < value).count() as f64;
        let equal = values.iter().filter(|other| **other == value).count() as f64;
        (!values.is_empty()).then(|| ((below + equal / 2.0) / values.len() as f64, values.len() as u64))
    }
}

fn linear(low: i64, high: i64, bins: usize) -> Vec<i64> {
    let width = i128::from(high) - i128::from(low);
    (0..=bins).map(|bin| (i128::from(low) + width * bin as i128 / bins as i128) as i64).collect()
}

/// Edges at equal ratios over at most six decades below the greatest magnitude, on each side that has values.
fn log(low: i64, high: i64, bins: usize, unit: f64) -> Vec<i64> {
    let reach = (low.unsigned_abs().max(high.unsigned_abs()) as f64).max(unit);
    let near = (reach / 1e6).max(unit / 1e4).max(1.0);
    let sides = usize::from(low < 0) + usize::from(high > 0);
    let per_side = (bins / sides.max(1)).max(1);
    let side = |extent: f64| {
        let ratio = (extent.max(near * 1.000_001) / near).powf(1.0 / per_side as f64);
        (0..=per_side).map(move |step| (near * ratio.powi(step as i32)).ceil().min(i64::MAX as f64) as i64)
    };
    let mut edges = Vec::new();
    if low < 0 {
        edges.extend(side(low.unsigned_abs() as f64).map(|edge| -edge));
        edges.reverse();
    } else {
        edges.push(0);
    }
    if high > 0 {
        edges.extend(side(high as f64));
    } else {
        edges.push(0);
    }
    edges.sort_unstable();
    edges
}
