//! Sentences as analysts write them, in several ways, from the numbers that they are to state.

use crate::random::Random;

/// How a field is called, in a subject: Swedish, English.
pub fn name(field: &str, language: &str, random: &mut Random) -> &'static str {
    let (sv, en): (&[&str], &[&str]) = match field {
        "revenue" => (
            &["omsättningen", "nettoomsättningen", "bolagets omsättning", "försäljningen"],
            &["revenue", "net sales", "turnover", "the company's revenue"],
        ),
        "ebitda" => (&["EBITDA", "bolagets EBITDA"], &["EBITDA", "the company's EBITDA"]),
        "ebit" => (&["rörelseresultatet", "EBIT"], &["EBIT", "the operating result"]),
        "result_after_financial_items" => (
            &["resultatet efter finansiella poster", "resultatet efter finansnetto"],
            &["the result after financial items", "profit after financial items"],
        ),
        "net_income" => (&["årets resultat", "nettoresultatet"], &["net income", "the net result"]),
        "total_assets" => (
            &["balansomslutningen", "de totala tillgångarna", "summa tillgångar"],
            &["total assets", "the balance sheet total"],
        ),
        "equity" => (&["det egna kapitalet", "eget kapital"], &["equity", "shareholders' equity"]),
        "cash" => (&["kassan", "likvida medel", "kassa och bank"], &["cash", "cash and bank", "the cash balance"]),
        "inventory" => (&["varulagret", "lagret"], &["inventory", "inventories"]),
        "personnel_costs" => (&["personalkostnaderna"], &["personnel costs", "staff costs"]),
        "net_debt" => (&["nettoskulden"], &["net debt"]),
        "employees" => (&["antalet anställda", "medelantalet anställda"], &["the number of employees", "headcount"]),
        "equity_ratio" => (&["soliditeten"], &["the equity ratio"]),
        "ebitda_margin" => (&["EBITDA-marginalen"], &["the EBITDA margin"]),
        "ebit_margin" => (&["rörelsemarginalen"], &["the operating margin", "the EBIT margin"]),
        "dso" => (&["kundkredittiden"], &["days sales outstanding"]),
        "interest_cover" => (&["räntetäckningsgraden"], &["interest cover"]),
        "net_debt_to_ebitda" => (&["nettoskuld/EBITDA"], &["net debt/EBITDA", "net debt to EBITDA"]),
        other => panic!("no words for {other}"),
    };
    if language == "sv" {
        sv[(random.next() % sv.len() as u64) as usize]
    } else {
        en[(random.next() % en.len() as u64) as usize]
    }
}

pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn fill(template: &str, parts: &[(&str, &str)]) -> String {
    let mut out = template.to_owned();
    for (key, value) in parts {
        out = out.replace(&format!("{{{key}}}"), value);
    }
    capital(&out)
}

pub fn level(field: &str, amount: &str, year: i32, language: &str, random: &mut Random) -> String {
    let templates: &[&str] = if language == "sv" {
        &[
            "{field} uppgick till {amount} {year}.",
            "{year} uppgick {field} till {amount}.",
            "Under {year} var {field} {amount}.",
            "{field} {year}: {amount}.",
            "{field} landade på {amount} år {year}.",
            "För räkenskapsåret {year} redovisades {field} på {amount}.",
            "{field} var {amount} räkenskapsåret {year}.",
            "Enligt årsredovisningen för {year} var {field} {amount}.",
            "{field} stod på {amount} under {year}.",
            "Vid utgången av {year} låg {field} på {amount}.",
            "{field} hamnade på {amount} {year}.",
        ]
    } else {
        &[
            "{field} amounted to {amount} in {year}.",
            "In {year}, {field} was {amount}.",
            "{field} stood at {amount} in {year}.",
            "For the financial year {year}, {field} came in at {amount}.",
            "{field} ({year}): {amount}.",
            "The company reported {field} of {amount} for {year}.",
            "{field} reached {amount} in {year}.",
            "According to the annual report for {year}, {field} was {amount}.",
            "{field} totalled {amount} in fiscal {year}.",
        ]
    };
    let mut field = name(field, language, random).to_owned();
    let template = *random.pick(templates);
    if template.contains("The company reported") {
        field = field.replace("the company's ", "").replace("the ", "a ");
    }
    fill(template, &[("field", &field), ("amount", amount), ("year", &year.to_string())])
}

