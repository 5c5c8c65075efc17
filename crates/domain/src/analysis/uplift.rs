//! The report by rules: how a company earns its money, what is weak, what could be done about it, and how to begin talking to it.
//!
//! Every sentence is made from figures and passages that stand beside it as its evidence, so that none needs a check afterwards. A figure
//! that is not known makes no sentence. Amounts of what could be done are ranges of plain arithmetic, not forecasts.

use serde::Serialize;

use super::rules::RULES;
use super::view::View;
use super::written::{self, words};
use super::{Analysis, Degree, Evidence, FindingKind, Lever};
use crate::catalogue::category_label;
use crate::evidence::Language;
use crate::facts::{CompanyFacts, FactValue};
use crate::label::Label;
use crate::website::{AboutSummary, WebsiteInsights};

/// Version of the report's rules.
pub const COMPANY_REPORT_VERSION: u32 = 3;

/// Days in which customers of a sound company have paid; what is beyond them ties up cash.
const USUAL_DSO: f64 = 45.0;
/// Share of revenue that a company needs as cash.
const NEEDED_CASH: f64 = 0.10;

/// A sentence and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// The sentence, in the language that was asked for.
    pub text: String,
    /// Never empty.
    pub evidence: Vec<Evidence>,
}

/// What an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountKind {
    /// More operating result in a year.
    ResultPerYear,
    /// Cash that is set free once.
    Cash,
}

/// From and to, in whole kronor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AmountRange {
    /// The smaller.
    pub low: i64,
    /// The greater.
    pub high: i64,
    /// What it is.
    pub kind: AmountKind,
}

/// Something that an owner could do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UpliftOp {
    /// Stable name of the rule.
    pub code: &'static str,
    /// The lever that it pulls, out of the vocabulary of all analyses.
    pub lever: Lever,
    /// What is to be done, with the figure that says so.
    pub name: String,
    /// How much it would do.
    pub impact: Degree,
    /// How hard it is.
    pub effort: Degree,
    /// How much in kronor, where figures tell.
    pub amount: Option<AmountRange>,
    /// The figures that it rests on.
    pub evidence: Vec<Evidence>,
}

/// What is said of a company.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CompanyReport {
    /// [`COMPANY_REPORT_VERSION`] that made it.
    pub report_version: u32,
    /// How it earns its money; `None` where neither its website nor its industry is known.
    pub business_model: Option<Statement>,
    /// What speaks against it, risks first.
    pub weaknesses: Vec<Statement>,
    /// What could be done, in the order of a fixed list.
    pub uplift_ops: Vec<UpliftOp>,
    /// What those with an amount per year would add up to, in words; `None` where none has one.
    pub impact_range: Option<String>,
    /// How to begin; `None` where nothing is known that a talk could begin with.
    pub outreach_angle: Option<Statement>,
}

/// Writes the report of a company from its figures, what its website says, and what the rules found.
#[must_use]
pub fn report(
    facts: &CompanyFacts,
    website: Option<&WebsiteInsights>,
    about: Option<&AboutSummary>,
    analysis: &Analysis,
    language: Language,
) -> CompanyReport {
    let view = View { facts, website };
    let uplift_ops: Vec<UpliftOp> = LEVERS.iter().filter_map(|lever| lever.of(view, language)).collect();
    CompanyReport {
        report_version: COMPANY_REPORT_VERSION,
        business_model: business_model(view, about, language),
        weaknesses: statements(view, analysis, language, |kind| kind != FindingKind::Strength),
        impact_range: impact_range(&uplift_ops, language),
        outreach_angle: outreach_angle(view, analysis, &uplift_ops, language),
        uplift_ops,
    }
}

fn figure(view: View<'_>, field: &'static str) -> Evidence {
    Evidence::Figure { field, value: view.value(field).clone() }
}

fn filled(view: View<'_>, label: Label, language: Language) -> String {
    written::filled(words(label, language), language, |field| view.value(field).clone())
}

fn statements(
    view: View<'_>,
    analysis: &Analysis,
    language: Language,
    wanted: impl Fn(FindingKind) -> bool,
) -> Vec<Statement> {
    let of = |finding: &super::Finding| {
        let rule = RULES.iter().find(|rule| rule.code == finding.code)?;
        Some(Statement { text: filled(view, rule.label, language), evidence: finding.evidence.clone() })
    };
    analysis.findings.iter().filter(|finding| wanted(finding.kind)).filter_map(of).collect()
}

