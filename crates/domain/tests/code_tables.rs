//! The code tables are exactly what the open data they name gives, by the derivation written here.
//!
//! `LODE_WRITE_CODE_TABLES=1 cargo test -p domain --test code_tables` writes them anew from `../shared/data/se_codes`.

use std::path::{Path, PathBuf};

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/se_codes");

/// The cells of a comma-separated file without line breaks in cells, its header left out.
fn cells(file: &str) -> Option<Vec<Vec<String>>> {
    let Ok(text) = std::fs::read_to_string(Path::new(SOURCE).join(file)) else {
        println!("skipped: ../shared/data/se_codes/{file} not present");
        return None;
    };
    let row = |line: &str| {
        let mut cells = vec![String::new()];
        let mut quoted = false;
        for c in line.trim_start_matches('\u{feff}').trim_end().chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    };
    Some(text.lines().skip(1).filter(|line| !line.is_empty()).map(row).collect())
}

/// Compares (or writes) a table: the header line that is there, then the rows.
fn check(table: &str, rows: &[String]) {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/codes").join(table);
    let current = std::fs::read_to_string(&path).unwrap();
    let header = current.lines().next().unwrap();
    let derived = format!("{header}\n{}\n", rows.join("\n"));
    if std::env::var_os("LODE_WRITE_CODE_TABLES").is_some() {
        std::fs::write(&path, &derived).unwrap();
    } else if let Some((number, (old, new))) =
        current.lines().zip(derived.lines()).enumerate().find(|(_, (old, new))| old != new)
    {
        panic!("{table} line {}: has {old:?}, derived {new:?}", number + 1);
    } else {
        assert_eq!(current.lines().count(), derived.lines().count(), "{table}");
    }
}

/// Code and name, tab-separated, from two columns.
fn pairs(rows: &[Vec<String>], name: usize) -> Vec<String> {
    rows.iter().map(|row| format!("{}\t{}", row[0], row[name])).collect()
}

#[test]
fn names_of_codes() {
    for (file, table, name) in [
        ("counties.csv", "counties.tsv", 1),
        ("municipalities.csv", "municipalities.tsv", 2),
        ("jurform2020.csv", "legal_forms.tsv", 1),
        ("sni2007.csv", "sni2007.tsv", 1),
    ] {
        let Some(rows) = cells(file) else { continue };
        check(table, &pairs(&rows, name));
    }
}

/// Runs of neighbouring known postcodes in one municipality: first, last, municipality. Codes between two known ones of a run are box and
/// company postcodes of the same town, so a run covers them.
#[test]
fn postcodes() {
    let Some(mut rows) = cells("postal_to_municipality.csv") else { return };
    rows.sort();
    let mut runs: Vec<(String, String, String)> = Vec::new();
    for row in &rows {
        match runs.last_mut() {
            Some((_, last, code)) if *code == row[2] => last.clone_from(&row[0]),
            _ => runs.push((row[0].clone(), row[0].clone(), row[2].clone())),
        }
    }
    check(
        "postcodes.tsv",
        &runs.iter().map(|(first, last, code)| format!("{first}\t{last}\t{code}")).collect::<Vec<_>>(),
    );
    for row in &rows {
        let found = domain::codes::place::municipality_of_postcode(&row[0]);
        assert_eq!(found, Some(row[2].as_str()), "{}", row[0]);
    }
}
