//! What the fixtures are: reports of fictitious companies under every taxonomy, in every kind of package, two register
//! files, a table, and the figures that must come out of them.

use std::io::{Cursor, Write};

use chrono::NaiveDate;
use domain::currency::Currency;
use domain::filing::Framework;
use domain::fiscal_period::FiscalPeriod;
use domain::line::Line;
use domain::orgnr::{Orgnr, check_digit};
use domain::scope::Scope;
use domain::statement::Statement;
use serde_json::{Map, Value, json};
use sources::ixbrl::esef_writer::{self, EsefReport};
use sources::ixbrl::writer::{self, Report, Style};
use zip::write::SimpleFileOptions;

type Error = Box<dyn std::error::Error>;

/// First nine digits of the first number. Skatteverket gives out none that start with 4.
const FIRST: u64 = 419_000_000;

/// First nine digits of the company whose package is cut off on purpose.
pub const CUT: u64 = 419_000_033;

/// Numbers that nobody has.
fn orgnr(position: u64) -> Result<Orgnr, Error> {
    let nine = FIRST + position;
    Ok(Orgnr::from_number(nine * 10 + u64::from(check_digit(nine)))?)
}

/// A company with its years.
struct Company {
    orgnr: Orgnr,
    name: &'static str,
    statements: Vec<Statement>,
}

/// Every file with its content, in the order of their names.
pub fn all() -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut expected: Vec<Value> = Vec::new();
    let dates = ["2017-09-30", "2020-12-01", "2021-10-31", "2024-09-12"];
    let mut position = 0;
    for framework in [Framework::K2, Framework::K3] {
        for date in dates {
            position += 1;
            let (company, style) = one_report(position)?;
            let name = format!("{}_{date}.zip", if framework == Framework::K2 { "k2" } else { "k3" });
            let package = writer::package(&report(&company, framework, date.parse()?), &style)?;
            expected.push(figures(&name, framework, &company, style.overview_in_thousands));
            files.push((name, package));
        }
    }
    // What the register wraps once more.
    let (company, style) = one_report(20)?;
    let inner = writer::package(&report(&company, Framework::K3, dates[2].parse()?), &style)?;
    expected.push(figures("zip_in_zip.zip", Framework::K3, &company, style.overview_in_thousands));
    files.push(("zip_in_zip.zip".to_owned(), zipped(&[("rapport.zip", &inner)])?));
    // A week of filings, one of them cut off.
    let mut week = Vec::new();
    for position in 30..33 {
        let (company, style) = one_report(position)?;
        let package = writer::package(&report(&company, Framework::K2, dates[3].parse()?), &style)?;
        expected.push(figures("week_2025_26_1.zip", Framework::K2, &company, style.overview_in_thousands));
        week.push((format!("{}_2024-12-31.zip", company.orgnr), package));
    }
    let cut = week[0].1[..week[0].1.len() / 2].to_vec();
    week.push((format!("{}_2024-12-31.zip", orgnr(CUT - FIRST)?), cut));
    let entries: Vec<(&str, &[u8])> = week.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    files.push(("week_2025_26_1.zip".to_owned(), zipped(&entries)?));
    // A listed group.
    let group = Company {
        orgnr: orgnr(40)?,
        name: "Påhittade Koncernen Holding AB (publ)",
        statements: [(2024, 812_345_000), (2023, 700_100_000)]
            .into_iter()
            .map(|(year, revenue)| group_year(year, revenue))
            .collect::<Result<_, _>>()?,
    };
    let esef = EsefReport {
        orgnr: group.orgnr,
        name: group.name,
        lei: "0000FIXTURE0LODE0099",
        taxonomy: "2022-03-24".parse()?,
        scale: 3,
        statements: &group.statements,
    };
    files.push(("esef_2022-03-24.zip".to_owned(), esef_writer::package(&esef)?));
    expected.push(figures("esef_2022-03-24.zip", Framework::Ifrs, &group, false));

    files.push(("bolagsverket_bulkfil.txt".to_owned(), bolagsverket(&expected)?.into_bytes()));
    files.push(("scb_bulkfil_JE.txt".to_owned(), scb(&expected)?));
    files.push(("accounts.csv".to_owned(), table()?.into_bytes()));
    files.push(("expected.json".to_owned(), (serde_json::to_string_pretty(&expected)? + "\n").into_bytes()));
    files.sort();
    Ok(files)
}

