//! The labelled sentences, measured; readings that no sentence of the set shows; and that any words are read without a panic.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{Means, Reading, Reason, read};
use crate::filter::parse::parse;
use crate::filter::print::print;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
}

fn order(reading: &Reading) -> String {
    reading.sort.map_or_else(String::new, |sort| {
        format!("{}{}", if sort.descending { '-' } else { '+' }, sort.field.field().key)
    })
}

fn unread(text: &str, reading: &Reading) -> String {
    reading.unread.iter().map(|unread| &text[unread.start..unread.end]).collect::<Vec<_>>().join(" | ")
}

/// Conditions of the outermost AND in any order are the same question.
fn parts(filter: &str) -> Vec<String> {
    let filter = parse(filter).unwrap_or_else(|error| panic!("{filter}: {error}")).canonical();
    let mut parts: Vec<String> = filter.parts().into_iter().map(print).collect();
    parts.sort();
    parts
}

#[test]
fn labelled_sentences_become_their_filter_and_what_is_not_understood_is_named() {
    let (mut all, mut right, mut wrong) = ([0, 0], [0, 0], Vec::new());
    for line in include_str!("sentences.tsv").lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [language, text, filter, sort, words] = columns[..] else { panic!("five columns are expected: {line}") };
        let reading = read(text, today());
        let language = usize::from(language == "en");
        all[language] += 1;
        let found = print(&reading.filter);
        if parts(&found) == parts(filter) && order(&reading) == sort && unread(text, &reading) == words {
            right[language] += 1;
        } else {
            wrong.push(format!(
                "{text}\n    is      {found} [{}] ({})\n    should  {filter} [{sort}] ({words})",
                order(&reading),
                unread(text, &reading)
            ));
        }
    }
    let (sum, good) = (all[0] + all[1], right[0] + right[1]);
    println!(
        "ask in words: {good} of {sum} sentences ({} of {} Swedish, {} of {} English)",
        right[0], all[0], right[1], all[1]
    );
    wrong.iter().for_each(|line| println!("{line}"));
    assert!(sum >= 200, "{sum} sentences");
    assert!(good * 100 >= sum * 95, "{good} of {sum}");
}

#[test]
fn each_phrase_is_told_with_its_place_and_the_condition_that_it_became() {
    let text = "Åkerier utanför Göteborg med minst 20 anställda, störst först";
    let reading = read(text, today());
    let told: Vec<(&str, String)> = reading
        .phrases
        .iter()
        .map(|phrase| {
            let means = match &phrase.means {
                Means::Condition(filter) => print(filter),
                Means::Order(order) => format!("{} {}", order.field.field().key, order.descending),
            };
            (&text[phrase.start..phrase.end], means)
        })
        .collect();
    let expected = [
        ("Åkerier", "sni = 494"),
        ("utanför Göteborg", "municipality != 1480"),
        ("minst 20 anställda", "employees >= 20"),
        ("störst först", "revenue true"),
    ];
    assert_eq!(told, expected.map(|(words, means)| (words, means.to_owned())));
    assert!(reading.unread.is_empty());
}

#[test]
fn what_makes_no_condition_has_its_reason() {
    for (text, reason) in [
        ("owner-led", Reason::Unknown),
        ("over 50 million", Reason::NoField),
        ("omsättning", Reason::NoValue),
        ("omsättning över 50", Reason::NoUnit),
        ("tillväxt över 10 mkr", Reason::WrongUnit),
        ("revenue over 5 million euro", Reason::Currency),
        ("revenue over 1,250 million", Reason::Ambiguous),
        ("revenue 50 million", Reason::NoComparison),
        ("growth over 10 % over seven years", Reason::Period),
    ] {
        let reading = read(text, today());
        assert!(reading.filter.is_everything(), "{text}: {}", print(&reading.filter));
        assert_eq!(reading.unread.iter().map(|unread| unread.reason).collect::<Vec<_>>(), [reason], "{text}");
    }
}

#[test]
fn sentences_without_their_accents_mean_the_same() {
    for text in ["åkerier i Göteborg med omsättning över 50 mkr", "tillväxt på minst 15 % de senaste tre åren"] {
        let plain = crate::filter::fold::fold(text);
        assert_eq!(print(&read(text, today()).filter), print(&read(&plain, today()).filter), "{plain}");
    }
}

/// Words of the table, numbers and anything at all, in any order.
fn words() -> impl Strategy<Value = String> {
    let known: Vec<String> = include_str!("words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split('\t').nth(2).unwrap_or_default().split('|').map(str::to_owned))
        .collect();
    let word = prop_oneof![
        6 => proptest::sample::select(known),
        2 => "[0-9]{1,4}([ .,][0-9]{3}){0,2}",
        1 => "\\PC{0,6}",
        1 => Just("\"".to_owned()),
        1 => Just("(".to_owned()),
        1 => Just("–".to_owned()),
    ];
    proptest::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_words_give_a_filter_of_the_language_and_places_inside_the_sentence(text in words()) {
        let reading = read(&text, today());
        let printed = print(&reading.filter);
        prop_assert_eq!(parse(&printed).expect("the filter language reads its own text"), reading.filter, "{}", printed);
        for (start, end) in reading.phrases.iter().map(|phrase| (phrase.start, phrase.end)).chain(reading.unread.iter().map(|unread| (unread.start, unread.end))) {
            prop_assert!(text.get(start..end).is_some_and(|words| !words.is_empty()), "{start}..{end} of {text:?}");
        }
    }
}
