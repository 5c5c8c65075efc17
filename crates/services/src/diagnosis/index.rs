//! Whether the screening index is true and up to date.

use universe::index::IndexStatus;

use super::finding::{Finding, Part, Words};

/// Seconds that the index may be behind: the alert LodeIndexLag fires then.
const LAG_SECONDS: f64 = 30.0;

/// What matters of an index's state.
#[derive(Clone, Debug)]
pub struct IndexSeen {
    /// Whether it answers requests.
    pub is_ready: bool,
    /// Companies in it.
    pub rows: u64,
    /// Seconds since it last knew every decided change.
    pub lag_seconds: Option<f64>,
    /// Why it counts as not compared with Postgres.
    pub not_compared: Option<String>,
    /// In how many ways it differs from Postgres.
    pub differences: usize,
}

impl From<&IndexStatus> for IndexSeen {
    fn from(status: &IndexStatus) -> Self {
        Self {
            is_ready: status.ready,
            rows: status.rows,
            lag_seconds: status.lag_seconds,
            not_compared: status.not_compared.clone(),
            differences: status.check.as_ref().map_or(0, |check| check.differences.len()),
        }
    }
}

/// What the state means.
#[must_use]
pub fn judge(index: &IndexSeen) -> Finding {
    let part = Part::Index;
    if !index.is_ready {
        return Finding::failure(
            part,
            Words::new(
                "it is not loaded; screens are answered by Postgres",
                "det är inte inläst; urval besvaras av Postgres",
            ),
            Words::new(
                "the log line `the screening index cannot be loaded` names the cause",
                "loggraden `the screening index cannot be loaded` anger orsaken",
            ),
        );
    }
    if let Some(reason) = &index.not_compared {
        return Finding::warning(
            part,
            Words::new(
                format!("it was not compared with Postgres: {reason}"),
                format!("det har inte jämförts med Postgres: {reason}"),
            ),
            Words::new(
                "look whether Postgres is busy; the comparison is repeated",
                "se efter om Postgres är hårt belastad; jämförelsen upprepas",
            ),
        );
    }
    if index.differences > 0 {
        return Finding::failure(
            part,
            Words::new(
                format!("it differs from Postgres in {} ways", index.differences),
                format!("det skiljer sig från Postgres på {} sätt", index.differences),
            ),
            Words::new(
                "it is being loaded anew; look for who changed company_facts by hand (LodeIndexDiffers)",
                "det läses in på nytt; ta reda på vem som ändrade company_facts för hand (LodeIndexDiffers)",
            ),
        );
    }
    let rows = index.rows;
    match index.lag_seconds {
        Some(lag) if lag > LAG_SECONDS => Finding::of(
            lag > 20.0 * LAG_SECONDS,
            part,
            Words::new(format!("{rows} companies, {lag:.0} s behind"), format!("{rows} bolag, {lag:.0} s efter")),
            Words::new(
                "while an import commits this passes; otherwise look for an open transaction (LodeIndexLag)",
                "det går över medan en import sparas; leta annars efter en öppen transaktion (LodeIndexLag)",
            ),
        ),
        _ => {
            Finding::well(part, Words::new(format!("{rows} companies, up to date"), format!("{rows} bolag, aktuellt")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn index_that_is_away_old_or_untrue_is_named() {
        let good = || IndexSeen { is_ready: true, rows: 9, lag_seconds: Some(0.2), not_compared: None, differences: 0 };
        assert_eq!(judge(&good()).level, Level::Well);
        for (broken, level) in [
            (IndexSeen { is_ready: false, ..good() }, Level::Failure),
            (IndexSeen { lag_seconds: Some(40.0), ..good() }, Level::Warning),
            (IndexSeen { lag_seconds: Some(4_000.0), ..good() }, Level::Failure),
            (IndexSeen { not_compared: Some("Postgres is busy".to_owned()), ..good() }, Level::Warning),
            (IndexSeen { differences: 1, ..good() }, Level::Failure),
        ] {
            let found = judge(&broken);
            assert_eq!(found.level, level, "{broken:?}");
            assert!(found.remedy.is_some_and(|remedy| remedy.sv != remedy.en), "{broken:?}");
        }
    }
}
