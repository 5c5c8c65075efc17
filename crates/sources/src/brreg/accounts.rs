//! Accounts of Norwegian companies: an array of statements, totals only.
//!
//! An empty object `{}` means that nothing was reported and becomes null; an explicit `0.0` is a zero. Totals can be
//! negative (debt of −108 837 occurs). Costs are filed as positive numbers and turned here.

use std::io::Read;

use chrono::NaiveDate;
use domain::currency::Currency;
use domain::filing::{Filing, FilingKind, Framework};
use domain::fiscal_period::FiscalPeriod;
use domain::line::Line;
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use domain::statement::{ContextPeriod, Fact, Statement};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Elements, LONGEST_ANSWER, at, text};
use crate::error::SourceError;
use crate::register_values;

/// Where each total stands, whether it is an instant, and the lines it gives. In Norway there are no appropriations,
/// so the ordinary result before tax is also the result after financial items.
const TOTALS: &[(&str, &[Line])] = &[
    ("resultatregnskapResultat.driftsresultat.driftsinntekter.salgsinntekter", &[Line::Revenue]),
    ("resultatregnskapResultat.driftsresultat.driftsinntekter.sumDriftsinntekter", &[Line::OperatingIncome]),
    ("resultatregnskapResultat.driftsresultat.driftskostnad.loennskostnad", &[Line::PersonnelCosts]),
    ("resultatregnskapResultat.driftsresultat.driftskostnad.sumDriftskostnad", &[Line::OperatingCosts]),
    ("resultatregnskapResultat.driftsresultat.driftsresultat", &[Line::Ebit]),
    ("resultatregnskapResultat.finansresultat.finansinntekt.sumFinansinntekter", &[Line::FinancialIncome]),
    ("resultatregnskapResultat.finansresultat.finanskostnad.sumFinanskostnad", &[Line::FinancialCosts]),
    ("resultatregnskapResultat.finansresultat.nettoFinans", &[Line::NetFinancialItems]),
    (
        "resultatregnskapResultat.ordinaertResultatFoerSkattekostnad",
        &[Line::ResultAfterFinancialItems, Line::ResultBeforeTax],
    ),
    ("resultatregnskapResultat.aarsresultat", &[Line::NetIncome]),
    ("resultatregnskapResultat.totalresultat", &[]),
    ("eiendeler.anleggsmidler.sumAnleggsmidler", &[Line::FixedAssets]),
    ("eiendeler.sumVarer", &[Line::Inventory]),
    ("eiendeler.sumFordringer", &[Line::CurrentReceivables]),
    ("eiendeler.sumInvesteringer", &[Line::ShortTermInvestments]),
    ("eiendeler.sumBankinnskuddOgKontanter", &[Line::Cash]),
    ("eiendeler.omloepsmidler.sumOmloepsmidler", &[Line::CurrentAssets]),
    ("eiendeler.sumEiendeler", &[Line::TotalAssets]),
    // "Enkaptial" is the register's own spelling.
    ("egenkapitalGjeld.egenkapital.innskuttEgenkapital.sumInnskuttEgenkaptial", &[]),
    ("egenkapitalGjeld.egenkapital.opptjentEgenkapital.sumOpptjentEgenkapital", &[]),
    ("egenkapitalGjeld.egenkapital.sumEgenkapital", &[Line::Equity]),
    ("egenkapitalGjeld.gjeldOversikt.langsiktigGjeld.sumLangsiktigGjeld", &[Line::LongTermLiabilities]),
    ("egenkapitalGjeld.gjeldOversikt.kortsiktigGjeld.sumKortsiktigGjeld", &[Line::CurrentLiabilities]),
    ("egenkapitalGjeld.gjeldOversikt.sumGjeld", &[Line::TotalLiabilities]),
    ("egenkapitalGjeld.sumEgenkapitalGjeld", &[Line::EquityAndLiabilities]),
];

