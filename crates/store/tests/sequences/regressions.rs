//! Sequences that once failed, and those that users ran into; each is walked in one batch and across batches.

use store::ingest::Effect;

use crate::compare::Bench;
use crate::world::{Said, Step};

fn row(company: u8, wording: u8) -> Said {
    Said::Row { company, year: 2023, wording, columns: 0, is_group: false, days: 0 }
}

fn report(company: u8, year: i32, wording: u8, evidence: u8) -> Said {
    Said::Report { company, year, wording, evidence }
}

/// Runs the imports with batches of one item and of all, and gives the effects of each import.
async fn walk(imports: &[&[Said]]) -> Vec<Vec<Effect>> {
    let db = testing::database().await;
    let bench = Bench::new(&db);
    let with = |batch| imports.iter().map(|items| Step::Import { items: items.to_vec(), batch }).collect::<Vec<_>>();
    bench.run(&with(1)).await.unwrap();
    bench.run_and_tell(&with(100)).await.unwrap()
}

#[tokio::test]
async fn a_correction_of_a_table_that_is_taken_back_is_shown_again_and_counts_as_changed() {
    use Effect::{Changed, New, Unchanged};
    let effects = walk(&[&[row(0, 0)], &[row(0, 2)], &[row(0, 0)], &[row(0, 0)]]).await;
    assert_eq!(effects, [[New], [Changed], [Changed], [Unchanged]]);
}

#[tokio::test]
async fn what_was_there_beside_what_is_new_is_unchanged() {
    use Effect::{Changed, New, Unchanged};
    let effects = walk(&[&[row(0, 0)], &[row(0, 0), row(1, 0)], &[row(0, 0), row(1, 2), row(2, 0)]]).await;
    assert_eq!(effects, [vec![New], vec![Unchanged, New], vec![Unchanged, Changed, New]]);
}

#[tokio::test]
async fn the_same_two_wordings_in_one_command_are_unchanged_the_second_time() {
    use Effect::{Changed, New, Unchanged};
    let effects = walk(&[&[row(0, 0), row(0, 2)], &[row(0, 0), row(0, 2)]]).await;
    assert_eq!(effects, [[New, Changed], [Unchanged, Unchanged]]);
}

#[tokio::test]
async fn reports_come_newer_before_older_and_again_from_a_weekly_archive() {
    walk(&[
        &[report(0, 2023, 2, 1)],
        &[report(0, 2022, 1, 0), report(0, 2023, 2, 2)],
        &[report(0, 2023, 0, 1), report(0, 2022, 1, 3), row(0, 0)],
        &[report(0, 2023, 2, 4), report(0, 2022, 1, 2)],
    ])
    .await;
}

#[tokio::test]
async fn a_corrected_last_day_counts_as_changed_and_taken_back_shows_the_first_again() {
    use Effect::{Changed, New, Unchanged};
    let with = |days| Said::Row { company: 0, year: 2023, wording: 0, columns: 0, is_group: false, days };
    let effects = walk(&[&[with(0)], &[with(2)], &[with(0)], &[with(0)], &[with(3)]]).await;
    assert_eq!(effects, [[New], [Changed], [Changed], [Unchanged], [Changed]]);
}
