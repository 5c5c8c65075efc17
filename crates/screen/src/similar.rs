//! Look-alikes: the companies nearest to one or several, by standardised features that a person can weigh and read.

use std::sync::Arc;

use domain::catalogue::FieldKind;
use domain::filter::FieldId;

use crate::segment::{Column, Segment, scaled};
use crate::snapshot::{RowId, Selection, Snapshot};

/// A feature and how much it matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// A number, or a category with a hierarchy such as the industry code.
    pub field: FieldId,
    /// Zero or more; the weights' sum does not matter.
    pub weight: f64,
}

/// One company and how near it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The company.
    pub row: RowId,
    /// Weighted mean square distance over all features; 0 is the same.
    pub distance: f64,
    /// Per feature, in the order asked, what it adds to the distance.
    pub parts: Vec<f64>,
}

/// How a feature's values are standardised: amounts by signed logarithm, everything by mean and standard deviation over all companies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standard {
    is_amount: bool,
    mean: f64,
    deviation: f64,
}

/// The distance to a company whose value is missing: as far as a typical stranger.
const MISSING: f32 = 2.0;

impl Standard {
    fn of(segment: &Segment, field: FieldId) -> Self {
        let is_amount = field.field().kind == FieldKind::Amount;
        let (mut count, mut sum, mut squares) = (0.0f64, 0.0, 0.0);
        if let Column::Number(column) = segment.column(field) {
            for row in column.present().rows() {
                let value = raw(column.get(row).unwrap_or(0), is_amount);
                count += 1.0;
                sum += value;
                squares += value * value;
            }
        }
        let mean = sum / f64::max(count, 1.0);
        let deviation = (squares / f64::max(count, 1.0) - mean * mean).max(0.0).sqrt();
        Self { is_amount, mean, deviation: if deviation > 0.0 { deviation } else { 1.0 } }
    }

    /// Standard deviations from the mean, cut at ±4 so that one outlier does not decide alone.
    fn apply(&self, value: Option<i64>) -> f32 {
        value.map_or(f32::NAN, |value| {
            ((raw(value, self.is_amount) - self.mean) / self.deviation).clamp(-4.0, 4.0) as f32
        })
    }
}

fn raw(value: i64, is_amount: bool) -> f64 {
    let value = value as f64;
    if is_amount { value.signum() * value.abs().ln_1p() } else { value }
}

impl Segment {
    fn standard(&self, field: FieldId) -> Standard {
        let mut kept = self.standards.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *kept.entry(field).or_insert_with(|| Standard::of(self, field))
    }

    /// The standardised value of every row, NaN where missing; made once per field.
    fn standardised(&self, field: FieldId, standard: Standard) -> Arc<Vec<f32>> {
        let mut kept = self.features.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.entry(field)
            .or_insert_with(|| {
                let values = match self.column(field) {
                    Column::Number(column) => {
                        (0..self.len() as u32).map(|row| standard.apply(column.get(row))).collect()
                    }
                    _ => vec![f32::NAN; self.len()],
                };
                Arc::new(values)
            })
            .clone()
    }

