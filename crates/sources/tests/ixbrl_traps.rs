//! The traps of real filings, one test each.

mod ixbrl_support;

use domain::currency::Currency;
use domain::filing::{FilingKind, Framework};
use domain::line::Line::*;
use domain::scope::Scope;
use domain::statement::ContextPeriod;
use ixbrl_support::{Doc, context, duration, fact, find, instant, schema, unit, zipped};
use sources::package::parse;

fn revenue(text: &str, more: &str) -> String {
    fact("Nettoomsattning", "period0", text, more)
}

#[test]
fn concepts_are_matched_by_namespace_not_by_prefix_or_date() {
    for date in ["2017-09-30", "2020-12-01", "2021-10-31", "2024-09-12"] {
        let mut doc = Doc::with(&revenue("5 335", "").replace("se-gen-base:", "gb:"));
        doc.declarations = doc.declarations.replace("xmlns:se-gen-base", "xmlns:gb").replace("2021-10-31", date);
        doc.schema = schema(&format!("k3/raibs/{date}/se-k3-raibs-{date}"));
        let parsed = doc.read();
        assert_eq!(parsed.filing.statements[0].get(Revenue), Some(5335));
        assert_eq!((parsed.filing.framework, parsed.filing.taxonomy), (Framework::K3, date.parse().ok()));
        // Lineage names the concept the conventional way.
        assert_eq!(parsed.filing.statements[0].facts[0].concept, "se-gen-base:Nettoomsattning");
    }
    let mut stranger = Doc::with(&(revenue("5", "") + &revenue("7", "").replace("se-gen-base:", "own:")));
    stranger.declarations += " xmlns:own=\"http://example.com/own\"";
    assert_eq!(stranger.newest().get(Revenue), Some(5), "a concept of the same name in another namespace is another");
}

#[test]
fn the_inline_prefix_may_be_any_and_even_none() {
    let doc = Doc::with(&revenue("5 335", ""));
    let text = doc.text().replace("ix:", "inl:").replace("xmlns:ix=", "xmlns:inl=");
    assert_eq!(parse("5566778899_x.xhtml", text.as_bytes()).unwrap().filing.statements[0].get(Revenue), Some(5335));
    let text = doc
        .text()
        .replace("<ix:nonFraction ", "<nonFraction xmlns=\"http://www.xbrl.org/2013/inlineXBRL\" ")
        .replace("</ix:nonFraction>", "</nonFraction>");
    assert_eq!(parse("5566778899_x.xhtml", text.as_bytes()).unwrap().filing.statements[0].get(Revenue), Some(5335));
}

#[test]
fn the_report_is_picked_by_its_taxonomy_not_by_its_place() {
    let report = Doc::with(&revenue("5", "")).text();
    let audit =
        Doc { schema: schema("x").replace("/gaap/x", "/ar/rar/2020-12-01/se-ar-rar-2020-12-01"), ..Doc::default() }
            .text();
    let certificate = Doc { schema: schema("coa/rplc/2020-12-01/se-coa-rplc-2020-12-01"), ..Doc::default() }.text();
    for order in [[&audit, &report, &certificate], [&report, &certificate, &audit]] {
        let bytes = zipped(&[
            ("a.xhtml", order[0].as_bytes()),
            ("b.xhtml", order[1].as_bytes()),
            ("c.xhtml", order[2].as_bytes()),
        ]);
        assert_eq!(parse("p.zip", &bytes).unwrap().filing.statements[0].get(Revenue), Some(5));
    }
    let error = parse("p.zip", &zipped(&[("a.xhtml", audit.as_bytes())])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "p.zip: there is no annual report in it, only an auditor's report. Import the package with the annual report."
    );
}

