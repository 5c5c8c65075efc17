//! A website on this machine that behaves as a test tells it to, badly if need be, and notes what it was asked.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// One request as it came in.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `GET`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// `Host` without the port.
    pub host: String,
    /// All headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body, as far as `Content-Length` says.
    pub body: Vec<u8>,
    /// When it came.
    pub at: Instant,
    /// When its answer was sent, or given up; `None` while it is under way.
    pub answered_at: Option<Instant>,
}

impl Asked {
    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What the site answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A whole answer.
    Whole {
        /// HTTP status.
        status: u16,
        /// Headers besides `Content-Length` and `Connection`.
        headers: Vec<(&'static str, String)>,
        /// Body as sent.
        body: Vec<u8>,
    },
    /// As `Whole`, after a wait.
    Late(Duration, Box<Reply>),
    /// Only the first bytes of the body, then the connection breaks.
    Broken(usize, Box<Reply>),
    /// A body without end, sent as fast as it is read.
    Endless,
    /// One byte at a time, without end.
    Dripping(Duration),
    /// Nothing: the connection is closed at once.
    HangUp,
}

impl Reply {
    /// 200 with a page.
    #[must_use]
    pub fn page(html: &str) -> Self {
        Self::typed("text/html; charset=utf-8", html.as_bytes())
    }

    /// 200 with a body of the media type.
    #[must_use]
    pub fn typed(media_type: &str, body: &[u8]) -> Self {
        Self::Whole { status: 200, headers: vec![("Content-Type", media_type.to_owned())], body: body.to_vec() }
    }

    /// A status with a header or two and a short page.
    #[must_use]
    pub fn status(status: u16, headers: Vec<(&'static str, String)>) -> Self {
        Self::Whole { status, headers, body: b"<html><body>status</body></html>".to_vec() }
    }

    /// 302 to another address.
    #[must_use]
    pub fn redirect(location: &str) -> Self {
        Self::status(302, vec![("Location", location.to_owned())])
    }

    /// The same answer with another header.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        match self {
            Self::Whole { status, mut headers, body } => {
                headers.push((name, value.into()));
                Self::Whole { status, headers, body }
            }
            other => other,
        }
    }
}

/// The running site; it stops when this is dropped.
pub struct Website {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    connections: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Website {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Website {
    /// Starts a site on 127.0.0.1 and a free port.
    ///
    /// # Panics
    /// When no port can be opened.
    pub async fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), answer).await
    }

    /// Starts a site on an address of this machine.
    ///
    /// # Panics
    /// When the port cannot be opened.
    #[allow(clippy::expect_used, reason = "a test without its server cannot go on")]
    pub async fn start_at(address: SocketAddr, answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(address).await.expect("a port for the website of the test");
        let address = listener.local_addr().expect("the address of the website of the test");
        let (asked, connections): (Arc<Mutex<Vec<Asked>>>, Arc<AtomicUsize>) = Default::default();
        let (log, opened, answer) = (Arc::clone(&asked), Arc::clone(&connections), Arc::new(answer));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                opened.fetch_add(1, Ordering::SeqCst);
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move {
                    let _ = serve(stream, &log, answer.as_ref()).await;
                });
            }
        });
        Self { address, asked, connections, task }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its IP address.
    #[must_use]
    pub fn ip(&self) -> IpAddr {
        self.address.ip()
    }

    /// An address on it, by number.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// An address on it, by a name that the test's resolver knows.
    #[must_use]
    pub fn named(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.address.port())
    }

    /// Everything it was asked so far.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The paths it was asked for, in order.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }

    /// How many connections were opened to it.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Most requests that were under way at the same time, over all hosts.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        most_at_once(&self.asked())
    }

    /// The hosts it was asked for, by name.
    #[must_use]
    pub fn hosts(&self) -> BTreeSet<String> {
        self.asked().into_iter().map(|asked| asked.host).collect()
    }

    /// Most requests that were under way at the same time at one host. One whose caller hung up is over at that moment.
    #[must_use]
    pub fn most_at_once_at(&self, host: &str) -> usize {
        most_at_once(&self.asked().into_iter().filter(|asked| asked.host == host).collect::<Vec<_>>())
    }

    /// Shortest time between the end of one answer and the next request.
    #[must_use]
    pub fn shortest_pause(&self) -> Option<Duration> {
        let asked = self.asked();
        asked.windows(2).filter_map(|two| Some(two[1].at.saturating_duration_since(two[0].answered_at?))).min()
    }

    /// Most requests within any span of that length.
    #[must_use]
    pub fn most_within(&self, span: Duration) -> usize {
        let asked = self.asked();
        asked
            .iter()
            .map(|first| asked.iter().filter(|one| one.at >= first.at && one.at < first.at + span).count())
            .max()
            .unwrap_or(0)
    }
}

