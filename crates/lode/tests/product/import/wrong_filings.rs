//! Packages that cannot be used: each is refused with file, place and reason, and the good ones are taken.

use ingest::ImportKind;

use super::fixtures::{dump, import, orgnr, package, rejection, report, request, write, zip_of};

const LAUGHS: &str = r#"<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><html xmlns="http://www.w3.org/1999/xhtml">&c;</html>"#;

#[tokio::test]
async fn every_wrong_package_is_named_and_the_rest_goes_on() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let input = folder.path().join("in");
    let good = package(orgnr(1), 1_000_000);
    write(&input, "a_good.zip", &good);
    write(&input, "b_truncated.zip", &good[..good.len() / 2]);
    write(&input, "c_bomb.zip", zip_of(&[("bomb.xhtml", vec![b' '; 40 << 20])]));
    write(&input, "d_text.zip", "detta är inte en zip");
    write(&input, "e_pdf.zip", "%PDF-1.7 ...");
    write(&input, "f_unit.zip", zip_of(&[("r.xhtml", report(orgnr(2), 500, "USD"))]));
    let broken = report(orgnr(3), 500, "SEK").replace("</body>", "</div></body>");
    write(&input, "g_xml.zip", zip_of(&[("r.xhtml", broken)]));
    write(&input, "h_laughs.zip", zip_of(&[("r.xhtml", LAUGHS)]));
    let latin: Vec<u8> = report(orgnr(4), 500, "SEK").replace("Prov", "Pröv").chars().map(|c| c as u32 as u8).collect();
    write(&input, "i_encoding.zip", zip_of(&[("r.xhtml", latin)]));
    write(&input, "j_empty.zip", "");
    let person = report(orgnr(5), 500, "SEK").replace(&format!("{}-", orgnr(5) / 10_000), "650101-");
    write(&input, "k_person.zip", zip_of(&[("r.xhtml", person)]));
    let archive = zip_of(&[
        ("1.zip", package(orgnr(6), 600)),
        ("2.zip", b"PK\x03\x04 skadad".to_vec()),
        ("3.zip", package(orgnr(7), 700)),
    ]);
    write(&input, "l_week.zip", archive);
    write(&input, "m_good.zip", package(orgnr(8), 800));

    let done = import(&db, &request(ImportKind::Filings, &input), folder.path()).await;
    for (file, words) in [
        ("b_truncated.zip", "cut off"),
        ("c_bomb.zip", "inflate"),
        ("d_text.zip", "not a zip package"),
        ("e_pdf.zip", "PDF"),
        ("f_unit.zip", "unit"),
        ("g_xml.zip", "XML"),
        ("h_laughs.zip", "entit"),
        ("i_encoding.zip", "UTF-8"),
        ("j_empty.zip", "empty"),
        ("k_person.zip", "personal identity number"),
        ("l_week.zip!2.zip", ""),
    ] {
        let found = rejection(&done, file);
        let text = format!(
            "{} {} {}",
            found.reason,
            found.place.as_deref().unwrap_or(""),
            found.remedy.as_deref().unwrap_or("")
        );
        assert!(text.contains(words), "{file}: {text}");
        assert!(found.remedy.is_some() || file == "k_person.zip", "{file} says what to do: {text}");
    }
    assert_eq!((done.report.read, done.report.new, done.report.rejected), (15, 4, 11));
    let companies: Vec<i64> = sqlx::query_scalar("SELECT orgnr FROM company_facts WHERE has_financials ORDER BY orgnr")
        .fetch_all(db.pool())
        .await
        .unwrap();
    assert_eq!(companies, [1, 6, 7, 8].map(|n| orgnr(n) as i64));
    let (filings, periods): (i64, i64) =
        sqlx::query_as("SELECT (SELECT count(*) FROM filings), (SELECT count(*) FROM financial_periods)")
            .fetch_one(db.pool())
            .await
            .unwrap();
    assert_eq!((filings, periods), (4, 4), "nothing half-written");
    assert!(!dump(&db).await.concat().contains("650101"), "no personal number is kept");
}
