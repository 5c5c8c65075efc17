//! Fiscal years of the fictitious companies: calendar and broken years, short and long first years, changed years.

use chrono::{Days, Months, NaiveDate};
use domain::fiscal_period::FiscalPeriod;

use super::random::Random;

/// The newest calendar year that reports are there for. Fixed, so that a seed gives the same data on any day.
pub const LATEST_YEAR: i32 = 2025;

/// The fiscal years of one company, oldest first, 4 to 8 of them unless the company is younger.
pub fn fiscal_years(random: &mut Random, registered: NaiveDate) -> Vec<FiscalPeriod> {
    let month = match random.below(100) {
        0..=83 => 12,
        84..=89 => 6,
        90..=94 => 8,
        _ => 4,
    };
    // Most have filed the latest year; a few are late or have stopped.
    let lag = match random.below(100) {
        0..=84 => 0,
        85..=95 => 1,
        _ => 2,
    };
    let year = if month == 12 { LATEST_YEAR } else { LATEST_YEAR + 1 } - lag;
    let count = 4 + random.below(5);
    let is_odd = random.chance(0.03);
    let odd_at = random.below(count);
    let mut years = Vec::with_capacity(count);
    let Some(mut end) = last_day(year, month) else { return years };
    for index in 0..count {
        let months = if is_odd && index == odd_at { random.pick(&[6, 8, 14, 16, 18]) } else { 12 };
        let Some(start) =
            end.checked_add_days(Days::new(1)).and_then(|after| after.checked_sub_months(Months::new(months)))
        else {
            break;
        };
        if start <= registered {
            // The first year starts with the registration and may be short, or long when the next one is swallowed.
            if let Ok(first) = FiscalPeriod::new(registered, end)
                && first.days() > 30
            {
                years.push(first);
            }
            break;
        }
        if let Ok(period) = FiscalPeriod::new(start, end) {
            years.push(period);
        }
        let Some(before) = start.pred_opt() else { break };
        end = before;
    }
    years.reverse();
    years
}

fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_follow_one_another_without_gap_or_overlap() {
        let registered = NaiveDate::from_ymd_opt(2019, 5, 14).unwrap();
        for number in 0..500 {
            let years = fiscal_years(&mut Random::new(3, number), registered);
            for pair in years.windows(2) {
                assert_eq!(pair[0].end().succ_opt(), Some(pair[1].start()));
            }
            assert!(years.iter().all(|year| year.start() >= registered && year.months() <= 18));
            assert!(years.len() <= 8 && !years.is_empty());
        }
    }
}