/// The industry, and the company in its own words, quoted.
fn business_model(view: View<'_>, about: Option<&AboutSummary>, language: Language) -> Option<Statement> {
    let mut text = String::new();
    let mut evidence = Vec::new();
    if let Some(label) = view.code("sni").and_then(|code| category_label("sni", code)) {
        text = format!("{}: {}.", words(Label { sv: "Bransch", en: "Industry" }, language), words(label, language));
        evidence.push(figure(view, "sni"));
    }
    if let Some(passage) = about.and_then(|about| about.sentences.first()) {
        let says = words(Label { sv: "Bolaget skriver", en: "The company writes" }, language);
        text = format!("{text} {says}: “{}”", passage.quote).trim_start().to_owned();
        evidence.push(Evidence::Passage(passage.clone()));
    } else if let FactValue::Text(activity) = view.value("activity_description") {
        let says = words(Label { sv: "Registrerad verksamhet", en: "Registered activity" }, language);
        text = format!("{text} {says}: “{}”", activity.trim()).trim_start().to_owned();
        evidence.push(figure(view, "activity_description"));
    }
    (!evidence.is_empty()).then_some(Statement { text, evidence })
}

/// The strongest thing that is known of it and the first thing that could be done together.
fn outreach_angle(view: View<'_>, analysis: &Analysis, ops: &[UpliftOp], language: Language) -> Option<Statement> {
    // Nobody is called about a company that has ended.
    let has_ended = ["bankrupt", "deregistered", "winding_up"];
    if analysis.findings.iter().any(|finding| has_ended.contains(&finding.code)) {
        return None;
    }
    let strength = statements(view, analysis, language, |kind| kind == FindingKind::Strength).into_iter().next();
    let lever = ops.first();
    let begin = Label { sv: "Börja med det som är bra", en: "Begin with what is good" };
    let then = Label { sv: "Fråga sedan om", en: "Then ask about" };
    let mut text = String::new();
    let mut evidence = Vec::new();
    if let Some(strength) = strength {
        text = format!("{}: {}.", words(begin, language), strength.text);
        evidence.extend(strength.evidence);
    }
    if let Some(lever) = lever {
        text = format!("{text} {}: {}.", words(then, language), lever.name).trim_start().to_owned();
        evidence.extend(lever.evidence.iter().cloned());
    }
    (!evidence.is_empty()).then_some(Statement { text, evidence })
}

fn impact_range(ops: &[UpliftOp], language: Language) -> Option<String> {
    let yearly = ops.iter().filter_map(|op| op.amount).filter(|amount| amount.kind == AmountKind::ResultPerYear);
    let (low, high) = yearly.fold((0, 0), |(low, high): (i64, i64), amount| {
        (low.saturating_add(amount.low), high.saturating_add(amount.high))
    });
    let per_year = words(Label { sv: "mer rörelseresultat per år", en: "more operating result a year" }, language);
    let amount = |sek: i64| written::amount(sek as f64, language);
    (high > 0).then(|| format!("{}–{} {per_year}", amount(low), amount(high)))
}

