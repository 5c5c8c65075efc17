//! Small requests that would cost much.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;

use super::walk::routes;
use crate::support::{Server, start};

/// A workbook of some kilobytes whose one shared text of 900 kB every cell names.
pub(super) fn bomb(cells: usize) -> Vec<u8> {
    const OPEN: &str = "http://schemas.openxmlformats.org";
    let rows: String = (1..=cells / 4)
        .map(|row| {
            let cells: String =
                ["A", "B", "C", "D"].iter().map(|c| format!("<c r=\"{c}{row}\" t=\"s\"><v>0</v></c>")).collect();
            format!("<row r=\"{row}\">{cells}</row>")
        })
        .collect();
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"{OPEN}/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let relations =
        |inner: String| format!("<Relationships xmlns=\"{OPEN}/package/2006/relationships\">{inner}</Relationships>");
    let main = format!("{OPEN}/spreadsheetml/2006/main");
    let parts = [
        ("[Content_Types].xml", format!("<Types xmlns=\"{OPEN}/package/2006/content-types\"/>")),
        ("_rels/.rels", relations(relation("r", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{OPEN}/officeDocument/2006/relationships\"><sheets>\
                 <sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(
                relation("r1", "worksheet", "worksheets/sheet1.xml")
                    + &relation("r2", "sharedStrings", "sharedStrings.xml"),
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\"><si><t>{}</t></si></sst>", "A".repeat(900_000))),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Most memory that this process has held, in megabytes.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

async fn upload(server: &Server, path: &str, file: Vec<u8>) -> (u16, String) {
    let request = server.client.post(format!("{}{path}", server.url));
    let request = if path.ends_with("workbook") {
        request.header("content-type", "application/octet-stream").body(file)
    } else {
        let boundary = "a-boundary";
        let mut body =
            format!("--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n")
                .into_bytes();
        body.extend(file);
        body.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
        request.header("content-type", format!("multipart/form-data; boundary={boundary}")).body(body)
    };
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap_or_default())
}

#[tokio::test]
async fn a_small_workbook_that_grows_is_refused_by_every_upload_that_reads_one() {
    let server = start(&[]).await;
    let file = bomb(12_000);
    assert!(file.len() < 200_000, "{}", file.len());
    upload(&server, "/api/lists/match/workbook", bomb(4)).await;
    let before = peak_megabytes();
    for path in ["/api/lists/match/workbook", "/api/prospects/import"] {
        let begun = Instant::now();
        let uploads = (0..16).map(|_| upload(&server, path, file.clone()));
        for (status, text) in futures::future::join_all(uploads).await {
            assert_eq!(status, 422, "{path}: {text}");
            assert!(text.contains("of text"), "{text}");
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{path} took {:?}", begun.elapsed());
    }
    let grown = peak_megabytes() - before;
    assert!(grown < 200, "{grown} MB for files of {} kB", file.len() / 1000);
}

#[tokio::test]
async fn long_search_texts_are_refused_everywhere() {
    let server = start(&[]).await;
    let mut walked = 0;
    for route in routes().iter().filter(|route| route.query.iter().any(|name| name == "q")) {
        let answer = server.client.get(format!("{}{}?q={}", server.url, route.path, "a".repeat(8_000)));
        let answer = answer.send().await.unwrap();
        assert_eq!(answer.status(), 422, "{}", route.path);
        walked += 1;
    }
    assert!(walked >= 3, "{walked}");
    let address = format!("{}/api/companies/search?q={}", server.url, "a".repeat(60_000));
    assert_eq!(server.client.get(address).send().await.unwrap().status(), 414);
}

#[tokio::test]
async fn many_values_in_a_body_are_refused_before_they_are_made() {
    let server = start(&[]).await;
    let body = format!("{{\"filters\": [{}]}}", vec!["0"; 400_000].join(","));
    for path in ["/api/universe/query", "/api/views", "/api/lists"] {
        let request = server.client.post(format!("{}{path}", server.url)).header("content-type", "application/json");
        let answer = request.body(body.clone()).send().await.unwrap();
        assert_eq!(answer.status(), 422, "{path}");
        assert!(answer.text().await.unwrap().contains("values"), "{path}");
    }
}

#[tokio::test]
async fn invented_methods_and_addresses_make_no_labels() {
    api::install_metrics();
    let server = start(&[]).await;
    for number in 0..500 {
        let method = http::Method::from_bytes(format!("M{number}").as_bytes()).unwrap();
        let _ = server.client.request(method, format!("{}/health", server.url)).send().await.unwrap();
        let _ = server.get(&format!("/api/nothing/{number}")).await;
        let _ = server.get(&format!("/api/jobs/queues/q{number}/pause")).await;
    }
    let metrics = server.get("/metrics").await.text().await.unwrap();
    let requests = metrics.lines().filter(|line| line.starts_with("lode_http_requests_total")).count();
    assert!((1..60).contains(&requests), "{requests} series");
    assert!(!metrics.contains("M17") && metrics.contains("method=\"other\""));
}

#[tokio::test]
async fn sixty_four_costly_questions_leave_room_for_a_cheap_one() {
    let server = start(&[]).await;
    server.until_ready().await;
    let costly = (0..64).map(|number| {
        let request = server.client.get(format!("{}/api/companies/search?q=bolag{number}", server.url));
        async move { request.send().await.unwrap().status().as_u16() }
    });
    let cheap = async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let begun = Instant::now();
        assert_eq!(server.get("/api/me").await.status(), 200);
        begun.elapsed()
    };
    let (statuses, took) = tokio::join!(futures::future::join_all(costly), cheap);
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert!(statuses.iter().all(|status| [200, 503].contains(status)), "{statuses:?}");
}
