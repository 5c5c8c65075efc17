//! What a provider's ID token says, once everything about it that can be checked was checked (OpenID Connect Core, 3.1.3.7).

use config::OidcProvider;
use domain::access::Role;
use jsonwebtoken::Validation;
use serde_json::{Map, Value};

use crate::Refusal;
use crate::jwks::Jwks;

/// Claims by name.
pub type Claims = Map<String, Value>;

/// Longer tokens are none.
const LONGEST_TOKEN: usize = 32 << 10;
/// Characters of the name of a person at its provider (OpenID Connect Core, 2).
const LONGEST_SUBJECT: usize = 255;
/// Seconds that two clocks may differ.
const LEEWAY: u64 = 30;

/// What is not right with what a provider says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not signed by the provider, by an algorithm that its key is for.
    #[error("it is not signed by the provider")]
    Signature,
    /// Not of this provider.
    #[error("it is of another issuer")]
    Issuer,
    /// For somebody else than us.
    #[error("it is for another client")]
    Audience,
    /// Over, or not yet good.
    #[error("it is over, or of a time to come")]
    Time,
    /// Of another sign-in.
    #[error("it is of another sign-in")]
    Nonce,
    /// Of nobody, or of different people.
    #[error("it names nobody, or two people")]
    Subject,
}

/// Why a token's claims are not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproved {
    /// The token is not right.
    Fault(Fault),
    /// The keys to check it with could not be had.
    Away,
}

impl From<Fault> for Unproved {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The token's claims, when the provider signed them for us, now, and for this sign-in.
///
/// # Errors
/// What is not right.
pub async fn verify(token: &str, jwks: &Jwks, settings: &OidcProvider, nonce: &str) -> Result<Claims, Unproved> {
    if token.len() > LONGEST_TOKEN {
        return Err(Fault::Signature.into());
    }
    // `none` is no algorithm that can be read here, and no shared secret is a key of a provider: the key decides, never the token.
    let header = jsonwebtoken::decode_header(token).map_err(|_| Fault::Signature)?;
    let found = match header.kid.as_deref() {
        Some(id) => jwks.key(id).await,
        None => jwks.only_key().await,
    };
    let found = found.map_err(|refusal| match refusal {
        Refusal::Unavailable(_) => Unproved::Away,
        _ => Fault::Signature.into(),
    })?;
    let found = found.filter(|key| key.algorithm == header.alg).ok_or(Fault::Signature)?;
    let mut validation = Validation::new(found.algorithm);
    validation.set_issuer(&[&settings.issuer]);
    validation.set_audience(&[&settings.client_id]);
    validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    validation.validate_nbf = true;
    validation.leeway = LEEWAY;
    let claims = jsonwebtoken::decode::<Claims>(token, &found.key, &validation)
        .map_err(|error| {
            use jsonwebtoken::errors::ErrorKind;
            match error.kind() {
                ErrorKind::InvalidIssuer => Fault::Issuer,
                ErrorKind::InvalidAudience => Fault::Audience,
                ErrorKind::ExpiredSignature | ErrorKind::ImmatureSignature => Fault::Time,
                ErrorKind::MissingRequiredClaim(_) => Fault::Subject,
                _ => Fault::Signature,
            }
        })?
        .claims;
    check(&claims, settings, nonce)?;
    Ok(claims)
}

/// What the library does not look at, or takes more of than one provider writes.
fn check(claims: &Claims, settings: &OidcProvider, nonce: &str) -> Result<(), Fault> {
    // The library takes a list of issuers that holds ours.
    if text(claims, "iss") != Some(&settings.issuer) {
        return Err(Fault::Issuer);
    }
    let is_for_others = claims.get("aud").and_then(Value::as_array).is_some_and(|audiences| audiences.len() != 1);
    match claims.get("azp") {
        // Whoever else it is for could use it here.
        None if is_for_others => return Err(Fault::Audience),
        None => {}
        Some(party) if party.as_str() == Some(&settings.client_id) => {}
        Some(_) => return Err(Fault::Audience),
    }
    let issued_at = claims.get("iat").and_then(Value::as_f64).ok_or(Fault::Time)?;
    #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are exact in a double")]
    let latest = chrono::Utc::now().timestamp() as f64 + LEEWAY as f64;
    if issued_at > latest {
        return Err(Fault::Time);
    }
    if text(claims, "nonce") != Some(nonce) {
        return Err(Fault::Nonce);
    }
    Ok(())
}

/// A person as a provider knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their name there; with the issuer it is who they are.
    pub subject: String,
    /// Their address, where it is told.
    pub email: Option<String>,
    /// Whether the provider made sure that the address is theirs, or the settings believe it.
    pub is_verified: bool,
    /// What they are called, where it is told.
    pub name: Option<String>,
    /// The role that the provider gives, where the settings name a claim for it and it holds one; the highest of several.
    pub role: Option<Role>,
}

impl Person {
    /// Reads claims that were checked.
    ///
    /// # Errors
    /// When they name nobody.
    pub fn read(claims: &Claims, settings: &OidcProvider) -> Result<Self, Fault> {
        let is_name = |subject: &&str| (1..=LONGEST_SUBJECT).contains(&subject.len()) && !subject.contains('\0');
        let subject = text(claims, "sub").filter(is_name).ok_or(Fault::Subject)?.to_owned();
        let is_verified = match claims.get("email_verified") {
            // Some providers write booleans as text.
            Some(Value::Bool(is_verified)) => *is_verified,
            Some(Value::String(is_verified)) => is_verified == "true",
            Some(Value::Null) | None => settings.trusts_addresses,
            Some(_) => false,
        };
        let name = text(claims, "name")
            .map(str::trim)
            .filter(|name| (1..=100).contains(&name.chars().count()) && !name.chars().any(char::is_control));
        Ok(Self {
            subject,
            email: text(claims, "email").map(|email| email.trim().to_owned()).filter(|email| !email.is_empty()),
            is_verified,
            name: name.map(str::to_owned),
            role: settings.role_claim.as_deref().and_then(|claim| role(claims, claim)),
        })
    }
}

