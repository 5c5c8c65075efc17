//! Growth of annualised net revenue.

use super::{Series, revenue};
use crate::facts::round_ratio;

/// A revenue that is more than so many times the earlier one has no growth rate: the earlier one was next to nothing.
const MOST_TIMES_IN_A_YEAR: f64 = 100.0;
/// The same over several years.
const MOST_TIMES_IN_YEARS: f64 = 1_000.0;

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

/// Both revenues must be > 0, the later at most [`MOST_TIMES_IN_A_YEAR`] times the earlier, and every period between must be there; a period counts as one year whatever its length,
/// because its flow has been scaled to one.
fn compound(series: Series<'_>, periods: usize) -> Option<f64> {
    let now = revenue(series).filter(|revenue| *revenue > 0)? as f64;
    let then = revenue(series.back(periods)?).filter(|revenue| *revenue > 0)? as f64;
    // From next to nothing any growth is huge: that tells of the base and not of the company.
    let most = if periods == 1 { MOST_TIMES_IN_A_YEAR } else { MOST_TIMES_IN_YEARS };
    (now / then <= most).then(|| (now / then).powf(1.0 / periods as f64) - 1.0)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::comparable;
    use super::*;
    use crate::currency::Currency;
    use crate::fiscal_period::FiscalPeriod;
    use crate::line::Line;
    use crate::scope::Scope;
    use crate::statement::{Quality, Statement};

    fn growth(revenues: &[i64]) -> Option<f64> {
        let mut years: Vec<Statement> = revenues
            .iter()
            .zip(2020..)
            .map(|(revenue, year)| {
                let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
                let period = FiscalPeriod::new(day(1, 1), day(12, 31)).unwrap();
                let mut statement = Statement::empty(period, Scope::Company, Currency::SEK);
                statement.figures.set(Line::Revenue, Some(*revenue));
                statement
            })
            .collect();
        years.reverse();
        let pairs: Vec<_> = years.iter().map(|statement| (statement, Quality::Ok)).collect();
        growth_yoy(Series::new(&comparable(&pairs, 0, false))?)
    }

    #[test]
    fn growth_from_next_to_nothing_is_no_growth_rate() {
        assert_eq!(growth(&[1, 5_335_000]), None);
        assert_eq!(growth(&[1_000, 100_000]), Some(99.0));
        assert_eq!(growth(&[1_000, 100_001]), None);
        assert_eq!(growth(&[5_335_000, 1]), Some(-1.0));
    }
}
