//! Where the fictitious companies are: counties by population, within a county by the spread of its postcodes.

use domain::codes::place;

use super::random::{Random, Weights};

/// Inhabitants of the counties in thousands (SCB, end of 2023, rounded).
const POPULATION: [(&str, f64); 21] = [
    ("01", 2455.0),
    ("03", 405.0),
    ("04", 302.0),
    ("05", 473.0),
    ("06", 369.0),
    ("07", 204.0),
    ("08", 247.0),
    ("09", 61.0),
    ("10", 158.0),
    ("12", 1422.0),
    ("13", 344.0),
    ("14", 1767.0),
    ("17", 284.0),
    ("18", 308.0),
    ("19", 281.0),
    ("20", 288.0),
    ("21", 285.0),
    ("22", 242.0),
    ("23", 133.0),
    ("24", 279.0),
    ("25", 248.0),
];

/// A run longer than this counts as this long: the long ones are box numbers of cities.
const LONGEST_RUN: u32 = 400;

/// Draws places.
#[derive(Debug)]
pub struct Places {
    runs: Vec<(u32, u32, &'static str)>,
    weights: Weights,
}

/// A place in Sweden.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Five digits as a number.
    pub postcode: u32,
    /// Short name of the municipality.
    pub municipality: &'static str,
}

impl Places {
    /// Builds the weights from the code tables.
    #[must_use]
    pub fn new() -> Self {
        let runs: Vec<_> = place::postcode_runs()
            .filter_map(|(first, last, code)| Some((first, last, place::municipality_name(code)?, code)))
            .collect();
        let length = |first: u32, last: u32| f64::from((last - first + 1).min(LONGEST_RUN));
        let county_length = |county: &str| -> f64 {
            runs.iter().filter(|run| run.3.starts_with(county)).map(|run| length(run.0, run.1)).sum()
        };
        let lengths: Vec<(&str, f64, f64)> =
            POPULATION.iter().map(|(county, people)| (*county, *people, county_length(county))).collect();
        let weights = Weights::new(runs.iter().map(|(first, last, _, code)| {
            let county = lengths.iter().find(|(county, ..)| code.starts_with(county));
            county.map_or(0.0, |(_, people, total)| people * length(*first, *last) / total.max(1.0))
        }));
        Self { runs: runs.into_iter().map(|(first, last, name, _)| (first, last, name)).collect(), weights }
    }

    /// A place.
    pub fn pick(&self, random: &mut Random) -> Place {
        let Some((first, last, municipality)) = self.runs.get(self.weights.pick(random)) else {
            return Place { postcode: 11122, municipality: "Stockholm" };
        };
        Place { postcode: first + random.below((last - first + 1) as usize) as u32, municipality }
    }
}

impl Default for Places {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_population() {
        let (places, mut random) = (Places::new(), Random::new(1, 1));
        let mut stockholm = 0;
        for _ in 0..10_000 {
            let place = places.pick(&mut random);
            let code = domain::codes::place::municipality_of_postcode(&place.postcode.to_string()).unwrap();
            assert_eq!(domain::codes::place::municipality_name(code), Some(place.municipality));
            stockholm += usize::from(code.starts_with("01"));
        }
        assert!((2_100..2_600).contains(&stockholm), "{stockholm}: about 23 % live in the county");
    }
}
