//! Growth of annualised net revenue.

use super::{Series, revenue};
use crate::facts::round_ratio;

/// Growth against the period before: R_t / R_{t−1} − 1.
#[must_use]
pub fn growth_yoy(series: Series<'_>) -> Option<f64> {
    round_ratio(compound(series, 1)?)
}

/// Compound yearly growth over three periods: (R_t / R_{t−3})^(1/3) − 1.
#[must_use]
pub fn cagr_3y(series: Series<'_>) -> Option<f64> {
    round_ratio(compound(series, 3)?)
}

/// Compound yearly growth over five periods: (R_t / R_{t−5})^(1/5) − 1.
#[must_use]
pub fn cagr_5y(series: Series<'_>) -> Option<f64> {
    round_ratio(compound(series, 5)?)
}

/// Standard deviation (of the population) of the yearly growth rates of the last five years; `None` with fewer than three.
#[must_use]
pub fn growth_volatility(series: Series<'_>) -> Option<f64> {
    let mut rates = [0.0; 5];
    let mut count = 0;
    while count < rates.len() {
        let Some(rate) = series.back(count).and_then(|earlier| compound(earlier, 1)) else { break };
        rates[count] = rate;
        count += 1;
    }
    if count < 3 {
        return None;
    }
    let rates = &rates[..count];
    let mean = rates.iter().sum::<f64>() / count as f64;
    let variance = rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() / count as f64;
    round_ratio(variance.sqrt())
}

/// Both revenues must be > 0 and every period between must be there; a period counts as one year whatever its length,
/// because its flow has been scaled to one.
fn compound(series: Series<'_>, periods: usize) -> Option<f64> {
    let now = revenue(series).filter(|revenue| *revenue > 0)? as f64;
    let then = revenue(series.back(periods)?).filter(|revenue| *revenue > 0)? as f64;
    Some((now / then).powf(1.0 / periods as f64) - 1.0)
}
