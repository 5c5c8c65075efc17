//! Writes a listed group's package as the register delivers it: a cover without figures, and the ESEF report package
//! (a zip) beside it. For round trips and fixtures, as [`super::writer`].

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use chrono::{Days, NaiveDate};
use domain::line::{Line, Part};
use domain::orgnr::Orgnr;
use domain::statement::Statement;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::concepts::{self, Row};
use super::ifrs;
use super::writer::escape;

/// What is reported: the group's statements, newest first, in one currency.
#[derive(Clone, Debug)]
pub struct EsefReport<'r> {
    /// Whose report.
    pub orgnr: Orgnr,
    /// Name of the parent company.
    pub name: &'r str,
    /// Legal entity identifier, twenty letters and digits.
    pub lei: &'r str,
    /// Date of the IFRS taxonomy.
    pub taxonomy: NaiveDate,
    /// Power of ten of the amounts as written: 3 for thousands. Figures are rounded to it.
    pub scale: i8,
    /// Newest first.
    pub statements: &'r [Statement],
}

macro_rules! put {
    // Writing to a String cannot fail.
    ($out:expr, $($argument:tt)*) => { { let _ = write!($out, $($argument)*); } };
}

/// The package: cover and report package.
///
/// # Errors
/// When a zip cannot be written, which in memory means that it grew beyond 4 GiB.
pub fn package(report: &EsefReport<'_>) -> Result<Vec<u8>, zip::result::ZipError> {
    let end = report.statements.first().map_or_else(String::new, |statement| statement.period.end().to_string());
    let folder = format!("{}-{end}-sv", report.lei);
    let inner = zipped(&[
        (&format!("{folder}/META-INF/catalog.xml"), "<catalog/>".as_bytes()),
        (&format!("{folder}/reports/{folder}.xhtml"), document(report).as_bytes()),
    ])?;
    let id = report.orgnr.number();
    zipped(&[
        (&format!("{id:08x}-0000-4000-8000-000000000003.xhtml"), cover(report).as_bytes()),
        (&format!("{id:08x}-0000-4000-8000-000000000004.zip"), &inner),
    ])
}

fn zipped(entries: &[(&str, &[u8])]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

const COMMON: &str = "xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:ix=\"http://www.xbrl.org/2013/inlineXBRL\" \
    xmlns:link=\"http://www.xbrl.org/2003/linkbase\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
    xmlns:xbrli=\"http://www.xbrl.org/2003/instance\"";

/// The register's cover: whose report it is, and the certificate of adoption.
fn cover(report: &EsefReport<'_>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html {COMMON} xmlns:se-cd-base=\"http://www.taxonomier.se/se/fr/cd-base/2021-10-31\" \
         xmlns:se-comp-base=\"http://www.bolagsverket.se/se/fr/comp-base/2022-09-01\"><head><title>Fastställelseintyg</title></head><body>\
         <div style=\"display:none\"><ix:header><ix:references><link:schemaRef xlink:type=\"simple\" \
         xlink:href=\"http://xbrl.taxonomier.se/se/fr/gaap/coa/rcplcs/2022-09-01/se-coa-rcplcs-2022-09-01.xsd\"/></ix:references><ix:resources>"
    );
    let Some(period) = report.statements.first().map(|statement| statement.period) else { return out };
    put!(
        out,
        "<xbrli:context id=\"period0\"><xbrli:entity><xbrli:identifier scheme=\"http://www.bolagsverket.se\">{}</xbrli:identifier></xbrli:entity>\
         <xbrli:period><xbrli:startDate>{}</xbrli:startDate><xbrli:endDate>{}</xbrli:endDate></xbrli:period></xbrli:context></ix:resources></ix:header></div>\n",
        report.orgnr,
        period.start(),
        period.end()
    );
    for (concept, value) in [
        ("se-cd-base:ForetagetsNamn", escape(report.name)),
        ("se-cd-base:Organisationsnummer", report.orgnr.to_string()),
        ("se-comp-base:ForetagLEIkod", report.lei.to_owned()),
        ("se-cd-base:RakenskapsarForstaDag", period.start().to_string()),
        ("se-cd-base:RakenskapsarSistaDag", period.end().to_string()),
        // A signature of nobody: parsers must pass it over.
        ("se-comp-base:UnderskriftFaststallelseintygForetradareEfternamn", "Undertecknare".to_owned()),
    ] {
        put!(out, "<p><ix:nonNumeric name=\"{concept}\" contextRef=\"period0\">{value}</ix:nonNumeric></p>\n");
    }
    out.push_str("</body></html>\n");
    out
}

