//! Small packages and tables, and a way to run an import on them.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use artifacts::Artifacts;
use domain::orgnr::check_digit;
use ingest::report::ImportReport;
use ingest::{Done, ImportKind, ImportRequest, Progress, run};
use sqlx::PgPool;
use store::import_rejections::Rejection;
use testing::contents::{self, MAIN_TABLES};
use tokio_util::sync::CancellationToken;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: u64, _: bool) {}
    fn advance(&self, _: u64, _: &ImportReport) {}
}

/// The nth valid number.
pub fn orgnr(n: u64) -> u64 {
    let first_nine = 556_100_000 + n;
    first_nine * 10 + u64::from(check_digit(first_nine))
}

pub fn request(kind: ImportKind, path: &Path) -> ImportRequest {
    ImportRequest { kind, paths: vec![path.to_owned()], mapping: None, is_dry_run: false, batch: 1000 }
}

pub async fn import(pool: &PgPool, request: &ImportRequest, folder: &Path) -> Done {
    let artifacts = Artifacts::in_folder(&folder.join("artifacts")).unwrap();
    run(pool, &artifacts, request, &CancellationToken::new(), &Silent).await.unwrap()
}

/// The one rejection of a file, by its name.
pub fn rejection<'a>(done: &'a Done, file: &str) -> &'a Rejection {
    let found: Vec<_> = done.rejections.iter().filter(|r| r.file.contains(file)).collect();
    assert_eq!(found.len(), 1, "one rejection for {file} in {:#?}", done.rejections);
    found[0]
}

pub fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    std::fs::create_dir_all(folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

pub fn zip_of<B: AsRef<[u8]>>(entries: &[(&str, B)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A K2 report of 2021 with revenue and result; `unit` is what the amounts refer to.
pub fn report(orgnr: u64, revenue: u64, unit: &str) -> String {
    let number = format!("{}-{}", orgnr / 10_000, format_args!("{:04}", orgnr % 10_000));
    let amount = |concept: &str, context: &str, value: u64| {
        format!(
            "<ix:nonFraction name=\"se-gen-base:{concept}\" contextRef=\"{context}\" unitRef=\"{unit}\" decimals=\"INF\" scale=\"0\" format=\"ixt:numspacecomma\">{value}</ix:nonFraction>"
        )
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2010-04-20"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:se-gen-base="http://www.taxonomier.se/se/fr/gen-base/2021-10-31" xmlns:se-cd-base="http://www.taxonomier.se/se/fr/cd-base/2021-10-31"><head><title>x</title></head><body>
<div style="display:none"><ix:header><ix:hidden><ix:nonNumeric name="se-cd-base:ForetagetsNamn" contextRef="period0">Prov {orgnr} AB</ix:nonNumeric>
<ix:nonNumeric name="se-cd-base:Organisationsnummer" contextRef="period0">{number}</ix:nonNumeric>
<ix:nonNumeric name="se-cd-base:RakenskapsarForstaDag" contextRef="period0">2021-01-01</ix:nonNumeric>
<ix:nonNumeric name="se-cd-base:RakenskapsarSistaDag" contextRef="period0">2021-12-31</ix:nonNumeric></ix:hidden>
<ix:references><link:schemaRef xlink:type="simple" xlink:href="http://xbrl.taxonomier.se/se/fr/gaap/k2/risbs/2021-10-31/se-k2-risbs-2021-10-31.xsd"/></ix:references>
<ix:resources>
<xbrli:context id="period0"><xbrli:entity><xbrli:identifier scheme="http://www.bolagsverket.se">{number}</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:startDate>2021-01-01</xbrli:startDate><xbrli:endDate>2021-12-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:context id="balans0"><xbrli:entity><xbrli:identifier scheme="http://www.bolagsverket.se">{number}</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2021-12-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="SEK"><xbrli:measure>iso4217:SEK</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>
<p>{}{}</p><p>{}{}</p></body></html>"#,
        amount("Nettoomsattning", "period0", revenue),
        amount("AretsResultat", "period0", revenue / 10),
        amount("Tillgangar", "balans0", revenue),
        amount("EgetKapital", "balans0", revenue / 2),
    )
}

/// A package as the register delivers it.
pub fn package(orgnr: u64, revenue: u64) -> Vec<u8> {
    zip_of(&[("rapport.xhtml", report(orgnr, revenue, "SEK"))])
}

/// Everything an import leaves behind, without ids and times: one text per table.
pub async fn dump(pool: &PgPool) -> Vec<String> {
    let left = [
        "SELECT to_jsonb(orgnr) FROM (SELECT DISTINCT orgnr FROM change_feed) feed ORDER BY orgnr",
        "SELECT to_jsonb(r) FROM (SELECT DISTINCT file, item, place, reason, remedy, sample FROM import_rejections) r
         ORDER BY file, item, reason",
    ];
    contents::dump(pool, MAIN_TABLES.into_iter().chain(left)).await
}