/// Something that could be done, where the figures say so.
struct LeverRule {
    code: &'static str,
    lever: Lever,
    words: Label,
    impact: Degree,
    effort: Degree,
    fields: &'static [&'static str],
    holds: fn(View<'_>) -> bool,
    amount: fn(View<'_>) -> Option<(f64, f64, AmountKind)>,
}

impl LeverRule {
    fn of(&self, view: View<'_>, language: Language) -> Option<UpliftOp> {
        if !(self.holds)(view) {
            return None;
        }
        let evidence = self.fields.iter().filter(|field| !view.value(field).is_null());
        let amount = (self.amount)(view).and_then(|(low, high, kind)| range(low, high, kind));
        Some(UpliftOp {
            code: self.code,
            lever: self.lever,
            name: filled(view, self.words, language),
            impact: self.impact,
            effort: self.effort,
            amount,
            evidence: evidence.map(|field| figure(view, field)).collect(),
        })
    }
}

/// Whole kronor, where they are within reason.
#[allow(clippy::cast_possible_truncation, reason = "bounded to 10^15 kronor")]
fn range(low: f64, high: f64, kind: AmountKind) -> Option<AmountRange> {
    let is_fit = |value: f64| value.is_finite() && (0.0..1e15).contains(&value);
    (is_fit(low) && is_fit(high) && high >= 1.0).then(|| AmountRange {
        low: low.round() as i64,
        high: high.round() as i64,
        kind,
    })
}

/// What could be done, in the order in which it is told.
static LEVERS: &[LeverRule] = &[
    LeverRule {
        code: "raise_margin",
        lever: Lever::Pricing,
        words: Label {
            sv: "Höj rörelsemarginalen från {ebit_margin}: pris, inköp och sortiment",
            en: "Raise the EBIT margin from {ebit_margin}: prices, purchasing and range",
        },
        impact: Degree::High,
        effort: Degree::High,
        fields: &["ebit_margin", "revenue"],
        holds: |view| view.within("ebit_margin", -0.10, 0.08),
        // One to two percentage points.
        amount: |view| {
            view.number("revenue").map(|revenue| (revenue * 0.01, revenue * 0.02, AmountKind::ResultPerYear))
        },
    },
    LeverRule {
        code: "collect_faster",
        lever: Lever::WorkingCapital,
        words: Label {
            sv: "Få betalt snabbare: kunderna betalar efter {dso}",
            en: "Collect faster: customers pay after {dso}",
        },
        impact: Degree::Medium,
        effort: Degree::Low,
        fields: &["dso", "revenue"],
        holds: |view| view.at_least("dso", USUAL_DSO + 15.0),
        // Half of the days beyond the usual ones, or all of them.
        amount: |view| {
            let tied = view.number("revenue")? / 365.0 * (view.number("dso")? - USUAL_DSO);
            Some((tied / 2.0, tied, AmountKind::Cash))
        },
    },
    LeverRule {
        code: "reduce_inventory",
        lever: Lever::WorkingCapital,
        words: Label { sv: "Minska lagret: det räcker i {dio}", en: "Reduce inventory: it lasts {dio}" },
        impact: Degree::Medium,
        effort: Degree::Medium,
        fields: &["dio"],
        holds: |view| view.at_least("dio", 120.0),
        amount: |_| None,
    },
    LeverRule {
        code: "use_idle_cash",
        lever: Lever::Financing,
        words: Label {
            sv: "Sätt vilande kassa i arbete: {cash} av {total_assets} i tillgångar",
            en: "Put idle cash to work: {cash} of {total_assets} in assets",
        },
        impact: Degree::Medium,
        effort: Degree::Low,
        fields: &["cash", "total_assets", "revenue"],
        holds: |view| {
            let share = view.number("cash").zip(view.number("total_assets"));
            share.is_some_and(|(cash, assets)| assets > 0.0 && cash / assets >= 0.30)
                && view
                    .number("cash")
                    .zip(view.number("revenue"))
                    .is_some_and(|(cash, revenue)| cash > revenue * NEEDED_CASH)
        },
        amount: |view| {
            let idle = view.number("cash")? - view.number("revenue")? * NEEDED_CASH;
            Some((idle / 2.0, idle, AmountKind::Cash))
        },
    },
    LeverRule {
        code: "refinance_debt",
        lever: Lever::Financing,
        words: Label {
            sv: "Lägg om skulderna: räntetäckningsgrad {interest_cover}, nettoskuld {net_debt}",
            en: "Refinance the debt: interest cover of {interest_cover}, net debt of {net_debt}",
        },
        impact: Degree::Medium,
        effort: Degree::Medium,
        fields: &["interest_cover", "net_debt"],
        holds: |view| view.below("interest_cover", 3.0) && view.number("net_debt").is_some_and(|debt| debt > 0.0),
        amount: |_| None,
    },
    LeverRule {
        code: "restart_growth",
        lever: Lever::NewCustomers,
        words: Label {
            sv: "Få fart på försäljningen: {cagr_3y} per år i tre år",
            en: "Restart growth: {cagr_3y} a year over three years",
        },
        impact: Degree::High,
        effort: Degree::High,
        fields: &["cagr_3y"],
        holds: |view| view.below("cagr_3y", 0.02),
        amount: |_| None,
    },
    LeverRule {
        code: "raise_productivity",
        lever: Lever::Capacity,
        words: Label {
            sv: "Öka omsättningen per anställd från {revenue_per_employee}",
            en: "Raise revenue per employee from {revenue_per_employee}",
        },
        impact: Degree::Medium,
        effort: Degree::Medium,
        fields: &["revenue_per_employee", "employees"],
        holds: |view| view.below("revenue_per_employee", 1_000_000.0) && view.at_least("employees", 5.0),
        amount: |_| None,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Template, analyse};
    use crate::catalogue::{FIELDS, position};
    use crate::orgnr::Orgnr;

    fn facts(known: &[(&str, FactValue)]) -> CompanyFacts {
        let mut values = vec![FactValue::Null; FIELDS.len()];
        for (field, value) in known {
            values[position(field).unwrap()] = value.clone();
        }
        CompanyFacts { orgnr: "556012-5790".parse::<Orgnr>().unwrap(), values }
    }

    fn written(facts: &CompanyFacts, language: Language) -> CompanyReport {
        let analysis = analyse(facts, None, &Template::acquisition());
        report(facts, None, None, &analysis, language)
    }

    #[test]
    fn a_company_of_which_nothing_is_known_has_a_report_that_says_nothing() {
        let report = written(&facts(&[]), Language::Sv);
        assert_eq!((report.business_model, report.outreach_angle, report.impact_range), (None, None, None));
        assert!(report.weaknesses.is_empty() && report.uplift_ops.is_empty());
    }

    #[test]
    fn a_thin_margin_and_late_customers_are_told_with_their_figures_and_amounts() {
        let facts = facts(&[
            ("sni", FactValue::Text("25620".into())),
            ("revenue", FactValue::Integer(36_500_000)),
            ("ebit_margin", FactValue::Real(0.03)),
            ("dso", FactValue::Real(85.0)),
            ("equity_ratio", FactValue::Real(0.45)),
        ]);
        let report = written(&facts, Language::Sv);
        let weak: Vec<&str> = report.weaknesses.iter().map(|weakness| weakness.text.as_str()).collect();
        assert_eq!(weak, ["Tunn rörelsemarginal: 3,0 %", "Kunderna betalar sent: 85 dagar"]);
        assert_eq!(report.uplift_ops.iter().map(|op| op.code).collect::<Vec<_>>(), ["raise_margin", "collect_faster"]);
        // 1 and 2 % of 36.5 mkr; (85 − 45) days of 100 000 kr.
        assert_eq!(
            report.uplift_ops[0].amount,
            Some(AmountRange { low: 365_000, high: 730_000, kind: AmountKind::ResultPerYear })
        );
        assert_eq!(
            report.uplift_ops[1].amount,
            Some(AmountRange { low: 2_000_000, high: 4_000_000, kind: AmountKind::Cash })
        );
        assert_eq!(report.impact_range.as_deref(), Some("365 tkr–730 tkr mer rörelseresultat per år"));
        let angle = report.outreach_angle.unwrap();
        assert!(angle.text.starts_with("Börja med det som är bra: Stark soliditet: 45,0 %."), "{}", angle.text);
        assert!(report.business_model.unwrap().text.starts_with("Bransch: "));
    }

    #[test]
    fn every_sentence_names_its_evidence_and_leaves_no_place_unfilled() {
        let all = FIELDS.iter().map(|field| {
            let value = match field.kind {
                crate::catalogue::FieldKind::Amount | crate::catalogue::FieldKind::Integer => {
                    FactValue::Integer(50_000)
                }
                crate::catalogue::FieldKind::Ratio | crate::catalogue::FieldKind::Count => FactValue::Real(0.01),
                crate::catalogue::FieldKind::Date => FactValue::Date(chrono::NaiveDate::MIN),
                _ => FactValue::Null,
            };
            (field.key, value)
        });
        let facts = facts(&all.collect::<Vec<_>>());
        for language in [Language::Sv, Language::En] {
            let report = written(&facts, language);
            for statement in report.weaknesses.iter().chain(&report.outreach_angle) {
                assert!(!statement.evidence.is_empty() && !statement.text.contains(['{', '}']), "{}", statement.text);
            }
            for lever in LEVERS {
                let words = filled(View { facts: &facts, website: None }, lever.words, language);
                assert!(!words.contains(['{', '}', '–']), "{words}");
                assert!(lever.fields.iter().all(|field| position(field).is_some()), "{}", lever.code);
            }
        }
    }

    #[test]
    fn a_bankrupt_company_is_not_called() {
        let facts = facts(&[("status", FactValue::Text("bankrupt".into())), ("equity_ratio", FactValue::Real(0.6))]);
        let report = written(&facts, Language::En);
        assert_eq!(report.outreach_angle, None);
        assert_eq!(report.weaknesses[0].text, "The company is bankrupt");
    }
}
