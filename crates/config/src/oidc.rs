//! Identity providers by OpenID Connect that people may sign in with, beside passwords.

use std::collections::BTreeSet;

use super::sign_in::{ROLES, role};
use super::{boolean, has_scheme, without_credentials};

/// What is asked for without a setting: who it is, and their address and name.
const USUAL_SCOPES: &str = "openid email profile";

/// One identity provider. Its people have accounts here, which they sign in to by it.
#[derive(Clone, PartialEq, Eq)]
pub struct OidcProvider {
    /// Its name in settings, addresses and records: small letters, digits and `_`.
    pub key: String,
    /// Its name on the sign-in page.
    pub name: String,
    /// Its issuer, exactly as its tokens and its discovery document write it.
    pub issuer: String,
    /// This installation's name there.
    pub client_id: String,
    /// What this installation proves itself with there; without one PKCE alone binds the code to us.
    pub client_secret: Option<String>,
    /// What is asked for, with spaces between.
    pub scopes: String,
    /// Role of people who get an account by signing in for the first time; `None`: only those who were invited get in.
    pub default_role: Option<String>,
    /// The claim that holds the role, or a list of such, dots leading inside; it then decides at every sign-in.
    pub role_claim: Option<String>,
    /// Whether its addresses count as verified where it does not say whether they are.
    pub trusts_addresses: bool,
    /// Whether it may be inside the organisation: at a private address, and without TLS.
    pub allow_private: bool,
    /// Whether signing out here leads to its own sign-out.
    pub signs_out: bool,
}

// The secret stays out of logs.
impl std::fmt::Debug for OidcProvider {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let issuer = without_credentials(&self.issuer);
        formatter.debug_struct("OidcProvider").field("key", &self.key).field("issuer", &issuer).finish_non_exhaustive()
    }
}

/// The providers that `OIDC_PROVIDERS` names, in its order.
pub(super) fn read(get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Vec<OidcProvider> {
    let list = get("OIDC_PROVIDERS").unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut providers = Vec::new();
    for key in list.split(',').map(str::trim).filter(|key| !key.is_empty()) {
        let is_name = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !is_name || key.len() > 40 {
            wrong.push(format!("OIDC_PROVIDERS: {key:?} is no name; write small letters, digits and _, e.g. entra"));
        } else if !seen.insert(key.to_owned()) {
            wrong.push(format!("OIDC_PROVIDERS names {key} twice"));
        } else {
            providers.extend(provider(key, get, wrong));
        }
    }
    providers
}

/// One provider; `None` where it has no issuer or no client.
fn provider(key: &str, get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Option<OidcProvider> {
    let setting = |part: &str| format!("OIDC_{}_{part}", key.to_uppercase());
    let part = |name: &str| get(&setting(name));
    let mut flag = |name: &str| boolean(&setting(name), part(name).as_deref(), wrong);
    let allow_private = flag("ALLOW_PRIVATE");
    let trusts_addresses = flag("TRUST_ADDRESSES");
    let signs_out = flag("SIGN_OUT");
    let (issuer, client_id) = (part("ISSUER"), part("CLIENT_ID"));
    for (name, value) in [("ISSUER", &issuer), ("CLIENT_ID", &client_id)] {
        if value.is_none() {
            wrong.push(format!("OIDC_PROVIDERS names {key}, and {} is not set", setting(name)));
        }
    }
    let (issuer, client_id) = (issuer?, client_id?);
    let schemes = if allow_private { &["https", "http"][..] } else { &["https"] };
    if !has_scheme(&issuer, schemes) || issuer.contains(['?', '#', '@', ' ']) {
        wrong.push(format!(
            "{} must begin with https:// and be as the provider writes it, e.g. https://accounts.example.com; http:// is for a provider inside \
             the organisation ({}=true)",
            setting("ISSUER"),
            setting("ALLOW_PRIVATE")
        ));
    }
    let scopes = part("SCOPES").unwrap_or_else(|| USUAL_SCOPES.to_owned());
    if !scopes.split_ascii_whitespace().any(|scope| scope == "openid") {
        wrong.push(format!("{} must hold openid, e.g. \"{USUAL_SCOPES}\"", setting("SCOPES")));
    }
    let role_name = setting("ROLE");
    Some(OidcProvider {
        name: part("NAME").unwrap_or_else(|| key.to_owned()),
        issuer,
        client_id,
        client_secret: part("CLIENT_SECRET"),
        scopes: scopes.split_ascii_whitespace().collect::<Vec<_>>().join(" "),
        // Who may be anything anywhere is invited as such; nobody becomes an administrator by signing in for the first time.
        default_role: role(&role_name, part("ROLE"), wrong).filter(|given| {
            let is_highest = ROLES.last() == Some(&given.as_str());
            if is_highest {
                wrong.push(format!(
                    "{role_name} is {given:?}: nobody becomes an administrator by signing in first; invite them"
                ));
            }
            !is_highest
        }),
        role_claim: part("ROLE_CLAIM"),
        trusts_addresses,
        allow_private,
        signs_out,
        key: key.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(values: &[(&str, &str)]) -> (Vec<OidcProvider>, Vec<String>) {
        let mut wrong = Vec::new();
        let get = |name: &str| values.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned());
        (read(&get, &mut wrong), wrong)
    }

    const LEAST: [(&str, &str); 3] = [
        ("OIDC_PROVIDERS", "entra"),
        ("OIDC_ENTRA_ISSUER", "https://login.example/v2.0"),
        ("OIDC_ENTRA_CLIENT_ID", "lode"),
    ];

    #[test]
    fn an_issuer_and_a_client_are_enough_and_let_in_only_who_is_invited() {
        let (providers, wrong) = judged(&LEAST);
        assert!(wrong.is_empty(), "{wrong:?}");
        let [provider] = &providers[..] else { panic!("{providers:?}") };
        assert_eq!((provider.name.as_str(), provider.scopes.as_str()), ("entra", "openid email profile"));
        assert_eq!((&provider.default_role, &provider.role_claim, &provider.client_secret), (&None, &None, &None));
        assert!(!provider.trusts_addresses && !provider.allow_private && !provider.signs_out);
    }

    #[test]
    fn each_wrong_setting_is_named_with_what_is_expected() {
        for (name, value) in [
            ("OIDC_PROVIDERS", "Entra ID"),
            ("OIDC_PROVIDERS", "entra,entra"),
            ("OIDC_PROVIDERS", "entra,google"),
            ("OIDC_ENTRA_ISSUER", "http://login.example"),
            ("OIDC_ENTRA_ISSUER", "https://login.example/?tenant=1"),
            ("OIDC_ENTRA_SCOPES", "email"),
            ("OIDC_ENTRA_ROLE", "boss"),
            ("OIDC_ENTRA_ROLE", "admin"),
            ("OIDC_ENTRA_ALLOW_PRIVATE", "perhaps"),
        ] {
            let given: Vec<_> = LEAST.into_iter().filter(|(known, _)| *known != name).chain([(name, value)]).collect();
            let (_, wrong) = judged(&given);
            assert!(!wrong.is_empty() && wrong.iter().all(|line| line.contains("OIDC_")), "{name}={value}: {wrong:?}");
        }
    }

    #[test]
    fn a_secret_is_never_written_down() {
        let (providers, _) = judged(&[&LEAST[..], &[("OIDC_ENTRA_CLIENT_SECRET", "hemligt")]].concat());
        assert_eq!(providers[0].client_secret.as_deref(), Some("hemligt"));
        assert!(!format!("{providers:?}").contains("hemligt"));
    }
}
