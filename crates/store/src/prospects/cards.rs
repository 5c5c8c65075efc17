//! Prospects as pages show them: with the company, its figures, the people and whether anything is due.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Visibility;
use sqlx::PgConnection;
use uuid::Uuid;

/// A prospect as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Identity.
    pub id: Uuid,
    /// The company's number.
    pub orgnr: i64,
    /// The company's name.
    pub company_name: Option<String>,
    /// Where it is: code of the municipality.
    pub municipality: Option<String>,
    /// State of the company in the register.
    pub company_status: Option<String>,
    /// Whether the company is made up.
    pub is_demo: bool,
    /// Currency of the figures.
    pub currency: Option<String>,
    /// Revenue of the latest year.
    pub revenue: Option<i64>,
    /// EBITDA of the latest year.
    pub ebitda: Option<i64>,
    /// EBITDA over revenue, as 0.12.
    pub ebitda_margin: Option<f64>,
    /// Employees.
    pub employees: Option<f64>,
    /// Last day of the year that the figures are of.
    pub period_end: Option<NaiveDate>,
    /// `private` or `team`.
    pub scope: String,
    /// Key of the stage.
    pub stage: String,
    /// Since when.
    pub stage_since: DateTime<Utc>,
    /// Who answers for it.
    pub owner_id: Option<Uuid>,
    /// Their name.
    pub owner_name: Option<String>,
    /// What is to be done next.
    pub next_action: Option<String>,
    /// By when.
    pub next_action_on: Option<NaiveDate>,
    /// When somebody last spoke with the company.
    pub last_contact_on: Option<NaiveDate>,
    /// Estimated value in whole SEK.
    pub value_sek: Option<i64>,
    /// Why it was passed on.
    pub pass_reason: Option<String>,
    /// The same in words.
    pub pass_note: Option<String>,
    /// Who added it.
    pub created_by: Option<Uuid>,
    /// Their name.
    pub created_by_name: Option<String>,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// Who changed it last.
    pub updated_by_name: Option<String>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// The last change or note.
    pub touched_at: DateTime<Utc>,
    /// Nobody touched it for longer than its stage allows.
    pub is_stale: bool,
    /// Notes on the company that the reader may see.
    pub note_count: i64,
    /// When it was taken out of the pipeline.
    pub removed_at: Option<DateTime<Utc>>,
    /// Counts changes, for `If-Match`.
    pub version: i32,
    /// Cards that the whole question has.
    pub total: i64,
}

/// The place of a card in the order of cards: by stage, then what is due first, then what was touched last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardPlace {
    /// Key of its stage.
    pub stage: String,
    /// When its next action is due.
    pub next_action_on: Option<NaiveDate>,
    /// The last change or note.
    pub touched_at: DateTime<Utc>,
    /// Which one.
    pub id: Uuid,
}

impl Card {
    /// Where it stands in the order of cards.
    #[must_use]
    pub fn place(&self) -> CardPlace {
        let Self { stage, next_action_on, touched_at, id, .. } = self;
        CardPlace { stage: stage.clone(), next_action_on: *next_action_on, touched_at: *touched_at, id: *id }
    }
}

/// Which of the cards in their order are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Those behind this place.
    pub after: Option<&'a CardPlace>,
    /// How many to pass over, for programs that count; whoever turns pages names a place.
    pub offset: i64,
    /// So many at most.
    pub limit: i64,
}

impl Page<'_> {
    /// The first cards, so many at most.
    #[must_use]
    pub fn first(limit: i64) -> Self {
        Self { after: None, offset: 0, limit }
    }
}

/// Which cards are wanted; everything left out is not asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// Private or team; both without.
    pub scope: Option<Visibility>,
    /// Keys of stages.
    pub stages: Option<&'a [String]>,
    /// Of this owner.
    pub owner: Option<Uuid>,
    /// Without an owner.
    pub is_unowned: bool,
    /// Whose next action is due on this day or before.
    pub due_until: Option<NaiveDate>,
    /// Without a day for the next action.
    pub is_undated: bool,
    /// That nobody touched for longer than their stage allows.
    pub is_stale: bool,
    /// In a stage whose outcome is open.
    pub is_open: bool,
    /// Letters of the company's name, any case, or the start of its number.
    pub q: Option<&'a str>,
    /// Of these companies.
    pub orgnrs: Option<&'a [i64]>,
    /// With these ids.
    pub ids: Option<&'a [Uuid]>,
    /// Removed ones too.
    pub with_removed: bool,
}

