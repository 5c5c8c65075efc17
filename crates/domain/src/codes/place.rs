//! Counties, municipalities, and the municipality of a postcode.

use std::collections::HashMap;
use std::sync::LazyLock;

static MUNICIPALITIES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| super::rows(include_str!("municipalities.tsv")).collect());
static COUNTIES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| super::rows(include_str!("counties.tsv")).collect());
static RUNS: LazyLock<Vec<(u32, u32, &'static str)>> = LazyLock::new(|| {
    super::rows(include_str!("postcodes.tsv"))
        .filter_map(|(first, rest)| {
            let (last, code) = rest.split_once('\t')?;
            Some((first.parse().ok()?, last.parse().ok()?, code))
        })
        .collect()
});

/// The municipality that a postcode (with or without a space) lies in; `None` for codes outside every known run.
///
/// A postcode can cross a municipal border; the table gives the municipality where most of it lies.
#[must_use]
pub fn municipality_of_postcode(postcode: &str) -> Option<&'static str> {
    let number = postcode
        .chars()
        .filter(|c| !c.is_whitespace())
        .try_fold((0u32, 0u8), |(number, count), c| (count < 5).then_some((number * 10 + c.to_digit(10)?, count + 1)))
        .and_then(|(number, count)| (count == 5).then_some(number))?;
    let after = RUNS.partition_point(|(first, _, _)| *first <= number);
    let (_, last, code) = *RUNS.get(after.checked_sub(1)?)?;
    (number <= last).then_some(code)
}

/// The county code of a municipality code: its first two digits.
#[must_use]
pub fn county_of_municipality(municipality: &str) -> &str {
    municipality.get(..2).unwrap_or(municipality)
}

/// The short name of a municipality, e.g. `Göteborg` for `1480`.
#[must_use]
pub fn municipality_name(code: &str) -> Option<&'static str> {
    MUNICIPALITIES.get(code).copied()
}

/// The name of a county, e.g. `Skåne län` for `12`.
#[must_use]
pub fn county_name(code: &str) -> Option<&'static str> {
    COUNTIES.get(code).copied()
}

static COUNTIES_EN: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| super::rows(include_str!("counties_en.tsv")).collect());

/// The English name of a county, e.g. `Skåne County` for `12`. Municipalities have one name in both languages.
#[must_use]
pub fn county_name_en(code: &str) -> Option<&'static str> {
    COUNTIES_EN.get(code).copied()
}

/// Every municipality code and name.
pub fn municipalities() -> impl Iterator<Item = (&'static str, &'static str)> {
    super::rows(include_str!("municipalities.tsv"))
}

/// Every county code and name.
pub fn counties() -> impl Iterator<Item = (&'static str, &'static str)> {
    super::rows(include_str!("counties.tsv"))
}

/// First and last postcode of each run and its municipality, ascending.
pub fn postcode_runs() -> impl Iterator<Item = (u32, u32, &'static str)> {
    RUNS.iter().copied()
}
