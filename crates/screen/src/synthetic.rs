//! Lifelike random companies for benchmarks: skewed sizes, Swedish names, missing values, the same for the same seed.

use chrono::NaiveDate;
use domain::catalogue::{FIELDS, FieldKind, Hierarchy, Unit};
use domain::facts::{CompanyFacts, FactValue, round_ratio};
use domain::orgnr::{Orgnr, check_digit};

const NAMES: [&str; 48] = [
    "Norrlands",
    "Södra",
    "Västra",
    "Mälar",
    "Svea",
    "Göta",
    "Nordic",
    "Scandinavian",
    "Berg",
    "Lund",
    "Dal",
    "Ström",
    "Sjö",
    "Holm",
    "Björk",
    "Ek",
    "Alm",
    "Granit",
    "Volvo",
    "Asea",
    "Teknik",
    "Tekniska",
    "Bygg",
    "Måleri",
    "Snickeri",
    "Elteknik",
    "Konsult",
    "Fastighet",
    "Transport",
    "Åkeri",
    "Data",
    "Systems",
    "Verkstad",
    "Mekaniska",
    "Plåt",
    "Rör",
    "Ventilation",
    "Livs",
    "Bageri",
    "Café",
    "Media",
    "Reklam",
    "Invest",
    "Holding",
    "Förvaltning",
    "Skog",
    "Maskin",
    "Design",
];
const WORDS: [&str; 40] = [
    "bedriva",
    "konsultverksamhet",
    "inom",
    "bygg",
    "teknik",
    "försäljning",
    "av",
    "maskiner",
    "och",
    "tjänster",
    "fastigheter",
    "äga",
    "förvalta",
    "värdepapper",
    "handel",
    "med",
    "livsmedel",
    "transport",
    "import",
    "export",
    "utveckling",
    "programvara",
    "automation",
    "industri",
    "kunder",
    "service",
    "reparation",
    "fordon",
    "restaurang",
    "utbildning",
    "vård",
    "redovisning",
    "ekonomi",
    "reklam",
    "design",
    "skog",
    "jordbruk",
    "energi",
    "därmed",
    "förenlig",
];
const CODES: [&str; 24] = [
    "62010", "62020", "70220", "68201", "68203", "41200", "43210", "43220", "43320", "45201", "46692", "47112",
    "47710", "49410", "56100", "69201", "71122", "73111", "81210", "85592", "86212", "28990", "25620", "01500",
];
const MUNICIPALITIES: [&str; 16] = [
    "0180", "0180", "0180", "1480", "1480", "1280", "0380", "0580", "1880", "1980", "1281", "0680", "2480", "2180",
    "1490", "0880",
];

/// A small generator of random numbers (SplitMix64): fast, seeded, the same everywhere.
#[derive(Clone, Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Roughly normal: the sum of twelve shares.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }
}

/// The organisation number of the nth company: of a limited company, ascending.
fn orgnr(index: u64) -> Option<Orgnr> {
    let first_nine = 552_000_000 + index;
    Orgnr::from_number(first_nine * 10 + u64::from(check_digit(first_nine))).ok()
}

/// `count` companies in the order of their numbers.
pub fn companies(count: u64, seed: u64) -> impl Iterator<Item = CompanyFacts> {
    (0..count).filter_map(move |index| {
        let mut random = Random(seed ^ index.wrapping_mul(0x2545_f491_4f6c_dd1d));
        Some(CompanyFacts { orgnr: orgnr(index)?, values: values(&mut random) })
    })
}

fn values(random: &mut Random) -> Vec<FactValue> {
    // Log-normal size: the median turns over 3 million, one in a thousand over a billion.
    let revenue = (15.0 + 2.0 * random.normal()).exp();
    let has_accounts = random.below(10) < 8;
    FIELDS
        .iter()
        .map(|field| {
            let from_accounts = !matches!(
                field.group,
                domain::catalogue::FieldGroup::Company | domain::catalogue::FieldGroup::Coverage
            );
            // As where a house has analysed one company in ten.
            if field.group == domain::catalogue::FieldGroup::Analysis && random.below(10) > 0 {
                return FactValue::Null;
            }
            if from_accounts && (!has_accounts || random.below(12) == 0) {
                return FactValue::Null;
            }
            value(field, revenue, random)
        })
        .collect()
}

fn value(field: &domain::catalogue::Field, revenue: f64, random: &mut Random) -> FactValue {
    let real = |value: f64| round_ratio(value).map_or(FactValue::Null, FactValue::Real);
    match field.kind {
        FieldKind::Amount if field.key == "revenue" => FactValue::Integer(revenue as i64),
        FieldKind::Amount => FactValue::Integer((revenue * 0.2 * random.normal()) as i64),
        FieldKind::Ratio if field.unit == Unit::Share => real(0.08 + 0.15 * random.normal()),
        FieldKind::Ratio => real(3.0 + 2.0 * random.normal()),
        FieldKind::Count => real((revenue / 1.8e6).round()),
        FieldKind::Integer => FactValue::Integer(random.below(12) as i64),
        FieldKind::Boolean => FactValue::Boolean(random.below(3) == 0),
        FieldKind::Date => {
            NaiveDate::from_epoch_days(15_000 + random.below(5_000) as i32).map_or(FactValue::Null, FactValue::Date)
        }
        FieldKind::Category => FactValue::Text(category(field.key, field.hierarchy, random).into()),
        FieldKind::Categories => {
            let count = 1 + random.below(3);
            FactValue::Texts((0..count).map(|_| random.pick(&CODES).into()).collect())
        }
        FieldKind::Text => FactValue::Text(text(field.key, random).into()),
    }
}

fn category(key: &str, hierarchy: Hierarchy, random: &mut Random) -> String {
    match (hierarchy, key) {
        (Hierarchy::Sni, _) => random.pick(&CODES).to_owned(),
        (Hierarchy::Municipality, _) => random.pick(&MUNICIPALITIES).to_owned(),
        (_, "county") => random.pick(&MUNICIPALITIES)[..2].to_owned(),
        _ => format!("{key}{}", random.below(4)),
    }
}

fn text(key: &str, random: &mut Random) -> String {
    match key {
        "name" => {
            // A third of real names carry a word of their own: a surname or an invention.
            let own = if random.below(3) == 0 {
                format!("{}{:x}", random.pick(&NAMES), random.below(90_000))
            } else {
                String::new()
            };
            format!("{} {} {own} AB", random.pick(&NAMES), random.pick(&NAMES)).replace("  ", " ")
        }
        "postcode" => format!("{:05}", 10_000 + random.below(8_000) * 10),
        "industry_names" => format!("Bransch {}", random.below(800)),
        _ => {
            let count = 6 + random.below(14);
            (0..count).map(|_| random.pick(&WORDS)).collect::<Vec<_>>().join(" ")
        }
    }
}
