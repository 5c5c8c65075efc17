//! Settings of signing in: how long sessions last, which tokens of a Supabase project are let in, second factors, and the key of secrets.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::oidc::{self, OidcProvider};
use super::{boolean, parse};

/// The key's file in the data directory, where no setting names another key.
const KEY_FILE: &str = "secret.key";

/// Names of roles, the least first, as settings write them.
pub(super) const ROLES: [&str; 4] = ["viewer", "analyst", "partner", "admin"];

/// The domains whose addresses may have an account; without one, any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountDomains(Vec<String>);

impl AccountDomains {
    /// Reads a list with commas between.
    fn read(value: Option<String>, wrong: &mut Vec<String>) -> Self {
        let value = value.unwrap_or_default();
        let names = value.split(',').map(|name| name.trim().to_ascii_lowercase()).filter(|name| !name.is_empty());
        let names: Vec<_> = names.collect();
        for name in &names {
            if name.contains('@') || !name.contains('.') || name.starts_with('.') || name.contains(char::is_whitespace)
            {
                let expected = "give domains such as example.se, with commas between";
                wrong.push(format!("LODE_ACCOUNT_DOMAINS holds {name:?}, which is no domain; {expected}"));
            }
        }
        Self(names)
    }

    /// Whether whoever has an address of a listed domain may get an account without being invited: only where some are listed.
    #[must_use]
    pub fn name(&self, email: &str) -> bool {
        !self.0.is_empty() && self.admit(email)
    }

    /// Whether an address may have an account: its domain is one of these, not a part of one.
    #[must_use]
    pub fn admit(&self, email: &str) -> bool {
        self.0.is_empty()
            || email
                .rsplit_once('@')
                .is_some_and(|(_, domain)| self.0.iter().any(|own| own.eq_ignore_ascii_case(domain)))
    }
}

