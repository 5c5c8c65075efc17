//! The rules on pages of a made-up company.

use chrono::{TimeZone, Utc};
use proptest::prelude::*;

use super::*;

fn page(url: &str, language: &str, text: &str) -> PageText {
    PageText {
        url: url.to_owned(),
        title: None,
        language: Some(language.to_owned()),
        text: text.to_owned(),
        sha256: "00".repeat(32),
        fetched_at: Utc.with_ymd_and_hms(2026, 3, 1, 8, 0, 0).unwrap(),
        markers: Vec::new(),
    }
}

const HOME: &str = "Välkommen till Nordfjäll\nVi levererar svetsade konstruktioner till verkstadsindustrin. \
    Bland våra kunder finns t.ex. Sandvik och flera kommuner. Ring oss! Vi är certifierade enligt ISO 9001 och ISO 14001.";
const ABOUT: &str = "Om oss\nNordfjäll Verkstad grundades 1978 och är ett familjeföretag i Skellefteå. \
    Vi är cirka 45 medarbetare och tillverkar allt i egen fabrik. Serviceavtal ger våra kunder trygghet.";

fn site() -> Vec<PageText> {
    let mut home = page("https://nordfjall.example/", "sv", HOME);
    home.markers = vec!["WordPress 6.8".to_owned(), "https://www.googletagmanager.com/gtag/js".to_owned()];
    vec![
        home,
        page("https://nordfjall.example/om-oss", "sv", ABOUT),
        page("https://nordfjall.example/en", "en", "We offer welded structures to the engineering industry."),
    ]
}

#[test]
fn sentences_are_cut_at_their_ends_and_not_at_abbreviations() {
    let found: Vec<_> = sentences(HOME).collect();
    assert_eq!(
        found,
        [
            "Välkommen till Nordfjäll",
            "Vi levererar svetsade konstruktioner till verkstadsindustrin.",
            "Bland våra kunder finns t.ex. Sandvik och flera kommuner.",
            "Vi är certifierade enligt ISO 9001 och ISO 14001.",
        ]
    );
}

#[test]
fn insights_are_quotes_with_their_page() {
    let found = website_insights(&site());
    assert_eq!(found.languages, ["sv", "en"]);
    assert_eq!(found.technologies, ["WordPress", "Google Tag Manager"]);
    let names: Vec<_> = found.certifications.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(names, ["ISO 9001", "ISO 14001"]);
    assert_eq!(found.customers[0].quote, "Bland våra kunder finns t.ex. Sandvik och flera kommuner.");
    assert_eq!(found.products.len(), 2);
    assert_eq!(found.passages_of("recurring_revenue")[0].url, "https://nordfjall.example/om-oss");
    assert!(found.passages_of("e_commerce").is_empty());
}

#[test]
fn a_word_counts_at_the_start_of_a_word_only() {
    let found = website_insights(&[page(
        "https://a.example",
        "sv",
        "Vi har inget med disabonnemang eller ISO 90015 att göra här.",
    )]);
    assert!(found.topics.is_empty() && found.certifications.is_empty(), "{found:?}");
}

#[test]
fn a_profile_states_what_the_site_states() {
    let pages = site();
    let profile = company_profile(&pages, &website_insights(&pages));
    assert_eq!(profile.founded.map(|stated| stated.value), Some(1978));
    assert_eq!(profile.employees.map(|stated| stated.value), Some(45));
    let codes = |topics: &[Topic]| topics.iter().map(|topic| topic.code.clone()).collect::<Vec<_>>();
    assert_eq!(codes(&profile.business_models), ["recurring_revenue", "manufacturing"]);
    assert_eq!(codes(&profile.markets), ["public_sector"]);
    assert_eq!(codes(&profile.ownership), ["family_owned"]);
}

#[test]
fn numbers_that_are_no_years_or_headcounts_are_not_taken() {
    for text in [
        "Företaget grundades av bröderna Svensson och har artikelnummer 19781 i lager.",
        "Sedan länge har vi hjälpt kunder i hela Sverige med ett stort sortiment av delar, bland annat modell 2010.",
        "Våra medarbetare har lång erfarenhet av branschen och brinner för sitt arbete.",
    ] {
        let pages = [page("https://a.example", "sv", text)];
        let profile = company_profile(&pages, &website_insights(&pages));
        assert_eq!((profile.founded, profile.employees), (None, None), "{text}");
    }
}

#[test]
fn the_summary_is_the_companys_own_words() {
    let found = about_summary(&site(), "Nordfjäll Verkstad AB").unwrap();
    let quotes: Vec<_> = found.sentences.iter().map(|passage| passage.quote.as_str()).collect();
    assert!(
        quotes.contains(&"Nordfjäll Verkstad grundades 1978 och är ett familjeföretag i Skellefteå."),
        "{quotes:?}"
    );
    assert_eq!(found.language.as_deref(), Some("sv"));
    assert!(about_summary(&[page("https://a.example", "sv", "Hem\nKontakt\nLogga in")], "A AB").is_none());
}

proptest! {
    #[test]
    fn every_quote_stands_in_its_page(text in "(?s).{0,400}", name in ".{0,30}") {
        let pages = [page("https://a.example/om-oss", "sv", &text)];
        let insights = website_insights(&pages);
        let profile = company_profile(&pages, &insights);
        let about = about_summary(&pages, &name);
        let quotes = insights.products.iter().chain(&insights.customers)
            .chain(insights.topics.iter().flat_map(|topic| &topic.passages))
            .chain(insights.certifications.iter().map(|named| &named.passage))
            .chain(profile.founded.iter().chain(&profile.employees).map(|stated| &stated.passage))
            .chain(about.iter().flat_map(|about| &about.sentences));
        for passage in quotes {
            prop_assert!(text.contains(&passage.quote));
        }
    }

    #[test]
    fn sentences_lose_nothing_but_what_is_too_short_or_long(words in proptest::collection::vec("[a-zåäö]{3,9}", 4..9)) {
        let sentence = format!("Vi {}.", words.join(" "));
        let text = format!("{sentence} {sentence}");
        prop_assert_eq!(sentences(&text).collect::<Vec<_>>(), vec![sentence.as_str(), sentence.as_str()]);
    }
}
