//! The rules analyst's report: the same shape as a model's, filled by rules that compared the figures themselves.

use super::lever::{Lever, Section};
use super::report::{Citation, Counts, LeverView, REPORT_VERSION, Report, SectionFacts, Statement, recommendation_of};
use super::{Analysis, Evidence, Finding, FindingKind, RULES};
use crate::catalogue::{self, Unit, category_label};
use crate::evidence::{Language, Verdict, unit_name};
use crate::facts::{CompanyFacts, FactValue};
use crate::scope::Scope;
use crate::website::{AboutSummary, Passage, WebsiteInsights};

/// Sentences of the company's own words that describe its business.
const OWN_WORDS: usize = 3;

/// What the rules rest on besides the findings.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The wide row.
    pub facts: &'a CompanyFacts,
    /// The company in its own words.
    pub about: Option<&'a AboutSummary>,
    /// What its website says.
    pub website: Option<&'a WebsiteInsights>,
    /// The filing of the figures, where it is known, and whose they are.
    pub filing: Option<&'a str>,
    /// Company or group.
    pub scope: Scope,
}

/// Which lever a finding points at.
const LEVERS: [(&str, Lever); 12] = [
    ("thin_margin", Lever::Pricing),
    ("operating_loss", Lever::CostReduction),
    ("slow_payers", Lever::WorkingCapital),
    ("tight_liquidity", Lever::WorkingCapital),
    ("shrinking", Lever::NewCustomers),
    ("volatile_revenue", Lever::RecurringRevenue),
    ("recurring_revenue", Lever::RecurringRevenue),
    ("few_people", Lever::Organisation),
    ("high_leverage", Lever::Financing),
    ("weak_equity", Lever::Financing),
    ("debt_without_earnings", Lever::Financing),
    ("net_cash", Lever::Acquisitions),
];

/// The report of an analysis by rules.
#[must_use]
pub fn rules_report(analysis: &Analysis, basis: &Basis<'_>, language: Language) -> Report {
    let mut sections = Vec::new();
    let own = basis.about.map(|about| about.sentences.as_slice()).unwrap_or_default();
    push(
        &mut sections,
        Section::BusinessModel,
        own.iter().take(OWN_WORDS).map(|words| quoted(words, language)).collect(),
    );
    let products = basis.website.map(|website| website.products.as_slice()).unwrap_or_default();
    push(
        &mut sections,
        Section::Products,
        products.iter().take(OWN_WORDS).map(|words| quoted(words, language)).collect(),
    );
    let customers = basis.website.map(|website| website.customers.as_slice()).unwrap_or_default();
    push(
        &mut sections,
        Section::Customers,
        customers.iter().take(OWN_WORDS).map(|words| quoted(words, language)).collect(),
    );
    for (section, kind) in [
        (Section::Strengths, FindingKind::Strength),
        (Section::Weaknesses, FindingKind::Weakness),
        (Section::Risks, FindingKind::RiskFlag),
    ] {
        let of_kind = analysis.findings.iter().filter(|finding| finding.kind == kind);
        push(&mut sections, section, of_kind.filter_map(|finding| said(finding, basis, language)).collect());
    }
    let mut levers: Vec<LeverView> = Vec::new();
    for (code, lever) in LEVERS {
        let finding = analysis.findings.iter().find(|finding| finding.code == code);
        let Some(reason) = finding.and_then(|finding| said(finding, basis, language)) else { continue };
        match levers.iter_mut().find(|view| view.lever == lever) {
            Some(view) => view.reasons.push(reason),
            None => levers.push(LeverView { lever, impact: None, effort: None, reasons: vec![reason] }),
        }
    }
    let mut counts = Counts::default();
    let stated: usize = sections.iter().map(|section: &SectionFacts| section.facts.len()).sum();
    (0..stated).for_each(|_| counts.add(Verdict::Verified));
    let not_found = Section::ALL.iter().copied().filter(|section| sections.iter().all(|one| one.section != *section));
    Report {
        version: REPORT_VERSION,
        language,
        dossier_sha256: None,
        not_found: not_found.collect(),
        sections,
        levers,
        fit: Vec::new(),
        recommendation: recommendation_of(analysis.score.points, analysis.score.coverage),
        model_opinion: None,
        suggestions: Vec::new(),
        open_questions: Vec::new(),
        unverified: Vec::new(),
        counts,
        flags: Vec::new(),
        by_people: Vec::new(),
        person_recommendation: None,
        person_levers: None,
    }
}