/// Reads one answer: a filing per company in it, the statements newest first. Statements that cannot be used are
/// errors of one item; the others are kept.
///
/// # Errors
/// When the input is not such an answer, or is an error answer of the register.
pub fn parse(input: impl Read) -> Result<Vec<Result<Filing, SourceError>>, SourceError> {
    let mut bytes = Vec::new();
    input.take(LONGEST_ANSWER + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST_ANSWER {
        return Err(SourceError::input("the answer is longer than 64 MB").remedy("Give one answer per file"));
    }
    let entries: Vec<Value> = Elements::new(&bytes[..]).collect::<Result<_, _>>()?;
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let mut filings: Vec<Filing> = Vec::new();
    let mut out = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        match statement(entry) {
            Err(error) => out.push(Err(error.at_row(index as u64 + 1))),
            Ok((orgnr, framework, statement, warnings)) => {
                let filing = match filings.iter_mut().position(|filing| filing.orgnr == orgnr) {
                    Some(position) => &mut filings[position],
                    None => {
                        filings.push(Filing {
                            orgnr,
                            kind: FilingKind::RegisterAccounts,
                            framework,
                            taxonomy: None,
                            company_name: None,
                            seat: None,
                            software: None,
                            documents: vec!["regnskap.json".to_owned()],
                            filed_at: None,
                            sha256: sha256.clone(),
                            size_bytes: bytes.len() as u64,
                            statements: Vec::new(),
                            warnings: Vec::new(),
                            unused: Vec::new(),
                        });
                        let last = filings.len() - 1;
                        &mut filings[last]
                    }
                };
                filing.statements.push(statement);
                filing.warnings.extend(warnings);
            }
        }
    }
    for filing in &mut filings {
        filing.statements.sort_by_key(|statement| std::cmp::Reverse((statement.period.end(), statement.scope)));
    }
    out.extend(filings.into_iter().map(Ok));
    Ok(out)
}

fn statement(entry: &Value) -> Result<(Orgnr, Framework, Statement, Vec<String>), SourceError> {
    let missing = |field: &str| SourceError::item("it is missing or unreadable").in_field(field);
    if at(entry, "organisasjonsform.kode").is_some() {
        return Err(SourceError::item("this is an entity of Enhetsregisteret, not a statement of accounts")
            .remedy("Use `lode import companies` for it"));
    }
    let mut warnings = Vec::new();
    let number =
        text(entry, "virksomhet.organisasjonsnummer").ok_or_else(|| missing("virksomhet.organisasjonsnummer"))?;
    let (orgnr, is_valid) = Orgnr::parse_lenient(&number)
        .map_err(|error| SourceError::item(error.to_string()).in_field("virksomhet.organisasjonsnummer"))?;
    if !is_valid {
        warnings.push("the organisation number's check digit is wrong".to_owned());
    }
    let day =
        |field: &str| text(entry, field).and_then(|text| register_values::date(&text)).ok_or_else(|| missing(field));
    let (start, end) = (day("regnskapsperiode.fraDato")?, day("regnskapsperiode.tilDato")?);
    let period = FiscalPeriod::new(start, end)
        .map_err(|error| SourceError::item(error.to_string()).in_field("regnskapsperiode"))?;
    let currency: Currency = text(entry, "valuta")
        .ok_or_else(|| missing("valuta"))?
        .parse()
        .map_err(|error: domain::currency::CurrencyError| SourceError::item(error.to_string()).in_field("valuta"))?;
    let scope = match text(entry, "regnskapstype").as_deref() {
        Some("SELSKAP") => Scope::Company,
        Some("KONSERN") => Scope::Group,
        other => {
            return Err(SourceError::item("the kind of accounts is neither SELSKAP nor KONSERN")
                .in_field("regnskapstype")
                .sample(other.unwrap_or_default()));
        }
    };
    if at(entry, "avviklingsregnskap").and_then(Value::as_bool) == Some(true) {
        warnings.push(format!("the accounts {start}–{end} are liquidation accounts"));
    }
    let journal = text(entry, "journalnr").unwrap_or_default();
    let mut statement = Statement::empty(period, scope, currency);
    for (path, lines) in TOTALS {
        let as_filed = match at(entry, path) {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::String(text)) => text.trim().to_owned(),
            // A part that was not reported is an empty object.
            None | Some(_) => continue,
        };
        let Some(value) = decimal(&as_filed) else {
            warnings.push(format!("{path} holds “{as_filed}”, which is no amount"));
            continue;
        };
        let is_instant = !path.starts_with("resultatregnskap");
        statement.facts.push(fact(path, value, as_filed, &journal, currency, (start, end, is_instant)));
        let index = u32::try_from(statement.facts.len() - 1).unwrap_or(u32::MAX);
        let Some(amount) =
            value.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero).to_i64()
        else {
            continue;
        };
        for line in *lines {
            statement.figures.set(*line, Some(if line.is_cost() { -amount } else { amount }));
            statement.line_facts.push((*line, index));
        }
    }
    if statement.figures.is_empty() {
        return Err(SourceError::item("the accounts hold no figure").in_field("resultatregnskapResultat"));
    }
    statement.rounding = rounding(&statement);
    let framework = match text(entry, "regnkapsprinsipper.regnskapsregler") {
        Some(rules) if rules.to_ascii_uppercase().contains("IFRS") => Framework::Ifrs,
        _ => Framework::NorwegianGaap,
    };
    Ok((orgnr, framework, statement, warnings))
}

