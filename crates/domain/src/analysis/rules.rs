//! The rules, one row each: what they compare, their words, and what they rest on.
//!
//! Limits are the usual ones of Swedish credit analysis: an equity ratio of 40 % counts as strong and 20 % as weak, a quick ratio
//! under 100 % as tight; Altman's zones are his own (1995); 3.5 times EBITDA is what banks commonly lend at most to small companies.

use super::view::View;
use super::{Evidence, Finding, FindingKind};
use crate::label::Label;
use crate::website::{Passage, WebsiteInsights};

/// One rule. `{field}` in its words stands for the value of a field that it names, written in that field's unit.
pub struct Rule {
    /// Stable name.
    pub code: &'static str,
    /// Which way it points.
    pub kind: FindingKind,
    /// What it says when it holds.
    pub label: Label,
    /// Highest score that a company to which it applies can have, 0 to 100.
    pub cap: Option<u8>,
    basis: Basis,
}

/// What a rule looks at.
enum Basis {
    /// Fields of the catalogue, all of which are its evidence, and the comparison.
    Figures(&'static [&'static str], fn(View<'_>) -> bool),
    /// Passages of the website; the rule holds where there are any.
    Website(fn(&WebsiteInsights) -> Vec<Passage>),
}

impl Rule {
    /// Fields of the catalogue that the rule compares.
    #[must_use]
    pub fn fields(&self) -> &'static [&'static str] {
        match self.basis {
            Basis::Figures(fields, _) => fields,
            Basis::Website(_) => &[],
        }
    }

    /// The finding, where the rule holds.
    pub(super) fn find(&self, view: View<'_>) -> Option<Finding> {
        let evidence = match &self.basis {
            Basis::Figures(fields, holds) => {
                if !holds(view) {
                    return None;
                }
                let known = fields.iter().map(|field| (*field, view.value(field).clone()));
                known
                    .filter(|(_, value)| !value.is_null())
                    .map(|(field, value)| Evidence::Figure { field, value })
                    .collect::<Vec<_>>()
            }
            Basis::Website(passages) => passages(view.website?).into_iter().map(Evidence::Passage).collect(),
        };
        // A finding that rests on nothing is not shown.
        (!evidence.is_empty()).then_some(Finding { code: self.code, kind: self.kind, evidence })
    }
}

const fn figures(
    kind: FindingKind,
    code: &'static str,
    (sv, en): (&'static str, &'static str),
    fields: &'static [&'static str],
    holds: fn(View<'_>) -> bool,
) -> Rule {
    Rule { code, kind, label: Label { sv, en }, cap: None, basis: Basis::Figures(fields, holds) }
}

const fn website(
    kind: FindingKind,
    code: &'static str,
    (sv, en): (&'static str, &'static str),
    passages: fn(&WebsiteInsights) -> Vec<Passage>,
) -> Rule {
    Rule { code, kind, label: Label { sv, en }, cap: None, basis: Basis::Website(passages) }
}

impl Rule {
    const fn capped(mut self, points: u8) -> Self {
        self.cap = Some(points);
        self
    }
}

use FindingKind::{RiskFlag, Strength, Weakness};