fn most_at_once(asked: &[Asked]) -> usize {
    let under_way =
        |at: Instant| asked.iter().filter(|one| one.at <= at && one.answered_at.is_none_or(|end| end > at)).count();
    asked.iter().map(|one| under_way(one.at)).max().unwrap_or(0)
}

async fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<Asked>>,
    answer: &(impl Fn(&Asked) -> Reply + Send + Sync),
) -> std::io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(asked) = read_request(&mut stream, &mut buffer).await? {
        let reply = answer(&asked);
        let place = {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            log.push(asked);
            log.len() - 1
        };
        // The moment before it goes out: the caller may have it, and ask again, before this task runs on.
        let mut sent_at = None;
        let goes_on = send(&mut stream, reply, &mut sent_at).await;
        if let Some(entry) = log.lock().unwrap_or_else(PoisonError::into_inner).get_mut(place) {
            entry.answered_at = Some(sent_at.unwrap_or_else(Instant::now));
        }
        if !goes_on? {
            break;
        }
    }
    Ok(())
}

async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> std::io::Result<Option<Asked>> {
    let head_end = loop {
        if let Some(at) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await?;
        if count == 0 {
            return Ok(None);
        }
        buffer.extend_from_slice(&piece[..count]);
    };
    let at = Instant::now();
    let head = String::from_utf8_lossy(&buffer[..head_end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, path) = (first.next().unwrap_or_default().to_owned(), first.next().unwrap_or_default().to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let value = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let length: usize = value("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let host = value("host").unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host.clone(), |(host, _)| host.to_owned());
    while buffer.len() < head_end + 4 + length {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await?;
        if count == 0 {
            return Ok(None);
        }
        buffer.extend_from_slice(&piece[..count]);
    }
    let body = buffer[head_end + 4..head_end + 4 + length].to_vec();
    buffer.drain(..head_end + 4 + length);
    Ok(Some(Asked { method, path, host, headers, body, at, answered_at: None }))
}

/// Waits until the caller is gone.
async fn hung_up(stream: &TcpStream) {
    let mut byte = [0; 1];
    if stream.peek(&mut byte).await.is_ok_and(|count| count > 0) {
        // It has more to ask, so it is there.
        std::future::pending::<()>().await;
    }
}

/// Sends the answer, and notes when it went out, if it has an end; false when the connection is of no more use.
async fn send(stream: &mut TcpStream, reply: Reply, sent_at: &mut Option<Instant>) -> std::io::Result<bool> {
    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html><body><p>";
    match reply {
        Reply::Late(wait, reply) => {
            tokio::select! {
                () = tokio::time::sleep(wait) => Box::pin(send(stream, *reply, sent_at)).await,
                () = hung_up(stream) => Ok(false),
            }
        }
        Reply::Broken(bytes, reply) => {
            let Reply::Whole { status, headers, body } = *reply else { return Ok(false) };
            stream.write_all(&head(status, &headers, body.len())).await?;
            stream.write_all(&body[..bytes.min(body.len())]).await?;
            stream.flush().await?;
            Ok(false)
        }
        Reply::Whole { status, headers, body } => {
            let whole = [head(status, &headers, body.len()).as_slice(), &body].concat();
            *sent_at = Some(Instant::now());
            stream.write_all(&whole).await?;
            stream.flush().await?;
            Ok(true)
        }
        Reply::Endless => {
            stream.write_all(HEAD).await?;
            let piece = vec![b'x'; 1 << 16];
            loop {
                stream.write_all(&piece).await?;
            }
        }
        Reply::Dripping(pause) => {
            stream.write_all(HEAD).await?;
            loop {
                stream.write_all(b"x").await?;
                stream.flush().await?;
                tokio::time::sleep(pause).await;
            }
        }
        Reply::HangUp => Ok(false),
    }
}

fn head(status: u16, headers: &[(&'static str, String)], length: usize) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Status\r\nContent-Length: {length}\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}
