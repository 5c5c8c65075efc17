//! Writes iXBRL packages as the reporting programs do: for round trips, fixtures, demonstrations and benchmarks.
//!
//! What is written is a test tool's report: the figures of the given statements, nothing else of substance. The
//! two newest statements are written in full, older ones as columns of the multi-year overview.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use chrono::NaiveDate;
use domain::filing::Framework;
use domain::line::{Line, Part};
use domain::orgnr::Orgnr;
use domain::statement::Statement;
use rust_decimal::Decimal;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::concepts::{self, Row};

/// What is reported.
#[derive(Clone, Debug)]
pub struct Report<'r> {
    /// Whose report.
    pub orgnr: Orgnr,
    /// Name of the company.
    pub name: &'r str,
    /// Seat of the company.
    pub seat: &'r str,
    /// K2 or K3.
    pub framework: Framework,
    /// Date of the taxonomy.
    pub taxonomy: NaiveDate,
    /// Newest first, all of the company itself and in one currency.
    pub statements: &'r [Statement],
}

/// How a program writes: names, spaces, order and bulk, none of which may change a figure.
#[derive(Clone, Debug)]
pub struct Style {
    /// Program and version, as meta tags give them.
    pub program: (&'static str, &'static str),
    /// Prefix of inline XBRL, usually `ix`.
    pub inline: &'static str,
    /// Prefix of the concepts, usually `se-gen-base`.
    pub concepts: &'static str,
    /// Prefixes of the ids of contexts over a period and at a day.
    pub contexts: (&'static str, &'static str),
    /// Id of the unit of money.
    pub unit: &'static str,
    /// What stands between thousands.
    pub separator: &'static str,
    /// The `decimals` of exact amounts, `INF` or `0`.
    pub decimals: &'static str,
    /// Whether the overview is in thousands.
    pub overview_in_thousands: bool,
    /// Whether a figure that occurs in two places is one tag inside another.
    pub nested: bool,
    /// Whether an auditor's report, with a fictitious signature, is a document of its own in the package.
    pub auditor: bool,
    /// Bytes of style sheet and pictures around the figures; they do not compress.
    pub bulk: usize,
    /// Rows of empty table markup around the figures, about 600 bytes each; they compress well.
    pub markup_rows: usize,
}

impl Style {
    /// As Fortnox writes: full precision everywhere and large embedded pictures.
    #[must_use]
    pub fn fortnox_like() -> Self {
        Self {
            program: ("Fortnox Bokslut & Skatt", "3.5.5"),
            inline: "ix",
            concepts: "se-gen-base",
            contexts: ("period", "balans"),
            unit: "SEK",
            separator: " ",
            decimals: "INF",
            overview_in_thousands: false,
            nested: false,
            auditor: false,
            bulk: 100_000,
            markup_rows: 400,
        }
    }

    /// As Wolters Kluwer writes: rounded thousands in the overview, no-break spaces, much markup.
    #[must_use]
    pub fn wolters_kluwer_like() -> Self {
        Self {
            program: ("Wolters Kluwer Bokslut", "2020.2.3"),
            decimals: "0",
            separator: "\u{a0}",
            overview_in_thousands: true,
            nested: true,
            bulk: 0,
            markup_rows: 180,
            ..Self::fortnox_like()
        }
    }

    /// As nobody in particular writes: other prefixes, upper-case ids, references for spaces, an auditor's report.
    #[must_use]
    pub fn unusual() -> Self {
        Self {
            program: ("E-revisor.se", "2021 2.6"),
            inline: "inl",
            concepts: "gb",
            contexts: ("PERIOD", "BALANS"),
            unit: "valuta",
            separator: "&#160;",
            auditor: true,
            bulk: 2_000,
            markup_rows: 3,
            ..Self::wolters_kluwer_like()
        }
    }
}

