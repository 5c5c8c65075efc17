//! Redis over TLS: the real Valkey behind a door of our own that speaks it. The authority and the certificate (for `localhost`, until
//! 2126) lie beside this file.

use std::io::Read;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::rig::{Rig, exit_of, lode};

const CERTIFICATE: &[u8] = include_bytes!("tls/server.der");
const KEY: &[u8] = include_bytes!("tls/server-key.der");

fn authority() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/product/queue/tls/ca.pem")
}

/// Takes TLS connections and passes what they carry on to the server behind the address.
struct Door {
    port: u16,
    /// Connections whose handshake succeeded.
    opened: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Door {
    async fn before(redis_url: &str) -> Self {
        let url = url::Url::parse(redis_url).unwrap();
        let behind = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(KEY));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let settings = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(CERTIFICATE)], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(settings));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let opened = Arc::new(AtomicUsize::new(0));
        let counted = opened.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, behind, counted) = (acceptor.clone(), behind.clone(), counted.clone());
                tokio::spawn(async move {
                    let Ok(mut inside) = acceptor.accept(stream).await else { return };
                    counted.fetch_add(1, Ordering::SeqCst);
                    let Ok(mut there) = TcpStream::connect(behind).await else { return };
                    let _ = tokio::io::copy_bidirectional(&mut inside, &mut there).await;
                });
            }
        });
        Self { port, opened, task }
    }

    /// Its address under a name, with the user and the database of the server behind it.
    fn url(&self, redis_url: &str, host: &str) -> String {
        let mut url = url::Url::parse(&redis_url.replacen("redis://", "rediss://", 1)).unwrap();
        url.set_host(Some(host)).unwrap();
        url.set_port(Some(self.port)).unwrap();
        url.to_string()
    }
}

#[tokio::test]
async fn a_worker_receives_jobs_over_tls_when_it_knows_the_authority() {
    let mut rig = Rig::new().await;
    let plain = rig.redis_url.take().unwrap();
    let door = Door::before(&plain).await;
    let mut command = lode();
    command.args(["worker", "monitors", "--url", &door.url(&plain, "localhost")]);
    command.env("DATABASE_URL", &rig.database_url).env("LODE_DATA_DIR", rig.data_dir.path());
    command.env("REDIS_CA_FILE", authority()).env("RUST_LOG", "off").stdout(Stdio::null());
    rig.workers.push(super::rig::Process(command.spawn().unwrap()));
    rig.enqueue(0..50, 0).await;
    rig.wait_for_effects(50, Duration::from_secs(30)).await;
    rig.assert_each_once(50).await;
    let mut dispatch = String::new();
    for _ in 0..200 {
        dispatch = sqlx::query_scalar("SELECT dispatch FROM job_workers").fetch_one(&rig.pool).await.unwrap();
        if dispatch == "redis" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(dispatch, "redis");
    assert!(door.opened.load(Ordering::SeqCst) >= 3, "one to see the certificate, one to hand out, one to take");
}

#[tokio::test]
async fn a_certificate_that_is_not_believed_keeps_a_worker_from_starting_and_is_explained() {
    let mut rig = Rig::new().await;
    let plain = rig.redis_url.take().unwrap();
    let door = Door::before(&plain).await;
    // An authority that nobody told us of, and a name that the certificate does not have.
    for (host, knows_authority) in [("localhost", false), ("127.0.0.1", true)] {
        let mut command = lode();
        command.args(["worker", "monitors", "--url", &door.url(&plain, host)]);
        command.env("DATABASE_URL", &rig.database_url).env("LODE_DATA_DIR", rig.data_dir.path());
        command.env("RUST_LOG", "off").stdout(Stdio::null()).stderr(Stdio::piped());
        if knows_authority {
            command.env("REDIS_CA_FILE", authority());
        } else {
            command.env_remove("REDIS_CA_FILE");
        }
        let mut worker = super::rig::Process(command.spawn().unwrap());
        let status = exit_of(&mut worker, Duration::from_secs(20)).await;
        let mut said = String::new();
        worker.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(!status.success(), "{said}");
        let address = format!("rediss://{host}:{}", door.port);
        assert!(
            said.contains(&address) && said.contains("is not believed") && said.contains("REDIS_CA_FILE"),
            "{said}"
        );
        let password = url::Url::parse(&plain).unwrap().password().unwrap_or_default().to_owned();
        assert!(!password.is_empty() && !said.contains(&password), "no password in what is said");
    }
    assert_eq!(door.opened.load(Ordering::SeqCst), 0, "nothing was sent to a server that is not believed");
}
