//! Names put together from parts of words, the way Swedish companies are called.

use super::industry::Industry;
use super::random::Random;

const FIRST: &[&str] = &[
    "Norr", "Söder", "Öst", "Väst", "Ek", "Björk", "Lind", "Alm", "Sten", "Berg", "Älv", "Sjö", "Kvarn", "Hav", "Gran",
    "Furu", "Rönn", "Lärk", "Falk", "Tran", "Svan", "Kron", "Guld", "Silver", "Järn", "Koppar", "Moss", "Ljung",
    "Hassel", "Vinter", "Sommar", "Sol", "Måne", "Strand", "Äng", "Åker", "Fjäll", "Skog", "Dal", "Ström",
];
const SECOND: &[&str] = &[
    "backen", "holm", "vik", "näs", "lund", "torp", "hult", "fors", "sund", "ö", "bro", "gård", "hög", "stad", "mark",
    "linden", "berga", "kulla", "rum", "hed", "källa", "udden", "åsen", "torpet", "haga", "löv", "dalen", "sta", "ryd",
    "by",
];
const COINED: &[&str] = &[
    "Nordiva", "Axento", "Veldra", "Solvia", "Trivex", "Lumino", "Castella", "Effekta", "Primeva", "Novalis", "Kvanta",
    "Arctia", "Vertiko", "Optiva", "Sigvida", "Tellura", "Meridia", "Alvento", "Boreana", "Quadrix",
];

/// The ending that a legal form puts behind the name.
fn ending(legal_form: &str) -> &'static str {
    match legal_form {
        "31" => " HB",
        "51" => " ekonomisk förening",
        _ => " AB",
    }
}

/// A name for a company of the industry and place.
pub fn company_name(random: &mut Random, industry: &Industry, place: &str, legal_form: &str) -> String {
    let mut name = String::with_capacity(48);
    let word = random.pick(industry.words);
    let mut join = |parts: &[&str]| parts.iter().for_each(|part| name.push_str(part));
    match random.below(12) {
        0..=3 => join(&[random.pick(FIRST), random.pick(SECOND), "s ", word]),
        4 | 5 => join(&[place, "s ", word]),
        6 => join(&[random.pick(FIRST), random.pick(SECOND), " ", word, " i ", place]),
        7 | 8 => join(&[random.pick(COINED), " ", word]),
        9 => join(&[random.pick(COINED), " ", random.pick(FIRST), random.pick(SECOND)]),
        10 => join(&[word, "gruppen ", random.pick(FIRST), random.pick(SECOND)]),
        _ => {
            join(&[random.pick(FIRST), random.pick(SECOND), " & ", random.pick(FIRST), random.pick(SECOND), " ", word]);
        }
    }
    name.push_str(ending(legal_form));
    name
}

/// A street address.
pub fn street(random: &mut Random) -> String {
    const KINDS: &[&str] = &["gatan", "vägen", "gränd", "stigen", " industriväg", " allé"];
    if random.chance(0.12) {
        return format!("Box {}", 1 + random.below(4_000));
    }
    let (first, kind) = (random.pick(FIRST), random.pick(KINDS));
    let number = 1 + random.below(98);
    let mut street = String::with_capacity(28);
    for part in [first, kind, " ", &number.to_string()] {
        street.push_str(part);
    }
    street
}

/// What the company says it does.
pub fn description(random: &mut Random, industry: &Industry, place: &str) -> String {
    random.pick(industry.descriptions).replace("{}", place)
}
