//! From a company's figures to points: known measures only, weighted, with the share of the template that was known.

use serde::Serialize;

use super::template::{Dimension, Measure, Template};
use super::view::View;

/// How well a company fits a template.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// 0 to 100, after the cap; `None` when nothing of the template is known.
    pub points: Option<u8>,
    /// Share of the template's weight whose measures are known, 0 to 1, rounded to two decimals.
    pub coverage: f64,
    /// The rule that held the score down, where one did.
    pub capped_by: Option<&'static str>,
    /// In the order of the template.
    pub dimensions: Vec<DimensionScore>,
}

/// One dimension of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DimensionScore {
    /// Its key in the template.
    pub key: String,
    /// What the template calls it; a result is read long after its template has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its weight in the template.
    pub weight: f64,
    /// 0 to 100; `None` when none of its measures is known.
    pub points: Option<u8>,
    /// Each measure with what was found.
    pub measures: Vec<MeasureScore>,
}

/// One measure of a dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasureScore {
    /// Key of the field.
    pub field: String,
    /// The company's value, in the field's unit.
    pub value: Option<f64>,
    /// 0 to 100; `None` when the value is missing.
    pub points: Option<u8>,
}

/// Scores a company; `cap` is the lowest ceiling that a finding sets, with its rule.
pub fn score(view: View<'_>, template: &Template, cap: Option<(&'static str, u8)>) -> Score {
    let mut dimensions = Vec::with_capacity(template.dimensions.len());
    let (mut known_weight, mut sum, mut weight) = (0.0, 0.0, 0.0);
    for dimension in &template.dimensions {
        let (share, shown) = measure(view, dimension);
        weight += dimension.weight;
        if let Some(share) = share {
            known_weight += dimension.weight;
            sum += dimension.weight * share;
        }
        dimensions.push(shown);
    }
    let free = (known_weight > 0.0).then(|| points(sum / known_weight));
    let capped = free.map(|points| cap.map_or(points, |(_, ceiling)| points.min(ceiling)));
    Score {
        points: capped,
        coverage: if weight > 0.0 { (known_weight / weight * 100.0).round() / 100.0 } else { 0.0 },
        capped_by: cap.filter(|_| capped < free).map(|(rule, _)| rule),
        dimensions,
    }
}

fn measure(view: View<'_>, dimension: &Dimension) -> (Option<f64>, DimensionScore) {
    let (mut sum, mut known, mut measures) = (0.0, 0_u32, Vec::new());
    for measure in &dimension.measures {
        let value = view.number(&measure.field);
        let share = value.map(|value| measure.share(value));
        if let Some(share) = share {
            sum += share;
            known += 1;
        }
        measures.push(MeasureScore { field: measure.field.clone(), value, points: share.map(points) });
    }
    let share = (known > 0).then(|| sum / f64::from(known));
    let shown = DimensionScore {
        key: dimension.key.clone(),
        label: dimension.label.clone(),
        weight: dimension.weight,
        points: share.map(points),
        measures,
    };
    (share, shown)
}

impl Measure {
    /// 0 at `worst` and beyond, 1 at `best` and beyond, a straight line between.
    fn share(&self, value: f64) -> f64 {
        ((value - self.worst) / (self.best - self.worst)).clamp(0.0, 1.0)
    }
}

/// A share of 1 as whole points of 100.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0–100")]
fn points(share: f64) -> u8 {
    (share * 100.0).round().clamp(0.0, 100.0) as u8
}
