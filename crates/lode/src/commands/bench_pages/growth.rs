//! The rule that tells a route that costs what it shows from one that costs what there is.

use std::fmt;

use super::Measured;

/// How many times as many companies the largest size has at least: less would not tell growth from noise.
pub const LEAST_FACTOR: u64 = 5;

/// A route may read this many times the rows that its answer grew by: an index grows a level, a plan changes.
const ROWS_SLACK: f64 = 2.0;
/// And take this many times as long: the machine has other work.
const TIME_SLACK: f64 = 3.0;
/// Fewer rows than these are read by the server's own tasks meanwhile.
const FEW_ROWS: f64 = 200.0;
/// Below this many times the quickest route, times are noise.
const SHORT: f64 = 10.0;

/// What a route's time may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// What it shows.
    Shown,
    /// A pass of the index over every company in memory; its rows in Postgres follow what it shows as everywhere.
    Index,
}

/// Why a route fails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// Rows read in Postgres at the least and the largest size.
    Rows(f64, f64),
    /// Milliseconds of the quickest call at the least and the largest size, and the most that the largest may take.
    Time(f64, f64, f64),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows(first, last) => {
                write!(f, "reads {first:.0} rows in Postgres, and {last:.0} at the largest size")
            }
            Self::Time(first, last, most) => {
                write!(f, "takes {first:.1} ms at best, and {last:.1} ms (at most {most:.1}) at the largest size")
            }
        }
    }
}

/// By how much a cost grew; one of nothing counts as one.
pub fn factor(first: f64, last: f64) -> f64 {
    let factor = last.max(1e-9) / if first > 0.0 { first } else { last.max(1.0) };
    (factor * 100.0).round() / 100.0
}

/// What is wrong with a route that cost so much with so many companies each. `idle_ms` is what the quickest route takes.
pub fn judge(cost: Cost, first: (u64, Measured), last: (u64, Measured), idle_ms: f64) -> Option<Fault> {
    let ((few, first), (many, last)) = (first, last);
    let shown = if first.shown > 0.0 { (last.shown / first.shown).max(1.0) } else { 1.0 };
    if last.rows_read > ROWS_SLACK * shown * first.rows_read.max(FEW_ROWS) {
        return Some(Fault::Rows(first.rows_read, last.rows_read));
    }
    let follows = match cost {
        Cost::Shown => shown,
        Cost::Index => shown.max(many as f64 / few.max(1) as f64),
    };
    let most = TIME_SLACK * follows * first.least_ms.max(SHORT * idle_ms);
    (last.least_ms > most).then_some(Fault::Time(first.least_ms, last.least_ms, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(p50_ms: f64, rows_read: f64, shown: f64) -> Measured {
        Measured { p50_ms, p95_ms: p50_ms, least_ms: p50_ms, rows_read, shown }
    }

    #[test]
    fn route_that_reads_the_whole_register_for_a_page_fails() {
        let fault =
            judge(Cost::Shown, (20_000, cost(5.0, 20_000.0, 900.0)), (200_000, cost(9.0, 200_000.0, 905.0)), 0.5);
        assert_eq!(fault, Some(Fault::Rows(20_000.0, 200_000.0)));
        // The pass in memory is the index's own; what it reads in Postgres is not.
        let fault =
            judge(Cost::Index, (20_000, cost(5.0, 20_000.0, 900.0)), (200_000, cost(9.0, 200_000.0, 905.0)), 0.5);
        assert!(fault.is_some());
    }

    #[test]
    fn route_that_shows_ten_times_as_much_may_cost_ten_times_as_much() {
        let answer =
            judge(Cost::Shown, (20_000, cost(50.0, 20_000.0, 9e5)), (200_000, cost(500.0, 200_000.0, 9e6)), 0.5);
        assert_eq!(answer, None);
        let more =
            judge(Cost::Shown, (20_000, cost(50.0, 20_000.0, 9e5)), (200_000, cost(5_000.0, 200_000.0, 9e6)), 0.5);
        assert_eq!(more, Some(Fault::Time(50.0, 5_000.0, 1_500.0)));
    }

    #[test]
    fn time_may_follow_the_companies_only_where_the_index_passes_over_them() {
        let (few, many) = ((20_000, cost(10.0, 5.0, 900.0)), (200_000, cost(100.0, 5.0, 900.0)));
        assert_eq!(judge(Cost::Index, few, many, 0.5), None);
        assert_eq!(judge(Cost::Shown, few, many, 0.5), Some(Fault::Time(10.0, 100.0, 30.0)));
    }

    #[test]
    fn noise_of_short_answers_and_of_few_rows_is_no_growth() {
        let (few, many) = ((20_000, cost(0.5, 0.0, 0.0)), (200_000, cost(4.0, 150.0, 0.0)));
        assert_eq!(judge(Cost::Shown, few, many, 0.5), None);
        assert_eq!((factor(0.0, 0.0), factor(2.0, 5.0)), (0.0, 2.5));
    }
}
