//! The dossier of a company: everything that a model may speak of, numbered so that it can be cited.
//!
//! Pure and deterministic: the same input gives the same bytes, so that the hash of the dossier names it. Facts come first, newest year
//! first; then the pages, sentence by sentence, as far as there is room. What a reader of the page would not see, and what speaks to a
//! machine instead of a reader, is taken out and flagged.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::hostile::{self, FlagKind};
use crate::catalogue::{self, FieldKind, Unit};
use crate::evidence::{Dossier, Fact, Passage, Sentence, normalised};
use crate::facts::{CompanyFacts, FactValue};
use crate::fiscal_period::FiscalPeriod;
use crate::line::Line;
use crate::orgnr::Orgnr;
use crate::scope::Scope;
use crate::website::{PageText, sentences};

/// Version of the rules by which dossiers are made.
pub const DOSSIER_VERSION: u32 = 1;

/// Years of each scope at most.
const MOST_YEARS: usize = 6;

/// Lines of the statements that a dossier holds: totals and results, whose sign everybody reads in the same way.
const LINES: [Line; 16] = [
    Line::Revenue,
    Line::OperatingIncome,
    Line::GrossProfit,
    Line::Ebit,
    Line::ResultAfterFinancialItems,
    Line::NetIncome,
    Line::TotalAssets,
    Line::FixedAssets,
    Line::CurrentAssets,
    Line::Inventory,
    Line::Cash,
    Line::Equity,
    Line::LongTermLiabilities,
    Line::CurrentLiabilities,
    Line::OperatingCashFlow,
    Line::ProposedDividend,
];

/// Fields of the wide row that no line of a statement gives.
const DERIVED: [&str; 23] = [
    "ebitda",
    "growth_yoy",
    "cagr_3y",
    "gross_margin",
    "ebitda_margin",
    "ebit_margin",
    "net_margin",
    "roe",
    "roce",
    "roa",
    "equity_ratio",
    "quick_ratio",
    "current_ratio",
    "debt_to_equity",
    "net_debt",
    "net_debt_to_ebitda",
    "interest_cover",
    "asset_turnover",
    "revenue_per_employee",
    "dso",
    "dio",
    "dpo",
    "cash_cycle",
];

/// One fiscal year of one scope, whose figures are in SEK and break no accounting identity.
#[derive(Clone, Debug, PartialEq)]
pub struct Year {
    /// First to last day.
    pub period: FiscalPeriod,
    /// Company or group.
    pub scope: Scope,
    /// Lines with the filing that each comes from.
    pub amounts: Vec<(Line, i64, String)>,
    /// Average number of employees, with its filing.
    pub employees: Option<(f64, String)>,
}

/// What is known of a company.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// Its number.
    pub orgnr: Orgnr,
    /// Registered name.
    pub name: Option<&'a str>,
    /// Its years, in any order.
    pub years: &'a [Year],
    /// Its wide row.
    pub facts: Option<&'a CompanyFacts>,
    /// Pages of its own website, in any order.
    pub pages: &'a [PageText],
}

/// Something on a page that was taken out or made plain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// What it was.
    pub kind: FlagKind,
    /// The page.
    pub url: String,
    /// The words, in plain characters, shortened.
    pub text: String,
}

/// A dossier, and what did not come into it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CompanyDossier {
    /// What can be cited, in the form that `lode evidence check` reads.
    pub dossier: Dossier,
    /// What was taken out of the pages.
    pub flags: Vec<Flag>,
    /// Facts for which there was no room.
    pub facts_left_out: usize,
    /// Sentences for which there was no room.
    pub sentences_left_out: usize,
}

impl CompanyDossier {
    /// Whether there is nothing to speak of; then no model is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dossier.facts.is_empty() && self.dossier.passages.is_empty()
    }
}

/// Room that a fact takes in a prompt, in bytes.
const FACT_BYTES: usize = 130;
/// Room that a sentence takes beside its text.
const SENTENCE_BYTES: usize = 32;

/// Makes the dossier of a company, as large as `most_bytes` of prompt at most; facts take two thirds of it at most where there are pages.
#[must_use]
pub fn build(known: &Known<'_>, most_bytes: usize) -> CompanyDossier {
    let mut facts = facts(known);
    let for_facts = if known.pages.is_empty() { most_bytes } else { most_bytes / 3 * 2 };
    let kept = facts.len().min(for_facts / FACT_BYTES);
    let facts_left_out = facts.len() - kept;
    facts.truncate(kept);
    for (index, fact) in facts.iter_mut().enumerate() {
        fact.id = format!("F{}", index + 1);
    }
    let mut flags = Vec::new();
    let (passages, sentences_left_out) = passages(known, most_bytes - kept * FACT_BYTES, &mut flags);
    let dossier = Dossier { orgnr: known.orgnr.to_string(), name: known.name.map(str::to_owned), facts, passages };
    CompanyDossier { dossier, flags, facts_left_out, sentences_left_out }
}

