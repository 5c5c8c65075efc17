//! The client of Redis or Valkey that the settings name, with TLS where its address begins with `rediss://`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use redis::{Client, TlsCertificates};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use config::without_credentials;

/// How long the server may take to show its certificate at the start.
const SHOWS_WITHIN: Duration = Duration::from_secs(3);

/// A client that connects when it is first used. With `ca_file`, certificates that this authority signed are believed and no others;
/// without it, those of the public authorities.
///
/// # Errors
/// When the address is none, or the file holds no certificate.
pub fn open(url: &str, ca_file: Option<&Path>) -> anyhow::Result<Client> {
    // A second installation does nothing: whoever was first chose the same provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let Some(file) = ca_file.filter(|_| url.starts_with("rediss://")) else {
        return Client::open(url).with_context(|| format!("REDIS_URL: {} is no address", without_credentials(url)));
    };
    let pem = std::fs::read(file).with_context(|| format!("REDIS_CA_FILE: cannot read {}", file.display()))?;
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<_, _>>()
        .with_context(|| format!("REDIS_CA_FILE: {} is no file of PEM certificates", file.display()))?;
    if certificates.is_empty() {
        anyhow::bail!("REDIS_CA_FILE: {} holds no PEM certificate (-----BEGIN CERTIFICATE-----)", file.display());
    }
    Client::build_with_tls(url, TlsCertificates { client_tls: None, root_cert: Some(pem) }).with_context(|| {
        format!("REDIS_URL and REDIS_CA_FILE: cannot use {} with {}", without_credentials(url), file.display())
    })
}

/// Finds out whether the server's certificate is believed. A server that is silent passes: it may come later, and its certificate is
/// checked at each connection.
///
/// # Errors
/// When the certificate is refused, with the reason and the remedy.
pub async fn check_certificate(client: &Client, url: &str) -> anyhow::Result<()> {
    let connecting = tokio::time::timeout(SHOWS_WITHIN, client.get_multiplexed_async_connection());
    let Ok(Err(error)) = connecting.await else { return Ok(()) };
    let Some(reason) = refusal(&error) else { return Ok(()) };
    anyhow::bail!(
        "REDIS_URL: the certificate of {} is not believed ({reason}); the host must be one that the certificate names, and where a \
         private authority signed it, REDIS_CA_FILE must name the file with that authority's certificate",
        without_credentials(url)
    )
}

/// What is wrong with the certificate, when that is what the error is about.
fn refusal(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    let mut cause = Some(error);
    while let Some(mut current) = cause {
        // The client shares its causes, and an input/output error hides what it carries from `source`.
        if let Some(shared) = current.downcast_ref::<Arc<dyn std::error::Error + Send + Sync>>() {
            current = &**shared;
        }
        let carried = current.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        let found = current.downcast_ref::<rustls::Error>().or_else(|| carried?.downcast_ref::<rustls::Error>());
        if let Some(rustls::Error::InvalidCertificate(why)) = found {
            return Some(why.to_string());
        }
        cause = current.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_authority_is_named_with_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        let said = |url: &str| format!("{:#}", open(url, Some(&file)).unwrap_err());
        assert!(said("rediss://cache.example:6379").contains("REDIS_CA_FILE: cannot read"), "no file");
        std::fs::write(&file, "no certificate").unwrap();
        let empty = said("rediss://:sec@cache.example:6379");
        assert!(empty.contains("ca.pem holds no PEM certificate") && !empty.contains("sec@"), "{empty}");
        std::fs::write(&file, "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n").unwrap();
        assert!(said("rediss://cache.example:6379").contains("REDIS_CA_FILE"), "damaged");
        assert!(open("redis://cache.example:6379", Some(&file)).is_ok(), "it is of no use without TLS");
    }
}
