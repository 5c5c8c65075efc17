//! Connections that are held open for nothing.

use std::time::{Duration, Instant};

use api::server::{ConnectionLimits, listen, serve_within};
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

struct Port {
    address: std::net::SocketAddr,
    _stop: tokio::sync::oneshot::Sender<()>,
}

/// A port with two routes, `/health` and `/slow`, and one whose answer never ends.
async fn port(limits: ConnectionLimits) -> Port {
    let endless = || async {
        Body::from_stream(futures::stream::repeat_with(|| {
            Ok::<_, std::io::Error>(bytes::Bytes::from(vec![0; 1 << 16]))
        }))
    };
    let router = Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/other", get(|| async { "ok" }))
        .route("/endless", get(endless))
        .route(
            "/slow",
            get(|| async {
                tokio::time::sleep(Duration::from_secs(30)).await;
                "late"
            }),
        );
    let listener = listen([127, 0, 0, 1].into(), 0).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    tokio::spawn(serve_within(listener, router, limits, async {
        let _ = stopped.await;
    }));
    Port { address, _stop: stop }
}

fn limits(total: usize) -> ConnectionLimits {
    ConnectionLimits {
        total,
        per_address: total,
        reserve: 4,
        head: Duration::from_secs(2),
        idle: Duration::from_secs(3),
        stalled: Duration::from_secs(2),
        ..ConnectionLimits::default()
    }
}

async fn send(port: &Port, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(port.address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// Status line of one request on a connection of its own; empty when it was closed without an answer.
async fn ask(port: &Port, path: &str) -> String {
    let mut stream = send(port, &format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")).await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

/// How long until the server closes the connection.
async fn closed_after(mut stream: TcpStream) -> Duration {
    let begun = Instant::now();
    let mut rest = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut rest)).await;
    begun.elapsed()
}

#[tokio::test]
async fn a_thousand_half_sent_heads_shut_nobody_out_and_end() {
    let port = port(limits(50)).await;
    let mut slow = Vec::new();
    for number in 0..1_000 {
        slow.push(send(&port, "GET /health HTTP/1.1\r\nhost: loc").await);
        if number % 100 == 99 {
            let begun = Instant::now();
            assert_eq!(ask(&port, "/health").await, "HTTP/1.1 200 OK", "after {number}");
            assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
        }
    }
    let last = closed_after(slow.pop().unwrap()).await;
    assert!(last < Duration::from_secs(6), "the last one stayed for {last:?}");
}

#[tokio::test]
async fn idle_connections_are_closed() {
    let port = port(limits(50)).await;
    let silent = send(&port, "").await;
    let mut used = send(&port, "GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    let mut answer = [0; 15];
    used.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200 OK");
    let (silent, used) = tokio::join!(closed_after(silent), closed_after(used));
    for stayed in [silent, used] {
        assert!((Duration::from_secs(2)..Duration::from_secs(8)).contains(&stayed), "{stayed:?}");
    }
}

#[tokio::test]
async fn an_answer_that_nobody_takes_ends() {
    let port = port(limits(50)).await;
    let stream = send(&port, "GET /endless HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    tokio::time::sleep(Duration::from_secs(6)).await;
    // What the buffers hold can be read; then it is over.
    assert!(closed_after(stream).await < Duration::from_secs(5));
}

#[tokio::test]
async fn when_every_place_is_busy_health_is_still_answered_and_nothing_else() {
    let port = port(limits(10)).await;
    let mut busy = Vec::new();
    for _ in 0..10 {
        busy.push(send(&port, "GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n").await);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(ask(&port, "/health").await, "HTTP/1.1 200 OK");
    assert_eq!(ask(&port, "/other").await, "HTTP/1.1 503 Service Unavailable");
    drop(busy);
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(ask(&port, "/other").await, "HTTP/1.1 200 OK");
}
