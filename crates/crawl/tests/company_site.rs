//! A whole visit to a company's website, measured at the server: which pages, in what manner, with what evidence.

mod support;

use std::time::Duration;

use crawl::site::Known;
use crawl::{Options, Web, site, site_while};
use support::{url, web};
use testing::website::{Asked, Reply, Website};

const HOST: &str = "bryggan.example";
const DELAY: Duration = Duration::from_millis(120);

fn shell(title: &str, main: &str) -> Reply {
    Reply::page(&format!(
        "<!doctype html><html lang=sv><head><title>{title}</title></head><body>
         <nav><a href='/'>Hem</a> <a href='/om-oss'>Om oss</a> <a href='/produkter'>Produkter</a> <a href='/kontakt'>Kontakt</a>
         <a href='/hemligt/kunder'>Kunder</a> <a href='/broschyr.pdf'>Broschyr</a></nav>
         <main>{main}</main><footer>Bryggan i Borås AB · org.nr 556016-0680 · <a href='/integritetspolicy'>Integritet</a></footer></body></html>"
    ))
}

fn answer(asked: &Asked) -> Reply {
    let port = asked.header("host").unwrap().rsplit_once(':').unwrap().1.to_owned();
    match asked.path.as_str() {
        "/robots.txt" => Reply::typed(
            "text/plain",
            format!("User-agent: *\nDisallow: /hemligt/\nSitemap: http://{HOST}:{port}/karta.xml\n").as_bytes(),
        ),
        "/karta.xml" => Reply::typed(
            "application/xml",
            format!(
                "<urlset>{}</urlset>",
                ["/", "/om-oss", "/tjanster/besiktning", "/nyheter/2024", "/hemligt/priser"]
                    .map(|path| format!("<url><loc>http://{HOST}:{port}{path}</loc></url>"))
                    .join("")
            )
            .as_bytes(),
        ),
        "/" => shell(
            "Bryggan",
            "<h1>Bryggor som håller</h1><p>Vi bygger, besiktar och underhåller bryggor åt kommuner och hamnar i hela Sverige.</p>",
        ),
        "/om-oss" if asked.header("if-none-match") == Some("\"v1\"") => Reply::status(304, Vec::new()),
        "/om-oss" => shell("Om oss", "<h1>Om oss</h1><p>Bryggan grundades 1974 i Borås och är i dag 23 personer.</p>")
            .with("ETag", "\"v1\""),
        "/produkter" => shell("Produkter", "<h1>Produkter</h1><p>Flytbryggor och pålar av svensk furu.</p>"),
        "/tjanster/besiktning" => shell("Besiktning", "<h1>Besiktning</h1><p>Vi besiktar bryggor under vatten.</p>"),
        "/kontakt" => shell(
            "Kontakt",
            "<h1>Kontakt</h1><p>Telefon 033-12 34 56, <a href='mailto:hej@bryggan.example.net'>hej@bryggan.example.net</a></p>",
        ),
        _ => Reply::status(404, Vec::new()),
    }
}

async fn visit(web: &Web, fixture: &Website, options: &Options) -> crawl::Site {
    site(web, &url(&fixture.named(HOST, "/")), options).await
}

#[tokio::test]
async fn the_telling_pages_with_manners_and_evidence() {
    let fixture = Website::start(answer).await;
    let (web, _) = web(&fixture, &[HOST]);
    let options = Options { delay: DELAY, max_pages: 6, ..Options::default() };
    let visited = visit(&web, &fixture, &options).await;

    let pages: Vec<_> = visited.pages.iter().map(|page| url(&page.url).path().to_owned()).collect();
    assert_eq!(pages, ["/", "/om-oss", "/kontakt", "/produkter", "/tjanster/besiktning"], "{:?}", visited.errors);
    let about = &visited.pages[1];
    assert_eq!((about.title.as_deref(), about.language, about.status), (Some("Om oss"), Some("sv"), 200));
    assert_eq!(about.text, "Om oss\n\nBryggan grundades 1974 i Borås och är i dag 23 personer.");
    assert_eq!(about.hash.len(), 64);
    assert_eq!(visited.orgnrs[0].orgnr.formatted(), "556016-0680");
    assert!(visited.orgnrs[0].is_labelled);
    let page = visited.pages.iter().find(|page| page.url == visited.orgnrs[0].url).unwrap();
    assert!(page.all_text.contains(&visited.orgnrs[0].quote), "the quote is found again on the page");
    assert_eq!(visited.contacts.phones[0].value, "+4633123456");
    assert_eq!(visited.contacts.emails[0].value, "hej@bryggan.example.net");

    // Measured at the server.
    assert!(visited.refused.iter().any(|refused| refused.url.ends_with("/hemligt/kunder")), "{:?}", visited.refused);
    assert!(
        !fixture.paths().iter().any(|path| path.starts_with("/hemligt") || path.ends_with(".pdf")),
        "{:?}",
        fixture.paths()
    );
    assert_eq!(fixture.paths()[0], "/robots.txt", "rules first");
    assert_eq!(fixture.most_at_once(), 1);
    let pause = fixture.shortest_pause().unwrap();
    assert!(pause >= DELAY - Duration::from_millis(5), "{pause:?}");
    assert!(fixture.asked().iter().all(|asked| asked.header("user-agent").unwrap().starts_with("LodeBot/")));
}

