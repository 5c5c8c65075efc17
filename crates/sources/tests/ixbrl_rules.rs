//! The rules of Inline XBRL 1.1 and of the Transformation Registries, one test each, and what becomes of what they leave out.

mod ixbrl_support;

use domain::identity::{Identity, quality};
use domain::line::Line::*;
use domain::statement::{OtherReason, Quality};
use ixbrl_support::{Doc, context, duration, fact, instant, text, unit};

fn revenue(text: &str, more: &str) -> String {
    fact("Nettoomsattning", "period0", text, more)
}

fn told(doc: &Doc) -> Vec<String> {
    doc.read().filing.unused.iter().map(|group| group.sentence()).collect()
}

#[test]
fn facts_and_references_of_another_target_document_are_not_of_this_one() {
    let mut doc = Doc::with(
        &(revenue("9", "target=\"prior\"")
            + &revenue("5", "")
            + &revenue("9", "target=\"prior\"")
            + &text("ForetagetsNamn", "Nytt AB")
            + &text("ForetagetsNamn", "Gammalt AB").replace("name=", "target=\"prior\" name=")),
    );
    let other = ixbrl_support::schema("k3/raibs/2021-10-31/se-k3-raibs-2021-10-31");
    let own = doc.schema.clone();
    doc.schema = format!("{other}</ix:references><ix:references>{own}");
    let doc = Doc { schema: doc.schema, ..doc };
    let text = doc.text().replacen("<ix:references>", "<ix:references target=\"prior\">", 1);
    let filing = sources::package::parse("r.xhtml", text.as_bytes()).unwrap().filing;
    assert_eq!(filing.statements[0].get(Revenue), Some(5));
    assert_eq!((filing.company_name.as_deref(), filing.framework), (Some("Nytt AB"), domain::filing::Framework::K2));
    assert_eq!(
        told(&doc),
        ["2 tagged figures not used: they are of another target document, “prior” (Nettoomsattning)"]
    );
}

#[test]
fn white_space_around_the_value_of_any_attribute_means_nothing() {
    let text = Doc::with(&revenue("5", "sign=\"-\"")).text();
    let spaced = text.replace("=\"", "=\"\n ").replace("\" ", "\t\" ").replace("\">", " \">");
    assert_ne!(text, spaced);
    let read = |text: &str| sources::package::parse("r.xhtml", text.as_bytes()).unwrap().filing;
    assert_eq!(read(&spaced).statements, read(&text).statements);
    assert_eq!(read(&spaced).statements[0].get(Revenue), Some(-5));
}

fn name_of(parts: &str) -> (Option<String>, Vec<String>) {
    let filing = Doc::with(&format!("{}{parts}", revenue("5", ""))).read().filing;
    (filing.company_name, filing.warnings)
}

#[test]
fn a_text_goes_on_in_its_continuations_in_whatever_order_they_stand() {
    let first = text("ForetagetsNamn", "Norrlands <ix:exclude>sida 1</ix:exclude> Maskin ")
        .replace("name=", "continuedAt=\"n1\" name=");
    let one = "<p><ix:continuation id=\"n1\" continuedAt=\"n2\">&amp; <b>Virke</b><ix:exclude><i>sida 2</i></ix:exclude></ix:continuation></p>";
    let two = "<p><ix:continuation id=\"n2\"> Aktiebolag</ix:continuation></p>";
    for body in [format!("{first}{one}{two}"), format!("{two}{one}{first}"), format!("{one}{first}{two}")] {
        assert_eq!(name_of(&body), (Some("Norrlands Maskin & Virke Aktiebolag".to_owned()), vec![]));
    }
    // A chain that ends nowhere or in a circle gives no name, for half a name is a wrong one.
    let (name, warnings) = name_of(&format!("{first}{one}"));
    assert_eq!(
        (name, warnings.as_slice()),
        (
            None,
            ["the company's name was left out: it goes on at “n2”, which the report does not hold".to_owned()]
                .as_slice()
        )
    );
    let circle = two.replace("id=\"n2\"", "id=\"n2\" continuedAt=\"n1\"");
    let (name, warnings) = name_of(&format!("{first}{one}{circle}"));
    assert_eq!(name, None);
    assert!(warnings[0].contains("form a circle at “n1”"), "{warnings:?}");
}

