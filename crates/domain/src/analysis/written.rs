//! Values of the catalogue as they are written in a sentence, in either language.

use crate::catalogue::{self, Unit, category_label};
use crate::evidence::Language;
use crate::facts::FactValue;
use crate::label::Label;

/// The words of a label in a language.
#[must_use]
pub fn words(label: Label, language: Language) -> &'static str {
    match language {
        Language::Sv => label.sv,
        Language::En => label.en,
    }
}

/// An amount of kronor in the unit that fits: `12,3 mkr`, `12.3 mkr`, `450 tkr`.
#[must_use]
pub fn amount(sek: f64, language: Language) -> String {
    let (value, unit, decimals) = match sek.abs() {
        size if size >= 1e9 => (sek / 1e9, "mdkr", 2),
        size if size >= 1e6 => (sek / 1e6, "mkr", 1),
        size if size >= 1e3 => (sek / 1e3, "tkr", 0),
        _ => (sek, "kr", 0),
    };
    format!("{} {unit}", number(value, decimals, language))
}

/// A number with so many decimals, the language's decimal sign, and a true minus.
#[must_use]
pub fn number(value: f64, decimals: usize, language: Language) -> String {
    let text = format!("{value:.decimals$}");
    let text = text.strip_prefix('-').map_or_else(|| text.clone(), |digits| format!("−{digits}"));
    // −0,0 is zero.
    let text = if text.trim_start_matches('−').bytes().all(|byte| matches!(byte, b'0' | b'.')) {
        text.trim_start_matches('−').to_owned()
    } else {
        text
    };
    if language == Language::Sv { text.replace('.', ",") } else { text }
}

/// A value of a field in a sentence; a dash where it is missing.
#[must_use]
pub fn value(field: &str, value: &FactValue, language: Language) -> String {
    let unit = catalogue::find(field).map_or(Unit::None, |field| field.unit);
    let real = match value {
        FactValue::Integer(value) => Some(*value as f64),
        FactValue::Real(value) => Some(*value),
        _ => None,
    };
    match (unit, real, value) {
        (Unit::Sek, Some(value), _) => amount(value, language),
        (Unit::Share, Some(value), _) => format!("{} %", number(value * 100.0, 1, language)),
        (Unit::Times, Some(value), _) => format!("{}×", number(value, 1, language)),
        (Unit::Days, Some(value), _) => {
            format!("{} {}", number(value, 0, language), words(Label { sv: "dagar", en: "days" }, language))
        }
        (_, Some(value), _) => number(value, if value.fract() == 0.0 { 0 } else { 1 }, language),
        (_, None, FactValue::Date(day)) => day.to_string(),
        (_, None, FactValue::Text(code)) => {
            category_label(field, code).map_or_else(|| code.to_string(), |label| words(label, language).to_owned())
        }
        (_, None, FactValue::Boolean(is)) => {
            words(if *is { Label { sv: "ja", en: "yes" } } else { Label { sv: "nej", en: "no" } }, language).to_owned()
        }
        _ => "–".to_owned(),
    }
}

/// The words with each `{field}` in the place of its value.
#[must_use]
pub fn filled(template: &str, language: Language, of: impl Fn(&str) -> FactValue) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((field, behind)) = after.split_once('}') else {
            rest = after;
            continue;
        };
        filled.push_str(&value(field, &of(field), language));
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_in_the_unit_that_fits_and_the_signs_of_the_language() {
        use Language::{En, Sv};
        assert_eq!(value("revenue", &FactValue::Integer(12_345_000), Sv), "12,3 mkr");
        assert_eq!(value("equity", &FactValue::Integer(-450_000), En), "−450 tkr");
        assert_eq!(value("ebit_margin", &FactValue::Real(0.125), Sv), "12,5 %");
        assert_eq!(value("net_margin", &FactValue::Real(-0.0001), Sv), "0,0 %");
        assert_eq!(value("dso", &FactValue::Real(75.4), En), "75 days");
        assert_eq!(value("status", &FactValue::Text("bankrupt".into()), Sv), "I konkurs");
        assert_eq!(value("cash", &FactValue::Null, Sv), "–");
        let words = filled("Soliditet {equity_ratio} av {nothing}", Sv, |_| FactValue::Real(0.4));
        assert_eq!(words, "Soliditet 40,0 % av 0,4");
    }
}
