//! Settings that are right, wrong, secret or missing.

use std::collections::BTreeMap;

use super::*;

fn config(values: &[(&str, &str)]) -> anyhow::Result<Config> {
    let values: BTreeMap<_, _> = values.iter().copied().chain([("HOME", "/home/somebody")]).collect();
    Config::from_values(|name| values.get(name).map(|value| (*value).to_owned()))
}

#[test]
fn nothing_is_needed() {
    let config = config(&[("DATABASE_URL", "")]).unwrap();
    assert_eq!(config.database_url, None);
    assert_eq!(config.port, DEFAULT_PORT);
    assert_eq!(config.data_dir, Path::new("/home/somebody/.local/share/lode"));
}

#[test]
fn every_wrong_setting_is_named_at_once() {
    let error = config(&[
        ("DATABASE_SOURCE", "sqlite"),
        ("DATABASE_URL", "mysql://x"),
        ("PORT", "eighty"),
        ("REQUIRE_AUTH", "true"),
        ("CORS_ORIGINS", "https://a.example, *"),
        ("LOG_FORMAT", "xml"),
        ("REDIS_URL", "redis://cache.example#insecure"),
        ("REDIS_CA_FILE", "/etc/ca.pem"),
        ("SENTRY_DSN", "https://sentry.example/1"),
    ])
    .unwrap_err()
    .to_string();
    for name in ["DATABASE_SOURCE", "DATABASE_URL", "PORT", "REQUIRE_AUTH", "CORS_ORIGINS", "LOG_FORMAT", "SENTRY_DSN"]
    {
        assert!(error.contains(name), "{name} is missing in: {error}");
    }
    assert!(error.contains("instead of #insecure") && error.contains("REDIS_CA_FILE is of use only"), "{error}");
}

#[test]
fn without_sign_in_other_addresses_than_loopback_are_refused() {
    let signed_in = [("REQUIRE_AUTH", "true"), ("LODE_ACCOUNTS", "builtin")];
    for (values, is_allowed) in [
        (&[][..], true),
        (&[("LODE_BIND", "127.0.0.9")], true),
        (&[("LODE_BIND", "::1")], true),
        (&[("LODE_BIND", "::ffff:127.0.0.1")], true),
        (&[("LODE_BIND", "0.0.0.0")], false),
        (&[("LODE_BIND", "::")], false),
        (&[("LODE_BIND", "192.0.2.1")], false),
        (&[("LODE_BIND", "0.0.0.0"), signed_in[0], signed_in[1]], true),
        (&[("LODE_BIND", "0.0.0.0"), ("LODE_ALLOW_UNAUTHENTICATED_NETWORK", "true")], true),
    ] {
        assert_eq!(config(values).unwrap().check_exposure().is_ok(), is_allowed, "{values:?}");
    }
}

#[test]
fn secrets_are_not_shown() {
    let shown = config(&[
        ("DATABASE_URL", "postgres://user:sec@ret@db.example/lode?password=sec@ret"),
        ("SUPABASE_JWT_SECRET", "sec@ret"),
        ("REQUIRE_AUTH", "true"),
    ])
    .unwrap()
    .redacted();
    assert!(!format!("{shown:?}").contains("ret"), "{shown:?}");
    assert_eq!(shown["DATABASE_URL"].as_deref(), Some("postgres://db.example/lode"));
}

#[test]
fn every_setting_is_documented() {
    let documented = include_str!("../../../.env.example");
    for name in NAMES {
        assert!(documented.contains(&format!("\n{name}=")), "{name} is not in .env.example");
    }
}
