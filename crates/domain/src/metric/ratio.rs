//! Division as metrics do it: rounded to four decimals, missing where the whole is not positive.

use crate::facts::round_ratio;

/// part / whole; `None` when either is missing or the whole is ≤ 0, where a share has no meaning.
#[must_use]
pub fn share(part: Option<i64>, whole: Option<i64>) -> Option<f64> {
    over(part? as f64, whole? as f64)
}

/// part / whole of real numbers; `None` when the whole is ≤ 0.
#[must_use]
pub fn over(part: f64, whole: f64) -> Option<f64> {
    if whole > 0.0 { round_ratio(part / whole) } else { None }
}
