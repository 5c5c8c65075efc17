//! Filters as sentences for people, in both languages, e.g. for the sheet that says what a workbook holds.
//!
//! Nothing reads them back: the text form is [`super::print`].

use super::json::{Plain, Simple, search_group, simple};
use super::number::Decimal;
use super::operator::Operator;
use super::target::Target;
use super::{Condition, FieldId, Filter};
use crate::catalogue::{FieldKind, Unit, category_label};
use crate::label::Label;

/// Which of a label's words are wanted.
pub type Pick = fn(Label) -> &'static str;

/// The filter in words; empty for the filter that every company passes. Sets are called by the name that they have in the filter.
#[must_use]
pub fn words(filter: &Filter, pick: Pick) -> String {
    if filter.is_everything() { String::new() } else { part(filter, pick, false) }
}

/// The conditions that all hold, each in words.
#[must_use]
pub fn conditions(filter: &Filter, pick: Pick) -> Vec<String> {
    match filter {
        Filter::All(parts) => parts.iter().map(|filter| part(filter, pick, true)).collect(),
        other => vec![part(other, pick, false)],
    }
}

fn part(filter: &Filter, pick: Pick, is_inside: bool) -> String {
    match filter {
        Filter::All(parts) if parts.is_empty() => pick(Label { sv: "alla företag", en: "every company" }).to_owned(),
        Filter::Any(parts) if parts.is_empty() => pick(Label { sv: "inget företag", en: "no company" }).to_owned(),
        Filter::All(parts) => joined(parts, Label { sv: "och", en: "and" }, pick, is_inside),
        Filter::Any(parts) => {
            if parts.len() == 3
                && let Some((matching, pattern)) = search_group(parts)
            {
                let operator = pick(super::json::text_operator(matching).label());
                return format!("{} {operator} “{pattern}”", pick(Target::Search.label()));
            }
            joined(parts, Label { sv: "eller", en: "or" }, pick, is_inside)
        }
        Filter::Not(inner) => format!("{} {}", pick(Label { sv: "inte", en: "not" }), part(inner, pick, true)),
        Filter::Condition(one) => condition(one, pick),
    }
}

fn joined(parts: &[Filter], word: Label, pick: Pick, is_inside: bool) -> String {
    let word = format!(" {} ", pick(word));
    let text = parts.iter().map(|filter| part(filter, pick, true)).collect::<Vec<_>>().join(&word);
    if is_inside { format!("({text})") } else { text }
}

fn condition(condition: &Condition, pick: Pick) -> String {
    let Simple { target, operator, values, closed } = simple(condition);
    let name = pick(target.label());
    let say = |value: &Plain| value_words(target, value, pick);
    match operator {
        Operator::IsNull | Operator::NotNull => format!("{name} {}", pick(operator.label())),
        Operator::Between => {
            let sign = |closed| if closed { "≤" } else { "<" };
            let ends: Vec<String> = values.iter().map(say).collect();
            format!("{} {} {name} {} {}", ends[0], sign(closed.0), sign(closed.1), ends[1])
        }
        Operator::Greater | Operator::GreaterEqual | Operator::Less | Operator::LessEqual => {
            format!("{name} {} {}", pick(operator.label()), values.first().map(say).unwrap_or_default())
        }
        Operator::Contains | Operator::StartsWith | Operator::Fuzzy => {
            format!("{name} {} “{}”", pick(operator.label()), values.first().map(say).unwrap_or_default())
        }
        // A set is one's membership of it.
        Operator::InList => format!("{name}: “{}”", values.first().map(say).unwrap_or_default()),
        _ => format!("{name}: {}", values.iter().map(say).collect::<Vec<_>>().join(", ")),
    }
}

