//! Archives as people pack them: each report becomes the filing of its own company, and what was not used of it is told.

use ingest::ImportKind;

use super::fixtures::{import, orgnr, package, report, request, write, zip_of};

#[tokio::test]
async fn loose_reports_packages_and_pages_in_one_archive_become_one_filing_each() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let archive = zip_of(&[
        ("index.html", b"<html><body>Veckans <br> rapporter</body></html>".to_vec()),
        ("README.txt", b"read me".to_vec()),
        ("alfa.xhtml", report(orgnr(1), 100, "SEK").into_bytes()),
        ("beta/r.xhtml", report(orgnr(2), 200, "SEK").into_bytes()),
        ("._alfa.xhtml", b"\0\x05\x16\x07".to_vec()),
        ("gamma.zip", package(orgnr(3), 300)),
        ("loose.zip", zip_of(&[("a.xhtml", report(orgnr(4), 400, "SEK")), ("b.xhtml", report(orgnr(5), 500, "SEK"))])),
    ]);
    // Two items of one package are never parted, not even by the smallest batch.
    let path = write(&folder.path().join("in"), "week.zip", &archive);
    let mut request = request(ImportKind::Filings, &path);
    request.batch = 1;
    let done = import(&db, &request, folder.path()).await;
    let report = &done.report;
    assert_eq!((report.read, report.new, report.rejected, report.figures_not_used), (5, 5, 0, 0), "{report:?}");
    assert_eq!(
        report.first_warnings.iter().map(|warning| warning.text.as_str()).collect::<Vec<_>>(),
        ["week.zip: 2 files are no annual report and no archive and were passed over: README.txt, index.html"]
    );
    let filed: Vec<(i64, String, i64)> = sqlx::query_as(
        "SELECT f.orgnr, f.file_name, p.revenue FROM filings f JOIN financial_periods p ON p.filing_id = f.id ORDER BY f.orgnr",
    )
    .fetch_all(db.pool())
    .await
    .unwrap();
    let expected = [
        (1, "alfa.xhtml", 100),
        (2, "r.xhtml", 200),
        (3, "gamma.zip", 300),
        (4, "loose.zip!a.xhtml", 400),
        (5, "loose.zip!b.xhtml", 500),
    ];
    let found: Vec<(i64, &str, i64)> =
        filed.iter().map(|(orgnr, name, revenue)| (*orgnr, name.as_str(), *revenue)).collect();
    let expected: Vec<(i64, &str, i64)> =
        expected.into_iter().map(|(n, name, revenue)| (orgnr(n).cast_signed(), name, revenue)).collect();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert!(found.1.ends_with(expected.1), "{found:?}");
        assert_eq!((found.0, found.2), (expected.0, expected.2));
    }
    let again = import(&db, &request, folder.path()).await.report;
    assert_eq!((again.read, again.new, again.unchanged, again.rejected), (5, 0, 5, 0));
}

#[tokio::test]
async fn figures_that_are_not_used_are_counted_told_and_kept_with_the_filing() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let tag = |context: &str, text: &str, more: &str| {
        format!(
            "<ix:nonFraction name=\"se-gen-base:Nettoomsattning\" contextRef=\"{context}\" unitRef=\"SEK\" decimals=\"INF\" scale=\"0\" format=\"ixt:{more}\">{text}</ix:nonFraction>"
        )
    };
    let extra = tag("quarter", "7", "numspacecomma")
        + &tag("period0", "V", "numroman")
        + &tag("part", "9", "numspacecomma")
        + &tag("period0", "101", "numspacecomma");
    let plain = report(orgnr(1), 100, "SEK");
    let context = |id: &str, start: &str, inside: &str| {
        let number = format!("{}-{:04}", orgnr(1) / 10_000, orgnr(1) % 10_000);
        format!(
            "<xbrli:context id=\"{id}\"><xbrli:entity><xbrli:identifier scheme=\"http://www.bolagsverket.se\">{number}</xbrli:identifier>{inside}</xbrli:entity><xbrli:period><xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>2021-12-31</xbrli:endDate></xbrli:period></xbrli:context>"
        )
    };
    let contexts = context("quarter", "2021-10-01", "")
        + &context(
            "part",
            "2021-01-01",
            "<xbrli:segment><del xmlns=\"http://example.com/del\">Norr</del></xbrli:segment>",
        );
    let text = plain
        .replace("</ix:resources>", &format!("{contexts}</ix:resources>"))
        .replace("</body>", &format!("<p>{extra}</p></body>"));
    let path = write(&folder.path().join("in"), "r.xhtml", text);
    let done = import(&db, &request(ImportKind::Filings, &path), folder.path()).await;
    assert_eq!((done.report.new, done.report.figures_not_used), (1, 3), "{:?}", done.report);
    let told: Vec<&str> = done.report.first_warnings.iter().map(|warning| warning.text.as_str()).collect();
    assert!(told.iter().any(|text| text.contains("Lode does not know its transformation ixt:numroman")), "{told:?}");
    assert!(told.iter().any(|text| text.contains("2021-10-01–2021-12-31, are no year of the report")), "{told:?}");
    assert!(!told.iter().any(|text| text.contains("part of the company")), "usual in sound reports: {told:?}");

    let mut conn = db.pool().acquire().await.unwrap();
    let key = orgnr(1).cast_signed();
    let filing = store::filing_list::of_company(&mut conn, key).await.unwrap().remove(0);
    let mut reasons: Vec<(&str, u32)> =
        filing.unused.iter().map(|group| (group.reason.as_str(), group.count)).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, [("no_year", 1), ("part_of_company", 1), ("unknown_transformation", 1)]);
    let revenue = domain::line::Line::Revenue;
    let version = store::figures::versions(&mut conn, key, revenue, "company", filing.period_end.unwrap())
        .await
        .unwrap()
        .remove(0);
    let others: Vec<_> = version.others.iter().map(|tag| (tag.reason, tag.fact.value.to_string())).collect();
    assert_eq!(others.len(), 1, "the contradicting amount is shown beside the one that is used: {others:?}");
    assert_eq!(version.quality, "suspect");
    assert_eq!(
        version.unused.iter().flat_map(|group| &group.figures).filter(|figure| figure.line == "revenue").count(),
        3
    );
}