impl std::fmt::Display for AccountDomains {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

/// How people sign in, and for how long. The defaults follow OWASP ASVS level 2 (V3.3.2).
#[derive(Clone, Debug)]
pub struct SignInConfig {
    /// A session of a built-in account that asks for nothing for so many minutes ends.
    pub session_idle_minutes: u32,
    /// A session of a built-in account ends after so many hours, however much it is used.
    pub session_hours: u32,
    /// Whether the web app holds the session of a built-in account in a cookie, which no script can read, where it comes from this server.
    pub session_in_cookie: bool,
    /// Whose addresses may have an account.
    pub account_domains: AccountDomains,
    /// Role of a person whose Supabase token names none; `None` lets them not in.
    pub supabase_default_role: Option<String>,
    /// Whether anonymous users of the Supabase project are let in.
    pub supabase_allow_anonymous: bool,
    /// People of this role and those above prove a second factor; `None` leaves it to them.
    pub second_factor_role: Option<String>,
    /// Identity providers that people may sign in with.
    pub providers: Vec<OidcProvider>,
    /// Seals secrets in the database.
    secret_key: Option<[u8; 32]>,
    /// File of that key.
    secret_key_file: Option<PathBuf>,
    /// Opens what was sealed before the key was changed.
    secret_key_previous: Option<[u8; 32]>,
}

impl SignInConfig {
    /// Judges the settings.
    pub(super) fn from_values(get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Self {
        let mut within = |name: &str, default: u32, most: u32, unit: &str| {
            let expected = format!("{name} must be a number of {unit} from 1 to {most}");
            let value = parse(get(name), default, &expected, wrong);
            if !(1..=most).contains(&value) {
                wrong.push(format!("{expected}, not {value}"));
            }
            value
        };
        let session_idle_minutes = within("SESSION_IDLE_MINUTES", 30, 43_200, "minutes");
        let session_hours = within("SESSION_HOURS", 12, 2_160, "hours");
        let mut key = |name: &str| {
            let value = get(name)?;
            let key = read_key(&value);
            if key.is_none() {
                // The value is not told: it is nearly a key.
                wrong.push(format!("{name} must be 64 hexadecimal digits, as `openssl rand -hex 32` prints them"));
            }
            key
        };
        let (secret_key, secret_key_previous) = (key("LODE_SECRET_KEY"), key("LODE_SECRET_KEY_PREVIOUS"));
        let secret_key_file = get("LODE_SECRET_KEY_FILE").map(PathBuf::from);
        if secret_key.is_some() && secret_key_file.is_some() {
            wrong.push("LODE_SECRET_KEY and LODE_SECRET_KEY_FILE: give one of them".to_owned());
        }
        Self {
            second_factor_role: role("REQUIRE_SECOND_FACTOR", get("REQUIRE_SECOND_FACTOR"), wrong),
            providers: oidc::read(get, wrong),
            secret_key,
            secret_key_file,
            secret_key_previous,
            session_idle_minutes,
            session_hours,
            account_domains: AccountDomains::read(get("LODE_ACCOUNT_DOMAINS"), wrong),
            session_in_cookie: get("SESSION_IN_COOKIE").is_none()
                || boolean("SESSION_IN_COOKIE", get("SESSION_IN_COOKIE").as_deref(), wrong),
            supabase_default_role: role("SUPABASE_DEFAULT_ROLE", get("SUPABASE_DEFAULT_ROLE"), wrong),
            supabase_allow_anonymous: boolean(
                "SUPABASE_ALLOW_ANONYMOUS",
                get("SUPABASE_ALLOW_ANONYMOUS").as_deref(),
                wrong,
            ),
        }
    }

    /// The keys that open sealed secrets, the one that seals first; none where no setting names one and the data directory has no
    /// `secret.key`.
    ///
    /// # Errors
    /// When a file that should hold a key cannot be read or holds none.
    pub fn secret_keys(&self, data_dir: &Path) -> anyhow::Result<Vec<[u8; 32]>> {
        let own = data_dir.join(KEY_FILE);
        let file = self.secret_key_file.as_deref().or_else(|| own.is_file().then_some(own.as_path()));
        let key = match (self.secret_key, file) {
            (Some(key), _) => Some(key),
            (None, Some(file)) => {
                let text = std::fs::read_to_string(file)
                    .with_context(|| format!("the key of secrets cannot be read from {}", file.display()))?;
                let key = read_key(text.trim());
                Some(key.with_context(|| {
                    format!(
                        "{} holds no key: 64 hexadecimal digits, as `openssl rand -hex 32` prints them",
                        file.display()
                    )
                })?)
            }
            (None, None) => None,
        };
        Ok(key.into_iter().chain(self.secret_key_previous).collect())
    }

    /// Where an installation on this machine keeps a key of its own; `None` when the settings name one.
    #[must_use]
    pub fn own_key_file(&self, data_dir: &Path) -> Option<PathBuf> {
        let is_named = self.secret_key.is_some() || self.secret_key_file.is_some();
        (!is_named).then(|| data_dir.join(KEY_FILE))
    }

    /// Every setting as it may be shown.
    pub(super) fn redacted(&self) -> [(&'static str, Option<String>); 11] {
        let secret = |key: &Option<[u8; 32]>| key.map(|_| "set".to_owned());
        [
            ("REQUIRE_SECOND_FACTOR", self.second_factor_role.clone()),
            ("LODE_SECRET_KEY", secret(&self.secret_key)),
            ("LODE_SECRET_KEY_FILE", self.secret_key_file.as_ref().map(|file| file.display().to_string())),
            ("LODE_SECRET_KEY_PREVIOUS", secret(&self.secret_key_previous)),
            ("SESSION_IDLE_MINUTES", Some(self.session_idle_minutes.to_string())),
            ("SESSION_HOURS", Some(self.session_hours.to_string())),
            ("LODE_ACCOUNT_DOMAINS", Some(self.account_domains.to_string()).filter(|domains| !domains.is_empty())),
            (
                "OIDC_PROVIDERS",
                (!self.providers.is_empty())
                    .then(|| self.providers.iter().map(|one| one.key.as_str()).collect::<Vec<_>>().join(",")),
            ),
            ("SESSION_IN_COOKIE", Some(self.session_in_cookie.to_string())),
            ("SUPABASE_DEFAULT_ROLE", self.supabase_default_role.clone()),
            ("SUPABASE_ALLOW_ANONYMOUS", Some(self.supabase_allow_anonymous.to_string())),
        ]
    }
}

/// Reads 64 hexadecimal digits.
fn read_key(text: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    hex::decode_to_slice(text, &mut key).ok().map(|()| key)
}

/// The name of a role; `none` and nothing mean no role.
pub(super) fn role(name: &str, value: Option<String>, wrong: &mut Vec<String>) -> Option<String> {
    let value = value.filter(|value| value != "none")?;
    if !ROLES.contains(&value.as_str()) {
        wrong.push(format!("{name} is {value:?}; it may be \"none\" or one of {}", ROLES.join(", ")));
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)]) -> (SignInConfig, Vec<String>) {
        let mut wrong = Vec::new();
        let get = |name: &str| values.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned());
        (SignInConfig::from_values(&get, &mut wrong), wrong)
    }

