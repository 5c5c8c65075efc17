//! The self-check: counts and sums of every field in the index against Postgres. An index that differs is loaded anew.

use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use domain::catalogue::{FIELDS, FieldKind};
use domain::filter::FieldId;
use serde::Serialize;
use store::universe::totals::{FieldTotals, totals};

use super::ScreenIndex;

/// Outcome of one comparison.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Check {
    /// When.
    pub at: DateTime<Utc>,
    /// Version of the data that was compared; `None` when it changed on the way.
    pub data_version: Option<String>,
    /// Companies compared.
    pub rows: u64,
    /// What differs, one sentence each; empty when all is well.
    pub differences: Vec<String>,
}

/// Compares the index with Postgres at one and the same version; when writers keep changing the data, the last of five
/// tries says so instead. After a difference the follower loads the index anew, and the old one answers until then.
///
/// # Errors
/// When the index is not ready or Postgres does not answer.
pub async fn run(shared: &ScreenIndex) -> anyhow::Result<Check> {
    for _ in 0..5 {
        let Some(state) = shared.read() else { anyhow::bail!("the index is still loading") };
        let mut conn = shared.db.acquire().await?;
        let (version, in_postgres) = totals(&mut conn).await?;
        drop(conn);
        if version != state.version() {
            // One of the two was behind; the follower catches up within a second.
            tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
            continue;
        }
        let in_index = tokio::task::spawn_blocking(move || index_totals(&state)).await?;
        let differences = compare(&in_postgres, &in_index);
        for difference in &differences {
            tracing::error!(difference, "the screening index differs from Postgres");
        }
        metrics::gauge!("lode_index_differences").set(differences.len() as f64);
        if !differences.is_empty() {
            shared.is_doubted.store(true, Ordering::Release);
        }
        let check = Check {
            at: Utc::now(),
            data_version: Some(version.to_string()),
            rows: in_index.first().map_or(0, |t| t.rows),
            differences,
        };
        shared.tell(|progress| progress.check = Some(check.clone()));
        return Ok(check);
    }
    let check = Check { at: Utc::now(), data_version: None, rows: 0, differences: Vec::new() };
    shared.tell(|progress| progress.check = Some(check.clone()));
    Ok(check)
}

/// Rows, values and their sum per field, in stored integers (ratios in ten-thousandths, dates in days since 1970).
fn index_totals(state: &screen::Snapshot) -> Vec<FieldTotals> {
    let all = state.all();
    let rows = state.len();
    (0..FIELDS.len())
        .filter_map(|index| u16::try_from(index).ok().map(FieldId))
        .map(|field| match field.field().kind {
            FieldKind::Amount | FieldKind::Integer | FieldKind::Ratio | FieldKind::Count | FieldKind::Date => {
                let values = state.values(field, &all);
                let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
                FieldTotals { rows, values: values.len() as u64, sum: Some(sum) }
            }
            FieldKind::Boolean => {
                let counts = state.facet(field, None, &all);
                let of = |value: &str| counts.get(&Some(value.to_owned())).copied().unwrap_or(0);
                FieldTotals { rows, values: of("true") + of("false"), sum: Some(i128::from(of("true"))) }
            }
            _ => {
                let missing = domain::filter::Filter::Condition(domain::filter::Condition::IsNull { field });
                let missing = state.select(&missing, &screen::NoSets).count();
                FieldTotals { rows, values: rows - missing, sum: None }
            }
        })
        .collect()
}

fn compare(postgres: &[FieldTotals], index: &[FieldTotals]) -> Vec<String> {
    FIELDS
        .iter()
        .zip(postgres.iter().zip(index))
        .filter(|(_, (postgres, index))| postgres != index)
        .map(|(field, (postgres, index))| format!("{}: Postgres has {postgres}, the index {index}", field.key))
        .collect()
}