fn value_words(target: Target, value: &Plain, pick: Pick) -> String {
    let field = match target {
        Target::Field(field) => Some(field),
        _ => None,
    };
    match value {
        Plain::Integer(value) => field.map_or_else(|| value.to_string(), |field| integer(field, *value, pick)),
        Plain::Real(value) => field.map_or_else(|| value.to_string(), |field| real(field, *value, pick)),
        Plain::Date(day) => day.to_string(),
        Plain::Bool(yes) => {
            pick(if *yes { Label { sv: "ja", en: "yes" } } else { Label { sv: "nej", en: "no" } }).to_owned()
        }
        Plain::Text(text) => match field.and_then(|field| category_label(field.field().key, text)) {
            // Whoever types codes finds them beside the words.
            Some(label) if matches!(text.as_bytes(), [b'0'..=b'9', ..]) => format!("{} ({text})", pick(label)),
            Some(label) => pick(label).to_owned(),
            None => text.clone(),
        },
    }
}

/// An amount exactly, in the unit that makes it shortest.
fn integer(field: FieldId, value: i64, pick: Pick) -> String {
    if field.field().kind != FieldKind::Amount {
        return value.to_string();
    }
    let decimal = Decimal::from_integer(value);
    let unit = [("mdkr", -9, 1_000_000_000), ("mkr", -6, 1_000_000), ("tkr", -3, 1_000)]
        .into_iter()
        .find(|(_, _, factor)| value.unsigned_abs() >= *factor && value.unsigned_abs().is_multiple_of(factor / 100));
    match unit {
        Some((unit, power, _)) => format!("{} {unit}", local(&decimal.scaled(power).plain(), pick)),
        None => format!("{value} kr"),
    }
}

fn real(field: FieldId, value: f64, pick: Pick) -> String {
    let Some(decimal) = Decimal::from_real(value) else { return value.to_string() };
    match field.field().unit {
        Unit::Share => format!("{} %", local(&decimal.scaled(2).plain(), pick)),
        Unit::Times => format!("{} ×", local(&decimal.plain(), pick)),
        _ => local(&decimal.plain(), pick),
    }
}

/// A number with the decimal sign of the language.
fn local(number: &str, pick: Pick) -> String {
    number.replace('.', pick(Label { sv: ",", en: "." }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::parse::parse;

    fn both(text: &str) -> [String; 2] {
        let filter = parse(text).unwrap();
        [words(&filter, |label| label.sv), words(&filter, |label| label.en)]
    }

    #[test]
    fn a_filter_is_said_in_the_reader_s_language_with_names_for_codes_and_exact_bounds() {
        for (text, sv, en) in [
            ("", "", ""),
            ("revenue > 5m", "Nettoomsättning över 5 mkr", "Net revenue above 5 mkr"),
            ("revenue >= 5000001", "Nettoomsättning över 5 mkr", "Net revenue above 5 mkr"),
            ("revenue >= 5123457", "Nettoomsättning minst 5123457 kr", "Net revenue at least 5123457 kr"),
            ("ebit_margin >= 12.5%", "Rörelsemarginal minst 12,5 %", "EBIT margin at least 12.5 %"),
            ("revenue between 5m and 1.5bn", "5 mkr ≤ Nettoomsättning ≤ 1,5 mdkr", "5 mkr ≤ Net revenue ≤ 1.5 mdkr"),
            ("county in 12", "Län: Skåne län (12)", "County: Skåne County (12)"),
            (
                "sni in J",
                "Bransch (SNI): Informations- och kommunikationsverksamhet",
                "Industry (SNI): Information and communication",
            ),
            ("in list \"Mål\"", "Lista: “Mål”", "List: “Mål”"),
            ("prospect = yes", "Prospekt: ja", "Prospect: yes"),
            ("text ~ \"automation\"", "Fritext liknar “automation”", "Free text is like “automation”"),
            (
                "revenue >= 5m and (employees < 10 or not in label \"Nej\")",
                "Nettoomsättning minst 5 mkr och (Anställda under 10 eller inte Etikett: “Nej”)",
                "Net revenue at least 5 mkr and (Employees below 10 or not Label: “Nej”)",
            ),
        ] {
            assert_eq!(both(text), [sv.to_owned(), en.to_owned()], "{text}");
        }
    }
}
