//! Addresses that lead inside are refused, and nobody connects to them: watched at listeners, and in the kernel's own table.

mod support;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crawl::fetch::{Fetch, FetchError, Request, Wanted};
use crawl::{Options, site};
use support::{url, web};
use testing::website::{Reply, Website};

/// Watches the kernel's table of TCP sockets for any whose other end is one of these addresses.
struct Watch {
    stop: Arc<AtomicBool>,
    seen: Arc<Mutex<Vec<String>>>,
    thread: Option<std::thread::JoinHandle<usize>>,
}

impl Watch {
    fn start(needles: &'static [&'static str]) -> Self {
        let (stop, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (stopped, found) = (Arc::clone(&stop), Arc::clone(&seen));
        let thread = std::thread::spawn(move || {
            let mut rounds = 0;
            while !stopped.load(Ordering::SeqCst) {
                for table in ["/proc/self/net/tcp", "/proc/self/net/tcp6"] {
                    for line in std::fs::read_to_string(table).unwrap_or_default().lines().skip(1) {
                        let remote = line.split_whitespace().nth(2).unwrap_or_default().to_owned();
                        if needles.iter().any(|needle| remote.starts_with(needle)) {
                            found.lock().unwrap().push(remote);
                        }
                    }
                }
                rounds += 1;
                std::thread::sleep(Duration::from_micros(200));
            }
            rounds
        });
        Self { stop, seen, thread: Some(thread) }
    }

    fn end(mut self) -> Vec<String> {
        self.stop.store(true, Ordering::SeqCst);
        let rounds = self.thread.take().unwrap().join().unwrap();
        assert!(rounds > 0 || !cfg!(target_os = "linux"), "the watch looked at the table");
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

/// 127.0.0.2, 169.254.169.254, 10.0.0.5 and 192.168.0.9 as the kernel writes them.
const INSIDE: [&str; 4] = ["0200007F", "FEA9FEA9", "0500000A", "0900A8C0"];

async fn victim(port: u16) -> Website {
    // The same port as the fixture's, so that only the address can be what is refused.
    Website::start_at(([127, 0, 0, 2], port).into(), |_| Reply::page("<p>secret")).await
}

#[tokio::test]
async fn no_connection_is_opened_to_what_leads_inside() {
    let fixture = Website::start(|asked| match asked.path.as_str() {
        "/metadata" => Reply::redirect("http://169.254.169.254/latest/meta-data/"),
        "/private-name" => Reply::redirect(&format!(
            "http://intranet.example:{}/",
            asked.header("host").unwrap().rsplit_once(':').unwrap().1
        )),
        "/loopback" => {
            Reply::redirect(&format!("http://127.0.0.2:{}/", asked.header("host").unwrap().rsplit_once(':').unwrap().1))
        }
        "/other-port" => Reply::redirect("http://shop.example:22/"),
        "/file" => Reply::redirect("file:///etc/passwd"),
        "/mapped" => Reply::redirect("http://[::ffff:169.254.169.254]/"),
        _ => Reply::page("<p>Fine.</p>"),
    })
    .await;
    let port = fixture.address().port();
    let victim = victim(port).await;
    let (web, names) = web(&fixture, &["shop.example"]);
    names.answer("intranet.example", &["127.0.0.2"]);
    names.answer("mixed.example", &["93.184.216.34", "10.0.0.5"]);
    names.answer("nat64.example", &["64:ff9b::a9fe:a9fe"]);
    names.answer("private.example", &["192.168.0.9"]);
    let watch = Watch::start(&INSIDE);
    let addresses = [
        format!("http://127.0.0.2:{port}/"),
        format!("http://intranet.example:{port}/"),
        format!("http://mixed.example:{port}/"),
        format!("http://nat64.example:{port}/"),
        format!("http://private.example:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        format!("http://[::1]:{port}/"),
        format!("http://2130706434:{port}/"),
    ];
    for address in &addresses {
        let error = web.fetch(&Request::new(url(address), Wanted::Page)).await.unwrap_err();
        assert!(matches!(error, FetchError::Address { .. }), "{address}: {error}");
    }
    let options = Options { delay: Duration::ZERO, ..Options::default() };
    for path in ["/metadata", "/private-name", "/loopback", "/other-port", "/file", "/mapped"] {
        let visited = site(&web, &url(&fixture.named("shop.example", path)), &options).await;
        assert!(visited.pages.is_empty(), "{path} gave a page");
        assert_eq!(visited.refused.len(), 1, "{path}: {:?} {:?}", visited.refused, visited.errors);
    }
    assert_eq!(watch.end(), Vec::<String>::new(), "a connection was opened");
    assert_eq!(victim.connections(), 0);
    assert!(fixture.connections() > 0, "the fixture was reached, so the watch had something to miss");
}

#[tokio::test]
async fn the_watch_sees_a_connection_that_is_opened() {
    let listener = std::net::TcpListener::bind("127.0.0.3:0").unwrap();
    let watch = Watch::start(&["0300007F"]);
    let stream = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    drop(stream);
    assert!(!watch.end().is_empty(), "an open connection stands in the table");
}

#[tokio::test]
async fn a_name_that_changes_its_mind_gains_nothing() {
    // Rebinding: the first answer is the fixture's, every later one leads inside.
    let fixture = Website::start(|_| Reply::page("<p>Fine.</p>").with("Connection", "close")).await;
    let port = fixture.address().port();
    let victim = victim(port).await;
    let (web, names) = web(&fixture, &[]);
    names.answer("rebinding.example", &[&fixture.ip().to_string()]);
    names.answer("rebinding.example", &["127.0.0.2"]);
    let mut request = Request::new(url(&format!("http://rebinding.example:{port}/")), Wanted::Page);
    request.delay = Duration::ZERO;
    assert_eq!(web.fetch(&request).await.unwrap().status, 200);
    assert_eq!(
        names.looked_up.lock().unwrap().len(),
        1,
        "what is connected to is what was checked, from the same look-up"
    );
    let error = web.fetch(&request).await.unwrap_err();
    assert!(matches!(error, FetchError::Address { .. }), "{error}");
    assert_eq!(victim.connections(), 0);
}

#[tokio::test]
async fn without_the_exception_the_fixture_itself_is_refused() {
    let fixture = Website::start(|_| Reply::page("<p>Fine.</p>")).await;
    let web = crawl::Web::new().unwrap();
    let error = web.fetch(&Request::new(url(&fixture.url("/")), Wanted::Page)).await.unwrap_err();
    assert!(matches!(error, FetchError::Port { .. }), "{error}");
    for address in ["http://localhost/", "http://127.0.0.1/"] {
        let error = web.fetch(&Request::new(url(address), Wanted::Page)).await.unwrap_err();
        assert!(matches!(error, FetchError::Address { .. }), "{address}: {error}");
    }
    assert_eq!(fixture.connections(), 0);
}
