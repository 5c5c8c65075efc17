//! How people write amounts in the two languages.

pub fn swedish_number(value: f64, decimals: usize) -> String {
    grouped(value, decimals, " ", ",")
}

pub fn english_number(value: f64, decimals: usize) -> String {
    grouped(value, decimals, ",", ".")
}

fn grouped(value: f64, decimals: usize, group: &str, point: &str) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push_str(group);
        }
        out.push(digit);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    if fraction.is_empty() { format!("{sign}{out}") } else { format!("{sign}{out}{point}{fraction}") }
}

/// One of the ways to write whole kronor, with the size of its last digit. `style` counts through them.
pub fn money(value: f64, language: &str, style: usize) -> (String, f64) {
    let swedish = [
        (1e6, 1, "mkr"),
        (1e3, 0, "tkr"),
        (1.0, 0, "kr"),
        (1e6, 1, "miljoner kronor"),
        (1e6, 2, "MSEK"),
        (1e6, 1, "Mkr"),
        (1e3, 0, "kSEK"),
        (1e6, 2, "miljoner"),
        (1e6, 1, "mnkr"),
        (1.0, 0, "kronor"),
        (1e3, 0, "tusen kronor"),
        (1e3, 0, "KSEK"),
    ];
    let english = [
        (1e6, 1, "SEK # million"),
        (1e6, 1, "SEK #m"),
        (1.0, 0, "SEK #"),
        (1e3, 0, "SEK # thousand"),
        (1e6, 2, "MSEK #"),
        (1e6, 1, "# MSEK"),
        (1e6, 1, "# million kronor"),
        (1e3, 0, "# kSEK"),
        (1e6, 2, "SEK # million"),
        (1e3, 0, "# tkr"),
        (1e6, 1, "#m SEK"),
        (1e3, 0, "TSEK #"),
    ];
    if language == "sv" {
        let (scale, decimals, unit) = swedish[style % swedish.len()];
        (format!("{} {unit}", swedish_number(value / scale, decimals)), scale / 10_f64.powi(decimals as i32))
    } else {
        let (scale, decimals, pattern) = english[style % english.len()];
        (pattern.replace('#', &english_number(value / scale, decimals)), scale / 10_f64.powi(decimals as i32))
    }
}

pub fn percent(share: f64, language: &str, decimals: usize) -> String {
    let value = share * 100.0;
    if language == "sv" {
        format!("{} %", swedish_number(value, decimals))
    } else {
        format!("{}%", english_number(value, decimals))
    }
}
