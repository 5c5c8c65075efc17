//! Fictitious companies: the truth from which claims are written.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::random::Random;

pub const FIRST: i32 = 2019;
pub const LAST: i32 = 2024;

pub struct Company {
    pub name: String,
    pub orgnr: String,
    /// By field and year, scope company.
    pub figures: BTreeMap<(&'static str, i32), f64>,
    pub group_revenue: BTreeMap<i32, f64>,
    pub ids: BTreeMap<(String, i32), String>,
    pub group_ids: BTreeMap<i32, String>,
    pub sentences: Vec<Page>,
    pub dossier: Value,
}

/// What the company's page says, with what the sentence holds.
#[derive(Clone)]
pub struct Page {
    pub id: String,
    pub text: String,
    pub kind: &'static str,
    pub number: i64,
    pub name: String,
}

const NAMES: [&str; 12] = [
    "Nordvik Plåt",
    "Granlund Verktyg",
    "Solberga Bageri",
    "Kustens Marin",
    "Ekdala Trä",
    "Västra Logistik",
    "Björnfors Energi",
    "Lindhaga Medicin",
    "Stenåsa Betong",
    "Havsund Fisk",
    "Tallmo Skog",
    "Ängsholm Textil",
];
const CITIES: [&str; 8] = ["Malmö", "Kalmar", "Umeå", "Lund", "Borås", "Gävle", "Skövde", "Visby"];
const CUSTOMERS: [&str; 6] = [
    "Fjällräven Bygg",
    "Östra Sjukhuset",
    "Karlbergs Kommun",
    "Rosendahl Gruppen",
    "Tunadal Kraft",
    "Mårtensson Åkeri",
];

pub const UNITS: [(&str, &str); 18] = [
    ("revenue", "SEK"),
    ("ebitda", "SEK"),
    ("ebit", "SEK"),
    ("result_after_financial_items", "SEK"),
    ("net_income", "SEK"),
    ("total_assets", "SEK"),
    ("equity", "SEK"),
    ("cash", "SEK"),
    ("personnel_costs", "SEK"),
    ("net_debt", "SEK"),
    ("employees", "people"),
    ("equity_ratio", "share"),
    ("ebitda_margin", "share"),
    ("ebit_margin", "share"),
    ("dso", "days"),
    ("interest_cover", "times"),
    ("net_debt_to_ebitda", "times"),
    ("inventory", "SEK"),
];

pub fn company(random: &mut Random, other: usize) -> Company {
    let mut figures: BTreeMap<(&'static str, i32), f64> = BTreeMap::new();
    let mut group_revenue = BTreeMap::new();
    let mut revenue = random.within(4_000_000, 90_000_000) as f64;
    let mut employees = random.within(6, 140) as f64;
    for year in FIRST..=LAST {
        revenue = (revenue * random.within(620, 1550) as f64 / 1000.0).round();
        if random.chance(12) {
            revenue = (revenue * 2.0 * random.within(980, 1020) as f64 / 1000.0).round();
        }
        employees = (employees * random.within(800, 1250) as f64 / 1000.0).round().max(3.0);
        let ebitda = (revenue * random.within(-40, 250) as f64 / 1000.0).round() + random.within(1, 900) as f64;
        let ebit = ebitda - (revenue * random.within(15, 60) as f64 / 1000.0).round();
        let after = ebit - (revenue * random.within(4, 20) as f64 / 1000.0).round();
        let net = (after * random.within(700, 790) as f64 / 1000.0).round();
        let assets = (revenue * random.within(450, 900) as f64 / 1000.0).round();
        let equity = (assets * random.within(150, 700) as f64 / 1000.0).round();
        let debt = (assets * random.within(50, 300) as f64 / 1000.0).round();
        let share = |a: f64, b: f64| (a / b * 10_000.0).round() / 10_000.0;
        for (field, value) in [
            ("revenue", revenue),
            ("ebitda", ebitda),
            ("ebit", ebit),
            ("result_after_financial_items", after),
            ("net_income", net),
            ("total_assets", assets),
            ("equity", equity),
            ("cash", (assets * random.within(20, 240) as f64 / 1000.0).round()),
            ("inventory", (assets * random.within(30, 190) as f64 / 1000.0).round()),
            ("personnel_costs", -(revenue * random.within(250, 420) as f64 / 1000.0).round()),
            ("net_debt", debt),
            ("employees", employees),
            ("equity_ratio", share(equity, assets)),
            ("ebitda_margin", share(ebitda, revenue)),
            ("ebit_margin", share(ebit, revenue)),
            ("dso", random.within(18, 92) as f64),
            ("interest_cover", random.within(11, 145) as f64 / 10.0),
            ("net_debt_to_ebitda", random.within(2, 49) as f64 / 10.0),
        ] {
            figures.insert((field, year), value);
        }
        group_revenue.insert(year, (revenue * random.within(1700, 3900) as f64 / 1000.0).round());
    }
    let name = NAMES[(random.next() % NAMES.len() as u64) as usize];
    let orgnr = format!("5560{:02}-{:04}", random.within(10, 99), random.within(1000, 9999));
    let (mut ids, mut group_ids, mut facts) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for year in FIRST..=LAST {
        for (field, unit) in UNITS {
            let id = format!("F{}", facts.len() + 1);
            facts.push(json!({
                "id": id, "field": field, "period_start": format!("{year}-01-01"), "period_end": format!("{year}-12-31"), "scope": "company",
                "value": number(figures[&(field, year)]), "unit": unit,
            }));
            ids.insert((field.to_owned(), year), id);
        }
        let id = format!("F{}", facts.len() + 1);
        facts.push(json!({
            "id": id, "field": "revenue", "period_start": format!("{year}-01-01"), "period_end": format!("{year}-12-31"), "scope": "group",
            "value": number(group_revenue[&year]), "unit": "SEK",
        }));
        group_ids.insert(year, id);
    }
    let sentences = pages(random, name, other);
    let texts: Vec<Value> = sentences.iter().map(|page| json!({"id": page.id, "text": page.text})).collect();
    let slug: String = name.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let dossier = json!({
        "orgnr": orgnr, "facts": facts,
        "passages": [{"id": "P1", "url": format!("https://{slug}.example/om-oss"), "sha256": "5f".repeat(32), "fetched_at": "2026-03-01T08:00:00Z", "sentences": texts}],
    });
    Company { name: name.to_owned(), orgnr, figures, group_revenue, ids, group_ids, sentences, dossier }
}

fn number(value: f64) -> Value {
    if value.fract() == 0.0 { json!(value as i64) } else { json!(value) }
}

/// Sentences in Swedish and English; `other` makes those of two companies differ.
fn pages(random: &mut Random, name: &str, other: usize) -> Vec<Page> {
    let city = *random.pick(&CITIES);
    let customer = *random.pick(&CUSTOMERS);
    let founded = random.within(1921, 2009);
    let staff = random.within(11, 480);
    let customers = random.within(15, 90) * 100;
    let share = random.within(21, 89);
    let written = crate::text::swedish_number(customers as f64, 0);
    let product = *random.pick(&[
        "plåtdetaljer",
        "handverktyg",
        "surdegsbröd",
        "båttillbehör",
        "limträbalkar",
        "specialtransporter",
        "värmepumpar",
    ]);
    let rows: Vec<(&'static str, String, i64, String)> = vec![
        (
            "founded",
            format!("{name} grundades {founded} i {city} och är fortfarande familjeägt."),
            founded,
            city.to_owned(),
        ),
        ("staff", format!("Vi är {staff} medarbetare på kontoret i {city}."), staff, city.to_owned()),
        (
            "customers",
            format!("I dag levererar vi {product} till {written} kunder, bland dem {customer}."),
            customers,
            customer.to_owned(),
        ),
        (
            "denied",
            format!("Vi är inte certifierade enligt ISO {}, men arbetar efter dess principer.", 9001 + other),
            9001,
            "ISO".to_owned(),
        ),
        ("export", format!("Exporten står för {share} % av försäljningen."), share, String::new()),
        (
            "english",
            format!("Our workshop in {city} serves more than {customers} customers."),
            customers,
            city.to_owned(),
        ),
        (
            "english_product",
            format!("We design and manufacture equipment for hospitals and deliver to {customer}."),
            0,
            customer.to_owned(),
        ),
        ("nearly", format!("Anläggningen är nästan {} kvadratmeter stor.", staff * 10), staff * 10, String::new()),
    ];
    rows.into_iter()
        .enumerate()
        .map(|(index, (kind, text, number, name))| Page { id: format!("P1.{}", index + 1), text, kind, number, name })
        .collect()
}

impl Company {
    pub fn get(&self, field: &'static str, year: i32) -> f64 {
        self.figures[&(field, year)]
    }

    pub fn id(&self, field: &str, year: i32) -> String {
        self.ids[&(field.to_owned(), year)].clone()
    }

    pub fn page(&self, kind: &str) -> &Page {
        self.sentences.iter().find(|page| page.kind == kind).unwrap()
    }
}
