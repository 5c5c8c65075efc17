//! What a model wrote of a company, in the shape in which reports are given to other programs.

use domain::analysis::uplift::CompanyReport;
use domain::analysis::written::words;
use domain::analysis::{LeverView, Report, Section, Statement};
use domain::evidence::Language;
use serde_json::{Value, json};

/// A report for other programs: what a model wrote and a program checked. A part of which no sentence stands is the rules', and so are
/// amounts, which are arithmetic on figures. Every sentence keeps what it rests on; the whole analysis stands under `report`.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn company_report(rules: &CompanyReport, report: &Report, language: Language) -> serde_json::Result<Value> {
    let mut content = serde_json::to_value(rules)?;
    let facts = |wanted: Section| {
        let found = report.sections.iter().filter(move |section| section.section == wanted);
        found.flat_map(|section| &section.facts)
    };
    if let Some(joined) = joined(facts(Section::BusinessModel)) {
        content["business_model"] = joined;
    }
    let against: Vec<Value> = facts(Section::Risks).chain(facts(Section::Weaknesses)).map(told).collect();
    if !against.is_empty() {
        content["weaknesses"] = Value::Array(against);
    }
    if !report.levers.is_empty() {
        content["uplift_ops"] = report.levers.iter().map(|lever| op(lever, rules, language)).collect();
    }
    if let Some(joined) = joined(facts(Section::OutreachAngle)) {
        content["outreach_angle"] = joined;
    } else if !report.suggestions.is_empty() {
        // A suggestion states nothing, so it rests on nothing.
        content["outreach_angle"] = json!({ "text": report.suggestions.join(" "), "evidence": [] });
    }
    content["report"] = serde_json::to_value(report)?;
    Ok(content)
}

fn told(statement: &Statement) -> Value {
    json!({ "text": statement.text, "evidence": statement.cites })
}

/// Several sentences as one text; `None` where there is none.
fn joined<'a>(statements: impl Iterator<Item = &'a Statement>) -> Option<Value> {
    let statements: Vec<&Statement> = statements.collect();
    let texts: Vec<&str> = statements.iter().map(|statement| statement.text.as_str()).collect();
    let cites: Vec<_> = statements.iter().flat_map(|statement| &statement.cites).collect();
    (!texts.is_empty()).then(|| json!({ "text": texts.join(" "), "evidence": cites }))
}

fn op(view: &LeverView, rules: &CompanyReport, language: Language) -> Value {
    let reasons: Vec<&str> = view.reasons.iter().map(|reason| reason.text.as_str()).collect();
    let cites: Vec<_> = view.reasons.iter().flat_map(|reason| &reason.cites).collect();
    let amount = rules.uplift_ops.iter().filter(|op| op.lever == view.lever).find_map(|op| op.amount);
    json!({
        "code": view.lever.key(),
        "lever": view.lever,
        "name": format!("{}: {}", words(view.lever.label(), language), reasons.join(" ")),
        "impact": view.impact,
        "effort": view.effort,
        "amount": amount,
        "evidence": cites,
    })
}
