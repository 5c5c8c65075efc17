//! Values that the Swedish registers write in the same few ways: dates, industry codes, postcodes, legal forms, and
//! what they together say about whether a company is at work.

use chrono::NaiveDate;
use domain::company::{CompanyStatus, Procedure, SniCode, SniEdition};

/// A date as `YYYY-MM-DD`, the same with a time behind it (after `T` or a space), or `YYYYMMDD`; `None` for anything else.
#[must_use]
pub fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let day = text.get(..10).filter(|day| day.as_bytes()[4] == b'-');
    match day {
        Some(day) if text.len() == 10 || matches!(text.as_bytes()[10], b'T' | b' ') => day.parse().ok(),
        None if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            NaiveDate::parse_from_str(text, "%Y%m%d").ok()
        }
        _ => None,
    }
}

/// A text with something in it.
#[must_use]
pub fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

pub use domain::one_line::filled_line;

/// A text of several lines with something in it, without characters that nobody sees.
#[must_use]
pub fn filled_text(text: &str) -> Option<String> {
    let text = domain::one_line::visible_text(text);
    (!text.is_empty()).then_some(text)
}

/// An industry code: five digits, the leading zero kept. `00000` means unknown and blanks fill empty places; both
/// give `None`.
#[must_use]
pub fn sni(text: &str) -> Option<SniCode> {
    let code = text.trim();
    let is_code = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()) && code != "00000";
    is_code.then(|| SniCode { code: code.to_owned(), edition: SniEdition::Sni2007 })
}

/// A postcode as five digits without a space; `None` for foreign or broken ones.
#[must_use]
pub fn postcode(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = digits.strip_prefix("SE-").or_else(|| digits.strip_prefix("S-")).unwrap_or(&digits);
    (digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.to_owned())
}

/// ISO country code of the register's word for a country (`SE-LAND`, `Sverige`); other words are kept as they stand.
#[must_use]
pub fn country(text: &str) -> Option<String> {
    let word = text.trim();
    let word = word.strip_suffix("-LAND").unwrap_or(word);
    match word {
        "" | "null" => None,
        "SE" | "Sverige" | "SVERIGE" | "Sweden" => Some("SE".to_owned()),
        "NO" | "Norge" | "NORGE" => Some("NO".to_owned()),
        other => Some(other.to_owned()),
    }
}

/// SCB's legal-form code of one of Bolagsverket's organisation forms; `None` for forms that have no single code.
#[must_use]
pub fn legal_form(organisation_form: &str) -> Option<&'static str> {
    Some(match organisation_form {
        "AB" => "49",
        "BAB" => "41",
        "FAB" | "FOAB" => "42",
        "SE" => "43",
        "HB" | "KB" => "31",
        "EK" => "51",
        "BRF" => "53",
        "KHF" => "54",
        "SCE" | "EGTS" => "55",
        "I" => "61",
        "TSF" => "63",
        "S" => "72",
        "OFB" | "FOF" => "92",
        "SB" => "93",
        "FL" | "BFL" => "96",
        "SF" => "62",
        _ => return None,
    })
}

/// The procedure code in register words: `LI`, `LI-AVOMFO`, lower case.
#[must_use]
pub fn procedure_code(text: &str) -> Option<String> {
    let code = text.trim().split('-').next().unwrap_or_default().to_ascii_uppercase();
    (!code.is_empty() && code.len() <= 8 && code.bytes().all(|byte| byte.is_ascii_alphabetic())).then_some(code)
}

/// What a deregistration date and the open procedures together say. Taking over another company in a merger or
/// division (FUOT, DEOT) leaves a healthy company healthy. A register of companies knows nothing of companies that sleep.
#[must_use]
pub fn status(is_deregistered: bool, procedures: &[Procedure]) -> CompanyStatus {
    let open = |codes: &[&str]| procedures.iter().any(|procedure| codes.contains(&procedure.code.as_str()));
    if is_deregistered {
        CompanyStatus::Deregistered
    } else if open(&["KK"]) {
        CompanyStatus::Bankrupt
    } else if open(&["LI", "FR", "AC", "RES", "FUOL", "DEOL"]) {
        CompanyStatus::Winding
    } else {
        CompanyStatus::Active
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_in_three_forms() {
        let day = NaiveDate::from_ymd_opt(2023, 5, 5);
        for text in ["2023-05-05", "2023-05-05T00:00:00.000+00:00", "2023-05-05 16:23:00", "20230505", " 2023-05-05 "] {
            assert_eq!(date(text), day, "{text}");
        }
        for text in ["", "null", "2023-13-05", "2023-05-0", "åååååååååå", "0000-00-00", "2023-05-05x", "99999999"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn unknown_and_blank_industry_codes_are_not_codes() {
        assert_eq!(sni("01110").map(|code| code.code), Some("01110".to_owned()));
        for text in ["00000", "     ", "", "1110", "6201A"] {
            assert_eq!(sni(text), None, "{text}");
        }
    }

    #[test]
    fn postcodes_lose_their_space_and_prefix() {
        for text in ["961 98", "96198", "SE-961 98", "S-96198"] {
            assert_eq!(postcode(text).as_deref(), Some("96198"), "{text}");
        }
        assert_eq!(postcode("N-0150"), None);
    }

    #[test]
    fn an_acquirer_in_a_merger_is_healthy_and_bankruptcy_outranks_liquidation() {
        let open = |codes: &[&str]| -> Vec<Procedure> {
            codes.iter().map(|code| Procedure { code: (*code).to_owned(), from: None }).collect()
        };
        assert_eq!(status(false, &open(&["FUOT"])), CompanyStatus::Active);
        assert_eq!(status(false, &open(&["DEOT"])), CompanyStatus::Active);
        assert_eq!(status(false, &open(&["FUOL"])), CompanyStatus::Winding);
        assert_eq!(status(false, &open(&["LI", "KK"])), CompanyStatus::Bankrupt);
        assert_eq!(status(true, &open(&["LI", "KK"])), CompanyStatus::Deregistered);
    }

    #[test]
    fn forms_become_scb_codes() {
        assert_eq!(legal_form("AB"), Some("49"));
        assert_eq!(legal_form("BRF"), Some("53"));
        assert_eq!(legal_form("E"), None);
    }
}
