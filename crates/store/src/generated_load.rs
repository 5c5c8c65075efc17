//! An installation as full as one of years of use, written by SQL: what measurements ask of every page.
//!
//! Only facts are generated elsewhere ([`crate::company_facts::fill`]); the rest follows from them here.

use std::time::Duration;

use sqlx::{Executor, PgConnection, PgPool};

/// How much there is beside the companies.
#[derive(Clone, Copy, Debug)]
pub struct Amounts {
    /// Lists of fifty companies each, shared among the users.
    pub lists: i32,
    /// Companies in the pipeline, each with its history and a note.
    pub prospects: i32,
    /// Things that were done with a company.
    pub activity: i32,
    /// Users beside the owner.
    pub users: i32,
    /// Analysis runs of a hundred companies each.
    pub runs: i32,
    /// Fiscal years of each company.
    pub years: i32,
}

/// How often a connection that is under way is waited for.
const MOST_TRIES: u32 = 10;

const OWNER: &str = "'00000000-0000-4000-8000-000000000001'::uuid";

/// Fills an installation that holds companies' facts and nothing else.
///
/// # Errors
/// When something is there already, or the database does not answer.
pub async fn fill(conn: &mut PgConnection, amounts: Amounts) -> sqlx::Result<()> {
    for (sql, amount) in register().into_iter().map(|sql| (sql, amounts.years)).chain(work(amounts)) {
        let sql = sql.replace("{owner}", OWNER).replace("{amount}", &amount.max(0).to_string());
        conn.execute(sqlx::AssertSqlSafe(sql)).await?;
    }
    // The planner knows the tables as it would after a night; triggers' sums are taken together as their job does.
    conn.execute("ANALYZE").await?;
    crate::kept_counts::compact(conn).await?;
    Ok(())
}

/// Names, filings and fiscal years of the companies.
fn register() -> Vec<&'static str> {
    vec![
        "UPDATE companies SET name = f.name, city = 'Borlänge', status = 'active' FROM company_facts AS f WHERE f.orgnr = companies.orgnr",
        "INSERT INTO filings (orgnr, kind, framework, sha256, size_bytes, known_on, filed_at, report_end, imported_at)
         SELECT orgnr, 'annual_report', CASE WHEN orgnr % 5 = 0 THEN 'k3' ELSE 'k2' END, md5(orgnr::text), 10000, date '2024-06-01',
                date '2024-06-01', date '2023-12-31', now() - (orgnr % 1000) * interval '1 day'
         FROM companies",
        "INSERT INTO financial_periods (orgnr, period_start, period_end, scope, filing_id, months, currency, rounding, quality, revenue, ebit)
         SELECT f.orgnr, make_date(2024 - n, 1, 1), make_date(2024 - n, 12, 31), 'company', f.id, 12, 'SEK', 0, 'ok',
                c.revenue * (20 - n) / 20, c.ebit
         FROM filings AS f JOIN company_facts AS c USING (orgnr), generate_series(1, {amount}) AS n",
        // Of every tenth company the website was looked for, of most of them within the last half year.
        "INSERT INTO homepages (orgnr, status, url, proof, checked_at)
         SELECT orgnr, 'verified', 'https://www.example.com/' || orgnr, 'orgnr', now() - (orgnr / 10 % 300) * interval '1 day'
         FROM companies WHERE orgnr % 10 = 0",
        "INSERT INTO enrichments (orgnr, kind, data, method, method_version, made_at)
         SELECT h.orgnr, kind, '{\"text\": \"Vi bygger broar i stål och trä för kommuner i hela landet.\"}', 'rules', 1, h.checked_at
         FROM homepages AS h, unnest(ARRAY['homepage', 'about_summary', 'website_insights']) AS kind",
        "UPDATE company_facts AS f SET enriched_on = (h.checked_at AT TIME ZONE 'UTC')::date
         FROM homepages AS h WHERE h.orgnr = f.orgnr",
    ]
}