/// The package: a zip with the report, and the auditor's where the style has one.
///
/// # Errors
/// When the zip cannot be written, which in memory means that it grew beyond 4 GiB.
pub fn package(report: &Report<'_>, style: &Style) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    if style.auditor {
        zip.start_file(format!("{:08x}-0000-4000-8000-000000000002.xhtml", report.orgnr.number()), options)?;
        zip.write_all(auditors_document(report).as_bytes())?;
    }
    zip.start_file(format!("{:08x}-0000-4000-8000-000000000001.xhtml", report.orgnr.number()), options)?;
    zip.write_all(document(report, style).as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

/// The name that the register gives to a package: `<orgnr>_<period end>.zip`.
#[must_use]
pub fn package_name(report: &Report<'_>) -> String {
    let end = report.statements.first().map_or_else(String::new, |statement| statement.period.end().to_string());
    format!("{}_{end}.zip", report.orgnr)
}

/// The report as XHTML.
#[must_use]
pub fn document(report: &Report<'_>, style: &Style) -> String {
    let mut out = String::with_capacity(64 << 10);
    head(&mut out, report, style);
    resources(&mut out, report, style);
    body(&mut out, report, style);
    out.push_str("</body></html>\n");
    out
}

fn family(report: &Report<'_>) -> &'static str {
    if report.framework == Framework::K3 { "k3" } else { "k2" }
}

// Writing to a String cannot fail, so the results of write! are dropped here and below.
macro_rules! put {
    ($out:expr, $($argument:tt)*) => { { let _ = write!($out, $($argument)*); } };
}

fn head(out: &mut String, report: &Report<'_>, style: &Style) {
    let (date, inline, gen_base) = (report.taxonomy, style.inline, style.concepts);
    let family = family(report);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"");
    put!(
        out,
        " xmlns:{inline}=\"http://www.xbrl.org/2013/inlineXBRL\" xmlns:ixt=\"http://www.xbrl.org/inlineXBRL/transformation/2010-04-20\""
    );
    out.push_str(" xmlns:link=\"http://www.xbrl.org/2003/linkbase\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
    out.push_str(
        " xmlns:xbrli=\"http://www.xbrl.org/2003/instance\" xmlns:iso4217=\"http://www.xbrl.org/2003/iso4217\"",
    );
    put!(
        out,
        " xmlns:{gen_base}=\"http://www.taxonomier.se/se/fr/gen-base/{date}\" xmlns:se-cd-base=\"http://www.taxonomier.se/se/fr/cd-base/{date}\""
    );
    put!(
        out,
        " xmlns:se-comp-base=\"http://www.bolagsverket.se/se/fr/comp-base/{date}\" xmlns:antal=\"http://www.taxonomier.se/se/fr/{family}/datatype\">\n<head>"
    );
    let (program, version) = (escape(style.program.0), style.program.1);
    put!(
        out,
        "<title>{} {}</title><meta name=\"programvara\" content=\"{program}\"/>",
        report.orgnr.formatted(),
        escape(report.name)
    );
    put!(out, "<meta name=\"programversion\" content=\"{version}\"/><style type=\"text/css\">");
    bulk(out, style.bulk, report.orgnr.number());
    out.push_str("</style></head>\n<body>");
}

fn resources(out: &mut String, report: &Report<'_>, style: &Style) {
    let (date, inline) = (report.taxonomy, style.inline);
    let family = family(report);
    put!(out, "<div style=\"display:none\"><{inline}:header><{inline}:hidden>");
    if let Some(first) = report.statements.first() {
        let at = format!("{}0", style.contexts.0);
        text(out, inline, "se-cd-base:RakenskapsarForstaDag", &at, &first.period.start().to_string());
        text(out, inline, "se-cd-base:RakenskapsarSistaDag", &at, &first.period.end().to_string());
        text(out, inline, "se-cd-base:Redovisningsvaluta", &at, first.currency.code());
    }
    put!(out, "</{inline}:hidden><{inline}:references>");
    for part in
        [format!("{family}/risbs/{date}/se-{family}-risbs-{date}"), format!("coa/rplc/{date}/se-coa-rplc-{date}")]
    {
        put!(
            out,
            "<link:schemaRef xlink:type=\"simple\" xlink:href=\"http://xbrl.taxonomier.se/se/fr/gaap/{part}.xsd\"/>"
        );
    }
    put!(out, "</{inline}:references><{inline}:resources>");
    for (index, statement) in report.statements.iter().enumerate() {
        let entity = format!(
            "<xbrli:entity><xbrli:identifier scheme=\"http://www.bolagsverket.se\">{}</xbrli:identifier></xbrli:entity>",
            report.orgnr.formatted()
        );
        let (start, end) = (statement.period.start(), statement.period.end());
        put!(
            out,
            "<xbrli:context id=\"{}{index}\">{entity}<xbrli:period><xbrli:startDate>{start}</xbrli:startDate>",
            style.contexts.0
        );
        put!(
            out,
            "<xbrli:endDate>{end}</xbrli:endDate></xbrli:period></xbrli:context><xbrli:context id=\"{}{index}\">{entity}",
            style.contexts.1
        );
        put!(out, "<xbrli:period><xbrli:instant>{end}</xbrli:instant></xbrli:period></xbrli:context>");
    }
    let currency = report.statements.first().map_or("SEK".to_owned(), |statement| statement.currency.to_string());
    put!(out, "<xbrli:unit id=\"{}\"><xbrli:measure>iso4217:{currency}</xbrli:measure></xbrli:unit>", style.unit);
    let people = if family == "k3" { "AntalPersoner" } else { "AntalAnstallda" };
    put!(out, "<xbrli:unit id=\"anstallda\"><xbrli:measure>antal:{people}</xbrli:measure></xbrli:unit>");
    put!(out, "</{inline}:resources></{inline}:header></div>\n");
}

fn text(out: &mut String, inline: &str, concept: &str, context: &str, value: &str) {
    put!(
        out,
        "<{inline}:nonNumeric name=\"{concept}\" contextRef=\"{context}\">{}</{inline}:nonNumeric>",
        escape(value)
    );
}

fn body(out: &mut String, report: &Report<'_>, style: &Style) {
    let (inline, now) = (style.inline, format!("{}0", style.contexts.0));
    out.push_str("<h1>");
    text(out, inline, "se-cd-base:ForetagetsNamn", &now, report.name);
    out.push(' ');
    text(out, inline, "se-cd-base:Organisationsnummer", &now, &report.orgnr.formatted());
    out.push_str("</h1><p>Säte: ");
    text(out, inline, "se-cd-base:ForetagetsSate", &now, report.seat);
    out.push_str("</p>\n");
    // A signature of nobody: parsers must pass it over.
    let gen_base = style.concepts;
    put!(
        out,
        "<p><{inline}:nonNumeric name=\"{gen_base}:UnderskriftHandlingTilltalsnamn\" contextRef=\"{now}\">Påhittad</{inline}:nonNumeric> "
    );
    put!(
        out,
        "<{inline}:nonNumeric name=\"{gen_base}:UnderskriftHandlingEfternamn\" contextRef=\"{now}\">Undertecknare</{inline}:nonNumeric></p>\n"
    );
    overview(out, report, style);
    for row in 0..style.markup_rows {
        put!(
            out,
            "<tr class=\"line line-{row}\"><td class=\"label\" style=\"padding-left:0.5em;padding-right:2em;vertical-align:bottom\"><span class=\"text normal\">&nbsp;</span></td>"
        );
        for _ in 0..3 {
            out.push_str("<td class=\"amount\" style=\"width:6.5em;text-align:right;vertical-align:bottom;white-space:nowrap\"><span class=\"amount positive\">&nbsp;</span></td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("<table>");
    for row in written_rows() {
        let full = &report.statements[..report.statements.len().min(2)];
        if full.iter().all(|statement| statement.figures.get(row.line).is_none()) {
            continue;
        }
        put!(out, "<tr><td>{}</td>", row.line.label().sv);
        for (index, statement) in full.iter().enumerate() {
            out.push_str("<td>");
            if let Some(amount) = statement.figures.get(row.line) {
                let (concept, filed) = filed(row, amount);
                number(out, style, concept, row.line, index, i128::from(filed), 0);
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table><p>Medelantalet anställda ");
    for (index, statement) in report.statements.iter().enumerate().take(2) {
        if let Some(employees) = statement.employees {
            people(out, style, index, employees);
        }
    }
    out.push_str("</p>\n");
}

/// The multi-year overview: three figures a year, rounded to thousands where the style does so.
fn overview(out: &mut String, report: &Report<'_>, style: &Style) {
    out.push_str("<table>");
    for line in [Line::Revenue, Line::ResultAfterFinancialItems, Line::TotalAssets] {
        let Some(row) = written_rows().find(|row| row.line == line) else { continue };
        out.push_str("<tr>");
        for (index, statement) in report.statements.iter().enumerate() {
            if let Some(amount) = statement.figures.get(line) {
                let (concept, filed) = filed(row, amount);
                let (filed, scale) =
                    if style.overview_in_thousands { (rounded(filed), 3) } else { (i128::from(filed), 0) };
                out.push_str("<td>");
                number(out, style, concept, line, index, filed, scale);
                out.push_str("</td>");
            }
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>\n");
}

fn rounded(amount: i64) -> i128 {
    let amount = i128::from(amount);
    (amount.abs() + 500) / 1000 * amount.signum()
}

/// One row per line: the first of the table, whose first concept is the ordinary one.
fn written_rows() -> impl Iterator<Item = &'static Row> {
    concepts::SWEDISH
        .iter()
        .enumerate()
        .filter(|(at, row)| !concepts::SWEDISH[..*at].iter().any(|before| before.line == row.line))
        .map(|(_, row)| row)
}

/// The concept a line is written as and the value as filed. Financial income is written as interest.
fn filed(row: &Row, amount: i64) -> (&'static str, i64) {
    let term = if row.line == Line::FinancialIncome { row.terms.last() } else { row.terms.first() };
    let (sign, mut names) = concepts::term(term.copied().unwrap_or("+"));
    (names.next().unwrap_or_default(), if sign == '+' { amount } else { amount.saturating_neg() })
}

fn number(out: &mut String, style: &Style, concept: &str, line: Line, index: usize, value: i128, scale: i8) {
    let at_a_day = line.part() == Part::Balance || line == Line::ProposedDividend;
    let context = if at_a_day { style.contexts.1 } else { style.contexts.0 };
    let (inline, gen_base, unit) = (style.inline, style.concepts, style.unit);
    let decimals = if scale == 0 { style.decimals.to_owned() } else { format!("-{scale}") };
    if value < 0 {
        out.push('-');
    }
    let sign = if value < 0 { " sign=\"-\"" } else { "" };
    let tag = format!(
        "<{inline}:nonFraction name=\"{gen_base}:{concept}\" contextRef=\"{context}{index}\" unitRef=\"{unit}\" decimals=\"{decimals}\" scale=\"{scale}\" format=\"ixt:numspacecomma\"{sign}>"
    );
    let times = if style.nested && line == Line::TotalAssets { 2 } else { 1 };
    for _ in 0..times {
        out.push_str(&tag);
    }
    let digits = value.unsigned_abs().to_string();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(style.separator);
        }
        out.push(digit);
    }
    for _ in 0..times {
        put!(out, "</{inline}:nonFraction>");
    }
}

fn people(out: &mut String, style: &Style, index: usize, employees: Decimal) {
    let (inline, gen_base, context) = (style.inline, style.concepts, style.contexts.0);
    put!(
        out,
        "<{inline}:nonFraction name=\"{gen_base}:MedelantaletAnstallda\" contextRef=\"{context}{index}\" unitRef=\"anstallda\""
    );
    put!(
        out,
        " decimals=\"INF\" scale=\"0\" format=\"ixt:numspacecomma\">{}</{inline}:nonFraction>",
        employees.to_string().replace('.', ",")
    );
}

fn auditors_document(report: &Report<'_>) -> String {
    let end = report.statements.first().map_or_else(String::new, |statement| statement.period.end().to_string());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:ix=\"http://www.xbrl.org/2013/inlineXBRL\" \
         xmlns:link=\"http://www.xbrl.org/2003/linkbase\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:xbrli=\"http://www.xbrl.org/2003/instance\" \
         xmlns:se-ar-base=\"http://www.far.se/se/fr/ar/base/2020-12-01\"><head><title>Revisionsberättelse</title></head><body><ix:header><ix:references>\
         <link:schemaRef xlink:type=\"simple\" xlink:href=\"http://xbrl.taxonomier.se/se/fr/ar/rar/2020-12-01/se-ar-rar-2020-12-01.xsd\"/></ix:references>\
         <ix:resources><xbrli:context id=\"p\"><xbrli:entity><xbrli:identifier scheme=\"http://www.bolagsverket.se\">{}</xbrli:identifier></xbrli:entity>\
         <xbrli:period><xbrli:instant>{end}</xbrli:instant></xbrli:period></xbrli:context></ix:resources></ix:header>\
         <p><ix:nonNumeric name=\"se-ar-base:UnderskriftRevisionsberattelseRevisorEfternamn\" contextRef=\"p\">Undertecknare</ix:nonNumeric></p></body></html>",
        report.orgnr.formatted()
    )
}

/// Letters that look random but are the same for the same seed, as an embedded picture.
fn bulk(out: &mut String, bytes: usize, seed: u64) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut state = seed | 1;
    out.push_str(".logo{background:url(data:image/png;base64,");
    for _ in 0..bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.push(char::from(LETTERS[(state >> 58) as usize]));
    }
    out.push_str(")}");
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
