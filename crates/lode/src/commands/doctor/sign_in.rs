//! Identity providers: whether each answers as the settings say, and shows keys that its people can be believed by.

use std::time::Duration;

use config::{Config, OidcProvider};
use identity::jwks::Policy;
use identity::oidc::Provider;
use services::diagnosis::{Finding, Part};

/// How long a provider has to show its document and its keys.
const PATIENCE: Duration = Duration::from_secs(20);

/// Looks at each provider that people may sign in with.
pub(super) async fn look(config: &Config) -> Vec<Finding> {
    let public_url = config.public_url.as_deref().filter(|_| config.has_accounts());
    let Some(public_url) = public_url else { return Vec::new() };
    let mut findings = Vec::new();
    for settings in &config.sign_in.providers {
        findings.push(judge(settings, public_url).await);
    }
    findings
}

async fn judge(settings: &OidcProvider, public_url: &str) -> Finding {
    let name = settings.key.to_uppercase();
    let remedy = format!(
        "compare OIDC_{name}_ISSUER with what the provider's discovery document says, and look whether this machine reaches it; people sign \
         in another way meanwhile"
    );
    let looked = async {
        let provider = Provider::new(settings.clone(), public_url, Policy::default())?;
        provider.check().await
    };
    match tokio::time::timeout(PATIENCE, looked).await {
        Ok(Ok(())) => Finding::well(Part::Exposure, format!("people can sign in by {}", settings.name)),
        Ok(Err(error)) => {
            Finding::failure(Part::Exposure, format!("nobody can sign in by {}: {error:#}", settings.name), remedy)
        }
        Err(_) => Finding::failure(
            Part::Exposure,
            format!("nobody can sign in by {}: it does not answer within 20 s", settings.name),
            remedy,
        ),
    }
}