/// What people have done with them.
fn work(amounts: Amounts) -> Vec<(&'static str, i32)> {
    vec![
        (
            "INSERT INTO users (email, display_name, role)
             SELECT 'person' || n || '@lode.invalid', 'Person ' || n, 'analyst' FROM generate_series(1, {amount}) AS n",
            amounts.users,
        ),
        (
            "INSERT INTO lists (name, scope, owner_id, item_count)
             SELECT 'Lista ' || n, 'team', u.id, least(50, (SELECT count(*) FROM companies)) FROM generate_series(1, {amount}) AS n
             JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS people FROM users) AS u
                 ON u.place = n % u.people",
            amounts.lists,
        ),
        (
            "WITH numbered AS (SELECT orgnr, row_number() OVER (ORDER BY orgnr) - 1 AS place FROM companies),
                  size AS (SELECT count(*) AS rows FROM companies),
                  listed AS (SELECT id, row_number() OVER (ORDER BY id) AS number FROM lists)
             INSERT INTO list_items (list_id, orgnr, added_by)
             SELECT l.id, c.orgnr, {owner} FROM listed AS l CROSS JOIN size CROSS JOIN generate_series(1, 50) AS n
             JOIN numbered AS c ON c.place = (l.number * 37 + n) % size.rows ON CONFLICT DO NOTHING",
            0,
        ),
        (
            "INSERT INTO prospects (orgnr, scope, stage, owner_id, next_action, next_action_on, created_by, updated_by, stage_since, touched_at)
             SELECT orgnr, 'team', (ARRAY['new', 'researching', 'contacted', 'in_discussion', 'interested', 'passed'])[1 + orgnr % 6],
                    {owner}, 'Ring', current_date + (orgnr % 100)::integer - 20, {owner}, {owner},
                    now() - (orgnr % 60) * interval '1 day', now() - (orgnr % 60) * interval '1 day'
             FROM companies ORDER BY orgnr LIMIT {amount}",
            amounts.prospects,
        ),
        (
            "INSERT INTO prospect_moves (prospect_id, stage, entered_at, moved_by)
             SELECT id, stage, stage_since, {owner} FROM prospects",
            0,
        ),
        (
            "INSERT INTO notes (orgnr, body, author_id) SELECT orgnr, 'Samtal med ägaren.', {owner} FROM prospects",
            0,
        ),
        (
            "INSERT INTO activity_events (actor_id, kind, detail, at)
             SELECT {owner}, 'list.added', '{\"name\": \"Lista 1\"}', now() - n * interval '1 minute' FROM generate_series(1, {amount}) AS n",
            amounts.activity,
        ),
        (
            "WITH numbered AS (SELECT orgnr, row_number() OVER (ORDER BY orgnr) - 1 AS place FROM companies),
                  size AS (SELECT count(*) AS rows FROM companies)
             INSERT INTO activity_companies (orgnr, event_id)
             SELECT c.orgnr, e.id FROM activity_events AS e CROSS JOIN size JOIN numbered AS c ON c.place = e.id % least(size.rows, 10000)",
            0,
        ),
        (
            "INSERT INTO audit_log (at, actor, action, subject, orgnr)
             SELECT at, actor_id, kind, 'list:' || id, NULL FROM activity_events WHERE id % 4 = 0",
            0,
        ),
        (
            "INSERT INTO notifications (user_id, kind, actor_id, detail, created_at)
             SELECT {owner}, 'mention', {owner}, '{}', now() - n * interval '1 minute' FROM generate_series(1, {amount}) AS n",
            amounts.users.saturating_mul(10),
        ),
        (
            "INSERT INTO runs (kind, name, owner_id, scope, parts, selection, company_count, created_at, finished_at, counts)
             SELECT 'analysis', 'Run ' || n, {owner}, 'team', '{rules_analysis}', '{\"orgnrs\": 100}', 100, now() - n * interval '1 hour',
                    now(), '{\"rules_analysis\": {\"completed\": 100}}'
             FROM generate_series(1, {amount}) AS n",
            amounts.runs,
        ),
        (
            "INSERT INTO run_items (run_id, orgnr, part, state)
             SELECT r.id, c.orgnr, 'rules_analysis', 'completed'
             FROM runs AS r CROSS JOIN (SELECT orgnr FROM companies ORDER BY orgnr LIMIT 100) AS c",
            0,
        ),
        (
            "INSERT INTO imports (kind, status, input_key, started_at, finished_at)
             SELECT 'accounts', 'completed', 'generated ' || n, now() - n * interval '1 day', now() - n * interval '1 day'
             FROM generate_series(1, {amount}) AS n",
            amounts.runs,
        ),
        (
            "INSERT INTO import_rejections (import_id, file, item, reason)
             SELECT id, 'accounts.csv', n, 'no organisation number' FROM imports CROSS JOIN generate_series(1, 100) AS n",
            0,
        ),
        (
            "INSERT INTO jobs (queue, kind, payload, state, max_attempts, attempt, finished_at, requested_by)
             SELECT 'exports', 'export_companies', '{}', 'completed', 3, 1, now(), {owner} FROM generate_series(1, {amount}) AS n",
            amounts.runs.saturating_mul(100),
        ),
        (
            "INSERT INTO views (name, scope, owner_id) SELECT 'Vy ' || n, 'team', {owner} FROM generate_series(1, {amount}) AS n",
            amounts.runs,
        ),
        (
            "INSERT INTO exclusions (orgnr, reason, added_by)
             SELECT orgnr, 'i egen portfölj', {owner} FROM companies ORDER BY orgnr DESC LIMIT {amount}",
            amounts.users,
        ),
        (
            "UPDATE exclusions_version SET version = version + 1, item_count = (SELECT count(*) FROM exclusions)",
            0,
        ),
        (
            "INSERT INTO labels (name, color, scope, owner_id, item_count)
             SELECT 'Etikett ' || n, 'teal', 'team', {owner}, 100 FROM generate_series(1, 20) AS n",
            0,
        ),
        (
            "INSERT INTO label_items (label_id, orgnr, added_by)
             SELECT l.id, c.orgnr, {owner} FROM labels AS l CROSS JOIN (SELECT orgnr FROM companies ORDER BY orgnr LIMIT 100) AS c",
            0,
        ),
    ]
}

/// Rows and index entries of the installation's tables that Postgres has read so far, by every connection. What the pool's
/// connections did is counted at once, what others did within a second or ten.
///
/// # Errors
/// When the database does not answer.
pub async fn rows_read(pool: &PgPool) -> sqlx::Result<i64> {
    // Each connection keeps its own counts until it is told to hand them over. One that a request has just let go of comes back
    // after a moment; one that a task of the server holds is not waited for.
    let mut reading = pool.acquire().await?;
    reading.execute("SELECT pg_stat_force_next_flush()").await?;
    let mut held = Vec::new();
    let mut tries = 0;
    while held.len() + 1 < usize::try_from(pool.size()).unwrap_or(0) && tries < MOST_TRIES {
        match pool.try_acquire() {
            Some(mut conn) => {
                conn.execute("SELECT pg_stat_force_next_flush()").await?;
                held.push(conn);
            }
            None => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
    }
    sqlx::query_scalar(
        "SELECT coalesce((SELECT sum(seq_tup_read) FROM pg_stat_user_tables), 0)::bigint
              + coalesce((SELECT sum(idx_tup_read) FROM pg_stat_user_indexes), 0)::bigint",
    )
    .fetch_one(&mut *reading)
    .await
}