#[test]
fn contexts_are_resolved_by_their_dates_whatever_their_ids() {
    let mut doc = Doc::with(&(fact("Nettoomsattning", "balans0", "7", "") + &fact("Tillgangar", "PERIOD9", "9", "")));
    doc.contexts = duration("balans0", "2024-01-01", "2024-12-31") + &instant("PERIOD9", "2024-12-31");
    let statement = doc.newest();
    assert_eq!((statement.get(Revenue), statement.get(TotalAssets)), (Some(7), Some(9)));
}

#[test]
fn broken_short_and_long_years_keep_their_days() {
    for (start, end, months) in
        [("2019-11-01", "2020-10-31", 12), ("2024-03-14", "2024-12-31", 10), ("2023-07-01", "2024-12-31", 18)]
    {
        let mut doc = Doc::with(&revenue("1", ""));
        doc.contexts = duration("period0", start, end);
        let period = doc.newest().period;
        assert_eq!(
            (period.start().to_string().as_str(), period.end().to_string().as_str(), period.months()),
            (start, end, months)
        );
    }
}

#[test]
fn midnight_after_the_period_is_its_last_day() {
    let mut doc = Doc::with(&(revenue("1", "") + &fact("Tillgangar", "balans0", "2", "")));
    doc.contexts =
        duration("period0", "2024-01-01T00:00:00", "2025-01-01T00:00:00") + &instant("balans0", "2024-12-31");
    let statement = doc.newest();
    assert_eq!((statement.period.end().to_string().as_str(), statement.get(TotalAssets)), ("2024-12-31", Some(2)));
}

#[test]
fn units_are_resolved_by_content_and_may_be_euro() {
    let mut doc = Doc::with(
        &(revenue("5 335", "").replace("unitRef=\"SEK\"", "unitRef=\"valuta\"")
            + &fact("MedelantaletAnstallda", "period0", "2,5", "").replace("\"SEK\"", "\"n\"")),
    );
    doc.units = unit("valuta", " iso4217:EUR ") + &unit("n", "se-k2-type:AntalAnstallda");
    let statement = doc.newest();
    assert_eq!((statement.currency, statement.get(Revenue)), (Currency::EUR, Some(5335)));
    assert_eq!(statement.employees, Some("2.5".parse().unwrap()));
    assert_eq!(find(&statement, "se-gen-base:MedelantaletAnstallda").unit, "AntalAnstallda");
}

#[test]
fn amounts_of_another_currency_are_not_mixed_in() {
    let euro = |text: &str| text.replace("unitRef=\"SEK\"", "unitRef=\"EUR\"");
    let mut doc = Doc::with(
        &(revenue("100", "")
            + &euro(&revenue("9", ""))
            + &fact("Rorelseresultat", "period0", "10", "")
            + &euro(&fact("AretsResultat", "period0", "1", ""))),
    );
    doc.units += &unit("EUR", "iso4217:EUR");
    let statement = doc.newest();
    assert_eq!(
        (statement.currency, statement.get(Revenue), statement.get(Ebit), statement.get(NetIncome)),
        (Currency::SEK, Some(100), Some(10), None)
    );
}

#[test]
fn only_the_sign_attribute_counts() {
    assert_eq!(Doc::with(&format!("-{}", fact("Rorelseresultat", "period0", "5", ""))).newest().get(Ebit), Some(5));
    assert_eq!(Doc::with(&fact("Rorelseresultat", "period0", "5", "sign=\"-\"")).newest().get(Ebit), Some(-5));
    let refused = Doc::with(&fact("Rorelseresultat", "period0", "-5", "")).refused();
    assert!(refused.contains("line 8") && refused.contains("se-gen-base:Rorelseresultat is not a number"), "{refused}");
}

#[test]
fn costs_are_filed_positive_and_kept_negative() {
    let statement = Doc::with(
        &(fact("Personalkostnader", "period0", "489 043", "")
            + &fact("SkattAretsResultat", "period0", "7", "")
            + &fact("RantekostnaderLiknandeResultatposter", "period0", "625", "sign=\"-\"")),
    )
    .newest();
    assert_eq!(
        (statement.get(PersonnelCosts), statement.get(Tax), statement.get(FinancialCosts)),
        (Some(-489_043), Some(-7), Some(625))
    );
    assert_eq!(
        find(&statement, "se-gen-base:Personalkostnader").value,
        489_043.into(),
        "lineage keeps the value as filed"
    );
}