/// Every rule: risks first, then strengths and weaknesses, in the order in which they are shown.
pub static RULES: &[Rule] = &[
    figures(RiskFlag, "bankrupt", ("Bolaget är i konkurs", "The company is bankrupt"), &["status"], |view| {
        view.code("status") == Some("bankrupt")
    })
    .capped(0),
    figures(
        RiskFlag,
        "deregistered",
        ("Bolaget är avregistrerat", "The company has been struck off the register"),
        &["status"],
        |view| view.code("status") == Some("deregistered"),
    )
    .capped(0),
    figures(
        RiskFlag,
        "winding_up",
        (
            "Bolaget avvecklas eller omstruktureras enligt registret",
            "The register shows a liquidation or reorganisation",
        ),
        &["status"],
        |view| view.code("status") == Some("winding"),
    )
    .capped(10),
    figures(
        RiskFlag,
        "negative_equity",
        ("Eget kapital är negativt: {equity}", "Equity is negative: {equity}"),
        &["equity"],
        |view| view.below("equity", 0.0),
    )
    .capped(30),
    figures(
        RiskFlag,
        "control_balance_sheet",
        (
            "Eget kapital understiger halva aktiekapitalet (ABL 25:13): {equity}",
            "Equity is below half the share capital (Companies Act 25:13): {equity}",
        ),
        &["capital_flag", "equity"],
        |view| view.is("capital_flag"),
    )
    .capped(40),
    figures(
        RiskFlag,
        "distress_zone",
        (
            "Altman Z″ på {altman_z2} ligger i riskzonen (under 1,1)",
            "Altman Z″ of {altman_z2} lies in the distress zone (below 1.1)",
        ),
        &["altman_z2"],
        |view| view.below("altman_z2", 1.1),
    ),
    figures(
        RiskFlag,
        "interest_not_covered",
        (
            "Resultatet täcker inte räntorna: räntetäckning {interest_cover}",
            "Earnings do not cover interest: cover of {interest_cover}",
        ),
        &["interest_cover"],
        |view| view.below("interest_cover", 1.0),
    ),
    figures(
        RiskFlag,
        "debt_without_earnings",
        (
            "Nettoskuld {net_debt} utan positiv EBITDA ({ebitda})",
            "Net debt of {net_debt} without positive EBITDA ({ebitda})",
        ),
        &["net_debt", "ebitda"],
        |view| {
            view.number("net_debt").is_some_and(|debt| debt > 0.0)
                && view.number("ebitda").is_some_and(|ebitda| ebitda <= 0.0)
        },
    ),
    figures(
        RiskFlag,
        "operating_loss",
        ("Rörelseförlust: {ebit}", "Operating loss: {ebit}"),
        &["ebit", "period_end"],
        |view| view.below("ebit", 0.0),
    ),
    figures(
        RiskFlag,
        "suspect_figures",
        (
            "Det senaste bokslutet går inte ihop och är utelämnat ur nyckeltalen",
            "The newest accounts break an accounting identity and are left out of the ratios",
        ),
        &["data_quality", "data_quality_score"],
        |view| view.code("data_quality") == Some("suspect"),
    ),
    figures(
        RiskFlag,
        "stale_facts",
        (
            "Uppgifterna är gamla: senaste kända bokslut {period_end}",
            "What is known is old: newest accounts of {period_end}",
        ),
        &["is_stale", "period_end", "enriched_on"],
        |view| view.is("is_stale"),
    ),
    figures(
        Strength,
        "high_margin",
        ("Hög rörelsemarginal: {ebit_margin}", "High EBIT margin: {ebit_margin}"),
        &["ebit_margin"],
        |view| view.at_least("ebit_margin", 0.15),
    ),
    figures(
        Strength,
        "profitable_growth",
        (
            "Växer med lönsamhet: {cagr_3y} per år i tre år, rörelsemarginal {ebit_margin}",
            "Profitable growth: {cagr_3y} a year over three years at an EBIT margin of {ebit_margin}",
        ),
        &["cagr_3y", "ebit_margin"],
        |view| view.at_least("cagr_3y", 0.10) && view.at_least("ebit_margin", 0.05),
    ),
    figures(
        Strength,
        "steady_revenue",
        (
            "Jämn tillväxt: den årliga tillväxten varierar med {growth_volatility} kring {cagr_3y}",
            "Steady growth: yearly growth varies by {growth_volatility} around {cagr_3y}",
        ),
        &["growth_volatility", "cagr_3y"],
        |view| view.below("growth_volatility", 0.10) && view.at_least("cagr_3y", 0.0),
    ),
    figures(
        Strength,
        "high_return",
        ("Hög avkastning på sysselsatt kapital: {roce}", "High return on capital employed: {roce}"),
        &["roce"],
        |view| view.at_least("roce", 0.20),
    ),
    figures(
        Strength,
        "strong_equity",
        ("Stark soliditet: {equity_ratio}", "Strong equity ratio: {equity_ratio}"),
        &["equity_ratio"],
        |view| view.at_least("equity_ratio", 0.40),
    ),
    figures(
        Strength,
        "net_cash",
        ("Nettokassa: räntebärande nettoskuld är {net_debt}", "Net cash: interest-bearing net debt is {net_debt}"),
        &["net_debt"],
        |view| view.below("net_debt", 0.0),
    ),
    figures(
        Strength,
        "interest_well_covered",
        ("Räntetäckningsgrad {interest_cover}", "Interest cover of {interest_cover}"),
        &["interest_cover"],
        |view| view.at_least("interest_cover", 5.0),
    ),
    figures(
        Strength,
        "healthy_signs",
        (
            "{health_score} av {health_score_of} hälsotecken är goda",
            "{health_score} of {health_score_of} signs of health are good",
        ),
        &["health_score", "health_score_of"],
        |view| {
            let (good, known) = (view.number("health_score"), view.number("health_score_of"));
            good.zip(known).is_some_and(|(good, known)| known >= 5.0 && good / known >= 0.75)
        },
    ),
    figures(
        Strength,
        "suppliers_fund_the_cycle",
        (
            "Leverantörerna finansierar rörelsen: kassacykel {cash_cycle}",
            "Suppliers fund the business: cash cycle of {cash_cycle}",
        ),
        &["cash_cycle"],
        |view| view.below("cash_cycle", 0.0),
    ),
    website(
        Strength,
        "certified",
        ("Uppger certifieringar på webbplatsen", "States certifications on its website"),
        |website| website.certifications.iter().map(|found| found.passage.clone()).collect(),
    ),
    website(
        Strength,
        "recurring_revenue",
        (
            "Webbplatsen talar om abonnemang eller avtal som löper",
            "The website speaks of subscriptions or running contracts",
        ),
        |website| website.passages_of("recurring_revenue"),
    ),
    website(
        Strength,
        "named_customers",
        ("Visar kunder eller referenser på webbplatsen", "Shows customers or references on its website"),
        |website| website.customers.clone(),
    ),
    figures(
        Weakness,
        "thin_margin",
        ("Tunn rörelsemarginal: {ebit_margin}", "Thin EBIT margin: {ebit_margin}"),
        &["ebit_margin"],
        |view| view.within("ebit_margin", 0.0, 0.05),
    ),
    figures(
        Weakness,
        "shrinking",
        ("Omsättningen krymper: {cagr_3y} per år i tre år", "Revenue shrinks: {cagr_3y} a year over three years"),
        &["cagr_3y"],
        |view| view.below("cagr_3y", -0.05),
    ),
    figures(
        Weakness,
        "volatile_revenue",
        (
            "Ojämn omsättning: den årliga tillväxten varierar med {growth_volatility}",
            "Uneven revenue: yearly growth varies by {growth_volatility}",
        ),
        &["growth_volatility"],
        |view| view.at_least("growth_volatility", 0.30),
    ),
    figures(
        Weakness,
        "weak_equity",
        ("Svag soliditet: {equity_ratio}", "Weak equity ratio: {equity_ratio}"),
        &["equity_ratio"],
        |view| view.within("equity_ratio", 0.0, 0.20),
    ),
    figures(
        Weakness,
        "tight_liquidity",
        ("Ansträngd likviditet: kassalikviditet {quick_ratio}", "Tight liquidity: quick ratio of {quick_ratio}"),
        &["quick_ratio"],
        |view| view.below("quick_ratio", 1.0),
    ),
    figures(
        Weakness,
        "high_leverage",
        (
            "Hög skuldsättning: nettoskuld {net_debt_to_ebitda} EBITDA",
            "High leverage: net debt of {net_debt_to_ebitda} EBITDA",
        ),
        &["net_debt_to_ebitda", "net_debt"],
        |view| view.at_least("net_debt_to_ebitda", 3.5),
    ),
    figures(Weakness, "slow_payers", ("Kunderna betalar sent: {dso}", "Customers pay late: {dso}"), &["dso"], |view| {
        view.at_least("dso", 75.0)
    }),
    figures(
        Weakness,
        "few_people",
        (
            "Få anställda ({employees}): beroende av nyckelpersoner",
            "Few employees ({employees}): depends on key people",
        ),
        &["employees"],
        |view| view.below("employees", 5.0),
    ),
    figures(
        Weakness,
        "short_history",
        ("Kort känd historia: {years_count} bokslut", "Short known history: {years_count} sets of accounts"),
        &["years_count"],
        |view| view.within("years_count", 1.0, 3.0),
    ),
];