fn push(sections: &mut Vec<SectionFacts>, section: Section, facts: Vec<Statement>) {
    if !facts.is_empty() {
        sections.push(SectionFacts { section, facts });
    }
}

/// Words of the company, as its words.
fn quoted(passage: &Passage, language: Language) -> Statement {
    let says = match language {
        Language::Sv => "Webbplatsen säger",
        Language::En => "The website says",
    };
    Statement { text: format!("{says}: “{}”", passage.quote), cites: vec![cite(passage)] }
}

fn cite(passage: &Passage) -> Citation {
    Citation::Passage {
        id: None,
        quote: passage.quote.clone(),
        url: passage.url.clone(),
        sha256: passage.sha256.clone(),
        fetched_at: passage.fetched_at,
    }
}

/// A finding as a sentence, with what the rule compared.
fn said(finding: &Finding, basis: &Basis<'_>, language: Language) -> Option<Statement> {
    let rule = RULES.iter().find(|rule| rule.code == finding.code)?;
    let label = match language {
        Language::Sv => rule.label.sv,
        Language::En => rule.label.en,
    };
    let mut text = label.to_owned();
    for field in rule.fields() {
        let value = catalogue::position(field).and_then(|index| basis.facts.values.get(index));
        text = text.replace(&format!("{{{field}}}"), &written(field, value.unwrap_or(&FactValue::Null), language));
    }
    let cites: Vec<Citation> = finding.evidence.iter().map(|evidence| of(evidence, basis)).collect();
    (!cites.is_empty()).then_some(Statement { text, cites })
}

fn of(evidence: &Evidence, basis: &Basis<'_>) -> Citation {
    let (field, value) = match evidence {
        Evidence::Passage(passage) => return cite(passage),
        Evidence::Figure { field, value } => (*field, value),
    };
    let number = match value {
        FactValue::Integer(value) => Some(*value as f64),
        FactValue::Real(value) => Some(*value),
        _ => None,
    };
    let period_end = match catalogue::position("period_end").and_then(|index| basis.facts.values.get(index)) {
        Some(FactValue::Date(day)) => Some(*day),
        _ => None,
    };
    match (number, period_end) {
        (Some(value), Some(period_end)) => Citation::Figure {
            id: None,
            field: field.to_owned(),
            period_start: None,
            period_end,
            scope: basis.scope,
            value,
            unit: unit_name(catalogue::find(field).map_or(Unit::None, |field| field.unit)).to_owned(),
            filing: basis.filing.map(str::to_owned),
        },
        _ => Citation::Register {
            field: field.to_owned(),
            value: serde_json::to_value(value).unwrap_or(serde_json::Value::Null),
        },
    }
}

/// A value in the words of a language: `12,3 mkr`, `12.3%`, `45 dagar`.
fn written(field: &str, value: &FactValue, language: Language) -> String {
    let number = match value {
        FactValue::Integer(value) => *value as f64,
        FactValue::Real(value) => *value,
        FactValue::Date(day) => return day.to_string(),
        FactValue::Text(code) => {
            let label = category_label(field, code);
            return label.map_or_else(
                || code.to_string(),
                |label| match language {
                    Language::Sv => label.sv.to_string(),
                    Language::En => label.en.to_string(),
                },
            );
        }
        _ => return "–".to_owned(),
    };
    let decimals = |number: f64, places: usize| {
        let text = format!("{number:.places$}");
        if language == Language::Sv { text.replace('.', ",").replace('-', "−") } else { text }
    };
    let sv = language == Language::Sv;
    match catalogue::find(field).map_or(Unit::None, |field| field.unit) {
        Unit::Sek if number.abs() >= 1e6 => {
            let amount = decimals(number / 1e6, 1);
            if sv { format!("{amount} mkr") } else { format!("SEK {amount} million") }
        }
        Unit::Sek => {
            let amount = decimals(number / 1e3, 0);
            if sv { format!("{amount} tkr") } else { format!("SEK {amount} thousand") }
        }
        Unit::Share => format!("{} %", decimals(number * 100.0, 1)),
        Unit::Times => format!("{} {}", decimals(number, 1), if sv { "gånger" } else { "times" }),
        Unit::Days => format!("{} {}", decimals(number, 0), if sv { "dagar" } else { "days" }),
        _ if number.fract() == 0.0 => decimals(number, 0),
        _ => decimals(number, 1),
    }
}