#[test]
fn a_figure_inside_what_is_excluded_counts_and_is_no_part_of_the_text_around_it() {
    let body = text(
        "ForetagetsNamn",
        &format!("Fall <ix:exclude>omsatte {} kronor</ix:exclude> AB", revenue("5 <ix:exclude>x</ix:exclude>335", "")),
    );
    let filing = Doc::with(&body).read().filing;
    assert_eq!((filing.company_name.as_deref(), filing.statements[0].get(Revenue)), (Some("Fall AB"), Some(5335)));
    let nested = text("ForetagetsNamn", &format!("Fall {} AB", revenue("5 335", "")));
    let filing = Doc::with(&nested).read().filing;
    assert_eq!(
        (filing.company_name.as_deref(), filing.statements[0].get(Revenue)),
        (Some("Fall 5 335 AB"), Some(5335))
    );
}

#[test]
fn members_of_tuples_and_fractions_are_no_lines_and_are_told() {
    let tuple = format!("<ix:tuple name=\"se-gen-base:X\">{}</ix:tuple>", revenue("7", "order=\"1\""));
    let by_reference = revenue("8", "tupleRef=\"t\" order=\"2\"");
    let fraction = "<ix:fraction name=\"se-gen-base:Tillgangar\" contextRef=\"balans0\" unitRef=\"SEK\"><ix:numerator>1</ix:numerator><ix:denominator>3</ix:denominator></ix:fraction>";
    let doc = Doc::with(&format!("{tuple}{by_reference}{fraction}{}", revenue("5", "")));
    assert_eq!(doc.newest().get(Revenue), Some(5));
    assert_eq!(
        told(&doc),
        [
            "2 tagged figures not used: they are inside a tuple (Nettoomsattning)",
            "1 tagged figure not used: it is tagged as a fraction (Tillgangar)"
        ]
    );
}

#[test]
fn a_transformation_is_known_by_its_namespace_and_not_by_its_prefix() {
    let mut doc = Doc::with(&(revenue("5 335", "").replace("ixt:", "omv:") + &fact("Tillgangar", "balans0", "7", "")));
    doc.declarations += " xmlns:omv=\"http://www.xbrl.org/inlineXBRL/transformation/2015-02-26\"";
    assert_eq!(doc.newest().get(Revenue), Some(5335));
    // The usual prefix for another namespace, and one for none: that fact alone is left out.
    doc.declarations =
        doc.declarations.replace("http://www.xbrl.org/inlineXBRL/transformation/2015-02-26", "http://example.com/own");
    assert_eq!((doc.newest().get(Revenue), doc.newest().get(TotalAssets)), (None, Some(7)));
    assert_eq!(
        told(&doc),
        ["1 tagged figure not used: Lode does not know its transformation omv:numspacecomma (Nettoomsattning)"]
    );
    let doc = Doc::with(&(revenue("5", "").replace("ixt:", "who:") + &fact("Tillgangar", "balans0", "7", "")));
    assert_eq!((doc.newest().get(Revenue), doc.newest().get(TotalAssets)), (None, Some(7)));
}

#[test]
fn what_is_no_number_of_its_format_is_left_out_alone_and_told() {
    let rest = fact("Tillgangar", "balans0", "7", "");
    for (tag, format) in [
        (revenue("(5)", "sign=\"-\""), "ixt:numspacecomma"),
        (revenue("-5", ""), "ixt:numspacecomma"),
        (revenue("5.335", ""), "ixt:numspacecomma"),
        (revenue("5 335", "").replace("format=\"ixt:numspacecomma\"", ""), "xbrl (1234.5)"),
        (revenue("5", "").replace("scale=\"0\"", "scale=\"många\""), "scale “många”"),
        (revenue("5", "sign=\"+\""), "sign “+”"),
    ] {
        let doc = Doc::with(&(tag + &rest));
        assert_eq!((doc.newest().get(Revenue), doc.newest().get(TotalAssets)), (None, Some(7)), "{format}");
        assert_eq!(
            told(&doc),
            [format!("1 tagged figure not used: it is not a number of the format {format} (Nettoomsattning)")]
        );
    }
}

