//! Second factors: codes of authenticator apps (TOTP, RFC 6238) and recovery codes.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

/// Seconds that a code stands for.
const STEP_SECONDS: u64 = 30;
/// The clock of a phone may be a step off (RFC 6238, 5.2).
const STEPS_OFF: u16 = 1;
/// Recovery codes that a person gets.
const RECOVERY_CODES: usize = 10;
/// Letters and digits of recovery codes: five bits each, without those that look like 0 and 1.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Characters of a recovery code: at least 112 random bits (OWASP ASVS V2.6.2).
const RECOVERY_LENGTH: usize = 24;

/// What a session lacks before it may do anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Its person has a second factor and has not proved it yet.
    Prove,
    /// Its person's role asks for a second factor, and there is none yet.
    Enrol,
}

/// The secret that an app and we share: 160 random bits, as RFC 4226 recommends.
#[must_use]
pub fn new_secret() -> Vec<u8> {
    rand::random::<[u8; 20]>().to_vec()
}

/// The secret as people type it.
#[must_use]
pub fn as_text(secret: &[u8]) -> String {
    Secret::from(secret.to_vec()).to_base32()
}

/// The address that apps read from a QR code.
#[must_use]
pub fn address(secret: &[u8], email: &str, issuer: &str) -> String {
    let (email, issuer) = (percent_encoded(email), percent_encoded(issuer));
    format!("otpauth://totp/{issuer}:{email}?secret={}&issuer={issuer}", as_text(secret))
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Whether somebody typed six digits, as apps show them.
#[must_use]
pub fn is_app_code(code: &str) -> bool {
    let code = without_gaps(code);
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// The step of time that the code stands for, when it is right now and stands for a later step than the last one taken.
#[must_use]
pub fn check(secret: &[u8], code: &str, last_step: i64, now: DateTime<Utc>) -> Option<i64> {
    let totp = totp(secret).filter(|_| is_app_code(code))?;
    let step = totp.check(&without_gaps(code), u64::try_from(now.timestamp()).ok()?)?;
    i64::try_from(step).ok().filter(|step| *step > last_step)
}

fn totp(secret: &[u8]) -> Option<Totp> {
    let builder = Builder::new().with_secret(secret.to_vec()).with_skew(STEPS_OFF).with_step_duration(STEP_SECONDS);
    builder.build().ok()
}

/// Recovery codes, to be shown once.
#[must_use]
pub fn new_recovery_codes() -> Vec<String> {
    (0..RECOVERY_CODES).map(|_| recovery_code(rand::random())).collect()
}

fn recovery_code(random: [u8; RECOVERY_LENGTH]) -> String {
    let letters: Vec<u8> = random.iter().map(|byte| ALPHABET[usize::from(byte & 31)]).collect();
    let groups = letters.chunks(4).map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join("-")
}

/// What is kept of a person's recovery code, however its groups were typed.
#[must_use]
pub fn recovery_digest(user: Uuid, code: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(b"recovery-code:");
    hash.update(user.as_bytes());
    hash.update(without_gaps(code).to_ascii_lowercase().as_bytes());
    hash.finalize().to_vec()
}

fn without_gaps(code: &str) -> String {
    code.chars().filter(|char| !char.is_whitespace() && *char != '-').collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, SHA-1, the last six of eight digits.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(check(SECRET, code, 0, at(second)), Some(second / 30), "{second}");
        }
    }

    #[test]
    fn a_code_is_good_for_a_step_before_and_after_and_never_again() {
        let code = "005924";
        let step = 1_234_567_890 / 30;
        for (off, is_right) in [(-61, false), (-30, true), (0, true), (29, true), (59, true), (60, false)] {
            assert_eq!(check(SECRET, code, 0, at(1_234_567_890 + off)).is_some(), is_right, "{off} s");
        }
        assert_eq!(check(SECRET, "005 924", step - 1, at(1_234_567_890)), Some(step), "typed in groups");
        assert_eq!(check(SECRET, code, step, at(1_234_567_890)), None, "taken before");
        assert_eq!(check(SECRET, code, step + 1, at(1_234_567_890)), None, "a later one was taken");
        for wrong in ["", "00592", "0059244", "aaaaaa", "００５９２４", "-05924"] {
            assert_eq!(check(SECRET, wrong, 0, at(1_234_567_890)), None, "{wrong}");
        }
    }

    #[test]
    fn recovery_codes_are_random_and_read_however_they_are_typed() {
        let codes: HashSet<_> = (0..100).flat_map(|_| new_recovery_codes()).collect();
        assert_eq!(codes.len(), 1_000);
        let anna = Uuid::from_u128(1);
        let code = codes.iter().next().unwrap();
        assert_eq!(code.len(), RECOVERY_LENGTH + 5);
        let kept = recovery_digest(anna, code);
        assert_eq!(kept, recovery_digest(anna, &code.replace('-', " ").to_uppercase()));
        assert_ne!(kept, recovery_digest(Uuid::from_u128(2), code), "each person's are hashed apart");
        assert!(!is_app_code(code) && is_app_code("123 456") && !is_app_code("12345a"));
        assert_eq!(ALPHABET.iter().collect::<HashSet<_>>().len(), 32);
    }

    #[test]
    fn the_address_names_installation_and_person() {
        let address = address(SECRET, "åsa+1@example.se", "Lode: Nord & Co");
        assert_eq!(
            address,
            "otpauth://totp/Lode%3A%20Nord%20%26%20Co:%C3%A5sa%2B1@example.se?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Lode%3A%20Nord%20%26%20Co"
        );
    }
}