    #[test]
    fn without_settings_sessions_are_short_and_nobody_comes_without_a_role() {
        let (settings, wrong) = read(&[("SUPABASE_DEFAULT_ROLE", "none")]);
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!((settings.session_idle_minutes, settings.session_hours), (30, 12));
        assert_eq!((settings.supabase_default_role, settings.supabase_allow_anonymous), (None, false));
    }

    #[test]
    fn each_wrong_setting_is_named_with_what_is_expected() {
        for (name, value) in [
            ("SESSION_IDLE_MINUTES", "0"),
            ("SESSION_IDLE_MINUTES", "a while"),
            ("SESSION_HOURS", "100000"),
            ("SUPABASE_DEFAULT_ROLE", "boss"),
            ("SUPABASE_ALLOW_ANONYMOUS", "perhaps"),
            ("SESSION_IN_COOKIE", "perhaps"),
            ("LODE_ACCOUNT_DOMAINS", "example.se, anna@example.se"),
            ("REQUIRE_SECOND_FACTOR", "yes"),
            ("LODE_SECRET_KEY", "5ec4e7"),
            ("LODE_SECRET_KEY_PREVIOUS", &"g".repeat(64)),
        ] {
            let (_, wrong) = read(&[(name, value)]);
            assert!(wrong.len() == 1 && wrong[0].contains(name), "{name}={value}: {wrong:?}");
        }
    }

    #[test]
    fn addresses_of_listed_domains_alone_may_have_an_account() {
        let (settings, wrong) = read(&[("LODE_ACCOUNT_DOMAINS", "Example.se, other.example")]);
        assert!(wrong.is_empty(), "{wrong:?}");
        for (email, is_admitted) in [
            ("anna@example.se", true),
            ("anna@EXAMPLE.SE", true),
            ("anna@other.example", true),
            ("anna@evil.example", false),
            ("anna@sub.example.se", false),
            ("anna@example.se.evil.example", false),
            ("anna@example.se@evil.example", false),
            ("example.se", false),
        ] {
            assert_eq!(settings.account_domains.admit(email), is_admitted, "{email}");
        }
        assert!(read(&[]).0.account_domains.admit("anybody@anywhere.example"), "without a list, any");
    }

    #[test]
    fn keys_are_read_from_settings_or_files_and_never_shown() {
        let folder = std::env::temp_dir().join(format!("lode-config-test-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (one, two) = ("01".repeat(32), "Ab".repeat(32));
        assert!(read(&[]).0.secret_keys(&folder).unwrap().is_empty());
        let (settings, _) = read(&[("LODE_SECRET_KEY", &one), ("LODE_SECRET_KEY_PREVIOUS", &two)]);
        assert_eq!(settings.secret_keys(&folder).unwrap(), [[1; 32], [0xab; 32]]);
        assert!(!format!("{:?}", settings.redacted()).contains("0101"));
        std::fs::write(folder.join("secret.key"), format!("{two}\n")).unwrap();
        assert_eq!(read(&[]).0.secret_keys(&folder).unwrap(), [[0xab; 32]], "the data directory's own");
        assert_eq!(settings.secret_keys(&folder).unwrap()[0], [1; 32], "a setting leads");
        std::fs::write(folder.join("secret.key"), "nothing").unwrap();
        let error = read(&[]).0.secret_keys(&folder).unwrap_err().to_string();
        assert!(error.contains("secret.key") && error.contains("64 hexadecimal"), "{error}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
