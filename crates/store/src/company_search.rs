//! Finding companies by name or number, for the search box while no screening index is loaded.

use chrono::NaiveDate;
use domain::filter::fold::{FOLD_FROM, FOLD_TO, fold};
use sqlx::{Connection, Executor, PgConnection};

/// One company as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct CompanyLine {
    /// Organisation number.
    pub orgnr: i64,
    /// Name.
    pub name: Option<String>,
    /// Status in the registers.
    pub status: Option<String>,
    /// Main industry code.
    pub sni: Option<String>,
    /// Municipality code.
    pub municipality: Option<String>,
    /// Annualised net revenue, SEK.
    pub revenue: Option<i64>,
    /// EBITDA margin; 12 % is 0.12.
    pub ebitda_margin: Option<f64>,
    /// Annualised result after financial items, SEK.
    pub result_after_financial_items: Option<i64>,
    /// Employees.
    pub employees: Option<f64>,
    /// End of the latest fiscal year.
    pub period_end: Option<NaiveDate>,
    /// Whether the company is fictitious.
    pub is_demo: Option<bool>,
}

/// Companies that have the name itself, then those whose name begins with the words, then those whose name holds them; the largest
/// first. Accents, capitals and typographic marks do not matter except between companies that have the name itself. Only for while
/// no screening index is loaded: it reads the whole table, and is cut off after three seconds.
///
/// # Errors
/// When the database does not answer.
pub async fn by_name(conn: &mut PgConnection, words: &str, limit: i64) -> sqlx::Result<Vec<CompanyLine>> {
    let mut tx = conn.begin().await?;
    tx.execute("SET LOCAL statement_timeout = '3s'").await?;
    let escaped = fold(words).replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    let found = sqlx::query_as!(
        CompanyLine,
        "SELECT orgnr, name, status, sni, municipality, revenue, ebitda_margin, result_after_financial_items, employees,
                period_end, is_demo
         FROM company_facts WHERE translate(name, $4, $5) LIKE '%' || $1 || '%'
         ORDER BY lower(name) = lower($3) DESC, translate(name, $4, $5) LIKE $1 || '%' DESC, revenue DESC NULLS LAST, name, orgnr
         LIMIT $2",
        escaped,
        limit,
        words,
        FOLD_FROM,
        FOLD_TO
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(found)
}

/// Companies whose number begins with these digits.
///
/// # Errors
/// When the database does not answer.
pub async fn by_number(conn: &mut PgConnection, digits: &str, limit: i64) -> sqlx::Result<Vec<CompanyLine>> {
    let missing = u32::try_from(10_usize.saturating_sub(digits.len())).unwrap_or(0);
    let Ok(first) = digits.parse::<i64>() else { return Ok(Vec::new()) };
    let (from, step) = (first.saturating_mul(10_i64.pow(missing)), 10_i64.pow(missing));
    sqlx::query_as!(
        CompanyLine,
        "SELECT orgnr, name, status, sni, municipality, revenue, ebitda_margin, result_after_financial_items, employees,
                period_end, is_demo
         FROM company_facts WHERE orgnr >= $1 AND orgnr < $2 OR orgnr = $3 ORDER BY orgnr LIMIT $4",
        from,
        from.saturating_add(step),
        first,
        limit
    )
    .fetch_all(conn)
    .await
}

/// The companies with these numbers, in the order of their numbers; unknown ones are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn by_numbers(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<Vec<CompanyLine>> {
    sqlx::query_as!(
        CompanyLine,
        "SELECT orgnr, name, status, sni, municipality, revenue, ebitda_margin, result_after_financial_items, employees,
                period_end, is_demo
         FROM company_facts WHERE orgnr = ANY($1) ORDER BY orgnr",
        orgnrs
    )
    .fetch_all(conn)
    .await
}

/// Those of these numbers that the register holds.
///
/// # Errors
/// When the database does not answer.
pub async fn known(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!("SELECT orgnr FROM companies WHERE orgnr = ANY($1)", orgnrs).fetch_all(conn).await
}