fn document(report: &EsefReport<'_>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html {COMMON} xmlns:ixt=\"http://www.xbrl.org/inlineXBRL/transformation/2020-02-12\" \
         xmlns:ifrs-full=\"http://xbrl.ifrs.org/taxonomy/{}/ifrs-full\" xmlns:iso4217=\"http://www.xbrl.org/2003/iso4217\" \
         xmlns:xbrldi=\"http://xbrl.org/2006/xbrldi\"><head><title>{}</title></head><body><div style=\"display:none\"><ix:header><ix:references>\
         <link:schemaRef xlink:type=\"simple\" xlink:href=\"example-{}.xsd\"/></ix:references><ix:resources>\n",
        report.taxonomy,
        escape(report.name),
        report.taxonomy
    );
    for (index, statement) in report.statements.iter().enumerate() {
        let (start, end) = (statement.period.start(), statement.period.end());
        let year = format!("<xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate>");
        // Midnight at the end of a period is how some programs write its last day.
        let next = end.checked_add_days(Days::new(1)).unwrap_or(end);
        let part = "<xbrli:segment><xbrldi:explicitMember dimension=\"ifrs-full:ComponentsOfEquityAxis\">ifrs-full:IssuedCapitalMember</xbrldi:explicitMember></xbrli:segment>";
        let day = format!("<xbrli:instant>{next}T00:00:00</xbrli:instant>");
        context(&mut out, report.lei, &format!("ctx-{index}-y"), "", &year);
        context(&mut out, report.lei, &format!("ctx-{index}-d"), "", &day);
        context(&mut out, report.lei, &format!("ctx-{index}-p"), part, &day);
    }
    let currency = report.statements.first().map_or("SEK".to_owned(), |statement| statement.currency.to_string());
    put!(
        out,
        "<xbrli:unit id=\"money\"><xbrli:measure>iso4217:{currency}</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>\n<table>"
    );
    for row in written_rows() {
        put!(out, "<tr><td>{}</td>", row.line.label().sv);
        for (index, statement) in report.statements.iter().enumerate() {
            if let Some(amount) = statement.figures.get(row.line) {
                number(&mut out, report.scale, row, index, amount);
            }
        }
        out.push_str("</tr>\n");
    }
    // A part of equity under a dimension: it must not be taken for the whole.
    put!(
        out,
        "<tr><td>varav aktiekapital</td><td><ix:nonFraction name=\"ifrs-full:Equity\" contextRef=\"ctx-0-p\" unitRef=\"money\" decimals=\"-3\" scale=\"3\" format=\"ixt:num-comma-decimal\">1</ix:nonFraction></td></tr>"
    );
    out.push_str("</table></body></html>\n");
    out
}

fn context(out: &mut String, lei: &str, id: &str, segment: &str, period: &str) {
    put!(
        out,
        "<xbrli:context id=\"{id}\"><xbrli:entity><xbrli:identifier scheme=\"http://standards.iso.org/iso/17442\">{lei}</xbrli:identifier>{segment}</xbrli:entity><xbrli:period>{period}</xbrli:period></xbrli:context>\n"
    );
}

/// One row per line, the first of the table.
fn written_rows() -> impl Iterator<Item = &'static Row> {
    ifrs::IFRS
        .iter()
        .enumerate()
        .filter(|(at, row)| !ifrs::IFRS[..*at].iter().any(|before| before.line == row.line))
        .map(|(_, row)| row)
}

fn number(out: &mut String, scale: i8, row: &Row, index: usize, amount: i64) {
    let (sign, mut names) = concepts::term(row.terms.first().copied().unwrap_or("+"));
    let concept = names.next().unwrap_or_default();
    let filed = i128::from(if sign == '-' { amount.saturating_neg() } else { amount });
    let unit = 10_i128.pow(u32::try_from(scale).unwrap_or(0));
    let filed = (filed.abs() + unit / 2) / unit * filed.signum();
    let context = if row.line.part() == Part::Balance || row.line == Line::ProposedDividend { "d" } else { "y" };
    let sign = if filed < 0 { " sign=\"-\"" } else { "" };
    put!(
        out,
        "<td><ix:nonFraction format=\"ixt:num-comma-decimal\" decimals=\"-{scale}\" scale=\"{scale}\" name=\"ifrs-full:{concept}\" contextRef=\"ctx-{index}-{context}\" unitRef=\"money\"{sign}>"
    );
    let digits = filed.unsigned_abs().to_string();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out.push_str("</ix:nonFraction></td>");
}