#[test]
fn thousands_are_parted_by_space_nbsp_narrow_nbsp_or_references() {
    for text in [
        "5 335",
        "5\u{a0}335",
        "5\u{202f}335",
        "5&#160;335",
        "5&nbsp;335",
        "5&#xA0;335",
        "\n 5<span>\u{a0}</span>335 \n",
    ] {
        assert_eq!(Doc::with(&revenue(text, "")).newest().get(Revenue), Some(5335), "{text}");
    }
}

#[test]
fn attributes_come_in_any_order_and_quotes() {
    let body = "<ix:nonFraction sign = '-' format='ixt:numspacecomma'\n scale='3' unitRef='SEK' decimals='-3' contextRef='period0' id='x>y' name='se-gen-base:Rorelseresultat'>12</ix:nonFraction>";
    assert_eq!(Doc::with(body).newest().get(Ebit), Some(-12_000));
}

#[test]
fn the_most_precise_of_several_wins_and_disagreement_is_told() {
    let rough = "<ix:nonFraction name=\"se-gen-base:Nettoomsattning\" contextRef=\"period0\" unitRef=\"SEK\" decimals=\"-3\" scale=\"3\" format=\"ixt:numspacecomma\">2 829</ix:nonFraction>";
    for body in [format!("{rough}{}", revenue("2 829 042", "")), format!("{}{rough}", revenue("2 829 042", ""))] {
        let parsed = Doc::with(&body).read();
        assert_eq!(
            (parsed.filing.statements[0].get(Revenue), parsed.filing.statements[0].rounding),
            (Some(2_829_042), 0)
        );
        assert_eq!(parsed.filing.warnings, Vec::<String>::new(), "rounding is no disagreement");
    }
    let told =
        Doc::with(&format!("{}{}", rough.replace("2 829", "2 900"), revenue("2 829 042", ""))).read().filing.warnings;
    assert_eq!(
        told,
        [
            "se-gen-base:Nettoomsattning at 2024-12-31 is filed both as 2829042 and as 2900000, which no rounding explains; the more precise is used and the year marked suspect"
        ]
    );
    // Thousands that claim to be exact are still thousands.
    let claimed = rough.replace("decimals=\"-3\"", "decimals=\"INF\"");
    assert_eq!(Doc::with(&format!("{}{claimed}", revenue("2 829 042", ""))).newest().get(Revenue), Some(2_829_042));
}

#[test]
fn equally_precise_values_that_disagree_are_decided_and_told() {
    let two_to_one = Doc::with(&(revenue("1", "") + &revenue("2", "") + &revenue("1", ""))).read();
    assert_eq!(two_to_one.filing.statements[0].get(Revenue), Some(1));
    let last = Doc::with(&(revenue("1", "") + &revenue("2", ""))).read();
    assert_eq!((last.filing.statements[0].get(Revenue), last.filing.warnings.len()), (Some(2), 1));
}

#[test]
fn the_same_context_under_two_ids_is_one() {
    let mut doc = Doc::with(&(revenue("5", "") + &revenue("5", "").replace("period0", "again")));
    doc.contexts += &duration("again", "2024-01-01", "2024-12-31");
    assert_eq!(doc.read().filing.statements.len(), 1);
}

