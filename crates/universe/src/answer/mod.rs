//! Answers a question by the index, or by Postgres while the index loads. Both answer the same.

mod by_index;
mod by_postgres;

use store::PgPool;

use crate::engines::{ScreenError, open};
use crate::index::ScreenIndex;
use crate::question::{Answer, Question};

/// The page, its exact total and the asked counts, of one version of the data.
///
/// # Errors
/// A set that does not exist, or the database does not answer.
pub async fn answer(index: &ScreenIndex, db: &PgPool, question: Question) -> Result<Answer, ScreenError> {
    if !index.is_ready() {
        return by_postgres::answer(index, db, &question).await;
    }
    let screen = open(index, question.asker, question.filter.clone()).await?;
    screen.run("query", move |screen| by_index::answer(screen, &question)).await
}