#[tokio::test]
async fn two_visits_at_once_still_take_turns() {
    let fixture = Website::start(answer).await;
    let (web, _) = web(&fixture, &[HOST, "www.bryggan.example"]);
    let options = Options { delay: DELAY, max_pages: 3, ..Options::default() };
    let (other, address) = (web.clone(), url(&fixture.named("www.bryggan.example", "/")));
    let second = options.clone();
    let task = tokio::spawn(async move { site(&other, &address, &second).await });
    visit(&web, &fixture, &options).await;
    task.await.unwrap();
    assert_eq!(fixture.most_at_once(), 1);
    assert!(fixture.shortest_pause().unwrap() >= DELAY - Duration::from_millis(5));
}

#[tokio::test]
async fn what_has_not_changed_is_not_fetched_again() {
    let fixture = Website::start(answer).await;
    let (web, _) = web(&fixture, &[HOST]);
    let mut options = Options { delay: Duration::ZERO, max_pages: 3, ..Options::default() };
    let first = visit(&web, &fixture, &options).await;
    assert!(first.pages.iter().all(|page| page.is_changed));
    for page in &first.pages {
        let known =
            Known { etag: page.etag.clone(), last_modified: page.last_modified.clone(), hash: Some(page.hash.clone()) };
        options.known.insert(page.url.clone(), known);
    }
    let second = visit(&web, &fixture, &options).await;
    assert_eq!(second.unchanged.len(), 1, "{second:?}");
    assert!(second.unchanged[0].url.ends_with("/om-oss"));
    assert!(second.pages.iter().all(|page| !page.is_changed), "the other pages came again with the same hash");
}

#[tokio::test]
async fn a_homepage_is_asked_for_conditionally_only_where_its_links_are_not_needed() {
    let fixture = Website::start(answer).await;
    let (web, _) = web(&fixture, &[HOST]);
    let mut options = Options { delay: Duration::ZERO, max_pages: 3, ..Options::default() };
    let copy = |tag: &str| Known { etag: Some(tag.to_owned()), ..Known::default() };
    options.known.insert(fixture.named(HOST, "/"), copy("\"home\""));
    let tag_of_the_homepage = || {
        let asked = fixture.asked();
        let homepage = asked.iter().rfind(|asked| asked.path == "/").unwrap();
        homepage.header("if-none-match").map(str::to_owned)
    };
    assert_eq!(visit(&web, &fixture, &options).await.pages.len(), 3);
    assert_eq!(tag_of_the_homepage(), None, "its body names the pages that are not known yet");
    for path in ["/om-oss", "/produkter"] {
        options.known.insert(fixture.named(HOST, path), copy("\"page\""));
    }
    assert_eq!(visit(&web, &fixture, &options).await.pages.len(), 3);
    assert_eq!(tag_of_the_homepage().as_deref(), Some("\"home\""));
}

#[tokio::test]
async fn a_visit_ends_when_what_was_found_makes_the_rest_useless() {
    let fixture = Website::start(answer).await;
    let (web, _) = web(&fixture, &[HOST]);
    let options = Options { delay: Duration::ZERO, max_pages: 6, ..Options::default() };
    let home = url(&fixture.named(HOST, "/"));
    let visited = site_while(&web, &home, &options, &|found| found.pages.len() < 3).await;
    assert_eq!(visited.pages.len(), 3);
    let asked = fixture.paths().len();
    let visited = site_while(&web, &home, &options, &|_| false).await;
    assert_eq!(visited.pages.len(), 1, "the first page is always read");
    assert_eq!(fixture.paths()[asked..], ["/robots.txt", "/"], "and no sitemap is asked for");
}

#[tokio::test]
async fn a_selector_that_matches_nothing_fails_the_page() {
    let fixture = Website::start(answer).await;
    let (web, _) = web(&fixture, &[HOST]);
    let mut options =
        Options { delay: Duration::ZERO, max_pages: 2, selector: Some("main h1".to_owned()), ..Options::default() };
    assert_eq!(visit(&web, &fixture, &options).await.pages[0].text, "Bryggor som håller");
    options.selector = Some("article.about".to_owned());
    let visited = visit(&web, &fixture, &options).await;
    assert!(visited.pages.is_empty());
    assert!(visited.errors[0].reason.contains("\"article.about\" matches nothing"), "{:?}", visited.errors);
}
