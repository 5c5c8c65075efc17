//! Certificates of what is reached by TLS: until when each is valid.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail};
use chrono::{DateTime, TimeDelta, Utc};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::certificate::valid_until;
use config::without_credentials;
use services::diagnosis::{Finding, Part};

/// How long a server has to show its certificate.
const PATIENCE: Duration = Duration::from_secs(6);
/// What asks a Postgres for TLS: the length 8 and the number of the request.
const POSTGRES_TLS: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// Looks at the certificate of each address that is reached by TLS.
pub(super) async fn look(addresses: &[&str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for address in addresses {
        let Some((host, port, is_postgres)) = place(address) else { continue };
        let shown = without_credentials(address);
        let seen = tokio::time::timeout(PATIENCE, fetch(&host, port, is_postgres)).await;
        findings.push(match seen {
            Ok(Ok(ends)) => judge(&shown, ends, Utc::now()),
            Ok(Err(error)) => Finding::unknown(
                Part::Certificates,
                format!("{shown} shows none: {error:#}"),
                "look whether TLS is on there",
            ),
            Err(_) => Finding::unknown(
                Part::Certificates,
                format!("{shown} does not answer within 6 s"),
                "look at the network",
            ),
        });
    }
    if findings.is_empty() {
        findings.push(Finding::well(Part::Certificates, "nothing is reached by TLS"));
    }
    findings
}

/// Host, port and whether it speaks Postgres; `None` where no TLS is used.
fn place(address: &str) -> Option<(String, u16, bool)> {
    let url = url::Url::parse(address).ok()?;
    let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
    match url.scheme() {
        "https" => Some((host, url.port().unwrap_or(443), false)),
        "rediss" => Some((host, url.port().unwrap_or(6379), false)),
        "postgres" | "postgresql" => {
            let mode = url.query_pairs().find(|(name, _)| name == "sslmode" || name == "ssl-mode")?.1.to_lowercase();
            matches!(mode.as_str(), "require" | "verify-ca" | "verify-full")
                .then(|| (host, url.port().unwrap_or(5432), true))
        }
        _ => None,
    }
}

fn judge(shown: &str, ends: DateTime<Utc>, now: DateTime<Utc>) -> Finding {
    let left = ends - now;
    let found = format!("{shown}: valid until {}, {} days", ends.format("%F"), left.num_days());
    if left > TimeDelta::days(21) {
        return Finding::well(Part::Certificates, found);
    }
    let remedy =
        "renew it: the proxy's log says why it did not (port 80 closed, DNS moved), a private one by its authority";
    Finding::of(left < TimeDelta::days(3), Part::Certificates, found, remedy)
}

/// Takes every certificate, and keeps what it saw: whether it is believed is found out by those who use it.
#[derive(Debug)]
struct Looking {
    provider: Arc<CryptoProvider>,
    seen: Mutex<Vec<CertificateDer<'static>>>,
}

impl ServerCertVerifier for Looking {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.push(own.clone().into_owned());
        seen.extend(others.iter().map(|other| other.clone().into_owned()));
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(
            message,
            certificate,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(
            message,
            certificate,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// When the first certificate of the chain ends. Nothing but the handshake is sent.
async fn fetch(host: &str, port: u16, is_postgres: bool) -> anyhow::Result<DateTime<Utc>> {
    let mut stream = TcpStream::connect((host, port)).await.context("no connection")?;
    if is_postgres {
        stream.write_all(&POSTGRES_TLS).await?;
        if stream.read_u8().await? != b'S' {
            bail!("Postgres offers no TLS");
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let looking = Arc::new(Looking { provider: Arc::clone(&provider), seen: Mutex::default() });
    let settings = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(&looking) as Arc<dyn ServerCertVerifier>)
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).context("it is no name")?;
    let shaken = tokio_rustls::TlsConnector::from(Arc::new(settings)).connect(name, stream).await;
    let seen = looking.seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if seen.is_empty() {
        shaken.context("no handshake")?;
    }
    let ends = seen.iter().map(|certificate| valid_until(certificate)).collect::<Option<Vec<_>>>();
    ends.and_then(|ends| ends.into_iter().min()).context("its certificate cannot be read")
}

#[cfg(test)]
mod tests {
    use super::*;
    use services::diagnosis::Level;

    #[test]
    fn certificate_that_ends_soon_is_a_warning_and_an_ended_one_a_failure() {
        let now = Utc::now();
        for (days, level) in [(90, Level::Well), (20, Level::Warning), (2, Level::Failure), (-1, Level::Failure)] {
            assert_eq!(judge("https://a", now + TimeDelta::days(days), now).level, level, "{days}");
        }
    }

    #[test]
    fn only_addresses_with_tls_are_looked_at() {
        assert_eq!(place("https://lode.example/x"), Some(("lode.example".to_owned(), 443, false)));
        assert_eq!(place("rediss://:a@cache:7000"), Some(("cache".to_owned(), 7000, false)));
        assert_eq!(place("postgres://a:b@db/x?sslmode=verify-full"), Some(("db".to_owned(), 5432, true)));
        for plain in ["http://a", "redis://a", "postgres://db/x", "postgres://db/x?sslmode=disable", "unix:///a"] {
            assert_eq!(place(plain), None, "{plain}");
        }
    }
}
