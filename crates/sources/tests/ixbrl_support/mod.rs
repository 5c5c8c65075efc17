//! Small documents made by hand, and the shared real data where it is present.
#![allow(dead_code, reason = "each test binary uses a part")]

use std::io::{Cursor, Write};
use std::path::PathBuf;

use domain::scope::Scope;
use domain::statement::{Fact, Statement};
use sources::package::ParsedPackage;
use zip::write::SimpleFileOptions;

pub const NAME: &str = "5566778899_2024-12-31.zip";

/// The bytes of a file of the shared data, or nothing with a line that says so.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let full = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
    let bytes = std::fs::read(full).ok();
    if bytes.is_none() {
        println!("skipped: ../shared/data/{path} not present");
    }
    bytes
}

/// A document in parts, each of which a test may replace.
#[derive(Clone)]
pub struct Doc {
    pub declarations: String,
    pub schema: String,
    pub contexts: String,
    pub units: String,
    pub hidden: String,
    pub body: String,
}

pub fn duration(id: &str, start: &str, end: &str) -> String {
    context(id, &format!("<xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate>"), "")
}

pub fn instant(id: &str, day: &str) -> String {
    context(id, &format!("<xbrli:instant>{day}</xbrli:instant>"), "")
}

pub fn context(id: &str, period: &str, segment: &str) -> String {
    format!(
        "<xbrli:context id=\"{id}\"><xbrli:entity><xbrli:identifier scheme=\"http://www.bolagsverket.se\">556677-8899</xbrli:identifier>{segment}</xbrli:entity><xbrli:period>{period}</xbrli:period></xbrli:context>\n"
    )
}

pub fn fact(concept: &str, context: &str, text: &str, more: &str) -> String {
    format!(
        "<ix:nonFraction name=\"se-gen-base:{concept}\" contextRef=\"{context}\" unitRef=\"SEK\" decimals=\"INF\" scale=\"0\" format=\"ixt:numspacecomma\" {more}>{text}</ix:nonFraction>\n"
    )
}

impl Default for Doc {
    fn default() -> Self {
        Self {
            declarations: "xmlns:ix=\"http://www.xbrl.org/2013/inlineXBRL\" xmlns:ixt=\"http://www.xbrl.org/inlineXBRL/transformation/2010-04-20\" \
                xmlns:se-gen-base=\"http://www.taxonomier.se/se/fr/gen-base/2021-10-31\" xmlns:se-cd-base=\"http://www.taxonomier.se/se/fr/cd-base/2021-10-31\" \
                xmlns:se-k2-type=\"http://www.taxonomier.se/se/fr/k2/datatype\" xmlns:xbrldi=\"http://xbrl.org/2006/xbrldi\" \
                xmlns:se-mem-base=\"http://www.taxonomier.se/se/fr/mem-base/2021-10-31\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                xmlns:xbrli=\"http://www.xbrl.org/2003/instance\" xmlns:iso4217=\"http://www.xbrl.org/2003/iso4217\" \
                xmlns:link=\"http://www.xbrl.org/2003/linkbase\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                .to_owned(),
            schema: schema("k2/risbs/2021-10-31/se-k2-risbs-2021-10-31"),
            contexts: duration("period0", "2024-01-01", "2024-12-31")
                + &duration("period1", "2023-01-01", "2023-12-31")
                + &instant("balans0", "2024-12-31")
                + &instant("balans1", "2023-12-31"),
            units: unit("SEK", "iso4217:SEK") + &unit("antal", "se-k2-type:AntalAnstallda"),
            hidden: String::new(),
            body: String::new(),
        }
    }
}

pub fn schema(path: &str) -> String {
    format!("<link:schemaRef xlink:type=\"simple\" xlink:href=\"http://xbrl.taxonomier.se/se/fr/gaap/{path}.xsd\"/>")
}

pub fn unit(id: &str, measure: &str) -> String {
    format!("<xbrli:unit id=\"{id}\"><xbrli:measure>{measure}</xbrli:measure></xbrli:unit>")
}

impl Doc {
    pub fn with(body: &str) -> Self {
        Self { body: body.to_owned(), ..Self::default() }
    }

    pub fn text(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" {}><head><title>x</title></head><body>\n<ix:header><ix:hidden>{}</ix:hidden><ix:references>{}</ix:references><ix:resources>{}{}</ix:resources></ix:header>\n{}</body></html>",
            self.declarations, self.hidden, self.schema, self.contexts, self.units, self.body
        )
    }

    pub fn read(&self) -> ParsedPackage {
        sources::package::parse("5566778899_2024-12-31.xhtml", self.text().as_bytes()).unwrap()
    }

    /// The newest statement of the company.
    pub fn newest(&self) -> Statement {
        self.read().filing.statements.into_iter().find(|statement| statement.scope == Scope::Company).unwrap()
    }

    /// Why it is refused, as a person reads it.
    pub fn refused(&self) -> String {
        sources::package::parse("5566778899_2024-12-31.xhtml", self.text().as_bytes()).unwrap_err().to_string()
    }
}