/// The highest role that a claim names. A claim may be called with dots; where there is none of that name, they lead inside.
fn role(claims: &Claims, path: &str) -> Option<Role> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let inside = || {
        let parts = rest.split('.').filter(|part| !part.is_empty());
        parts.into_iter().try_fold(claims.get(first)?, |value, part| value.get(part))
    };
    let found = claims.get(path).or_else(inside)?;
    let named = found.as_array().map_or(std::slice::from_ref(found), Vec::as_slice);
    named.iter().filter_map(|name| Role::from_name(name.as_str()?)).max()
}

fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    fn settings(more: &[(&str, &str)]) -> OidcProvider {
        let base = [
            ("HOME", "/home/somebody"),
            ("OIDC_PROVIDERS", "p"),
            ("OIDC_P_ISSUER", "https://p.example"),
            ("OIDC_P_CLIENT_ID", "lode"),
        ];
        let values: BTreeMap<_, _> = base.into_iter().chain(more.iter().copied()).collect();
        let config = config::Config::from_values(|name| values.get(name).map(|value| (*value).to_owned())).unwrap();
        config.sign_in.providers[0].clone()
    }

    fn claims(value: Value) -> Claims {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn claims_of_another_client_issuer_sign_in_or_time_are_refused() {
        let now = chrono::Utc::now().timestamp();
        let good = json!({ "iss": "https://p.example", "aud": "lode", "iat": now, "nonce": "n", "sub": "s" });
        let judged = |name: &str, value: Value| {
            let mut claims = claims(good.clone());
            claims.insert(name.to_owned(), value);
            check(&claims, &settings(&[]), "n")
        };
        for (name, value) in [("aud", json!(["lode"])), ("azp", json!("lode")), ("iat", json!(now as f64 - 0.5))] {
            assert_eq!(judged(name, value), Ok(()), "{name}");
        }
        for (name, value, fault) in [
            ("iss", json!(["https://p.example", "https://q.example"]), Fault::Issuer),
            ("iss", json!(null), Fault::Issuer),
            ("aud", json!(["lode", "other"]), Fault::Audience),
            ("aud", json!([]), Fault::Audience),
            ("azp", json!("other"), Fault::Audience),
            ("azp", json!(["lode"]), Fault::Audience),
            ("iat", json!(now + 3600), Fault::Time),
            ("iat", json!("now"), Fault::Time),
            ("nonce", json!("m"), Fault::Nonce),
            ("nonce", json!(null), Fault::Nonce),
        ] {
            assert_eq!(judged(name, value.clone()), Err(fault), "{name} {value}");
        }
        let mut for_two = claims(good);
        for_two.insert("aud".to_owned(), json!(["lode", "other"]));
        for_two.insert("azp".to_owned(), json!("lode"));
        assert_eq!(check(&for_two, &settings(&[]), "n"), Ok(()));
    }

    #[test]
    fn an_address_counts_as_verified_only_when_that_is_said_or_believed() {
        let trusting = [("OIDC_P_TRUST_ADDRESSES", "true")];
        for (said, by_default, believed) in [
            (json!(true), true, true),
            (json!("true"), true, true),
            (json!(false), false, false),
            (json!("false"), false, false),
            (json!(1), false, false),
            (json!(null), false, true),
        ] {
            let claims = claims(json!({ "sub": "s", "email": "a@example.se", "email_verified": said }));
            let read = |more: &[(&str, &str)]| Person::read(&claims, &settings(more)).unwrap().is_verified;
            assert_eq!((read(&[]), read(&trusting)), (by_default, believed), "{said}");
        }
    }

    #[test]
    fn the_highest_known_role_counts_and_others_are_nothing() {
        for (path, told, expected) in [
            ("role", json!({ "role": "analyst" }), Some(Role::Analyst)),
            ("groups", json!({ "groups": ["viewer", "everybody", "partner"] }), Some(Role::Partner)),
            ("realm_access.roles", json!({ "realm_access": { "roles": ["viewer"] } }), Some(Role::Viewer)),
            ("https://lode.example/role", json!({ "https://lode.example/role": "admin" }), Some(Role::Admin)),
            ("role", json!({ "role": "boss" }), None),
            ("role", json!({ "role": { "admin": true } }), None),
            ("a.b", json!({ "a": "admin" }), None),
            ("role", json!({}), None),
        ] {
            let mut claims = claims(told.clone());
            claims.insert("sub".to_owned(), json!("s"));
            let person = Person::read(&claims, &settings(&[("OIDC_P_ROLE_CLAIM", path)])).unwrap();
            assert_eq!(person.role, expected, "{path} {told}");
            assert_eq!(Person::read(&claims, &settings(&[])).unwrap().role, None, "without the setting, none");
        }
    }

    #[test]
    fn whoever_has_no_name_there_is_nobody() {
        for subject in [json!(null), json!(""), json!(7), json!("x".repeat(256)), json!("a\u{0}b")] {
            let claims = claims(json!({ "sub": subject }));
            assert_eq!(Person::read(&claims, &settings(&[])), Err(Fault::Subject), "{subject}");
        }
    }
}