/// `by` and `to` are written; `up` says which way.
pub fn growth(
    field: &str,
    up: bool,
    by: &str,
    to: Option<&str>,
    years: (i32, i32),
    language: &str,
    random: &mut Random,
) -> String {
    let verbs: &[&str] = match (language, up) {
        ("sv", true) => &["ökade", "steg", "växte"],
        ("sv", false) => &["minskade", "sjönk", "föll"],
        (_, true) => &["increased", "rose", "grew"],
        (_, false) => &["decreased", "fell", "declined"],
    };
    let nouns = match (language, up) {
        ("sv", true) => "en ökning",
        ("sv", false) => "en minskning",
        (_, true) => "an increase",
        (_, false) => "a decrease",
    };
    let short: &[&str] = match (language, to.is_some(), years.1 - years.0 == 1) {
        ("sv", true, true) => &[
            "{field} {verb} med {by} till {to} {year}.",
            "{year} {verb} {field} med {by} till {to}.",
            "{field} {verb} {by} till {to} under {year}.",
            "{field} var {to} {year}, {noun} med {by} jämfört med {before}.",
            "{field} {verb} till {to} {year}, vilket motsvarar {noun} på {by}.",
            "{field} {verb} {year} med {by} och uppgick till {to}.",
        ],
        ("sv", true, false) => &[
            "{field} {verb} med {by} från {before} till {year} och uppgick då till {to}.",
            "Mellan {before} och {year} {verb} {field} med {by} till {to}.",
        ],
        ("sv", false, true) => &[
            "{field} {verb} med {by} {year}.",
            "Jämfört med {before} {verb} {field} med {by} {year}.",
            "{field} {verb} {by} mellan {before} och {year}.",
            "{year} {verb} {field} med {by} jämfört med året innan.",
        ],
        ("sv", false, false) => &[
            "Sedan {before} har {field} fram till {year} {participle} med {by}.",
            "{field} {verb} med {by} mellan {before} och {year}.",
            "Från {before} till {year} {verb} {field} med {by}.",
        ],
        (_, true, true) => &[
            "{field} {verb} by {by} to {to} in {year}.",
            "In {year}, {field} {verb} {by} to {to}.",
            "{field} was {to} in {year}, {noun} of {by} from {before}.",
            "{field} {verb} to {to} in {year}, {updown} {by} year-on-year.",
            "{field} came to {to} in {year}, {updown} {by} compared with {before}.",
        ],
        (_, true, false) => &[
            "Between {before} and {year}, {field} {verb} by {by} to {to}.",
            "{field} {verb} by {by} from {before} to {year}, reaching {to}.",
        ],
        (_, false, true) => &[
            "{field} {verb} by {by} in {year}.",
            "Compared with {before}, {field} {verb} {by} in {year}.",
            "{field} {verb} by {by} from {before} to {year}.",
            "{field} {verb} {by} year-over-year in {year}.",
        ],
        (_, false, false) => {
            &["{field} {verb} by {by} between {before} and {year}.", "From {before} to {year}, {field} {verb} by {by}."]
        }
    };
    let participle = if up { "ökat" } else { "minskat" };
    let updown = if up { "up" } else { "down" };
    let (field, verb) = (name(field, language, random), *random.pick(verbs));
    let template = *random.pick(short);
    fill(
        template,
        &[
            ("field", field),
            ("verb", verb),
            ("noun", nouns),
            ("by", by),
            ("to", to.unwrap_or_default()),
            ("year", &years.1.to_string()),
            ("before", &years.0.to_string()),
            ("participle", participle),
            ("updown", updown),
        ],
    )
}

pub fn from_to(
    field: &str,
    up: bool,
    from: &str,
    to: &str,
    years: (i32, i32),
    language: &str,
    random: &mut Random,
) -> String {
    let verb = match (language, up) {
        ("sv", true) => "ökade",
        ("sv", false) => "minskade",
        (_, true) => "rose",
        (_, false) => "fell",
    };
    let templates: &[&str] = if language == "sv" {
        &[
            "{field} {verb} från {from} {before} till {to} {year}.",
            "Mellan {before} och {year} {verb} {field} från {from} till {to}.",
            "{field} var {from} {before} och {to} {year}.",
            "{field} uppgick till {to} {year} ({before}: {from}).",
            "{field} {year} var {to}, jämfört med {from} {before}.",
        ]
    } else {
        &[
            "{field} {verb} from {from} in {before} to {to} in {year}.",
            "Between {before} and {year}, {field} {verb} from {from} to {to}.",
            "{field} was {from} in {before} and {to} in {year}.",
            "{field} was {to} in {year}, compared with {from} in {before}.",
            "{field} amounted to {to} in {year} ({before}: {from}).",
        ]
    };
    let field = name(field, language, random);
    fill(
        random.pick::<&str>(templates),
        &[
            ("field", field),
            ("verb", verb),
            ("from", from),
            ("to", to),
            ("before", &years.0.to_string()),
            ("year", &years.1.to_string()),
        ],
    )
}

