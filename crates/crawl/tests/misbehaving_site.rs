//! A website that misbehaves in every way ends in an error that says what it did, in bounded time and memory.

mod support;

use std::io::Write;
use std::time::{Duration, Instant};

use crawl::fetch::{Fetch, FetchError, Request, Wanted};
use crawl::{Options, Site, site};
use support::{url, web};
use testing::website::{Reply, Website};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn quick() -> Options {
    Options { delay: Duration::ZERO, timeout: Duration::from_millis(700), max_bytes: 300_000, ..Options::default() }
}

async fn ask(path: &'static str, reply: Reply) -> Result<crawl::Response, FetchError> {
    let fixture = Website::start(move |_| reply.clone()).await;
    let (web, _) = web(&fixture, &[]);
    let mut request = Request::new(url(&fixture.url(path)), Wanted::Page);
    (request.timeout, request.max_bytes) = (Duration::from_millis(700), 300_000);
    web.fetch(&request).await
}

#[tokio::test]
async fn slow_endless_and_oversized_answers_are_cut_off() {
    let begun = Instant::now();
    let late = Reply::Late(Duration::from_secs(30), Box::new(Reply::page("<p>late")));
    assert!(matches!(ask("/slow", late).await, Err(FetchError::TimedOut { .. })));
    assert!(matches!(ask("/drip", Reply::Dripping(Duration::from_millis(50))).await, Err(FetchError::TimedOut { .. })));
    assert!(matches!(ask("/endless", Reply::Endless).await, Err(FetchError::TooLarge { limit: 300_000 })));
    let big = Reply::typed("text/html", &vec![b'x'; 400_000]);
    assert!(matches!(ask("/big", big).await, Err(FetchError::TooLarge { .. })));
    let bomb = Reply::typed("text/html", &gzip(&vec![0; 20 << 20])).with("Content-Encoding", "gzip");
    assert!(matches!(ask("/bomb", bomb).await, Err(FetchError::TooLarge { .. })), "20 MB in 90 kB");
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn broken_answers_say_what_is_wrong() {
    assert!(matches!(ask("/", Reply::HangUp).await, Err(FetchError::Connection { .. })));
    let broken = Reply::Broken(5, Box::new(Reply::page("<p>half of it")));
    assert!(matches!(ask("/", broken).await, Err(FetchError::Unreadable { .. })));
    let not_gzip = Reply::page("<p>plain").with("Content-Encoding", "gzip");
    assert!(matches!(ask("/", not_gzip).await, Err(FetchError::Unreadable { .. })));
    let image = Reply::typed("image/png", b"\x89PNG");
    assert_eq!(ask("/", image).await.unwrap_err(), FetchError::ContentType { found: "image/png".to_owned() });
    let good = Reply::typed("text/html", &gzip("<p>Räksmörgås".as_bytes())).with("Content-Encoding", "gzip");
    assert_eq!(ask("/", good).await.unwrap().body.as_ref(), "<p>Räksmörgås".as_bytes());
}

#[tokio::test]
async fn redirects_end() {
    let fixture = Website::start(|asked| match asked.path.as_str() {
        "/robots.txt" | "/sitemap.xml" => Reply::status(404, Vec::new()),
        "/circle" => Reply::redirect("/circle-2"),
        "/circle-2" => Reply::redirect("/circle"),
        "/nowhere" => Reply::status(301, Vec::new()),
        path if path.starts_with("/n") => Reply::redirect(&format!("{path}n")),
        "/" => Reply::redirect("/sv/"),
        _ => Reply::page(
            "<title>Hem</title><p>Vi är ett företag i Borås som syr och säljer segel till båtar av alla slag.",
        ),
    })
    .await;
    let (web, _) = web(&fixture, &[]);
    let visit = async |path: &str| -> Site { site(&web, &url(&fixture.url(path)), &quick()).await };
    let reasons = async |path: &str| {
        visit(path).await.errors.iter().map(|error| error.reason.clone()).collect::<Vec<_>>().join("; ")
    };
    assert!(reasons("/circle").await.contains("circle"));
    assert!(reasons("/n").await.contains("more than 5 redirects"));
    assert!(reasons("/nowhere").await.contains("no address"));
    let fine = visit("/").await;
    assert_eq!(fine.homepage.as_deref(), Some(fixture.url("/sv/").as_str()));
    assert_eq!(fine.pages[0].title.as_deref(), Some("Hem"));
}

#[tokio::test]
async fn a_chain_over_ever_new_hosts_ends() {
    let fixture = Website::start(|asked| {
        let port = asked.header("host").unwrap().rsplit_once(':').unwrap().1.to_owned();
        match asked.path.as_str() {
            "/robots.txt" => Reply::status(404, Vec::new()),
            _ => Reply::redirect(&format!(
                "http://{}.example:{port}/",
                "a".repeat(asked.host.len() - ".example".len() + 1)
            )),
        }
    })
    .await;
    let names: Vec<String> = (1..20).map(|length| format!("{}.example", "a".repeat(length))).collect();
    let (web, _) = web(&fixture, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let visited = site(&web, &url(&fixture.named("a.example", "/")), &quick()).await;
    assert!(visited.errors[0].reason.contains("more than 5 redirects"), "{:?}", visited.errors);
    assert!(fixture.asked().len() <= 12);
}

#[tokio::test]
async fn asked_for_patience_it_is_given() {
    let fixture = Website::start(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::status(404, Vec::new()),
        "/busy" => Reply::status(429, vec![("Retry-After", "1".to_owned())]),
        _ => Reply::page("<p>Fine."),
    })
    .await;
    let (web, _) = web(&fixture, &[]);
    let visited = site(&web, &url(&fixture.url("/busy")), &quick()).await;
    assert_eq!(visited.errors[0].retry_after, Some(Duration::from_secs(1)));
    assert!(visited.errors[0].is_passing);
    assert_eq!(fixture.paths(), ["/robots.txt", "/busy"], "the visit ends at once");
    // Whoever comes next waits for as long as the server asked.
    let mut request = Request::new(url(&fixture.url("/")), Wanted::Page);
    request.delay = Duration::ZERO;
    web.fetch(&request).await.unwrap();
    assert!(fixture.shortest_pause().is_some());
    let asked = fixture.asked();
    let waited = asked[2].at - asked[1].answered_at.unwrap();
    assert!(waited >= Duration::from_millis(950), "{waited:?}");
}

#[tokio::test]
async fn a_wrong_charset_is_seen_through() {
    let latin: Vec<u8> = "<p>F\u{e4}rg och tapeter f\u{f6}r hemmet</p>".chars().map(|c| c as u8).collect();
    let reply = Reply::typed("text/html; charset=utf-8", &latin);
    let fixture =
        Website::start(move |asked| if asked.path == "/" { reply.clone() } else { Reply::status(404, Vec::new()) })
            .await;
    let (web, _) = web(&fixture, &[]);
    let visited = site(&web, &url(&fixture.url("/")), &quick()).await;
    assert_eq!(visited.pages[0].text, "Färg och tapeter för hemmet");
}

#[tokio::test]
async fn a_host_that_cannot_say_its_rules_is_left_alone() {
    let fixture = Website::start(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::status(500, Vec::new()),
        _ => Reply::page("<p>Fine."),
    })
    .await;
    let (web, _) = web(&fixture, &[]);
    let visited = site(&web, &url(&fixture.url("/")), &quick()).await;
    assert!(visited.pages.is_empty());
    assert_eq!(visited.refused.len(), 1);
    assert_eq!(fixture.paths(), ["/robots.txt"]);
}
