// Longer than 500 lines because it is one list: every kind of true claim and of planted falsehood, read from top to bottom.
//! True claims and planted falsehoods of a company, by kind.

use serde_json::{Value, json};

use crate::company::{Company, FIRST, LAST};
use crate::random::Random;
use crate::render;
use crate::text::{english_number, money, percent, swedish_number};

pub struct Case {
    pub kind: &'static str,
    pub is_true: bool,
    pub language: &'static str,
    pub text: String,
    pub cites: Value,
}

const MONEY: [&str; 11] = [
    "revenue",
    "ebitda",
    "ebit",
    "result_after_financial_items",
    "net_income",
    "total_assets",
    "equity",
    "cash",
    "personnel_costs",
    "net_debt",
    "inventory",
];
const POSITIVE: [&str; 6] = ["revenue", "total_assets", "equity", "cash", "personnel_costs", "inventory"];
const SHARES: [&str; 3] = ["equity_ratio", "ebitda_margin", "ebit_margin"];

fn ids(ids: &[String]) -> Value {
    ids.iter().map(|id| json!({"id": id})).collect()
}

fn quoted(id: &str, quote: &str) -> Value {
    json!([{"id": id, "quote": quote}])
}

/// Everything that the generator knows to write about a company.
pub struct Writer<'a> {
    pub company: &'a Company,
    pub other: &'a Company,
    pub random: &'a mut Random,
    pub cases: Vec<Case>,
}