#[test]
fn anything_in_a_segment_or_scenario_narrows_the_context() {
    let year = "<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>";
    let narrow = |inside: &str| {
        let mut doc = Doc::with(&(revenue("5", "") + &revenue("9", "").replace("period0", "part")));
        doc.contexts += &context("part", year, &format!("<xbrli:segment>{inside}</xbrli:segment>"));
        let in_scenario = Doc {
            contexts: doc.contexts.replace(
                &format!("<xbrli:segment>{inside}</xbrli:segment></xbrli:entity><xbrli:period>{year}</xbrli:period>"),
                &format!("</xbrli:entity><xbrli:period>{year}</xbrli:period><xbrli:scenario>{inside}</xbrli:scenario>"),
            ),
            ..doc.clone()
        };
        assert_ne!(doc.contexts, in_scenario.contexts);
        [doc, in_scenario]
    };
    for inside in [
        "<e:del xmlns:e=\"http://example.com/e\">Norr</e:del>",
        "<del>Norr</del>",
        "<xbrldi:typedMember dimension=\"se-gen-base:OrtAxis\"><e:ort xmlns:e=\"http://example.com/e\">Umeå</e:ort></xbrldi:typedMember>",
        "<xbrldi:explicitMember dimension=\"se-gen-base:MarknadAxis\">se-mem-base:SverigeMember</xbrldi:explicitMember>",
        "<xbrldi:explicitMember dimension=\"se-gen-base:KoncernAxis\">se-mem-base:KoncernMember</xbrldi:explicitMember><e:x xmlns:e=\"http://example.com/e\"/>",
        "<xbrldi:explicitMember xmlns:e=\"http://example.com/e\" dimension=\"e:KoncernAxis\">e:KoncernMember</xbrldi:explicitMember>",
    ] {
        for doc in narrow(inside) {
            let filing = doc.read().filing;
            assert_eq!((filing.statements.len(), filing.statements[0].get(Revenue)), (1, Some(5)), "{inside}");
            assert_eq!(
                told(&doc),
                ["1 tagged figure not used: it is about a part of the company, not the whole (Nettoomsattning)"]
            );
        }
    }
}