pub fn direction(
    field: &str,
    up: bool,
    denied: bool,
    years: (i32, i32),
    language: &str,
    random: &mut Random,
) -> String {
    let templates: &[&str] = match (language, denied) {
        ("sv", false) => &[
            "{field} {verb} {year}.",
            "{field} var {cmp} {year} än {before}.",
            "Jämfört med {before} {verb} {field} {year}.",
            "{year} {verb} {field} jämfört med föregående år.",
            "{field} {verb} mellan {before} och {year}.",
        ],
        ("sv", true) => &["{field} {verb} inte {year}.", "{field} var inte {cmp} {year} än {before}."],
        (_, false) => &[
            "{field} {verb} in {year}.",
            "{field} was {cmp} in {year} than in {before}.",
            "Compared with {before}, {field} {verb} in {year}.",
            "In {year}, {field} {verb} from the previous year.",
            "{field} {verb} between {before} and {year}.",
        ],
        (_, true) => &["{field} was not {cmp} in {year} than in {before}.", "{field} did not {infinitive} in {year}."],
    };
    let verb = match (language, up) {
        ("sv", true) => *random.pick(&["ökade", "steg"]),
        ("sv", false) => *random.pick(&["minskade", "sjönk"]),
        (_, true) => *random.pick(&["increased", "rose"]),
        (_, false) => *random.pick(&["decreased", "fell"]),
    };
    let compared = match (language, up) {
        ("sv", true) => "högre",
        ("sv", false) => "lägre",
        (_, true) => "higher",
        (_, false) => "lower",
    };
    let infinitive = if up { "rise" } else { "fall" };
    let field = name(field, language, random);
    fill(
        random.pick::<&str>(templates),
        &[
            ("field", field),
            ("verb", verb),
            ("cmp", compared),
            ("year", &years.1.to_string()),
            ("before", &years.0.to_string()),
            ("infinitive", infinitive),
        ],
    )
}

pub fn multiple(field: &str, word: &str, years: (i32, i32), language: &str, random: &mut Random) -> String {
    let templates: &[&str] = if language == "sv" {
        &["{field} {word} mellan {before} och {year}.", "Från {before} till {year} {word} {field}."]
    } else {
        &["{field} {word} between {before} and {year}.", "From {before} to {year}, {field} {word}."]
    };
    let field = name(field, language, random);
    fill(
        random.pick::<&str>(templates),
        &[("field", field), ("word", word), ("year", &years.1.to_string()), ("before", &years.0.to_string())],
    )
}

pub fn extreme(
    field: &str,
    highest: bool,
    years: (i32, i32),
    year: i32,
    language: &str,
    random: &mut Random,
) -> String {
    let word = match (language, highest) {
        ("sv", true) => "högsta",
        ("sv", false) => "lägsta",
        (_, true) => "highest",
        (_, false) => "lowest",
    };
    let since = year == years.1;
    let templates: &[&str] = match (language, since) {
        ("sv", true) => &[
            "{field} var {year} den {word} sedan {first}.",
            "{field} {year} var den {word} under perioden {first}–{year}.",
        ],
        ("sv", false) => &[
            "{field} var {year} den {word} under perioden {first}–{last}.",
            "Åren {first}–{last} var {field} som {word2} {year}.",
        ],
        (_, true) => {
            &["{field} in {year} was the {word} since {first}.", "In {year}, {field} was the {word} since {first}."]
        }
        (_, false) => &[
            "{field} in {year} was the {word} in the period {first}–{last}.",
            "Over {first}–{last}, {field} was {word} in {year}.",
        ],
    };
    let second = if highest { "högst" } else { "lägst" };
    let field = name(field, language, random);
    fill(
        random.pick::<&str>(templates),
        &[
            ("field", field),
            ("word2", second),
            ("word", word),
            ("year", &year.to_string()),
            ("first", &years.0.to_string()),
            ("last", &years.1.to_string()),
        ],
    )
}
