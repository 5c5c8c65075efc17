//! Processes that do not know of one another ask a website one thing at a time, with its pause, measured at the site.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crawl::fetch::{Fetch, Request, Wanted};
use crawl::politeness::SharedTurns;
use crawl::{Guard, Web};
use outbound::website_turns::WebsiteTurns;
use sqlx::PgPool;
use testing::website::{Reply, Website};
use url::Url;

use super::Names;

const PAUSE: Duration = Duration::from_millis(300);

/// A network as each process has one of its own.
fn web(site: &Website, db: &PgPool) -> Web {
    let web = Web::with(Guard::reaching_test_server(site.address()), Arc::new(Names(site.ip()))).unwrap();
    web.sharing(WebsiteTurns::new(db.clone()))
}

fn request(site: &Website, host: &str) -> Request {
    let url = Url::parse(&site.named(host, "/")).unwrap();
    Request { delay: PAUSE, ..Request::new(url, Wanted::Page) }
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_take_turns_at_a_host() {
    let db = testing::database().await;
    let reply = || Reply::Late(Duration::from_millis(100), Box::new(Reply::page("<html><body>Hej</body></html>")));
    let site = Website::start(move |_| reply()).await;
    let asking: Vec<_> = (0..6)
        .map(|at| {
            let (web, host) = (web(&site, db.pool()), if at % 2 == 0 { "shared.test" } else { "www.shared.test" });
            let request = request(&site, host);
            tokio::spawn(async move { web.fetch(&request).await.unwrap().status })
        })
        .collect();
    for asked in asking {
        assert_eq!(asked.await.unwrap(), 200);
    }
    assert_eq!((site.asked().len(), site.most_at_once()), (6, 1));
    // A request is counted from its arrival, the pause from the answer's arrival here; the way between takes moments.
    let pause = site.shortest_pause().unwrap();
    assert!(pause >= PAUSE - Duration::from_millis(20), "{pause:?}");

    // Another host waits for none of this: the first one rests for a long time, and the other is asked meanwhile.
    let mut long = request(&site, "shared.test");
    long.delay = Duration::from_secs(600);
    web(&site, db.pool()).fetch(&long).await.unwrap();
    let other = tokio::time::timeout(Duration::from_secs(20), async {
        web(&site, db.pool()).fetch(&request(&site, "other.test")).await.unwrap()
    });
    assert_eq!(other.await.expect("another host does not wait").status, 200);
}

#[tokio::test]
async fn the_turn_of_a_process_that_died_ends_with_its_time() {
    let db = testing::database().await;
    let (dead, alive) = (WebsiteTurns::new(db.pool().clone()), WebsiteTurns::new(db.pool().clone()));
    let begun = Instant::now();
    let old = dead.take("host.test", Duration::from_millis(700)).await.unwrap();
    let turn = alive.take("host.test", Duration::from_secs(60)).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_millis(700), "{:?}", begun.elapsed());
    // The dead one rises and ends a turn that is no longer its own: nothing happens.
    dead.rest("host.test".to_owned(), old, Duration::ZERO).await;
    let third = tokio::time::timeout(Duration::from_secs(1), alive.take("host.test", Duration::from_secs(1)));
    assert!(third.await.is_err(), "the turn is still taken");
    alive.clone().rest("host.test".to_owned(), turn, Duration::ZERO).await;
    alive.take("host.test", Duration::from_secs(1)).await.unwrap();
}