/// The cards that the user may see, by stage, then what is due first. They are chosen from the pipeline alone, and only the page is
/// dressed with its companies.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    conn: &mut PgConnection,
    user: Uuid,
    wanted: &Wanted<'_>,
    now: DateTime<Utc>,
    page: Page<'_>,
) -> sqlx::Result<Vec<Card>> {
    let pattern = wanted.q.map(|q| format!("%{}%", q.replace(['\\', '%', '_'], " ").trim()));
    let digits = wanted.q.map(|q| q.chars().filter(char::is_ascii_digit).collect::<String>());
    let number_start = digits.filter(|digits| digits.len() >= 4).map(|digits| format!("{digits}%"));
    sqlx::query_as!(
        Card,
        r#"WITH chosen AS (
               SELECT p.id, p.next_action_on, p.touched_at, s.position, s.key, count(*) OVER () AS total
               FROM prospects p JOIN prospect_stages s ON s.key = p.stage
               WHERE (p.scope = 'team' OR p.created_by = $1)
                 AND ($2::text IS NULL OR p.scope = $2)
                 AND ($4::text[] IS NULL OR p.stage = ANY($4))
                 AND ($5::uuid IS NULL OR p.owner_id = $5)
                 AND (NOT $6 OR p.owner_id IS NULL)
                 AND ($7::date IS NULL OR p.next_action_on <= $7)
                 AND (NOT $8 OR p.next_action_on IS NULL)
                 AND (NOT $9 OR (s.outcome = 'open' AND p.touched_at < $3::timestamptz - make_interval(days => s.stale_after_days)))
                 AND ($10::text IS NULL OR p.orgnr::text LIKE $11
                      OR (SELECT n.name FROM companies n WHERE n.orgnr = p.orgnr) ILIKE $10)
                 AND ($12::bigint[] IS NULL OR p.orgnr = ANY($12))
                 AND ($13::uuid[] IS NULL OR p.id = ANY($13))
                 AND ($14 OR p.removed_at IS NULL)
                 AND (NOT $15 OR s.outcome = 'open')
           ), shown AS MATERIALIZED (
               SELECT id, total FROM chosen
               WHERE $18::text IS NULL
                  OR (position, key) > (SELECT s.position, s.key FROM prospect_stages s WHERE s.key = $18)
                  OR (key = $18 AND (coalesce(next_action_on, 'infinity') > coalesce($19, 'infinity'::date)
                      OR (coalesce(next_action_on, 'infinity') = coalesce($19, 'infinity'::date)
                          AND (touched_at < $20 OR (touched_at = $20 AND id > $21)))))
               ORDER BY position, key, next_action_on NULLS LAST, touched_at DESC, id LIMIT $16 OFFSET $17
           )
           SELECT p.id, p.orgnr, c.name AS company_name, f.municipality AS "municipality?", c.status AS "company_status?",
                  c.is_demo, f.currency AS "currency?", f.revenue AS "revenue?", f.ebitda AS "ebitda?",
                  f.ebitda_margin AS "ebitda_margin?", f.employees AS "employees?", f.period_end AS "period_end?",
                  p.scope, p.stage, p.stage_since, p.owner_id, o.display_name AS "owner_name?", p.next_action, p.next_action_on,
                  p.last_contact_on, p.value_sek, p.pass_reason, p.pass_note, p.created_by,
                  b.display_name AS "created_by_name?", p.created_at, e.display_name AS "updated_by_name?", p.updated_at,
                  p.touched_at,
                  coalesce(s.outcome = 'open' AND p.removed_at IS NULL
                           AND p.touched_at < $3::timestamptz - make_interval(days => s.stale_after_days), false) AS "is_stale!",
                  (SELECT count(*) FROM notes n WHERE n.orgnr = p.orgnr AND n.deleted_at IS NULL
                     AND (n.scope = 'team' OR n.author_id = $1)) AS "note_count!",
                  p.removed_at, p.version, shown.total AS "total!"
           FROM shown
           JOIN prospects p ON p.id = shown.id
           JOIN prospect_stages s ON s.key = p.stage
           JOIN companies c ON c.orgnr = p.orgnr
           LEFT JOIN company_facts f ON f.orgnr = p.orgnr
           LEFT JOIN users o ON o.id = p.owner_id
           LEFT JOIN users b ON b.id = p.created_by
           LEFT JOIN users e ON e.id = p.updated_by
           ORDER BY s.position, s.key, p.next_action_on NULLS LAST, p.touched_at DESC, p.id"#,
        user,
        wanted.scope.map(Visibility::as_str),
        now,
        wanted.stages,
        wanted.owner,
        wanted.is_unowned,
        wanted.due_until,
        wanted.is_undated,
        wanted.is_stale,
        pattern,
        number_start,
        wanted.orgnrs,
        wanted.ids,
        wanted.with_removed,
        wanted.is_open,
        page.limit,
        page.offset,
        page.after.map(|after| after.stage.as_str()),
        page.after.and_then(|after| after.next_action_on),
        page.after.map(|after| after.touched_at),
        page.after.map(|after| after.id),
    )
    .fetch_all(conn)
    .await
}