/// Every fact, most telling first: the ratios of the newest year, then the years from the newest back, company before group.
fn facts(known: &Known<'_>) -> Vec<Fact> {
    let mut years: Vec<&Year> = known.years.iter().collect();
    years.sort_by_key(|year| (std::cmp::Reverse(year.period.end()), year.scope, year.period.start()));
    let mut seen = HashSet::new();
    // Of two periods that end on one day the longer one is the year.
    years.retain(|year| seen.insert((year.scope, year.period.end())));
    let mut facts = derived(known, &years);
    let mut counts = [0_usize; 2];
    for year in years {
        let count = &mut counts[usize::from(year.scope == Scope::Group)];
        *count += 1;
        if *count > MOST_YEARS {
            continue;
        }
        for line in LINES {
            let Some((_, amount, filing)) = year.amounts.iter().find(|(of, _, _)| *of == line) else { continue };
            facts.push(of_year(year, line.key(), *amount as f64, Unit::Sek, filing));
        }
        if let Some((employees, filing)) = &year.employees {
            facts.push(of_year(year, "employees", *employees, Unit::People, filing));
        }
    }
    facts
}

fn of_year(year: &Year, field: &str, value: f64, unit: Unit, filing: &str) -> Fact {
    Fact {
        id: String::new(),
        field: field.to_owned(),
        period_start: Some(year.period.start()),
        period_end: year.period.end(),
        scope: year.scope,
        value,
        unit,
        filing: Some(filing.to_owned()),
    }
}

/// Ratios of the wide row, which stand for the year that it shows.
fn derived(known: &Known<'_>, years: &[&Year]) -> Vec<Fact> {
    let Some(row) = known.facts else { return Vec::new() };
    let value = |key: &str| catalogue::position(key).and_then(|index| row.values.get(index));
    let Some(FactValue::Date(period_end)) = value("period_end") else { return Vec::new() };
    let of = |scope: Scope| years.iter().find(|year| year.scope == scope && year.period.end() == *period_end);
    // A year that is not among them is suspect or in another currency: nothing is said of it.
    let Some(year) = of(Scope::Company).or_else(|| of(Scope::Group)) else { return Vec::new() };
    let filing = year.amounts.first().map(|(_, _, filing)| filing.clone());
    let mut facts = Vec::new();
    for key in DERIVED {
        let Some(field) = catalogue::find(key) else { continue };
        let value = match value(key) {
            Some(FactValue::Integer(value)) => *value as f64,
            Some(FactValue::Real(value)) => *value,
            _ => continue,
        };
        if matches!(field.kind, FieldKind::Amount | FieldKind::Ratio | FieldKind::Count | FieldKind::Integer) {
            facts.push(Fact {
                id: String::new(),
                field: key.to_owned(),
                period_start: Some(year.period.start()),
                period_end: *period_end,
                scope: year.scope,
                value,
                unit: field.unit,
                filing: filing.clone(),
            });
        }
    }
    facts
}

/// The pages in sentences, homepage first, each sentence once; and how many sentences found no room.
fn passages(known: &Known<'_>, most_bytes: usize, flags: &mut Vec<Flag>) -> (Vec<Passage>, usize) {
    let mut pages: Vec<&PageText> = known.pages.iter().collect();
    pages.sort_by_key(|page| (page.url.trim_end_matches('/').matches('/').count(), page.url.len(), &page.url));
    let (mut passages, mut seen, mut room, mut left_out) = (Vec::new(), HashSet::new(), most_bytes, 0);
    for page in pages {
        let id = format!("P{}", passages.len() + 1);
        let mut kept = Vec::new();
        for sentence in sentences(&page.text) {
            let text = normalised(sentence);
            let found = hostile::kind(sentence, &text);
            if let Some(kind) = found {
                flags.push(Flag { kind, url: page.url.clone(), text: text.chars().take(200).collect() });
            }
            if !matches!(found, None | Some(FlagKind::Hidden)) {
                continue;
            }
            if text.is_empty() || !seen.insert(text.clone()) {
                continue;
            }
            let bytes = text.len() + SENTENCE_BYTES;
            if bytes > room {
                left_out += 1;
                continue;
            }
            room -= bytes;
            kept.push(Sentence { id: format!("{id}.{}", kept.len() + 1), text });
        }
        if !kept.is_empty() {
            passages.push(Passage {
                id,
                url: page.url.clone(),
                sha256: page.sha256.clone(),
                fetched_at: page.fetched_at,
                orgnr: Some(known.orgnr.to_string()),
                sentences: kept,
            });
        }
    }
    (passages, left_out)
}