fn zipped(entries: &[(&str, &[u8])]) -> Result<Vec<u8>, Error> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn report(company: &Company, framework: Framework, taxonomy: NaiveDate) -> Report<'_> {
    let statements = &company.statements;
    Report { orgnr: company.orgnr, name: company.name, seat: "Östersund", framework, taxonomy, statements }
}

/// The company at a position and how its report is written; between them they have every trap that can be written.
fn one_report(position: u64) -> Result<(Company, Style), Error> {
    let calendar = |year: i32| (format!("{year}-01-01"), format!("{year}-12-31"));
    let broken = |year: i32| (format!("{}-11-01", year - 1), format!("{year}-10-31"));
    let revenue = 1_000_003 + 777_777 * position.cast_signed();
    let (name, years, employees): (_, Vec<(String, String)>, _) = match position % 8 {
        0 => ("Påhittade Äpplen & Päron AB", vec![calendar(2024), calendar(2023), calendar(2022)], Some(3)),
        1 => ("Påhittade Åkeriet AB", vec![calendar(2019), calendar(2018)], Some(0)),
        2 => ("Påhittade Brutna Året AB", vec![broken(2021), broken(2020), broken(2019)], Some(1)),
        3 => ("Påhittade Förlusten AB", vec![calendar(2022), calendar(2021)], None),
        4 => ("Påhittade Långa Året AB", vec![("2023-07-01".into(), "2024-12-31".into())], Some(12)),
        5 => ("Påhittade Korta Året AB", vec![("2024-09-01".into(), "2024-12-31".into())], None),
        6 => ("Påhittade Euro AB", vec![calendar(2021), calendar(2020)], Some(44)),
        _ => ("Påhittade Tjänster <Norr> AB", vec![calendar(2023), calendar(2022), calendar(2021)], Some(7)),
    };
    let currency = if position % 8 == 6 { Currency::EUR } else { Currency::SEK };
    let makes_a_loss = position % 8 == 3;
    let statements = years
        .iter()
        .enumerate()
        .map(|(age, (start, end))| {
            let period = FiscalPeriod::new(start.parse()?, end.parse()?)?;
            let revenue = revenue - 91_919 * age.cast_signed() as i64;
            let mut statement = year(period, currency, revenue, makes_a_loss);
            statement.employees = employees.map(Into::into);
            Ok(statement)
        })
        .collect::<Result<Vec<_>, Error>>()?;
    let style = match position % 3 {
        0 => Style::unusual(),
        1 => Style { bulk: 500, markup_rows: 2, ..Style::fortnox_like() },
        _ => Style { markup_rows: 2, ..Style::wolters_kluwer_like() },
    };
    Ok((Company { orgnr: orgnr(position)?, name, statements }, style))
}