/// Large companies report in thousands or millions, which the register multiplies out: then every figure is a multiple
/// of it, and totals may be off by one such unit.
fn rounding(statement: &Statement) -> u8 {
    let amounts: Vec<i64> = statement.figures.iter().map(|(_, amount)| amount).filter(|amount| *amount != 0).collect();
    let all_in = |unit: i64| amounts.len() >= 6 && amounts.iter().all(|amount| amount % unit == 0);
    match () {
        () if all_in(1_000_000) => 6,
        () if all_in(1_000) => 3,
        () => 0,
    }
}

/// JSON numbers may be written with an exponent.
fn decimal(text: &str) -> Option<Decimal> {
    text.parse().ok().or_else(|| Decimal::from_scientific(text).ok())
}

fn fact(
    path: &str,
    value: Decimal,
    as_filed: String,
    journal: &str,
    currency: Currency,
    (start, end, is_instant): (NaiveDate, NaiveDate, bool),
) -> Fact {
    Fact {
        concept: format!("brreg:{path}"),
        value,
        context: format!("journalnr {journal}"),
        period: if is_instant {
            ContextPeriod::Instant { instant: end }
        } else {
            ContextPeriod::Duration { start, end }
        },
        unit: currency.code().to_owned(),
        as_filed,
        scale: 0,
        decimals: None,
        negative: false,
        document: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn account(figures: &str, extra: &str) -> String {
        format!(
            r#"{{"journalnr":"2026716161","regnskapstype":"SELSKAP","virksomhet":{{"organisasjonsnummer":"923609016"}},
            "regnskapsperiode":{{"fraDato":"2025-01-01","tilDato":"2025-12-31"}},"valuta":"NOK"{extra},{figures}}}"#
        )
    }

    fn filing(json: &str) -> Filing {
        parse(json.as_bytes()).unwrap().remove(0).unwrap()
    }

    const FIGURES: &str = r#""eiendeler":{"sumEiendeler":27949.0,"omloepsmidler":{},"anleggsmidler":{"sumAnleggsmidler":0.0}},
        "egenkapitalGjeld":{"gjeldOversikt":{"sumGjeld":-108837.0}},
        "resultatregnskapResultat":{"ordinaertResultatFoerSkattekostnad":-4809.0,
        "driftsresultat":{"driftsresultat":-4158.5,"driftskostnad":{"sumDriftskostnad":187766.0}}}"#;

    #[test]
    fn an_empty_object_is_null_and_an_explicit_zero_is_zero() {
        let filing = filing(&format!("[{}]", account(FIGURES, "")));
        let statement = &filing.statements[0];
        assert_eq!(statement.get(Line::CurrentAssets), None);
        assert_eq!(statement.get(Line::FixedAssets), Some(0));
        assert_eq!(statement.get(Line::Revenue), None);
    }

    #[test]
    fn totals_may_be_negative_and_costs_are_turned() {
        let filing = filing(&account(FIGURES, ""));
        let statement = &filing.statements[0];
        assert_eq!(statement.get(Line::TotalLiabilities), Some(-108_837));
        assert_eq!(statement.get(Line::OperatingCosts), Some(-187_766));
        assert_eq!(statement.get(Line::Ebit), Some(-4_159), "half a krone is rounded away from zero");
        assert_eq!(statement.get(Line::ResultBeforeTax), statement.get(Line::ResultAfterFinancialItems));
        let (_, index) = statement.line_facts.iter().find(|(line, _)| *line == Line::Ebit).unwrap();
        assert_eq!(
            statement.facts[*index as usize].concept,
            "brreg:resultatregnskapResultat.driftsresultat.driftsresultat"
        );
        assert_eq!(statement.facts[*index as usize].as_filed, "-4158.5");
    }

    #[test]
    fn an_amount_written_as_text_is_read_or_told() {
        let texts = FIGURES.replace("27949.0", "\"27949.0\"").replace("187766.0", "\"187 766 kr\"");
        let filing = filing(&account(&texts, ""));
        let statement = &filing.statements[0];
        assert_eq!((statement.get(Line::TotalAssets), statement.get(Line::OperatingCosts)), (Some(27_949), None));
        assert_eq!(filing.warnings.len(), 1);
        assert!(filing.warnings[0].contains("sumDriftskostnad holds “187 766 kr”, which is no amount"));
    }

    #[test]
    fn the_error_body_and_other_json_are_errors() {
        let body = br#"{"timestamp":"2026","status":"500","error":"Internal Server Error","message":"x","path":"/","trace":"t"}"#;
        assert!(parse(&body[..]).unwrap_err().to_string().contains("error 500: Internal Server Error"));
        assert!(parse(&b"7"[..]).is_err());
        assert!(parse(&b"[{]"[..]).unwrap_err().place().column.is_some());
        assert_eq!(parse(&b"[]"[..]).unwrap().len(), 0);
    }

    #[test]
    fn one_unusable_statement_does_not_take_the_others() {
        let bad = account(FIGURES, "").replace("2025-12-31", "2024-12-31");
        let out = parse(format!("[{bad},{}]", account(FIGURES, "")).as_bytes()).unwrap();
        assert!(out[0].as_ref().is_err_and(|error| error.place().row == Some(1)));
        assert!(out[1].is_ok());
    }

    #[test]
    fn every_recorded_answer_is_read() {
        let folder =
            std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/no_brreg_regnskap"));
        for (number, currency, months, assets) in [
            ("921378963", "NOK", 12, 1_305_796),
            ("923609016", "USD", 12, 103_432_000_000),
            ("925922900", "NOK", 12, 14_987_035),
            ("931883836", "NOK", 12, 27_949),
            ("935845114", "NOK", 6, 131_065),
            ("936134610", "NOK", 12, 3_328_518),
            ("939319891", "NOK", 12, 929_301_971),
            ("998575133", "NOK", 4, 43_819),
        ] {
            let Ok(bytes) = std::fs::read(folder.join(format!("brreg_regnskap_{number}.json"))) else {
                println!("skipped: ../shared/data/no_brreg_regnskap/brreg_regnskap_{number}.json not present");
                continue;
            };
            let filing = parse(&bytes[..]).unwrap().remove(0).unwrap();
            let statement = &filing.statements[0];
            assert_eq!(filing.orgnr.to_string(), number);
            assert_eq!((statement.currency.code(), statement.period.months()), (currency, months), "{number}");
            assert_eq!(statement.get(Line::TotalAssets), Some(assets));
            assert_eq!(statement.rounding, if number == "923609016" { 6 } else { 0 });
            assert_eq!(domain::identity::check(statement), [], "{number}");
            if number == "923609016" {
                assert_eq!((filing.framework, statement.get(Line::Ebit)), (Framework::Ifrs, Some(5_563_000_000)));
            }
            if number == "998575133" {
                assert!(filing.warnings[0].contains("liquidation"));
            }
            if number == "931883836" {
                assert_eq!(statement.get(Line::TotalLiabilities), Some(-108_837));
            }
        }
        if let Ok(bytes) = std::fs::read(folder.join("brreg_regnskap_500.json")) {
            assert!(parse(&bytes[..]).is_err());
        }
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_answer_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes[..]);
        }

        #[test]
        fn any_number_gives_a_statement_or_an_error(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
            let figures = format!(r#""eiendeler":{{"sumEiendeler":{}}}"#, serde_json::to_string(&number).unwrap());
            let _ = parse(account(&figures, "").as_bytes());
        }
    }
}
