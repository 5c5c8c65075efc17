//! The names that a person can write in a filter: lists, labels and stages of the pipeline.

use domain::filter::complete::SetNames;
use domain::filter::vocabulary::Code;
use store::PgPool;

use crate::actor::Actor;
use crate::error::Result;

/// The lists, labels and stages in use that the person can name.
///
/// # Errors
/// When the database does not answer.
pub async fn set_names(db: &PgPool, actor: &Actor) -> Result<SetNames> {
    let mut conn = db.acquire().await?;
    let wanted = store::lists::Wanted { archived: Some(false), ..Default::default() };
    let lists = store::lists::visible_to(&mut conn, actor.user, wanted).await?;
    let labels = store::labels::visible_to(&mut conn, actor.user).await?;
    let (_, stages) = store::pipeline::read(&mut conn).await?;
    Ok(SetNames {
        lists: lists.into_iter().map(|list| list.name).collect(),
        labels: labels.into_iter().map(|label| label.name).collect(),
        stages: stages
            .into_iter()
            .filter(|stage| !stage.is_retired)
            .map(|stage| {
                let name = stage.stage.name.clone().unwrap_or_else(|| stage.stage.key.clone());
                Code { code: stage.stage.key, sv: name.clone(), en: name }
            })
            .collect(),
    })
}