/// A year of a small company that adds up, all of it made from the revenue.
fn year(period: FiscalPeriod, currency: Currency, revenue: i64, makes_a_loss: bool) -> Statement {
    use Line::*;
    let mut statement = Statement::empty(period, Scope::Company, currency);
    let r = revenue;
    let personnel = if makes_a_loss { -(r * 3 / 5) } else { -(r / 4) };
    let (other, goods, external, depreciation) = (r / 50, -(r * 2 / 5), -(r / 6), -(r / 40));
    let (income, costs) = (r + other, goods + external + personnel + depreciation);
    let ebit = income + costs;
    let (interest, financial_costs) = (r / 900 + 1, -(r / 300));
    let after = ebit + interest + financial_costs;
    let appropriations = if after > 0 { -(after / 5) } else { 0 };
    let before_tax = after + appropriations;
    let tax = if before_tax > 0 { -(before_tax * 206 / 1000) } else { 0 };
    let net = before_tax + tax;
    let (tangible, inventory, trade, receivables, cash) = (r / 5, r / 10, r / 8, r / 7, r / 9);
    let current = inventory + receivables + cash;
    let assets = tangible + current;
    let (untaxed, long, short) = (r / 30, r / 12, r / 6);
    let equity = assets - untaxed - long - short;
    let unrestricted = equity - 50_000;
    for (line, amount) in [
        (Revenue, r),
        (OtherOperatingIncome, other),
        (OperatingIncome, income),
        (GoodsForResale, goods),
        (OtherExternalCosts, external),
        (PersonnelCosts, personnel),
        (Depreciation, depreciation),
        (OperatingCosts, costs),
        (Ebit, ebit),
        (FinancialIncome, interest),
        (FinancialCosts, financial_costs),
        (NetFinancialItems, interest + financial_costs),
        (ResultAfterFinancialItems, after),
        (Appropriations, appropriations),
        (ResultBeforeTax, before_tax),
        (Tax, tax),
        (NetIncome, net),
        (TangibleAssets, tangible),
        (FixedAssets, tangible),
        (Inventory, inventory),
        (TradeReceivables, trade),
        (CurrentReceivables, receivables),
        (Cash, cash),
        (CurrentAssets, current),
        (TotalAssets, assets),
        (ShareCapital, 50_000),
        (RestrictedEquity, 50_000),
        (RetainedEarnings, unrestricted - net),
        (UnrestrictedEquity, unrestricted),
        (Equity, equity),
        (UntaxedReserves, untaxed),
        (LongTermBankLoans, long),
        (LongTermLiabilities, long),
        (TradePayables, r / 14),
        (CurrentLiabilities, short),
        (EquityAndLiabilities, assets),
    ] {
        statement.figures.set(line, Some(amount));
    }
    statement
}

/// A year of a group under IFRS, in whole thousands; costs by function, so there is no depreciation line.
fn group_year(year: i32, revenue: i64) -> Result<Statement, Error> {
    use Line::*;
    let period = FiscalPeriod::new(format!("{year}-01-01").parse()?, format!("{year}-12-31").parse()?)?;
    let mut statement = Statement::empty(period, Scope::Group, Currency::SEK);
    let r = revenue / 1000;
    let (sold, selling, administrative) = (-(r * 3 / 5), -(r / 8), -(r / 11));
    let ebit = r + sold + selling + administrative;
    let financial = -(r / 200);
    let (tax, fixed, current) = (-(ebit / 5), r * 3 / 4, r / 2);
    let (assets, long, short) = (fixed + current, r / 3, r / 4);
    for (line, amount) in [
        (Revenue, r),
        (CostOfGoodsSold, sold),
        (GrossProfit, r + sold),
        (SellingCosts, selling),
        (AdministrativeCosts, administrative),
        (Ebit, ebit),
        (NetFinancialItems, financial),
        (ResultBeforeTax, ebit + financial),
        (Tax, tax),
        (NetIncome, ebit + financial + tax),
        (FixedAssets, fixed),
        (Cash, r / 10),
        (CurrentAssets, current),
        (TotalAssets, assets),
        (Equity, assets - long - short),
        (LongTermLiabilities, long),
        (CurrentLiabilities, short),
        (TotalLiabilities, long + short),
        (EquityAndLiabilities, assets),
    ] {
        statement.figures.set(line, Some(amount * 1000));
    }
    Ok(statement)
}

/// What must be read: every figure of the two newest years, and of older ones what the overview holds.
fn figures(file: &str, framework: Framework, company: &Company, overview_in_thousands: bool) -> Value {
    let overview = [Line::Revenue, Line::ResultAfterFinancialItems, Line::TotalAssets];
    let periods: Vec<Value> = company
        .statements
        .iter()
        .enumerate()
        .map(|(index, statement)| {
            let is_old = index >= 2;
            let lines: Map<String, Value> = statement
                .figures
                .iter()
                .filter(|(line, _)| !is_old || overview.contains(line))
                .map(|(line, amount)| {
                    let rounded = is_old && overview_in_thousands;
                    let amount = if rounded { (amount.abs() + 500) / 1000 * amount.signum() * 1000 } else { amount };
                    (line.key().to_owned(), amount.into())
                })
                .collect();
            json!({
                "period_start": statement.period.start(), "period_end": statement.period.end(),
                "scope": statement.scope.as_str(), "currency": statement.currency.to_string(),
                "employees": statement.employees.filter(|_| !is_old).map(|employees| employees.to_string()),
                "lines": lines,
            })
        })
        .collect();
    json!({ "file": file, "orgnr": company.orgnr.to_string(), "name": company.name, "framework": framework.as_str(), "periods": periods })
}