    /// Adds each row's distance in one feature, times the weight.
    fn add_distances(&self, feature: &Feature, target: &Target, totals: &mut [f32]) {
        let weight = feature.weight as f32;
        match target {
            Target::Number(standard, target) => {
                let values = self.standardised(feature.field, *standard);
                for (total, value) in totals.iter_mut().zip(values.iter()) {
                    let gap = value - target;
                    let gap = gap * gap;
                    *total += weight * if gap.is_nan() { MISSING } else { gap };
                }
            }
            Target::Codes(wanted) => {
                if let Column::Code(column) = self.column(feature.field) {
                    let table: Vec<f32> = std::iter::once(MISSING)
                        .chain(column.dictionary().iter().map(|code| code_distance(code, wanted)))
                        .collect();
                    for (row, total) in totals.iter_mut().enumerate() {
                        *total += weight * table[column.codes().get(row as u32) as usize];
                    }
                }
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Target {
    Number(Standard, f32),
    Codes(Vec<Box<str>>),
}

/// How far a code lies from the nearest wanted one: by the digits that they do not share.
fn code_distance(code: &str, wanted: &[Box<str>]) -> f32 {
    let distance = |wanted: &str| {
        let shared = code.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
        let gap = 1.0 - shared as f32 / wanted.len().max(code.len()).max(1) as f32;
        gap * MISSING
    };
    wanted.iter().map(|wanted| distance(wanted)).fold(MISSING, f32::min)
}

impl Snapshot {
    /// The companies of `among` nearest to the mean of the seeds, nearest first; the seeds themselves are left out. Features that no seed
    /// has a value of count for nothing.
    #[must_use]
    pub fn similar(&self, seeds: &[RowId], features: &[Feature], among: &Selection, limit: usize) -> Vec<Match> {
        let targets: Vec<Option<Target>> = features.iter().map(|feature| self.target(feature, seeds)).collect();
        let used: Vec<(&Feature, &Target)> =
            features.iter().zip(&targets).filter_map(|(feature, target)| Some((feature, target.as_ref()?))).collect();
        let weight: f64 = used.iter().map(|(feature, _)| feature.weight).sum();
        if weight <= 0.0 {
            return Vec::new();
        }
        let distances = |part: &crate::snapshot::Part| {
            let mut distances = vec![0f32; part.segment.len()];
            used.iter().for_each(|(feature, target)| part.segment.add_distances(feature, target, &mut distances));
            distances
        };
        let distances: Vec<Vec<f32>> = self.parts.iter().map(distances).collect();
        let mut nearest: Vec<(f32, RowId)> = Vec::with_capacity(limit * 2 + 1);
        let mut worst = f32::INFINITY;
        let order = |a: &(f32, RowId), b: &(f32, RowId)| {
            a.0.total_cmp(&b.0).then_with(|| self.orgnr(a.1).cmp(&self.orgnr(b.1)))
        };
        for row in self.rows(among) {
            let distance = distances[row.part as usize][row.row as usize];
            if distance > worst || seeds.contains(&row) {
                continue;
            }
            nearest.push((distance, row));
            if nearest.len() > limit * 2 {
                nearest.select_nth_unstable_by(limit, order);
                nearest.truncate(limit);
                worst = nearest.iter().map(|(distance, _)| *distance).fold(0.0, f32::max);
            }
        }
        nearest.sort_unstable_by(order);
        nearest.truncate(limit);
        nearest
            .into_iter()
            .map(|(distance, row)| Match {
                row,
                distance: f64::from(distance) / weight,
                parts: features
                    .iter()
                    .zip(&targets)
                    .map(|(feature, target)| {
                        target.as_ref().map_or(0.0, |target| self.part(feature, target, row)) / weight
                    })
                    .collect(),
            })
            .collect()
    }

    fn target(&self, feature: &Feature, seeds: &[RowId]) -> Option<Target> {
        use domain::facts::FactValue;
        let values: Vec<FactValue> =
            seeds.iter().map(|seed| self.value(*seed, feature.field)).filter(|value| !value.is_null()).collect();
        if values.is_empty() {
            return None;
        }
        match self.base().column(feature.field) {
            Column::Number(_) => {
                let standard = self.base().standard(feature.field);
                let sum: f32 = values.iter().map(|value| standard.apply(scaled(value))).sum();
                Some(Target::Number(standard, sum / values.len() as f32))
            }
            Column::Code(_) => {
                let codes = values.into_iter().filter_map(|value| match value {
                    FactValue::Text(code) => Some(code),
                    _ => None,
                });
                Some(Target::Codes(codes.collect()))
            }
            _ => None,
        }
    }

    fn part(&self, feature: &Feature, target: &Target, row: RowId) -> f64 {
        let value = self.value(row, feature.field);
        let gap = match target {
            Target::Number(standard, target) => {
                let gap = standard.apply(scaled(&value)) - target;
                if gap.is_nan() { MISSING } else { gap * gap }
            }
            Target::Codes(wanted) => match &value {
                domain::facts::FactValue::Text(code) => code_distance(code, wanted),
                _ => MISSING,
            },
        };
        feature.weight * f64::from(gap)
    }
}