#[test]
fn the_days_of_the_contexts_win_over_those_that_the_report_names() {
    for (first, last) in [("2024-01-01", "2024-06-30"), ("2024-02-01", "2024-12-31"), ("2025-01-01", "2025-12-31")] {
        let hidden = text("RakenskapsarForstaDag", first) + &text("RakenskapsarSistaDag", last);
        let mut doc = Doc::with(&(revenue("5", "") + &fact("Tillgangar", "balans0", "7", "") + &hidden));
        doc.contexts = duration("period0", "2024-01-01", "2024-12-31") + &instant("balans0", "2024-12-31");
        let filing = doc.read().filing;
        let years: Vec<_> = filing.statements.iter().map(|one| (one.period.start(), one.period.end())).collect();
        assert_eq!(years, [("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap())]);
        assert_eq!(filing.statements[0].get(TotalAssets), Some(7));
        assert!(filing.warnings[0].contains(&format!("names the year {first}–{last}")), "{:?}", filing.warnings);
    }
}

#[test]
fn days_in_words_are_read_by_their_transformation() {
    let tagged = |format: &str, value: &str| {
        text("RakenskapsarSistaDag", value).replace("name=", &format!("format=\"{format}\" name="))
    };
    let first = text("RakenskapsarForstaDag", "2024-01-01");
    let warnings = |last: String| Doc::with(&(revenue("5", "") + &first + &last)).read().filing.warnings;
    assert_eq!(warnings(tagged("ixt:datedaymonthyeardk", "31 december 2024")), Vec::<String>::new());
    assert_eq!(warnings(tagged("ixt:dateslashus", "12/31/2024")), Vec::<String>::new());
    assert_eq!(
        warnings(tagged("ixt:date-jpn-era-year-month-day", "令和6年12月31日")),
        ["the last day of the year was left out: its transformation date-jpn-era-year-month-day is not known to Lode"]
    );
}

#[test]
fn a_balance_sheet_tagged_a_day_beside_the_years_end_is_taken_and_told() {
    for (day, taken) in [("2025-01-01", true), ("2024-12-30", true), ("2025-01-02", false), ("2024-11-30", false)] {
        let mut doc = Doc::with(&(revenue("5", "") + &fact("Tillgangar", "balans0", "7", "")));
        doc.contexts = duration("period0", "2024-01-01", "2024-12-31") + &instant("balans0", day);
        let filing = doc.read().filing;
        assert_eq!(filing.statements[0].get(TotalAssets), taken.then_some(7), "{day}");
        if taken {
            assert!(filing.warnings[0].contains(&format!("tagged {day} stands under the year that ends 2024-12-31")));
        } else {
            assert_eq!(
                told(&doc),
                [format!("1 tagged figure not used: its day, {day}, ends no year of the report (Tillgangar)")]
            );
        }
    }
    // A year with a balance sheet of its own takes no other, and an opening balance is told as one.
    let mut doc = Doc::with(
        &(revenue("5", "")
            + &fact("Tillgangar", "balans0", "7", "")
            + &fact("Tillgangar", "next", "8", "")
            + &fact("Tillgangar", "before", "6", "")),
    );
    doc.contexts = duration("period0", "2024-01-01", "2024-12-31")
        + &instant("balans0", "2024-12-31")
        + &instant("next", "2025-01-01")
        + &instant("before", "2023-12-31");
    assert_eq!(doc.newest().get(TotalAssets), Some(7));
    assert_eq!(
        told(&doc),
        [
            "1 tagged figure not used: its day, 2025-01-01, ends no year of the report (Tillgangar)",
            "1 tagged figure not used: it is of 2023-12-31, the day before the report's first year (Tillgangar)"
        ]
    );
}

#[test]
fn of_two_equally_precise_amounts_the_one_that_adds_up_is_used() {
    let sum = fact("RorelseintakterLagerforandringarMm", "period0", "5 335", "");
    for body in [
        format!("{}{}{sum}", revenue("5 335", ""), revenue("5 336", "")),
        format!("{}{sum}{}", revenue("5 336", ""), revenue("5 335", "")),
        format!("{}{sum}{}{}", revenue("5 336", ""), revenue("5 336", ""), revenue("5 335", "")),
    ] {
        let filing = Doc::with(&body).read().filing;
        let statement = &filing.statements[0];
        assert_eq!(statement.get(Revenue), Some(5335));
        assert_eq!(
            filing.warnings,
            [
                "se-gen-base:Nettoomsattning at 2024-12-31 is filed both as 5335 and as 5336, equally precise; 5335 is used, because the other lines agree with it"
            ]
        );
        let others: Vec<_> = statement.others.iter().map(|tag| (tag.line, tag.reason, tag.fact.value)).collect();
        assert_eq!(others, [(Revenue, OtherReason::Contradicts, 5336.into())]);
        assert_eq!(statement.facts[statement.line_facts[0].1 as usize].value, 5335.into());
        assert_ne!(quality(statement).0, Quality::Suspect);
    }
}

#[test]
fn where_nothing_decides_between_two_amounts_the_year_is_suspect() {
    let filing = Doc::with(&(revenue("1", "") + &revenue("2", ""))).read().filing;
    let (found, broken) = quality(&filing.statements[0]);
    assert_eq!((found, broken[0].identity), (Quality::Suspect, Identity::OneAmount));
    assert_eq!(
        filing.warnings,
        [
            "se-gen-base:Nettoomsattning at 2024-12-31 is filed both as 2 and as 1, equally precise, and nothing decides between them; 2 is used and the year marked suspect"
        ]
    );
    // A rounded amount elsewhere tells which exact one it was rounded from.
    let rough = "<ix:nonFraction name=\"se-gen-base:Nettoomsattning\" contextRef=\"period0\" unitRef=\"SEK\" decimals=\"-3\" scale=\"3\" format=\"ixt:numspacecomma\">5</ix:nonFraction>";
    let filing = Doc::with(&format!("{rough}{}{}", revenue("5 001", ""), revenue("9 000", ""))).read().filing;
    assert_eq!(filing.statements[0].get(Revenue), Some(5001));
    assert_ne!(quality(&filing.statements[0]).0, Quality::Suspect);
}

#[test]
fn signs_that_cannot_be_make_a_year_suspect() {
    for concept in ["Tillgangar", "Aktiekapital", "VarulagerMm", "Anlaggningstillgangar"] {
        let doc = Doc::with(&(revenue("5", "") + &fact(concept, "balans0", "7", "sign=\"-\"")));
        let (found, broken) = quality(&doc.newest());
        assert_eq!((found, broken[0].identity), (Quality::Suspect, Identity::Signs), "{concept}");
    }
}

#[test]
fn significant_digits_are_a_precision_and_the_more_precise_wins() {
    let rough = revenue("5 400", "").replace("decimals=\"INF\"", "precision=\"2\"");
    for body in [rough.clone() + &revenue("5 350", ""), revenue("5 350", "") + &rough] {
        let filing = Doc::with(&body).read().filing;
        assert_eq!((filing.statements[0].get(Revenue), filing.warnings.len()), (Some(5350), 0));
        let others: Vec<_> = filing.statements[0].others.iter().map(|tag| (tag.reason, tag.fact.decimals)).collect();
        assert_eq!(others, [(OtherReason::LessPrecise, Some(-2))]);
    }
}

#[test]
fn other_currencies_and_units_are_told() {
    let mut doc = Doc::with(
        &(revenue("100", "")
            + &revenue("9", "").replace("\"SEK\"", "\"EUR\"")
            + &fact("Tillgangar", "balans0", "3", "").replace("\"SEK\"", "\"antal\"")
            + &fact("MedelantaletAnstallda", "period0", "4", "")),
    );
    doc.units += &unit("EUR", "iso4217:EUR");
    assert_eq!(
        (doc.newest().get(Revenue), doc.newest().get(TotalAssets), doc.newest().employees),
        (Some(100), None, None)
    );
    let mut told = told(&doc);
    told.sort();
    assert_eq!(
        told,
        [
            "1 tagged figure not used: it is in EUR, another currency than the statement's (Nettoomsattning)",
            "1 tagged figure not used: its unit, AntalAnstallda, is not that of the line (Tillgangar)",
            "1 tagged figure not used: its unit, SEK, is not that of the line (MedelantaletAnstallda)",
        ]
    );
}

#[test]
fn neither_words_nor_personal_numbers_leave_the_reader_with_what_was_not_used() {
    let doc = Doc::with(&(revenue("Påhittad Person 5", "") + &fact("Tillgangar", "balans0", "7", "")));
    let unused = &doc.read().filing.unused[0];
    assert_eq!((unused.count, unused.figures[0].as_filed.as_str()), (1, ""));
    let mut doc = Doc::with(&(revenue("5", "") + &fact("Tillgangar", "other", "7", "")));
    doc.contexts += &instant("other", "2024-12-31").replace("556677-8899", "650101-1239");
    let refused = doc.refused();
    assert!(refused.contains("556677-8899 and a personal number") && !refused.contains("650101"), "{refused}");
}
