//! Reads from an X.509 certificate (DER, RFC 5280) until when it is valid.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The moment after which the certificate is no longer valid; `None` when the bytes are no certificate.
#[must_use]
pub fn valid_until(certificate: &[u8]) -> Option<DateTime<Utc>> {
    let (certificate, _) = value(certificate, SEQUENCE)?;
    let (mut rest, _) = value(certificate, SEQUENCE)?;
    // The version is left out of certificates of version 1; then come serial number, algorithm and issuer.
    if rest.first() == Some(&VERSION) {
        rest = next_value(rest)?.2;
    }
    for _ in 0..3 {
        rest = next_value(rest)?.2;
    }
    let (validity, _) = value(rest, SEQUENCE)?;
    let (_, _, rest) = next_value(validity)?;
    let (tag, text, _) = next_value(rest)?;
    time(tag, text)
}

/// The content of the value that begins here and has this tag, and what follows it.
fn value(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = next_value(bytes)?;
    (found == tag).then_some((content, rest))
}

/// Tag and content of the value that begins here, and what follows it.
fn next_value(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, bytes) = bytes.split_first()?;
    let (&first, mut bytes) = bytes.split_first()?;
    let length = if first < 0x80 {
        usize::from(first)
    } else {
        let (digits, rest) =
            bytes.split_at_checked(usize::from(first & 0x7f)).filter(|(digits, _)| (1..=4).contains(&digits.len()))?;
        bytes = rest;
        digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit))
    };
    let (content, rest) = bytes.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// `YYMMDDhhmmssZ` (years 1950 to 2049) or `YYYYMMDDhhmmssZ`.
fn time(tag: u8, text: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (year, rest) = match tag {
        UTC_TIME => {
            let (year, rest) = text.split_at_checked(2)?;
            let year: i32 = year.parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        GENERALIZED_TIME => {
            let (year, rest) = text.split_at_checked(4)?;
            (year.parse().ok()?, rest)
        }
        _ => return None,
    };
    if rest.len() != 10 {
        return None;
    }
    let part = |at: usize| rest.get(at..at + 2)?.parse::<u32>().ok();
    let day = NaiveDate::from_ymd_opt(year, part(0)?, part(2)?)?;
    let moment: NaiveDateTime = day.and_hms_opt(part(4)?, part(6)?, part(8)?)?;
    Some(moment.and_utc())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CERTIFICATE: &[u8] = include_bytes!("../tests/product/queue/tls/server.der");

    #[test]
    fn end_of_a_certificate_is_read_as_openssl_prints_it() {
        assert_eq!(valid_until(CERTIFICATE).unwrap().format("%Y").to_string(), "2126");
        assert_eq!(time(UTC_TIME, b"491231235959Z").unwrap().to_rfc3339(), "2049-12-31T23:59:59+00:00");
        assert_eq!(time(UTC_TIME, b"500101000000Z").unwrap().to_rfc3339(), "1950-01-01T00:00:00+00:00");
        assert_eq!(time(GENERALIZED_TIME, b"20500101000000Z").unwrap().to_rfc3339(), "2050-01-01T00:00:00+00:00");
        for wrong in ["", "Z", "20500101000000", "20501301000000Z", "2050010100000åZ", "205001010000000Z"] {
            assert_eq!(time(GENERALIZED_TIME, wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn cut_certificate_is_none() {
        for length in 0..CERTIFICATE.len() {
            assert_eq!(valid_until(&CERTIFICATE[..length]), None, "{length}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..800, other in any::<u8>()) {
            let _ = valid_until(&bytes);
            let mut changed = CERTIFICATE.to_vec();
            let length = changed.len();
            changed[at % length] = other;
            let _ = valid_until(&changed);
        }
    }
}