#[test]
fn nested_facts_excluded_text_and_other_markup_inside_a_figure() {
    let inner = revenue("5 <b>335</b>", "");
    let nested = inner
        .replace("<ix:nonFraction ", "<ix:nonFraction id=\"o\" ")
        .replace("5 <b>335</b>", &fact("RorelseintakterLagerforandringarMm", "period0", "5 <b>335</b>", ""));
    let statement = Doc::with(&nested).newest();
    assert_eq!((statement.get(Revenue), statement.get(OperatingIncome)), (Some(5335), Some(5335)));
    let excluded = Doc::with(&revenue("5 <ix:exclude>[not 3]</ix:exclude>335<!-- 9 -->", "")).newest();
    assert_eq!(excluded.get(Revenue), Some(5335));
    assert_eq!(Doc::with(&revenue("<![CDATA[5 335]]>", "")).newest().get(Revenue), Some(5335));
}

#[test]
fn nil_is_missing_and_zero_is_zero() {
    let statement = Doc::with(
        &(revenue("", "xsi:nil=\"true\"")
            + &fact("Rorelseresultat", "period0", "0", "")
            + &fact("MedelantaletAnstallda", "period0", "0", "").replace("\"SEK\"", "\"antal\"")),
    )
    .newest();
    assert_eq!((statement.get(Revenue), statement.get(Ebit), statement.get(NetIncome)), (None, Some(0), None));
    assert_eq!(statement.employees, Some(0.into()), "0 employees is a real value");
    let fraction = "<ix:fraction name=\"se-gen-base:Andel\" contextRef=\"period0\" unitRef=\"SEK\"><ix:numerator>1</ix:numerator><ix:denominator>3</ix:denominator></ix:fraction>";
    assert_eq!(Doc::with(&format!("{fraction}{}", revenue("5", ""))).newest().facts.len(), 1);
}

#[test]
fn figures_in_the_hidden_part_count() {
    let doc = Doc { hidden: revenue("5 335", ""), ..Doc::default() };
    assert_eq!(doc.newest().get(Revenue), Some(5335));
}

#[test]
fn older_years_of_the_overview_are_periods_of_their_own() {
    let mut doc = Doc::with(
        &(revenue("5", "") + &fact("Nettoomsattning", "p3", "2", "") + &fact("Balansomslutning", "b3", "4", "")),
    );
    doc.contexts += &(duration("p3", "2021-01-01", "2021-12-31") + &instant("b3", "2021-12-31"));
    let parsed = doc.read();
    let oldest = parsed.filing.statements.last().unwrap();
    assert_eq!(
        (oldest.period.end().to_string().as_str(), oldest.get(Revenue), oldest.get(TotalAssets), oldest.get(Ebit)),
        ("2021-12-31", Some(2), Some(4), None)
    );
}

#[test]
fn a_quarter_inside_the_year_is_no_fiscal_year() {
    let mut doc = Doc::with(
        &(revenue("5", "") + &fact("Nettoomsattning", "q4", "2", "") + &fact("Nettoomsattning", "q1", "1", "")),
    );
    doc.contexts += &(duration("q4", "2024-10-01", "2024-12-31") + &duration("q1", "2024-01-01", "2024-03-31"));
    let parsed = doc.read();
    assert_eq!((parsed.filing.statements.len(), parsed.filing.statements[0].get(Revenue)), (1, Some(5)));
}