/// Bolagsverket's bulk file of the companies, and of one that was struck off and a sole trader.
fn bolagsverket(expected: &[Value]) -> Result<String, Error> {
    let mut out = "organisationsidentitet;namnskyddslopnummer;registreringsland;organisationsnamn;organisationsform;avregistreringsdatum;avregistreringsorsak;pagandeAvvecklingsEllerOmstruktureringsforfarande;registreringsdatum;verksamhetsbeskrivning;postadress\n".to_owned();
    for company in expected {
        let (orgnr, name) =
            (company["orgnr"].as_str().unwrap_or_default(), company["name"].as_str().unwrap_or_default());
        out += &format!(
            "\"{orgnr}$ORGNR-IDORG\";\"\";\"SE-LAND\";\"{name}$FORETAGSNAMN-ORGNAM$2015-03-15\";\"AB-ORGFO\";\"\";\"\";\"\";\"2015-03-15\";\"Bolaget ska bedriva påhittad verksamhet; \"\"och\"\"\nannat därmed förenligt.\";\"Storgatan 1$$ÖSTERSUND$83130$SE-LAND\"\n"
        );
    }
    out += &format!(
        "\"{}$ORGNR-IDORG\";\"\";\"SE-LAND\";\"Påhittade Avslutade AB$FORETAGSNAMN-ORGNAM$1999-01-01\";\"AB-ORGFO\";\"2020-02-02\";\"LIKVAVSL-AVORG\";\"\";\"1999-01-01\";\"\";\"\"\n",
        orgnr(50)?
    );
    out += "\"8001010008$PERSON-IDORG\";\"\";\"SE-LAND\";\"Ingens Firma$NAMN-ORGNAM$2010-01-01\";\"E-ORGFO\";\"\";\"\";\"\";\"2010-01-01\";\"\";\"\"\n";
    Ok(out)
}

/// SCB's bulk file of the companies: ISO-8859-1, every third one asleep.
fn scb(expected: &[Value]) -> Result<Vec<u8>, Error> {
    let mut out = "ForAndrTyp\tCOAdress\tForetagsnamn\tFtgStat\tGatuadress\tJEStat\tJurForm\tNamn\tNg1\tNg2\tNg3\tNg4\tNg5\tPeOrgNr\tPostNr\tPostOrt\tRegDatKtid\tReklamsparrtyp\tmCOAdress\tmForetagsnamn\tmFtgStat\tmGatuadress\tmJEStat\tmJurForm\tmNamn\tmNg1\tmNg2\tmNg3\tmNg4\tmNg5\tmPostNr\tmPostOrt\tmRegDatKtid\tmReklamsparrtyp\t\r\n".to_owned();
    for (index, company) in expected.iter().enumerate() {
        let name = company["name"].as_str().unwrap_or_default().to_uppercase();
        let asleep = if index % 3 == 2 { "0" } else { "1" };
        out += &format!(
            "\t\t\t{asleep}\tSTORGATAN 1\t1\t49\t{name}\t{}\t00000\t\t\t\t16{}\t83130\tÖSTERSUND\t20150315\t{}{}\r\n",
            ["62010", "01110", "49410"][index % 3],
            company["orgnr"].as_str().unwrap_or_default(),
            if index % 2 == 0 { "0" } else { "1" },
            "\t".repeat(17)
        );
    }
    // Every letter of the file is one of ISO-8859-1.
    out.chars().map(|letter| Ok(u8::try_from(u32::from(letter))?)).collect()
}

/// A user's table in thousands, of two companies.
fn table() -> Result<String, Error> {
    let mut out = "Org.nr;Namn;period_start;period_end;Nettoomsättning (tkr);Rörelseresultat (tkr);Summa tillgångar (tkr);Antal anställda\n".to_owned();
    for position in [60, 61] {
        for year in [2022, 2023] {
            let revenue = 4_000 + 13 * position + year - 2022;
            out += &format!(
                "{};Påhittade Tabellen {position} AB;{year}-01-01;{year}-12-31;{revenue};−{};{};\n",
                orgnr(position)?.formatted(),
                revenue / 9,
                revenue / 2
            );
        }
    }
    Ok(out)
}