impl Writer<'_> {
    fn push(&mut self, kind: &'static str, is_true: bool, language: &'static str, text: String, cites: Value) {
        self.cases.push(Case { kind, is_true, language, text, cites });
    }

    fn year(&mut self) -> i32 {
        self.random.within(i64::from(FIRST) + 1, i64::from(LAST)) as i32
    }

    /// The figure as people speak of it.
    fn spoken(&self, field: &'static str, year: i32) -> f64 {
        let value = self.company.get(field, year);
        if field == "personnel_costs" { -value } else { value }
    }

    pub fn write(&mut self, language: &'static str) {
        self.levels(language);
        self.growth(language);
        self.shares(language);
        self.counts(language);
        self.words(language);
        self.series(language);
        self.scope(language);
        self.entities(language);
        self.compound(language);
        self.pages(language);
    }

    fn levels(&mut self, language: &'static str) {
        let field = *self.random.pick(&MONEY);
        let year = self.year();
        let style = (self.random.next() % 12) as usize;
        let value = self.spoken(field, year);
        let (amount, step) = money(value, language, style);
        let cite = ids(&[self.company.id(field, year)]);
        let text = render::level(field, &amount, year, language, self.random);
        self.push("level", true, language, text, cite.clone());

        // One digit changed, where the change can be seen.
        let place = step * 10_f64.powi((self.random.next() % 2) as i32);
        let wrong = value + place * *self.random.pick(&[-4.0, -3.0, -2.0, 2.0, 3.0, 5.0]);
        let (amount, _) = money(wrong, language, style);
        let text = render::level(field, &amount, year, language, self.random);
        self.push("digit", false, language, text, cite.clone());

        // The same digits in another scale.
        let (amount, _) = money(value, language, 0);
        let wrong = if language == "sv" {
            amount.replace("mkr", self.random.pick::<&str>(&["tkr", "mdkr", "kr"]))
        } else {
            amount.replace("million", self.random.pick::<&str>(&["thousand", "billion"]))
        };
        let text = render::level(field, &wrong, year, language, self.random);
        self.push("scale", false, language, text, cite.clone());

        // Another unit or currency.
        let digits = if language == "sv" { swedish_number(value / 1e6, 1) } else { english_number(value / 1e6, 1) };
        let unit = if language == "sv" {
            *self.random.pick(&[" %", " miljoner euro", " MEUR", " personer", " dagar", " miljoner dollar"])
        } else {
            *self.random.pick(&["%", " million euros", " MUSD", " people", " days", "x"])
        };
        let text = render::level(field, &format!("{digits}{unit}"), year, language, self.random);
        self.push("unit", false, language, text, cite.clone());

        // The sign.
        let signed = *self.random.pick(&["ebit", "net_income", "result_after_financial_items", "ebitda"]);
        let value = self.company.get(signed, year);
        let (amount, _) = money(-value, language, style);
        let text = render::level(signed, &amount, year, language, self.random);
        let own = ids(&[self.company.id(signed, year)]);
        if value != 0.0 {
            self.push("sign", false, language, text, own.clone());
        }
        let (size, _) = money(value.abs(), language, 0);
        let (loss, gain) = if language == "sv" {
            (
                format!("Bolaget redovisade en nettoförlust på {size} {year}."),
                format!("Bolaget redovisade en nettovinst på {size} {year}."),
            )
        } else {
            (
                format!("The company reported a net loss of {size} in {year}."),
                format!("The company reported a net profit of {size} in {year}."),
            )
        };
        if signed == "net_income" && value.abs() > 60_000.0 {
            let (right, wrong) = if value < 0.0 { (loss, gain) } else { (gain, loss) };
            self.push("gain or loss", true, language, right, own.clone());
            self.push("sign", false, language, wrong, own);
        }

        // Another year than the figure's.
        let (amount, step) = money(self.spoken(field, year), language, style);
        let wrong = if year == LAST { year - 1 } else { year + 1 };
        if (self.spoken(field, wrong) - self.spoken(field, year)).abs() > step {
            let text = render::level(field, &amount, wrong, language, self.random);
            self.push("year", false, language, text, cite.clone());
            let text = render::level(field, &amount, wrong, language, self.random);
            let both = ids(&[self.company.id(field, year), self.company.id(field, wrong)]);
            self.push("year", false, language, text, both);
        }

        // The value of the row beside it.
        let next = MONEY[(MONEY.iter().position(|other| *other == field).unwrap() + 1) % MONEY.len()];
        let (amount, step) = money(self.spoken(next, year), language, style);
        if (self.spoken(next, year) - self.spoken(field, year)).abs() > step {
            let text = render::level(field, &amount, year, language, self.random);
            let cites = if self.random.chance(50) { ids(&[self.company.id(next, year)]) } else { cite.clone() };
            self.push("neighbour row", false, language, text, cites);
        }

        // The right figure, cited wrongly.
        let (amount, _) = money(self.spoken(field, year), language, style);
        let text = render::level(field, &amount, year, language, self.random);
        let wrong = if self.random.chance(50) {
            self.company.id(next, year)
        } else {
            self.company.id(field, if year == LAST { year - 1 } else { year + 1 })
        };
        self.push("wrong cite", false, language, text.clone(), ids(&[wrong]));
        self.push("unknown cite", false, language, text.clone(), ids(&["F9999".to_owned()]));
        self.push("no cite", false, language, text, json!([]));

        // Rounded up where it must be rounded down.
        let value = self.spoken(field, year);
        let tenths = value / 1e5;
        if tenths.fract() > 0.02 && tenths.fract() < 0.48 && value > 0.0 {
            let wrong = tenths.ceil() / 10.0;
            let amount = if language == "sv" {
                format!("{} mkr", swedish_number(wrong, 1))
            } else {
                format!("SEK {} million", english_number(wrong, 1))
            };
            let text = render::level(field, &amount, year, language, self.random);
            self.push("rounding up", false, language, text, cite);
        }
    }

    fn growth(&mut self, language: &'static str) {
        let field = *self.random.pick(&POSITIVE);
        let year = self.year();
        let before = if self.random.chance(75) { year - 1 } else { (year - 2).max(FIRST) };
        let (new, old) = (self.spoken(field, year), self.spoken(field, before));
        let change = new / old - 1.0;
        let cites = ids(&[self.company.id(field, year), self.company.id(field, before)]);
        let decimals = (self.random.next() % 2) as usize;
        if change.abs() < 0.012 {
            return;
        }
        let up = change > 0.0;
        let by = percent(change.abs(), language, decimals);
        let style = (self.random.next() % 12) as usize;
        let (to, _) = money(new, language, style);
        let with_level = self.random.chance(50).then_some(to.as_str());
        let text = render::growth(field, up, &by, with_level, (before, year), language, self.random);
        self.push("growth", true, language, text, cites.clone());

        let text = render::growth(field, !up, &by, with_level, (before, year), language, self.random);
        self.push("direction", false, language, text, cites.clone());
        let wrong = percent(change.abs() + *self.random.pick(&[0.03, 0.05, 0.11, -0.04]), language, decimals);
        let text = render::growth(field, up, &wrong, with_level, (before, year), language, self.random);
        self.push("growth figure", false, language, text, cites.clone());
        let text = render::growth(field, up, &by, with_level, (before, year), language, self.random);
        self.push("one year cited", false, language, text, ids(&[self.company.id(field, year)]));

        let (from, _) = money(old, language, style);
        let text = render::from_to(field, up, &from, &to, (before, year), language, self.random);
        self.push("from and to", true, language, text, cites.clone());
        if from != to {
            let text = render::from_to(field, up, &to, &from, (before, year), language, self.random);
            self.push("values swapped", false, language, text, cites.clone());
        }

        // An absolute change.
        let (by, step) = money((new - old).abs(), language, 0);
        if (new - old).abs() > step * 3.0 {
            let text = render::growth(field, up, &by, None, (before, year), language, self.random);
            self.push("absolute change", true, language, text, cites.clone());
            let (by, _) = money((new - old).abs() + step * 3.0, language, 0);
            let text = render::growth(field, up, &by, None, (before, year), language, self.random);
            self.push("growth figure", false, language, text, cites);
        }

        let text = render::direction(field, up, false, (year - 1, year), language, self.random);
        let (new, old) = (self.spoken(field, year), self.spoken(field, year - 1));
        let pair = ids(&[self.company.id(field, year), self.company.id(field, year - 1)]);
        let up = new > old;
        let _ = text;
        for (denied, says_up, is_true, kind) in [
            (false, up, true, "direction only"),
            (false, !up, false, "comparison"),
            (true, !up, true, "denied direction"),
            (true, up, false, "negation"),
        ] {
            let text = render::direction(field, says_up, denied, (year - 1, year), language, self.random);
            self.push(kind, is_true, language, text, pair.clone());
        }

        // A plain level, denied.
        let (amount, _) = money(new, language, style);
        let text = if language == "sv" {
            format!(
                "{} uppgick inte till {amount} {year}.",
                render::capital(render::name(field, language, self.random))
            )
        } else {
            format!("{} was not {amount} in {year}.", render::capital(render::name(field, language, self.random)))
        };
        self.push("negation", false, language, text, pair);

        // Growth over several years, as a yearly rate.
        let (first, last) = (LAST - 3, LAST);
        let rate = (self.spoken(field, last) / self.spoken(field, first)).powf(1.0 / 3.0) - 1.0;
        if rate.abs() > 0.01 {
            let cites = ids(&[self.company.id(field, first), self.company.id(field, last)]);
            let field_name = render::capital(render::name(field, language, self.random));
            let write = |rate: f64| {
                let by = percent(rate.abs(), language, 1);
                match (language, rate > 0.0) {
                    ("sv", true) => format!("{field_name} växte i snitt med {by} per år mellan {first} och {last}."),
                    ("sv", false) => {
                        format!("{field_name} minskade i snitt med {by} per år mellan {first} och {last}.")
                    }
                    (_, true) => format!("{field_name} grew by {by} per year on average between {first} and {last}."),
                    (_, false) => format!("{field_name} fell by {by} per year on average between {first} and {last}."),
                }
            };
            self.push("yearly rate", true, language, write(rate), cites.clone());
            self.push("growth figure", false, language, write(rate + if rate > 0.0 { 0.021 } else { -0.021 }), cites);
        }
    }

    fn shares(&mut self, language: &'static str) {
        let field = *self.random.pick(&SHARES);
        let year = self.year();
        let value = self.company.get(field, year);
        let cites = ids(&[self.company.id(field, year)]);
        let decimals = (self.random.next() % 2) as usize;
        let text = render::level(field, &percent(value, language, decimals), year, language, self.random);
        self.push("share", true, language, text, cites.clone());
        let text = render::level(
            field,
            &percent(value + *self.random.pick(&[0.02, -0.03, 0.1]), language, decimals),
            year,
            language,
            self.random,
        );
        self.push("digit", false, language, text, cites);

        // Points and per cent.
        let old = self.company.get(field, year - 1);
        let points = ((value - old) * 1000.0).round() / 1000.0;
        let pair = ids(&[self.company.id(field, year), self.company.id(field, year - 1)]);
        if points.abs() >= 0.004 && old > 0.03 && (value / old - 1.0 - points).abs() > 0.01 {
            let number = if language == "sv" {
                swedish_number(points.abs() * 100.0, 1)
            } else {
                english_number(points.abs() * 100.0, 1)
            };
            let by = if language == "sv" {
                format!("{number} {}", *self.random.pick(&["procentenheter", "procentenheter", "%-enheter"]))
            } else {
                format!("{number} {}", *self.random.pick(&["percentage points", "pp"]))
            };
            if (value - old - points).abs() < 0.00049 {
                let text = render::growth(field, points > 0.0, &by, None, (year - 1, year), language, self.random);
                self.push("points", true, language, text, pair.clone());
                let wrong = if language == "sv" { format!("{number} %") } else { format!("{number}%") };
                let text = render::growth(field, points > 0.0, &wrong, None, (year - 1, year), language, self.random);
                self.push("points as per cent", false, language, text, pair);
            }
        }

        // One figure as a part of another.
        let (part, whole) = *self.random.pick(&[
            ("personnel_costs", "revenue"),
            ("cash", "total_assets"),
            ("equity", "total_assets"),
            ("inventory", "total_assets"),
        ]);
        let ratio = self.spoken(part, year) / self.spoken(whole, year);
        let both = ids(&[self.company.id(part, year), self.company.id(whole, year)]);
        let (a, b) =
            (render::capital(render::name(part, language, self.random)), render::name(whole, language, self.random));
        let write = |ratio: f64| {
            let by = percent(ratio, language, 0);
            if language == "sv" {
                format!("{a} motsvarade {by} av {b} {year}.")
            } else {
                format!("{a} corresponded to {by} of {b} in {year}.")
            }
        };
        self.push("part of", true, language, write(ratio), both.clone());
        self.push("ratio", false, language, write(ratio + 0.03), both);

        // A margin that the facts give together.
        let margin = self.company.get("ebit", year) / self.company.get("revenue", year);
        let both = ids(&[self.company.id("ebit", year), self.company.id("revenue", year)]);
        let write = |margin: f64| {
            let by = percent(margin, language, 1);
            if language == "sv" {
                format!("Rörelsemarginalen uppgick till {by} {year}.")
            } else {
                format!("The operating margin was {by} in {year}.")
            }
        };
        self.push("recomputed ratio", true, language, write(margin), both.clone());
        self.push("ratio", false, language, write(margin + 0.012), both);
    }

    fn counts(&mut self, language: &'static str) {
        let year = self.year();
        let employees = self.company.get("employees", year);
        let cites = ids(&[self.company.id("employees", year)]);
        let style = self.random.next() % 4;
        let write = |count: f64| {
            let count = if language == "sv" { swedish_number(count, 0) } else { english_number(count, 0) };
            match (language, style) {
                ("sv", 0) => format!("Bolaget hade {count} anställda {year}."),
                ("sv", 1) => format!("{year} hade företaget {count} medarbetare."),
                ("sv", 2) => format!("Antalet anställda uppgick till {count} {year}."),
                ("sv", _) => format!("Medelantalet anställda var {count} under {year}."),
                (_, 0) => format!("The company had {count} employees in {year}."),
                (_, 1) => format!("In {year}, the company employed {count} people."),
                (_, 2) => format!("The number of employees was {count} in {year}."),
                (_, _) => format!("Headcount averaged {count} in {year}."),
            }
        };
        let right = write(employees);
        if !right.contains("averaged") && !right.contains("employed") {
            self.push("employees", true, language, right, cites.clone());
        }
        let wrong = write(employees + *self.random.pick(&[-2.0, 1.0, 3.0, 10.0]));
        self.push("digit", false, language, wrong, cites.clone());
        let wrong = if language == "sv" {
            format!("Bolaget hade {employees} kunder {year}.")
        } else {
            format!("The company had {employees} customers in {year}.")
        };
        self.push("unit", false, language, wrong, cites);

        let days = self.company.get("dso", year);
        let cites = ids(&[self.company.id("dso", year)]);
        let write = |days: f64| {
            if language == "sv" {
                format!("Kundkredittiden var {days} dagar {year}.")
            } else {
                format!("Days sales outstanding stood at {days} days in {year}.")
            }
        };
        self.push("days", true, language, write(days), cites.clone());
        self.push("digit", false, language, write(days + 7.0), cites.clone());
        let wrong = if language == "sv" {
            format!("Kundkredittiden var {days} månader {year}.")
        } else {
            format!("Days sales outstanding stood at {days} months in {year}.")
        };
        self.push("unit", false, language, wrong, cites);

        let field = *self.random.pick(&["interest_cover", "net_debt_to_ebitda"]);
        let times = self.company.get(field, year);
        let cites = ids(&[self.company.id(field, year)]);
        let number = |times: f64| {
            if language == "sv" {
                format!("{} {}", swedish_number(times, 1), "gånger")
            } else {
                format!("{}{}", english_number(times, 1), if times > 5.0 { " times" } else { "x" })
            }
        };
        let text = render::level(field, &number(times), year, language, self.random);
        self.push("times", true, language, text, cites.clone());
        let text = render::level(field, &number(times + 0.7), year, language, self.random);
        self.push("digit", false, language, text, cites);
    }

    /// Words that say how exactly a number is meant.
    fn words(&mut self, language: &'static str) {
        let field = *self.random.pick(&POSITIVE);
        let year = self.year();
        let millions = self.spoken(field, year) / 1e6;
        if millions < 2.0 || (millions.fract() - 0.5).abs() > 0.38 {
            return;
        }
        let (below, above) = (millions.floor(), millions.ceil());
        let cites = ids(&[self.company.id(field, year)]);
        let (unit, unit_before) = if language == "sv" { (" miljoner kronor", "") } else { (" million", "SEK ") };
        let write = |writer: &mut Self, kind: &'static str, is_true: bool, words: &[&str], number: f64| {
            let word = *writer.random.pick(words);
            let text =
                render::level(field, &format!("{word} {unit_before}{number}{unit}"), year, language, writer.random);
            // "stood at over", "till över" and the like read badly with some frames and are still understood.
            writer.push(kind, is_true, language, text, cites.clone());
        };
        let (over, under, more, less): (&[&str], &[&str], &[&str], &[&str]) = if language == "sv" {
            (&["drygt", "strax över"], &["knappt", "nästan", "närmare"], &["mer än", "över"], &["mindre än", "under"])
        } else {
            (
                &["just over", "slightly more than"],
                &["nearly", "almost", "just under"],
                &["more than", "over"],
                &["less than", "below"],
            )
        };
        write(self, "word of size", true, over, below);
        write(self, "word of size", true, under, above);
        write(self, "word of size", true, more, below);
        write(self, "word of size", true, less, above);
        write(self, "wrong word of size", false, over, above);
        write(self, "wrong word of size", false, under, below);
        write(self, "wrong word of size", false, more, above);
        write(self, "wrong word of size", false, less, below);
        write(self, "wrong word of size", false, over, (below * 0.7).floor());

        // Numbers in words.
        let words_sv = ["två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];
        let words_en = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        let nearest = millions.round();
        if (2.0..=11.0).contains(&nearest) {
            let (right, wrong) = (nearest as usize - 2, nearest as usize - 1);
            let amount = |at: usize| {
                if language == "sv" {
                    format!("{} miljoner kronor", words_sv[at])
                } else {
                    format!("{} million kronor", words_en[at])
                }
            };
            let text = render::level(field, &amount(right), year, language, self.random);
            self.push("number in words", true, language, text, cites.clone());
            let text = render::level(field, &amount(wrong), year, language, self.random);
            self.push("digit", false, language, text, cites);
        }
    }

    fn series(&mut self, language: &'static str) {
        let field = *self.random.pick(&POSITIVE);
        // Doubled and halved.
        let (before, year) = (LAST - self.random.within(1, 4) as i32, LAST);
        let ratio = self.spoken(field, year) / self.spoken(field, before);
        let cites = ids(&[self.company.id(field, before), self.company.id(field, year)]);
        let (doubled, halved): (&[&str], &[&str]) = if language == "sv" {
            (&["fördubblades", "dubblades"], &["halverades"])
        } else {
            (&["doubled"], &["halved"])
        };
        for (words, exact) in [(doubled, 2.0), (halved, 0.5)] {
            let is_true = ratio > exact * 0.97 && ratio < exact * 1.05;
            let is_false = ratio < exact * 0.8 || ratio > exact * 1.3;
            if is_true || is_false {
                let word = *self.random.pick(words);
                let text = render::multiple(field, word, (before, year), language, self.random);
                self.push(
                    if is_true { "doubled or halved" } else { "multiple" },
                    is_true,
                    language,
                    text,
                    cites.clone(),
                );
            }
        }
        let more = if language == "sv" { "mer än fördubblades" } else { "more than doubled" };
        if ratio > 2.05 && ratio < 3.5 || ratio < 1.9 {
            let text = render::multiple(field, more, (before, year), language, self.random);
            self.push(if ratio > 2.0 { "doubled or halved" } else { "multiple" }, ratio > 2.0, language, text, cites);
        }

        // Highest and lowest.
        let values: Vec<(i32, f64)> = (FIRST..=LAST).map(|year| (year, self.spoken(field, year))).collect();
        let all: Vec<String> = (FIRST..=LAST).map(|year| self.company.id(field, year)).collect();
        let best = values.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0;
        let worst = values.iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0;
        let neither = values
            .iter()
            .map(|(year, _)| *year)
            .find(|year| *year != best && *year != worst && *year > FIRST)
            .unwrap_or(best);
        let text = render::extreme(field, true, (FIRST, LAST), best, language, self.random);
        self.push("superlative", true, language, text, ids(&all));
        let text = render::extreme(field, false, (FIRST, LAST), worst, language, self.random);
        self.push("superlative", true, language, text, ids(&all));
        let text = render::extreme(field, self.random.chance(50), (FIRST, LAST), neither, language, self.random);
        let later_is_higher = values
            .iter()
            .any(|(year, value)| *year > FIRST && *year != neither && *value > self.spoken(field, neither));
        let later_is_lower = values
            .iter()
            .any(|(year, value)| *year > FIRST && *year != neither && *value < self.spoken(field, neither));
        if later_is_higher && later_is_lower && neither != best {
            self.push("false superlative", false, language, text, ids(&all));
        }
        let name = render::capital(render::name(field, language, self.random));
        let (amount, _) = money(self.spoken(field, best), language, 0);
        let cite = ids(&[self.company.id(field, best)]);
        let boast = if language == "sv" {
            *self.random.pick(&[
                "det högsta i bolagets historia",
                "högst i branschen",
                "störst i Sverige",
                "ett rekord",
            ])
        } else {
            *self.random.pick(&[
                "the highest in the company's history",
                "the highest in the industry",
                "the largest in Sweden",
                "an all-time record",
            ])
        };
        let text = if language == "sv" {
            format!("{name} uppgick till {amount} {best}, {boast}.")
        } else {
            format!("{name} was {amount} in {best}, {boast}.")
        };
        self.push("false superlative", false, language, text, cite);

        // Several years in a row.
        let rises = (LAST - 2..=LAST).all(|year| self.spoken(field, year) > self.spoken(field, year - 1));
        let cites = ids(&(LAST - 3..=LAST).map(|year| self.company.id(field, year)).collect::<Vec<_>>());
        let text = if language == "sv" {
            format!("{name} ökade tre år i rad till och med {LAST}.")
        } else {
            format!("{name} increased for three consecutive years to {LAST}.")
        };
        self.push(if rises { "years in a row" } else { "years not in a row" }, rises, language, text, cites);

        // Two figures of a year against each other.
        let (a, b) = *self.random.pick(&[("equity", "net_debt"), ("cash", "inventory"), ("ebitda", "personnel_costs")]);
        let year = self.year();
        let both = ids(&[self.company.id(a, year), self.company.id(b, year)]);
        let (first, second) =
            (render::capital(render::name(a, language, self.random)), render::name(b, language, self.random));
        let is_more = self.spoken(a, year) > self.spoken(b, year);
        for (more, is_true) in [(is_more, true), (!is_more, false)] {
            let text = match (language, more) {
                ("sv", true) => format!("{first} var större än {second} {year}."),
                ("sv", false) => format!("{first} var mindre än {second} {year}."),
                (_, true) => format!("{first} exceeded {second} in {year}."),
                (_, false) => format!("{first} was lower than {second} in {year}."),
            };
            self.push(if is_true { "two figures" } else { "comparison" }, is_true, language, text, both.clone());
        }

        // The newest year in words.
        let (amount, step) = money(self.spoken(field, LAST), language, 0);
        let (old, _) = money(self.spoken(field, LAST - 1), language, 0);
        let write = |amount: &str| {
            if language == "sv" {
                format!("{name} uppgick till {amount} senaste räkenskapsåret.")
            } else {
                format!("{name} was {amount} last year.")
            }
        };
        self.push("last year", true, language, write(&amount), ids(&[self.company.id(field, LAST)]));
        if (self.spoken(field, LAST) - self.spoken(field, LAST - 1)).abs() > step {
            self.push("not last year", false, language, write(&old), ids(&[self.company.id(field, LAST - 1)]));
        }
        let growth = self.spoken(field, LAST) / self.spoken(field, LAST - 1) - 1.0;
        if growth.abs() > 0.02 {
            let by = percent(growth.abs(), language, 0);
            let pair = ids(&[self.company.id(field, LAST), self.company.id(field, LAST - 1)]);
            let write = |up: bool| match (language, up) {
                ("sv", true) => format!("{name} ökade med {by} i fjol."),
                ("sv", false) => format!("{name} minskade med {by} i fjol."),
                (_, true) => format!("{name} grew {by} last year."),
                (_, false) => format!("{name} fell {by} last year."),
            };
            self.push("last year", true, language, write(growth > 0.0), pair.clone());
            self.push("direction", false, language, write(growth < 0.0), pair);
        }
        // A part of a year is not a year.
        let part = if language == "sv" {
            *self.random.pick(&["tredje kvartalet", "första halvåret"])
        } else {
            *self.random.pick(&["the third quarter of", "the first half of"])
        };
        let text = if language == "sv" {
            format!("{name} uppgick till {amount} {part} {LAST}.")
        } else {
            format!("{name} was {amount} in {part} {LAST}.")
        };
        self.push("part of a year", false, language, text, ids(&[self.company.id(field, LAST)]));
    }

    fn scope(&mut self, language: &'static str) {
        let year = self.year();
        let style = (self.random.next() % 12) as usize;
        let (group, _) = money(self.company.group_revenue[&year], language, style);
        let (own, _) = money(self.company.get("revenue", year), language, style);
        let group_cite = ids(&[self.company.group_ids[&year].clone()]);
        let own_cite = ids(&[self.company.id("revenue", year)]);
        let write = |who: &str, amount: &str| {
            if language == "sv" {
                format!("{who} omsättning uppgick till {amount} {year}.")
            } else {
                format!("{who} revenue amounted to {amount} in {year}.")
            }
        };
        let (group_words, own_words): (&[&str], &[&str]) = if language == "sv" {
            (&["Koncernens"], &["Bolagets", "Moderbolagets"])
        } else {
            (&["Group", "Consolidated", "The group's"], &["The company's", "The parent company's"])
        };
        let (group_word, own_word) = (*self.random.pick(group_words), *self.random.pick(own_words));
        self.push("group", true, language, write(group_word, &group), group_cite.clone());
        self.push("own company", true, language, write(own_word, &own), own_cite.clone());
        self.push("scope", false, language, write(own_word, &group), group_cite.clone());
        self.push("scope", false, language, write(group_word, &own), own_cite);
        let text = render::level("revenue", &group, year, language, self.random);
        self.push("scope", false, language, text, group_cite);
    }

    fn entities(&mut self, language: &'static str) {
        let year = self.year();
        let (amount, _) = money(self.company.get("revenue", year), language, 0);
        let cites = ids(&[self.company.id("revenue", year)]);
        let style = self.random.next() % 3;
        let write = |name: &str| match (language, style) {
            ("sv", 0) => format!("{name} omsatte {amount} {year}."),
            ("sv", 1) => format!("{name} AB redovisade en omsättning på {amount} {year}."),
            ("sv", _) => format!("Omsättningen i {name} uppgick till {amount} {year}."),
            (_, 0) => format!("{name} reported revenue of {amount} in {year}."),
            (_, 1) => format!("{name} AB had net sales of {amount} in {year}."),
            (_, _) => format!("Revenue at {name} was {amount} in {year}."),
        };
        let (own, other) = (self.company.name.clone(), self.other.name.clone());
        self.push("own name", true, language, write(&own), cites.clone());
        if other != own {
            self.push("entity", false, language, write(&other), cites.clone());
        }
        let customer = self.company.page("customers").name.clone();
        self.push("entity", false, language, write(&customer), cites.clone());
        let number = self.other.orgnr.clone();
        let text = if language == "sv" {
            format!("Bolaget ({number}) omsatte {amount} {year}.")
        } else {
            format!("The company ({number}) had revenue of {amount} in {year}.")
        };
        self.push("entity", false, language, text, cites);
    }

    fn compound(&mut self, language: &'static str) {
        let year = self.year();
        let (revenue, _) = money(self.company.get("revenue", year), language, 0);
        let (ebit, _) = money(self.company.get("ebit", year), language, 1);
        let (wrong, _) = money(self.company.get("ebit", year) + 310_000.0, language, 1);
        let both = ids(&[self.company.id("revenue", year), self.company.id("ebit", year)]);
        let write = |ebit: &str| {
            if language == "sv" {
                format!("Omsättningen var {revenue} och rörelseresultatet {ebit} {year}.")
            } else {
                format!("Revenue was {revenue} and EBIT was {ebit} in {year}.")
            }
        };
        self.push("two figures in one", true, language, write(&ebit), both.clone());
        self.push("compound", false, language, write(&wrong), both.clone());
        let tail = if language == "sv" {
            *self.random.pick(&[
                "och bolaget expanderade till Norge",
                "tack vare ett stort förvärv",
                "och kunderna är mycket nöjda",
                "eftersom priserna höjdes",
                "medan konkurrenterna tappade",
                "och ledningen väntas tillträda nya tjänster",
            ])
        } else {
            *self.random.pick(&[
                "and the company expanded into Norway",
                "thanks to a large acquisition",
                "and customers are very loyal",
                "because prices were raised",
                "while competitors lost ground",
                "and the founder intends to retire",
            ])
        };
        let text = if language == "sv" {
            format!("Omsättningen var {revenue} {year} {tail}.")
        } else {
            format!("Revenue was {revenue} in {year} {tail}.")
        };
        self.push("compound", false, language, text, both.clone());
        let part = if language == "sv" {
            *self.random.pick(&[
                "Exportomsättningen",
                "Den återkommande omsättningen",
                "Omsättningen från service",
                "Omsättningen i Norge",
            ])
        } else {
            *self.random.pick(&["Export revenue", "Recurring revenue", "Revenue from services", "Revenue in Norway"])
        };
        let text = if language == "sv" {
            format!("{part} var {revenue} {year}.")
        } else {
            format!("{part} was {revenue} in {year}.")
        };
        self.push("part of a figure", false, language, text, both);
    }

    fn pages(&mut self, language: &'static str) {
        let company = self.company;
        let frame = |quote: &str| {
            if language == "sv" {
                format!("Webbplatsen anger: ”{quote}”")
            } else {
                format!("The website says: “{quote}”")
            }
        };
        for page in &company.sentences {
            if page.kind == "nearly" || page.kind == "denied" {
                continue;
            }
            self.push("quote", true, language, frame(&page.text), quoted(&page.id, &page.text));
        }
        let page = self.random.pick(&company.sentences).clone();
        // A word cut out of the middle, two sentences spliced, a number changed, a word put in.
        let words: Vec<&str> = page.text.split(' ').collect();
        let gone = 1 + (self.random.next() % (words.len() as u64 - 2)) as usize;
        let cut: Vec<&str> = words.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, word)| *word).collect();
        let cut = cut.join(" ");
        if !page.text.contains(&cut) {
            self.push("quote with a word cut", false, language, frame(&cut), quoted(&page.id, &cut));
        }
        let second = company.sentences.iter().find(|other| other.id != page.id).unwrap();
        let half = words[..words.len() / 2].join(" ");
        let rest: Vec<&str> = second.text.split(' ').collect();
        let spliced = format!("{half} {}", rest[rest.len() / 2..].join(" "));
        self.push("quote spliced", false, language, frame(&spliced), quoted(&page.id, &spliced));
        let dots = format!("{} … {}", words[0], words[words.len() - 1]);
        self.push("quote spliced", false, language, frame(&dots), quoted(&page.id, &dots));
        let elsewhere = company.sentences.iter().find(|other| other.id != page.id).unwrap();
        self.push("quote from another sentence", false, language, frame(&page.text), quoted(&elsewhere.id, &page.text));
        let foreign = self.other.page("founded");
        if foreign.text != company.page("founded").text {
            self.push(
                "quote of another company",
                false,
                language,
                frame(&foreign.text),
                quoted(&company.page("founded").id, &foreign.text),
            );
        }
        let denied = company.page("denied");
        let tail = denied.text.trim_start_matches("Vi är inte ").to_owned();
        self.push("quote without its denial", false, language, frame(&tail), quoted(&denied.id, &tail));
        let short = denied.text.split(',').next().unwrap().trim_start_matches("Vi är inte ").to_owned();
        let text = if language == "sv" {
            format!("Bolaget är {short}.")
        } else {
            format!("The company is certified: “{short}”")
        };
        self.push("quote without its denial", false, language, text, quoted(&denied.id, &short));
        let text = if language == "sv" {
            "Bolaget är certifierat enligt ISO 9001.".to_owned()
        } else {
            "The company is certified to ISO 9001.".to_owned()
        };
        self.push("negation", false, language, text, quoted(&denied.id, &denied.text));
        let nearly = company.page("nearly");
        let text = if language == "sv" {
            format!("Anläggningen är {} kvadratmeter stor.", nearly.number)
        } else {
            format!("The site measures {} square metres.", nearly.number)
        };
        let inner = format!("{} kvadratmeter stor.", nearly.number);
        self.push("quote without its limit", false, language, text, quoted(&nearly.id, &inner));

        // Told in other words.
        let founded = company.page("founded");
        let write = |year: i64, city: &str| {
            if language == "sv" {
                format!("Bolaget grundades {year} i {city}.")
            } else {
                format!("The company was founded in {year} in {city}.")
            }
        };
        self.push(
            "told in own words",
            true,
            language,
            write(founded.number, &founded.name),
            quoted(&founded.id, &founded.text),
        );
        self.push(
            "page's number",
            false,
            language,
            write(founded.number + 10, &founded.name),
            quoted(&founded.id, &founded.text),
        );
        self.push(
            "entity",
            false,
            language,
            write(founded.number, if founded.name == "Kiruna" { "Falun" } else { "Kiruna" }),
            quoted(&founded.id, &founded.text),
        );
        let staff = company.page("staff");
        let write = |count: i64| {
            if language == "sv" {
                format!("Bolaget har {count} medarbetare i {}.", staff.name)
            } else {
                format!("The company has {count} employees in {}.", staff.name)
            }
        };
        self.push("told in own words", true, language, write(staff.number), quoted(&staff.id, &staff.text));
        self.push("page's number", false, language, write(staff.number + 9), quoted(&staff.id, &staff.text));
        let customers = company.page("customers");
        let write = |count: i64, name: &str| {
            if language == "sv" {
                format!("Bolaget levererar till {} kunder, bland dem {name}.", swedish_number(count as f64, 0))
            } else {
                format!("The company delivers to {} customers, among them {name}.", english_number(count as f64, 0))
            }
        };
        self.push(
            "told in own words",
            true,
            language,
            write(customers.number, &customers.name),
            quoted(&customers.id, &customers.text),
        );
        self.push(
            "page's number",
            false,
            language,
            write(customers.number * 10, &customers.name),
            quoted(&customers.id, &customers.text),
        );
        if self.other.name != company.name {
            self.push(
                "entity",
                false,
                language,
                write(customers.number, &self.other.name),
                quoted(&customers.id, &customers.text),
            );
        }
        let export = company.page("export");
        let write = |share: i64| {
            if language == "sv" {
                format!("Exporten står för {share} % av försäljningen.")
            } else {
                format!("Exports account for {share}% of sales.")
            }
        };
        self.push("told in own words", true, language, write(export.number), quoted(&export.id, &export.text));
        self.push("page's number", false, language, write(export.number + 6), quoted(&export.id, &export.text));
        let boast = if language == "sv" {
            format!("Bolaget är den ledande leverantören till {}.", customers.name)
        } else {
            format!("The company is the leading supplier to {}.", customers.name)
        };
        self.push("false superlative", false, language, boast, quoted(&customers.id, &customers.text));
        let stretched = if language == "sv" {
            format!("Bolaget har {} medarbetare i {} och är störst i regionen.", staff.number, staff.name)
        } else {
            format!("The company has {} employees in {} and is the largest in the region.", staff.number, staff.name)
        };
        self.push("compound", false, language, stretched, quoted(&staff.id, &staff.text));
        let unquoted = if language == "sv" {
            format!("Bolaget har {} medarbetare i {}.", staff.number, staff.name)
        } else {
            format!("The company has {} employees in {}.", staff.number, staff.name)
        };
        self.push("passage without quote", false, language, unquoted, json!([{"id": staff.id}]));
        let look_alike = page.text.replacen('a', "\u{430}", 1);
        self.push("look-alike letters", false, language, frame(&look_alike), quoted(&page.id, &look_alike));
        let url = if language == "sv" {
            format!("Enligt https://fel.example/om: ”{}”", staff.text)
        } else {
            format!("According to https://wrong.example/about: “{}”", staff.text)
        };
        self.push("invented address", false, language, url, quoted(&staff.id, &staff.text));
    }
}