#[test]
fn dimensions_are_skipped_unless_they_tell_company_from_group() {
    let member = |dimension: &str, member: &str| {
        format!(
            "<xbrli:segment><xbrldi:explicitMember dimension=\"{dimension}\">{member}</xbrldi:explicitMember></xbrli:segment>"
        )
    };
    let year = "<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>";
    let mut doc = Doc::with(
        &(revenue("5", "")
            + &revenue("9", "").replace("period0", "part")
            + &revenue("50", "").replace("period0", "group")),
    );
    doc.contexts += &context("part", year, &member("se-gen-base:GeografiskMarknadAxis", "se-mem-base:SverigeMember"));
    doc.contexts +=
        &context("group", year, &member("se-gen-base:KoncernModerforetagAxis", "se-mem-base:KoncernMember"));
    doc.schema = schema("k3k/risbs/2021-10-31/se-k3k-risbs-2021-10-31");
    let by_scope = |doc: &Doc| {
        doc.read().filing.statements.iter().map(|one| (one.scope, one.get(Revenue).unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(by_scope(&doc), [(Scope::Company, 5), (Scope::Group, 50)]);
    // The other way round: the parent company is marked, plain contexts are the group's.
    doc.contexts = doc.contexts.replace("se-mem-base:KoncernMember", "se-mem-base:ModerforetagMember");
    assert_eq!(by_scope(&doc), [(Scope::Company, 50), (Scope::Group, 5)]);
    // A counterparty among the group's companies is a part, not the group.
    doc.contexts = doc.contexts.replace("se-mem-base:ModerforetagMember", "se-mem-base:KoncernforetagMember");
    assert_eq!(by_scope(&doc), [(Scope::Group, 5)]);
}

#[test]
fn esef_parent_company_figures_are_the_companys() {
    let mut doc = Doc::with(
        "<ix:nonFraction name=\"ifrs-full:Revenue\" contextRef=\"c1\" unitRef=\"SEK\" decimals=\"-3\" scale=\"3\" format=\"ixt:num-comma-decimal\">7</ix:nonFraction><ix:nonFraction name=\"ifrs-full:Revenue\" contextRef=\"c2\" unitRef=\"SEK\" decimals=\"-3\" scale=\"3\" format=\"ixt:num-comma-decimal\">5</ix:nonFraction>",
    );
    doc.declarations += " xmlns:ifrs-full=\"https://xbrl.ifrs.org/taxonomy/2023-03-23/ifrs-full\"";
    doc.schema = schema("x").replace("xbrl.taxonomier.se/se/fr/gaap", "example.com");
    let year = "<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>";
    doc.contexts = duration("c1", "2024-01-01", "2024-12-31")
        + &context(
            "c2",
            year,
            "<xbrli:segment><xbrldi:explicitMember dimension=\"ifrs-full:ConsolidatedAndSeparateFinancialStatementsAxis\">ifrs-full:SeparateMember</xbrldi:explicitMember></xbrli:segment>",
        );
    let parsed = doc.read();
    let found: Vec<_> =
        parsed.filing.statements.iter().map(|one| (one.scope, one.get(Revenue), one.rounding)).collect();
    assert_eq!(found, [(Scope::Company, Some(5000), 3), (Scope::Group, Some(7000), 3)]);
    assert_eq!((parsed.filing.kind, parsed.filing.framework), (FilingKind::EsefReport, Framework::Ifrs));
}

#[test]
fn esef_files_of_one_set_share_their_contexts() {
    let mut with_figures = Doc::with(
        "<ix:nonFraction name=\"ifrs-full:Revenue\" contextRef=\"period0\" unitRef=\"SEK\" decimals=\"0\">7</ix:nonFraction>",
    );
    with_figures.declarations += " xmlns:ifrs-full=\"http://xbrl.ifrs.org/taxonomy/2022-03-24/ifrs-full\"";
    with_figures.schema = String::new();
    with_figures.contexts = String::new();
    with_figures.units = String::new();
    let header = Doc::default();
    let nested = zipped(&[
        ("lei-sv/META-INF/catalog.xml", b"<x/>"),
        ("lei-sv/reports/a.xhtml", header.text().as_bytes()),
        ("lei-sv/reports/b.xhtml", with_figures.text().as_bytes()),
    ]);
    let parsed = parse("5566778899_2024-12-31.zip", &zipped(&[("n.zip", &nested)])).unwrap();
    let statement = &parsed.filing.statements[0];
    assert_eq!(statement.get(Revenue), Some(7));
    assert_eq!(parsed.filing.documents[usize::from(statement.facts[0].document)], "n.zip!lei-sv/reports/b.xhtml");
}

#[test]
fn the_organisation_number_may_have_twelve_digits_no_hyphen_or_only_stand_in_the_name() {
    let with = |number: &str| {
        let mut doc = Doc::with(&revenue("5", ""));
        doc.contexts = doc.contexts.replace("556677-8899", number);
        doc.read().filing.orgnr.formatted()
    };
    for number in ["556677-8899", "5566778899", "165566778899", "LEI00000000000000000", "000000-0000"] {
        assert_eq!(with(number), "556677-8899", "{number}");
    }
    let text = Doc::with(&revenue("5", "")).text().replace("556677-8899", "x");
    assert_eq!(parse("report.xhtml", text.as_bytes()).unwrap_err().problem.code(), "bad_orgnr");
    let personal = Doc::with(&revenue("5", "")).text().replace("556677-8899", "811218-9876");
    let error = parse("report.xhtml", personal.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("personal identity number") && !error.contains("811218"), "{error}");
}

#[test]
fn a_wrong_check_digit_is_told_and_not_dropped() {
    let text = Doc::with(&revenue("5", "")).text().replace("556677-8899", "556000-0002");
    let parsed = parse("report.xhtml", text.as_bytes()).unwrap();
    assert_eq!(parsed.filing.warnings, ["the organisation number 556000-0002 has a wrong check digit"]);
}

#[test]
fn signatories_never_leave_the_parser() {
    let secret = "Hemlig-Person";
    let signed: String = [
        "se-gen-base:UnderskriftHandlingTilltalsnamn",
        "se-gen-base:UnderskriftHandlingEfternamn",
        "se-cd-base:Kontaktperson",
        "se-gen-base:AllmantVerksamheten",
    ]
    .iter()
    .map(|name| format!("<ix:nonNumeric name=\"{name}\" contextRef=\"period0\">{secret}</ix:nonNumeric>"))
    .collect();
    let doc = Doc::with(&format!("<p>{secret}</p>{signed}{}", revenue("5", "")));
    assert!(!format!("{:?}", doc.read()).contains(secret));
    // Nor by way of an error or a warning.
    for body in [
        revenue(secret, ""),
        fact("Nagot", "period0", secret, ""),
        revenue("5", "") + &fact("Nagot", "period0", secret, ""),
    ] {
        let text = Doc::with(&body).text();
        let told = format!("{:?}", parse("5566778899_x.xhtml", text.as_bytes()));
        assert!(!told.contains(secret), "{told}");
    }
}

#[test]
fn lineage_tells_where_every_figure_comes_from() {
    let statement = Doc::with(&fact("Rorelseresultat", "period0", "135\u{a0}913", "sign=\"-\"")).newest();
    let origin = statement
        .line_facts
        .iter()
        .find(|(line, _)| *line == Ebit)
        .map(|(_, index)| &statement.facts[*index as usize])
        .unwrap();
    assert_eq!(
        (origin.concept.as_str(), origin.context.as_str(), origin.unit.as_str()),
        ("se-gen-base:Rorelseresultat", "period0", "SEK")
    );
    assert_eq!(
        (origin.as_filed.as_str(), origin.negative, origin.scale, origin.decimals, origin.document),
        ("135\u{a0}913", true, 0, None, 0)
    );
    assert_eq!(
        origin.period,
        ContextPeriod::Duration { start: "2024-01-01".parse().unwrap(), end: "2024-12-31".parse().unwrap() }
    );
    assert_eq!(origin.value, (-135_913).into());
}

#[test]
fn a_balance_sheet_alone_gets_a_year_that_is_said_to_be_assumed() {
    let mut doc = Doc::with(&fact("Tillgangar", "balans0", "5", ""));
    doc.contexts = instant("balans0", "2024-12-31");
    let parsed = doc.read();
    assert_eq!(parsed.filing.statements[0].period.start().to_string(), "2024-01-01");
    assert!(parsed.filing.warnings[0].contains("twelve months are assumed"));
}
