//! Corporate income tax rates (bolagsskatt).

use chrono::{Datelike, NaiveDate};

/// The rate in thousandths for a period that ends on the day: 22.0 % to 2018, 21.4 % 2019–2020, 20.6 % from 2021
/// (inkomstskattelagen 65 kap. 10 §).
#[must_use]
pub fn rate_permille(period_end: NaiveDate) -> i64 {
    match period_end.year() {
        ..=2018 => 220,
        2019 | 2020 => 214,
        2021.. => 206,
    }
}