/// A zip of the given entries.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn find<'s>(statement: &'s Statement, concept: &str) -> &'s Fact {
    statement.facts.iter().find(|fact| fact.concept == concept).unwrap()
}

/// Two years of figures that add up.
pub fn statements(revenue: i64) -> Vec<Statement> {
    use domain::line::Line::*;
    let year = |start: &str, end: &str, revenue: i64| {
        let period = domain::fiscal_period::FiscalPeriod::new(start.parse().unwrap(), end.parse().unwrap()).unwrap();
        let mut statement = Statement::empty(period, Scope::Company, domain::currency::Currency::SEK);
        for (line, amount) in [
            (Revenue, revenue),
            (OperatingIncome, revenue),
            (PersonnelCosts, -revenue / 2),
            (OperatingCosts, -revenue / 2),
            (Ebit, revenue - revenue / 2),
            (ResultAfterFinancialItems, revenue - revenue / 2),
            (NetIncome, revenue - revenue / 2),
            (TotalAssets, revenue * 2),
            (Equity, revenue),
            (EquityAndLiabilities, revenue * 2),
        ] {
            statement.figures.set(line, Some(amount));
        }
        statement.employees = Some(2.into());
        statement
    };
    vec![year("2024-01-01", "2024-12-31", revenue), year("2023-01-01", "2023-12-31", revenue / 3)]
}

/// What the import's walk through a file comes upon: packages by name, and in sentences what is refused or passed over.
pub fn walked(name: &str, bytes: &[u8]) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    use sources::package::walk::{Found, walk};
    let (mut packages, mut told) = (Vec::new(), Vec::new());
    let limits = sources::package::Limits::default();
    let _ = walk(name, Cursor::new(bytes), &limits, &mut |step| {
        match step.found {
            Some(Found::Package { name, bytes }) => packages.push((name, bytes)),
            Some(Found::Rejected { name, reason, .. }) => told.push(format!("{name}: {reason}")),
            Some(Found::PassedOver { name, note }) => told.push(format!("{name}: {note}")),
            None => {}
        }
        std::ops::ControlFlow::Continue(())
    });
    (packages, told)
}

/// A small report of a company for a year that adds up, and whose context ids are those of every other.
pub fn report_of(orgnr: &str, name: &str, year: &str, revenue: i64) -> String {
    let mut doc = Doc::with(
        &(fact("Nettoomsattning", "period0", &revenue.to_string(), "")
            + &fact("Tillgangar", "balans0", &(revenue * 2).to_string(), "")
            + &text("ForetagetsNamn", name)
            + &text("Organisationsnummer", orgnr)),
    );
    doc.contexts = duration("period0", &format!("{year}-01-01"), &format!("{year}-12-31"))
        + &instant("balans0", &format!("{year}-12-31"));
    doc.text().replace("556677-8899", orgnr)
}

/// A text of `se-cd-base` in the context `period0`.
pub fn text(concept: &str, value: &str) -> String {
    format!("<ix:nonNumeric name=\"se-cd-base:{concept}\" contextRef=\"period0\">{value}</ix:nonNumeric>\n")
}

/// A document without figures: an auditor's report or a certificate, by the path of its taxonomy.
pub fn companion_of(orgnr: &str, taxonomy: &str) -> String {
    Doc { schema: schema("x").replace("/gaap/x", taxonomy), ..Doc::default() }.text().replace("556677-8899", orgnr)
}

/// Number of the company, end of the newest year, its revenue.
pub type Read = (String, String, Option<i64>);

/// Every report of a file as the import finds them; then what is told beside.
pub fn imported(name: &str, bytes: &[u8]) -> (Vec<Read>, Vec<String>) {
    let (packages, mut told) = walked(name, bytes);
    let (mut parser, mut found) = (sources::package::Parser::default(), Vec::new());
    for (name, bytes) in packages {
        let base = name.rsplit('!').next().unwrap();
        match parser.reports(base, &bytes) {
            Err(error) => told.push(error.to_string()),
            Ok(read) => {
                told.extend(read.notes);
                for report in read.reports {
                    match report {
                        Err(error) => told.push(error.to_string()),
                        Ok(report) => {
                            let filing = report.parsed.filing;
                            told.extend(filing.warnings.iter().cloned());
                            let newest = &filing.statements[0];
                            let revenue = newest.get(domain::line::Line::Revenue);
                            found.push((filing.orgnr.to_string(), newest.period.end().to_string(), revenue));
                        }
                    }
                }
            }
        }
    }
    (found, told)
}
