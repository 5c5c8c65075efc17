//! Whether the search provider answered when it was last asked.

use chrono::{DateTime, Utc};

use super::finding::{Finding, Part, Words};
use crate::search::SearchView;

/// What is known of the provider; `None` where none is set up.
#[must_use]
pub fn search_provider(view: Option<&SearchView>, now: DateTime<Utc>) -> Finding {
    let Some(view) = view else {
        let found = Words::new(
            "none is set up: websites are found by registers and names",
            "ingen är inställd: webbplatser hittas genom register och namn",
        );
        return Finding::well(Part::Search, found);
    };
    let place = &view.place;
    let Some((seen, at)) = view.seen.as_ref().and_then(|seen| Some((seen, seen.seen_at?))) else {
        return Finding::warning(
            Part::Search,
            Words::new(format!("{place} was never asked"), format!("{place} har aldrig tillfrågats")),
            Words::new("start a worker: it asks within a minute", "starta en arbetsprocess: den frågar inom en minut"),
        );
    };
    if let Some(problem) = &seen.problem {
        let remedy = Words::new(
            "correct SEARCH_BASE_URL, SEARCH_API_KEY or SEARCH_ALLOW_PRIVATE, or look at the provider; registers and names are used meanwhile",
            "rätta SEARCH_BASE_URL, SEARCH_API_KEY eller SEARCH_ALLOW_PRIVATE, eller se till söktjänsten; under tiden används register och namn",
        );
        return Finding::failure(
            Part::Search,
            Words::new(format!("{place}: {problem}"), format!("{place}: {problem}")),
            remedy,
        );
    }
    let (asked, limit) = (seen.asked_today, view.daily_limit);
    if asked >= limit {
        let remedy = Words::new(
            "wait until tomorrow (UTC), or raise SEARCH_DAILY_LIMIT",
            "vänta till i morgon (UTC), eller höj SEARCH_DAILY_LIMIT",
        );
        return Finding::warning(
            Part::Search,
            Words::new(
                format!("{place}: today's {limit} questions are used up"),
                format!("{place}: dagens {limit} frågor är slut"),
            ),
            remedy,
        );
    }
    if !view.is_ready(now) {
        return Finding::warning(
            Part::Search,
            Words::new(
                format!("{place} was last asked {}", at.format("%F")),
                format!("{place} tillfrågades senast {}", at.format("%F")),
            ),
            Words::new("start a worker: it asks within a minute", "starta en arbetsprocess: den frågar inom en minut"),
        );
    }
    Finding::well(
        Part::Search,
        Words::new(
            format!("{place} answered; {asked} of {limit} questions of today are used"),
            format!("{place} svarade; {asked} av dagens {limit} frågor är använda"),
        ),
    )
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use store::search_providers::Seen;

    use super::*;

    #[test]
    fn only_a_fresh_answer_within_the_limit_is_well() {
        let now = Utc::now();
        let well = Seen { asked_today: 3, resting_until: None, seen_at: Some(now), problem: None };
        let text = |seen: Option<Seen>| {
            let view = SearchView { place: "searxng https://search.example".to_owned(), daily_limit: 10, seen };
            format!("{:?}", search_provider(Some(&view), now))
        };
        assert!(text(Some(well.clone())).contains("3 of 10 questions"));
        assert!(text(None).contains("was never asked"));
        assert!(
            text(Some(Seen { problem: Some("no answer in time".to_owned()), ..well })).contains("no answer in time")
        );
        assert!(text(Some(Seen { asked_today: 10, ..well.clone() })).contains("used up"));
        assert!(text(Some(Seen { seen_at: Some(now - TimeDelta::days(9)), ..well })).contains("was last asked"));
        assert!(format!("{:?}", search_provider(None, now)).contains("none is set up"));
    }
}
